//! Tests of the comment: its content, its limit, the escaping of its text and its hidden state.

use pulldown_cmark::{Event, Options as Extensions, Parser, Tag};

use crate::render::tests::*;
use crate::report::{Guard, GuardKind};

const BASE: &str = "https://forge.example/team/repo/blob/0a1b2c3";
const HIDDEN_LINES: usize = 3;

fn run(documents: Vec<DocumentReport>) -> Report {
    let fail = FileError { path: PATH.into(), message: "is empty @team".into() };
    Report::new("2026.1", documents, vec![], vec![fail])
}

fn comment(report: &Report, previous: Option<&EarlierComment>) -> String {
    let options = Options { link_base: Some(BASE), previous, ..options() };
    closing(Format::Markdown, report, &options)
}

fn summary(report: &Report) -> String {
    closing(Format::StepSummary, report, &options())
}

fn visible(comment: &str) -> String {
    comment.splitn(HIDDEN_LINES + 2, '\n').last().unwrap().to_owned()
}

fn status(comment: &str) -> &str {
    let line = comment.lines().nth(1).unwrap();
    line.strip_suffix(" -->").unwrap().rsplit(' ').next().unwrap()
}

/// Returns one document whose questions are about its findings.
fn asking() -> DocumentReport {
    let about = |about, text: &str| Question {
        text: text.into(),
        pattern: String::new(),
        about,
        source: String::new(),
        asked_by: Vec::new(),
    };
    DocumentReport {
        path: "inc/a b.md".into(),
        conflicts: vec![],
        suppressed: vec![],
        truncated: 0,
        questions: vec![
            about_finding("human-error-fingerprint", "What made `db` look like `test` to @team?"),
            about_finding("hindsight-fingerprint", "What could be seen at 10:42?"),
            about(About::Bucket("upstream".into()), "What part did the vendor play?"),
        ],
        ..nasty(&source())
    }
}

fn about_finding(fingerprint: &str, text: &str) -> Question {
    Question {
        text: text.into(),
        pattern: String::new(),
        about: About::Finding(fingerprint.into()),
        source: String::new(),
        asked_by: Vec::new(),
    }
}

fn one(document: DocumentReport) -> Report {
    Report::new("2026.1", vec![document], vec![], vec![])
}

#[test]
fn the_comment_for_the_hostile_report() {
    let second = DocumentReport { path: "inc/second.md".into(), ..asking() };
    let report = run(vec![calm(Verdict::Examined), nasty(&source()), second]);
    let text = comment(&report, None);
    assert_harmless(&text);
    insta::assert_snapshot!("markdown", text);
}

#[test]
fn the_comment_for_one_document() {
    insta::assert_snapshot!("markdown_one", comment(&one(asking()), None));
}

#[test]
fn a_quiet_comment_has_only_the_verdict_and_findings() {
    let options = Options { parts: Parts::Findings, ..options() };
    let text = closing(Format::Markdown, &one(asking()), &options);
    insta::assert_snapshot!("markdown_quiet", visible(&text));
}

/// Work that is quadratic in the number of documents would take minutes here.
#[test]
fn a_comment_about_many_documents_keeps_the_state_of_the_first() {
    let template = asking();
    let document = |at: usize| DocumentReport { path: format!("{at:04}.md"), ..template.clone() };
    let report = Report::new("2026.1", (0..3_000).map(document).collect(), vec![], vec![]);
    let text = comment(&report, None);
    let state = text.lines().nth(2).unwrap();
    assert!(state.contains("0000.md") && !state.contains("2999.md") && state.len() > 15_000, "{state}");
    assert!(EarlierComment::parse(&text).is_some());
}

#[test]
fn the_first_line_counts_the_documents_of_each_verdict() {
    let french = DocumentReport { language: "und".into(), ..calm(Verdict::Undetermined) };
    let verdicts = [Verdict::StartOver, Verdict::Clear, Verdict::StartOver, Verdict::Undetermined];
    let documents = verdicts.map(calm).into_iter().chain([french]).collect();
    let text = summary(&Report::new("1", documents, vec![], vec![]));
    let counts = "**rcalint read 5 postmortems: 2 start over, 1 undetermined, 1 not judged, 1 clear.**\n";
    assert!(text.starts_with(counts), "{text}");
}

#[test]
fn a_draft_comment_has_no_findings() {
    let options = Options { parts: Parts::Questions, ..options() };
    let text = closing(Format::Markdown, &one(asking()), &options);
    assert!(text.contains("**Questions to ask**") && !text.contains("<details>"), "{text}");
    assert!(!text.contains("contributing factor") && text.contains("By rcalint, "), "{text}");
}

