//! Attention: every piece of a window reads from all others.

use rten_tensor::{Layout, NdTensorView};

use crate::reader::arithmetic::{softmax, to_float};
use crate::reader::linear::Kernels;
use crate::reader::weights::WIDTH;

/// Number of heads, which read independently.
const HEADS: usize = 12;
const HEAD_WIDTH: usize = WIDTH / HEADS;

/// Returns what each piece reads, given a row of queries, keys and values for each piece.
pub(crate) fn attention(qkv: &[f32], kernels: &Kernels) -> Vec<f32> {
    let rows = qkv.len() / (3 * WIDTH);
    let mut out = vec![0.0; rows * WIDTH];
    for head in 0..HEADS {
        let first = head * HEAD_WIDTH;
        let read = read(NdTensorView::from_data([rows, 3 * WIDTH], qkv), first, kernels);
        for (to, from) in out.chunks_exact_mut(WIDTH).zip(read.chunks_exact(HEAD_WIDTH)) {
            to[first..first + HEAD_WIDTH].copy_from_slice(from);
        }
    }
    out
}

/// Returns what one head reads. Its queries begin at column `first`.
fn read(qkv: NdTensorView<'_, f32, 2>, first: usize, kernels: &Kernels) -> Vec<f32> {
    let rows = qkv.size(0);
    let part = |number: usize| qkv.slice((.., number * WIDTH + first..number * WIDTH + first + HEAD_WIDTH));
    let (queries, keys, values) = (part(0), part(1), part(2));
    let mut scores = vec![0.0; rows * rows];
    kernels.multiply(&mut scores, queries, keys.transposed(), 1.0 / to_float(HEAD_WIDTH).sqrt());
    scores.chunks_exact_mut(rows).for_each(softmax);
    let mut read = vec![0.0; rows * HEAD_WIDTH];
    kernels.multiply(&mut read, NdTensorView::from_data([rows, rows], &scores[..]), values, 1.0);
    read
}
