//! A team's own questions, checked against the names that a question may refer to.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::lexicon::did_you_mean::advice;
use crate::lexicon::error::LexiconError;
use crate::lexicon::extend::known;
use crate::lexicon::load::{Loader, parse};
use crate::lexicon::named_text::NamedText;
use crate::lexicon::questions::{
    ACCOUNT, ACTION, CONDITION, EXAMINED, QuestionBank, QuestionEntry, QuestionPattern,
};
use crate::lexicon::spanned::Spanned;
use crate::lexicon::user_rules::UserQuestion;
use crate::lexicon::{Bucket, Mechanism, Owner};

/// The default source of a question.
const SOURCE: &str = "rcalint.toml";

/// A file that adds questions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoreQuestions {
    question: Vec<UserQuestion>,
}

/// The names that questions may refer to.
pub(in super::super) struct Names {
    /// Mechanisms.
    mechanisms: BTreeSet<String>,
    /// Themes.
    themes: BTreeSet<String>,
    /// The conditions for asking a question: mechanisms, buckets and themes.
    sets: BTreeSet<String>,
    /// Slots that can be filled.
    slots: BTreeSet<String>,
    /// Buckets, factors and other things that can answer a question.
    answers: BTreeSet<String>,
}

impl Loader<'_> {
    /// Adds the questions of further files and of the configuration.
    pub(in super::super) fn own_questions(
        &mut self,
        bank: &mut QuestionBank,
        mechanisms: &[Mechanism],
        buckets: &[Bucket],
    ) -> Result<(), LexiconError> {
        let shipped = Names::new(bank, mechanisms, buckets);
        for file in self.sources.extra("questions.toml").collect::<Vec<_>>() {
            for question in &parse::<MoreQuestions>(file)?.question {
                self.own_question(file, question, &shipped, bank)?;
            }
        }
        let Some(own) = self.sources.own else { return Ok(()) };
        own.questions.iter().try_for_each(|question| self.own_question(own.file, question, &shipped, bank))
    }

    fn own_question(
        &mut self,
        file: NamedText<'_>,
        question: &UserQuestion,
        shipped: &Names,
        bank: &mut QuestionBank,
    ) -> Result<(), LexiconError> {
        shipped.check(file, question)?;
        for class in &question.signal {
            known(file, "word class", class, self.vocabulary.class_names())?;
        }
        let at = bank.question.len();
        for (list, part) in [
            (&question.cue, QuestionPattern::Cue(at)),
            (&question.unless, QuestionPattern::Unless(at)),
            (&question.answered, QuestionPattern::Answer(at)),
        ] {
            for pattern in list {
                self.add_at(file, pattern.start, &pattern.value, Owner::Question(part))?;
            }
        }
        bank.question.push(entry(question));
        Ok(())
    }
}

impl Names {
    pub(in super::super) fn new(bank: &QuestionBank, mechanisms: &[Mechanism], buckets: &[Bucket]) -> Self {
        let mechanisms: BTreeSet<String> = mechanisms.iter().map(|mechanism| mechanism.id.clone()).collect();
        let themes: BTreeSet<String> = bank.theme.iter().map(|theme| theme.id.clone()).collect();
        let ids = buckets.iter().map(|bucket| bucket.id.clone());
        let factors = buckets.iter().flat_map(|bucket| {
            bucket.factors.iter().map(move |factor| format!("{}/{}", bucket.id, factor.id))
        });
        let of_document = [CONDITION, EXAMINED, ACCOUNT, ACTION].map(str::to_owned);
        Self {
            sets: mechanisms.iter().chain(&themes).cloned().chain(ids.clone()).collect(),
            slots: bank.question.iter().flat_map(QuestionEntry::forms).flat_map(slots).collect(),
            answers: factors.chain(ids).chain(of_document).collect(),
            mechanisms,
            themes,
        }
    }

    /// Checks that the shipped questions refer only to things that exist.
    pub(in super::super) fn check_bank(
        &self,
        file: NamedText<'_>,
        bank: &QuestionBank,
    ) -> Result<(), LexiconError> {
        let turns = bank.turn.iter().flat_map(|turn| turn.from.iter().chain([&turn.to]));
        let joins = bank.join.iter().map(|join| &join.theme);
        let themes = joins.chain(bank.conflict.iter().map(|conflict| &conflict.theme));
        let sets = bank.question.iter().flat_map(|entry| &entry.when);
        let answers = bank.question.iter().flat_map(|entry| &entry.answered_by);
        all_known(file, "mechanism", turns, &self.mechanisms)?;
        all_known(file, "theme", themes, &self.themes)?;
        all_known(file, "mechanism, bucket or theme", sets, &self.sets)?;
        all_known(file, "bucket or factor", answers, &self.answers)
    }

    fn check(&self, file: NamedText<'_>, question: &UserQuestion) -> Result<(), LexiconError> {
        if question.when.is_empty() {
            return Err(LexiconError::at(
                file,
                question.text.start,
                "`when` must list at least one mechanism, bucket or theme",
            ));
        }
        for when in &question.when {
            known(file, "mechanism, bucket or theme", when, names(&self.sets))?;
        }
        for by in &question.answered_by {
            known(file, "bucket or factor", by, names(&self.answers))?;
        }
        [&question.text].into_iter().chain(&question.without).try_for_each(|form| self.check_form(file, form))
    }

    fn check_form(&self, file: NamedText<'_>, form: &Spanned<String>) -> Result<(), LexiconError> {
        for slot in slots(&form.value) {
            known(file, "slot", &Spanned { value: slot, start: form.start }, names(&self.slots))?;
        }
        if form.value.trim_end().ends_with('?') {
            return Ok(());
        }
        Err(LexiconError::at(file, form.start, "a question must end with a question mark"))
    }
}

/// Checks that all names are known.
fn all_known<'n>(
    file: NamedText<'_>,
    what: &str,
    mut named: impl Iterator<Item = &'n String>,
    known: &BTreeSet<String>,
) -> Result<(), LexiconError> {
    let Some(name) = named.find(|name| !known.contains(*name)) else { return Ok(()) };
    let message = format!("unknown {what} `{name}`{}", advice(name, names(known)));
    Err(LexiconError::near(file, &format!("\"{name}\""), message))
}

fn names(set: &BTreeSet<String>) -> impl Iterator<Item = &str> {
    set.iter().map(String::as_str)
}

/// Returns the names in braces.
fn slots(form: &str) -> Vec<String> {
    let opened = form.split('{').skip(1);
    opened.map(|rest| rest.split('}').next().unwrap_or_default().to_owned()).collect()
}

fn entry(question: &UserQuestion) -> QuestionEntry {
    QuestionEntry {
        when: values(&question.when),
        topic: None,
        late: false,
        only: None,
        text: question.text.value.clone(),
        without: values(&question.without),
        signal: values(&question.signal),
        cue: values(&question.cue),
        unless: values(&question.unless),
        answered: values(&question.answered),
        resolved: Vec::new(),
        answered_by: values(&question.answered_by),
        source: question.source.clone().unwrap_or_else(|| SOURCE.to_owned()),
        own: true,
    }
}

fn values(list: &[Spanned<String>]) -> Vec<String> {
    list.iter().map(|one| one.value.clone()).collect()
}
