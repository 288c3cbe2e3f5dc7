//! Ids of the parts of a document: indices with a type for each kind of part, so that they cannot be mixed up.

macro_rules! id {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(usize);

        impl $name {
            /// Creates the id of the part at `index`, from 0 in document order.
            pub const fn new(index: usize) -> Self {
                Self(index)
            }

            /// Returns the index of the part, from 0 in document order.
            pub const fn index(self) -> usize {
                self.0
            }
        }
    };
}

id! {
    /// A sentence of a document.
    SentenceId
}
id! {
    /// A block of a document.
    BlockId
}
id! {
    /// A section of a document.
    SectionId
}
