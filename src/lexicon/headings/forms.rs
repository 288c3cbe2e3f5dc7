//! What a form looks like before it is filled in: `[form]` of `sections.toml`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::lexicon::headings::folding::fold;
use crate::lexicon::headings::load::folded_set;
use crate::lexicon::headings::schema::Form;
use crate::lexicon::records::PatternSet;

/// Number of words at the start of a sentence in which it names the text that is to be written.
const OPENING: usize = 6;

/// Recognises empty fields and the words that say how to fill them in.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Forms {
    fields: PatternSet,
    instructing: BTreeSet<String>,
    may_instruct: BTreeSet<String>,
    objects: BTreeSet<String>,
    asking: BTreeSet<String>,
    addressing: BTreeSet<String>,
    measures: BTreeSet<String>,
    texts: BTreeSet<String>,
}

impl Forms {
    pub(super) fn new(form: Form) -> Self {
        Self {
            fields: form.fields.into(),
            instructing: folded_set(&form.instructing),
            may_instruct: folded_set(&form.may_instruct),
            objects: folded_set(&form.objects),
            asking: folded_set(&form.asking),
            addressing: folded_set(&form.addressing),
            measures: folded_set(&form.measures),
            texts: folded_set(&form.texts),
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
        let names_text = || words.iter().take(OPENING).any(|word| self.texts.contains(word));
        self.begins_instruction(&words)
            || self.asking.contains(first)
            || self.addresses(&words)
            || self.measures.contains(first) && names_text()
    }

    /// True if a sentence begins like an instruction.
    pub fn instructs(&self, sentence: &str) -> bool {
        self.begins_instruction(&fold(sentence))
    }

    /// True if a sentence speaks to whoever fills in the form.
    pub fn addresses_the_reader(&self, sentence: &str) -> bool {
        self.addresses(&fold(sentence))
    }

    fn begins_instruction(&self, words: &[String]) -> bool {
        let has_object = || words.get(1).is_some_and(|second| self.objects.contains(second));
        let Some(first) = words.first() else { return false };
        self.instructing.contains(first) || self.may_instruct.contains(first) && has_object()
    }

    fn addresses(&self, words: &[String]) -> bool {
        words.iter().any(|word| self.addressing.contains(word))
    }
}
