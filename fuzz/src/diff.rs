//! Diffs: any input gives changes whose lines make sense, in colour too, or is refused.

use rcalint::vcs::diff::Changes;

/// A text with comments that allow findings, and lines without.
const TEXT: &str = "a\n<!-- rcalint-allow: x -->\n<!-- rcalint-allow: y -->\nb\n";

/// Reads the bytes as a diff.
pub fn check(bytes: &[u8]) {
    let read = Changes::parse(bytes);
    if let Ok(changes) = &read {
        for file in changes.files.values() {
            let new = file.new_allows(TEXT);
            assert!(
                new.iter().all(|&line| file.touches(line, line)),
                "a new comment on an old line: {file:?}"
            );
        }
    }
    if !bytes.contains(&0x1b) {
        assert_eq!(Changes::parse(&in_colour(bytes)), read, "colour changes nothing");
    }
}

/// Returns a diff as git prints it to a terminal: the end of the last line has no colour.
fn in_colour(diff: &[u8]) -> Vec<u8> {
    let coloured = |line: &[u8]| match line.strip_suffix(b"\n") {
        Some(text) => [b"\x1b[31m", text, b"\x1b[m\n"].concat(),
        None => [b"\x1b[31m", line, b"\x1b[m"].concat(),
    };
    diff.split_inclusive(|&byte| byte == b'\n').flat_map(coloured).collect()
}
