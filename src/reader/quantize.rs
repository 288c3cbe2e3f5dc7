//! Rounds numbers to bytes, written so that the compiler vectorises it on every processor.

use crate::reader::arithmetic::LANES;

/// 1.5 · 2²³: adding it rounds to a whole number, half to even, which is then in the lowest bits.
const SHIFT: f32 = 12_582_912.0;
/// The byte that stands for zero.
pub(crate) const ZERO: u8 = 128;
/// Steps from zero to the largest number of a row of states.
const STEPS: f32 = 127.0;

/// Rows of states as bytes around [`ZERO`].
pub(crate) struct Bytes {
    pub(crate) steps: Vec<u8>,
    /// For each row the value of one step.
    pub(crate) scales: Vec<f32>,
}

/// Rounds each row of `width` numbers to 127ths of its largest magnitude.
pub(crate) fn to_bytes(states: &[f32], width: usize) -> Bytes {
    let mut steps = Vec::with_capacity(states.len());
    let mut scales = Vec::with_capacity(states.len() / width);
    for row in states.chunks_exact(width) {
        let scale = largest(row).max(1e-8) / STEPS;
        let inverse = 1.0 / scale;
        steps.extend(row.iter().map(|value| nearest(value * inverse).cast_unsigned().wrapping_add(ZERO)));
        scales.push(scale);
    }
    Bytes { steps, scales }
}

/// Returns the nearest whole number of a value between -128 and 127. Any other value gives any result.
#[expect(clippy::cast_possible_truncation, reason = "the lowest byte is the result")]
pub(crate) fn nearest(value: f32) -> i8 {
    ((value + SHIFT).to_bits() as u8).cast_signed()
}

/// Returns the largest magnitude in a row whose length is a multiple of [`LANES`].
pub(crate) fn largest(row: &[f32]) -> f32 {
    let mut lanes = [0_f32; LANES];
    for chunk in row.chunks_exact(LANES) {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            let value = value.abs();
            *lane = if value > *lane { value } else { *lane };
        }
    }
    lanes.into_iter().fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_half_to_even() {
        let rounded = [-128.0, -1.5, -0.5, 0.4, 0.5, 1.5, 126.6, 127.0].map(nearest);
        assert_eq!(rounded, [-128, -2, 0, 0, 0, 2, 127, 127]);
    }

    #[test]
    fn the_largest_number_of_a_row_becomes_the_largest_byte() {
        let row: Vec<f32> = (0_u8..16).map(|value| f32::from(value) - 10.0).collect();
        let bytes = to_bytes(&row, 16);
        assert_eq!((bytes.steps[0], bytes.steps[10]), (1, ZERO));
        assert!((bytes.scales[0] - 10.0 / 127.0).abs() < 1e-6);
    }
}
