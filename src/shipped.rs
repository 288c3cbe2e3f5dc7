//! The lexicon that comes with the program, as the tables that `build.rs` made of `lexicon/`.

use std::sync::OnceLock;

use crate::lexicon::Lexicon;

/// The shipped lexicon, packed.
static TABLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

impl Lexicon {
    /// The shipped lexicon, unpacked once.
    ///
    /// # Panics
    /// Never in a build whose tests pass: a test unpacks the tables.
    pub fn embedded() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            postcard::from_bytes(TABLES).unwrap_or_else(|why| panic!("the shipped lexicon is broken: {why}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::TABLES;
    use crate::lexicon::Lexicon;
    use crate::lexicon::embedded::FILES;
    use crate::lexicon::load::load;

    #[test]
    fn the_tables_hold_what_the_files_say() {
        let read = postcard::to_allocvec(&load(FILES).unwrap()).unwrap();
        assert!(read == TABLES, "the tables differ from what the loader makes of lexicon/");
    }

    #[test]
    fn unpacking_loses_nothing() {
        let again = postcard::to_allocvec(Lexicon::embedded()).unwrap();
        assert!(again == TABLES, "the unpacked lexicon differs from its tables");
    }
}
