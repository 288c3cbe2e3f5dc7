import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join, relative } from "node:path";
import { after, test } from "node:test";
import { findProgram, isOlder, OLDEST, UnusableProgram } from "../src/program";
import { RCALINT } from "./support";

const folder = mkdtempSync(join(tmpdir(), "rcalint-"));
after(() => { rmSync(folder, { recursive: true }); });

/** Creates a program named rcalint, in a folder of its own, and returns its path. */
function program(name: string, script: string, mode = 0o755): string {
  const path = join(folder, name, "rcalint");
  mkdirSync(dirname(path));
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, mode);
  return path;
}

async function refused(setting: string, path: string, message: RegExp): Promise<void> {
  await assert.rejects(findProgram(setting, { PATH: path }), (error: unknown) => {
    assert.ok(error instanceof UnusableProgram);
    assert.match(error.message, message);
    return true;
  });
}

test("the setting names the program", async () => {
  const found = await findProgram(RCALINT, {});
  assert.equal(found.path, RCALINT);
  assert.ok(!isOlder(found.version, OLDEST));
});

test("without the setting, the first program on the path is taken", async () => {
  const first = program("first", "echo rcalint 9.9.9");
  const path = [join(folder, "nowhere"), dirname(first), dirname(RCALINT)].join(delimiter);
  assert.deepEqual(await findProgram("", { PATH: path }), { path: first, version: "9.9.9" });
});

test("the setting goes before the path", async () => {
  const other = program("other", "echo rcalint 9.9.9");
  assert.equal((await findProgram(RCALINT, { PATH: dirname(other) })).path, RCALINT);
});

test("a file that cannot be run is passed over", async () => {
  const text = program("text", "echo rcalint 9.9.9", 0o644);
  mkdirSync(join(folder, "folder", "rcalint"), { recursive: true });
  const path = [dirname(text), join(folder, "folder"), dirname(RCALINT)].join(delimiter);
  assert.equal((await findProgram("", { PATH: path })).path, RCALINT);
});

test("relative entries of the path are passed over: the current folder may be a workspace", async () => {
  const here = program("here", "echo rcalint 9.9.9");
  const entries = [relative(process.cwd(), dirname(here)), ".", ""];
  await refused("", entries.join(delimiter), /was not found on the PATH/);
});

test("a relative setting is refused", async () => {
  await refused(join("bin", basename(RCALINT)), "", /must be an absolute path/);
});

test("a setting that names no program is refused", async () => {
  await refused(join(folder, "missing"), dirname(RCALINT), /is not a program/);
  await refused(folder, dirname(RCALINT), /is not a program/);
});

test("an old version is refused, and named", async () => {
  await refused(program("old", "echo rcalint 0.0.9"), "", /is rcalint 0\.0\.9, but the extension needs/);
});

test("another program of the same name is refused", async () => {
  await refused(program("another", "echo hello"), "", /is not rcalint/);
});

test("a program that fails is refused", async () => {
  await refused(program("failing", "exit 3"), "", /does not run/);
});

test("versions are compared by number", () => {
  assert.ok(isOlder("0.9.0", "0.10.0") && isOlder("1.2.3", "2.0.0") && isOlder("1.2.3", "1.2.4"));
  assert.ok(!isOlder("0.10.0", "0.9.0") && !isOlder("1.2.3", "1.2.3") && !isOlder("2.0.0", "1.9.9"));
});
