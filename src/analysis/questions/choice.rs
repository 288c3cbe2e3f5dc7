//! Chooses the best question of a set. Each question is used at most once per document.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::analysis::coverage::FactorEvidence;
use crate::analysis::document_rules::DocumentFacts;
use crate::analysis::questions::slots::{SAID, Slots};
use crate::analysis::questions::{account, systems};
use crate::analysis::sentences::Analysis;
use crate::analysis::wording::template::fill;
use crate::document::plain_text::PlainText;
use crate::lexicon::questions::{
    ACCOUNT, ACTION, CONDITION, EXAMINED, OnlyAs, QuestionEntry, QuestionPattern,
};
use crate::lexicon::{Frame, Owner};
use crate::model::{SentenceId, Span, Tier, Verdict};

/// Maximum length of a question in bytes.
const LONGEST: usize = 240;

/// The form of the slot for the clause of a finding.
const QUOTED: &str = "{said}";

/// The slot for the product found by the word classes of a question.
const SIGNAL: &str = "signal";

/// The subject that a question is chosen for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// A finding: its sentence, and whether conditions are stated nearby.
    Sentence { sentence: SentenceId, deepened: bool },
    /// The document as a whole.
    Document,
}

/// How much is accepted rather than no question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effort {
    /// A question with words of the document.
    Usual,
    /// Also a question that fits any act.
    AnyAct,
    /// Also one without words of the document.
    WithoutWords,
}

/// A question with its slots filled.
pub(super) struct Worded {
    pub(super) text: String,
    /// The question of the lexicon, with `…` for its slots.
    pub(super) pattern: String,
    /// The source that it is based on.
    pub(super) source: String,
}

/// Chooses questions and keeps track of those that have been asked.
pub(super) struct QuestionChooser<'r> {
    analysis: &'r Analysis<'r>,
    facts: &'r DocumentFacts<'r>,
    /// One for each question of the lexicon.
    states: Vec<State>,
    /// Questions asked so far.
    said: BTreeSet<String>,
    /// Topics that have been asked about.
    topics: BTreeSet<&'r str>,
    /// True if the document tells the events act by act.
    is_account: bool,
}

/// The state of a question of the lexicon.
#[derive(Clone, Default)]
struct State {
    /// True if it has been asked, or the document answers it.
    done: bool,
    /// True if its cue matches anywhere in the document.
    cued: bool,
    /// The product that its classes find in the document; looked up when first needed.
    signal: OnceCell<Option<String>>,
}

impl<'r> QuestionChooser<'r> {
    pub(super) fn new(analysis: &'r Analysis<'r>, facts: &'r DocumentFacts<'r>) -> Self {
        let states = vec![State::default(); analysis.lexicon.questions.question.len()];
        let is_account = account::is_told(analysis);
        let (said, topics) = (BTreeSet::new(), BTreeSet::new());
        let mut chooser = Self { analysis, facts, states, said, topics, is_account };
        for sentence in analysis.ids() {
            if analysis.is_remedy(sentence) {
                chooser.note_action(sentence);
            } else {
                chooser.note(sentence);
            }
        }
        chooser
    }

    /// Records the cues and answers that match in a sentence.
    fn note(&mut self, sentence: SentenceId) {
        let dismissed = self.analysis.has(sentence, Frame::Dismissal);
        for part in patterns(self.analysis, sentence) {
            match part {
                QuestionPattern::Cue(index) => self.states[index].cued = true,
                QuestionPattern::Answer(index) if !dismissed => self.states[index].done = true,
                _ => {}
            }
        }
    }

    /// Records the questions that an action answers.
    fn note_action(&mut self, sentence: SentenceId) {
        for part in patterns(self.analysis, sentence) {
            if let QuestionPattern::Resolution(index) = part {
                self.states[index].done = true;
            }
        }
    }

