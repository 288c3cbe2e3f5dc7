//! A linear layer in floats.

use crate::reader::arithmetic::dot;

/// A linear layer whose inputs are a multiple of 16.
pub(crate) struct Dense {
    /// A row for each output.
    pub(crate) weights: Vec<f32>,
    /// A number for each output.
    pub(crate) biases: Vec<f32>,
}

impl Dense {
    /// Returns the outputs.
    pub(crate) fn apply(&self, input: &[f32]) -> Vec<f32> {
        let rows = self.weights.chunks_exact(input.len()).zip(&self.biases);
        rows.map(|(row, bias)| dot(row, input) + bias).collect()
    }
}
