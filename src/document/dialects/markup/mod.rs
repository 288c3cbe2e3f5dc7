//! Other markup languages, pasted into a Markdown file: the wiki markup of Jira, Confluence and MediaWiki, AsciiDoc and
//! reStructuredText. Their headings, lists, quotations and code become those of Markdown; the rest is read as it stands.

mod asciidoc;
mod jira;
mod mediawiki;
mod restructured_text;

use std::sync::LazyLock;

use regex::{Captures, Match, Regex, RegexSet};

use crate::document::dialects::Region;
use crate::document::dialects::code::{Code, What};
use crate::document::dialects::rewriter::Rewriter;
use crate::model::{Markup, Span};

/// A heading of Markdown below the title. A single mark may begin a comment in code, or an item in a wiki.
const MARKDOWN_HEADING: &str = "(?m)^##+ ";

/// The languages. A text in two of them is taken for the first.
const LANGUAGES: [&Language; 4] =
    [&jira::LANGUAGE, &mediawiki::LANGUAGE, &asciidoc::LANGUAGE, &restructured_text::LANGUAGE];

/// Their signs. Most texts have none of them and are looked at only once.
static SIGNS: LazyLock<Option<RegexSet>> =
    LazyLock::new(|| RegexSet::new(LANGUAGES.map(|language| language.sign)).ok());

/// A markup language.
struct Language {
    name: Markup,
    /// Its headings, and other lines that are found in no text in Markdown.
    sign: &'static str,
    rules: &'static [Rule],
}

/// What the passages with a pattern become. The pattern may have the groups `text`, `marks` and `hidden`.
struct Rule {
    pattern: &'static str,
    becomes: Becomes,
}

const fn rule(pattern: &'static str, becomes: Becomes) -> Rule {
    Rule { pattern, becomes }
}

#[derive(Clone, Copy)]
enum Becomes {
    /// Nothing. If there is a group `hidden`, the rest stays.
    Nothing,
    /// Its `text`.
    Text,
    /// Its `text` as a code span.
    Code,
    /// Its `text` as a block quote.
    Quotation,
    /// Its `text` as a heading, of the level that the number or the digit of its `marks` gives.
    Heading,
    /// The same, with other marks instead of its `marks`.
    Marked(&'static str),
}

/// Rewrites a text from byte `body` on. Returns the new text, `None` if nothing in it is of another language, and the
/// language of the whole, `None` if it is Markdown.
pub(super) fn rewrite(
    text: &str,
    body: usize,
    regions: &mut Vec<Region>,
) -> (Option<String>, Option<Markup>) {
    let titled = restructured_text::rewrite_titles(text, body);
    let original = titled.as_deref().unwrap_or(text);
    let macros = if jira::has_macros(original) { jira::MACROS } else { &[] };
    let language = language(original, body, titled.is_some());
    let rules = language.map_or(&[][..], |language| language.rules);
    let mut rewritten = None;
    for rule in macros.iter().chain(rules) {
        rewritten = Some(rule.apply(rewritten.as_deref().unwrap_or(original), body, regions));
    }
    (rewritten.or(titled), language.map(|language| language.name))
}

/// Returns the language of a text: the one that has more signs in it than Markdown has headings, outside code.
fn language(text: &str, body: usize, has_titles: bool) -> Option<&'static Language> {
    let titled = has_titles.then_some(&restructured_text::LANGUAGE);
    let possible = SIGNS.iter().flat_map(|signs| signs.matches(&text[body..]));
    let possible: Vec<&Language> = possible.map(|at| LANGUAGES[at]).collect();
    if possible.is_empty() {
        return titled;
    }
    let code = Code::find(text, body, What::Code);
    let count = |pattern: &str| {
        let regex = Regex::new(pattern).ok();
        let signs = regex.iter().flat_map(|regex| regex.find_iter(&text[body..]));
        signs.filter(|sign| code.end_around(body + sign.start()).is_none()).count()
    };
    let markdown = count(MARKDOWN_HEADING);
    possible.into_iter().find(|language| count(language.sign) > markdown).or(titled)
}

impl Rule {
    fn apply(&self, text: &str, body: usize, regions: &mut Vec<Region>) -> String {
        let Ok(regex) = Regex::new(self.pattern) else { return text.to_owned() };
        let code = Code::find(text, body, What::Code);
        let mut to = Rewriter::new(text);
        for found in regex.captures_iter(&text[body..]) {
            let passage = Passage { found, body };
            let start = passage.all().start;
            // A mark of code may be that of a link.
            if text[start..].starts_with('`') || code.end_around(start).is_none() {
                self.becomes.write(&mut to, &passage, regions);
            }
        }
        to.finish()
    }
}

/// A passage with the pattern of a rule.
struct Passage<'t> {
    found: Captures<'t>,
    body: usize,
}

impl Passage<'_> {
    fn all(&self) -> Span {
        self.span(self.found.get_match())
    }

    fn group(&self, name: &str) -> Span {
        self.found.name(name).map_or_else(|| self.all(), |group| self.span(group))
    }

    fn span(&self, part: Match<'_>) -> Span {
        Span::new(self.body + part.start(), self.body + part.end())
    }
}

impl Becomes {
    fn write(self, to: &mut Rewriter<'_>, passage: &Passage<'_>, regions: &mut Vec<Region>) {
        let (all, text, marks) = (passage.all(), passage.group("text"), passage.group("marks"));
        match self {
            Self::Nothing => to.blank(passage.group("hidden")),
            Self::Text => {
                keep(to, all, text);
                to.keep_inline(Span::new(all.start, text.start));
            }
            Self::Code => {
                keep(to, all, text);
                to.write(text.start - 1, "`");
                to.write(text.end, "`");
            }
            Self::Quotation => {
                keep(to, all, text);
                to.keep_inline(Span::new(all.start, text.start));
                regions.push(Region { span: Span::new(all.start, text.end), is_quote: true });
            }
            Self::Heading => {
                keep(to, all, text);
                to.write(marks.start, &"######"[..level(marks.of(to.text)).min(marks.len())]);
            }
            Self::Marked(new) => {
                to.blank(marks);
                to.write(marks.start, new);
            }
        }
    }
}

/// Blanks a passage except for its text.
fn keep(to: &mut Rewriter<'_>, all: Span, text: Span) {
    to.blank(Span::new(all.start, text.start));
    to.blank(Span::new(text.end, all.end));
}

/// Returns the level of a heading with these marks: `h2.`, `==`.
fn level(marks: &str) -> usize {
    let digit = marks.strip_prefix('h').and_then(|rest| rest.chars().next()?.to_digit(10));
    digit.map_or(marks.len(), |digit| digit as usize).min(6)
}
