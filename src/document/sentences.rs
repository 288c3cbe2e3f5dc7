//! Splits prose into sentences.

use crate::document::labels;
use crate::lexicon::headings::Headings;
use crate::model::{CODE, Span};

/// Characters at which a sentence may end.
const ENDS: [char; 6] = ['.', '!', '?', '\n', '\u{2026}', '\u{3002}'];
/// Stops that must be followed by white space or the end of the block.
const STOPS: [char; 4] = ['.', '!', '?', '\u{2026}'];
/// Characters at the start of a line that make it a separate item.
const BULLETS: [char; 5] = ['\u{2022}', '\u{2023}', '\u{25e6}', '\u{25aa}', '\u{2192}'];
/// Characters that may come between a stop and the white space after it.
const CLOSERS: [char; 9] = ['"', '\'', ')', ']', '}', '\u{201d}', '\u{2019}', '\u{bb}', '\u{203a}'];
/// Characters that may come between the white space after a stop and the next sentence.
const OPENERS: [char; 6] = ['(', '[', '*', '_', '-', ' '];

/// Maximum length in bytes of a sentence; a longer one is split. Analysis time is quadratic in this length, and every
/// finding quotes its sentence. The longest real sentences have a few hundred bytes.
const LONGEST: usize = 4096;
/// Maximum length in characters of the word before a full stop that is checked for an abbreviation.
const LONGEST_WORD: usize = 24;

/// Splits one block into sentences, in order. `breaks` are the offsets of the document's forced line breaks, in order.
pub(super) fn split(prose: &str, block: Span, breaks: &[usize], headings: &Headings) -> Vec<Span> {
    let start = skip_blanks(prose, block.start, block.end);
    let mut splitter =
        Splitter { prose, end: block.end, start, next_text: start, headings, sentences: Vec::new() };
    let mut breaks = &breaks[breaks.partition_point(|&at| at < block.start)..];
    let mut at = block.start;
    while let Some(found) = prose[at..block.end].find(ENDS) {
        splitter.break_before(&mut breaks, at + found);
        at = splitter.end_at(at + found);
    }
    splitter.break_before(&mut breaks, block.end);
    splitter.cut(block.end);
    splitter.sentences
}

struct Splitter<'d> {
    prose: &'d str,
    end: usize,
    /// The start of the sentence being read; never at white space.
    start: usize,
    /// Where the text continues after the last forced line break that was handled.
    next_text: usize,
    headings: &'d Headings,
    sentences: Vec<Span>,
}

