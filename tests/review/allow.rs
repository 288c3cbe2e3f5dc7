//! Comments that allow findings: what each applies to, its syntax, and the message for one without effect.

use rcalint::lexicon::Lexicon;
use rcalint::model::{Severity, Verdict};
use rcalint::report::{About, DocumentReport, SuppressedBy};
use rcalint::source::Source;

fn review(text: &str) -> DocumentReport {
    rcalint::review(&Source::new("x.md", text), Lexicon::embedded())
}

/// Returns `rule line` of each finding of that rule.
fn found(report: &DocumentReport, rule: &str) -> Vec<usize> {
    report.findings.iter().filter(|finding| finding.rule == rule).map(|finding| finding.start.line).collect()
}

fn allowed(report: &DocumentReport, rule: &str) -> Vec<usize> {
    report.suppressed.iter().filter(|finding| finding.rule == rule).map(|finding| finding.line).collect()
}

/// Asserts that, under a heading for actions (line 1), weak actions are allowed in some lines and still found in
/// others.
#[track_caller]
fn assert_weak(body: &str, allowed_in: &[usize], found_in: &[usize]) {
    let report = review(&format!("## Action items\n{body}"));
    assert_eq!(allowed(&report, "weak-action"), allowed_in, "allowed in\n{body}");
    assert_eq!(found(&report, "weak-action"), found_in, "found in\n{body}");
}

const ALLOW: &str = "<!-- rcalint-allow: weak-action -- agreed -->";

/// Asserts the message about the only comment in a document with a weak action.
#[track_caller]
fn assert_unused(comment: &str, message: &str) {
    let report = review(&format!("## Action items\n\n{comment}\n\nRemind everyone.\n"));
    let messages: Vec<&str> = report
        .findings
        .iter()
        .filter(|found| found.rule == "unused-allow")
        .map(|found| found.message.as_str())
        .collect();
    assert_eq!(messages, [format!("this comment has no effect: {message}")]);
}

mod scope {
    use super::*;

    #[test]
    fn a_separate_comment_applies_to_the_next_block() {
        assert_weak(&format!("\n{ALLOW}\nRemind everyone.\n\nBe more careful.\n"), &[4], &[6]);
        assert_weak(&format!("\n{ALLOW}\n\nRemind everyone.\n\nBe more careful.\n"), &[5], &[7]);
        assert_weak(&format!("\nRemind everyone.\n\n{ALLOW}\n"), &[], &[3]);
    }

    #[test]
    fn a_comment_may_apply_to_a_whole_list_table_or_quote() {
        assert_weak(&format!("\n{ALLOW}\n- Remind everyone.\n- Be careful.\n\nTake care.\n"), &[4, 5], &[7]);
        assert_weak(
            &format!("\n{ALLOW}\n\n| A |\n|---|\n| Remind everyone |\n| Take care |\n"),
            &[7, 8],
            &[],
        );
        assert_weak(
            &format!("\n{ALLOW}\n> [!NOTE]\n> Remind everyone.\n>\n> Take care.\n\nTake care.\n"),
            &[5, 7],
            &[9],
        );
    }

    #[test]
    fn within_an_item_it_applies_to_the_item_and_its_content() {
        assert_weak(&format!("\n- Remind everyone. {ALLOW}\n- Take care.\n"), &[3], &[4]);
        assert_weak(&format!("\n- {ALLOW} Remind everyone.\n- Take care.\n"), &[3], &[4]);
        assert_weak(
            &format!("\n- Remind everyone.\n  {ALLOW}\n  - Take care.\n- Take care.\n"),
            &[3, 5],
            &[6],
        );
        assert_weak(&format!("\n- Remind everyone.\n  - Take care. {ALLOW}\n"), &[4], &[3]);
    }

    #[test]
    fn within_a_cell_it_applies_to_the_row() {
        let table = format!("\n| A | B |\n|---|---|\n| 1 {ALLOW} | Remind everyone |\n| 2 | Take care |\n");
        assert_weak(&table, &[5], &[6]);
    }

    #[test]
    fn within_text_it_applies_to_the_paragraph() {
        assert_weak(&format!("\nRemind everyone.\nTake care. {ALLOW}\n\nTake care.\n"), &[3, 4], &[6]);
    }

