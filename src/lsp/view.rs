//! A document together with the analysis of its current text: what most requests are answered from.

use gen_lsp_types::{Range, Uri};

use crate::lexicon::kinds::RuleKind;
use crate::lsp::client::Client;
use crate::lsp::documents::Text;
use crate::lsp::generated_files::GeneratedFiles;
use crate::lsp::worker::Analysis;
use crate::lsp::workspace::{Judged, Outcome};
use crate::model::{Position, Span};
use crate::render::Options;
use crate::report::Finding;

/// A document and what was found out about it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    pub(crate) uri: &'a Uri,
    pub(crate) version: i32,
    pub(crate) text: &'a Text,
    pub(crate) analysis: &'a Analysis,
    pub(crate) client: &'a Client,
    pub(crate) files: &'a GeneratedFiles,
}

impl<'a> View<'a> {
    /// Returns what was found out, if the document was judged.
    pub(crate) fn judged(&self) -> Option<&'a Judged> {
        match &self.analysis.outcome {
            Outcome::Judged(judged) => Some(judged),
            Outcome::Skipped | Outcome::Failed(_) => None,
        }
    }

    /// Returns the span of the words between two positions of a report. Both count a byte order mark, as the text does.
    pub(crate) fn span(start: Position, end: Position) -> Span {
        Span::new(start.offset, end.offset)
    }

    /// Returns the range of a finding.
    pub(crate) fn range(&self, finding: &Finding) -> Range {
        self.text.range(Self::span(finding.start, finding.end))
    }

    /// Returns the findings that touch a span, the one about the fewest words first: what is nearest to the cursor, and
    /// not what silences the verdict, is to be offered first.
    pub(crate) fn findings(&self, at: Span) -> Vec<&'a Finding> {
        let span = |finding: &Finding| Self::span(finding.start, finding.end);
        let touches = |finding: &&Finding| span(finding).start <= at.end && at.start <= span(finding).end;
        let all = self.judged().into_iter().flat_map(|judged| &judged.report.findings);
        let mut found: Vec<&Finding> = all.filter(touches).collect();
        found.sort_by_key(|finding| (self.is_about_document(finding), span(finding).len()));
        found
    }

    /// True if a finding is about the document as a whole.
    pub(crate) fn is_about_document(&self, finding: &Finding) -> bool {
        matches!(self.kind(finding), Some(RuleKind::Document(_)))
    }

    /// Returns the kind of rule that a finding is of.
    pub(crate) fn kind(&self, finding: &Finding) -> Option<RuleKind> {
        self.analysis.project.settings.lexicon.rule(&finding.rule).map(|rule| rule.kind)
    }

    /// Returns the options of renderers for this document.
    pub(crate) fn options(&self) -> Options<'a> {
        Options { why: true, ..Options::default() }.with_lexicon(&self.analysis.project.settings.lexicon)
    }
}
