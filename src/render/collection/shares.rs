//! Numbers in sentences.

/// With fewer documents than this, a share is given as a number and never as a percentage.
const ENOUGH: usize = 10;

/// Returns `3 of 7`, or `12 of 25 (48 %)` if there are enough documents for a percentage.
pub(super) fn share(count: usize, of: usize) -> String {
    if of < ENOUGH {
        format!("{count} of {of}")
    } else {
        format!("{count} of {of} ({} %)", per_cent(count, of))
    }
}

/// Returns a share in per cent, rounded.
fn per_cent(count: usize, of: usize) -> usize {
    (count * 100 + of / 2) / of
}

/// Returns a number of minutes for people.
pub(super) fn duration(minutes: i64) -> String {
    let (days, hours, rest) = (minutes / (24 * 60), minutes / 60 % 24, minutes % 60);
    match (days, hours) {
        (0, 0) => format!("{rest} min"),
        (0, _) => format!("{hours} h {rest:02} min"),
        _ => format!("{days} d {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_documents_have_no_percentage() {
        assert_eq!(share(3, 7), "3 of 7");
        assert_eq!(share(12, 25), "12 of 25 (48 %)");
        assert_eq!(share(17, 122), "17 of 122 (14 %)");
        assert_eq!(share(0, 0), "0 of 0");
    }

    #[test]
    fn durations_are_rounded_as_people_say_them() {
        assert_eq!(duration(7), "7 min");
        assert_eq!(duration(65), "1 h 05 min");
        assert_eq!(duration(26 * 60), "1 d 2 h");
    }
}
