//! Makes text from documents safe for the place where it is shown.

use std::fmt::{self, Write};

/// Document text, a path or a name, made safe for one line of a terminal or of a workflow's log.
///
/// Control characters, line breaks and characters that reorder text are made visible, so that a document can neither
/// move the cursor nor start a line of its own. GitHub Actions logs interpret `##[…]` anywhere in a line and `::…` at
/// its start (ignoring leading white space), and Azure Pipelines logs interpret `##vso[…]`. A backslash disables all of
/// these.
#[derive(Clone, Copy, Debug)]
pub struct Terminal<'a>(pub &'a str);

impl fmt::Display for Terminal<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before = ' ';
        for (at, sign) in self.0.char_indices() {
            if opens_command(&self.0[..at], before, &self.0[at..]) {
                to.write_char('\\')?;
            }
            write_visible(to, sign)?;
            before = sign;
        }
        Ok(())
    }
}

/// Returns a path and a colon, for the start of a line. A path may end in a colon, and two colons would begin a command
/// of a log.
pub fn headed(path: &str) -> String {
    Terminal(&format!("{path}:")).to_string()
}

/// Returns words for text that is wrapped: separated by single spaces, and each as safe as in [`Terminal`].
///
/// A quote from a wrapped sentence contains line breaks that have no meaning.
pub fn prose(text: &str) -> String {
    let words = text.split_whitespace().map(|word| Terminal(word).to_string());
    words.collect::<Vec<_>>().join(" ")
}

/// True if a workflow's log would interpret the following text as a command.
fn opens_command(head: &str, before: char, rest: &str) -> bool {
    (rest.starts_with('[') && marks_command(head)) || (rest.starts_with("::") && before.is_whitespace())
}

/// True if a `[` after this text would begin a command of a log.
pub(super) fn marks_command(head: &str) -> bool {
    let azure = head.len().checked_sub("##vso".len()).and_then(|at| head.get(at..));
    head.ends_with("##") || azure.is_some_and(|mark| mark.eq_ignore_ascii_case("##vso"))
}

fn write_visible(to: &mut impl Write, sign: char) -> fmt::Result {
    match sign {
        '\t' => to.write_char(sign),
        '\u{0}'..='\u{1f}' => to.write_char(picture(sign)),
        '\u{7f}' => to.write_char('\u{2421}'),
        _ if is_hidden(sign) => write!(to, "{}", sign.escape_unicode()),
        _ => to.write_char(sign),
    }
}

/// Returns the control picture of a C0 control character: `␛` for an escape.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// True for C1 control characters, characters that hide text for programs in a text for people (tags, fillers, variation
/// selectors beyond those of emoji), and characters that invisibly change the order or the lines of a text.
pub(super) fn is_hidden(sign: char) -> bool {
    matches!(sign,
        '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{3164}' | '\u{ffa0}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_shown(text: &str, expected: &str) {
        assert_eq!(Terminal(text).to_string(), expected);
    }

    #[test]
    fn ordinary_text_is_unchanged() {
        assert_shown("50 % of @team\u{2009}— std::io, 🙈👩‍👩‍👧\té", "50 % of @team\u{2009}— std::io, 🙈👩‍👩‍👧\té");
    }

    #[test]
    fn control_characters_are_made_visible() {
        assert_shown("a\u{1b}[31mb\u{7}\u{7f}\0", "a␛[31mb␇␡␀");
        assert_shown("\u{1b}]8;;http://x\u{1b}\\y", "␛]8;;http://x␛\\y");
        assert_shown("a\u{9b}31m", "a\\u{9b}31m");
    }

    #[test]
    fn a_line_stays_one_line() {
        assert_shown("a\r\nb\u{2028}c\u{85}d\u{b}e", "a␍␊b\\u{2028}c\\u{85}d␋e");
    }

    #[test]
    fn prose_has_single_spaces() {
        assert_eq!(prose(" human\r\n  error\u{2028}::x \u{1b}"), "human error \\::x ␛");
    }

    #[test]
    fn hidden_tags_are_made_visible() {
        assert_shown("a\u{e0041}b\u{e0100}\u{3164}", "a\\u{e0041}b\\u{e0100}\\u{3164}");
        assert_shown("❤\u{fe0f} 👩\u{200d}🚒", "❤\u{fe0f} 👩\u{200d}🚒");
    }

    #[test]
    fn reordering_is_made_visible() {
        assert_shown("a\u{202e}b\u{2066}c\u{200f}d\u{61c}", "a\\u{202e}b\\u{2066}c\\u{200f}d\\u{61c}");
    }

    #[test]
    fn workflow_commands_are_disabled() {
        assert_shown("::error::x ::warning::y a::b", "\\::error::x \\::warning::y a::b");
        assert_shown("x ##[add-mask]e", "x ##\\[add-mask]e");
        assert_shown("x ##vso[a b]c ##VSO[a]", "x ##vso\\[a b]c ##VSO\\[a]");
    }
}
