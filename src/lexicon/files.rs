//! The files from which a lexicon is loaded.

use crate::lexicon::error::LexiconError;
use crate::lexicon::named_text::NamedText;
use crate::lexicon::user_rules::UserRules;

/// A file of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LexiconText<'t> {
    /// Its path below `lexicon/`, which determines its kind of content.
    pub name: &'t str,
    /// Its name as shown to the user, and its text.
    pub file: NamedText<'t>,
}

/// All sources of a lexicon.
#[derive(Clone, Copy, Debug)]
pub struct LexiconSources<'t> {
    /// A complete lexicon.
    pub files: &'t [LexiconText<'t>],
    /// Files that add to it.
    pub extra: &'t [LexiconText<'t>],
    /// The additions of a configuration.
    pub own: Option<UserRules<'t>>,
}

impl<'t> LexiconSources<'t> {
    /// Returns the file with this name in the complete lexicon.
    pub(super) fn file(&self, name: &'static str) -> Result<NamedText<'t>, LexiconError> {
        let found = self.files.iter().find(|file| file.name == name).map(|file| file.file);
        found.ok_or_else(|| LexiconError::at((name, ""), 0, "the file is missing"))
    }

    /// Returns a file of the complete lexicon that others cannot add to.
    pub(super) fn only(&self, name: &'static str) -> Result<NamedText<'t>, LexiconError> {
        match self.extra(name).next() {
            None => self.file(name),
            Some(file) => Err(LexiconError::at(
                file,
                0,
                "nothing can be added to this file; use lexicon.replace to replace it",
            )),
        }
    }

    /// Returns the additional files with this name.
    pub(super) fn extra(&self, name: &'static str) -> impl Iterator<Item = NamedText<'t>> + use<'t> {
        self.extra.iter().filter(move |file| file.name == name).map(|file| file.file)
    }

    /// Returns all files with this name. The complete lexicon must have one.
    pub(super) fn all(&self, name: &'static str) -> Result<Vec<NamedText<'t>>, LexiconError> {
        Ok([self.file(name)?].into_iter().chain(self.extra(name)).collect())
    }

    /// Returns the files below a folder, sorted by name, with the additional files last.
    pub(super) fn below(&self, folder: &str) -> Vec<LexiconText<'t>> {
        [sorted_below(self.files, folder), sorted_below(self.extra, folder)].concat()
    }
}

fn sorted_below<'t>(files: &[LexiconText<'t>], folder: &str) -> Vec<LexiconText<'t>> {
    let below = files.iter().filter(|file| file.name.starts_with(folder));
    let mut files: Vec<LexiconText<'t>> = below.copied().collect();
    files.sort_by_key(|file| file.name);
    files
}
