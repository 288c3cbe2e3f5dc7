//! Which kinds of contributing factor the document examines, with the words that show it.

mod weighing;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::analysis::findings::TextFinding;
use crate::analysis::guards::Guards;
use crate::analysis::sentences::Analysis;
use crate::document::{Block, BlockKind};
use crate::lexicon::kinds::BucketRole;
use crate::lexicon::pattern::scan::Hit;
use crate::lexicon::{Frame, Lexicon, Owner, Strength};
use crate::model::{Role, SentenceId, Span};
use crate::report::Witness;

/// Evidence that a factor was examined.
#[derive(Clone, Debug)]
pub struct FactorEvidence {
    /// Index of the bucket in the lexicon.
    pub bucket: usize,
    /// Index of the factor within its bucket; `None` if only the reader sees one.
    pub factor: Option<usize>,
    /// True if its words name the factor, rather than hint at it as the name of a product does.
    pub named: bool,
    /// The sentence that contains it.
    pub sentence: SentenceId,
    /// The words that show it.
    pub span: Span,
    /// Who shows it.
    pub witness: Witness,
    /// The points of its witness.
    pub points: i32,
}

impl FactorEvidence {
    /// Returns the role of its bucket.
    pub fn role(&self, lexicon: &Lexicon) -> BucketRole {
        lexicon.buckets[self.bucket].role
    }

    /// Returns the index of the factor that its words name, rather than hint at.
    pub fn named_factor(&self) -> Option<usize> {
        self.factor.filter(|_| self.named)
    }

    /// True if its factor explains why an act was possible, rather than the state that the act left behind.
    pub fn is_condition(&self, lexicon: &Lexicon) -> bool {
        self.factor.is_none_or(|factor| !lexicon.buckets[self.bucket].factors[factor].aftermath)
    }
}

/// Number of points from which a bucket counts as examined.
const ENOUGH: usize = 8;

/// Maximum number of lines shown for one bucket: readers want the places where the factor is stated, not every
/// repetition.
const MOST_LINES: usize = 8;

/// Sentences closer together than this count as one place. Lines would make the result depend on how the text is
/// wrapped.
const SAME_PLACE: usize = 3;

/// Returns all evidence, in document order: at most one piece per bucket and sentence, and none for a bucket with too
/// few points.
pub fn measure(analysis: &Analysis<'_>, findings: &[TextFinding]) -> Vec<FactorEvidence> {
    let found: Vec<Weighed> = analysis.ids().flat_map(|sentence| in_sentence(analysis, sentence)).collect();
    let judge = |bucket| {
        let of_lexicon = of_bucket(analysis, &found, bucket);
        weighing::weigh(analysis, findings, bucket, of_lexicon)
    };
    let mut kept: Vec<FactorEvidence> = (0..analysis.lexicon.buckets.len()).flat_map(judge).collect();
    kept.sort_by_key(|evidence| (evidence.sentence, evidence.bucket));
    kept
}

#[derive(Clone, Debug)]
struct Weighed {
    points: usize,
    strength: Strength,
    evidence: FactorEvidence,
}

/// Returns the best lines of the lexicon for a bucket, if all lines together have enough points.
fn of_bucket(analysis: &Analysis<'_>, found: &[Weighed], bucket: usize) -> Vec<FactorEvidence> {
    let mut lines: Vec<&Weighed> = found.iter().filter(|weighed| weighed.evidence.bucket == bucket).collect();
    if !is_examined(&lines) {
        return Vec::new();
    }
    lines.sort_by_key(|weighed| Reverse(worth_showing(analysis, weighed)));
    let (first, more) = by_factor(&spread_out(&lines));
    first.into_iter().chain(more).take(MOST_LINES).cloned().collect()
}

/// True if the lines have enough points. Hints count only together with stronger evidence: product names alone do not
/// state a factor.
fn is_examined(lines: &[&Weighed]) -> bool {
    let said = lines.iter().any(|weighed| weighed.strength != Strength::Hint);
    said && lines.iter().map(|weighed| weighed.points).sum::<usize>() >= ENOUGH
}

