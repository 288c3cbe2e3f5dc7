//! Links between the pages, and the table of contents.

use std::path::Path;

use regex::Regex;

use super::{Page, pages, read, repository};

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