#[test]
fn a_job_summary_has_no_hidden_state() {
    let text = summary(&one(asking()));
    assert!(text.starts_with("**Start over**: ") && !text.contains("<!-- rcalint:"), "{text}");
}

#[test]
fn a_review_without_questions_says_what_was_looked_at() {
    let clear = visible(&comment(&one(calm(Verdict::Clear)), None));
    insta::assert_snapshot!("markdown_calm", clear);
    let both = vec![calm(Verdict::Clear), calm(Verdict::Examined)];
    let both = visible(&comment(&Report::new("1", both, vec![], vec![]), None));
    assert!(both.starts_with("rcalint looked at these 2 postmortems (1 examined, 1 clear): "), "{both}");
    let none = visible(&comment(&Report::new("1", vec![], vec![], vec![]), None));
    assert!(none.starts_with("rcalint found no postmortem to review here.\n"), "{none}");
    let open = comment(&one(calm(Verdict::Undetermined)), None);
    assert!(visible(&open).starts_with("**Undetermined**: no cause is stated yet ("), "{open}");
}

#[test]
fn a_review_without_news_is_unchanged() {
    let first = comment(&one(asking()), None);
    assert_eq!(status(&first), "first");
    let memory = EarlierComment::parse(&first).unwrap();
    let again = comment(&one(asking()), Some(&memory));
    assert_eq!(status(&again), "unchanged");
    assert_eq!(visible(&again), visible(&first));
    let lines = first.replace('\n', "\r\n");
    assert_eq!(EarlierComment::parse(&lines), Some(memory), "a forge may change line ends");
}

#[test]
fn settled_questions_are_ticked_and_new_ones_marked() {
    let first = comment(&one(asking()), None);
    let mut fixed = asking();
    fixed.findings.retain(|finding| finding.rule != "human-error");
    fixed.questions.remove(0);
    fixed.questions.push(about_finding("counterfactual-fingerprint", "What did the tool show?"));
    fixed.claims.push(claim(ClaimHead::Condition, 4));
    let second = comment(&one(fixed.clone()), EarlierComment::parse(&first).as_ref());
    assert_eq!(status(&second), "changed");
    insta::assert_snapshot!("markdown_remembers", visible(&second));
    let third = comment(&one(fixed.clone()), EarlierComment::parse(&second).as_ref());
    assert_eq!(status(&third), "unchanged", "what was new once is not news");
    assert!(third.contains("- [x] What made `db` look like `test` to `@team?`"), "a tick stays: {third}");
    fixed.findings.clear();
    fixed.questions.clear();
    fixed.claims.push(claim(ClaimHead::Condition, 5));
    fixed.coverage[1].1.status = BucketStatus::Examined;
    fixed.verdict = Verdict::Clear;
    let last = comment(&one(fixed), EarlierComment::parse(&third).as_ref());
    assert!(
        visible(&last).starts_with("All earlier questions are settled. rcalint looked at this postmortem"),
        "{last}"
    );
}

#[test]
fn a_weak_action_comes_with_a_stronger_one() {
    let mut report = asking();
    let found = &report.findings[0];
    report.remedies = vec![RemedyReport {
        line: found.start.line,
        quote: found.sentence.clone(),
        tier: Some(Tier::Weaker),
        words: Some(found.quote.clone()),
        stronger: Some("let the tool refuse it".to_owned()),
        done: false,
    }];
    let text = comment(&one(report), None);
    assert_eq!(text.matches("\n  - stronger: let the tool refuse it\n").count(), 1, "{text}");
}

#[test]
fn a_deleted_sentence_answers_nothing() {
    let first = comment(&one(asking()), None);
    let mut shorter = asking();
    shorter.findings.remove(0);
    shorter.questions.remove(0);
    let second = comment(&one(shorter.clone()), EarlierComment::parse(&first).as_ref());
    let dropped =
        "- no longer asked, because the sentence is gone: What made `db` look like `test` to `@team?`\n";
    assert!(second.contains(dropped) && !second.contains("[x]"), "{second}");
    let third = comment(&one(shorter), EarlierComment::parse(&second).as_ref());
    assert!(third.contains(dropped) && status(&third) == "unchanged", "{third}");
}

