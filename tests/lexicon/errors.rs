//! An error in a lexicon file is reported with the file, the line and the reason.

use rcalint::lexicon::embedded::FILES;
use rcalint::lexicon::error::LexiconError;
use rcalint::lexicon::load::load;
use rcalint::lexicon::named_text::NamedText;

use super::none;

/// A way to break a lexicon file.
struct Breakage {
    file: &'static str,
    /// The text whose first occurrence is replaced.
    old: &'static str,
    /// The replacement; the error is on its first line.
    new: &'static str,
    /// A part of the message.
    says: &'static str,
}

const BREAKAGES: [Breakage; 15] = [
    Breakage { file: "weighing.toml", old: "constant = ", new: "constant = 40000 #", says: "invalid value" },
    Breakage {
        file: "weighing.toml",
        old: "\"malice\"",
        new: "\"malic\"",
        says: "unknown guard `malic`; did you mean `malice`?",
    },
    Breakage { file: "rules/hindsight.toml", old: "[[bad]]", new: "[[bad]", says: "table" },
    Breakage { file: "rules/hindsight.toml", old: "severity = ", new: "severity = fatal #", says: "" },
    Breakage {
        file: "rules/hindsight.toml",
        old: "summary = ",
        new: "sumary = ",
        says: "unknown key `sumary`; did you mean `summary`?",
    },
    Breakage {
        file: "rules/blamed-action.toml",
        old: "{wrong-act} ..1",
        new: "{wrong-acts} ..1",
        says: "unknown word class `wrong-acts`",
    },
    Breakage {
        file: "rules/blamed-action.toml",
        old: "agent = \"human\"",
        new: "agent = \"humane\"",
        says: "unknown value `humane`; did you mean `human`?",
    },
    Breakage {
        file: "rules/blamed-action.toml",
        old: "(by mistake|by accident)",
        new: "(by mistake|by accident",
        says: "unbalanced brackets",
    },
    Breakage {
        file: "rules/human-error.toml",
        old: "(screw~|mess~|goof~|cock~) ..2 up",
        new: "..2 up",
        says: "gap",
    },
    Breakage {
        file: "rules/counterfactual.toml",
        old: "\"thanks-to\"",
        new: "\"no-thanks\"",
        says: "`no-thanks`",
    },
    Breakage {
        file: "rules/blamed-character.toml",
        old: "about = \"Traits.\"",
        new: "despite = [\"negations\"]",
        says: "unknown guard `negations`; did you mean `negation`?",
    },
    Breakage {
        file: "guards.toml",
        old: "scope = \"clause 5\"",
        new: "scope = \"chapter\"",
        says: "invalid scope `chapter`",
    },
    Breakage {
        file: "frames.toml",
        old: "[ruled-out]",
        new: "[ruled-outs]",
        says: "unknown value `ruled-outs`; did you mean `ruled-out`?",
    },
    Breakage {
        file: "buckets/2-upstream.toml",
        old: "strong = [",
        new: "strong = [\n    \"{no-such-class} failed\",",
        says: "unknown word class `no-such-class`",
    },
    Breakage {
        file: "words/people.toml",
        old: "forms = \"nouns\"",
        new: "forms = \"noun\"",
        says: "unknown value `noun`; did you mean `nouns`?",
    },
];

#[test]
fn an_error_points_at_the_line() {
    none(&BREAKAGES.iter().filter_map(complaint).collect::<Vec<_>>());
}

fn complaint(breakage: &Breakage) -> Option<String> {
    let original = FILES.iter().find(|(name, _)| *name == breakage.file).unwrap().1;
    let at = original.find(breakage.old).unwrap_or_else(|| panic!("no `{}`", breakage.old));
    let text = original.replacen(breakage.old, breakage.new, 1);
    // If a list gets a new first entry, the error is on its second line.
    let line = original[..at].matches('\n').count() + 1 + breakage.new.matches('\n').count();
    let found = load_with((breakage.file, &text));
    let right = (&*found.file, found.line) == (breakage.file, line) && found.message.contains(breakage.says);
    (!right).then(|| format!("{}:{line}: … {} …, not `{found}`", breakage.file, breakage.says))
}

/// Returns the error for the shipped files with one of them replaced.
#[track_caller]
fn load_with(changed: NamedText<'_>) -> LexiconError {
    let files: Vec<NamedText<'_>> =
        FILES.iter().map(|&file| if file.0 == changed.0 { changed } else { file }).collect();
    load(&files).unwrap_err()
}

#[test]
fn a_missing_file_is_reported() {
    for missing in ["guards.toml", "words/irregular.toml", "questions.toml"] {
        let files: Vec<NamedText<'_>> = FILES.iter().copied().filter(|(name, _)| *name != missing).collect();
        assert_eq!(load(&files).unwrap_err().to_string(), format!("{missing}:1:1: the file is missing"));
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let reversed: Vec<NamedText<'_>> = FILES.iter().rev().copied().collect();
    let ids = |files: &[NamedText<'_>]| {
        load(files).unwrap().rules.into_iter().map(|rule| rule.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(FILES), ids(&reversed));
}
