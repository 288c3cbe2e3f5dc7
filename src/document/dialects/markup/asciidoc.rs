//! AsciiDoc.

use crate::document::dialects::markup::Becomes::{Heading, Marked, Nothing, Quotation, Text};
use crate::document::dialects::markup::{Language, rule};
use crate::model::Markup;

pub(super) const LANGUAGE: Language = Language {
    name: Markup::AsciiDoc,
    sign: r"(?m)\A= \w|(?:\A|^[ \t\r]*\n|^\[[^\n]*\][ \t\r]*\n)={2,5} \w",
    rules: &[
        // Comments and code: what begins first holds the others.
        rule(
            r"(?ms)^/{4,}[ \t\r]*\n.*?^/{4,}[ \t\r]*$|^-{4,}[ \t\r]*\n.*?^-{4,}[ \t\r]*$|^\.{4,}[ \t\r]*\n.*?^\.{4,}[ \t\r]*$|^\+{4,}[ \t\r]*\n.*?^\+{4,}[ \t\r]*$",
            Nothing,
        ),
        rule(r"(?m)^//[^\n]*$", Nothing),
        // Quotations, other blocks, their attributes and titles.
        rule(r"(?ms)^_{4,}[ \t\r]*\n(?P<text>.*?)^_{4,}[ \t\r]*$", Quotation),
        rule(r"(?m)^(?:={4,}|\*{4,}|--|\|=+|\+)[ \t\r]*$", Nothing),
        rule(r"(?m)^\[[^\n]*\][ \t\r]*$", Nothing),
        rule(r"(?m)^:!?\w[\w-]*!?:(?:[ \t][^\n]*)?$", Nothing),
        rule(r"(?m)^(?:image|video|include)::[^\n]*$", Nothing),
        rule(r"(?m)^(?P<hidden>\.)\w", Nothing),
        // Headings, lists, cells and links.
        rule(r"(?m)^(?P<marks>={1,6})[ \t]+(?P<text>[^\n]*?)[ \t\r]*$", Heading),
        rule(r"(?m)^[ \t]*(?P<marks>\*{2,4}|\.{1,4})[ \t]", Marked("-")),
        rule(r"(?m)^\w[^\n:]*:(?P<hidden>:+)(?:[ \t\r]|$)", Nothing),
        rule(r"(?m)(?:^|[ \t])(?P<hidden>[a-z]?\|)", Nothing),
        rule(r"(?:link:|xref:|mailto:|https?://)[^\s\[\]]*\[(?P<text>[^\]\n]+)\]", Text),
        rule(r"<<(?:[^<>,\n]*,)?(?P<text>[^<>\n]+)>>", Text),
    ],
};
