//! Pages, and parts of pages, that are made from the lexicon and from what `rcalint explain` prints.

use rcalint::lexicon::{Bucket, Lexicon, Rule};
use rcalint::render::page;

use super::{Page, UPDATE};

/// The end of a generated part of a page.
const END: &str = "<!-- end -->";

/// The paragraph that `rcalint explain judgement` prints.
const JUDGEMENT: &str = include_str!("../../../src/cli/commands/explain/judgement.md");

/// Returns the pages of all rules and buckets.
pub(super) fn pages() -> Vec<Page> {
    let lexicon = Lexicon::embedded();
    let rules = lexicon.rules.iter().map(|rule| made("rules", &rule.id, &page::rule(rule)));
    let buckets = lexicon.buckets.iter().map(|bucket| made("buckets", &bucket.id, &page::bucket(bucket)));
    rules.chain(buckets).collect()
}

fn made(folder: &str, id: &str, text: &str) -> Page {
    let note = format!("<!-- Made from the lexicon: {UPDATE} -->");
    Page { name: format!("docs/{folder}/{id}.md"), text: format!("{note}\n\n{text}") }
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
        format!(
            "| [{0}](rules/{0}.md) | {1} | {2} |\n",
            rule.id,
            severity(rule),
            page::markdown(&rule.summary)
        )
    };
    "| rule | severity | what it flags |\n| --- | --- | --- |\n".to_owned()
        + &lexicon.rules.iter().map(row).collect::<String>()
}

fn buckets(lexicon: &Lexicon) -> String {
    let row = |bucket: &Bucket| {
        let (id, name) = (&bucket.id, page::markdown(&bucket.name));
        format!("| [{id}](buckets/{id}.md) | {name} | {} |\n", page::markdown(&bucket.summary))
    };
    "| bucket | name | what it is |\n| --- | --- | --- |\n".to_owned()
        + &lexicon.buckets.iter().map(row).collect::<String>()
}

fn severity(rule: &Rule) -> String {
    serde_json::to_value(rule.severity).unwrap().as_str().unwrap().to_owned()
}
