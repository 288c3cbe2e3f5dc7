//! What the network says about a whole document: its sentences summed up several times, each time with other weights.

use crate::reader::arithmetic::softmax;
use crate::reader::dense::Dense;

/// The layers that sum up a document.
pub(crate) struct Whole {
    /// How much a sentence counts in each sum, in log-odds.
    pub(crate) weight: Dense,
    /// What a sentence adds to every sum.
    pub(crate) features: Dense,
    /// The outputs, from all sums.
    pub(crate) judge: Dense,
}

/// What one sentence adds.
pub(crate) struct Part {
    weights: Vec<f32>,
    features: Vec<f32>,
}

impl Whole {
    /// Returns what a sentence adds, given its pooled states.
    pub(crate) fn part(&self, pooled: &[f32]) -> Part {
        let features = self.features.apply(pooled).into_iter().map(|feature| feature.max(0.0)).collect();
        Part { weights: self.weight.apply(pooled), features }
    }

    /// Returns the outputs for a document, in log-odds.
    pub(crate) fn judge(&self, parts: &[&Part]) -> Vec<f32> {
        let views = 0..self.weight.biases.len();
        let sums: Vec<f32> = views.flat_map(|view| self.sum(parts, view)).collect();
        self.judge.apply(&sums)
    }

    /// Returns the mean of the features, weighted for one view. Without sentences, it is zero.
    fn sum(&self, parts: &[&Part], view: usize) -> Vec<f32> {
        let mut weights: Vec<f32> = parts.iter().map(|part| part.weights[view]).collect();
        softmax(&mut weights);
        let mut sum = vec![0.0; self.features.biases.len()];
        for (part, weight) in parts.iter().zip(weights) {
            sum.iter_mut().zip(&part.features).for_each(|(sum, feature)| *sum += feature * weight);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sums of two views with 16 features; the output is their sum.
    fn whole() -> Whole {
        let eye = |rows: usize| (0..rows * 16).map(|at| if at % 17 == 0 { 1.0 } else { 0.0 }).collect();
        Whole {
            weight: Dense { weights: eye(2), biases: vec![0.0; 2] },
            features: Dense { weights: eye(16), biases: vec![0.0; 16] },
            judge: Dense { weights: vec![1.0; 32], biases: vec![0.5] },
        }
    }

    #[test]
    fn each_view_gives_most_weight_to_other_sentences() {
        let whole = whole();
        let sentence =
            |at: usize| (0..16).map(|place| if place == at { 50.0 } else { -1.0 }).collect::<Vec<f32>>();
        let parts = [whole.part(&sentence(0)), whole.part(&sentence(1)), whole.part(&sentence(9))];
        let sum = whole.sum(&parts.iter().collect::<Vec<_>>(), 1);
        assert_eq!(sum.iter().map(|value| value.round()).take(3).collect::<Vec<_>>(), [0.0, 50.0, 0.0]);
        assert!((whole.judge(&parts.iter().collect::<Vec<_>>())[0] - 100.5).abs() < 1e-3);
    }

    #[test]
    fn a_document_without_sentences_has_outputs() {
        assert_eq!(whole().judge(&[]), [0.5]);
    }
}
