//! Findings in the order of the report, and of these the ones that somebody will read as [`Finding`]s. A document of
//! one megabyte can hold 26,000 of them; putting one together costs more than finding it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::analysis::document_rules::DocumentFinding;
use crate::analysis::findings::TextFinding;
use crate::analysis::questions::{Asked, Subject};
use crate::analysis::sentences::Analysis;
use crate::analysis::verdict::Judgement;
use crate::model::Span;
use crate::model::{Severity, Verdict};
use crate::report::Finding;
use crate::report::fingerprint::{fingerprint_of, normalised};
use crate::review::{collapse, role_id};
use crate::suppress::allow::Allowed;
use crate::suppress::set_aside::VERDICT;

/// Where the shape of a rule takes what the document calls the act.
const ACT: &str = "[act]";

/// All findings of rules that are on, by place, then rule.
pub(super) struct Entries<'r> {
    analysis: &'r Analysis<'r>,
    all: Vec<Entry<'r>>,
}

/// A finding as far as its place in the report asks for it.
struct Entry<'r> {
    origin: Origin<'r>,
    rule: &'r str,
    severity: Severity,
    span: Span,
    /// The sentence that it stands in.
    sentence: Span,
    /// Whether a comment allows it.
    allowed: bool,
}

/// What an entry is made of.
#[derive(Clone, Copy)]
enum Origin<'r> {
    /// A finding in the text, with its index among these.
    Text(usize, &'r TextFinding),
    /// A finding about the document.
    Document(&'r DocumentFinding),
}

impl<'r> Entries<'r> {
    pub(super) fn of(
        analysis: &'r Analysis<'r>,
        judgement: &Judgement,
        text: &'r [TextFinding],
        placed: &'r [DocumentFinding],
        allowed: &Allowed,
    ) -> Self {
        let in_text = text.iter().enumerate();
        let in_text = in_text.filter_map(|(nth, found)| text_entry(analysis, judgement, nth, found));
        let placed = placed.iter().filter_map(|found| document_entry(analysis, found));
        let mut all: Vec<Entry<'r>> = in_text.chain(placed).collect();
        all.sort_by_key(|entry| (entry.span.start, entry.span.end, entry.rule));
        for entry in &mut all {
            entry.allowed = allowed.reason(entry.rule, entry.span.start).is_some();
        }
        Self { analysis, all }
    }

    /// How many of them no comment allows.
    pub(super) fn standing(&self) -> usize {
        self.all.iter().filter(|entry| !entry.allowed).count()
    }

    /// The first `most` findings that no comment allows, all that a comment allows, and what the verdict and the
    /// questions speak of; with the fingerprints of those in the text, by their index there.
    pub(super) fn findings(&self, most: usize, asked: &Asked) -> (Vec<Finding>, BTreeMap<usize, String>) {
        let about = asked.all.iter().filter_map(|asking| match asking.about {
            Subject::Finding(index) => Some(index),
            _ => None,
        });
        let chosen = self.chosen(most, &about.collect());
        let (mut found, mut names) = (Vec::with_capacity(chosen.len()), BTreeMap::new());
        for (entry, fingerprint) in self.named(&chosen) {
            if let Origin::Text(nth, _) = entry.origin {
                names.insert(nth, fingerprint.clone());
            }
            found.push(self.finding(entry, asked, fingerprint));
        }
        (found, names)
    }

    /// Indices of the entries that are put together.
    fn chosen(&self, most: usize, about: &BTreeSet<usize>) -> Vec<usize> {
        let mut shown = 0;
        let mut is_chosen = |entry: &Entry<'_>| {
            let spoken_of = matches!(entry.origin, Origin::Text(nth, _) if about.contains(&nth));
            shown += usize::from(!entry.allowed);
            entry.allowed || shown <= most || spoken_of || entry.rule == VERDICT
        };
        (0..self.all.len()).filter(|&at| is_chosen(&self.all[at])).collect()
    }

    /// The entries of these indices with their fingerprints, for which all before them are counted.
    fn named(&self, chosen: &[usize]) -> Vec<(&Entry<'r>, String)> {
        let mut seen: HashMap<(&str, String), usize> = HashMap::new();
        let mut named = Vec::with_capacity(chosen.len());
        let mut rest = chosen.iter().peekable();
        for (at, entry) in self.all.iter().enumerate() {
            let Some(&&next) = rest.peek() else { break };
            let sentence = normalised(entry.sentence.of(&self.analysis.document.source.text));
            let key = (entry.rule, sentence);
            let ordinal = seen.get(&key).copied().unwrap_or_default();
            if at == next {
                named.push((entry, fingerprint_of(entry.rule, &key.1, ordinal)));
                rest.next();
            }
            seen.insert(key, ordinal + 1);
        }
        named
    }

    fn finding(&self, entry: &Entry<'_>, asked: &Asked, fingerprint: String) -> Finding {
        let text = &self.analysis.document.source.text;
        let lines = &self.analysis.document.lines;
        let (start, end) = (lines.position(text, entry.span.start), lines.position(text, entry.span.end));
        let finding = Finding {
            rule: entry.rule.to_owned(),
            severity: entry.severity,
            cause: false,
            deepened: false,
            section: String::new(),
            start,
            end,
            quote: entry.span.of(text).to_owned(),
            sentence: entry.sentence.of(text).to_owned(),
            message: String::new(),
            mechanism: None,
            questions: Vec::new(),
            shape: None,
            fingerprint,
            changed: None,
        };
        match entry.origin {
            Origin::Text(nth, found) => self.in_text(finding, nth, found, asked),
            Origin::Document(found) => self.about_document(finding, found),
        }
    }

    fn in_text(&self, finding: Finding, nth: usize, found: &TextFinding, asked: &Asked) -> Finding {
        let rule = &self.analysis.lexicon.rules[found.rule];
        let act = asked.acts.get(nth).and_then(Option::as_ref);
        Finding {
            cause: found.cause,
            deepened: found.deepened,
            section: role_id(self.analysis.role(found.sentence)),
            message: rule.message.replace("{quote}", &collapse(&finding.quote)),
            mechanism: found.mechanism.clone(),
            questions: asked.by_finding[nth].clone(),
            shape: Some(act.map_or_else(|| rule.better.clone(), |act| rule.better.replace(ACT, act))),
            ..finding
        }
    }

    fn about_document(&self, finding: Finding, found: &DocumentFinding) -> Finding {
        let rule = self.analysis.lexicon.rule(found.rule);
        let message = rule.map_or_else(String::new, |rule| rule.message.replace("{quote}", &found.names));
        Finding { section: role_id(found.role), message, ..finding }
    }
}

/// The entry of a finding in the text, unless its rule is off.
fn text_entry<'r>(
    analysis: &'r Analysis<'r>,
    judgement: &Judgement,
    nth: usize,
    found: &'r TextFinding,
) -> Option<Entry<'r>> {
    let rule = &analysis.lexicon.rules[found.rule];
    let concludes = judgement.verdict == Verdict::StartOver && judgement.is_cause(found.sentence);
    let severity = if concludes && found.cause { Severity::Error } else { rule.severity };
    Some(Entry {
        origin: Origin::Text(nth, found),
        rule: &rule.id,
        severity: rule.level.of(severity)?,
        span: found.span,
        sentence: analysis.document.sentences[found.sentence].span,
        allowed: false,
    })
}

/// The entry of a finding about the document, unless its rule is off.
fn document_entry<'r>(analysis: &Analysis<'_>, found: &'r DocumentFinding) -> Option<Entry<'r>> {
    let rule = analysis.lexicon.rule(found.rule);
    let severity = rule.map_or(Some(Severity::Note), |rule| rule.level.of(rule.severity))?;
    let (span, origin) = (found.span, Origin::Document(found));
    Some(Entry { origin, rule: found.rule, severity, span, sentence: span, allowed: false })
}
