//! Rules about the document as a whole. Each finding is placed on a sentence or heading.

use crate::analysis::claims::Claim;
use crate::analysis::coverage::FactorEvidence;
use crate::analysis::remedies::{self, Remedy};
use crate::analysis::sentences::Analysis;
use crate::analysis::verdict::Judgement;
use crate::document::{Block, BlockKind, Document};
use crate::lexicon::kinds::DocumentRole;
use crate::model::{Role, SentenceId, Span, Tier, Verdict};
use crate::report::fingerprint::fingerprint;

/// What the analysis found out about the whole document.
#[derive(Clone, Copy, Debug)]
pub struct DocumentFacts<'r> {
    /// Its causal claims.
    pub claims: &'r [Claim],
    /// Evidence for the buckets.
    pub evidence: &'r [FactorEvidence],
    /// Its verdict.
    pub judgement: &'r Judgement,
    /// Its remedies.
    pub remedies: &'r [Remedy],
}

/// A finding about the document as a whole.
#[derive(Clone, Debug)]
pub struct DocumentFinding {
    /// The role of its rule.
    pub rule: DocumentRole,
    /// The sentence or heading it is placed on.
    pub span: Span,
    /// The role of the section that contains it.
    pub section: Role,
    /// The words for the message.
    pub names: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// The reason given in the comment that allows it, if there is one.
    pub allowed: Option<String>,
}

impl DocumentFinding {
    /// Creates a finding on these words, with the names for its message.
    pub fn new(
        analysis: &Analysis<'_>,
        rule: DocumentRole,
        span: Span,
        section: Role,
        names: String,
    ) -> Self {
        let id = &analysis.lexicon.document_rule(rule).id;
        let fingerprint = fingerprint(id, &analysis.document.quote(span), 0);
        Self { rule, span, section, names, fingerprint, allowed: None }
    }
}

impl DocumentFacts<'_> {
    /// Returns the indices of the buckets without evidence.
    pub fn absent(&self, analysis: &Analysis<'_>) -> Vec<usize> {
        let all = 0..analysis.lexicon.buckets.len();
        all.filter(|bucket| !self.evidence.iter().any(|found| found.bucket == *bucket)).collect()
    }

    /// True if all remedies rely on people, as far as they are recognised.
    pub fn remedies_are_weak(&self) -> bool {
        Tier::all_rely_on_memory(self.remedies.iter().map(|remedy| remedy.tier))
    }

    /// True if they rely on people beyond doubt: there are several, and words of the lexicon show it for each. Where the
    /// cause is not a person, they must be listed as actions as well.
    pub fn remedies_are_surely_weak(&self, analysis: &Analysis<'_>) -> bool {
        let is_listed = |remedy: &Remedy| analysis.role(remedy.sentence) == Role::Actions;
        let listed = self.judgement.verdict == Verdict::StartOver || self.remedies.iter().all(is_listed);
        let known = self.remedies.iter().all(|remedy| remedy.words.is_some());
        self.remedies_are_weak() && self.remedies.len() > 1 && known && listed
    }

    /// True if one cause is given, and at most one bucket is examined.
    pub fn gives_a_single_cause(&self, analysis: &Analysis<'_>) -> bool {
        let examined = analysis.lexicon.buckets.len() - self.absent(analysis).len();
        self.claims.len() == 1 && examined <= 1
    }

    /// True if the remedies change tools and systems while the cause stops at a person. A single remedy, or one that
    /// relies on people beside them, leaves that open.
    pub fn remedies_are_ahead(&self) -> bool {
        let shown = |remedy: &Remedy| remedy.tier == Some(Tier::Stronger) && remedy.words.is_some();
        self.judgement.verdict == Verdict::StartOver
            && self.remedies.len() > 1
            && self.remedies.iter().any(shown)
            && remedies::count(self.remedies).weaker == 0
    }
}

/// Applies the document rules. The findings are in no particular order.
pub fn judge(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Vec<DocumentFinding> {
    [concludes, no_cause, single_cause, uncovered, weak_only]
        .iter()
        .filter_map(|rule| rule(analysis, facts))
        .collect()
}

fn concludes(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Option<DocumentFinding> {
    if facts.judgement.verdict != Verdict::StartOver {
        return None;
    }
    let concluding = facts.claims.iter().filter(|claim| claim.concluding && claim.is_human());
    let causes =
        concluding.map(|claim| claim.sentence).filter(|&sentence| facts.judgement.is_cause(sentence));
    let clearest = causes.rev().max_by_key(|&sentence| analysis.reading.person(sentence));
    let sentence = clearest.or(facts.judgement.causes.first().copied())?;
    Some(on_sentence(analysis, DocumentRole::Verdict, sentence))
}

fn no_cause(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Option<DocumentFinding> {
    if facts.judgement.verdict != Verdict::Undetermined {
        return None;
    }
    on_heading(analysis, DocumentRole::NoCause, Role::Cause)
}

fn single_cause(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Option<DocumentFinding> {
    if !facts.gives_a_single_cause(analysis) || facts.judgement.verdict == Verdict::Undetermined {
        return None;
    }
    let only = facts.claims.first()?;
    Some(on_sentence(analysis, DocumentRole::SingleCause, only.sentence))
}

fn uncovered(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Option<DocumentFinding> {
    let absent = facts.absent(analysis);
    if absent.is_empty() || facts.judgement.verdict == Verdict::Undetermined {
        return None;
    }
    let names: Vec<&str> =
        absent.iter().map(|&bucket| analysis.lexicon.buckets[bucket].name.as_str()).collect();
    let placed = on_heading(analysis, DocumentRole::MissingBuckets, Role::Cause)?;
    Some(DocumentFinding { names: names.join(", "), ..placed })
}

fn weak_only(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Option<DocumentFinding> {
    if !facts.remedies_are_weak() {
        return None;
    }
    on_heading(analysis, DocumentRole::WeakRemedies, Role::Actions)
}

fn on_sentence(analysis: &Analysis<'_>, rule: DocumentRole, sentence: SentenceId) -> DocumentFinding {
    let span = analysis.sentence(sentence).span;
    DocumentFinding::new(analysis, rule, span, analysis.role(sentence), String::new())
}

/// Returns a finding on the first heading or label with that role, or else on the title, or else on the first sentence.
fn on_heading(analysis: &Analysis<'_>, rule: DocumentRole, wanted: Role) -> Option<DocumentFinding> {
    let document = analysis.document;
    let first = || document.sentences.first().map(|sentence| sentence.span);
    let (span, section) = match heading(document, wanted).or_else(|| label(document, wanted)) {
        Some(span) => (span, wanted),
        None => (document.title.or_else(first)?, Role::Other),
    };
    Some(DocumentFinding::new(analysis, rule, span, section, String::new()))
}

fn heading(document: &Document<'_>, wanted: Role) -> Option<Span> {
    let is_heading = |block: &&Block| {
        block.kind == BlockKind::Heading && block.role == wanted && !block.sentences.is_empty()
    };
    document.blocks.iter().find(is_heading).map(|block| block.span)
}

fn label(document: &Document<'_>, wanted: Role) -> Option<Span> {
    document.blocks.iter().filter(|block| block.role == wanted).find_map(|block| block.label)
}