    #[test]
    fn within_html_it_applies_to_the_text_or_the_row() {
        assert_weak(&format!("\n<p>{ALLOW}Remind everyone.</p>\n<p>Take care.</p>\n"), &[3], &[4]);
        assert_weak(&format!("\n<p>Remind everyone.{ALLOW}</p>\n<p>Take care.</p>\n"), &[3], &[4]);
        let row = format!("<tr><td>1 {ALLOW}</td><td>Remind everyone</td></tr>");
        assert_weak(&format!("\n<table>\n{row}\n<tr><td>Take care</td></tr>\n</table>\n"), &[4], &[5]);
        assert_weak(
            &format!("\n{ALLOW}\n\n<ul>\n<li>Remind everyone</li>\n<li>Take care</li></ul>\n"),
            &[6, 7],
            &[],
        );
    }

    #[test]
    fn several_comments_may_precede_a_block() {
        let other = "<!-- rcalint-allow: hindsight -- agreed -->";
        let report = review(&format!(
            "## Action items\n\n{ALLOW}\n{other}\n\nRemind everyone that it was obvious in hindsight.\n"
        ));
        assert_eq!((allowed(&report, "weak-action"), found(&report, "unused-allow")), (vec![6], vec![4]));
    }

    #[test]
    fn it_does_not_apply_outside_its_quote() {
        assert_weak(&format!("\n> [!NOTE]\n> Text.\n>\n> {ALLOW}\n\nTake care.\n"), &[], &[8]);
    }

    #[test]
    fn code_is_not_a_comment() {
        assert_weak(&format!("\n```html\n{ALLOW}\n```\n\nTake care.\n"), &[], &[7]);
        assert_weak(&format!("\n    {ALLOW}\n\nTake care.\n"), &[], &[5]);
        assert_weak(&format!("\n`{ALLOW}`\n\nTake care.\n"), &[], &[5]);
        assert_weak(&format!("\n<pre>\n{ALLOW}\n</pre>\n\nTake care.\n"), &[], &[7]);
        let report = review(&format!("## Action items\n\n```\n{ALLOW}\n```\n"));
        assert!(found(&report, "unused-allow").is_empty());
    }

    #[test]
    fn a_comment_that_is_not_read_is_reported() {
        let allow = "rcalint-allow-file: weak-action -- agreed";
        for (comment, line) in [
            (format!("<!-- {allow}\n"), 5),
            (format!("{{/* {allow}\n"), 5),
            (format!("<pre>\n<!-- {allow} -->\n</pre>\n"), 6),
        ] {
            let report = review(&format!("## Action items\n\nTake care.\n\n{comment}"));
            assert_eq!(found(&report, "weak-action"), [3], "{comment}");
            assert_eq!(found(&report, "unused-allow"), [line], "{comment}");
        }
    }

    #[test]
    fn a_comment_about_the_whole_file_may_be_anywhere() {
        let file = "<!-- rcalint-allow-file: weak-action -- agreed -->";
        assert_weak(&format!("\nTake care.\n\n{file}\n\n- Remind everyone.\n"), &[3, 7], &[]);
    }
}

mod writing {
    use super::*;

    #[test]
    fn spacing_case_and_dashes_do_not_matter() {
        for comment in [
            "<!--rcalint-allow:weak-action--agreed-->",
            "<!--   RCALINT-ALLOW :  Weak-Action   --   agreed   -->",
            "<!-- rcalint-allow: weak-action \u{2014} agreed -->",
            "<!-- rcalint-allow: weak-action \u{2013} agreed -->",
            "<!-- rcalint-allow: weak-action --- agreed --->",
            "<!-- rcalint-allow: weak-action - agreed -->",
            "<!-- rcalint-allow weak-action -- agreed -->",
            "<!-- rcalint-allow: weak action -- agreed -->",
            "<!-- rcalint-allow: `weak-action` -- agreed -->",
            "<!-- rcalint-allow:\n     weak-action\n     -- agreed\n-->",
            "<!--\r\nrcalint-allow: weak-action -- agreed\r\n-->",
        ] {
            let report = review(&format!("## Action items\n\n{comment}\nTake care.\n"));
            let reasons: Vec<&str> = report.suppressed.iter().map(|found| found.reason.as_str()).collect();
            assert_eq!(reasons, ["agreed"], "{comment}");
            assert!(found(&report, "unused-allow").is_empty(), "{comment}");
        }
    }

