//! Parts of a line: code and bold type.

use crate::document::handles::MARK;
use crate::document::markdown::Walker;
use crate::model::Span;

impl Walker<'_> {
    pub(super) fn code(&mut self, span: Span) {
        let (words_outside_bold, words_outside_italics) = (self.bold == 0, self.italics == 0);
        self.mask.code(span);
        let raw = self.raw(span.start);
        raw.span.end = span.end;
        raw.words_outside_bold |= words_outside_bold;
        raw.words_outside_italics |= words_outside_italics;
    }

    /// Shows code as a handle if it is the name of a person. The mark stands where the markup before the name does.
    pub(super) fn code_or_name(&mut self, span: Span, words: &str) {
        let is_marked = words.starts_with(MARK);
        let is_apart = span.of(self.text).starts_with('`') || self.text[..span.start].ends_with('>');
        if !self.handles.name(words) || !is_marked && !is_apart {
            self.code(span);
        } else if is_marked {
            self.words(span, words);
        } else {
            let start = span.start - usize::from(!span.of(self.text).starts_with('`'));
            self.words(Span::new(start, span.end), &[MARK, words].concat());
        }
    }

    /// True if the backticks of a code span are apostrophes: "it wasn`t me, I didn`t look".
    pub(super) fn is_prose(&self, span: Span, words: &str) -> bool {
        words.contains(' ')
            && self.text[..span.start].ends_with(char::is_alphabetic)
            && self.text[span.end..].starts_with(char::is_alphabetic)
    }

    pub(super) fn open_strong(&mut self, span: Span) {
        self.bold += 1;
        if self.bold == 1 && self.hidden == 0 {
            self.raw(span.start).bold_runs.end += 1;
            self.bold_runs.push(span);
        }
    }

    /// Ends a bold run at its last word, which the next letters may continue.
    pub(super) fn close_strong(&mut self) {
        self.bold = self.bold.saturating_sub(1);
        let Some(end) = self.mask.word_end().filter(|_| self.bold == 0) else { return };
        if let Some(run) = self.bold_runs.last_mut() {
            run.end = run.end.min(end.max(run.start));
        }
    }
}