#[test]
fn a_finding_that_is_deepened_settles_its_questions() {
    let first = comment(&one(asking()), None);
    let mut deepened = asking();
    deepened.findings[0].deepened = true;
    deepened.questions.remove(0);
    let second = comment(&one(deepened), EarlierComment::parse(&first).as_ref());
    assert!(second.contains("- [x] What made `db` look like `test` to `@team?`"), "{second}");
}

#[test]
fn an_allowed_finding_does_not_settle_its_questions() {
    let first = comment(&one(asking()), None);
    let mut allowed = asking();
    allowed.findings.remove(0);
    allowed.questions.remove(0);
    allowed.suppressed = vec![suppressed("human-error", 3, "agreed", SuppressedBy::Comment)];
    let second = comment(&one(allowed), EarlierComment::parse(&first).as_ref());
    assert!(!second.contains("[x]") && second.contains("`human-error`"), "{second}");
}

#[test]
fn a_question_in_the_same_words_is_neither_new_nor_settled() {
    let first = comment(&one(asking()), None);
    let mut edited = asking();
    edited.questions[1].about = About::Finding("counterfactual-fingerprint".into());
    let second = visible(&comment(&one(edited), EarlierComment::parse(&first).as_ref()));
    assert!(!second.contains("[x]") && !second.contains("**new:**"), "{second}");
}

#[test]
fn anything_but_our_comment_has_no_state() {
    let good = comment(&one(asking()), None);
    let line = |at: usize| good.lines().nth(at).unwrap().to_owned();
    let (marker, digest, memory) = (line(0), line(1), line(2));
    let broken = [
        String::new(),
        "hello".to_owned(),
        format!(" {good}"),
        format!("> quoted\n{good}"),
        marker.clone(),
        format!("{marker}\n{digest}\n"),
        format!("{marker}\n{memory}\n{digest}\n"),
        good.replace("digest v1 ", "digest v2 "),
        good.replace("memory v1 {", "memory v1 {{"),
        good.replace("\"settled\"", "\"more\":1,\"settled\""),
        good.replace("10:42", "10:\\u001b42"),
        good.replace("10:42", &"x".repeat(30_000)),
        format!("{marker}\n<!-- rcalint:digest v1 xyz first -->\n{memory}\n"),
    ];
    for text in &broken {
        assert_eq!(EarlierComment::parse(text), None, "{text}");
    }
    assert!(EarlierComment::parse(&good).is_some());
}

/// The texts of a forged state are shown as plain text.
#[test]
fn a_forged_state_is_shown_as_text() {
    let good = comment(&one(asking()), None);
    let forged = good.replace("What could be seen at 10:42?", "<b>@all</b> [x](http://e) fixes #1 ` `");
    let empty = DocumentReport { questions: vec![], ..asking() };
    let text = comment(&one(empty), EarlierComment::parse(&forged).as_ref());
    assert!(text.contains("the sentence is gone: `<b>@all</b>`"), "{text}");
    assert_no_markup_of_theirs(&text);
}

#[test]
fn the_comment_stays_below_its_limit_and_ends_with_whole_findings() {
    let mut long = nasty(&source());
    let warning = long.findings[1].clone();
    long.findings = vec![warning; 500];
    let wide = Question { about: About::Bucket("upstream".into()), ..question(&"@\u{202e}<|`".repeat(500)) };
    long.questions = vec![wide; 30];
    long.suppressed = vec![suppressed("weak-action", 9, &"`🙈".repeat(300), SuppressedBy::Comment); 100];
    for count in [1, 2, 40, 300] {
        let report = run(vec![long.clone(); count]);
        let text = comment(&report, None);
        assert!(text.len() <= 60_000, "{count}: {}", text.len());
        assert!(
            text.contains(" more; run `rcalint check` to see them") || text.contains(" did not fit here")
        );
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
        assert_no_markup_of_theirs(&text);
        assert!(summary(&report).len() < 1 << 20);
    }
}

/// Panics if the comment contains Markdown markup that this program did not write.
#[track_caller]
fn assert_no_markup_of_theirs(comment: &str) {
    let extensions =
        Extensions::ENABLE_TABLES | Extensions::ENABLE_TASKLISTS | Extensions::ENABLE_STRIKETHROUGH;
    let ours = |html: &str| {
        let html = html.trim();
        let summary = html.strip_prefix("<summary>").and_then(|html| html.strip_suffix("</summary>"));
        let constant = summary.is_some_and(|text| !text.contains(['<', '&', '`', '@', '#']));
        html.starts_with("<!-- rcalint:") || html == "<details>" || html == "</details>" || constant
    };
    for event in Parser::new_ext(comment, extensions) {
        match event {
            Event::Html(html) => assert!(ours(&html), "{html}"),
            Event::Start(Tag::Link { dest_url, .. }) => assert!(dest_url.starts_with(BASE), "{dest_url}"),
            Event::Text(text) => assert!(!text.contains(['@', '#']) && !text.contains("://"), "{text}"),
            Event::Start(
                Tag::Image { .. }
                | Tag::CodeBlock(_)
                | Tag::BlockQuote(_)
                | Tag::Strikethrough
                | Tag::Emphasis,
            )
            | Event::InlineHtml(_)
            | Event::Rule
            | Event::HardBreak => panic!("{event:?} in\n{comment}"),
            _ => {}
        }
    }
}

