//! Pages in HTML made to stall a reader, by the unit that they repeat.

use super::shapes::{Shape, shape};

/// Every shape.
pub(crate) const PAGES: [Shape; 19] = [
    shape("divisions", "", "<div>", ""),
    shape("divisions that end", "", "<div>a</div>", ""),
    shape("divisions with identities", "", "<div id=a{}>a", ""),
    shape("divisions after the body", "</body>", "<div></body>", ""),
    shape("bold", "", "<b>a", ""),
    shape("bold with identities in paragraphs", "", "<b id=a{}><p>a", ""),
    shape("formats across paragraphs", "<b><i><u><s><a><code><font>", "<p>a</b>", ""),
    shape("links with identities", "", "<a href='#{}'>a", ""),
    shape("end tags", "<div>", "</b>", ""),
    shape("tables in tables", "", "<table><tr><td>a", ""),
    shape("text in tables", "<table>", "a<tr>", ""),
    shape("lists in lists", "", "<ul><li>a", ""),
    shape("lists after lists", "", "<ul class=lst-kix_a-3><li>a</ul>", ""),
    shape("quotations", "", "<q>a", ""),
    shape("classes", "<style>", ".a{}{font-weight:700}", "</style><p class=a1>a"),
    shape("remarks", "<div>", "<a id=cmnt{} href=#cmnt_ref{}>a</a>", ""),
    shape("wide cells", "<table>", "<tr><td colspan=999>a<td>b", ""),
    shape("comments", "", "<!-- a --><p>a", ""),
    shape("comments before the page", "", "<!---->", "<p>a"),
];
