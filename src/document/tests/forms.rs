//! Headings, labels, lists and tables in the forms that authors use.

use crate::document::tests::reads;

#[test]
fn sub_headings_inherit_and_headings_of_the_same_level_do_not() {
    reads(
        "## Root cause\n### The queue\nIt was full.\n## Mail\nText.\n",
        "cause Heading | Root cause
         cause Heading | The queue
         cause Paragraph | It was full.
         other Heading | Mail
         other Paragraph | Text.",
    );
}

#[test]
fn subsections_of_actions_stay_actions() {
    reads(
        "## Action items\n### Detection\n- **Impact**: alert on it\n",
        "actions Heading | Action items
         actions Heading | Detection
         actions Item <Impact> * | Impact : alert on it",
    );
}

#[test]
fn setext_bold_and_bare_lines_are_headings() {
    reads(
        "Outage\n======\n\n**Root cause**\n\nA disk.\n\nImpact\n\nMail was down.\n\n2. Timeline:\n",
        "other Heading | Outage
         cause Heading | Root cause
         cause Paragraph | A disk.
         impact Heading | Impact
         impact Paragraph | Mail was down.
         timeline Heading | Timeline",
    );
}

#[test]
fn a_heading_without_its_space_is_one_if_its_words_are_known() {
    reads(
        "##Root cause\n\nA typo.\n\n#incidents #db\n",
        "cause Heading | Root cause
         cause Paragraph | A typo.
         cause Paragraph | #incidents #db",
    );
}

#[test]
fn a_bold_sentence_is_not_a_heading() {
    reads("Text.\n\n**No data was lost.**\n", "other Paragraph | Text.\nother Paragraph | No data was lost.");
}

#[test]
fn a_heading_that_is_a_time_belongs_to_a_timeline() {
    reads(
        "## 2023-03-04 10:15 UTC\nIt began.\n## Impact\nMail.\n",
        "timeline Heading | 2023-03-04 10:15 UTC
         timeline Paragraph | It began.
         impact Heading | Impact
         impact Paragraph | Mail.",
    );
}

#[test]
fn a_question_in_plain_type_may_be_a_heading() {
    reads(
        "Text.\n\nWhy did this happen\n\nA disk.\n\nWhy did this happen to so many of us today\n",
        "other Paragraph | Text.
         cause Heading | Why did this happen
         cause Paragraph | A disk.
         cause Paragraph | Why did this happen to so many of us today",
    );
}

#[test]
fn labels_have_many_forms() {
    for text in [
        "**Root cause:** a disk",
        "**Root cause**: a disk",
        "Root cause: a disk",
        "**Root cause** - a disk",
        "__Root cause.__ a disk",
    ] {
        reads(text, "cause Paragraph <Root cause> | a disk");
    }
    for text in ["- **Root cause**: a disk", "1. Root cause - a disk", "* Root cause: a disk"] {
        reads(text, "cause Item <Root cause> * | a disk");
    }
}

#[test]
fn a_paragraph_of_labelled_lines_is_split() {
    reads(
        "**Status:** draft\n**Author:** Ada\n**Impact:** mail down\nfor an hour\n**Cluster name:** blue\n\nText.\n",
        "appendix Paragraph <Status> | draft
         appendix Paragraph <Author> | Ada
         impact Paragraph <Impact> | mail down for an hour
         other Paragraph <Cluster name> | Cluster name: blue
         other Paragraph | Text.",
    );
}

#[test]
fn a_label_that_is_a_clause_stays_in_its_sentence() {
    reads(
        "The cause was human error: a typo.\n",
        "other Paragraph <The cause was human error> | The cause was human error: a typo.",
    );
}

#[test]
fn a_label_on_its_own_opens_a_section() {
    reads(
        "**Root cause:**\n\n- A disk\n- A fan\n\nMore.\n\n**Impact:**\n\nMail.\n\n## Notes\n\nText.\n",
        "cause Heading | Root cause
         cause Item * | A disk
         cause Item * | A fan
         cause Paragraph | More.
         impact Heading | Impact
         impact Paragraph | Mail.
         other Heading | Notes
         other Paragraph | Text.",
    );
}

#[test]
fn a_label_of_an_item_applies_to_nested_items() {
    reads(
        "- **Impact**:\n  - Mail was down\n- **Resolution**: restart\n\n  It helped.\n- Other things\n",
        "impact Heading | Impact
         impact Item ** | Mail was down
         response Item <Resolution> * | restart
         response Item * | It helped.
         other Item * | Other things",
    );
}

