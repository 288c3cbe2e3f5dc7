import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as lsp from "vscode-languageserver-protocol/node";
import { findProgram } from "../src/program";
import { PREPARE_REVIEW, REPORT_AS_WRONG, serverOf } from "../src/server";
import { RCALINT } from "./support";

const DOCUMENT = readFileSync("../../examples/01-wrong-cluster.md", "utf8");

/** What VS Code can do, as far as this server may ask. */
const CAPABILITIES: lsp.ClientCapabilities = {
  general: { positionEncodings: ["utf-16"] },
  textDocument: {
    synchronization: { didSave: true },
    diagnostic: { dynamicRegistration: true, relatedDocumentSupport: false },
    publishDiagnostics: { codeDescriptionSupport: true, dataSupport: true, versionSupport: false },
    hover: { contentFormat: ["markdown", "plaintext"] },
    codeAction: {
      dataSupport: true,
      isPreferredSupport: true,
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["", "quickfix", "source"] } },
      resolveSupport: { properties: ["edit", "command"] },
    },
  },
  workspace: {
    applyEdit: true,
    configuration: true,
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
  },
  window: { showDocument: { support: true } },
};

const folder = mkdtempSync(join(tmpdir(), "rcalint-"));
const uri = pathToFileURL(join(folder, "outage.md")).href;
let server: ChildProcess;
let connection: lsp.ProtocolConnection;
let version = 0;
const registered: string[] = [];
const asked = new EventEmitter();

before(async () => {
  writeFileSync(join(folder, "rcalint.toml"), "");
  const { command, args } = serverOf(await findProgram(RCALINT));
  server = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  assert.ok(server.stdout && server.stdin);
  const [reader, writer] = [new lsp.StreamMessageReader(server.stdout), new lsp.StreamMessageWriter(server.stdin)];
  connection = lsp.createProtocolConnection(reader, writer);
  connection.onRequest(lsp.RegistrationRequest.type, ({ registrations }) => {
    registered.push(...registrations.map(({ method }) => method));
  });
  connection.onRequest(lsp.WorkDoneProgressCreateRequest.type, () => undefined);
  connection.onRequest(lsp.ConfigurationRequest.type, ({ items }) => items.map(() => null));
  connection.onRequest(lsp.DiagnosticRefreshRequest.type, () => { asked.emit("refresh"); });
  connection.onRequest(lsp.ShowDocumentRequest.type, ({ uri }) => {
    asked.emit("show", readFileSync(fileURLToPath(uri), "utf8"));
    return { success: true };
  });
  connection.listen();
  const root = pathToFileURL(folder).href;
  const options = { processId: process.pid, rootUri: root, capabilities: CAPABILITIES };
  const answer = await connection.sendRequest(lsp.InitializeRequest.type, {
    ...options,
    workspaceFolders: [{ uri: root, name: "incidents" }],
  });
  assert.equal(answer.capabilities.positionEncoding ?? "utf-16", "utf-16");
  await connection.sendNotification(lsp.InitializedNotification.type, {});
});

after(() => {
  server.kill();
  rmSync(folder, { recursive: true });
});

/** Opens the document with this text, or replaces its text. */
async function show(text: string): Promise<void> {
  version += 1;
  const textDocument = { uri, version };
  await (version === 1
    ? connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, {
        textDocument: { ...textDocument, languageId: "markdown", text },
      })
    : connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, { textDocument, contentChanges: [{ text }] }));
}

async function diagnostics(): Promise<lsp.Diagnostic[]> {
  const report = await connection.sendRequest(lsp.DocumentDiagnosticRequest.type, { textDocument: { uri } });
  assert.equal(report.kind, "full");
  return report.items;
}

function find(found: lsp.Diagnostic[], rule: string): lsp.Diagnostic {
  const one = found.find(({ code }) => code === rule);
  assert.ok(one, `no ${rule}: ${JSON.stringify(found)}`);
  return one;
}

test("a document that is opened is read", async () => {
  await show(DOCUMENT);
  const found = await diagnostics();
  const { severity, source, range } = find(found, "human-error");
  assert.equal(severity, lsp.DiagnosticSeverity.Error);
  assert.equal(source, "rcalint");
  const line = DOCUMENT.split("\n")[range.start.line];
  assert.equal(line?.slice(range.start.character, range.end.character), "Human error");
});

