// The editor's side of `rcalint lsp`. Everything that is said about a document comes from the server.
import * as vscode from "vscode";
import { Session } from "./session";

let session: Session | undefined;

/** Called by the editor when a document or a workspace is opened that may be of interest. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("rcalint", { log: true });
  const current = new Session(log);
  session = current;
  const settings = vscode.workspace.createFileSystemWatcher("**/rcalint.toml", false, true, true);
  context.subscriptions.push(
    log,
    settings,
    settings.onDidCreate(() => current.start()),
    vscode.commands.registerCommand("rcalint.openQuestionSheet", () => current.openQuestionSheet()),
    vscode.commands.registerCommand("rcalint.restartServer", () => current.restart()),
    vscode.commands.registerCommand("rcalint.showLog", () => { log.show(); }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => current.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("rcalint.enable") || change.affectsConfiguration("rcalint.path")) void current.restart();
    }),
  );
  await current.start();
}

/** Called by the editor when it ends, or when the extension is turned off. */
export async function deactivate(): Promise<void> {
  await session?.stop();
}
