//! Texts that the server writes for the client to open: sheets for reviews, and pages about rules.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use gen_lsp_types::Uri;
use tempfile::TempDir;

use crate::atomic_write::{self, IfExists};
use crate::lexicon::Rule;
use crate::lsp::uri;
use crate::render::page;

/// The folder of the generated texts, which only the user can read. It is created when it is first needed, and removed at
/// the end.
#[derive(Debug, Default)]
pub(crate) struct GeneratedFiles {
    folder: OnceLock<io::Result<TempDir>>,
    /// The texts of the pages about each rule: folders of the workspace may have different rules of one name.
    pages: Mutex<BTreeMap<String, Vec<String>>>,
}

impl GeneratedFiles {
    /// Writes a text, and returns the path of its file.
    pub(crate) fn write(&self, name: &str, text: &str) -> io::Result<PathBuf> {
        let path = self.folder()?.join(name);
        atomic_write::write(&path, text, IfExists::Replace)?;
        Ok(path)
    }

    /// Returns the path of the page about a rule, which is written when it is first needed.
    pub(crate) fn page(&self, rule: &Rule) -> io::Result<PathBuf> {
        let text = page::rule(rule);
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let known = pages.entry(rule.id.clone()).or_default();
        let at = known.iter().position(|page| *page == text);
        let name = match at.unwrap_or(known.len()) {
            0 => format!("{}.md", rule.id),
            other => format!("{}-{}.md", rule.id, other + 1),
        };
        if at.is_some() {
            return Ok(self.folder()?.join(name));
        }
        let path = self.write(&name, &text)?;
        known.push(text);
        Ok(path)
    }

    /// True if the document is one of these texts, which quote postmortems but are none.
    pub(crate) fn contain(&self, uri: &Uri) -> bool {
        let Some(Ok(folder)) = self.folder.get() else { return false };
        uri::to_path(uri).is_some_and(|path| path.starts_with(folder.path()))
    }

    fn folder(&self) -> io::Result<&Path> {
        let folder = self.folder.get_or_init(|| tempfile::Builder::new().prefix("rcalint-").tempdir());
        folder.as_ref().map(TempDir::path).map_err(|error| error.kind().into())
    }
}
