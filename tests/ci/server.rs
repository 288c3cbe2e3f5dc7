//! A server on this machine that answers as the APIs of GitHub and GitLab do, as far as the scripts use them.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use serde_json::{Value, json};

/// Who the token belongs to, unless a test says otherwise.
pub(super) const BOT: &str = "github-actions[bot]";

/// What the server knows and what it was asked.
#[derive(Default)]
pub(super) struct State {
    /// Comments or notes, oldest first.
    pub(super) comments: Vec<Value>,
    /// Files by path, for downloads and for answers that never change.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// Where a path leads to, which nobody is told who has no token.
    pub(super) redirects: BTreeMap<String, String>,
    /// Paths that were asked for with a token.
    pub(super) signed: Vec<String>,
    /// Statuses that come before any real answer to a call with this method.
    pub(super) stumbles: BTreeMap<&'static str, VecDeque<u16>>,
    /// Writes the comment and then says that it failed.
    pub(super) lies_once: bool,
    /// Whether the token may write.
    pub(super) read_only: bool,
    /// Whether this is GitLab: other field names.
    pub(super) gitlab: bool,
    /// Every call: method and path.
    pub(super) calls: Vec<String>,
}

/// A running server; it ends with the test's process.
pub(super) struct Server {
    pub(super) url: String,
    state: Arc<Mutex<State>>,
}

impl Server {
    pub(super) fn new(state: State) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                serve(stream.unwrap(), &mut shared.lock().unwrap());
            }
        });
        Self { url, state }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// The texts of all comments.
    pub(super) fn bodies(&self) -> Vec<String> {
        self.state().comments.iter().map(|comment| comment["body"].as_str().unwrap().to_owned()).collect()
    }

    /// How many calls had this method.
    pub(super) fn count(&self, method: &str) -> usize {
        self.state().calls.iter().filter(|call| call.starts_with(method)).count()
    }
}

fn serve(mut stream: TcpStream, state: &mut State) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    let (mut length, mut signed) = (0, false);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        signed |= ["authorization: bearer sesame", "private-token: sesame"].contains(&line.as_str());
        if let Some(number) = line.strip_prefix("content-length: ") {
            length = number.parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap(), words.next().unwrap());
    state.calls.push(format!("{method} {path}"));
    if signed {
        state.signed.push(path.to_owned());
    }
    let to = state.redirects.get(path).filter(|_| signed).map(|to| format!("Location: {to}\r\n"));
    let (status, answer) = match to {
        Some(_) => (302, Vec::new()),
        None => state.answer(method, path, &body, signed),
    };
    let head = format!(
        "HTTP/1.1 {status} X\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n",
        to.unwrap_or_default(),
        answer.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // Who has seen enough hangs up.
    let _ = stream.write_all(&answer);
}

impl State {
    fn answer(&mut self, method: &str, path: &str, body: &[u8], signed: bool) -> (u16, Vec<u8>) {
        if let Some(file) = self.files.get(path) {
            return (200, file.clone());
        }
        if let Some(status) = self.stumbles.get_mut(method).and_then(VecDeque::pop_front) {
            return (status, b"<html>try again later</html>".to_vec());
        }
        let (status, answer) = match (method, path) {
            _ if !signed => (401, json!({"message": "Bad credentials"})),
            ("GET", "/user") if self.gitlab => (200, json!({"username": BOT})),
            ("GET", "/user") => (403, json!({"message": "Resource not accessible by integration"})),
            ("GET", _) if path.contains("per_page") => (200, self.page(path)),
            ("POST" | "PATCH" | "PUT", _) if self.read_only => {
                (403, json!({"message": "Resource not accessible by integration"}))
            }
            ("POST", _) => self.create(&serde_json::from_slice(body).unwrap()),
            ("PATCH" | "PUT", _) => self.edit(path, &serde_json::from_slice(body).unwrap()),
            _ => (404, json!({"message": "Not Found"})),
        };
        (status, answer.to_string().into_bytes())
    }

    /// A page of a hundred.
    fn page(&self, path: &str) -> Value {
        let page: usize = path.rsplit('=').next().unwrap().parse().unwrap();
        self.comments.iter().skip((page - 1) * 100).take(100).cloned().collect()
    }

    fn create(&mut self, body: &Value) -> (u16, Value) {
        self.add(BOT, body["body"].as_str().unwrap());
        if std::mem::take(&mut self.lies_once) { (502, Value::Null) } else { (201, json!({})) }
    }

    fn edit(&mut self, path: &str, body: &Value) -> (u16, Value) {
        let id: usize = path.rsplit('/').next().unwrap().parse().unwrap();
        match self.comments.iter_mut().find(|comment| comment["id"] == id) {
            Some(comment) => {
                comment["body"] = body["body"].clone();
                (200, json!({}))
            }
            None => (404, Value::Null),
        }
    }

    /// Adds a comment as somebody else's or our own.
    pub(super) fn add(&mut self, author: &str, body: &str) {
        let (kind, name) = if self.gitlab { ("author", "username") } else { ("user", "login") };
        self.comments.push(json!({"id": self.comments.len() + 1, kind: {name: author}, "body": body}));
    }
}
