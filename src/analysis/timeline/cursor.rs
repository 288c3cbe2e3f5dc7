//! A line read from its front, piece by piece. Times stand on nearly every line of a timeline, and a regular expression
//! for them cost more than all else that is done with it.

use std::ops::RangeInclusive;

/// A place in a line.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    line: &'t str,
    /// The next byte; what is stepped over is ASCII or a whole sign, so this is always where one begins.
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) const fn new(line: &'t str, at: usize) -> Self {
        Self { line, at }
    }

    fn next(&self) -> Option<u8> {
        self.line.as_bytes().get(self.at).copied().filter(u8::is_ascii)
    }

    /// Whether the next byte is of that kind.
    pub(super) fn is_at(&self, kind: impl Fn(u8) -> bool) -> bool {
        self.next().is_some_and(kind)
    }

    /// The next byte, if it is of that kind.
    pub(super) fn take(&mut self, kind: impl Fn(u8) -> bool) -> Option<u8> {
        let byte = self.next().filter(|&byte| kind(byte))?;
        self.at += 1;
        Some(byte)
    }

    /// Bytes of that kind as far as they go, at most `count.end()` of them; nothing if they are too few.
    pub(super) fn run(&mut self, kind: impl Fn(u8) -> bool, count: RangeInclusive<usize>) -> Option<&'t str> {
        let start = self.at;
        while self.at - start < *count.end() && self.take(&kind).is_some() {}
        (self.at - start >= *count.start()).then(|| self.since(start))
    }

    /// As many digits as there are, within these bounds.
    pub(super) fn digits(&mut self, count: RangeInclusive<usize>) -> Option<&'t str> {
        self.run(|byte| byte.is_ascii_digit(), count)
    }

    /// Any number of bytes of that kind; how many.
    pub(super) fn skip(&mut self, kind: impl Fn(u8) -> bool) -> usize {
        self.run(kind, 0..=usize::MAX).map_or(0, str::len)
    }

    /// Steps over a sign, if it is next.
    pub(super) fn sign(&mut self, sign: char) -> bool {
        let is = self.line[self.at..].starts_with(sign);
        self.at += if is { sign.len_utf8() } else { 0 };
        is
    }

    /// What `read` finds, which stays unread unless it finds it whole.
    pub(super) fn maybe<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let found = read(&mut ahead)?;
        *self = ahead;
        Some(found)
    }

    /// Whether no word goes on here.
    pub(super) fn parts(&self) -> bool {
        !self.next().is_some_and(is_word)
    }

    /// Whether all was read.
    pub(super) fn is_done(&self) -> bool {
        self.at == self.line.len()
    }

    /// What was read from there on.
    pub(super) fn since(&self, start: usize) -> &'t str {
        &self.line[start..self.at]
    }
}

/// Letters, digits and what joins them.
pub(super) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
