//! Prose into sentences.

use memchr::memchr;

use crate::document::labels;
use crate::lexicon::headings::Headings;
use crate::model::CODE;
use crate::model::Span;

/// Marks at the head of a line that make it an item of its own.
const BULLETS: [char; 5] = ['\u{2022}', '\u{2023}', '\u{25e6}', '\u{25aa}', '\u{2192}'];
/// What may stand between a stop and the white space after it.
const CLOSERS: [char; 9] = ['"', '\'', ')', ']', '}', '\u{201d}', '\u{2019}', '\u{bb}', '\u{203a}'];

/// Bytes after which a sentence is parted. Judging takes time with the square of its length, and every finding quotes it; the
/// longest real sentences have a few hundred.
const LONGEST: usize = 4096;
/// Characters of the longest word before a full stop that is looked at.
const LONGEST_WORD: usize = 24;
/// Bytes that are looked over at once.
const ROW: usize = 32;

/// Cuts one block into sentences, which `sink` takes. `breaks` are the offsets of forced line breaks in the document, in
/// order.
pub(super) fn split(prose: &str, block: Span, breaks: &[usize], headings: &Headings, sink: impl FnMut(Span)) {
    let start = after_blanks(prose, block.start, block.end);
    let mut cutter = Cutter { prose, end: block.end, start, looked: start, headings, sink };
    let mut breaks = &breaks[breaks.partition_point(|&at| at < block.start)..];
    let mut at = block.start;
    while let Some(found) = next_end(&prose.as_bytes()[at..block.end]) {
        at = cutter.force(&mut breaks, at + found);
        at = cutter.look(at);
    }
    cutter.force(&mut breaks, block.end);
    cutter.cut(block.end);
}

/// The next byte at which a sentence may end. So few do that bytes are looked over in rows, each at once.
fn next_end(bytes: &[u8]) -> Option<usize> {
    let (rows, _) = bytes.as_chunks::<ROW>();
    let clear = rows.iter().take_while(|row| !has_end(row)).count() * ROW;
    bytes[clear..].iter().position(|&byte| may_end(byte)).map(|at| clear + at)
}

fn has_end(row: &[u8; ROW]) -> bool {
    row.iter().fold(0, |any, &byte| any | ends(byte)) != 0
}

/// Whether a sentence may end at a byte: a stop, a line end, the first byte of a mark beyond ASCII.
fn may_end(byte: u8) -> bool {
    ends(byte) != 0
}

/// The same as a number, without branches, so that a whole row is compared at once.
fn ends(byte: u8) -> u8 {
    let is = |mark: u8| u8::from(byte == mark);
    is(b'.') | is(b'!') | is(b'?') | is(b'\n') | is(0xe2) | is(0xe3)
}

struct Cutter<'d, S> {
    prose: &'d str,
    end: usize,
    /// Where the sentence being read begins; no white space stands there.
    start: usize,
    /// Forced line breaks before this have been looked at: only white space stands between them and here.
    looked: usize,
    headings: &'d Headings,
    sink: S,
}

