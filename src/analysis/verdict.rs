//! The verdict on the document, based on its claims.

mod traits;
mod weighing;

use std::collections::BTreeSet;

use crate::analysis::claims::Claim;
use crate::analysis::coverage::FactorEvidence;
use crate::analysis::findings::{self, TextFinding};
use crate::analysis::sentences::Analysis;
use crate::document::BlockKind;
use crate::lexicon::Frame;
use crate::lexicon::kinds::BucketRole;
use crate::model::{Role, SentenceId, Verdict};
use crate::report::{ClaimHead, ReadAs, Reason};

/// The verdict, and the sentences on which it is based.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Sentences interpreted as the cause.
    pub causes: Vec<SentenceId>,
    /// Sentences interpreted as conditions behind it.
    pub conditions: Vec<SentenceId>,
    /// What the verdict was weighed from; empty without a reader.
    pub reasons: Vec<Reason>,
}

impl Judgement {
    /// Leaves out the human acts without a finding, if there are others: an act that nobody would question explains
    /// nothing.
    fn based_on(mut self, findings: &[TextFinding]) -> Self {
        let is_found =
            |cause: &SentenceId| findings::of_sentence(findings, *cause).iter().any(|found| found.cause);
        let is_human = matches!(self.verdict, Verdict::StartOver | Verdict::Examined);
        if is_human && self.causes.iter().any(is_found) {
            self.causes.retain(is_found);
        }
        self
    }

    /// True if a sentence was interpreted as the cause.
    pub fn is_cause(&self, sentence: SentenceId) -> bool {
        self.causes.binary_search(&sentence).is_ok()
    }

    /// True if the document concludes with human error, and this sentence is part of that conclusion.
    pub fn concludes_with(&self, sentence: SentenceId) -> bool {
        self.verdict == Verdict::StartOver && self.is_cause(sentence)
    }

    /// Makes the findings agree with the verdict: where the document concludes with human error, no condition is behind
    /// an act that is given as the cause.
    pub fn reconcile(&self, findings: &mut [TextFinding]) {
        if self.verdict == Verdict::StartOver {
            findings.iter_mut().filter(|finding| finding.cause).for_each(|finding| finding.deepened = false);
        }
    }

    /// Returns how a sentence was interpreted. A human act stated together with its condition counts as the act.
    pub fn reads(&self, sentence: SentenceId) -> Option<ReadAs> {
        let condition = || self.conditions.binary_search(&sentence).is_ok().then_some(ReadAs::Condition);
        if self.is_cause(sentence) { Some(ReadAs::Cause) } else { condition() }
    }
}

/// Number of sentences about the organisation's own conditions that make an analysis, regardless of its conclusion.
const RICH_EVIDENCE: usize = 6;

/// Number of conditions anywhere in the analysis that compensate for a conclusion without one.
const RICH_ANALYSIS: usize = 6;

/// Number of conditions from which a story without a section about the cause examines the act.
const CONDITIONS_OF_A_STORY: usize = 2;

/// Judges the claims, and weighs the result with what the reader says about the whole document.
pub fn judge(
    analysis: &Analysis<'_>,
    findings: &[TextFinding],
    claims: &[Claim],
    evidence: &[FactorEvidence],
) -> Judgement {
    let by_claims = by_claims(analysis, claims, evidence);
    if !analysis.reading.is_on() {
        return by_claims;
    }
    weighing::weigh(analysis, claims, by_claims).based_on(findings)
}

/// Judges the claims.
fn by_claims(analysis: &Analysis<'_>, claims: &[Claim], evidence: &[FactorEvidence]) -> Judgement {
    let human = conclusive(analysis, claims);
    let stated = sentences(claims, |claim| claim.head != ClaimHead::RuledOut);
    let own = own_evidence(analysis, claims, evidence, BucketRole::is_own);
    let verdict = if stated.is_empty() {
        Verdict::Undetermined
    } else if human.is_empty() {
        without_blame(analysis, claims, evidence)
    } else if is_examined(analysis, claims) || own.len() >= RICH_EVIDENCE {
        Verdict::Examined
    } else {
        Verdict::StartOver
    };
    let named = sentences(claims, |claim| claim.condition);
    let conditions = match verdict {
        Verdict::Examined if named.is_empty() => own.into_iter().collect(),
        Verdict::Examined => named,
        _ => Vec::new(),
    };
    let causes = if human.is_empty() { stated } else { human };
    Judgement { verdict, causes, conditions, reasons: Vec::new() }
}

/// Returns the verdict on a document whose cause does not blame anybody.
fn without_blame(analysis: &Analysis<'_>, claims: &[Claim], evidence: &[FactorEvidence]) -> Verdict {
    let around_people = own_evidence(analysis, claims, evidence, |of| of == BucketRole::People);
    let has_act = states_act(analysis) || claims.iter().any(Claim::is_human);
    if !around_people.is_empty() && has_act { Verdict::Examined } else { Verdict::Clear }
}

