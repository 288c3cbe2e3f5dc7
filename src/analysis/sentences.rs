//! The sentences of a document, with their tokens, the patterns that match in them, and the kind of statement that each
//! makes.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::analysis::reading::Reading;
use crate::document::{Block, BlockKind, Document, Sentence};
use crate::lexicon::pattern::scan::Hit;
use crate::lexicon::{Frame, Lexicon, Owner, Scope};
use crate::model::{BlockId, Role, SentenceId, Span};
use crate::reader::Reader;
use crate::text::tokens::Tokens;

/// Maximum number of parts of a hyphenated word that are added to a match.
const MOST_JOINED: usize = 4;

/// A document whose sentences have been split into tokens and matched against the lexicon.
#[derive(Debug)]
pub struct Analysis<'d> {
    /// The document.
    pub document: &'d Document<'d>,
    /// The lexicon.
    pub lexicon: &'d Lexicon,
    /// One for each sentence of the document, in document order.
    pub sentences: Vec<SentenceMatches>,
    /// The reader's evidence; empty without a reader.
    pub reading: Reading,
    /// True if any part of the document is about causes or contributing factors.
    pub has_cause_section: bool,
    /// Guards that match anywhere in a block, by block.
    block_guards: BTreeSet<(BlockId, &'d str)>,
}

/// The tokens of a sentence, and the matches in it.
#[derive(Debug, Default)]
pub struct SentenceMatches {
    /// Its words and punctuation marks.
    pub tokens: Tokens,
    /// All matches, by position.
    pub hits: Vec<Hit>,
}

impl<'d> Analysis<'d> {
    /// Matches every sentence in the author's own words; the others have no matches.
    pub fn new(document: &'d Document<'d>, lexicon: &'d Lexicon) -> Self {
        let matches = |sentence| matches(document, lexicon, sentence);
        let sentences: Vec<SentenceMatches> = document.sentence_ids().map(matches).collect();
        let block_guards = block_guards(document, lexicon, &sentences);
        let causal = |block: &Block| matches!(block.role, Role::Cause | Role::ContributingFactors);
        let has_cause_section = document.blocks.iter().any(causal);
        Self { document, lexicon, sentences, reading: Reading::default(), has_cause_section, block_guards }
    }

    /// Adds the reader's evidence, if there is a reader.
    #[must_use]
    pub fn read_by(self, reader: Option<&Reader>) -> Self {
        let read = |reader| Reading::new(self.document, self.lexicon, reader);
        Self { reading: reader.map(read).unwrap_or_default(), ..self }
    }

