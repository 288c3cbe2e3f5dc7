//! Which reader judges beside the lexicon.

use std::path::Path;

use crate::reader::{Reader, WeightsError};
use crate::report::FileError;
use crate::settings::SettingsOptions;
use crate::settings::error::SettingsError;
use crate::source;

/// Maximum size in bytes of a file of weights.
const LARGEST_WEIGHTS: u64 = 64 << 20;

/// The reader of a run.
#[derive(Debug)]
pub(crate) enum ReaderChoice {
    /// None: the lexicon judges alone.
    Off,
    /// The reader that is part of the program. It is loaded when it is first used.
    Embedded,
    /// A reader with the weights of a file.
    File(Box<Reader>),
}

impl ReaderChoice {
    /// Returns the reader that the options select; `is_off` is true if the configuration turns it off.
    pub(super) fn load(options: &SettingsOptions, is_off: bool) -> Result<Self, SettingsError> {
        match &options.reader {
            Some(path) => read(path).map(|reader| Self::File(Box::new(reader))),
            None if is_off || options.no_reader => Ok(Self::Off),
            None => Ok(Self::Embedded),
        }
    }

    /// Returns the version of the reader, if it is on, without loading it.
    pub(super) fn version(&self) -> Option<String> {
        match self {
            Self::Off => None,
            Self::Embedded => Some(Reader::embedded_version()),
            Self::File(reader) => Some(reader.version().to_owned()),
        }
    }

    /// Returns the reader, if it is on.
    pub(super) fn get(&self) -> Option<&Reader> {
        match self {
            Self::Off => None,
            Self::Embedded => Some(Reader::embedded()),
            Self::File(reader) => Some(reader),
        }
    }
}

fn read(path: &Path) -> Result<Reader, SettingsError> {
    let bytes = source::read_bytes(path, LARGEST_WEIGHTS)?;
    let invalid = |why: WeightsError| FileError { path: source::shown(path), message: why.to_string() };
    Reader::from_bytes(&bytes).map_err(|why| SettingsError::Weights(invalid(why)))
}
