//! Assembles the results of the stages into the report of one document.

use std::collections::BTreeMap;

use crate::analysis::claims;
use crate::analysis::coverage::FactorEvidence;
use crate::analysis::document_rules::DocumentFinding;
use crate::analysis::findings::{EvidencePoints, TextFinding};
use crate::analysis::questions::Subjects;
use crate::analysis::remedies::{self, Remedy};
use crate::analysis::sentences::Analysis;
use crate::analysis::systems;
use crate::document::plain_text::PlainText;
use crate::document::{Document, Section};
use crate::lexicon::{Bucket, Rule};
use crate::model::{ENGLISH, Role, SentenceId, Severity, Span, Verdict};
use crate::report::{
    About, Actions, BucketReport, BucketStatus, ClaimHead, ClaimReport, Conflict, DocumentReport, Evidence,
    EvidenceSource, Finding, OTHER_FACTOR, Question, RemedyReport, SectionReport, Suppressed, SuppressedBy,
};

/// The place for the quoted words in a rule's message.
const QUOTE: &str = "{quote}";

/// The results of the stages.
pub(super) struct Judged<'r> {
    pub(super) subjects: Subjects<'r>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) questions: Vec<Question>,
}

/// Returns the report of a document in English.
pub(super) fn report(analysis: &Analysis<'_>, judged: Judged<'_>) -> DocumentReport {
    let facts = judged.subjects.facts;
    let (findings, suppressed) = findings(analysis, &judged);
    DocumentReport {
        verdict: facts.judgement.verdict,
        verdict_reasons: facts.judgement.reasons.clone(),
        claims: claim_reports(analysis, &judged.subjects),
        findings,
        suppressed,
        coverage: coverage(analysis, facts.evidence),
        actions: remedies::count(facts.remedies),
        remedies: facts.remedies.iter().map(|remedy| remedy_report(analysis, remedy)).collect(),
        systems: systems::list(analysis, facts),
        timeline: judged.subjects.timeline.report(analysis),
        conflicts: judged.conflicts,
        questions: judged.questions,
        ..without_judgement(analysis, ENGLISH)
    }
}

/// Returns a report that describes the document without judging it.
pub(super) fn without_judgement(analysis: &Analysis<'_>, language: &str) -> DocumentReport {
    let document = analysis.document;
    DocumentReport {
        path: document.source.path.clone(),
        title: document.title.map(|span| heading_text(document, span)),
        date: document.date.clone(),
        language: language.to_owned(),
        markup: document.markup,
        verdict: Verdict::Undetermined,
        verdict_reasons: Vec::new(),
        claims: Vec::new(),
        sections: document.sections.iter().filter_map(|section| section_report(document, section)).collect(),
        findings: Vec::new(),
        coverage: coverage(analysis, &[]),
        actions: Actions::default(),
        remedies: Vec::new(),
        systems: Vec::new(),
        timeline: Vec::new(),
        conflicts: Vec::new(),
        questions: Vec::new(),
        suppressed: Vec::new(),
        truncated: 0,
    }
}

/// Returns all findings of rules that are on, by position and then rule: the active ones, and those that a comment
/// allows.
fn findings(analysis: &Analysis<'_>, judged: &Judged<'_>) -> (Vec<Finding>, Vec<Suppressed>) {
    let asked = questions_by_finding(&judged.questions);
    let subjects = &judged.subjects;
    let in_text = subjects.in_text.iter().filter_map(|found| {
        let finding = in_text(analysis, subjects, found)?;
        let questions = asked.get(finding.fingerprint.as_str()).cloned().unwrap_or_default();
        Some((Finding { questions, ..finding }, found.allowed.clone()))
    });
    let about_document = subjects
        .about_document
        .iter()
        .filter_map(|found| Some((about_document(analysis, found)?, found.allowed.clone())));
    let mut all: Vec<(Finding, Option<String>)> = in_text.chain(about_document).collect();
    all.sort_by(|(a, _), (b, _)| {
        (a.start.offset, a.end.offset, &a.rule).cmp(&(b.start.offset, b.end.offset, &b.rule))
    });
    let (mut standing, mut suppressed) = (Vec::new(), Vec::new());
    for (finding, allowed) in all {
        match allowed {
            None => standing.push(finding),
            Some(reason) => suppressed.push(Suppressed::new(&finding, SuppressedBy::Comment, reason)),
        }
    }
    suppressed.sort_by(|a, b| (a.line, &a.rule).cmp(&(b.line, &b.rule)));
    (standing, suppressed)
}

/// Returns the questions about each finding, by its fingerprint.
fn questions_by_finding(questions: &[Question]) -> BTreeMap<&str, Vec<String>> {
    let mut by_finding: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for question in questions {
        if let About::Finding(fingerprint) = &question.about {
            by_finding.entry(fingerprint).or_default().push(question.text.clone());
        }
    }
    by_finding
}

/// Returns a finding in the text, unless its rule is off.
fn in_text(analysis: &Analysis<'_>, subjects: &Subjects<'_>, found: &TextFinding) -> Option<Finding> {
    let rule = &analysis.lexicon.rules[found.rule];
    let concludes = found.cause && subjects.facts.judgement.concludes_with(found.sentence);
    let usual = if concludes { Severity::Error } else { rule.severity };
    let sentence = analysis.sentence(found.sentence).span;
    let span = found.marked(analysis);
    let quote = PlainText::new(analysis.document, span).text;
    Some(Finding {
        cause: found.cause,
        deepened: found.deepened,
        message: rule.message.replace(QUOTE, &quote),
        mechanism: found.mechanism.map(|index| analysis.lexicon.mechanisms[index].id.clone()),
        shape: Some(rule.better.clone()),
        fingerprint: found.fingerprint.clone(),
        evidence: found.evidence.iter().map(|points| evidence_source(analysis, points)).collect(),
        ..finding(analysis, rule, rule.level.severity(usual)?, analysis.role(found.sentence), span, sentence)
    })
}

