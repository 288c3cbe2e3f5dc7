//! Matches of the text rules, judged in their clause and section.

use crate::document::{BlockKind, Role};
use crate::grammar::agent::Agent;
use crate::grammar::scan::Hit;
use crate::lexicon::{AgentTest, Frame, Owner, Place, RulePattern};
use crate::reading::{Guards, Reading};
use crate::span::Span;

/// A place where the text blames, before it is put into the report.
#[derive(Clone, Debug)]
pub struct TextFinding {
    /// Index of the rule in the lexicon.
    pub rule: usize,
    /// Index of the sentence.
    pub sentence: usize,
    /// The words that trigger it.
    pub span: Span,
    /// Whether it stands as (part of) the cause.
    pub cause: bool,
    /// Whether the text goes on to conditions.
    pub deepened: bool,
    /// Kind of human act.
    pub mechanism: Option<String>,
}

/// The findings of one sentence, out of all in document order.
pub fn of_sentence(findings: &[TextFinding], sentence: usize) -> &[TextFinding] {
    let first = findings.partition_point(|finding| finding.sentence < sentence);
    let length = findings[first..].partition_point(|finding| finding.sentence == sentence);
    &findings[first..first + length]
}

/// Judges all matches of text rules; at most one finding a rule and sentence, in document order.
pub fn judge(reading: &Reading<'_>) -> Vec<TextFinding> {
    let mut found: Vec<TextFinding> = Vec::new();
    for sentence in 0..reading.sentences.len() {
        let guards = Guards::of(reading, sentence);
        for hit in &reading.sentences[sentence].hits {
            let Owner::Rule { rule, pattern } = *reading.owner(hit) else { continue };
            let known = found
                .iter()
                .rev()
                .take_while(|other| other.sentence == sentence)
                .any(|other| other.rule == rule);
            let judged = &reading.lexicon.rules[rule].patterns[pattern];
            if !known && stands(reading, &guards, sentence, hit, judged) {
                found.push(finding(reading, sentence, hit, rule, judged));
            }
        }
    }
    found
}

fn stands(
    reading: &Reading<'_>,
    guards: &Guards<'_>,
    sentence: usize,
    hit: &Hit,
    pattern: &RulePattern,
) -> bool {
    in_place(reading, sentence, pattern.place)
        && agent_fits(reading, sentence, hit, pattern.agent)
        && !guards.any_speaks(&pattern.unless, hit)
}

fn in_place(reading: &Reading<'_>, sentence: usize, place: Place) -> bool {
    let role = reading.role(sentence);
    if reading.block(sentence).task == Some(false) && role != Role::Actions {
        return false;
    }
    match place {
        Place::Anywhere => true,
        // Even among the remedies, a sentence may give the cause in so many words.
        Place::Account => role != Role::Actions || reading.has(sentence, Frame::Conclusion),
        Place::Cause => reading.is_causal(sentence),
        Place::Remedy => reading.is_remedy(sentence),
        Place::Learning => {
            matches!(role, Role::Actions | Role::Lessons | Role::WentWrong) || reading.is_remedy(sentence)
        }
    }
}

fn agent_fits(reading: &Reading<'_>, sentence: usize, hit: &Hit, test: AgentTest) -> bool {
    let agents = &reading.lexicon.agents;
    let tokens = &reading.sentences[sentence].tokens;
    let subject = || match agents.subject(tokens, hit.start) {
        Agent::They => antecedent(reading, sentence),
        agent => agent,
    };
    match test {
        AgentTest::Any => true,
        AgentTest::Person => matches!(subject(), Agent::Person | Agent::Elided),
        AgentTest::Human => matches!(subject(), Agent::Person | Agent::Elided | Agent::Name),
        AgentTest::NotSoftware => subject() != Agent::Software,
        AgentTest::Named => subject() == Agent::Person,
        AgentTest::PersonOrMissing => {
            matches!(subject(), Agent::Person | Agent::Elided | Agent::Name | Agent::Missing)
        }
        AgentTest::Passive => agents.by_phrase(tokens, hit.end) != Agent::Software,
    }
}

/// Whom "they" means: what the sentence before was about, else people.
fn antecedent(reading: &Reading<'_>, sentence: usize) -> Agent {
    let Some(before) = sentence.checked_sub(1) else { return Agent::Person };
    let tokens = &reading.sentences[before].tokens;
    match reading.lexicon.agents.head(tokens, 0, tokens.all.len().min(12)) {
        Agent::Software | Agent::Thing => Agent::Software,
        _ => Agent::Person,
    }
}

fn finding(
    reading: &Reading<'_>,
    sentence: usize,
    hit: &Hit,
    rule: usize,
    pattern: &RulePattern,
) -> TextFinding {
    let remedy = matches!(pattern.place, Place::Remedy | Place::Learning);
    let remedy = remedy || reading.lexicon.rules[rule].id == WEAK_ACTION;
    TextFinding {
        rule,
        sentence,
        span: reading.span(sentence, hit),
        cause: !remedy && stands_as_cause(reading, sentence, rule),
        deepened: is_deepened(reading, sentence, hit, remedy),
        mechanism: pattern.mechanism.clone(),
    }
}

/// The rule whose findings are remedies, and so never a cause.
const WEAK_ACTION: &str = "weak-action";

/// The rule whose findings tell the act itself, wherever they stand: a timeline is where it is told first.
const WRONG_ACT: &str = "blamed-action";

/// Whether blame in this sentence explains the incident rather than the response to it.
fn stands_as_cause(reading: &Reading<'_>, sentence: usize, rule: usize) -> bool {
    let block = reading.block(sentence);
    match block.role {
        Role::Actions if reading.has(sentence, Frame::Conclusion) => true,
        Role::Actions | Role::Lessons | Role::Response | Role::WentWell | Role::Appendix => false,
        Role::Timeline | Role::WentWrong => {
            let act = block.role == Role::Timeline && reading.lexicon.rules[rule].id == WRONG_ACT;
            let title = block.kind == BlockKind::Heading;
            act || title || reading.is_concluding(sentence) || reading.has(sentence, Frame::Cause)
        }
        _ => true,
    }
}

/// Whether the same sentence or its neighbours in the paragraph or list go on to conditions.
fn is_deepened(reading: &Reading<'_>, sentence: usize, hit: &Hit, remedy: bool) -> bool {
    let outside = |found: &Hit| found.start >= hit.end || found.end <= hit.start;
    if reading.has(sentence, Frame::Dismissal) {
        return false;
    }
    reading.frames(sentence, Frame::Condition).any(outside)
        || !remedy
            && neighbours(reading, sentence).any(|near| {
                reading.has(near, Frame::Condition)
                    && !reading.has(near, Frame::Dismissal)
                    && !reading.has(near, Frame::Effect)
            })
}

/// The next two sentences and the one before, within the same block or list.
fn neighbours<'r>(reading: &'r Reading<'_>, sentence: usize) -> impl Iterator<Item = usize> + 'r {
    let here = reading.block(sentence);
    let last = reading.sentences.len();
    let near = [sentence.wrapping_sub(1), sentence + 1, sentence + 2];
    near.into_iter().filter(move |&other| {
        other < last && {
            let there = reading.block(other);
            reading.document.sentences[other].block == reading.document.sentences[sentence].block
                || (here.list.is_some() && here.list == there.list)
        }
    })
}
