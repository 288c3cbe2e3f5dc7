//! The shipped lexicon, which `build.rs` packs.

use std::sync::OnceLock;

use crate::lexicon::Lexicon;

/// The packed lexicon.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

impl Lexicon {
    /// Returns the shipped lexicon, which is unpacked only once.
    ///
    /// # Panics
    /// Never in a build whose tests pass, because a test unpacks it.
    pub fn embedded() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            postcard::from_bytes(PACKED).unwrap_or_else(|why| panic!("the shipped lexicon is broken: {why}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::PACKED;
    use crate::lexicon::Lexicon;
    use crate::lexicon::embedded::FILES;
    use crate::lexicon::load::load;

    #[test]
    fn the_packed_lexicon_equals_the_loaded_one() {
        let read = postcard::to_allocvec(&load(FILES).unwrap()).unwrap();
        assert!(read == PACKED, "the packed lexicon differs from what the loader makes of lexicon/");
    }

    #[test]
    fn unpacking_loses_nothing() {
        let again = postcard::to_allocvec(Lexicon::embedded()).unwrap();
        assert!(again == PACKED, "the unpacked lexicon differs from the packed one");
    }
}
