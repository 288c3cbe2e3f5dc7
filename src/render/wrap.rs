//! Wraps text to lines of a given width.

use unicode_width::UnicodeWidthStr;

/// A space at which no line is broken.
pub const NO_BREAK: char = '\u{a0}';

/// Returns the number of columns that a text takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// Breaks a text at spaces so that no line is wider than `width` columns, unless a single word is. Spaces that do not
/// break become plain ones.
pub fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let words = text.split(|sign: char| sign.is_whitespace() && sign != NO_BREAK);
    for word in words.filter(|word| !word.is_empty()) {
        let word = word.replace(NO_BREAK, " ");
        match lines.last_mut() {
            Some(line) if columns(line) + 1 + columns(&word) <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// Wraps a text like [`lines`]. The first line begins with `first`, and the others are indented by its width.
pub fn hanging(first: &str, text: &str, width: usize) -> String {
    let indent = " ".repeat(columns(first));
    let rows = lines(text, width.saturating_sub(indent.len()));
    format!("{first}{}", rows.join(&format!("\n{indent}")))
}

/// Returns a text cut to at most `limit` characters, with an ellipsis where it was cut.
pub fn cut(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(lines("one two  three", 7), ["one two", "three"]);
        assert_eq!(lines("averylongword x", 5), ["averylongword", "x"]);
        assert_eq!(lines("see line\u{a0}12", 9), ["see", "line 12"]);
        assert!(lines(" ", 5).is_empty());
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(lines("漢字 漢字", 8), ["漢字", "漢字"]);
    }

    #[test]
    fn later_lines_are_indented() {
        assert_eq!(hanging("1. ", "one two three", 10), "1. one two\n   three");
    }

    #[test]
    fn a_cut_is_marked() {
        assert_eq!((cut("añb", 3), cut("añb c", 3)), ("añb".into(), "añb…".into()));
    }
}