/// Returns how useful a line is to show. A line in a section about causes is worth more than one elsewhere, and a
/// condition is worth more than the state that an act left behind.
fn worth_showing(analysis: &Analysis<'_>, weighed: &Weighed) -> usize {
    let section = match analysis.role(weighed.evidence.sentence) {
        Role::ContributingFactors | Role::WentWrong => 3,
        Role::Cause => 2,
        Role::Lessons => 1,
        _ => 0,
    };
    let condition = weighed.evidence.is_condition(analysis.lexicon);
    section + usize::from(weighed.points >= ENOUGH) + usize::from(condition)
}

/// Returns the evidence without pieces that are close to better ones: weak ones near any other, strong ones near another
/// of the same factor.
fn spread_out<'w>(lines: &[&'w Weighed]) -> Vec<&'w FactorEvidence> {
    let mut kept: BTreeSet<(usize, Option<usize>)> = BTreeSet::new();
    let stands_alone = |weighed: &&&Weighed| {
        let FactorEvidence { sentence, factor, .. } = weighed.evidence;
        let place = sentence.index();
        let near = ((place + 1).saturating_sub(SAME_PLACE), None)..(place + SAME_PLACE, None);
        let is_strong = weighed.points >= ENOUGH;
        let is_told = kept.range(near).any(|(_, other)| !is_strong || *other == factor);
        !is_told && kept.insert((place, factor))
    };
    lines.iter().filter(stands_alone).map(|weighed| &weighed.evidence).collect()
}

/// Returns the first line for each factor, and the others.
fn by_factor<'w>(lines: &[&'w FactorEvidence]) -> (Vec<&'w FactorEvidence>, Vec<&'w FactorEvidence>) {
    let mut known = BTreeSet::new();
    lines.iter().partition(|evidence| known.insert(evidence.factor))
}

/// Returns the strongest match of each bucket in a sentence.
fn in_sentence(analysis: &Analysis<'_>, sentence: SentenceId) -> Vec<Weighed> {
    let mut best: Vec<Weighed> = Vec::new();
    let scale = MatchWeigher::new(analysis, sentence);
    for hit in &analysis.matches(sentence).hits {
        let Some(weighed) = scale.weigh(hit) else { continue };
        let known = best.iter_mut().find(|known| known.evidence.bucket == weighed.evidence.bucket);
        let heavier = known.as_ref().is_none_or(|known| weight(analysis, known) < weight(analysis, &weighed));
        // Guards are the most expensive test, and only matter for matches that would be kept.
        if !heavier || scale.is_guarded(&weighed, hit) {
            continue;
        }
        match known {
            Some(known) => *known = weighed,
            None => best.push(weighed),
        }
    }
    best
}

/// Returns the sort key of a match: its points, then whether it is a condition.
fn weight(analysis: &Analysis<'_>, weighed: &Weighed) -> (usize, bool) {
    (weighed.points, weighed.evidence.is_condition(analysis.lexicon))
}

/// Weighs the matches of one sentence.
struct MatchWeigher<'r> {
    analysis: &'r Analysis<'r>,
    sentence: SentenceId,
    guards: Guards<'r>,
    passage: Passage,
    rules_out: bool,
}

impl<'r> MatchWeigher<'r> {
    fn new(analysis: &'r Analysis<'r>, sentence: SentenceId) -> Self {
        let guards = Guards::new(analysis, sentence);
        let (passage, rules_out) = (passage(analysis, sentence), analysis.has(sentence, Frame::RuledOut));
        Self { analysis, sentence, guards, passage, rules_out }
    }

