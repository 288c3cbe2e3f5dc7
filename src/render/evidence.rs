//! Places in a document with their words: the best first, each shortened to a clause.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::model::Role;
use crate::render::wording::{one_line, said};
use crate::render::wrap::NO_BREAK;
use crate::report::{BucketReport, ClaimHead, ClaimReport, DocumentReport, Evidence, OTHER_FACTOR, ReadAs};

/// Maximum number of places shown for one bucket.
const MAX_PLACES: usize = 3;
/// Maximum length in characters of the words of one place.
const MAX_CLAUSE: usize = 60;
/// Maximum length in characters of the words before bare ones.
const MAX_LEAD: usize = 30;
/// With a reader, what has fewer points is shown only if nothing has more: on labelled documents, one in five of such places
/// showed the factor, and nearly two in three of the others.
pub(super) const ENOUGH: i32 = 10;
/// Differences of fewer points do not decide what is shown first.
const CLOSE: i32 = 20;
/// Fewer words than this say little without those around them.
const FEW_WORDS: usize = 4;

/// The evidence that a bucket was examined, as it is shown.
pub(super) struct Shown<'r> {
    /// The best places, the best first, with their words.
    pub(super) best: Vec<(&'r Evidence, String)>,
    /// The lines of the other places.
    pub(super) more: Vec<usize>,
}

impl<'r> Shown<'r> {
    /// Chooses the places to show for a bucket of this document.
    pub(super) fn of(bucket: &'r BucketReport, report: &'r DocumentReport) -> Self {
        let mut places: Vec<&Evidence> = bucket.evidence.iter().collect();
        places.sort_by_key(|found| rank(found, report));
        if report.is_weighed() {
            leave_out_weak(&mut places, report);
        }
        let mut lines = BTreeSet::new();
        places.retain(|found| lines.insert(found.line));
        let more = places.split_off(places.len().min(MAX_PLACES));
        let mut more: Vec<usize> = more.iter().map(|found| found.line).collect();
        more.sort_unstable();
        let best = places.into_iter().map(|found| (found, words(found)));
        Self { best: best.collect(), more }
    }
}

/// Leaves out the places that hardly show the factor, but not the only one.
fn leave_out_weak(places: &mut Vec<&Evidence>, report: &DocumentReport) {
    let is_strong = |found: &&Evidence| found.points >= ENOUGH && !is_blame(found, report);
    if places.iter().any(is_strong) {
        places.retain(is_strong);
    } else {
        places.truncate(1);
    }
}

/// Returns a place as `line 3 "words"`, for a terminal. The number stays on the same line as its noun.
pub(super) fn place(line: usize, words: &str) -> String {
    format!("line{NO_BREAK}{line} \"{}\"", said(words))
}

/// Returns the sort key of a place: those that say the most come first.
fn rank(found: &Evidence, report: &DocumentReport) -> (bool, Reverse<i32>, bool, usize, bool) {
    (
        is_blame(found, report),
        Reverse(found.points / CLOSE),
        is_bare(&found.quote),
        distance(section(found.line, report)),
        found.factor == OTHER_FACTOR,
    )
}

/// True if the words are part of a claim that gives a person's act as the cause.
fn is_blame(found: &Evidence, report: &DocumentReport) -> bool {
    let blames = |claim: &&ClaimReport| {
        claim.read_as == Some(ReadAs::Cause) && matches!(claim.head, ClaimHead::Human | ClaimHead::Omission)
    };
    let mut claims = report.claims.iter().filter(blames);
    claims.any(|claim| claim.line == found.line && claim.quote.contains(&found.quote))
}

/// Returns how far a section with this role is from the place where causes are given.
pub(super) fn distance(role: &str) -> usize {
    let causal = [Role::Cause, Role::ContributingFactors];
    let near = [Role::WentWrong, Role::Lessons];
    match role {
        _ if causal.iter().any(|one| one.id() == role) => 0,
        _ if near.iter().any(|one| one.id() == role) => 1,
        _ => 2,
    }
}

