//! Anchors: the rarest words or classes that occur in every match of a pattern. A pattern is tried only near its
//! anchor, which saves most of the work.

use serde::{Deserialize, Serialize};

use crate::lexicon::pattern::program::{Op, Program};
use crate::text::vocabulary::{ClassId, Vocabulary, WordId};

/// Where to look for a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    /// Every match contains one of these.
    pub(super) keys: Vec<AnchorKey>,
    pub(super) distance: Distance,
}

/// A word, or an entry of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AnchorKey {
    Word(WordId),
    Class(ClassId),
}

/// The number of tokens between the start of a match and its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Distance {
    pub(super) least: usize,
    pub(super) most: usize,
}

/// Maximum distance of an anchor in tokens. With a greater distance, a match would have to be tried from too many
/// starts.
const FARTHEST: usize = 24;

/// Chooses anchors by the frequency of words in ordinary text.
pub(super) struct AnchorChooser<'v> {
    vocabulary: &'v Vocabulary,
    /// One for each class.
    classes: Vec<ClassInfo>,
    /// The frequency of each word in ordinary text.
    counts: &'v [usize],
}

/// The properties of a class that matter for anchors.
#[derive(Clone, Copy, Default)]
struct ClassInfo {
    weight: usize,
    /// Number of words of its longest entry.
    longest: usize,
}

impl<'v> AnchorChooser<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary, counts: &'v [usize]) -> Self {
        let mut chooser = Self { vocabulary, classes: Vec::new(), counts };
        let ids = vocabulary.class_names().filter_map(|name| vocabulary.class(name));
        chooser.classes = ids.map(|class| chooser.class_info(class)).collect();
        chooser
    }

    /// Returns the anchor that is rarest in ordinary text; `None` if a match need not contain a known word.
    pub(super) fn choose(&self, program: &Program) -> Option<Anchor> {
        let mandatory = self.mandatory(program).into_iter();
        let anchors = mandatory.filter_map(|(pc, distance)| anchor_at(program, pc, distance));
        anchors.filter(|anchor| anchor.distance.most <= FARTHEST).min_by_key(|anchor| self.weight(anchor))
    }

    /// Returns the number of attempts that an anchor costs in ordinary text.
    fn weight(&self, anchor: &Anchor) -> usize {
        let keys: usize = anchor.keys.iter().map(|key| self.key_weight(*key)).sum();
        keys * (anchor.distance.most - anchor.distance.least + 1)
    }

    fn key_weight(&self, key: AnchorKey) -> usize {
        match key {
            AnchorKey::Word(word) => self.word_weight(word),
            AnchorKey::Class(class) => self.classes[usize::from(class)].weight,
        }
    }

    /// Returns the weight of a word. A word that does not occur in ordinary text has a small weight, not none.
    fn word_weight(&self, word: WordId) -> usize {
        16 * self.counts.get(usize::from(word)).unwrap_or(&0) + 1
    }

    fn class_info(&self, class: ClassId) -> ClassInfo {
        let mut info = ClassInfo { weight: 0, longest: 1 };
        for word in self.vocabulary.first_words(class) {
            info.weight += self.word_weight(word);
            let phrases = self.vocabulary.phrases(word).filter(|(_, of)| *of == class);
            info.longest = phrases.map(|(rest, _)| rest.len() + 1).fold(info.longest, usize::max);
        }
        info
    }

    /// Returns the instructions that every match executes, each with its distance from the start. All instructions lead
    /// forward, so a match skips an instruction only if an earlier one leads beyond it.
    fn mandatory(&self, program: &Program) -> Vec<(usize, Distance)> {
        let mut reached: Vec<Option<Distance>> = vec![None; program.ops.len()];
        reached[0] = Some(Distance { least: 0, most: 0 });
        let (mut passed, mut beyond) = (Vec::new(), 0);
        for (pc, op) in program.ops.iter().enumerate() {
            let Some(distance) = reached[pc] else { continue };
            if beyond <= pc {
                passed.push((pc, distance));
            }
            let after = distance.plus(self.width(op));
            for to in successors(pc, op) {
                beyond = beyond.max(to);
                reached[to] = Some(reached[to].map_or(after, |known| known.or(after)));
            }
        }
        passed
    }

    /// Returns the number of tokens that an instruction consumes.
    fn width(&self, op: &Op) -> Distance {
        let (least, most) = match op {
            Op::Class(class) => (1, self.classes[usize::from(*class)].longest),
            Op::Gap { most, .. } => (0, usize::from(*most)),
            Op::Word(_) | Op::OneOf(_) | Op::Kind(_) | Op::Mark(_) => (1, 1),
            _ => (0, 0),
        };
        Distance { least, most }
    }
}

