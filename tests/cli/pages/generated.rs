//! Pages, and parts of pages, that are made from the lexicon and from what `rcalint explain` prints.

use std::fmt::Write;

use rcalint::lexicon::{Bucket, Example, Factor, Lexicon, Rule};

use super::{Page, UPDATE};

/// The end of a generated part of a page.
const END: &str = "<!-- end -->";

/// Maximum number of example sentences of each kind, as in `rcalint explain`.
const MAX_EXAMPLES: usize = 5;

/// The paragraph that `rcalint explain judgement` prints.
const JUDGEMENT: &str = include_str!("../../../src/cli/commands/explain/judgement.md");

/// Returns the pages of all rules and buckets.
pub(super) fn pages() -> Vec<Page> {
    let lexicon = Lexicon::embedded();
    let rules = lexicon.rules.iter().map(|rule| page("rules", &rule.id, &rule_text(rule)));
    let buckets = lexicon.buckets.iter().map(|bucket| page("buckets", &bucket.id, &bucket_text(bucket)));
    rules.chain(buckets).collect()
}

fn page(folder: &str, id: &str, text: &str) -> Page {
    let note = format!("<!-- Made from the lexicon: {UPDATE} -->");
    Page { name: format!("docs/{folder}/{id}.md"), text: format!("{note}\n\n# {id}\n\n{text}") }
}

/// Returns a page with its generated parts.
pub(super) fn fill(text: &str) -> String {
    let lexicon = Lexicon::embedded();
    let parts =
        [("rules", rules(lexicon)), ("buckets", buckets(lexicon)), ("judgement", JUDGEMENT.to_owned())];
    parts.into_iter().fold(text.to_owned(), |text, (name, part)| {
        let start = format!("<!-- generated: {name} -->\n");
        let Some((before, rest)) = text.split_once(&start) else { return text };
        let (_, after) = rest.split_once(END).expect("a generated part that does not end");
        format!("{before}{start}\n{}\n\n{END}{after}", part.trim_end())
    })
}

fn rules(lexicon: &Lexicon) -> String {
    let row = |rule: &Rule| {
        format!("| [{0}](rules/{0}.md) | {1} | {2} |\n", rule.id, severity(rule), markdown(&rule.summary))
    };
    "| rule | severity | what it flags |\n| --- | --- | --- |\n".to_owned()
        + &lexicon.rules.iter().map(row).collect::<String>()
}

fn buckets(lexicon: &Lexicon) -> String {
    let row = |bucket: &Bucket| {
        let (id, name) = (&bucket.id, markdown(&bucket.name));
        format!("| [{id}](buckets/{id}.md) | {name} | {} |\n", markdown(&bucket.summary))
    };
    "| bucket | name | what it is |\n| --- | --- | --- |\n".to_owned()
        + &lexicon.buckets.iter().map(row).collect::<String>()
}

fn rule_text(rule: &Rule) -> String {
    let mut text = format!("{}\n\nSeverity: `{}`\n", sentence(&rule.summary), severity(rule));
    section(&mut text, "Why", &markdown(&rule.why));
    section(&mut text, "What to write instead", &markdown(&rule.better));
    section(&mut text, "Flagged", &examples(&rule.bad));
    section(&mut text, "Not flagged", &examples(&rule.good));
    section(&mut text, "References", &list(&rule.references));
    text
}

fn bucket_text(bucket: &Bucket) -> String {
    let mut text =
        format!("{}: {}\n", sentence(&bucket.name).trim_end_matches('.'), sentence(&bucket.summary));
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

fn severity(rule: &Rule) -> String {
    serde_json::to_value(rule.severity).unwrap().as_str().unwrap().to_owned()
}

/// Returns a summary as a sentence.
fn sentence(summary: &str) -> String {
    let text = markdown(summary);
    let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    first.to_uppercase() + rest.trim_end_matches('.') + "."
}

/// Escapes text for Markdown, except within code, and removes line breaks within paragraphs.
fn markdown(text: &str) -> String {
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
