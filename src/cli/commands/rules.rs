//! `rcalint rules`: all rules in one table.

use std::io;

use serde::Serialize;

use crate::cli::args::ListFormat;
use crate::cli::args::lexicon::RulesArgs;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::lexicon::{Example, Level, Lexicon, Rule};
use crate::model::Severity;
use crate::render::escape::prose;
use crate::render::{self, Effects, Options, Style, wrap};

/// Lists the rules.
pub(crate) fn run(args: &RulesArgs, lexicon: &Lexicon, console: &mut Console) -> io::Result<Exit> {
    let rules = &lexicon.rules;
    let text = match args.format {
        ListFormat::Text => table(rules, &console.options()),
        ListFormat::Json => json(rules),
    };
    console.write(&text)?;
    Ok(Exit::Clean)
}

/// Returns a table with id, severity and summary of each rule.
pub(crate) fn table(rules: &[Rule], options: &Options<'_>) -> String {
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    rules.iter().map(|rule| row(rule, width, options)).collect()
}

fn row(rule: &Rule, width: usize, options: &Options<'_>) -> String {
    let head = format!("{:width$}  {:7}  ", rule.id, effective_severity(rule));
    let text = wrap::hanging(&head, &prose(&rule.summary), options.width);
    format!("{}\n", text.replacen(&rule.id, &options.paint(Style::new().effects(Effects::BOLD), &rule.id), 1))
}

/// Returns the effective severity of a rule, or `off`.
pub(crate) fn effective_severity(rule: &Rule) -> &'static str {
    rule.level.severity(rule.severity).map_or("off", render::severity_name)
}

/// Returns all properties of each rule as JSON.
fn json(rules: &[Rule]) -> String {
    let rows: Vec<RuleRow<'_>> = rules.iter().map(RuleRow::new).collect();
    serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct RuleRow<'a> {
    id: &'a str,
    /// The shipped severity.
    severity: Severity,
    /// The configured level.
    level: Level,
    summary: &'a str,
    message: &'a str,
    why: &'a str,
    better: &'a str,
    references: &'a [String],
    bad: Vec<ExampleRow<'a>>,
    good: Vec<ExampleRow<'a>>,
}

#[derive(Serialize)]
struct ExampleRow<'a> {
    text: &'a str,
    under: &'a str,
}

impl<'a> RuleRow<'a> {
    fn new(rule: &'a Rule) -> Self {
        let sentences = |examples: &'a [Example]| {
            examples.iter().map(|example| ExampleRow { text: &example.text, under: &example.under }).collect()
        };
        Self {
            id: &rule.id,
            severity: rule.severity,
            level: rule.level,
            summary: &rule.summary,
            message: &rule.message,
            why: &rule.why,
            better: &rule.better,
            references: &rule.references,
            bad: sentences(&rule.bad),
            good: sentences(&rule.good),
        }
    }
}
