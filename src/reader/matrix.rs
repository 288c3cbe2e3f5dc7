//! Matrices as the file of weights has them: rows of 4-bit steps.

use std::borrow::Cow;

use crate::reader::quantize::{largest, nearest};

/// Number of neighbours in a row that share one scale.
pub(crate) const GROUP: usize = 64;
/// Steps from zero to the largest number of a row. One bit of eight is not used, so that no processor's sum of two
/// products overflows 16 bits.
const STEPS: f32 = 63.0;

/// A matrix of 4-bit steps with one scale per [`GROUP`].
pub(crate) struct Matrix<'a> {
    /// Numbers in a row, a multiple of [`GROUP`].
    pub(crate) width: usize,
    /// Two steps a byte, 8 being zero: the first half of a group in the lower bits, the second in the upper.
    pub(crate) nibbles: Cow<'a, [u8]>,
    pub(crate) scales: Vec<f32>,
}

/// A matrix of 8-bit steps with one scale per row.
pub(crate) struct Rows {
    pub(crate) steps: Vec<i8>,
    pub(crate) scales: Vec<f32>,
}

impl Matrix<'_> {
    /// Returns a matrix that does not borrow from the file.
    pub(crate) fn into_owned(self) -> Matrix<'static> {
        Matrix { nibbles: Cow::Owned(self.nibbles.into_owned()), ..self }
    }

    /// Adds a row to `out`, or nothing if there is no such row.
    pub(crate) fn add_row(&self, row: usize, out: &mut [f32]) {
        let Some(nibbles) = self.nibbles.chunks_exact(self.width / 2).nth(row) else { return };
        let scales = &self.scales[row * self.width / GROUP..];
        for ((group, scale), out) in
            nibbles.chunks_exact(GROUP / 2).zip(scales).zip(out.chunks_exact_mut(GROUP))
        {
            let (first, second) = out.split_at_mut(GROUP / 2);
            for ((byte, first), second) in group.iter().zip(first).zip(second) {
                *first += (f32::from(byte & 15) - 8.0) * scale;
                *second += (f32::from(byte >> 4) - 8.0) * scale;
            }
        }
    }

    /// Returns the matrix with one scale per row.
    pub(crate) fn to_rows(&self) -> Rows {
        let count = 2 * self.nibbles.len() / self.width;
        let mut rows =
            Rows { steps: Vec::with_capacity(count * self.width), scales: Vec::with_capacity(count) };
        let mut row = vec![0.0; self.width];
        for number in 0..count {
            row.fill(0.0);
            self.add_row(number, &mut row);
            let scale = largest(&row) / STEPS + 1e-12;
            rows.steps.extend(row.iter().map(|weight| nearest(weight / scale)));
            rows.scales.push(scale);
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_unpacked_with_the_scales_of_its_groups() {
        let nibbles = [0xf8_u8; GROUP / 2].into_iter().chain([0x80; GROUP / 2]).collect::<Vec<_>>();
        let matrix = Matrix { width: GROUP, nibbles: Cow::Owned(nibbles), scales: vec![0.5, 2.0] };
        let mut out = vec![1.0; GROUP];
        matrix.add_row(0, &mut out);
        assert_eq!((out[0], out[GROUP - 1]), (1.0, 4.5));
        matrix.add_row(2, &mut out);
        assert_eq!((out[0], out[1]), (1.0, 1.0));
        let rows = matrix.to_rows();
        assert_eq!((rows.steps[0], rows.steps[GROUP - 1], rows.steps[GROUP]), (0, 63, -63));
        assert!((rows.scales[1] - 16.0 / 63.0).abs() < 1e-6);
    }
}
