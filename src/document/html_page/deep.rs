//! Elements that readers do not see, and that lie too deep for the tree of a page.

/// Elements whose end tag may be left out, so that the next one of the same name ends them.
const OPEN_ENDED: [&str; 8] = ["dd", "dt", "li", "option", "p", "td", "th", "tr"];

/// An element that is not shown, from its start tag to its end tag.
pub(super) struct HiddenPart {
    name: String,
    /// Number of open elements of this name.
    open: usize,
}

impl HiddenPart {
    /// Begins with the start tag of the element.
    pub(super) fn begin(name: &str) -> Self {
        Self { name: name.to_owned(), open: 1 }
    }

    /// Reads a start tag inside. Returns true if it ends the element.
    pub(super) fn start(&mut self, name: &str) -> bool {
        let is_same = name == self.name;
        self.open += usize::from(is_same);
        is_same && OPEN_ENDED.contains(&name)
    }

    /// Reads an end tag inside. Returns true if it ends the element.
    pub(super) fn end(&mut self, name: &str) -> bool {
        self.open -= usize::from(name == self.name);
        self.open == 0
    }
}
