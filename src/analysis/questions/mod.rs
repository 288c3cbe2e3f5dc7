//! Chooses the questions that a good facilitator would ask next, in the document's own words.

mod acts;
mod choice;
mod slots;
mod systems;

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::document_rules::{DocumentFacts, DocumentFinding};
use crate::analysis::findings::TextFinding;
use crate::analysis::joins::JoinedFacts;
use crate::analysis::questions::choice::{QuestionChooser, Target, Worded};
use crate::analysis::questions::slots::{SAID, Slots};
use crate::analysis::sentences::Analysis;
use crate::analysis::timeline::{Stretch, Timeline};
use crate::lexicon::Level;
use crate::lexicon::kinds::{DocumentRole, MechanismKind, Situation};
use crate::model::{Role, SentenceId, Verdict};
use crate::report::{About, Question};

/// Maximum number of questions about the first finding that concludes the document, about another cause, and about
/// anything else.
const QUOTA: [usize; 3] = [3, 2, 1];

/// Maximum number of weak remedies that are asked about.
const WEAK_ASKED: usize = 2;

/// Maximum number of sentences that are asked about if the document examines the conditions itself.
const ASKED_IF_EXAMINED: usize = 3;

/// With fewer points than this in all, a finding against which a witness speaks leads to no question.
const DOUBTFUL: i32 = 15;

