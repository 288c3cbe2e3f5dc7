//! `rcalint baseline`: what was there when rcalint was adopted, written down and kept short.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::cli::args::Selection;
use crate::cli::console::{Console, say_of};
use crate::cli::discover;
use crate::cli::exit::Exit;
use crate::cli::known::{Known, Use};
use crate::cli::output::ordered_parallel::in_order;
use crate::cli::reviewer::{Reviewed, Reviewer, jobs, stdin_is_free};
use crate::cli::setup::Setup;
use crate::render::counted;
use crate::render::escape::headed;
use crate::report::DocumentReport;
use crate::suppress::baseline;

pub(crate) const EXAMPLES: &str = "\
Examples:
  rcalint baseline create                 write rcalint-baseline.toml for this folder and below
  rcalint check --baseline rcalint-baseline.toml
                                          what is in it is counted apart; what is new fails
  rcalint baseline prune                  take out what is mended, and follow files that moved
  rcalint baseline create --force         start again from what is found today

Findings are known by document, rule and sentence, so text may be moved about
and wrapped anew. Commit the file: a change of it can be reviewed line by line.";

#[derive(Debug, Args)]
pub(crate) struct BaselineArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write down all findings of today
    #[command(after_help = EXAMPLES)]
    Create(CreateArgs),
    /// Take out what is not found any more; nothing is added
    #[command(after_help = EXAMPLES)]
    Prune(PruneArgs),
}

#[derive(Debug, Args)]
struct CreateArgs {
    #[command(flatten)]
    select: Selection,
    /// The file to write; paths in it start from its folder [default: what rcalint.toml names, or
    /// rcalint-baseline.toml]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Args)]
struct PruneArgs {
    #[command(flatten)]
    select: Selection,
    /// The baseline [default: what rcalint.toml names, or rcalint-baseline.toml]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

/// Does what the arguments ask for.
pub(crate) fn run(args: &BaselineArgs, setup: &Setup, console: &mut Console) -> io::Result<Exit> {
    match &args.action {
        Action::Create(args) => create(args, setup, console),
        Action::Prune(args) => prune(args, setup, console),
    }
}

/// A file that could not be read makes the run fail, but not the others unknown.
fn create(args: &CreateArgs, setup: &Setup, console: &mut Console) -> io::Result<Exit> {
    let output = file(args.output.as_deref(), setup);
    let mut known = Known::empty(&output);
    if !stdin_is_free(&args.select, false) {
        return Ok(Exit::Failure);
    }
    if !args.force && output.symlink_metadata().is_ok() {
        return Ok(known.exists().told());
    }
    let (found, exit) =
        review(&args.select, setup, |report| (report.path.clone(), baseline::Known::of(report)))?;
    for (path, findings) in found {
        known.baseline.add(known.key(&path), findings);
    }
    if let Err(error) = known.write(args.force) {
        return Ok(error.told());
    }
    let documents = known.baseline.documents.len();
    let (findings, documents) = (counted(known.baseline.count(), "finding"), counted(documents, "document"));
    console.write(&format!("{} {findings} in {documents}\n", shown(&output)))?;
    Ok(exit)
}

fn prune(args: &PruneArgs, setup: &Setup, console: &mut Console) -> io::Result<Exit> {
    let baseline = file(args.baseline.as_deref(), setup);
    let mut known = match Known::open(&baseline) {
        Ok(known) if stdin_is_free(&args.select, false) => known,
        Ok(_) => return Ok(Exit::Failure),
        Err(error) => return Ok(error.told()),
    };
    let (found, exit) = review(&selection(args, &known), setup, |report| known.set_aside(report))?;
    let used: Vec<Use> = found.into_iter().flatten().collect();
    let before = known.baseline.clone();
    renew(&mut known, &used);
    if known.baseline != before
        && let Err(error) = known.write(true)
    {
        return Ok(error.told());
    }
    let (stay, gone) = (known.baseline.count(), before.count() - known.baseline.count().min(before.count()));
    let line = format!("{} {} taken out, {stay} stay\n", shown(&baseline), counted(gone, "finding"));
    console.write(&line)?;
    Ok(exit)
}

/// What is named, or the current folder, where a file may have moved to; and all documents of the baseline.
fn selection(args: &PruneArgs, known: &Known) -> Selection {
    let mut select = args.select.clone();
    if select.paths.is_empty() && select.files_from.is_empty() {
        select.paths.push(PathBuf::from("."));
    }
    let documents = known.baseline.documents.keys().map(|key| known.place(key));
    select.paths.extend(documents.filter(|path| path.is_file()));
    select
}

/// The baseline without what is stale, and with the new places of documents that moved.
fn renew(known: &mut Known, used: &[Use]) {
    let mut documents = known.baseline.documents.clone();
    for (path, stale) in known.stale(used) {
        documents.entry(path).and_modify(|entries| *entries = entries.without(&stale));
    }
    for Use { was, now, title, .. } in used {
        if let Some(mut entries) = documents.get(was).cloned() {
            entries.title.clone_from(title);
            documents.insert(now.clone(), entries);
        }
    }
    for Use { was, .. } in used.iter().filter(|used| used.was != used.now) {
        documents.remove(was);
    }
    documents.retain(|_, entries| !entries.entries.is_empty());
    known.baseline.documents = documents;
}

/// Reviews a selection and keeps something of each report; a file that cannot be read is named and fails the run.
fn review<T: Send>(
    select: &Selection,
    setup: &Setup,
    keep: impl Fn(&mut DocumentReport) -> T + Sync,
) -> io::Result<(Vec<T>, Exit)> {
    let reviewer = Reviewer { select, lexicon: &setup.lexicon };
    let (mut kept, mut exit) = (Vec::new(), Exit::Clean);
    let work = |candidate: &discover::Candidate| match reviewer.examine(candidate) {
        Reviewed::Document(_, mut report) => Ok(Some(keep(&mut report))),
        Reviewed::Skipped(_) => Ok(None),
        Reviewed::Failed(error) => Err(error),
    };
    in_order(&discover::candidates(select, &setup.globs), jobs(select), work, |outcome| {
        match outcome {
            Ok(found) => kept.extend(found),
            Err(error) => {
                say_of(&error.path, &error.message);
                exit = Exit::Failure;
            }
        }
        io::Result::Ok(())
    })?;
    Ok((kept, exit))
}

/// The baseline that is meant: the one that is named, that of the configuration, or the usual one.
fn file(named: Option<&Path>, setup: &Setup) -> PathBuf {
    let named = named.map(Path::to_owned);
    let set = || setup.baseline_file().map(|(path, _)| path);
    named.or_else(set).unwrap_or_else(|| PathBuf::from("rcalint-baseline.toml"))
}

fn shown(file: &Path) -> String {
    headed(&crate::source::shown(file))
}
