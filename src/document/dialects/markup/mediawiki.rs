//! The wiki markup of MediaWiki, which other wikis share.

use crate::document::dialects::markup::Becomes::{Heading, Marked, Nothing, Text};
use crate::document::dialects::markup::{Language, rule};
use crate::model::Markup;

pub(super) const LANGUAGE: Language = Language {
    name: Markup::MediaWiki,
    sign: r"(?m)^={1,5}[ \t]*[^=\s][^=\n]*={1,5}[ \t\r]*$",
    rules: &[
        rule(r"(?s)<(?:syntaxhighlight|source)\b[^<>]*>.*?</(?:syntaxhighlight|source)>", Nothing),
        // Tables: rows with a mark at their end become sentences.
        rule(r"(?m)^(?:\{\||\|\}|\|-)[^\n]*$", Nothing),
        rule(r"(?m)^[ \t]*\|[^\n]*[^|\n](?P<marks>\|{1,2})[ \t\r]*$", Marked(".")),
        rule(r"(?m)^(?P<hidden>[|!])[ \t]", Nothing),
        rule(r"\|\|", Nothing),
        // Lists, terms, bold type, headings and links.
        rule(r"(?m)^[ \t]*(?P<marks>#{1,4}|\*{2,4})[ \t]", Marked("-")),
        rule(r"(?m)^(?P<hidden>:+)[*#]", Nothing),
        rule(r"(?m)^(?P<hidden>;)[ \t]", Nothing),
        rule(r"'{5}", Marked("<b>")),
        rule(r"'{2,3}", Nothing),
        rule(r"(?m)^(?P<marks>={1,6})[ \t]*(?P<text>[^=\s][^\n]*?)[ \t]*=+[ \t\r]*$", Heading),
        rule(r"\[https?://[^\s\[\]]+[ \t]+(?P<text>[^\[\]\n]+)\]", Text),
    ],
};