/// Maximum number of findings that are asked about: as many as a report shows.
const MOST_ASKED: usize = 500;

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
    let mut asker = Asker { analysis, subjects, chooser, ranked: Vec::new() };
    if subjects.facts.judgement.verdict == Verdict::Undetermined {
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

/// Returns the name of a finding's act, if it has one. A remedy is not an act.
pub fn name_act(analysis: &Analysis<'_>, finding: &TextFinding, timeline: &Timeline) -> Option<String> {
    if finding.mechanism_kind(analysis.lexicon)? == MechanismKind::Remedy {
        return None;
    }
    let (_, mut slots) = slots::of_finding(analysis, finding, timeline);
    slots.remove("doing")
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

/// A question with its sort key.
struct Ranked {
    worth: Worth,
    /// Its position among the questions about the same finding.
    turn: usize,
    question: Question,
}

impl Ranked {
    /// Returns the sort key: first one question about each cause, then those about pairs of facts, then the rest by
    /// worth.
    const fn rank(&self) -> (u8, Worth, usize) {
        let first = match (self.worth, self.turn) {
            (Worth::Conclusion | Worth::Cause, 0) => 0,
            (Worth::Timeline, _) => 1,
            _ => 2,
        };
        (first, self.worth, self.turn)
    }
}

struct Asker<'r> {
    analysis: &'r Analysis<'r>,
    subjects: Subjects<'r>,
    chooser: QuestionChooser<'r>,
    ranked: Vec<Ranked>,
}

impl<'r> Asker<'r> {
    fn ask_about_findings(&mut self) {
        let mut weak = 0;
        let mut sentences: BTreeSet<(usize, &str)> = BTreeSet::new();
        let mut asked: BTreeMap<SentenceId, usize> = BTreeMap::new();
        for (worth, finding, asked_by) in self.findings_by_worth().into_iter().take(MOST_ASKED) {
            let kind = finding.mechanism_kind(self.analysis.lexicon);
            let is_weak = kind == Some(MechanismKind::Remedy);
            weak += usize::from(is_weak);
            let enough = if is_weak {
                weak > WEAK_ASKED
            } else {
                self.is_examined() && asked.len() >= ASKED_IF_EXAMINED
            };
            let room = QUOTA[0] - asked.get(&finding.sentence).copied().unwrap_or_default();
            let is_new = sentences.insert((finding.rule, self.analysis.text(finding.sentence)));
            if is_new && !enough && room > 0 {
                *asked.entry(finding.sentence).or_default() += self.finding(finding, &asked_by, worth, room);
            }
        }
    }

    /// Returns the findings that lead to questions, each with the fingerprints of the findings that ask them.
    fn findings_by_worth(&self) -> Vec<(Worth, &'r TextFinding, Vec<String>)> {
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

    /// True unless the witnesses disagree about a finding, or it is about a remedy outside the actions or an act among
    /// them.
    fn is_worth_asking(&self, finding: &TextFinding) -> bool {
        let doubted =
            finding.points() < DOUBTFUL && finding.evidence.iter().any(|evidence| evidence.points < 0);
        let is_weak = finding.mechanism_kind(self.analysis.lexicon) == Some(MechanismKind::Remedy);
        let role = self.analysis.role(finding.sentence);
        let placed = is_weak == (role == Role::Actions);
        self.concludes(finding) || !doubted && placed
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

    /// Asks up to `room` questions about a finding, and returns how many it asked.
    fn finding(&mut self, finding: &TextFinding, asked_by: &[String], worth: Worth, room: usize) -> usize {
        let Some(mechanism) = finding.mechanism else { return 0 };
        let (scene, slots) = slots::of_finding(self.analysis, finding, self.subjects.timeline);
        let target = Target::Sentence { sentence: finding.sentence, scene, deepened: finding.deepened };
        let quota = match worth {
            Worth::Conclusion if !self.has_asked() => QUOTA[0],
            Worth::Conclusion | Worth::Cause if !finding.deepened && !self.is_examined() => QUOTA[1],
            _ => QUOTA[2],
        };
        let mechanism = &self.analysis.lexicon.mechanisms[mechanism].id;
        let set = self.chooser.set(mechanism, finding.sentence, finding.span).to_owned();
        for turn in 0..quota.min(room) {
            // A form without words of the document is better than no question about the main act.
            let general = turn == 0 && worth == Worth::Conclusion && !self.has_asked();
            let Some(Worded { text, pattern, source }) = self.chooser.choose(&set, target, &slots, general)
            else {
                return turn;
            };
            let about = About::Finding(asked_by[0].clone());
            let question = Question { text, pattern, about, source, asked_by: asked_by.to_vec() };
            self.ranked.push(Ranked { worth, turn, question });
        }
        quota.min(room)
    }

    fn has_asked(&self) -> bool {
        !self.ranked.is_empty()
    }

    fn is_examined(&self) -> bool {
        self.subjects.facts.judgement.verdict == Verdict::Examined
    }

    fn ask_about_joins(&mut self) {
        for JoinedFacts { theme, first, second } in self.subjects.joins {
            let second = second.as_ref().map(|fact| ("second", fact.quote.clone()));
            let slots = std::iter::once(("first", first.quote.clone())).chain(second).collect();
            self.theme(theme, None, Worth::Timeline, &slots);
        }
    }

    fn ask_about_timeline(&mut self) {
        let timeline = self.subjects.timeline;
        let tail = timeline.tail(self.analysis).map(|stretch| (Situation::Tail, stretch));
        for (situation, Stretch { start, end }) in timeline.joins().into_iter().chain(tail) {
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
        if facts.remedies_are_surely_weak(self.analysis) {
            self.situation(Situation::WeakRemedies, Worth::WeakActionsOnly, &Slots::new());
        }
        if facts.remedies_are_ahead() {
            self.situation(Situation::RemediesAhead, Worth::WeakActionsOnly, &Slots::new());
        }
        if facts.gives_a_single_cause(self.analysis) && !self.is_examined() {
            let cause = self.subjects.in_text.iter().find(|finding| finding.cause);
            let mut slots = cause.map(|finding| self.slots(finding)).unwrap_or_default();
            let said = slots.get(SAID).cloned();
            slots.extend(systems::only_cause(self.analysis, facts).or(said).map(|quote| ("cause", quote)));
            self.situation(Situation::SingleCause, Worth::SingleCause, &slots);
        }
    }

    fn slots(&self, finding: &TextFinding) -> Slots {
        slots::of_finding(self.analysis, finding, self.subjects.timeline).1
    }

    fn situation(&mut self, situation: Situation, worth: Worth, slots: &Slots) {
        if let Some(theme) = self.analysis.lexicon.questions.theme_for(situation) {
            self.theme(&theme.id, situation.asked_by(), worth, slots);
        }
    }

    fn theme(&mut self, theme: &str, rule: Option<DocumentRole>, worth: Worth, slots: &Slots) {
        let general = rule != Some(DocumentRole::SingleCause);
        self.ask(theme, (About::Document(theme.to_owned()), rule), worth, slots, general);
    }

    /// Asks a question of a set, unless a comment allows the rule that asks it.
    fn ask(
        &mut self,
        set: &str,
        (about, rule): (About, Option<DocumentRole>),
        worth: Worth,
        slots: &Slots,
        general: bool,
    ) {
        if rule.is_some_and(|rule| self.is_allowed(rule)) {
            return;
        }
        let Some(Worded { text, pattern, source }) =
            self.chooser.choose(set, Target::Document, slots, general)
        else {
            return;
        };
        let asked_by = rule.and_then(|rule| self.standing(rule)).into_iter().collect();
        let question = Question { text, pattern, about, source, asked_by };
        self.ranked.push(Ranked { worth, turn: 0, question });
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
        let mut slots = systems::of_document(self.analysis, self.subjects.facts, self.subjects.timeline);
        if self.subjects.facts.judgement.verdict != Verdict::Clear {
            slots.extend(self.act());
            if self.has_asked() {
                slots.remove("condition");
            }
        }
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
            false,
        );
    }

    /// Returns the act that the document is about: that of the first finding that gives one as a cause, or else that of
    /// the cause.
    fn act(&self) -> Slots {
        let is_act = |found: &&TextFinding| {
            found.cause
                && found.mechanism_kind(self.analysis.lexicon) == Some(MechanismKind::Act)
                && !slots::is_undone(self.analysis, found)
        };
        let causes = self.subjects.in_text.iter().filter(is_act);
        let slots = causes.take(MOST_ASKED).map(|found| self.slots(found));
        let mut slots = slots.into_iter().find(|slots| slots.contains_key("act")).unwrap_or_default();
        slots.retain(|name, _| matches!(*name, "act" | "doing"));
        if slots.is_empty() { slots::of_cause(self.analysis) } else { slots }
    }

    /// Asks two gentle questions to help to establish the cause.
    fn ask_for_a_cause(&mut self) {
        let mut slots = systems::of_document(self.analysis, self.subjects.facts, self.subjects.timeline);
        if self.subjects.timeline.onset().is_none() {
            slots.remove("start");
        }
        for _ in 0..2 {
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
