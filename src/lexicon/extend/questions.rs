//! A team's own questions, checked against what a question may refer to.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::lexicon::extend::{known, mechanisms};
use crate::lexicon::load::{File, LexiconError, Loader, parse};
use crate::lexicon::questions::{Part, QuestionBank, QuestionEntry};
use crate::lexicon::spanned::Spanned;
use crate::lexicon::user_rules::UserQuestion;
use crate::lexicon::{Bucket, Owner, Rule};

/// What stands for "a condition is told beside the act" in `answered-by`.
const CONDITION: &str = "condition";

/// The source of a question that names none.
const SOURCE: &str = "rcalint.toml";

/// A file that adds questions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoreQuestions {
    question: Vec<UserQuestion>,
}

/// What a question may refer to.
struct Known {
    /// When it can be asked.
    sets: BTreeSet<String>,
    /// Slots that can be filled.
    slots: BTreeSet<String>,
    /// What can answer it.
    answers: BTreeSet<String>,
}

impl Loader<'_> {
    /// Adds the questions of further files and of the configuration.
    pub(in super::super) fn own_questions(
        &mut self,
        bank: &mut QuestionBank,
        rules: &[Rule],
        buckets: &[Bucket],
    ) -> Result<(), LexiconError> {
        let shipped = Known::of(bank, rules, buckets);
        for file in self.extra("questions.toml").collect::<Vec<_>>() {
            for question in &parse::<MoreQuestions>(file)?.question {
                self.own_question(file, question, &shipped, bank)?;
            }
        }
        let Some(own) = self.own() else { return Ok(()) };
        own.questions.iter().try_for_each(|question| self.own_question(own.file, question, &shipped, bank))
    }

    fn own_question(
        &mut self,
        file: File<'_>,
        question: &UserQuestion,
        shipped: &Known,
        bank: &mut QuestionBank,
    ) -> Result<(), LexiconError> {
        shipped.check(file, question)?;
        for class in &question.signal {
            known(file, "word class", class, self.vocabulary.class_names())?;
        }
        let at = bank.question.len();
        for (list, part) in [(&question.cue, Part::Cue(at)), (&question.answered, Part::Answer(at))] {
            for pattern in list {
                self.add_at(file, pattern.start, &pattern.value, Owner::Question(part))?;
            }
        }
        bank.question.push(entry(question));
        Ok(())
    }
}

impl Known {
    fn of(bank: &QuestionBank, rules: &[Rule], buckets: &[Bucket]) -> Self {
        let ids = buckets.iter().map(|bucket| bucket.id.as_str());
        let sets = bank.question.iter().flat_map(|entry| &entry.when).map(String::as_str);
        let factors = buckets.iter().flat_map(|bucket| {
            bucket.factors.iter().map(move |factor| format!("{}/{}", bucket.id, factor.id))
        });
        Self {
            sets: sets.chain(mechanisms(rules)).chain(ids.clone()).map(str::to_owned).collect(),
            slots: bank.question.iter().flat_map(QuestionEntry::forms).flat_map(slots).collect(),
            answers: factors.chain(ids.chain([CONDITION]).map(str::to_owned)).collect(),
        }
    }

    fn check(&self, file: File<'_>, question: &UserQuestion) -> Result<(), LexiconError> {
        if question.when.is_empty() {
            return Err(LexiconError::at(file, question.text.start, "`when` says nothing"));
        }
        for when in &question.when {
            known(file, "mechanism, bucket or theme", when, names(&self.sets))?;
        }
        for by in &question.answered_by {
            known(file, "bucket or factor", by, names(&self.answers))?;
        }
        [&question.text].into_iter().chain(&question.without).try_for_each(|form| self.check_form(file, form))
    }

    fn check_form(&self, file: File<'_>, form: &Spanned<String>) -> Result<(), LexiconError> {
        for slot in slots(&form.value) {
            known(file, "slot", &Spanned { value: slot, start: form.start }, names(&self.slots))?;
        }
        if form.value.trim_end().ends_with('?') {
            return Ok(());
        }
        Err(LexiconError::at(file, form.start, "a question ends with a question mark"))
    }
}

fn names(set: &BTreeSet<String>) -> impl Iterator<Item = &str> {
    set.iter().map(String::as_str)
}

/// The names in braces.
fn slots(form: &str) -> Vec<String> {
    let opened = form.split('{').skip(1);
    opened.map(|rest| rest.split('}').next().unwrap_or_default().to_owned()).collect()
}

fn entry(question: &UserQuestion) -> QuestionEntry {
    let plain = |list: &[Spanned<String>]| list.iter().map(|one| one.value.clone()).collect();
    QuestionEntry {
        when: plain(&question.when),
        topic: None,
        late: false,
        text: question.text.value.clone(),
        without: plain(&question.without),
        signal: plain(&question.signal),
        cue: plain(&question.cue),
        answered: plain(&question.answered),
        answered_by: plain(&question.answered_by),
        source: question.source.clone().unwrap_or_else(|| SOURCE.to_owned()),
        own: true,
    }
}
