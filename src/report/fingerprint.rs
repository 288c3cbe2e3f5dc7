//! Stable names for findings: FNV-1a 64 of rule, normalised sentence and ordinal among equals.

use std::collections::HashMap;

/// Hash of a finding: `rule`, the sentence in lower case with every run of other characters than letters and digits as
/// one space, and its ordinal (from 0) among findings of that rule and sentence in the document; fields joined by `\n`,
/// printed as 16 hexadecimal digits. Line numbers and reflows do not change it. `schemas/README.md` has test vectors.
///
/// ```
/// use rcalint::report::fingerprint::fingerprint;
/// assert_eq!(fingerprint("human-error", "The root cause was human error.", 0), "69924b92b12e217f");
/// ```
pub fn fingerprint(rule: &str, sentence: &str, ordinal: usize) -> String {
    digest(&format!("{rule}\n{}\n{ordinal}", normalised(sentence)))
}

/// Fingerprints of the findings of one document, to be asked for in the order of the document.
#[derive(Clone, Debug, Default)]
pub struct Fingerprints {
    /// How many findings there are so far of each rule and sentence.
    seen: HashMap<String, usize>,
}

impl Fingerprints {
    /// The fingerprint of the next finding of that rule in such a sentence.
    pub fn next(&mut self, rule: &str, sentence: &str) -> String {
        let key = format!("{rule}\n{}", normalised(sentence));
        let ordinal = self.seen.get(&key).copied().unwrap_or_default();
        let fingerprint = digest(&format!("{key}\n{ordinal}"));
        self.seen.insert(key, ordinal + 1);
        fingerprint
    }
}

/// FNV-1a 64 of any text, as 16 hexadecimal digits.
pub fn digest(text: &str) -> String {
    format!("{:016x}", fnv1a(text.as_bytes()))
}

/// The sentence as the fingerprint sees it.
fn normalised(sentence: &str) -> String {
    let lower = sentence.to_lowercase();
    let mut line = String::with_capacity(lower.len());
    for word in lower.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()) {
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    line
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    /// The vectors in `schemas/README.md` are a test of their own.
    #[test]
    fn marks_do_not_matter_and_the_ordinal_does() {
        assert_eq!(
            fingerprint("human-error", "Root cause: human error.", 0),
            fingerprint("human-error", "root cause\n human  error", 0)
        );
        assert_ne!(
            fingerprint("human-error", "Root cause: human error.", 0),
            fingerprint("human-error", "Root cause: human error.", 1)
        );
    }
}
