//! `rcalint explain`: shows why a rule, a bucket or a factor exists, from the lexicon.

use std::io;

use crate::cli::args::lexicon::ExplainArgs;
use crate::cli::commands::rules;
use crate::cli::console::{Console, fail};
use crate::cli::exit::Exit;
use crate::lexicon::did_you_mean::nearest;
use crate::lexicon::{Bucket, Example, Factor, Lexicon, Rule};
use crate::render::escape::prose;
use crate::render::page::MAX_EXAMPLES;
use crate::render::{Effects, Options, Style, wrap};

/// The name under which [`HOW`] is explained.
const JUDGEMENT: &str = "judgement";

/// How a judgement is made, in one paragraph. `docs/judgement.md` shows the same text.
const HOW: &str = include_str!("explain/judgement.md");

/// Explains one name, or lists all names.
pub(crate) fn run(args: &ExplainArgs, lexicon: &Lexicon, console: &mut Console) -> io::Result<Exit> {
    let topics = Topics { rules: &lexicon.rules, buckets: &lexicon.buckets };
    let options = console.options();
    let Some(name) = &args.name else {
        console.write(&topics.list(&options))?;
        return Ok(Exit::Clean);
    };
    match topics.explain(name, &options) {
        Some(text) => console.write(&text).map(|()| Exit::Clean),
        None => Ok(unknown(name, &topics)),
    }
}

fn unknown(name: &str, topics: &Topics<'_>) -> Exit {
    let hint = topics.nearest(name).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    fail(&format!("unknown rule, bucket or factor `{name}`{hint} (`rcalint explain` lists all)"))
}

/// Everything that can be explained.
struct Topics<'a> {
    rules: &'a [Rule],
    buckets: &'a [Bucket],
}

impl<'a> Topics<'a> {
    fn list(&self, options: &Options<'_>) -> String {
        let buckets: String = self.buckets.iter().map(|bucket| bucket_row(bucket, options)).collect();
        let (rules, tail) =
            (rules::table(self.rules, options), "`rcalint explain NAME` explains one of them.");
        let how = judgement(options);
        format!("Rules:\n\n{rules}\nBuckets and their factors:\n\n{buckets}\n{how}\n{tail}\n")
    }

    /// Returns the text for a name. A factor may be written `bucket/factor`; several buckets may have a factor with
    /// that name.
    fn explain(&self, name: &str, options: &Options<'_>) -> Option<String> {
        let rules = self.rules.iter().filter(|rule| rule.id == name).map(|rule| explain_rule(rule, options));
        let buckets = self.buckets.iter().filter(|bucket| bucket.id == name);
        let buckets = buckets.map(|bucket| explain_bucket(bucket, options));
        let factors = self.factors().filter(|(bucket, factor)| {
            factor.id == name || name.split_once('/') == Some((bucket.id.as_str(), factor.id.as_str()))
        });
        let factors = factors.map(|(bucket, factor)| explain_factor(bucket, factor, options));
        let how = (name == JUDGEMENT).then(|| judgement(options));
        let texts: Vec<String> = how.into_iter().chain(rules).chain(buckets).chain(factors).collect();
        (!texts.is_empty()).then(|| texts.join("\n"))
    }

    fn factors(&self) -> impl Iterator<Item = (&'a Bucket, &'a Factor)> {
        self.buckets.iter().flat_map(|bucket| bucket.factors.iter().map(move |factor| (bucket, factor)))
    }

    /// Returns the known name most similar to a mistyped one.
    fn nearest(&self, name: &str) -> Option<&'a str> {
        let rules = self.rules.iter().map(|rule| rule.id.as_str());
        let buckets = self.buckets.iter().map(|bucket| bucket.id.as_str());
        let factors = self.factors().map(|(_, factor)| factor.id.as_str());
        nearest(name, rules.chain(buckets).chain(factors).chain([JUDGEMENT]))
    }
}

fn judgement(options: &Options<'_>) -> String {
    format!("{}\n\n{}\n", bold("How a judgement is made", options), para(HOW, options))
}

fn explain_rule(rule: &Rule, options: &Options<'_>) -> String {
    let head = format!("{} ({})", bold(&rule.id, options), rules::effective_severity(rule));
    let better = format!("Instead: {}", rule.better);
    let mut parts =
        vec![head, para(&rule.summary, options), para(&rule.why, options), para(&better, options)];
    parts.extend(examples("Flagged", &rule.bad, options));
    parts.extend(examples("Not flagged", &rule.good, options));
    parts.extend(references(&rule.references, options));
    parts.join("\n\n") + "\n"
}

fn explain_bucket(bucket: &Bucket, options: &Options<'_>) -> String {
    let head = format!("{} (a kind of contributing factor)", bold(&bucket.id, options));
    let factors =
        bucket.factors.iter().map(|factor| item(&format!("{}: {}", factor.id, factor.summary), options));
    let factors = listed("Factors", factors);
    let mut parts = vec![head, para(&bucket.summary, options), para(&bucket.why, options)];
    parts.extend(factors);
    parts.extend(references(&bucket.references, options));
    parts.join("\n\n") + "\n"
}

fn explain_factor(bucket: &Bucket, factor: &Factor, options: &Options<'_>) -> String {
    let head = format!("{} (a factor of {})", bold(&factor.id, options), bucket.id);
    let more = format!("{}: {}. {}", bucket.id, bucket.summary, bucket.why);
    let mut parts = vec![head, para(&factor.summary, options), para(&more, options)];
    parts.extend(examples("Counts as examined", &factor.counts, options));
    parts.extend(examples("Only mentions it", &factor.silent, options));
    parts.extend(references(&bucket.references, options));
    parts.join("\n\n") + "\n"
}

fn bucket_row(bucket: &Bucket, options: &Options<'_>) -> String {
    let factors: Vec<&str> = bucket.factors.iter().map(|factor| factor.id.as_str()).collect();
    let factors = wrap::hanging("  ", &factors.join(", "), options.width);
    format!("{}\n{factors}\n", bold(&bucket.id, options))
}

fn examples(title: &str, sentences: &[Example], options: &Options<'_>) -> Option<String> {
    let rows = sentences.iter().take(MAX_EXAMPLES);
    listed(title, rows.map(|example| item(&format!("{} (under {})", example.text, example.under), options)))
}

fn references(references: &[String], options: &Options<'_>) -> Option<String> {
    listed("References", references.iter().map(|reference| item(reference, options)))
}

fn listed(title: &str, items: impl Iterator<Item = String>) -> Option<String> {
    let items: Vec<String> = items.collect();
    (!items.is_empty()).then(|| format!("{title}:\n{}", items.join("\n")))
}

fn item(text: &str, options: &Options<'_>) -> String {
    wrap::hanging("  - ", &prose(text), options.width)
}

fn para(text: &str, options: &Options<'_>) -> String {
    let paras = text.split("\n\n").map(|para| wrap::lines(&prose(para), options.width).join("\n"));
    paras.collect::<Vec<_>>().join("\n\n")
}

fn bold(text: &str, options: &Options<'_>) -> String {
    options.paint(Style::new().effects(Effects::BOLD), text)
}
