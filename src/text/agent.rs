//! Finds who acts: the subject of a verb and the agent of a passive.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::text::tokens::{Shape, Token, Tokens};
use crate::text::vocabulary::{ClassId, ClassSet, Vocabulary, WordId};

/// Maximum distance in tokens at which a subject is looked for to the left.
const REACH: usize = 40;

/// Maximum number of clauses in which a subject is looked for.
const MOST_CLAUSES: usize = 6;

/// Maximum distance in tokens from a passive to "by", and from "by" to the end of the agent.
const REACH_OF_BY: usize = 8;

/// Who or what acts in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agent {
    /// A person, a role, a team, "we", "nobody".
    Person,
    /// A capitalised word that is in no class: a person or an organisation if the verb is one that only people perform.
    Name,
    /// A program, a machine, a change or a process; also an outside party, whose acts are external events.
    Software,
    /// Anything else.
    Thing,
    /// A pronoun whose antecedent is not in the sentence.
    They,
    /// Left out at the start of the sentence, as in notes: "Forgot to …".
    Elided,
    /// Nobody is named.
    Missing,
}

/// The word classes that distinguish agents. The lexicon must define all of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AgentClasses {
    person: ClassId,
    given_name: ClassId,
    software: ClassId,
    outsider: ClassId,
    organisation: ClassId,
    they: ClassId,
    it: ClassId,
    nominative: ClassId,
    determiner: ClassId,
    preposition: ClassId,
    coordinator: ClassId,
    relative: ClassId,
    personal_relative: ClassId,
    subordinator: ClassId,
    auxiliary: ClassId,
    adverb: ClassId,
    possessive: ClassId,
    by: ClassId,
    verbs: ClassSet,
}

