//! Chooses the questions that a good facilitator would ask next, in the document's own words.

mod account;
mod choice;
mod slots;
mod systems;

use std::collections::BTreeSet;

use crate::analysis::document_rules::{DocumentFacts, DocumentFinding};
use crate::analysis::findings::TextFinding;
use crate::analysis::joins::JoinedFacts;
use crate::analysis::questions::choice::{Effort, QuestionChooser, Target, Worded};
use crate::analysis::questions::slots::{Slots, filled};
use crate::analysis::sentences::Analysis;
use crate::analysis::timeline::{Stretch, Timeline};
use crate::lexicon::kinds::{DocumentRole, MechanismKind, Situation, ThemeSubject};
use crate::lexicon::{Frame, Level};
use crate::model::{Role, SentenceId, Tier, Verdict};
use crate::report::{About, Question};

/// Maximum number of findings that are asked about, without weak remedies.
const MOST_FINDINGS: usize = 3;

/// Maximum number of weak remedies that are asked about where the text stops at a person.
const MOST_WEAK: usize = 2;

/// Maximum number of weak remedies that are asked about in any other text.
const MOST_WEAK_OTHERWISE: usize = 1;

/// With fewer points than this in all, a finding against which a witness speaks leads to no question.
const DOUBTFUL: i32 = 15;

/// Number of conditions from which a text that examines an act explains what could have been seen or done.
const SEVERAL: usize = 3;

/// Maximum number of findings that are considered: as many as a report shows.
const MOST_CONSIDERED: usize = 500;

/// The subjects to ask about.
#[derive(Clone, Copy)]
pub struct Subjects<'r> {
    /// What the analysis found out about the whole document.
    pub facts: &'r DocumentFacts<'r>,
    /// Findings in the text.
    pub in_text: &'r [TextFinding],
    /// Findings about the document.
    pub about_document: &'r [DocumentFinding],
    /// Its timeline.
    pub timeline: &'r Timeline,
    /// Pairs of facts that say more when they are compared.
    pub joins: &'r [JoinedFacts<'r>],
}

/// Chooses the questions, most valuable first.
pub fn ask(analysis: &Analysis<'_>, subjects: Subjects<'_>) -> Vec<Question> {
    let chooser = QuestionChooser::new(analysis, subjects.facts);
    let is_surely_weak = subjects.facts.remedies_are_surely_weak(analysis);
    let mut asker = Asker { analysis, subjects, is_surely_weak, chooser, ranked: Vec::new() };
    if asker.is(Verdict::Undetermined) {
        asker.ask_for_a_cause();
    } else {
        asker.ask_about_findings();
        asker.ask_about_joins();
        asker.ask_about_timeline();
        asker.ask_about_document();
        asker.ask_about_buckets();
    }
    asker.into_questions()
}

/// The value of a question; the most valuable comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Worth {
    Conclusion,
    Cause,
    WeakActionsOnly,
    SingleCause,
    Bucket,
    Other,
    Timeline,
}

/// A finding to ask about, with its worth and the fingerprints of the findings that ask the question.
type Asking<'r> = (Worth, &'r TextFinding, Vec<String>);

/// A question with its sort key.
struct Ranked {
    worth: Worth,
    question: Question,
}

impl Ranked {
    /// Returns the sort key: first the questions about causes, then those about pairs of facts, then the rest by worth.
    const fn rank(&self) -> (u8, Worth) {
        let first = match self.worth {
            Worth::Conclusion | Worth::Cause => 0,
            Worth::Timeline => 1,
            _ => 2,
        };
        (first, self.worth)
    }
}

struct Asker<'r> {
    analysis: &'r Analysis<'r>,
    subjects: Subjects<'r>,
    /// True if the remedies rely on people beyond doubt.
    is_surely_weak: bool,
    chooser: QuestionChooser<'r>,
    ranked: Vec<Ranked>,
}

