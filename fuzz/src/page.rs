//! Pages in HTML: spans are valid, and every word that readers see is read once.

use html5gum::{Token, Tokenizer};
use rcalint::document::Document;
use rcalint::lexicon::Lexicon;
use rcalint::source::Source;

use super::{document, oracle};

/// Pieces of pages; each input byte selects one. None is hidden from readers.
const PIECES: [&str; 57] = [
    "the disk ",
    "human",
    " error. ",
    "Root cause: ",
    "10:42 ",
    "\n",
    "&amp;",
    "&nbsp;",
    " \u{e9}\u{1f648} ",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<i class=c1>",
    "</i>",
    "<span style='font-weight:700'>",
    "</span>",
    "<a href=x>",
    "</a>",
    "<br>",
    "<hr>",
    "<h1>",
    "</h1>",
    "<h2 id=h.a>",
    "</h2>",
    "<ul>",
    "<ul class=lst-kix_a-1>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<li>",
    "</li>",
    "<li data-inline-task-id=1>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<table>",
    "</table>",
    "<thead>",
    "<tbody>",
    "<tr>",
    "</tr>",
    "<td>",
    "<td colspan=3>",
    "<th>",
    "</td>",
    "<caption>",
    "<blockquote>",
    "</blockquote>",
    "<details><summary>",
    "</summary>",
    "</details>",
    "<!-- a -->",
    "</body></html>",
];

/// Reads a page made of pieces.
pub fn check(bytes: &[u8]) {
    let pieces = bytes.iter().map(|&byte| PIECES[usize::from(byte) % PIECES.len()]);
    let source = Source::new("a.html", &pieces.collect::<String>());
    let read = Document::parse(&source, &Lexicon::embedded().headings);
    document::assert_spans(&read);
    let (ours, theirs) = (oracle::words(&read.prose), oracle::words(&shown(&source.text)));
    assert_eq!(ours.concat(), theirs.concat(), "{}", source.text);
}

/// Returns the text between the tags of a page.
fn shown(page: &str) -> String {
    let tokens = Tokenizer::new(page);
    let text = |Ok(token)| match token {
        Token::String(words) => String::from_utf8_lossy(&words).into_owned(),
        _ => String::from(" "),
    };
    tokens.map(text).collect()
}
