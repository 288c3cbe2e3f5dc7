//! The wiki markup of Jira and Confluence.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::dialects::markup::Becomes::{Code, Heading, Marked, Nothing, Quotation, Text};
use crate::document::dialects::markup::{Language, Rule, rule};
use crate::model::Markup;

pub(super) const LANGUAGE: Language = Language {
    name: Markup::Jira,
    sign: r"(?m)^[ \t]*h[1-6]\.[ \t]+\S",
    rules: &[
        rule(r"(?m)^[ \t]*-{2,}[ \t\r]*$", Nothing),
        rule(r"(?m)^[ \t]*(?P<marks>#{1,4}|\*{2,4}|-{2,3})[ \t]+", Marked("-")),
        rule(r"(?m)^[ \t]*(?P<marks>h[1-6]\.)[ \t]+(?P<text>[^\n]*?)[ \t\r]*$", Heading),
        rule(r"(?m)^[ \t]*(?P<marks>bq\.)", Marked(">")),
        rule(r"\{\{(?P<text>[^{}\n]+)\}\}", Code),
        rule(r"\[(?P<text>[^\[\]|\n]+)\|[^\[\]\n]+\]", Text),
        rule(r"(?m)^[ \t]*\|[^\n]*(?P<marks>\|)[ \t\r]*$", Marked(".")),
        rule(r"\|+", Nothing),
    ],
};

/// Blocks between braces, which are also pasted into a text in Markdown.
pub(super) const MACROS: &[Rule] = &[
    // What begins first holds the other.
    rule(r"(?s)\{code(?:[:|][^}\n]*)?\}.*?\{code\}|\{noformat(?:[:|][^}\n]*)?\}.*?\{noformat\}", Nothing),
    rule(r"(?s)\{quote\}(?P<text>.*?)\{quote\}", Quotation),
    rule(
        r"(?m)^[ \t]*(?P<marks>\{(?:panel|info|warning|note|tip)[:|](?:[^}\n]*\|)?title=)(?P<text>[^}|\n]+)[^}\n]*\}",
        Heading,
    ),
    rule(r"(?m)^[ \t]*(?P<marks>\{expand[:|](?:title=)?)(?P<text>[^}|=\n]+)[^}\n]*\}", Heading),
    rule(r"(?s)\{color(?:[:|][^}\n]*)?\}(?P<text>.*?)\{color\}", Text),
    rule(
        r"(?m)^[ \t]*\{(?:panel|info|warning|note|tip|expand)(?:[:|][^}\n]*)?\}[ \t]*(?P<text>[^\s{][^\n]*)$",
        Text,
    ),
    rule(
        r"\{(?:panel|info|warning|note|tip|expand|excerpt|section|column|anchor|toc|status)(?:[:|][^}\n]*)?\}",
        Nothing,
    ),
];

/// True if a text has a heading or a block of a wiki.
pub(super) fn has_macros(text: &str) -> bool {
    static SIGN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let block = r"\{(?:code|noformat|panel|quote|expand)(?:[:|][^}\n]*)?\}";
        Regex::new(&format!(r"(?m)^[ \t>]*(?:h[1-6]\.[ \t]+\S|{block})")).ok()
    });
    SIGN.as_ref().is_some_and(|sign| sign.is_match(text))
}
