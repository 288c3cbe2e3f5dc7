//! Comments that allow findings: `<!-- rcalint-allow: RULE -- reason -->` for adjacent text, and `<!--
//! rcalint-allow-file: RULE -- reason -->` for the whole document.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::document_rules::DocumentFinding;
use crate::analysis::findings::TextFinding;
use crate::analysis::sentences::Analysis;
use crate::document::{Comment, comments};
use crate::lexicon::Lexicon;
use crate::lexicon::did_you_mean::nearest;
use crate::lexicon::kinds::{DocumentRole, RuleKind};
use crate::model::{Role, Span};
use crate::report::fingerprint::Fingerprints;

/// Maximum number of complaints about the rules in one comment.
const MOST_COMPLAINTS: usize = 5;

/// Maximum number of characters of a name that are compared with the known ones.
const MOST_COMPARED: usize = 40;

/// The scope of a whole document.
const WHOLE: Span = Span::new(0, usize::MAX);

/// Separators between rules and reason: two or more hyphens, a dash of any length, or a hyphen between spaces.
const SEPARATORS: [&str; 4] = ["--", "\u{2014}", "\u{2013}", " - "];

/// Marks the findings that comments in the document allow, and adds findings about the comments themselves.
///
/// If several comments allow one finding, the one with the narrowest scope provides the reason, and none of them counts
/// as unused. A comment cannot allow the rules about comments: otherwise a document could hide which findings it
/// suppresses.
pub fn apply(
    analysis: &Analysis<'_>,
    in_text: &mut [TextFinding],
    about_document: &mut Vec<DocumentFinding>,
) {
    let rules = &analysis.lexicon.rules;
    let text = in_text.iter().map(|found| (rules[found.rule].id.as_str(), found.span.start));
    let document = about_document
        .iter()
        .map(|found| (analysis.lexicon.document_rule(found.rule).id.as_str(), found.span.start));
    let allowed = judge(analysis, text.chain(document));
    for found in in_text {
        found.allowed = allowed.reason(&rules[found.rule].id, found.span.start);
    }
    for found in about_document.iter_mut() {
        found.allowed = allowed.reason(&analysis.lexicon.document_rule(found.rule).id, found.span.start);
    }
    about_document.extend(allowed.complaints);
}

/// The effect of the comments in a document.
#[derive(Clone, Debug, Default)]
struct Allowed {
    /// Reasons, by rule and first byte of the finding.
    reasons: BTreeMap<String, BTreeMap<usize, String>>,
    /// Findings about the comments themselves.
    complaints: Vec<DocumentFinding>,
}

impl Allowed {
    /// Returns the reason why a finding of that rule is allowed; `start` is its first byte in the text. `None` if it is
    /// not allowed.
    fn reason(&self, rule: &str, start: usize) -> Option<String> {
        self.reasons.get(rule)?.get(&start).cloned()
    }
}

/// Evaluates the comments of a document; `found` contains the rule and the first byte of each finding.
fn judge<'f>(analysis: &Analysis<'_>, found: impl Iterator<Item = (&'f str, usize)>) -> Allowed {
    let comments = &analysis.document.comments;
    let text = &analysis.document.source.text;
    let mut all: Vec<Allowance> = comments.iter().filter_map(|about| Allowance::read(about, text)).collect();
    all.sort_by_key(|allowance| (allowance.scope.len(), allowance.span));
    let mut allowed = Allowed::default();
    if all.is_empty() {
        return allowed;
    }
    let mut places = FindingPlaces::new(found);
    for allowance in &all {
        allowance.apply(analysis, &mut places, &mut allowed);
    }
    set_fingerprints(analysis, &mut allowed.complaints);
    allowed
}

/// Sets the fingerprints of the complaints, in document order.
fn set_fingerprints(analysis: &Analysis<'_>, complaints: &mut [DocumentFinding]) {
    complaints.sort_by_key(|found| found.span);
    let mut fingerprints = Fingerprints::default();
    for found in complaints {
        found.fingerprint = fingerprints
            .next(&analysis.lexicon.document_rule(found.rule).id, &analysis.document.quote(found.span));
    }
}

/// The first bytes of findings, by rule.
type Starts<'f> = BTreeMap<&'f str, BTreeSet<usize>>;

/// The positions of the findings in a document.
struct FindingPlaces<'f> {
    all: Starts<'f>,
    /// Findings that no comment allows yet.
    open: Starts<'f>,
}

