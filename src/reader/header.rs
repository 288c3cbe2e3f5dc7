//! The header of a file of weights: sizes, names of the outputs, and where the weights come from.

use serde::Deserialize;

use crate::reader::arithmetic::LANES;
use crate::reader::error::WeightsError;
use crate::reader::matrix::GROUP;

/// Maximum number of layers.
const MOST_LAYERS: usize = 12;
/// Maximum number of word pieces.
const MOST_PIECES: usize = 65_536;
/// Maximum width of the inner layers.
const WIDEST: usize = 4096;
/// Maximum number of sums over a document.
const MOST_VIEWS: usize = 64;
/// Maximum number of numbers in each sum.
const MOST_FEATURES: usize = 512;
/// Maximum number of names in one list.
const MOST_NAMES: usize = 256;
/// Outputs that are not named in the header: finding, cause, deepened.
const UNNAMED: usize = 3;

/// The header, as JSON. Other keys are for people.
#[derive(Debug, Deserialize)]
pub(crate) struct Header {
    pub(crate) layers: usize,
    pub(crate) pieces: usize,
    /// Width of the inner layers.
    pub(crate) inner: usize,
    /// Sums over a document.
    pub(crate) views: usize,
    /// Numbers in each sum.
    pub(crate) features: usize,
    #[serde(default = "unversioned")]
    pub(crate) version: String,
    #[serde(default)]
    pub(crate) trained_on: String,
    #[serde(flatten)]
    pub(crate) names: Names,
}

/// What the outputs of a reader stand for. The parts of [`Evidence`](crate::reader::Evidence) are in the same order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Names {
    /// Ids of rules about sentences.
    pub rules: Vec<String>,
    /// Kinds of claim; the first stands for a sentence that claims nothing.
    pub heads: Vec<String>,
    /// Ids of buckets.
    pub buckets: Vec<String>,
    /// Tiers of remedies; the first stands for a sentence without a remedy.
    pub tiers: Vec<String>,
    /// Questions about the whole document.
    pub questions: Vec<String>,
}

impl Header {
    /// Reads the header and checks its sizes, so that they can be multiplied safely.
    pub(crate) fn parse(json: &[u8]) -> Result<Self, WeightsError> {
        let header: Self = serde_json::from_slice(json).map_err(|_| WeightsError::Header)?;
        let fits = header.layers <= MOST_LAYERS
            && header.pieces <= MOST_PIECES
            && header.inner <= WIDEST
            && header.inner >= GROUP
            && header.inner.is_multiple_of(GROUP)
            && (1..=MOST_VIEWS).contains(&header.views)
            && (LANES..=MOST_FEATURES).contains(&header.features)
            && header.features.is_multiple_of(LANES)
            && header.names.lists().iter().all(|list| list.len() <= MOST_NAMES);
        fits.then_some(header).ok_or(WeightsError::Size)
    }
}

impl Names {
    /// Returns the number of outputs for each sentence.
    pub(crate) fn outputs(&self) -> usize {
        self.rules.len() + UNNAMED + self.heads.len() + self.buckets.len() + self.tiers.len()
    }

    /// Returns the number of outputs for each document: its questions, then its buckets.
    pub(crate) fn outputs_of_document(&self) -> usize {
        self.questions.len() + self.buckets.len()
    }

    fn lists(&self) -> [&[String]; 5] {
        [&self.rules, &self.heads, &self.buckets, &self.tiers, &self.questions]
    }
}

fn unversioned() -> String {
    String::from("unversioned")
}