impl Distance {
    fn plus(self, other: Self) -> Self {
        Self { least: self.least + other.least, most: self.most + other.most }
    }

    fn or(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), most: self.most.max(other.most) }
    }
}

/// Returns the instructions that can follow an instruction.
fn successors(pc: usize, op: &Op) -> Vec<usize> {
    match op {
        Op::Fork(second) => vec![pc + 1, *second],
        Op::Jump(to) => vec![*to],
        Op::Match => Vec::new(),
        _ => vec![pc + 1],
    }
}

/// Returns the anchor at an instruction, if every match continues with a known word or class there.
fn anchor_at(program: &Program, pc: usize, distance: Distance) -> Option<Anchor> {
    let next = program.next(pc);
    if next.may_end {
        return None;
    }
    let mut keys = Vec::new();
    for taker in next.takers {
        match &program.ops[taker] {
            Op::Word(word) => keys.push(AnchorKey::Word(*word)),
            Op::OneOf(words) => keys.extend(words.iter().copied().map(AnchorKey::Word)),
            Op::Class(class) => keys.push(AnchorKey::Class(*class)),
            _ => return None,
        }
    }
    Some(Anchor { keys, distance })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::pattern::parse::{Irregular, compile};

    /// Returns the anchor of a pattern in a text in which "the" and "failed" are frequent and all other words are rare.
    fn anchor(pattern: &str) -> Option<(Vec<String>, usize, usize)> {
        let mut vocabulary = Vocabulary::default();
        let person = vocabulary.add_class("person").unwrap();
        vocabulary.add(&["engineer".to_owned()], person);
        vocabulary.add(&["on".to_owned(), "call".to_owned()], person);
        let program = compile(pattern, &mut vocabulary, &Irregular::new()).unwrap();
        let known = ["the", "failed", "engineer", "on", "check", "forgot", "to"];
        let frequent = [("the", 50), ("failed", 9), ("to", 30), ("on", 20)];
        let frequent = frequent.map(|(word, count)| (usize::from(vocabulary.intern(word)), count));
        let mut counts = vec![0; vocabulary.word_count()];
        for (word, count) in frequent {
            counts[word] = count;
        }
        let found = AnchorChooser::new(&vocabulary, &counts).choose(&program)?;
        let words = known.iter().filter(|word| found.keys.contains(&AnchorKey::Word(vocabulary.id(word))));
        let class = found.keys.contains(&AnchorKey::Class(person)).then_some("{person}");
        let keys = words.copied().chain(class).map(str::to_owned).collect();
        Some((keys, found.distance.least, found.distance.most))
    }

    fn at(keys: &[&str], least: usize, most: usize) -> (Vec<String>, usize, usize) {
        (keys.iter().map(|key| (*key).to_owned()).collect(), least, most)
    }

    #[test]
    fn the_rarest_mandatory_word_is_chosen() {
        assert_eq!(anchor("failed to check"), Some(at(&["check"], 2, 2)));
        assert_eq!(anchor("failed (to check)?"), Some(at(&["failed"], 0, 0)));
        assert_eq!(anchor("the (check|forgot)"), Some(at(&["check", "forgot"], 1, 1)));
        assert_eq!(anchor("the (to to|to) check"), Some(at(&["check"], 2, 3)));
        assert_eq!(anchor("the ..2 check"), Some(at(&["check"], 1, 3)));
    }

    #[test]
    fn multi_word_entries_shift_what_follows() {
        assert_eq!(anchor("{person} check"), Some(at(&["check"], 1, 2)));
        assert_eq!(anchor("the {person}?"), Some(at(&["the"], 0, 0)));
        assert_eq!(anchor("the {person}"), Some(at(&["{person}"], 1, 1)));
    }

    #[test]
    fn a_pattern_without_words_has_no_anchor() {
        assert_eq!(anchor("{number} {code}"), None);
        assert_eq!(anchor("{number} check"), Some(at(&["check"], 1, 1)));
    }
}
