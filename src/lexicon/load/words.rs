//! Loads word classes.

use std::collections::BTreeMap;

use crate::lexicon::error::LexiconError;
use crate::lexicon::load::{Loader, parse};
use crate::lexicon::named_text::NamedText;
use crate::lexicon::pattern::parse::{Irregular, forms};
use crate::lexicon::schema::{Forms, WordClass};
use crate::lexicon::{Bucket, Rule};
use crate::text::inflect;
use crate::text::tokens::words;
use crate::text::vocabulary::Vocabulary;

/// The file of irregular forms, in the same folder as the word classes.
const IRREGULAR: &str = "words/irregular.toml";

impl<'t> Loader<'t> {
    /// Loads the irregular forms and then all word classes.
    pub(super) fn words(&mut self) -> Result<(), LexiconError> {
        for file in self.sources.all(IRREGULAR)? {
            self.irregular.extend(parse::<Irregular>(file)?);
        }
        let files = self.sources.below("words/").into_iter();
        files.filter(|file| file.name != IRREGULAR).try_for_each(|file| self.word_classes(file.file))
    }

    fn word_classes(&mut self, file: NamedText<'t>) -> Result<(), LexiconError> {
        let parsed: BTreeMap<String, WordClass> = parse(file)?;
        for (name, class) in parsed {
            let id = self
                .vocabulary
                .add_class(&name)
                .map_err(|_| LexiconError::at(file, 0, "more than 128 word classes"))?;
            for entry in &class.words {
                for form in self.entry_forms(entry, class.forms) {
                    self.vocabulary.add(&form, id);
                }
            }
        }
        Ok(())
    }

    /// Returns the forms of a class entry. In an entry of several words, a verb is inflected in the first word and a
    /// noun in the last.
    fn entry_forms(&self, entry: &str, how: Forms) -> Vec<Vec<String>> {
        let words = words(entry);
        let at = if how == Forms::Nouns { words.len().saturating_sub(1) } else { 0 };
        let Some(changing) = words.get(at) else { return Vec::new() };
        let all = match how {
            Forms::AsListed => vec![changing.clone()],
            Forms::Verbs => forms(changing, &self.irregular),
            Forms::Nouns => inflect::plural(changing),
        };
        all.into_iter()
            .map(|form| {
                let mut words = words.clone();
                words[at] = form;
                words
            })
            .collect()
    }
}

/// Counts how often each word occurs in the example sentences, which represent ordinary text.
pub(super) fn word_counts(rules: &[Rule], buckets: &[Bucket], vocabulary: &Vocabulary) -> Vec<usize> {
    let factors = buckets.iter().flat_map(|bucket| &bucket.factors);
    let of_factors = factors.flat_map(|factor| factor.counts.iter().chain(&factor.silent));
    let of_rules = rules.iter().flat_map(|rule| rule.bad.iter().chain(&rule.good));
    let mut counts = vec![0; vocabulary.word_count()];
    for word in of_rules.chain(of_factors).flat_map(|example| words(&example.text)) {
        counts[usize::from(vocabulary.id(&word))] += 1;
    }
    counts
}