impl AgentClasses {
    /// Looks up the classes by name.
    ///
    /// # Errors
    /// Returns the name of the first class that is missing from the vocabulary.
    pub fn find(vocabulary: &Vocabulary) -> Result<Self, &'static str> {
        let class = |name: &'static str| vocabulary.class(name).ok_or(name);
        Ok(Self {
            person: class("person")?,
            given_name: class("given-name")?,
            software: class("software")?,
            outsider: class("outsider")?,
            organisation: class("organisation")?,
            they: class("pronoun-they")?,
            it: class("pronoun-it")?,
            nominative: class("nominative")?,
            determiner: class("determiner")?,
            preposition: class("preposition")?,
            coordinator: class("coordinator")?,
            relative: class("relative")?,
            personal_relative: class("personal-relative")?,
            subordinator: class("subordinator")?,
            auxiliary: class("auxiliary")?,
            adverb: class("adverb")?,
            possessive: class("possessive")?,
            by: class("by")?,
            verbs: ClassSet::default()
                .with(class("human-act")?)
                .with(class("check-verb")?)
                .with(class("any-act")?),
        })
    }

    /// Returns the classes of words that begin a clause.
    pub fn boundaries(&self) -> ClassSet {
        [self.coordinator, self.relative, self.personal_relative, self.subordinator]
            .iter()
            .fold(ClassSet::default(), |all, &class| all.with(class))
    }

    /// Returns the subject of the verb that begins at token `verb`.
    pub fn subject(&self, tokens: &Tokens, verb: usize) -> Agent {
        let before = verb.checked_sub(1);
        let is_determiner = |at| tokens.is(at, self.determiner) && !is_letter_of_a_name(tokens, at);
        if before.is_some_and(|at| is_determiner(at) || self.ends_preposition(tokens, at)) {
            return Agent::Thing;
        }
        let floor = verb.saturating_sub(REACH);
        let found = (0..MOST_CLAUSES).try_fold(verb, |end, _| self.subject_before(tokens, floor, end));
        found.break_value().unwrap_or(Agent::Missing)
    }

    /// Returns the agent named with "by" after a passive that ends before token `after`, within the clause.
    pub fn by_phrase(&self, tokens: &Tokens, after: usize) -> Agent {
        let end = tokens.all.len().min(after + REACH_OF_BY);
        let Some(by) =
            (after..end).take_while(|&at| !is_mark(&tokens.all[at])).find(|&at| tokens.is(at, self.by))
        else {
            return Agent::Missing;
        };
        let end = tokens.all.len().min(by + REACH_OF_BY);
        let stop = (by + 1..end).find(|&at| self.separates(tokens, at) || tokens.is(at, self.preposition));
        self.head(tokens, by + 1, stop.unwrap_or(end))
    }

    /// Returns the kind of the head noun of the first noun group in `start..end`.
    pub fn head(&self, tokens: &Tokens, start: usize, end: usize) -> Agent {
        let mut group = Group::default();
        let mut at = start;
        while at < end && !group.closed {
            at += self.take(tokens, at, start, &mut group);
        }
        if group.opening && group.head != Agent::Person { Agent::Missing } else { group.head }
    }

    /// Looks for the subject in the clause that ends before the token `end`. Continues with the end of the clause in which
    /// to look next.
    fn subject_before(&self, tokens: &Tokens, floor: usize, end: usize) -> ControlFlow<Agent, usize> {
        let start = (floor..end).rev().find(|&at| self.separates(tokens, at)).map_or(floor, |at| at + 1);
        let borrowed = start < end && start > floor && self.opens_with_verb(tokens, start);
        let found = if borrowed { Agent::Missing } else { self.head(tokens, start, end) };
        if found != Agent::Missing {
            return ControlFlow::Break(found);
        }
        if tokens.all[..start].iter().all(is_mark) {
            return ControlFlow::Break(Agent::Elided);
        }
        if start <= floor {
            return ControlFlow::Break(Agent::Missing);
        }
        let edge = start - 1;
        self.beyond(tokens, edge).map_continue(|()| edge)
    }

    /// Adds the token or phrase at `at` to the noun group and returns its length in tokens.
    fn take(&self, tokens: &Tokens, at: usize, start: usize, group: &mut Group) -> usize {
        if let Some(length) = tokens.lengths(at, self.preposition).next() {
            group.modifier = group.head != Agent::Missing;
            group.opening = group.head == Agent::Missing;
            return length;
        }
        if tokens.is(at, self.possessive) {
            if !group.modifier {
                group.head = Agent::Missing;
            }
            return 1;
        }
        if group.modifier && tokens.is(at, self.nominative) {
            *group = Group::default();
        }
        let opens = tokens.is(at, self.determiner) && at > start && !tokens.is(at - 1, self.preposition);
        if group.opening && opens {
            *group = Group::default();
        }
        let (kind, length) = self.kind(tokens, at, at > start);
        group.closed =
            !group.modifier && !group.opening && group.head == Agent::Person && kind == Agent::Thing;
        if !group.modifier {
            group.head = merge(group.head, kind);
        }
        length
    }

    /// Returns the subject of an empty stretch that begins after the token `edge`, unless the clause before has it.
    fn beyond(&self, tokens: &Tokens, edge: usize) -> ControlFlow<Agent> {
        let token = &tokens.all[edge];
        if token.classes.has(self.personal_relative) {
            let outsider = (edge.saturating_sub(3)..edge).any(|at| tokens.is(at, self.outsider));
            return ControlFlow::Break(if outsider { Agent::Software } else { Agent::Person });
        }
        if token.classes.has(self.relative) {
            return ControlFlow::Break(self.antecedent(tokens, edge));
        }
        let joins = token.classes.has(self.coordinator)
            || matches!(token.shape, Shape::Mark(',' | ')' | '(' | '-' | '*'));
        if joins { ControlFlow::Continue(()) } else { ControlFlow::Break(Agent::Missing) }
    }

    fn antecedent(&self, tokens: &Tokens, relative: usize) -> Agent {
        let back = (relative.saturating_sub(6)..relative).rev();
        let mut kinds = back.map(|at| self.kind(tokens, at, true).0);
        kinds.find(|kind| matches!(kind, Agent::Person | Agent::Software)).unwrap_or(Agent::Thing)
    }

    /// Returns the kind of the word or phrase at `at`, and its length in tokens.
    fn kind(&self, tokens: &Tokens, at: usize, inside: bool) -> (Agent, usize) {
        self.known_kind(tokens, at).unwrap_or_else(|| (self.unknown_kind(tokens, at, inside), 1))
    }

    /// Returns the kind and the length of an entry of a class. The longest one wins.
    fn known_kind(&self, tokens: &Tokens, at: usize) -> Option<(Agent, usize)> {
        let entry = |class: ClassId, agent| tokens.lengths(at, class).next().map(|length| (agent, length));
        let known = [
            entry(self.person, Agent::Person),
            entry(self.given_name, Agent::Person).filter(|_| tokens.all[at].shape == Shape::Capital),
            entry(self.software, Agent::Software),
            entry(self.outsider, Agent::Software),
            entry(self.organisation, Agent::Name),
            entry(self.they, Agent::They),
            entry(self.it, Agent::Thing),
        ];
        known.into_iter().flatten().reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    fn unknown_kind(&self, tokens: &Tokens, at: usize, inside: bool) -> Agent {
        let token = &tokens.all[at];
        let is_small =
            [self.adverb, self.auxiliary, self.determiner].iter().any(|&class| token.classes.has(class));
        match token.shape {
            _ if is_handle(tokens, at) => Agent::Person,
            Shape::Code => Agent::Software,
            _ if is_small => Agent::Missing,
            _ => unknown_noun(token, inside),
        }
    }

    /// True if a preposition ends at the token `at`.
    fn ends_preposition(&self, tokens: &Tokens, at: usize) -> bool {
        tokens.all[at].classes.has(self.preposition)
            || (at > 0 && tokens.lengths(at - 1, self.preposition).any(|length| length == 2))
    }

    /// True if the clause after a connective begins with a verb and so shares the subject of the clause before.
    fn opens_with_verb(&self, tokens: &Tokens, start: usize) -> bool {
        let joined = tokens.all[start - 1].classes.has(self.coordinator);
        joined && tokens.all[start].classes.meets(self.verbs) && !tokens.is(start, self.person)
    }

    fn separates(&self, tokens: &Tokens, at: usize) -> bool {
        is_clause_mark(&tokens.all[at]) && !is_stop_of_an_initial(tokens, at)
            || tokens.all[at].classes.meets(self.boundaries())
    }
}

