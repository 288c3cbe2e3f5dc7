//! Tests of the structure of the code: which module may import which, which may access the outside world, and that the
//! code that judges text contains no English phrases.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads the source")]

#[path = "support/rust_code.rs"]
mod rust_code;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rcalint::lexicon::{Factor, Lexicon};
use regex::Regex;

use rust_code::{Code, lex, program};

/// The imports allowed between folders of `src/`, lowest first: each line names only lines above it, so that there are
/// no cycles.
const MAY_IMPORT: [(&str, &[&str]); 21] = [
    ("model", &[]),
    ("vcs", &[]),
    ("source", &[]),
    ("reader", &[]),
    ("text", &["model"]),
    ("report", &["model"]),
    ("lexicon", &["model", "text"]),
    ("builtin_lexicon", &["lexicon"]),
    ("document", &["model", "source", "text", "lexicon"]),
    ("analysis", &["model", "reader", "text", "report", "lexicon", "document"]),
    ("suppress", &["model", "report", "lexicon", "document", "analysis"]),
    ("review", &["model", "source", "reader", "report", "lexicon", "document", "analysis", "suppress"]),
    ("example_check", &["source", "reader", "report", "lexicon", "review"]),
    ("config", &["model", "report", "lexicon"]),
    ("collection", &["model", "report", "text", "lexicon"]),
    ("render", &["model", "source", "reader", "report", "lexicon", "collection"]),
    ("atomic_write", &["source", "report"]),
    (
        "settings",
        &[
            "model",
            "vcs",
            "source",
            "reader",
            "report",
            "lexicon",
            "document",
            "suppress",
            "review",
            "config",
            "atomic_write",
        ],
    ),
    (
        "lsp",
        &[
            "model",
            "source",
            "report",
            "lexicon",
            "document",
            "review",
            "config",
            "render",
            "atomic_write",
            "settings",
        ],
    ),
    (
        "cli",
        &[
            "model",
            "vcs",
            "source",
            "reader",
            "text",
            "report",
            "lexicon",
            "document",
            "suppress",
            "review",
            "example_check",
            "config",
            "collection",
            "render",
            "atomic_write",
            "settings",
            "lsp",
        ],
    ),
    ("lib", &["reader", "document", "review"]),
];

/// The imports allowed between parts of `src/cli/`, as above.
const CLI_MAY_IMPORT: [(&str, &[&str]); 7] = [
    ("args", &[]),
    ("exit", &[]),
    ("ordered_parallel", &[]),
    ("console", &["exit"]),
    ("output", &["args", "exit", "console"]),
    ("input", &["args", "console"]),
    ("commands", &["args", "exit", "ordered_parallel", "console", "output", "input"]),
];

/// Folders that judge text. Their knowledge of English belongs in `lexicon/`.
const JUDGES: [&str; 3] = ["analysis", "document", "text"];

/// Returns the folder of `src/` that contains a file, or the file's own name without the extension.
fn module(code: &Code) -> &str {
    code.name.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Returns the modules that a file names as `crate::…`.
fn imports(code: &Code) -> BTreeSet<String> {
    let mut modules = imports_below(code, "crate::");
    // The root of the crate re-exports these.
    if modules.remove("looks_like_postmortem") {
        modules.insert(String::from("document"));
    }
    modules
}

/// Returns the modules that a file names as `PREFIX…`.
fn imports_below(code: &Code, prefix: &str) -> BTreeSet<String> {
    let named = Regex::new(&format!(r"{prefix}(?:\{{([^;]*)\}}|([a-z_]+))")).unwrap();
    let mut modules = BTreeSet::new();
    for found in named.captures_iter(&code.text) {
        match (found.get(1), found.get(2)) {
            (Some(group), _) => modules.extend(heads(group.as_str())),
            (_, Some(name)) => modules.extend([name.as_str().to_owned()]),
            _ => {}
        }
    }
    modules
}

/// Returns the first names in a group of imports: `a` and `d` for `a::{b, c}, d`.
fn heads(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut heads = vec![String::new()];
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(String::new()),
            _ if depth == 0 => heads.last_mut().unwrap().push(letter),
            _ => {}
        }
    }
    let first = |head: String| head.split("::").next().unwrap().trim().to_owned();
    heads.into_iter().map(first).filter(|head| !head.is_empty()).collect()
}

