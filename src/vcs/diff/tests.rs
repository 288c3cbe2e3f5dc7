//! Tests with diffs as written by tools.

use crate::vcs::diff::*;

#[track_caller]
fn parsed(diff: &[u8]) -> Changes {
    Changes::parse(diff).unwrap()
}

fn names(changes: &Changes) -> Vec<&str> {
    changes.files.keys().map(String::as_str).collect()
}

fn file<'c>(changes: &'c Changes, name: &str) -> &'c FileChanges {
    changes.files.get(name).unwrap_or_else(|| panic!("{name}: {changes:?}"))
}

#[test]
fn added_and_changed_lines_have_their_numbers() {
    let changes = parsed(
        b"diff --git a/x.md b/x.md\nindex 1..2 100644\n--- a/x.md\n+++ b/x.md\n@@ -2 +2,2 @@ head\n-old\n+new\n+more\n@@ -9,2 +9,0 @@\n-a\n-b\n@@ -20,0 +19 @@\n+c\n",
    );
    let file = file(&changes, "x.md");
    assert_eq!(file.lines, [(2, 3), (19, 19)]);
    assert!(file.touches(1, 2) && file.touches(3, 3) && !file.touches(4, 18) && file.touches(4, 19));
}

#[test]
fn lines_of_context_are_not_changed() {
    let changes = parsed(b"--- x.md\t2026-01-01\n+++ x.md\t2026-01-02\n@@ -1,3 +1,4 @@\n a\n+b\n c\n \n");
    assert_eq!(file(&changes, "x.md").lines, [(2, 2)]);
}

#[test]
fn text_that_looks_like_a_header_is_text() {
    let diff = b"--- a/x.md\n+++ b/x.md\n@@ -1 +1,2 @@\n--- a/y.md\n+++ b/y.md\n+@@ -1 +1,99 @@\n--- a/z.md\n+++ b/z.md\n@@ -0,0 +1 @@\n+z\n";
    let changes = parsed(diff);
    assert_eq!(names(&changes), ["x.md", "z.md"]);
    assert_eq!(file(&changes, "x.md").lines, [(1, 2)]);
}

#[test]
fn added_removed_and_moved_files_are_included() {
    let diff = b"diff --git a/old.md b/new.md\nsimilarity index 100%\nrename from old.md\nrename to new.md\ndiff --git a/gone.toml b/gone.toml\n--- a/gone.toml\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\ndiff --git a/n.md b/n.md\n--- /dev/null\n+++ b/n.md\n@@ -0,0 +1 @@\n+x\n\\ No newline at end of file\n";
    let changes = parsed(diff);
    assert_eq!(names(&changes), ["gone.toml", "n.md", "new.md", "old.md"]);
    assert!(!file(&changes, "new.md").touches(1, 99));
}

#[test]
fn quoted_names_are_unquoted() {
    let changes = parsed(
        b"--- /dev/null\n+++ \"b/caf\\303\\251 \\\"a\\\\b\\\".md\"\n--- /dev/null\n+++ b/two words.md\t\n",
    );
    assert_eq!(names(&changes), ["caf\u{e9} \"a\\b\".md", "two words.md"]);
}

#[test]
fn a_comment_that_only_moved_is_not_new() {
    let diff = b"--- a/x.md\n+++ b/x.md\n@@ -3 +0,0 @@\n-<!-- rcalint-allow: hindsight -- a -->\n@@ -9,0 +8,2 @@\n+  <!-- rcalint-allow: hindsight -- a -->\n+<!-- RCAlint-Allow-File: hindsight -- b -->\n";
    assert_eq!(file(&parsed(diff), "x.md").new_allows(""), [9]);
    assert_eq!(FileChanges::new_file().new_allows("a\n<!-- rcalint-allow: x -->\n"), [2]);
}

#[test]
fn text_without_a_header_of_a_file_is_no_diff() {
    for text in [
        &b"hello\n"[..],
        b"@@ -1 +1 @@\n",
        b"@@ -99999999999999999999 +1 @@\n+x",
        b"\xff\xfe\n+++",
        b" a.md | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n",
        b"a.md\nb.md\n",
        b"fatal: bad revision\n",
    ] {
        assert_eq!(Changes::parse(text), Err(NotADiff), "{text:?}");
    }
    assert_eq!(parsed(b" \n\n"), Changes::default());
}

