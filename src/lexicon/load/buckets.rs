//! Loads buckets and questions.

use crate::lexicon::error::LexiconError;
use crate::lexicon::extend::questions::Names;
use crate::lexicon::files::LexiconText;
use crate::lexicon::kinds::Situation;
use crate::lexicon::load::{Loader, duplicate_id, parse};
use crate::lexicon::named_text::NamedText;
use crate::lexicon::questions::QuestionBank;
use crate::lexicon::schema::{BucketFile, FactorEntry, examples};
use crate::lexicon::{Bucket, Factor, Mechanism, Owner, Strength};

impl<'t> Loader<'t> {
    pub(super) fn buckets(&mut self) -> Result<Vec<Bucket>, LexiconError> {
        let mut buckets: Vec<Bucket> = Vec::new();
        for LexiconText { file, .. } in self.sources.below("buckets/") {
            let bucket = self.bucket(buckets.len(), file)?;
            if buckets.iter().any(|known| known.id == bucket.id) {
                return Err(duplicate_id(file, "bucket", &bucket.id, "factor"));
            }
            buckets.push(bucket);
        }
        Ok(buckets)
    }

    fn bucket(&mut self, bucket: usize, file: NamedText<'t>) -> Result<Bucket, LexiconError> {
        let parsed: BucketFile = parse(file)?;
        let mut factors = Vec::new();
        for entry in parsed.factor {
            let factor = factors.len();
            let lists = [
                (&entry.strong, Strength::Strong),
                (&entry.weak, Strength::Weak),
                (&entry.hint, Strength::Hint),
            ];
            for (list, strength) in lists {
                for pattern in list {
                    self.add(file, pattern, Owner::Factor { bucket, factor, strength })?;
                }
            }
            let (counts, silent) = (examples(entry.counts), examples(entry.silent));
            let FactorEntry { id, summary, aftermath, .. } = entry;
            factors.push(Factor { id, summary, aftermath, counts, silent });
        }
        let BucketFile { id, role, name, summary, why, references, unless, .. } = parsed;
        self.named_guards.extend(unless.iter().map(|guard| (file, guard.clone())));
        Ok(Bucket { id, role, name, summary, why, references, unless, factors })
    }

    pub(super) fn questions(
        &mut self,
        mechanisms: &[Mechanism],
        buckets: &[Bucket],
    ) -> Result<QuestionBank, LexiconError> {
        let file = self.sources.file("questions.toml")?;
        let mut bank: QuestionBank = parse(file)?;
        check_themes(file, &bank)?;
        self.check_named(file, &bank.moment_unless)?;
        self.check_named(file, &bank.condition_unless)?;
        self.check_named(file, &bank.silence_unless)?;
        Names::new(&bank, mechanisms, buckets).check_bank(file, &bank)?;
        for (pattern, part) in bank.patterns() {
            self.add(file, &pattern, Owner::Question(part))?;
        }
        let mut classes = bank.question.iter().flat_map(|entry| &entry.signal);
        if let Some(class) = classes.find(|class| self.vocabulary.class(class).is_none()) {
            return Err(LexiconError::near(file, class, format!("unknown word class `{class}`")));
        }
        self.own_questions(&mut bank, mechanisms, buckets)?;
        Ok(bank)
    }
}

/// Checks that every situation has a theme.
fn check_themes(file: NamedText<'_>, bank: &QuestionBank) -> Result<(), LexiconError> {
    match Situation::ALL.iter().find(|&&situation| bank.theme_for(situation).is_none()) {
        Some(situation) => Err(LexiconError::at(file, 0, format!("no theme for {situation:?}"))),
        None => Ok(()),
    }
}