impl<'r> Asker<'r> {
    fn ask_about_findings(&mut self) {
        let most_weak = if self.is(Verdict::StartOver) { MOST_WEAK } else { MOST_WEAK_OTHERWISE };
        let (mut asked, mut weak) = (0, 0);
        let mut sentences: BTreeSet<(usize, &str)> = BTreeSet::new();
        let findings = self.findings_by_worth();
        for (worth, finding, asked_by) in findings.iter().take(MOST_CONSIDERED) {
            let is_weak = finding.mechanism_kind(self.analysis.lexicon) == Some(MechanismKind::Remedy);
            let (count, most) = if is_weak { (&mut weak, most_weak) } else { (&mut asked, MOST_FINDINGS) };
            let is_new = sentences.insert((finding.rule, self.analysis.text(finding.sentence)));
            if is_new && *count < most {
                *count += usize::from(self.finding(finding, asked_by, *worth, Effort::Usual));
            }
        }
        if asked == 0 {
            self.ask_about_conclusion(&findings);
        }
    }

    /// Asks about an act that concludes the document with a question for any act or, failing that, without quoting it:
    /// better than no question about the main act.
    fn ask_about_conclusion(&mut self, findings: &[Asking<'r>]) {
        for effort in [Effort::AnyAct, Effort::WithoutWords] {
            for (worth, finding, asked_by) in
                findings.iter().filter(|(worth, ..)| *worth == Worth::Conclusion)
            {
                if self.finding(finding, asked_by, *worth, effort) {
                    return;
                }
            }
        }
    }

    /// Returns the findings that lead to questions, each with the fingerprints of the findings that ask them.
    fn findings_by_worth(&self) -> Vec<Asking<'r>> {
        let all = self.subjects.in_text.iter();
        let mut findings: Vec<_> =
            all.map(|finding| (self.worth(finding), finding, self.asked_by(finding))).collect();
        findings.retain(|(_, finding, asked_by)| !asked_by.is_empty() && self.is_worth_asking(finding));
        findings.sort_by_key(|&(worth, ..)| worth);
        findings
    }

    fn worth(&self, finding: &TextFinding) -> Worth {
        match finding.cause {
            true if self.concludes(finding) => Worth::Conclusion,
            true => Worth::Cause,
            false => Worth::Other,
        }
    }

    /// True if a finding concludes the document, or if the witnesses agree about it and it leaves something open.
    fn is_worth_asking(&self, finding: &TextFinding) -> bool {
        let doubted =
            finding.points() < DOUBTFUL && finding.evidence.iter().any(|evidence| evidence.points < 0);
        self.concludes(finding) || !doubted && self.is_open(finding)
    }

    /// True if the text does not go on to the conditions behind a finding. An act that does not explain the incident, or
    /// not on its own, and a remedy outside the actions leave nothing open.
    fn is_open(&self, finding: &TextFinding) -> bool {
        let in_actions = self.analysis.role(finding.sentence) == Role::Actions;
        let is_remark = self.analysis.has(finding.sentence, Frame::NoAction);
        match finding.mechanism_kind(self.analysis.lexicon) {
            Some(MechanismKind::Remedy) => in_actions && !is_remark && !self.is_surely_weak,
            Some(MechanismKind::Act | MechanismKind::Omission | MechanismKind::Trait) => {
                finding.cause && self.is(Verdict::StartOver) && !finding.deepened && !in_actions
            }
            _ => !finding.deepened && !in_actions && !self.is_explained(),
        }
    }

    /// True if the text examines the act and gives several conditions, so that it need not be told what it says.
    fn is_explained(&self) -> bool {
        self.is(Verdict::Examined) && self.subjects.facts.judgement.conditions.len() >= SEVERAL
    }

    fn concludes(&self, finding: &TextFinding) -> bool {
        finding.cause && self.subjects.facts.judgement.concludes_with(finding.sentence)
    }

