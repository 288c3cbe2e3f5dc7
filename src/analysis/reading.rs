//! The reader's evidence about each sentence of a document.

use std::ops::Range;

use crate::document::{Attribution, Document};
use crate::lexicon::{Lexicon, Tier};
use crate::model::{CODE, SentenceId, Span};
use crate::reader::{Evidence, Reader, SentenceInContext};

/// The reader's evidence, by sentence. Without a reader, there is none.
#[derive(Debug, Default)]
pub struct Reading {
    /// The evidence for each sentence of the document; `None` for words that are not the author's.
    evidence: Vec<Option<SentenceEvidence>>,
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

/// The reader's evidence about one sentence, in points: ten are one unit of log-odds.
#[derive(Debug)]
pub struct SentenceEvidence {
    /// As the reader returns it.
    pub points: Evidence,
    /// The words that weigh most for a finding.
    pub words: Option<Span>,
}

impl Reading {
    /// Reads every sentence in the author's own words.
    pub fn new(document: &Document<'_>, lexicon: &Lexicon, reader: &Reader) -> Self {
        let ids: Vec<SentenceId> = document.sentence_ids().filter(|&id| is_read(document, id)).collect();
        let texts: Vec<PlainText> =
            ids.iter().map(|&id| PlainText::new(document, document[id].span)).collect();
        let places: Vec<Place> = ids.iter().map(|&id| Place::new(document, id)).collect();
        let rows: Vec<SentenceInContext<'_>> = texts
            .iter()
            .zip(&places)
            .map(|(text, place)| SentenceInContext {
                text: &text.text,
                role: place.role,
                heading: &place.heading,
            })
            .collect();
        let mut evidence: Vec<Option<SentenceEvidence>> = document.sentences.iter().map(|_| None).collect();
        for ((id, points), text) in ids.iter().zip(reader.read(&rows)).zip(&texts) {
            let words = points.words.clone().and_then(|words| text.span(whole_words(&text.text, words)));
            evidence[id.index()] = Some(SentenceEvidence { points, words });
        }
        let names = reader.names();
        let output = |names: &[String], id: &str| names.iter().position(|name| name == id);
        Self {
            evidence,
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
    pub fn sentence(&self, sentence: SentenceId) -> Option<&SentenceEvidence> {
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
}

impl Reading {
    /// Returns, for each kind of claim, the points by which it exceeds every other kind and none.
    pub fn heads(&self, sentence: SentenceId) -> Vec<(Head, i32)> {
        let all = |read: &SentenceEvidence| margins(&read.points.heads, &self.heads, &Head::ALL);
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
        let all = |read: &SentenceEvidence| margins(&read.points.tiers, &self.tiers, &TIERS);
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

/// True if a sentence is in the author's own words.
fn is_read(document: &Document<'_>, sentence: SentenceId) -> bool {
    document[document[sentence].block].attribution == Attribution::Author
}

/// Returns the range extended to whole words at either end; a hyphenated word is one.
fn whole_words(text: &str, words: Range<usize>) -> Range<usize> {
    let in_word = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '\'' | '\u{2019}');
    let before = text[..words.start].trim_end_matches(in_word).len();
    let after = text.len() - text[words.end..].trim_start_matches(in_word).len();
    before..after
}

/// The section that contains a sentence.
struct Place {
    role: &'static str,
    heading: String,
}

impl Place {
    fn new(document: &Document<'_>, sentence: SentenceId) -> Self {
        let block = &document[document[sentence].block];
        let heading = document[block.section].heading;
        let heading = heading.map_or_else(String::new, |span| PlainText::new(document, span).text);
        Self { role: block.role.id(), heading }
    }
}

/// A passage as its readers see it: without markup, with its code, on one line.
struct PlainText {
    text: String,
    /// The offset in the source of each byte of the text, and of its end.
    offsets: Vec<usize>,
}

impl PlainText {
    fn new(document: &Document<'_>, span: Span) -> Self {
        let mut plain = Self { text: String::new(), offsets: Vec::new() };
        for (at, shown) in span.of(&document.prose).char_indices() {
            let at = span.start + at;
            match shown {
                _ if shown == char::from(CODE) => plain.add_code(&document.source.text, at),
                _ if shown.is_whitespace() => plain.add_space(at),
                _ => plain.add(shown, at),
            }
        }
        plain.offsets.push(span.end);
        plain
    }

    fn add(&mut self, shown: char, at: usize) {
        self.text.push(shown);
        self.offsets.extend(std::iter::repeat_n(at, shown.len_utf8()));
    }

    /// Adds a space, unless there is one already.
    fn add_space(&mut self, at: usize) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.add(' ', at);
        }
    }

    /// Adds the character of the source at a byte of inline code. A byte within a character adds nothing.
    fn add_code(&mut self, source: &str, at: usize) {
        match source.get(at..).and_then(|rest| rest.chars().next()) {
            Some(shown) if shown.is_whitespace() => self.add_space(at),
            Some(shown) => self.add(shown, at),
            None => {}
        }
    }

    /// Returns the span in the source of some bytes of the text.
    fn span(&self, bytes: Range<usize>) -> Option<Span> {
        let start = *self.offsets.get(bytes.start)?;
        let last = *self.offsets.get(bytes.end.checked_sub(1)?)?;
        let end = self.offsets[bytes.end..].iter().copied().find(|&offset| offset > last);
        Some(Span::new(start, end?))
    }
}
