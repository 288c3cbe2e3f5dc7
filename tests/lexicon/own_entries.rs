//! A team's own buckets, phrases and mechanisms work like the shipped ones: their kind or role determines their
//! meaning.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use rcalint::config::Config;
use rcalint::lexicon::Lexicon;
use rcalint::lexicon::embedded::FILES;
use rcalint::lexicon::error::LexiconError;
use rcalint::lexicon::files::{LexiconSources, LexiconText};
use rcalint::lexicon::load::load_sources;
use rcalint::model::Verdict;
use rcalint::report::{About, ClaimHead, DocumentReport};
use rcalint::review;
use rcalint::source::Source;

/// Loads the shipped lexicon with a configuration and additional files.
fn with(config: &str, extra: &[(&str, &str)]) -> Result<Lexicon, LexiconError> {
    let place = |&(name, text)| LexiconText { name, file: (name, text) };
    let files: Vec<LexiconText<'_>> = FILES.iter().map(place).collect();
    let extra: Vec<LexiconText<'_>> = extra.iter().map(place).collect();
    let file = ("rcalint.toml", config);
    let parsed = Config::parse(file)?;
    load_sources(LexiconSources { files: &files, extra: &extra, own: Some(parsed.own(file)) })
}

fn reviewed(lexicon: &Lexicon, cause: &str) -> DocumentReport {
    let text = format!("# Postmortem: brewery sensors offline\n\n## Root cause\n\n{cause}\n");
    review(&Source::new("own.md", &text), lexicon)
}

const BUCKET: &str = "
[[bucket]]
id = \"wellbeing\"
name = \"wellbeing\"
summary = \"how people are\"

[[factor]]
bucket = \"wellbeing\"
id = \"noise\"
summary = \"noise at work\"
strong = [\"jackhammers outside\"]
";

#[test]
fn a_bucket_about_people_contains_conditions() {
    let cause = "There were jackhammers outside.";
    let head = |config: &str| reviewed(&with(config, &[]).unwrap(), cause).claims[0].head;
    assert_eq!(head(BUCKET), ClaimHead::External);
    let people = BUCKET.replace("[[bucket]]", "[[bucket]]\nrole = \"people\"");
    assert_eq!(head(&people), ClaimHead::Condition);
}

#[test]
fn an_act_beside_a_condition_of_an_own_bucket_is_examined() {
    let story = "An engineer restarted the broker. There were jackhammers outside.";
    let verdict = |config: &str| reviewed(&with(config, &[]).unwrap(), story).verdict;
    assert_eq!(verdict(BUCKET), Verdict::Clear);
    assert_eq!(verdict(&BUCKET.replace("[[bucket]]", "[[bucket]]\nrole = \"people\"")), Verdict::Examined);
}

const PHRASE: &str = "
[[phrase]]
rule = \"blamed-action\"
match = [\"yodelled at the broker\"]
reason = \"ours\"
mechanism = \"yodel\"
";

const QUESTION: &str = "
[[question]]
when = [\"yodel\"]
text = \"What did the broker answer?\"
";

#[test]
fn a_phrase_may_have_a_mechanism_of_its_own() {
    let lexicon = with(&format!("{PHRASE}{QUESTION}"), &[]).unwrap();
    let report = reviewed(&lexicon, "The operator yodelled at the broker.");
    assert!(report.findings.iter().any(|finding| finding.mechanism.as_deref() == Some("yodel")));
    assert!(report.questions.iter().any(|question| question.text == "What did the broker answer?"));
    assert_eq!(report.verdict, Verdict::StartOver);
}

#[test]
fn the_kind_of_a_mechanism_determines_its_meaning() {
    let verdict = |kind: &str| {
        let mechanisms = format!("[yodel]\nkind = \"{kind}\"\nabout = \"Singing.\"\n");
        let lexicon = with(PHRASE, &[("mechanisms.toml", &mechanisms)]).unwrap();
        reviewed(&lexicon, "The operator yodelled at the broker.").verdict
    };
    assert_eq!(verdict("act"), Verdict::StartOver);
    assert_eq!(verdict("response"), Verdict::Clear, "the response does not explain the incident");
}

#[test]
fn the_kind_of_an_own_rule_determines_its_meaning() {
    let rule = |kind: &str| {
        format!(
            "id = \"yodelling\"\nkind = \"{kind}\"\nseverity = \"warning\"\nsummary = \"s\"\nmessage = \"m\"\nwhy = \"w\"\n\
             better = \"b\"\nreferences = []\n\n[[pattern]]\nmatch = [\"yodelled\"]\n"
        )
    };
    let head = |kind: &str| {
        let lexicon = with("", &[("rules/yodelling.toml", &rule(kind))]).unwrap();
        reviewed(&lexicon, "The operator yodelled.").claims[0].head
    };
    assert_eq!(head("act"), ClaimHead::Human);
    assert_eq!(head("omission"), ClaimHead::Omission);
}

#[track_caller]
fn assert_broken(name: &str, old: &str, new: &str, says: &str) {
    let broken = |(file, text): &(&'static str, &'static str)| {
        let text = if *file == name { text.replacen(old, new, 1) } else { (*text).to_owned() };
        (*file, text)
    };
    let files: Vec<(&str, String)> = FILES.iter().map(broken).collect();
    let files: Vec<LexiconText<'_>> =
        files.iter().map(|(name, text)| LexiconText { name, file: (name, text) }).collect();
    let error =
        load_sources(LexiconSources { files: &files, extra: &[], own: None }).unwrap_err().to_string();
    assert!(error.contains(says), "{error}");
}

#[test]
fn a_missing_name_is_an_error() {
    let rule = "rules/human-error.toml";
    assert_broken(rule, "mechanism = \"slip\"", "mechanism = \"slop\"", "unknown mechanism `slop`");
    let bank = "questions.toml";
    assert_broken(bank, "to = \"deviation\"", "to = \"deviance\"", "unknown mechanism `deviance`");
    assert_broken(bank, "theme = \"by-hand\"", "theme = \"by-foot\"", "unknown theme `by-foot`");
    assert_broken(bank, "when = [\"slip\"]", "when = [\"slap\"]", "`slap`");
    assert_broken(bank, "[\"human/interface\"]", "[\"human/face\"]", "unknown bucket or factor `human/face`");
    assert_broken(bank, "when = \"silence\"", "", "no theme for Silence");
    assert_broken(
        "rules/single-cause.toml",
        "role = \"single-cause\"",
        "role = \"verdict\"",
        "has the same role as another rule",
    );
    assert_broken(
        "rules/single-cause.toml",
        "role = \"single-cause\"",
        "",
        "a rule needs a [[pattern]], or a `role`",
    );
    assert_broken("words/grammar.toml", "[auxiliary]", "[auxiliaries]", "auxiliary");
}

#[test]
fn every_question_about_a_finding_refers_to_one_in_the_report() {
    let report = reviewed(Lexicon::embedded(), "The operator forgot to renew the certificate.");
    let names: Vec<&str> = report.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
    let known = |about: &About| match about {
        About::Finding(name) => names.contains(&name.as_str()),
        About::Bucket(_) | About::Document(_) => true,
    };
    assert!(report.questions.iter().all(|question| known(&question.about)));
}