/// The part of a noun group that has been read.
#[derive(Clone, Copy)]
struct Group {
    head: Agent,
    /// True after a preposition that follows the head: the next words describe it.
    modifier: bool,
    /// True after a preposition at the start of the stretch: the next words are not a subject.
    opening: bool,
    /// True after a verb or another word that follows a person: the group has ended.
    closed: bool,
}

impl Default for Group {
    fn default() -> Self {
        Self { head: Agent::Missing, modifier: false, opening: false, closed: false }
    }
}

/// Combines the head of the noun group so far with the next word. The last known noun wins.
fn merge(head: Agent, word: Agent) -> Agent {
    match (head, word) {
        (head, Agent::Missing) | (head @ (Agent::Person | Agent::Software | Agent::Name), Agent::Thing) => {
            head
        }
        (head @ (Agent::Person | Agent::Software), Agent::Name) => head,
        (_, word) => word,
    }
}

fn unknown_noun(token: &Token, inside: bool) -> Agent {
    match token.shape {
        Shape::Capital if inside || token.classes == ClassSet::default() => Agent::Name,
        // Two capitals that are no known abbreviation are the initials of a person.
        Shape::Identifier if token.span().len() == 2 && token.word == WordId::UNKNOWN => Agent::Name,
        Shape::Identifier | Shape::Small | Shape::Capital => Agent::Thing,
        _ => Agent::Missing,
    }
}

fn is_mark(token: &Token) -> bool {
    matches!(token.shape, Shape::Mark(_))
}

fn is_clause_mark(token: &Token) -> bool {
    matches!(token.shape, Shape::Mark(mark) if !['"', '\'', '`', '#', '@', '[', ']'].contains(&mark))
}

/// True if a token is the name in a handle: `@jane`.
fn is_handle(tokens: &Tokens, at: usize) -> bool {
    at > 0 && tokens.all[at - 1].shape == Shape::Mark('@') && touches(tokens, at)
}

/// True if a token stands directly after the one before it.
fn touches(tokens: &Tokens, at: usize) -> bool {
    tokens.all[at - 1].span().end == tokens.all[at].span().start
}

/// True if a token is a single capital after another word: "Engineer A", "Jane D.".
fn is_letter_of_a_name(tokens: &Tokens, at: usize) -> bool {
    let token = &tokens.all[at];
    at > 0 && token.shape == Shape::Capital && token.span().len() == 1
}

/// True if a token is the full stop of an initial.
fn is_stop_of_an_initial(tokens: &Tokens, at: usize) -> bool {
    tokens.all[at].shape == Shape::Mark('.')
        && at > 1
        && touches(tokens, at)
        && is_letter_of_a_name(tokens, at - 1)
}
