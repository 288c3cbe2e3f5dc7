//! Word lists are sorted, in lower case, wrapped and free of duplicates, so that changes are easy to review.

use std::collections::BTreeSet;
use std::fs;

use super::{files_below, path};

/// Maximum number of columns in a lexicon file.
const WIDTH: usize = 120;

/// The command that updates the files.
const UPDATE: &str = "RCALINT_NORMALISE=1 cargo test --test lexicon";

#[test]
fn word_lists_are_sorted() {
    let update = std::env::var("RCALINT_NORMALISE").is_ok();
    let mut untidy = Vec::new();
    for (name, _) in files_below("words/") {
        // From disk, because an embedded file may have just been updated.
        let text = fs::read_to_string(path(name)).unwrap();
        let tidy = normalised(name, &text);
        if tidy == text {
            continue;
        }
        if update {
            fs::write(path(name), tidy).unwrap();
        } else {
            untidy.push(name);
        }
    }
    assert!(untidy.is_empty(), "not in order: {untidy:?}; this updates it: {UPDATE}");
}

/// Returns a file with each of its word lists sorted, and otherwise unchanged.
fn normalised(name: &str, text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = find_list(rest) {
        let (before, list) = rest.split_at(start);
        let end = list.find(']').unwrap_or_else(|| panic!("{name}: a list is not closed"));
        out += before;
        out += &listed(&words(name, &list["words = [".len()..end]));
        rest = &list[end + 1..];
    }
    out + rest
}

/// Returns the offset of the next word list that begins a line.
fn find_list(text: &str) -> Option<usize> {
    if text.starts_with("words = [") { Some(0) } else { text.find("\nwords = [").map(|at| at + 1) }
}

/// Returns the entries of a list, sorted and without duplicates.
fn words(name: &str, list: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (at, piece) in list.split('"').enumerate() {
        if at % 2 == 1 {
            words.insert(piece.to_lowercase());
        } else {
            let stray = piece.trim_matches(|c: char| c.is_whitespace() || c == ',');
            assert!(stray.is_empty(), "{name}: `{stray}` would be lost; a comment stands above its list");
        }
    }
    words
}

/// Returns a list on one line if it fits, or else wrapped.
fn listed(words: &BTreeSet<String>) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let line = format!("words = [{}]", quoted.join(", "));
    if line.chars().count() <= WIDTH {
        return line;
    }
    let (mut out, mut line) = (String::from("words = [\n"), String::from("   "));
    for word in quoted {
        if line.chars().count() + word.chars().count() + " ,".len() > WIDTH {
            out += &line;
            out.push('\n');
            line.truncate(3);
        }
        for part in [" ", &word, ","] {
            line += part;
        }
    }
    out + &line + "\n]"
}

#[test]
fn a_list_is_sorted() {
    let text =
        "# Said once.\n[a]\nabout = \"words = [\"\nwords = [\"b\", \"A c\",\n  \"b\"]\n\n[d]\nwords = []\n";
    let tidy = "# Said once.\n[a]\nabout = \"words = [\"\nwords = [\"a c\", \"b\"]\n\n[d]\nwords = []\n";
    assert_eq!(normalised("a.toml", text), tidy);
    let long: BTreeSet<String> = (10..50).map(|at| format!("word {at}")).collect();
    assert!(listed(&long).lines().all(|line| line.len() <= WIDTH));
}
