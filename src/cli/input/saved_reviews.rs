//! `report --from`: reads saved reviews, as `check --format jsonl`, `json` or `--jsonl-documents` writes them.

use std::io::{self, Read};
use std::path::Path;

use crate::cli::console::print_file_error;
use crate::cli::input::json_lines::{InputLine, LineReader};
use crate::collection::{Collection, Entry};
use crate::render::wrap::cut;
use crate::report::reader::{self, SavedError, SavedLine};
use crate::report::{FileError, Report};
use crate::source;

/// Maximum length in bytes of one line: the review of one document.
const MAX_LINE: u64 = 64 << 20;

/// Maximum size in bytes of a report as a single JSON object.
const MAX_REPORT: u64 = 256 << 20;

/// Maximum length in characters of the reason for an invalid line.
const MAX_REASON: usize = 200;

/// The name of standard input in messages.
const STDIN: &str = "<stdin>";

/// Adds the reviews in a file to a collection. A line that is not a review is an error in the collection, and the others
/// are read.
pub(crate) fn add(path: &Path, collection: &mut Collection) {
    let name = if path.as_os_str() == "-" { STDIN.to_owned() } else { source::shown(path) };
    let added = if name == STDIN {
        add_stream(io::stdin().lock(), &name, collection)
    } else {
        source::open(path).map_err(FileError::from).and_then(|file| add_stream(file, &name, collection))
    };
    if let Err(error) = added {
        fail(error, collection);
    }
}

/// Adds the reviews of a stream: JSON lines, or else one report.
fn add_stream(stream: impl Read, name: &str, collection: &mut Collection) -> Result<(), FileError> {
    let mut lines = LineReader::new(stream, MAX_LINE);
    let first = lines.next_line().map_err(|error| unreadable(name, &error))?;
    let Some(first) = first else { return Err(error(name, "is empty")) };
    if !begins_report(&first) {
        add_line(&first, name, collection);
        return add_lines(lines, name, collection);
    }
    let mut text = first.bytes;
    let read = lines.into_rest().take(MAX_REPORT).read_to_end(&mut text);
    read.map_err(|error| unreadable(name, &error))?;
    if text.len() as u64 >= MAX_REPORT {
        return Err(error(name, "is too large; save the reviews with `--format jsonl`"));
    }
    let text = String::from_utf8(text).map_err(|_| error(name, "not valid UTF-8"))?;
    add_report(reader::parse(&text).map_err(|why| invalid(name, &why))?, collection);
    Ok(())
}

/// True if a line is the beginning of a report rather than a line of JSON lines.
fn begins_report(line: &InputLine) -> bool {
    let text = line.bytes.trim_ascii();
    text == b"{" || text.starts_with(b"{\"schema_version\"")
}

fn add_report(report: Report, collection: &mut Collection) {
    collection.entries.extend(report.documents.iter().map(Entry::from));
    collection.skipped.extend(report.skipped);
    collection.errors.extend(report.errors);
}

fn add_lines(
    mut lines: LineReader<impl Read>,
    name: &str,
    collection: &mut Collection,
) -> Result<(), FileError> {
    while let Some(line) = lines.next_line().map_err(|error| unreadable(name, &error))? {
        add_line(&line, name, collection);
    }
    Ok(())
}

fn add_line(line: &InputLine, name: &str, collection: &mut Collection) {
    if !line.too_long && line.bytes.trim_ascii().is_empty() {
        return;
    }
    match parse(line, &format!("{name}:{}", line.number)) {
        Ok(SavedLine::Document(document)) => collection.entries.push(Entry::from(&*document)),
        Ok(SavedLine::Skipped(skipped)) => collection.skipped.push(skipped),
        Ok(SavedLine::Error(error)) => collection.errors.push(error),
        Ok(SavedLine::Summary {}) => {}
        Err(error) => fail(error, collection),
    }
}

fn parse(line: &InputLine, place: &str) -> Result<SavedLine, FileError> {
    if line.too_long {
        return Err(error(place, "the line is too long for a review"));
    }
    let text = str::from_utf8(&line.bytes).map_err(|_| error(place, "not valid UTF-8"))?;
    reader::parse_line(text).map_err(|why| invalid(place, &why))
}

fn fail(error: FileError, collection: &mut Collection) {
    print_file_error(&error);
    collection.errors.push(error);
}

fn invalid(place: &str, why: &SavedError) -> FileError {
    error(place, &cut(&why.to_string(), MAX_REASON))
}

fn unreadable(name: &str, why: &io::Error) -> FileError {
    error(name, &format!("not readable: {}", why.kind()))
}

fn error(place: &str, message: &str) -> FileError {
    FileError { path: place.to_owned(), message: message.to_owned() }
}
