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

/// Returns document text as inline code: on one line, between more backticks than any run in it has.
pub(super) fn code(text: &str) -> String {
    let text = wrap::cut(&prose(text), MAX_QUOTE);
    let runs = text.split(|sign| sign != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// Returns a question or a name as Markdown text. Complete inline code stays code; all other markup is escaped.
pub(super) fn escaped(text: &str) -> String {
    let text = prose(text);
    let parts: Vec<&str> = text.split('`').collect();
    let apart = parts.windows(2).enumerate().all(|(at, pair)| {
        if at % 2 == 0 {
            is_inert_at(pair[0].rsplit(' ').next())
        } else {
            is_inert_at(pair[1].split(' ').next())
        }
    });
    let balanced = parts.len() % 2 == 1 && !text.contains("``") && apart;
    let shown = |(at, part): (usize, &&str)| {
        if balanced && at % 2 == 1 { format!("`{part}`") } else { words(part) }
    };
    let text = if balanced { parts.iter().enumerate().map(shown).collect() } else { words(&text) };
    no_block(text)
}

/// Returns document text outside quotes, shortened.
pub(super) fn bounded(text: &str) -> String {
    let shown = escaped(&wrap::cut(text, MAX_TEXT));
    if shown.len() > MAX_ESCAPED { code(&wrap::cut(text, MAX_TEXT / 4)) } else { shown }
}

/// Returns the message of a finding, with the quote in it as code.
pub(super) fn message(message: &str, quote: &str) -> String {
    let [message, quote] = [message, quote].map(one_line);
    let quoted = format!("\"{quote}\"");
    let Some((before, after)) = message.split_once(&quoted).filter(|_| !quote.is_empty()) else {
        return bounded(&message);
    };
    let rest = bounded(after);
    // Adjacent pieces of code would be read as one, and all later code and text would be swapped.
    if rest.starts_with('`') && !after.starts_with(' ') {
        return bounded(&message);
    }
    let gap = if after.starts_with(' ') && !rest.is_empty() { " " } else { "" };
    format!("{} {}{gap}{rest}", bounded(before), code(&quote))
}

/// True if a word next to code stays plain text. Adjacent pieces of code would be read as one.
fn is_inert_at(word: Option<&str>) -> bool {
    word.is_none_or(is_inert)
}

/// Returns a text that does not start a list, heading, thematic break or quick action (`/approve`).
fn no_block(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        Some(b'-' | b'+' | b'=' | b'/') if digits == 0 => format!("\\{text}"),
        _ => text,
    }
}

/// Returns text without markup, mentions, references and links.
fn words(text: &str) -> String {
    let shown = |word: &str| if is_inert(word) { literal(word) } else { code(word) };
    text.split(' ')
        .map(|word| if word.is_empty() { String::new() } else { shown(word) })
        .collect::<Vec<_>>()
        .join(" ")
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
    let reference = github || is_gitlab_reference(word);
    let marked = word.contains(['@', '#', '&', '$', '~', '^', '<', '`']);
    !(marked || linked || reference || emoji || is_commit(word))
}

/// True if a word contains a possible GitLab reference to a merge request (`group/project!12`) or a milestone (`%3`,
/// `%backlog`).
fn is_gitlab_reference(word: &str) -> bool {
    let is_reference = |pair: &[u8]| match pair[0] {
        b'!' => pair[1].is_ascii_digit(),
        b'%' => pair[1].is_ascii_alphanumeric() || pair[1] == b'"',
        _ => false,
    };
    word.as_bytes().windows(2).any(is_reference)
}

/// True if a word contains a possible abbreviated commit hash.
fn is_commit(word: &str) -> bool {
    let mut parts = word.split(|sign: char| !sign.is_ascii_alphanumeric());
    parts.any(|part| {
        (7..=40).contains(&part.len())
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
        ] {
            assert_eq!(escaped(&format!("fixes {word} now")), format!("fixes `{word}` now"));
        }
        assert_eq!(escaped("`a` to @b"), "`a` to `@b`");
        assert_eq!(escaped("`a`@b c"), "``` `a`@b ``` c".replace("```", "``"));
        for word in ["a1b2c3d", ":boom:", "<b>", "a@b.example"] {
            assert_eq!(escaped(word), format!("`{word}`"));
        }
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
