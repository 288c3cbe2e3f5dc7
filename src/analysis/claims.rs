//! What the author gives as causes, each with the kind of thing that it names.

use std::collections::BTreeSet;

use crate::analysis::coverage::FactorEvidence;
use crate::analysis::findings::{self, EvidencePoints, TextFinding};
use crate::analysis::reading::Head;
use crate::analysis::sentences::Analysis;
use crate::document::{Attribution, Block, BlockKind};
use crate::lexicon::kinds::{BucketRole, MechanismKind, TextKind};
use crate::lexicon::{Frame, Owner};
use crate::model::{BlockId, Role, SectionId, SentenceId};
use crate::report::{ClaimHead, Witness};

/// Frames whose words make a sentence a claim.
const CLAIMING: [Frame; 4] = [Frame::Conclusion, Frame::Cause, Frame::RuledOut, Frame::Condition];

/// Maximum number of words in the name of a form's field.
const LONGEST_FIELD: usize = 4;

/// A causal statement.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its sentence.
    pub sentence: SentenceId,
    /// What kind of thing it names.
    pub head: ClaimHead,
    /// True if it names a condition that the author does not dismiss.
    pub condition: bool,
    /// True if it only blames somebody for not noticing something, which explains how long the incident lasted, not how
    /// it began.
    pub unnoticed: bool,
    /// True if it is where the document concludes: under a heading or label for the cause.
    pub concluding: bool,
}

impl Claim {
    /// True if it names a human act, trait or omission.
    pub const fn is_human(&self) -> bool {
        matches!(self.head, ClaimHead::Human | ClaimHead::Omission)
    }
}

