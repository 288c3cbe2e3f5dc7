//! Texts of other dialects, and what they become.

use crate::document::dialects::plain;

/// Returns the new text, with a mark before and after each region, and checks that offsets hold.
#[track_caller]
fn rewritten(text: &str) -> String {
    let plain = plain(text, 0);
    assert_eq!(plain.text.len(), text.len());
    let mut shown = plain.text.into_owned();
    let mut marks: Vec<(usize, &str)> = Vec::new();
    for region in plain.regions {
        let (begin, end) = if region.is_quote { ("\u{ab}", "\u{bb}") } else { ("(", ")") };
        marks.extend([(region.span.end, end), (region.span.start, begin)]);
    }
    marks.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    for (at, mark) in marks {
        shown.insert_str(at, mark);
    }
    shown.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[test]
fn admonitions_and_tabs_become_list_items() {
    assert_eq!(rewritten("!!! danger \"Cause\"\n    Text"), "1) ######   Cause\n    Text");
    assert_eq!(rewritten("??? note\n\n    Text"), "1) ####\n\n    Text");
    assert_eq!(rewritten("=== \"A b\"\n\n    Text"), "1) # A b\n\n    Text");
    for text in ["!!! no body\n\nText", "!!! not this, please", "Title\n===\n    code", "== \"A\"\n    b"] {
        assert_eq!(rewritten(text), text);
    }
}

#[test]
fn containers_become_regions() {
    assert_eq!(rewritten(":::danger The cause\na\n:::\nb"), "(######    The cause\na\n)\nb");
    assert_eq!(rewritten("::: {.callout-note title=\"T\"}\na\n:::"), "(######                    T\na\n)");
    assert_eq!(rewritten("/// note | T\na\n///"), "(######     T\na\n)");
    assert_eq!(rewritten("::: Warning :::\na\n:::::"), "(\na\n)");
    assert_eq!(rewritten("::: mermaid\na\n:::\nb"), "\n\n\nb");
    assert_eq!(rewritten(">>>\na\n>>>"), "   \u{ab}\na\n\u{bb}");
    for text in ["::: \n", ">>>\na", "/// a comment in code\n"] {
        assert_eq!(rewritten(text).trim_end(), text.trim_end());
    }
}

#[test]
fn titles_of_callouts_become_headings() {
    assert_eq!(rewritten("> [!failure]- The cause\n> a"), "> ######      The cause\n> a");
    assert_eq!(rewritten("> [!failure]\n> a"), ">\n> a");
    assert_eq!(rewritten("> [!x](y) z"), "> [!x](y) z");
    assert_eq!(rewritten("## Cause {#the-cause}"), "## Cause");
}

#[test]
fn statements_between_paragraphs_are_no_text() {
    for statement in [
        "import Note from '../note'",
        "import {\n  a,\n  b as c,\n} from \"x\";",
        "import * as icons from 'icons'",
        "import './style.css'",
        "export const cause = {\n  text: 'human error',\n\n  by: 'them',\n}",
        "export default Layout",
        "export default ({ children }) => <Page>{children}</Page>",
        "export { a } from 'b'",
        "export function Cause() {\n  return 'x'\n}",
    ] {
        for text in [format!("{statement}\n\na"), format!("{statement}\n\na").replace('\n', "\r\n")] {
            assert_eq!(rewritten(&text).trim(), "a", "{statement}");
        }
    }
    for text in [
        "import tariffs rose",
        "import of data from 'orders' failed",
        "export default values were used",
        "export const values",
        "a\nimport x from 'y'",
        "    import x from 'y'",
        "```\nimport x from 'y'\n```",
    ] {
        assert_eq!(rewritten(text), text);
    }
    assert_eq!(rewritten("export const a = {\n\nb").trim(), "b");
}

#[test]
fn comments_of_any_dialect_become_comments() {
    assert_eq!(rewritten("a {/* b */} c"), "a <!--  --> c");
    assert_eq!(rewritten("a %% b %% c"), "a <!----> c");
    assert_eq!(rewritten("{# b\n\nc #}"), "<!--   -->");
    assert_eq!(rewritten("a {{!-- b --}} c"), "a <!--     --> c");
    assert_eq!(rewritten("{::comment}\nb\n{:/comment}"), "<!--                  -->");
    assert_eq!(rewritten("a {--b c--} {>>d<<} e"), "a <!--  --> <!----> e");
    assert_eq!(rewritten("{% comment %}b{% endcomment %} c"), "<!--                       --> c");
    for text in ["100%% of 5%% of", "`{/* a */}`", "```\n{# a #}\n```", "{/* a", "<!-- {/* a */} -->"] {
        assert_eq!(rewritten(text), text);
    }
}

#[test]
fn definitions_become_list_items() {
    assert_eq!(rewritten("Cause\n:   a\n\n    b"), "Cause\n-   a\n\n    b");
    assert_eq!(rewritten("\n: a"), "\n: a");
}

#[test]
fn tags_are_not_text() {
    assert_eq!(rewritten("a {% if b %}c{% endif %}"), "a           c");
    assert_eq!(rewritten("{{< highlight sh >}}\na\n{{< /highlight >}}\nb"), "\n\n\nb");
    assert_eq!(rewritten("{% quote %}a{% endquote %}"), "\u{ab}<b>        a\u{bb}");
    assert_eq!(rewritten("{{ site.title }}"), "{{ site.title }}");
    assert_eq!(rewritten("{% raw %}{% a %}{% endraw %}"), "<b>      {% a %}");
}

#[test]
fn directives_that_hold_text_are_no_code() {
    assert_eq!(rewritten("```{note} T\n:class: x\na\n```\nb"), "(######    T\n\na\n   )\nb");
    assert_eq!(rewritten("```admonish tip title=\"T\"\na\n```"), "(######                 T\na\n   )");
    assert_eq!(rewritten("```ad-note\ntitle: T\na\n```"), "(\n###### T\na\n   )");
    assert_eq!(rewritten("```{code-block} sh\na\n```"), "```{code-block} sh\na\n```");
}

#[test]
fn mentions_of_a_chat_are_handles() {
    assert_eq!(rewritten("<@U1> and <@U1|jane> <@>"), " @U1  and     @jane  <@>");
    assert_eq!(rewritten("[~jane] and [~accountid:5b] [~] `[~a]`"), " @jane  and            @5b  [~] `[~a]`");
}

#[test]
fn components_hold_no_indented_code() {
    assert_eq!(rewritten("<A>\n\n    b\n    c\n</A>"), "<A>\n\n<b> b\n    c\n</A>");
    for text in [
        "<A/>\n\n    b",
        "<A b=\"/>\">c</A>\n\n    d",
        "<div>\n\n    b\n</div>",
        "<A>\n\n    ```\n    b\n\n    c\n    ```\n</A>",
    ] {
        assert_eq!(rewritten(text), text);
    }
}

#[test]
fn what_an_abbreviation_stands_for_is_not_shown() {
    assert_eq!(rewritten("*[SLO]: a\n\nb"), "\n\nb");
    assert_eq!(rewritten("*[a]* b: c"), "*[a]* b: c");
}

#[test]
fn tags_at_the_start_of_a_line_do_not_indent_it() {
    assert_eq!(rewritten("{% if b %}c{% endif %}"), "<b>       c");
    assert_eq!(rewritten("- {% if a %}{% if b %}c"), "- <b>                 c");
    assert_eq!(rewritten("<% if b %>\nc\n<% end %>"), "\nc\n");
}

#[test]
fn wiki_markup_becomes_markdown() {
    assert_eq!(rewritten("h2. A\n\nbq. b\n# c\n** d\n----"), "##  A\n\n>   b\n- c\n-  d\n");
    assert_eq!(rewritten("h5. A\n[b|c] {{d}}"), "### A\n b     `d`");
    assert_eq!(rewritten("h1. A\n||b||c||\n|d|e|"), "#   A\n  b  c .\n d e.");
    assert_eq!(rewritten("{code:sh}\na\n{code}\nb"), "\n\n\nb");
    assert_eq!(rewritten("{quote}\na\n{quote}"), "\u{ab}\na\n\u{bb}");
    assert_eq!(rewritten("{panel:title=A|b=c}\nd\n{panel}"), "######       A\nd\n");
    assert_eq!(rewritten("{panel}a{panel}"), "<b>    a");
    for text in ["a {code} b", "{code}", "`h2. a`", "# a\n\n|b|"] {
        assert_eq!(rewritten(text), text);
    }
}

#[test]
fn mediawiki_becomes_markdown() {
    assert_eq!(rewritten("= A =\n== B ==\n# c\n** d\n:* e"), "# A\n## B\n- c\n-  d\n * e");
    assert_eq!(rewritten("= A =\n; b\n: '''c''' [https://d e]"), "# A\n  b\n-    c               e");
    assert_eq!(rewritten("= A =\n|| b || c ||\n{|\n|-\n| d\n|}"), "# A\n   b    c .\n\n\n  d\n");
    for text in ["## A\n\n== b ==", "a = b ="] {
        assert_eq!(rewritten(text), text);
    }
}

#[test]
fn asciidoc_becomes_markdown() {
    assert_eq!(rewritten("= A\n:b: c\n\n== D\n\n. e\n.. f"), "# A\n\n\n## D\n\n- e\n-  f");
    assert_eq!(rewritten("== A\n\n[source]\n----\n# b\n----"), "## A\n\n\n\n\n");
    assert_eq!(rewritten("== A\n\n____\nb\n____"), "## A\n\n\u{ab}\nb\n\u{bb}");
    assert_eq!(rewritten("= A\n\nlink:b[c] <<d,e>>"), "# A\n\n<b>    c      e");
    for text in ["a\n== b", "## A\n\n== b", "a\n\n= b", "```\n\n== a\n```"] {
        assert_eq!(rewritten(text), text);
    }
}

#[test]
fn restructured_text_becomes_markdown() {
    assert_eq!(rewritten("====\nAbc\n====\n\nDe\n~~~~\n\nF\n^^^^"), "\nAbc\n===\n\nDe\n---\n\nF\n");
    assert_eq!(rewritten(".. code::\n\n   a\n\nb::\n\n   c\n\nd"), "\n\n\n\nb::\n\n\n\nd");
    assert_eq!(rewritten(".. note::\n\n    a"), "1) #\n\n    a");
    assert_eq!(rewritten(".. note:: a"), "1) <b>    a");
    assert_eq!(rewritten(".. topic:: A\n\n   b"), "1) ######  A\n\n   b");
    assert_eq!(rewritten(".. _a:\n\n:Abc: d `e <f>`_\n\n.. g"), "\n\n Abc: d  e\n\n");
    for text in ["## A\n\nDe\n~~~~", "A line:\n~~~~\na\n~~~~", "~~~\n\na\n~~~", "a\n.. b"] {
        assert_eq!(rewritten(text), text);
    }
}
