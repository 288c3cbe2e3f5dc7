//! What a form looks like before it is filled in: `[form]` of `sections.toml`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::lexicon::headings::folding::fold;
use crate::lexicon::headings::schema::Form;
use crate::lexicon::records::PatternSet;

/// Number of words at the start of a sentence in which it names the text that is to be written.
const OPENING: usize = 6;

/// Recognises empty fields and the words that say how to fill them in.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Forms {
    fields: PatternSet,
    instructing: BTreeSet<String>,
    asking: BTreeSet<String>,
    addressing: BTreeSet<String>,
    texts: BTreeSet<String>,
}

impl Forms {
    pub(super) fn new(form: Form) -> Self {
        let words = |list: Vec<String>| list.iter().flat_map(|word| fold(word)).collect();
        Self {
            fields: form.fields.into(),
            instructing: words(form.instructing),
            asking: words(form.asking),
            addressing: words(form.addressing),
            texts: words(form.texts),
        }
    }

    /// True if a text, with its markup, has a field that is still empty, such as `YYYY-MM-DD` or `<name>`.
    pub fn has_empty_field(&self, text: &str) -> bool {
        self.fields.is_match(text)
    }

    /// True if a sentence of a form tells whoever fills it in what to write: it instructs ("State the …"), says what an
    /// answer is about ("What the system …"), speaks to the reader or names the text ("Two sentences …").
    pub fn tells_what_to_write(&self, sentence: &str) -> bool {
        let words = fold(sentence);
        let Some(first) = words.first() else { return false };
        self.instructing.contains(first)
            || self.asking.contains(first)
            || words.iter().any(|word| self.addressing.contains(word))
            || words.iter().take(OPENING).any(|word| self.texts.contains(word))
    }

    /// True if a sentence begins like an instruction.
    pub fn instructs(&self, sentence: &str) -> bool {
        fold(sentence).first().is_some_and(|first| self.instructing.contains(first))
    }

    /// True if a sentence speaks to whoever fills in the form.
    pub fn addresses_the_reader(&self, sentence: &str) -> bool {
        fold(sentence).iter().any(|word| self.addressing.contains(word))
    }
}
