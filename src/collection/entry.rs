//! What the report on a collection keeps of one document. A review is many times larger, and there may be thousands.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::collection::data::{Promise, TierCounts};
use crate::collection::excerpt::excerpt;
use crate::collection::notice::Notice;
use crate::collection::period::DateRange;
use crate::model::{ENGLISH, Role, Tier, Verdict};
use crate::report::{
    BucketStatus, ClaimHead, DocumentReport, Evidence, Finding, Question, RemedyReport, SystemKind,
    SystemReport,
};

/// Maximum number of remedies kept of one document; the others are only counted.
const MOST_REMEDIES: usize = 50;

/// Maximum number of questions kept of one document: the most valuable ones.
const MOST_QUESTIONS: usize = 7;

/// One document of a collection.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) path: String,
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    pub(super) language: String,
    pub(super) verdict: Verdict,
    /// Ids of all buckets, and whether it examines them.
    pub(super) buckets: Vec<(String, bool)>,
    /// The factors that it states, in document order.
    pub(super) factors: Vec<StatedFactor>,
    /// The systems that it names, each once.
    pub(super) systems: Vec<NamedSystem>,
    pub(super) tiers: TierCounts,
    /// True if all its remedies rely on memory, as the rule `weak-actions-only` judges it.
    pub(super) relies_on_memory: bool,
    pub(super) remedies: Vec<Promise>,
    pub(super) noticed: Option<Notice>,
    pub(super) has_timeline: bool,
    /// The rules with findings, by id.
    pub(super) rules: BTreeMap<String, RuleUse>,
    pub(super) questions: Vec<Asked>,
}

/// Points from which evidence states a factor. With fewer, it may show that a bucket was looked into, but hardly which
/// factor was met.
const STATED: i32 = 20;

/// A factor in one sentence.
#[derive(Clone, Debug)]
pub(super) struct StatedFactor {
    pub(super) bucket: String,
    pub(super) factor: String,
    pub(super) points: i32,
    pub(super) line: usize,
    pub(super) quote: String,
    /// What the sentence is for.
    pub(super) standing: Standing,
    /// The systems that the sentence names, as indices into [`Entry::systems`].
    pub(super) systems: Vec<usize>,
    /// Those among them that the words which show the factor name.
    pub(super) shown_with: Vec<usize>,
}

/// What a sentence is for, the least telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// A record: of events, effects or remedies.
    Record,
    /// The account of what happened.
    Account,
    /// What the document gives as a cause.
    Cause,
}

/// A system, with the first sentence about a cause that names it.
#[derive(Clone, Debug)]
pub(super) struct NamedSystem {
    pub(super) name: String,
    pub(super) kind: SystemKind,
    /// Line and words of the first sentence about a cause; `None` if only the title names it.
    pub(super) place: Option<(usize, String)>,
}

/// The findings of one rule.
#[derive(Clone, Debug)]
pub(super) struct RuleUse {
    pub(super) findings: usize,
    /// Line and words of the first one.
    pub(super) line: usize,
    pub(super) quote: String,
}

/// A question.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) pattern: String,
    pub(super) text: String,
}

/// Documents left out because of their dates.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LeftOut {
    pub(super) outside: usize,
    pub(super) undated: usize,
}

/// Returns the entries in a range of dates, by date and path, and counts the others.
pub(super) fn within(entries: Vec<Entry>, range: &DateRange) -> (Vec<Entry>, LeftOut) {
    let mut left_out = LeftOut::default();
    let mut kept = entries;
    kept.retain(|entry| match &entry.date {
        _ if range.is_everything() => true,
        Some(date) if range.contains(date) => true,
        Some(_) => {
            left_out.outside += 1;
            false
        }
        None => {
            left_out.undated += 1;
            false
        }
    });
    kept.sort_by(|a, b| (a.date.is_none(), &a.date, &a.path).cmp(&(b.date.is_none(), &b.date, &b.path)));
    (kept, left_out)
}

impl Entry {
    /// Returns the path of the document.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the day of the incident.
    pub(super) fn day(&self) -> Option<Date> {
        self.date.as_ref()?.parse().ok()
    }

    /// True if the document is in a language that is judged.
    pub(super) fn is_judged(&self) -> bool {
        self.language == ENGLISH
    }
}

impl From<&DocumentReport> for Entry {
    /// Keeps what the report on a collection needs of a review.
    fn from(report: &DocumentReport) -> Self {
        let systems = systems(&report.systems);
        Self {
            path: report.path.clone(),
            title: report.title.as_deref().map(|title| excerpt(title, "")),
            // A saved review may be forged, so its date may be none.
            date: report.date.clone().filter(|date| date.parse::<Date>().is_ok()),
            language: report.language.clone(),
            verdict: report.verdict,
            buckets: buckets(report),
            factors: factors(report, &systems),
            tiers: tiers(&report.remedies),
            relies_on_memory: Tier::all_rely_on_memory(report.remedies.iter().map(|remedy| remedy.tier)),
            remedies: report.remedies.iter().take(MOST_REMEDIES).map(promise).collect(),
            noticed: Notice::of(&report.timeline),
            has_timeline: !report.timeline.is_empty(),
            rules: rules(&report.findings),
            questions: report.questions.iter().take(MOST_QUESTIONS).map(asked).collect(),
            systems,
        }
    }
}

