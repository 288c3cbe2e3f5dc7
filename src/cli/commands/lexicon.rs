//! `rcalint lexicon`: what is known, and whether what a team adds to it holds.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use serde::Serialize;

use crate::cli::args::formats::ListFormat;
use crate::cli::args::{Global, LexiconCheckArgs, LexiconListArgs};
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::folders::{self, UserFile};
use crate::cli::misconfigured;
use crate::cli::setup::{ConfigFile, Setup, SetupError, replaced};
use crate::config::FILE_NAME;
use crate::example_check::{self, ExampleCheck};
use crate::lexicon::Lexicon;
use crate::lexicon::load::{Parts, Placed, load_parts};
use crate::lexicon::spanned::line_column;
use crate::lexicon::user_rules::Exemption;
use crate::render::escape::{Terminal, prose};
use crate::render::wrap;
use crate::source;

/// Tries out what was added to the lexicon.
pub(crate) fn check(args: &LexiconCheckArgs, global: &Global, console: &mut Console) -> io::Result<Exit> {
    let subject = match Subject::load(args, global) {
        Ok(subject) => subject,
        Err(error) => return Ok(misconfigured(&error)),
    };
    let proofs = example_check::run(&subject.lexicon, Lexicon::embedded(), &subject.exemptions);
    let examples: BTreeSet<_> =
        proofs.iter().map(|proof| (&proof.entry, &proof.under, &proof.sentence)).collect();
    let mut complaints = subject.unproven.clone();
    complaints.extend(proofs.iter().filter(|proof| !proof.holds).map(|proof| subject.complaint(proof)));
    let failed = complaints.len();
    complaints.push(format!("{}: {}", subject.name, outcome(examples.len(), failed)));
    complaints.iter().try_for_each(|line| console.write(&format!("{}\n", Terminal(line))))?;
    Ok(if failed == 0 { Exit::Clean } else { Exit::Findings })
}

fn outcome(examples: usize, failed: usize) -> String {
    let tried = format!("loads; {examples} {} tried", if examples == 1 { "example" } else { "examples" });
    match failed {
        0 => format!("{tried}, all is well"),
        1 => format!("{tried}, 1 complaint"),
        _ => format!("{tried}, {failed} complaints"),
    }
}

/// What is tried out.
struct Subject {
    name: String,
    lexicon: Lexicon,
    exemptions: Vec<Exemption>,
    /// Entries without the example that would prove them.
    unproven: Vec<String>,
    /// Name and text of all files, to find sentences in.
    files: Vec<(String, String)>,
}

impl Subject {
    fn load(args: &LexiconCheckArgs, global: &Global) -> Result<Self, SetupError> {
        match &args.path {
            None => Ok(Self::of_setup(Setup::load(global)?)),
            Some(path) if path.is_dir() && path.join(FILE_NAME).exists() => {
                Ok(Self::of_setup(Setup::of(ConfigFile::named(&path.join(FILE_NAME))?)?))
            }
            Some(path) if path.is_dir() => {
                Self::of_files(path, folders::read_folder(path, &source::shown(path), None)?, args.replace)
            }
            Some(path) => match name_in_lexicon(path) {
                Some(name) => {
                    let file = folders::read_file(path, &name, &source::shown(path))?;
                    Self::of_files(path, vec![file], args.replace)
                }
                None => Ok(Self::of_setup(Setup::of(ConfigFile::named(path)?)?)),
            },
        }
    }

    fn of_setup(setup: Setup) -> Self {
        let unproven = unproven(&setup);
        let file = setup.file.map(|file| (file.shown.clone(), file.text.clone()));
        Self {
            name: file.as_ref().map_or_else(|| String::from("the shipped lexicon"), |file| file.0.clone()),
            lexicon: setup.lexicon.into_owned(),
            exemptions: setup.config.exempt,
            unproven,
            files: file.into_iter().chain(setup.folders).collect(),
        }
    }

    fn of_files(path: &Path, own: Vec<UserFile>, replace: bool) -> Result<Self, SetupError> {
        let extra: Vec<Placed<'_>> = own.iter().map(UserFile::placed).collect();
        let files = replaced(if replace { &own } else { &[] });
        let extra = if replace { Vec::new() } else { extra };
        let lexicon = load_parts(Parts { files: &files, extra: &extra, own: None })?;
        Ok(Self {
            name: source::shown(path),
            lexicon,
            exemptions: Vec::new(),
            unproven: Vec::new(),
            files: own.into_iter().map(UserFile::pair).collect(),
        })
    }

