//! `rcalint config`: shows the effective settings and their origins.

use std::io;

use serde::Serialize;

use crate::cli::args::ListFormat;
use crate::cli::args::config::ConfigArgs;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::config::{self, Origin, Setting};
use crate::render::escape::Terminal;
use crate::settings::Settings;
use crate::settings::config_file::ConfigFile;

/// Maximum width in columns of the values; a longer value extends beyond it.
const MAX_VALUE: usize = 32;

/// Shows the settings.
pub(crate) fn run(args: &ConfigArgs, settings: &Settings, console: &mut Console) -> io::Result<Exit> {
    let file = settings.file.as_ref().map(ConfigFile::as_file);
    let settings = config::effective(&settings.config, file, args.given.into(), &settings.lexicon);
    let path = file.map(|(path, _)| path);
    let text = match args.format {
        ListFormat::Text => text(path, &settings),
        ListFormat::Json => json(path, &settings),
    };
    console.write(&text)?;
    Ok(Exit::Clean)
}

/// Prints the schema.
pub(crate) fn schema(console: &mut Console) -> io::Result<Exit> {
    console.write(&config::schema())?;
    Ok(Exit::Clean)
}

fn text(path: Option<&str>, settings: &[Setting]) -> String {
    let head = match path {
        Some(path) => format!("settings from {}", Terminal(path)),
        None => String::from("no rcalint.toml; all settings have their default values"),
    };
    let values: Vec<String> = settings.iter().map(value).collect();
    let key = settings.iter().map(|setting| setting.key.chars().count()).max().unwrap_or_default();
    let wide = values
        .iter()
        .map(|value| value.chars().count())
        .filter(|&width| width <= MAX_VALUE)
        .max()
        .unwrap_or_default();
    let row = |(setting, value): (&Setting, &String)| {
        format!("{:key$}  {value:wide$}  {}\n", setting.key, origin(&setting.from))
    };
    let rows: String = settings.iter().zip(&values).map(row).collect();
    format!("{head}\n\n{rows}")
}

/// Returns a value as written in the file.
fn value(setting: &Setting) -> String {
    match &setting.value {
        serde_json::Value::Null | serde_json::Value::Array(_) => String::from("none"),
        value => Terminal(&value.to_string()).to_string(),
    }
}

fn origin(from: &Origin) -> String {
    match from {
        Origin::Default => String::from("default"),
        Origin::File { path, line } => format!("{}:{line}", Terminal(path)),
        Origin::CommandLine => String::from("command line"),
    }
}

#[derive(Serialize)]
struct ConfigListing<'a> {
    file: Option<&'a str>,
    settings: &'a [Setting],
}

fn json(file: Option<&str>, settings: &[Setting]) -> String {
    serde_json::to_string_pretty(&ConfigListing { file, settings }).unwrap_or_default() + "\n"
}
