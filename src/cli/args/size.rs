//! Parses sizes on the command line.

/// Exclusive upper limit of a size in bytes, so that it also limits offsets in a document.
const MAX_BYTES: u64 = 1 << 32;

/// Parses a number of bytes: `1048576`, `500k`, `1MiB`.
pub(crate) fn parse_size(text: &str) -> Result<u64, String> {
    let end = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let number: u64 = digits.parse().map_err(|_| "expected a number, such as 500k".to_owned())?;
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "kib" => 1 << 10,
        "m" | "mb" => 1_000_000,
        "mib" => 1 << 20,
        _ => return Err("expected one of the units k, KiB, M and MiB".to_owned()),
    };
    let size = number.checked_mul(factor).filter(|size| *size < MAX_BYTES);
    size.ok_or_else(|| "the size must be below 4 GiB".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_may_have_units() {
        assert_eq!(parse_size("12"), Ok(12));
        assert_eq!(parse_size("500k"), Ok(500_000));
        assert_eq!(parse_size("1MiB"), Ok(1 << 20));
        assert_eq!(parse_size("2 KiB"), Ok(2048));
        assert_eq!(parse_size("4095MiB"), Ok(4095 << 20));
    }

    #[test]
    fn other_sizes_are_errors() {
        for size in ["MiB", "1 furlong", "99999999999999999999", "18446744073709551615k", "4096MiB"] {
            assert!(parse_size(size).is_err(), "{size}");
        }
    }
}
