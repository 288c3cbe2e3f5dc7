//! Regular expressions that a team can use instead of patterns. They run in linear time and their size is limited.

use std::ops::Range;

use regex::{Error, Regex, RegexBuilder};

use crate::text::tokens::Tokens;

/// Maximum size in bytes of one compiled expression.
const LARGEST: usize = 256 << 10;
/// Maximum size in bytes of the automaton of one expression while it runs.
const LARGEST_AUTOMATON: usize = 1 << 20;
/// Maximum number of matches of one expression per sentence.
const MOST_MATCHES: usize = 16;

/// Compiles an expression, which ignores case unless it specifies otherwise.
///
/// # Errors
/// Returns a one-line description of the error.
pub(super) fn compile(expression: &str) -> Result<Regex, String> {
    let regex = RegexBuilder::new(expression)
        .case_insensitive(true)
        .size_limit(LARGEST)
        .dfa_size_limit(LARGEST_AUTOMATON)
        .build()
        .map_err(|why| format!("in the regex `{}`: {}", shortened(expression), one_line(&why)))?;
    if matches_empty_text(&regex) {
        return Err(format!("in the regex `{}`: it matches empty text", shortened(expression)));
    }
    Ok(regex)
}

/// Returns the tokens that each match of an expression touches. `text` is the sentence with these `tokens`, and `start`
/// its offset in the document, in bytes. Matches that share a token with an earlier one are left out.
pub(super) fn matched_tokens(regex: &Regex, text: &str, start: usize, tokens: &Tokens) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for matched in regex.find_iter(text).take(MOST_MATCHES) {
        let touched = touched_tokens(tokens, start + matched.start()..start + matched.end());
        let is_new = found.last().is_none_or(|last| last.end <= touched.start);
        if is_new && !touched.is_empty() {
            found.push(touched);
        }
    }
    found
}

/// Returns the tokens that share a byte with a range of the document.
fn touched_tokens(tokens: &Tokens, bytes: Range<usize>) -> Range<usize> {
    let start = tokens.all.partition_point(|token| token.span().end <= bytes.start);
    let end = tokens.all.partition_point(|token| token.span().start < bytes.end);
    start..end.max(start)
}

/// True if an expression matches without consuming a character, as `a*` and `\b` do.
fn matches_empty_text(regex: &Regex) -> bool {
    ["", "a 1"].iter().any(|text| regex.find_iter(text).any(|found| found.is_empty()))
}

fn one_line(why: &Error) -> String {
    match why {
        Error::CompiledTooBig(limit) => {
            format!("it is too large: more than {} KiB when compiled", limit >> 10)
        }
        why => reason(why),
    }
}

/// Returns what is wrong with an expression: the last line of the error. Those above it show the expression.
pub(super) fn reason(why: &Error) -> String {
    let message = why.to_string();
    let last = message.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

/// Returns the beginning of an expression, for a message.
fn shortened(expression: &str) -> String {
    const LONGEST: usize = 60;
    if expression.chars().count() <= LONGEST {
        return expression.to_owned();
    }
    expression.chars().take(LONGEST).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;
    use crate::text::vocabulary::Vocabulary;

    fn found<'t>(expression: &str, text: &'t str) -> Vec<&'t str> {
        let tokens = Tokens::cut(text, Span::new(0, text.len()), &Vocabulary::default());
        let ranges = matched_tokens(&compile(expression).unwrap(), text, 0, &tokens);
        ranges.into_iter().map(|range| tokens.span(range).of(text)).collect()
    }

    #[test]
    fn a_match_covers_whole_tokens() {
        assert_eq!(found("r cau", "Our cause was human."), ["Our cause"]);
        assert_eq!(found("ops-[0-9]+", "See OPS-12 and ops-7"), ["OPS-12", "ops-7"]);
        assert_eq!(found("u", "unusual"), ["unusual"]);
        assert_eq!(found(" +", "a  b"), [""; 0]);
    }

    #[test]
    fn an_expression_that_matches_empty_text_is_rejected() {
        for expression in ["", "a*", "^", r"\b", "(?:x|)"] {
            assert!(compile(expression).unwrap_err().contains("empty text"), "{expression}");
        }
    }
}
