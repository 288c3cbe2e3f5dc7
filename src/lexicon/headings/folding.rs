//! Folds headings and labels to plain words, so that spelling variants do not matter.

use std::borrow::Cow;

/// Returns the words of `text` in lower case and without plural endings. Punctuation and a leading number are dropped;
/// characters that join two parts (`&`, `/`, `+`, `,`) become "and".
pub(super) fn fold(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric() || is_joint(c)) {
        let (piece, after) = rest[start..].split_at(piece_len(&rest[start..]));
        push(&mut words, piece, after);
        rest = after;
    }
    words
}

/// Returns the words of `text` as returned by [`fold`], joined by spaces.
pub(super) fn fold_phrase(text: &str) -> String {
    fold(text).join(" ")
}

/// Returns the text without anything in round brackets.
pub(super) fn without_brackets(text: &str) -> Cow<'_, str> {
    if text.contains('(') { Cow::Owned(split_brackets(text).0) } else { Cow::Borrowed(text) }
}

/// Returns only the text in round brackets.
pub(super) fn within_brackets(text: &str) -> String {
    split_brackets(text).1
}

fn split_brackets(text: &str) -> (String, String) {
    let (mut outside, mut inside) = (String::new(), String::new());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => inside.push(c),
        }
    }
    (outside, inside)
}

/// True for characters that join two parts of a heading.
fn is_joint(c: char) -> bool {
    matches!(c, '&' | '/' | '+' | ',')
}

/// Returns the length in bytes of the word or punctuation mark at the start of `text`. An apostrophe between letters
/// belongs to its word.
fn piece_len(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let before_letter = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let in_word = c.is_alphanumeric() || at > 0 && is_apostrophe(c) && before_letter;
        if !in_word {
            return at.max(if at == 0 { c.len_utf8() } else { 0 });
        }
    }
    text.len()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// Adds a word or punctuation mark to the folded words before it.
fn push(words: &mut Vec<String>, piece: &str, after: &str) {
    let last = words.last().map(String::as_str);
    let word = if piece.starts_with(is_joint) { String::from("and") } else { folded(piece) };
    let repeated_joint = piece.starts_with(is_joint) && last == Some("and");
    if repeated_joint || words.is_empty() && is_numbering(piece, after) {
        return;
    }
    match words.last_mut() {
        Some(last) if last == "post" && word == "mortem" => *last = String::from("postmortem"),
        _ => words.push(word),
    }
}

/// Returns a word in lower case, without its plural ending.
fn folded(word: &str) -> String {
    let mut lower = word.to_lowercase().replace('\u{2019}', "'");
    lower.truncate(singular_len(&lower));
    lower
}

/// True for `3`, `1.` in `1.2`, `II.` and `a)`, which number a heading and have no meaning.
fn is_numbering(word: &str, after: &str) -> bool {
    let marked = after.starts_with([')', '.']) && after[1..].starts_with(char::is_whitespace);
    let letter = word.len() == 1 || word.chars().all(|c| "IVXivx".contains(c));
    word.bytes().all(|byte| byte.is_ascii_digit()) || marked && letter
}

/// Returns the length in bytes of a lower-case word without its plural ending.
fn singular_len(word: &str) -> usize {
    let Some(stem) = word.strip_suffix('s') else { return word.len() };
    let ends_with_any = |endings: &[&str]| endings.iter().any(|ending| stem.ends_with(ending));
    if word.len() > 4 && ends_with_any(&["xe", "che", "she", "sse"]) {
        word.len() - 2
    } else if word.len() > 2 && !ends_with_any(&["s", "u", "i", "'"]) {
        word.len() - 1
    } else {
        word.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_variants_do_not_matter() {
        assert_eq!(fold_phrase("1.2 Root-Causes (of it)"), "root cause of it");
        assert_eq!(fold_phrase("II. Detection & Response, etc."), "detection and response and etc");
        assert_eq!(fold_phrase("Post-Mortems and post mortem"), "postmortem and postmortem");
        assert_eq!(fold_phrase("The team\u{2019}s \u{c9}TUDES, boxes"), "the team's \u{e9}tude and box");
        assert_eq!(fold_phrase("a, & b / c"), "a and b and c");
    }

    #[test]
    fn round_brackets_are_split_off() {
        assert_eq!(without_brackets("Timeline (all in UTC) of events"), "Timeline  of events");
        assert_eq!(within_brackets("Timeline (all in UTC) of events"), "all in UTC");
    }
}
