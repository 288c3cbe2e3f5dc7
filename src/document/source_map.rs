//! Where the rendered text stands in the source: `didn\'t` and `didn&rsquo;t` are longer there than they read.

use crate::model::Span;

/// Maps spans of the prose to spans of the source. Both are the same except within words that an escape, a character
/// reference or markup interrupts.
#[derive(Clone, Debug, Default)]
pub(super) struct SourceMap {
    /// In document order; none overlap.
    moved: Vec<Moved>,
}

/// Rendered text that is not at its own place in the source, or not as long there.
#[derive(Clone, Copy, Debug)]
struct Moved {
    prose: Span,
    source: Span,
}

impl SourceMap {
    /// Records that `prose` renders `source`.
    pub(super) fn push(&mut self, prose: Span, source: Span) {
        self.moved.push(Moved { prose, source });
    }

    /// Returns the span of the source that renders as this span of the prose.
    pub(super) fn source(&self, span: Span) -> Span {
        let start = self.start(span.start);
        Span::new(start, self.end(span.end).max(start))
    }

    fn start(&self, at: usize) -> usize {
        let index = self.moved.partition_point(|moved| moved.prose.end <= at);
        self.moved.get(index).filter(|moved| moved.prose.start <= at).map_or(at, |moved| {
            if moved.is_verbatim() {
                moved.source.start + (at - moved.prose.start)
            } else {
                moved.source.start
            }
        })
    }

    fn end(&self, at: usize) -> usize {
        let index = self.moved.partition_point(|moved| moved.prose.end < at);
        self.moved.get(index).filter(|moved| moved.prose.start < at).map_or(at, |moved| {
            if moved.is_verbatim() { moved.source.start + (at - moved.prose.start) } else { moved.source.end }
        })
    }
}

impl Moved {
    const fn is_verbatim(&self) -> bool {
        self.prose.len() == self.source.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_mapped_through_moved_text() {
        let source = r"didn\'t caf&eacute;s";
        let mut map = SourceMap::default();
        map.push(Span::new(4, 6), Span::new(5, 7)); // 't
        map.push(Span::new(11, 13), Span::new(11, 19)); // é
        map.push(Span::new(13, 14), Span::new(19, 20)); // s
        let read = |start, end| map.source(Span::new(start, end)).of(source);
        assert_eq!(read(0, 6), r"didn\'t");
        assert_eq!(read(0, 4), "didn");
        assert_eq!(read(4, 6), "'t");
        assert_eq!(read(8, 13), "caf&eacute;");
        assert_eq!(read(8, 14), "caf&eacute;s");
        assert_eq!(read(13, 14), "s");
        assert_eq!(read(7, 7), "");
    }
}
