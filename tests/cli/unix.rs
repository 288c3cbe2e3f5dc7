//! Features of Unix only: pipes, devices, links, permissions, full disks.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;

use super::*;

/// A user without any permissions, because the superuser can read everything.
const NOBODY: u32 = 65_534;

#[test]
fn a_pipe_is_never_opened() {
    let folder = Folder::new();
    let made = Command::new("mkfifo").arg(folder.path().join("pipe.md")).status().unwrap();
    assert!(made.success());
    folder.run(&["pipe.md"]).fails("pipe.md: not a regular file");
    let run = folder.run(&["--format=json"]).code(0);
    assert_eq!(run.json()["skipped"][0]["reason"], "not-a-regular-file");
    folder.run(&["/dev/zero"]).fails("/dev/zero: not a regular file");
}

#[test]
fn an_unreadable_file_is_reported() {
    let folder = Folder::mixed();
    let path = folder.path().join("incidents/calm.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = folder.command(&["incidents", "incidents/calm.md", "--format=json"]);
    if fs::File::open(&path).is_ok() {
        command.uid(NOBODY);
    }
    let run = Run::of(&command.output().unwrap());
    assert_eq!(run.paths("documents"), ["incidents/blames.md"]);
    run.fails("incidents/calm.md: not readable: permission denied");
}

#[test]
fn cyclic_links_are_reported() {
    let folder = Folder::new();
    symlink("b.md", folder.path().join("a.md")).unwrap();
    symlink("a.md", folder.path().join("b.md")).unwrap();
    folder.run(&["a.md"]).fails("a.md: symbolic links that form a cycle");
    fs::create_dir(folder.path().join("sub")).unwrap();
    symlink("..", folder.path().join("sub/up")).unwrap();
    folder.run(&["sub"]).code(0);
}

#[test]
fn links_are_read_when_named_but_never_out_of_the_folder() {
    let (folder, elsewhere) = (Folder::mixed(), Folder::new());
    elsewhere.write("secret.md", BLAMES);
    symlink(elsewhere.path().join("secret.md"), folder.path().join("out.md")).unwrap();
    symlink(elsewhere.path(), folder.path().join("outdir")).unwrap();
    symlink("incidents/calm.md", folder.path().join("in.md")).unwrap();
    symlink("gone.md", folder.path().join("dead.md")).unwrap();
    folder.run(&["in.md"]).code(0);
    folder.run(&["dead.md"]).fails("dead.md: a symbolic link to a missing file");
    folder.run(&["out.md"]).fails("out.md: a symbolic link that leads out of the current folder");
    folder.run(&["outdir"]).fails("outdir: a symbolic link that leads out of the current folder");
    folder
        .run(&["outdir/secret.md"])
        .fails("outdir/secret.md: a symbolic link that leads out of the current folder");
    let run = folder.run(&["--format=json"]).code(1);
    assert_eq!(run.paths("documents"), ["incidents/blames.md", "incidents/calm.md"]);
    assert_eq!(run.paths("skipped"), ["README.md", "dead.md", "in.md", "out.md"]);
}

#[test]
fn a_strange_name_stays_on_its_line() {
    let folder = Folder::new();
    let name = "a\n::error::b\u{1b}[31m.md";
    folder.write(name, BLAMES);
    let run = folder.run(&[name, "--format=concise"]).code(1);
    assert!(run.out.lines().all(|line| line.starts_with("a␊\\::error::b␛[31m.md:")), "{}", run.out);
    assert_eq!(folder.run(&["--format=json"]).code(1).paths("documents"), [name]);
    folder.write(name, "");
    folder.run(&[name]).fails("a␊\\::error::b␛[31m.md: is empty");
}

#[test]
fn special_files_are_reported_and_the_others_are_read() {
    let folder = Folder::mixed();
    Command::new("mkfifo").arg(folder.path().join("pipe.md")).status().unwrap();
    symlink("loop.md", folder.path().join("loop.md")).unwrap();
    let elsewhere = Folder::mixed();
    symlink(elsewhere.path().join("README.md"), folder.path().join("out.md")).unwrap();
    folder.write("latin1.md", b"# Caf\xe9");
    folder.write("utf16.md", b"\xff\xfea\0");
    folder.write("binary.md", b"\x7fELF\0");
    folder.write("line\nbreak\u{1b}.md", b"\xff");
    fs::File::create(folder.path().join("sparse.md")).unwrap().set_len(2 << 30).unwrap();
    let strange = [
        ("pipe.md", "not a regular file"),
        ("/dev/null", "not a regular file"),
        ("loop.md", "symbolic links that form a cycle"),
        ("out.md", "a symbolic link that leads out of the current folder"),
        ("latin1.md", "not valid UTF-8 at byte 5"),
        ("utf16.md", "UTF-16 text, not UTF-8; save it as UTF-8 to have it read"),
        ("binary.md", "a binary file, not text (NUL at byte 4)"),
        ("line\nbreak\u{1b}.md", "not valid UTF-8 at byte 0"),
        ("sparse.md", "larger than 1 MiB (see --max-file-size)"),
        ("none.md", "no such file or folder"),
    ];
    let names = strange.map(|(name, _)| name);
    let run = folder.run(&[&names[..], &["incidents/calm.md", "--format=json"]].concat()).code(2);
    assert_eq!(run.paths("errors"), names);
    assert_eq!(run.paths("documents"), ["incidents/calm.md"]);
    let said = strange.map(|(name, reason)| {
        format!("rcalint: {}: {reason}\n", name.replace('\n', "␊").replace('\u{1b}', "␛"))
    });
    assert_eq!(run.err, said.concat());
}

#[test]
fn a_full_disk_leaves_the_old_baseline_whole() {
    let folder = Folder::mixed();
    folder.write("rcalint-baseline.toml", "version = 1\n");
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" baseline create --force";
    let mut shell = Command::new("sh");
    shell.args(["-c", script, env!("CARGO_BIN_EXE_rcalint")]).current_dir(folder.path());
    let run = Run::of(&shell.output().unwrap());
    run.fails("rcalint-baseline.toml: cannot be written: file too large");
    let text = fs::read_to_string(folder.path().join("rcalint-baseline.toml")).unwrap();
    assert_eq!(text, "version = 1\n");
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 3, "no temporary file is left");
}

#[test]
fn a_baseline_does_not_replace_a_device() {
    let folder = Folder::mixed();
    let made = Command::new("mkfifo").arg(folder.path().join("pipe.toml")).status().unwrap();
    assert!(made.success());
    let args = ["baseline", "create", "--force", "--output", "pipe.toml"];
    folder.run(&args).fails("pipe.toml: not a regular file");
    folder.run(&["baseline", "create", "--output", "/dev/full"]).code(2);
}

#[test]
fn a_list_may_be_a_pipe() {
    let folder = Folder::mixed();
    let run = folder.run_with(&["--files-from", "/dev/stdin", "--format=json"], b"incidents/calm.md");
    assert_eq!(run.code(0).paths("documents"), ["incidents/calm.md"]);
}

#[test]
fn a_full_disk_is_an_error() {
    let folder = Folder::mixed();
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let output = folder.command(&["incidents"]).stdout(full).output().unwrap();
    let run = Run::of(&output).code(2);
    assert!(run.err.starts_with("rcalint: the output cannot be written: "), "{}", run.err);
}
