//! Lexicon files: any input gives a lexicon that works in a review, or an error with its location.

use std::sync::OnceLock;

use rcalint::lexicon::Lexicon;
use rcalint::lexicon::error::LexiconError;
use rcalint::lexicon::files::{LexiconSources, LexiconText};
use rcalint::lexicon::load::load_sources;
use rcalint::lexicon::named_text::NamedText;
use rcalint::source::Source;

use super::analyse::assert_locations;

/// A lexicon of a few words, which loads a thousand times faster than the shipped one.
const FILES: [NamedText<'_>; 12] = [
    ("abbreviations.toml", include_str!("../small/abbreviations.toml")),
    ("aliases.toml", include_str!("../small/aliases.toml")),
    ("buckets/1-human.toml", include_str!("../small/bucket.toml")),
    ("frames.toml", include_str!("../small/frames.toml")),
    ("guards.toml", include_str!("../small/guards.toml")),
    ("lexicon.toml", include_str!("../small/lexicon.toml")),
    ("questions.toml", include_str!("../small/questions.toml")),
    ("rules/human-error.toml", include_str!("../small/rule.toml")),
    ("sections.toml", include_str!("../small/sections.toml")),
    ("tiers.toml", include_str!("../small/tiers.toml")),
    ("words/irregular.toml", include_str!("../small/irregular.toml")),
    ("words/words.toml", include_str!("../small/words.toml")),
];

/// Further files that every lexicon needs.
const NEEDED: [NamedText<'_>; 9] = [
    ("mechanisms.toml", include_str!("../small/mechanisms.toml")),
    ("rules/allow-without-reason.toml", include_str!("../../lexicon/rules/allow-without-reason.toml")),
    ("rules/concludes.toml", include_str!("../../lexicon/rules/concludes-with-human-error.toml")),
    ("rules/no-cause-stated.toml", include_str!("../../lexicon/rules/no-cause-stated.toml")),
    ("rules/single-cause.toml", include_str!("../../lexicon/rules/single-cause.toml")),
    ("rules/uncovered-bucket.toml", include_str!("../../lexicon/rules/uncovered-bucket.toml")),
    ("rules/unused-allow.toml", include_str!("../../lexicon/rules/unused-allow.toml")),
    ("rules/weak-actions-only.toml", include_str!("../../lexicon/rules/weak-actions-only.toml")),
    ("weighing.toml", include_str!("../small/weighing.toml")),
];

/// A document with at least one match for every part of the small lexicon.
const DOCUMENT: &str = "# Root cause\n\nIt was human error, because the server has no page.\n\n\
    At 10:42 the engineer accidentally forgot to check what they took down.\n\n\
    # Action items\n\n- [ ] Remind the operator, e.g. ravi.\n";

/// Reads the bytes as a file of a lexicon. The first byte determines which file, and whether it extends or replaces the
/// file with that name.
pub fn check(bytes: &[u8]) {
    let Some((&which, bytes)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(bytes);
    let at = usize::from(which) % FILES.len();
    let adds = usize::from(which) / FILES.len() % 2 == 1;
    let name = FILES[at].0;
    let given = LexiconText { name, file: ("given.toml", &text) };
    let mut files = small();
    let extra = if adds { vec![given] } else { vec![] };
    if !adds {
        files[at] = given;
    }
    match load_sources(LexiconSources { files: &files, extra: &extra, own: None }) {
        Ok(lexicon) => assert_usable(&lexicon),
        Err(error) if error.file == "given.toml" => assert_error_location(&error, "given.toml"),
        // The error may be in another file that needs something missing from this one.
        Err(error) => assert!(!error.message.is_empty(), "{error:?}"),
    }
}

/// Returns the files of the small lexicon.
pub fn small() -> Vec<LexiconText<'static>> {
    FILES.iter().chain(&NEEDED).map(|&file| LexiconText { name: file.0, file }).collect()
}

/// Returns the small lexicon, loaded once.
pub fn loaded() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let parts = LexiconSources { files: &small(), extra: &[], own: None };
        load_sources(parts).unwrap_or_else(|error| panic!("{error}"))
    })
}

/// Reviews a document with the lexicon.
pub fn assert_usable(lexicon: &Lexicon) {
    let source = Source::new("any.md", DOCUMENT);
    assert_locations(&source, &rcalint::review(&source, lexicon));
}

/// Panics unless the error names the file and a location in it, on one line.
pub fn assert_error_location(error: &LexiconError, file: &str) {
    assert_eq!(error.file, file, "{error}");
    assert!(error.line > 0 && error.column > 0, "{error}");
    assert!(!error.message.is_empty(), "{error:?}");
}
