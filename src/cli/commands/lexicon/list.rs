//! `rcalint lexicon list`: counts and names of the entries.

use std::io;

use serde::Serialize;

use crate::cli::args::ListFormat;
use crate::cli::args::lexicon::LexiconListArgs;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::lexicon::Lexicon;
use crate::render::escape::prose;
use crate::render::wrap;

/// Prints the contents of the lexicon.
pub(crate) fn list(args: &LexiconListArgs, lexicon: &Lexicon, console: &mut Console) -> io::Result<Exit> {
    let contents = Contents::new(lexicon);
    let text = match args.format {
        ListFormat::Text => contents.text(console.options().width),
        ListFormat::Json => serde_json::to_string_pretty(&contents).unwrap_or_default() + "\n",
    };
    console.write(&text)?;
    Ok(Exit::Clean)
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Contents<'l> {
    version: &'l str,
    rules: Vec<&'l str>,
    guards: Vec<&'l str>,
    word_classes: Vec<&'l str>,
    buckets: Vec<&'l str>,
    /// Factors, as `bucket/factor`.
    factors: Vec<String>,
    patterns: usize,
    questions: usize,
}

impl<'l> Contents<'l> {
    fn new(lexicon: &'l Lexicon) -> Self {
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
        let mut text = format!("lexicon {}\n\n", self.version);
        text += &named_row("rules", &self.rules, width);
        text += &named_row("guards", &self.guards, width);
        text += &named_row("word classes", &self.word_classes, width);
        text += &named_row("buckets", &self.buckets, width);
        text += &row_head("factors", self.factors.len());
        text += &row_head("patterns", self.patterns);
        text += &row_head("questions", self.questions);
        text + "\n`rcalint explain` lists the factors.\n"
    }
}

/// Formats a row such as `rules           14  hindsight, human-error, …`.
fn named_row(kind: &str, names: &[&str], width: usize) -> String {
    let head = row_head(kind, names.len());
    wrap::hanging(&format!("{}  ", head.trim_end()), &prose(&names.join(", ")), width) + "\n"
}

fn row_head(kind: &str, count: usize) -> String {
    format!("{kind:12}  {count:4}\n")
}
