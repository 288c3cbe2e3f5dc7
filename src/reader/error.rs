//! What can be wrong with a file of weights.

use std::error::Error;
use std::fmt;

/// What is wrong with a file of weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightsError {
    /// The file does not begin like a file of weights.
    NotWeights,
    /// The header is not JSON, or a key is missing.
    Header,
    /// A size in the header is larger than that of any reader, or does not fill whole groups.
    Size,
    /// The file ends before its last number.
    TooShort,
    /// The file goes on after its last number.
    TooLong,
    /// The vocabulary is not UTF-8, or has another number of pieces than the header says.
    Vocabulary,
    /// The vocabulary lacks this piece, which every text needs.
    MissingPiece(&'static str),
    /// A number is infinite, not a number, or larger than in any reader.
    Number,
}

impl fmt::Display for WeightsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self {
            Self::NotWeights => "this is not a file of weights",
            Self::Header => "the header cannot be read",
            Self::Size => "a size in the header is out of range",
            Self::TooShort => "the file is too short",
            Self::TooLong => "the file is too long",
            Self::Vocabulary => "the vocabulary does not match the header",
            Self::MissingPiece(piece) => return write!(formatter, "weights: the vocabulary lacks {piece}"),
            Self::Number => "a number is out of range",
        };
        write!(formatter, "weights: {why}")
    }
}

impl Error for WeightsError {}
