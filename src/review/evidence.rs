//! What each witness says about every sentence of a document, before it is weighed: what `training/weigh.py` fits
//! `lexicon/weighing.toml` to.

use serde::Serialize;

use crate::analysis::findings::{self, TextFinding};
use crate::analysis::reading;
use crate::analysis::sentences::Analysis;
use crate::document::plain_text::PlainText;
use crate::document::{BlockKind, Document};
use crate::lexicon::Frame;
use crate::model::{Position, SentenceId};
use crate::reader::{Evidence, WholeEvidence};
use crate::review::Witnesses;
use crate::source::Source;

/// The evidence about one document.
#[derive(Debug, Serialize)]
pub struct DocumentEvidence {
    /// The path as given.
    pub path: String,
    /// The points of the reader for the whole document; null without a reader.
    pub document: Option<WholeEvidence>,
    /// The evidence about its sentences.
    pub sentences: Vec<SentenceEvidence>,
}

/// The evidence about one sentence.
#[derive(Debug, Serialize)]
pub struct SentenceEvidence {
    /// Its first character.
    pub start: Position,
    /// One past its last character.
    pub end: Position,
    /// Its text without markup, as the reader sees it.
    pub text: String,
    /// The role of its section.
    pub role: String,
    /// The heading of its section without markup, as the reader sees it; empty if there is none.
    pub section: String,
    /// True for a heading.
    pub heading: bool,
    /// True if the lexicon takes it as a statement about the cause.
    pub causal: bool,
    /// True if the lexicon sees a condition in it.
    pub condition: bool,
    /// The findings of the lexicon.
    pub lexicon: Vec<LexiconFinding>,
    /// The points of the reader; null without a reader.
    pub reader: Option<Evidence>,
}

/// A finding of the lexicon alone.
#[derive(Debug, Serialize)]
pub struct LexiconFinding {
    /// Rule id.
    pub rule: String,
    /// True if it is given as the cause.
    pub cause: bool,
    /// True if the text goes on to the conditions behind it.
    pub deepened: bool,
}

/// Returns the evidence about a document, and about every sentence that is in the author's own words, in document order.
pub fn of_document(source: &Source, witnesses: Witnesses<'_>) -> DocumentEvidence {
    let document = Document::parse(source, &witnesses.lexicon.headings);
    let analysis = Analysis::new(&document, witnesses.lexicon);
    let of_lexicon = findings::judge(&analysis);
    let analysis = analysis.read_by(witnesses.reader);
    let headings = reading::headings(&document);
    let read = analysis.ids().filter(|&sentence| document.is_authors(sentence));
    let sentences = read.map(|sentence| evidence(&analysis, &headings, &of_lexicon, sentence)).collect();
    DocumentEvidence {
        path: source.path.clone(),
        document: witnesses.reader.map(|_| analysis.reading.of_document().clone()),
        sentences,
    }
}

fn evidence(
    analysis: &Analysis<'_>,
    headings: &[String],
    found: &[TextFinding],
    sentence: SentenceId,
) -> SentenceEvidence {
    let document = analysis.document;
    let span = analysis.sentence(sentence).span;
    let place = document.source_span(span);
    let position = |offset| document.lines.position(&document.source.text, offset);
    let finding = |found: &TextFinding| LexiconFinding {
        rule: analysis.lexicon.rules[found.rule].id.clone(),
        cause: found.cause,
        deepened: found.deepened,
    };
    SentenceEvidence {
        start: position(place.start),
        end: position(place.end),
        text: PlainText::new(document, span).text,
        role: analysis.role(sentence).id().to_owned(),
        section: headings[analysis.block(sentence).section.index()].clone(),
        heading: analysis.block(sentence).kind == BlockKind::Heading,
        causal: analysis.is_causal(sentence),
        condition: analysis.has(sentence, Frame::Condition),
        lexicon: findings::of_sentence(found, sentence).iter().map(finding).collect(),
        reader: analysis.reading.sentence(sentence).map(|read| read.points.clone()),
    }
}
