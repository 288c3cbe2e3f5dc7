//! Measures how long an editor waits for the findings after a keystroke: `cargo bench --bench editor`.
//!
//! The program serves the bench as it serves an editor, with the reader. The pause that must follow a keystroke is
//! subtracted. Each keystroke makes a sentence that was never read before.
#![expect(clippy::print_stdout, reason = "it prints a table")]
#![expect(clippy::disallowed_methods, reason = "it reads the examples")]
#![expect(clippy::unwrap_used, reason = "if a step fails, the measurement is worthless")]
#![expect(clippy::needless_pass_by_value, reason = "`json!` is written where a function is called")]
#![expect(dead_code, reason = "the client can do more than is measured")]

#[path = "../tests/lsp/client.rs"]
mod client;

/// The program, with the reader.
mod program {
    use std::process::Command;

    pub(crate) fn program() -> Command {
        Command::new(env!("CARGO_BIN_EXE_rcalint"))
    }
}

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;

use client::Client;

/// How long the server waits after a keystroke.
const DEBOUNCE: Duration = Duration::from_millis(150);
/// Number of keystrokes.
const ROUNDS: i64 = 21;

fn main() {
    println!("{:>10} {:>10} {:>10} {:>10}", "bytes", "opened", "fastest", "median");
    for bytes in [8_000, 100_000, 1_000_000] {
        let text = postmortem(bytes);
        let mut client = Client::initialized(json!({}));
        let opened = time(|| {
            client.open("a.md", &text);
            client.diagnostics("a.md", 1);
        });
        let mut keystrokes: Vec<Duration> =
            (0..ROUNDS).map(|round| keystroke(&mut client, &text, round)).collect();
        keystrokes.sort();
        let [fastest, median] = [0, keystrokes.len() / 2].map(|at| keystrokes[at].saturating_sub(DEBOUNCE));
        println!("{:>10} {opened:>10.1?} {fastest:>10.1?} {median:>10.1?}", text.len());
        client.shut_down();
    }
}

/// Returns how long the findings take after a letter was typed in the middle of the text.
fn keystroke(client: &mut Client, text: &str, round: i64) -> Duration {
    let middle = text.len() / 2;
    let prose = text[middle..].find(" was ").unwrap() + middle;
    let line = text[..prose].matches('\n').count();
    let column = prose - text[..prose].rfind('\n').map_or(0, |end| end + 1);
    let place = json!({ "line": line, "character": column });
    time(|| {
        let letter = json!([{ "range": { "start": place, "end": place }, "text": "x" }]);
        client.change("a.md", round + 2, letter);
        client.diagnostics("a.md", round + 2);
    })
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// Returns a postmortem of this size: the shipped ones one after the other, as often as necessary. Each repetition has
/// other words, so that nothing is read only once.
fn postmortem(bytes: usize) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    let texts: Vec<String> = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut all = String::from("# Postmortem\n\n");
    for round in 0.. {
        for text in &texts {
            all.push_str(&text.replace(" the ", &format!(" the {round} ")).replace('\u{a0}', " "));
            if all.len() >= bytes {
                all.truncate(all.floor_char_boundary(bytes));
                return all;
            }
        }
    }
    all
}
