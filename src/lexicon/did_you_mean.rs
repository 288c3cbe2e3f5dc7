//! "Did you mean": the known name that a mistyped one is nearest to.

/// The name that is the fewest slips away, if these are few for its length. Case, spaces and underscores do not count
/// as slips.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let name = name.to_lowercase().replace([' ', '_'], "-");
    let near = known.into_iter().map(|known| (strsim::osa_distance(&name, known), known));
    near.filter(|(slips, known)| *slips <= known.chars().count() / 3).min().map(|(_, known)| known)
}

/// What is said of a name that is not known: the nearest known one, or all of them while they are few.
pub fn advice<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if (1..=FEW).contains(&known.len()) => format!("; expected one of: {}", known.join(", ")),
        None => String::new(),
    }
}

/// Names that a reader takes in at a glance.
const FEW: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 3] = ["human-error", "hindsight", "single-cause"];

    #[test]
    fn a_slip_is_forgiven_and_a_guess_is_not() {
        assert_eq!(nearest("Human Eror", KNOWN), Some("human-error"));
        assert_eq!(nearest("hindsite", KNOWN), Some("hindsight"));
        assert_eq!(nearest("colour", KNOWN), None);
        assert_eq!(nearest("", KNOWN), None);
    }

    #[test]
    fn advice_names_what_is_known() {
        assert_eq!(advice("hindsite", KNOWN), "; did you mean `hindsight`?");
        assert_eq!(advice("colour", KNOWN), "; expected one of: human-error, hindsight, single-cause");
        assert_eq!(advice("colour", []), "");
    }
}
