//! Makes document text safe for Markdown. Quotes become code, as does anything that a forge would convert to a mention,
//! a reference or a link.

use crate::render::escape::prose;
use crate::render::wording::one_line;
use crate::render::wrap;

/// Maximum number of characters of a quote that are shown.
const MAX_QUOTE: usize = 240;
/// Maximum number of characters of any other text that are shown.
const MAX_TEXT: usize = 300;
/// Maximum size in bytes of an escaped text.
const MAX_ESCAPED: usize = 1_500;

/// Maximum number of backticks in a row in inline code. Parsers stop looking for the end of code after a longer fence,
/// `cmark` after 80 backticks, and would take the code for text.
const MAX_BACKTICKS: usize = 8;

/// Returns document text as inline code: on one line, between more backticks than any run in it has.
pub(super) fn code(text: &str) -> String {
    let text = with_short_runs(&wrap::cut(&prose(text), MAX_QUOTE));
    let runs = text.split(|sign| sign != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// Returns a question or a name as Markdown text. Complete inline code stays code; all other markup is escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut line = Line::default();
    line.text(text);
    line.finished()
}

/// Returns document text outside quotes, shortened.
pub(super) fn bounded(text: &str) -> String {
    let mut line = Line::default();
    line.bounded(text);
    line.finished()
}

/// Returns the message of a finding, with the quote in it as code.
pub(super) fn message(message: &str, quote: &str) -> String {
    let [message, quote] = [message, quote].map(one_line);
    let quoted = format!("\"{quote}\"");
    let Some((before, after)) = message.split_once(&quoted).filter(|_| !quote.is_empty()) else {
        return bounded(&message);
    };
    let mut line = Line::default();
    line.bounded(before);
    line.code(&quote);
    line.bounded(after);
    line.finished()
}

/// A line of Markdown. Nothing else joins code and text: two pieces of code that touch would be read as one, and all
/// later code and text would be swapped.
#[derive(Default)]
struct Line {
    markdown: String,
}

impl Line {
    /// Appends a text. Words that a forge would convert are code, as is inline code that is complete.
    fn text(&mut self, text: &str) {
        self.gap(text.starts_with(' '));
        let shown = prose(text);
        let parts: Vec<&str> = shown.split('`').collect();
        let is_balanced = parts.len() % 2 == 1 && !shown.contains("``");
        if is_balanced {
            parts.iter().enumerate().for_each(
                |(at, part)| {
                    if at % 2 == 1 { self.code(part) } else { self.words(part) }
                },
            );
        } else {
            self.words(&shown);
        }
        self.gap(text.ends_with(' '));
    }

    /// Appends a text, shortened.
    fn bounded(&mut self, text: &str) {
        let before = self.markdown.len();
        self.text(&wrap::cut(text, MAX_TEXT));
        if self.markdown.len() - before > MAX_ESCAPED {
            self.markdown.truncate(before);
            self.code(&wrap::cut(text, MAX_TEXT / 4));
        }
    }

    fn words(&mut self, text: &str) {
        for (at, word) in text.split(' ').enumerate() {
            self.gap(at > 0);
            if is_inert(word) { self.markdown += &literal(word) } else { self.code(word) }
        }
    }

    fn code(&mut self, text: &str) {
        self.gap(self.markdown.ends_with('`'));
        self.markdown += &code(text);
    }

    fn gap(&mut self, wanted: bool) {
        if wanted && !self.markdown.is_empty() && !self.markdown.ends_with(' ') {
            self.markdown.push(' ');
        }
    }

    fn finished(self) -> String {
        no_block(self.markdown.trim_end())
    }
}

/// Returns a text without long runs of backticks.
fn with_short_runs(text: &str) -> String {
    let mut run = 0;
    let is_kept = |sign: &char| {
        run = if *sign == '`' { run + 1 } else { 0 };
        run <= MAX_BACKTICKS
    };
    text.chars().filter(is_kept).collect()
}

/// Returns a text that does not start a list, heading, thematic break or quick action (`/approve`).
fn no_block(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        Some(b'-' | b'+' | b'=' | b'/') if digits == 0 => format!("\\{text}"),
        _ => text.to_owned(),
    }
}

/// True if GitHub and GitLab display a word as plain text: it is not a mention, issue, merge request, milestone,
/// commit, URL or emoji.
///
/// A backslash before `@` and `#` does not prevent this; code does.
fn is_inert(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let linked = lower.contains("://") || lower.contains("www.") || lower.contains("mailto:");
    let emoji = word.matches(':').count() > 1;
    let github = lower.split("gh-").skip(1).any(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
    let reference = github || is_gitlab_reference(word) || has_gitlab_markup(&lower);
    let marked = word.contains(['@', '#', '&', '$', '~', '^', '<', '`']);
    !(marked || linked || reference || emoji || is_commit(word))
}

/// True if a word in lower case may begin GitLab's own markup: `[issue:12]`, `[[page]]`, `*iteration:3`, or a marked
/// change, as in `{+ added +}`.
fn has_gitlab_markup(word: &str) -> bool {
    const MARKS: [&str; 10] = ["[[", "]]", "{+", "+}", "{-", "-}", "[+", "+]", "[-", "-]"];
    let is_named = |(at, _): &(usize, &str)| {
        let rest = &word[at + 1..];
        let name = rest.trim_start_matches(|sign: char| sign.is_ascii_lowercase() || sign == '_');
        name.len() < rest.len() && name.starts_with(':')
    };
    word.match_indices(['[', '*']).any(|found| is_named(&found))
        || MARKS.iter().any(|mark| word.contains(mark))
}

/// True if a word contains a possible GitLab reference to a merge request (`group/project!12`) or a milestone (`%3`,
/// `%backlog`).
fn is_gitlab_reference(word: &str) -> bool {
    let is_name = |sign: char| sign.is_alphanumeric() || "_-\"".contains(sign);
    word.split('!').skip(1).any(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()))
        || word.split('%').skip(1).any(|rest| rest.starts_with(is_name))
}

