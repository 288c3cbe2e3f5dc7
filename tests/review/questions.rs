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
        // A quote is rendered text: inline code loses its backticks, and HTML its tags.
        let quotable =
            |paragraph: &str| one_line(paragraph) + &without_tags(&one_line(paragraph)).replace('`', "");
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
        "act",
        "doing",
        "object",
        "target",
        "tool",
        "time",
        "quote",
        "said",
        "condition",
        "cause",
        "procedure",
        "alert",
        "limit",
        "action",
        "signal",
        "system",
        "command",
        "start",
        "end",
        "change",
        "belief",
        "other",
        "field",
        "party",
        "title",
        "onset",
        "noticed",
        "fixed",
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
            let known = by == "condition"
                || by == "examined"
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
        first("An engineer accidentally deleted the staging bucket instead of the archive bucket."),
        "What distinguished the archive bucket from the staging bucket at that moment?"
    );
    assert_eq!(
        first("The technician switched off the wrong breaker."),
        "What distinguished the intended target from the other one for the person switching off the breaker?"
    );
}

#[test]
fn a_typo_is_asked_what_checks_the_value() {
    assert_eq!(
        first("The outage was caused by a typo in the firewall rule."),
        "What checks the firewall rule before it goes live?"
    );
}

#[test]
fn a_lapse_is_asked_what_would_have_brought_it_to_mind() {
    assert_eq!(
        first("The on-call engineer forgot to renew the certificate."),
        "What would have shown others that renewing the certificate was still outstanding?"
    );
}

#[test]
fn an_oversight_in_a_task_is_a_lapse() {
    assert_eq!(
        first("The outage was the result of an oversight in the renewal of the certificate."),
        "What was meant to prompt the renewal of the certificate at the right moment?"
    );
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
fn a_mistake_is_asked_for_its_reasons_at_the_time() {
    assert_eq!(
        first("The activation of an old template is attributed to an oversight."),
        "What made the activation of the old template look right at the time?"
    );
}

#[test]
fn a_deviation_is_asked_about_the_procedure() {
    assert_eq!(
        first("The switchover procedure was not followed by the technician."),
        "What parts of the switchover procedure were in front of the person doing this?"
    );
}

#[test]
fn a_judgement_is_left_out() {
    assert_eq!(
        first("The cause is the poor judgement of the duty manager."),
        "Leaving \"poor judgement\" aside: what did people see, know and want at that moment?"
    );
}

#[test]
fn a_counterfactual_is_asked_what_would_have_prompted_it() {
    assert_eq!(
        first("The engineer should have checked the quota."),
        "What would have prompted checking the quota at the time, before the outcome was known?"
    );
}

#[test]
fn an_act_may_continue_after_its_object() {
    assert_eq!(
        first("An engineer accidentally took controller B out of service."),
        "What stood between taking controller B out of service and the harm: a prompt, a second look, a limit, or nothing?"
    );
}

#[test]
fn an_act_stated_as_a_noun_is_named_by_its_verb() {
    assert_eq!(
        first("The cause was the accidental destroy of the billing cluster."),
        "What stood between destroying the billing cluster and the harm: a prompt, a second look, a limit, or nothing?"
    );
}

#[test]
fn our_things_are_named_with_an_article() {
    let question = first("Some components of our billing cluster (eu-3) were accidentally deleted.");
    assert!(question.contains("deleting the components of the billing cluster"), "{question}");
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
fn a_product_whose_name_is_used_as_a_plain_word_is_not_named() {
    let text = "# Postmortem\n\n## Root cause\n\nThe Vault of the mint has one door, and the vault has no second lock.\n";
    assert!(
        review("spec.md", text).questions.iter().all(|question| !own_words(&question.text).contains("Vault"))
    );
}

#[test]
fn the_time_of_an_act_is_not_that_of_its_discovery() {
    let text = |found: &str, done: &str| {
        format!(
            "# Outage\n\n## Root cause\n\nAn engineer mistakenly edited the value in `limits.yaml`.\n\n## Timeline\n\n- {done} A change of {found} goes out\n\
             - 14:00 The shop goes down\n- 14:05 The team is paged\n- 15:00 `limits.yaml` is looked at\n- 15:20 Back up\n"
        )
    };
    let asks_for = |text: &str, time: &str| asked(text).iter().any(|question| question.contains(time));
    assert!(!asks_for(&text("the limits", "13:40"), "15:00"));
    assert!(asks_for(&text("`limits.yaml`", "13:40").replace("15:00 `limits.yaml`", "15:00 it"), "13:40"));
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
    assert!(about("integrations").contains("EKS"), "{}", about("integrations"));
}

#[test]
fn without_a_cause_at_most_two_gentle_questions_are_asked() {
    let report =
        review("spec.md", "# Postmortem\n\n## Summary\n\nThe shop was down.\n\n## Root cause\n\nTBD\n");
    assert!((1..=2).contains(&report.questions.len()), "{:?}", report.questions);
}
