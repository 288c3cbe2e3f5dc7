//! Whose words a block holds.

use memchr::memrchr;

use crate::document::labels::lines;
use crate::document::raw_block::{ParsedMarkdown, RawBlock, RawBlockKind};
use crate::document::{Attribution, Sentence, html};
use crate::lexicon::headings::Headings;
use crate::model::Role;
use crate::model::Span;
use crate::text::datetime::DateTimeNames;

/// Words of the line that names whose saying was quoted.
const LONGEST_ATTRIBUTION: usize = 6;
/// Words of a template's variable, with its braces.
const LONGEST_NAME: usize = 6;
/// Bytes of marks and names that may stand before a line's prose.
const LONGEST_MARK: usize = 120;
/// Bytes before a quote in which it may be introduced.
const INTRODUCTION: usize = 160;
/// Sections that tell what was: an item there that begins with "describe the" is nobody's plan.
const TOLD: [Role; 6] =
    [Role::Summary, Role::Impact, Role::Trigger, Role::Detection, Role::Cause, Role::ContributingFactors];
/// Opening marks of quotations.
const OPENING: [char; 6] = ['"', '\u{201c}', '\u{201e}', '\u{ab}', '\u{2018}', '\u{2039}'];
/// Closing marks of quotations.
const CLOSING: [char; 5] = ['"', '\u{201d}', '\u{bb}', '\u{2019}', '\u{203a}'];

/// For each outermost block quote of the page: whose words it holds.
pub(super) fn quotes(parsed: &ParsedMarkdown, source: &str, headings: &Headings) -> Vec<Attribution> {
    let mut voices = vec![Attribution::Author; parsed.callouts.len()];
    let mut at = 0;
    while at < parsed.raw_blocks.len() {
        let quote = parsed.raw_blocks[at].quote;
        let len = parsed.raw_blocks[at..].iter().take_while(|raw| raw.quote == quote).count();
        if let Some(quote) = quote.filter(|&quote| !parsed.callouts[quote]) {
            let before = at.checked_sub(1).map(|before| parsed.raw_blocks[before].span);
            let reader = Reader { parsed, source, headings };
            voices[quote] = reader.quote(&parsed.raw_blocks[at..at + len], before);
        }
        at += len;
    }
    voices
}

/// Whether a block, whose sentences are given, is a template's guidance.
pub(super) fn is_guidance(
    prose: &str,
    raw: &RawBlock,
    text: Span,
    sentences: &[Sentence],
    role: Role,
    headings: &Headings,
) -> bool {
    let words = text.of(prose).trim();
    if is_placeholder(words) || is_unticked(words) || headings.is_unfilled(words) {
        return true;
    }
    let italic = !raw.beside_emphasis;
    // An action, or an item of any list, may well begin with "list the" or "provide a".
    let bracketed = words.starts_with(['(', '[']);
    let fits = italic
        || bracketed
        || TOLD.contains(&role)
        || role != Role::Actions && raw.kind == RawBlockKind::Paragraph;
    let instructs = |sentence: &str| fits && headings.is_instruction(sentence);
    let asks = |sentence: &Sentence| sentence.span.of(prose).ends_with('?');
    if italic && !sentences.is_empty() && sentences.iter().all(asks) {
        return true;
    }
    let guides = |sentence: &Sentence| {
        let sentence = sentence.span.of(prose);
        is_placeholder(sentence)
            || headings.is_prompt(sentence)
            || instructs(sentence)
            || field_hint(sentence).is_some_and(|hint| headings.is_instruction(hint))
    };
    if italic && raw.span.start == text.start {
        sentences.first().is_some_and(guides)
    } else {
        sentences.iter().all(guides)
    }
}

/// Whether a block is pasted from a chat or a log.
pub(super) fn is_record(
    parsed: &ParsedMarkdown,
    source: &str,
    raw: &RawBlock,
    block: Span,
    headings: &Headings,
) -> bool {
    let starts = match source.as_bytes()[block.start..] {
        [b'[' | b'<' | b'0'..=b'9', ..] => true,
        [b'I' | b'W' | b'E' | b'F', next, ..] => next.is_ascii_digit(),
        _ => false,
    };
    if !starts && raw.strong.len == 0 && !source[..block.start].trim_end().ends_with('>') {
        return false;
    }
    let reader = Reader { parsed, source, headings };
    let (mut all, mut records) = (0_usize, 0_usize);
    for line in lines(&parsed.prose, block) {
        all += 1;
        records += usize::from(reader.is_record(line, raw));
    }
    2 * records >= all && records > 0
}