/// True if a word contains a possible abbreviated commit hash.
fn is_commit(word: &str) -> bool {
    let mut parts = word.split(|sign: char| !sign.is_ascii_alphanumeric());
    parts.any(|part| {
        (7..=64).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    })
}

/// Returns text in which no character is Markdown markup.
fn literal(text: &str) -> String {
    let mut shown = String::new();
    for sign in text.chars() {
        if r"\`*_{}[]<>#|~@&$^".contains(sign) {
            shown.push('\\');
        }
        shown.push(sign);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_fenced_by_more_backticks_than_it_contains() {
        assert_eq!(code("plain"), "`plain`");
        assert_eq!(code("run `rm` twice"), "``run `rm` twice``");
        assert_eq!(code("```\nend"), "```` ``` end ````");
        assert_eq!(code("`x`"), "`` `x` ``");
        let long = code(&format!("a{}b", "`".repeat(100)));
        assert_eq!(long, format!("{0}a{1}b{0}", "`".repeat(9), "`".repeat(8)));
    }

    #[test]
    fn markup_outside_code_is_escaped() {
        assert_eq!(escaped("a *b* [d](e) c>"), r"a \*b\* \[d\](e) c\>");
        assert_eq!(escaped("what of `a*b` then?"), "what of `a*b` then?");
        assert_eq!(escaped("a ` b"), "a `` ` `` b");
        assert_eq!(escaped("1. a"), r"1\. a");
        assert_eq!(escaped("- a"), r"\- a");
        assert_eq!(escaped("/approve"), r"\/approve");
    }

    #[test]
    fn a_quote_is_code_unless_it_would_touch_more_code() {
        assert_eq!(message("stops at \"a`b\": x", "a`b"), "stops at ``a`b``: x");
        let forged = message("stops at \"a`b\"`x` @team <img src=x> `", "a`b");
        assert!(is_plain(&forged), "{forged}");
    }

    #[test]
    fn there_are_no_mentions_and_no_links() {
        for word in [
            "@team",
            "(#12)",
            "org/repo#1",
            "https://x.y",
            "www.x.y",
            "GH-7",
            "(!12)",
            "team/repo!12",
            "%backlog",
            "%3",
            "~bug",
            "&1",
            "$2",
            "[issue:12]",
            "[[home]]",
            "*iteration:3",
            "{+",
        ] {
            assert_eq!(escaped(&format!("fixes {word} now")), format!("fixes `{word}` now"));
        }
        assert_eq!(escaped("`a` to @b"), "`a` to `@b`");
        assert_eq!(escaped("`a`@b c"), "`a` `@b` c");
        for word in ["a1b2c3d", ":boom:", "<b>", "a@b.example"] {
            assert_eq!(escaped(word), format!("`{word}`"));
        }
        assert_eq!(escaped("[act]: why"), r"\[act\]: why");
        assert_eq!(
            escaped("At 10:42, 50% of node-12 (2024-01-02) failed!"),
            "At 10:42, 50% of node-12 (2024-01-02) failed!"
        );
    }

    /// True if the list item contains only text and code.
    fn is_plain(item: &str) -> bool {
        use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
        let item = format!("- {item}\n");
        Parser::new_ext(&item, Options::all()).all(|event| {
            matches!(
                event,
                Event::Text(_)
                    | Event::Code(_)
                    | Event::Start(Tag::List(None) | Tag::Item)
                    | Event::End(TagEnd::List(false) | TagEnd::Item)
            )
        })
    }

    /// Text with many kinds of markup.
    const MARKED: &str =
        "(\\PC|[`*_<>#|~&$:=+.0-9\\r\\n\t \\[\\]()!-]|[*_`~]{1,2}[a-z]{1,2}[*_`~]{1,2}|\\[a\\]\\(b\\)){0,40}";

    proptest::proptest! {
        #[test]
        fn no_quote_becomes_markup(
            text in MARKED,
            before in MARKED,
            after in MARKED,
        ) {
            proptest::prop_assert!(is_plain(&format!("line 3: {}", code(&text))), "{:?}", code(&text));
            proptest::prop_assert!(is_plain(&format!("asked: {}", escaped(&text))), "{:?}", escaped(&text));
            let message = message(&format!("{before}\"{text}\"{after}"), &text);
            proptest::prop_assert!(is_plain(&format!("error: {message}")), "{message:?}");
        }
    }
}
