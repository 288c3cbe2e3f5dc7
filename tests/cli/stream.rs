//! `--jsonl-documents`: one line in, one line out.

use super::*;

const ARGS: [&str; 2] = ["check", "--jsonl-documents"];

fn line(path: &str, text: &str) -> String {
    serde_json::json!({ "path": path, "text": text }).to_string() + "\n"
}

fn answers(run: &Run) -> Vec<Value> {
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_document_gets_one_line_in_order() {
    let folder = Folder::new();
    let input = [line("b.md", BLAMES), line("a.md", CALM), line("b.md", BLAMES)].concat();
    let run = folder.run_with(&ARGS, input.as_bytes()).code(1);
    let answers = answers(&run);
    let said: Vec<_> = answers
        .iter()
        .map(|line| (line["path"].as_str().unwrap(), line["verdict"].as_str().unwrap()))
        .collect();
    assert_eq!(said, [("b.md", "start-over"), ("a.md", "clear"), ("b.md", "start-over")]);
    assert!(answers.iter().all(|line| line["type"] == "document"));
    folder.run_with(&[&ARGS[..], &["--exit-zero"]].concat(), input.as_bytes()).code(0);
}

#[test]
fn an_answer_equals_the_line_for_a_file() {
    let folder = Folder::mixed();
    let file = folder.run(&["incidents/blames.md", "--format=jsonl"]).code(1);
    let run = folder.run_with(&ARGS, line("incidents/blames.md", BLAMES).as_bytes()).code(1);
    assert_eq!(run.out.lines().next(), file.out.lines().next());
}

#[test]
fn an_invalid_line_gets_an_answer_and_the_run_continues() {
    let broken = [
        ("{", "EOF while parsing an object"),
        ("", "EOF while parsing a value"),
        ("[1]", "invalid type: integer `1`, expected a string"),
        ("{\"path\": \"a.md\"}", "missing field `text`"),
        ("{\"text\": \"a\"}", "missing field `path`"),
        ("{\"path\": \"a.md\", \"text\": null}", "invalid type: null, expected a string"),
        ("{\"path\": \"a.md\", \"path\": \"b.md\", \"text\": \"\"}", "duplicate field `path`"),
        ("{\"path\": \"a.md\", \"text\": \"\\ud800\"}", "unexpected end of hex escape"),
    ];
    let input = broken.map(|(text, _)| text).join("\n") + "\n";
    let run = Folder::new().run_with(&ARGS, (input + &line("calm.md", CALM)).as_bytes()).code(2);
    let answers = answers(&run);
    assert_eq!(answers.len(), broken.len() + 1);
    for (at, (_, reason)) in broken.iter().enumerate() {
        let expected = format!("expected {{\"path\": …, \"text\": …}}: {reason}");
        assert_eq!(
            (answers[at]["type"].as_str(), answers[at]["path"].as_str()),
            (Some("error"), Some(&*format!("<stdin>:{}", at + 1)))
        );
        assert_eq!(answers[at]["message"], expected);
    }
    assert_eq!(answers.last().unwrap()["verdict"], "clear");
    assert_eq!(run.err.lines().count(), broken.len());
}

#[test]
fn texts_have_the_limits_of_files() {
    let input = [
        line("empty.md", " \n"),
        line("binary.md", "a\0b"),
        line("large.md", &"a".repeat(2000)),
        line("exact.md", &"a".repeat(1024)),
        line("escaped.md", &("\u{1}".repeat(1023) + "a")),
        format!("{{\"path\": \"huge.md\", \"text\": \"{}\"}}\n", "a".repeat(3_000_000)),
        line("calm.md", CALM),
    ];
    let args = [&ARGS[..], &["--max-file-size", "1KiB"]].concat();
    let run = Folder::new().run_with(&args, input.concat().as_bytes()).code(2);
    let answers = answers(&run);
    let said: Vec<_> =
        answers.iter().map(|line| (line["path"].as_str().unwrap(), line["message"].as_str())).collect();
    let expected = [
        ("empty.md", Some("is empty")),
        ("binary.md", Some("a binary file, not text (NUL at byte 1)")),
        ("large.md", Some("larger than 1 KiB (see --max-file-size)")),
        ("exact.md", None),
        ("escaped.md", None),
        ("<stdin>:6", Some("the line is longer than a document may be (see --max-file-size)")),
        ("calm.md", None),
    ];
    assert_eq!(said, expected);
}

#[test]
fn invalid_utf8_is_reported_and_other_keys_are_ignored() {
    let mut input = b"{\"path\": \"a.md\", \"text\": \"\xff\"}\n".to_vec();
    input.extend(format!("{{\"id\": 7, \"text\": {}, \"path\": \"c.md\"}}", serde_json::json!(CALM)).bytes());
    let run = Folder::new().run_with(&ARGS, &input).code(2);
    assert!(answers(&run)[0]["message"].as_str().unwrap().contains("invalid unicode"), "{}", run.out);
    assert_eq!(answers(&run)[1]["verdict"], "clear", "the last line needs no end");
}

/// The documents are small, because only their number matters here.
#[test]
fn ten_thousand_documents_come_in_order() {
    let text = |at: usize| if at.is_multiple_of(3) { "# Root cause\n\nHuman error.\n" } else { "Nothing." };
    let folder = Folder::new();
    folder.write(
        "documents.jsonl",
        (0..10_000).map(|at| line(&format!("{at}.md"), text(at))).collect::<String>(),
    );
    let file = fs::File::open(folder.path().join("documents.jsonl")).unwrap();
    let run = Run::of(&folder.command(&[&ARGS[..], &["--jobs", "4"]].concat()).stdin(file).output().unwrap())
        .code(1);
    let answers = answers(&run);
    assert!(answers.iter().enumerate().all(|(at, line)| line["path"] == format!("{at}.md")));
    assert_eq!(answers.len(), 10_000);
    let first: String = (0..300).map(|at| line(&format!("{at}.md"), text(at))).collect();
    let one = folder.run_with(&[&ARGS[..], &["--jobs", "1"]].concat(), first.as_bytes()).code(1);
    assert!(run.out.starts_with(&one.out));
}

#[test]
fn each_answer_comes_before_the_next_document() {
    let folder = Folder::new();
    let mut child = folder.command(&ARGS).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut ask, mut answers) =
        (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()).lines());
    for at in 0..3 {
        ask.write_all(line(&format!("{at}.md"), CALM).as_bytes()).unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["path"], format!("{at}.md"));
    }
    drop(ask);
    assert!(child.wait().unwrap().success());
}

