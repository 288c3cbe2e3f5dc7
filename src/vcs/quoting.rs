//! Names that git prints in quotation marks, because they contain special characters.

/// Returns the name that git may have quoted as a C string.
pub fn unquoted(text: &str) -> String {
    let text = text.trim_end_matches('\t');
    let Some(inner) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else {
        return text.to_owned();
    };
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, used) = if *first == b'\\' { escaped(after) } else { (*first, 0) };
        bytes.push(byte);
        rest = &after[used.min(after.len())..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns the byte encoded after a backslash, and the number of bytes in its encoding.
fn escaped(after: &[u8]) -> (u8, usize) {
    let octal = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok();
    match after.first() {
        Some(b'0'..=b'7') => after.get(..3).and_then(octal).map_or((b'?', 1), |byte| (byte, 3)),
        Some(b'n') => (b'\n', 1),
        Some(b't') => (b'\t', 1),
        Some(b'r') => (b'\r', 1),
        Some(b'a') => (7, 1),
        Some(b'b') => (8, 1),
        Some(b'v') => (11, 1),
        Some(b'f') => (12, 1),
        Some(&other) => (other, 1),
        None => (b'\\', 0),
    }
}
