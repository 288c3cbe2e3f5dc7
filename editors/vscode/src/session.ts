// Starts and stops the server, one after the other.
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, RevealOutputChannelOn } from "vscode-languageclient/node";
import { findProgram, type Program, UnusableProgram } from "./program";
import { PREPARE_REVIEW, REPORT_AS_WRONG, serverOf } from "./server";

/** The extensions of documents, as the program knows them, and its settings. */
const FILES = "**/*.{htm,html,markdown,md,mdown,mdwn,mdx,mkd,mkdn,qmd,rmd,xhtml}";
const SETTINGS = "**/rcalint.toml";

const OPTIONS: LanguageClientOptions = {
  documentSelector: [
    { scheme: "file", pattern: FILES },
    { scheme: "file", pattern: SETTINGS },
    { scheme: "untitled", language: "markdown" },
  ],
  revealOutputChannelOn: RevealOutputChannelOn.Never,
  middleware: {
    executeCommand: async (command, args: unknown[], next) => {
      const answer: unknown = await next(command, args);
      if (command === REPORT_AS_WRONG && typeof answer === "string") await copy(answer);
      return answer;
    },
  },
};

/** The server of this window. */
export class Session {
  readonly #log: vscode.LogOutputChannel;
  #client: LanguageClient | undefined;
  /** Ends when all that was asked before has been done: a server must not start while another one stops. */
  #queue: Promise<void> = Promise.resolve();

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /** Starts the server if it is wanted and does not run yet. */
  start(): Promise<void> {
    return this.#then(async () => {
      if (this.#client === undefined && (await isWanted())) await this.#start();
    });
  }

  /** Stops the server, and starts it again if it is wanted. */
  restart(): Promise<void> {
    return this.#then(async () => {
      await this.#stop();
      if (await isWanted()) await this.#start();
    });
  }

  /** Opens the sheet of questions about the document that is being edited. */
  async openQuestionSheet(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) return;
    if (this.#client?.isRunning() === true) {
      await vscode.commands.executeCommand(PREPARE_REVIEW, this.#client.code2ProtocolConverter.asUri(document.uri));
    } else {
      void offerHelp("rcalint does not run in this window. The setting rcalint.enable says when it does.", this.#log);
    }
  }

  stop(): Promise<void> {
    return this.#then(() => this.#stop());
  }

  #then(step: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(step).catch((error: unknown) => { this.#report(error); });
    return this.#queue;
  }

  async #start(): Promise<void> {
    const program = await findProgram(vscode.workspace.getConfiguration("rcalint").get("path", ""));
    this.#log.info(`${program.path}, version ${program.version}`);
    const started = client(program, this.#log);
    await started.start();
    this.#client = started;
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose();
  }

  #report(error: unknown): void {
    const message = error instanceof UnusableProgram ? error.message : `rcalint does not run: ${String(error)}`;
    this.#log.error(message);
    // Nobody waits for the answer: the queue must go on while the message stands.
    void offerHelp(message, this.#log);
  }
}

function client(program: Program, log: vscode.LogOutputChannel): LanguageClient {
  return new LanguageClient("rcalint", "rcalint", serverOf(program), { ...OPTIONS, outputChannel: log });
}

/** Copies an example that shows a finding to be wrong, in the form in which the lexicon keeps it. */
async function copy(example: string): Promise<void> {
  await vscode.env.clipboard.writeText(example);
  vscode.window.setStatusBarMessage("rcalint: the example is in the clipboard", 5000);
}

/**
 * True if documents of this workspace are to be reviewed. Markdown is everywhere, and a server costs memory: by itself it
 * starts only where a team has said that it uses rcalint, by its settings.
 */
async function isWanted(): Promise<boolean> {
  switch (vscode.workspace.getConfiguration("rcalint").get<string>("enable")) {
    case "always":
      return true;
    case "auto":
      return (await vscode.workspace.findFiles(SETTINGS, "**/node_modules/**", 1)).length > 0;
    default:
      return false;
  }
}

async function offerHelp(message: string, log: vscode.LogOutputChannel): Promise<void> {
  const [settings, show] = ["Open Settings", "Show Log"];
  switch (await vscode.window.showErrorMessage(message, settings, show)) {
    case settings:
      await vscode.commands.executeCommand("workbench.action.openSettings", "rcalint");
      break;
    case show:
      log.show();
  }
}
