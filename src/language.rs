//! Whether a text is in a language this build reads.

use crate::grammar::vocabulary::ClassSet;
use crate::reading::Reading;

/// Fewer known words than this say nothing about the language.
const ENOUGH_WORDS: usize = 25;

/// Share of small grammatical words, in per cent, below which a text is not English. English prose has 35 to 50,
/// lists and tables of a postmortem 15 or more; German, French, Spanish prose 1 to 6.
const LEAST_SHARE: usize = 9;

/// Word classes that make up the small words of English.
const SMALL_WORDS: [&str; 6] =
    ["determiner", "preposition", "coordinator", "auxiliary", "subordinator", "relative"];

/// `en`, or `und` when too few of the words are English.
pub fn detect(reading: &Reading<'_>) -> &'static str {
    let small = SMALL_WORDS
        .iter()
        .filter_map(|name| reading.lexicon.vocabulary.class(name))
        .fold(ClassSet::default(), ClassSet::with);
    let tokens = reading.sentences.iter().flat_map(|sentence| &sentence.tokens.all);
    let words = tokens.filter(|token| token.shape.is_plain_word());
    let (all, known) =
        words.fold((0, 0), |(all, known), token| (all + 1, known + usize::from(token.classes.meets(small))));
    if all >= ENOUGH_WORDS && known * 100 < all * LEAST_SHARE { "und" } else { "en" }
}
