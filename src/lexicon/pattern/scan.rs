//! Runs all patterns of the lexicon over a sentence.

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::lexicon::pattern::anchor::{AnchorChooser, AnchorKey, Distance};
use crate::lexicon::pattern::matcher::{Branches, Matcher};
use crate::lexicon::pattern::program::Program;
use crate::lexicon::regexes::matched_tokens;
use crate::model::Span;
use crate::text::tokens::Tokens;
use crate::text::vocabulary::{ClassSet, Vocabulary};

/// Number of a pattern within a [`Scanner`].
pub type PatternId = usize;

/// A match of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The number of the pattern.
    pub pattern: PatternId,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
}

/// All patterns, and where to look for them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Scanner {
    programs: Vec<Program>,
    /// Classes of words that begin a clause.
    boundaries: ClassSet,
    /// For each word: the patterns that have it as an anchor.
    by_word: Vec<Vec<Anchored>>,
    /// For each class: the patterns that have it as an anchor.
    by_class: Vec<Vec<Anchored>>,
    /// Patterns without an anchor, which are tried everywhere.
    unanchored: Vec<PatternId>,
    /// A team's own regular expressions, which are never packed. Their numbers follow those of the programs.
    #[serde(skip)]
    regexes: Vec<Regex>,
}

/// A pattern that is tried near its anchor.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Anchored {
    pattern: PatternId,
    distance: Distance,
}

/// A pattern to be tried at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Attempt {
    pattern: PatternId,
    start: usize,
}

impl Scanner {
    /// Finds the anchors of `programs`. `boundaries` are the classes of words that begin a clause; `counts` contains
    /// how often each word occurs in ordinary text.
    pub fn new(
        programs: Vec<Program>,
        vocabulary: &Vocabulary,
        boundaries: ClassSet,
        counts: &[usize],
    ) -> Self {
        let mut scanner = Self {
            by_word: vec![Vec::new(); vocabulary.word_count()],
            by_class: vec![Vec::new(); vocabulary.class_names().count()],
            boundaries,
            ..Self::default()
        };
        let chooser = AnchorChooser::new(vocabulary, counts);
        for (pattern, program) in programs.iter().enumerate() {
            scanner.index(pattern, program, &chooser);
        }
        Self { programs, ..scanner }
    }

    /// Adds regular expressions, whose numbers follow those of the programs.
    #[must_use]
    pub fn with_regexes(self, regexes: Vec<Regex>) -> Self {
        Self { regexes, ..self }
    }

    /// Returns every match of every pattern, by position and pattern. Of overlapping matches of one pattern, only the
    /// first counts. `tokens` are those of the sentence `span` of `prose`.
    pub fn scan(&self, tokens: &Tokens, prose: &str, span: Span) -> Vec<Hit> {
        let matcher = self.matcher(tokens);
        let mut branches = Branches::new();
        let mut hits: Vec<Hit> = Vec::new();
        for Attempt { pattern, start } in self.attempts(matcher) {
            if hits.last().is_some_and(|hit| hit.pattern == pattern && start < hit.end) {
                continue;
            }
            if let Some(end) = matcher.match_at(&self.programs[pattern], start, &mut branches) {
                hits.push(Hit { pattern, start, end });
            }
        }
        hits.extend(self.regex_hits(tokens, prose, span));
        hits.sort_unstable_by_key(|hit| (hit.start, hit.pattern));
        hits
    }

    /// Returns the matches of the regular expressions. A line break counts as a space.
    fn regex_hits(&self, tokens: &Tokens, prose: &str, span: Span) -> Vec<Hit> {
        if self.regexes.is_empty() {
            return Vec::new();
        }
        let sentence = span.of(prose).replace(['\n', '\r', '\t'], " ");
        let numbered = (self.programs.len()..).zip(&self.regexes);
        numbered
            .flat_map(|(pattern, regex)| {
                let ranges = matched_tokens(regex, &sentence, span.start, tokens);
                ranges.into_iter().map(move |range| Hit { pattern, start: range.start, end: range.end })
            })
            .collect()
    }