    /// Returns the question set of a mechanism, or one that fits the words of the finding better.
    pub(super) fn set<'a>(&'a self, mechanism: &'a str, sentence: SentenceId, words: Span) -> &'a str {
        let turns = self.analysis.lexicon.questions.turn.iter().enumerate();
        let mut turns = turns.filter(|(_, turn)| turn.from.iter().any(|from| from == mechanism));
        let better = turns.find(|(index, _)| self.turns_at(*index, sentence, words));
        better.map_or(mechanism, |(_, turn)| &turn.to)
    }

    /// True if a match of a turn shares a word with the words of a finding.
    fn turns_at(&self, index: usize, sentence: SentenceId, words: Span) -> bool {
        let turn = Owner::Question(QuestionPattern::Turn(index));
        let mut hits = self.analysis.matches(sentence).hits.iter();
        hits.any(|hit| {
            let span = self.analysis.span(sentence, hit);
            span.start < words.end && words.start < span.end && *self.analysis.owner(hit) == turn
        })
    }

    /// Returns the best question of a set, with its slots filled.
    pub(super) fn choose(
        &mut self,
        set: &str,
        target: Target,
        slots: &Slots,
        effort: Effort,
    ) -> Option<Worded> {
        let bank = &self.analysis.lexicon.questions.question;
        let of_set = (0..bank.len()).filter(|&index| bank[index].when.iter().any(|when| when == set));
        let accepted =
            of_set.filter(|&index| bank[index].only != Some(OnlyAs::AnyAct) || effort >= Effort::AnyAct);
        let fitting = accepted.filter(|&index| self.fits(index, target));
        let general = effort == Effort::WithoutWords;
        let worded = fitting.filter_map(|index| Some((index, self.say(index, target, slots, general)?)));
        let (index, text) = worded.min_by_key(|&(index, _)| rank(&bank[index], index))?;
        self.states[index].done = true;
        self.said.insert(text.clone());
        self.topics.extend(bank[index].topics());
        Some(Worded { text, pattern: bank[index].pattern(), source: bank[index].source.clone() })
    }

    fn fits(&self, index: usize, target: Target) -> bool {
        let entry = self.bank(index);
        // The cheapest test comes first, because a document may have thousands of findings.
        !self.states[index].done
            && (entry.only != Some(OnlyAs::Opening) || self.said.is_empty())
            && !entry.topics().any(|topic| self.topics.contains(topic))
            && (entry.cue.is_empty() || self.is_cued(index, target))
            && !self.is_ruled_out(index, target)
            && !entry.answered_by.iter().any(|by| self.is_answered(by, target))
    }

    fn is_cued(&self, index: usize, target: Target) -> bool {
        match target {
            Target::Sentence { sentence, .. } => self.holds(sentence, QuestionPattern::Cue(index)),
            Target::Document => self.states[index].cued,
        }
    }

    fn is_ruled_out(&self, index: usize, target: Target) -> bool {
        matches!(target, Target::Sentence { sentence, .. } if self.holds(sentence, QuestionPattern::Unless(index)))
    }

    fn holds(&self, sentence: SentenceId, pattern: QuestionPattern) -> bool {
        patterns(self.analysis, sentence).any(|part| part == pattern)
    }

    /// Returns the first form of a question whose slots can all be filled.
    fn say(&self, index: usize, target: Target, slots: &Slots, general: bool) -> Option<String> {
        let entry = self.bank(index);
        let signal = self.signal(index, entry);
        let slot = |name: &str| match name {
            SIGNAL if signal.is_some() => signal,
            _ => slots.get(name).map(String::as_str),
        };
        let names_something = |form: &&str| form.contains('{');
        let fits_quote = |form: &&str| !form.contains(QUOTED) || self.quotes_cue(index, target, slots);
        let forms = entry.forms().filter(|form| general || entry.own || names_something(form));
        let forms = forms.filter(fits_quote);
        let mut texts = forms.filter_map(|form| fill(form, slot));
        let is_repeated = |text: &String| slots.values().any(|quote| self.repeats(text, quote));
        texts.find(|text| text.len() <= LONGEST && !self.said.contains(text) && !is_repeated(text))
    }