#[test]
fn colour_is_no_part_of_a_diff() {
    let diff = b"\x1b[1mdiff --git a/x.md b/x.md\x1b[m\n\x1b[1m--- a/x.md\x1b[m\n\x1b[1m+++ b/x.md\x1b[m\n\x1b[36m@@ -2 +2 @@\x1b[m\n\x1b[31m-old\x1b[m\n\x1b[32m+\x1b[m\x1b[32mnew\x1b[m\n";
    assert_eq!(file(&parsed(diff), "x.md").lines, [(2, 2)]);
}

#[test]
fn prefixes_are_no_part_of_a_name() {
    for (old, new) in [("x/", "y/"), ("i/", "w/"), ("", ""), ("a/", "b/"), ("one/two/", "three/four/")] {
        let diff = format!(
            "diff --git {old}d/x.md {new}d/x.md\n--- {old}d/x.md\n+++ {new}d/x.md\n@@ -2 +2 @@\n-a\n+b\n"
        );
        assert_eq!(file(&parsed(diff.as_bytes()), "d/x.md").lines, [(2, 2)], "{old} {new}");
    }
    let of_folders = parsed(b"diff -ru old/d/x.md new/d/x.md\n--- old/d/x.md\t2026-01-01\n+++ new/d/x.md\t2026-01-02\n@@ -2 +2 @@\n-a\n+b\nOnly in new/d: y.md\n");
    assert_eq!(file(&of_folders, "d/x.md").lines, [(2, 2)]);
    assert!(file(&of_folders, "d/y.md").whole);
    for (old, new) in [("a/old", "b/new"), ("old", "new")] {
        let diff = format!(
            "diff --git {old}/x.md {new}/x.md\n--- {old}/x.md\n+++ {new}/x.md\n@@ -2 +2 @@\n-a\n+b\n"
        );
        assert_eq!(file(&parsed(diff.as_bytes()), "new/x.md").lines, [(2, 2)], "{old} {new}");
    }
    let renamed = b"diff --git x/old.md y/new.md\nsimilarity index 90%\nrename from old.md\nrename to new.md\n--- x/old.md\n+++ y/new.md\n@@ -2 +2 @@\n-a\n+b\n";
    assert_eq!(file(&parsed(renamed), "new.md").lines, [(2, 2)]);
}

#[test]
fn a_file_counts_as_changed_where_its_lines_cannot_be_told() {
    let head = "diff --git a/x.md b/x.md\n--- a/x.md\n+++ b/x.md\n";
    for hunk in [
        "@@ -1,2 +1,2 @@\n# Title\n[-old-]{+new+}\n",
        "@@ -1,9 +1,9 @@\n- cut off\n",
        "@@ -1 +1 @@\n- an item of a list\n",
        "@@@ -1 -1 +1 @@@\n++x\n",
    ] {
        let diff =
            format!("{head}{hunk}diff --git a/y.md b/y.md\n--- a/y.md\n+++ b/y.md\n@@ -3 +3 @@\n-a\n+b\n");
        let changes = parsed(diff.as_bytes());
        assert!(file(&changes, "x.md").whole, "{hunk}");
        assert_eq!(file(&changes, "y.md").lines, [(3, 3)], "{hunk}");
    }
    let last = format!("{head}@@ -1 +1 @@\n- an item with [-old-]{{+new+}} words\n");
    assert!(file(&parsed(last.as_bytes()), "x.md").whole);
    let binary = b"diff --git a/x.md b/x.md\nindex 1..2 100644\nBinary files a/x.md and b/x.md differ\n";
    assert!(file(&parsed(binary), "x.md").whole);
}

#[test]
fn added_and_removed_empty_files_are_included() {
    let diff = b"diff --git a/a b/e.toml b/a b/e.toml\nnew file mode 100644\nindex 0..1\ndiff --git \"a/t\\303\\251l.toml\" \"b/t\\303\\251l.toml\"\ndeleted file mode 100644\ndiff --git a/x.md b/x.md\nold mode 100644\nnew mode 100755\ndiff --git a/odd b/x\nnew file mode 100644\n";
    let changes = parsed(diff);
    assert_eq!(names(&changes), ["a b/e.toml", "t\u{e9}l.toml"]);
}
