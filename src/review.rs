//! The pipeline that turns one document into one report.

mod assemble;
pub mod evidence;

use crate::analysis::document_rules::{self, DocumentFacts};
use crate::analysis::questions::{self, Subjects};
use crate::analysis::sentences::Analysis;
use crate::analysis::timeline::Timeline;
use crate::analysis::{claims, conflicts, coverage, findings, joins, language, remedies, verdict};
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::model::{ENGLISH, MAX_FINDINGS};
use crate::reader::Reader;
use crate::report::DocumentReport;
use crate::review::assemble::Judged;
use crate::source::Source;
use crate::suppress::allow;

/// The two witnesses on which every judgement rests.
#[derive(Clone, Copy)]
pub struct Witnesses<'w> {
    /// Patterns and classes of words, as data.
    pub lexicon: &'w Lexicon,
    /// The learned reader; without it, the lexicon judges alone.
    pub reader: Option<&'w Reader>,
}

impl<'w> From<&'w Lexicon> for Witnesses<'w> {
    /// Returns the lexicon alone.
    fn from(lexicon: &'w Lexicon) -> Self {
        Self { lexicon, reader: None }
    }
}

/// Reviews one postmortem, with at most [`MAX_FINDINGS`] findings.
pub fn review<'w>(source: &Source, witnesses: impl Into<Witnesses<'w>>) -> DocumentReport {
    let mut report = examine(source, witnesses);
    limit(&mut report);
    report
}

/// Reviews one postmortem, with all its findings.
pub fn examine<'w>(source: &Source, witnesses: impl Into<Witnesses<'w>>) -> DocumentReport {
    let witnesses = witnesses.into();
    examine_document(&Document::parse(source, &witnesses.lexicon.headings), witnesses)
}

/// Reviews one parsed postmortem, with all its findings: the whole pipeline, one stage per line.
pub fn examine_document(document: &Document<'_>, witnesses: Witnesses<'_>) -> DocumentReport {
    let analysis = Analysis::new(document, witnesses.lexicon);
    let language = language::detect(&analysis);
    if language != ENGLISH {
        return assemble::without_judgement(&analysis, language);
    }
    let analysis = analysis.read_by(witnesses.reader);
    let mut in_text = findings::judge(&analysis);
    let evidence = coverage::measure(&analysis, &in_text);
    let claims = claims::collect(&analysis, &in_text, &evidence);
    let judgement = verdict::judge(&analysis, &in_text, &claims, &evidence);
    judgement.reconcile(&mut in_text);
    let remedies = remedies::list(&analysis, &in_text);
    let timeline = Timeline::read(&analysis);
    let joins = joins::find(&analysis, &in_text);
    let facts =
        &DocumentFacts { claims: &claims, evidence: &evidence, judgement: &judgement, remedies: &remedies };
    let conflicts = conflicts::find(&analysis, &joins, facts);
    let mut about_document = document_rules::judge(&analysis, facts);
    allow::apply(&analysis, &mut in_text, &mut about_document);
    let (in_text, about_document) = (in_text.as_slice(), about_document.as_slice());
    let subjects = Subjects { facts, in_text, about_document, timeline: &timeline, joins: &joins };
    let questions = questions::ask(&analysis, subjects);
    assemble::report(&analysis, Judged { subjects, conflicts, questions })
}

/// Removes and counts the findings beyond [`MAX_FINDINGS`].
pub fn limit(report: &mut DocumentReport) {
    report.truncated += report.findings.len().saturating_sub(MAX_FINDINGS);
    report.findings.truncate(MAX_FINDINGS);
}
