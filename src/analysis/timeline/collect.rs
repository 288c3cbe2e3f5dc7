//! Collects the rows of a document.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::analysis::guards::Guards;
use crate::analysis::sentences::Analysis;
use crate::analysis::timeline::row::{DateAbove, Holder, Row, RowReader, added_row};
use crate::document::{Attribution, Block, BlockKind, Cell, Section};
use crate::lexicon::Owner;
use crate::lexicon::questions::QuestionPattern;
use crate::model::{Role, SectionId, SentenceId, TimelineEvent};
use crate::report::RowReason;
use crate::text::datetime::begins_like_time;

/// The year of dates without one if the document has no date; a leap year.
pub(super) const ANY_YEAR: i16 = 2024;

/// Returns every row outside the remedies, with its section, in document order. A row that is a heading belongs to the
/// parent section.
pub(super) fn rows(analysis: &Analysis<'_>, parents: &[SectionId]) -> Vec<(SectionId, Row)> {
    let day: Option<Date> = analysis.document.date.as_deref().and_then(|date| date.parse().ok());
    let mut collector = Collector { analysis, parents, day, date_above: None, found: Vec::new(), seen: None };
    for sentence in analysis.ids() {
        collector.add(sentence);
    }
    collector.finish()
}

/// Returns the parent of each section; a top-level section is its own parent.
pub(super) fn parents(sections: &[Section]) -> Vec<SectionId> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(sections.len());
    for (at, section) in sections.iter().enumerate() {
        while open.last().is_some_and(|&last| sections[last].level >= section.level) {
            open.pop();
        }
        parents.push(SectionId::new(open.last().copied().unwrap_or(at)));
        open.push(at);
    }
    parents
}

struct Collector<'a, 'd> {
    analysis: &'a Analysis<'d>,
    parents: &'a [SectionId],
    /// The date of the document.
    day: Option<Date>,
    date_above: Option<DateAbove>,
    found: Vec<(SectionId, Row)>,
    /// The line and, in a table, the row of the last sentence.
    seen: Option<(usize, Option<(usize, usize)>)>,
}

impl Collector<'_, '_> {
    fn add(&mut self, sentence: SentenceId) {
        let analysis = self.analysis;
        let block = analysis.block(sentence);
        let line = analysis.text_line(sentence);
        let again = self.seen.replace((line, table_row(block))) == Some((line, table_row(block)));
        let skipped = block.role == Role::Actions
            || matches!(block.attribution, Attribution::Quoted | Attribution::Guidance | Attribution::Titles);
        if skipped {
            return;
        }
        if self.found.last().is_some_and(|(_, row)| self.continues(row, sentence)) {
            if let Some((_, row)) = self.found.last_mut() {
                row.events.extend(events(analysis, sentence));
                row.sentences.push(sentence);
            }
        } else if !again {
            self.open(sentence);
        }
    }

    /// True if a sentence is part of the row above.
    fn continues(&self, row: &Row, sentence: SentenceId) -> bool {
        let block = self.analysis.block(sentence);
        if let (Some(Holder::Table(table)), Some(cell)) = (row.holder, block.cell) {
            return table == cell.table && row.in_table == Some(cell.row);
        }
        let line = self.analysis.text_line(sentence);
        row.line == line || row.contains(block) || self.wraps(row, sentence)
    }

    /// True if a sentence is a later line of a list item. After a stop, a time opens a row of its own.
    fn wraps(&self, row: &Row, sentence: SentenceId) -> bool {
        let block = self.analysis.sentence(sentence).block;
        let is_item = row.block == Some(block) && self.analysis.block(sentence).kind == BlockKind::Item;
        let stops = || {
            let before = row.sentences.last().map_or("", |&last| self.analysis.prose(last));
            before.ends_with(['.', ':', ';', '!', '?', ')'])
        };
        let opens = || self.reader().line(self.analysis.text(sentence)).is_some();
        is_item && !(stops() && opens())
    }

