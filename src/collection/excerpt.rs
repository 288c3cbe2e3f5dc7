//! Shortens sentences around the words that count.

/// Maximum length in characters.
const LONGEST: usize = 240;

/// Characters kept before the words that count.
const LEAD: usize = 60;

/// Returns a sentence on one line; if it is long, cut between words around `words`.
pub(super) fn excerpt(sentence: &str, words: &str) -> String {
    let sentence = one_line(if sentence.is_empty() { words } else { sentence });
    let at = sentence.find(one_line(words).as_str()).unwrap_or(0);
    if sentence.chars().count() <= LONGEST {
        return sentence;
    }
    let start = word_before(&sentence, back(&sentence, at, LEAD));
    let (lead, rest) = (if start == 0 { "" } else { "…" }, &sentence[start..]);
    match rest.char_indices().nth(LONGEST) {
        None => format!("{lead}{rest}"),
        Some((end, _)) => format!("{lead}{}…", rest[..rest[..end].rfind(' ').unwrap_or(end)].trim_end()),
    }
}

/// Returns the words separated by single spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the offset `count` characters before another one.
fn back(text: &str, at: usize, count: usize) -> usize {
    text[..at].char_indices().rev().take(count).last().map_or(at, |(start, _)| start)
}

/// Returns the offset of the word that contains an offset.
fn word_before(text: &str, at: usize) -> usize {
    text[..at].rfind(' ').map_or(0, |space| space + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_sentence_stays_whole_and_on_one_line() {
        assert_eq!(excerpt("The pool\n was  full.", "full"), "The pool was full.");
        assert_eq!(excerpt("", "only words"), "only words");
    }

    #[test]
    fn a_long_sentence_is_cut_around_the_words() {
        let long = format!("{}the pool was full {}", "before it ".repeat(40), "and after ".repeat(40));
        let cut = excerpt(&long, "the pool\nwas full");
        assert!(cut.starts_with("…before") || cut.starts_with("…it"), "{cut}");
        assert!(cut.contains("the pool was full") && cut.ends_with("after…"), "{cut}");
        assert!(cut.chars().count() <= LONGEST + 2);
        let letters = excerpt(&"é".repeat(1000), "é");
        assert!(letters.chars().count() <= LONGEST + 2, "{letters}");
    }
}
