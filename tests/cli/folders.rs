//! The files that a run reads.

use super::*;

#[test]
fn the_current_folder_is_the_default() {
    let run = Folder::mixed().run(&["--format", "json"]).code(1);
    assert_eq!(run.paths("documents"), ["incidents/blames.md", "incidents/calm.md"]);
    assert_eq!(run.json()["skipped"][0]["path"], "README.md");
    assert_eq!(run.json()["skipped"][0]["reason"], "not-a-postmortem");
}

#[test]
fn a_document_that_says_what_it_is_is_read() {
    let folder = Folder::new();
    let body = "\n\nHuman error.\n";
    let read = [
        ("a.md", "# Postmortem: search down"),
        ("b.mdx", "# Search down - Incident report"),
        ("c.md", "Root cause analysis of the outage\n================="),
        ("d.md", "---\ntags:\n- search\n- post-mortem\n---\n# Search down"),
        ("e.md", "---\ntype: incident\n---\n# Search down"),
        ("f.qmd", "# Search outage, 3 March\n\n## Root cause"),
        ("post-mortems/g.md", "# Search down\n\n## Root cause"),
    ];
    let others = [
        ("m.md", "# How to write a postmortem"),
        ("n.md", "# Postmortems"),
        ("o.md", "---\ntags: [incident-tools]\n---\n# Search"),
        ("p.md", "# Search\n\n## Root cause"),
    ];
    for (name, head) in read.iter().chain(&others) {
        folder.write(name, format!("{head}{body}"));
    }
    let run = folder.run(&["--format", "json"]);
    assert_eq!(run.paths("documents"), read.map(|(name, _)| name));
    assert_eq!(run.paths("skipped"), others.map(|(name, _)| name));
}

#[test]
fn gitignore_is_respected_without_git() {
    let folder = Folder::mixed();
    folder.write(".gitignore", "blames.md\n");
    let run = folder.run(&["incidents", "--format", "json"]).code(0);
    assert_eq!(run.paths("documents"), ["incidents/calm.md"]);
}

/// The innermost rule decides, `.ignore` before `.gitignore`, and rules of git end at a repository.
#[test]
fn ignore_files_work_as_for_git_and_ripgrep() {
    let folder = Folder::new();
    let documents =
        ["a.md", "old/b.md", "old/kept/c.md", ".hidden/d.md", ".shown/e.md", "sub/f.md", "drafts/g.md"];
    for path in documents {
        folder.write(path, CALM);
    }
    let read = || folder.run(&["--format=json"]).code(0).paths("documents");
    assert_eq!(read(), ["a.md", "drafts/g.md", "old/b.md", "old/kept/c.md", "sub/f.md"]);
    folder.write(".gitignore", "\u{feff}f.md\n/old/*.md\n!.shown\ndrafts/\n[\n");
    assert_eq!(read(), [".shown/e.md", "a.md", "old/kept/c.md"]);
    folder.write("old/.gitignore", "!b.md\nkept/\n");
    assert_eq!(read(), [".shown/e.md", "a.md", "old/b.md"]);
    folder.write(".ignore", "!kept/\na.md\n");
    assert_eq!(read(), [".shown/e.md", "old/b.md", "old/kept/c.md"]);
    fs::create_dir(folder.path().join("sub/.git")).unwrap();
    assert_eq!(read(), [".shown/e.md", "old/b.md", "old/kept/c.md", "sub/f.md"]);
}

#[test]
fn a_named_file_is_read_even_if_it_is_not_a_postmortem() {
    let folder = Folder::mixed();
    folder.write("notes.txt", "Nothing happened.\n");
    let run = folder.run(&[".", "README.md", "notes.txt", "--format=json"]);
    let expected = ["README.md", "incidents/blames.md", "incidents/calm.md", "notes.txt"];
    assert_eq!(run.paths("documents"), expected);
}

#[test]
fn force_filter_applies_to_named_files() {
    let folder = Folder::mixed();
    folder.write("notes.txt", BLAMES);
    let run = folder.run(&["README.md", "notes.txt", "incidents/calm.md", "--force-filter", "--format=json"]);
    assert_eq!(run.paths("documents"), ["incidents/calm.md"]);
    assert_eq!(run.paths("skipped"), ["README.md", "notes.txt"]);
    run.code(0);
}

#[test]
fn a_folder_without_postmortems_is_reported() {
    let run = Folder::new().run(&[]).code(0);
    assert_eq!(run.out, "no postmortems found\n");
}

#[test]
fn lists_of_files_are_lines_or_nul_separated() {
    let folder = Folder::mixed();
    folder.write("lines", "incidents/calm.md\r\n\nREADME.md\n");
    folder.write("nuls", "README.md\0incidents/calm.md\0");
    let read = |name| folder.run(&["--files-from", name, "--format=json"]).paths("documents");
    assert_eq!(read("lines"), ["incidents/calm.md", "README.md"]);
    assert_eq!(read("nuls"), ["README.md", "incidents/calm.md"]);
    let run = folder.run_with(&["--files-from", "-", "--format=json"], b"incidents/calm.md\n").code(0);
    assert_eq!(run.paths("documents"), ["incidents/calm.md"]);
}

#[test]
fn names_that_git_quotes_are_read() {
    let folder = Folder::new();
    let names = ["caf\u{e9}.md", "a \"b\".md"];
    for name in names {
        folder.write(name, BLAMES);
    }
    let list = "\"caf\\303\\251.md\"\n\"a \\\"b\\\".md\"\n";
    let run = folder.run_with(&["--files-from", "-", "--format=json"], list.as_bytes()).code(1);
    assert_eq!(run.paths("documents"), names);
}

#[test]
fn an_empty_list_is_not_the_current_folder() {
    let folder = Folder::mixed();
    folder.write("list", "");
    assert!(folder.run(&["--files-from", "list", "--format=json"]).code(0).paths("documents").is_empty());
    folder.run(&["--files-from", "gone"]).fails("gone: no such file or folder");
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes() {
    let folder = Folder::mixed();
    for at in 0..40 {
        folder.write(&format!("many/{at:02}.md"), if at % 3 == 0 { BLAMES } else { CALM });
    }
    folder.write("many/05.md", b"\xff");
    for format in
        ["text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "rdjson", "junit", "markdown"]
    {
        let run = |jobs| folder.run(&[".", "--format", format, "--jobs", jobs]).code(2);
        let (one, four) = (run("1"), run("4"));
        assert_eq!((one.out, one.err), (four.out, four.err), "{format}");
    }
}

#[test]
fn jsonl_has_one_object_per_line() {
    let run = Folder::mixed().run(&[".", "gone.md", "--format", "jsonl"]).code(2);
    let kind = |line| serde_json::from_str::<Value>(line).unwrap()["type"].as_str().unwrap().to_owned();
    let kinds: Vec<String> = run.out.lines().map(kind).collect();
    assert_eq!(kinds, ["skipped", "document", "document", "error", "summary"]);
}
