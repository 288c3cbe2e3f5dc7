//! Properties of the reader for any weights and any text, with small weights that are built here.

use proptest::prelude::*;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use rcalint::reader::{Reader, WeightsError};

use super::checks::reader::{assert_reads, check, small, small_weights};

const LINES: [&str; 8] = [
    "#Root cause",
    "We forgot it.",
    "it",
    "",
    "\u{4e8b}\u{6545} \u{1f648} e\u{301}",
    "a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a",
    "#.............................",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

fn document() -> impl Strategy<Value = String> {
    let line =
        prop_oneof![3 => prop::sample::select(&LINES[..]).prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(line, 0..30).prop_map(|lines| lines.join("\n"))
}

#[test]
fn shortened_weights_are_refused() {
    let weights = small_weights();
    for length in (0..weights.len()).step_by(997).chain([weights.len() - 1]) {
        assert!(Reader::from_bytes(&weights[..length]).is_err(), "{length} bytes");
    }
    let longer = [&weights[..], &[0]].concat();
    assert_eq!(Reader::from_bytes(&longer).err(), Some(WeightsError::TooLong));
}

#[test]
fn sizes_are_checked_before_anything_is_allocated() {
    let refused = |header: &str| {
        let length = u32::try_from(header.len()).unwrap().to_le_bytes();
        Reader::from_bytes(&[b"RCAREAD2", &length[..], header.as_bytes(), &[0; 4]].concat()).err()
    };
    let names = r#""rules":[],"heads":[],"buckets":[],"tiers":[],"questions":[]"#;
    let with_sums = |layers: &str, pieces: &str, inner: &str, sums: &str| {
        refused(&format!(r#"{{"layers":{layers},"pieces":{pieces},"inner":{inner},{sums},{names}}}"#))
    };
    let sizes = |layers, pieces, inner| with_sums(layers, pieces, inner, r#""views":1,"features":16"#);
    assert_eq!(sizes("13", "1", "64"), Some(WeightsError::Size));
    assert_eq!(sizes("1", "4294967295", "64"), Some(WeightsError::Size));
    assert_eq!(sizes("1", "1", "65"), Some(WeightsError::Size));
    assert_eq!(sizes("1", "1", "0"), Some(WeightsError::Size));
    assert_eq!(sizes("-1", "1", "64"), Some(WeightsError::Header));
    assert_eq!(sizes("1", "2", "64"), Some(WeightsError::Vocabulary));
    assert_eq!(sizes("1", "1", "64"), Some(WeightsError::TooShort));
    assert_eq!(with_sums("1", "1", "64", r#""views":0,"features":16"#), Some(WeightsError::Size));
    assert_eq!(with_sums("1", "1", "64", r#""views":65,"features":16"#), Some(WeightsError::Size));
    assert_eq!(with_sums("1", "1", "64", r#""views":1,"features":0"#), Some(WeightsError::Size));
    assert_eq!(with_sums("1", "1", "64", r#""views":1,"features":17"#), Some(WeightsError::Size));
    assert_eq!(refused("{"), Some(WeightsError::Header));
}

#[test]
fn any_flipped_byte_of_the_header_or_the_vocabulary_is_harmless() {
    for place in 0_u8..=220 {
        for value in [b'9', 0xfe] {
            check(&[place, 0, 0, value, 0xff, b'w', b'e']);
        }
    }
}

#[test]
fn a_header_without_a_version_is_accepted() {
    assert_eq!((small().version(), small().trained_on()), ("unversioned", ""));
    assert_eq!(small().names().heads, ["h", "i"]);
}

#[test]
fn many_documents_at_once_are_read_like_one() {
    let text = LINES.join("\n").repeat(5);
    let alone = assert_reads(small(), &text);
    let all: Vec<_> = (0..20).into_par_iter().map(|_| assert_reads(small(), &text)).collect();
    assert!(all.iter().all(|evidence| *evidence == alone));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_and_any_changes_are_refused_or_give_a_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes);
    }

    #[test]
    fn any_bytes_after_a_good_beginning_are_no_weights(
        kept in 0_usize..600,
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        prop_assert!(Reader::from_bytes(&[&small_weights()[..kept], &bytes].concat()).is_err());
    }

    #[test]
    fn the_evidence_does_not_depend_on_the_number_of_threads(text in document()) {
        let with = |threads| {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| assert_reads(small(), &text))
        };
        prop_assert_eq!(with(1), with(2));
    }
}
