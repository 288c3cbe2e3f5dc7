//! The network: from pieces to states, from the states of a sentence to its outputs.

use std::thread;

use rten_simd::SimdUnaryOp;
use rten_vecmath::{Exp, Gelu};

use crate::reader::arithmetic::{Norm, add, to_float};
use crate::reader::attention::attention;
use crate::reader::dense::Dense;
use crate::reader::linear::{Kernels, Linear};
use crate::reader::matrix::Matrix;
use crate::reader::weights::{LayerWeights, POSITIONS, WIDTH, Weights};
use crate::reader::whole::{Part, Whole};
use crate::reader::windows::Window;

/// Maximum magnitude of a mark, in log-odds, when pieces are weighed by their marks.
const LARGEST_MARK: f32 = 15.0;

/// What the network says about one sentence, in log-odds.
pub(crate) struct Outputs {
    pub(crate) logits: Vec<f32>,
    /// For each piece how much it matters for a finding.
    pub(crate) marks: Vec<f32>,
    /// What it adds to its document.
    pub(crate) part: Part,
}

/// The network, ready to read.
pub(crate) struct Network {
    words: Matrix<'static>,
    positions: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    mark: Dense,
    judge: Dense,
    whole: Whole,
}

struct Layer {
    qkv: Linear,
    out: Linear,
    attention_norm: Norm,
    up: Linear,
    down: Linear,
    norm: Norm,
}

impl Network {
    /// Prepares the weights, each layer on a thread of its own.
    ///
    /// Not on the threads of `rayon`: one that waits here could take over other work that waits for these weights.
    pub(crate) fn new(weights: Weights<'_>) -> Self {
        let kernels = Kernels::new();
        let layers = thread::scope(|scope| {
            let layer = |weights| scope.spawn(|| Layer::new(weights, &kernels));
            let waiting: Vec<_> = weights.layers.into_iter().map(layer).collect();
            waiting.into_iter().map(|layer| layer.join().expect("no panic")).collect()
        });
        let Weights { words, positions, norm, mark, judge, whole, .. } = weights;
        Self { words: words.into_owned(), positions, norm, layers, mark, judge, whole }
    }

    /// Returns the outputs for each sentence that is judged in the window.
    pub(crate) fn read(&self, window: &Window) -> Vec<Outputs> {
        let kernels = Kernels::new();
        let mut states = self.embed(&window.pieces);
        self.layers.iter().for_each(|layer| layer.apply(&mut states, &kernels));
        let own = |pieces: &std::ops::Range<usize>| &states[pieces.start * WIDTH..pieces.end * WIDTH];
        window.sentences.iter().map(|pieces| self.judge(own(pieces))).collect()
    }

    fn embed(&self, pieces: &[u32]) -> Vec<f32> {
        debug_assert!(pieces.len() <= POSITIONS, "a window of {} pieces", pieces.len());
        let mut states = self.positions[..pieces.len() * WIDTH].to_vec();
        for (state, piece) in states.chunks_exact_mut(WIDTH).zip(pieces) {
            self.words.add_row(*piece as usize, state);
        }
        self.norm.apply(&mut states);
        states
    }

    /// Returns the outputs for one sentence, given the states of its pieces.
    fn judge(&self, states: &[f32]) -> Outputs {
        let marks: Vec<f32> = states.chunks_exact(WIDTH).flat_map(|state| self.mark.apply(state)).collect();
        let pooled = pool(states, &marks);
        Outputs { logits: self.judge.apply(&pooled), marks, part: self.whole.part(&pooled) }
    }

    /// Returns the outputs for a whole document, in log-odds, given those for its sentences.
    pub(crate) fn judge_document(&self, sentences: &[&Outputs]) -> Vec<f32> {
        self.whole.judge(&sentences.iter().map(|outputs| &outputs.part).collect::<Vec<_>>())
    }
}

/// Returns the mean of the states, and their mean weighted by the marks.
fn pool(states: &[f32], marks: &[f32]) -> [f32; 2 * WIDTH] {
    let mut weights: Vec<f32> = marks.iter().map(|mark| mark.clamp(-LARGEST_MARK, LARGEST_MARK)).collect();
    Exp {}.map_mut(&mut weights);
    let (count, total) = (to_float(marks.len()), weights.iter().sum::<f32>());
    let mut pooled = [0.0; 2 * WIDTH];
    let (mean, marked) = pooled.split_at_mut(WIDTH);
    for (state, weight) in states.chunks_exact(WIDTH).zip(&weights) {
        for ((mean, marked), value) in mean.iter_mut().zip(marked.iter_mut()).zip(state) {
            *mean += value / count;
            *marked += value * weight / total;
        }
    }
    pooled
}

impl Layer {
    fn new(weights: LayerWeights<'_>, kernels: &Kernels) -> Self {
        Self {
            qkv: Linear::new(weights.qkv, kernels),
            out: Linear::new(weights.out, kernels),
            attention_norm: weights.attention_norm,
            up: Linear::new(weights.up, kernels),
            down: Linear::new(weights.down, kernels),
            norm: weights.norm,
        }
    }

    fn apply(&self, states: &mut [f32], kernels: &Kernels) {
        let read = attention(&self.qkv.apply(states, kernels), kernels);
        add(states, &self.out.apply(&read, kernels));
        self.attention_norm.apply(states);
        let mut inner = self.up.apply(states, kernels);
        Gelu {}.map_mut(&mut inner);
        add(states, &self.down.apply(&inner, kernels));
        self.norm.apply(states);
    }
}
