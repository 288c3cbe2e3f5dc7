//! Where a finding stands, as programs beside this one want to be told.

use std::fmt::Write;

use crate::lexicon::kinds::{DocumentRole, RuleKind};
use crate::model::Position;
use crate::render::Options;
use crate::report::{DocumentReport, Finding};

/// The longest link that is worth its bytes.
const LONGEST_LINK: usize = 300;

/// A path without `./` before it: that is how the root of a repository is meant.
pub(super) fn relative(path: &str) -> &str {
    path.strip_prefix("./").map_or(path, relative)
}

/// A path as a URI: relative as it is, absolute with its scheme.
pub(super) fn uri(path: &str) -> String {
    let path = encoded(relative(path));
    match path.as_bytes() {
        [b'/', ..] => format!("file://{path}"),
        [drive, b'%', b'3', b'A', b'/', ..] if drive.is_ascii_alphabetic() => {
            format!("file:///{}", path.replacen("%3A", ":", 1))
        }
        _ => path,
    }
}

/// `line 12`, as a link if there is somewhere to link to. Forges show Markdown as source, with lines, if asked for it
/// plainly.
pub(super) fn line(base: Option<&str>, path: &str, line: usize) -> String {
    let name = format!("line {line}");
    let to = base.map(|base| format!("{base}/{}?plain=1#L{line}", encoded(relative(path))));
    match to.filter(|to| to.len() <= LONGEST_LINK && !relative(path).starts_with('/')) {
        Some(to) => format!("[{name}]({to})"),
        None => name,
    }
}

/// The columns, from 1 in code points, that a quote takes on its first line, where it starts; the end is one past the last.
///
/// A region over several lines is not shown in a diff that holds only some of them.
pub(super) fn columns(start: Position, quote: &str) -> (usize, usize) {
    let first = quote.split('\n').next().unwrap_or_default().trim_end_matches('\r');
    (start.column, start.column + first.chars().count())
}

/// Findings that belong beside a line, with their documents. What nobody looked into is on no line.
pub(super) fn annotated<'d>(
    documents: &'d [DocumentReport],
    options: &Options<'_>,
) -> impl Iterator<Item = (&'d DocumentReport, &'d Finding)> {
    let missing = RuleKind::Document(DocumentRole::MissingBuckets);
    let all = documents
        .iter()
        .flat_map(|document| document.findings.iter().map(move |finding| (document, finding)));
    all.filter(move |(_, finding)| options.rule_kind(&finding.rule) != Some(missing))
}

/// Findings on changed lines are what the reader has in mind now; the others keep their order after them.
pub(super) fn changed_first(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    let is_changed = |finding: &&Finding| finding.changed == Some(true);
    findings.iter().filter(is_changed).chain(findings.iter().filter(move |finding| !is_changed(finding)))
}

/// A path with everything but letters, digits and `-._~/` as `%XX`.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("./a/./b c.md"), "a/./b%20c.md");
        assert_eq!(uri("a\n%é#?:(1).md"), "a%0A%25%C3%A9%23%3F%3A%281%29.md");
        assert_eq!(uri("/srv/a b.md"), "file:///srv/a%20b.md");
        assert_eq!(uri("C:/a b.md"), "file:///C:/a%20b.md");
    }

    #[test]
    fn a_line_is_a_link_if_there_is_somewhere_to_go() {
        assert_eq!(line(None, "a.md", 3), "line 3");
        assert_eq!(line(Some("https://x/b"), "./a b.md", 3), "[line 3](https://x/b/a%20b.md?plain=1#L3)");
        assert_eq!(line(Some("https://x/b"), "/a.md", 3), "line 3");
        assert_eq!(line(Some("https://x/b"), &"a/".repeat(200), 3), "line 3");
    }
}
