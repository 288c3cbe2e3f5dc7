//! The language of a text, as far as this build can tell.

use crate::analysis::sentences::Analysis;

/// Words below which the share of English ones says nothing about the language.
const ENOUGH_WORDS: usize = 25;

/// Small words of other languages, more than the English ones, that make a text foreign; one may be a name.
const ENOUGH_FOREIGN: usize = 2;

/// Share of small grammatical words, in per cent, below which a text is not English. English prose has 35 to 50,
/// lists and tables of a postmortem 15 or more; German, French, Spanish prose 1 to 6.
const LEAST_SHARE: usize = 9;

/// The language that this build reads.
pub const ENGLISH: &str = "en";

/// [`ENGLISH`], or `und` when too few of the words are English.
pub fn detect(analysis: &Analysis<'_>) -> &'static str {
    let classes = &analysis.lexicon.classes;
    let (mut all, mut english, mut foreign) = (0, 0, 0);
    let tokens = analysis.sentences.iter().flat_map(|sentence| &sentence.tokens.all);
    for token in tokens.filter(|token| token.shape.is_plain_word()) {
        all += 1;
        english += usize::from(token.classes.meets(classes.grammatical));
        foreign += usize::from(token.classes.meets(classes.foreign));
    }
    let few_english = all >= ENOUGH_WORDS && english * 100 < all * LEAST_SHARE;
    if few_english || (foreign >= ENOUGH_FOREIGN && foreign > english) { "und" } else { ENGLISH }
}
