//! The learned reader: reads the sentences of a document in their context and gives evidence about each.
//!
//! A small encoder that computes with bytes. Everything it knows is in one file of weights, which is part of the program
//! and which `training/train.py` writes. The same sentences give the same evidence on any number of threads.

mod arithmetic;
mod attention;
mod characters;
mod dense;
mod error;
mod evidence;
mod header;
mod linear;
mod matrix;
mod memo;
mod network;
mod quantize;
#[cfg(test)]
mod tests;
mod tokenizer;
mod weights;
mod whole;
mod windows;

use std::fmt;
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;

pub use error::WeightsError;
pub use evidence::{Evidence, WholeEvidence};
pub use header::Names;
use memo::Memo;
use network::{Network, Outputs};
use tokenizer::Tokenizer;
use weights::Weights;
use windows::Encoded;

/// The weights that are part of the program.
const EMBEDDED: &[u8] = include_bytes!("weights.bin");

/// A network with its weights and vocabulary.
pub struct Reader {
    version: String,
    trained_on: String,
    names: Names,
    tokenizer: Tokenizer,
    network: Network,
    memo: Memo,
}

/// A sentence and the section that it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceInContext<'a> {
    /// The text as people see it, without markup.
    pub text: &'a str,
    /// The role of the section, such as `timeline`.
    pub role: &'a str,
    /// The heading of the section; empty if there is none.
    pub heading: &'a str,
}

impl Reader {
    /// Returns the reader that is part of the program, which is loaded only once.
    ///
    /// # Panics
    /// Never in a build whose tests pass, because a test loads it.
    pub fn embedded() -> &'static Self {
        static READER: LazyLock<Reader> = LazyLock::new(|| {
            let reader = Reader::from_bytes(EMBEDDED);
            reader.unwrap_or_else(|why| panic!("the weights in the program are broken: {why}"))
        });
        &READER
    }

    /// Returns the version of the reader that is part of the program, without loading it.
    pub fn embedded_version() -> String {
        Weights::header(EMBEDDED).map(|header| header.version).unwrap_or_default()
    }

    /// Loads a reader from the bytes of a file of weights.
    ///
    /// # Errors
    /// Returns what is wrong with the file. Memory for it is in proportion to the bytes that are there.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        let weights = Weights::parse(bytes)?;
        let tokenizer = Tokenizer::new(weights.vocabulary)?;
        let (version, trained_on) = (weights.header.version.clone(), weights.header.trained_on.clone());
        Ok(Self {
            version,
            trained_on,
            names: weights.header.names.clone(),
            tokenizer,
            network: Network::new(weights),
            memo: Memo::default(),
        })
    }

    /// Returns the version of the weights, such as `2026.1`; `unversioned` if the file does not give one.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns the hash of the training data; empty if the file does not give one.
    pub fn trained_on(&self) -> &str {
        &self.trained_on
    }

    /// Returns what the parts of the evidence stand for.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Remembers from now on what it reads, within limits. The evidence stays the same, but a text that is read again after
    /// an edit takes only the time of the sentences around the edit.
    pub fn remember(&self) {
        self.memo.turn_on();
    }

    /// Returns evidence about each sentence of one document, in their order, and about the document. The order of the
    /// sentences matters, because each is read together with its neighbours.
    pub fn read(&self, sentences: &[SentenceInContext<'_>]) -> (Vec<Evidence>, WholeEvidence) {
        let encoded = windows::encode(&self.tokenizer, sentences);
        let windows = windows::pack(&self.tokenizer, &encoded);
        let outputs = |window| self.memo.outputs(window, || self.network.read(window));
        let read: Vec<Arc<Vec<Outputs>>> = windows.par_iter().map(outputs).collect();
        let read: Vec<&Outputs> = read.iter().flat_map(|outputs| outputs.iter()).collect();
        let document = WholeEvidence::new(&self.network.judge_document(&read), &self.names);
        let evidence = |(outputs, sentence): (&Outputs, &Encoded)| {
            Evidence::new(&outputs.logits, &outputs.marks, &sentence.spans, &self.names)
        };
        (read.into_iter().zip(&encoded).map(evidence).collect(), document)
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Reader").field("version", &self.version).finish_non_exhaustive()
    }
}

impl SentenceInContext<'_> {
    /// True if both sentences are in sections with the same role and heading.
    fn is_in_section_of(&self, other: &Self) -> bool {
        (self.role, self.heading) == (other.role, other.heading)
    }
}