/// Returns the role of the section that a line is in.
fn section(line: usize, report: &DocumentReport) -> &str {
    let above = report.sections.iter().rev().find(|section| section.line <= line);
    above.map_or(Role::Other.id(), |section| section.role.as_str())
}

/// True if words are a single one or a name, which say little without their sentence.
fn is_bare(words: &str) -> bool {
    let is_plain = |word: &str| word.starts_with(|sign: char| !sign.is_uppercase() && !sign.is_numeric());
    words.split_whitespace().count() < 2 || !words.split_whitespace().any(is_plain)
}

/// Returns the words of a place. Few words are shown with those around them.
pub(super) fn words(found: &Evidence) -> String {
    let quote = one_line(&found.quote);
    let is_short = is_bare(&quote) || quote.split(' ').count() < FEW_WORDS;
    let around = is_short.then(|| around(&quote, &found.sentence)).flatten();
    around.unwrap_or_else(|| clause(&quote))
}

/// Returns the part of a sentence around these words; `None` if it does not contain them.
fn around(quote: &str, sentence: &str) -> Option<String> {
    let sentence = one_line(sentence);
    let (before, _) = sentence.split_once(quote)?;
    let is_near = |start: &usize| before[*start..].chars().count() <= MAX_LEAD;
    let starts = before.match_indices(' ').map(|(at, _)| at + 1);
    let start = std::iter::once(0).chain(starts).find(is_near).unwrap_or(before.len());
    let lead = if start == 0 { "" } else { "…" };
    let kept = before.len() + quote.len() - start;
    Some(format!("{lead}{}", cut(&sentence[start..], kept)))
}

/// Returns a text on one line and cut to a clause: at the end of one, or else between words.
pub(super) fn clause(text: &str) -> String {
    cut(&one_line(text), 0)
}

/// Cuts a text after its first `kept` bytes.
fn cut(text: &str, kept: usize) -> String {
    let Some((limit, _)) = text.char_indices().nth(MAX_CLAUSE) else { return text.to_owned() };
    let spaces: Vec<usize> =
        text[..limit].match_indices(' ').map(|(at, _)| at).filter(|at| *at > kept).collect();
    let ends_clause = |at: &&usize| **at > limit / 2 && text[..**at].ends_with([',', ';', ':', '.']);
    let end = spaces.iter().rfind(ends_clause).or(spaces.last()).copied().unwrap_or(limit);
    format!("{}…", text[..end].trim_end_matches([',', ';', ':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_to_a_clause() {
        assert_eq!(clause("no rehearsal\n  since 2021"), "no rehearsal since 2021");
        assert_eq!(
            clause("the runbook had not been rehearsed since 2021, and nobody on the shift knew it"),
            "the runbook had not been rehearsed since 2021…"
        );
        assert_eq!(
            clause("the runbook had not been rehearsed in any of the years since it was first written"),
            "the runbook had not been rehearsed in any of the years…"
        );
        assert_eq!(clause(&"é".repeat(80)), format!("{}…", "é".repeat(60)));
    }

    #[test]
    fn single_words_and_names_are_bare() {
        assert!(is_bare("vacuum") && is_bare("Amazon RDS") && is_bare("Postgres 12"));
        assert!(!is_bare("no alert") && !is_bare("Nobody knew the way back"));
    }

    #[test]
    fn bare_words_are_shown_with_those_before_and_after_them() {
        let sentence = "The connection pool of Postgres 12 had its default size.";
        assert_eq!(around("Postgres 12", sentence).unwrap(), sentence);
        let long = format!("{}so Postgres 12 had its default size.", "as we had said before, ".repeat(4));
        assert_eq!(
            around("Postgres 12", &long).unwrap(),
            "…as we had said before, so Postgres 12 had its default size."
        );
        assert_eq!(around("vacuum", sentence), None);
    }
}
