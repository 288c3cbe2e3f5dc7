//! A local server that imitates the parts of the APIs of GitHub and GitLab that the scripts use.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use serde_json::{Value, json};

/// The owner of the token, unless a test sets another one.
pub(super) const BOT: &str = "github-actions[bot]";

/// A status and the bytes of the body.
type Answer = (u16, Vec<u8>);

/// The answers of the server, and the requests that it has received.
#[derive(Default)]
pub(super) struct State {
    /// Comments or notes, oldest first.
    pub(super) comments: Vec<Value>,
    /// Fixed answers of the API, by path and query.
    pub(super) fixed: BTreeMap<String, Value>,
    /// Files outside the API, by path.
    pub(super) downloads: BTreeMap<String, Vec<u8>>,
    /// Paths of the API that redirect requests with a token, and the targets.
    pub(super) redirects: BTreeMap<String, String>,
    /// Statuses returned before any real answer, by method.
    pub(super) stumbles: BTreeMap<&'static str, VecDeque<u16>>,
    /// True if the server writes the next comment but answers with an error.
    pub(super) lies_once: bool,
    /// True if the token does not permit writing.
    pub(super) read_only: bool,
    /// True if this is GitLab, which has other field names.
    pub(super) gitlab: bool,
    /// Every request, in order.
    pub(super) requests: Vec<Request>,
}

/// An HTTP request as received.
pub(super) struct Request {
    pub(super) method: String,
    /// Its path and query.
    pub(super) target: String,
    /// True if it contained the token.
    pub(super) signed: bool,
    pub(super) body: Vec<u8>,
}

/// A running server, which stops with the test process.
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

    /// Returns the texts of all comments.
    pub(super) fn bodies(&self) -> Vec<String> {
        self.state().comments.iter().map(|comment| comment["body"].as_str().unwrap().to_owned()).collect()
    }

    /// Returns the number of requests with this method.
    pub(super) fn count(&self, method: &str) -> usize {
        self.state().requests.iter().filter(|request| request.method == method).count()
    }

    /// True if there was a request with this method, path and query.
    pub(super) fn was_asked(&self, method: &str, target: &str) -> bool {
        self.state().requests.iter().any(|request| request.method == method && request.target == target)
    }
}

fn serve(mut stream: TcpStream, state: &mut State) {
    let request = Request::read(&stream);
    let redirect = state.redirects.get(&request.target).filter(|_| request.signed);
    let location = redirect.map(|to| format!("Location: {to}\r\n"));
    let (status, body) = if location.is_some() { (302, Vec::new()) } else { state.answer(&request) };
    state.requests.push(request);
    let (location, length) = (location.unwrap_or_default(), body.len());
    let head =
        format!("HTTP/1.1 {status} X\r\n{location}Content-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    // A client that has read enough closes the connection.
    let _ = stream.write_all(&body);
}

impl Request {
    fn read(stream: &TcpStream) -> Self {
        let mut reader = BufReader::new(stream);
        let first = read_line(&mut reader);
        let mut words = first.split(' ').map(str::to_owned);
        let (method, target) = (words.next().unwrap(), words.next().unwrap());
        let (mut signed, mut length) = (false, 0);
        loop {
            let header = read_line(&mut reader).to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            signed |= ["authorization: bearer sesame", "private-token: sesame"].contains(&header.as_str());
            if let Some(number) = header.strip_prefix("content-length: ") {
                length = number.parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        Self { method, target, signed, body }
    }

    /// Returns the body as JSON.
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

fn read_line(reader: &mut impl BufRead) -> String {
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    line.trim_end().to_owned()
}

impl State {
    fn answer(&mut self, request: &Request) -> Answer {
        if let Some(file) = self.downloads.get(&request.target) {
            return (200, file.clone());
        }
        if let Some(answer) = self.fixed.get(&request.target) {
            return (200, answer.to_string().into_bytes());
        }
        if let Some(status) = self.stumbles.get_mut(&*request.method).and_then(VecDeque::pop_front) {
            return (status, b"<html>try again later</html>".to_vec());
        }
        let (status, answer) = self.answer_by_rule(request);
        (status, answer.to_string().into_bytes())
    }

    fn answer_by_rule(&mut self, request: &Request) -> (u16, Value) {
        let forbidden = (403, json!({"message": "Resource not accessible by integration"}));
        match (&*request.method, &*request.target) {
            _ if !request.signed => (401, json!({"message": "Bad credentials"})),
            ("GET", "/user") if self.gitlab => (200, json!({"username": BOT})),
            ("GET", "/user") => forbidden,
            ("GET", path) if path.contains("per_page") => (200, self.page(path)),
            ("POST" | "PATCH" | "PUT", _) if self.read_only => forbidden,
            ("POST", _) => self.create(&request.json()),
            ("PATCH" | "PUT", path) => self.edit(path, &request.json()),
            _ => (404, json!({"message": "Not Found"})),
        }
    }

    /// Returns a page of up to 100 items.
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

    /// Adds a comment by this author.
    pub(super) fn add(&mut self, author: &str, body: &str) {
        let (kind, name) = if self.gitlab { ("author", "username") } else { ("user", "login") };
        self.comments.push(json!({"id": self.comments.len() + 1, kind: {name: author}, "body": body}));
    }
}
