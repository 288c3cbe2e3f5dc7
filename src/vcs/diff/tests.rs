//! Tests with diffs as written by tools.

use crate::vcs::diff::*;

fn file<'c>(changes: &'c Changes, name: &str) -> &'c FileChanges {
    changes.files.get(name).unwrap_or_else(|| panic!("{name}: {changes:?}"))
}

#[test]
fn added_and_changed_lines_have_their_numbers() {
    let changes = Changes::parse(
        b"diff --git a/x.md b/x.md\nindex 1..2 100644\n--- a/x.md\n+++ b/x.md\n@@ -2 +2,2 @@ head\n-old\n+new\n+more\n@@ -9,2 +9,0 @@\n-a\n-b\n@@ -20,0 +19 @@\n+c\n",
    );
    let file = file(&changes, "x.md");
    assert_eq!(file.lines, [(2, 3), (19, 19)]);
    assert!(file.touches(1, 2) && file.touches(3, 3) && !file.touches(4, 18) && file.touches(4, 19));
}

#[test]
fn lines_of_context_are_not_changed() {
    let changes =
        Changes::parse(b"--- x.md\t2026-01-01\n+++ x.md\t2026-01-02\n@@ -1,3 +1,4 @@\n a\n+b\n c\n \n");
    assert_eq!(file(&changes, "x.md").lines, [(2, 2)]);
}

#[test]
fn text_that_looks_like_a_header_is_text() {
    let diff = b"--- a/x.md\n+++ b/x.md\n@@ -1 +1,2 @@\n--- a/y.md\n+++ b/y.md\n+@@ -1 +1,99 @@\n--- a/z.md\n+++ b/z.md\n@@ -0,0 +1 @@\n+z\n";
    let changes = Changes::parse(diff);
    assert_eq!(changes.files.keys().collect::<Vec<_>>(), ["x.md", "z.md"]);
    assert_eq!(file(&changes, "x.md").lines, [(1, 2)]);
}

#[test]
fn added_removed_and_moved_files_are_included() {
    let diff = b"diff --git a/old.md b/new.md\nsimilarity index 100%\nrename from old.md\nrename to new.md\ndiff --git a/gone.toml b/gone.toml\n--- a/gone.toml\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\ndiff --git a/n.md b/n.md\n--- /dev/null\n+++ b/n.md\n@@ -0,0 +1 @@\n+x\n\\ No newline at end of file\n";
    let changes = Changes::parse(diff);
    assert_eq!(changes.files.keys().collect::<Vec<_>>(), ["gone.toml", "n.md", "new.md", "old.md"]);
    assert!(!file(&changes, "new.md").touches(1, 99));
}

#[test]
fn quoted_names_are_unquoted() {
    let changes = Changes::parse(
        b"--- /dev/null\n+++ \"b/caf\\303\\251 \\\"a\\\\b\\\".md\"\n--- /dev/null\n+++ b/two words.md\t\n",
    );
    assert_eq!(changes.files.keys().collect::<Vec<_>>(), ["caf\u{e9} \"a\\b\".md", "two words.md"]);
}

#[test]
fn a_comment_that_only_moved_is_not_new() {
    let diff = b"--- a/x.md\n+++ b/x.md\n@@ -3 +0,0 @@\n-<!-- rcalint-allow: hindsight -- a -->\n@@ -9,0 +8,2 @@\n+  <!-- rcalint-allow: hindsight -- a -->\n+<!-- RCAlint-Allow-File: hindsight -- b -->\n";
    assert_eq!(file(&Changes::parse(diff), "x.md").new_allows(""), [9]);
    assert_eq!(FileChanges::new_file().new_allows("a\n<!-- rcalint-allow: x -->\n"), [2]);
}

#[test]
fn text_that_is_not_a_diff_has_no_changes() {
    for text in
        [&b""[..], b"hello\n", b"@@ -1 +1 @@\n", b"@@ -99999999999999999999 +1 @@\n+x", b"\xff\xfe\n+++"]
    {
        assert!(Changes::parse(text).files.len() <= 1, "{text:?}");
    }
}

#[test]
fn added_and_removed_empty_files_are_included() {
    let diff = b"diff --git a/a b/e.toml b/a b/e.toml\nnew file mode 100644\nindex 0..1\ndiff --git \"a/t\\303\\251l.toml\" \"b/t\\303\\251l.toml\"\ndeleted file mode 100644\ndiff --git a/x.md b/x.md\nold mode 100644\nnew mode 100755\ndiff --git a/odd b/x\nnew file mode 100644\n";
    let changes = Changes::parse(diff);
    assert_eq!(changes.files.keys().collect::<Vec<_>>(), ["a b/e.toml", "t\u{e9}l.toml"]);
}
