//! JSON as text, laid out as `serde_json` does it, and written so that a terminal and a workflow's log may show it: what
//! they would obey stands only in strings, where JSON can spell it out.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::render::escape::{is_hidden, marks_command};

/// Bytes that the text of a document's report has at least.
const USUAL: usize = 1 << 14;

/// On several lines, as if it stood that deep within other brackets.
pub(super) fn pretty(value: &impl Serialize, depth: usize) -> String {
    written(value, Pretty { depth, is_empty: true })
}

/// On one line.
pub(super) fn compact(value: &impl Serialize) -> String {
    written(value, Compact)
}

/// Plain data with string keys is always JSON, so a failure has nothing to tell.
fn written(value: &impl Serialize, layout: impl Formatter) -> String {
    let mut text = Vec::with_capacity(USUAL);
    let done = value.serialize(&mut Serializer::with_formatter(&mut text, layout));
    done.ok().and_then(|()| String::from_utf8(text).ok()).unwrap_or_default()
}

struct Compact;

impl Formatter for Compact {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        write_harmless(to, fragment)
    }
}

struct Pretty {
    /// Brackets that are open.
    depth: usize,
    /// Whether the innermost of them holds nothing yet.
    is_empty: bool,
}

impl Pretty {
    fn open(&mut self, to: &mut (impl Write + ?Sized), bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_empty = true;
        to.write_all(bracket)
    }

    fn close(&mut self, to: &mut (impl Write + ?Sized), bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if !self.is_empty {
            self.line(to)?;
        }
        to.write_all(bracket)
    }

    fn next(&self, to: &mut (impl Write + ?Sized), first: bool) -> io::Result<()> {
        if !first {
            to.write_all(b",")?;
        }
        self.line(to)
    }

    /// A line's end and the blanks of the next: all at once, for there are as many lines as values.
    fn line(&self, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
        const DEEP: &[u8] = b"\n                        ";
        match DEEP.get(..=2 * self.depth) {
            Some(blanks) => to.write_all(blanks),
            None => write!(to, "\n{:1$}", "", 2 * self.depth),
        }
    }
}

impl Formatter for Pretty {
    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_empty = false;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_empty = false;
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        write_harmless(to, fragment)
    }
}

/// A piece of a string in which nothing needs an escape of JSON's own.
fn write_harmless(to: &mut (impl Write + ?Sized), fragment: &str) -> io::Result<()> {
    let (mut done, mut seen) = (0, 0);
    while let Some(more) = suspect(&fragment.as_bytes()[seen..]) {
        let at = seen + more;
        let Some(sign) = fragment[at..].chars().next() else { break };
        seen = at + sign.len_utf8();
        if is_obeyed(&fragment[..at], sign) {
            to.write_all(&fragment.as_bytes()[done..at])?;
            write!(to, "\\u{:04x}", u32::from(sign))?;
            done = seen;
        }
    }
    to.write_all(&fragment.as_bytes()[done..])
}

/// Where the first sign begins that needs a look. Most pieces are short names; what is long is looked through 16 bytes at
/// a time, which a way out before their end would forbid.
fn suspect(bytes: &[u8]) -> Option<usize> {
    let holds = |chunk: &[u8; 16]| chunk.iter().fold(false, |found, byte| found | may_be_obeyed(*byte));
    let clean = 16 * bytes.as_chunks().0.iter().take_while(|chunk| !holds(chunk)).count();
    let within = bytes[clean..].iter().position(|byte| may_be_obeyed(*byte))?;
    Some(clean + within)
}

fn is_obeyed(head: &str, sign: char) -> bool {
    sign == '\u{7f}' || is_hidden(sign) || (sign == '[' && marks_command(head))
}

/// Whether a sign of JSON that begins with this byte needs a look: most bytes are plain letters.
const fn may_be_obeyed(byte: u8) -> bool {
    byte == b'[' || byte >= 0x7f
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_layout_is_that_of_serde_json() {
        let value =
            json!({ "a": [], "b": {}, "c": [1, [2, { "d": [[[[[[[[[[[["\n\"e\""]]]]]]]]]]]] }], null] });
        assert_eq!(pretty(&value, 0), serde_json::to_string_pretty(&value).unwrap());
        assert_eq!(compact(&value), serde_json::to_string(&value).unwrap());
        let deeper = serde_json::to_string_pretty(&value).unwrap().replace('\n', "\n    ");
        assert_eq!(pretty(&value, 2), deeper);
    }

    #[test]
    fn what_would_be_obeyed_is_spelled_out() {
        let text = "é\u{7f}\u{9b}31m ##[group] ##vso[a]\n##[b] [c] \u{202e}x";
        let written = compact(&text);
        let spelled = r#""é\u007f\u009b31m ##\u005bgroup] ##vso\u005ba]\n##\u005bb] [c] \u202ex""#;
        assert_eq!(written, spelled);
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
