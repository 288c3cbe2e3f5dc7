//! Document text made safe for Markdown: quotes become code, and so does whatever a forge would turn into a mention, a
//! reference or a link.

use crate::render::escape::prose;
use crate::render::wrap;

/// Characters shown of one quote.
const MAX_QUOTE: usize = 240;
/// Characters shown of any other text.
const MAX_TEXT: usize = 300;
/// Bytes that such a text may take once it is escaped.
const MAX_ESCAPED: usize = 1_500;

/// Document text as inline code: on one line, between more backticks than any run in it has.
pub(super) fn code(text: &str) -> String {
    let text = wrap::cut(&prose(text), MAX_QUOTE);
    let runs = text.split(|sign| sign != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// A question or a name as Markdown text: inline code that is closed stays code, all other marks are only shown.
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

/// Document text outside of quotes, shortened.
pub(super) fn bounded(text: &str) -> String {
    let shown = escaped(&wrap::cut(text, MAX_TEXT));
    if shown.len() > MAX_ESCAPED { code(&wrap::cut(text, MAX_TEXT / 4)) } else { shown }
}

/// The message of a finding, with the quote in it as code.
pub(super) fn message(message: &str, quote: &str) -> String {
    let [message, quote] = [message, quote].map(one_line);
    let quoted = format!("\"{quote}\"");
    let Some((before, after)) = message.split_once(&quoted).filter(|_| !quote.is_empty()) else {
        return bounded(&message);
    };
    let rest = bounded(after);
    // Two pieces of code that touch would be read as one, and turn all later ones inside out.
    if rest.starts_with('`') && !after.starts_with(' ') {
        return bounded(&message);
    }
    let gap = if after.starts_with(' ') && !rest.is_empty() { " " } else { "" };
    format!("{} {}{gap}{rest}", bounded(before), code(&quote))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True if a word next to code stays plain text; two pieces of code that touch would be read as one.
fn is_inert_at(word: Option<&str>) -> bool {
    word.is_none_or(is_inert)
}

/// A text that does not start a list, heading, rule or quick action (`/approve`) of its own.
fn no_block(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        Some(b'-' | b'+' | b'=' | b'/') if digits == 0 => format!("\\{text}"),
        _ => text,
    }
}

/// Text without markup, mentions, references and links.
fn words(text: &str) -> String {
    let shown = |word: &str| if is_inert(word) { literal(word) } else { code(word) };
    text.split(' ')
        .map(|word| if word.is_empty() { String::new() } else { shown(word) })
        .collect::<Vec<_>>()
        .join(" ")
}

/// True if GitHub and GitLab read a word as plain text: not as a mention, issue, merge request, milestone, commit,
/// address or emoji.
///
/// A backslash before `@` and `#` does not stop them; code does.
fn is_inert(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let linked = lower.contains("://") || lower.contains("www.") || lower.contains("mailto:");
    let emoji = word.matches(':').count() > 1;
    let github = lower.split("gh-").skip(1).any(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
    let reference = github || is_gitlab_reference(word);
    let marked = word.contains(['@', '#', '&', '$', '~', '^', '<', '`']);
    !(marked || linked || reference || emoji || is_commit(word))
}

/// True if a word contains what GitLab takes for a merge request (`group/project!12`) or a milestone (`%3`, `%backlog`).
fn is_gitlab_reference(word: &str) -> bool {
    let is_reference = |pair: &[u8]| match pair[0] {
        b'!' => pair[1].is_ascii_digit(),
        b'%' => pair[1].is_ascii_alphanumeric() || pair[1] == b'"',
        _ => false,
    };
    word.as_bytes().windows(2).any(is_reference)
}

/// True if a word contains what could be an abbreviated commit hash.
fn is_commit(word: &str) -> bool {
    let mut parts = word.split(|sign: char| !sign.is_ascii_alphanumeric());
    parts.any(|part| {
        (7..=40).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    })
}

/// Text in which no mark means anything to Markdown.
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
    fn a_quote_is_fenced_by_more_backticks_than_it_holds() {
        assert_eq!(code("plain"), "`plain`");
        assert_eq!(code("run `rm` twice"), "``run `rm` twice``");
        assert_eq!(code("```\nend"), "```` ``` end ````");
        assert_eq!(code("`x`"), "`` `x` ``");
    }

    #[test]
    fn what_is_no_code_is_only_shown() {
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
    fn nobody_is_called_and_nothing_linked() {
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

    /// What a list item becomes: text and code, and nothing else within it.
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

    /// Text full of marks.
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
