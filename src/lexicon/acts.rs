//! Nouns for acts, by the forms of their verbs: "running" for "ran".

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lexicon::questions::QuestionBank;
use crate::text::inflect;
use crate::text::tokens::words;

/// All acts of the question bank, indexed for look-up.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Acts {
    all: Vec<Act>,
    /// For every form of every verb: its acts, as indices of `all`.
    by_verb: BTreeMap<String, Vec<usize>>,
}

/// An act, independent of the form of its verb.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Act {
    /// The words after the verb, or after its object.
    rest: Vec<String>,
    /// The noun for it.
    name: String,
    /// True if the object comes between the verb and the rest.
    parted: bool,
}

impl Acts {
    /// Creates an index with every act of `bank` under each form of its verb.
    pub fn new(bank: &QuestionBank) -> Self {
        let mut acts = Self::default();
        for (act, names) in &bank.acts {
            acts.add(act, names, false);
        }
        for (act, names) in &bank.parted {
            acts.add(act, names, true);
        }
        acts
    }

    /// True if there is an act with this lower-case verb.
    pub fn knows(&self, verb: &str) -> bool {
        self.by_verb.contains_key(verb)
    }

    /// Returns the longest act at the start of the lower-case words: its length in words and its noun.
    pub fn doing(&self, text: &[String]) -> Option<(usize, &str)> {
        let (verb, follows) = text.split_first()?;
        let fits = |act: &&Act| !act.parted && follows.starts_with(&act.rest);
        let longest = self.of_verb(verb).filter(fits).max_by_key(|act| act.rest.len())?;
        Some((longest.rest.len() + 1, &longest.name))
    }

    /// Returns the acts that begin with `verb` and continue after their object: their nouns, and the words after the
    /// object.
    pub fn parted<'b>(&'b self, verb: &str) -> impl Iterator<Item = (&'b str, &'b [String])> {
        self.of_verb(verb).filter(|act| act.parted).map(|act| (act.name.as_str(), act.rest.as_slice()))
    }

    fn add(&mut self, act: &str, names: &str, parted: bool) {
        let mut rest = words(act);
        if rest.is_empty() {
            return;
        }
        let verb = rest.remove(0);
        for form in forms(&verb, names, parted) {
            self.by_verb.entry(form).or_default().push(self.all.len());
        }
        let name = names.split('|').next().unwrap_or(names).to_owned();
        self.all.push(Act { rest, name, parted });
    }

    fn of_verb(&self, verb: &str) -> impl Iterator<Item = &Act> {
        self.by_verb.get(verb).into_iter().flatten().map(|&act| &self.all[act])
    }
}

/// Returns the forms of a verb, each once: the regular ones, those listed after the noun, and for a `parted` act the
/// noun itself.
fn forms(verb: &str, names: &str, parted: bool) -> Vec<String> {
    let listed = names.split('|').skip(usize::from(!parted)).map(str::to_owned);
    let mut forms: Vec<String> = inflect::forms(verb).into_iter().chain(listed).collect();
    forms.sort_unstable();
    forms.dedup();
    forms
}
