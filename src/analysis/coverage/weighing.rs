//! Adds up what the lexicon and the reader say about a bucket.

use std::cmp::Reverse;

use crate::analysis::coverage::{FactorEvidence, MOST_LINES, SAME_PLACE, is_statement};
use crate::analysis::findings::{self, TextFinding};
use crate::analysis::sentences::Analysis;
use crate::document::BlockKind;
use crate::lexicon::weighing::{BucketWeights, per_cent};
use crate::lexicon::{Owner, Strength};
use crate::model::SentenceId;
use crate::report::Witness;

/// Maximum of the reader's points about the whole document that count, for or against.
const MOST: i32 = 60;

/// Evidence that more speaks against than for is not shown if it has so many points less than the best of its bucket.
const MUCH_WEAKER: i32 = 40;

/// The reader's points for a bucket in a document without any statement.
const NONE: i32 = -60;

/// Returns the evidence for a bucket, or none if all that is known does not add up to enough.
pub(super) fn weigh(
    analysis: &Analysis<'_>,
    findings: &[TextFinding],
    bucket: usize,
    of_lexicon: Vec<FactorEvidence>,
) -> Vec<FactorEvidence> {
    let Some(weights) = analysis.lexicon.weighing.bucket.get(&analysis.lexicon.buckets[bucket].id) else {
        return of_lexicon;
    };
    if !analysis.reading.is_on() {
        return of_lexicon;
    }
    let read = by_reader(analysis, findings, bucket);
    let whole = analysis.reading.document_bucket(bucket).unwrap_or_default().clamp(-MOST, MOST);
    if points(weights, !of_lexicon.is_empty(), &read) + per_cent(weights.document, whole) < 0 {
        return Vec::new();
    }
    let mut kept = with_reading(analysis, bucket, weights, of_lexicon);
    for (points, sentence) in read {
        let first = kept.is_empty();
        let is_near = kept.iter().any(|other| other.sentence.index().abs_diff(sentence.index()) < SAME_PLACE);
        if first || (points >= i32::from(weights.shown) && !is_near && kept.len() < MOST_LINES) {
            kept.push(evidence(analysis, bucket, sentence, points));
        }
    }
    kept
}

/// Adds the reader's points to those of the lexicon, and leaves out the weak ones.
fn with_reading(
    analysis: &Analysis<'_>,
    bucket: usize,
    weights: &BucketWeights,
    mut of_lexicon: Vec<FactorEvidence>,
) -> Vec<FactorEvidence> {
    for found in &mut of_lexicon {
        let read = analysis.reading.bucket(found.sentence, bucket).unwrap_or(NONE);
        found.points = read + per_cent(weights.lexicon, found.points);
    }
    let best = of_lexicon.iter().map(|found| found.points).max().unwrap_or_default();
    of_lexicon.retain(|found| found.points >= (best - MUCH_WEAKER).min(0));
    of_lexicon
}

fn points(weights: &BucketWeights, of_lexicon: bool, read: &[(i32, SentenceId)]) -> i32 {
    let lexicon = if of_lexicon { weights.lexicon } else { 0 };
    let nth = |nth: usize| read.get(nth).map_or(NONE, |(points, _)| (*points).max(NONE));
    i32::from(weights.constant)
        + i32::from(lexicon)
        + per_cent(weights.best, nth(0))
        + per_cent(weights.second, nth(1))
}

/// Returns the reader's points for each statement that does not blame anybody, the most first.
fn by_reader(analysis: &Analysis<'_>, findings: &[TextFinding], bucket: usize) -> Vec<(i32, SentenceId)> {
    let may_show = |sentence: &SentenceId| {
        let block = analysis.block(*sentence);
        let blames = findings::of_sentence(findings, *sentence).iter().any(|finding| !finding.deepened);
        is_statement(block) && block.kind != BlockKind::Heading && !blames
    };
    let points = |sentence| Some((analysis.reading.bucket(sentence, bucket)?, sentence));
    let mut read: Vec<(i32, SentenceId)> = analysis.ids().filter(may_show).filter_map(points).collect();
    read.sort_by_key(|&(points, sentence)| (Reverse(points), sentence));
    read
}

fn evidence(analysis: &Analysis<'_>, bucket: usize, sentence: SentenceId, points: i32) -> FactorEvidence {
    let said = analysis.matches(sentence).hits.iter().filter_map(|hit| match *analysis.owner(hit) {
        Owner::Factor { bucket: of, factor, strength } if of == bucket => Some((factor, strength)),
        _ => None,
    });
    let (factor, strength) = said.min_by_key(|&(_, strength)| Reverse(strength)).unzip();
    let named = strength != Some(Strength::Hint);
    let span = analysis.sentence(sentence).span;
    FactorEvidence { bucket, factor, named, sentence, span, witness: Witness::Reader, points }
}
