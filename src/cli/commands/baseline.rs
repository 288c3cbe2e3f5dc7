//! `rcalint baseline`: writes a baseline of existing findings, and removes stale entries.

use std::io;
use std::path::{Path, PathBuf};

use crate::atomic_write::IfExists;
use crate::cli::args::baseline::{BaselineArgs, BaselineCommand, BaselineCreateArgs, BaselinePruneArgs};
use crate::cli::args::selection::Selection;
use crate::cli::console::{Console, fail_file};
use crate::cli::exit::Exit;
use crate::cli::input::discover::{self, Candidate};
use crate::cli::input::review_runner::{Reviewed, Reviewer, jobs, stdin_is_free};
use crate::cli::ordered_parallel::in_order;
use crate::render::counted;
use crate::render::escape::headed;
use crate::report::{DocumentReport, FileError};
use crate::settings::Settings;
use crate::settings::baseline_file::{BaselineFile, BaselineUse};
use crate::source;
use crate::suppress::baseline;

const DEFAULT_FILE: &str = "rcalint-baseline.toml";

/// Runs the subcommand.
pub(crate) fn run(args: &BaselineArgs, settings: &Settings, console: &mut Console) -> io::Result<Exit> {
    match &args.command {
        BaselineCommand::Create(args) => create(args, settings, console),
        BaselineCommand::Prune(args) => prune(args, settings, console),
    }
}

/// Writes a new baseline. If a file cannot be read, the run fails, but the findings of all others are written.
fn create(args: &BaselineCreateArgs, settings: &Settings, console: &mut Console) -> io::Result<Exit> {
    if !stdin_is_free(&args.selection, false) {
        return Ok(Exit::Failure);
    }
    let mut file = match path(args.output.as_deref(), settings) {
        Ok(path) => BaselineFile::empty(&path),
        Err(error) => return Ok(fail_file(&error)),
    };
    if !args.force && file.path.symlink_metadata().is_ok() {
        return Ok(fail_file(&file.exists_error()));
    }
    let collect =
        |report: &mut DocumentReport| (report.path.clone(), baseline::KnownFindings::from_report(report));
    let (found, exit) = review(&args.selection, settings, collect)?;
    for (path, findings) in found {
        file.baseline.add(file.key(&path), findings);
    }
    let if_exists = if args.force { IfExists::Replace } else { IfExists::Fail };
    if let Err(error) = file.write(if_exists) {
        return Ok(fail_file(&error));
    }
    let findings = counted(file.baseline.count(), "finding");
    let documents = counted(file.baseline.documents.len(), "document");
    console.write(&format!("{} {findings} in {documents}\n", label(&file)))?;
    Ok(exit)
}

fn prune(args: &BaselinePruneArgs, settings: &Settings, console: &mut Console) -> io::Result<Exit> {
    if !stdin_is_free(&args.selection, false) {
        return Ok(Exit::Failure);
    }
    let path = path(args.baseline.as_deref(), settings);
    let mut file = match path.and_then(|path| BaselineFile::read(&path)) {
        Ok(file) => file,
        Err(error) => return Ok(fail_file(&error)),
    };
    let selection = documents_to_review(args, &file);
    let (found, exit) = review(&selection, settings, |report| file.suppress(report))?;
    let used: Vec<BaselineUse> = found.into_iter().flatten().collect();
    let before = file.baseline.clone();
    remove_stale(&mut file, &used);
    if file.baseline != before
        && let Err(error) = file.write(IfExists::Replace)
    {
        return Ok(fail_file(&error));
    }
    let left = file.baseline.count();
    let removed = counted(before.count().saturating_sub(left), "finding");
    console.write(&format!("{} {removed} removed, {left} left\n", label(&file)))?;
    Ok(exit)
}

/// Returns the selected documents (by default those in the current folder, where a file may have moved to) and those of
/// the baseline.
fn documents_to_review(args: &BaselinePruneArgs, file: &BaselineFile) -> Selection {
    let mut selection = args.selection.clone();
    if selection.paths.is_empty() && selection.files_from.is_empty() {
        selection.paths.push(PathBuf::from("."));
    }
    let documents = file.baseline.documents.keys().map(|key| file.document_path(key));
    selection.paths.extend(documents.filter(|path| path.is_file() && file.may_list(path)));
    selection
}

/// Removes stale entries and updates the paths of documents that have moved.
fn remove_stale(file: &mut BaselineFile, used: &[BaselineUse]) {
    let mut documents = file.baseline.documents.clone();
    for (path, stale) in file.stale(used) {
        documents.entry(path).and_modify(|entries| *entries = entries.without(&stale));
    }
    for BaselineUse { old_path, new_path, title, .. } in used {
        if let Some(mut entries) = documents.get(old_path).cloned() {
            entries.title.clone_from(title);
            documents.insert(new_path.clone(), entries);
        }
    }
    for BaselineUse { old_path, .. } in used.iter().filter(|used| used.old_path != used.new_path) {
        documents.remove(old_path);
    }
    documents.retain(|_, entries| !entries.entries.is_empty());
    file.baseline.documents = documents;
}

/// Reviews a selection and keeps a part of each report. A file that cannot be read makes the run fail.
fn review<T: Send>(
    selection: &Selection,
    settings: &Settings,
    keep: impl Fn(&mut DocumentReport) -> T + Sync,
) -> io::Result<(Vec<T>, Exit)> {
    let reviewer = Reviewer { selection, settings };
    let review = |candidate: &Candidate| match reviewer.review(candidate) {
        Reviewed::Document(_, mut report) => Ok(Some(keep(&mut report))),
        Reviewed::Skipped(_) => Ok(None),
        Reviewed::Failed(error) => Err(error),
    };
    let (mut kept, mut exit) = (Vec::new(), Exit::Clean);
    let candidates = discover::candidates(selection, &settings.globs);
    in_order(&candidates, jobs(selection), review, |reviewed| {
        match reviewed {
            Ok(found) => kept.extend(found),
            Err(error) => exit = fail_file(&error),
        }
        io::Result::Ok(())
    })?;
    Ok((kept, exit))
}

/// Returns the path of the baseline that an option or the configuration names, or of the default one.
fn path(named: Option<&Path>, settings: &Settings) -> Result<PathBuf, FileError> {
    Ok(settings.baseline_path(named)?.unwrap_or_else(|| PathBuf::from(DEFAULT_FILE)))
}

/// Returns the path, for the start of a line of output.
fn label(file: &BaselineFile) -> String {
    headed(&source::shown(&file.path))
}