    fn weigh(&self, hit: &Hit) -> Option<Weighed> {
        let Owner::Factor { bucket, factor, strength } = *self.analysis.owner(hit) else { return None };
        // A hint in a ruled-out cause counts more, because ruling something out needs no more than its name.
        let strength = if strength == Strength::Hint && self.rules_out { Strength::Weak } else { strength };
        let points = self.points(strength);
        let (sentence, span) = (self.sentence, self.analysis.span(self.sentence, hit));
        let (witness, factor) = (Witness::Lexicon, Some(factor));
        let (named, points_shown) = (strength != Strength::Hint, share_of(points));
        let evidence =
            FactorEvidence { bucket, factor, named, sentence, span, witness, points: points_shown };
        (points > 0).then_some(Weighed { points, strength, evidence })
    }

    fn is_guarded(&self, weighed: &Weighed, hit: &Hit) -> bool {
        self.guards.silence(&self.analysis.lexicon.buckets[weighed.evidence.bucket].unless, hit)
    }

    fn points(&self, strength: Strength) -> usize {
        use Strength::{Hint, Strong, Weak};
        let block = self.analysis.block(self.sentence);
        let lone_word = self.analysis.matches(self.sentence).tokens.all.len() == 1;
        if !is_statement(block)
            || (block.kind == BlockKind::Heading && strength != Strong)
            || (lone_word && strength == Hint)
        {
            return 0;
        }
        match (self.passage, strength) {
            (Passage::Causal | Passage::CausalRecord, Strong | Weak) | (Passage::Story, Strong) => ENOUGH,
            (Passage::Causal, Hint) | (Passage::Record | Passage::Reasoned, Strong) => 4,
            (Passage::CausalRecord, Hint) | (Passage::Story, Weak) => 2,
            (Passage::Story, Hint) | (Passage::Record, Weak) => 1,
            _ => 0,
        }
    }
}

/// The kind of passage that a sentence is in, for weighing evidence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Passage {
    /// A place where causes are given.
    Causal,
    /// A record of events that explains why one of them happened.
    CausalRecord,
    /// A description of what happened.
    Story,
    /// A record of events.
    Record,
    /// A proposed remedy, with its reason.
    Reasoned,
    /// Remedies, praise, links.
    Elsewhere,
}

/// True if the author states something in this block: it is not in a table header or next to an unticked box.
fn is_statement(block: &Block) -> bool {
    let header = block.cell.is_some_and(|cell| cell.header);
    block.task != Some(false) && !header
}

fn passage(analysis: &Analysis<'_>, sentence: SentenceId) -> Passage {
    let causal = analysis.has(sentence, Frame::Cause) || analysis.has(sentence, Frame::RuledOut);
    let remedy = analysis.has(sentence, Frame::Remedy);
    match analysis.role(sentence) {
        Role::Cause | Role::ContributingFactors | Role::WentWrong | Role::Lessons if remedy => {
            Passage::Reasoned
        }
        Role::Cause | Role::ContributingFactors | Role::WentWrong => Passage::Causal,
        Role::Actions if analysis.has(sentence, Frame::Conclusion) => Passage::Causal,
        Role::Actions if causal && !remedy => Passage::Reasoned,
        Role::Actions | Role::Appendix | Role::WentWell => Passage::Elsewhere,
        _ if remedy => Passage::Elsewhere,
        Role::Timeline | Role::Impact | Role::Detection => record(causal),
        _ if opens_with_time(analysis, sentence) => record(causal),
        _ if causal => Passage::Causal,
        Role::Response => Passage::Record,
        _ => Passage::Story,
    }
}

/// Returns points of the lexicon, of which [`ENOUGH`] make a bucket examined, in hundredths of that.
fn share_of(points: usize) -> i32 {
    i32::try_from(points.min(ENOUGH) * 100 / ENOUGH).unwrap_or(100)
}

const fn record(causal: bool) -> Passage {
    if causal { Passage::CausalRecord } else { Passage::Record }
}

/// True if a sentence begins with a date or time: it is an entry of a timeline, whatever its section.
fn opens_with_time(analysis: &Analysis<'_>, sentence: SentenceId) -> bool {
    analysis.lexicon.headings.dates.at_line_start(analysis.prose(sentence)).is_some()
}
