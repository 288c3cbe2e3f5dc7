//! The products and services that a document names where it explains what happened.

use std::collections::BTreeSet;

use crate::analysis::document_rules::DocumentFacts;
use crate::analysis::sentences::Analysis;
use crate::analysis::wording::words::SentenceWords;
use crate::lexicon::Frame;
use crate::model::SentenceId;
use crate::report::{ClaimHead, SystemKind, SystemReport};
use crate::text::tokens::Shape;
use crate::text::vocabulary::ClassSet;

/// The class of words for running systems.
const SYSTEM_NOUN: &str = "system-noun";

/// The classes of product names, the more specific owner first.
const PRODUCTS: [(&str, SystemKind); 3] = [
    ("cloud-product", SystemKind::Cloud),
    ("vendor-product", SystemKind::Vendor),
    ("oss-product", SystemKind::OpenSource),
];

/// Maximum length in bytes of the name of a system.
const LONGEST_NAME: usize = 40;

/// Returns the systems in the title and in the sentences that state a cause or a factor, each once a sentence.
///
/// The names of people are none, also where they are written as inline code: a name in code counts only if the document
/// uses it next to a word for a system.
pub fn list(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> Vec<SystemReport> {
    let explains = explaining(analysis, facts);
    let names = Names::new(analysis);
    let told = SentenceWords::all(analysis)
        .filter(|words| analysis.is_title(words.sentence) || explains.contains(&words.sentence))
        .flat_map(|words| names.in_sentence(words));
    told.collect()
}

/// Returns the sentences that state a cause or a factor which is not ruled out.
fn explaining(analysis: &Analysis<'_>, facts: &DocumentFacts<'_>) -> BTreeSet<SentenceId> {
    let is_cause = |head| !matches!(head, ClaimHead::Propagation | ClaimHead::RuledOut);
    let claims = facts.claims.iter().filter(|claim| is_cause(claim.head)).map(|claim| claim.sentence);
    let factors = facts.evidence.iter().map(|found| found.sentence);
    claims.chain(factors).filter(|&sentence| !analysis.has(sentence, Frame::RuledOut)).collect()
}

/// The names that can be recognised in one document.
struct Names<'r> {
    /// The classes of products, with whose they are.
    products: Vec<(ClassSet, SystemKind)>,
    /// The organisation's own systems.
    own: BTreeSet<&'r str>,
}

impl<'r> Names<'r> {
    fn new(analysis: &'r Analysis<'r>) -> Self {
        let vocabulary = &analysis.lexicon.vocabulary;
        let class = |name: &str| vocabulary.class(name).map_or(ClassSet::EMPTY, ClassSet::only);
        let nouns = class(SYSTEM_NOUN);
        let own = SentenceWords::all(analysis).flat_map(|words| own_systems(words, nouns)).collect();
        Self { products: PRODUCTS.iter().map(|&(name, kind)| (class(name), kind)).collect(), own }
    }

    fn in_sentence(&self, words: SentenceWords<'r>) -> Vec<SystemReport> {
        let analysis = words.analysis;
        let (mut known, mut found) = (BTreeSet::new(), Vec::new());
        let mut at = 0;
        while at < words.len() {
            let Some((length, name, kind)) = self.at(&words, at) else {
                at += 1;
                continue;
            };
            at += length;
            if known.insert(name.to_lowercase()) {
                let (line, quote) =
                    (analysis.line(words.sentence), analysis.quote(words.sentence).into_owned());
                found.push(SystemReport {
                    name: name.to_owned(),
                    kind,
                    line,
                    quote,
                    title: analysis.is_title(words.sentence),
                });
            }
        }
        found
    }

    /// Returns the system named at a token: the number of tokens, its name and whose it is.
    fn at(&self, words: &SentenceWords<'r>, at: usize) -> Option<(usize, &'r str, SystemKind)> {
        if let Some(name) = code_name(words, at) {
            return self.own.contains(name).then_some((1, name, SystemKind::Own));
        }
        self.products.iter().find_map(|&(classes, kind)| {
            let length = words.product(at, classes)?;
            Some((length, words.source_of(at..at + length), kind))
        })
    }
}

/// Returns the names in inline code that stand next to a word for a system: "the `orders` database", "service: `mail`".
fn own_systems(words: SentenceWords<'_>, nouns: ClassSet) -> impl Iterator<Item = &str> {
    let is_noun = move |at: usize| at < words.len() && words.is(at, nouns);
    let after = move |at: usize| is_noun(at + 1);
    let before = move |at: usize| {
        let last = (0..at).rev().find(|&at| words.tokens()[at].shape != Shape::Mark(':'));
        last.map_or_else(|| is_labelled(&words, nouns), is_noun)
    };
    (0..words.len()).filter(move |&at| after(at) || before(at)).filter_map(move |at| code_name(&words, at))
}

/// True if the label before a sentence ends in a word for a system: "**Service:** `ingress`".
fn is_labelled(words: &SentenceWords<'_>, nouns: ClassSet) -> bool {
    let analysis = words.analysis;
    let Some(label) = analysis.block(words.sentence).label else { return false };
    let label = label.of(&analysis.document.prose).to_lowercase();
    let vocabulary = &analysis.lexicon.vocabulary;
    label.split_whitespace().last().is_some_and(|word| vocabulary.classes(vocabulary.id(word)).meets(nouns))
}

/// Returns the content of inline code that has the form of a system's name.
fn code_name<'r>(words: &SentenceWords<'r>, at: usize) -> Option<&'r str> {
    let name = words.source(at).strip_prefix('`')?.strip_suffix('`')?;
    let vocabulary = &words.analysis.lexicon.vocabulary;
    let is_plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    let is_name = name.len() <= LONGEST_NAME && name.chars().all(is_plain);
    let is_person = vocabulary.classes(vocabulary.id(name)).meets(words.classes().given_name);
    (is_name && name.starts_with(|sign: char| sign.is_ascii_lowercase()) && !is_person).then_some(name)
}
