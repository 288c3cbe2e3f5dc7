//! The files a lexicon is loaded from.

use crate::lexicon::error::LexiconError;
use crate::lexicon::user_rules::UserRules;

/// The name that a user knows a file by, for errors, and the file's text.
pub type NamedText<'t> = (&'t str, &'t str);

/// A file of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LexiconText<'t> {
    /// Its path below `lexicon/`, which decides what is in it.
    pub name: &'t str,
    /// The name that the user knows it by, and its text.
    pub file: NamedText<'t>,
}

/// Everything that a lexicon is made from.
#[derive(Clone, Copy, Debug)]
pub struct LexiconSources<'t> {
    /// A whole lexicon.
    pub files: &'t [LexiconText<'t>],
    /// Files that add to it.
    pub extra: &'t [LexiconText<'t>],
    /// What a configuration adds.
    pub own: Option<UserRules<'t>>,
}

impl<'t> LexiconSources<'t> {
    /// The file of that name in the whole lexicon.
    pub(super) fn file(&self, name: &'static str) -> Result<NamedText<'t>, LexiconError> {
        let found = self.files.iter().find(|file| file.name == name).map(|file| file.file);
        found.ok_or_else(|| LexiconError::at((name, ""), 0, "the file is missing"))
    }

    /// The files of that name that add to it.
    pub(super) fn extra(&self, name: &'static str) -> impl Iterator<Item = NamedText<'t>> + use<'t> {
        self.extra.iter().filter(move |file| file.name == name).map(|file| file.file)
    }

    /// All files of that name; the whole lexicon must have one.
    pub(super) fn all(&self, name: &'static str) -> Result<Vec<NamedText<'t>>, LexiconError> {
        Ok([self.file(name)?].into_iter().chain(self.extra(name)).collect())
    }

    /// The files below a folder, sorted by name; those that add to the lexicon come last.
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
