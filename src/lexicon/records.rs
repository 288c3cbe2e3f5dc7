//! The forms of pasted log and chat lines: the `[[record]]` tables of `sections.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use regex::{Regex, RegexSet, RegexSetBuilder};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::lexicon::regexes::reason;

/// Maximum size in bytes of the compiled patterns, so that those of a team cannot exhaust the memory.
const SIZE_LIMIT: usize = 4 << 20;

/// Recognises lines that were pasted from a log or a chat.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RecordShapes {
    /// The names that patterns may use in braces, with their replacements.
    parts: BTreeMap<String, String>,
    /// Lines that are not records, whatever else matches.
    never: PatternSet,
    /// Records.
    anywhere: PatternSet,
    /// Records within a block quote only.
    in_quotes: PatternSet,
}

/// Patterns that are compiled when they are first used, since most documents need only some of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct PatternSet {
    patterns: Vec<String>,
    #[serde(skip)]
    compiled: OnceLock<RegexSet>,
}

/// A `[[record]]` table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordEntry {
    #[serde(rename = "about")]
    _about: String,
    regex: Pattern,
    #[serde(default)]
    only_in_quotes: bool,
    /// Lines that it must match; each is a test.
    #[cfg_attr(not(test), expect(dead_code, reason = "only tests read the examples"))]
    pub(super) examples: Vec<String>,
}

/// A regular expression that compiles once the names in braces are replaced.
#[derive(Clone, Debug)]
pub(super) struct Pattern(String);

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        match Regex::new(&without_parts(&text)) {
            Ok(_) => Ok(Self(text)),
            Err(why) => Err(D::Error::custom(format!("invalid regex: {}", reason(&why)))),
        }
    }
}

impl RecordShapes {
    /// Creates record forms without any pattern for records.
    pub(super) fn new(parts: BTreeMap<String, String>, never: Vec<Pattern>) -> Self {
        let mut shapes = Self { parts, ..Self::default() };
        shapes.never.patterns = never.into_iter().map(|pattern| shapes.with_parts(&pattern.0)).collect();
        shapes
    }

    /// Adds patterns.
    ///
    /// # Errors
    /// Returns a message if all patterns together are too large.
    pub(super) fn add(&mut self, entries: Vec<RecordEntry>) -> Result<(), String> {
        for entry in entries {
            let pattern = self.with_parts(&entry.regex.0);
            let set = if entry.only_in_quotes { &mut self.in_quotes } else { &mut self.anywhere };
            set.patterns.push(pattern);
        }
        for set in [&mut self.never, &mut self.anywhere, &mut self.in_quotes] {
            set.compiled = set.compile().map_err(|why| reason(&why))?.into();
        }
        Ok(())
    }

    /// True if a line, without leading list and quote markers, was pasted from a log or a chat.
    pub fn is_record(&self, line: &str) -> bool {
        self.anywhere.is_match(line) && !self.never.is_match(line)
    }

    /// True if a line of a block quote was pasted from a log or a chat.
    pub fn is_quoted_record(&self, line: &str) -> bool {
        self.is_record(line) || self.in_quotes.is_match(line)
    }

    fn with_parts(&self, pattern: &str) -> String {
        let fill =
            |text: String, (name, part): (&String, &String)| text.replace(&format!("{{{name}}}"), part);
        self.parts.iter().fold(pattern.to_owned(), fill)
    }
}

impl From<Vec<Pattern>> for PatternSet {
    fn from(patterns: Vec<Pattern>) -> Self {
        Self { patterns: patterns.into_iter().map(|pattern| pattern.0).collect(), ..Self::default() }
    }
}

impl PatternSet {
    /// True if any pattern matches. What cannot be compiled is an error when the lexicon is loaded.
    pub(super) fn is_match(&self, line: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| self.compile().unwrap_or_else(|_| RegexSet::empty()));
        compiled.is_match(line)
    }

    fn compile(&self) -> Result<RegexSet, regex::Error> {
        RegexSetBuilder::new(&self.patterns).size_limit(SIZE_LIMIT).build()
    }
}

/// Returns a pattern that matches any of the words.
pub(super) fn any_of<'w>(words: impl IntoIterator<Item = &'w String>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| regex::escape(word)).collect();
    format!("(?:{})", words.join("|"))
}

/// Returns the pattern with a letter in place of each name in braces, to check that it compiles.
fn without_parts(pattern: &str) -> String {
    let mut pieces = pattern.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| match piece.split_once('}') {
        Some((name, rest)) if name.starts_with(char::is_alphabetic) => format!("{text}x{rest}"),
        _ => format!("{text}{{{piece}"),
    })
}

#[cfg(test)]
mod tests {
    use super::RecordEntry;
    use crate::lexicon::Lexicon;
    use crate::lexicon::error::LexiconError;

    #[derive(serde::Deserialize)]
    struct Records {
        record: Vec<RecordEntry>,
    }

    #[test]
    fn every_record_matches_its_examples() {
        let file: Records = toml::from_str(include_str!("../../lexicon/sections.toml")).unwrap();
        let shapes = &Lexicon::embedded().headings.records;
        for entry in file.record {
            assert!(!entry.examples.is_empty());
            for line in entry.examples {
                assert!(shapes.is_quoted_record(&line), "{line}");
                assert!(entry.only_in_quotes || shapes.is_record(&line), "{line}");
            }
        }
    }

    #[test]
    fn a_pattern_that_does_not_compile_is_an_error_with_its_line() {
        let text = "[[record]]\nabout = \"chat\"\nregex = '({clock}'\nexamples = [\"12:01\"]\n";
        let why = Lexicon::embedded().headings.clone().extend(text).unwrap_err();
        let error = LexiconError::from_toml_error(("own/sections.toml", text), &why);
        assert_eq!(error.to_string(), "own/sections.toml:3:9: invalid regex: unclosed group");
    }

    #[test]
    fn a_team_adds_its_own_format() {
        let text =
            "[[record]]\nabout = \"chat\"\nregex = '^{clock} \\S+ » '\nexamples = [\"12:01 bob » a\"]\n";
        let mut headings = Lexicon::embedded().headings.clone();
        headings.extend(text).unwrap();
        assert!(headings.records.is_record("12:01 bob » my mistake"));
        assert!(headings.records.is_record("<bob> my mistake"));
    }

    #[test]
    fn ordinary_lines_are_not_records() {
        let shapes = &Lexicon::embedded().headings.records;
        for line in [
            "<b> the engineer forgot",
            "12:01 <em> the engineer forgot",
            "12:01 the engineer forgot",
            "12:01 error rates rise",
            "**Monday 10:00** the deploy begins",
            "**Jan 10:00** the deploy begins",
            "**10:00** the deploy begins",
            "bob: my mistake",
        ] {
            assert!(!shapes.is_record(line), "{line}");
        }
    }
}