    fn matcher<'s>(&self, tokens: &'s Tokens) -> Matcher<'s> {
        Matcher { tokens, boundaries: self.boundaries }
    }

    fn index(&mut self, pattern: PatternId, program: &Program, chooser: &AnchorChooser<'_>) {
        let Some(anchor) = chooser.choose(program) else {
            return self.unanchored.push(pattern);
        };
        for key in anchor.keys {
            let patterns = match key {
                AnchorKey::Word(word) => &mut self.by_word[usize::from(word)],
                AnchorKey::Class(class) => &mut self.by_class[usize::from(class)],
            };
            patterns.push(Anchored { pattern, distance: anchor.distance });
        }
    }

    /// Returns the attempts that are worthwhile, by pattern and start.
    fn attempts(&self, matcher: Matcher<'_>) -> Vec<Attempt> {
        let mut attempts = Vec::new();
        for at in 0..matcher.tokens.all.len() {
            let anywhere = self.unanchored.iter().map(|&pattern| Attempt { pattern, start: at });
            let near = self.anchored_at(matcher.tokens, at).flat_map(|anchored| anchored.attempts(at));
            let begins =
                |attempt: &Attempt| matcher.may_begin(&self.programs[attempt.pattern], attempt.start);
            attempts.extend(anywhere.chain(near).filter(begins));
        }
        attempts.sort_unstable();
        attempts.dedup();
        attempts
    }

    /// Returns the patterns whose anchor is the token `at` or an entry that begins there.
    fn anchored_at<'a>(&'a self, tokens: &'a Tokens, at: usize) -> impl Iterator<Item = &'a Anchored> {
        let of_classes = tokens.classes_at(at).iter().flat_map(|class| &self.by_class[usize::from(class)]);
        self.by_word[usize::from(tokens.all[at].word)].iter().chain(of_classes)
    }
}

impl Anchored {
    /// Returns the starts of matches whose anchor would be at the token `at`.
    fn attempts(&self, at: usize) -> impl Iterator<Item = Attempt> + use<> {
        let pattern = self.pattern;
        let starts = at.saturating_sub(self.distance.most)..(at + 1).saturating_sub(self.distance.least);
        starts.map(move |start| Attempt { pattern, start })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lexicon::pattern::parse::{Irregular, compile};

    impl Scanner {
        /// Returns what [`Scanner::scan`] should find, by trying every pattern everywhere.
        fn scan_everywhere(&self, tokens: &Tokens) -> Vec<Hit> {
            let mut hits = Vec::new();
            for (pattern, program) in self.programs.iter().enumerate() {
                let mut start = 0;
                while start < tokens.all.len() {
                    let end = self.matcher(tokens).match_at(program, start, &mut Branches::new());
                    hits.extend(end.map(|end| Hit { pattern, start, end }));
                    start = end.unwrap_or(start + 1);
                }
            }
            hits.sort_unstable_by_key(|hit| (hit.start, hit.pattern));
            hits
        }
    }

    /// Generates patterns of a few words and of two classes, one of which has entries of several words.
    fn pattern() -> impl Strategy<Value = String> {
        let one = prop::sample::select(vec![
            "a", "b", "c", "{one}", "{two}", "{number}", "{any}", "..2", "...1", ",", "^", "$",
        ]);
        let step = one.prop_map(str::to_owned).prop_recursive(2, 12, 3, |inner| {
            let choice = prop::collection::vec(prop::collection::vec(inner, 1..3), 1..4);
            (choice, any::<bool>()).prop_map(|(choices, optional)| {
                let choices: Vec<String> = choices.iter().map(|steps| steps.join(" ")).collect();
                format!("({}){}", choices.join("|"), if optional { "?" } else { "" })
            })
        });
        prop::collection::vec(step, 1..5).prop_map(|steps| steps.join(" "))
    }

    fn sentence() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec!["a", "b", "c", "d", "7", ","]);
        prop::collection::vec(word, 1..9).prop_map(|words| words.join(" "))
    }

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for (class, entries) in [("one", vec!["b", "b c", "c a b"]), ("two", vec!["a", "d a"])] {
            let class = vocabulary.add_class(class).unwrap();
            for entry in entries {
                let words: Vec<String> = entry.split(' ').map(str::to_owned).collect();
                vocabulary.add(&words, class);
            }
        }
        vocabulary
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

        #[test]
        fn trying_near_anchors_finds_what_trying_everywhere_finds(
            patterns in prop::collection::vec(pattern(), 1..4),
            text in sentence(),
            counts in prop::collection::vec(0_usize..3, 8),
        ) {
            let mut vocabulary = vocabulary();
            let programs: Vec<Program> = patterns
                .iter()
                .filter_map(|pattern| compile(pattern, &mut vocabulary, &Irregular::new()).ok())
                .collect();
            let scanner = Scanner::new(programs, &vocabulary, ClassSet::EMPTY, &counts);
            let tokens = Tokens::cut(&text, Span::new(0, text.len()), &vocabulary);
            let hits = scanner.scan(&tokens, &text, Span::new(0, text.len()));
            prop_assert_eq!(hits, scanner.scan_everywhere(&tokens), "{:?} in {:?}", patterns, text);
        }
    }
}
