//! Documents in other dialects of Markdown made to stall a reader, by the unit that they repeat.

use super::shapes::{Shape, shape};

/// Every shape.
pub(crate) const DIALECTS: [Shape; 25] = [
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
    shape("headings of a wiki", "", "h1. a\n", ""),
    shape("code of a wiki that is not closed", "h1. a\n", "{code:a}\n{quote}a ", ""),
    shape("links of a wiki", "h1. a\n", "[a|", ""),
    shape("blocks of AsciiDoc", "= a\n\n", "----\n....\n____\na\n", ""),
    shape("titles of reStructuredText", "", "abcd\n~~~~\n\n", ""),
    shape("directives of reStructuredText", "", ".. a::\n   b::\n\n", ""),
    shape("indented lines", "", "     - a\n", ""),
    shape("components", "", "<A>\n\n    b\n\n</A>\n\n", ""),
    shape("tags of components that do not end", "", "<A b='\n", ""),
    shape("apostrophes", "", "'a ", ""),
    shape("braces", "", "{", ""),
];