    /// Returns the fingerprints of the findings that ask questions about a finding: its own, and that of the verdict if
    /// the verdict rests on it. A comment may allow the words without allowing the conclusion.
    fn asked_by(&self, finding: &TextFinding) -> Vec<String> {
        if self.analysis.lexicon.rules[finding.rule].level == Level::Off {
            return Vec::new();
        }
        let own = finding.allowed.is_none().then(|| finding.fingerprint.clone());
        let verdict = if self.concludes(finding) { self.standing(DocumentRole::Verdict) } else { None };
        own.into_iter().chain(verdict).collect()
    }

    /// Asks about a finding. Returns false if no question fits.
    fn finding(&mut self, finding: &TextFinding, asked_by: &[String], worth: Worth, effort: Effort) -> bool {
        let Some(mechanism) = finding.mechanism else { return false };
        let slots = slots::of_finding(self.analysis, finding);
        let target = Target::Sentence { sentence: finding.sentence, deepened: finding.deepened };
        let mechanism = &self.analysis.lexicon.mechanisms[mechanism].id;
        let set = self.chooser.set(mechanism, finding.sentence, finding.span).to_owned();
        let Some(Worded { text, pattern, source }) = self.chooser.choose(&set, target, &slots, effort) else {
            return false;
        };
        let about = About::Finding(asked_by[0].clone());
        let question = Question { text, pattern, about, source, asked_by: asked_by.to_vec() };
        self.ranked.push(Ranked { worth, question });
        true
    }

    fn is(&self, verdict: Verdict) -> bool {
        self.subjects.facts.judgement.verdict == verdict
    }

    fn ask_about_joins(&mut self) {
        self.joins(|subject| subject != ThemeSubject::Cause);
    }

    /// Asks about the joins whose theme has a certain subject.
    fn joins(&mut self, is_wanted: impl Fn(ThemeSubject) -> bool) {
        let themes = &self.analysis.lexicon.questions.theme;
        for JoinedFacts { theme, first, second } in self.subjects.joins {
            if themes.iter().any(|known| known.id == *theme && is_wanted(known.about)) {
                let second = second.as_ref().map(|fact| ("second", fact.quote.clone()));
                let slots = std::iter::once(("first", first.quote.clone())).chain(second).collect();
                self.theme(theme, None, Worth::Timeline, &slots);
            }
        }
    }

    fn ask_about_timeline(&mut self) {
        let timeline = self.subjects.timeline;
        let tail = timeline.tail(self.analysis).map(|stretch| (Situation::Tail, stretch));
        for (situation, Stretch { start, end }) in timeline.joins(self.analysis).into_iter().chain(tail) {
            if situation == Situation::Silence && self.is_told(&end) {
                continue;
            }
            let slots = Slots::from([("start", start), ("end", end)]);
            self.situation(situation, Worth::Timeline, &slots);
        }
    }

    /// True if the text mentions a time outside the timeline.
    fn is_told(&self, time: &str) -> bool {
        let told = |&at: &SentenceId| self.analysis.role(at) != Role::Timeline && !self.is_row(at);
        self.analysis.ids().filter(told).any(|at| contains_time(self.analysis.text(at), time))
    }

    fn is_row(&self, sentence: SentenceId) -> bool {
        self.subjects.timeline.has_row_on(self.analysis.text_line(sentence))
    }

    fn ask_about_document(&mut self) {
        let facts = self.subjects.facts;
        if self.is_surely_weak {
            let slots = filled([("action", systems::remedy(self.analysis, facts, Tier::Weaker))]);
            self.situation(Situation::WeakRemedies, Worth::WeakActionsOnly, &slots);
        }
        if facts.remedies_are_ahead() {
            let slots = filled([("action", systems::remedy(self.analysis, facts, Tier::Stronger))]);
            self.situation(Situation::RemediesAhead, Worth::WeakActionsOnly, &slots);
        }
        if facts.gives_a_single_cause(self.analysis) && !self.is(Verdict::Examined) {
            let slots = filled([("cause", systems::only_cause(self.analysis, facts))]);
            self.situation(Situation::SingleCause, Worth::SingleCause, &slots);
        }
    }

