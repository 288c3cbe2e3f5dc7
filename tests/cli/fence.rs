//! What a repository names is read only inside it, and everything that is read is bounded and a regular file.

use std::os::unix::fs::{PermissionsExt, symlink};

use super::repository::*;
use super::*;

/// Text that no message may show.
const SECRET: &str = "secret = \"root:x:0\"\n";

/// Returns a repository in a folder that also holds a secret, in `secret.toml` and in the folder `words`.
fn beside_a_secret() -> (Folder, Folder) {
    let around = Folder::new();
    around.write("secret.toml", SECRET);
    around.write("words/rules/secret.toml", SECRET);
    let repository = Folder(TempDir::new_in(around.path()).unwrap());
    both(&repository);
    repository.git(&["init", "--quiet"]);
    (around, repository)
}

/// Fails unless a run stops because something leads out of the repository, without a word of what is there.
#[track_caller]
fn assert_refused(run: Run) {
    assert!(run.err.contains("leads out of the repository"), "{}", run.err);
    assert!(!run.err.contains("root:x") && run.out.is_empty(), "{}{}", run.err, run.out);
    run.code(2);
}

#[test]
fn a_configuration_names_nothing_outside_of_its_repository() {
    let (around, folder) = beside_a_secret();
    symlink(around.path(), folder.path().join("out")).unwrap();
    let absolute = around.path().join("secret.toml").display().to_string();
    let known =
        ["../secret.toml", "incidents/../../secret.toml", "out/secret.toml", "/etc/passwd", &absolute];
    let baselines = known.map(|path| format!("baseline = \"{path}\"\n"));
    let lexicons = ["../words", "out/words", "/etc"].map(|path| format!("lexicon.extend = [\"{path}\"]\n"));
    for text in [&baselines[..], &lexicons[..]].concat() {
        folder.write("rcalint.toml", text);
        assert_refused(folder.run(&[]));
        assert_refused(folder.run(&["--config", "rcalint.toml"]));
    }
}

#[test]
fn a_configuration_reaches_the_whole_repository() {
    let (_around, folder) = beside_a_secret();
    folder.write("known.toml", "version = 1\n");
    folder.write("team/rcalint.toml", "baseline = \"../known.toml\"\n");
    folder.write("team/calm.md", CALM);
    let mut below = folder.command(&["calm.md"]);
    Run::of(&below.current_dir(folder.path().join("team")).output().unwrap()).code(0);
    folder.run(&["--config", "team/rcalint.toml", "team/calm.md"]).code(0);
}

#[test]
fn what_the_user_names_may_be_anywhere() {
    let (around, folder) = beside_a_secret();
    around.write("known.toml", "version = 1\n");
    around.write("own.toml", "baseline = \"known.toml\"\n");
    folder.run(&["incidents/calm.md", "--baseline", "../known.toml"]).code(0);
    folder.run(&["incidents/calm.md", "--config", "../own.toml"]).code(0);
}

#[test]
fn a_baseline_outside_of_the_repository_is_not_written() {
    let (around, folder) = beside_a_secret();
    for command in [&["baseline", "create", "--force"][..], &["baseline", "prune"]] {
        folder.write("rcalint.toml", "baseline = \"../secret.toml\"\n");
        assert_refused(folder.run(command));
    }
    assert_eq!(around.read("secret.toml"), SECRET);
}

#[test]
fn a_path_that_seems_to_stay_in_the_folder_does_so() {
    let (around, folder) = beside_a_secret();
    around.write("secret.md", BLAMES);
    symlink(around.path().join("secret.md"), folder.path().join("link.md")).unwrap();
    symlink(around.path().join("secret.toml"), folder.path().join("link.toml")).unwrap();
    let whole = folder.path().join("link.md").display().to_string();
    for path in ["link.md", "incidents/../link.md", "./incidents/.././link.md", &whole] {
        let said = format!("{path}: a symbolic link that leads out of the current folder");
        folder.run(&[path]).fails(&said);
        folder.run(&["questions", path]).fails(&said);
    }
    for option in ["--config", "--baseline"] {
        folder
            .run(&["incidents/calm.md", option, "link.toml"])
            .fails("link.toml: a symbolic link that leads out of the current folder");
    }
    let said = "link.toml: a symbolic link that leads out of the current folder";
    folder.run(&["render", "--from", "link.toml"]).fails(said);
    folder.run(&["incidents/calm.md", "--format=markdown", "--previous", "link.toml"]).fails(said);
    folder.run(&["../secret.md"]).code(1);
}

