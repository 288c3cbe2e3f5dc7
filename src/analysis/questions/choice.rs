//! Which question of a set fits a place best, each at most once a document.

use std::cell::OnceCell;

use crate::analysis::document_rules::DocumentFacts;
use crate::analysis::questions::slots::Slots;
use crate::analysis::questions::systems;
use crate::analysis::sentences::Analysis;
use crate::analysis::wording::template::fill;
use crate::lexicon::questions::{CONDITION, EXAMINED, Part, QuestionEntry};
use crate::lexicon::{Frame, Owner};
use crate::model::Span;
use crate::model::Verdict;

/// Bytes of a question that still reads as one.
const LONGEST: usize = 240;

/// The slot that every document can fill, and that says least.
const TITLE: &str = "{title}";

/// The slot of the product that a question's classes find.
const SIGNAL: &str = "signal";

/// What a question is chosen for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// A sentence with a finding, the one that tells its act, and whether conditions are told beside it.
    Sentence { sentence: usize, scene: usize, deepened: bool },
    /// The document as a whole.
    Document,
}

/// Chooses questions and remembers which have been asked.
pub(super) struct Chooser<'r> {
    analysis: &'r Analysis<'r>,
    facts: &'r DocumentFacts<'r>,
    /// By the sets that they belong to: questions of the lexicon, which are many more than those of any one set.
    by_set: Vec<(&'r str, usize)>,
    /// Questions of the lexicon that were asked already, or that the document answers.
    done: Vec<bool>,
    /// Questions whose cue stands somewhere in the document.
    cued: Vec<bool>,
    /// By question: the product that its classes find in the document, looked for when it is first needed.
    signals: Vec<OnceCell<Option<String>>>,
    /// Questions put in words so far.
    said: Vec<String>,
    /// Topics that have been asked about.
    topics: Vec<&'r str>,
}

impl<'r> Chooser<'r> {
    pub(super) fn new(analysis: &'r Analysis<'r>, facts: &'r DocumentFacts<'r>) -> Self {
        let bank = &analysis.lexicon.questions.question;
        let count = bank.len();
        let sets =
            |(at, entry): (usize, &'r QuestionEntry)| entry.when.iter().map(move |set| (set.as_str(), at));
        let by_set = bank.iter().enumerate().flat_map(sets).collect();
        let (done, cued, signals) = (vec![false; count], vec![false; count], vec![OnceCell::new(); count]);
        let (said, topics) = (Vec::new(), Vec::new());
        let mut chooser = Self { analysis, facts, by_set, done, cued, signals, said, topics };
        for sentence in 0..analysis.sentences.len() {
            chooser.look(sentence);
        }
        chooser
    }

    /// Notes which cues and answers a sentence holds.
    fn look(&mut self, sentence: usize) {
        let remedy = self.analysis.is_remedy(sentence);
        for hit in &self.analysis.sentences[sentence].hits {
            match self.analysis.owner(hit) {
                Owner::Question(Part::Cue(entry)) if !remedy => self.cued[*entry] = true,
                Owner::Question(Part::Answer(entry))
                    if !remedy && !self.analysis.has(sentence, Frame::Dismissal) =>
                {
                    self.done[*entry] = true;
                }
                _ => {}
            }
        }
    }

    /// The set for a mechanism, or the one that fits the words of the finding better.
    pub(super) fn set<'a>(&'a self, mechanism: &'a str, sentence: usize, words: Span) -> &'a str {
        let turns = &self.analysis.lexicon.questions.turn;
        let stands = |index: usize| {
            self.analysis.sentences[sentence].hits.iter().any(|hit| {
                let span = self.analysis.span(sentence, hit);
                let meets = span.start < words.end && words.start < span.end;
                meets && *self.analysis.owner(hit) == Owner::Question(Part::Turn(index))
            })
        };
        let better = turns
            .iter()
            .enumerate()
            .find(|(index, turn)| turn.from.iter().any(|from| from == mechanism) && stands(*index));
        better.map_or(mechanism, |(_, turn)| &turn.to)
    }

    /// The question of a set that fits best, in words, with its source; one that names nothing but the title, or
    /// nothing at all, only where a `general` one will do.
    pub(super) fn choose(
        &mut self,
        set: &str,
        place: Target,
        slots: &Slots,
        general: bool,
    ) -> Option<(String, String)> {
        let bank = &self.analysis.lexicon.questions.question;
        let of_set = self.by_set.iter().filter(|(of, _)| *of == set);
        let fitting = of_set.filter_map(|&(_, index)| {
            let entry = &bank[index];
            let text = self
                .fits(index, entry, place)
                .then(|| self.say(index, entry, slots, general || entry.own))??;
            Some(((!entry.own, entry.late, entry.cue.is_empty(), index), text))
        });
        let ((.., index), text) = fitting.min_by_key(|&(rank, _)| rank)?;
        self.done[index] = true;
        self.said.push(text.clone());
        self.topics.extend(bank[index].topics());
        Some((text, bank[index].source.clone()))
    }

    fn fits(&self, index: usize, entry: &QuestionEntry, place: Target) -> bool {
        let cued = || {
            entry.cue.is_empty()
                || match place {
                    Target::Sentence { sentence, scene, .. } => {
                        self.parts(sentence).chain(self.parts(scene)).any(|part| part == Part::Cue(index))
                    }
                    Target::Document => self.cued[index],
                }
        };
        // What costs least is asked first: a document may have thousands of findings.
        !self.done[index]
            && !entry.topics().any(|topic| self.topics.contains(&topic))
            && cued()
            && !self.is_answered(entry, place)
    }

    /// The first form whose slots can all be filled.
    fn say(&self, index: usize, entry: &QuestionEntry, slots: &Slots, general: bool) -> Option<String> {
        let signal = || systems::signal(self.analysis, self.facts, &entry.signal);
        let named = !entry.signal.is_empty();
        let signal = if named { self.signals[index].get_or_init(signal).as_deref() } else { None };
        let slot = |name: &str| signal.filter(|_| name == SIGNAL).or_else(|| Some(slots.get(name)?.as_str()));
        let told = |form: &&str| general || (form.contains('{') && !form.contains(TITLE));
        let mut said = entry.forms().filter(told).filter_map(|form| fill(form, slot));
        said.find(|text| text.len() <= LONGEST && !self.said.contains(text))
    }

    fn is_answered(&self, entry: &QuestionEntry, place: Target) -> bool {
        let beside = matches!(place, Target::Sentence { deepened: true, .. });
        let buckets = &self.analysis.lexicon.buckets;
        let named = |evidence: &crate::analysis::coverage::FactorEvidence, by: &str| {
            let bucket = &buckets[evidence.bucket];
            let (id, factor) = by.split_once('/').unwrap_or((by, ""));
            bucket.id == id && (factor.is_empty() || bucket.factors[evidence.factor].id == factor)
        };
        entry.answered_by.iter().any(|by| match by.as_str() {
            CONDITION => beside,
            EXAMINED => self.facts.judgement.verdict == Verdict::Examined,
            by => self.facts.evidence.iter().any(|found| named(found, by)),
        })
    }

    fn parts(&self, sentence: usize) -> impl Iterator<Item = Part> + '_ {
        self.analysis.sentences[sentence].hits.iter().filter_map(|hit| match self.analysis.owner(hit) {
            Owner::Question(part) => Some(*part),
            _ => None,
        })
    }
}