    /// True if the clause to be quoted contains the words to which the question fits, if it needs such words: in a long
    /// sentence, they may be in another clause.
    fn quotes_cue(&self, index: usize, target: Target, slots: &Slots) -> bool {
        let Target::Sentence { sentence, .. } = target else { return true };
        let Some(said) = slots.get(SAID).filter(|_| !self.bank(index).cue.is_empty()) else { return true };
        let cue = Owner::Question(QuestionPattern::Cue(index));
        let mut hits = self.analysis.matches(sentence).hits.iter();
        hits.any(|hit| {
            let words = PlainText::new(self.analysis.document, self.analysis.span(sentence, hit)).text;
            *self.analysis.owner(hit) == cue && said.contains(words.trim_matches('`'))
        })
    }

    fn bank(&self, index: usize) -> &'r QuestionEntry {
        &self.analysis.lexicon.questions.question[index]
    }

    /// True if a question quotes what an earlier one quotes, perhaps as part of a longer quote.
    fn repeats(&self, text: &str, quote: &str) -> bool {
        let quoted = quote.trim_matches('"');
        let is_same = |earlier: &String| {
            let mut parts = earlier.split('"').skip(1).step_by(2);
            parts.any(|part| part.contains(quoted) || quoted.contains(part))
        };
        quote.starts_with('"') && text.contains(quote) && self.said.iter().any(is_same)
    }

    fn signal(&self, index: usize, entry: &QuestionEntry) -> Option<&str> {
        if entry.signal.is_empty() {
            return None;
        }
        let is_cue = |part| part == QuestionPattern::Cue(index);
        let cued = |sentence| entry.cue.is_empty() || patterns(self.analysis, sentence).any(is_cue);
        let find = || systems::signal(self.analysis, self.facts, &entry.signal, cued);
        self.states[index].signal.get_or_init(find).as_deref()
    }

    fn is_answered(&self, by: &str, target: Target) -> bool {
        match by {
            CONDITION => matches!(target, Target::Sentence { deepened: true, .. }),
            EXAMINED => self.facts.judgement.verdict == Verdict::Examined,
            ACCOUNT => self.is_account,
            ACTION => self.has_other_action(target),
            _ => self.facts.evidence.iter().any(|found| self.is_evidence_for(found, by)),
        }
    }

    /// True if an action other than the target does more than rely on people.
    fn has_other_action(&self, target: Target) -> bool {
        let is_target = |other| matches!(target, Target::Sentence { sentence, .. } if sentence == other);
        let helps = |tier| matches!(tier, Some(Tier::Stronger | Tier::Intermediate));
        self.facts.remedies.iter().any(|remedy| helps(remedy.tier) && !is_target(remedy.sentence))
    }

    /// True if evidence belongs to a bucket, or to a factor given as `bucket/factor`.
    fn is_evidence_for(&self, found: &FactorEvidence, name: &str) -> bool {
        let bucket = &self.analysis.lexicon.buckets[found.bucket];
        match name.split_once('/') {
            Some((id, factor)) => {
                bucket.id == id && found.factor.is_some_and(|index| bucket.factors[index].id == factor)
            }
            None => bucket.id == name,
        }
    }
}

/// Returns the sort key of a question: a team's own questions come first, then those with a cue, `late` ones last;
/// otherwise the order of the lexicon.
const fn rank(entry: &QuestionEntry, index: usize) -> (bool, bool, bool, usize) {
    (!entry.own, entry.late, entry.cue.is_empty(), index)
}

/// Returns the patterns of the question bank that match in a sentence.
fn patterns<'r>(
    analysis: &'r Analysis<'_>,
    sentence: SentenceId,
) -> impl Iterator<Item = QuestionPattern> + 'r {
    analysis.matches(sentence).hits.iter().filter_map(|hit| match analysis.owner(hit) {
        Owner::Question(part) => Some(*part),
        _ => None,
    })
}
