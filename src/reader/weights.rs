//! The file of weights: a header, the vocabulary, then the tensors one after the other.
//!
//! ```text
//! "RCAREAD2"
//! u32 length, header as JSON: layers, pieces, inner, views, features, rules, heads, buckets, tiers,
//!     questions, …
//! u32 length, vocabulary: one piece a line
//! words: matrix · positions: 16-bit · norm
//! for each layer: qkv, out, norm, up, down, norm
//! mark · judge · of the whole document: weight, features, judge
//!
//! linear layer (qkv, out, up, down): matrix, then 32-bit biases
//! mark, judge, weight, features: 32-bit weights, 32-bit biases
//! norm: 32-bit weights, 32-bit biases
//! matrix: rows of 4-bit steps in groups of 64 (8 is zero; a byte has one of the first 32 in its lower half,
//!         one of the others in its upper half), then a 16-bit scale for each group
//! ```
//!
//! All numbers are little-endian; a 16-bit number is the upper half of a 32-bit float. `training/export.py` writes it.

use std::borrow::Cow;

use crate::reader::arithmetic::Norm;
use crate::reader::dense::Dense;
use crate::reader::error::WeightsError;
use crate::reader::header::Header;
use crate::reader::matrix::{GROUP, Matrix};
use crate::reader::whole::Whole;

/// Numbers in the state of a piece.
pub(crate) const WIDTH: usize = 384;
/// Maximum number of pieces that are read at once.
pub(crate) const POSITIONS: usize = 128;
/// First bytes of the file.
const MAGIC: &[u8] = b"RCAREAD2";
/// Maximum magnitude of a number, so that no sum overflows.
const LARGEST: f32 = 1_048_576.0;

/// Everything in the file.
pub(crate) struct Weights<'a> {
    pub(crate) header: Header,
    /// One piece a line.
    pub(crate) vocabulary: &'a str,
    pub(crate) words: Matrix<'a>,
    pub(crate) positions: Vec<f32>,
    pub(crate) norm: Norm,
    pub(crate) layers: Vec<LayerWeights<'a>>,
    /// From the state of a piece to how much it matters for a finding.
    pub(crate) mark: Dense,
    /// From the pooled states of a sentence to its outputs.
    pub(crate) judge: Dense,
    /// From the pooled states of all sentences to the outputs of the document.
    pub(crate) whole: Whole,
}

/// One layer of the encoder.
pub(crate) struct LayerWeights<'a> {
    /// Queries, keys and values of the attention.
    pub(crate) qkv: LinearWeights<'a>,
    pub(crate) out: LinearWeights<'a>,
    pub(crate) attention_norm: Norm,
    pub(crate) up: LinearWeights<'a>,
    pub(crate) down: LinearWeights<'a>,
    pub(crate) norm: Norm,
}

/// A linear layer.
pub(crate) struct LinearWeights<'a> {
    pub(crate) weight: Matrix<'a>,
    pub(crate) bias: Vec<f32>,
}

impl<'a> Weights<'a> {
    /// Reads only the header of a file.
    pub(crate) fn header(bytes: &[u8]) -> Result<Header, WeightsError> {
        Ok(header(bytes)?.0)
    }

    /// Reads a file. Allocates only for bytes that are there.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, WeightsError> {
        let (header, mut rest) = header(bytes)?;
        let vocabulary = str::from_utf8(rest.block()?).map_err(|_| WeightsError::Vocabulary)?;
        if vocabulary.split('\n').count() != header.pieces {
            return Err(WeightsError::Vocabulary);
        }
        let weights = Self {
            vocabulary,
            words: rest.matrix(WIDTH, header.pieces)?,
            positions: rest.halves(POSITIONS * WIDTH)?,
            norm: rest.norm()?,
            layers: (0..header.layers).map(|_| rest.layer(header.inner)).collect::<Result<_, _>>()?,
            mark: rest.dense(WIDTH, 1)?,
            judge: rest.dense(2 * WIDTH, header.names.outputs())?,
            whole: rest.whole(&header)?,
            header,
        };
        if rest.0.is_empty() { Ok(weights) } else { Err(WeightsError::TooLong) }
    }
}

/// Returns the header of a file, and the bytes after it.
fn header(bytes: &[u8]) -> Result<(Header, Cursor<'_>), WeightsError> {
    let mut rest = Cursor(bytes.strip_prefix(MAGIC).ok_or(WeightsError::NotWeights)?);
    let header = Header::parse(rest.block()?)?;
    Ok((header, rest))
}

/// The bytes that have not been read.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], WeightsError> {
        let (head, rest) = self.0.split_at_checked(count).ok_or(WeightsError::TooShort)?;
        self.0 = rest;
        Ok(head)
    }

    /// Takes a length and as many bytes.
    fn block(&mut self) -> Result<&'a [u8], WeightsError> {
        let (length, rest) = self.0.split_first_chunk().ok_or(WeightsError::TooShort)?;
        self.0 = rest;
        self.take(u32::from_le_bytes(*length) as usize)
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, WeightsError> {
        let (numbers, _) = self.take(count * 4)?.as_chunks();
        in_range(numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    fn halves(&mut self, count: usize) -> Result<Vec<f32>, WeightsError> {
        let (numbers, _) = self.take(count * 2)?.as_chunks();
        let upper = |bytes: &[u8; 2]| f32::from_bits(u32::from(u16::from_le_bytes(*bytes)) << 16);
        in_range(numbers.iter().map(upper).collect())
    }

    fn norm(&mut self) -> Result<Norm, WeightsError> {
        Ok(Norm { weight: self.floats(WIDTH)?, bias: self.floats(WIDTH)? })
    }

    fn matrix(&mut self, width: usize, rows: usize) -> Result<Matrix<'a>, WeightsError> {
        let nibbles = Cow::Borrowed(self.take(width * rows / 2)?);
        Ok(Matrix { width, nibbles, scales: self.halves(width * rows / GROUP)? })
    }

    fn linear(&mut self, inputs: usize, outputs: usize) -> Result<LinearWeights<'a>, WeightsError> {
        Ok(LinearWeights { weight: self.matrix(inputs, outputs)?, bias: self.floats(outputs)? })
    }

    fn dense(&mut self, inputs: usize, outputs: usize) -> Result<Dense, WeightsError> {
        Ok(Dense { weights: self.floats(inputs * outputs)?, biases: self.floats(outputs)? })
    }

    fn whole(&mut self, header: &Header) -> Result<Whole, WeightsError> {
        let (views, features) = (header.views, header.features);
        Ok(Whole {
            weight: self.dense(2 * WIDTH, views)?,
            features: self.dense(2 * WIDTH, features)?,
            judge: self.dense(views * features, header.names.outputs_of_document())?,
        })
    }

    fn layer(&mut self, inner: usize) -> Result<LayerWeights<'a>, WeightsError> {
        Ok(LayerWeights {
            qkv: self.linear(WIDTH, 3 * WIDTH)?,
            out: self.linear(WIDTH, WIDTH)?,
            attention_norm: self.norm()?,
            up: self.linear(WIDTH, inner)?,
            down: self.linear(inner, WIDTH)?,
            norm: self.norm()?,
        })
    }
}

fn in_range(numbers: Vec<f32>) -> Result<Vec<f32>, WeightsError> {
    let good = numbers.iter().all(|number| number.abs() <= LARGEST);
    good.then_some(numbers).ok_or(WeightsError::Number)
}
