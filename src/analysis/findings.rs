//! Findings in the text: matches of the text rules, judged in their clause and section, and weighed with what the reader
//! says.

mod weighing;

use crate::analysis::guards::Guards;
use crate::analysis::sentences::Analysis;
use crate::analysis::wording::marking;
use crate::analysis::wording::words::SentenceWords;
use crate::document::BlockKind;
use crate::lexicon::kinds::{MechanismKind, RuleKind, TextKind};
use crate::lexicon::pattern::scan::Hit;
use crate::lexicon::{AgentTest, Frame, Lexicon, Owner, Place, RulePattern};
use crate::model::{Role, SentenceId, Span};
use crate::report::Witness;
use crate::report::fingerprint::Fingerprints;
use crate::text::agent::Agent;
use crate::text::tokens::Shape;

/// A place where the text stops at a person.
#[derive(Clone, Debug)]
pub struct TextFinding {
    /// Index of the rule in the lexicon.
    pub rule: usize,
    /// Its sentence.
    pub sentence: SentenceId,
    /// The words that trigger it.
    pub span: Span,
    /// True if it is given as the cause, or as part of it.
    pub cause: bool,
    /// True if the text goes on to the conditions behind the act.
    pub deepened: bool,
    /// The kind of human act, as an index in the lexicon.
    pub mechanism: Option<usize>,
    /// Its fingerprint, as in the report.
    pub fingerprint: String,
    /// The reason given in the comment that allows it, if there is one.
    pub allowed: Option<String>,
    /// True if it rests on a team's own phrase.
    pub own: bool,
    /// What it rests on.
    pub evidence: Vec<EvidencePoints>,
}

/// The points of one witness for a finding, and the words that they rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvidencePoints {
    /// Who says so.
    pub witness: Witness,
    /// Points of the sum that makes it a finding.
    pub points: i32,
    /// The words.
    pub span: Span,
}

impl TextFinding {
    /// Returns the points of all its evidence.
    pub fn points(&self) -> i32 {
        self.evidence.iter().map(|evidence| evidence.points).sum()
    }

    /// True if only the reader found it, so that its words may begin or end anywhere.
    pub fn is_of_reader_alone(&self) -> bool {
        let mut witnesses = self.evidence.iter().map(|evidence| evidence.witness);
        !self.evidence.is_empty() && witnesses.all(|witness| witness == Witness::Reader)
    }

    /// Returns the words to mark: those of the lexicon, or a whole phrase around those of the reader.
    pub fn marked(&self, analysis: &Analysis<'_>) -> Span {
        let words = SentenceWords::new(analysis, self.sentence);
        let hit = words.tokens_within(self.span);
        if hit.is_empty() || !self.is_of_reader_alone() {
            return self.span;
        }
        words.span(marking::marked(&words, hit))
    }

    /// Returns the kind of its mechanism.
    pub fn mechanism_kind(&self, lexicon: &Lexicon) -> Option<MechanismKind> {
        self.mechanism.map(|index| lexicon.mechanisms[index].kind)
    }

    /// Returns what its rule finds in a sentence.
    pub fn text_kind(&self, lexicon: &Lexicon) -> Option<TextKind> {
        match lexicon.rules[self.rule].kind {
            RuleKind::Text(kind) => Some(kind),
            RuleKind::Document(_) => None,
        }
    }
}

/// Returns the findings of one sentence. `findings` must be in document order.
pub fn of_sentence(findings: &[TextFinding], sentence: SentenceId) -> &[TextFinding] {
    let first = findings.partition_point(|finding| finding.sentence < sentence);
    let length = findings[first..].partition_point(|finding| finding.sentence == sentence);
    &findings[first..first + length]
}

