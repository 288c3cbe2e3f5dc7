//! Time grows no faster than what is read: everything of which a stranger may send many is multiplied, and the cost of
//! eight times as many is compared with the cost of a few.
//!
//! No time is asserted, only the growth over three doublings. A part of the work that is quadratic shows at a size at which
//! it takes no longer than the rest of it.
#![expect(clippy::disallowed_methods, reason = "a test sets its scene with files")]

use std::fs;
use std::hint::black_box;

use clap::ValueEnum;
use rcalint::collection::{self, Collection, DateRange, Entry, Request};
use rcalint::config::Config;
use rcalint::lexicon::Lexicon;
use rcalint::lexicon::files::LexiconSources;
use rcalint::lexicon::load::load_sources;
use rcalint::render::collection::{CollectionFormat, render};
use rcalint::render::{self, EarlierComment, Format, Options};
use rcalint::report::{Report, reader};
use rcalint::source::Source;
use rcalint::suppress::baseline::Baseline;
use rcalint::vcs::diff::Changes;
use serde_json::{Map, Value};

use super::checks::{lexicon, saved};
use super::hostile::{TICK, time};

/// The smaller number; the larger one is eight times as many.
const FEW: usize = 128;

/// Maximum growth of the time: linear growth is 8, quadratic growth 64.
const LIMIT: f64 = 16.0;

/// How often a growth above the limit is measured again, because the machine may have been busy.
const TRIES: usize = 4;

/// Returns a description of work that takes out of proportion longer for eight times as many. `work` prepares it for a
/// number.
fn superlinear<W: FnMut()>(name: &str, work: impl Fn(usize) -> W) -> Option<String> {
    let growth = |_| {
        let [few, many] = [FEW, 8 * FEW].map(|number| time(2 * TICK, work(number)).as_secs_f64());
        many / few
    };
    let all: Vec<f64> = (0..TRIES).map(growth).take_while(|growth| *growth >= LIMIT).collect();
    (all.len() == TRIES).then(|| format!("{name}: eight times as many take {all:.0?} times as long"))
}

#[test]
fn quadratic_work_is_found_and_linear_work_is_not() {
    let pairs = |number: usize| {
        move || {
            black_box((0..number * number * 40).map(black_box).max());
        }
    };
    assert!(superlinear("pairs", pairs).is_some());
    let rows = |number: usize| {
        move || {
            black_box((0..number * 4000).map(black_box).max());
        }
    };
    assert_eq!(superlinear("rows", rows), None);
}

