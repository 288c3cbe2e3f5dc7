//! Adds up what the lexicon and the reader say about the findings of a sentence.

use crate::analysis::findings::{EvidencePoints, TextFinding, in_place, is_deepened, stands_as_cause};
use crate::analysis::guards::Guards;
use crate::analysis::reading::SentenceReading;
use crate::analysis::sentences::Analysis;
use crate::lexicon::kinds::{RuleKind, TextKind};
use crate::lexicon::weighing::{FlagWeights, per_cent};
use crate::lexicon::{Level, Place, Rule};
use crate::model::SentenceId;
use crate::report::Witness;

/// Returns the findings of a sentence that the evidence supports. A team's own phrases and exemptions always win.
pub(super) fn weigh(
    analysis: &Analysis<'_>,
    guards: &Guards<'_>,
    sentence: SentenceId,
    of_lexicon: Vec<TextFinding>,
    read: &SentenceReading,
) -> Vec<TextFinding> {
    let weigher = FindingWeigher { analysis, guards, sentence, read };
    let points = weigher.points();
    let mut findings = if of_lexicon.is_empty() { weigher.by_reader(points) } else { of_lexicon };
    findings.retain(|finding| finding.own || finding.points() + points >= 0);
    for finding in &mut findings {
        weigher.complete(finding, points);
    }
    findings
}

/// Weighs one sentence.
struct FindingWeigher<'r> {
    analysis: &'r Analysis<'r>,
    guards: &'r Guards<'r>,
    sentence: SentenceId,
    read: &'r SentenceReading,
}

impl FindingWeigher<'_> {
    /// Returns the points for a finding of any rule, without a match of the lexicon.
    fn points(&self) -> i32 {
        let weights = &self.analysis.lexicon.weighing.finding;
        i32::from(weights.constant) + per_cent(weights.reader, self.read.points.finding)
    }

    /// Returns the indices of all rules about sentences, with their kinds.
    fn text_rules(&self) -> impl Iterator<Item = (usize, TextKind)> {
        let rules = self.analysis.lexicon.rules.iter().enumerate();
        rules.filter_map(|(index, rule)| match rule.kind {
            RuleKind::Text(kind) => Some((index, kind)),
            RuleKind::Document(_) => None,
        })
    }

    /// Returns the findings that rest on the reader alone: of its likeliest rule, and of others that are nearly as
    /// likely.
    fn by_reader(&self, points: i32) -> Vec<TextFinding> {
        let weights = &self.analysis.lexicon.weighing.finding;
        let excluded = self.guards.is_question() || self.analysis.has_guard(self.sentence, &weights.unless);
        if points < 0 || excluded || !in_place(self.analysis, self.sentence, Place::Anywhere) {
            return Vec::new();
        }
        let second = i32::from(weights.second_rule);
        let of = |rule| self.analysis.reading.rule(self.sentence, rule);
        let most = self.text_rules().filter_map(|(rule, _)| of(rule)).max();
        let stands = |rule: usize| of(rule).is_some_and(|points| Some(points) == most || points >= second);
        let rules = self.text_rules().map(|(rule, _)| rule).filter(|&rule| stands(rule));
        rules.filter_map(|rule| self.finding(rule)).collect()
    }

    fn finding(&self, index: usize) -> Option<TextFinding> {
        let rule = &self.analysis.lexicon.rules[index];
        let span = self.read.words?;
        let remedy = rule.kind == RuleKind::Text(TextKind::Remedy);
        (!self.is_exempt(rule)).then(|| TextFinding {
            rule: index,
            sentence: self.sentence,
            span,
            cause: !remedy && stands_as_cause(self.analysis, self.sentence, index),
            deepened: is_deepened(self.analysis, self.sentence, span, remedy),
            mechanism: rule.mechanism,
            own: false,
            fingerprint: String::new(),
            allowed: None,
            evidence: Vec::new(),
        })
    }

    fn is_exempt(&self, rule: &Rule) -> bool {
        rule.level == Level::Off || rule.exemptions.iter().any(|guard| self.guards.has(guard))
    }

    /// Weighs whether a finding is the cause and whether it is deepened, and adds the reader's evidence.
    fn complete(&self, finding: &mut TextFinding, points: i32) {
        let weighing = &self.analysis.lexicon.weighing;
        let remedy = self.analysis.lexicon.rules[finding.rule].kind == RuleKind::Text(TextKind::Remedy);
        finding.cause = !remedy && holds(&weighing.cause, finding.cause, self.read.points.cause);
        finding.deepened = holds(&weighing.deepened, finding.deepened, self.read.points.deepened);
        let span = self.read.words.unwrap_or(finding.span);
        finding.evidence.push(EvidencePoints { witness: Witness::Reader, points, span });
    }
}

/// True if something holds for a finding: the lexicon's answer and the reader's points, added up.
fn holds(weights: &FlagWeights, lexicon: bool, reader: i32) -> bool {
    let lexicon = if lexicon { weights.lexicon } else { 0 };
    i32::from(weights.constant) + i32::from(lexicon) + per_cent(weights.reader, reader) >= 0
}
