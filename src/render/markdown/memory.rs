//! What a comment remembers: which questions it asked, in a line that no reader sees.
//!
//! The line comes back from a forge, where others may have touched it, so it is read strictly and believed in little:
//! a line that is not exactly as written is no memory, and its texts are shown as any text of a stranger.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::render::QUESTIONS_SHOWN;
use crate::render::escape::prose;
use crate::render::markdown::MARKER;
use crate::render::wrap;
use crate::report::{About, DocumentReport, Report};

const DIGEST: &str = "<!-- rcalint:digest v1 ";
const MEMORY: &str = "<!-- rcalint:memory v1 ";
const END: &str = " -->";
/// Bytes of the line.
const LONGEST: usize = 20_000;
/// Characters of a question, a path and a key.
const LONGEST_TEXT: usize = 301;
/// Questions about one document that are remembered by name.
const MOST_KEYS: usize = 200;
/// Settled questions that stay ticked.
const MOST_SETTLED: usize = 10;

/// What an earlier comment said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    digest: String,
    documents: BTreeMap<String, Remembered>,
}

/// What it said about one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remembered {
    /// What all questions were about.
    known: BTreeSet<String>,
    /// Questions that were shown.
    open: Vec<Asked>,
    /// Questions that were ticked.
    settled: Vec<Asked>,
}

/// A question that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    about: String,
    pub(super) text: String,
}

/// What has changed since the earlier comment, by path.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    documents: BTreeMap<String, Change>,
    none: Change,
}

/// What has changed for one document.
#[derive(Clone, Debug, Default)]
pub(super) struct Change {
    /// Questions that nothing asks any more.
    pub(super) settled: Vec<Asked>,
    /// What was asked before; nothing if there was no earlier comment.
    before: Option<Remembered>,
}

/// What a question is about, as one word.
pub(super) fn key(about: &About) -> String {
    match about {
        About::Finding(fingerprint) => format!("finding:{fingerprint}"),
        About::Bucket(id) => format!("bucket:{id}"),
        About::Document(theme) => format!("document:{theme}"),
    }
}

/// The second line of a comment: a digest of what it says, and `first`, `changed` or `unchanged`.
pub(super) fn digest_line(digest: &str, status: &str) -> String {
    format!("{DIGEST}{digest} {status}{END}")
}

impl Memory {
    /// Reads the hidden lines of a comment; nothing if it has none, or if they are not as this program writes them.
    pub fn parse(comment: &str) -> Option<Self> {
        let mut lines = comment.lines().map(str::trim_end);
        lines.next().filter(|line| *line == MARKER)?;
        let digest = lines.next()?.strip_prefix(DIGEST)?.strip_suffix(END)?.split(' ').next()?;
        let memory = lines.next()?.strip_prefix(MEMORY)?.strip_suffix(END)?;
        let is_digest = digest.len() == 16 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        let documents: BTreeMap<String, Remembered> =
            (memory.len() <= LONGEST && is_digest).then(|| serde_json::from_str(memory).ok())??;
        let valid = documents.iter().all(|(path, document)| is_text(path) && document.is_valid());
        valid.then(|| Self { digest: digest.to_owned(), documents })
    }

    /// Whether a comment with this digest says anything else.
    pub(super) fn status(&self, digest: &str) -> &'static str {
        if self.digest == digest { "unchanged" } else { "changed" }
    }

    /// What the next run has to know.
    pub(super) fn of(report: &Report, changes: &Changes) -> Self {
        let documents = report.documents.iter().filter(|document| is_text(&document.path));
        let remember = |document: &DocumentReport| {
            (document.path.clone(), Remembered::of(document, changes.of(&document.path)))
        };
        Self { digest: String::new(), documents: documents.map(remember).collect() }
    }

    /// The third line of a comment. Documents for which there is no room are forgotten.
    pub(super) fn line(mut self) -> String {
        loop {
            let json = hidden(&serde_json::to_string(&self.documents).unwrap_or_default());
            if json.len() <= LONGEST || self.documents.pop_last().is_none() {
                return format!("{MEMORY}{json}{END}");
            }
        }
    }
}

