//! Mentions as a chat exports them: `<@U024BE7LH>`, `<@U024BE7LH|jane>`.

use crate::document::dialects::code::{Code, What};
use crate::document::dialects::rewriter::Rewriter;
use crate::model::Span;

const OPEN: &str = "<@";
/// Maximum length of a mention in bytes.
const LONGEST: usize = 80;

/// True if a text may hold a mention.
pub(super) fn may_occur(text: &str) -> bool {
    text.contains(OPEN)
}

/// Rewrites the mentions of a text from byte `body` on to `@U024BE7LH` or `@jane`.
pub(super) fn rewrite(text: &str, body: usize) -> String {
    let code = Code::find(text, body, What::CodeAndComments);
    let mut to = Rewriter::new(text);
    for (at, _) in text[body..].match_indices(OPEN) {
        let start = body + at;
        if let Some(mention) = mention(text, start).filter(|_| code.end_around(start).is_none()) {
            let name = mention.of(text).rfind('|').map_or(start + OPEN.len(), |bar| mention.start + bar + 1);
            to.blank(Span::new(start, name));
            to.write(name - 1, "@");
            to.blank(Span::new(mention.end - 1, mention.end));
        }
    }
    to.finish()
}

/// Returns the span of the mention that begins at `start`.
fn mention(text: &str, start: usize) -> Option<Span> {
    let name = &text[start + OPEN.len()..];
    let length = name.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    let is_name = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '.' | '-' | '|' | '!');
    let is_mention = length > 0 && name.get(..length)?.chars().all(is_name);
    is_mention.then(|| Span::new(start, start + OPEN.len() + length + 1))
}
