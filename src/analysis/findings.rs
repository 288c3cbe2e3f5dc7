//! Matches of the text rules, judged in their clause and section.

use crate::analysis::guards::Guards;
use crate::analysis::sentences::Analysis;
use crate::document::BlockKind;
use crate::lexicon::kinds::{MechanismKind, RuleKind, TextKind};
use crate::lexicon::pattern::scan::Hit;
use crate::lexicon::{AgentTest, Frame, Lexicon, Owner, Place, RulePattern};
use crate::model::Role;
use crate::model::Span;
use crate::report::fingerprint::Fingerprints;
use crate::text::agent::Agent;

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
    /// Kind of human act, as an index in the lexicon.
    pub mechanism: Option<usize>,
    /// Its stable name.
    pub fingerprint: String,
    /// The reason of the comment that allows it.
    pub allowed: Option<String>,
}

impl TextFinding {
    /// What kind of act its mechanism is.
    pub fn mechanism_kind(&self, lexicon: &Lexicon) -> Option<MechanismKind> {
        self.mechanism.map(|index| lexicon.mechanisms[index].kind)
    }

    /// What its rule finds in a sentence.
    pub fn text_kind(&self, lexicon: &Lexicon) -> Option<TextKind> {
        match lexicon.rules[self.rule].kind {
            RuleKind::Text(kind) => Some(kind),
            RuleKind::Document(_) => None,
        }
    }
}

/// The findings of one sentence, out of all in document order.
pub fn of_sentence(findings: &[TextFinding], sentence: usize) -> &[TextFinding] {
    let first = findings.partition_point(|finding| finding.sentence < sentence);
    let length = findings[first..].partition_point(|finding| finding.sentence == sentence);
    &findings[first..first + length]
}

/// Judges all matches of text rules; at most one finding a rule and sentence, in document order.
pub fn judge(analysis: &Analysis<'_>) -> Vec<TextFinding> {
    let mut found: Vec<TextFinding> = Vec::new();
    let mut fingerprints = Fingerprints::default();
    for sentence in 0..analysis.sentences.len() {
        let guards = Guards::of(analysis, sentence);
        for hit in &analysis.sentences[sentence].hits {
            let Owner::Rule { rule, pattern } = *analysis.owner(hit) else { continue };
            let known = found
                .iter()
                .rev()
                .take_while(|other| other.sentence == sentence)
                .any(|other| other.rule == rule);
            let judged = &analysis.lexicon.rules[rule].patterns[pattern];
            if !known && stands(analysis, &guards, sentence, hit, judged) {
                let fingerprint =
                    fingerprints.next(&analysis.lexicon.rules[rule].id, analysis.text(sentence));
                found.push(finding(analysis, sentence, hit, rule, judged, fingerprint));
            }
        }
    }
    found
}

fn stands(
    analysis: &Analysis<'_>,
    guards: &Guards<'_>,
    sentence: usize,
    hit: &Hit,
    pattern: &RulePattern,
) -> bool {
    in_place(analysis, sentence, pattern.place)
        && agent_fits(analysis, sentence, hit, pattern.agent)
        && !guards.any_speaks(&pattern.unless, hit)
}

fn in_place(analysis: &Analysis<'_>, sentence: usize, place: Place) -> bool {
    let role = analysis.role(sentence);
    if analysis.block(sentence).task == Some(false) && role != Role::Actions {
        return false;
    }
    match place {
        Place::Anywhere => true,
        // Even among the remedies, a sentence may give the cause in so many words.
        Place::Account => role != Role::Actions || analysis.has(sentence, Frame::Conclusion),
        Place::Cause => analysis.is_causal(sentence),
        Place::Remedy => analysis.is_remedy(sentence),
        Place::Learning => {
            matches!(role, Role::Actions | Role::Lessons | Role::WentWrong) || analysis.is_remedy(sentence)
        }
    }
}

fn agent_fits(analysis: &Analysis<'_>, sentence: usize, hit: &Hit, test: AgentTest) -> bool {
    let agents = &analysis.lexicon.agents;
    let tokens = &analysis.sentences[sentence].tokens;
    let subject = || match agents.subject(tokens, hit.start) {
        Agent::They => antecedent(analysis, sentence),
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
fn antecedent(analysis: &Analysis<'_>, sentence: usize) -> Agent {
    let Some(before) = sentence.checked_sub(1) else { return Agent::Person };
    let tokens = &analysis.sentences[before].tokens;
    match analysis.lexicon.agents.head(tokens, 0, tokens.all.len().min(12)) {
        Agent::Software | Agent::Thing => Agent::Software,
        _ => Agent::Person,
    }
}

fn finding(
    analysis: &Analysis<'_>,
    sentence: usize,
    hit: &Hit,
    rule: usize,
    pattern: &RulePattern,
    fingerprint: String,
) -> TextFinding {
    let remedy = matches!(pattern.place, Place::Remedy | Place::Learning);
    let remedy = remedy || analysis.lexicon.rules[rule].kind == RuleKind::Text(TextKind::Remedy);
    TextFinding {
        rule,
        sentence,
        span: analysis.span(sentence, hit),
        cause: !remedy && stands_as_cause(analysis, sentence, rule),
        deepened: is_deepened(analysis, sentence, hit, remedy),
        mechanism: pattern.mechanism,
        fingerprint,
        allowed: None,
    }
}

/// Whether blame in this sentence explains the incident rather than the response to it.
fn stands_as_cause(analysis: &Analysis<'_>, sentence: usize, rule: usize) -> bool {
    let block = analysis.block(sentence);
    match block.role {
        Role::Actions if analysis.has(sentence, Frame::Conclusion) => true,
        Role::Actions | Role::Lessons | Role::Response | Role::WentWell | Role::Appendix => false,
        Role::Timeline | Role::WentWrong => {
            // A timeline is where the act itself is told first.
            let is_act = analysis.lexicon.rules[rule].kind == RuleKind::Text(TextKind::Act);
            let act = block.role == Role::Timeline && is_act;
            let title = block.kind == BlockKind::Heading;
            act || title || analysis.is_concluding(sentence) || analysis.has(sentence, Frame::Cause)
        }
        _ => true,
    }
}

/// Whether the same sentence or its neighbours in the paragraph or list go on to conditions.
fn is_deepened(analysis: &Analysis<'_>, sentence: usize, hit: &Hit, remedy: bool) -> bool {
    let outside = |found: &Hit| found.start >= hit.end || found.end <= hit.start;
    if analysis.has(sentence, Frame::Dismissal) {
        return false;
    }
    analysis.frames(sentence, Frame::Condition).any(outside)
        || !remedy
            && neighbours(analysis, sentence).any(|near| {
                analysis.has(near, Frame::Condition)
                    && !analysis.has(near, Frame::Dismissal)
                    && !analysis.has(near, Frame::Effect)
            })
}

/// The next two sentences and the one before, within the same block or list.
fn neighbours<'r>(analysis: &'r Analysis<'_>, sentence: usize) -> impl Iterator<Item = usize> + 'r {
    let here = analysis.block(sentence);
    let last = analysis.sentences.len();
    let near = [sentence.wrapping_sub(1), sentence + 1, sentence + 2];
    near.into_iter().filter(move |&other| {
        other < last && {
            let there = analysis.block(other);
            analysis.document.sentences[other].block == analysis.document.sentences[sentence].block
                || (here.list.is_some() && here.list == there.list)
        }
    })
}