    /// What is said of an example that does not hold, with its place as far as it can be found.
    fn complaint(&self, proof: &ExampleCheck) -> String {
        let found =
            self.files.iter().find_map(|(name, text)| Some((name, text, text.find(&proof.sentence)?)));
        let place = found.map(|(name, text, at)| format!("{name}:{}: ", line_column(text, at).0));
        let ExampleCheck { entry, sentence, under, wanted, .. } = proof;
        let place = place.unwrap_or_default();
        format!("{place}{entry} {}: {sentence} (under {under})", wanted.missed())
    }
}

/// What a lexicon file would be called below `lexicon/`; nothing for what has to be a configuration.
fn name_in_lexicon(path: &Path) -> Option<String> {
    let file = path.file_name()?.to_string_lossy().into_owned();
    let folder = path.parent().and_then(Path::file_name).map(|folder| folder.to_string_lossy().into_owned());
    let below = folder.map(|folder| format!("{folder}/{file}"));
    [below, Some(file)].into_iter().flatten().find(|name| folders::is_known(name))
}

/// Phrases and exemptions that no example proves.
fn unproven(setup: &Setup) -> Vec<String> {
    let Some(file) = &setup.file else { return Vec::new() };
    let line = |start| line_column(&file.text, start).0;
    let phrases = setup.config.phrase.iter().filter(|phrase| phrase.examples.bad.is_empty());
    let phrases =
        phrases.map(|phrase| (phrase.rule.start, "a phrase without an example that it finds (examples.bad)"));
    let exempt = setup.config.exempt.iter().filter(|exempt| exempt.examples.good.is_empty());
    let exempt = exempt
        .map(|exempt| (exempt.reason.start, "an exemption without an example that it saves (examples.good)"));
    phrases.chain(exempt).map(|(start, what)| format!("{}:{}: {what}", file.shown, line(start))).collect()
}

/// Counts and names what is known.
pub(crate) fn list(args: &LexiconListArgs, lexicon: &Lexicon, console: &mut Console) -> io::Result<Exit> {
    let known = Known::of(lexicon);
    let text = match args.format {
        ListFormat::Text => known.text(console.options().width),
        ListFormat::Json => serde_json::to_string_pretty(&known).unwrap_or_default() + "\n",
    };
    console.write(&text)?;
    Ok(Exit::Clean)
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Known<'l> {
    version: &'l str,
    rules: Vec<&'l str>,
    guards: Vec<&'l str>,
    word_classes: Vec<&'l str>,
    buckets: Vec<&'l str>,
    factors: Vec<String>,
    patterns: usize,
    questions: usize,
}

impl<'l> Known<'l> {
    fn of(lexicon: &'l Lexicon) -> Self {
        let factors = lexicon.buckets.iter().flat_map(|bucket| {
            bucket.factors.iter().map(move |factor| format!("{}/{}", bucket.id, factor.id))
        });
        let guards = lexicon.guards.keys().map(String::as_str).filter(|name| !name.starts_with('['));
        let mut word_classes: Vec<&str> = lexicon.vocabulary.class_names().collect();
        word_classes.sort_unstable();
        Self {
            version: &lexicon.version,
            rules: lexicon.rules.iter().map(|rule| rule.id.as_str()).collect(),
            guards: guards.collect(),
            word_classes,
            buckets: lexicon.buckets.iter().map(|bucket| bucket.id.as_str()).collect(),
            factors: factors.collect(),
            patterns: lexicon.owners.len(),
            questions: lexicon.questions.question.len(),
        }
    }

    fn text(&self, width: usize) -> String {
        let named = [
            ("rules", &self.rules),
            ("guards", &self.guards),
            ("word classes", &self.word_classes),
            ("buckets", &self.buckets),
        ];
        let row = |(what, names): (&str, &Vec<&str>)| {
            let head = format!("{what:12}  {:4}  ", names.len());
            wrap::hanging(&head, &prose(&names.join(", ")), width) + "\n"
        };
        let rows: String = named.into_iter().map(row).collect();
        let counts =
            [("factors", self.factors.len()), ("patterns", self.patterns), ("questions", self.questions)];
        let count = |(what, count): (&str, usize)| format!("{what:12}  {count:4}\n");
        let counts: String = counts.into_iter().map(count).collect();
        format!("lexicon {}\n\n{rows}{counts}\n`rcalint explain` lists the factors.\n", self.version)
    }
}
