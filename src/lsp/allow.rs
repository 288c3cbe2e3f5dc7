//! Where a comment that allows a finding belongs.

use crate::document::{BlockKind, Document};
use crate::lexicon::headings::Headings;
use crate::lsp::insertion::Insertion;
use crate::lsp::view::View;
use crate::model::Span;
use crate::report::Finding;
use crate::source::Source;

/// Returns the comment that allows a finding, without its reason. A finding about the document is allowed for all of it.
///
/// A comment has several possible places, and what it applies to depends on the text around it. So the edited text is
/// parsed, and the first place counts where the comment reaches the finding and leaves the text as it is.
pub(crate) fn comment(view: &View<'_>, finding: &Finding) -> Option<Insertion> {
    let lexicon = &view.analysis.project.settings.lexicon;
    let rule = lexicon.rule(&finding.rule)?;
    let is_about_document = view.is_about_document(finding);
    let command = if is_about_document { "rcalint-allow-file" } else { "rcalint-allow" };
    let before = format!("<!-- {command}: {} -- ", rule.id);
    let source = Source::new(view.analysis.project.name(&view.analysis.path), &view.text.content);
    let document = Document::parse(&source, &lexicon.headings);
    let finding = finding.start.offset - source.shift;
    let mut places = places(&document, finding).into_iter();
    let mut found = places.find_map(|(at, lead, tail)| {
        let text = format!("{lead}{before} -->{tail}");
        let reaches = reaches(&document, &lexicon.headings, (at, &text), finding, is_about_document);
        let reason = lead.len() + before.len();
        reaches.then(|| Insertion { at, selected: Some(Span::new(reason, reason)), text })
    })?;
    found.at += source.shift;
    Some(found)
}

/// Returns the places for a comment about a finding, the best first, each with the text before and after it: on a line
/// above its block, or after its sentence.
fn places(document: &Document<'_>, finding: usize) -> Vec<(usize, &'static str, &'static str)> {
    let text = &document.source.text;
    let line = text[..finding].rfind('\n').map_or(0, |at| at + 1);
    let block = document.blocks.iter().find(|block| block.span.start <= finding && finding < block.span.end);
    let above = block.filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading));
    let above = above.map(|block| text[..block.span.start].rfind('\n').map_or(0, |at| at + 1));
    let ends = document.sentences.iter().map(|sentence| document.source_span(sentence.span));
    let sentence = ends.filter(|span| span.start <= finding && finding < span.end).map(|span| span.end);
    let end = text[line..].find('\n').map_or(text.len(), |at| line + at);
    let end = line + text[line..end].trim_end().len();
    let above = above.into_iter().map(|at| (at, "", "\n"));
    above.chain(sentence.take(1).chain([end]).map(|at| (at, " ", ""))).collect()
}

/// True if a comment that is inserted into a document reaches a finding and changes nothing else.
fn reaches(
    document: &Document<'_>,
    headings: &Headings,
    (at, inserted): (usize, &str),
    finding: usize,
    in_all: bool,
) -> bool {
    let mut text = document.source.text.clone();
    text.insert_str(at, inserted);
    let source = Source::new(document.source.path.clone(), &text);
    let edited = Document::parse(&source, headings);
    let finding = if finding < at { finding } else { finding + inserted.len() };
    let is_new = |span: Span| at <= span.start && span.start < at + inserted.len();
    let comment = edited.comments.iter().find(|comment| is_new(comment.span));
    let reaches = |scope: Span| scope.start <= finding && finding < scope.end;
    comment.is_some_and(|comment| comment.is_read && (in_all || comment.scope.is_some_and(reaches)))
        && edited.sentences.len() == document.sentences.len()
        && edited.blocks.len() == document.blocks.len()
}