/// Judges every sentence, in document order. There is at most one finding per rule and sentence.
pub fn judge(analysis: &Analysis<'_>) -> Vec<TextFinding> {
    let mut found: Vec<TextFinding> = Vec::new();
    for sentence in analysis.ids() {
        let guards = Guards::new(analysis, sentence);
        let of_lexicon = by_lexicon(analysis, &guards, sentence);
        found.extend(match analysis.reading.sentence(sentence) {
            Some(read) => weighing::weigh(analysis, &guards, sentence, of_lexicon, read),
            None => of_lexicon,
        });
    }
    set_fingerprints(analysis, &mut found);
    found
}

/// Returns the findings of the lexicon in one sentence.
fn by_lexicon(analysis: &Analysis<'_>, guards: &Guards<'_>, sentence: SentenceId) -> Vec<TextFinding> {
    let mut found: Vec<TextFinding> = Vec::new();
    for hit in &analysis.matches(sentence).hits {
        let Owner::Rule { rule, pattern } = *analysis.owner(hit) else { continue };
        let pattern = &analysis.lexicon.rules[rule].patterns[pattern];
        let known = found.iter().any(|other| other.rule == rule);
        if !known && is_finding(analysis, guards, sentence, hit, pattern) {
            found.push(finding(analysis, sentence, hit, rule, pattern));
        }
    }
    found
}

/// Sets the fingerprints of the findings.
fn set_fingerprints(analysis: &Analysis<'_>, findings: &mut [TextFinding]) {
    let mut fingerprints = Fingerprints::default();
    for finding in findings {
        let rule = &analysis.lexicon.rules[finding.rule].id;
        finding.fingerprint = fingerprints.next(rule, &analysis.quote(finding.sentence));
    }
}

fn is_finding(
    analysis: &Analysis<'_>,
    guards: &Guards<'_>,
    sentence: SentenceId,
    hit: &Hit,
    pattern: &RulePattern,
) -> bool {
    in_place(analysis, sentence, pattern.place)
        && agent_fits(analysis, sentence, hit, pattern.agent)
        && !guards.silence(&pattern.unless, hit)
}

fn in_place(analysis: &Analysis<'_>, sentence: SentenceId, place: Place) -> bool {
    let role = analysis.role(sentence);
    if analysis.block(sentence).task == Some(false) && role != Role::Actions {
        return false;
    }
    match place {
        Place::Anywhere => true,
        // Even a sentence among the remedies may state the cause.
        Place::Account => role != Role::Actions || analysis.has(sentence, Frame::Conclusion),
        Place::Cause => analysis.is_causal(sentence),
        Place::Remedy => analysis.is_remedy(sentence),
        Place::Learning => {
            matches!(role, Role::Actions | Role::Lessons | Role::WentWrong) || analysis.is_remedy(sentence)
        }
    }
}

fn agent_fits(analysis: &Analysis<'_>, sentence: SentenceId, hit: &Hit, test: AgentTest) -> bool {
    let agents = &analysis.lexicon.agents;
    let tokens = &analysis.matches(sentence).tokens;
    let subject = || match agents.subject(tokens, hit.start) {
        Agent::They => antecedent(analysis, sentence),
        agent => agent,
    };
    match test {
        AgentTest::Any => true,
        AgentTest::Person => matches!(subject(), Agent::Person | Agent::Elided),
        AgentTest::Human => matches!(subject(), Agent::Person | Agent::Elided | Agent::Name),
        AgentTest::NotSoftware => subject() != Agent::Software,
        AgentTest::Code => tokens.all[..hit.start].last().is_some_and(|token| token.shape == Shape::Code),
        AgentTest::Named => subject() == Agent::Person,
        AgentTest::PersonOrMissing => {
            matches!(subject(), Agent::Person | Agent::Elided | Agent::Name | Agent::Missing)
        }
        AgentTest::Passive => agents.by_phrase(tokens, hit.end) != Agent::Software,
    }
}

/// Returns what "they" refers to: the subject of the previous sentence, or else people.
fn antecedent(analysis: &Analysis<'_>, sentence: SentenceId) -> Agent {
    let Some(before) = analysis.neighbour(sentence, -1) else { return Agent::Person };
    let tokens = &analysis.matches(before).tokens;
    match analysis.lexicon.agents.head(tokens, 0, tokens.all.len().min(12)) {
        Agent::Software | Agent::Thing => Agent::Software,
        _ => Agent::Person,
    }
}