#[test]
fn modules_have_only_allowed_imports() {
    let mut wrong = Vec::new();
    for code in program().iter().filter(|code| !matches!(module(code), "lib" | "main")) {
        wrong.extend(forbidden(&MAY_IMPORT, &code.name, module(code), &imports(code)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn parts_of_the_command_line_have_only_allowed_imports() {
    let mut wrong = Vec::new();
    for code in program() {
        let Some(below) = code.name.strip_prefix("cli/").filter(|name| *name != "mod.rs") else { continue };
        let part = below.split('/').next().unwrap().trim_end_matches(".rs");
        wrong.extend(forbidden(&CLI_MAY_IMPORT, &code.name, part, &imports_below(&code, "crate::cli::")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns the imports of a file of `module` that the table does not allow.
fn forbidden(table: &[(&str, &[&str])], file: &str, module: &str, imports: &BTreeSet<String>) -> Vec<String> {
    let Some((_, allowed)) = table.iter().find(|(name, _)| *name == module) else {
        return vec![format!("{file}: the module is not in the table")];
    };
    let imports = imports.iter().filter(|name| *name != module && !allowed.contains(&name.as_str()));
    imports.map(|name| format!("{file} must not import {name}")).collect()
}

#[test]
fn the_modules_in_the_table_exist() {
    let there: BTreeSet<String> = program().into_iter().map(|code| module(&code).to_owned()).collect();
    for (module, imports) in MAY_IMPORT {
        for name in imports.iter().chain([&module]) {
            assert!(there.contains(*name), "there is no module `{name}`");
        }
    }
}

#[test]
fn the_table_has_no_cycle() {
    for table in [&MAY_IMPORT[..], &CLI_MAY_IMPORT[..]] {
        for (at, (module, imports)) in table.iter().enumerate() {
            let below: Vec<&str> = table[..at].iter().map(|(name, _)| *name).collect();
            let upward: Vec<&&str> = imports.iter().filter(|name| !below.contains(name)).collect();
            assert!(upward.is_empty(), "{module} imports {upward:?}, which are below it in the table");
        }
    }
}

#[test]
fn only_three_modules_access_files_one_runs_git_and_none_uses_the_network() {
    let outside =
        Regex::new(r"\b(std|tokio)::net\b|\b(Tcp|Udp|Unix)(Stream|Listener|Socket)\b|\bCommand::new\b")
            .unwrap();
    let mut wrong = Vec::new();
    for code in program() {
        if code.text.contains("fs::") && !matches!(module(&code), "source" | "atomic_write" | "cli") {
            wrong.push(format!("{} touches files", code.name));
        }
        let found = outside.find_iter(&code.text).map(|found| found.as_str());
        let strange = found.filter(|found| !(module(&code) == "vcs" && *found == "Command::new"));
        wrong.extend(strange.map(|found| format!("{}: {found}", code.name)));
        if code.name == "vcs/git.rs" {
            assert_eq!(code.text.matches("Command::new").count(), 1);
            assert!(code.literals.iter().any(|literal| literal == "git"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn code_contains_no_english_phrases() {
    let phrase = Regex::new("[A-Za-z]{2,} [A-Za-z]{2,}").unwrap();
    let mut wrong = Vec::new();
    for code in program().iter().filter(|code| JUDGES.contains(&module(code))) {
        let phrases = code.literals.iter().filter(|literal| phrase.is_match(literal));
        wrong.extend(phrases.map(|literal| format!("{}: \"{literal}\"", code.name)));
    }
    assert!(wrong.is_empty(), "phrases that belong into lexicon/:\n{}", wrong.join("\n"));
}

/// Ids of the shipped lexicon that are also used for other things in the code, with the reason.
const IDS: [(&str, &str); 2] = [
    ("detection", "a role of sections that is named like a theme"),
    ("judgement", "a topic of `rcalint explain` that is named like a mechanism"),
];

/// The code depends only on the kind or role of a lexicon entry, so that a team's own entries work in the same way.
#[test]
fn code_contains_no_ids_of_the_lexicon() {
    let ids = ids(Lexicon::embedded());
    let mut unused: BTreeSet<&str> = IDS.iter().map(|(id, _)| *id).collect();
    let mut wrong = Vec::new();
    for code in program() {
        for literal in code.literals.iter().filter(|literal| ids.contains(*literal)) {
            if !unused.remove(&**literal) && !IDS.iter().any(|(id, _)| id == literal) {
                wrong.push(format!("{}: \"{literal}\"", code.name));
            }
        }
    }
    assert!(wrong.is_empty(), "ids whose meaning belongs into lexicon/:\n{}", wrong.join("\n"));
    assert!(unused.is_empty(), "ids that are allowed for nothing: {unused:?}");
}

/// Returns the ids of every rule, bucket, factor, mechanism and theme.
fn ids(lexicon: &Lexicon) -> BTreeSet<String> {
    let rules = lexicon.rules.iter().map(|rule| rule.id.clone());
    let mechanisms = lexicon.mechanisms.iter().map(|mechanism| mechanism.id.clone());
    let themes = lexicon.questions.theme.iter().map(|theme| theme.id.clone());
    let buckets = lexicon.buckets.iter().map(|bucket| bucket.id.clone());
    let factors = lexicon.buckets.iter().flat_map(|bucket| {
        let both = |factor: &Factor| [factor.id.clone(), format!("{}/{}", bucket.id, factor.id)];
        bucket.factors.iter().flat_map(both).collect::<Vec<_>>()
    });
    rules.chain(mechanisms).chain(themes).chain(buckets).chain(factors).collect()
}

#[test]
fn code_is_separated_from_comments_and_literals() {
    let (text, literals) = lex("f('\"', \"a \\\" b\", r#\"c \" d\"#) // \"e f\"\nfn g<'a>(h: &'a str) {}");
    assert_eq!(literals, ["a \\\" b", "c \" d"]);
    assert_eq!(text, "f(\"\", \"\", \"\")  \nfn g<'a>(h: &'a str) {}");
    assert_eq!(heads("a::{b, c}, d, e::F"), ["a", "d", "e"]);
}

#[test]
fn the_contributor_page_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let command = Regex::new(r"cargo test --test (\w+)(?: (\w+))?").unwrap();
    let mut count = 0;
    for found in command.captures_iter(&page) {
        let folder = root.join("tests").join(&found[1]);
        let exists = folder.join("main.rs").is_file() || folder.with_extension("rs").is_file();
        assert!(exists, "there are no tests `{}`", &found[1]);
        if let Some(module) = found.get(2) {
            assert!(folder.join(format!("{}.rs", module.as_str())).is_file(), "{}", &found[0]);
        }
        count += 1;
    }
    assert!(count > 5, "the page names {count} tests");
}

#[test]
fn the_security_page_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("SECURITY.md")).unwrap();
    // The tests of a file: a list item with a link to it, and their names.
    let item = Regex::new(r"\n- \[`((?:tests|src)/[\w/]+\.rs)`\]\(([\w/.]+)\):((?:\s+`\w+`,?)+)").unwrap();
    let name = Regex::new(r"`(\w+)`").unwrap();
    let mut count = 0;
    for found in item.captures_iter(&page) {
        assert_eq!(found[1], found[2]);
        let code = fs::read_to_string(root.join(&found[1])).unwrap();
        for name in name.captures_iter(&found[3]) {
            let test = Regex::new(&format!(r"#\[test\]\n\s*(?:#\[.*\]\n\s*)*fn {}\(", &name[1])).unwrap();
            assert!(test.is_match(&code), "{} has no test `{}`", &found[1], &name[1]);
            count += 1;
        }
    }
    let promises = page.matches("\n**").count();
    assert!(promises > 5 && count > 4 * promises, "{promises} promises, {count} tests");
}
