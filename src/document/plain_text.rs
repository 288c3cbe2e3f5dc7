//! The text of a passage without markup.

use std::ops::Range;

use crate::document::Document;
use crate::model::{CODE, Span};

/// Characters that follow a word without a space.
const CLOSES: [char; 12] = ['.', ',', ':', ';', '!', '?', ')', ']', '"', '\'', '\u{2019}', '\u{201d}'];

/// A passage as its readers see it: without markup, with its code, on one line.
pub struct PlainText {
    /// The text, on one line.
    pub text: String,
    /// The offset in the source of each byte of the text, and of its end.
    offsets: Vec<usize>,
}

impl PlainText {
    /// Renders a span of the document.
    pub fn new(document: &Document<'_>, span: Span) -> Self {
        let mut plain = Self { text: String::new(), offsets: Vec::new() };
        for (at, shown) in span.of(&document.prose).char_indices() {
            let at = span.start + at;
            match shown {
                _ if shown == char::from(CODE) => plain.add_code(&document.source.text, at),
                _ if shown.is_whitespace() => plain.add_space(at),
                _ => plain.add_word(document, shown, at),
            }
        }
        if plain.text.ends_with(' ') {
            plain.text.pop();
            plain.offsets.pop();
        }
        plain.offsets.push(span.end);
        plain
    }

    fn add(&mut self, shown: char, at: usize) {
        self.text.push(shown);
        self.offsets.extend(std::iter::repeat_n(at, shown.len_utf8()));
    }

    /// Adds a character; one that closes something stands next to the word before it, unless the source has a space.
    fn add_word(&mut self, document: &Document<'_>, shown: char, at: usize) {
        if CLOSES.contains(&shown) && self.is_only_markup(document, at) {
            self.text.pop();
            self.offsets.pop();
        }
        self.add(shown, at);
    }

    /// True if the last space stands for markup only.
    fn is_only_markup(&self, document: &Document<'_>, at: usize) -> bool {
        let Some(word) = self.text.strip_suffix(' ').and_then(|words| words.chars().next_back()) else {
            return false;
        };
        let last = self.offsets[self.offsets.len() - 2];
        let gap = document.source_span(Span::new(last, last + word.len_utf8())).end..at;
        document.source.text.get(gap).is_some_and(|gap| !gap.contains(char::is_whitespace))
    }

    /// Adds a space, unless there is one already.
    fn add_space(&mut self, at: usize) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.add(' ', at);
        }
    }

    /// Adds the character of the source at a byte of inline code. A byte within a character adds nothing.
    fn add_code(&mut self, source: &str, at: usize) {
        match source.get(at..).and_then(|rest| rest.chars().next()) {
            Some(shown) if shown.is_whitespace() => self.add_space(at),
            Some(shown) => self.add(shown, at),
            None => {}
        }
    }

    /// Returns the span in the source of some bytes of the text.
    pub fn span(&self, bytes: Range<usize>) -> Option<Span> {
        let start = *self.offsets.get(bytes.start)?;
        let last = *self.offsets.get(bytes.end.checked_sub(1)?)?;
        let end = self.offsets[bytes.end..].iter().copied().find(|&offset| offset > last);
        Some(Span::new(start, end?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::source::Source;

    #[test]
    fn a_passage_is_rendered_on_one_line_and_mapped_back() {
        let source = Source::new("a.md", "He **ran** `rm -rf` [there](x.md)\ntoday.\n");
        let document = Document::parse(&source, &Lexicon::embedded().headings);
        let plain = PlainText::new(&document, document.sentences[0].span);
        assert_eq!(plain.text, "He ran `rm -rf` there today.");
        let at = plain.text.find("there").unwrap();
        let span = plain.span(at..at + "there".len()).unwrap();
        assert_eq!(span.of(&source.text), "there");
    }
}
