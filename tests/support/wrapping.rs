//! Wraps paragraphs to other lines, as an editor or another author would.

use rcalint::document::Document;
use rcalint::lexicon::Lexicon;
use rcalint::source::Source;

/// Returns the text with its long lines of prose broken before plain words, at about `width` columns.
pub(crate) fn wrapped(text: &str, width: usize) -> String {
    // A carriage return alone ends a line.
    let source = Source::new("x.md", &text.replace("\r\n", "\n").replace('\r', "\n"));
    let document = Document::parse(&source, &Lexicon::embedded().headings);
    let mut table = false;
    let lines = source.text.lines().zip(document.prose.lines()).map(|(line, prose)| {
        // A line directly after the rows of a table is also a row.
        table = line.contains('|') || table && !line.trim().is_empty();
        if table || line.starts_with(['#', '>', '<']) || prose.trim().is_empty() {
            return line.to_owned();
        }
        let mark = line.len() - line.trim_start_matches([' ', '\t', '-', '*']).len();
        broken(line, width, &line[..mark].replace(['-', '*'], " "))
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

fn broken(line: &str, width: usize, indent: &str) -> String {
    let (mut out, mut column) = (String::new(), 0);
    for (at, word) in line.split(' ').enumerate() {
        let plain = word.chars().all(|sign| sign.is_ascii_lowercase());
        if at > 0 && column > width && plain && !word.is_empty() {
            out.push('\n');
            out += indent;
            column = indent.len();
        } else if at > 0 {
            out.push(' ');
        }
        out += word;
        column += word.len() + 1;
    }
    out
}
