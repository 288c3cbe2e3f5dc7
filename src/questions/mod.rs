//! The questions a good facilitator would ask next, in the document's own words.

mod acts;
mod choice;
mod nouns;
mod quotes;
mod slots;
mod systems;

use crate::document_rules::Whole;
use crate::findings::TextFinding;
use crate::reading::Reading;
use crate::report::{Actions, Verdict};
use crate::timeline::{Stretch, Timeline};
use choice::{Chooser, Place};
use slots::Slots;

/// Questions of a finding that concludes the document, of another cause, and of anything else.
const QUOTA: [usize; 3] = [3, 2, 1];

/// Findings that rely on people and are asked about, of those that a document has.
const WEAK_ASKED: usize = 3;

/// The mechanism of remedies that rely on people.
const WEAK: &str = "weak-action";

/// Questions of one document.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// For each text finding, in order: at most three.
    pub by_finding: Vec<Vec<String>>,
    /// All of the document, most valuable first.
    pub all: Vec<Asking>,
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
    Bucket,
    SingleCause,
    Timeline,
    Other,
}

/// Chooses the questions.
pub fn ask(reading: &Reading<'_>, findings: &[TextFinding], whole: &Whole<'_>) -> Asked {
    let timeline = Timeline::read(reading);
    let chooser = Chooser::new(reading, whole);
    let mut asker = Asker { reading, whole, timeline, chooser, ranked: Vec::new() };
    if whole.judgement.verdict == Verdict::Undetermined {
        asker.undetermined();
    } else {
        asker.findings(findings);
        asker.themes();
        asker.buckets();
        asker.timeline();
    }
    asker.asked(findings.len())
}

struct Asker<'r> {
    reading: &'r Reading<'r>,
    whole: &'r Whole<'r>,
    timeline: Timeline,
    chooser: Chooser<'r>,
    /// Questions with their worth and, within it, their turn.
    ranked: Vec<(Worth, usize, Asking)>,
}

impl Asker<'_> {
    fn findings(&mut self, findings: &[TextFinding]) {
        let mut order: Vec<(Worth, usize)> =
            findings.iter().enumerate().map(|(at, found)| (self.worth(found), at)).collect();
        order.sort_unstable();
        let mut weak = 0;
        let mut sentences: Vec<(usize, &str)> = Vec::new();
        for (worth, at) in order {
            let finding = &findings[at];
            let sentence = (finding.rule, self.reading.text(finding.sentence));
            let is_weak = finding.mechanism.as_deref() == Some(WEAK);
            weak += usize::from(is_weak);
            let enough = is_weak && weak > WEAK_ASKED;
            if !enough && !sentences.contains(&sentence) {
                self.finding(finding, at, worth);
            }
            sentences.push(sentence);
        }
    }

    fn worth(&self, finding: &TextFinding) -> Worth {
        let concludes = self.whole.judgement.verdict == Verdict::StartOver
            && self.whole.judgement.is_cause(finding.sentence);
        match finding.cause {
            true if concludes => Worth::Conclusion,
            true => Worth::Cause,
            false => Worth::Other,
        }
    }

    fn finding(&mut self, finding: &TextFinding, at: usize, worth: Worth) {
        let Some(mechanism) = &finding.mechanism else { return };
        let (scene, slots) = slots::of_finding(self.reading, finding, &self.timeline);
        let place = Place::Sentence { sentence: finding.sentence, scene, deepened: finding.deepened };
        let quota = match worth {
            Worth::Conclusion => QUOTA[0],
            Worth::Cause if !finding.deepened => QUOTA[1],
            _ => QUOTA[2],
        };
        let set = self.chooser.set(mechanism, finding.sentence, finding.span).to_owned();
        for turn in 0..quota {
            let Some((text, source)) = self.chooser.choose(&set, place, &slots) else { return };
            self.ranked.push((worth, turn, Asking { text, about: Subject::Finding(at), source }));
        }
    }

    fn themes(&mut self) {
        let Actions { stronger, intermediate, weaker } = self.whole.actions;
        if stronger + intermediate == 0 && weaker > 0 {
            self.theme("weak-actions-only", Worth::WeakActionsOnly, &Slots::new());
        }
        if self.whole.judgement.verdict == Verdict::StartOver && stronger > 0 {
            self.theme("remedies-ahead", Worth::WeakActionsOnly, &Slots::new());
        }
        let examined = self.reading.lexicon.buckets.len() - self.whole.absent(self.reading).len();
        if self.whole.claims.len() == 1 && examined <= 1 {
            self.theme("single-cause", Worth::SingleCause, &Slots::new());
        }
    }

    fn theme(&mut self, theme: &str, worth: Worth, slots: &Slots) {
        if let Some((text, source)) = self.chooser.choose(theme, Place::Document, slots) {
            self.ranked.push((worth, 0, Asking { text, about: Subject::Document(theme.to_owned()), source }));
        }
    }

    fn buckets(&mut self) {
        let slots = systems::of_document(self.reading, &self.timeline);
        for bucket in self.whole.absent(self.reading) {
            let id = self.reading.lexicon.buckets[bucket].id.clone();
            if let Some((text, source)) = self.chooser.choose(&id, Place::Document, &slots) {
                self.ranked.push((Worth::Bucket, 0, Asking { text, about: Subject::Bucket(id), source }));
            }
        }
    }

    fn timeline(&mut self) {
        let (detection, recovery) = (self.timeline.detection(), self.timeline.recovery());
        let told =
            |stretch: &Stretch| [&detection, &recovery].into_iter().flatten().any(|other| other == stretch);
        let silence = self.timeline.silence().filter(|stretch| !told(stretch));
        for (theme, stretch) in [("detection", detection), ("silence", silence), ("recovery", recovery)] {
            if let Some(Stretch { start, end }) = stretch {
                self.theme(theme, Worth::Timeline, &Slots::from([("start", start), ("end", end)]));
            }
        }
    }

    /// Two gentle questions about what would settle the cause.
    fn undetermined(&mut self) {
        let onset = self.timeline.onset().map(|time| ("start", time.to_owned()));
        let slots: Slots = onset.into_iter().collect();
        for _ in 0..2 {
            self.theme("no-cause", Worth::Other, &slots);
        }
    }

    fn asked(mut self, findings: usize) -> Asked {
        let mut by_finding = vec![Vec::new(); findings];
        for (_, _, asking) in &self.ranked {
            if let Subject::Finding(at) = asking.about {
                by_finding[at].push(asking.text.clone());
            }
        }
        self.ranked.sort_by_key(|&(worth, turn, _)| (worth, turn));
        Asked { by_finding, all: self.ranked.into_iter().map(|(_, _, asking)| asking).collect() }
    }
}
