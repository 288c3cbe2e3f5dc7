//! Keeps the README and the pages in `docs/` true: their commands are run, and their generated parts, their links and the
//! table of contents are compared with what they come from.
//!
//! To update all of them, run `RCALINT_NORMALISE=1 cargo test --test cli pages` and read the difference.

mod commands;
mod generated;
mod links;
mod stage;

use std::fs;
use std::path::{Path, PathBuf};

use stage::stage;

/// The command that updates the pages.
const UPDATE: &str = "RCALINT_NORMALISE=1 cargo test --test cli pages";

/// The README stays short: everything else is in `docs/`.
const MAX_LINES_OF_README: usize = 200;

/// A page: its path below the repository, and its text.
struct Page {
    name: String,
    text: String,
}

#[test]
fn every_page_shows_what_commands_print() {
    let written = pages().into_iter().filter(|page| !is_generated(page));
    let wrong: Vec<String> = written.flat_map(|page| problems(&page)).collect();
    assert!(wrong.is_empty(), "{}\n\n{UPDATE} updates the pages", wrong.join("\n"));
}

/// Returns what is wrong with a page, after an update if one was requested.
fn problems(page: &Page) -> Vec<String> {
    let text = generated::fill(&page.text);
    let (text, failures) = commands::run(&text, stage().path());
    let stale = refresh(&page.name, &text);
    let failures = failures.into_iter().map(|failure| format!("{}: {failure}", page.name));
    failures.chain(stale).collect()
}

#[test]
fn every_rule_and_bucket_has_a_current_page() {
    let pages = generated::pages();
    let stale = pages.iter().filter_map(|page| refresh(&page.name, &page.text));
    let is_made = |page: &Page| pages.iter().any(|made| made.name == page.name);
    let needless = self::pages().into_iter().filter(|page| is_generated(page) && !is_made(page));
    let needless = needless.map(|page| format!("{} belongs to no rule or bucket", page.name));
    let wrong: Vec<String> = stale.chain(needless).collect();
    assert!(wrong.is_empty(), "{}\n\n{UPDATE} updates the pages", wrong.join("\n"));
}

/// True for the page of a rule or a bucket, which another test keeps current.
fn is_generated(page: &Page) -> bool {
    page.name.starts_with("docs/rules/") || page.name.starts_with("docs/buckets/")
}

#[test]
fn the_readme_is_short() {
    let lines = read("README.md").lines().count();
    assert!(lines <= MAX_LINES_OF_README, "README.md has {lines} lines");
}

/// Writes a file if an update was requested; otherwise returns the first line in which it is not current.
fn refresh(name: &str, current: &str) -> Option<String> {
    let file = repository().join(name);
    let text = fs::read_to_string(&file).unwrap_or_default();
    if text == current {
        return None;
    }
    if std::env::var_os("RCALINT_NORMALISE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, current).unwrap();
        return None;
    }
    let same = text.lines().zip(current.lines()).take_while(|(a, b)| a == b).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
    Some(format!("{name}:{}:\n  is:        {}\n  should be: {}", same + 1, line(&text), line(current)))
}

/// Returns the README and all pages in `docs/`, in order.
fn pages() -> Vec<Page> {
    let mut names = vec!["README.md".to_owned()];
    collect(Path::new("docs"), &mut names);
    names.sort();
    names.into_iter().map(|name| Page { text: read(&name), name }).collect()
}

fn collect(folder: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(repository().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = folder.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            collect(&path, names);
        } else if path.extension().is_some_and(|end| end == "md") {
            names.push(path.to_str().unwrap().to_owned());
        }
    }
}

fn read(name: &str) -> String {
    fs::read_to_string(repository().join(name)).unwrap()
}

fn repository() -> PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}