    fn reader(&self) -> RowReader<'_> {
        RowReader {
            names: &self.analysis.lexicon.headings.dates,
            year: self.day.map_or(ANY_YEAR, Date::year),
            document_day: self.day,
            above: self.date_above.as_ref(),
        }
    }

    /// Reads the row that a sentence opens, if it opens one.
    fn open(&mut self, sentence: SentenceId) {
        let block = self.analysis.block(sentence);
        let left = self.date_above.as_ref().is_some_and(|date| !self.is_within(block.section, date.section));
        if left {
            self.date_above = None;
        }
        let text = self.row_text(block, sentence);
        if let Some(date) = self.reader().date_alone(&text, block.section) {
            self.date_above = Some(date);
            return;
        }
        if let Some(row) = self.read(block, sentence, &text) {
            let row = self.placed(sentence, row);
            self.found.push(row);
        }
    }

    fn read(&self, block: &Block, sentence: SentenceId, text: &str) -> Option<Row> {
        let document = self.analysis.document;
        let reader = self.reader();
        let in_timeline = block.role == Role::Timeline;
        let is_head = block.cell.is_some_and(|cell| cell.header);
        let line = self.source_line(block, sentence).unwrap_or(text);
        let added = in_timeline.then(|| added_row(text)).flatten();
        let read = added.or_else(|| reader.line(line)).or_else(|| reader.line(text));
        if !in_timeline || is_head {
            return read;
        }
        let is_listed = block.kind == BlockKind::Item && (document.is_page() || is_bullet(line));
        let is_part = block.cell.is_some() || is_listed;
        let unread = || Row { reason: Some(RowReason::NoTime), ..Row::default() };
        let is_entry = is_part || block.kind == BlockKind::Paragraph;
        let read = read.or_else(|| is_entry.then(|| reader.entry(text))?);
        read.or_else(|| (is_part || is_entry && begins_like_time(text)).then(unread))
    }

    /// Returns the line of the source in which a sentence begins; `None` in a page, and in a table in HTML, where rows may
    /// share a line.
    fn source_line(&self, block: &Block, sentence: SentenceId) -> Option<&str> {
        let document = self.analysis.document;
        if document.is_page() {
            return None;
        }
        let line = document.lines.of(&document.source.text, self.analysis.line(sentence));
        (block.cell.is_none() || line.trim_start().starts_with('|')).then_some(line)
    }

    /// Returns the words of the row that a sentence opens: up to the end of its line or, in a table, of its row, without
    /// the row's number.
    fn row_text(&self, block: &Block, sentence: SentenceId) -> String {
        let document = self.analysis.document;
        let Some(cell) = block.cell else {
            let start = self.analysis.sentence(sentence).span.start;
            return document.prose[start..].lines().next().unwrap_or_default().to_owned();
        };
        let first = self.analysis.sentence(sentence).block.index();
        let same = |other: &Cell| (other.table, other.row) == (cell.table, cell.row);
        let cells = document.blocks[first..].iter().take_while(|block| block.cell.as_ref().is_some_and(same));
        let words: Vec<&str> = cells.map(|block| block.span.of(&document.prose).trim()).collect();
        let is_number = |word: &&str| {
            let digits = word.trim_start_matches('#').trim_end_matches('.');
            digits.len() <= 3 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let skipped = usize::from(words.len() > 1 && words.first().is_some_and(is_number));
        words[skipped..].join(" | ")
    }

    /// Returns a row with its section and the events in its first sentence.
    fn placed(&self, sentence: SentenceId, row: Row) -> (SectionId, Row) {
        let block = self.analysis.block(sentence);
        let heading = (block.kind == BlockKind::Heading).then_some(block.section);
        let section = heading.map_or(block.section, |section| self.parents[section.index()]);
        let row = Row {
            line: self.analysis.text_line(sentence),
            events: events(self.analysis, sentence),
            heading,
            sentences: vec![sentence],
            block: Some(self.analysis.sentence(sentence).block),
            holder: Holder::of(block),
            in_table: block.cell.map(|cell| cell.row),
            ..row
        };
        (section, row)
    }

    fn is_within(&self, section: SectionId, outer: SectionId) -> bool {
        let parent = |&section: &SectionId| {
            let parent = self.parents[section.index()];
            (parent != section).then_some(parent)
        };
        std::iter::successors(Some(section), parent).any(|section| section == outer)
    }

    /// Returns the rows. Those without a time count only in a list or table that has rows with one.
    fn finish(self) -> Vec<(SectionId, Row)> {
        let has_time = |(_, row): &&(SectionId, Row)| row.reason != Some(RowReason::NoTime);
        let holders: BTreeSet<Holder> =
            self.found.iter().filter(has_time).filter_map(|(_, row)| row.holder).collect();
        let counts = |row: &Row| row.holder.is_none_or(|holder| holders.contains(&holder));
        let kept = self.found.iter().filter(|found| has_time(found) || counts(&found.1));
        kept.cloned().collect()
    }
}

fn table_row(block: &Block) -> Option<(usize, usize)> {
    block.cell.map(|cell| (cell.table, cell.row))
}

/// True if a line begins a list item.
fn is_bullet(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>', '|']);
    line.starts_with(['-', '*', '+']) || line.starts_with(|c: char| c.is_ascii_digit())
}

/// Returns the events that a sentence tells of.
pub fn events(analysis: &Analysis<'_>, sentence: SentenceId) -> Vec<TimelineEvent> {
    let (guards, unless) = (Guards::new(analysis, sentence), &analysis.lexicon.questions.moment_unless);
    let event = |hit| match analysis.owner(hit) {
        Owner::Question(QuestionPattern::TimelineEvent(event)) if !guards.silence(unless, hit) => {
            Some(*event)
        }
        _ => None,
    };
    analysis.matches(sentence).hits.iter().filter_map(event).collect()
}
