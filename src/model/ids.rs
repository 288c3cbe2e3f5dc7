//! Ids of the parts of a document: an index that cannot be taken for that of another kind of part.

macro_rules! id {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(usize);

        impl $name {
            /// The id of the part at `index`, from 0 in document order.
            pub const fn new(index: usize) -> Self {
                Self(index)
            }

            /// The index of the part, from 0 in document order.
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