    fn situation(&mut self, situation: Situation, worth: Worth, slots: &Slots) {
        if let Some(theme) = self.analysis.lexicon.questions.theme_for(situation) {
            self.theme(&theme.id, situation.asked_by(), worth, slots);
        }
    }

    fn theme(&mut self, theme: &str, rule: Option<DocumentRole>, worth: Worth, slots: &Slots) {
        let effort =
            if rule == Some(DocumentRole::SingleCause) { Effort::Usual } else { Effort::WithoutWords };
        self.ask(theme, (About::Document(theme.to_owned()), rule), worth, slots, effort);
    }

    /// Asks a question of a set, unless a comment allows the rule that asks it.
    fn ask(
        &mut self,
        set: &str,
        (about, rule): (About, Option<DocumentRole>),
        worth: Worth,
        slots: &Slots,
        effort: Effort,
    ) {
        if rule.is_some_and(|rule| self.is_allowed(rule)) {
            return;
        }
        let Some(Worded { text, pattern, source }) =
            self.chooser.choose(set, Target::Document, slots, effort)
        else {
            return;
        };
        let asked_by = rule.and_then(|rule| self.standing(rule)).into_iter().collect();
        let question = Question { text, pattern, about, source, asked_by };
        self.ranked.push(Ranked { worth, question });
    }

    fn is_allowed(&self, rule: DocumentRole) -> bool {
        self.document_finding(rule).is_some_and(|finding| finding.allowed.is_some())
    }

    /// Returns the fingerprint of a finding about the document, unless a comment allows it.
    fn standing(&self, rule: DocumentRole) -> Option<String> {
        let finding = self.document_finding(rule).filter(|finding| finding.allowed.is_none())?;
        Some(finding.fingerprint.clone())
    }

    /// Returns the finding of that rule, unless the rule is off.
    fn document_finding(&self, rule: DocumentRole) -> Option<&'r DocumentFinding> {
        if self.analysis.lexicon.document_rule(rule).level == Level::Off {
            return None;
        }
        self.subjects.about_document.iter().find(|finding| finding.rule == rule)
    }

    /// Asks about each missing bucket, using words of the document; about one for which it has none, asks nothing.
    fn ask_about_buckets(&mut self) {
        let absent = self.subjects.facts.absent(self.analysis);
        if absent.is_empty() {
            return;
        }
        let slots = systems::of_document(self.analysis, self.subjects.facts);
        for bucket in absent {
            self.bucket(bucket, &slots);
        }
    }

    fn bucket(&mut self, bucket: usize, slots: &Slots) {
        let id = self.analysis.lexicon.buckets[bucket].id.clone();
        self.ask(
            &id,
            (About::Bucket(id.clone()), Some(DocumentRole::MissingBuckets)),
            Worth::Bucket,
            slots,
            Effort::Usual,
        );
    }

    /// Asks what would help to establish the cause: about an explanation or an answer that is awaited, and about how the
    /// trouble began.
    fn ask_for_a_cause(&mut self) {
        self.joins(|subject| subject == ThemeSubject::Cause);
        let slots = filled([("symptom", systems::symptom(self.analysis))]);
        let is_headed =
            self.document_finding(DocumentRole::NoCause).is_some_and(|found| found.section == Role::Cause);
        if !slots.is_empty() || is_headed && self.ranked.is_empty() {
            self.situation(Situation::NoCause, Worth::Other, &slots);
        }
    }

    fn into_questions(mut self) -> Vec<Question> {
        self.ranked.sort_by_key(Ranked::rank);
        self.ranked.into_iter().map(|ranked| ranked.question).collect()
    }
}

/// True if a text contains a time that is not part of another one, as "2:15" is of "12:15".
fn contains_time(text: &str, time: &str) -> bool {
    let is_digit = |sign: char| sign.is_ascii_digit();
    let is_whole =
        |at: usize| !text[..at].ends_with(is_digit) && !text[at + time.len()..].starts_with(is_digit);
    text.match_indices(time).any(|(at, _)| is_whole(at))
}
