//! The reader's evidence about each sentence of a document.

use std::ops::Range;

use crate::document::Document;
use crate::document::plain_text::PlainText;
use crate::lexicon::Lexicon;
use crate::model::{SentenceId, Span, Tier};
use crate::reader::{Evidence, Reader, SentenceInContext, WholeEvidence};
use crate::report::VerdictQuestion;

/// Maximum length in bytes of the heading that the reader sees beside a sentence.
const LONGEST_HEADING: usize = 256;

/// The reader's evidence, by sentence. Without a reader, there is none.
#[derive(Debug, Default)]
pub struct Reading {
    /// The evidence for each sentence of the document; `None` for words that are not the author's.
    evidence: Vec<Option<SentenceReading>>,
    /// The evidence about the whole document.
    document: WholeEvidence,
    /// The reader's output for each of [`QUESTIONS`].
    questions: Vec<Option<usize>>,
    /// The reader's output for each rule of the lexicon.
    rules: Vec<Option<usize>>,
    /// The reader's output for each bucket of the lexicon.
    buckets: Vec<Option<usize>>,
    /// The reader's output for each of [`Head::ALL`].
    heads: Vec<Option<usize>>,
    /// The reader's output for each of [`TIERS`].
    tiers: Vec<Option<usize>>,
}

/// What a sentence gives as (part of) the explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Head {
    /// A person's act.
    Act,
    /// An act left undone.
    Omission,
    /// What a person is or lacks.
    PersonalTrait,
    /// Why an act was possible or likely, or a state of the organisation's own.
    Condition,
    /// What happened after the act.
    Propagation,
    /// Somebody else's system, or an outside event.
    External,
    /// A cause that was considered and rejected.
    RuledOut,
}

impl Head {
    /// All kinds, each with its name in the file of weights.
    const ALL: [(Self, &str); 7] = [
        (Self::Act, "act"),
        (Self::Omission, "omission"),
        (Self::PersonalTrait, "trait"),
        (Self::Condition, "condition"),
        (Self::Propagation, "propagation"),
        (Self::External, "external"),
        (Self::RuledOut, "ruled-out"),
    ];
}

/// The tiers of remedies, each with its name in the file of weights.
const TIERS: [(Tier, &str); 3] =
    [(Tier::Weaker, "weaker"), (Tier::Intermediate, "intermediate"), (Tier::Stronger, "stronger")];

/// The questions about the whole document, each with its name in the file of weights.
const QUESTIONS: [(VerdictQuestion, &str); 3] = [
    (VerdictQuestion::Stated, "stated"),
    (VerdictQuestion::Person, "person"),
    (VerdictQuestion::Examined, "examined"),
];

/// The reader's evidence about one sentence, in points: ten are one unit of log-odds.
#[derive(Debug)]
pub struct SentenceReading {
    /// As the reader returns it.
    pub points: Evidence,
    /// The words that weigh most for a finding.
    pub words: Option<Span>,
}

impl Reading {
    /// Reads every sentence in the author's own words.
    pub fn new(document: &Document<'_>, lexicon: &Lexicon, reader: &Reader) -> Self {
        let (evidence, of_document) = read(document, reader);
        let names = reader.names();
        let output = |names: &[String], id: &str| names.iter().position(|name| name == id);
        Self {
            evidence,
            document: of_document,
            questions: QUESTIONS.iter().map(|(_, name)| output(&names.questions, name)).collect(),
            rules: lexicon.rules.iter().map(|rule| output(&names.rules, &rule.id)).collect(),
            buckets: lexicon.buckets.iter().map(|bucket| output(&names.buckets, &bucket.id)).collect(),
            heads: Head::ALL.iter().map(|(_, name)| output(&names.heads, name)).collect(),
            tiers: TIERS.iter().map(|(_, name)| output(&names.tiers, name)).collect(),
        }
    }

    /// True if there is a reader.
    pub const fn is_on(&self) -> bool {
        !self.evidence.is_empty()
    }

    /// Returns the evidence about a sentence, if it was read.
    pub fn sentence(&self, sentence: SentenceId) -> Option<&SentenceReading> {
        self.evidence.get(sentence.index())?.as_ref()
    }

    /// Returns the points for a finding of a rule, by its index in the lexicon. `None` if the reader does not know it.
    pub fn rule(&self, sentence: SentenceId, rule: usize) -> Option<i32> {
        let output = *self.rules.get(rule)?;
        Some(self.sentence(sentence)?.points.rules[output?])
    }

    /// Returns the points for a factor of a bucket, by its index in the lexicon. `None` if the reader does not know it.
    pub fn bucket(&self, sentence: SentenceId, bucket: usize) -> Option<i32> {
        let output = *self.buckets.get(bucket)?;
        Some(self.sentence(sentence)?.points.buckets[output?])
    }

    /// Returns the evidence about the whole document, as the reader returns it.
    pub const fn of_document(&self) -> &WholeEvidence {
        &self.document
    }

    /// Returns the points for an answer of yes about the whole document. `None` if the reader does not know the question.
    pub fn document(&self, question: VerdictQuestion) -> Option<i32> {
        let of_question = QUESTIONS.iter().zip(&self.questions).find(|((asked, _), _)| *asked == question);
        self.document.questions.get((*of_question?.1)?).copied()
    }

    /// Returns the points for a bucket that is examined anywhere in the document, by the bucket's index in the lexicon.
    /// `None` if the reader does not know it.
    pub fn document_bucket(&self, bucket: usize) -> Option<i32> {
        let output = *self.buckets.get(bucket)?;
        self.document.buckets.get(output?).copied()
    }

