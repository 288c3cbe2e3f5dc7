//! The index of all patterns: at which words and shapes each of them is tried.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lexicon::pattern::anchor::{Anchor, Chooser, Needs};
use crate::lexicon::pattern::follow::Follow;
use crate::lexicon::pattern::program::{Op, Program};
use crate::lexicon::pattern::scan::PatternId;
use crate::text::table::{self, Row, to_u32};
use crate::text::tokens::{Shape, Tokens};
use crate::text::vocabulary::{Vocabulary, WordId};

/// All patterns, filed under the rarest words that their matches must hold.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Index {
    /// By word: where its patterns begin in `filed`; they end where those of the next word begin.
    #[serde(with = "table")]
    starts: Vec<u32>,
    #[serde(with = "table")]
    filed: Vec<Filed>,
    /// What follows the words that patterns are filed under.
    #[serde(with = "table")]
    follows: Vec<Follow>,
    /// By pattern: what a sentence must hold besides.
    #[serde(with = "table")]
    needs: Vec<Needs>,
    /// Patterns that can do without words.
    #[serde(with = "table")]
    by_shape: Vec<ByShape>,
}

/// A pattern to be tried from some tokens before a word: its number, and the least and the most tokens between.
///
/// There are thousands, so they are small; distances are at most [`super::anchor::FARTHEST`], which five bits hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filed {
    packed: u32,
    /// What follows the word, by number in [`Index::follows`].
    follow: u32,
}

/// A pattern to be tried wherever an instruction of it takes a token that need not be a known word.
#[derive(Clone, Copy, Debug)]
struct ByShape {
    pattern: u32,
    /// The instruction, from the first one of the pattern.
    offset: u32,
    /// What follows the token, by number in [`Index::follows`].
    follow: u32,
}

/// A sentence as the index looks at it.
pub(crate) struct Held<'s> {
    pub(crate) tokens: &'s Tokens,
    /// By token: what it is to a filter; after the last one, the end.
    pub(crate) each: &'s [Needs],
    /// What any of the tokens is.
    pub(crate) all: Needs,
}

impl Index {
    /// Files `programs`; `counts` tells by word how often it occurs in ordinary text.
    pub(crate) fn new(programs: &[Program], vocabulary: &Vocabulary, counts: &[usize]) -> Self {
        let mut filing = Filing::new(vocabulary);
        let mut chooser = Chooser::new(vocabulary, counts);
        for (pattern, program) in (0..).zip(programs) {
            filing.file(pattern, program, &mut chooser);
        }
        filing.index()
    }

    /// What to try around the token `at`, as far as what stands after it and in the whole sentence allows.
    pub(crate) fn around<'s>(&'s self, held: &'s Held<'_>, at: usize) -> impl Iterator<Item = Filed> + 's {
        let word = usize::from(held.tokens.all[at].word);
        let filed = &self.filed[self.starts[word] as usize..self.starts[word + 1] as usize];
        let (mut last, mut goes_on) = (u32::MAX, false);
        // Neighbours in the list often have the same things follow.
        let going_on = filed.iter().copied().filter(move |filed| {
            if filed.follow != last {
                (last, goes_on) = (filed.follow, self.follows(filed.follow, held, at));
            }
            goes_on
        });
        going_on.filter(|filed| self.needs[filed.pattern()].meets(&held.all))
    }

    fn follows(&self, follow: u32, held: &Held<'_>, at: usize) -> bool {
        self.follows[follow as usize].meets(&held.each[at + 1..])
    }

    /// The patterns, each with one of its instructions, that might begin with what the token `at` is besides a word.
    pub(crate) fn by_shape<'s>(
        &'s self,
        held: &'s Held<'_>,
        at: usize,
    ) -> impl Iterator<Item = (PatternId, u32)> + 's {
        let known = held.tokens.all[at].shape == Shape::Small;
        let all = if known { &[] } else { self.by_shape.as_slice() };
        let goes_on = move |entry: &&ByShape| self.follows(entry.follow, held, at);
        all.iter().filter(goes_on).map(|entry| (entry.pattern as usize, entry.offset))
    }
}

