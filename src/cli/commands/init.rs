//! `rcalint init`: a commented configuration, and how to run rcalint without thinking of it.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};

use crate::cli::console::{Console, say_of};
use crate::cli::exit::Exit;
use crate::config::FILE_NAME;

/// The file with every key, each commented out.
const TEMPLATE: &str = include_str!("init/rcalint.toml");

/// What is printed when it has been written.
const NEXT: &str = include_str!("init/next.md");

/// Writes the file unless there is one.
pub(crate) fn run(console: &mut Console) -> io::Result<Exit> {
    // Nothing is overwritten, not even what appears in this very moment or at the end of a link.
    let created = OpenOptions::new().write(true).create_new(true).open(FILE_NAME);
    match created.and_then(|mut file| file.write_all(TEMPLATE.as_bytes())) {
        Ok(()) => console.write(NEXT).map(|()| Exit::Clean),
        Err(error) => {
            let why = match error.kind() {
                ErrorKind::AlreadyExists => String::from("is there already; nothing was written"),
                kind => format!("cannot be written: {kind}"),
            };
            say_of(FILE_NAME, &why);
            Ok(Exit::Failure)
        }
    }
}