fn evidence_source(analysis: &Analysis<'_>, evidence: &EvidencePoints) -> EvidenceSource {
    let document = analysis.document;
    EvidenceSource {
        witness: evidence.witness,
        points: evidence.points,
        quote: document.quote(evidence.span).into_owned(),
        line: document.lines.line(evidence.span.start),
    }
}

/// Returns a finding about the document, unless its rule is off.
fn about_document(analysis: &Analysis<'_>, found: &DocumentFinding) -> Option<Finding> {
    let rule = analysis.lexicon.document_rule(found.rule);
    Some(Finding {
        message: rule.message.replace(QUOTE, &found.names),
        fingerprint: found.fingerprint.clone(),
        ..finding(analysis, rule, rule.level.severity(rule.severity)?, found.section, found.span, found.span)
    })
}

/// Returns a finding with the fields common to all findings.
fn finding(
    analysis: &Analysis<'_>,
    rule: &Rule,
    severity: Severity,
    section: Role,
    span: Span,
    sentence: Span,
) -> Finding {
    let document = analysis.document;
    let (text, lines) = (&document.source.text, &document.lines);
    let (quote, sentence) = (document.quote(span).into_owned(), document.quote(sentence).into_owned());
    let span = document.source_span(span);
    Finding {
        rule: rule.id.clone(),
        severity,
        cause: false,
        deepened: false,
        section: section.id().to_owned(),
        start: lines.position(text, span.start),
        end: lines.position(text, span.end),
        quote,
        evidence: Vec::new(),
        sentence,
        message: String::new(),
        mechanism: None,
        questions: Vec::new(),
        shape: None,
        fingerprint: String::new(),
        changed: None,
    }
}

/// Returns the claims, and the other sentences that the verdict interpreted as conditions, in document order.
fn claim_reports(analysis: &Analysis<'_>, subjects: &Subjects<'_>) -> Vec<ClaimReport> {
    let judgement = subjects.facts.judgement;
    let mut heads: BTreeMap<SentenceId, ClaimHead> =
        judgement.conditions.iter().map(|&sentence| (sentence, ClaimHead::Condition)).collect();
    heads.extend(judgement.causes.iter().map(|&sentence| (sentence, ClaimHead::Human)));
    heads.extend(subjects.facts.claims.iter().map(|claim| (claim.sentence, claim.head)));
    let report = |(sentence, head): (SentenceId, ClaimHead)| ClaimReport {
        head,
        line: analysis.line(sentence),
        quote: analysis.quote(sentence).into_owned(),
        section: analysis.role(sentence).id().to_owned(),
        read_as: judgement.reads(sentence),
        evidence: claims::evidence(analysis, sentence, head)
            .iter()
            .map(|points| evidence_source(analysis, points))
            .collect(),
    };
    heads.into_iter().map(report).collect()
}

fn remedy_report(analysis: &Analysis<'_>, remedy: &Remedy) -> RemedyReport {
    RemedyReport {
        line: analysis.line(remedy.sentence),
        quote: analysis.quote(remedy.sentence).into_owned(),
        tier: remedy.tier,
        words: remedy.words.map(|words| analysis.document.quote(words).into_owned()),
        stronger: remedy.offer.map(|index| analysis.lexicon.questions.offer[index].text.clone()),
        done: remedy.done,
    }
}

fn section_report(document: &Document<'_>, section: &Section) -> Option<SectionReport> {
    let heading = section.heading?;
    Some(SectionReport {
        role: section.role.id().to_owned(),
        heading: heading_text(document, heading),
        line: document.lines.line(heading.start),
    })
}

fn coverage(analysis: &Analysis<'_>, evidence: &[FactorEvidence]) -> Vec<(String, BucketReport)> {
    let report = |(index, bucket): (usize, &Bucket)| {
        let of_bucket = evidence.iter().filter(|found| found.bucket == index);
        let shown: Vec<Evidence> = of_bucket.map(|found| evidence_report(analysis, bucket, found)).collect();
        let status = if shown.is_empty() { BucketStatus::Absent } else { BucketStatus::Examined };
        (bucket.id.clone(), BucketReport { status, evidence: shown })
    };
    analysis.lexicon.buckets.iter().enumerate().map(report).collect()
}

fn evidence_report(analysis: &Analysis<'_>, bucket: &Bucket, found: &FactorEvidence) -> Evidence {
    Evidence {
        line: analysis.document.lines.line(found.span.start),
        factor: found
            .named_factor()
            .map_or_else(|| OTHER_FACTOR.to_owned(), |index| bucket.factors[index].id.clone()),
        quote: analysis.document.quote(found.span).into_owned(),
        sentence: analysis.quote(found.sentence).into_owned(),
        witness: found.witness,
        points: found.points,
    }
}

/// Returns a heading as its readers see it.
fn heading_text(document: &Document<'_>, heading: Span) -> String {
    PlainText::new(document, heading).text
}
