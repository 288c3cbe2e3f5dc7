//! Conditions that were met again: the same factor on the same system in a later document.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::collection::buckets::factor_name;
use crate::collection::content_words::ContentWords;
use crate::collection::data::{Meeting, MetAgain, Promise};
use crate::collection::entry::{Entry, NamedSystem, Standing, StatedFactor};
use crate::collection::systems::{key, spellings};
use crate::lexicon::Lexicon;
use crate::model::Tier;
use crate::report::{OTHER_FACTOR, SystemKind};

/// Maximum number of remedies shown for one document.
const MOST_SHOWN: usize = 3;

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
    let words = ContentWords::new(lexicon);
    let spellings = spellings(entries, lexicon);
    let name = |key: &str| spellings.get(key).copied().unwrap_or_default();
    let alike = found.into_iter().map(|(pair, met)| (pair, alike(entries, &words, met)));
    let mut all: Vec<MetAgain> = alike
        .filter(|(_, met)| !met.is_empty())
        .map(|((key, ..), met)| described(entries, lexicon, &words, name(&key), &met))
        .collect();
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

/// Returns the encounters that have another one on a different day. A product does many things, so with a product the
/// two sentences must also have a word about the condition in common.
fn alike<'e>(entries: &[Entry], words: &ContentWords<'_>, met: Vec<Encounter<'e>>) -> Vec<Encounter<'e>> {
    let abouts: Vec<BTreeSet<String>> = met.iter().map(|encounter| about(encounter, words)).collect();
    let mut days: BTreeMap<&str, BTreeSet<&Option<String>>> = BTreeMap::new();
    for (encounter, about) in met.iter().zip(&abouts) {
        for word in about {
            days.entry(word).or_default().insert(&entries[encounter.document].date);
        }
    }
    let is_met = |about: &BTreeSet<String>| about.iter().any(|word| days[word.as_str()].len() > 1);
    let kept: Vec<bool> = abouts.iter().map(is_met).collect();
    met.into_iter().zip(kept).filter_map(|(encounter, is_kept)| is_kept.then_some(encounter)).collect()
}

/// Returns what connects an encounter with others: the name of a system of the organisation, and the words about the
/// condition with a product.
fn about(encounter: &Encounter<'_>, words: &ContentWords<'_>) -> BTreeSet<String> {
    let NamedSystem { name, kind, .. } = encounter.system;
    if *kind == SystemKind::Own {
        return BTreeSet::from([name.to_lowercase()]);
    }
    &words.of(&encounter.stated.quote) - &words.of(name)
}

fn described(
    entries: &[Entry],
    lexicon: &Lexicon,
    words: &ContentWords<'_>,
    system: &str,
    met: &[Encounter<'_>],
) -> MetAgain {
    let Encounter { system: NamedSystem { kind, .. }, stated, .. } = &met[met.len() - 1];
    let name = factor_name(lexicon, &stated.bucket, &stated.factor);
    let meeting = |(at, encounter): (usize, &Encounter<'_>)| {
        let is_last = at + 1 == met.len();
        let remedies = if is_last { &[] } else { entries[encounter.document].remedies.as_slice() };
        let wanted = words.of(&format!("{} {} {name}", encounter.stated.quote, encounter.system.name));
        Meeting {
            place: encounter.stated.place(encounter.document),
            remedies: related(remedies, words, &wanted),
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
fn related(remedies: &[Promise], words: &ContentWords<'_>, wanted: &BTreeSet<String>) -> Vec<Promise> {
    let shared = |remedy: &Promise| words.of(&remedy.quote).intersection(wanted).count();
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
