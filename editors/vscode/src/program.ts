// Finds the program `rcalint`. Nothing here needs the editor, so that it can be tested without one.
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { promisify } from "node:util";

/** The oldest version whose server this extension can talk to. */
export const OLDEST = "0.1.0";

/** How long the program may take to tell its version, in milliseconds. */
const PATIENCE = 10_000;

/** Why there is no program to run. The message is shown to the user. */
export class UnusableProgram extends Error {}

/** A program that can be started. */
export interface Program {
  /** The absolute path. */
  readonly path: string;
  readonly version: string;
}

/**
 * Returns the program that the setting `rcalint.path` names, or if that is empty, the first one on the `PATH`.
 *
 * @throws {UnusableProgram} if it does not exist, does not run, or is too old.
 */
export async function findProgram(setting: string, env: NodeJS.ProcessEnv = process.env): Promise<Program> {
  const path = setting === "" ? await onThePath(env) : await configured(setting);
  return { path, version: await version(path) };
}

async function configured(setting: string): Promise<string> {
  const path = setting.replace(/^~(?=[/\\])/, homedir());
  if (!isAbsolute(path)) throw new UnusableProgram(`The setting rcalint.path must be an absolute path, but is "${setting}".`);
  if (!(await isProgram(path))) throw new UnusableProgram(`The setting rcalint.path names "${setting}", which is not a program.`);
  return path;
}

/**
 * Only absolute entries of the `PATH` count, and the current folder never does: it can be that of a workspace, which must
 * not choose what is run.
 */
async function onThePath(env: NodeJS.ProcessEnv): Promise<string> {
  const name = process.platform === "win32" ? "rcalint.exe" : "rcalint";
  const folders = (env["PATH"] ?? env["Path"] ?? "").split(delimiter).filter(isAbsolute);
  for (const folder of folders) {
    const path = join(folder, name);
    if (await isProgram(path)) return path;
  }
  throw new UnusableProgram("rcalint was not found on the PATH. Install it, or name the program in the setting rcalint.path.");
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function version(path: string): Promise<string> {
  const said = await output(path, ["--version"]);
  const version = /^rcalint (\d+\.\d+\.\d+)/.exec(said)?.[1];
  if (version === undefined) throw new UnusableProgram(`"${path}" is not rcalint: it does not print its version.`);
  if (isOlder(version, OLDEST)) {
    throw new UnusableProgram(`"${path}" is rcalint ${version}, but the extension needs ${OLDEST} or newer.`);
  }
  return version;
}

async function output(path: string, args: string[]): Promise<string> {
  try {
    return (await promisify(execFile)(path, args, { cwd: homedir(), timeout: PATIENCE })).stdout;
  } catch (error) {
    throw new UnusableProgram(`"${path}" does not run: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** True if a version such as `1.2.3` is older than another. */
export function isOlder(version: string, other: string): boolean {
  const [left, right] = [version, other].map((text) => text.split(".").map(Number));
  const differs = left?.findIndex((number, at) => number !== right?.[at]) ?? -1;
  return differs >= 0 && (left?.[differs] ?? 0) < (right?.[differs] ?? 0);
}
