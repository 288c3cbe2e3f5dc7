//! The hard questions: requirements for every question of every document, and the questions for each mechanism.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads its documents")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rcalint::lexicon::Lexicon;
use rcalint::report::{About, DocumentReport};
use rcalint::source::Source;

/// Words that no question may contain: they ask for motives, accuse, or are jargon of this tool.
const UNSAID: [&str; 8] = ["why", "you", "your", "bucket", "finding", "mechanism", "upstream", "rcalint"];

fn review(path: &str, text: &str) -> DocumentReport {
    rcalint::review(&Source::new(path.to_owned(), text), Lexicon::embedded())
}

/// Returns every example and scenario document, with its questions.
fn documents() -> Vec<DocumentReport> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files =
        ["examples", "tests/scenarios"].iter().flat_map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "md"));
    paths.sort();
    assert!(paths.len() > 70, "documents are gone: {paths:?}");
    paths.iter().map(|path| review(&path.display().to_string(), &fs::read_to_string(path).unwrap())).collect()
}

fn words(text: &str) -> BTreeSet<String> {
    text.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned).collect()
}

/// Returns the question without its quotes.
fn own_words(text: &str) -> String {
    text.split(['"', '`']).step_by(2).collect()
}

#[test]
fn every_question_is_open_complete_and_short() {
    for document in documents() {
        for question in &document.questions {
            let text = &question.text;
            let place = format!("{}: {text}", document.path);
            assert!(text.ends_with('?') && text.matches('?').count() == 1, "{place}");
            assert!(text.len() <= 240 && !text.contains('\n'), "{place}");
            assert!(!text.contains(['{', '}']) && text.matches('`').count() % 2 == 0, "{place}");
            assert!(text.matches('"').count() % 2 == 0 && !text.contains("  "), "{place}");
            assert!(!question.source.is_empty(), "{place}");
        }
    }
}

#[test]
fn every_question_asks_what_or_how() {
    for document in documents() {
        for question in &document.questions {
            let text = &question.text;
            let asks = |start: &str| {
                text.starts_with(start)
                    || text.contains(&format!(". {start}"))
                    || text.contains(&format!(": {}", start.to_lowercase()))
            };
            let scene = text.contains(", what ") || text.contains(", how ");
            assert!(asks("What ") || asks("How ") || scene, "{}: {text}", document.path);
            let said = words(&own_words(text));
            assert!(UNSAID.iter().all(|word| !said.contains(*word)), "{}: {text}", document.path);
        }
    }
}

#[test]
fn no_document_is_asked_the_same_thing_twice() {
    for document in documents() {
        let texts: BTreeSet<&str> =
            document.questions.iter().map(|question| question.text.as_str()).collect();
        assert_eq!(texts.len(), document.questions.len(), "{}", document.path);
    }
}