/// Every list of a report is multiplied, one after the other.
#[test]
fn no_format_takes_quadratic_time_in_any_list_of_a_report() {
    let mut found = Vec::new();
    let nothing = Source::new("a.md", "");
    for list in lists() {
        found.extend(superlinear(&list, |number| {
            let report = multiplied(&list, number);
            let nothing = &nothing;
            move || {
                for &format in Format::value_variants() {
                    drop(black_box(render::whole(format, &report, |_| nothing, &options())));
                }
            }
        }));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_reader_of_reports_takes_quadratic_time_in_any_list() {
    let mut found = Vec::new();
    for list in lists() {
        found.extend(superlinear(&format!("{list} saved"), |number| {
            let saved = serde_json::to_string(&multiplied(&list, number)).unwrap_or_default();
            move || drop(black_box(reader::parse(&saved)))
        }));
        found.extend(superlinear(&format!("{list} remembered"), |number| {
            let report = multiplied(&list, number);
            let earlier = EarlierComment::parse(&render::closing(Format::Markdown, &report, &options()));
            move || {
                let options = Options { previous: earlier.as_ref(), ..options() };
                drop(black_box(render::closing(Format::Markdown, &report, &options)));
            }
        }));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_report_on_a_collection_takes_quadratic_time_in_any_list() {
    let mut found = Vec::new();
    for list in lists() {
        found.extend(superlinear(&list, |number| {
            let report = multiplied(&list, number);
            move || {
                let report = collection::report(collected(&report), request(), Lexicon::embedded());
                for &format in CollectionFormat::value_variants() {
                    drop(black_box(render(format, &report, None)));
                }
            }
        }));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn collected(report: &Report) -> Collection {
    Collection {
        entries: report.documents.iter().map(Entry::from).collect(),
        skipped: report.skipped.clone(),
        errors: report.errors.clone(),
    }
}

fn request() -> Request {
    let tool = rcalint::report::Tool::new("x");
    Request { title: "All".to_owned(), by: None, range: DateRange::default(), tool }
}

fn options() -> Options<'static> {
    let options = Options {
        width: 80,
        several: true,
        why: true,
        link_base: Some("https://forge.example/team/repo/blob/0a1b2c3"),
        ..Options::default()
    };
    options.with_lexicon(lexicon::loaded())
}

/// Returns the paths of all lists in a report, such as `/documents/0/findings`, and of the buckets.
fn lists() -> Vec<String> {
    let mut lists = Vec::new();
    collect("", saved::template(), &mut lists);
    lists.retain(|list| !list.starts_with("/documents/1"));
    lists
}

fn collect(path: &str, value: &Value, lists: &mut Vec<String>) {
    match value {
        Value::Array(values) => {
            if !values.is_empty() {
                lists.push(path.to_owned());
            }
            // One element of each list is enough.
            values.iter().take(1).for_each(|value| collect(&format!("{path}/0"), value, lists));
        }
        Value::Object(rows) => {
            if path.ends_with("/coverage") {
                lists.push(path.to_owned());
            }
            rows.iter().for_each(|(key, value)| collect(&format!("{path}/{key}"), value, lists));
        }
        _ => {}
    }
}

/// Returns a report in which a list has so many different elements.
fn multiplied(list: &str, number: usize) -> Report {
    let mut report = saved::template().clone();
    match report.pointer_mut(list) {
        Some(Value::Array(values)) => {
            let first = values[0].clone();
            *values = (0..number).map(|at| varied("", &first, at)).collect();
        }
        Some(Value::Object(rows)) => {
            let first = rows.values().next().cloned().unwrap_or_default();
            *rows = (0..number).map(|at| (format!("bucket-{at}"), first.clone())).collect::<Map<_, _>>();
        }
        _ => panic!("{list} is no list"),
    }
    reader::parse(&report.to_string()).unwrap_or_else(|error| panic!("{list}: {error}"))
}

/// Returns a value with other texts, ids and lines.
fn varied(key: &str, value: &Value, at: usize) -> Value {
    match value {
        Value::String(_) if key == "fingerprint" => format!("{at:016x}").into(),
        Value::String(text) if saved::FREE.contains(&key) || key.is_empty() => format!("{text} {at}").into(),
        Value::Number(_) if key == "line" => (at + 1).into(),
        Value::Array(values) => values.iter().map(|value| varied(key, value, at)).collect(),
        Value::Object(rows) => {
            rows.iter().map(|(key, value)| (key.clone(), varied(key, value, at))).collect()
        }
        other => other.clone(),
    }
}

/// Writes a text with so many of something.
type Text = Box<dyn Fn(usize) -> String>;

/// Every part of a configuration is multiplied, one after the other.
#[test]
fn no_part_of_a_configuration_takes_quadratic_time() {
    let mut found = Vec::new();
    let list = |key: &'static str, entry: &'static str| {
        move |number: usize| {
            let entries: Vec<String> = (0..number).map(|at| entry.replace('#', &at.to_string())).collect();
            format!("{key} = [{}]\n", entries.join(", "))
        }
    };
    let table = |text: &'static str| {
        move |number: usize| (0..number).map(|at| text.replace('#', &at.to_string())).collect::<String>()
    };
    let phrase = "[[phrase]]\nrule = \"human-error\"\nmatch = [\"word# of ours\"]\nreason = \"x\"\nexamples.bad = [\"A word# of ours.\"]\n";
    let exempt =
        "[[exempt]]\nmatch = [\"name# of ours\"]\nreason = \"x\"\nexamples.good = [\"The name# of ours.\"]\n";
    let factor = "[[factor]]\nbucket = \"human\"\nid = \"own-#\"\nsummary = \"x\"\nstrong = [\"thing# of ours\"]\ncounts = [\"A thing# of ours.\"]\n";
    let bucket = "[[bucket]]\nid = \"own-#\"\nname = \"own #\"\nsummary = \"x\"\n";
    let parts: [(&str, Text); 9] = [
        ("software", Box::new(list("actors.software", "\"Team A#\""))),
        ("software in one word", Box::new(list("actors.software", "\"team#\""))),
        ("people", Box::new(list("actors.people", "\"Night Owl#\""))),
        ("headings", Box::new(list("headings.cause", "\"what bit us #\""))),
        ("globs", Box::new(list("exclude", "\"draft-#-*.md\""))),
        ("phrases", Box::new(table(phrase))),
        ("exemptions", Box::new(table(exempt))),
        ("factors", Box::new(table(factor))),
        ("buckets", Box::new(table(bucket))),
    ];
    for (name, text) in parts {
        found.extend(superlinear(name, |number| {
            let text = text(number);
            move || load(&text)
        }));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Loads a configuration with the small lexicon. Whether it is accepted does not matter.
fn load(text: &str) {
    let file = ("rcalint.toml", text);
    let Ok(config) = Config::parse(file) else { panic!("{text}") };
    let files = lexicon::small();
    drop(black_box(load_sources(LexiconSources { files: &files, extra: &[], own: Some(config.own(file)) })));
}

#[test]
fn no_baseline_takes_quadratic_time() {
    let mut found = Vec::new();
    let entry = "{ rule = \"human-error\", id = \"#\", excerpt = \"x\" },\n";
    let known =
        |number: usize| (0..number).map(|at| entry.replace('#', &format!("{at:016x}"))).collect::<String>();
    let document = |at, known: &str| {
        format!("[[document]]\npath = \"{at}.md\"\ntitle = \"Orders down\"\nknown = [{known}]\n")
    };
    let entries = |number: usize| format!("version = 1\n{}", document(0, &known(number)));
    let documents = |number: usize| {
        (0..number).fold("version = 1\n".to_owned(), |text, at| text + &document(at, &known(1)))
    };
    for (name, text) in [("entries", &entries as &dyn Fn(usize) -> String), ("documents", &documents)] {
        found.extend(superlinear(&format!("{name} of a baseline"), |number| {
            let (text, report) = (text(number), multiplied("/documents", number));
            move || {
                let Ok(baseline) = Baseline::parse(&text) else { panic!("{text}") };
                let gone = baseline.gone(|_| true);
                let moved =
                    report.documents.iter().filter(|document| gone.path_of(document).is_some()).count();
                black_box((moved, baseline.grown_since(&Baseline::default()), baseline.to_text()));
            }
        }));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_diff_takes_quadratic_time() {
    let mut found = Vec::new();
    let allow = "<!-- rcalint-allow: x -- # -->";
    let comments = |sign: &str, number: usize| {
        (0..number)
            .map(|at| format!("{sign}{}\n", allow.replace('#', &at.to_string())))
            .collect::<Vec<_>>()
            .concat()
    };
    let both = |number: usize| {
        format!(
            "--- a/a.md\n+++ b/a.md\n@@ -1,{number} +1,{number} @@\n{}{}",
            comments("-", number),
            comments("+", number)
        )
    };
    let hunks = |number: usize| {
        (0..number).fold("--- a/a.md\n+++ b/a.md\n".to_owned(), |text, at| {
            text + &format!("@@ -{at} +{at} @@\n-a\n+{allow}\n")
        })
    };
    let files = |number: usize| {
        (0..number)
            .map(|at| format!("--- a/{at}.md\n+++ b/{at}.md\n@@ -1 +1 @@\n-a\n+b\n"))
            .collect::<Vec<_>>()
            .concat()
    };
    let name = |number: usize| {
        format!("--- a/a\n+++ b/{}\n@@ -1 +1,{number} @@\n{}", "a".repeat(number), "+\n".repeat(number))
    };
    let kinds: [(&str, &dyn Fn(usize) -> String); 4] =
        [("comments", &both), ("hunks", &hunks), ("files", &files), ("names", &name)];
    for (kind, text) in kinds {
        found.extend(superlinear(&format!("{kind} of a diff"), |number| {
            let text = text(16 * number);
            move || {
                let Ok(changes) = Changes::parse(text.as_bytes()) else { panic!("{text}") };
                let new = changes.files.values().map(|file| file.new_allows("").len()).sum::<usize>();
                black_box(new);
            }
        }));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_number_of_files_takes_quadratic_time() {
    let found = superlinear("files", |number| {
        let folder = tempfile::tempdir().unwrap();
        for at in 0..number {
            fs::create_dir(folder.path().join(at.to_string())).unwrap();
            fs::write(folder.path().join(format!("{at}/note.md")), "Nothing.\n").unwrap();
        }
        move || {
            let (folder, output) = (folder.path().to_str().unwrap(), folder.path().join("report.json"));
            let output = format!("json={}", output.to_str().unwrap());
            let args =
                ["rcalint", "check", folder, "--isolated", "--no-reader", "--jobs=1", "--output", &output];
            black_box(rcalint::cli::run(args.map(Into::into)));
        }
    });
    assert_eq!(found, None);
}
