//! Where analyses stop.

use crate::collection::{AskedQuestion, CollectionReport, QuestionExample, RuleSeries};
use crate::render::collection::certainty;
use crate::render::collection::extent::Extent;
use crate::render::collection::page::{Cell, Fold, Part, Quote, Row, Section, Table};
use crate::render::collection::shares::share;
use crate::render::counted;

pub(super) fn section(report: &CollectionReport, extent: &Extent) -> Section {
    let mut parts = vec![Part::Text(what_is_seen(report))];
    if !report.rules.is_empty() {
        parts.push(Part::Table(table(report)));
        parts.push(Part::Sure(certainty::of_findings(&report.tool)));
        parts.extend(report.rules.iter().take(extent.rules).map(|rule| quotes(rule, extent)));
    }
    if !report.questions.is_empty() {
        parts.push(Part::Text(
            "Questions that stay open in most documents (… stands for a document's own words):".to_owned(),
        ));
        parts.extend(report.questions.iter().take(extent.questions).map(|asked| question(asked, extent)));
    }
    Section { id: "stops", title: "Where analyses stop", parts }
}

fn what_is_seen(report: &CollectionReport) -> String {
    let Some(first) = report.rules.first() else { return "There are no findings.".to_owned() };
    format!(
        "{} have findings. The one in most documents is {} ({}): {}.",
        counted(report.rules.len(), "rule"),
        first.id,
        first.summary,
        share(first.documents, report.glance.documents)
    )
}

fn table(report: &CollectionReport) -> Table {
    let largest = report.rules.iter().flat_map(|rule| &rule.by_period).copied().max().unwrap_or(0);
    let row = |rule: &RuleSeries| {
        let shades = rule.by_period.iter().map(|&count| Cell::Shade { count, largest });
        let all = [Cell::Count(rule.documents), Cell::Count(rule.findings)];
        Row::of(std::iter::once(Cell::Text(rule.id.clone())).chain(shades).chain(all).collect())
    };
    let mut columns = vec!["rule".to_owned()];
    columns.extend(report.periods.iter().cloned());
    columns.extend(["documents".to_owned(), "findings".to_owned()]);
    let rows = report.rules.iter().map(row).collect();
    Table { columns, ..Table::new("Documents with findings of each rule", &[], rows) }
}

fn quotes(rule: &RuleSeries, extent: &Extent) -> Part {
    let (findings, documents) = (counted(rule.findings, "finding"), counted(rule.documents, "document"));
    let summary = format!("{}: {}; {findings} in {documents}", rule.id, rule.summary);
    Part::Fold(Fold::of_places(summary, &rule.places, extent.quotes))
}

fn question(asked: &AskedQuestion, extent: &Extent) -> Part {
    let example = |example: &QuestionExample| Quote {
        document: example.document,
        line: None,
        words: example.text.clone(),
        note: String::new(),
        nested: false,
    };
    Part::Fold(Fold {
        summary: format!("{} ({})", asked.pattern, counted(asked.documents, "document")),
        quotes: asked.examples.iter().take(extent.examples).map(example).collect(),
        more: asked.examples.len().saturating_sub(extent.examples),
    })
}