    /// Returns the ids of all sentences, in document order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = SentenceId> + use<> {
        self.document.sentence_ids()
    }

    /// Returns the sentence `steps` places after another one, or before it if `steps` is negative; `None` if there is
    /// none.
    pub fn neighbour(&self, sentence: SentenceId, steps: isize) -> Option<SentenceId> {
        let index = sentence.index().checked_add_signed(steps)?;
        (index < self.sentences.len()).then(|| SentenceId::new(index))
    }

    /// Returns the sentence with this id.
    pub fn sentence(&self, sentence: SentenceId) -> &Sentence {
        &self.document[sentence]
    }

    /// Returns the tokens of a sentence and the matches in it.
    pub fn matches(&self, sentence: SentenceId) -> &SentenceMatches {
        &self.sentences[sentence.index()]
    }

    /// Returns the block that contains a sentence.
    pub fn block(&self, sentence: SentenceId) -> &Block {
        &self.document[self.sentence(sentence).block]
    }

    /// Returns the role of the section, label or row that contains a sentence.
    pub fn role(&self, sentence: SentenceId) -> Role {
        self.block(sentence).role
    }

    /// Returns what the pattern of a match belongs to.
    pub fn owner(&self, hit: &Hit) -> &Owner {
        &self.lexicon.owners[hit.pattern]
    }

    /// Returns the span of a match, extended to whole hyphenated words at either end.
    pub fn span(&self, sentence: SentenceId, hit: &Hit) -> Span {
        let tokens = &self.matches(sentence).tokens;
        let joined = |at: usize| {
            let (before, after) = (tokens.all[at - 1].span().end, tokens.all[at].span().start);
            after == before + 1 && self.document.prose.as_bytes()[before] == b'-'
        };
        let start = (1..=hit.start).rev().take(MOST_JOINED).find(|&at| !joined(at)).unwrap_or(hit.start);
        let end = (hit.end..tokens.all.len()).take(MOST_JOINED).find(|&at| !joined(at)).unwrap_or(hit.end);
        tokens.span(start..end)
    }

    /// Returns the rendered text of a sentence, with its code masked.
    pub fn prose(&self, sentence: SentenceId) -> &str {
        self.sentence(sentence).span.of(&self.document.prose)
    }

    /// Returns the source of a sentence, with its markup.
    pub fn text(&self, sentence: SentenceId) -> &str {
        self.document.source_of(self.sentence(sentence).span)
    }

    /// Returns what a report quotes for a sentence.
    pub fn quote(&self, sentence: SentenceId) -> Cow<'_, str> {
        self.document.quote(self.sentence(sentence).span)
    }

    /// Returns the line of a sentence's first byte, from 1.
    pub fn line(&self, sentence: SentenceId) -> usize {
        self.document.lines.line(self.sentence(sentence).span.start)
    }

    /// Returns the line of the rendered text in which a sentence begins, from 1.
    pub fn text_line(&self, sentence: SentenceId) -> usize {
        self.document.text_line(self.sentence(sentence).span.start)
    }

    /// Returns the matches of one frame in a sentence.
    pub fn frames(&self, sentence: SentenceId, frame: Frame) -> impl Iterator<Item = &Hit> {
        let of = move |hit: &&Hit| matches!(self.owner(hit), Owner::Frame(found) if *found == frame);
        self.matches(sentence).hits.iter().filter(of)
    }

    /// True if a frame matches in a sentence.
    pub fn has(&self, sentence: SentenceId, frame: Frame) -> bool {
        self.frames(sentence, frame).next().is_some()
    }

    /// True if a sentence is about the cause of the incident, by its section or its words.
    pub fn is_causal(&self, sentence: SentenceId) -> bool {
        let block = self.block(sentence);
        match block.role {
            Role::Cause | Role::ContributingFactors => true,
            Role::Actions | Role::Appendix | Role::Response | Role::WentWell => false,
            Role::Summary | Role::Trigger if block.kind != BlockKind::Heading => true,
            _ => self.has(sentence, Frame::Cause),
        }
    }

    /// True if a sentence is part of the document's conclusion: its section is about the cause (or, without such a
    /// section, about what went wrong), or its words conclude.
    pub fn is_concluding(&self, sentence: SentenceId) -> bool {
        match self.role(sentence) {
            Role::Cause => true,
            Role::WentWrong if !self.has_cause_section => true,
            Role::Timeline | Role::Appendix => false,
            _ => self.has(sentence, Frame::Conclusion),
        }
    }

    /// True if a sentence begins the title.
    pub fn is_title(&self, sentence: SentenceId) -> bool {
        self.document.title.is_some_and(|title| title.start == self.sentence(sentence).span.start)
    }

    /// True if a sentence is about what will be done.
    pub fn is_remedy(&self, sentence: SentenceId) -> bool {
        match self.role(sentence) {
            Role::Actions => true,
            Role::Lessons | Role::WentWrong | Role::Other | Role::Response | Role::Summary => {
                self.has(sentence, Frame::Remedy)
            }
            _ => false,
        }
    }

    /// True if one of these guards matches anywhere in a sentence.
    pub(super) fn has_guard(&self, sentence: SentenceId, unless: &[String]) -> bool {
        let excludes = |hit: &Hit| matches!(self.owner(hit), Owner::Guard(name) if unless.contains(name));
        self.matches(sentence).hits.iter().any(excludes)
    }

    /// True if a guard with block scope matches in the block of a sentence.
    pub(super) fn has_block_guard(&self, sentence: SentenceId, guard: &str) -> bool {
        self.block_guards.contains(&(self.sentence(sentence).block, guard))
    }
}

/// Returns the guards with block scope, by the blocks in which they match.
fn block_guards<'d>(
    document: &Document<'_>,
    lexicon: &'d Lexicon,
    sentences: &[SentenceMatches],
) -> BTreeSet<(BlockId, &'d str)> {
    let of_block = |hit: &Hit| match &lexicon.owners[hit.pattern] {
        Owner::Guard(name) if lexicon.guards.get(name) == Some(&Scope::Block) => Some(name.as_str()),
        _ => None,
    };
    let rows = document.sentences.iter().zip(sentences);
    rows.flat_map(|(place, read)| read.hits.iter().filter_map(of_block).map(|name| (place.block, name)))
        .collect()
}

fn matches(document: &Document<'_>, lexicon: &Lexicon, sentence: SentenceId) -> SentenceMatches {
    if !document.is_authors(sentence) {
        return SentenceMatches::default();
    }
    let span = document[sentence].span;
    let tokens = Tokens::cut(&document.prose, span, &lexicon.vocabulary);
    let hits = lexicon.scanner.scan(&tokens, &document.prose, span);
    SentenceMatches { tokens, hits }
}
