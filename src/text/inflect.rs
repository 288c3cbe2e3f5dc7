//! Regular English inflection, so that the lexicon lists each verb only once. Irregular forms are data in the lexicon.

/// Returns every regular form of `lemma`: itself and its `-s`, `-ed` and `-ing` forms. If a final consonant may double,
/// returns both forms, because doubling depends on stress, which the spelling does not show.
pub fn forms(lemma: &str) -> Vec<String> {
    let mut all = vec![lemma.to_owned(), third_person(lemma)];
    all.extend(past(lemma));
    all.extend(gerund(lemma));
    all.sort();
    all.dedup();
    all
}

/// Returns a noun and its regular plural.
pub fn plural(noun: &str) -> Vec<String> {
    let plural = third_person(noun);
    if noun.ends_with('s') { vec![noun.to_owned()] } else { vec![noun.to_owned(), plural] }
}

fn third_person(lemma: &str) -> String {
    match stem_before_y(lemma) {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| lemma.ends_with(end)) => {
            format!("{lemma}es")
        }
        None => format!("{lemma}s"),
    }
}

fn past(lemma: &str) -> Vec<String> {
    if let Some(stem) = stem_before_y(lemma) {
        return vec![format!("{stem}ied")];
    }
    if lemma.ends_with('e') {
        return vec![format!("{lemma}d")];
    }
    with_doubling(lemma, "ed")
}

fn gerund(lemma: &str) -> Vec<String> {
    if lemma.ends_with("ee") || !lemma.ends_with('e') {
        return with_doubling(lemma, "ing");
    }
    vec![format!("{}ing", &lemma[..lemma.len() - 1])]
}

fn with_doubling(lemma: &str, ending: &str) -> Vec<String> {
    let plain = format!("{lemma}{ending}");
    match doubled_consonant(lemma) {
        Some(last) => vec![plain, format!("{lemma}{last}{ending}")],
        None => vec![plain],
    }
}

/// Returns the final consonant if the word ends in consonant, vowel, consonant.
fn doubled_consonant(lemma: &str) -> Option<char> {
    let mut back = lemma.chars().rev();
    let (last, middle, first) = (back.next()?, back.next()?, back.next()?);
    let doubles = !is_vowel(last) && !"wxy".contains(last) && is_vowel(middle) && !is_vowel(first);
    doubles.then_some(last)
}

fn stem_before_y(lemma: &str) -> Option<&str> {
    let stem = lemma.strip_suffix('y')?;
    stem.chars().next_back().filter(|&before| !is_vowel(before)).map(|_| stem)
}

fn is_vowel(letter: char) -> bool {
    "aeiou".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn verbs_take_their_regular_endings() {
        assert_eq!(forms("check"), ["check", "checked", "checking", "checks"]);
        assert_eq!(forms("delete"), ["delete", "deleted", "deletes", "deleting"]);
        assert_eq!(forms("verify"), ["verified", "verifies", "verify", "verifying"]);
        assert_eq!(forms("deploy"), ["deploy", "deployed", "deploying", "deploys"]);
    }

    #[test]
    fn a_final_consonant_may_double() {
        assert!(forms("drop").contains(&"dropped".to_owned()));
        assert!(forms("commit").contains(&"committing".to_owned()));
    }
}
