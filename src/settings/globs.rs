//! Selects the files to read: `include` and `exclude` in the configuration, in the syntax of `.gitignore`.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::config::Config;
use crate::lexicon::error::LexiconError;
use crate::lexicon::named_text::NamedText;
use crate::lexicon::spanned::Spanned;
use crate::settings::paths::absolute;

/// Compiled globs. If there are none, every file is read.
#[derive(Debug, Default)]
pub(crate) struct Globs {
    /// The absolute folder of the configuration. The globs do not apply to files elsewhere.
    root: PathBuf,
    include: Option<Gitignore>,
    exclude: Option<Gitignore>,
}

impl Globs {
    /// Compiles the globs of the configuration in `folder`.
    pub(crate) fn new(config: &Config, file: NamedText<'_>, folder: &Path) -> Result<Self, LexiconError> {
        let root = absolute(folder);
        let compile = |globs: &[Spanned<String>]| compile(file, globs, &root);
        let (include, exclude) = (compile(&config.include)?, compile(&config.exclude)?);
        Ok(Self { root, include, exclude })
    }

    /// Returns the reason why a file is skipped; `None` if it is read.
    pub(crate) fn reject(&self, path: &Path) -> Option<&'static str> {
        if self.include.is_none() && self.exclude.is_none() {
            return None;
        }
        let path = absolute(path);
        let below = path.strip_prefix(&self.root).ok()?;
        let matches = |globs: &Gitignore| globs.matched_path_or_any_parents(below, false).is_ignore();
        if self.exclude.as_ref().is_some_and(matches) {
            Some("excluded")
        } else if !self.include.as_ref().is_none_or(matches) {
            Some("not-included")
        } else {
            None
        }
    }
}

fn compile(
    file: NamedText<'_>,
    globs: &[Spanned<String>],
    root: &Path,
) -> Result<Option<Gitignore>, LexiconError> {
    if globs.is_empty() {
        return Ok(None);
    }
    let mut builder = GitignoreBuilder::new(root);
    // In a .gitignore, `[a` matches nothing; here it is a mistake to report.
    builder.allow_unclosed_class(false);
    for glob in globs {
        if glob.value.trim().is_empty() || glob.value.starts_with('#') {
            return Err(invalid(file, glob, "it matches no file"));
        }
        let added = builder.add_line(None, &glob.value);
        added.map_err(|error| invalid(file, glob, &reason(&error)))?;
    }
    builder.build().map(Some).map_err(|error| LexiconError::at(file, globs[0].start, reason(&error)))
}

fn invalid(file: NamedText<'_>, glob: &Spanned<String>, why: &str) -> LexiconError {
    LexiconError::at(file, glob.start, format!("invalid glob `{}`: {why}", glob.value))
}

/// Returns the reason why a glob is invalid, without the glob itself.
fn reason(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn rejected(toml: &str, path: &str) -> Option<&'static str> {
        let config = Config::parse(("c", toml)).unwrap();
        Globs::new(&config, ("c", toml), Path::new("/team")).unwrap().reject(Path::new(path))
    }

    #[test]
    fn globs_work_as_in_gitignore() {
        let exclude = "exclude = [\"templates/\", \"draft-*.md\", \"/old/*.md\", \"!old/keep.md\"]";
        for path in
            ["/team/templates/a.md", "/team/x/templates/b/a.md", "/team/x/draft-1.md", "/team/old/a.md"]
        {
            assert_eq!(rejected(exclude, path), Some("excluded"), "{path}");
        }
        for path in ["/team/a.md", "/team/x/old/a.md", "/team/old/keep.md", "/elsewhere/templates/a.md"] {
            assert_eq!(rejected(exclude, path), None, "{path}");
        }
    }

    #[test]
    fn include_selects_the_files_to_read() {
        let include = "include = [\"incidents/\"]\nexclude = [\"incidents/old/\"]";
        assert_eq!(rejected(include, "/team/incidents/2026/a.md"), None);
        assert_eq!(rejected(include, "/team/docs/../incidents/a.md"), None);
        assert_eq!(rejected(include, "/team/docs/a.md"), Some("not-included"));
        assert_eq!(rejected(include, "/team/incidents/old/a.md"), Some("excluded"));
    }
}
