//! What the author gives as causes, each with its head typed.

use std::collections::BTreeSet;

use crate::analysis::coverage::FactorEvidence;
use crate::analysis::findings::{self, TextFinding};
use crate::analysis::sentences::Analysis;
use crate::document::{Attribution, Block, BlockKind};
use crate::lexicon::kinds::{BucketRole, MechanismKind, TextKind};
use crate::lexicon::{Frame, Owner};
use crate::model::{BlockId, Role, SectionId};
use crate::report::ClaimHead;

/// Words of the name of a form's field.
const LONGEST_FIELD: usize = 4;

/// A causal statement.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Index of its sentence.
    pub sentence: usize,
    /// What kind of thing it names.
    pub head: ClaimHead,
    /// Whether it names a condition that its author does not dismiss.
    pub condition: bool,
    /// Whether all it blames is that somebody did not notice: that tells how long it lasted, not how it began.
    pub unnoticed: bool,
    /// Whether it stands where the document concludes: under a heading or label for the cause.
    pub concluding: bool,
}

impl Claim {
    /// Whether the head is a human act, trait or omission.
    pub const fn is_human(&self) -> bool {
        matches!(self.head, ClaimHead::Human | ClaimHead::Omission)
    }
}

/// All causal claims, in document order. Where nothing is marked as a cause, what stands elsewhere with a causal frame
/// is taken instead: short reports tell the cause under "Resolution" or in a timeline. A story without any "because"
/// gives its cause as a factor that we know.
pub fn collect(analysis: &Analysis<'_>, findings: &[TextFinding], evidence: &[FactorEvidence]) -> Vec<Claim> {
    let (open_sections, dismissed) = (open_sections(analysis), dismissed(analysis));
    let collector = Collector { analysis, findings, evidence, open_sections, dismissed };
    let marked = collector.claims(&|sentence| collector.is_marked(sentence));
    if !marked.is_empty() || collector.is_left_open() {
        return marked;
    }
    let told = collector.claims(&|sentence| collector.is_told(sentence));
    if told.is_empty() { collector.claims(&|sentence| collector.is_evident(sentence)) } else { told }
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
    fn claims(&self, is_claim: &dyn Fn(usize) -> bool) -> Vec<Claim> {
        (0..self.analysis.sentences.len())
            .filter(|&sentence| is_claim(sentence))
            .map(|sentence| self.claim(sentence))
            .collect()
    }

    fn claim(&self, sentence: usize) -> Claim {
        let block = self.analysis.block(sentence);
        let factor = |found: &FactorEvidence| found.sentence == sentence && self.is_condition(found);
        let blamed = self.blame(sentence).next().is_some();
        let named = if blamed {
            self.blame(sentence).any(|finding| finding.deepened)
        } else {
            self.analysis.has(sentence, Frame::Condition)
                || self.evidence.iter().any(factor)
                || (block.role == Role::ContributingFactors && !self.analysis.has(sentence, Frame::RuledOut))
        };
        // "Root cause and resolution" also tells what was, or will be, done about it.
        let effect = !blamed && self.analysis.has(sentence, Frame::Effect);
        let remedy = !blamed && block.role == Role::Cause && self.analysis.has(sentence, Frame::Remedy);
        Claim {
            sentence,
            head: self.head(sentence),
            condition: named && !effect && !remedy && !self.is_dismissed(sentence),
            unnoticed: blamed && self.blame(sentence).all(|finding| self.is_unnoticed(finding)),
            concluding: self.analysis.is_concluding(sentence),
        }
    }

    /// Under a heading for causes, in a causal frame of the story, or blamed as the cause.
    fn is_marked(&self, sentence: usize) -> bool {
        let analysis = self.analysis;
        let block = analysis.block(sentence);
        if self.blame(sentence).any(|finding| finding.cause) {
            return true;
        }
        let stated = match block.role {
            Role::Cause | Role::ContributingFactors => block.kind != BlockKind::Heading,
            Role::Actions | Role::Appendix | Role::Response | Role::WentWell | Role::Timeline => false,
            _ => analysis.has(sentence, Frame::Cause),
        };
        stated && self.says_something(sentence) && !self.is_open(sentence)
    }

    /// Told anywhere but among impact and remedies.
    fn is_told(&self, sentence: usize) -> bool {
        let block = self.analysis.block(sentence);
        let aside = matches!(block.role, Role::Actions | Role::Appendix | Role::WentWell | Role::Impact);
        let causal = self.analysis.has(sentence, Frame::Cause) && !self.is_open(sentence);
        let told = block.kind != BlockKind::Heading && !aside && self.says_something(sentence);
        told && (causal || self.blame(sentence).next().is_some())
    }

    /// A factor of one of the buckets, told in the story itself.
    fn is_evident(&self, sentence: usize) -> bool {
        let block = self.analysis.block(sentence);
        let aside = !matches!(block.role, Role::Summary | Role::Trigger | Role::WentWrong | Role::Other);
        let shown = || self.evidence.iter().any(|found| found.sentence == sentence);
        block.kind != BlockKind::Heading && !aside && shown() && !self.is_open(sentence)
    }

    fn says_something(&self, sentence: usize) -> bool {
        let block = self.analysis.block(sentence);
        let words =
            self.analysis.sentences[sentence].tokens.all.iter().filter(|token| token.shape.is_plain_word());
        let introduces = self.analysis.text(sentence).trim_end().ends_with(':');
        words.count() > 1 && !introduces && block.task != Some(false) && !self.names_a_field(sentence)
    }

    /// A header cell, or a first cell such as "Root cause category", which names what the others hold, or would hold
    /// if they were filled in.
    fn names_a_field(&self, sentence: usize) -> bool {
        let text = self.analysis.text(sentence);
        let is_name = || {
            text.split_whitespace().count() <= LONGEST_FIELD
                && self.analysis.lexicon.headings.heading(text).is_some()
        };
        let cell = self.analysis.block(sentence).cell;
        cell.is_some_and(|cell| cell.header || cell.column == 0 && is_name())
    }

    /// Whether the cause is said to be unknown yet, here or in the sentence that opens the block or the section.
    fn is_open(&self, sentence: usize) -> bool {
        let block = self.analysis.block(sentence);
        let says = |near: usize| self.analysis.has(near, Frame::Open);
        self.open_sections.contains(&block.section) || says(block.sentences.start) || says(sentence)
    }

    /// Whether a heading for the cause stands over nothing but "TBD" or a template's guidance.
    fn is_left_open(&self) -> bool {
        let cause = |block: &&Block| block.role == Role::Cause && block.kind != BlockKind::Heading;
        let empty = |block: &Block| {
            block.attribution == Attribution::Guidance || self.open_sections.contains(&block.section)
        };
        let said = |sentence: usize| {
            self.analysis.has(sentence, Frame::Open) && self.analysis.has(sentence, Frame::Cause)
        };
        self.analysis.document.blocks.iter().filter(cause).any(empty)
            || (0..self.analysis.sentences.len()).any(said)
    }

    fn is_dismissed(&self, sentence: usize) -> bool {
        self.dismissed.contains(&self.analysis.document.sentences[sentence].block)
    }

    /// What is blamed in a sentence as part of the story. Remedies blame nobody, a missed or late alarm belongs to the
    /// response, and what should have been done explains the incident only where the cause is given.
    fn blame(&self, sentence: usize) -> impl Iterator<Item = &TextFinding> {
        let concluding = self.analysis.role(sentence) == Role::Cause;
        let counts = move |finding: &&TextFinding| {
            finding.mechanism_kind(self.analysis.lexicon).is_none_or(|kind| kind.explains(concluding))
        };
        findings::of_sentence(self.findings, sentence).iter().filter(counts)
    }

    /// Whether a factor is a condition of the organisation's own.
    fn is_condition(&self, found: &FactorEvidence) -> bool {
        let lexicon = self.analysis.lexicon;
        found.role(lexicon).is_own() && found.is_condition(lexicon)
    }

    fn head(&self, sentence: usize) -> ClaimHead {
        if self.blame(sentence).next().is_some() {
            let only = self.blame(sentence).all(|finding| self.is_omission(finding));
            return if only { ClaimHead::Omission } else { ClaimHead::Human };
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

    /// Whose conditions the factors are that a sentence names.
    fn bucket_roles(&self, sentence: usize) -> impl Iterator<Item = BucketRole> {
        let role = |hit| match self.analysis.owner(hit) {
            Owner::Factor { bucket, .. } => Some(self.analysis.lexicon.buckets[*bucket].role),
            _ => None,
        };
        self.analysis.sentences[sentence].hits.iter().filter_map(role)
    }
}

/// Blocks with a sentence that dismisses.
fn dismissed(analysis: &Analysis<'_>) -> BTreeSet<BlockId> {
    let all = (0..analysis.sentences.len()).filter(|&sentence| analysis.has(sentence, Frame::Dismissal));
    all.map(|sentence| analysis.document.sentences[sentence].block).collect()
}

/// Sections whose first sentence says that the cause is not known yet.
fn open_sections(analysis: &Analysis<'_>) -> BTreeSet<SectionId> {
    let mut seen = BTreeSet::new();
    let texts = analysis
        .document
        .blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Heading && block.label.is_none());
    let first = texts.filter(|block| !block.sentences.is_empty() && seen.insert(block.section));
    first
        .filter(|block| analysis.has(block.sentences.start, Frame::Open))
        .map(|block| block.section)
        .collect()
}