impl<S: FnMut(Span)> Cutter<'_, S> {
    /// Reads one byte or a run of stops; returns where to go on.
    fn look(&mut self, at: usize) -> usize {
        match self.prose.as_bytes()[at] {
            b'.' | b'!' | b'?' => self.stop(at),
            0xe2 if self.prose[at..].starts_with('\u{2026}') => self.stop(at),
            0xe3 if self.prose[at..].starts_with('\u{3002}') => self.hard_stop(at),
            b'\n' => self.line_end(at),
            _ => at + 1,
        }
    }

    fn stop(&mut self, at: usize) -> usize {
        if self.prose.as_bytes()[at + 1..self.end].first().is_some_and(u8::is_ascii_alphanumeric) {
            return at + 1; // within a number, a name, an address
        }
        let rest = &self.prose[at..self.end];
        // Nearly all are one mark and a blank.
        let alone = matches!(rest.as_bytes(), [b'.' | b'!' | b'?', b' ' | b'\n', ..] | [b'.' | b'!' | b'?']);
        let stops = if alone { 1 } else { len_of(rest, |c| matches!(c, '.' | '!' | '?' | '\u{2026}')) };
        let closers = if alone { 0 } else { len_of(&rest[stops..], |c| CLOSERS.contains(&c)) };
        let after = at + stops + closers;
        let next = after_blanks(self.prose, after, self.end);
        if next == after && next < self.end {
            return after; // no white space
        }
        let next = &self.prose[next..self.end];
        if self.is_end(at, stops, closers, next) {
            self.cut(after);
        }
        after
    }

    fn is_end(&self, at: usize, stops: usize, closers: usize, next: &str) -> bool {
        let opens = next.bytes().take_while(|byte| b"([*_- ".contains(byte)).count();
        let next = next[opens..].chars().next();
        let run = &self.prose[at..at + stops];
        let Some(next) = next else { return true };
        if matches!(next, ',' | ';' | ':' | ')' | ']' | '}') {
            return false;
        }
        if next.is_lowercase() && closers > 0 {
            return false; // "why?" was asked
        }
        if run == "." {
            return self.full_stop(at, next);
        }
        !next.is_lowercase() || run.ends_with(['!', '?'])
    }

    /// A single full stop ends a sentence unless the word before it says otherwise.
    fn full_stop(&self, at: usize, next: char) -> bool {
        let before = &self.prose[self.start..at];
        let word = last_word(before);
        let counts = word.len() <= 3
            && word.bytes().all(|byte| byte.is_ascii_digit())
            && word.len() == before.trim().len();
        let initial = word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase() && c != 'I');
        if counts || initial || self.headings.is_abbreviation(word, Some(next)) {
            return false;
        }
        // Many sentences here begin with the name of a program, which is in small letters.
        let short = word.chars().count() < 3 && !word.bytes().all(|byte| byte.is_ascii_digit());
        !next.is_lowercase() || !short
    }

    /// A full stop of a script that puts no space after it.
    fn hard_stop(&mut self, at: usize) -> usize {
        self.cut(at + 3);
        at + 3
    }

    /// Looks at the next line with words; returns where it begins, so that no run of blank ones is looked at twice.
    fn line_end(&mut self, at: usize) -> usize {
        let next = after_blanks(self.prose, at + 1, self.end);
        let rest = &self.prose[next..self.end];
        let line = &rest[..memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())];
        let opens = line.starts_with(BULLETS)
            || self.opens_with_time(line) && self.is_entry(at)
            || labels::opens_line(line, self.headings);
        if opens {
            self.cut(at);
        }
        next
    }

    /// Whether the line before reads as one entry of a log; a wrapped line may well begin with a time.
    fn is_entry(&self, at: usize) -> bool {
        let before = self.prose[self.start..at.max(self.start)].trim_end();
        before.ends_with(['.', ':', ';', '!', '?', ')']) || self.opens_with_time(before)
    }

    fn opens_with_time(&self, line: &str) -> bool {
        self.headings.dates.at_line_start(line).is_some()
    }

    /// Cuts at the forced line breaks before `at`; returns `at`.
    fn force(&mut self, breaks: &mut &[usize], at: usize) -> usize {
        while let Some((&forced, rest)) = breaks.split_first().filter(|(forced, _)| **forced < at) {
            *breaks = rest;
            self.forced(forced.max(self.start));
        }
        at
    }

    fn forced(&mut self, at: usize) {
        if at < self.looked {
            return;
        }
        self.looked = after_blanks(self.prose, at, self.end);
        let next = &self.prose[self.looked..self.end];
        if next.chars().next().is_none_or(|next| !next.is_lowercase()) {
            self.cut(at);
        }
    }

    /// Ends a sentence, and takes one that no reader would take for one apart.
    fn cut(&mut self, at: usize) {
        while let Some(part) = self.overlong(at) {
            self.piece(part);
        }
        self.piece(at);
    }

    /// Where to part what stands before `at`, if it is too long: at white space or, where there is none, before a mark.
    /// Masked text and words are never parted.
    fn overlong(&self, at: usize) -> Option<usize> {
        let reach = self.start + LONGEST;
        if at <= reach {
            return None;
        }
        let reach = (0..=reach).rev().find(|&at| self.prose.is_char_boundary(at)).unwrap_or(at);
        let (near, far) = (&self.prose[self.start..reach], &self.prose[reach..at]);
        let space = near.rfind(char::is_whitespace).filter(|&at| at > 0);
        let mark = || near.rfind(is_mark).filter(|&at| at > 0);
        let near = space.or_else(mark).map(|at| self.start + at);
        near.or_else(|| far.find(is_mark).map(|at| reach + at))
    }

    fn piece(&mut self, at: usize) {
        if at <= self.start {
            return;
        }
        let text = self.prose[self.start..at].trim_end();
        let from = self.start;
        if !text.is_empty() {
            (self.sink)(Span::new(from, from + text.len()));
        }
        self.start = after_blanks(self.prose, at, self.end);
    }
}

/// Where the white space that stands at `at` ends.
fn after_blanks(prose: &str, at: usize, end: usize) -> usize {
    let rest = &prose.as_bytes()[at..end];
    let plain = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n')).count();
    match rest.get(plain) {
        // All that is prose and white space and no blank or line feed is beyond ASCII.
        Some(byte) if !byte.is_ascii() => end - prose[at + plain..end].trim_start().len(),
        _ => at + plain,
    }
}

/// Whether a sentence without white space may be parted here.
fn is_mark(sign: char) -> bool {
    !sign.is_alphanumeric() && sign != char::from(CODE)
}

fn len_of(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// The word, with its inner stops, that ends `text`; nothing if inline code or a bracket does.
fn last_word(text: &str) -> &str {
    let tail = &text.as_bytes()[text.len().saturating_sub(LONGEST_WORD)..];
    let plain = tail.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'.').count();
    let before = tail.len().checked_sub(plain + 1).map(|at| tail[at]);
    if before.is_some_and(|byte| !byte.is_ascii()) {
        return last_foreign_word(text);
    }
    &text[text.len() - plain..]
}

/// The same where it may have letters beyond ASCII.
fn last_foreign_word(text: &str) -> &str {
    let last = text.char_indices().rev().take(LONGEST_WORD);
    let word = last.take_while(|&(_, c)| c.is_alphanumeric() || c == '.').last();
    word.map_or("", |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Looking over rows of bytes finds what looking at each byte does.
        #[test]
        fn rows_hide_no_end(text in "[a-z .!?\n\u{2026}\u{3002}\u{e9}]{0,200}") {
            let slow = text.bytes().position(may_end);
            proptest::prop_assert_eq!(next_end(text.as_bytes()), slow);
        }

        /// A word is the same whether or not its letters could be beyond ASCII.
        #[test]
        fn plain_words_are_words(text in "[a-cX-Z0-9. (\u{e9}\u{4e00}]{0,60}") {
            proptest::prop_assert_eq!(last_word(&text), last_foreign_word(&text));
        }
    }

    #[test]
    fn every_mark_that_may_end_a_sentence_is_looked_at() {
        for mark in [".", "!", "?", "\n", "\u{2026}", "\u{3002}"] {
            assert_eq!(next_end(format!("{}{mark}", "a".repeat(40)).as_bytes()), Some(40), "{mark:?}");
        }
    }
}
