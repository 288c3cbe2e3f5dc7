//! What a reader says about a sentence.

use std::ops::Range;

use serde::Serialize;

use crate::reader::header::Names;

/// Points in one unit of log-odds.
const POINTS: f32 = 10.0;
/// Maximum number of points, far more than any trained reader gives, so that no sum of weighed points overflows.
const MOST_POINTS: f32 = 10_000.0;
/// Maximum number of pieces in the words that matter most.
const LONGEST: usize = 12;
/// How far, in log-odds, the mark of a piece may be below the largest in its sentence.
const BELOW: f32 = 2.0;
/// The mark, in log-odds, that a neighbour of the largest needs in any case.
const FLOOR: f32 = -1.0;

/// What a reader says about one sentence, in whole points. Ten points are one unit of log-odds; more than 0 points mean
/// "rather yes".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// For each rule, that the sentence breaks it.
    pub rules: Vec<i32>,
    /// That the sentence breaks any rule.
    pub finding: i32,
    /// That the finding is stated as the cause.
    pub cause: i32,
    /// That the text goes on to the conditions behind the finding.
    pub deepened: i32,
    /// For each kind of claim; only differences count.
    pub heads: Vec<i32>,
    /// For each bucket, that the sentence states a factor of it.
    pub buckets: Vec<i32>,
    /// For each tier of remedies; only differences count.
    pub tiers: Vec<i32>,
    /// The words that matter most for a finding, in bytes of the sentence's text. `None` for a sentence without words.
    pub words: Option<Range<usize>>,
}

/// What a reader says about a whole document, in whole points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WholeEvidence {
    /// For each question, that the answer is yes.
    pub questions: Vec<i32>,
    /// For each bucket, that it is examined.
    pub buckets: Vec<i32>,
}

impl WholeEvidence {
    /// Rounds the outputs for a document.
    pub(crate) fn new(logits: &[f32], names: &Names) -> Self {
        let mut questions: Vec<i32> = logits.iter().map(|logit| points(*logit)).collect();
        let buckets = questions.split_off(names.questions.len());
        Self { questions, buckets }
    }
}

impl Evidence {
    /// Rounds the outputs for a sentence whose pieces have these marks and spans.
    pub(crate) fn new(logits: &[f32], marks: &[f32], spans: &[Range<usize>], names: &Names) -> Self {
        let mut points = logits.iter().map(|logit| points(*logit));
        let mut next = |count: usize| points.by_ref().take(count).collect::<Vec<_>>();
        let (rules, single) = (next(names.rules.len()), next(3));
        let (heads, buckets, tiers) =
            (next(names.heads.len()), next(names.buckets.len()), next(names.tiers.len()));
        let words = marked_words(marks, spans);
        Self {
            rules,
            finding: single[0],
            cause: single[1],
            deepened: single[2],
            heads,
            buckets,
            tiers,
            words,
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the number is in range, or not a number and becomes 0")]
fn points(logit: f32) -> i32 {
    (logit * POINTS).round().clamp(-MOST_POINTS, MOST_POINTS) as i32
}

/// Returns the bytes of the piece with the largest mark, and of its neighbours with marks that are not much lower.
fn marked_words(marks: &[f32], spans: &[Range<usize>]) -> Option<Range<usize>> {
    // The last mark is that of the separator.
    let marks = &marks[..marks.len().min(spans.len())];
    let (best, top) = marks.iter().copied().enumerate().max_by(|left, right| left.1.total_cmp(&right.1))?;
    let floor = (top - BELOW).max(FLOOR).min(top);
    let (mut first, mut last) = (best, best);
    while last - first + 1 < LONGEST {
        let at_least = |mark: &f32| *mark >= floor;
        let before = first.checked_sub(1).map(|at| marks[at]).filter(at_least);
        let after = marks.get(last + 1).copied().filter(at_least);
        match (before, after) {
            (Some(before), Some(after)) if before > after => first -= 1,
            (_, Some(_)) => last += 1,
            (Some(_), None) => first -= 1,
            (None, None) => break,
        }
    }
    Some(spans[first].start..spans[last].end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPANS: [Range<usize>; 4] = [0..1, 2..3, 4..5, 6..7];

    #[test]
    fn the_words_are_those_around_the_largest_mark() {
        assert_eq!(marked_words(&[-3.0, 2.0, 1.0, -3.0, 9.0], &SPANS), Some(2..5));
        assert_eq!(marked_words(&[-5.0, -4.0, -4.5, -9.0, 9.0], &SPANS), Some(2..3));
        assert_eq!(marked_words(&[1.0], &[]), None);
    }

    #[test]
    fn no_more_than_twelve_pieces_are_marked() {
        let spans: Vec<Range<usize>> = (0..30).map(|at| at..at + 1).collect();
        assert_eq!(marked_words(&[1.0; 31], &spans).map(|words| words.len()), Some(LONGEST));
    }

    #[test]
    fn outputs_are_divided_among_the_names() {
        let list = |count: usize| vec![String::new(); count];
        let names =
            Names { rules: list(1), heads: list(2), buckets: list(0), tiers: list(1), questions: list(1) };
        let logits = vec![0.04, 0.16, -1.0, f32::INFINITY, 4.0, 5.0, f32::NAN];
        let evidence = Evidence::new(&logits, &[0.0], &[], &names);
        assert_eq!((evidence.rules, evidence.finding, evidence.cause), (vec![0], 2, -10));
        assert_eq!((evidence.deepened, evidence.heads), (10_000, vec![40, 50]));
        assert_eq!((evidence.buckets, evidence.tiers), (vec![], vec![0]));
        assert_eq!(WholeEvidence::new(&[1.0], &names).questions, [10]);
    }
}