struct Reader<'d> {
    parsed: &'d ParsedMarkdown,
    source: &'d str,
    headings: &'d Headings,
}

impl Reader<'_> {
    fn quote(&self, raw_blocks: &[RawBlock], before: Option<Span>) -> Attribution {
        let said = before.is_some_and(|before| self.introduces(before))
            || self.in_quotation_marks(raw_blocks)
            || self.has_attribution(raw_blocks)
            || raw_blocks
                .iter()
                .any(|raw| lines(&self.parsed.prose, raw.span).any(|line| self.is_spoken(line, raw)));
        if said { Attribution::Quoted } else { Attribution::Author }
    }

    fn introduces(&self, before: Span) -> bool {
        let text = before.of(&self.parsed.prose).trim_end();
        let from =
            (text.len().saturating_sub(INTRODUCTION)..text.len()).find(|&at| text.is_char_boundary(at));
        let tail = &text[from.unwrap_or(0)..];
        let sentence = tail.rsplit(". ").next().unwrap_or(tail);
        text.ends_with(':') || self.headings.introduces(sentence)
    }

    fn in_quotation_marks(&self, raw_blocks: &[RawBlock]) -> bool {
        let (Some(first), Some(last)) = (raw_blocks.first(), raw_blocks.last()) else { return false };
        let closed =
            |raw: &RawBlock| raw.span.of(&self.parsed.prose).trim_end_matches(['.', ',']).ends_with(CLOSING);
        first.span.of(&self.parsed.prose).starts_with(OPENING) && (closed(first) || closed(last))
    }

    /// A last line such as "- Grace Hopper".
    fn has_attribution(&self, raw_blocks: &[RawBlock]) -> bool {
        let Some(last) = raw_blocks.last() else { return false };
        let line = lines(&self.parsed.prose, last.span).last().map_or("", |line| line.of(&self.parsed.prose));
        let dashed = line.starts_with(['\u{2014}', '\u{2013}', '-']);
        let lone_item = last.kind == RawBlockKind::Item
            && raw_blocks.len() > 1
            && raw_blocks[raw_blocks.len() - 2].kind != RawBlockKind::Item;
        (dashed || lone_item)
            && line.split_whitespace().count() <= LONGEST_ATTRIBUTION
            && (!line.ends_with('.') || ends_with_initial(line))
    }

    fn is_spoken(&self, line: Span, raw: &RawBlock) -> bool {
        self.is_record(line, raw)
            || line.of(&self.parsed.prose).starts_with('@')
            || self.has_speaker(line.of(&self.parsed.prose))
    }

    /// `Bob: …`, `From: …`.
    fn has_speaker(&self, line: &str) -> bool {
        let Some((name, rest)) = line.split_once(':').filter(|(name, _)| name.len() <= 60) else {
            return false;
        };
        let named = name.split_whitespace().count() <= 2 && name.starts_with(char::is_alphabetic);
        let parted = rest.starts_with(char::is_whitespace) && !rest.trim().is_empty();
        self.headings.is_sender(name) || named && parted && !self.headings.is_callout(name)
    }

    fn is_record(&self, line: Span, raw: &RawBlock) -> bool {
        let text = self.source[source_start(self.source, line.start)..line.end]
            .trim_start_matches([' ', '\t', '>', '-', '*', '+']);
        is_named(text)
            || self.is_logged(text)
            || is_glog(&self.headings.dates, text)
            || self.is_said_at(line, raw)
    }

    /// `12:01:33.123 ERROR …`, `[12:01] bob: …`, `12:01 <bob> …`.
    fn is_logged(&self, line: &str) -> bool {
        let bracketed = line.starts_with('[');
        let text = line.trim_start_matches('[');
        let len = timestamp_len(&self.headings.dates, text);
        if len == 0 {
            return false;
        }
        let rest = text[len..].trim_start_matches(['Z', ']', ' ', '\t']);
        let word = rest.split_whitespace().next().unwrap_or_default();
        let precise = text[..len].matches(':').count() == 2;
        let level = self.headings.is_level(word.trim_matches(|c: char| !c.is_alphanumeric()));
        let shouted = !word.chars().any(char::is_lowercase);
        let tag = word.ends_with(':') && word.len() > 1;
        is_named(rest) || level && (precise || shouted) || tag && (bracketed || precise)
    }

    /// `**bob 16:04** …`.
    fn is_said_at(&self, line: Span, raw: &RawBlock) -> bool {
        let strong = self.parsed.strong(raw);
        let at = strong.partition_point(|run| run.end <= line.start);
        let Some(run) = strong.get(at).filter(|run| run.start <= line.start && run.end < line.end) else {
            return false;
        };
        let whole = line.of(&self.parsed.prose).trim();
        let inside = Span::new(line.start, run.end).of(&self.parsed.prose).trim();
        // `**bob** 16:04` alone on its line counts as `**bob 16:04**`.
        let alone = clock_len(&self.headings.dates, whole[inside.len()..].trim())
            == whole[inside.len()..].trim().len();
        let words: Vec<&str> = if alone { whole } else { inside }.split_whitespace().collect();
        let Some((last, names)) = words.split_last() else { return false };
        let is_name = |word: &&str| {
            let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
            !self.headings.dates.is_weekday(letters) && self.headings.dates.month(letters).is_none()
        };
        let channel = names.first().is_some_and(|word| word.starts_with('#'));
        let time = last.trim_end_matches(':');
        let people = names.iter().all(is_name)
            && names.iter().all(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
        clock_len(&self.headings.dates, time) == time.len()
            && !time.is_empty()
            && (1..=4).contains(&names.len())
            && (channel || people)
            || channel && clock_len(&self.headings.dates, time) > 0
    }
}

