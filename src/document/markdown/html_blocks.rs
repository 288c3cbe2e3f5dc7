//! Converts HTML blocks to raw blocks.

use std::ops::Range;

use crate::document::html::{HtmlPiece, Tag, pieces};
use crate::document::markdown::Walker;
use crate::model::Span;

impl Walker<'_> {
    /// Reads a whole HTML block; the events for its lines are ignored.
    pub(super) fn html(&mut self, span: Span) {
        self.flush();
        for piece in pieces(self.text, span) {
            self.piece(piece);
        }
        self.flush();
        self.heading = None;
    }

    fn piece(&mut self, piece: HtmlPiece) {
        match piece {
            HtmlPiece::Text(span) => self.html_words(span),
            HtmlPiece::Code(span) => self.code(span),
            HtmlPiece::Reference(span, words) => self.reference(span, &words),
            HtmlPiece::Break(at) => self.break_line(at),
            HtmlPiece::Comment(span) => {
                self.mask.end_word();
                let row = self.in_cell.then_some((self.cell.table, self.cell.row));
                self.comments.in_html(span, self.raw.as_ref(), row);
            }
            HtmlPiece::Close => self.end_html_text(),
            HtmlPiece::QuoteEnd => {
                self.end_html_text();
                if self.html_quotes > 0 {
                    self.html_quotes -= 1;
                    self.close_quote();
                }
            }
            HtmlPiece::Open(tag) => {
                self.end_html_text();
                self.open_html(tag);
            }
        }
    }

    fn html_words(&mut self, span: Span) {
        let text = self.text;
        for line in lines(text, span) {
            // In a block quote, each line begins with the quote's marker.
            let content = line.of(text);
            let from = line.start + content.len() - content.trim_start_matches([' ', '\t', '>']).len();
            let line = Span::new(if self.quotes > 0 { from } else { line.start }, line.end);
            if !line.of(text).trim().is_empty() {
                self.html_line(line);
            }
        }
    }

    /// Adds a line of an HTML block. Markdown is shown as it stands there, but its marks of emphasis are no words.
    fn html_line(&mut self, line: Span) {
        let mut start = line.start;
        for mark in ["**", "__"].into_iter().filter(|mark| line.of(self.text).contains(mark)).take(1) {
            for (at, _) in line.of(self.text).match_indices(mark) {
                self.html_part(Span::new(start, line.start + at));
                start = line.start + at + mark.len();
            }
        }
        self.html_part(Span::new(start, line.end));
    }

    fn html_part(&mut self, part: Span) {
        if !part.of(self.text).trim().is_empty() {
            self.words(part, part.of(self.text));
        }
        self.mask.part_word();
    }

    /// Adds a character reference. One for white space, such as `&nbsp;`, is left blank.
    fn reference(&mut self, span: Span, words: &str) {
        if words.trim().is_empty() {
            self.mask.end_word();
        } else {
            self.words(span, words);
        }
    }

    fn end_html_text(&mut self) {
        self.flush();
        self.heading = None;
        self.in_cell = false;
        self.html_item = false;
    }

    fn open_html(&mut self, tag: Tag) {
        match tag {
            Tag::Heading(level) => self.heading = Some(level),
            Tag::List => {
                self.html_list = Some(self.next_list);
                self.next_list += 1;
            }
            Tag::Item => self.html_item = true,
            Tag::Table => {
                self.open_table();
                self.cell.column = usize::MAX;
            }
            Tag::Row => {
                self.cell.row += usize::from(self.cell.column != usize::MAX);
                self.cell.column = usize::MAX;
            }
            Tag::Cell(header) => {
                self.in_cell = true;
                self.cell.column = self.cell.column.wrapping_add(1);
                self.cell.header = header && self.cell.row == 0;
            }
            Tag::Quote => {
                self.html_quotes += 1;
                self.open_quote(false);
            }
            Tag::Block => {}
        }
    }
}

fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let mut at = span.start;
    span.of(text).split_inclusive('\n').map(move |line| {
        let Range { start, end } = at..at + line.len();
        at = end;
        Span::new(start, end)
    })
}