    #[test]
    fn a_reason_may_contain_anything() {
        let comment = "<!-- rcalint-allow: weak-action -- the law (\u{a7} 3) asks for it: see -- and\n     keep -- [x](y) -->";
        let report = review(&format!("## Action items\n\n{comment}\n\nTake care.\n"));
        assert_eq!(report.suppressed[0].reason, "the law (\u{a7} 3) asks for it: see -- and keep -- [x](y)");
    }

    #[test]
    fn a_comment_in_a_quote_continues_after_its_marker() {
        let report = review(
            "## Action items\n\n> [!NOTE]\n> <!-- rcalint-allow: weak-action --\n> as agreed -->\n> Take care.\n",
        );
        assert_eq!(report.suppressed[0].reason, "as agreed");
    }

    #[test]
    fn several_rules_are_separated_by_commas() {
        let report = review(
            "## Root cause\n\n<!-- rcalint-allow: human-error, blamed-omission -- quoted -->\n\
             The root cause was human error. He forgot to renew the certificate.\n",
        );
        assert_eq!(
            (allowed(&report, "human-error"), allowed(&report, "blamed-omission")),
            (vec![4], vec![4])
        );
    }

    #[test]
    fn without_a_reason_nothing_is_allowed() {
        for comment in [
            "<!-- rcalint-allow: weak-action -->",
            "<!-- rcalint-allow: weak-action -- -->",
            "<!-- rcalint-allow-file: weak-action \u{2014} ... -->",
        ] {
            let report = review(&format!("## Action items\n\n{comment}\n\nTake care.\n"));
            assert_eq!(found(&report, "allow-without-reason"), [3], "{comment}");
            assert_eq!((found(&report, "weak-action"), report.suppressed.len()), (vec![5], 0), "{comment}");
            let about = report.findings.iter().find(|found| found.rule == "allow-without-reason").unwrap();
            assert_eq!((about.severity, about.quote.as_str()), (Severity::Warning, comment));
        }
    }

    #[test]
    fn other_comments_are_ignored() {
        for comment in ["<!-- rcalint is great -->", "<!-- markdownlint-disable -->", "<!---->", "<!-->"] {
            let report = review(&format!("## Action items\n\n{comment}\n\nTake care.\n"));
            assert_eq!(report.findings.iter().filter(|found| found.rule.contains("allow")).count(), 0);
        }
    }
}

mod complaints {
    use super::*;

    #[test]
    fn a_comment_without_a_match_is_a_note() {
        assert_unused("<!-- rcalint-allow: hindsight -- agreed -->", "`hindsight` is not found here");
        assert_unused(
            "<!-- rcalint-allow-file: hindsight, weak-action -- agreed -->",
            "`hindsight` is not found in this document",
        );
    }

    #[test]
    fn an_unknown_rule_gets_a_hint() {
        assert_unused(
            "<!-- rcalint-allow: weak-actoin -- agreed -->",
            "`weak-actoin` is not a rule, did you mean `weak-action`?",
        );
        assert_unused("<!-- rcalint-allow: all -- agreed -->", "`all` is not a rule");
        assert_unused("<!-- rcalint-allow: -- agreed -->", "no rule is named");
        assert_unused(
            "<!-- rcalint-ignore: weak-action -- agreed -->",
            "`rcalint-ignore` is not known, did you mean `rcalint-allow`?",
        );
    }

    #[test]
    fn the_rules_about_comments_cannot_be_allowed() {
        assert_unused(
            "<!-- rcalint-allow-file: unused-allow -- hush -->",
            "`unused-allow` cannot be allowed",
        );
        assert_unused(
            "<!-- rcalint-allow-file: allow-without-reason -- hush -->",
            "`allow-without-reason` cannot be allowed",
        );
    }

    #[test]
    fn the_narrowest_comment_gives_the_reason_and_none_is_unused() {
        let file = "<!-- rcalint-allow-file: weak-action -- all -->";
        let report = review(&format!("## Action items\n\n{file}\n{ALLOW}\n- Take care.\n"));
        assert_eq!((report.suppressed.len(), report.suppressed[0].reason.as_str()), (1, "agreed"));
        assert!(found(&report, "unused-allow").is_empty());
    }