fn buckets(report: &DocumentReport) -> Vec<(String, bool)> {
    let all = report.coverage.iter();
    all.map(|(id, bucket)| (id.clone(), bucket.status == BucketStatus::Examined)).collect()
}

fn systems(named: &[SystemReport]) -> Vec<NamedSystem> {
    let mut systems: Vec<NamedSystem> = Vec::new();
    let mut positions: BTreeMap<String, usize> = BTreeMap::new();
    for system in named {
        let at = *positions.entry(system.name.to_ascii_lowercase()).or_insert(systems.len());
        if at == systems.len() {
            let (name, kind) = (system.name.clone(), system.kind);
            systems.push(NamedSystem { name, kind, place: None });
        }
        let known = &mut systems[at];
        if known.place.is_none() && !system.title {
            known.place = Some((system.line, excerpt(&system.quote, &system.name)));
        }
    }
    systems
}

impl NamedSystem {
    fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

fn factors(report: &DocumentReport, systems: &[NamedSystem]) -> Vec<StatedFactor> {
    let claims = |is: fn(ClaimHead) -> bool| -> BTreeSet<&str> {
        report.claims.iter().filter(|claim| is(claim.head)).map(|claim| claim.quote.as_str()).collect()
    };
    let causes = claims(|head| !matches!(head, ClaimHead::Propagation | ClaimHead::RuledOut));
    let ruled_out = claims(|head| head == ClaimHead::RuledOut);
    let stated = |(bucket, found): (&String, &Evidence)| {
        let in_sentence = report.systems.iter().filter(|system| system.quote == found.sentence);
        let position = |system: &SystemReport| systems.iter().position(|known| known.is_called(&system.name));
        let named: Vec<usize> = in_sentence.filter_map(position).collect();
        let words = found.quote.to_ascii_lowercase();
        let is_shown = |&at: &usize| words.contains(&systems[at].name.to_ascii_lowercase());
        StatedFactor {
            bucket: bucket.clone(),
            factor: found.factor.clone(),
            points: found.points,
            line: found.line,
            quote: excerpt(&found.sentence, &found.quote),
            standing: if causes.contains(found.sentence.as_str()) {
                Standing::Cause
            } else {
                standing(report, found.line)
            },
            shown_with: named.iter().copied().filter(is_shown).collect(),
            systems: named,
        }
    };
    let all = report.coverage.iter();
    let evidence = all.flat_map(|(id, bucket)| bucket.evidence.iter().map(move |found| (id, found)));
    let is_stated = |found: &Evidence| found.points >= STATED && !ruled_out.contains(found.sentence.as_str());
    evidence.filter(|(_, found)| is_stated(found)).map(stated).collect()
}

/// Returns what the sentences of the section that contains a line are for.
fn standing(report: &DocumentReport, line: usize) -> Standing {
    let section = report.sections.iter().rev().find(|section| section.line <= line);
    let is = |role: &Role| section.is_some_and(|section| section.role == role.id());
    let causes = [Role::Cause, Role::ContributingFactors, Role::WentWrong];
    let account = [Role::Summary, Role::Background, Role::Trigger, Role::Lessons, Role::Other];
    match section {
        Some(_) if causes.iter().any(is) => Standing::Cause,
        Some(_) if !account.iter().any(is) => Standing::Record,
        _ => Standing::Account,
    }
}

fn tiers(remedies: &[RemedyReport]) -> TierCounts {
    let mut counts = TierCounts::default();
    for remedy in remedies {
        match remedy.tier {
            Some(Tier::Stronger) => counts.stronger += 1,
            Some(Tier::Intermediate) => counts.intermediate += 1,
            Some(Tier::Weaker) => counts.weaker += 1,
            None => counts.unknown += 1,
        }
    }
    counts
}

fn promise(remedy: &RemedyReport) -> Promise {
    let words = remedy.words.as_deref().unwrap_or_default();
    Promise { line: remedy.line, quote: excerpt(&remedy.quote, words), tier: remedy.tier, done: remedy.done }
}

fn rules(findings: &[Finding]) -> BTreeMap<String, RuleUse> {
    let mut rules: BTreeMap<String, RuleUse> = BTreeMap::new();
    for finding in findings {
        let first = || RuleUse {
            findings: 0,
            line: finding.start.line,
            quote: excerpt(&finding.sentence, &finding.quote),
        };
        rules.entry(finding.rule.clone()).or_insert_with(first).findings += 1;
    }
    rules
}

fn asked(question: &Question) -> Asked {
    let pattern = if question.pattern.is_empty() { &question.text } else { &question.pattern };
    Asked { pattern: pattern.clone(), text: question.text.clone() }
}
