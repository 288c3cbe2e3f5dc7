//! The word classes that the analysis uses by name, looked up once when the lexicon is loaded.

use serde::{Deserialize, Serialize};

use crate::text::vocabulary::{ClassSet, Vocabulary};

/// Sets of word classes, each named after its use.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WordClasses {
    /// Verbs of acts that people do by hand.
    pub act: ClassSet,
    /// Nouns for work.
    pub deed: ClassSet,
    /// Nouns for work and for acts.
    pub act_or_deed: ClassSet,
    /// Adverbs.
    pub adverb: ClassSet,
    /// Nouns for alerts.
    pub alert: ClassSet,
    /// "a", "the".
    pub article: ClassSet,
    /// Auxiliary verbs.
    pub auxiliary: ClassSet,
    /// Forms of "be".
    pub be: ClassSet,
    /// Words written with a capital that are not names.
    pub capital: ClassSet,
    /// Determiners.
    pub determiner: ClassSet,
    /// "while", "during".
    pub during: ClassSet,
    /// "I", "we", "our" and the like.
    pub first_person: ClassSet,
    /// First names of people.
    pub given_name: ClassSet,
    /// "instead of", "intended to": before what was meant.
    pub intent: ClassSet,
    /// Adjectives that judge.
    pub judging: ClassSet,
    /// Function words that a quote may begin with.
    pub kept_lead: ClassSet,
    /// Code libraries.
    pub code_library: ClassSet,
    /// Nouns with little meaning of their own.
    pub light: ClassSet,
    /// Nouns for limits.
    pub limit: ClassSet,
    /// "should", "could" and the like.
    pub modal: ClassSet,
    /// Open-source products.
    pub open_source: ClassSet,
    /// Product names that are ordinary words as well.
    pub ordinary_name: ClassSet,
    /// "our".
    pub our: ClassSet,
    /// Nouns for other organisations.
    pub party: ClassSet,
    /// Nouns and pronouns for people.
    pub person: ClassSet,
    /// Words used in titles of postmortems.
    pub postmortem: ClassSet,
    /// The ending of an owner's name: "'s".
    pub possessive: ClassSet,
    /// Adjectives that point at something said elsewhere.
    pub pointing: ClassSet,
    /// Prepositions.
    pub preposition: ClassSet,
    /// Nouns for procedures.
    pub procedure: ClassSet,
    /// Words that show that a range of words contains a verb.
    pub verbal: ClassSet,
    /// Words that a quote must not end with.
    pub quote_end: ClassSet,
    /// Relative pronouns.
    pub relative: ClassSet,
    /// Words that place an act after the incident.
    pub since: ClassSet,
    /// Verbs of running a command.
    pub run: ClassSet,
    /// Subordinating conjunctions.
    pub subordinator: ClassSet,
    /// Nouns for tools.
    pub tool: ClassSet,
    /// Monitoring products.
    pub watching: ClassSet,
    /// "in", "within": before what contains something.
    pub within: ClassSet,
    /// Words before an act that was not done.
    pub undone: ClassSet,
    /// Verbs whose passive names the receiver.
    pub giving: ClassSet,
    /// Words between a subject and its verb.
    pub helper: ClassSet,
    /// Things whose names may contain a verb.
    pub thing: ClassSet,
    /// Names other than those of people.
    pub product: ClassSet,
    /// Product names that a team runs or buys.
    pub named_product: ClassSet,
    /// The same products, and tools.
    pub any_tool: ClassSet,
    /// Words that end a noun group.
    pub stop: ClassSet,
    /// Words that begin another clause.
    pub clause: ClassSet,
    /// Words that separate a noun group from the rest of its clause.
    pub parting: ClassSet,
    /// "and", "but".
    pub coordinator: ClassSet,
    /// Lower-case words that are never nouns.
    pub no_noun: ClassSet,
    /// Words and phrases that a quote must not end with.
    pub small: ClassSet,
    /// Function words that a quote needs to keep its meaning.
    pub kept: ClassSet,
    /// Words after an unknown word that acts or owns something as a person does.
    pub after_name: ClassSet,
    /// Nouns that may end a group in a question, one class each.
    pub nouns: Vec<ClassSet>,
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
            deed: one("deed-noun")?,
            act_or_deed: any(&["act-noun", "deed-noun"])?,
            adverb: one("adverb")?,
            alert: one("alert-noun")?,
            article: one("article")?,
            auxiliary: one("auxiliary")?,
            be: one("be")?,
            capital: one("capital-word")?,
            determiner: one("determiner")?,
            during: one("during")?,
            first_person: one("first-person")?,
            given_name: one("given-name")?,
            intent: one("intent")?,
            judging: one("judging-adjective")?,
            kept_lead: one("kept-lead")?,
            code_library: one("library-product")?,
            light: one("light-noun")?,
            limit: one("limit-noun")?,
            modal: one("modal")?,
            open_source: one("oss-product")?,
            ordinary_name: one("ordinary-name")?,
            our: one("our")?,
            party: one("party-noun")?,
            person: one("person")?,
            postmortem: one("postmortem-word")?,
            possessive: one("possessive")?,
            pointing: one("pointing-adjective")?,
            preposition: one("preposition")?,
            procedure: one("procedure-noun")?,
            quote_end: one("quote-end")?,
            relative: one("relative")?,
            since: one("since-word")?,
            run: one("run-verb")?,
            subordinator: one("subordinator")?,
            tool: one("tool-noun")?,
            watching: one("watching-product")?,
            within: one("within")?,
            verbal: any(&["auxiliary", "be", "modal", "any-act", "check-verb", "did-not", "left-undone"])?,
            giving: one("giving")?,
            undone: any(&["not", "did-not", "left-undone", "lacking", "nobody"])?,
            helper: any(&["auxiliary", "be", "was", "adverb", "not", "error-adverb", "did-not"])?,
            thing: any(&["software", "thing-noun"])?,
            product: any(&["oss-product", "vendor-product", "cloud-product"])?,
            named_product: any(&["oss-product", "vendor-product"])?,
            any_tool: any(&["oss-product", "vendor-product", "tool-noun"])?,
            stop: any(&STOPS)?,
            clause: any(&["coordinator", "relative", "personal-relative", "subordinator"])?,
            parting: any(&["preposition", "coordinator", "subordinator"])?,
            coordinator: one("coordinator")?,
            no_noun: any(&["bare-adjective", "judging-adjective", "light-noun", "idiom-noun", "person"])?,
            small: any(&SMALL)?,
            kept: any(&["kept-lead", "modal", "did-not"])?,
            after_name: any(&["auxiliary", "possessive", "any-act", "check-verb", "did-not"])?,
            nouns: NOUNS.iter().map(|name| one(name)).collect::<Result<_, _>>()?,
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

const GRAMMATICAL: [&str; 6] =
    ["determiner", "preposition", "coordinator", "auxiliary", "subordinator", "relative"];
