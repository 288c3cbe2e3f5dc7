//! Where an output goes: standard output or a file.

use std::path::{Path, PathBuf, absolute};

use crate::atomic_write::{self, IfExists, write_error};
use crate::cli::args::output::OutputTarget;
use crate::cli::console::print_error;
use crate::render::escape::Terminal;
use crate::report::FileError;
use crate::source;

/// The destination of one output.
#[derive(Clone, Debug)]
pub(crate) struct Destination {
    /// The file; `None` for standard output.
    file: Option<PathBuf>,
}

/// Returns each format with its destination: standard output, if it has a format, and the targets. Prints an error if two
/// have the same destination.
pub(crate) fn destinations<F: Copy>(
    standard_output: Option<F>,
    targets: &[OutputTarget<F>],
) -> Option<Vec<(F, Destination)>> {
    let mut all: Vec<(F, Destination)> =
        standard_output.map(|format| (format, Destination { file: None })).into_iter().collect();
    for target in targets {
        let to = Destination { file: (!target.is_standard_output()).then(|| target.path.clone()) };
        if all.iter().any(|(_, other)| other.is_same_as(&to)) {
            print_error(&format!("two outputs cannot both go to {}", to.shown()));
            return None;
        }
        all.push((target.format, to));
    }
    Some(all)
}

impl Destination {
    /// True if it is a file.
    pub(crate) const fn is_file(&self) -> bool {
        self.file.is_some()
    }

    /// Writes the file, if it is one, unless it is one of these documents or not a regular file.
    pub(crate) fn write_file<'d>(
        &self,
        text: &str,
        documents: impl IntoIterator<Item = &'d str>,
    ) -> Result<(), FileError> {
        let Some(file) = &self.file else { return Ok(()) };
        let refused = |message: &str| FileError { path: source::shown(file), message: message.to_owned() };
        let target = resolved(file);
        if documents.into_iter().any(|document| resolved(Path::new(document)) == target) {
            return Err(refused("is one of the reviewed documents and was not overwritten"));
        }
        if file.metadata().is_ok_and(|known| !known.is_file()) {
            return Err(refused("not a regular file (use `-` for standard output)"));
        }
        atomic_write::write(file, text, IfExists::Replace).map_err(|error| write_error(file, &error))
    }

    fn is_same_as(&self, other: &Self) -> bool {
        match (&self.file, &other.file) {
            (Some(one), Some(other)) => resolved(one) == resolved(other),
            (None, None) => true,
            _ => false,
        }
    }

    fn shown(&self) -> String {
        match &self.file {
            Some(file) => Terminal(&source::shown(file)).to_string(),
            None => "standard output".to_owned(),
        }
    }
}

/// Returns the absolute path; symbolic links are resolved where the path exists.
fn resolved(path: &Path) -> PathBuf {
    let name = path.file_name().map(PathBuf::from).unwrap_or_default();
    let folder = absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned)).unwrap_or_default();
    path.canonicalize().unwrap_or_else(|_| folder.canonicalize().unwrap_or(folder).join(name))
}
