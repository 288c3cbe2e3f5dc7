//! The questions a good facilitator would ask next, in the document's own words.

mod acts;
mod choice;
mod classes;
mod joins;
mod nouns;
mod quotes;
mod slots;
mod systems;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::document_rules::DocumentFacts;
use crate::analysis::findings::TextFinding;
use crate::analysis::questions::choice::{Chooser, Place};
use crate::analysis::questions::classes::Classes;
use crate::analysis::questions::joins::Joined;
use crate::analysis::questions::nouns::Prose;
use crate::analysis::questions::slots::Slots;
use crate::analysis::sentences::Analysis;
use crate::analysis::timeline::{Stretch, Timeline};
use crate::model::Verdict;
use crate::report::{Actions, Conflict, TimelineRow};

/// Questions of a finding that concludes the document, of another cause, and of anything else.
const QUOTA: [usize; 3] = [3, 2, 1];

/// Findings that rely on people and are asked about, of those that a document has.
const WEAK_ASKED: usize = 3;

/// Questions beside which one in general terms is better than none about a missing kind of cause.
const FEW: usize = 1;

/// Findings that are asked about, and whose shape names the act: as many as a report shows.
const MOST_SHAPED: usize = 500;

/// The mechanism of remedies that rely on people.
const WEAK: &str = "weak-action";

/// Questions of one document.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// For each text finding, in order: at most three.
    pub by_finding: Vec<Vec<String>>,
    /// All of the document, most valuable first.
    pub all: Vec<Asking>,
    /// For each text finding, in order: what doing the act is called, where it can be named.
    pub acts: Vec<Option<String>>,
    /// Rows of the timeline.
    pub timeline: Vec<TimelineRow>,
    /// Where the document disagrees with itself.
    pub conflicts: Vec<Conflict>,
}

/// A question and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The question.
    pub text: String,
    /// What it is about.
    pub about: Subject,
    /// Who inspired it.
    pub source: String,
}

/// What a question is about, before findings have fingerprints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A text finding, by index.
    Finding(usize),
    /// A bucket, by id.
    Bucket(String),
    /// The document, by theme.
    Document(String),
}

/// How much a question is worth, the most valuable first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Worth {
    Conclusion,
    Cause,
    WeakActionsOnly,
    SingleCause,
    Bucket,
    Other,
    Timeline,
}

/// Chooses the questions.
pub fn ask(analysis: &Analysis<'_>, findings: &[TextFinding], facts: &DocumentFacts<'_>) -> Asked {
    let known = Classes::of(&analysis.lexicon.vocabulary);
    let prose = Prose { analysis, known: &known };
    let (timeline, joined) = (Timeline::read(analysis), joins::all(prose, findings));
    let chooser = Chooser::new(prose, facts);
    let told = vec![OnceCell::new(); findings.len()];
    let ranked = Vec::new();
    let mut asker =
        Asker { analysis, prose, facts, blame: findings, told, timeline, joined, chooser, ranked };
    if facts.judgement.verdict == Verdict::Undetermined {
        asker.undetermined();
    } else {
        asker.findings();
        asker.joins();
        asker.timeline();
        asker.themes();
        asker.buckets();
    }
    asker.asked()
}

/// One question about each cause first, then what two facts tell side by side, then the rest by worth.
const fn tier(worth: Worth, turn: usize) -> usize {
    match (worth, turn) {
        (Worth::Conclusion | Worth::Cause, 0) => 0,
        (Worth::Timeline, _) => 1,
        _ => 2,
    }
}

struct Asker<'r> {
    analysis: &'r Analysis<'r>,
    prose: Prose<'r>,
    facts: &'r DocumentFacts<'r>,
    blame: &'r [TextFinding],
    /// For each text finding, once it is asked for: the sentence that tells of the act, and its words for slots.
    told: Vec<OnceCell<(usize, Slots)>>,
    timeline: Timeline,
    joined: Vec<Joined<'r>>,
    chooser: Chooser<'r>,
    /// Questions with their worth and, within it, their turn.
    ranked: Vec<(Worth, usize, Asking)>,
}

