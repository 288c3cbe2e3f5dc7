//! The location of a finding, in the forms that other programs expect.

use std::cmp::Reverse;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::lexicon::kinds::{DocumentRole, RuleKind};
use crate::model::Position;
use crate::render::Options;
use crate::report::{DocumentReport, Finding};

/// Maximum length of a link in bytes; a longer one is left out.
const MAX_LINK: usize = 300;

/// What is encoded in a path: all but what RFC 3986 leaves as it is, and the separator.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Returns a path without a leading `./`. Other programs interpret it relative to the root of the repository.
pub(super) fn relative(path: &str) -> &str {
    path.strip_prefix("./").map_or(path, relative)
}

/// Returns a path as a URI. An absolute path gets a scheme.
pub(super) fn uri(path: &str) -> String {
    let path = utf8_percent_encode(relative(path), ENCODED).to_string();
    match path.as_bytes() {
        [b'/', ..] => format!("file://{path}"),
        [drive, b'%', b'3', b'A', b'/', ..] if drive.is_ascii_alphabetic() => {
            format!("file:///{}", path.replacen("%3A", ":", 1))
        }
        _ => path,
    }
}

/// Returns `line 12`, as a link if there is a base URL.
pub(super) fn line(base: Option<&str>, path: &str, number: usize) -> String {
    let name = format!("line {number}");
    address(base, path, number).map_or(name.clone(), |address| format!("[{name}]({address})"))
}

/// Returns the address of a line, if there is a base URL. With `?plain=1`, forges show the source of Markdown, with line
/// numbers.
///
/// A path that could lead above the base has no address, because a saved report may be forged.
pub(super) fn address(base: Option<&str>, path: &str, number: usize) -> Option<String> {
    let path = relative(path);
    let address = format!("{}/{}?plain=1#L{number}", base?, utf8_percent_encode(path, ENCODED));
    let leads_up = path.starts_with('/') || path.split('/').any(|part| part == "..");
    (!leads_up && address.len() <= MAX_LINK).then_some(address)
}

/// Returns the columns of a quote in its first line, from 1 in code points; the end is exclusive.
///
/// A region over several lines would not be shown next to a diff that contains only some of them.
pub(super) fn columns(start: Position, end: Position, quote: &str) -> (usize, usize) {
    if start.line == end.line {
        return (start.column, end.column);
    }
    let first = quote.split('\n').next().unwrap_or_default().trim_end_matches('\r');
    (start.column, start.column + first.chars().count())
}

/// Returns the findings that belong to a line, with their documents. Findings about missing buckets do not belong to
/// any line.
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

/// Returns the findings by weight: those on changed lines first, because the reader has just written these lines, then
/// by severity, and otherwise in order.
pub(super) fn by_weight(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| (finding.changed != Some(true), Reverse(finding.severity)));
    sorted
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
    fn a_line_is_a_link_if_there_is_a_base() {
        assert_eq!(line(None, "a.md", 3), "line 3");
        assert_eq!(line(Some("https://x/b"), "./a b.md", 3), "[line 3](https://x/b/a%20b.md?plain=1#L3)");
        assert_eq!(line(Some("https://x/b"), "/a.md", 3), "line 3");
        assert_eq!(line(Some("https://x/b"), "a/../../../evil/a.md", 3), "line 3");
        assert_eq!(line(Some("https://x/b"), "a..b/...md", 3), "[line 3](https://x/b/a..b/...md?plain=1#L3)");
        assert_eq!(line(Some("https://x/b"), &"a/".repeat(200), 3), "line 3");
    }
}