/// An index that is being made.
struct Filing<'v> {
    vocabulary: &'v Vocabulary,
    by_word: Vec<Vec<Filed>>,
    follows: BTreeMap<Follow, u32>,
    index: Index,
}

impl<'v> Filing<'v> {
    fn new(vocabulary: &'v Vocabulary) -> Self {
        let by_word = vec![Vec::new(); vocabulary.len()];
        Self { vocabulary, by_word, follows: BTreeMap::new(), index: Index::default() }
    }

    /// Files a pattern at its anchor; where it has none, under all that it can begin with.
    fn file(&mut self, pattern: u32, program: &Program, chooser: &mut Chooser<'_>) {
        let anchor = chooser.choose(program);
        self.index.needs.push(anchor.as_ref().map_or(Needs::ANYTHING, |anchor| anchor.needs));
        let (next, nearest, farthest) = match anchor {
            Some(Anchor { next, nearest, farthest, .. }) => (next, nearest, farthest),
            None => (program.first(), 0, 0),
        };
        let packed = pattern << 10 | to_u32(nearest) << 5 | to_u32(farthest);
        for at in next {
            self.file_at(packed, program, at, chooser);
        }
    }

    /// Files a pattern under what one instruction of it takes.
    fn file_at(&mut self, packed: u32, program: &Program, at: usize, chooser: &mut Chooser<'_>) {
        let after = |at| Follow::after(program, at);
        match &program.ops[at] {
            Op::Word(word) => self.add(packed, *word, after(at + 1)),
            Op::OneOf(words) => {
                let follow = after(at + 1);
                for word in words {
                    self.add(packed, *word, follow);
                }
            }
            Op::Choose(cases) => {
                for same in cases.chunk_by(|(one, _), (other, _)| one == other) {
                    let follow = same.iter().fold(Follow::NOTHING, |follow, (_, to)| follow.or(after(*to)));
                    self.add(packed, same[0].0, follow);
                }
            }
            Op::Class(class) => {
                let follow = after(at + 1);
                for word in chooser.words(&program.ops[at]).unwrap_or_default() {
                    self.add(packed, word, Follow::entry(word, *class, self.vocabulary, follow));
                }
            }
            _ => {
                let follow = self.number(after(at + 1));
                self.index.by_shape.push(ByShape { pattern: packed >> 10, offset: to_u32(at), follow });
            }
        }
    }

    fn add(&mut self, packed: u32, word: WordId, follow: Follow) {
        let follow = self.number(follow);
        self.by_word[usize::from(word)].push(Filed { packed, follow });
    }

    fn number(&mut self, follow: Follow) -> u32 {
        *self.follows.entry(follow).or_insert_with(|| {
            self.index.follows.push(follow);
            to_u32(self.index.follows.len() - 1)
        })
    }

    fn index(mut self) -> Index {
        for mut filed in self.by_word {
            filed.sort_by_key(|filed| filed.follow);
            self.index.starts.push(to_u32(self.index.filed.len()));
            self.index.filed.extend(filed);
        }
        self.index.starts.push(to_u32(self.index.filed.len()));
        self.index
    }
}

impl Filed {
    pub(crate) const fn pattern(self) -> PatternId {
        (self.packed >> 10) as usize
    }

    pub(crate) const fn nearest(self) -> usize {
        (self.packed >> 5 & 31) as usize
    }

    pub(crate) const fn farthest(self) -> usize {
        (self.packed & 31) as usize
    }
}

impl Row<2> for Filed {
    fn to_row(&self) -> [u32; 2] {
        [self.packed, self.follow]
    }

    fn of_row([packed, follow]: [u32; 2]) -> Self {
        Self { packed, follow }
    }
}

impl Row<3> for ByShape {
    fn to_row(&self) -> [u32; 3] {
        [self.pattern, self.offset, self.follow]
    }

    fn of_row([pattern, offset, follow]: [u32; 3]) -> Self {
        Self { pattern, offset, follow }
    }
}