impl Remembered {
    fn of(report: &DocumentReport, change: &Change) -> Self {
        let keys = report.questions.iter().map(|question| key(&question.about)).filter(|key| is_text(key));
        let open = report
            .questions
            .iter()
            .take(QUESTIONS_SHOWN)
            .map(|question| Asked { about: key(&question.about), text: remembered(&question.text) });
        let open = open.filter(Asked::is_valid).collect();
        Self { known: keys.take(MOST_KEYS).collect(), open, settled: change.settled.clone() }
    }

    fn is_valid(&self) -> bool {
        let asked = self.open.iter().chain(&self.settled);
        self.known.len() <= MOST_KEYS
            && self.open.len() <= QUESTIONS_SHOWN
            && self.settled.len() <= MOST_SETTLED
            && self.known.iter().all(|key| is_text(key))
            && asked.into_iter().all(Asked::is_valid)
    }
}

impl Asked {
    fn is_valid(&self) -> bool {
        is_text(&self.about) && is_text(&self.text)
    }
}

impl Changes {
    /// What the report asks that the earlier comment did not, and the other way round.
    pub(super) fn between(before: Option<&Memory>, report: &Report) -> Self {
        let change = |document: &DocumentReport| {
            let before = before?.documents.get(&document.path)?;
            let settled = settled(before, document);
            Some((document.path.clone(), Change { settled, before: Some(before.clone()) }))
        };
        Self { documents: report.documents.iter().filter_map(change).collect(), none: Change::default() }
    }

    pub(super) fn of(&self, path: &str) -> &Change {
        self.documents.get(path).unwrap_or(&self.none)
    }

    pub(super) fn any_settled(&self) -> bool {
        self.documents.values().any(|change| !change.settled.is_empty())
    }

    /// The same, with nothing marked as new: what was new once is not news when it stays.
    pub(super) fn without_news(&self) -> Self {
        let mut changes = self.clone();
        changes.documents.values_mut().for_each(|change| change.before = None);
        changes
    }
}

impl Change {
    /// Whether the earlier comment did not ask this.
    pub(super) fn is_new(&self, key: &str, text: &str) -> bool {
        let is_known = |before: &Remembered| {
            let same = |asked: &Asked| asked.text == remembered(text);
            before.known.contains(key) || before.known.len() == MOST_KEYS || before.open.iter().any(same)
        };
        is_text(key) && self.before.as_ref().is_some_and(|before| !is_known(before))
    }
}

/// Questions of the earlier comment whose reason is gone, be it that the text answers them or that it says something
/// else. What a comment in the document allows is not answered, and of a text that cannot be read nothing is known.
fn settled(before: &Remembered, report: &DocumentReport) -> Vec<Asked> {
    if report.language != "en" {
        return before.settled.clone();
    }
    let known: BTreeSet<String> = report.questions.iter().map(|question| key(&question.about)).collect();
    let texts: BTreeSet<String> =
        report.questions.iter().map(|question| remembered(&question.text)).collect();
    let set_aside = report.suppressed.iter().map(|finding| key(&About::Finding(finding.fingerprint.clone())));
    let set_aside: BTreeSet<String> = set_aside.collect();
    let gone = |asked: &&Asked| {
        !known.contains(&asked.about) && !texts.contains(&asked.text) && !set_aside.contains(&asked.about)
    };
    let all = before.open.iter().chain(&before.settled);
    all.filter(gone).take(MOST_SETTLED).cloned().collect()
}

/// A question as it is remembered.
fn remembered(text: &str) -> String {
    prose(&wrap::cut(text, LONGEST_TEXT - 1))
}

/// Whether a text from outside is one short line.
fn is_text(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 2 * LONGEST_TEXT && !text.chars().any(char::is_control)
}

/// JSON in which nothing but letters, digits and the marks of JSON itself stands as it is: it can neither end the
/// comment it is hidden in nor mean anything to a forge.
fn hidden(json: &str) -> String {
    let mut out = String::new();
    for sign in json.chars() {
        if sign.is_ascii_alphanumeric() || " {}[]:,.?()'\"\\".contains(sign) {
            out.push(sign);
        } else {
            for unit in sign.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}
