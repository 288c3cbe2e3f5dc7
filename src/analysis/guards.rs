//! What speaks against matches of a sentence.

use std::cell::OnceCell;

use crate::analysis::sentences::Analysis;
use crate::lexicon::pattern::scan::Hit;
use crate::lexicon::{Owner, Scope};
use crate::text::tokens::Shape;

/// Guards that no pattern belongs to: a question mark at the end of the sentence, quotation marks around a match.
const QUESTION: &str = "question";
const QUOTED: &str = "quoted";

/// The guards of one sentence, gathered when they are first asked for: most sentences have nothing to guard, and a long
/// one may have a thousand matches that each name dozens of guards.
#[derive(Debug)]
pub(super) struct Guards<'r> {
    analysis: &'r Analysis<'r>,
    sentence: usize,
    found: OnceCell<Found<'r>>,
}

/// What may speak in a sentence.
#[derive(Debug)]
struct Found<'r> {
    /// Guards that match in it, with their names: by name, then by place.
    hits: Vec<(&'r str, &'r Hit)>,
    /// Guards that may speak: in most sentences none.
    names: Vec<&'r str>,
}

impl<'r> Guards<'r> {
    /// The guards of a sentence.
    pub(super) const fn of(analysis: &'r Analysis<'r>, sentence: usize) -> Self {
        Self { analysis, sentence, found: OnceCell::new() }
    }

    /// Whether one of the named guards speaks against a match.
    pub(super) fn any_speaks(&self, guards: &[String], hit: &Hit) -> bool {
        let named = |name: &&str| guards.iter().any(|guard| guard == name);
        !guards.is_empty() && self.found().names.iter().any(|name| named(name) && self.speaks(name, hit))
    }

    fn speaks(&self, guard: &str, hit: &Hit) -> bool {
        let analysis = self.analysis;
        match analysis.lexicon.guards.get(guard) {
            None if guard == QUESTION => analysis.text(self.sentence).trim_end().ends_with('?'),
            None => guard == QUOTED && analysis.is_quoted(self.sentence, hit),
            Some(Scope::Block) => {
                analysis.block_guards.contains(&(analysis.document.sentences[self.sentence].block, guard))
            }
            Some(scope) => self.reaches(self.hits(guard), *scope, hit),
        }
    }

    /// Whether one of the matches of a guard reaches another match; those nearest to it are asked first.
    fn reaches(&self, found: &[(&str, &Hit)], scope: Scope, hit: &Hit) -> bool {
        let reaches = |&(_, guard): &(&str, &Hit)| self.analysis.reaches(self.sentence, scope, guard, hit);
        let until = |end: usize| found.partition_point(|(_, guard)| guard.start < end);
        match scope {
            Scope::Before(_) | Scope::Clause(_) => found[..until(hit.start)].iter().rev().any(reaches),
            Scope::After(_) => found[until(hit.end)..].first().is_some_and(reaches),
            Scope::Sentence | Scope::Block | Scope::Overlap => found.iter().any(reaches),
        }
    }

    fn hits(&self, guard: &str) -> &[(&'r str, &'r Hit)] {
        let hits = &self.found().hits;
        let first = hits.partition_point(|(name, _)| *name < guard);
        let length = hits[first..].partition_point(|(name, _)| *name == guard);
        &hits[first..first + length]
    }

    fn found(&self) -> &Found<'r> {
        self.found.get_or_init(|| Found::of(self.analysis, self.sentence))
    }
}

impl<'r> Found<'r> {
    fn of(analysis: &'r Analysis<'r>, sentence: usize) -> Self {
        let guard = |hit: &'r Hit| match analysis.owner(hit) {
            Owner::Guard(name) => Some((name.as_str(), hit)),
            _ => None,
        };
        let mut hits: Vec<_> = analysis.sentences[sentence].hits.iter().filter_map(guard).collect();
        hits.sort_by_key(|&(name, hit)| (name, hit.start));
        let block = analysis.document.sentences[sentence].block;
        let of_block = analysis.block_guards.range((block, "")..).take_while(|(of, _)| *of == block);
        let matched = hits.iter().map(|(name, _)| *name);
        let of_text = built_in(analysis, sentence).into_iter().flatten();
        let mut names: Vec<&str> = of_text.chain(of_block.map(|(_, name)| *name)).chain(matched).collect();
        names.dedup();
        Self { hits, names }
    }
}

/// The guards that no pattern belongs to, where they may speak.
fn built_in(analysis: &Analysis<'_>, sentence: usize) -> [Option<&'static str>; 2] {
    let asks = analysis.text(sentence).trim_end().ends_with('?');
    let tokens = &analysis.sentences[sentence].tokens.all;
    let quotes = tokens.iter().any(|token| token.shape == Shape::Mark('"'));
    [asks.then_some(QUESTION), quotes.then_some(QUOTED)]
}
