//! What to do about a verdict: the most valuable questions, each with the line that it is about.

use std::collections::BTreeSet;

use crate::render::wording::said;
use crate::render::wrap::NO_BREAK;
use crate::render::{Options, QUESTIONS_SHOWN, wrap};
use crate::report::{DocumentReport, Question};

/// Returns the questions to ask; empty if there are none.
pub(super) fn questions(report: &DocumentReport, options: &Options<'_>) -> String {
    let mut seen = BTreeSet::new();
    let asked = report.questions.iter().filter(|question| seen.insert(question.text.as_str()));
    let row = |(at, question): (usize, &Question)| {
        let text = said(&question.text) + &place(question, report);
        wrap::hanging(&format!("  {}. ", at + 1), &text, options.width) + "\n"
    };
    let rows: String = asked.take(QUESTIONS_SHOWN).enumerate().map(row).collect();
    if rows.is_empty() { rows } else { format!("Questions to ask:\n{rows}{}", further(report)) }
}

/// Returns the line of the finding that a question is about, in brackets.
fn place(question: &Question, report: &DocumentReport) -> String {
    let found = report.finding_of(question);
    found.map_or_else(String::new, |finding| format!(" (line{NO_BREAK}{})", finding.start.line))
}

fn further(report: &DocumentReport) -> String {
    match report.questions.len().saturating_sub(QUESTIONS_SHOWN) {
        0 => String::new(),
        more => format!("  and {more} more in `rcalint questions`\n"),
    }
}
