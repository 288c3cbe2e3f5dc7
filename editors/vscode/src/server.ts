// How the server is started. Nothing here needs the editor.
import type { Program } from "./program";

/** Commands of the server that the extension knows. Their first argument is the URI of a document. */
export const PREPARE_REVIEW = "rcalint.prepareReview";
export const REPORT_AS_WRONG = "rcalint.reportAsWrong";

/** A command and its arguments. */
export interface Server {
  readonly command: string;
  readonly args: string[];
}

/** Returns the command that starts the server, which talks over standard input and output. */
export function serverOf(program: Program): Server {
  return { command: program.path, args: ["lsp"] };
}
