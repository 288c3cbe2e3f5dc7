//! Links between the pages, and the table of contents.

use std::path::Path;
use std::process::{Command, Stdio};

use regex::Regex;
use serde_json::{Value, json};

use super::{Page, pages, read, repository};
use crate::tools::require;

#[test]
fn every_link_leads_somewhere() {
    let link = Regex::new(r"\]\(([^)\s]+)\)").unwrap();
    let broken: Vec<String> = pages()
        .iter()
        .flat_map(|page| {
            let text = prose(&page.text);
            let targets: Vec<String> = link.captures_iter(&text).map(|found| found[1].to_owned()).collect();
            targets
                .into_iter()
                .filter(|target| !leads_somewhere(page, target))
                .map(|target| format!("{}: {target}", page.name))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn leads_somewhere(page: &Page, target: &str) -> bool {
    if target.starts_with("https://") {
        return true;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let folder = Path::new(&page.name).parent().unwrap();
    let file = if path.is_empty() { page.name.as_str().into() } else { folder.join(path) };
    if !repository().join(&file).exists() {
        return false;
    }
    anchor.is_empty() || prose(&read(file.to_str().unwrap())).lines().any(|line| is_heading(line, anchor))
}

/// True if a line is the heading that an anchor leads to.
fn is_heading(line: &str, anchor: &str) -> bool {
    let Some(title) = line.strip_prefix('#') else { return false };
    let title = title.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    title.chars().filter(|sign| sign.is_alphanumeric() || "-_".contains(*sign)).collect::<String>() == anchor
}

/// Returns a page without its code blocks.
fn prose(text: &str) -> String {
    text.split("```").step_by(2).collect()
}

/// The book has no files of the repository except the pages: `docs/outside.py` names them instead of linking to them.
#[test]
fn no_link_leads_out_of_the_book() {
    if !require(&["python3"]) {
        return;
    }
    let pages: Vec<Page> = pages().into_iter().filter(|page| page.name.starts_with("docs/")).collect();
    let link = Regex::new(r"\]\((\.\./[^)\s]+)\)").unwrap();
    let mut leading_out = 0;
    for (page, text) in pages.iter().zip(in_book(&pages)) {
        let depth = page.name.matches('/').count() - 1;
        let is_outside = |target: &str| target.matches("../").count() > depth;
        let outside = |text: &str| link.captures_iter(text).filter(|found| is_outside(&found[1])).count();
        assert_eq!(outside(&text), 0, "{}", page.name);
        leading_out += outside(&page.text);
        assert_eq!(text.matches("](").count(), page.text.matches("](").count() - outside(&page.text));
    }
    assert!(leading_out > 0, "no page links to a file of the repository; `docs/outside.py` is needless");
}

/// Returns the texts of pages as they are in the book.
fn in_book(pages: &[Page]) -> Vec<String> {
    let chapter = |page: &Page| {
        let path = page.name.strip_prefix("docs/");
        json!({ "Chapter": { "name": "", "content": page.text, "path": path, "sub_items": [] } })
    };
    let chapters: Vec<Value> = pages.iter().map(chapter).collect();
    let mut python = Command::new("python3");
    python.arg(repository().join("docs/outside.py")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut python = python.spawn().unwrap();
    serde_json::to_writer(python.stdin.take().unwrap(), &json!([{}, { "items": chapters }])).unwrap();
    let book: Value = serde_json::from_reader(python.stdout.take().unwrap()).unwrap();
    assert!(python.wait().unwrap().success());
    let content = |chapter: &Value| chapter["Chapter"]["content"].as_str().unwrap().to_owned();
    book["items"].as_array().unwrap().iter().map(content).collect()
}

#[test]
fn the_table_of_contents_lists_every_page_once() {
    let contents = read("docs/SUMMARY.md");
    let names = pages().into_iter().filter_map(|page| page.name.strip_prefix("docs/").map(str::to_owned));
    for name in names.filter(|name| name != "SUMMARY.md") {
        assert_eq!(contents.matches(&format!("]({name})")).count(), 1, "docs/SUMMARY.md: {name}");
    }
}

#[test]
fn the_overview_lists_every_subject() {
    let overview = read("docs/README.md");
    let names = pages().into_iter().filter_map(|page| page.name.strip_prefix("docs/").map(str::to_owned));
    let subjects = names.filter(|name| !name.contains('/') && name != "README.md" && name != "SUMMARY.md");
    for name in subjects {
        assert!(overview.contains(&format!("]({name})")), "docs/README.md: {name}");
    }
}