impl Splitter<'_> {
    /// Handles one of [`ENDS`], or a run of stops, and returns the offset to continue from.
    fn end_at(&mut self, at: usize) -> usize {
        match self.prose[at..].chars().next() {
            Some('\n') => self.line_end(at),
            Some('\u{3002}') => self.full_width_stop(at),
            _ => self.stops(at),
        }
    }

    fn stops(&mut self, at: usize) -> usize {
        let rest = &self.prose[at..self.end];
        let stops = rest.len() - rest.trim_start_matches(STOPS).len();
        let closers = rest.len() - stops - rest[stops..].trim_start_matches(CLOSERS).len();
        let after = at + stops + closers;
        let next = skip_blanks(self.prose, after, self.end);
        if next == after && next < self.end {
            return after; // within a number, a name or a URL
        }
        if self.is_sentence_end(at..at + stops, closers > 0, &self.prose[next..self.end]) {
            self.cut(after);
        }
        after
    }

    /// True if `stops` end a sentence, given the text that follows.
    fn is_sentence_end(&self, stops: std::ops::Range<usize>, is_closed: bool, following: &str) -> bool {
        let Some(next) = following.trim_start_matches(OPENERS).chars().next() else { return true };
        if matches!(next, ',' | ';' | ':' | ')' | ']' | '}') {
            return false;
        }
        if next.is_lowercase() && is_closed {
            return false; // "why?" inside a sentence
        }
        match &self.prose[stops.clone()] {
            "." => self.is_full_stop(stops.start, next),
            run => !next.is_lowercase() || run.ends_with(['!', '?']),
        }
    }

    /// True if a single full stop ends a sentence, as it does unless the word before it is an abbreviation or the like.
    fn is_full_stop(&self, at: usize, next: char) -> bool {
        let before = &self.prose[self.start..at];
        let word = last_word(before);
        let is_digits = word.bytes().all(|byte| byte.is_ascii_digit());
        let is_item_number = word.len() <= 3 && is_digits && word.len() == before.trim().len();
        let is_initial = word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase() && c != 'I');
        if is_item_number || is_initial || self.headings.is_abbreviation(word, Some(next)) {
            return false;
        }
        // Many sentences here begin with the name of a program in lower case.
        let is_short = word.chars().count() < 3 && !is_digits;
        !next.is_lowercase() || !is_short
    }

    /// Handles a full stop of a script that puts no space after it.
    fn full_width_stop(&mut self, at: usize) -> usize {
        let after = at + '\u{3002}'.len_utf8();
        self.cut(after);
        after
    }

    /// Handles a line end and returns the offset at which the next line with words begins, so that blank lines are read
    /// only once.
    fn line_end(&mut self, at: usize) -> usize {
        let next = skip_blanks(self.prose, at + 1, self.end);
        let line = self.prose[next..self.end].lines().next().unwrap_or_default();
        let is_new = line.starts_with(BULLETS)
            || self.opens_with_time(line) && self.ends_entry(at)
            || labels::opens_line(line, self.headings);
        if is_new {
            self.cut(at);
        }
        next
    }

    /// True if the text before `at` looks like one entry of a log. A wrapped line may also begin with a time.
    fn ends_entry(&self, at: usize) -> bool {
        let before = self.prose[self.start..at.max(self.start)].trim_end();
        before.ends_with(['.', ':', ';', '!', '?', ')']) || self.opens_with_time(before)
    }

    fn opens_with_time(&self, line: &str) -> bool {
        self.headings.dates.at_line_start(line).is_some()
    }

    /// Splits at the forced line breaks before `at` and removes them from `breaks`.
    fn break_before(&mut self, breaks: &mut &[usize], at: usize) {
        let count = breaks.partition_point(|&forced| forced < at);
        for forced in &breaks[..count] {
            self.forced_break(self.start.max(*forced));
        }
        *breaks = &breaks[count..];
    }

    /// Handles a forced line break: it ends a sentence unless the next word begins with a lower-case letter.
    fn forced_break(&mut self, at: usize) {
        if at < self.next_text {
            return; // only white space since the last break
        }
        self.next_text = skip_blanks(self.prose, at, self.end);
        if !self.prose[self.next_text..self.end].starts_with(char::is_lowercase) {
            self.cut(at);
        }
    }

    /// Ends a sentence at `at`, and splits it if it is too long.
    fn cut(&mut self, at: usize) {
        while let Some(piece_end) = self.overlong_split(at) {
            self.push(piece_end);
        }
        self.push(at);
    }

    /// Returns where to split the text before `at` if it is too long: at white space, or else before a punctuation
    /// mark. Masked text and words are never split.
    fn overlong_split(&self, at: usize) -> Option<usize> {
        let reach = self.start + LONGEST;
        if at <= reach {
            return None;
        }
        let reach = self.prose.floor_char_boundary(reach);
        let (near, far) = (&self.prose[self.start..reach], &self.prose[reach..at]);
        let space = near.rfind(char::is_whitespace).filter(|&at| at > 0);
        let mark = || near.rfind(is_mark).filter(|&at| at > 0);
        let near = space.or_else(mark).map(|at| self.start + at);
        near.or_else(|| far.find(is_mark).map(|at| reach + at))
    }

    fn push(&mut self, at: usize) {
        if at <= self.start {
            return;
        }
        let text = self.prose[self.start..at].trim_end();
        if !text.is_empty() {
            self.sentences.push(Span::new(self.start, self.start + text.len()));
        }
        self.start = skip_blanks(self.prose, at, self.end);
    }
}

/// Returns the end of the white space at `at`, at most `end`.
fn skip_blanks(prose: &str, at: usize, end: usize) -> usize {
    end - prose[at..end].trim_start().len()
}

/// True if a sentence without white space may be split before this character.
fn is_mark(sign: char) -> bool {
    !sign.is_alphanumeric() && sign != char::from(CODE)
}

/// Returns the last word of `text`, with stops inside it; empty if `text` ends with inline code or a bracket.
fn last_word(text: &str) -> &str {
    let last = text.char_indices().rev().take(LONGEST_WORD);
    let word = last.take_while(|&(_, c)| c.is_alphanumeric() || c == '.').last();
    word.map_or("", |(at, _)| &text[at..])
}
