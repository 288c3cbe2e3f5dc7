//! The pages of the manual about rules and buckets, in Markdown. `docs/` shows them, and an editor opens them.

use std::fmt::Write;

use crate::lexicon::{Bucket, Example, Factor, Rule};
use crate::render::severity_name;

/// Maximum number of example sentences of each kind, here and in `rcalint explain`.
pub const MAX_EXAMPLES: usize = 5;

/// Returns the page about a rule: what it flags, why, what to write instead, and examples.
pub fn rule(rule: &Rule) -> String {
    let mut text = format!(
        "# {}\n\n{}\n\nSeverity: `{}`\n",
        rule.id,
        sentence(&rule.summary),
        severity_name(rule.severity)
    );
    section(&mut text, "Why", &markdown(&rule.why));
    section(&mut text, "What to write instead", &markdown(&rule.better));
    section(&mut text, "Flagged", &examples(&rule.bad));
    section(&mut text, "Not flagged", &examples(&rule.good));
    section(&mut text, "References", &list(&rule.references));
    text
}

/// Returns the page about a bucket: what belongs to it, why, and its factors.
pub fn bucket(bucket: &Bucket) -> String {
    let name = sentence(&bucket.name);
    let mut text =
        format!("# {}\n\n{}: {}\n", bucket.id, name.trim_end_matches('.'), sentence(&bucket.summary));
    section(&mut text, "Why", &markdown(&bucket.why));
    section(&mut text, "Factors", &bucket.factors.iter().map(factor_text).collect::<Vec<_>>().join("\n"));
    section(&mut text, "References", &list(&bucket.references));
    text
}

fn factor_text(factor: &Factor) -> String {
    let mut text = format!("### {}\n\n{}\n", factor.id, sentence(&factor.summary));
    for (title, sentences) in [("Counts as examined", &factor.counts), ("Only mentions it", &factor.silent)] {
        if !sentences.is_empty() {
            let _ = write!(text, "\n{title}:\n\n{}", examples(sentences));
        }
    }
    text
}

/// Adds a section, unless it is empty.
fn section(text: &mut String, title: &str, body: &str) {
    if !body.is_empty() {
        let _ = write!(text, "\n## {title}\n\n{}\n", body.trim());
    }
}

fn examples(sentences: &[Example]) -> String {
    let rows = sentences.iter().take(MAX_EXAMPLES);
    bullets(rows.map(|example| format!("{} (under {})", markdown(&example.text), example.under)))
}

fn list(items: &[String]) -> String {
    bullets(items.iter().map(|item| markdown(item)))
}

fn bullets(items: impl Iterator<Item = String>) -> String {
    items.map(|item| "- ".to_owned() + &item + "\n").collect()
}

/// Returns a summary as a sentence.
fn sentence(summary: &str) -> String {
    let text = markdown(summary);
    let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    first.to_uppercase() + rest.trim_end_matches('.') + "."
}

/// Escapes text for Markdown, except within code, and removes line breaks within paragraphs.
pub fn markdown(text: &str) -> String {
    let paragraphs =
        text.trim().split("\n\n").map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let text = paragraphs.collect::<Vec<_>>().join("\n\n");
    let escape = |(at, part): (usize, &str)| {
        let is_code = at % 2 == 1;
        if is_code {
            part.to_owned()
        } else {
            part.replace('*', "\\*").replace('_', "\\_").replace('<', "\\<")
        }
    };
    text.split('`').enumerate().map(escape).collect::<Vec<_>>().join("`")
}
