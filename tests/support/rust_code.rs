//! The Rust code of the program, for tests.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// One source file of the program, without its tests and comments.
pub(crate) struct Code {
    /// Path below `src/`.
    pub(crate) name: String,
    pub(crate) text: String,
    /// Its string literals, as written.
    pub(crate) literals: Vec<String>,
}

impl Code {
    fn of(root: &Path, path: &Path) -> Self {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        let text = fs::read_to_string(path).unwrap();
        let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let (text, literals) = lex(program);
        Self { name, text, literals }
    }
}

/// Returns all source files except those that contain only tests.
pub(crate) fn program() -> Vec<Code> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut waiting: Vec<PathBuf> = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = waiting.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let is_tests = path.file_stem().is_some_and(|stem| stem == "tests");
            if path.is_dir() && !is_tests {
                waiting.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") && !is_tests {
                files.push(Code::of(&root, &path));
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// Returns the code without comments and with empty string literals, and the literals.
pub(crate) fn lex(code: &str) -> (String, Vec<String>) {
    let token = Regex::new(concat!(
        r##"(?s)(?P<comment>//[^\n]*|/\*.*?\*/)"##,
        r##"|r#"(?P<hashed>.*?)"#|r"(?P<raw>[^"]*)""##,
        r##"|'(?:\\[^']+|\\'|[^'\\])'|"(?P<plain>(?:[^"\\]|\\.)*)""##,
    ))
    .unwrap();
    let mut literals = Vec::new();
    let text = token.replace_all(code, |found: &regex::Captures<'_>| {
        let literal = ["hashed", "raw", "plain"].iter().find_map(|kind| found.name(kind));
        literals.extend(literal.map(|literal| literal.as_str().to_owned()));
        if found.name("comment").is_some() { " " } else { "\"\"" }
    });
    (text.into_owned(), literals)
}
