//! What the author gives as causes, each with the kind of thing that it names.

use std::collections::BTreeSet;

use crate::analysis::coverage::FactorEvidence;
use crate::analysis::findings::{self, TextFinding};
use crate::analysis::sentences::Analysis;
use crate::document::{Attribution, Block, BlockKind};
use crate::lexicon::kinds::{BucketRole, MechanismKind, TextKind};
use crate::lexicon::{Frame, Owner};
use crate::model::{BlockId, Role, SectionId, SentenceId};
use crate::report::ClaimHead;

/// Words in the name of a form's field.
const LONGEST_FIELD: usize = 4;

/// A causal statement.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its sentence.
    pub sentence: SentenceId,
    /// What kind of thing it names.
    pub head: ClaimHead,
    /// True if it names a condition that its author does not dismiss.
    pub condition: bool,
    /// True if all it blames is that somebody did not notice: that says how long it lasted, not how it began.
    pub unnoticed: bool,
    /// True if it is where the document concludes: under a heading or label for the cause.
    pub concluding: bool,
}

impl Claim {
    /// True if the head is a human act, trait or omission.
    pub const fn is_human(&self) -> bool {
        matches!(self.head, ClaimHead::Human | ClaimHead::Omission)
    }
}

/// All causal claims, in document order. Where nothing is marked as a cause, what is stated elsewhere with a causal frame
/// is taken instead: short reports give the cause under "Resolution" or in a timeline. A story without any "because"
/// gives its cause as a factor that we know.
pub fn collect(analysis: &Analysis<'_>, findings: &[TextFinding], evidence: &[FactorEvidence]) -> Vec<Claim> {
    let (open_sections, dismissed) = (open_sections(analysis), dismissed(analysis));
    let collector = Collector { analysis, findings, evidence, open_sections, dismissed };
    let marked = collector.claims(|sentence| collector.is_marked(sentence));
    if !marked.is_empty() || collector.is_left_open() {
        return marked;
    }
    let stated = collector.claims(|sentence| collector.is_stated(sentence));
    if !stated.is_empty() {
        return stated;
    }
    collector.claims(|sentence| collector.is_evident(sentence))
}

struct Collector<'r> {
    analysis: &'r Analysis<'r>,
    findings: &'r [TextFinding],
    evidence: &'r [FactorEvidence],
    /// Sections whose first words say that the cause is not known yet.
    open_sections: BTreeSet<SectionId>,
    /// Blocks whose author dismisses what they name.
    dismissed: BTreeSet<BlockId>,
}

