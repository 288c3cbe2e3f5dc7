//! Whether a text is in a language this build reads.

use crate::analysis::sentences::Analysis;
use crate::text::vocabulary::ClassSet;

/// In fewer words than this, a small share of English ones says nothing about the language.
const ENOUGH_WORDS: usize = 25;

/// Small words of other languages that tell even a few lines from English, when they are more than the English ones.
const FOREIGN: &str = "foreign";

/// One such word may be a name.
const ENOUGH_FOREIGN: usize = 2;

/// Share of small grammatical words, in per cent, below which a text is not English. English prose has 35 to 50,
/// lists and tables of a postmortem 15 or more; German, French, Spanish prose 1 to 6.
const LEAST_SHARE: usize = 9;

/// Word classes that make up the small words of English.
const SMALL_WORDS: [&str; 6] =
    ["determiner", "preposition", "coordinator", "auxiliary", "subordinator", "relative"];

/// The language that this build reads.
pub const ENGLISH: &str = "en";

/// [`ENGLISH`], or `und` when too few of the words are English.
pub fn detect(analysis: &Analysis<'_>) -> &'static str {
    let small = SMALL_WORDS
        .iter()
        .filter_map(|name| analysis.lexicon.vocabulary.class(name))
        .fold(ClassSet::default(), ClassSet::with);
    let other = analysis.lexicon.vocabulary.class(FOREIGN).map_or(ClassSet::EMPTY, ClassSet::only);
    let (mut all, mut english, mut foreign) = (0, 0, 0);
    let tokens = analysis.sentences.iter().flat_map(|sentence| &sentence.tokens.all);
    for token in tokens.filter(|token| token.shape.is_plain_word()) {
        all += 1;
        english += usize::from(token.classes.meets(small));
        foreign += usize::from(token.classes.meets(other));
    }
    let few_english = all >= ENOUGH_WORDS && english * 100 < all * LEAST_SHARE;
    if few_english || (foreign >= ENOUGH_FOREIGN && foreign > english) { "und" } else { ENGLISH }
}
