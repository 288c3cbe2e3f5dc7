//! Determines whose words a block contains: the author's, somebody else's, a template's, or a log's.

use std::borrow::Cow;

use crate::document::labels::lines;
use crate::document::parsed_markdown::{ParsedMarkdown, RawBlock, RawBlockKind};
use crate::document::{Attribution, Sentence};
use crate::lexicon::headings::Headings;
use crate::model::{Role, Span};

/// Maximum number of words in a line that names the source of a quotation.
const LONGEST_SOURCE: usize = 6;
/// Maximum number of words in a template variable, braces included.
const LONGEST_VARIABLE: usize = 6;
/// Minimum number of options in a choice.
const FEWEST_OPTIONS: usize = 3;
/// Maximum number of words in an option.
const LONGEST_OPTION: usize = 3;
/// Maximum length in bytes of the speaker's name at the start of a line.
const LONGEST_SPEAKER: usize = 60;
/// Maximum number of words in that name.
const MOST_NAMES: usize = 2;
/// Maximum length in bytes of the markers and names before a line's prose.
const LONGEST_MARK: usize = 120;
/// Number of bytes before a quotation in which an introduction is looked for.
const INTRODUCTION: usize = 160;
/// Sections about what happened. An item there that begins with "describe the" is guidance, not an action.
const ACCOUNTS: [Role; 6] =
    [Role::Summary, Role::Impact, Role::Trigger, Role::Detection, Role::Cause, Role::ContributingFactors];
/// Opening marks of quotations.
const OPENING: [char; 6] = ['"', '\u{201c}', '\u{201e}', '\u{ab}', '\u{2018}', '\u{2039}'];
/// Closing marks of quotations.
const CLOSING: [char; 5] = ['"', '\u{201d}', '\u{bb}', '\u{2019}', '\u{203a}'];
/// An unticked box in a form.
const EMPTY_BOX: char = '\u{2610}';
/// Ticked boxes in a form.
const TICKS: [char; 4] = ['\u{2611}', '\u{2612}', '\u{2713}', '\u{2714}'];

/// Returns the attribution of each outermost block quote.
pub(super) fn quotes(parsed: &ParsedMarkdown, source: &str, headings: &Headings) -> Vec<Attribution> {
    let mut attributions = vec![Attribution::Author; parsed.callouts.len()];
    let mut before = None;
    for blocks in parsed.raw_blocks.chunk_by(|a, b| a.quote == b.quote) {
        if let Some(quote) = blocks[0].quote.filter(|&quote| !parsed.callouts[quote]) {
            let quote_reader = Quote { parsed, source, headings, blocks, before };
            attributions[quote] = quote_reader.attribution();
        }
        before = blocks.last().map(|raw| raw.span);
    }
    attributions
}

/// True if a block is a template's guidance. `text` is the block without its label; `sentences` are its sentences.
pub(super) fn is_guidance(
    prose: &str,
    raw: &RawBlock,
    text: Span,
    sentences: &[Sentence],
    role: Role,
    headings: &Headings,
) -> bool {
    let words = text.of(prose).trim();
    if is_placeholder(words) || is_pick_list(words) || is_unticked(words) || headings.is_unfilled(words) {
        return true;
    }
    let is_italic = !raw.words_outside_italics;
    let asks = |sentence: &Sentence| sentence.span.of(prose).ends_with('?');
    if is_italic && !sentences.is_empty() && sentences.iter().all(asks) {
        return true;
    }
    let may_instruct = is_italic || may_instruct(raw, words, role);
    let guides = |sentence: &Sentence| {
        let sentence = sentence.span.of(prose);
        is_placeholder(sentence)
            || headings.is_prompt(sentence)
            || may_instruct && headings.is_instruction(sentence)
            || field_hint(sentence).is_some_and(|hint| headings.is_instruction(hint))
    };
    if is_italic && raw.span.start == text.start {
        sentences.first().is_some_and(guides)
    } else {
        sentences.iter().all(guides)
    }
}

/// True if words such as "list the" can be a template's instruction here; in an action or a list item they often are
/// not.
fn may_instruct(raw: &RawBlock, words: &str, role: Role) -> bool {
    words.starts_with(['(', '['])
        || ACCOUNTS.contains(&role)
        || role != Role::Actions && raw.kind == RawBlockKind::Paragraph
}

/// True if at least half of a block, by length, is pasted from a chat or a log. Line wrapping does not matter.
pub(super) fn is_record(parsed: &ParsedMarkdown, source: &str, block: Span, headings: &Headings) -> bool {
    let (mut all, mut records) = (0, 0);
    for line in lines(&parsed.prose, block) {
        let len = line.end - line.start;
        all += len;
        if headings.records.is_record(&source_line(parsed, source, line)) {
            records += len;
        }
    }
    records > 0 && 2 * records >= all
}

/// A block quote that is not marked as a call-out.
struct Quote<'d> {
    parsed: &'d ParsedMarkdown,
    source: &'d str,
    headings: &'d Headings,
    blocks: &'d [RawBlock],
    /// The block before it.
    before: Option<Span>,
}

