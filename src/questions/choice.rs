//! Which question of a set fits a place best, each at most once a document.

use super::slots::Slots;
use super::systems;
use crate::document_rules::Whole;
use crate::lexicon::questions::{Part, QuestionEntry};
use crate::lexicon::{Frame, Owner};
use crate::reading::Reading;
use crate::span::Span;

/// Bytes of a question that still reads as one.
const LONGEST: usize = 240;

/// What stands for "a condition is told beside the act" in the lexicon.
const CONDITION: &str = "condition";

/// What a question is chosen for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// A sentence with a finding, the one that tells its act, and whether conditions are told beside it.
    Sentence { sentence: usize, scene: usize, deepened: bool },
    /// The document as a whole.
    Document,
}

/// Chooses questions and remembers which have been asked.
pub(super) struct Chooser<'r> {
    reading: &'r Reading<'r>,
    whole: &'r Whole<'r>,
    /// Questions of the lexicon that were asked already, or that the document answers.
    done: Vec<bool>,
    /// Questions whose cue stands somewhere in the document.
    cued: Vec<bool>,
    /// Questions put in words so far.
    said: Vec<String>,
}

impl<'r> Chooser<'r> {
    pub(super) fn new(reading: &'r Reading<'r>, whole: &'r Whole<'r>) -> Self {
        let count = reading.lexicon.questions.question.len();
        let mut chooser =
            Self { reading, whole, done: vec![false; count], cued: vec![false; count], said: Vec::new() };
        for sentence in 0..reading.sentences.len() {
            chooser.look(sentence);
        }
        chooser
    }

    /// Notes which cues and answers a sentence holds.
    fn look(&mut self, sentence: usize) {
        let remedy = self.reading.is_remedy(sentence);
        for hit in &self.reading.sentences[sentence].hits {
            match self.reading.owner(hit) {
                Owner::Question(Part::Cue(entry)) if !remedy => self.cued[*entry] = true,
                Owner::Question(Part::Answer(entry))
                    if !remedy && !self.reading.has(sentence, Frame::Dismissal) =>
                {
                    self.done[*entry] = true;
                }
                _ => {}
            }
        }
    }

    /// The set for a mechanism, or the one that fits the words of the finding better.
    pub(super) fn set<'a>(&'a self, mechanism: &'a str, sentence: usize, words: Span) -> &'a str {
        let turns = &self.reading.lexicon.questions.turn;
        let stands = |index: usize| {
            self.reading.sentences[sentence].hits.iter().any(|hit| {
                let span = self.reading.span(sentence, hit);
                let meets = span.start < words.end && words.start < span.end;
                meets && *self.reading.owner(hit) == Owner::Question(Part::Turn(index))
            })
        };
        let better = turns
            .iter()
            .enumerate()
            .find(|(index, turn)| turn.from.iter().any(|from| from == mechanism) && stands(*index));
        better.map_or(mechanism, |(_, turn)| &turn.to)
    }

    /// The question of a set that fits best, in words, with its source.
    pub(super) fn choose(&mut self, set: &str, place: Place, slots: &Slots) -> Option<(String, String)> {
        let bank = &self.reading.lexicon.questions.question;
        let fitting = bank.iter().enumerate().filter_map(|(index, entry)| {
            let (text, plain) = self.fits(index, entry, set, place).then(|| self.say(entry, slots))??;
            let general = usize::from(entry.cue.is_empty()) + usize::from(plain);
            Some(((!entry.own, general, index), text))
        });
        let ((_, _, index), text) = fitting.min_by_key(|&(rank, _)| rank)?;
        self.done[index] = true;
        self.said.push(text.clone());
        Some((text, bank[index].source.clone()))
    }

    fn fits(&self, index: usize, entry: &QuestionEntry, set: &str, place: Place) -> bool {
        let cued = entry.cue.is_empty()
            || match place {
                Place::Sentence { sentence, scene, .. } => {
                    self.parts(sentence).chain(self.parts(scene)).any(|part| part == Part::Cue(index))
                }
                Place::Document => self.cued[index],
            };
        cued && !self.done[index]
            && entry.when.iter().any(|when| when == set)
            && !self.is_answered(entry, place)
    }

    /// The first form whose slots can all be filled, and whether it has none.
    fn say(&self, entry: &QuestionEntry, slots: &Slots) -> Option<(String, bool)> {
        let mut slots = slots.clone();
        if !entry.signal.is_empty() {
            slots.extend(systems::signal(self.reading, &entry.signal).map(|name| ("signal", name)));
        }
        let said = entry.forms().filter_map(|form| Some((fill(form, &slots)?, !form.contains('{'))));
        said.into_iter().find(|(text, _)| text.len() <= LONGEST && !self.said.contains(text))
    }

    fn is_answered(&self, entry: &QuestionEntry, place: Place) -> bool {
        let beside = matches!(place, Place::Sentence { deepened: true, .. });
        let buckets = &self.reading.lexicon.buckets;
        let named = |evidence: &crate::coverage::FactorEvidence, by: &str| {
            let bucket = &buckets[evidence.bucket];
            let (id, factor) = by.split_once('/').unwrap_or((by, ""));
            bucket.id == id && (factor.is_empty() || bucket.factors[evidence.factor].id == factor)
        };
        entry.answered_by.iter().any(|by| {
            if by == CONDITION { beside } else { self.whole.evidence.iter().any(|found| named(found, by)) }
        })
    }

    fn parts(&self, sentence: usize) -> impl Iterator<Item = Part> + '_ {
        self.reading.sentences[sentence].hits.iter().filter_map(|hit| match self.reading.owner(hit) {
            Owner::Question(part) => Some(*part),
            _ => None,
        })
    }
}

/// A form with its slots filled, none when one cannot be.
fn fill(form: &str, slots: &Slots) -> Option<String> {
    let mut text = String::new();
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        text.push_str(before);
        text.push_str(slots.get(name)?);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}
