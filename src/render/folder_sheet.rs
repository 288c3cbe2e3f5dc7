//! The facilitator's sheet for several documents: which of them there are, and the sheet of each.

use std::fmt::Write;

use crate::model::Verdict;
use crate::render::markdown_escape::code;
use crate::render::wording::counted;
use crate::render::{Options, question_sheet, summary};
use crate::report::DocumentReport;

/// Maximum number of documents whose sheets are part of it.
const MAX_SHEETS: usize = 50;

/// A sheet that is being made.
#[derive(Debug)]
pub struct FolderSheet {
    folder: String,
    documents: Vec<Part>,
}

/// What is said about one document.
#[derive(Debug)]
struct Part {
    verdict: Verdict,
    row: String,
    sheet: String,
}

impl FolderSheet {
    /// Begins a sheet for the folder of this name.
    pub fn new(folder: &str) -> Self {
        Self { folder: folder.to_owned(), documents: Vec::new() }
    }

    /// Adds a document.
    pub fn add(&mut self, report: &DocumentReport, options: &Options<'_>) {
        let (verdict, ..) = summary::words(report);
        let questions = counted(report.questions.len(), "open question");
        let row = format!("- {}: {verdict}, {questions}\n", code(&report.path));
        let sheet = question_sheet::document(report, options);
        self.documents.push(Part { verdict: report.verdict, row, sheet });
    }

    /// Returns the sheet, as Markdown: the documents that stop at a person come first. `None` if there is no document.
    pub fn finish(mut self) -> Option<String> {
        if self.documents.is_empty() {
            return None;
        }
        self.documents.sort_by_key(|part| part.verdict != Verdict::StartOver);
        let count = counted(self.documents.len(), "postmortem");
        let mut text = format!("# Questions for the review of {}\n\n{count}:\n\n", code(&self.folder));
        text.extend(self.documents.iter().map(|part| part.row.as_str()));
        if self.documents.len() > MAX_SHEETS {
            let _ = write!(text, "\nOnly the first {MAX_SHEETS} of them have a sheet here.\n");
        }
        for part in self.documents.iter().take(MAX_SHEETS) {
            let _ = write!(text, "\n---\n\n{}", part.sheet);
        }
        Some(text)
    }
}
