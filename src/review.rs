//! The pipeline: one document in, one report out.

use std::collections::BTreeMap;

use crate::claims::{self, Claim};
use crate::coverage::{self, FactorEvidence};
use crate::document::Document;
use crate::document_rules::{self, Placed, Whole};
use crate::findings::{self, TextFinding};
use crate::fingerprint::{fingerprint, normalised};
use crate::input::Source;
use crate::lexicon::Lexicon;
use crate::questions::{self, Asking, Subject};
use crate::reading::Reading;
use crate::report::{
    About, Actions, BucketReport, BucketStatus, ClaimHead, ClaimReport, DocumentReport, Evidence, Finding,
    Question, SectionReport, Severity, SuppressedBy, Verdict,
};
use crate::verdict::{self, Judgement};
use crate::{actions, allow, language, suppress};

/// Findings reported for one file; the rest is counted.
pub const MOST_FINDINGS: usize = 500;

/// Reads one postmortem: [`examine`], with at most [`MOST_FINDINGS`].
pub fn review(source: &Source, lexicon: &Lexicon) -> DocumentReport {
    let mut report = examine(source, lexicon);
    limit(&mut report);
    report
}

/// Leaves out, and counts, the findings beyond [`MOST_FINDINGS`].
pub fn limit(report: &mut DocumentReport) {
    report.truncated = report.findings.len().saturating_sub(MOST_FINDINGS);
    report.findings.truncate(MOST_FINDINGS);
}

/// Reads one postmortem, with all its findings.
pub fn examine(source: &Source, lexicon: &Lexicon) -> DocumentReport {
    examine_document(&Document::parse(source, &lexicon.headings), lexicon)
}

/// Reads one postmortem that is parsed already, with all its findings.
pub fn examine_document(document: &Document<'_>, lexicon: &Lexicon) -> DocumentReport {
    let reading = Reading::new(document, lexicon);
    let language = language::detect(&reading);
    if language != language::ENGLISH {
        return DocumentReport { coverage: bucket_reports(&reading, &[]), ..not_judged(&reading, language) };
    }
    let blame = findings::judge(&reading);
    let evidence = coverage::measure(&reading);
    let claims = claims::collect(&reading, &blame, &evidence);
    let judgement = verdict::judge(&reading, &claims, &evidence);
    let actions = actions::count(&reading, &blame);
    let whole = Whole { claims: &claims, evidence: &evidence, judgement: &judgement, actions };
    let mut about_document = document_rules::judge(&reading, &whole);
    let allowed = allow::judge(&reading, starts(&reading, &blame, &about_document));
    about_document.extend_from_slice(&allowed.own);
    let asked = questions::ask(&reading, &blame, &whole);
    let places: Vec<(usize, usize)> = blame.iter().map(|found| (found.rule, found.span.start)).collect();
    let found = Assembly { reading: &reading, judgement: &judgement }.findings(
        &blame,
        &about_document,
        asked.by_finding,
        asked.acts,
    );
    let open = question_reports(&reading, asked.all, &places, &found);
    let mut report = DocumentReport {
        verdict: judgement.verdict,
        claims: claim_reports(&reading, &claims, &judgement),
        findings: found,
        coverage: bucket_reports(&reading, &evidence),
        actions,
        timeline: asked.timeline,
        conflicts: questions::conflicts(&reading, &blame, &whole),
        questions: open,
        ..not_judged(&reading, language)
    };
    suppress::set_aside(&mut report, SuppressedBy::Comment, |finding| {
        let start = finding.start.offset - document.source.shift;
        allowed.reason(&finding.rule, start).map(str::to_owned)
    });
    report
}

/// Rule and first byte of every finding.
fn starts<'r>(
    reading: &'r Reading<'_>,
    text: &'r [TextFinding],
    placed: &'r [Placed],
) -> impl Iterator<Item = (&'r str, usize)> {
    let text = text.iter().map(|found| (reading.lexicon.rules[found.rule].id.as_str(), found.span.start));
    text.chain(placed.iter().map(|found| (found.rule, found.span.start)))
}

/// A report that says what the document is, and judges nothing.
fn not_judged(reading: &Reading<'_>, language: &str) -> DocumentReport {
    let document = reading.document;
    DocumentReport {
        path: document.source.path.clone(),
        title: document.title.map(|span| collapse(span.of(&document.source.text))),
        date: document.date.clone(),
        language: language.to_owned(),
        verdict: Verdict::Undetermined,
        claims: Vec::new(),
        sections: section_reports(document),
        findings: Vec::new(),
        coverage: Vec::new(),
        actions: Actions::default(),
        timeline: Vec::new(),
        conflicts: Vec::new(),
        questions: Vec::new(),
        suppressed: Vec::new(),
        truncated: 0,
    }
}

/// Where the shape of a rule takes what the document calls the act.
const ACT: &str = "[act]";

struct Assembly<'r> {
    reading: &'r Reading<'r>,
    judgement: &'r Judgement,
}

