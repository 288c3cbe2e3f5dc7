//! A text with the name that errors give it.

/// A file's name as shown to the user, for errors, and its text.
pub type NamedText<'t> = (&'t str, &'t str);