/// Returns the parts of a question in quotation marks or backticks, as (mark, words).
fn quoted(question: &str) -> Vec<(char, String)> {
    let mut found = Vec::new();
    for mark in ['"', '`'] {
        let parts = question.split(mark).skip(1).step_by(2).filter(|part| !part.is_empty());
        found.extend(parts.map(|part| (mark, part.to_owned())));
    }
    found
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_tags(text: &str) -> String {
    text.split('<').map(|part| part.split_once('>').map_or(part, |(_, rest)| rest)).collect()
}

#[test]
fn every_quote_is_from_one_paragraph_of_the_document() {
    let own = ["should have"];
    for document in documents() {
        let text = fs::read_to_string(&document.path).unwrap();
        // A quote is rendered text: inline code loses its backticks, HTML its tags, and an escape its backslash.
        let quotable = |paragraph: &str| {
            one_line(paragraph) + &without_tags(&one_line(paragraph)).replace(['`', '\\'], "")
        };
        let paragraphs: Vec<String> = text.split("\n\n").map(quotable).collect();
        for question in &document.questions {
            for (mark, words) in quoted(&question.text) {
                let there = paragraphs.iter().any(|paragraph| paragraph.contains(words.as_str()));
                assert!(
                    there || own.contains(&words.as_str()),
                    "{}: {mark}{words}: {}",
                    document.path,
                    question.text
                );
            }
        }
    }
}

#[test]
fn no_two_questions_differ_only_in_what_they_quote() {
    for document in documents() {
        let starts: Vec<String> =
            document.questions.iter().map(|question| own_words(&question.text)).collect();
        let distinct: BTreeSet<&String> = starts.iter().collect();
        assert_eq!(distinct.len(), starts.len(), "{}: {starts:?}", document.path);
    }
}

#[test]
fn a_finding_has_at_most_three_questions_and_the_document_has_them_too() {
    for document in documents() {
        for finding in document.findings.iter().filter(|finding| finding.mechanism.is_some()) {
            assert!(finding.questions.len() <= 3, "{}: {}", document.path, finding.quote);
            let about = About::Finding(finding.fingerprint.clone());
            let own = document.questions.iter().filter(|question| question.about == about);
            let own: BTreeSet<&String> = own.map(|question| &question.text).collect();
            assert_eq!(own, finding.questions.iter().collect(), "{}: {}", document.path, finding.quote);
        }
    }
}

#[test]
fn every_form_of_the_lexicon_is_a_question_with_known_slots() {
    let slots = [
        "said",
        "quote",
        "belief",
        "action",
        "signal",
        "command",
        "condition",
        "symptom",
        "cause",
        "start",
        "end",
        "first",
        "second",
    ];
    for entry in &Lexicon::embedded().questions.question {
        for form in entry.forms() {
            assert!(form.ends_with('?'), "{form}");
            let named = form.split('{').skip(1).map(|rest| rest.split('}').next().unwrap());
            assert!(named.into_iter().all(|slot| slots.contains(&slot)), "{form}");
        }
    }
}

#[test]
fn everything_that_answers_a_question_exists() {
    let lexicon = Lexicon::embedded();
    let factors = |bucket: &rcalint::lexicon::Bucket| -> Vec<String> {
        bucket.factors.iter().map(|factor| format!("{}/{}", bucket.id, factor.id)).collect()
    };
    for entry in &lexicon.questions.question {
        for by in &entry.answered_by {
            let known = ["condition", "examined", "account", "action"].contains(&by.as_str())
                || lexicon.buckets.iter().any(|bucket| bucket.id == *by || factors(bucket).contains(by));
            assert!(known, "{by}: {}", entry.text);
        }
    }
}

#[test]
fn a_question_that_the_document_answers_is_not_asked() {
    let act = "The technician switched off the wrong breaker.";
    let tells = "The breakers look identical.";
    let text = format!("# Postmortem\n\n## Root cause\n\n{act} {tells}\n");
    assert!(asked(&text).iter().all(|question| !question.contains("told the intended target")));
}

/// Returns the questions about findings, in the order of the report.
fn asked(text: &str) -> Vec<String> {
    let about = |question: &rcalint::report::Question| matches!(question.about, About::Finding(_));
    review("spec.md", text).questions.into_iter().filter(about).map(|question| question.text).collect()
}

/// Returns the first question about a finding if this sentence states the cause.
fn first(cause: &str) -> String {
    let text = format!("# Postmortem: brewery sensors offline\n\n## Root cause\n\n{cause}\n");
    asked(&text).into_iter().next().unwrap_or_default()
}

#[test]
fn a_slip_is_asked_how_the_targets_differed() {
    assert_eq!(
        first("The technician switched off the wrong breaker."),
        "About \"The technician switched off the wrong breaker\": what distinguished the intended target from the other one at that moment?"
    );
}

#[test]
fn a_typo_is_asked_what_checks_the_value() {
    assert_eq!(
        first("The outage was caused by a typo in the firewall rule."),
        "About \"The outage was caused by a typo in the firewall rule\": what checks a value like this before it goes live?"
    );
}

#[test]
fn a_lapse_is_asked_what_would_have_brought_it_to_mind() {
    assert_eq!(
        first("The on-call engineer forgot to renew the certificate."),
        "About \"The on-call engineer forgot to renew the certificate\": what was there to bring it to mind at the right moment?"
    );
}

#[test]
fn a_step_that_was_not_taken_is_not_always_forgotten() {
    assert_eq!(
        first("The tank ran dry because the operator skipped the valve check."),
        "About \"the operator skipped the valve check\": what makes a step like this easy to leave out?"
    );
}

#[test]
fn a_deviation_is_asked_about_the_usual_way() {
    assert_eq!(
        first("The technician failed to follow the switchover procedure."),
        "About \"The technician failed to follow the switchover procedure\": how is this done on a normal day, compared with what is written or agreed?"
    );
}

#[test]
fn a_counterfactual_is_asked_what_would_have_prompted_it() {
    assert_eq!(
        first("The engineer should have checked the quota."),
        "About \"The engineer should have checked the quota\": what would have prompted that at the time?"
    );
}

#[test]
fn the_main_act_is_asked_about_once_in_its_own_words() {
    assert_eq!(
        asked("# Postmortem\n\n## Root cause\n\nAn engineer accidentally deleted the billing queue.\n"),
        [
            "About \"An engineer accidentally deleted the billing queue\": what stood between this and the harm: a prompt, a second look, a limit, or nothing?"
        ]
    );
}

#[test]
fn what_a_machine_did_is_not_asked_about_as_an_act() {
    let questions =
        asked("# Postmortem\n\n## Root cause\n\nThe cron job accidentally deleted the billing queue.\n");
    assert!(questions.iter().all(|question| !question.contains("stood between")), "{questions:?}");
}

#[test]
fn an_author_alone_is_not_asked_about_others() {
    let questions = asked("# Postmortem\n\n## Root cause\n\nI accidentally deleted the billing queue.\n");
    assert!(!questions.is_empty() && questions.iter().all(|question| !question.contains("other people")));
}

#[test]
fn a_time_at_the_start_of_a_row_is_not_quoted() {
    let question = first("5:52 pm  The vendor's consultant accidentally deleted the queue.");
    assert!(question.starts_with("About \"The vendor's consultant accidentally deleted"), "{question}");
}

#[test]
fn a_quote_does_not_end_where_the_text_announces_more() {
    let cause = "This was a human error, and would have been avoided had we looked at the following:\n\n- the queue\n";
    assert!(!first(cause).contains("following"), "{}", first(cause));
}

#[test]
fn a_quote_does_not_lose_the_sign_of_a_number_or_the_command_after_it() {
    let cut = first("The engineer forgot to remove an address that cost 3.34$ a day.");
    assert!(!cut.contains("3.34\""), "{cut}");
    let cut = first("The engineer made a mistake by running:\n\n```\ndrop queue\n```\n");
    assert!(!cut.contains("by running"), "{cut}");
}

#[test]
fn a_question_that_quotes_is_asked_rather_than_one_that_does_not() {
    let title = "# Outage caused by an operator (see below)\n";
    let text = format!("{title}\n## Root cause\n\nThe operator accidentally deleted the billing queue.\n");
    let questions = asked(&text);
    assert!(questions[0].contains("accidentally deleted the billing queue"), "{questions:?}");
}

#[test]
fn nobody_is_named_when_a_clause_is_quoted() {
    let question = "About \"forgot to extend it\": what was there to bring it to mind at the right moment?";
    assert_eq!(first("Petro forgot to extend it."), question);
    assert_eq!(first("The engineer on call, Petro, forgot to extend it."), question);
}

#[test]
fn the_same_words_are_quoted_once() {
    let questions = asked("# Postmortem\n\n## Root cause\n\nThe root cause is operator error.\n");
    let quoting = questions.iter().filter(|question| question.contains("The root cause is operator error"));
    assert_eq!(quoting.count(), 1, "{questions:?}");
}

#[test]
fn a_judgement_is_left_out() {
    assert_eq!(
        first("The cause is the poor judgement of the duty manager."),
        "Leaving \"poor judgement\" aside: what did people see, know and want at that moment?"
    );
}

#[test]
fn a_belief_is_quoted_as_a_whole_or_not_at_all() {
    let belief = "The outage is due to the incorrect assumption that every valve closes by itself.";
    assert_eq!(
        first(belief),
        "What earlier experience made \"every valve closes by itself\" the natural thing to expect?"
    );
    let long = belief
        .replace("itself", "itself whenever the pressure in one of the two feed lines falls below the limit");
    assert!(!first(&long).contains("whenever"), "{}", first(&long));
}

#[test]
fn an_unnoticed_problem_is_asked_about_its_signs() {
    assert_eq!(
        first("The operators did not notice the falling pressure."),
        "About \"The operators did not notice the falling pressure\": what could have made it easier to see at the time?"
    );
}

#[test]
fn a_persons_name_is_never_repeated() {
    let questions = asked("# Postmortem\n\n## Root cause\n\nMarek accidentally deleted Zoltan's bucket.\n");
    assert!(!questions.is_empty());
    for question in questions {
        assert!(!question.contains("Marek") && !question.contains("Zoltan"), "{question}");
    }
}

#[test]
fn a_form_with_a_slot_that_cannot_be_filled_well_is_skipped() {
    assert_eq!(
        first("Somebody accidentally deleted it."),
        "About \"Somebody accidentally deleted it\": what stood between this and the harm: a prompt, a second look, a limit, or nothing?"
    );
}

#[test]
fn a_missing_kind_of_cause_is_asked_about_with_names_of_the_system() {
    let text = "# Postmortem\n\n## Summary\n\nThe etcd members run on EKS nodes of one size, and etcd unexpectedly refused to start.\n\n## Root cause\n\n\
        The snapshots took all of the disk's throughput.\n";
    let report = review("spec.md", text);
    let about = |id: &str| {
        let of = |question: &&rcalint::report::Question| question.about == About::Bucket(id.to_owned());
        report.questions.iter().find(of).map(|question| question.text.clone()).unwrap()
    };
    assert!(about("upstream").contains("etcd"), "{}", about("upstream"));
}

#[test]
fn without_a_cause_at_most_two_gentle_questions_are_asked() {
    let report =
        review("spec.md", "# Postmortem\n\n## Summary\n\nThe shop was down.\n\n## Root cause\n\nTBD\n");
    assert!((1..=2).contains(&report.questions.len()), "{:?}", report.questions);
}
