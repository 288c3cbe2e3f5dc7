//! How much a page shows: the HTML page shows more than the Markdown, which goes into a pull request.

/// The largest number of each thing on a page.
pub(super) struct Extent {
    /// Conditions that were met again.
    pub(super) met_again: usize,
    /// Remedies below each of their documents but the last.
    pub(super) promises: usize,
    /// Quotes below one summary.
    pub(super) quotes: usize,
    /// Factors with quotes.
    pub(super) factors: usize,
    /// Systems in their table.
    pub(super) systems: usize,
    /// Systems with quotes.
    pub(super) quoted_systems: usize,
    /// First notices.
    pub(super) notices: usize,
    /// Rules with quotes.
    pub(super) rules: usize,
    /// Questions.
    pub(super) questions: usize,
    /// Examples of one question.
    pub(super) examples: usize,
    /// Factors of fewer documents than this have no row.
    pub(super) fewest_documents: usize,
    /// True if the index has all documents, and not only those that start over.
    pub(super) all_documents: bool,
}

/// What a browser shows and folds away.
pub(super) const FULL: Extent = Extent {
    met_again: 20,
    promises: 3,
    quotes: 12,
    factors: 12,
    systems: 30,
    quoted_systems: 8,
    notices: 60,
    rules: 6,
    questions: 10,
    examples: 6,
    fewest_documents: 1,
    all_documents: true,
};

/// What fits in a comment on a pull request.
pub(super) const SHORT: Extent = Extent {
    met_again: 5,
    promises: 2,
    quotes: 3,
    factors: 3,
    systems: 10,
    quoted_systems: 0,
    notices: 3,
    rules: 2,
    questions: 3,
    examples: 0,
    fewest_documents: 3,
    all_documents: false,
};
