//! Checks the example sentences of a lexicon. Each is reviewed as a separate postmortem.

use crate::lexicon::user_rules::Exemption;
use crate::lexicon::{Bucket, Example, Level, Lexicon};
use crate::report::{BucketStatus, DocumentReport};
use crate::review;
use crate::source::Source;

/// The name used for all exemptions, which have no names of their own.
const EXEMPT: &str = "exempt";

/// The result of checking an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleCheck {
    /// The rule, exemption or factor to which it belongs.
    pub entry: String,
    /// The sentence.
    pub sentence: String,
    /// The kind of section that contained it.
    pub under: String,
    /// The expected result.
    pub wanted: Wanted,
    /// True if the result is as expected.
    pub holds: bool,
}

/// The expected result for an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The rule finds something.
    Found,
    /// The rule finds nothing.
    LeftAlone,
    /// The factor counts as examined.
    Counts,
    /// The factor is only mentioned.
    Mentions,
    /// The rule finds something only if the exemption is removed.
    Needed,
}

impl Wanted {
    /// Returns how an example failed, for a message.
    pub const fn missed(self) -> &'static str {
        match self {
            Self::Found => "does not find",
            Self::LeftAlone => "does not leave alone",
            Self::Counts => "is not shown by",
            Self::Mentions => "is shown by what only mentions it:",
            Self::Needed => "is not needed for",
        }
    }
}

/// Checks all examples that are not in the `shipped` lexicon, including those of rules that are off.
pub fn run(lexicon: &Lexicon, shipped: &Lexicon, exemptions: &[Exemption]) -> Vec<ExampleCheck> {
    let mut lexicon = lexicon.clone();
    lexicon.rules.iter_mut().for_each(|rule| rule.level = Level::On);
    let checker = Checker { lexicon: &lexicon, shipped };
    [checker.rules(), checker.factors(), checker.exemptions(exemptions)].concat()
}

struct Checker<'l> {
    lexicon: &'l Lexicon,
    shipped: &'l Lexicon,
}

impl Checker<'_> {
    fn rules(&self) -> Vec<ExampleCheck> {
        let mut checks = Vec::new();
        for rule in &self.lexicon.rules {
            let known = self.shipped.rule(&rule.id);
            let finds = |report: &DocumentReport| report.findings.iter().any(|found| found.rule == rule.id);
            let bad = own(&rule.bad, known.map(|rule| &rule.bad));
            let good = own(&rule.good, known.map(|rule| &rule.good));
            checks.extend(bad.map(|one| self.check(&rule.id, one, Wanted::Found, &finds)));
            checks.extend(
                good.map(|one| self.check(&rule.id, one, Wanted::LeftAlone, &|report| !finds(report))),
            );
        }
        checks
    }

    fn factors(&self) -> Vec<ExampleCheck> {
        let mut checks = Vec::new();
        for bucket in &self.lexicon.buckets {
            let shows = |report: &DocumentReport| is_examined(report, bucket);
            for factor in &bucket.factors {
                let shipped = self.shipped.buckets.iter().find(|known| known.id == bucket.id);
                let known =
                    shipped.and_then(|known| known.factors.iter().find(|known| known.id == factor.id));
                let counts = own(&factor.counts, known.map(|factor| &factor.counts));
                let silent = own(&factor.silent, known.map(|factor| &factor.silent));
                let name = format!("{}/{}", bucket.id, factor.id);
                checks.extend(counts.map(|one| self.check(&name, one, Wanted::Counts, &shows)));
                checks.extend(
                    silent.map(|one| self.check(&name, one, Wanted::Mentions, &|report| !shows(report))),
                );
            }
        }
        checks
    }

    fn exemptions(&self, exemptions: &[Exemption]) -> Vec<ExampleCheck> {
        let mut checks = Vec::new();
        for exemption in exemptions {
            let finds = |report: &DocumentReport| {
                report.findings.iter().any(|found| self.concerns(exemption, &found.rule))
            };
            let without = self.without(exemption);
            let bare = Checker { lexicon: &without, shipped: self.shipped };
            let (bad, good) = (exemption.sentences(true), exemption.sentences(false));
            checks.extend(bad.iter().map(|one| self.check(EXEMPT, one, Wanted::Found, &finds)));
            for one in &good {
                checks.push(self.check(EXEMPT, one, Wanted::LeftAlone, &|report| !finds(report)));
                checks.push(bare.check(EXEMPT, one, Wanted::Needed, &finds));
            }
        }
        checks
    }

    /// Returns the lexicon without an exemption.
    fn without(&self, exemption: &Exemption) -> Lexicon {
        let mut lexicon = self.lexicon.clone();
        let guard = exemption.guard();
        for pattern in lexicon.rules.iter_mut().flat_map(|rule| &mut rule.patterns) {
            pattern.unless.retain(|name| *name != guard);
        }
        lexicon
    }

    /// True if an exemption applies to a rule.
    fn concerns(&self, exemption: &Exemption, rule: &str) -> bool {
        let named = exemption.rules.iter().any(|named| named.value == rule);
        let text = self.lexicon.rule(rule).is_some_and(|rule| rule.kind.is_text());
        named || (exemption.rules.is_empty() && text)
    }

    fn check(
        &self,
        entry: &str,
        example: &Example,
        wanted: Wanted,
        holds: &dyn Fn(&DocumentReport) -> bool,
    ) -> ExampleCheck {
        let text = format!("# Postmortem\n\n## {}\n\n{}\n", heading(&example.under), example.text);
        let report = review(&Source::new("example.md", &text), self.lexicon);
        ExampleCheck {
            entry: entry.to_owned(),
            sentence: example.text.clone(),
            under: example.under.clone(),
            wanted,
            holds: holds(&report),
        }
    }
}

/// Returns the examples that are not among the known ones.
fn own<'e>(examples: &'e [Example], known: Option<&'e Vec<Example>>) -> impl Iterator<Item = &'e Example> {
    examples.iter().filter(move |one| known.is_none_or(|known| !known.contains(one)))
}

fn is_examined(report: &DocumentReport, bucket: &Bucket) -> bool {
    let found = report.coverage.iter().find(|(id, _)| *id == bucket.id);
    found.is_some_and(|(_, report)| report.status == BucketStatus::Examined)
}

/// Returns a heading for a role: its id as words.
fn heading(role: &str) -> String {
    role.replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_role_is_one_of_its_headings() {
        let roles = [
            "summary",
            "impact",
            "background",
            "trigger",
            "detection",
            "timeline",
            "cause",
            "contributing-factors",
            "response",
            "went-well",
            "went-wrong",
            "lessons",
            "actions",
            "appendix",
            "other",
        ];
        for role in roles {
            let text = format!("# Postmortem\n\n## {}\n\nThe disk was full.\n", heading(role));
            let report = review(&Source::new("example.md", &text), Lexicon::embedded());
            assert_eq!(report.sections.last().unwrap().role, role);
        }
    }

    #[test]
    fn shipped_examples_are_not_checked_again() {
        assert_eq!(run(Lexicon::embedded(), Lexicon::embedded(), &[]), []);
    }
}
