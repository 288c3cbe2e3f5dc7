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
use crate::report::{About, BucketReport, BucketStatus, ClaimHead, DocumentReport, Report};

const DIGEST: &str = "<!-- rcalint:digest v1 ";
const MEMORY: &str = "<!-- rcalint:memory v1 ";
const END: &str = " -->";
/// Start of the key of a question about a finding.
const FINDING: &str = "finding:";
/// Start of the key of a question about a kind of contributing factor.
const BUCKET: &str = "bucket:";
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
    /// Questions that were dropped without an answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    withdrawn: Vec<AskedQuestion>,
    /// What the text stated.
    #[serde(default)]
    stated: Stated,
}

/// How much a text states that can answer a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stated {
    /// Conditions behind the act: claims, and evidence for the kinds of contributing factor.
    conditions: usize,
    /// Rows of the timeline, and actions that do not rely on people.
    facts: usize,
}

impl Stated {
    fn by(report: &DocumentReport) -> Self {
        let claims = report.claims.iter().filter(|claim| claim.head == ClaimHead::Condition).count();
        let evidence: usize = report.coverage.iter().map(|(_, bucket)| bucket.evidence.len()).sum();
        let actions = report.actions.stronger + report.actions.intermediate;
        Self { conditions: claims + evidence, facts: report.timeline.len() + actions }
    }
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
    /// Questions that the text answers now.
    pub(super) settled: Vec<AskedQuestion>,
    /// Questions that are no longer asked although the text answers them no more than before.
    pub(super) withdrawn: Vec<AskedQuestion>,
    /// The earlier questions; `None` if there was no earlier comment.
    before: Option<Remembered>,
}

/// Returns the subject of a question as a key.
pub(super) fn key(about: &About) -> String {
    match about {
        About::Finding(fingerprint) => format!("{FINDING}{fingerprint}"),
        About::Bucket(id) => format!("{BUCKET}{id}"),
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
        Self {
            known: keys.take(MAX_KEYS).collect(),
            open,
            settled: change.settled.clone(),
            withdrawn: change.withdrawn.clone(),
            stated: Stated::by(report),
        }
    }

    fn is_valid(&self) -> bool {
        let asked = self.open.iter().chain(&self.settled).chain(&self.withdrawn);
        self.known.len() <= MAX_KEYS
            && self.open.len() <= QUESTIONS_SHOWN
            && self.settled.len() <= MAX_SETTLED
            && self.withdrawn.len() <= MAX_SETTLED
            && self.known.iter().all(|key| is_text(key))
            && asked.into_iter().all(AskedQuestion::is_valid)
    }
}

impl AskedQuestion {
    /// True if it was about a sentence, rather than about the document.
    pub(super) fn is_about_sentence(&self) -> bool {
        self.about.starts_with(FINDING)
    }

    fn is_valid(&self) -> bool {
        is_text(&self.about) && is_text(&self.text)
    }
}

impl Progress {
    /// Compares the questions of the report with those of the earlier comment.
    pub(super) fn between(before: Option<&EarlierComment>, report: &Report) -> Self {
        let change = |document: &DocumentReport| {
            let before = before?.documents.get(&document.path)?;
            let (settled, withdrawn) = no_longer_asked(before, document);
            let change = DocumentProgress { settled, withdrawn, before: Some(before.clone()) };
            Some((document.path.clone(), change))
        };
        Self {
            documents: report.documents.iter().filter_map(change).collect(),
            none: DocumentProgress::default(),
        }
    }

    pub(super) fn of(&self, path: &str) -> &DocumentProgress {
        self.documents.get(path).unwrap_or(&self.none)
    }

    /// True if there were questions, and the text answers all of them now.
    pub(super) fn all_settled(&self) -> bool {
        let mut changes = self.documents.values();
        changes.clone().any(|change| !change.settled.is_empty())
            && changes.all(|change| change.withdrawn.is_empty())
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

/// Returns the earlier questions that are no longer asked: those that the text answers now, and those that it does not. A
/// suppressed finding does not settle its questions, nor does a document in an unsupported language.
fn no_longer_asked(before: &Remembered, report: &DocumentReport) -> (Vec<AskedQuestion>, Vec<AskedQuestion>) {
    if !report.is_judged() {
        return (before.settled.clone(), before.withdrawn.clone());
    }
    let known: BTreeSet<String> = report.questions.iter().map(|question| key(&question.about)).collect();
    let texts: BTreeSet<String> =
        report.questions.iter().map(|question| remembered(&question.text)).collect();
    let suppressed =
        report.suppressed.iter().map(|finding| key(&About::Finding(finding.fingerprint.clone())));
    let suppressed: BTreeSet<String> = suppressed.collect();
    let gone = |asked: &&AskedQuestion| {
        !known.contains(&asked.about) && !texts.contains(&asked.text) && !suppressed.contains(&asked.about)
    };
    let (answered, dropped): (Vec<_>, Vec<_>) =
        before.open.iter().filter(gone).partition(|asked| is_answered(asked, before.stated, report));
    let settled = answered.into_iter().chain(before.settled.iter().filter(gone));
    let withdrawn = dropped.into_iter().chain(before.withdrawn.iter().filter(gone));
    (settled.take(MAX_SETTLED).cloned().collect(), withdrawn.take(MAX_SETTLED).cloned().collect())
}

/// True if the text answers a question now: it examines that kind of factor, goes on to the conditions behind that act, or
/// states more than at the earlier comment. That a sentence was deleted answers nothing.
fn is_answered(asked: &AskedQuestion, before: Stated, report: &DocumentReport) -> bool {
    let now = Stated::by(report);
    let explains_more = now.conditions > before.conditions;
    if let Some(id) = asked.about.strip_prefix(BUCKET) {
        let of =
            |(bucket, shown): &(String, BucketReport)| bucket == id && shown.status == BucketStatus::Examined;
        return report.coverage.iter().any(of);
    }
    if let Some(fingerprint) = asked.about.strip_prefix(FINDING) {
        let mut findings = report.findings.iter().filter(|finding| finding.fingerprint == fingerprint);
        return explains_more || findings.any(|finding| finding.deepened);
    }
    explains_more || now.facts > before.facts
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
