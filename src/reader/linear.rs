//! Products of matrices, in bytes and in floats.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix, QuantParams};
use rten_tensor::NdTensorView;

use crate::reader::quantize::{Bytes, ZERO, to_bytes};
use crate::reader::weights::LinearWeights;

/// The kernels for products of matrices, chosen for this processor.
///
/// They are cheap to choose, and stay on the thread that chose them.
pub(crate) struct Kernels {
    bytes: GemmExecutor<u8, i8, i32>,
    floats: GemmExecutor<f32, f32, f32>,
}

/// A linear layer with its weights in the order that the kernel reads.
pub(crate) struct Linear {
    weight: PackedBMatrix<i8>,
    /// For each output the value of one step.
    scales: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
}

impl Kernels {
    pub(crate) fn new() -> Self {
        Self { bytes: GemmExecutor::new(), floats: GemmExecutor::new() }
    }

    /// Writes `alpha` times the product of two matrices to `out`.
    pub(crate) fn multiply(
        &self,
        out: &mut [f32],
        left: NdTensorView<'_, f32, 2>,
        right: NdTensorView<'_, f32, 2>,
        alpha: f32,
    ) {
        let options = GemmOptions { alpha, ..Default::default() };
        let (left, right) = (GemmInputA::Unpacked(left), GemmInputB::Unpacked(right));
        self.floats.gemm(out, left, right, options).expect("the shapes agree");
    }
}

impl Linear {
    pub(crate) fn new(weights: LinearWeights<'_>, kernels: &Kernels) -> Self {
        let rows = weights.weight.to_rows();
        let inputs = weights.weight.width;
        let matrix = NdTensorView::from_data([rows.scales.len(), inputs], &rows.steps[..]);
        let weight = kernels.bytes.prepack_b(matrix.transposed());
        Self { weight, scales: rows.scales, bias: weights.bias, inputs }
    }

    /// Returns the outputs for each row of states.
    pub(crate) fn apply(&self, states: &[f32], kernels: &Kernels) -> Vec<f32> {
        let bytes = to_bytes(states, self.inputs);
        let sums = self.sums(&bytes, kernels);
        let mut out = Vec::with_capacity(sums.len());
        for (row, scale) in sums.chunks_exact(self.scales.len()).zip(&bytes.scales) {
            let own = self.scales.iter().zip(&self.bias);
            out.extend(row.iter().zip(own).map(|(&sum, (own, bias))| to_float(sum) * (own * scale) + bias));
        }
        out
    }

    /// Returns the products in whole steps.
    fn sums(&self, bytes: &Bytes, kernels: &Kernels) -> Vec<i32> {
        let rows = bytes.scales.len();
        let zeros = vec![ZERO; rows];
        let mut sums = vec![0; rows * self.scales.len()];
        let left = GemmInputA::Unpacked(NdTensorView::from_data([rows, self.inputs], &bytes.steps[..]));
        let options = GemmOptions { a_quant: Some(QuantParams { zero_point: &zeros }), ..Default::default() };
        kernels
            .bytes
            .gemm(&mut sums, left, GemmInputB::Packed(&self.weight), options)
            .expect("the shapes agree");
        sums
    }
}

#[expect(clippy::cast_precision_loss, reason = "the same rounding on every processor")]
fn to_float(sum: i32) -> f32 {
    sum as f32
}