/// Returns all causal claims, in document order. If nothing is marked as a cause, uses causal statements elsewhere,
/// since short reports give the cause under "Resolution" or in a timeline. If there are none either, uses the factors
/// found in the story.
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
    /// Sections whose first sentence says that the cause is not known yet.
    open_sections: BTreeSet<SectionId>,
    /// Blocks in which the author dismisses what they name.
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

    /// True if a sentence names a condition that the author does not dismiss.
    fn is_condition(&self, sentence: SentenceId) -> bool {
        if self.is_dismissed(sentence) {
            return false;
        }
        if self.is_blamed(sentence) {
            return self.blame(sentence).any(|finding| finding.deepened);
        }
        // A section such as "Root cause and resolution" also describes the remedy.
        let remedy =
            self.analysis.role(sentence) == Role::Cause && self.analysis.has(sentence, Frame::Remedy);
        !remedy && !self.analysis.has(sentence, Frame::Effect) && self.names_condition(sentence)
    }

    fn names_condition(&self, sentence: SentenceId) -> bool {
        let is_factor = self.analysis.role(sentence) == Role::ContributingFactors
            && !self.analysis.has(sentence, Frame::RuledOut);
        is_factor
            || self.reads_condition(sentence)
            || self.analysis.has(sentence, Frame::Condition)
            || self.evidence_in(sentence).any(|found| self.is_own_condition(found))
    }

    /// True if a sentence is under a heading for causes, has a causal frame in the story, or blames somebody as the
    /// cause.
    fn is_marked(&self, sentence: SentenceId) -> bool {
        if self.blame(sentence).any(|finding| finding.cause) {
            return true;
        }
        let block = self.analysis.block(sentence);
        let stated = match block.role {
            Role::Cause | Role::ContributingFactors => block.kind != BlockKind::Heading,
            Role::Actions | Role::Appendix | Role::Response | Role::WentWell | Role::Timeline => false,
            _ => self.is_read(sentence) || self.analysis.has(sentence, Frame::Cause),
        };
        stated && self.says_something(sentence) && !self.is_open(sentence)
    }

    /// True if a sentence states a cause or blames somebody, outside impact and remedies.
    fn is_stated(&self, sentence: SentenceId) -> bool {
        let block = self.analysis.block(sentence);
        let aside = matches!(block.role, Role::Actions | Role::Appendix | Role::WentWell | Role::Impact);
        if aside || block.kind == BlockKind::Heading || !self.says_something(sentence) {
            return false;
        }
        let causal = self.analysis.has(sentence, Frame::Cause) && !self.is_open(sentence);
        causal || self.is_blamed(sentence)
    }

    /// True if a sentence in the story itself states a factor of one of the buckets.
    fn is_evident(&self, sentence: SentenceId) -> bool {
        let block = self.analysis.block(sentence);
        let story = matches!(block.role, Role::Summary | Role::Trigger | Role::WentWrong | Role::Other);
        let shown = self.evidence_in(sentence).any(|found| found.witness == Witness::Lexicon);
        story && block.kind != BlockKind::Heading && shown && !self.is_open(sentence)
    }

    fn evidence_in(&self, sentence: SentenceId) -> impl Iterator<Item = &FactorEvidence> {
        self.evidence.iter().filter(move |found| found.sentence == sentence)
    }

    fn says_something(&self, sentence: SentenceId) -> bool {
        let tokens = &self.analysis.matches(sentence).tokens.all;
        let words = tokens.iter().filter(|token| token.shape.is_plain_word()).count();
        let introduces = self.analysis.prose(sentence).ends_with(':');
        let unchecked = self.analysis.block(sentence).task == Some(false);
        let only_found = self.analysis.has(sentence, Frame::Found) && !self.is_blamed(sentence);
        words > 1 && !introduces && !unchecked && !only_found && !self.names_a_field(sentence)
    }

    /// True for a header cell, or a first cell such as "Root cause category", which only names the content of the other
    /// cells.
    fn names_a_field(&self, sentence: SentenceId) -> bool {
        let Some(cell) = self.analysis.block(sentence).cell else { return false };
        let text = self.analysis.text(sentence);
        let is_name = || {
            text.split_whitespace().count() <= LONGEST_FIELD
                && self.analysis.lexicon.headings.heading(text).is_some()
        };
        cell.header || cell.column == 0 && is_name()
    }

    /// True if this sentence, or the first of its block or section, says that the cause is not known yet.
    fn is_open(&self, sentence: SentenceId) -> bool {
        let block = self.analysis.block(sentence);
        let says = |near: SentenceId| self.analysis.has(near, Frame::Open);
        self.open_sections.contains(&block.section)
            || says(SentenceId::new(block.sentences.start))
            || says(sentence)
    }

    /// True if the section for the cause contains only "TBD" or a template's guidance.
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

    /// Returns the findings of a sentence that count as blame. Remedies do not blame anybody, a missed or late alarm
    /// belongs to the response, and what should have been done explains the incident only in a section about the cause.
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

    /// True if a factor is a condition within the organisation.
    fn is_own_condition(&self, found: &FactorEvidence) -> bool {
        let lexicon = self.analysis.lexicon;
        found.role(lexicon).is_own() && found.is_condition(lexicon)
    }

    fn head_by_lexicon(&self, sentence: SentenceId) -> ClaimHead {
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

    /// Returns what a sentence names: the kind that the lexicon sees and the reader's points, added up.
    fn head(&self, sentence: SentenceId) -> ClaimHead {
        let by_lexicon = self.head_by_lexicon(sentence);
        if self.is_blamed(sentence) {
            return by_lexicon;
        }
        let lexicon = i32::from(self.analysis.lexicon.weighing.claim.lexicon);
        let bonus = |head| if head == by_lexicon { lexicon } else { 0 };
        let read = self.analysis.reading.heads(sentence).into_iter();
        let read = read.map(|(head, points)| (ClaimHead::from(head), points));
        let weighed = read.map(|(head, points)| (head, points + bonus(head)));
        weighed.max_by_key(|(_, points)| *points).map_or(by_lexicon, |(head, _)| head)
    }

    /// True if the reader alone makes a sentence a claim.
    fn is_read(&self, sentence: SentenceId) -> bool {
        let least = i32::from(self.analysis.lexicon.weighing.claim.reader_alone);
        self.analysis.reading.heads(sentence).iter().any(|(_, points)| *points >= least)
    }

    /// True if the reader sees a condition in a sentence.
    fn reads_condition(&self, sentence: SentenceId) -> bool {
        let least = i32::from(self.analysis.lexicon.weighing.claim.condition);
        self.analysis
            .reading
            .heads(sentence)
            .iter()
            .any(|&(head, points)| head == Head::Condition && points >= least)
    }

    fn is_omission(&self, finding: &TextFinding) -> bool {
        finding.text_kind(self.analysis.lexicon) == Some(TextKind::Omission)
    }

    /// True if a finding only blames somebody for not noticing something.
    fn is_unnoticed(&self, finding: &TextFinding) -> bool {
        finding.mechanism_kind(self.analysis.lexicon) == Some(MechanismKind::Unnoticed)
    }

    /// Returns the roles of the buckets for which a sentence contains evidence.
    fn bucket_roles(&self, sentence: SentenceId) -> impl Iterator<Item = BucketRole> {
        let role = |hit| match self.analysis.owner(hit) {
            Owner::Factor { bucket, .. } => Some(self.analysis.lexicon.buckets[*bucket].role),
            _ => None,
        };
        self.analysis.matches(sentence).hits.iter().filter_map(role)
    }
}

