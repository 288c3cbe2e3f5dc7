//! The hidden state of a comment: the questions that were asked, in a line that is not displayed.
//!
//! The line comes back from a forge, where others may have edited it. It is parsed strictly (a line in any other format
//! is ignored), and its texts are escaped like any untrusted text.

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
/// Maximum length in bytes of the JSON in the line.
const MAX_LINE: usize = 20_000;
/// Maximum length in characters of a question, a path and a key.
const MAX_TEXT: usize = 301;
/// Maximum number of keys kept for one document.
const MAX_KEYS: usize = 200;
/// Maximum number of settled questions that stay ticked.
const MAX_SETTLED: usize = 10;

/// The hidden state of an earlier comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierComment {
    digest: String,
    documents: BTreeMap<String, Remembered>,
}

/// The state for one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remembered {
    /// The keys of all questions.
    known: BTreeSet<String>,
    /// Questions that were open.
    open: Vec<AskedQuestion>,
    /// Questions that were ticked.
    settled: Vec<AskedQuestion>,
}

/// A question that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedQuestion {
    about: String,
    pub(super) text: String,
}

/// The changes since the earlier comment, by path.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress {
    documents: BTreeMap<String, DocumentProgress>,
    none: DocumentProgress,
}

/// The changes for one document since the earlier comment.
#[derive(Clone, Debug, Default)]
pub(super) struct DocumentProgress {
    /// Questions that are no longer asked.
    pub(super) settled: Vec<AskedQuestion>,
    /// The earlier questions; `None` if there was no earlier comment.
    before: Option<Remembered>,
}

/// Returns the subject of a question as a key.
pub(super) fn key(about: &About) -> String {
    match about {
        About::Finding(fingerprint) => format!("finding:{fingerprint}"),
        About::Bucket(id) => format!("bucket:{id}"),
        About::Document(theme) => format!("document:{theme}"),
    }
}

/// Returns the second line of a comment: a digest of its content, and `first`, `changed` or `unchanged`.
pub(super) fn digest_line(digest: &str, status: &str) -> String {
    format!("{DIGEST}{digest} {status}{END}")
}

impl EarlierComment {
    /// Reads the hidden lines of a comment; `None` if there are none, or if they are not in our format.
    pub fn parse(comment: &str) -> Option<Self> {
        let mut lines = comment.lines().map(str::trim_end);
        lines.next().filter(|line| *line == MARKER)?;
        let digest = lines.next()?.strip_prefix(DIGEST)?.strip_suffix(END)?.split(' ').next()?;
        let memory = lines.next()?.strip_prefix(MEMORY)?.strip_suffix(END)?;
        let is_digest = digest.len() == 16 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        let documents: BTreeMap<String, Remembered> =
            (memory.len() <= MAX_LINE && is_digest).then(|| serde_json::from_str(memory).ok())??;
        let valid = documents.iter().all(|(path, document)| is_text(path) && document.is_valid());
        valid.then(|| Self { digest: digest.to_owned(), documents })
    }

    /// Returns `unchanged` if a comment with this digest has the same content, otherwise `changed`.
    pub(super) fn status(&self, digest: &str) -> &'static str {
        if self.digest == digest { "unchanged" } else { "changed" }
    }

    /// Returns the state after this report.
    pub(super) fn new(report: &Report, changes: &Progress) -> Self {
        let documents = report.documents.iter().filter(|document| is_text(&document.path));
        let remember = |document: &DocumentReport| {
            (document.path.clone(), Remembered::of(document, changes.of(&document.path)))
        };
        Self { digest: String::new(), documents: documents.map(remember).collect() }
    }

    /// Returns the third line of a comment. If a document does not fit, it and all later ones are left out.
    pub(super) fn line(&self) -> String {
        let mut json = String::from("{");
        for (path, document) in &self.documents {
            let separator = if json.len() > 1 { "," } else { "" };
            let entry = format!("{separator}{}:{}", hidden_json(path), hidden_json(document));
            if json.len() + entry.len() >= MAX_LINE {
                break;
            }
            json += &entry;
        }
        format!("{MEMORY}{json}}}{END}")
    }
}

