//! Errors in a lexicon or a configuration, with their location.

use crate::lexicon::did_you_mean::advice;
use crate::lexicon::named_text::NamedText;
use crate::lexicon::spanned::line_column;

/// An error in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconError {
    /// The file: its path below `lexicon/`, or as given by the user.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in Unicode code points.
    pub column: usize,
    /// A one-line description of the error.
    pub message: String,
}

impl std::fmt::Display for LexiconError {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

impl std::error::Error for LexiconError {}

impl LexiconError {
    /// Creates an error at a byte of a file.
    pub fn at(file: NamedText<'_>, offset: usize, message: impl Into<String>) -> Self {
        let (line, column) = line_column(file.1, offset);
        Self { file: file.0.to_owned(), line, column, message: message.into() }
    }

    /// Creates an error at the first occurrence of `words` in a file.
    pub(super) fn near(file: NamedText<'_>, words: &str, message: impl Into<String>) -> Self {
        Self::at(file, file.1.find(words).unwrap_or(0), message)
    }

    /// Converts an error of the TOML parser. Suggests the most similar known name instead of listing them all.
    pub fn from_toml_error(file: NamedText<'_>, why: &toml::de::Error) -> Self {
        let offset = why.span().map_or(0, |span| span.start);
        Self::at(file, offset, plain(why.message()))
    }
}

/// Shortens messages such as "unknown field `sumary`, expected one of `id`, `summary`".
fn plain(message: &str) -> String {
    let message = message.lines().next().unwrap_or_default();
    // The parser's message for a number in place of one of several words.
    if message == "wanted string or table" {
        return String::from("invalid type: expected a string");
    }
    let kinds = [("unknown field `", "key"), ("unknown variant `", "value")];
    let strange = kinds
        .iter()
        .find_map(|(opening, kind)| Some((kind, message.strip_prefix(opening)?.split_once('`')?)));
    let Some((kind, (name, rest))) = strange else { return message.to_owned() };
    let known = rest.split('`').skip(1).step_by(2);
    format!("unknown {kind} `{name}`{}", advice(name, known))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn messages_of_the_toml_parser_are_shortened() {
        let said = plain("unknown field `sumary`, expected one of `id`, `summary`");
        assert_eq!(said, "unknown key `sumary`; did you mean `summary`?");
        let said = plain("unknown variant `fatal`, expected `note` or `error`");
        assert_eq!(said, "unknown value `fatal`; expected one of: note, error");
        assert_eq!(plain("unknown field `a`, there are no fields"), "unknown key `a`");
        assert_eq!(plain("wanted string or table"), "invalid type: expected a string");
        assert_eq!(plain("invalid type: integer `3`\nin `a`"), "invalid type: integer `3`");
    }
}
