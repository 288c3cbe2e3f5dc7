//! The documentation shows the files in `examples/ci/` unchanged, and the files have the promised properties.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use regex::Regex;
use serde_json::Value;

use super::repository;

fn read(name: &str) -> String {
    fs::read_to_string(repository().join(name)).unwrap()
}

/// Returns the names in a folder, in order.
pub(super) fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(repository().join(folder)).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap())).collect();
    names.sort();
    names
}

/// Returns the workflows, snippets and the action: every file that names third-party actions.
pub(super) fn workflows() -> Vec<String> {
    let mut all = names("examples/ci");
    all.extend(names(".github/workflows"));
    all.push("action.yml".into());
    all.retain(|name| Path::new(name).extension().is_some_and(|end| end == "yml" || end == "yaml"));
    all
}

/// Returns all lines of these files, each with its file's name in front.
fn lines_of(names: &[String]) -> Vec<String> {
    let lines = |name: &String| read(name).lines().map(|line| format!("{name}: {line}")).collect::<Vec<_>>();
    names.iter().flat_map(lines).collect()
}

/// Returns a script with continued lines joined.
fn commands(name: &str) -> Vec<String> {
    read(name).replace("\\\n", " ").lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn the_pages_show_the_files() {
    let shown = [
        ("README.md", "pre-commit.yaml"),
        ("docs/pre-commit.md", "pre-commit.yaml"),
        ("docs/pre-commit.md", "pre-commit-local.yaml"),
        ("docs/github.md", "github.yml"),
        ("docs/gitlab.md", "gitlab.yml"),
    ];
    for (page, name) in shown {
        let block = format!("```yaml\n{}```\n", read(&format!("examples/ci/{name}")));
        assert!(read(page).contains(&block), "{page} does not show examples/ci/{name} as it is");
    }
    let step = format!("- uses: OWNER/rcalint@v{}\n", env!("CARGO_PKG_VERSION"));
    assert!(read("README.md").contains(&step) && read("examples/ci/github.yml").contains(&step));
}

#[test]
fn init_shows_the_files() {
    let shown = read("src/cli/commands/init/next.md");
    for name in ["pre-commit-local.yaml", "github.yml"] {
        let text = read(&format!("examples/ci/{name}"));
        let indented = format!("  {}\n", text.trim_end().replace('\n', "\n  "));
        assert!(
            shown.contains(&indented),
            "src/cli/commands/init/next.md does not show examples/ci/{name} as it is"
        );
    }
}

#[test]
fn snippets_name_this_version() {
    let version = format!("v{}", env!("CARGO_PKG_VERSION"));
    let lines = lines_of(&workflows());
    let ours: Vec<_> =
        lines.iter().filter(|line| line.contains("OWNER/rcalint@") || line.contains("rev: ")).collect();
    assert!(ours.len() > 3 && ours.iter().all(|line| line.ends_with(&version)), "{ours:#?}");
    for name in ["gitlab.yml", "gitlab-report.yml", "github-report.yml"] {
        assert!(read(&format!("examples/ci/{name}")).contains(&format!("-unknown-linux-musl-{version}\n")));
    }
}

#[test]
fn no_expression_is_inserted_into_a_command() {
    let mut checked = 0;
    for name in workflows() {
        let text = read(&name);
        let mut in_script = None;
        for line in text.lines() {
            let indent = line.len() - line.trim_start().len();
            if in_script.is_some_and(|start| indent <= start && !line.trim().is_empty()) {
                in_script = None;
            }
            if let Some(key) = line.find("run:").filter(|&at| line[..at].trim_matches([' ', '-']).is_empty())
            {
                in_script = Some(key);
            }
            checked += usize::from(in_script.is_some());
            assert!(in_script.is_none() || !line.contains("${{"), "{name}: {line}");
        }
    }
    assert!(checked > 5, "the scripts are gone");
}

#[test]
fn the_action_passes_every_input_on() {
    let action = read("action.yml");
    let inputs = action.split("\ninputs:\n").nth(1).unwrap().split("\noutputs:\n").next().unwrap();
    let names = inputs.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<&str> = names.map(|line| line.trim().trim_end_matches(':')).collect();
    assert!(names.len() > 5, "{names:?}");
    for name in names {
        assert!(action.contains(&format!("${{{{ inputs.{name} }}}}")), "{name} is not handed over");
    }
}

#[test]
fn third_party_actions_are_pinned_by_one_commit_each() {
    let lines = lines_of(&workflows());
    let others = lines.iter().filter(|line| line.contains("uses: ") && !line.contains("OWNER/rcalint@"));
    let mut commits = BTreeMap::new();
    for line in others {
        let (_, used) = line.split_once("uses: ").unwrap();
        let (action, pin) = used.split_once('@').unwrap();
        let (commit, version) = pin.split_once(" # v").unwrap_or_else(|| panic!("{line}: no version"));
        assert!(is_hex(commit, 40) && version.split('.').count() == 3, "{line}");
        assert_eq!(*commits.entry(action).or_insert(pin), pin, "{line}: another commit elsewhere");
    }
    assert!(commits.len() > 5, "the actions are gone");
}

#[test]
fn images_are_pinned_by_digest() {
    for name in ["examples/ci/gitlab.yml", "examples/ci/gitlab-report.yml"] {
        let text = read(name);
        let image = text.lines().find_map(|line| line.strip_prefix("  image: ")).unwrap();
        let (_, digest) = image.split_once("@sha256:").unwrap_or_else(|| panic!("{name}: {image}"));
        assert!(is_hex(digest, 64), "{name}: {image}");
    }
}

/// True if the text is a hash with this number of digits.
fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[test]
fn workflows_grant_nothing_to_all_jobs() {
    let workflows = workflows().into_iter().map(|name| (read(&name), name));
    let workflows: Vec<_> = workflows.filter(|(text, _)| text.contains("\njobs:\n")).collect();
    assert!(workflows.len() > 5, "{workflows:?}");
    for (text, name) in workflows {
        assert!(text.contains("\npermissions: {}\n"), "{name}");
    }
}

#[test]
fn what_pip_installs_is_pinned_by_hash() {
    for name in ["tests/support/requirements.txt", "python/requirements.txt"] {
        let text = read(name).replace("\\\n", " ");
        let packages = text.lines().filter(|line| line.contains("=="));
        let hashed = packages.map(|line| assert!(line.contains("--hash=sha256:"), "{name}: {line}"));
        assert!(hashed.count() > 0, "{name}: the packages are gone");
    }
    for name in [".ci/tools", ".github/workflows/release.yml"] {
        let commands = commands(name);
        let installs = commands.iter().filter(|line| line.contains("pip install"));
        let installs = installs.map(|line| assert!(line.contains("--require-hashes"), "{name}: {line}"));
        assert!(installs.count() > 0, "{name}: it installs nothing");
    }
}

#[test]
fn what_npm_installs_is_pinned_by_hash() {
    for folder in ["tests/support", "editors/vscode"] {
        let lock: Value = serde_json::from_str(&read(&format!("{folder}/package-lock.json"))).unwrap();
        let packages = lock["packages"].as_object().unwrap().iter().filter(|(path, _)| !path.is_empty());
        let hashed = packages.map(|(path, package)| {
            assert!(package["integrity"].as_str().is_some_and(|hash| hash.starts_with("sha512-")), "{path}");
            assert!(package["resolved"].is_null(), "{folder}: {path} names the place it came from");
        });
        assert!(hashed.count() > 0, "{folder}: the packages are gone");
    }
    let installs = Regex::new(r"\b(npm (ci|i|install|add|exec)|npx) .*").unwrap();
    for name in [".ci/tools", ".github/workflows/release.yml"] {
        let text = commands(name).join("\n");
        let found: Vec<&str> = installs.find_iter(&text).map(|found| found.as_str()).collect();
        let pinned = |line: &&str| line.starts_with("npm ci ") && line.contains("--ignore-scripts");
        assert!(!found.is_empty() && found.iter().all(pinned), "{name}: {found:#?}");
    }
}

#[test]
fn pages_install_exact_versions() {
    let pages = [names("docs"), ["README.md", "CONTRIBUTING.md", "fuzz/README.md"].map(str::to_owned).into()];
    let pages = pages.concat().into_iter().filter(|name| Path::new(name).extension() == Some("md".as_ref()));
    let text = pages.map(|name| read(&name)).collect::<String>();
    let installs = Regex::new(r"(cargo|pip) install ([^\n`]*)").unwrap();
    // A clone, a wheel that was built from it, the release of this repository, or a version.
    let exact = Regex::new(
        r"^(--locked --path \.|--locked [\w-]+@\d+\.\d+\.\d+|--require-hashes .*|\.\./dist/.*|rcalint)$",
    );
    let exact = exact.unwrap();
    let found: Vec<&str> =
        installs.captures_iter(&text).map(|found| found.get(2).unwrap().as_str()).collect();
    assert!(found.len() > 5 && found.iter().all(|what| exact.is_match(what)), "{found:#?}");
}

#[test]
fn git_treats_no_argument_as_an_option_and_runs_no_other_program() {
    // All arguments of these calls are ours, or names of objects from git's own output.
    let ours = [
        "init",
        "config",
        "cat-file",
        "update-index",
        "write-tree",
        "update-ref",
        "commit-tree",
        "read-tree",
    ];
    let mut seen = 0;
    for command in names("ci").iter().flat_map(|name| commands(name)) {
        let code = command.split("# ").next().unwrap();
        for call in code.match_indices("git ").map(|(at, _)| &code[at..]) {
            let word = call.split(' ').nth(1).unwrap().trim_matches(['"', ')']);
            seen += 1;
            if word == "diff" {
                assert!(call.contains("--no-ext-diff --no-textconv"), "{call}");
            }
            let fixed = ours.contains(&word) || call.starts_with("git rev-parse --git-path objects");
            assert!(fixed || call.contains("--end-of-options"), "{call}");
        }
    }
    assert!(seen > 4, "the calls are gone");
}

#[test]
fn scripts_stop_at_the_first_failure() {
    for name in names("ci") {
        let text = read(&name);
        let sourced = text.starts_with("# shellcheck shell=bash");
        assert!(sourced || text.contains("\nset -euo pipefail\n"), "{name}");
    }
}

/// Returns the words of the first match of a pattern in a file, without that of settings.
fn words(name: &str, pattern: &str) -> BTreeSet<String> {
    let text = read(name);
    let list = Regex::new(pattern).unwrap().captures(&text).unwrap_or_else(|| panic!("{name}: no list"));
    let words = list[1].split([' ', '|']).filter(|word| !word.is_empty() && *word != "toml");
    words.map(str::to_owned).collect()
}

#[test]
fn scripts_hooks_diffs_and_the_extension_have_the_same_documents() {
    let extensions = words("ci/documents.sh", r"for extension in (.*?); do");
    assert!(extensions.len() > 5);
    assert_eq!(words("ci/documents.sh", r"case \$\{1##\*\.\} in (.*?)\)"), extensions);
    let code = read("src/vcs/git.rs");
    let patterns = Regex::new(r#"":\(top,icase\)\*\.(\w+)""#).unwrap();
    let patterns = patterns.captures_iter(&code).map(|found| found[1].to_owned());
    assert_eq!(patterns.filter(|word| word != "toml").collect::<BTreeSet<_>>(), extensions);
    for name in [".pre-commit-hooks.yaml", "examples/ci/pre-commit-local.yaml"] {
        let text = read(name);
        let files = text.lines().find_map(|line| line.trim().strip_prefix("files: '")).unwrap();
        let files = Regex::new(files.trim_end_matches('\'')).unwrap();
        let all = extensions.iter().all(|extension| files.is_match(&format!("a.{extension}")));
        assert!(all && !files.is_match("rcalint.toml") && !files.is_match("md.txt"), "{name}: {files}");
    }
    let client = read("editors/vscode/src/session.ts");
    let files = Regex::new(r#"const FILES = "\*\*/\*\.\{(.*)\}""#).unwrap().captures(&client).unwrap();
    assert_eq!(files[1].split(',').map(str::to_owned).collect::<BTreeSet<_>>(), extensions);
}
