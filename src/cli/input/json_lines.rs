//! Reads lines of JSON from a stream, in batches of the input that is ready.

use std::io::{self, BufRead, BufReader, Read};

/// Size in bytes from which a batch takes no more lines.
const BATCH_BYTES: usize = 8 << 20;
/// Maximum number of lines in a batch.
const BATCH_LINES: usize = 4096;

/// A line as it was read.
pub(crate) struct InputLine {
    /// Number of the line, from 1.
    pub(crate) number: usize,
    pub(crate) bytes: Vec<u8>,
    /// True if it was too long and was dropped.
    pub(crate) too_long: bool,
}

/// Reads lines from a stream.
pub(crate) struct LineReader<R> {
    input: BufReader<R>,
    number: usize,
    /// Maximum length of a line in bytes.
    limit: u64,
}

impl<R: Read> LineReader<R> {
    /// Creates a reader of lines of at most `limit` bytes; longer ones are dropped and marked.
    pub(crate) fn new(input: R, limit: u64) -> Self {
        Self { input: BufReader::with_capacity(1 << 20, input), number: 0, limit }
    }

    /// Returns the lines that are ready, and waits for at most one line. Returns no lines at the end of the stream.
    pub(crate) fn next_batch(&mut self) -> io::Result<Vec<InputLine>> {
        let (mut lines, mut size) = (Vec::new(), 0);
        while lines.len() < BATCH_LINES
            && size < BATCH_BYTES
            && (lines.is_empty() || !self.input.buffer().is_empty())
        {
            let Some(line) = self.next_line()? else { break };
            size += line.bytes.len();
            lines.push(line);
        }
        Ok(lines)
    }

    /// Returns the next line, or `None` at the end of the stream.
    pub(crate) fn next_line(&mut self) -> io::Result<Option<InputLine>> {
        let mut bytes = Vec::new();
        let read = self.input.by_ref().take(self.limit.saturating_add(1)).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        let too_long = bytes.last() != Some(&b'\n') && read as u64 > self.limit;
        if too_long {
            bytes = Vec::new();
            self.input.skip_until(b'\n')?;
        }
        Ok(Some(InputLine { number: self.number, bytes, too_long }))
    }

    /// Returns the rest of the stream.
    pub(crate) fn into_rest(self) -> impl Read {
        self.input
    }
}