fn finding(
    analysis: &Analysis<'_>,
    sentence: SentenceId,
    hit: &Hit,
    rule: usize,
    pattern: &RulePattern,
) -> TextFinding {
    let remedy = matches!(pattern.place, Place::Remedy | Place::Learning);
    let remedy = remedy || analysis.lexicon.rules[rule].kind == RuleKind::Text(TextKind::Remedy);
    let (span, by_lexicon) = (analysis.span(sentence, hit), points_of_match(analysis, rule));
    TextFinding {
        rule,
        sentence,
        span,
        cause: !remedy && stands_as_cause(analysis, sentence, rule),
        deepened: is_deepened(analysis, sentence, span, remedy),
        mechanism: pattern.mechanism,
        fingerprint: String::new(),
        allowed: None,
        own: pattern.own,
        evidence: vec![EvidencePoints { witness: Witness::Lexicon, points: by_lexicon, span }],
    }
}

/// Returns the points of a match of a rule.
fn points_of_match(analysis: &Analysis<'_>, rule: usize) -> i32 {
    let weights = &analysis.lexicon.weighing.finding;
    let of_rule = weights.rule.get(&analysis.lexicon.rules[rule].id).copied().unwrap_or_default();
    i32::from(weights.lexicon) + i32::from(of_rule)
}

/// True if blame in this sentence explains the incident rather than the response to it.
fn stands_as_cause(analysis: &Analysis<'_>, sentence: SentenceId, rule: usize) -> bool {
    let block = analysis.block(sentence);
    match block.role {
        Role::Actions if analysis.has(sentence, Frame::Conclusion) => true,
        Role::Actions | Role::Lessons | Role::Response | Role::WentWell | Role::Appendix => false,
        Role::Timeline | Role::WentWrong => {
            // In a timeline, the act itself is mentioned first.
            let is_act = analysis.lexicon.rules[rule].kind == RuleKind::Text(TextKind::Act);
            let act = block.role == Role::Timeline && is_act;
            let title = block.kind == BlockKind::Heading;
            act || title || analysis.is_concluding(sentence) || analysis.has(sentence, Frame::Cause)
        }
        _ => true,
    }
}

/// True if the same sentence, or a nearby one in the paragraph or list, goes on to conditions.
fn is_deepened(analysis: &Analysis<'_>, sentence: SentenceId, words: Span, remedy: bool) -> bool {
    if analysis.has(sentence, Frame::Dismissal) {
        return false;
    }
    let is_outside = |found: &Hit| {
        let found = analysis.span(sentence, found);
        found.start >= words.end || found.end <= words.start
    };
    let here = analysis.frames(sentence, Frame::Condition).any(is_outside);
    here || !remedy && neighbours(analysis, sentence).any(|near| names_condition(analysis, near))
}

/// True if a sentence names a condition, rather than an effect or something that it dismisses.
fn names_condition(analysis: &Analysis<'_>, sentence: SentenceId) -> bool {
    analysis.has(sentence, Frame::Condition)
        && !analysis.has(sentence, Frame::Dismissal)
        && !analysis.has(sentence, Frame::Effect)
}

/// Returns the sentence before and the next two, within the same block or list.
fn neighbours<'r>(analysis: &'r Analysis<'_>, sentence: SentenceId) -> impl Iterator<Item = SentenceId> + 'r {
    let near = [-1, 1, 2].into_iter().filter_map(move |steps| analysis.neighbour(sentence, steps));
    near.filter(move |&other| belong_together(analysis, sentence, other))
}

fn belong_together(analysis: &Analysis<'_>, one: SentenceId, other: SentenceId) -> bool {
    let list = analysis.block(one).list;
    analysis.sentence(one).block == analysis.sentence(other).block
        || (list.is_some() && list == analysis.block(other).list)
}