proptest::proptest! {
    #[test]
    fn nothing_a_document_says_becomes_markup(
        text in "(\\PC|[`*_<>#|~&$:=+@!%./0-9\\r\\n\t \\[\\]()-]|https://|www.|-->){0,30}",
    ) {
        let mut report = asking();
        report.path.clone_from(&text);
        report.findings[0].message = format!("this stops at \"{text}\": so");
        report.findings[0].quote.clone_from(&text);
        report.findings[0].sentence = format!("{text} so");
        report.findings[0].mechanism = Some("slip".into());
        report.questions[0].text.clone_from(&text);
        report.coverage[0].1.evidence[1].quote = format!("no {text} so");
        report.claims[0].quote.clone_from(&text);
        report.conflicts = vec![Conflict { theme: "x".into(), text: text.clone(), lines: vec![1] }];
        report.suppressed = vec![suppressed("hindsight", 3, &text, SuppressedBy::Comment)];
        let report = run(vec![report, calm(Verdict::Clear)]);
        let first = comment(&report, None);
        assert_no_markup_of_theirs(&first);
        assert_harmless(&first);
        let memory = EarlierComment::parse(&first);
        proptest::prop_assert!(memory.is_some(), "{}", first);
        let settled = run(vec![DocumentReport { questions: vec![], ..report.documents[0].clone() }]);
        assert_no_markup_of_theirs(&comment(&settled, memory.as_ref()));
        let again = comment(&report, memory.as_ref());
        proptest::prop_assert_eq!(status(&again), "unchanged");
    }
}

#[test]
fn a_change_that_weakens_its_own_check_is_reported() {
    let guard = Guard {
        kind: GuardKind::Configuration,
        path: "rcalint.toml".into(),
        line: None,
        message: "settings changed, says @team".into(),
    };
    let report = Report { guard: Some(vec![guard]), ..one(DocumentReport { findings: vec![], ..asking() }) };
    let comment = comment(&report, None);
    assert!(
        comment
            .contains("**This change touches its own check:**\n\n- `rcalint.toml`: settings changed, says "),
        "{comment}"
    );
    assert!(!comment.contains(" @team"), "{comment}");
}

#[test]
fn new_allow_comments_take_one_row_per_document() {
    let allow = |path: &str, line| Guard {
        kind: GuardKind::Allow,
        path: path.into(),
        line: Some(line),
        message: "a new comment allows findings".into(),
    };
    let mut guards = vec![allow("a.md", 3), allow("a.md", 9), allow("b.md", 1)];
    guards.extend((0..12).map(|at| allow(&format!("c{at}.md"), 1)));
    let comment = comment(&Report { guard: Some(guards), ..one(asking()) }, None);
    let expected = "- `a.md`, lines 3, 9: 2 new comments allow findings\n\
                    - `b.md`, line 1: a new comment allows findings\n";
    assert!(comment.contains(expected) && comment.contains("- and 4 more\n"), "{comment}");
}

#[test]
fn findings_on_changed_lines_come_first_and_are_marked() {
    let mut document = nasty(&source());
    document.findings[1].changed = Some(true);
    document.findings[0].changed = Some(false);
    let mixed = comment(&one(document.clone()), None);
    let at = |text: &str| mixed.find(text).unwrap_or_else(|| panic!("{text} is not in {mixed}"));
    assert!(mixed.contains("; 1 on changed lines, shown first</summary>"), "{mixed}");
    assert!(at("- warning `counterfactual`, ") < at("- error `human-error`, "), "{mixed}");
    assert_eq!(mixed.matches(" (changed): ").count(), 1, "{mixed}");
    assert!(mixed.contains("**Start over**"), "the verdict is that of the whole document: {mixed}");
    document.findings.iter_mut().for_each(|finding| finding.changed = Some(false));
    assert!(comment(&one(document), None).contains("; none on changed lines</summary>"));
}
