//! Completion: rules in comments that allow findings, and keys and values in `rcalint.toml`.

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, CompletionParams, MarkupContent, MarkupKind,
    TextEdit,
};
use lsp_server::ResponseError;
use serde_json::{Value, json};

use crate::config::FILE_NAME;
use crate::lexicon::Lexicon;
use crate::lexicon::kinds::RuleKind;
use crate::lsp::documents::Text;
use crate::lsp::queries::parse;
use crate::lsp::session::{Session, path};
use crate::lsp::toml_completion;
use crate::model::Span;

/// The commands of comments that allow findings.
const COMMANDS: [(&str, &str); 2] = [
    ("rcalint-allow", "allow findings in the next block, or in the text around the comment"),
    ("rcalint-allow-file", "allow findings in the whole document"),
];

/// Something that can be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) label: String,
    /// A few words about it.
    pub(crate) detail: String,
    /// More about it, as Markdown; may be empty.
    pub(crate) documentation: String,
}

/// Candidates, and the part of the text that each of them replaces.
pub(crate) type Completion = (Span, Vec<Candidate>);

/// Answers a request for completion.
pub(crate) fn answer(session: &mut Session, params: &Value) -> Result<Value, ResponseError> {
    let params: CompletionParams = parse(params)?;
    let place = params.text_document_position_params;
    let file = path(&place.text_document.uri);
    let Some(project) = session.context.workspace.project(&file) else { return Ok(Value::Null) };
    let Some(document) = session.context.documents.get(&place.text_document.uri) else {
        return Ok(Value::Null);
    };
    let (text, lexicon) = (&document.text, &*project.settings.lexicon);
    let at = text.offset(place.position);
    let completion = if file.file_name().is_some_and(|name| name == FILE_NAME) {
        toml_completion::at(&text.content, at, lexicon)
    } else {
        in_comment(&text.content, at, lexicon)
    };
    Ok(completion.map_or(Value::Null, |completion| items(text, completion)))
}

fn items(text: &Text, (span, candidates): Completion) -> Value {
    let range = text.range(span);
    let item = |Candidate { label, detail, documentation }: Candidate| {
        let markdown = || MarkupContent { kind: MarkupKind::Markdown, value: documentation.clone() };
        let edit = TextEdit { range, new_text: label.clone() };
        CompletionItem {
            kind: Some(CompletionItemKind::EnumMember),
            detail: Some(detail),
            documentation: (!documentation.is_empty()).then(|| markdown().into()),
            filter_text: Some(label.clone()),
            text_edit: Some(CompletionItemTextEdit::TextEdit(edit)),
            label,
            ..CompletionItem::default()
        }
    };
    json!(candidates.into_iter().map(item).collect::<Vec<_>>())
}

/// Returns what fits into a comment at a byte; `None` outside comments, and in the reason of one.
fn in_comment(text: &str, at: usize, lexicon: &Lexicon) -> Option<Completion> {
    let open = text[..at].rfind("<!--")?;
    let body = &text[open + "<!--".len()..at];
    let from = |typed: &str| Span::new(at - typed.len(), at);
    if body.contains("-->") {
        return None;
    }
    let Some((command, rules)) = body.trim_start().split_once([':', ' ', '\n']) else {
        return Some((from(body.trim_start()), commands()));
    };
    let is_known = COMMANDS.iter().any(|(name, _)| *name == command);
    if !is_known || rules.contains("--") {
        return None;
    }
    let typed = rules.rsplit([',', ' ', ':', '\n']).next().unwrap_or_default();
    Some((from(typed), rules_to_allow(lexicon)))
}

fn commands() -> Vec<Candidate> {
    let candidate = |(name, detail): (&str, &str)| Candidate {
        label: format!("{name}:"),
        detail: detail.to_owned(),
        documentation: String::new(),
    };
    COMMANDS.map(candidate).to_vec()
}

fn rules_to_allow(lexicon: &Lexicon) -> Vec<Candidate> {
    let can_be_allowed = |kind| !matches!(kind, RuleKind::Document(what) if what.is_about_comments());
    rules(lexicon, can_be_allowed)
}

/// Returns the rules of these kinds.
pub(crate) fn rules(lexicon: &Lexicon, wanted: impl Fn(RuleKind) -> bool) -> Vec<Candidate> {
    let rules = lexicon.rules.iter().filter(|rule| wanted(rule.kind));
    let candidates = rules.map(|rule| Candidate {
        label: rule.id.clone(),
        detail: rule.summary.clone(),
        documentation: rule.why.clone(),
    });
    candidates.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the labels that fit at the end of a text, and the part that they replace.
    fn labels(text: &str) -> Option<(&str, Vec<String>)> {
        let (span, candidates) = in_comment(text, text.len(), Lexicon::embedded())?;
        Some((span.of(text), candidates.into_iter().map(|candidate| candidate.label).collect()))
    }

    #[test]
    fn rules_complete_until_the_reason_begins() {
        for (text, typed) in [
            ("<!-- rcalint-allow: ", ""),
            ("a\n<!-- rcalint-allow-file: human-error, hin", "hin"),
            ("<!-- rcalint-allow:hum", "hum"),
        ] {
            let (replaced, labels) = labels(text).unwrap();
            assert_eq!(replaced, typed);
            assert!(
                labels.contains(&"human-error".to_owned()) && !labels.contains(&"unused-allow".to_owned())
            );
        }
    }

    #[test]
    fn commands_complete_at_the_beginning() {
        assert_eq!(labels("<!-- rca").unwrap().1, ["rcalint-allow:", "rcalint-allow-file:"]);
        assert_eq!(labels("<!--").unwrap().0, "");
    }

    #[test]
    fn nothing_completes_elsewhere() {
        for text in
            ["", "rcalint-allow: ", "<!-- a --> ", "<!-- rcalint-allow: hindsight -- as ", "<!-- TODO: "]
        {
            assert_eq!(labels(text), None, "{text}");
        }
    }
}
