//! Conditions that were met again: the same factor on the same system in a later document.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::collection::buckets::factor_name;
use crate::collection::data::{Meeting, MetAgain, Promise};
use crate::collection::entry::{Entry, NamedSystem, Standing, StatedFactor};
use crate::collection::systems::{key, spellings};
use crate::lexicon::Lexicon;
use crate::model::Tier;
use crate::report::{OTHER_FACTOR, SystemKind};

/// Maximum number of remedies shown for one document.
const MOST_SHOWN: usize = 3;

/// Shorter words connect no remedy with a factor.
const SHORTEST_WORD: usize = 4;

/// One document in which a factor meets a system.
struct Encounter<'e> {
    document: usize,
    system: &'e NamedSystem,
    stated: &'e StatedFactor,
}

/// The key of what is met: system, bucket and factor.
type Pair<'e> = (String, &'e str, &'e str);

/// Returns the factors that were met on the same system on different days, those met most often first.
pub(super) fn met_again(entries: &[Entry], lexicon: &Lexicon) -> Vec<MetAgain> {
    let mut found: BTreeMap<Pair<'_>, Vec<Encounter<'_>>> = BTreeMap::new();
    for (document, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.date.is_some()) {
        for (pair, encounter) in encounters(document, entry, lexicon) {
            found.entry(pair).or_default().push(encounter);
        }
    }
    let spellings = spellings(entries, lexicon);
    let again = found.into_iter().filter(|(_, met)| is_on_different_days(entries, met));
    let name = |key: &str| spellings.get(key).copied().unwrap_or_default();
    let mut all: Vec<MetAgain> =
        again.map(|((key, ..), met)| described(entries, lexicon, name(&key), &met)).collect();
    all.sort_by_key(|met| Reverse(met.meetings.len()));
    all
}

/// Returns each pair of a document once: a factor and a system that the same sentence of the account names. A product is
/// named in many sentences that are about something else, so the words that show the factor must name it.
fn encounters<'e>(document: usize, entry: &'e Entry, lexicon: &Lexicon) -> BTreeMap<Pair<'e>, Encounter<'e>> {
    let mut found: BTreeMap<Pair<'e>, Encounter<'e>> = BTreeMap::new();
    let is_met =
        |stated: &&StatedFactor| stated.factor != OTHER_FACTOR && stated.standing >= Standing::Account;
    for stated in entry.factors.iter().filter(is_met) {
        for (at, system) in entry.systems.iter().enumerate() {
            let named = if system.kind == SystemKind::Own { &stated.systems } else { &stated.shown_with };
            if named.contains(&at) {
                let pair = (key(system, lexicon), stated.bucket.as_str(), stated.factor.as_str());
                found.entry(pair).or_insert(Encounter { document, system, stated });
            }
        }
    }
    found
}

fn is_on_different_days(entries: &[Entry], met: &[Encounter<'_>]) -> bool {
    let days: BTreeSet<_> = met.iter().map(|encounter| &entries[encounter.document].date).collect();
    days.len() > 1
}

fn described(entries: &[Entry], lexicon: &Lexicon, system: &str, met: &[Encounter<'_>]) -> MetAgain {
    let Encounter { system: NamedSystem { kind, .. }, stated, .. } = &met[met.len() - 1];
    let name = factor_name(lexicon, &stated.bucket, &stated.factor);
    let meeting = |(at, encounter): (usize, &Encounter<'_>)| {
        let is_last = at + 1 == met.len();
        let remedies = if is_last { &[] } else { entries[encounter.document].remedies.as_slice() };
        let wanted = words(&format!("{} {} {name}", encounter.stated.quote, encounter.system.name));
        Meeting {
            place: encounter.stated.place(encounter.document),
            remedies: related(remedies, &wanted),
            more: remedies.len().saturating_sub(MOST_SHOWN),
        }
    };
    MetAgain {
        system: system.to_owned(),
        kind: *kind,
        bucket: stated.bucket.clone(),
        factor: stated.factor.clone(),
        meetings: met.iter().enumerate().map(meeting).collect(),
        name,
    }
}

/// Returns the remedies that share the most words with a factor, then the stronger ones, then the earlier ones.
fn related(remedies: &[Promise], wanted: &BTreeSet<String>) -> Vec<Promise> {
    let shared = |remedy: &Promise| words(&remedy.quote).intersection(wanted).count();
    let mut sorted: Vec<&Promise> = remedies.iter().collect();
    sorted.sort_by_cached_key(|remedy| {
        (Reverse(shared(remedy)), Reverse(remedy.tier.map_or(0, strength)), remedy.line)
    });
    sorted.into_iter().take(MOST_SHOWN).cloned().collect()
}

const fn strength(tier: Tier) -> u8 {
    match tier {
        Tier::Weaker => 1,
        Tier::Intermediate => 2,
        Tier::Stronger => 3,
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let all = text.split(|sign: char| !sign.is_alphanumeric());
    all.filter(|word| word.chars().count() >= SHORTEST_WORD).map(str::to_lowercase).collect()
}