#[test]
fn the_paragraphs_after_a_labelled_one_have_its_role() {
    reads(
        "**Root cause:** The disk was full.\n\nNobody was told.\n\n**Impact:** Mail was down.\n\nText.\n",
        "cause Paragraph <Root cause> | The disk was full.
         cause Paragraph | Nobody was told.
         impact Paragraph <Impact> | Mail was down.
         other Paragraph | Text.",
    );
}

#[test]
fn items_of_an_analysis_keep_their_section() {
    reads(
        "## Contributing factors\n- **Detection**: no alert\n- **Root cause**: a disk\n",
        "contributing-factors Heading | Contributing factors
         contributing-factors Item <Detection> * | Detection : no alert
         cause Item <Root cause> * | a disk",
    );
}

#[test]
fn five_whys_are_nested_items() {
    reads(
        "## Five whys\n1. Why was it down? The disk was full.\n   1. Why? Logs.\n",
        "cause Heading | Five whys
         cause Item * | Why was it down? \u{2016} The disk was full.
         cause Item ** | Why? \u{2016} Logs.",
    );
}

#[test]
fn tables_take_roles_from_row_labels() {
    reads(
        "| Root cause | a typo |\n|---|---|\n| Impact | mail down |\n| Owner | Ada |\n",
        "other Cell | Root cause
         cause Cell <Root cause> | a typo
         other Cell | Impact
         impact Cell <Impact> | mail down
         other Cell | Owner
         appendix Cell <Owner> | Ada",
    );
}

#[test]
fn a_row_with_an_empty_first_cell_continues_the_one_above() {
    reads(
        "| Field | Text |\n|---|---|\n| Root cause | a typo |\n| | no check |\n| Owner | Ada |\n| | Bob |\n",
        "other Cell | Field
         other Cell | Text
         other Cell | Root cause
         cause Cell <Root cause> | a typo
         cause Cell <Root cause> | no check
         other Cell | Owner
         appendix Cell <Owner> | Ada
         appendix Cell <Owner> | Bob",
    );
    reads(
        "| Root cause | Notes |\n|---|---|\n| | old |\n",
        "other Cell | Root cause
         other Cell | Notes
         other Cell | old",
    );
}

#[test]
fn tables_take_roles_from_column_headers() {
    reads(
        "| Root cause | Impact |\n|---|---|\n| a typo | mail down |\n",
        "other Cell | Root cause
         other Cell | Impact
         cause Cell <Root cause> | a typo
         impact Cell <Impact> | mail down",
    );
}

#[test]
fn a_measure_of_the_impact_is_no_remedy() {
    reads(
        "## Impact\n\n| Measure | Value |\n|---|---|\n| Payments rejected | 6,418 |\n",
        "impact Heading | Impact
         impact Cell | Measure
         impact Cell | Value
         impact Cell | Payments rejected
         impact Cell | 6,418",
    );
}

#[test]
fn a_single_column_header_applies_to_its_column() {
    reads(
        "| Contributing factor | Notes |\n|---|---|\n| no alert | old |\n",
        "other Cell | Contributing factor
         other Cell | Notes
         contributing-factors Cell <Contributing factor> | no alert
         other Cell | old",
    );
}

#[test]
fn tables_of_times_are_timelines() {
    reads(
        "| Time (UTC) | Event |\n|---|---|\n| 10:02 | Ada restarts |\n",
        "timeline Cell | Time (UTC)
         timeline Cell | Event
         timeline Cell | 10:02
         timeline Cell | Ada restarts",
    );
}

#[test]
fn boxes_of_task_lists_are_kept() {
    reads(
        "## Actions\n- [x] done this\n- [ ] not yet\n- plain\n",
        "actions Heading | Actions
         actions Item [x] * | done this
         actions Item [ ] * | not yet
         actions Item * | plain",
    );
}

#[test]
fn front_matter_gives_title_summary_and_cause() {
    reads(
        "---\ntitle: 'Mail down'\nauthor: Ada\nroot_cause: |\n  A disk\n  was full.\ndescription: Short.\n---\nText.\n",
        "other FrontMatter | Mail down
         cause FrontMatter | A disk was full.
         summary FrontMatter | Short.
         other Paragraph | Text.",
    );
    reads(
        "+++\ntitle = \"Mail down\"\n[extra]\ntitle = \"No\"\n+++\nText.\n",
        "other FrontMatter | Mail down
         other Paragraph | Text.",
    );
}

#[test]
fn thematic_breaks_are_not_front_matter() {
    reads("Text.\n\n---\ntitle: x\n\n---\n", "other Paragraph | Text.\nother Paragraph | title: x");
    reads("---\nNobody looked.\n\n---\nText.\n", "other Paragraph | Nobody looked.\nother Paragraph | Text.");
    reads("---\n# A comment\ntags:\n- a\n---\nText.\n", "other Paragraph | Text.");
}