impl Asker<'_> {
    fn findings(&mut self) {
        let findings = self.blame;
        let mut order: Vec<(Worth, usize)> =
            findings.iter().enumerate().map(|(at, found)| (self.worth(found), at)).collect();
        order.sort_unstable();
        let mut weak = 0;
        let mut sentences: BTreeSet<(usize, &str)> = BTreeSet::new();
        let mut asked: BTreeMap<usize, usize> = BTreeMap::new();
        for (worth, at) in order.into_iter().take(MOST_SHAPED) {
            let finding = &findings[at];
            let sentence = (finding.rule, self.analysis.text(finding.sentence));
            let is_weak = finding.mechanism.as_deref() == Some(WEAK);
            weak += usize::from(is_weak);
            let enough = is_weak && weak > WEAK_ASKED;
            let room = QUOTA[0] - asked.get(&finding.sentence).copied().unwrap_or_default();
            if sentences.insert(sentence) && !enough && room > 0 {
                *asked.entry(finding.sentence).or_default() += self.finding(finding, at, worth, room);
            }
        }
    }

    fn worth(&self, finding: &TextFinding) -> Worth {
        let concludes = self.facts.judgement.verdict == Verdict::StartOver
            && self.facts.judgement.is_cause(finding.sentence);
        match finding.cause {
            true if concludes => Worth::Conclusion,
            true => Worth::Cause,
            false => Worth::Other,
        }
    }

    /// Asks about a finding, within the room that its sentence has left; how many questions it took.
    fn finding(&mut self, finding: &TextFinding, at: usize, worth: Worth, room: usize) -> usize {
        let Some(mechanism) = &finding.mechanism else { return 0 };
        let (scene, slots) = self.told(at).clone();
        let place = Place::Sentence { sentence: finding.sentence, scene, deepened: finding.deepened };
        let quota = match worth {
            Worth::Conclusion => QUOTA[0],
            Worth::Cause if !finding.deepened => QUOTA[1],
            _ => QUOTA[2],
        };
        let set = self.chooser.set(mechanism, finding.sentence, finding.span).to_owned();
        for turn in 0..quota.min(room) {
            let Some((text, source)) = self.chooser.choose(&set, place, &slots, false) else { return turn };
            self.ranked.push((worth, turn, Asking { text, about: Subject::Finding(at), source }));
        }
        quota.min(room)
    }

    fn joins(&mut self) {
        for at in 0..self.joined.len() {
            let (theme, slots) = (self.joined[at].theme, self.joined[at].slots());
            self.theme(theme, Worth::Timeline, &slots);
        }
    }

    fn themes(&mut self) {
        let Actions { stronger, intermediate, weaker } = self.facts.actions;
        if stronger + intermediate == 0 && weaker > 0 {
            self.theme("weak-actions-only", Worth::WeakActionsOnly, &Slots::new());
        }
        if joins::remedies_ahead(self.facts) {
            self.theme(joins::REMEDIES_AHEAD, Worth::WeakActionsOnly, &Slots::new());
        }
        let examined = self.analysis.lexicon.buckets.len() - self.facts.absent(self.analysis).len();
        if self.facts.claims.len() == 1 && examined <= 1 {
            let cause = self.blame.iter().position(|found| found.cause);
            let slots = cause.map(|found| self.told(found).1.clone()).unwrap_or_default();
            self.theme("single-cause", Worth::SingleCause, &slots);
        }
    }

    fn theme(&mut self, theme: &str, worth: Worth, slots: &Slots) {
        if let Some((text, source)) = self.chooser.choose(theme, Place::Document, slots, true) {
            self.ranked.push((worth, 0, Asking { text, about: Subject::Document(theme.to_owned()), source }));
        }
    }

    /// Asks about each missing bucket by what the document names; in general terms where it names nothing
    /// at all and nobody is blamed.
    fn buckets(&mut self) {
        let absent = self.facts.absent(self.analysis);
        if absent.is_empty() {
            return;
        }
        let mut slots = systems::of_document(self.prose, self.facts, &self.timeline);
        let clear = self.facts.judgement.verdict == Verdict::Clear;
        if !clear {
            slots.extend(self.act());
        }
        let before = self.ranked.len();
        for general in [false, true] {
            for &bucket in &absent {
                let few = clear && self.ranked.len() == before && before <= FEW;
                if !general || few {
                    self.bucket(bucket, &slots, general);
                }
            }
        }
    }

    fn bucket(&mut self, bucket: usize, slots: &Slots, general: bool) {
        let id = self.analysis.lexicon.buckets[bucket].id.clone();
        if let Some((text, source)) = self.chooser.choose(&id, Place::Document, slots, general) {
            self.ranked.push((Worth::Bucket, 0, Asking { text, about: Subject::Bucket(id), source }));
        }
    }

    /// The act that the document is about: that of the first finding which tells one as a cause, else of the cause.
    fn act(&self) -> Slots {
        let done = &self.analysis.lexicon.questions.done;
        let is_done = |found: &TextFinding| found.mechanism.as_ref().is_some_and(|set| done.contains(set));
        let causes = (0..self.blame.len()).filter(|&at| self.blame[at].cause && is_done(&self.blame[at]));
        let causes = causes.take(MOST_SHAPED);
        let told = causes.map(|at| &self.told(at).1).find(|slots| slots.contains_key("act"));
        let mut told = told.cloned().unwrap_or_default();
        told.retain(|name, _| matches!(*name, "act" | "doing"));
        if told.is_empty() { slots::of_cause(self.prose) } else { told }
    }

    fn told(&self, at: usize) -> &(usize, Slots) {
        self.told[at].get_or_init(|| slots::of_finding(self.prose, &self.blame[at], &self.timeline))
    }

    fn timeline(&mut self) {
        for (theme, Stretch { start, end }) in self.timeline.joins() {
            self.theme(theme, Worth::Timeline, &Slots::from([("start", start), ("end", end)]));
        }
        if let Some(Stretch { start, end }) = self.timeline.tail(self.analysis) {
            self.theme("tail", Worth::Timeline, &Slots::from([("start", start), ("end", end)]));
        }
    }

    /// Two gentle questions about what would settle the cause.
    fn undetermined(&mut self) {
        let mut slots = systems::of_document(self.prose, self.facts, &self.timeline);
        if self.timeline.onset().is_none() {
            slots.remove("start");
        }
        for _ in 0..2 {
            self.theme("no-cause", Worth::Other, &slots);
        }
    }

    /// What doing the act of each finding is called; a remedy is no act.
    fn acts(&self) -> Vec<Option<String>> {
        let named = |at: usize| {
            let told = self.blame[at].mechanism.as_deref().is_some_and(|mechanism| mechanism != WEAK);
            told.then(|| self.told(at).1.get("doing").cloned())?
        };
        (0..self.blame.len().min(MOST_SHAPED)).map(named).collect()
    }

    fn asked(mut self) -> Asked {
        let mut by_finding = vec![Vec::new(); self.blame.len()];
        for (_, _, asking) in &self.ranked {
            if let Subject::Finding(at) = asking.about {
                by_finding[at].push(asking.text.clone());
            }
        }
        self.ranked.sort_by_key(|&(worth, turn, _)| (tier(worth, turn), worth, turn));
        let (acts, timeline) = (self.acts(), self.timeline.report(self.analysis));
        Asked {
            acts,
            timeline,
            conflicts: joins::conflicts(self.analysis, &self.joined, self.facts),
            by_finding,
            all: self.ranked.into_iter().map(|(_, _, asking)| asking).collect(),
        }
    }
}