/// A checkout leaves its token in the settings of git.
#[test]
fn no_link_leads_to_what_git_keeps() {
    let (_around, folder) = beside_a_secret();
    folder.write(".git/secret.toml", SECRET);
    for (link, to) in [("link.toml", ".git/secret.toml"), ("link.md", ".git/secret.toml"), ("out", ".git")] {
        symlink(to, folder.path().join(link)).unwrap();
    }
    let said = "a symbolic link that leads into a folder `.git`";
    for path in ["link.md", "out", "out/secret.toml"] {
        folder.run(&[path]).fails(&format!("{path}: {said}"));
    }
    folder.run(&["questions", "link.md"]).fails(&format!("link.md: {said}"));
    folder.run(&["render", "--from", "link.md"]).fails(&format!("link.md: {said}"));
    for option in ["--config", "--baseline"] {
        folder.run(&["incidents/calm.md", option, "link.toml"]).fails(&format!("link.toml: {said}"));
    }
    folder
        .run(&["incidents/calm.md", "--output", "out/report.json"])
        .fails(&format!("out/report.json: {said}"));
    for named in ["baseline = \".git/secret.toml\"", "baseline = \"link.toml\"", "lexicon.extend = [\"out\"]"]
    {
        folder.write("rcalint.toml", named);
        let run = folder.run(&["incidents/calm.md"]);
        assert!(run.err.contains("leads into a folder `.git`") && !run.err.contains("root:x"), "{}", run.err);
        run.code(2);
    }
    // Links are compared with git as files.
    folder.write("rcalint.toml", "");
    folder.commit("links");
    folder.git(&["branch", "base"]);
    fs::remove_file(folder.path().join("link.md")).unwrap();
    symlink(".git/config", folder.path().join("link.md")).unwrap();
    let run = folder.run(&["--diff", "base", "--format=json"]);
    assert!(!run.out.contains("secret") && run.paths("documents").is_empty(), "{}{}", run.out, run.err);
}

#[test]
fn ignore_files_are_regular_bounded_and_inside() {
    let (around, folder) = beside_a_secret();
    around.write("patterns", "*\n");
    let ignore = |name: &str| folder.path().join(name);
    symlink("/dev/zero", ignore(".gitignore")).unwrap();
    Command::new("mkfifo").arg(ignore("incidents/.gitignore")).status().unwrap();
    symlink(around.path().join("patterns"), ignore("incidents/.ignore")).unwrap();
    folder.write("large/.ignore", "*.log\n".repeat(50_000));
    folder.write("large/calm.md", CALM);
    folder.write("folder/.ignore/calm.md", CALM);
    let run = folder.run(&["--format=json"]).code(2);
    assert_eq!(run.paths("documents"), ["incidents/blames.md", "incidents/calm.md", "large/calm.md"]);
    for said in [
        ".gitignore: leads out of the repository",
        "incidents/.gitignore: not a regular file",
        "incidents/.ignore: leads out of the repository",
        "large/.ignore: the ignore files of this folder and those above are together larger than 256 KiB",
    ] {
        assert!(run.err.contains(&format!("rcalint: {said}\n")), "{}", run.err);
    }
}

#[test]
fn ignore_files_above_the_folder_apply_up_to_the_repository() {
    let (around, folder) = beside_a_secret();
    around.write(".gitignore", "*\n");
    folder.write(".gitignore", "blames.md\n");
    assert_eq!(folder.run(&["incidents", "--format=json"]).paths("documents"), ["incidents/calm.md"]);
    let mut below = folder.command(&["--format=json"]);
    let below = Run::of(&below.current_dir(folder.path().join("incidents")).output().unwrap());
    assert_eq!(below.paths("documents"), ["calm.md"]);
}

#[test]
fn an_output_keeps_the_permissions_of_the_file_and_follows_no_link() {
    let (around, folder) = beside_a_secret();
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    folder.write("report.json", "");
    fs::set_permissions(folder.path().join("report.json"), fs::Permissions::from_mode(0o600)).unwrap();
    symlink(around.path().join("secret.toml"), folder.path().join("link.json")).unwrap();
    symlink(around.path(), folder.path().join("out")).unwrap();
    for name in ["report.json", "link.json"] {
        folder.run(&["incidents/calm.md", "--output", name]).code(0);
    }
    assert_eq!((mode("report.json"), around.read("secret.toml").as_str()), (0o600, SECRET));
    folder
        .run(&["incidents/calm.md", "--output", "out/report.json"])
        .fails("out/report.json: a symbolic link that leads out of the current folder");
    assert!(!around.path().join("report.json").exists());
}

#[test]
fn lists_and_answers_of_git_are_bounded() {
    let folder = Folder::repository(both);
    folder.write("list", "a.md\n".repeat(500_001));
    folder.run(&["--files-from", "list"]).fails("list: a list of more than 500000 paths");
    folder.write("list", "a".repeat((16 << 20) + 1));
    folder.run(&["--files-from", "list"]).fails("list: larger than 16 MiB");
    folder.write("incidents/calm.md", "a long line of text\n".repeat(4 << 20));
    folder.run(&["--diff", "main"]).fails("--diff: the answer of git is larger than 64 MiB");
}