/// Where the source's line begins, if not too far before: there may be marks that are no prose.
fn source_start(source: &str, at: usize) -> usize {
    let before = &source.as_bytes()[at.saturating_sub(LONGEST_MARK)..at];
    memrchr(b'\n', before)
        .map_or_else(|| if at <= LONGEST_MARK { 0 } else { at }, |found| at - before.len() + found + 1)
}

/// `Ada L.`
fn ends_with_initial(line: &str) -> bool {
    line.split_whitespace().next_back().is_some_and(|word| word.chars().count() == 2)
}

/// `<bob> …`
fn is_named(line: &str) -> bool {
    let Some((name, rest)) = line.strip_prefix('<').and_then(|rest| rest.split_once('>')) else {
        return false;
    };
    let sound = !name.is_empty() && name.len() <= 24 && !name.contains(['/', ' ', '=', '!', ':']);
    sound && rest.starts_with(' ') && !html::is_inline_tag(&name.to_ascii_lowercase())
}

/// `I0303 05:44:31 …`
fn is_glog(names: &DateTimeNames, line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes.len() > 10
        && matches!(bytes[0], b'I' | b'W' | b'E' | b'F')
        && bytes[1..5].iter().all(u8::is_ascii_digit)
        && line.get(6..).is_some_and(|rest| clock_len(names, rest) > 5)
}

fn clock_len(names: &DateTimeNames, text: &str) -> usize {
    names.at(text, 0).filter(|found| found.date.is_none()).map_or(0, |found| found.span.end)
}

fn timestamp_len(names: &DateTimeNames, text: &str) -> usize {
    names.at(text, 0).filter(|found| found.time.is_some()).map_or(0, |found| found.span.end)
}

/// A choice of a form of which nothing is ticked: `☐ one ☐ another`.
fn is_unticked(text: &str) -> bool {
    !text.is_ascii()
        && text.contains('\u{2610}')
        && !text.contains(['\u{2611}', '\u{2612}', '\u{2713}', '\u{2714}'])
}

/// What stands in the brackets of `People: (e.g. fatigue, training)`.
fn field_hint(sentence: &str) -> Option<&str> {
    // First the last byte: hardly a sentence ends like that.
    let (_, hint) = sentence.strip_suffix(')')?.split_once(": (")?;
    Some(hint).filter(|hint| !hint.contains('('))
}

/// `[…]`, `<…>`, `{…}` or `{{…}}` and nothing else.
fn is_placeholder(text: &str) -> bool {
    if !text.starts_with(['[', '<', '{']) {
        return false;
    }
    let within = |open: &str, close: &str| {
        text.strip_prefix(open)
            .and_then(|text| text.strip_suffix(close))
            .is_some_and(|inner| !inner.is_empty() && !inner.contains(open) && !inner.contains(close))
    };
    let short = || text.split_whitespace().count() <= LONGEST_NAME;
    within("[", "]") || within("<", ">") || within("{", "}") || within("{{", "}}") && short()
}