    #[test]
    fn many_comments_and_findings_are_handled_quickly() {
        let sentence = format!("Remind all of us to be careful with the database. {ALLOW}\n");
        let (items, nested) = (format!("- {sentence}"), format!("  {sentence}\n"));
        let (items, nested) = (items.repeat(3_000), format!("- a\n\n{}", nested.repeat(3_000)));
        for body in [items, nested] {
            let report = review(&format!("## Action items\n\n{body}"));
            assert_eq!(report.suppressed.len(), 3_000);
        }
    }
}

mod whole {
    use super::*;

    const BLAMES: &str = "\
# Postmortem: orders database outage

## Root cause

The root cause was human error.

## Action items

- Be more careful.
";

    #[test]
    fn document_rules_are_allowed_before_the_place_of_their_finding() {
        let text = BLAMES.replace(
            "## Root cause",
            "<!-- rcalint-allow: uncovered-bucket -- looked into in the yearly report -->\n## Root cause",
        );
        assert_eq!(allowed(&review(&text), "uncovered-bucket"), [4]);
        let text = BLAMES
            .replace("## Root cause", "## Root cause <!-- rcalint-allow: uncovered-bucket -- see there -->");
        assert_eq!(allowed(&review(&text), "uncovered-bucket"), [3]);
    }

    #[test]
    fn an_allowed_verdict_is_unchanged_and_asks_no_questions() {
        let before = review(BLAMES);
        let verdict =
            "<!-- rcalint-allow-file: concludes-with-human-error, human-error -- kept as it was filed -->";
        let report = review(&format!("{BLAMES}\n{verdict}\n"));
        assert_eq!(report.verdict, Verdict::StartOver);
        assert!(
            report.findings.iter().all(|found| found.severity < Severity::Error),
            "{:?}",
            report.findings
        );
        assert!(report.suppressed.iter().all(|found| found.by == SuppressedBy::Comment));
        let about_a_finding = |report: &DocumentReport| {
            report.questions.iter().filter(|question| matches!(question.about, About::Finding(_))).count()
        };
        assert_eq!(
            (about_a_finding(&before), about_a_finding(&report)),
            (2, 1),
            "the weak action still asks"
        );
    }

    /// The hard questions stay as long as the conclusion itself is not allowed.
    #[test]
    fn the_verdict_still_asks_when_only_the_words_are_allowed() {
        let before = review(BLAMES);
        let words =
            "The root cause was human error. <!-- rcalint-allow: human-error -- the vendor's words -->";
        let report = review(&BLAMES.replace("The root cause was human error.", words));
        let verdict =
            report.findings.iter().find(|found| found.rule == "concludes-with-human-error").unwrap();
        let about_verdict =
            |about: &About| matches!(about, About::Finding(name) if *name == verdict.fingerprint);
        let kept = report.questions.iter().filter(|question| about_verdict(&question.about)).count();
        assert!(kept > 0 && report.questions.len() == before.questions.len(), "{:?}", report.questions);
    }

    #[test]
    fn allowed_findings_ask_no_questions() {
        let text = format!(
            "{BLAMES}\n<!-- rcalint-allow-file: weak-action, weak-actions-only, single-cause -- no -->\n"
        );
        let (before, after) = (review(BLAMES), review(&text));
        assert!(after.questions.len() < before.questions.len());
        let names: Vec<&str> = after.suppressed.iter().map(|found| found.fingerprint.as_str()).collect();
        let silent = |about: &About| match about {
            About::Finding(name) => !names.contains(&name.as_str()),
            About::Document(theme) => theme != "weak-actions-only" && theme != "single-cause",
            About::Bucket(_) => true,
        };
        assert!(after.questions.iter().all(|question| silent(&question.about)), "{:?}", after.questions);
    }

    #[test]
    fn other_findings_keep_their_fingerprints() {
        let twice = BLAMES.replace("- Be more careful.", "- Be more careful.\n- Be more careful.");
        let text = twice.replacen("- Be more careful.", &format!("- Be more careful. {ALLOW}"), 1);
        let print = |report: &DocumentReport| {
            report.findings.iter().rfind(|found| found.rule == "weak-action").unwrap().fingerprint.clone()
        };
        assert_eq!(print(&review(&text)), print(&review(&twice)));
    }
}
