//! Messages over standard input and output, each after a header with its length.
//!
//! The threads of `lsp-server` stop at the first message that is not JSON, and believe any length. Here, a broken message
//! is answered with the error of the specification, and the next one is read.

use std::io::{self, BufRead, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use lsp_server::{ErrorCode, Message};
use serde_json::{Value, json};

/// Maximum length of a message in bytes: 64 MiB.
const LONGEST_MESSAGE: usize = 64 << 20;
/// Maximum length of the line of a header in bytes.
const LONGEST_HEADER: u64 = 4 << 10;
/// Number of messages that are read before the first of them is handled.
const READ_AHEAD: usize = 64;

/// Both directions of a conversation with a client.
pub(crate) struct Transport {
    /// Messages of the client; it ends when the client closes its output.
    pub(crate) incoming: Receiver<Message>,
    pub(crate) outgoing: Sender<Message>,
    writer: JoinHandle<()>,
}

impl Transport {
    /// Starts a conversation over standard input and output.
    pub(crate) fn stdio() -> Self {
        let (sender, incoming) = bounded(READ_AHEAD);
        let (outgoing, receiver) = unbounded();
        let output = Arc::new(Mutex::new(io::stdout()));
        let replies = Arc::clone(&output);
        thread::spawn(move || {
            read_all(&mut io::stdin().lock(), &sender, &mut |reply| send(&replies, &reply));
        });
        let writer = thread::spawn(move || write_all(&receiver, &output));
        Self { incoming, outgoing, writer }
    }

    /// Ends the conversation, after all messages have been written.
    pub(crate) fn close(self) {
        let Self { outgoing, writer, .. } = self;
        drop(outgoing);
        let _ = writer.join(); // it does not panic
    }
}

fn write_all(messages: &Receiver<Message>, output: &Mutex<io::Stdout>) {
    for message in messages {
        let message = serde_json::to_value(message).unwrap_or_default();
        send(output, &message);
    }
}

/// Writes one message. If nobody reads it, the end of standard input will end the conversation.
fn send(output: &Mutex<io::Stdout>, message: &Value) {
    let mut message = message.clone();
    message["jsonrpc"] = json!("2.0");
    let text = message.to_string();
    let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = write!(output, "Content-Length: {}\r\n\r\n{text}", text.len());
    let _ = output.flush();
}

/// Reads messages until the input ends or its framing is lost. Broken messages are answered by `reply`.
fn read_all(input: &mut impl BufRead, messages: &Sender<Message>, reply: &mut impl FnMut(Value)) {
    loop {
        match frame(input) {
            Ok(Some(bytes)) => match parse(&bytes) {
                Ok(message) => {
                    if messages.send(message).is_err() {
                        return;
                    }
                }
                Err(error) => reply(error),
            },
            Ok(None) => return,
            Err(error) => return reply(failure(&Value::Null, ErrorCode::ParseError, &error.to_string())),
        }
    }
}

/// Returns the bytes of the next message; `None` at the end of the input.
fn frame(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length: Option<usize> = None;
    loop {
        let mut line = String::new();
        if input.by_ref().take(LONGEST_HEADER).read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().ok();
            }
            Some(_) => {}
            None if line.trim_end().is_empty() => break,
            None => return Err(io::Error::other("a line of the header has no colon")),
        }
    }
    let length = length.filter(|length| *length <= LONGEST_MESSAGE);
    let length = length.ok_or_else(|| io::Error::other("no length, or too large a length, in the header"))?;
    let mut bytes = Vec::new();
    input.by_ref().take(length as u64).read_to_end(&mut bytes)?;
    Ok((bytes.len() == length).then_some(bytes))
}

/// Returns a message, or the reply to what is none.
fn parse(bytes: &[u8]) -> Result<Message, Value> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| failure(&Value::Null, ErrorCode::ParseError, &error.to_string()))?;
    let id = value.get("id").filter(|id| id.is_i64() || id.is_string()).cloned().unwrap_or_default();
    let known = value.get("method").is_some_and(Value::is_string)
        || value.get("result").is_some()
        || value.get("error").is_some();
    let message = known.then(|| serde_json::from_value(value).ok()).flatten();
    message.ok_or_else(|| failure(&id, ErrorCode::InvalidRequest, "neither a request nor a response"))
}

fn failure(id: &Value, code: ErrorCode, message: &str) -> Value {
    json!({ "id": id, "error": { "code": code as i32, "message": message } })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the methods of the messages in the input, and the codes of the replies.
    fn read(input: &str) -> (Vec<String>, Vec<i64>) {
        let (sender, messages) = unbounded();
        let mut codes = Vec::new();
        read_all(&mut input.as_bytes(), &sender, &mut |reply| {
            codes.push(reply["error"]["code"].as_i64().unwrap());
        });
        drop(sender);
        let method = |message| match message {
            Message::Request(request) => request.method,
            Message::Notification(notification) => notification.method,
            Message::Response(response) => response.id.to_string(),
        };
        (messages.iter().map(method).collect(), codes)
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn a_broken_message_is_answered_and_the_next_one_is_read() {
        let input = [r#"{"method": "#, "[]", r#"{"id": 1}"#, r#"{"method": "exit"}"#].map(framed).concat();
        assert_eq!(read(&input), (vec!["exit".to_owned()], vec![-32700, -32600, -32600]));
    }

    #[test]
    fn bytes_that_are_not_utf8_are_a_broken_message() {
        let mut input = b"Content-Length: 1\r\n\r\n\xff".to_vec();
        input.extend(framed(r#"{"method": "exit"}"#).bytes());
        let (sender, messages) = unbounded();
        let mut replies = 0;
        read_all(&mut input.as_slice(), &sender, &mut |_| replies += 1);
        assert_eq!((messages.len(), replies), (1, 1));
    }

    #[test]
    fn a_lost_frame_ends_the_input() {
        for header in ["nonsense\r\n\r\n", "Content-Length: 99999999999\r\n\r\n", "A: b\r\n\r\n{}"] {
            assert_eq!(read(header), (Vec::new(), vec![-32700]), "{header}");
        }
    }

    #[test]
    fn an_input_that_ends_within_a_message_has_no_more_messages() {
        assert_eq!(read("Content-Length: 9\r\n\r\n{}"), (Vec::new(), Vec::new()));
        assert_eq!(read(""), (Vec::new(), Vec::new()));
    }
}
