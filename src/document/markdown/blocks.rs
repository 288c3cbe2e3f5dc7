//! Blocks that hold other blocks: quotes, lists, and regions of other dialects.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::document::dialects::Region;
use crate::document::markdown::{OpenLink, Walker};
use crate::model::Span;

impl Walker<'_> {
    pub(super) fn open_link(&mut self, kind: LinkType, span: Span) {
        let hid = kind == LinkType::Autolink;
        self.links.push(OpenLink { hid, start: span.start });
        if hid {
            self.hide();
        }
    }

    pub(super) fn close_link(&mut self, span: Span) {
        let Some(link) = self.links.pop() else { return };
        self.hidden = self.hidden.saturating_sub(usize::from(link.hid));
        if !link.hid {
            self.link_spans.push(Span::new(link.start, span.end.max(link.start)));
        }
    }

    pub(super) fn open_quote(&mut self, callout: bool) {
        self.flush();
        if self.quotes == 0 {
            self.callouts.push(callout);
        }
        self.quotes += 1;
        self.enter();
    }

    pub(super) fn close_quote(&mut self) {
        self.flush();
        self.quotes = self.quotes.saturating_sub(1);
        self.nesting = self.nesting.saturating_sub(1);
    }

    /// True if an outermost block quote begins with the mark of a call-out in another dialect, `[!failure]`.
    pub(super) fn is_callout(&self, span: Span) -> bool {
        self.quotes == 0 && span.of(self.source).trim_start_matches([' ', '\t', '>']).starts_with("[!")
    }

    /// Enters a block quote or a list item.
    fn enter(&mut self) {
        self.nesting += 1;
        self.new_nesting =
            Some(self.new_nesting.map_or(self.nesting, |outermost| outermost.min(self.nesting)));
    }

    pub(super) fn open_list(&mut self, span: Span) {
        self.flush();
        let number = (!self.is_rewritten(span)).then_some(self.next_list);
        self.next_list += usize::from(number.is_some());
        self.lists.push(number);
    }

    pub(super) fn open_item(&mut self, span: Span) {
        self.flush();
        let outer = self.items.last().copied().flatten();
        self.items.push(if self.is_rewritten(span) { outer } else { None });
        self.enter();
    }

    pub(super) fn close_item(&mut self) {
        self.flush();
        self.items.pop();
        self.nesting = self.nesting.saturating_sub(1);
    }

    /// True if a block stands for one of another dialect: its mark is not in the source.
    fn is_rewritten(&self, span: Span) -> bool {
        let blanks = span.of(self.text).len() - span.of(self.text).trim_start().len();
        let at = span.start + blanks;
        self.source.as_bytes().get(at) != self.text.as_bytes().get(at)
    }

    /// Passes an event on to the comments. One before a block of another dialect is about the whole block.
    pub(super) fn comment_event(&mut self, event: &Event<'_>, span: Span) {
        let is_block = matches!(
            event,
            Event::Start(Tag::List(_) | Tag::Item) | Event::End(TagEnd::List(_) | TagEnd::Item)
        );
        if !is_block || !self.is_rewritten(span) {
            self.comments.event(self.text, event, span);
        } else if matches!(event, Event::Start(Tag::Item)) {
            self.comments.block(span);
        }
    }

    /// Leaves the regions that end before `at`, and enters those that begin.
    pub(super) fn reach(&mut self, at: usize) {
        while let Some(region) = self.open_regions.pop_if(|region| region.span.end <= at) {
            self.close_region(region);
        }
        while let Some(region) =
            self.regions.get(self.next_region).copied().filter(|next| next.span.start <= at)
        {
            self.next_region += 1;
            if region.span.end > at {
                self.open_region(region);
            }
        }
    }

    fn open_region(&mut self, region: Region) {
        self.comments.block(region.span);
        if region.is_quote {
            self.open_quote(false);
        } else {
            self.flush();
            self.enter();
        }
        self.open_regions.push(region);
    }

    fn close_region(&mut self, region: Region) {
        if region.is_quote {
            self.close_quote();
        } else {
            self.flush();
            self.nesting = self.nesting.saturating_sub(1);
        }
    }
}