impl<'f> FindingPlaces<'f> {
    fn new(found: impl Iterator<Item = (&'f str, usize)>) -> Self {
        let mut all = Starts::new();
        for (rule, start) in found {
            all.entry(rule).or_default().insert(start);
        }
        Self { open: all.clone(), all }
    }

    /// True if a rule has a finding within a scope.
    fn any(&self, rule: &str, scope: Span) -> bool {
        self.all.get(rule).is_some_and(|starts| starts.range(scope.start..scope.end).next().is_some())
    }

    /// Removes and returns the findings of a rule within a scope that no comment allows yet.
    fn take(&mut self, rule: &str, scope: Span) -> Vec<usize> {
        let Some(starts) = self.open.get_mut(rule) else { return Vec::new() };
        let taken: Vec<usize> = starts.range(scope.start..scope.end).copied().collect();
        for start in &taken {
            starts.remove(start);
        }
        taken
    }
}

/// A comment addressed to this program.
struct Allowance {
    span: Span,
    /// The text to which it applies; empty if no text follows.
    scope: Span,
    /// The reason why it is invalid.
    broken: Option<String>,
    /// The rules in the form of ids, whether known or not.
    rules: Vec<String>,
    reason: String,
}

impl Allowance {
    fn read(comment: &Comment, text: &str) -> Option<Self> {
        let body = body(comment.span.of(text));
        let (command, rest) = command(&body)?;
        let (scope, broken) = match command.as_str() {
            "rcalint-allow" => (comment.scope.unwrap_or(Span::new(0, 0)), None),
            "rcalint-allow-file" => (WHOLE, None),
            _ => (WHOLE, Some(format!("`{command}` is not known, did you mean `rcalint-allow`?"))),
        };
        let (names, reason) = split(rest);
        let rules: BTreeSet<String> = names.split(',').map(id).filter(|name| !name.is_empty()).collect();
        let unread =
            (!comment.is_read).then(|| "comments are not read here, or this one is not closed".to_owned());
        let broken = unread.or(broken).or_else(|| rules.is_empty().then(|| "no rule is named".to_owned()));
        Some(Self { span: comment.span, scope, broken, rules: rules.into_iter().collect(), reason })
    }

    fn apply(&self, analysis: &Analysis<'_>, places: &mut FindingPlaces<'_>, allowed: &mut Allowed) {
        let mut idle: Vec<String> = self.broken.iter().cloned().collect();
        if idle.is_empty() && self.reason.is_empty() {
            return allowed.complaints.push(self.finding(
                analysis,
                DocumentRole::CommentWithoutReason,
                String::new(),
            ));
        }
        for rule in self.rules.iter().filter(|_| self.broken.is_none()) {
            if idle.len() < MOST_COMPLAINTS {
                idle.extend(self.complaint(rule, analysis.lexicon, places));
            }
            let reason = |start| (start, self.reason.clone());
            if !is_about_comments(analysis.lexicon, rule) {
                let reasons = allowed.reasons.entry(rule.clone()).or_default();
                reasons.extend(places.take(rule, self.scope).into_iter().map(reason));
            }
        }
        if !idle.is_empty() {
            allowed.complaints.push(self.finding(analysis, DocumentRole::UnusedComment, idle.join("; ")));
        }
    }

    /// Returns why a rule in the comment has no effect.
    fn complaint(&self, rule: &str, lexicon: &Lexicon, places: &FindingPlaces<'_>) -> Option<String> {
        if lexicon.rule(rule).is_none() {
            let hint = similar_rule(rule, lexicon).map(|near| format!(", did you mean `{near}`?"));
            return Some(format!("`{rule}` is not a rule{}", hint.unwrap_or_default()));
        }
        if is_about_comments(lexicon, rule) {
            return Some(format!("`{rule}` cannot be allowed"));
        }
        let place = if self.scope == WHOLE { "in this document" } else { "here" };
        (!places.any(rule, self.scope)).then(|| format!("`{rule}` is not found {place}"))
    }

    fn finding(&self, analysis: &Analysis<'_>, rule: DocumentRole, names: String) -> DocumentFinding {
        let blocks = &analysis.document.blocks;
        let before = blocks.partition_point(|block| block.span.start <= self.span.start);
        let place = before.checked_sub(1).map_or(Role::Other, |at| blocks[at].role);
        DocumentFinding::new(analysis, rule, self.span, place, names)
    }
}

fn is_about_comments(lexicon: &Lexicon, rule: &str) -> bool {
    match lexicon.rule(rule).map(|rule| rule.kind) {
        Some(RuleKind::Document(what)) => what.is_about_comments(),
        _ => false,
    }
}

/// Returns the words of a comment, on one line. In a block quote, each line begins with the quote's marker.
fn body(comment: &str) -> String {
    let lines = comments::inner(comment).lines().map(|line| line.trim_start_matches([' ', '\t', '>']));
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    words.join(" ")
}

/// Returns the command that addresses a comment to this program, in lower case, and the text after it. The colon is
/// optional.
fn command(body: &str) -> Option<(String, &str)> {
    let body = body.trim_start_matches(['-', ' ']);
    let end = body.find(|sign: char| !sign.is_alphanumeric() && sign != '-').unwrap_or(body.len());
    let word = body[..end].to_lowercase();
    let rest = body[end..].trim_start();
    word.starts_with("rcalint-").then(|| (word, rest.strip_prefix(':').unwrap_or(rest)))
}

/// Splits a comment into rules and reason. A reason needs a letter or a digit.
fn split(rest: &str) -> (&str, String) {
    let found = SEPARATORS.iter().filter_map(|mark| rest.find(mark)).min();
    let (names, reason) = rest.split_at(found.unwrap_or(rest.len()));
    let reason = reason.trim_matches(['-', '\u{2014}', '\u{2013}', ' ']);
    let says = reason.contains(char::is_alphanumeric);
    (names, if says { reason.to_owned() } else { String::new() })
}

/// Returns a name in the form of an id: `Human Error` becomes `human-error`.
fn id(name: &str) -> String {
    name.trim().trim_matches('`').to_lowercase().replace([' ', '_'], "-")
}

/// Returns the rule with the most similar id, if it is similar enough.
fn similar_rule<'l>(name: &str, lexicon: &'l Lexicon) -> Option<&'l str> {
    let name: String = name.chars().take(MOST_COMPARED).collect();
    nearest(&name, lexicon.rules.iter().map(|rule| rule.id.as_str()))
}
