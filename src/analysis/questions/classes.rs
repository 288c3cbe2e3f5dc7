//! The word classes that slots are filled by, looked up by name once a document: a question looks at every word of a
//! sentence several times.

use crate::text::vocabulary::{ClassSet, Vocabulary};

/// Sets of classes, by what a word or phrase is asked for.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    pub(super) act: ClassSet,
    /// Work told as a noun.
    pub(super) deed: ClassSet,
    /// The same with an act told as a noun.
    pub(super) act_or_deed: ClassSet,
    pub(super) adverb: ClassSet,
    pub(super) alert: ClassSet,
    pub(super) article: ClassSet,
    pub(super) auxiliary: ClassSet,
    pub(super) be: ClassSet,
    pub(super) capital: ClassSet,
    pub(super) determiner: ClassSet,
    pub(super) during: ClassSet,
    pub(super) first_person: ClassSet,
    pub(super) given_name: ClassSet,
    pub(super) intent: ClassSet,
    pub(super) judging: ClassSet,
    pub(super) kept_lead: ClassSet,
    pub(super) code_library: ClassSet,
    pub(super) light: ClassSet,
    pub(super) limit: ClassSet,
    pub(super) modal: ClassSet,
    pub(super) open_source: ClassSet,
    pub(super) ordinary_name: ClassSet,
    pub(super) our: ClassSet,
    pub(super) party: ClassSet,
    pub(super) person: ClassSet,
    pub(super) postmortem: ClassSet,
    pub(super) preposition: ClassSet,
    pub(super) procedure: ClassSet,
    pub(super) quote_end: ClassSet,
    pub(super) relative: ClassSet,
    pub(super) run: ClassSet,
    pub(super) screen: ClassSet,
    pub(super) subordinator: ClassSet,
    pub(super) tool: ClassSet,
    pub(super) watching: ClassSet,
    pub(super) within: ClassSet,
    /// Before an act that was not done.
    pub(super) undone: ClassSet,
    /// Between a subject and its verb.
    pub(super) helper: ClassSet,
    /// Things whose names may hold a verb.
    pub(super) thing: ClassSet,
    /// Names that are not people's.
    pub(super) product: ClassSet,
    /// Of these, what a team runs or buys by name.
    pub(super) named_product: ClassSet,
    /// The same, and tools.
    pub(super) any_tool: ClassSet,
    /// Where a noun group ends.
    pub(super) stop: ClassSet,
    /// Where another clause begins.
    pub(super) clause: ClassSet,
    /// What parts a noun group from the rest of its clause.
    pub(super) parting: ClassSet,
    /// Words in small letters that are no noun for sure.
    pub(super) no_noun: ClassSet,
    /// What a quote does not end with.
    pub(super) small: ClassSet,
    /// Small words without which a quote would say something else.
    pub(super) kept: ClassSet,
    /// After an unknown word that acts or owns as a person does.
    pub(super) after_name: ClassSet,
    /// Nouns that a question may end a group with, each for itself.
    pub(super) nouns: Vec<ClassSet>,
}

impl Classes {
    pub(super) fn of(vocabulary: &Vocabulary) -> Self {
        let one = |name: &str| vocabulary.class(name).map_or(ClassSet::EMPTY, ClassSet::only);
        let any = |names: &[&str]| names.iter().fold(ClassSet::EMPTY, |set, name| set.and(one(name)));
        Self {
            act: one("any-act"),
            deed: one("deed-noun"),
            act_or_deed: any(&["act-noun", "deed-noun"]),
            adverb: one("adverb"),
            alert: one("alert-noun"),
            article: one("article"),
            auxiliary: one("auxiliary"),
            be: one("be"),
            capital: one("capital-word"),
            determiner: one("determiner"),
            during: one("during"),
            first_person: one("first-person"),
            given_name: one("given-name"),
            intent: one("intent"),
            judging: one("judging-adjective"),
            kept_lead: one("kept-lead"),
            code_library: one("library-product"),
            light: one("light-noun"),
            limit: one("limit-noun"),
            modal: one("modal"),
            open_source: one("oss-product"),
            ordinary_name: one("ordinary-name"),
            our: one("our"),
            party: one("party-noun"),
            person: one("person"),
            postmortem: one("postmortem-word"),
            preposition: one("preposition"),
            procedure: one("procedure-noun"),
            quote_end: one("quote-end"),
            relative: one("relative"),
            run: one("run-verb"),
            screen: one("screen-noun"),
            subordinator: one("subordinator"),
            tool: one("tool-noun"),
            watching: one("watching-product"),
            within: one("within"),
            undone: any(&["not", "did-not", "left-undone"]),
            helper: any(&["auxiliary", "be", "was", "adverb", "not", "error-adverb", "did-not"]),
            thing: any(&["software", "thing-noun"]),
            product: any(&["oss-product", "vendor-product", "cloud-product"]),
            named_product: any(&["oss-product", "vendor-product"]),
            any_tool: any(&["oss-product", "vendor-product", "tool-noun"]),
            stop: any(&STOPS),
            clause: any(&["coordinator", "relative", "personal-relative", "subordinator"]),
            parting: any(&["preposition", "coordinator", "subordinator"]),
            no_noun: any(&["bare-adjective", "judging-adjective", "light-noun", "idiom-noun", "person"]),
            small: any(&SMALL),
            kept: any(&["kept-lead", "modal", "did-not"]),
            after_name: any(&["auxiliary", "possessive", "any-act", "check-verb", "did-not"]),
            nouns: NOUNS.iter().map(|name| one(name)).collect(),
        }
    }
}

const STOPS: [&str; 15] = [
    "preposition",
    "coordinator",
    "relative",
    "personal-relative",
    "subordinator",
    "auxiliary",
    "did-not",
    "not",
    "adverb",
    "pronoun-they",
    "pronoun-it",
    "by",
    "determiner",
    "error-adverb",
    "possessive",
];

const NOUNS: [&str; 11] = [
    "software",
    "act-noun",
    "thing-noun",
    "tool-noun",
    "procedure-noun",
    "alert-noun",
    "limit-noun",
    "party-noun",
    "oss-product",
    "vendor-product",
    "cloud-product",
];

const SMALL: [&str; 10] = [
    "preposition",
    "determiner",
    "auxiliary",
    "coordinator",
    "pronoun-it",
    "pronoun-they",
    "first-person",
    "by",
    "relative",
    "subordinator",
];
