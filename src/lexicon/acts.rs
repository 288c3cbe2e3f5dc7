//! Acts by the forms of their verbs, and what doing them is called: "ran" of "run" is "running".

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lexicon::questions::QuestionBank;
use crate::text::inflect;
use crate::text::interner::StringInterner;
use crate::text::table::{self, Row, to_u32};
use crate::text::tokens::words;

/// All acts of the question bank, ready to be looked up.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Acts {
    all: Vec<Act>,
    /// Every form of every verb.
    verbs: StringInterner,
    /// By verb: where its acts begin in `by_verb`; they end where those of the next begin.
    #[serde(with = "table")]
    starts: Vec<u32>,
    #[serde(with = "table")]
    by_verb: Vec<ActId>,
}

/// An act, whatever the form of its verb.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Act {
    /// The words after the verb, or after its object.
    rest: Vec<String>,
    /// What doing it is called.
    name: String,
    /// Whether the object stands in the middle.
    parted: bool,
}

/// Number of an act.
#[derive(Clone, Copy, Debug)]
struct ActId(u32);

impl Acts {
    /// Every act of `bank` under each form of its verb.
    pub fn of(bank: &QuestionBank) -> Self {
        let mut acts = Self::default();
        let mut by_verb: BTreeMap<String, Vec<ActId>> = BTreeMap::new();
        let whole = bank.acts.iter().map(|(act, names)| (act, names, false));
        for (act, names, parted) in whole.chain(bank.parted.iter().map(|(act, names)| (act, names, true))) {
            let mut rest = words(act);
            if rest.is_empty() {
                continue;
            }
            let verb = rest.remove(0);
            let id = ActId(to_u32(acts.all.len()));
            for form in forms(&verb, names, parted) {
                let known = by_verb.entry(form).or_default();
                known.push(id);
            }
            let name = names.split('|').next().unwrap_or(names).to_owned();
            acts.all.push(Act { rest, name, parted });
        }
        for (verb, ids) in by_verb {
            acts.verbs.add(&verb);
            acts.starts.push(to_u32(acts.by_verb.len()));
            acts.by_verb.extend(ids);
        }
        acts.starts.push(to_u32(acts.by_verb.len()));
        acts
    }

    /// Whether an act has this lower-case verb.
    pub fn knows(&self, verb: &str) -> bool {
        self.verbs.get(verb).is_some()
    }

    /// The longest act that the lower-case words begin with: how many words it takes and what doing it is called.
    pub fn doing(&self, text: &[String]) -> Option<(usize, &str)> {
        let (verb, follows) = text.split_first()?;
        let fits = |act: &&Act| !act.parted && follows.starts_with(&act.rest);
        let longest = self.of_verb(verb).filter(fits).max_by_key(|act| act.rest.len())?;
        Some((longest.rest.len() + 1, &longest.name))
    }

    /// The acts that begin with `verb` and go on after their object: what doing them is called, and the words there.
    pub fn parted<'b>(&'b self, verb: &str) -> impl Iterator<Item = (&'b str, &'b [String])> {
        self.of_verb(verb).filter(|act| act.parted).map(|act| (act.name.as_str(), act.rest.as_slice()))
    }

    fn of_verb(&self, verb: &str) -> impl Iterator<Item = &Act> {
        let ids =
            self.verbs.get(verb).map_or(0..0, |at| self.starts[at] as usize..self.starts[at + 1] as usize);
        self.by_verb[ids].iter().map(|id| &self.all[id.0 as usize])
    }
}

impl Row<1> for ActId {
    fn to_row(&self) -> [u32; 1] {
        [self.0]
    }

    fn of_row([number]: [u32; 1]) -> Self {
        Self(number)
    }
}

/// The forms of a verb, each once: the regular ones, and those listed behind the name, which for a parted act is a form too.
fn forms(verb: &str, names: &str, parted: bool) -> Vec<String> {
    let listed = names.split('|').skip(usize::from(!parted)).map(str::to_owned);
    let mut forms: Vec<String> = inflect::forms(verb).into_iter().chain(listed).collect();
    forms.sort_unstable();
    forms.dedup();
    forms
}
