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
    assert_eq!(rewritten("{% quote %}a{% endquote %}"), "\u{ab}           a\u{bb}");
    assert_eq!(rewritten("{{ site.title }}"), "{{ site.title }}");
    assert_eq!(rewritten("{% raw %}{% a %}{% endraw %}"), "         {% a %}");
}

#[test]
fn directives_that_hold_text_are_no_code() {
    assert_eq!(rewritten("```{note} T\n:class: x\na\n```\nb"), "(######    T\n\na\n   )\nb");
    assert_eq!(rewritten("```{code-block} sh\na\n```"), "```{code-block} sh\na\n```");
}

#[test]
fn mentions_of_a_chat_are_handles() {
    assert_eq!(rewritten("<@U1> and <@U1|jane> <@>"), " @U1  and     @jane  <@>");
    assert_eq!(rewritten("[~jane] and [~accountid:5b] [~] `[~a]`"), " @jane  and            @5b  [~] `[~a]`");
}