#[test]
fn settings_filter_and_baseline_apply() {
    let folder = Folder::mixed();
    folder.run(&["baseline", "create"]).code(0);
    let known = [&ARGS[..], &["--baseline", "rcalint-baseline.toml"]].concat();
    folder.run_with(&known, line("incidents/blames.md", BLAMES).as_bytes()).code(0);
    folder.write("rcalint.toml", "fail-on = \"never\"\nexclude = [\"drafts/\"]\n");
    let input = [line("drafts/a.md", BLAMES), line("b.md", "# Read me\n"), line("c.md", BLAMES)].concat();
    let run = folder.run_with(&[&ARGS[..], &["--force-filter"]].concat(), input.as_bytes()).code(0);
    let reasons: Vec<Value> = answers(&run).iter().map(|line| line["reason"].clone()).collect();
    assert_eq!(reasons, [Value::from("excluded"), Value::from("not-a-postmortem"), Value::Null]);
}

#[test]
fn it_cannot_be_combined_with_other_inputs_or_formats() {
    let folder = Folder::mixed();
    folder.run_with(&[&ARGS[..], &["incidents"]].concat(), b"").code(2);
    folder.run_with(&[&ARGS[..], &["--diff", "main"]].concat(), b"").code(2);
    folder
        .run_with(&[&ARGS[..], &["--format", "json"]].concat(), b"")
        .fails("--jsonl-documents writes JSON lines and no other format");
    assert_eq!(folder.run_with(&ARGS, b"").code(0).out, "");
}
