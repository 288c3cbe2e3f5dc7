//! Forms that are not filled in: which of their words are guidance for whoever fills them in.

use crate::document::parsed_markdown::ParsedMarkdown;
use crate::document::{Attribution, Block, BlockKind, Sentence};
use crate::lexicon::headings::Headings;
use crate::lexicon::headings::forms::Forms;
use crate::model::Role;

/// Minimum number of empty fields in a form.
const FEWEST: usize = 3;
/// Minimum number of empty fields in a form with a date, which may be that of the form.
const FEWEST_WITH_DATE: usize = 5;

/// Minimum number of words with which a block outside the sections about the cause may state one.
const FEWEST_WORDS: usize = 8;
/// Characters that separate the fields of a line.
const FIELD_MARKS: [char; 3] = ['\n', '|', '\u{b7}'];

/// The parts of a document that are looked at.
pub(super) struct Form<'d> {
    pub(super) source: &'d str,
    pub(super) parsed: &'d ParsedMarkdown,
    pub(super) sentences: &'d [Sentence],
    pub(super) headings: &'d Headings,
}

impl Form<'_> {
    /// Sets the attribution of the guidance in a form. A document with a date is a form only if a good part of its
    /// fields is empty. If nothing is left that could state a cause, nothing has been filled in.
    pub(super) fn mark(&self, blocks: &mut [Block], is_dated: bool) {
        let empty: usize = (0..blocks.len()).map(|at| self.empty_fields(blocks, at)).sum();
        let fewest = if is_dated { FEWEST_WITH_DATE.max(blocks.len() / 4) } else { FEWEST };
        if empty < fewest {
            return;
        }
        self.mark_guidance(blocks);
        if !blocks.iter().any(|block| self.may_state_a_cause(block)) {
            for block in blocks.iter_mut().filter(|block| block.attribution == Attribution::Author) {
                block.attribution = Attribution::Guidance;
            }
        }
    }

    fn mark_guidance(&self, blocks: &mut [Block]) {
        let mut in_list = false;
        for block in blocks {
            let continues = in_list && block.kind == BlockKind::Item;
            let is_authors = block.attribution == Attribution::Author && block.kind != BlockKind::Heading;
            if is_authors && (continues || self.is_guidance(block)) {
                block.attribution = Attribution::Guidance;
            }
            in_list = continues || block.attribution == Attribution::Guidance && self.introduces(block);
        }
    }

    /// True for words of the author's in a section that may give the cause.
    fn may_state_a_cause(&self, block: &Block) -> bool {
        let is_name = block.kind == BlockKind::Heading
            || block.cell.is_some_and(|cell| cell.header || cell.column == 0);
        let words = block.span.of(self.prose()).split_whitespace().count();
        let fewest = match block.role {
            Role::Summary | Role::Trigger | Role::Cause | Role::ContributingFactors | Role::WentWrong => 2,
            Role::Other => FEWEST_WORDS,
            _ => return false,
        };
        block.attribution == Attribution::Author && !is_name && words >= fewest
    }

    /// Returns the number of fields of a block that are still empty.
    fn empty_fields(&self, blocks: &[Block], at: usize) -> usize {
        let block = &blocks[at];
        let introduces_list = blocks.get(at + 1).is_some_and(|next| next.depth > block.depth);
        let is_label = block.kind == BlockKind::Item && !introduces_list && self.introduces(block);
        if block.attribution == Attribution::Guidance || is_label {
            return 1;
        }
        let fields = self.source_of(block).split(FIELD_MARKS);
        fields.filter(|field| self.forms().has_empty_field(field)).count()
    }

    /// True if a block ends with a colon, and nothing else follows on its line.
    fn introduces(&self, block: &Block) -> bool {
        let rest = self.prose()[block.span.start..].get(block.span.len()..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default().trim();
        line == ":" || line.is_empty() && block.span.of(self.prose()).ends_with(':')
    }

    fn has_empty_field(&self, block: &Block) -> bool {
        self.forms().has_empty_field(self.source_of(block))
    }

    /// True if a block is guidance in a form. An action may sound like an instruction.
    fn is_guidance(&self, block: &Block) -> bool {
        let sentences = &self.sentences[block.sentences.clone()];
        let mut texts = sentences.iter().map(|sentence| sentence.span.of(self.prose()));
        let is_aside =
            block.span.of(self.prose()).starts_with('(') && block.span.of(self.prose()).ends_with(')');
        let tells = if block.role == Role::Actions {
            texts.any(|text| self.forms().addresses_the_reader(text))
        } else {
            texts.next().is_some_and(|first| self.forms().tells_what_to_write(first))
                || texts.any(|text| self.forms().instructs(text))
        };
        is_aside || tells || self.has_empty_field(block)
    }

    fn prose(&self) -> &str {
        &self.parsed.prose
    }

    /// Returns the source of a block, with its markup.
    fn source_of(&self, block: &Block) -> &str {
        self.parsed.source_map.source(block.span).of(self.source)
    }

    fn forms(&self) -> &Forms {
        &self.headings.forms
    }
}
