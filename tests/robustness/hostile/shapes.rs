//! Documents made to stall a reader, by the unit that they repeat.

use std::fmt::Write;

/// An opening, a repeated unit and an end. `{}` in the unit is a counter, so that no two copies are equal.
pub(crate) struct Shape {
    /// Its name.
    pub(crate) name: &'static str,
    open: &'static str,
    unit: &'static str,
    close: &'static str,
}

impl Shape {
    /// Returns a document of about `size` bytes.
    pub(crate) fn document(&self, size: usize) -> String {
        let parts: Vec<&str> = self.unit.split("{}").collect();
        let mut text = self.open.to_owned();
        for at in 0.. {
            if text.len() >= size {
                break;
            }
            text += &parts.join(&at.to_string());
        }
        text + self.close
    }
}

pub(super) const fn shape(
    name: &'static str,
    open: &'static str,
    unit: &'static str,
    close: &'static str,
) -> Shape {
    Shape { name, open, unit, close }
}

/// Every shape.
pub(crate) const SHAPES: [Shape; 106] = [
    shape("quotes", "", ">", ""),
    shape("emphasis", "", "*a ", ""),
    shape("brackets", "", "[", ""),
    shape("links", "", "[a](", ""),
    shape("tags", "", "<a ", ""),
    shape("back-ticks", "", "`", ""),
    shape("backslashes", "", "\\", ""),
    shape("pipes", "", "|", ""),
    shape("rows of pipes", "|a|b|\n|-|-|\n", "|", ""),
    shape(
        "table",
        "# Timeline\n\n| time | event |\n|---|---|\n",
        "| 10:00 | the engineer deleted it |\n",
        "",
    ),
    shape("alerts", "# Timeline\n\n", "- 10:00 alert {} fires\n- 11:00 deployed {}\n", ""),
    shape("days of alerts", "# Timeline\n\n", "- 2{}-01-02 10:00 alert fires\n", ""),
    shape(
        "fields and rows",
        "# Timeline\n\n- 2024-01-01 10:00 a\n- 2024-01-02 10:00 b\n- 2024-01-03 10:00 c\n- 2024-01-04 10:00 d\n\n",
        "- Detected: 2024-01-05 10:00 {}\n- 2024-01-06 10:00 alert {}\n",
        "",
    ),
    shape("one line", "", "and so on ", ""),
    shape("headings", "", "# a\n", ""),
    shape("words of a title", "# ", "a ", "\n"),
    shape("headings with text", "", "## Root cause\n\nHuman error.\n\n", ""),
    shape("underlined headings", "", "a\n=\n\n", ""),
    shape("bold lines", "", "**a**\n\n", ""),
    shape("labels", "", "Root cause: human error\n\n", ""),
    shape("numbers", "", "1. a\n", ""),
    shape("boxes", "", "- [ ] a\n", ""),
    shape("paragraphs", "", "a\n\n", ""),
    shape("one sentence", "", "the server and the database and ", ""),
    shape("failed to failed to", "", "failed to ", ""),
    shape("because", "# Root cause\n\nIt failed ", "because it failed ", ""),
    shape("blame in one paragraph", "# Root cause\n\n", "The engineer forgot to check. ", ""),
    shape("blame in one sentence", "# Root cause\n\n", "the engineer forgot to check and ", ""),
    shape("blame in paragraphs", "# Root cause\n\n", "Human error by the operator.\n\n", ""),
    shape("blame in items", "# Root cause\n\n", "- Human error by the operator.\n", ""),
    shape("timeline", "# Timeline\n\n", "- 10:00 the engineer deleted the database\n", ""),
    shape("actions", "# Action items\n\n", "- Remind all engineers to be careful\n", ""),
    shape("whys", "# Five whys\n\n", "1. Why? Because the operator failed.\n", ""),
    shape("names", "", "The Atlas Team ", ""),
    shape("combining marks", "e", "\u{301}", ""),
    shape("bidi controls", "", "\u{202e}a\u{202c} ", ""),
    shape("quotation marks", "", "\u{201c}a ", ""),
    shape("parentheses", "", "(a ", ""),
    shape("stops", "", ". ", ""),
    shape(
        "comments that allow",
        "# Root cause\n\n",
        "<!-- rcalint-allow: human-error -- a -->\nHuman error.\n\n",
        "",
    ),
    shape("open comments", "", "<!-- ", ""),
    shape("open tables", "", "<table><tr><td>a", ""),
    shape("HTML cells", "<table>", "<tr><td>Human error</td></tr>\n", ""),
    shape("details", "", "<details>\n<summary>a</summary>\n\n", ""),
    shape("front matter", "---\n", "title: human error\n", ""),
    shape("entities", "", "&amp;", ""),
    shape("carriage returns", "", "a\r", ""),
    shape("chat", "", "> **ravi** 09:12\n> my mistake\n", ""),
    shape("footnotes", "", "[^{}]: a\n\n", ""),
    shape("links by name", "", "[a{}]: b\n[a{}]\n\n", ""),
    shape("blame that differs", "# Root cause\n\n", "Human error {} by the operator.\n\n", ""),
    shape("acts that differ", "# Root cause\n\n", "The engineer forgot to check `switch-{}`.\n\n", ""),
    shape("conditions in one paragraph", "# Root cause\n\n", "The tool did not ask for confirmation. ", ""),
    shape(
        "conditions in paragraphs",
        "# Root cause\n\n",
        "The tool {} did not ask for confirmation.\n\n",
        "",
    ),
    shape("products", "# Root cause\n\nHuman error.\n\n", "Redis {} was slow. ", ""),
    shape("screens", "# Root cause\n\nHuman error.\n\n", "The region {} console was slow. ", ""),
    shape("times in sections", "", "## a\n\n10:00 deployed\n\n", ""),
    shape("times as headings", "", "## 10:00 deployed\n\n", ""),
    shape("log without end", "A1\n", "10:00\n", ""),
    shape("blame in a timeline", "# Timeline\n\n", "- 10:00 the engineer forgot to check `switch-{}`\n", ""),
    shape("hidden lines", "a ![", "b\n", "](c) d"),
    shape("blank lines in a comment", "<div>a <!--", "\n", "--> b</div>"),
    shape("breaks", "a ", "<br>", " b"),
    shape("breaks on lines", "a ", "<br>\n", " b"),
    shape("blanks before counts", "a. ![", "b b ", "](c) 1. 2. 3."),
    shape("counts after blanks", "a. ![                                  ](c)", "1. ", ""),
    shape("blame without blanks", "# Root cause\n\n", "human-error,", ""),
    shape("denials without blanks", "# Root cause\n\n", "no-human-error,", ""),
    shape("dashes", "", "\u{2014}a", ""),
    shape(
        "rules to allow",
        "# Root cause\n\nHuman error.\n\n<!-- rcalint-allow: ",
        "rule-{},",
        " -- why -->\n",
    ),
    shape("addresses", "", "a://b ", ""),
    shape("colons", "", ":/", ""),
    shape("code", "", "`a` ", ""),
    shape("code with blame", "# Root cause\n\n", "The engineer ran `rm -{}`. ", ""),
    shape("strike-through", "", "~~a~~ ", ""),
    shape("bold runs", "", "**a** b ", ""),
    shape("images", "", "![a](b) ", ""),
    shape("wide table", "| a |\n|---|\n", "| a ", ""),
    shape("table of blame", "| Root cause | Action |\n|---|---|\n", "| human error {} | remind all |\n", ""),
    shape("quotes of blame", "# Root cause\n\n", "> > Human error.\n\n", ""),
    shape("mail", "", "> From: bob\n\na\n\n", ""),
    shape("fences", "", "```\na\n```\n", ""),
    shape("open fence", "```\n", "a\n", ""),
    shape("indented code", "", "    a\n\n", ""),
    shape("unticked marks", "", "\u{2610} a ", ""),
    shape("placeholders", "", "[a]\n\n", ""),
    shape("dates", "", "2026-01-02 ", ""),
    shape("abbreviations", "", "e.g. ", ""),
    shape("question marks", "", "why? ", ""),
    shape("dots", "", ".", ""),
    shape("spaces", "a", " ", "b"),
    shape("tabs", "a", "\t", "b"),
    shape("one word", "", "a", ""),
    shape("accents", "", "\u{e9}", ""),
    shape("emoji", "", "\u{1f648}", ""),
    shape("ideographs", "", "\u{4e00}\u{3002}", ""),
    shape("joiners", "", "a\u{200d}", ""),
    shape("NULs", "", "\0", ""),
    shape("hyphens", "", "a-", ""),
    shape("slashes", "", "a/", ""),
    shape("mentions", "", "@a ", ""),
    shape("front matter in blocks", "---\n", "cause: |\n  human error\n", "---\n"),
    shape("definitions", "", "[a]: b\n", ""),
    shape("entities in HTML", "<div>\n", "&amp;", "</div>"),
    shape("less-than signs", "<div>", "<", "</div>"),
    shape("scripts", "<div>", "<script>", "</div>"),
];

/// Returns lists in lists, at most 700 deep.
pub(crate) fn nested_lists(size: usize) -> String {
    let mut text = String::new();
    for at in 0.. {
        if text.len() >= size {
            break;
        }
        let _ = writeln!(text, "{}- a", "  ".repeat(at % 700));
    }
    text
}
