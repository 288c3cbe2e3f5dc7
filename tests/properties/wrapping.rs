//! Paragraphs broken into other lines, as an editor or another author would.

/// The text with its long lines broken before plain words, at about `width` columns.
pub(crate) fn wrapped(text: &str, width: usize) -> String {
    let (mut fenced, mut table) = (false, false);
    // A carriage return ends a line by itself.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = text.lines().map(|line| {
        fenced ^= line.trim_start().starts_with("```");
        // What follows the rows of a table without an empty line is a row itself.
        table = line.contains('|') || table && !line.trim().is_empty();
        if fenced || table || line.starts_with(['#', '>', '<']) {
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
