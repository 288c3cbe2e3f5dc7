//! `rcalint lexicon check`: checks that additions to the lexicon load and that their examples pass.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use crate::cli::args::GlobalArgs;
use crate::cli::args::lexicon::LexiconCheckArgs;
use crate::cli::console::{Console, fail};
use crate::cli::exit::Exit;
use crate::config::FILE_NAME;
use crate::example_check::{self, ExampleCheck};
use crate::lexicon::Lexicon;
use crate::lexicon::files::{LexiconSources, LexiconText};
use crate::lexicon::load::load_sources;
use crate::lexicon::spanned::line_column;
use crate::lexicon::user_rules::Exemption;
use crate::render::counted;
use crate::render::escape::Terminal;
use crate::settings::Settings;
use crate::settings::config_file::ConfigFile;
use crate::settings::error::SettingsError;
use crate::settings::lexicon_files::{self, LexiconFile};
use crate::source;

/// Tests the additions to the lexicon and prints each problem.
pub(crate) fn check(args: &LexiconCheckArgs, global: &GlobalArgs, console: &mut Console) -> io::Result<Exit> {
    let additions = match Additions::load(args, global) {
        Ok(additions) => additions,
        Err(error) => return Ok(fail(&error)),
    };
    let checks = example_check::run(&additions.lexicon, Lexicon::embedded(), &additions.exemptions);
    let examples: BTreeSet<_> =
        checks.iter().map(|check| (&check.entry, &check.under, &check.sentence)).collect();
    let failed = checks.iter().filter(|check| !check.holds).map(|check| additions.problem(check));
    let problems: Vec<String> = additions.without_examples.iter().cloned().chain(failed).collect();
    for problem in &problems {
        console.write(&format!("{}\n", Terminal(problem)))?;
    }
    let summary = summary(examples.len(), problems.len());
    console.write(&format!("{}: {summary}\n", Terminal(&additions.name)))?;
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::Findings })
}

fn summary(examples: usize, problems: usize) -> String {
    let tested = format!("loads; {} tested", counted(examples, "example"));
    match problems {
        0 => format!("{tested}, all pass"),
        _ => format!("{tested}, {}", counted(problems, "problem")),
    }
}

/// The additions to test.
struct Additions {
    name: String,
    lexicon: Lexicon,
    exemptions: Vec<Exemption>,
    /// Problems: entries without the examples they need.
    without_examples: Vec<String>,
    /// Path and text of all files, to locate sentences.
    files: Vec<(String, String)>,
}

impl Additions {
    fn load(args: &LexiconCheckArgs, global: &GlobalArgs) -> Result<Self, SettingsError> {
        let Some(path) = &args.path else {
            return Ok(Self::from_settings(Settings::load(&global.settings())?));
        };
        if path.is_dir() {
            let config = path.join(FILE_NAME);
            if config.exists() {
                return Self::from_config(&config);
            }
            let files = lexicon_files::read_folder(path, &source::shown(path), |_| Ok(()))?;
            return Self::from_lexicon_files(path, files, args.replace);
        }
        let Some(name) = lexicon_name(path) else { return Self::from_config(path) };
        let file = LexiconFile::read(path, &name, &source::shown(path))?;
        Self::from_lexicon_files(path, vec![file], args.replace)
    }

    fn from_config(path: &Path) -> Result<Self, SettingsError> {
        Ok(Self::from_settings(Settings::from_file(ConfigFile::read(path)?)?))
    }

    fn from_settings(settings: Settings) -> Self {
        let without_examples = without_examples(&settings);
        let file = settings.file.map(|file| (file.shown, file.text));
        let name = file.as_ref().map_or("the shipped lexicon", |(shown, _)| shown);
        Self {
            name: name.to_owned(),
            lexicon: settings.lexicon.into_owned(),
            exemptions: settings.config.exempt,
            without_examples,
            files: file.into_iter().chain(settings.lexicon_files).collect(),
        }
    }

    fn from_lexicon_files(
        path: &Path,
        files: Vec<LexiconFile>,
        replace: bool,
    ) -> Result<Self, SettingsError> {
        let (replacing, extending) = if replace { (&files[..], &[][..]) } else { (&[][..], &files[..]) };
        let extra: Vec<LexiconText<'_>> = extending.iter().map(LexiconFile::placed).collect();
        let shipped = lexicon_files::shipped_or_replaced(replacing);
        let lexicon = load_sources(LexiconSources { files: &shipped, extra: &extra, own: None })?;
        Ok(Self {
            name: source::shown(path),
            lexicon,
            exemptions: Vec::new(),
            without_examples: Vec::new(),
            files: files.into_iter().map(LexiconFile::into_pair).collect(),
        })
    }

    /// Returns the message for a failing example, with its location if it can be found.
    fn problem(&self, check: &ExampleCheck) -> String {
        let ExampleCheck { entry, sentence, under, wanted, .. } = check;
        let place = self.find(sentence).unwrap_or_default();
        format!("{place}{entry} {}: {sentence} (under {under})", wanted.missed())
    }

    fn find(&self, sentence: &str) -> Option<String> {
        self.files.iter().find_map(|(name, text)| {
            let (line, _) = line_column(text, text.find(sentence)?);
            Some(format!("{name}:{line}: "))
        })
    }
}

/// Returns the path of a lexicon file below `lexicon/`; `None` if it must be a configuration file.
fn lexicon_name(path: &Path) -> Option<String> {
    let file = path.file_name()?.to_string_lossy().into_owned();
    let folder = path.parent().and_then(Path::file_name).map(|folder| folder.to_string_lossy().into_owned());
    let below = folder.map(|folder| format!("{folder}/{file}"));
    [below, Some(file)].into_iter().flatten().find(|name| lexicon_files::is_lexicon_name(name))
}

/// Returns a problem for each phrase or exemption without the examples that it needs.
fn without_examples(settings: &Settings) -> Vec<String> {
    let Some(file) = &settings.file else { return Vec::new() };
    let problem = |start, what: &str| format!("{}:{}: {what}", file.shown, line_column(&file.text, start).0);
    let phrases = settings.config.phrase.iter().filter(|phrase| phrase.examples.bad.is_empty());
    let phrases = phrases
        .map(|phrase| problem(phrase.rule.start, "a phrase without an example that it finds (examples.bad)"));
    let exempt = settings.config.exempt.iter().filter(|exempt| exempt.examples.good.is_empty());
    let exempt = exempt.map(|exempt| {
        problem(exempt.reason.start, "an exemption without an example that it exempts (examples.good)")
    });
    phrases.chain(exempt).collect()
}
