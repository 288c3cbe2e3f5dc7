import { resolve } from "node:path";
import { env } from "node:process";

/** The program under test. */
export const RCALINT = resolve(env["RCALINT"] ?? "");
