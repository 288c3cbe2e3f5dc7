//! "Did you mean" hints: finds the known name most similar to a mistyped one.

/// Maximum number of names that are listed.
const FEW: usize = 16;

/// Returns the most similar name, if it differs in few letters for its length. Case, spaces and underscores are
/// ignored.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let name = name.to_lowercase().replace([' ', '_'], "-");
    let near = known.into_iter().map(|known| (strsim::osa_distance(&name, known), known));
    near.filter(|(slips, known)| *slips <= known.chars().count() / 3).min().map(|(_, known)| known)
}

/// Returns the end of a message about an unknown name: the most similar known name, or all of them if there are few.
pub fn advice<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if (1..=FEW).contains(&known.len()) => format!("; expected one of: {}", known.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 3] = ["human-error", "hindsight", "single-cause"];

    #[test]
    fn a_typo_gets_a_hint_and_a_guess_does_not() {
        assert_eq!(nearest("Human Eror", KNOWN), Some("human-error"));
        assert_eq!(nearest("hindsite", KNOWN), Some("hindsight"));
        assert_eq!(nearest("colour", KNOWN), None);
        assert_eq!(nearest("", KNOWN), None);
    }

    #[test]
    fn advice_contains_known_names() {
        assert_eq!(advice("hindsite", KNOWN), "; did you mean `hindsight`?");
        assert_eq!(advice("colour", KNOWN), "; expected one of: human-error, hindsight, single-cause");
        assert_eq!(advice("colour", []), "");
    }
}
