//! Generated texts that the client opens.

use std::path::PathBuf;

use gen_lsp_types::Uri;
use tempfile::TempDir;

use crate::atomic_write::{self, IfExists};
use crate::lsp::uri;

/// The folder of the generated texts, which only the user can read. It is removed at the end.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    folder: Option<TempDir>,
}

impl Sheets {
    /// Writes a text, and returns the path of its file.
    pub(crate) fn write(&mut self, name: &str, text: &str) -> std::io::Result<PathBuf> {
        let folder = match self.folder.take() {
            Some(folder) => folder,
            None => tempfile::Builder::new().prefix("rcalint-").tempdir()?,
        };
        let path = self.folder.insert(folder).path().join(name);
        atomic_write::write(&path, text, IfExists::Replace)?;
        Ok(path)
    }

    /// True if the document is one of these texts, which quote postmortems but are none.
    pub(crate) fn contain(&self, uri: &Uri) -> bool {
        let Some(folder) = &self.folder else { return false };
        uri::to_path(uri).is_some_and(|path| path.starts_with(folder.path()))
    }
}
