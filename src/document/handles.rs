//! People whose handles are written as code: `jane`, where the text elsewhere says `@jane`.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};

/// The mark before a handle.
pub(super) const MARK: &str = "@";
/// What code begins with, in Markdown and in HTML.
const CODE: [&str; 2] = ["`", "<code"];

/// The handles in a text, without their marks.
#[derive(Debug, Default)]
pub(super) struct Handles(BTreeSet<String>);

impl Handles {
    /// Collects the handles in the events of a text. One in code may be something else, such as an annotation. The events
    /// are looked at only if the text has both handles and code.
    pub(super) fn find<'e, E: Borrow<Event<'e>>>(text: &str, events: impl Iterator<Item = E>) -> Self {
        let (mut handles, mut code) = (BTreeSet::new(), 0_usize);
        if !text.contains(MARK) || !CODE.iter().any(|code| text.contains(code)) {
            return Self(handles);
        }
        for event in events {
            match event.borrow() {
                Event::Start(Tag::CodeBlock(_)) => code += 1,
                Event::End(TagEnd::CodeBlock) => code = code.saturating_sub(1),
                Event::Text(words) if code == 0 => handles.extend(in_words(words).map(str::to_owned)),
                _ => {}
            }
        }
        Self(handles)
    }

    /// True if code is only the name of a person: a handle, or one that the text mentions without its mark.
    pub(super) fn name(&self, code: &str) -> bool {
        code.strip_prefix(MARK).is_some_and(|name| !name.is_empty() && name.chars().all(is_of_name))
            || self.0.contains(code)
    }
}

/// Returns the handles in some words. An at sign within a word is part of an address.
fn in_words(words: &str) -> impl Iterator<Item = &str> {
    let apart = words.match_indices(MARK).filter(|&(at, _)| !words[..at].ends_with(is_of_name));
    let names = apart.map(|(at, mark)| {
        let name = &words[at + mark.len()..];
        let end = name.find(|sign| !is_of_name(sign)).unwrap_or(name.len());
        name[..end].trim_end_matches(|sign: char| !sign.is_alphanumeric())
    });
    names.filter(|name| !name.is_empty())
}

fn is_of_name(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.')
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Parser;

    use super::*;

    #[test]
    fn a_handle_stands_apart_and_outside_code() {
        let found = |words| in_words(words).collect::<Vec<_>>();
        assert_eq!(found("@jane, (@j.doe) and @a-b."), ["jane", "j.doe", "a-b"]);
        assert_eq!(found("jane@example.com @ 5 @"), [""; 0]);
    }

    #[test]
    fn an_annotation_in_code_is_no_handle() {
        let is_name = |text: &str| Handles::find(text, Parser::new(text)).name("retry");
        assert!(is_name("`retry` is @retry"));
        assert!(!is_name("`retry` is `@retry`"));
        assert!(!is_name("`retry` is\n\n```\n@retry\n```"));
    }
}
