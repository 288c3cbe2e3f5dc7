//! The language of a text: English or not.

use crate::analysis::sentences::Analysis;
use crate::model::ENGLISH;
use crate::text::vocabulary::WordId;

/// With fewer words than this, the share of English words is not meaningful.
const ENOUGH_WORDS: usize = 25;

/// Minimum number of foreign function words, which must also outnumber the English ones, to make a text foreign. One
/// may be a name.
const ENOUGH_FOREIGN: usize = 2;

/// Minimum share of grammatical words in English text, in per cent. English prose has 35 to 50, lists and tables of a
/// postmortem 15 or more; German, French and Spanish prose 1 to 6.
const LEAST_SHARE: usize = 9;

/// From this share of words that the lexicon knows on, in per cent, a text without grammatical words is English in the
/// style of a telegram rather than another language.
const TELEGRAM_SHARE: usize = 50;

/// Returns [`ENGLISH`], or `und` if too few of the words are English.
pub fn detect(analysis: &Analysis<'_>) -> &'static str {
    let classes = &analysis.lexicon.classes;
    let (mut all, mut known, mut english, mut foreign) = (0, 0, 0, 0);
    let tokens = analysis.sentences.iter().flat_map(|sentence| &sentence.tokens.all);
    for token in tokens.filter(|token| token.shape.is_plain_word()) {
        all += 1;
        known += usize::from(token.word != WordId::UNKNOWN);
        english += usize::from(token.classes.meets(classes.grammatical));
        foreign += usize::from(token.classes.meets(classes.foreign));
    }
    let telegram = foreign < ENOUGH_FOREIGN && known * 100 >= all * TELEGRAM_SHARE;
    let few_english = all >= ENOUGH_WORDS && english * 100 < all * LEAST_SHARE && !telegram;
    if few_english || (foreign >= ENOUGH_FOREIGN && foreign > english) { "und" } else { ENGLISH }
}
