//! Mentions as a chat or a tracker exports them: `<@U024BE7LH>`, `<@U024BE7LH|jane>`, `[~jane]`, `[~accountid:5b10]`.

use crate::document::dialects::code::{Code, What};
use crate::document::dialects::rewriter::Rewriter;
use crate::model::Span;

/// Marks at the start and at the end of a mention.
const MARKS: [(&str, u8); 2] = [("<@", b'>'), ("[~", b']')];
/// What stands before the name, if there is more than a name.
const SEPARATORS: [char; 2] = ['|', ':'];
/// Maximum length of a mention in bytes.
const LONGEST: usize = 80;

/// True if a text may hold a mention.
pub(super) fn may_occur(text: &str) -> bool {
    MARKS.iter().any(|(open, _)| text.contains(open))
}

/// Rewrites the mentions of a text from byte `body` on to `@U024BE7LH` or `@jane`.
pub(super) fn rewrite(text: &str, body: usize) -> String {
    let code = Code::find(text, body, What::CodeAndComments);
    let mut to = Rewriter::new(text);
    for (open, close) in MARKS {
        for (at, _) in text[body..].match_indices(open) {
            let inner = body + at + open.len();
            let name = name(text, inner, close).filter(|_| code.end_around(body + at).is_none());
            if let Some(name) = name {
                to.blank(Span::new(body + at, name.start));
                to.write(name.start - 1, "@");
                to.blank(Span::new(name.end, name.end + 1));
            }
        }
    }
    to.finish()
}

/// Returns the name in the mention whose text begins at `start`.
fn name(text: &str, start: usize, close: u8) -> Option<Span> {
    let inner = &text[start..];
    let length = inner.bytes().take(LONGEST).position(|byte| byte == close)?;
    let is_of_name = |sign: char| {
        sign.is_alphanumeric() || matches!(sign, '_' | '.' | '-' | '!') || SEPARATORS.contains(&sign)
    };
    let inner = inner.get(..length).filter(|inner| inner.chars().all(is_of_name))?;
    let name = inner.rfind(SEPARATORS).map_or(0, |at| at + 1);
    (name < length).then(|| Span::new(start + name, start + length))
}
