//! Sums in a fixed order, so that every processor gets the same result.

use rten_simd::SimdUnaryOp;
use rten_vecmath::Exp;

/// Number of partial sums, each over every 16th number.
pub(crate) const LANES: usize = 16;

/// Scale and shift that follow a normalisation.
pub(crate) struct Norm {
    pub(crate) weight: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

impl Norm {
    /// Gives each row a mean of zero and a variance of one, then scales and shifts it.
    pub(crate) fn apply(&self, states: &mut [f32]) {
        let width = self.weight.len();
        for row in states.chunks_exact_mut(width) {
            let mean = sum_of(row, |value| value) / to_float(width);
            let variance = sum_of(row, |value| (value - mean) * (value - mean)) / to_float(width);
            let inverse = 1.0 / (variance + 1e-12).sqrt();
            for ((value, weight), bias) in row.iter_mut().zip(&self.weight).zip(&self.bias) {
                *value = (*value - mean) * inverse * weight + bias;
            }
        }
    }
}

/// Turns a row of log-odds into weights that add up to one.
pub(crate) fn softmax(row: &mut [f32]) {
    let largest = row.iter().copied().fold(f32::MIN, f32::max);
    for value in &mut *row {
        *value -= largest;
    }
    Exp {}.map_mut(row);
    let inverse = 1.0 / sum_of(row, |value| value);
    for value in row {
        *value *= inverse;
    }
}

/// Returns the scalar product of two rows whose length is a multiple of [`LANES`].
pub(crate) fn dot(left: &[f32], right: &[f32]) -> f32 {
    let mut lanes = [0_f32; LANES];
    for (left, right) in left.chunks_exact(LANES).zip(right.chunks_exact(LANES)) {
        for ((lane, left), right) in lanes.iter_mut().zip(left).zip(right) {
            *lane += left * right;
        }
    }
    lanes.into_iter().sum()
}

/// Adds `other` to `states`.
pub(crate) fn add(states: &mut [f32], other: &[f32]) {
    for (state, other) in states.iter_mut().zip(other) {
        *state += other;
    }
}

/// Returns a count as a float.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2²⁴")]
pub(crate) fn to_float(count: usize) -> f32 {
    count as f32
}

fn sum_of(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0_f32; LANES];
    for chunk in row.chunks(LANES) {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += term(*value);
        }
    }
    lanes.into_iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softmax_keeps_the_order_and_adds_up_to_one() {
        let mut row = [1.0, 3.0, 2.0, -50.0];
        softmax(&mut row);
        assert!(row[1] > row[2] && row[2] > row[0] && row[0] > row[3]);
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_normalised_row_has_the_mean_of_the_bias() {
        let norm = Norm { weight: vec![2.0; LANES], bias: vec![1.0; LANES] };
        let mut row: Vec<f32> = (0_u8..16).map(f32::from).collect();
        norm.apply(&mut row);
        assert!((sum_of(&row, |value| value) - 16.0).abs() < 1e-4);
        assert!((dot(&row, &row) / 16.0 - 5.0).abs() < 1e-3);
    }
}
