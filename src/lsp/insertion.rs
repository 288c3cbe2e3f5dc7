//! Texts to insert about a finding: the shape to try, and its questions.

use crate::lsp::view::View;
use crate::model::Span;
use crate::report::Finding;

/// A text to insert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Insertion {
    /// The byte before which it is inserted.
    pub(crate) at: usize,
    pub(crate) text: String,
    /// What is to be selected afterwards, as bytes of the inserted text.
    pub(crate) selected: Option<Span>,
}

/// Returns the shape to try, after the sentence of a finding. Its first gap is selected.
pub(crate) fn shape(view: &View<'_>, finding: &Finding) -> Option<Insertion> {
    let text = format!(" {}.", finding.shape.as_deref()?.trim_end_matches('.'));
    let gap = text.find('[').zip(text.find(']')).map(|(start, end)| Span::new(start, end + 1));
    Some(Insertion { at: after_sentence(view, finding), selected: gap, text })
}

/// Returns the questions of a finding in a comment, after its sentence.
pub(crate) fn comment(view: &View<'_>, finding: &Finding) -> Option<Insertion> {
    let questions = finding.questions.join(" ");
    // Two hyphens could end the comment.
    let questions = questions.replace("--", "\u{2013}");
    let text = format!(" <!-- {questions} -->");
    (!finding.questions.is_empty()).then(|| Insertion {
        at: after_sentence(view, finding),
        text,
        selected: None,
    })
}

/// Returns a question as a task at the end of the section of a finding.
pub(crate) fn task(view: &View<'_>, finding: &Finding, question: &str) -> Insertion {
    let content = &view.text.content;
    let headings = view.judged().map_or(&[][..], |judged| &judged.outline.headings);
    let next = headings.iter().map(|heading| line_start(content, heading.span.start));
    let end = next.filter(|start| *start > finding.start.offset).min().unwrap_or(content.len());
    let at = content[..end].trim_end().len();
    Insertion { at, text: format!("\n\n- [ ] {question}"), selected: None }
}

/// Returns the end of the sentence of a finding; of its line, if the sentence is not found there.
fn after_sentence(view: &View<'_>, finding: &Finding) -> usize {
    let content = &view.text.content;
    let (start, end) = (finding.start.offset, finding.end.offset);
    let lead = finding.sentence.find(&finding.quote).filter(|lead| *lead <= start);
    let sentence = lead.map(|lead| Span::new(start - lead, start - lead + finding.sentence.len()));
    let sentence = sentence
        .filter(|span| content.get(span.start..span.end).is_some_and(|text| text == finding.sentence));
    sentence.map_or(end, |span| span.end)
}

fn line_start(content: &str, offset: usize) -> usize {
    content[..offset].rfind('\n').map_or(0, |at| at + 1)
}