impl Quote<'_> {
    fn attribution(&self) -> Attribution {
        let is_quoted = self.is_introduced()
            || self.is_in_quotation_marks()
            || self.names_its_source()
            || self.lines().any(|line| self.is_spoken(line));
        if is_quoted { Attribution::Quoted } else { Attribution::Author }
    }

    fn lines(&self) -> impl Iterator<Item = Span> {
        self.blocks.iter().flat_map(|raw| lines(&self.parsed.prose, raw.span))
    }

    fn words(&self, span: Span) -> &str {
        span.of(&self.parsed.prose)
    }

    /// True if the block before ends with a colon or with words such as "she wrote".
    fn is_introduced(&self) -> bool {
        let Some(before) = self.before else { return false };
        let text = self.words(before).trim_end();
        let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(INTRODUCTION))..];
        let sentence = tail.rsplit(". ").next().unwrap_or(tail);
        text.ends_with(':') || self.headings.introduces(sentence)
    }

    fn is_in_quotation_marks(&self) -> bool {
        let (Some(first), Some(last)) = (self.blocks.first(), self.blocks.last()) else { return false };
        let is_closed = |raw: &RawBlock| self.words(raw.span).trim_end_matches(['.', ',']).ends_with(CLOSING);
        self.words(first.span).starts_with(OPENING) && (is_closed(first) || is_closed(last))
    }

    /// True if the last line is like "- Grace Hopper".
    fn names_its_source(&self) -> bool {
        let Some((last, others)) = self.blocks.split_last() else { return false };
        let line = lines(&self.parsed.prose, last.span).last().map_or("", |line| self.words(line));
        let is_dashed = line.starts_with(['\u{2014}', '\u{2013}', '-']);
        let is_lone_item = last.kind == RawBlockKind::Item
            && others.last().is_some_and(|other| other.kind != RawBlockKind::Item);
        (is_dashed || is_lone_item)
            && line.split_whitespace().count() <= LONGEST_SOURCE
            && (!line.ends_with('.') || ends_with_initial(line))
    }

    fn is_spoken(&self, line: Span) -> bool {
        self.headings.records.is_quoted_record(&source_line(self.parsed, self.source, line))
            || self.has_speaker(self.words(line))
    }

    /// True if a line begins with a speaker or sender, as in `Bob: …` and `From: …`.
    fn has_speaker(&self, line: &str) -> bool {
        let Some((name, rest)) = line.split_once(':').filter(|(name, _)| name.len() <= LONGEST_SPEAKER)
        else {
            return false;
        };
        if self.headings.is_sender(name) {
            return true;
        }
        name.split_whitespace().count() <= MOST_NAMES
            && name.starts_with(char::is_alphabetic)
            && rest.starts_with(char::is_whitespace)
            && !rest.trim().is_empty()
            && !self.headings.is_callout(name)
    }
}

/// Returns the source line of a line of the prose, without leading list and quote markers. Emphasis is kept, because it is
/// common in pasted chats; of a page in HTML, bold type as in Markdown.
fn source_line<'s>(parsed: &ParsedMarkdown, source: &'s str, line: Span) -> Cow<'s, str> {
    if parsed.is_page {
        return parsed.with_bold(line).into();
    }
    let line = parsed.source_map.source(line);
    let text =
        source[line_start(source, line.start)..line.end].trim_start_matches([' ', '\t', '>', '-', '+']);
    text.strip_prefix("* ").unwrap_or(text).trim_start().into()
}

/// Returns the offset at which the line around byte `at` begins, or `at` itself if that is too far away.
fn line_start(source: &str, at: usize) -> usize {
    let from = at.saturating_sub(LONGEST_MARK);
    match source.as_bytes()[from..at].iter().rposition(|&byte| byte == b'\n') {
        Some(line_break) => from + line_break + 1,
        None if from == 0 => 0,
        None => at,
    }
}

/// True if a line ends with an initial, as in `Ada L.`.
fn ends_with_initial(line: &str) -> bool {
    line.split_whitespace().next_back().is_some_and(|word| word.chars().count() == 2)
}

/// True if a text is a choice of which one is to be kept, as in `People / Process / Tools`.
fn is_pick_list(text: &str) -> bool {
    // The prose shows line breaks as the file has them, so a choice across lines would depend on their kind.
    let is_option = |option: &str| {
        (1..=LONGEST_OPTION).contains(&option.split_whitespace().count())
            && !option.contains(['\r', '\n', '|'])
    };
    let is_choice =
        |mark: &str| text.split(mark).count() >= FEWEST_OPTIONS && text.split(mark).all(is_option);
    is_choice(" / ") || is_choice(" | ")
}

/// True if a text is a choice in a form with nothing ticked, as in `☐ one ☐ another`.
fn is_unticked(text: &str) -> bool {
    text.contains(EMPTY_BOX) && !text.contains(TICKS)
}

/// Returns the words in brackets in a text such as `People: (e.g. fatigue, training)`.
fn field_hint(sentence: &str) -> Option<&str> {
    let (_, hint) = sentence.strip_suffix(')')?.split_once(": (")?;
    Some(hint).filter(|hint| !hint.contains('('))
}

/// True if a text is only `[…]`, `<…>`, `{…}` or `{{…}}`.
fn is_placeholder(text: &str) -> bool {
    let is_within = |open: &str, close: &str| {
        let inner = text.strip_prefix(open).and_then(|text| text.strip_suffix(close));
        inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(open) && !inner.contains(close))
    };
    let is_variable = || is_within("{{", "}}") && text.split_whitespace().count() <= LONGEST_VARIABLE;
    is_within("[", "]") || is_within("<", ">") || is_within("{", "}") || is_variable()
}
