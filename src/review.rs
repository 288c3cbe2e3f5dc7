//! The pipeline: one document in, one report out.

mod entries;

use std::collections::BTreeMap;

use crate::analysis::claims::{self, Claim};
use crate::analysis::coverage::{self, FactorEvidence};
use crate::analysis::document_rules::{self, DocumentFacts, DocumentFinding};
use crate::analysis::findings::{self, TextFinding};
use crate::analysis::questions::{self, Asking, Subject};
use crate::analysis::sentences::Analysis;
use crate::analysis::verdict::{self, Judgement};
use crate::analysis::{language, remedies};
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::model::Verdict;
use crate::report::{
    About, Actions, BucketReport, BucketStatus, ClaimHead, ClaimReport, DocumentReport, Evidence, Question,
    SectionReport, SuppressedBy,
};
use crate::review::entries::Entries;
use crate::source::Source;
use crate::suppress::allow;
use crate::suppress::set_aside::set_aside;

/// Findings reported for one file; the rest is counted.
pub const MOST_FINDINGS: usize = 500;

/// Reads one postmortem: [`examine`], with at most [`MOST_FINDINGS`].
pub fn review(source: &Source, lexicon: &Lexicon) -> DocumentReport {
    review_document(&Document::parse(source, &lexicon.headings), lexicon)
}

/// Reads one postmortem that is parsed already, with at most [`MOST_FINDINGS`]; the others are counted, and never put
/// together.
pub fn review_document(document: &Document<'_>, lexicon: &Lexicon) -> DocumentReport {
    let mut report = judged(document, lexicon, MOST_FINDINGS);
    report.findings.truncate(MOST_FINDINGS);
    report
}

/// Leaves out, and counts, the findings beyond [`MOST_FINDINGS`].
pub fn limit(report: &mut DocumentReport) {
    report.truncated += report.findings.len().saturating_sub(MOST_FINDINGS);
    report.findings.truncate(MOST_FINDINGS);
}

/// Reads one postmortem, with all its findings.
pub fn examine(source: &Source, lexicon: &Lexicon) -> DocumentReport {
    examine_document(&Document::parse(source, &lexicon.headings), lexicon)
}

/// Reads one postmortem that is parsed already, with all its findings.
pub fn examine_document(document: &Document<'_>, lexicon: &Lexicon) -> DocumentReport {
    judged(document, lexicon, usize::MAX)
}

/// The report with the first `most` findings that nothing allows, and those beyond that are spoken of elsewhere in it.
fn judged(document: &Document<'_>, lexicon: &Lexicon, most: usize) -> DocumentReport {
    let analysis = Analysis::new(document, lexicon);
    let language = language::detect(&analysis);
    if language != language::ENGLISH {
        return DocumentReport {
            coverage: bucket_reports(&analysis, &[]),
            ..not_judged(&analysis, language)
        };
    }
    let blame = findings::judge(&analysis);
    let evidence = coverage::measure(&analysis);
    let claims = claims::collect(&analysis, &blame, &evidence);
    let judgement = verdict::judge(&analysis, &claims, &evidence);
    let actions = remedies::count(&analysis, &blame);
    let facts = DocumentFacts { claims: &claims, evidence: &evidence, judgement: &judgement, actions };
    let mut about_document = document_rules::judge(&analysis, &facts);
    let allowed = allow::judge(&analysis, starts(&analysis, &blame, &about_document));
    about_document.extend_from_slice(&allowed.own);
    let asked = questions::ask(&analysis, &blame, &facts);
    let entries = Entries::of(&analysis, &judgement, &blame, &about_document, &allowed);
    let (found, names) = entries.findings(most, &asked);
    let mut report = DocumentReport {
        verdict: judgement.verdict,
        claims: claim_reports(&analysis, &claims, &judgement),
        findings: found,
        coverage: bucket_reports(&analysis, &evidence),
        actions,
        timeline: asked.timeline,
        conflicts: asked.conflicts,
        questions: question_reports(asked.all, &names),
        truncated: entries.standing().saturating_sub(most),
        ..not_judged(&analysis, language)
    };
    set_aside(&mut report, SuppressedBy::Comment, |finding| {
        let start = finding.start.offset - document.source.shift;
        allowed.reason(&finding.rule, start).map(str::to_owned)
    });
    report
}

/// Rule and first byte of every finding.
fn starts<'r>(
    analysis: &'r Analysis<'_>,
    text: &'r [TextFinding],
    placed: &'r [DocumentFinding],
) -> impl Iterator<Item = (&'r str, usize)> {
    let text = text.iter().map(|found| (analysis.lexicon.rules[found.rule].id.as_str(), found.span.start));
    text.chain(placed.iter().map(|found| (found.rule, found.span.start)))
}

/// A report that says what the document is, and judges nothing.
fn not_judged(analysis: &Analysis<'_>, language: &str) -> DocumentReport {
    let document = analysis.document;
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

/// The claims, and the sentences that the verdict read as conditions without their being claims, in document order.
fn claim_reports(analysis: &Analysis<'_>, claims: &[Claim], judgement: &Judgement) -> Vec<ClaimReport> {
    let mut heads: BTreeMap<usize, ClaimHead> =
        judgement.conditions.iter().map(|&sentence| (sentence, ClaimHead::Condition)).collect();
    heads.extend(claims.iter().map(|claim| (claim.sentence, claim.head)));
    let report = |(sentence, head): (usize, ClaimHead)| ClaimReport {
        head,
        line: analysis.line(sentence),
        quote: analysis.text(sentence).to_owned(),
        section: role_id(analysis.role(sentence)),
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

fn bucket_reports(analysis: &Analysis<'_>, evidence: &[FactorEvidence]) -> Vec<(String, BucketReport)> {
    let lexicon = analysis.lexicon;
    let report = |(index, bucket): (usize, &crate::lexicon::Bucket)| {
        let shown = |found: &FactorEvidence| Evidence {
            line: analysis.document.lines.line(found.span.start),
            factor: bucket.factors[found.factor].id.clone(),
            quote: found.span.of(&analysis.document.source.text).to_owned(),
        };
        let evidence: Vec<Evidence> =
            evidence.iter().filter(|found| found.bucket == index).map(shown).collect();
        let status = if evidence.is_empty() { BucketStatus::Absent } else { BucketStatus::Examined };
        (bucket.id.clone(), BucketReport { status, evidence })
    };
    lexicon.buckets.iter().enumerate().map(report).collect()
}

/// Questions, each with what it is about: a finding by its fingerprint, one that is off not at all.
fn question_reports(asked: Vec<Asking>, names: &BTreeMap<usize, String>) -> Vec<Question> {
    let report = |asking: Asking| {
        let about = match asking.about {
            Subject::Finding(index) => About::Finding(names.get(&index)?.clone()),
            Subject::Bucket(id) => About::Bucket(id),
            Subject::Document(theme) => About::Document(theme),
        };
        Some(Question { text: asking.text, about, source: asking.source })
    };
    asked.into_iter().filter_map(report).collect()
}

/// Whether it is beyond doubt that white space parts single words only: a look that is far cheaper than to part them.
fn is_collapsed(text: &[u8]) -> bool {
    let plain = text.iter().all(|byte| (b' '..=b'~').contains(byte));
    plain && !text.starts_with(b" ") && !text.ends_with(b" ") && !text.windows(2).any(|two| two == b"  ")
}

fn role_id(role: crate::model::Role) -> String {
    role.id().to_owned()
}

/// Text with every run of white space as one space.
fn collapse(text: &str) -> String {
    if is_collapsed(text.as_bytes()) {
        return text.to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