/// Returns the sentences of the claims for which `test` is true.
fn sentences(claims: &[Claim], test: impl Fn(&Claim) -> bool) -> Vec<SentenceId> {
    claims.iter().filter(|claim| test(claim)).map(|claim| claim.sentence).collect()
}

/// Returns the human claims that count. Those in a bare timeline count only if no section about the cause says more.
fn conclusive(analysis: &Analysis<'_>, claims: &[Claim]) -> Vec<SentenceId> {
    let others = Others::new(analysis, claims);
    let weighs = |claim: &&Claim| claim.is_human() && !others.outweigh(analysis, claim);
    let all: Vec<SentenceId> = claims.iter().filter(weighs).map(|claim| claim.sentence).collect();
    let concluded = claims.iter().any(|claim| claim.concluding && claim.head != ClaimHead::RuledOut);
    let listed = |sentence: &SentenceId| analysis.role(*sentence) == Role::Timeline;
    if concluded && all.iter().all(listed) { Vec::new() } else { all }
}

/// Causes given in the document other than human acts.
struct Others {
    /// True if there are any.
    any: bool,
    /// True if the words of at least one, rather than its place, make it a cause.
    in_words: bool,
}

impl Others {
    fn new(analysis: &Analysis<'_>, claims: &[Claim]) -> Self {
        let others = || claims.iter().filter(|claim| !claim.is_human() && claim.head != ClaimHead::RuledOut);
        let in_words = others().any(|claim| analysis.has(claim.sentence, Frame::Cause));
        Self { any: others().next().is_some(), in_words }
    }

    /// True if they outweigh a human claim that only says that something went unnoticed, or that mentions an omission
    /// in passing.
    fn outweigh(&self, analysis: &Analysis<'_>, claim: &Claim) -> bool {
        if claim.unnoticed {
            return self.any;
        }
        let passing = claim.head == ClaimHead::Omission && !claim.concluding;
        self.in_words && passing && !analysis.has(claim.sentence, Frame::Cause)
    }
}

/// True if conditions accompany the human act: under the heading that concludes with it or a later one, among the
/// contributing factors, or many of them anywhere.
fn is_examined(analysis: &Analysis<'_>, claims: &[Claim]) -> bool {
    let conditions = || claims.iter().filter(|claim| claim.condition);
    if conditions().count() >= RICH_ANALYSIS || conditions().any(Claim::is_human) {
        return true;
    }
    let concluding = claims.iter().rev().find(|claim| claim.is_human() && claim.concluding);
    let Some(concluding) = concluding else {
        let concluded = conditions().any(|claim| claim.concluding);
        return concluded || conditions().count() >= CONDITIONS_OF_A_STORY;
    };
    let heading = conclusion(analysis, concluding);
    conditions().any(|claim| {
        let factor = analysis.role(claim.sentence) == Role::ContributingFactors;
        factor || (claim.concluding && conclusion(analysis, claim) >= heading)
    })
}

/// Returns the sentences that show that a bucket with that role was examined, without those that blame or dismiss.
fn own_evidence(
    analysis: &Analysis<'_>,
    claims: &[Claim],
    evidence: &[FactorEvidence],
    of: fn(BucketRole) -> bool,
) -> BTreeSet<SentenceId> {
    let shows = |found: &&FactorEvidence| of(found.role(analysis.lexicon));
    let dismissed = |sentence: SentenceId| {
        analysis.block(sentence).sentence_ids().any(|near| analysis.has(near, Frame::Dismissal))
    };
    let blamed =
        |sentence: SentenceId| claims.iter().any(|claim| claim.sentence == sentence && claim.is_human());
    let stands = |sentence: &SentenceId| !dismissed(*sentence) && !blamed(*sentence);
    evidence.iter().filter(shows).map(|found| found.sentence).filter(stands).collect()
}

/// True if a person's act is stated, without judgement, as part of how the incident came about.
fn states_act(analysis: &Analysis<'_>) -> bool {
    let is_act = |sentence: SentenceId| {
        let block = analysis.block(sentence);
        is_story(block.role) && block.kind != BlockKind::Heading && analysis.has(sentence, Frame::Act)
    };
    analysis.ids().any(is_act)
}

/// True if sections with that role describe how the incident came about.
const fn is_story(role: Role) -> bool {
    !matches!(
        role,
        Role::Actions
            | Role::Appendix
            | Role::Response
            | Role::Detection
            | Role::Timeline
            | Role::Impact
            | Role::WentWell
            | Role::Lessons
    )
}

/// Returns the heading or label of a claim, as the index of the outermost section with that role.
fn conclusion(analysis: &Analysis<'_>, claim: &Claim) -> usize {
    let document = analysis.document;
    let block = analysis.block(claim.sentence);
    let mut head = block.section.index();
    while let Some(above) = head.checked_sub(1) {
        let (here, before) = (&document.sections[head], &document.sections[above]);
        if before.role != block.role || here.level <= document.sections[above].level {
            break;
        }
        head = above;
    }
    head
}