    /// Returns, for each kind of claim, the points by which it exceeds every other kind and none.
    pub fn heads(&self, sentence: SentenceId) -> Vec<(Head, i32)> {
        let all = |read: &SentenceReading| margins(&read.points.heads, &self.heads, &Head::ALL);
        self.sentence(sentence).map(all).unwrap_or_default()
    }

    /// Returns the points by which a claim of the likeliest kind exceeds none; `None` if the sentence was not read.
    pub fn any_head(&self, sentence: SentenceId) -> Option<i32> {
        // The first output stands for a sentence that claims nothing.
        let (nothing, heads) = self.sentence(sentence)?.points.heads.split_first()?;
        Some(heads.iter().max()?.saturating_sub(*nothing))
    }

    /// Returns the points by which a sentence is most clearly about a person's act, as a finding or a claim. Without a
    /// reader, all are alike.
    pub fn person(&self, sentence: SentenceId) -> i32 {
        let person =
            |(head, _): &(Head, i32)| matches!(head, Head::Act | Head::Omission | Head::PersonalTrait);
        let claims = self.heads(sentence).into_iter().filter(person).map(|(_, points)| points);
        let finding = self.sentence(sentence).map(|read| read.points.finding);
        claims.chain(finding).max().unwrap_or_default()
    }

    /// Returns, for each tier, the points by which it exceeds every other tier and none.
    pub fn tiers(&self, sentence: SentenceId) -> Vec<(Tier, i32)> {
        let all = |read: &SentenceReading| margins(&read.points.tiers, &self.tiers, &TIERS);
        self.sentence(sentence).map(all).unwrap_or_default()
    }
}

/// Returns the points by which each output exceeds the largest other one.
fn margins<T: Copy>(points: &[i32], outputs: &[Option<usize>], names: &[(T, &str)]) -> Vec<(T, i32)> {
    let margin = |output: usize| {
        let others =
            points.iter().enumerate().filter(|(other, _)| *other != output).map(|(_, points)| *points);
        points[output].saturating_sub(others.max().unwrap_or(0))
    };
    let known = names.iter().zip(outputs).filter_map(|((name, _), output)| Some((*name, (*output)?)));
    known.map(|(name, output)| (name, margin(output))).collect()
}

/// Returns how likely something is at these points, in hundredths: 50 at 0 points, 100 from 25 points on.
pub fn likelihood(points: i32) -> i32 {
    points.saturating_mul(2).saturating_add(50).clamp(0, 100)
}

/// Returns the heading of each section, cut to what the reader can use; empty if there is none. A heading may be as long
/// as the document, and all sentences of its section share it.
pub fn headings(document: &Document<'_>) -> Vec<String> {
    let text = |heading: Span| {
        let end = document.prose.floor_char_boundary(heading.end.min(heading.start + LONGEST_HEADING));
        PlainText::new(document, Span::new(heading.start, end)).text
    };
    document.sections.iter().map(|section| section.heading.map(text).unwrap_or_default()).collect()
}

/// Returns the evidence for each sentence, and about the whole document.
fn read(document: &Document<'_>, reader: &Reader) -> (Vec<Option<SentenceReading>>, WholeEvidence) {
    let ids: Vec<SentenceId> = document.sentence_ids().filter(|&id| document.is_authors(id)).collect();
    let texts: Vec<PlainText> = ids.iter().map(|&id| PlainText::new(document, document[id].span)).collect();
    let headings = headings(document);
    let rows = ids.iter().zip(&texts).map(|(&id, text)| in_context(document, &headings, id, &text.text));
    let rows: Vec<SentenceInContext<'_>> = rows.collect();
    let (read, of_document) = reader.read(&rows);
    let mut evidence: Vec<Option<SentenceReading>> = document.sentences.iter().map(|_| None).collect();
    for ((id, points), text) in ids.iter().zip(read).zip(&texts) {
        let words = points.words.clone().and_then(|words| text.span(whole_words(&text.text, words)));
        evidence[id.index()] = Some(SentenceReading { points, words });
    }
    (evidence, of_document)
}

fn in_context<'t>(
    document: &Document<'_>,
    headings: &'t [String],
    sentence: SentenceId,
    text: &'t str,
) -> SentenceInContext<'t> {
    let block = &document[document[sentence].block];
    SentenceInContext { text, role: block.role.id(), heading: &headings[block.section.index()] }
}

/// Returns the range extended to whole words at either end; a hyphenated word is one.
fn whole_words(text: &str, words: Range<usize>) -> Range<usize> {
    let in_word = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '\'' | '\u{2019}');
    let before = text[..words.start].trim_end_matches(in_word).len();
    let after = text.len() - text[words.end..].trim_start_matches(in_word).len();
    before..after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_long_heading_is_cut_once_for_its_section() {
        let text = format!("# {}\n\nIt broke. It broke again.\n", "é".repeat(10_000));
        let source = Source::new("a.md", &text);
        let document = Document::parse(&source, &Lexicon::embedded().headings);
        let headings = headings(&document);
        assert_eq!(headings.len(), document.sections.len());
        let longest = headings.iter().map(String::len).max().unwrap();
        assert!((LONGEST_HEADING - 2..=LONGEST_HEADING).contains(&longest), "{longest}");
    }

    #[test]
    fn words_are_extended_to_whole_words() {
        let whole = |text: &'static str, words| &text[whole_words(text, words)];
        assert_eq!(whole("signs IO-MAN-14 today", 6..8), "IO-MAN-14");
        assert_eq!(whole("he didn't look", 4..6), "didn't");
        assert_eq!(whole("déjà vu", 3..3), "déjà");
    }
}
