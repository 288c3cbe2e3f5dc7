//! Documents in other dialects of Markdown made to stall a reader, by the unit that they repeat.

use super::shapes::{Shape, shape};

/// Every shape.
pub(crate) const DIALECTS: [Shape; 16] = [
    shape("containers in containers", "", "::: a\nb c\n\n", ""),
    shape("ends of other containers", "", "::: a\n///\n", ""),
    shape("marks of quotes", "", ">>>\na\n", ""),
    shape("admonitions", "", "!!! note\n\n", ""),
    shape("call-outs", "", "> [!failure] a\n", ""),
    shape("definitions", "", "a\n: b\n", ""),
    shape("fences that hold text", "", "```{note}\n", ""),
    shape("comments on a line", "", "a {# b #} ", ""),
    shape("comments that are not closed", "", "{# a %% b {/* ", ""),
    shape("tags on a line", "", "a {% b %} ", ""),
    shape("pairs of tags on a line", "", "{% a %}", "{% enda %}"),
    shape("quotations between tags", "", "{% quote %}a {% endquote %}", ""),
    shape("dollars", "", "$a ", ""),
    shape("mentions of a chat", "", "<@U1> ", ""),
    shape("apostrophes", "", "'a ", ""),
    shape("braces", "", "{", ""),
];
