//! `rcalint init`: writes a commented configuration, and shows how to run rcalint automatically.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};

use crate::cli::console::{Console, fail_file};
use crate::cli::exit::Exit;
use crate::config::FILE_NAME;
use crate::report::FileError;

/// The file, with every key commented out.
const TEMPLATE: &str = include_str!("init/rcalint.toml");

/// The text printed after the file has been written.
const NEXT: &str = include_str!("init/next.md");

/// Writes the file unless it exists.
pub(crate) fn run(console: &mut Console) -> io::Result<Exit> {
    // `create_new` never overwrites a file, even if it has only just appeared or is the target of a link.
    let created = OpenOptions::new().write(true).create_new(true).open(FILE_NAME);
    match created.and_then(|mut file| file.write_all(TEMPLATE.as_bytes())) {
        Ok(()) => console.write(NEXT).map(|()| Exit::Clean),
        Err(error) => {
            let message = match error.kind() {
                ErrorKind::AlreadyExists => String::from("already exists; nothing was written"),
                kind => format!("cannot be written: {kind}"),
            };
            Ok(fail_file(&FileError { path: FILE_NAME.to_owned(), message }))
        }
    }
}