impl Collector<'_> {
    fn claims(&self, is_claim: impl Fn(SentenceId) -> bool) -> Vec<Claim> {
        self.analysis
            .ids()
            .filter(|&sentence| is_claim(sentence))
            .map(|sentence| self.claim(sentence))
            .collect()
    }

    fn claim(&self, sentence: SentenceId) -> Claim {
        let blamed = self.is_blamed(sentence);
        Claim {
            sentence,
            head: self.head(sentence),
            condition: self.is_condition(sentence),
            unnoticed: blamed && self.blame(sentence).all(|finding| self.is_unnoticed(finding)),
            concluding: self.analysis.is_concluding(sentence),
        }
    }

    /// True if a sentence names a condition that its author does not dismiss.
    fn is_condition(&self, sentence: SentenceId) -> bool {
        if self.is_dismissed(sentence) {
            return false;
        }
        if self.is_blamed(sentence) {
            return self.blame(sentence).any(|finding| finding.deepened);
        }
        // "Root cause and resolution" also says what was, or will be, done about it.
        let remedy =
            self.analysis.role(sentence) == Role::Cause && self.analysis.has(sentence, Frame::Remedy);
        !remedy && !self.analysis.has(sentence, Frame::Effect) && self.names_condition(sentence)
    }

    fn names_condition(&self, sentence: SentenceId) -> bool {
        let is_factor = self.analysis.role(sentence) == Role::ContributingFactors
            && !self.analysis.has(sentence, Frame::RuledOut);
        is_factor
            || self.analysis.has(sentence, Frame::Condition)
            || self.evidence_in(sentence).any(|found| self.is_own_condition(found))
    }

    /// Under a heading for causes, in a causal frame of the story, or blamed as the cause.
    fn is_marked(&self, sentence: SentenceId) -> bool {
        if self.blame(sentence).any(|finding| finding.cause) {
            return true;
        }
        let block = self.analysis.block(sentence);
        let stated = match block.role {
            Role::Cause | Role::ContributingFactors => block.kind != BlockKind::Heading,
            Role::Actions | Role::Appendix | Role::Response | Role::WentWell | Role::Timeline => false,
            _ => self.analysis.has(sentence, Frame::Cause),
        };
        stated && self.says_something(sentence) && !self.is_open(sentence)
    }

    /// Stated anywhere but among impact and remedies.
    fn is_stated(&self, sentence: SentenceId) -> bool {
        let block = self.analysis.block(sentence);
        let aside = matches!(block.role, Role::Actions | Role::Appendix | Role::WentWell | Role::Impact);
        if aside || block.kind == BlockKind::Heading || !self.says_something(sentence) {
            return false;
        }
        let causal = self.analysis.has(sentence, Frame::Cause) && !self.is_open(sentence);
        causal || self.is_blamed(sentence)
    }

    /// A factor of one of the buckets, stated in the story itself.
    fn is_evident(&self, sentence: SentenceId) -> bool {
        let block = self.analysis.block(sentence);
        let story = matches!(block.role, Role::Summary | Role::Trigger | Role::WentWrong | Role::Other);
        let shown = self.evidence_in(sentence).next().is_some();
        story && block.kind != BlockKind::Heading && shown && !self.is_open(sentence)
    }

    fn evidence_in(&self, sentence: SentenceId) -> impl Iterator<Item = &FactorEvidence> {
        self.evidence.iter().filter(move |found| found.sentence == sentence)
    }

    fn says_something(&self, sentence: SentenceId) -> bool {
        let tokens = &self.analysis.matches(sentence).tokens.all;
        let words = tokens.iter().filter(|token| token.shape.is_plain_word()).count();
        let introduces = self.analysis.text(sentence).trim_end().ends_with(':');
        let unchecked = self.analysis.block(sentence).task == Some(false);
        words > 1 && !introduces && !unchecked && !self.names_a_field(sentence)
    }

    /// A header cell, or a first cell such as "Root cause category", which names what the other cells contain, or would
    /// if they were filled in.
    fn names_a_field(&self, sentence: SentenceId) -> bool {
        let Some(cell) = self.analysis.block(sentence).cell else { return false };
        let text = self.analysis.text(sentence);
        let is_name = || {
            text.split_whitespace().count() <= LONGEST_FIELD
                && self.analysis.lexicon.headings.heading(text).is_some()
        };
        cell.header || cell.column == 0 && is_name()
    }

    /// True if the cause is said to be unknown yet, here or in the sentence that opens the block or the section.
    fn is_open(&self, sentence: SentenceId) -> bool {
        let block = self.analysis.block(sentence);
        let says = |near: SentenceId| self.analysis.has(near, Frame::Open);
        self.open_sections.contains(&block.section)
            || says(SentenceId::new(block.sentences.start))
            || says(sentence)
    }

    /// True if there is nothing under a heading for the cause but "TBD" or a template's guidance.
    fn is_left_open(&self) -> bool {
        let analysis = self.analysis;
        let is_empty = |block: &Block| {
            block.attribution == Attribution::Guidance || self.open_sections.contains(&block.section)
        };
        let is_left =
            |block: &Block| block.role == Role::Cause && block.kind != BlockKind::Heading && is_empty(block);
        let is_unknown = |sentence: SentenceId| {
            analysis.has(sentence, Frame::Open) && analysis.has(sentence, Frame::Cause)
        };
        analysis.document.blocks.iter().any(is_left) || analysis.ids().any(is_unknown)
    }

    fn is_dismissed(&self, sentence: SentenceId) -> bool {
        self.dismissed.contains(&self.analysis.sentence(sentence).block)
    }

    /// What is blamed in a sentence as part of the story. Remedies blame nobody, a missed or late alarm belongs to the
    /// response, and what should have been done explains the incident only where the cause is given.
    fn blame(&self, sentence: SentenceId) -> impl Iterator<Item = &TextFinding> {
        let concluding = self.analysis.role(sentence) == Role::Cause;
        let explains = move |finding: &&TextFinding| {
            finding.mechanism_kind(self.analysis.lexicon).is_none_or(|kind| kind.explains(concluding))
        };
        findings::of_sentence(self.findings, sentence).iter().filter(explains)
    }

    fn is_blamed(&self, sentence: SentenceId) -> bool {
        self.blame(sentence).next().is_some()
    }

    /// True if a factor is a condition of the organisation's own.
    fn is_own_condition(&self, found: &FactorEvidence) -> bool {
        let lexicon = self.analysis.lexicon;
        found.role(lexicon).is_own() && found.is_condition(lexicon)
    }

    fn head(&self, sentence: SentenceId) -> ClaimHead {
        if self.is_blamed(sentence) {
            let only_omissions = self.blame(sentence).all(|finding| self.is_omission(finding));
            return if only_omissions { ClaimHead::Omission } else { ClaimHead::Human };
        }
        if self.analysis.has(sentence, Frame::RuledOut) {
            return ClaimHead::RuledOut;
        }
        let own = self.bucket_roles(sentence).any(BucketRole::is_own);
        if own || self.analysis.has(sentence, Frame::Condition) {
            ClaimHead::Condition
        } else if self.bucket_roles(sentence).next().is_none() {
            ClaimHead::Propagation
        } else {
            ClaimHead::External
        }
    }

    fn is_omission(&self, finding: &TextFinding) -> bool {
        finding.text_kind(self.analysis.lexicon) == Some(TextKind::Omission)
    }

    /// True if a finding blames only that something was not noticed.
    fn is_unnoticed(&self, finding: &TextFinding) -> bool {
        finding.mechanism_kind(self.analysis.lexicon) == Some(MechanismKind::Unnoticed)
    }

    /// The roles of the buckets whose factors a sentence names.
    fn bucket_roles(&self, sentence: SentenceId) -> impl Iterator<Item = BucketRole> {
        let role = |hit| match self.analysis.owner(hit) {
            Owner::Factor { bucket, .. } => Some(self.analysis.lexicon.buckets[*bucket].role),
            _ => None,
        };
        self.analysis.matches(sentence).hits.iter().filter_map(role)
    }
}

/// Blocks with a sentence that dismisses.
fn dismissed(analysis: &Analysis<'_>) -> BTreeSet<BlockId> {
    let all = analysis.ids().filter(|&sentence| analysis.has(sentence, Frame::Dismissal));
    all.map(|sentence| analysis.sentence(sentence).block).collect()
}

/// Sections whose first sentence says that the cause is not known yet.
fn open_sections(analysis: &Analysis<'_>) -> BTreeSet<SectionId> {
    let mut seen = BTreeSet::new();
    let is_text = |block: &&Block| {
        block.kind != BlockKind::Heading && block.label.is_none() && !block.sentences.is_empty()
    };
    let first = analysis.document.blocks.iter().filter(is_text).filter(|block| seen.insert(block.section));
    let open = first.filter(|block| analysis.has(SentenceId::new(block.sentences.start), Frame::Open));
    open.map(|block| block.section).collect()
}
