//! Document text made safe for Markdown, wherever it is pasted: what is quoted becomes code, and what a forge would make
//! a mention, a reference or a link of is code too.

use crate::render::escape::prose;
use crate::render::wrap;

/// Characters shown of one quote.
const LONGEST: usize = 240;

/// Document text as inline code: on one line, between more backticks than any run in it has.
pub(super) fn code(text: &str) -> String {
    let text = wrap::cut(&prose(text), LONGEST);
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
    no_list(text)
}

/// Whether a word that touches code stays a word; two pieces of code that touch would be read as one.
fn is_inert_at(word: Option<&str>) -> bool {
    word.is_none_or(is_inert)
}

/// A text that begins no list, heading or rule of its own.
fn no_list(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        Some(b'-' | b'+' | b'=') if digits == 0 => format!("\\{text}"),
        _ => text,
    }
}

/// Text of which nothing is markup, and no word calls anybody or leads anywhere.
fn words(text: &str) -> String {
    let shown = |word: &str| if is_inert(word) { literal(word) } else { code(word) };
    text.split(' ')
        .map(|word| if word.is_empty() { String::new() } else { shown(word) })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether GitHub and GitLab read a word as a word: no mention, number of an issue, commit, address or emoji.
///
/// A backslash before `@` and `#` does not stop them; code does.
fn is_inert(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let reference = |pair: &[u8]| matches!(pair[0], b'!' | b'%' | b'-') && pair[1].is_ascii_digit();
    let named = lower.contains("gh-") || word.starts_with(['!', '%']);
    let linked = lower.contains("://") || lower.contains("www.") || lower.contains("mailto:");
    let number = named && word.as_bytes().windows(2).any(reference);
    let emoji = word.matches(':').count() > 1;
    !(word.contains(['@', '#', '&', '$', '~', '^', '<', '`']) || linked || number || emoji || is_commit(word))
}

/// Whether a word holds what could be the short name of a commit.
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
            "!12",
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

    proptest::proptest! {
        #[test]
        fn no_quote_becomes_markup(
            text in "(\\PC|[`*_<>#|~&$:=+.0-9\\r\\n\t \\[\\]()!-]|[*_`~]{1,2}[a-z]{1,2}[*_`~]{1,2}|\\[a\\]\\(b\\)){0,40}",
        ) {
            proptest::prop_assert!(is_plain(&format!("line 3: {}", code(&text))), "{:?}", code(&text));
            proptest::prop_assert!(is_plain(&format!("asked: {}", escaped(&text))), "{:?}", escaped(&text));
        }
    }
}
