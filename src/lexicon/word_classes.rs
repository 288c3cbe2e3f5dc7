//! The word classes that the analysis uses by name, looked up once when the lexicon is loaded.

use serde::{Deserialize, Serialize};

use crate::text::vocabulary::{ClassSet, Vocabulary};

/// Sets of word classes, each named after its use.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WordClasses {
    /// Verbs for what a person can do.
    pub act: ClassSet,
    /// Adverbs.
    pub adverb: ClassSet,
    /// "a", "the".
    pub article: ClassSet,
    /// Auxiliary verbs.
    pub auxiliary: ClassSet,
    /// Words written with a capital that are not names.
    pub capital: ClassSet,
    /// Determiners.
    pub determiner: ClassSet,
    /// "I", "we", "our" and the like.
    pub first_person: ClassSet,
    /// First names of people.
    pub given_name: ClassSet,
    /// Function words that a quote may begin with.
    pub kept_lead: ClassSet,
    /// Open-source products.
    pub open_source: ClassSet,
    /// Product names that are ordinary words as well.
    pub ordinary_name: ClassSet,
    /// "our".
    pub our: ClassSet,
    /// Nouns and pronouns for people.
    pub person: ClassSet,
    /// The ending of an owner's name: "'s".
    pub possessive: ClassSet,
    /// Adjectives that point at something said elsewhere.
    pub pointing: ClassSet,
    /// Prepositions.
    pub preposition: ClassSet,
    /// Prepositions and "by": a gerund after one of them needs its object.
    pub before_gerund: ClassSet,
    /// Words that show that a range of words contains a verb.
    pub verbal: ClassSet,
    /// Words that a quote must not end with.
    pub quote_end: ClassSet,
    /// Words that refer to what was said before.
    pub backward: ClassSet,
    /// Relative pronouns.
    pub relative: ClassSet,
    /// Verbs of running a command.
    pub run: ClassSet,
    /// Subordinating conjunctions.
    pub subordinator: ClassSet,
    /// Monitoring products.
    pub watching: ClassSet,
    /// Words before an act that was not done.
    pub undone: ClassSet,
    /// Names other than those of people.
    pub product: ClassSet,
    /// Words that end a noun group.
    pub stop: ClassSet,
    /// Words that begin another clause.
    pub clause: ClassSet,
    /// "and", "but".
    pub coordinator: ClassSet,
    /// Words and phrases that a quote must not end with.
    pub small: ClassSet,
    /// Function words that a quote needs to keep its meaning.
    pub kept: ClassSet,
    /// Words after an unknown word that acts or owns something as a person does.
    pub after_name: ClassSet,
    /// Function words of other languages.
    pub foreign: ClassSet,
    /// The grammatical words of English.
    pub grammatical: ClassSet,
}

impl WordClasses {
    /// Looks up every class.
    ///
    /// # Errors
    /// Returns the name of a class that is missing from the vocabulary.
    pub fn find(vocabulary: &Vocabulary) -> Result<Self, &'static str> {
        let one = |name: &'static str| vocabulary.class(name).map(ClassSet::only).ok_or(name);
        let any = |names: &[&'static str]| {
            names.iter().try_fold(ClassSet::EMPTY, |set, name| one(name).map(|class| set.and(class)))
        };
        Ok(Self {
            act: one("any-act")?,
            adverb: one("adverb")?,
            article: one("article")?,
            auxiliary: one("auxiliary")?,
            capital: any(&["capital-word", "plain-word"])?,
            determiner: one("determiner")?,
            first_person: one("first-person")?,
            given_name: one("given-name")?,
            kept_lead: one("kept-lead")?,
            open_source: one("oss-product")?,
            ordinary_name: one("ordinary-name")?,
            our: one("our")?,
            person: one("person")?,
            possessive: one("possessive")?,
            pointing: one("pointing-adjective")?,
            preposition: one("preposition")?,
            before_gerund: any(&["preposition", "by"])?,
            quote_end: one("quote-end")?,
            backward: one("backward-word")?,
            relative: one("relative")?,
            run: one("run-verb")?,
            subordinator: one("subordinator")?,
            watching: one("watching-product")?,
            verbal: any(&["auxiliary", "be", "modal", "any-act", "check-verb", "did-not", "left-undone"])?,
            undone: any(&["not", "did-not", "left-undone", "lacking", "nobody"])?,
            product: any(&["oss-product", "vendor-product", "cloud-product"])?,
            stop: any(&STOPS)?,
            clause: any(&["coordinator", "relative", "personal-relative", "subordinator"])?,
            coordinator: one("coordinator")?,
            small: any(&SMALL)?,
            kept: any(&["kept-lead", "modal", "did-not"])?,
            after_name: any(&["auxiliary", "possessive", "any-act", "check-verb", "did-not"])?,
            foreign: one("foreign")?,
            grammatical: any(&GRAMMATICAL)?,
        })
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

const GRAMMATICAL: [&str; 6] =
    ["determiner", "preposition", "coordinator", "auxiliary", "subordinator", "relative"];