impl Remembered {
    fn of(report: &DocumentReport, change: &DocumentProgress) -> Self {
        let keys = report.questions.iter().map(|question| key(&question.about)).filter(|key| is_text(key));
        let open = report
            .questions
            .iter()
            .take(QUESTIONS_SHOWN)
            .map(|question| AskedQuestion { about: key(&question.about), text: remembered(&question.text) });
        let open = open.filter(AskedQuestion::is_valid).collect();
        Self { known: keys.take(MAX_KEYS).collect(), open, settled: change.settled.clone() }
    }

    fn is_valid(&self) -> bool {
        let asked = self.open.iter().chain(&self.settled);
        self.known.len() <= MAX_KEYS
            && self.open.len() <= QUESTIONS_SHOWN
            && self.settled.len() <= MAX_SETTLED
            && self.known.iter().all(|key| is_text(key))
            && asked.into_iter().all(AskedQuestion::is_valid)
    }
}

impl AskedQuestion {
    fn is_valid(&self) -> bool {
        is_text(&self.about) && is_text(&self.text)
    }
}

impl Progress {
    /// Compares the questions of the report with those of the earlier comment.
    pub(super) fn between(before: Option<&EarlierComment>, report: &Report) -> Self {
        let change = |document: &DocumentReport| {
            let before = before?.documents.get(&document.path)?;
            let settled = settled(before, document);
            Some((document.path.clone(), DocumentProgress { settled, before: Some(before.clone()) }))
        };
        Self {
            documents: report.documents.iter().filter_map(change).collect(),
            none: DocumentProgress::default(),
        }
    }

    pub(super) fn of(&self, path: &str) -> &DocumentProgress {
        self.documents.get(path).unwrap_or(&self.none)
    }

    pub(super) fn any_settled(&self) -> bool {
        self.documents.values().any(|change| !change.settled.is_empty())
    }

    /// Returns the same changes with no question marked as new: a new question that is still open must not change the
    /// digest.
    pub(super) fn without_news(&self) -> Self {
        let mut changes = self.clone();
        changes.documents.values_mut().for_each(|change| change.before = None);
        changes
    }
}

impl DocumentProgress {
    /// True if the earlier comment did not contain this question.
    pub(super) fn is_new(&self, key: &str, text: &str) -> bool {
        let is_known = |before: &Remembered| {
            let same = |asked: &AskedQuestion| asked.text == remembered(text);
            before.known.contains(key) || before.known.len() == MAX_KEYS || before.open.iter().any(same)
        };
        is_text(key) && self.before.as_ref().is_some_and(|before| !is_known(before))
    }
}

/// Returns the earlier questions that no longer apply, because the text now answers them or has changed. A suppressed
/// finding does not settle its questions, nor does a document in an unsupported language.
fn settled(before: &Remembered, report: &DocumentReport) -> Vec<AskedQuestion> {
    if !report.is_judged() {
        return before.settled.clone();
    }
    let known: BTreeSet<String> = report.questions.iter().map(|question| key(&question.about)).collect();
    let texts: BTreeSet<String> =
        report.questions.iter().map(|question| remembered(&question.text)).collect();
    let set_aside = report.suppressed.iter().map(|finding| key(&About::Finding(finding.fingerprint.clone())));
    let set_aside: BTreeSet<String> = set_aside.collect();
    let gone = |asked: &&AskedQuestion| {
        !known.contains(&asked.about) && !texts.contains(&asked.text) && !set_aside.contains(&asked.about)
    };
    let all = before.open.iter().chain(&before.settled);
    all.filter(gone).take(MAX_SETTLED).cloned().collect()
}

/// Returns a question in the form stored in the state.
fn remembered(text: &str) -> String {
    prose(&wrap::cut(text, MAX_TEXT - 1))
}

/// True if an untrusted text is one short line.
fn is_text(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 2 * MAX_TEXT && !text.chars().any(char::is_control)
}

/// Returns JSON in which everything is escaped except letters, digits and the punctuation of JSON itself. It can
/// neither end the surrounding HTML comment nor have a meaning to a forge.
fn hidden_json(value: &impl Serialize) -> String {
    // Plain data with string keys can always be serialised as JSON.
    let json = serde_json::to_string(value).unwrap_or_default();
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
