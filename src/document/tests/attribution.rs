//! Whose words a block contains.

use crate::document::tests::reads;

#[test]
fn call_outs_are_the_authors_words() {
    reads("> [!NOTE]\n> Read this.\n", "other Paragraph | Read this.");
    reads("> **Note:** Read this.\n", "other Paragraph <Note> | Note: Read this.");
    reads(
        "> We lost the mail. It came back.\n",
        "other Paragraph | We lost the mail. \u{2016} It came back.",
    );
}

#[test]
fn messages_and_spoken_words_are_quoted() {
    for (text, read) in [
        ("> **ada 16:04** it broke\n", "other Paragraph Quoted | ada 16:04 it broke"),
        ("> @ada it broke\n", "other Paragraph Quoted | @ada it broke"),
        ("> \u{201c}It broke.\u{201d}\n", "other Paragraph Quoted | \u{201c}It broke.\u{201d}"),
        ("> ada: it broke\n", "other Paragraph Quoted | ada: it broke"),
        ("> From: ada\n> It broke.\n", "other Paragraph <From> Quoted | From: ada It broke."),
        (
            "Support wrote:\n\n> It broke.\n",
            "other Paragraph <Support wrote> | Support wrote:\nother Paragraph Quoted | It broke.",
        ),
        (
            "> It broke.\n>\n> \u{2014} Ada L.\n",
            "other Paragraph Quoted | It broke.\nother Paragraph Quoted | \u{2014} Ada L.",
        ),
    ] {
        reads(text, read);
    }
}

#[test]
fn prompts_and_placeholders_are_guidance() {
    reads(
        "## Root cause\n_Describe what broke._\n\n[Your text]\n\n<Your text, please>\n\nTBD\n\nWhat happened? How was it noticed?\n",
        "cause Heading Guidance | Root cause
         cause Paragraph Guidance | Describe what broke.
         cause Paragraph Guidance | [Your text]
         cause Paragraph Guidance | <Your text, please>
         cause Paragraph Guidance | TBD
         cause Paragraph Guidance | What happened? \u{2016} How was it noticed?",
    );
    reads("**Impact:** [number of users]\n", "impact Paragraph <Impact> Guidance | [number of users]");
}

#[test]
fn actions_may_sound_like_instructions() {
    reads(
        "## Actions\n- Describe the fail-over in the runbook\n\n_Written by Ada._\n",
        "actions Heading | Actions
         actions Item * | Describe the fail-over in the runbook
         actions Paragraph | Written by Ada.",
    );
}

#[test]
fn pasted_chat_and_logs_are_records() {
    reads(
        "[12:01] <bob> it broke\n[12:02] <ada> oh\n",
        "other Paragraph Record | [12:01] it broke \u{2016} [12:02] oh",
    );
    reads("12:01:33.123 ERROR no disk\n", "other Paragraph Record | 12:01:33.123 ERROR no disk");
    reads("**ada 16:04** it broke\n", "other Paragraph Record | ada 16:04 it broke");
    reads("10:02 Ada restarts the server\n", "other Paragraph | 10:02 Ada restarts the server");
}
