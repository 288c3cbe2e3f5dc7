//! Texts of the lexicon with `{slots}` for words of the document.

/// Returns the text with its slots filled; `None` if one of them cannot be filled.
pub(crate) fn fill<'s>(form: &str, slot: impl Fn(&str) -> Option<&'s str>) -> Option<String> {
    let mut text = String::new();
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        text.push_str(before);
        text.push_str(slot(name)?);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}
