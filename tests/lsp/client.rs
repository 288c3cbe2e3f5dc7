//! A client that talks to the real server over pipes.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::program;

/// How long a test waits for a message before it fails.
const PATIENCE: Duration = Duration::from_mins(1);

/// A server, and what it has sent.
pub(crate) struct Client {
    pub(crate) folder: TempDir,
    server: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Messages that arrived while a test waited for another one.
    earlier: Vec<Value>,
    requests: i64,
}

impl Client {
    /// Starts a server, without a word to it, in an empty folder that is the root of a repository.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(".git")).unwrap();
        Self::start_in(folder, &["lsp", "--stdio"])
    }

    fn start_in(folder: TempDir, args: &[&str]) -> Self {
        let mut command = program();
        command.args(args).current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut server = command.stderr(Stdio::inherit()).spawn().unwrap();
        let mut output = BufReader::new(server.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || while read(&mut output).is_some_and(|message| sender.send(message).is_ok()) {});
        let input = server.stdin.take();
        Self { folder, server, input, messages, earlier: Vec::new(), requests: 0 }
    }

    /// Starts a server and opens the folder as its workspace, with these capabilities of the client.
    pub(crate) fn initialized(capabilities: Value) -> Self {
        let mut client = Self::start();
        client.initialize(capabilities);
        client
    }

    pub(crate) fn initialize(&mut self, capabilities: Value) -> Value {
        let folders = json!([{ "uri": self.uri(""), "name": "team" }]);
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders });
        let result = self.request("initialize", params);
        self.notify("initialized", json!({}));
        result
    }

    /// Returns the address of a file in the workspace.
    pub(crate) fn uri(&self, path: &str) -> String {
        let path = self.path(path);
        format!("file://{}", path.to_str().unwrap().trim_end_matches('/'))
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(path)
    }

    /// Writes a file of the workspace.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn change(&mut self, path: &str, version: i64, changes: Value) {
        let document = json!({ "uri": self.uri(path), "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Sends a request and returns its result. Fails if the answer is an error.
    #[track_caller]
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.send_request(method, params);
        let mut answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// Sends a request and returns the code of its error.
    #[track_caller]
    pub(crate) fn error(&mut self, method: &str, params: Value) -> i64 {
        let id = self.send_request(method, params);
        let answer = self.answer(id);
        answer["error"]["code"].as_i64().unwrap_or_else(|| panic!("{method} has no error: {answer}"))
    }

    pub(crate) fn send_request(&mut self, method: &str, params: Value) -> i64 {
        self.requests += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.requests, "method": method, "params": params }));
        self.requests
    }

    /// Waits for the answer to a request.
    #[track_caller]
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        self.input.as_mut().unwrap().write_all(bytes).unwrap();
    }

    /// Waits for the diagnostics of a version of a document.
    #[track_caller]
    pub(crate) fn diagnostics(&mut self, path: &str, version: impl Into<Value>) -> Vec<Value> {
        let (uri, version) = (self.uri(path), version.into());
        let params = self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri.as_str()
                && message["params"]["version"] == version
        });
        params["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// Waits for a message of the server.
    #[track_caller]
    pub(crate) fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.earlier.iter().position(&wanted) {
            return self.earlier.remove(at);
        }
        loop {
            match self.messages.recv_timeout(PATIENCE) {
                Ok(message) if wanted(&message) => return message,
                Ok(message) => self.earlier.push(message),
                Err(RecvTimeoutError::Timeout) => panic!("not sent; sent were {:?}", self.earlier),
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("the server left; sent were {:?}", self.earlier)
                }
            }
        }
    }

    /// Returns the identifier of the server's process.
    pub(crate) fn process(&self) -> u32 {
        self.server.id()
    }

    /// Closes the input of the server and returns its exit code.
    pub(crate) fn leave(&mut self) -> Option<i32> {
        drop(self.input.take());
        self.server.wait().unwrap().code()
    }

    /// Ends the conversation by the book.
    pub(crate) fn shut_down(&mut self) {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        assert_eq!(self.server.wait().unwrap().code(), Some(0));
    }
}

impl Drop for Client {
    /// A test that failed leaves its server running.
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Reads one message; `None` at the end.
fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        output.read_line(&mut line).ok().filter(|read| *read > 0)?;
        match line.trim_end().split_once(": ") {
            Some((_, value)) => length = value.parse().unwrap(),
            None => break,
        }
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes).ok()?;
    Some(serde_json::from_slice(&bytes).unwrap())
}