impl From<Head> for ClaimHead {
    fn from(head: Head) -> Self {
        match head {
            Head::Act | Head::PersonalTrait => Self::Human,
            Head::Omission => Self::Omission,
            Head::Condition => Self::Condition,
            Head::Propagation => Self::Propagation,
            Head::External => Self::External,
            Head::RuledOut => Self::RuledOut,
        }
    }
}

/// Returns what makes a sentence a claim of this kind, if there is a reader: words that the lexicon knows, and the
/// reader's points.
pub fn evidence(analysis: &Analysis<'_>, sentence: SentenceId, head: ClaimHead) -> Vec<EvidencePoints> {
    if !analysis.reading.is_on() {
        return Vec::new();
    }
    let points = i32::from(analysis.lexicon.weighing.claim.lexicon);
    let of_lexicon = CLAIMING.iter().find_map(|frame| analysis.frames(sentence, *frame).next());
    let of_lexicon = of_lexicon.map(|hit| (Witness::Lexicon, points, analysis.span(sentence, hit)));
    let read =
        analysis.reading.heads(sentence).into_iter().filter(|(read, _)| ClaimHead::from(*read) == head);
    let whole = analysis.sentence(sentence).span;
    let of_reader = read.map(|(_, points)| points).max().map(|points| (Witness::Reader, points, whole));
    let all = of_lexicon.into_iter().chain(of_reader);
    all.map(|(witness, points, span)| EvidencePoints { witness, points, span }).collect()
}

/// Returns the blocks with a sentence that dismisses something.
fn dismissed(analysis: &Analysis<'_>) -> BTreeSet<BlockId> {
    let all = analysis.ids().filter(|&sentence| analysis.has(sentence, Frame::Dismissal));
    all.map(|sentence| analysis.sentence(sentence).block).collect()
}

/// Returns the sections whose first sentence says that the cause is not known yet.
fn open_sections(analysis: &Analysis<'_>) -> BTreeSet<SectionId> {
    let mut seen = BTreeSet::new();
    let is_text = |block: &&Block| {
        block.kind != BlockKind::Heading && block.label.is_none() && !block.sentences.is_empty()
    };
    let first = analysis.document.blocks.iter().filter(is_text).filter(|block| seen.insert(block.section));
    let open = first.filter(|block| analysis.has(SentenceId::new(block.sentences.start), Frame::Open));
    open.map(|block| block.section).collect()
}
