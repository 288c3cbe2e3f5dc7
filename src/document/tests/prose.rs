//! What counts as prose, and how it is split into sentences.

use crate::document::tests::reads;

#[test]
fn markup_urls_and_code_blocks_are_not_prose() {
    reads(
        "See [the *log*](https://a.b/c) and https://x.y/z_1. ![alt](i.png)\n",
        "other Paragraph | See the log and .",
    );
    reads(
        "A ~~b~~ c[^1] <https://a.b>\n\n```\ncode\n```\n\n    code\n\n[^1]: Note.\n",
        "other Paragraph | A c\nother Paragraph | Note.",
    );
    reads("Ran `rm -rf`. Then it broke.\n", "other Paragraph | Ran ````````. \u{2016} Then it broke.");
}

#[test]
fn escapes_and_entities_keep_their_offsets() {
    reads("A \\*star\\* &amp; caf&eacute; \\#4.\n", "other Paragraph | A *star* & caf\u{e9} #4.");
}

#[test]
fn line_ends_emoji_and_other_scripts_are_handled() {
    reads(
        "\u{feff}# \u{1f525} Outage\r\n\r\nZo\u{eb}\u{2019}s change\r\nbroke it. Then \u{141}ukasz fixed it \u{1f389}.\r\n",
        "other Heading | \u{1f525} Outage
         other Paragraph | Zo\u{eb}\u{2019}s change broke it. \u{2016} Then \u{141}ukasz fixed it \u{1f389}.",
    );
}

#[test]
fn sentences_end_at_stops() {
    reads(
        "It broke! Why? \"We do not know.\" (Yet.) So etcd 3.5.1 failed. kubectl hung.\n",
        "other Paragraph | It broke! \u{2016} Why? \u{2016} \"We do not know.\" \u{2016} (Yet.) \u{2016} So etcd 3.5.1 failed. \u{2016} kubectl hung.",
    );
}

#[test]
fn abbreviations_initials_and_numbers_do_not_end_a_sentence() {
    for text in [
        "Some tools, e.g. Terraform, i.e. ours, vs. theirs.",
        "J. Doe opened no. 4 of config.yaml at 5 p.m. sharp.",
        "It took approx. 5 min. to 1.24.0 etc. as before.",
        "Asked \"why?\" by the team.",
        "St. Gallen was left out.",
    ] {
        reads(text, &format!("other Paragraph | {text}"));
    }
}

#[test]
fn wrapped_lines_join_and_dated_lines_do_not() {
    reads("One sentence\non two lines.\n", "other Paragraph | One sentence on two lines.");
    reads(
        "10:02 Alert fires\n10:05 Ada looks\n2023-01-02 All well\n",
        "other Paragraph | 10:02 Alert fires \u{2016} 10:05 Ada looks \u{2016} 2023-01-02 All well",
    );
    reads(
        "It lasted from 10:02 to\n10:05 in the morning.\n",
        "other Paragraph | It lasted from 10:02 to 10:05 in the morning.",
    );
    reads("First<br>Second  \nThird\n", "other Paragraph | First \u{2016} Second \u{2016} Third");
    reads(
        "We saw:\n\u{2022} one\n\u{2022} two\n",
        "other Paragraph <We saw> | We saw: \u{2016} \u{2022} one \u{2016} \u{2022} two",
    );
}

#[test]
fn words_in_html_are_read() {
    reads(
        "<details>\n<summary>Root cause</summary>\n<p>A disk &amp; a fan.<br>Both.</p>\n<!-- Hidden. -->\n</details>\n",
        "cause Heading | Root cause
         cause Paragraph | A disk & a fan. \u{2016} Both.",
    );
    reads("<div>1 < 2 <= 3 <b>or</b> <\n< 4</div>\n", "other Paragraph | 1 < 2 <= 3 or < < 4");
    reads("<script>\nlet a = 'b';\n</script>\n\n<div>Text < here</div>\n", "other Paragraph | Text < here");
}

#[test]
fn html_headings_lists_and_tables_are_recognised() {
    reads(
        "<h2>Impact</h2>\n<ul>\n<li>Mail</li>\n<li>Chat\n</ul>\n",
        "impact Heading | Impact
         impact Item * | Mail
         impact Item * | Chat",
    );
    reads(
        "<table>\n<tr><th>Root cause</th><td>a <b>typo</b></td></tr>\n<tr><td>Impact</td><td>mail</td></tr>\n</table>\n",
        "other Cell | Root cause
         cause Cell <Root cause> | a typo
         other Cell | Impact
         impact Cell <Impact> | mail",
    );
}

#[test]
fn words_are_read_as_they_are_rendered() {
    for word in [
        "didn\\'t",
        "didn&#39;t",
        "didn&apos;t",
        "didn&#x27;t",
        "didn\u{2bc}t",
        "didn\u{2032}t",
        "didn\u{b4}t",
        "didn`t",
        "di\u{ad}dn't",
        "di\u{200b}dn't",
        "**di**dn't",
        "di<b>dn</b>'t",
        "[di](x)dn't",
        "*did*n't",
    ] {
        reads(&format!("He {word} look.\n"), "other Paragraph | He didn't look.");
        reads(
            &format!("<p>He {word} look.</p>\n").replace(['\\', '*', '['], "").replace("](x)", ""),
            "other Paragraph | He didn't look.",
        );
    }
    reads(
        "He hadn&rsquo;t human\\-error; un&shy;usual \\\"x\\\"\n",
        "other Paragraph | He hadn\u{2019}t human-error; unusual \"x\"",
    );
    reads("It wasn`t us, it wasn`t them.\n", "other Paragraph | It wasn't us, it wasn't them.");
}

#[test]
fn text_next_to_markup_is_not_joined_to_labels_times_and_lines() {
    reads("**Impact:** *M*ail\n", "impact Paragraph <Impact> | Mail");
    reads("**09:12**Ada<br>Bob\n", "other Paragraph | 09:12 Ada \u{2016} Bob");
    reads("[a](b\n\"c\")d ![x](y)e f![x](y)g\n", "other Paragraph | a d e f g");
}
