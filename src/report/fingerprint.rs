//! Stable identifiers of findings: FNV-1a 64 of the rule, the normalised sentence and the ordinal among equal ones.

use std::collections::HashMap;

/// Returns the fingerprint of a finding: 16 hexadecimal digits for `rule`, `sentence` and `ordinal`, joined by `\n`.
/// The sentence is in lower case, with every run of characters other than letters and digits as one space. The ordinal
/// counts findings with the same rule and sentence in the document, from 0. Line numbers and reflows do not change the
/// result. `schemas/README.md` has test vectors.
///
/// ```
/// use rcalint::report::fingerprint::fingerprint;
/// assert_eq!(fingerprint("human-error", "The root cause was human error.", 0), "69924b92b12e217f");
/// ```
pub fn fingerprint(rule: &str, sentence: &str, ordinal: usize) -> String {
    digest(&format!("{rule}\n{}\n{ordinal}", normalised(sentence)))
}

/// Assigns the fingerprints of the findings of one document, in document order.
#[derive(Clone, Debug, Default)]
pub struct Fingerprints {
    /// Number of findings so far for each rule and sentence.
    seen: HashMap<String, usize>,
}

impl Fingerprints {
    /// Returns the fingerprint of the next finding with this rule and sentence.
    pub fn next(&mut self, rule: &str, sentence: &str) -> String {
        let key = format!("{rule}\n{}", normalised(sentence));
        let ordinal = self.seen.get(&key).copied().unwrap_or_default();
        let fingerprint = digest(&format!("{key}\n{ordinal}"));
        self.seen.insert(key, ordinal + 1);
        fingerprint
    }
}

/// Returns the FNV-1a 64 hash of a text, as 16 hexadecimal digits.
pub fn digest(text: &str) -> String {
    format!("{:016x}", fnv1a(text.as_bytes()))
}

/// Returns the sentence as used in the fingerprint.
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

    /// Another test checks the vectors in `schemas/README.md`.
    #[test]
    fn punctuation_does_not_matter_and_the_ordinal_does() {
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