test("a hover says why, and asks", async () => {
  const { range } = find(await diagnostics(), "blamed-action");
  const hover = await connection.sendRequest(lsp.HoverRequest.type, { textDocument: { uri }, position: range.start });
  assert.ok(hover && lsp.MarkupContent.is(hover.contents));
  assert.match(hover.contents.value, /blamed-action/);
  assert.match(hover.contents.value, /\?/);
});

test("a code action allows the finding with a reason", async () => {
  const found = find(await diagnostics(), "human-error");
  const context = { diagnostics: [found], triggerKind: lsp.CodeActionTriggerKind.Invoked };
  const offered = await connection.sendRequest(lsp.CodeActionRequest.type, { textDocument: { uri }, range: found.range, context });
  const allow = offered?.find((action) => lsp.CodeAction.is(action) && /allow/i.test(action.title)) as lsp.CodeAction | undefined;
  assert.ok(allow, JSON.stringify(offered));
  const { edit } = allow.edit ? allow : await connection.sendRequest(lsp.CodeActionResolveRequest.type, allow);
  const text = JSON.stringify(edit);
  assert.ok(text.includes("rcalint-allow: human-error") && text.includes(uri), text);
});

test("an edit changes the findings, before it is saved", async () => {
  await show(DOCUMENT.replace("Human error. ", ""));
  const rules = (await diagnostics()).map(({ code }) => code);
  assert.ok(!rules.includes("human-error"), rules.join());
  await show(DOCUMENT);
  find(await diagnostics(), "human-error");
});

test("the commands of the extension are those of the server", async () => {
  const execute = (command: string, ...args: unknown[]): Promise<unknown> =>
    connection.sendRequest(lsp.ExecuteCommandRequest.type, { command, arguments: args });
  const shown = once(asked, "show");
  const sheet = await execute(PREPARE_REVIEW, uri);
  assert.ok(typeof sheet === "string" && sheet.includes("?"));
  assert.deepEqual(await shown, [sheet]);
  const data = find(await diagnostics(), "human-error").data as { fingerprint: string };
  const example = await execute(REPORT_AS_WRONG, uri, data.fingerprint);
  assert.ok(typeof example === "string");
  assert.match(example, /^\[\[good\]\]\ntext = ".*Human error.*"/);
});

test("the workspace has the findings of a document that is not open, and the link of a rule leads to its page", async () => {
  const other = join(folder, "other.md");
  writeFileSync(other, DOCUMENT);
  const parts: lsp.WorkspaceDocumentDiagnosticReport[] = [];
  const partialResultToken = "parts";
  connection.onProgress(lsp.WorkspaceDiagnosticRequest.partialResult, partialResultToken, ({ items }) => { parts.push(...items); });
  const { items } = await connection.sendRequest(lsp.WorkspaceDiagnosticRequest.type, { previousResultIds: [], partialResultToken });
  assert.deepEqual(items, []);
  const report = parts.find((part) => part.uri === pathToFileURL(other).href);
  assert.ok(report?.kind === "full", JSON.stringify(parts));
  const page = find(report.items, "human-error").codeDescription?.href;
  assert.match(readFileSync(fileURLToPath(page ?? ""), "utf8"), /^# human-error\n/);
});

test("settings that change on the disk take effect", async () => {
  assert.ok(registered.includes(lsp.DidChangeWatchedFilesNotification.method), registered.join());
  const settings = join(folder, "rcalint.toml");
  writeFileSync(settings, '[rules]\nhuman-error = "off"\n');
  const refreshed = once(asked, "refresh");
  await connection.sendNotification(lsp.DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: pathToFileURL(settings).href, type: lsp.FileChangeType.Changed }],
  });
  await refreshed;
  const rules = (await diagnostics()).map(({ code }) => code);
  assert.ok(!rules.includes("human-error") && rules.includes("concludes-with-human-error"), rules.join());
});

test("the server ends by the book", async () => {
  await connection.sendRequest(lsp.ShutdownRequest.type);
  const ended = once(server, "exit");
  await connection.sendNotification(lsp.ExitNotification.type);
  assert.deepEqual(await ended, [0, null]);
});