impl Assembly<'_> {
    fn findings(
        &self,
        text: &[TextFinding],
        placed: &[Placed],
        mut asked: Vec<Vec<String>>,
        mut acts: Vec<Option<String>>,
    ) -> Vec<Finding> {
        asked.resize(text.len(), Vec::new());
        acts.resize(text.len(), None);
        let rows = text.iter().zip(asked).zip(acts);
        let mut all: Vec<Finding> =
            rows.filter_map(|((found, asked), act)| self.text_finding(found, asked, act)).collect();
        all.extend(placed.iter().filter_map(|found| self.document_finding(found)));
        all.sort_by(|a, b| {
            (a.start.offset, a.end.offset, &a.rule).cmp(&(b.start.offset, b.end.offset, &b.rule))
        });
        let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
        for finding in &mut all {
            let same = (finding.rule.clone(), normalised(&finding.sentence));
            let ordinal = seen.entry(same).or_default();
            finding.fingerprint = fingerprint(&finding.rule, &finding.sentence, *ordinal);
            *ordinal += 1;
        }
        all
    }

    /// The finding, unless its rule is off.
    fn text_finding(
        &self,
        found: &TextFinding,
        questions: Vec<String>,
        act: Option<String>,
    ) -> Option<Finding> {
        let rule = &self.reading.lexicon.rules[found.rule];
        let concludes =
            self.judgement.verdict == Verdict::StartOver && self.judgement.is_cause(found.sentence);
        let severity = if concludes && found.cause { Severity::Error } else { rule.severity };
        let severity = rule.level.of(severity)?;
        let text = &self.reading.document.source.text;
        let lines = &self.reading.document.lines;
        let quote = found.span.of(text).to_owned();
        Some(Finding {
            rule: rule.id.clone(),
            severity,
            cause: found.cause,
            deepened: found.deepened,
            section: role_id(self.reading.role(found.sentence)),
            start: lines.position(text, found.span.start),
            end: lines.position(text, found.span.end),
            message: rule.message.replace("{quote}", &collapse(&quote)),
            quote,
            sentence: self.reading.text(found.sentence).to_owned(),
            mechanism: found.mechanism.clone(),
            questions,
            shape: Some(act.map_or_else(|| rule.better.clone(), |act| rule.better.replace(ACT, &act))),
            fingerprint: String::new(),
            changed: None,
        })
    }

    /// The finding, unless its rule is off.
    fn document_finding(&self, found: &Placed) -> Option<Finding> {
        let text = &self.reading.document.source.text;
        let lines = &self.reading.document.lines;
        let rule = self.reading.lexicon.rule(found.rule);
        let message = rule.map_or_else(String::new, |rule| rule.message.replace("{quote}", &found.names));
        let severity = rule.map_or(Some(Severity::Note), |rule| rule.level.of(rule.severity))?;
        let quote = found.span.of(text).to_owned();
        Some(Finding {
            rule: found.rule.to_owned(),
            severity,
            cause: false,
            deepened: false,
            section: role_id(found.role),
            start: lines.position(text, found.span.start),
            end: lines.position(text, found.span.end),
            sentence: quote.clone(),
            quote,
            message,
            mechanism: None,
            questions: Vec::new(),
            shape: None,
            fingerprint: String::new(),
            changed: None,
        })
    }
}

/// The claims, and the sentences that the verdict read as conditions without their being claims, in document order.
fn claim_reports(reading: &Reading<'_>, claims: &[Claim], judgement: &Judgement) -> Vec<ClaimReport> {
    let mut heads: BTreeMap<usize, ClaimHead> =
        judgement.conditions.iter().map(|&sentence| (sentence, ClaimHead::Condition)).collect();
    heads.extend(claims.iter().map(|claim| (claim.sentence, claim.head)));
    let report = |(sentence, head): (usize, ClaimHead)| ClaimReport {
        head,
        line: reading.line(sentence),
        quote: reading.text(sentence).to_owned(),
        section: role_id(reading.role(sentence)),
        read_as: judgement.reads(sentence),
    };
    heads.into_iter().map(report).collect()
}

fn section_reports(document: &Document<'_>) -> Vec<SectionReport> {
    let report = |section: &crate::document::Section| {
        let heading = section.heading?;
        Some(SectionReport {
            role: role_id(section.role),
            heading: collapse(heading.of(&document.source.text)),
            line: document.lines.line(heading.start),
        })
    };
    document.sections.iter().filter_map(report).collect()
}

fn bucket_reports(reading: &Reading<'_>, evidence: &[FactorEvidence]) -> Vec<(String, BucketReport)> {
    let lexicon = reading.lexicon;
    let report = |(index, bucket): (usize, &crate::lexicon::Bucket)| {
        let shown = |found: &FactorEvidence| Evidence {
            line: reading.document.lines.line(found.span.start),
            factor: bucket.factors[found.factor].id.clone(),
            quote: found.span.of(&reading.document.source.text).to_owned(),
        };
        let evidence: Vec<Evidence> =
            evidence.iter().filter(|found| found.bucket == index).map(shown).collect();
        let status = if evidence.is_empty() { BucketStatus::Absent } else { BucketStatus::Examined };
        (bucket.id.clone(), BucketReport { status, evidence })
    };
    lexicon.buckets.iter().enumerate().map(report).collect()
}

/// Questions with the fingerprint of the finding each is about; `places` tells rule and start of every text finding.
fn question_reports(
    reading: &Reading<'_>,
    asked: Vec<Asking>,
    places: &[(usize, usize)],
    findings: &[Finding],
) -> Vec<Question> {
    let shift = reading.document.source.shift;
    let fingerprint = |index: usize| {
        let (rule, start) = places[index];
        let rule = &reading.lexicon.rules[rule].id;
        let same = |finding: &&Finding| finding.rule == *rule && finding.start.offset == start + shift;
        findings.iter().find(same).map(|finding| finding.fingerprint.clone())
    };
    let report = |asking: Asking| {
        let about = match asking.about {
            Subject::Finding(index) => About::Finding(fingerprint(index)?),
            Subject::Bucket(id) => About::Bucket(id),
            Subject::Document(theme) => About::Document(theme),
        };
        Some(Question { text: asking.text, about, source: asking.source })
    };
    asked.into_iter().filter_map(report).collect()
}

fn role_id(role: crate::document::Role) -> String {
    role.id().to_owned()
}

/// Text with every run of white space as one space.
fn collapse(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    line
}
