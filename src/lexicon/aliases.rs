//! Products with several names: `lexicon/aliases.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Finds the name that all names of a product have in common.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Aliases {
    /// The most common name for each of the others, both folded.
    common: BTreeMap<String, String>,
}

impl Aliases {
    /// Adds the other names of products, by their most common name.
    pub(super) fn extend(&mut self, names: BTreeMap<String, Vec<String>>) {
        for (name, others) in names {
            self.common.extend(others.iter().map(|other| (folded(other), folded(&name))));
        }
    }

    /// Returns the most common name of a product, in small letters and digits only: `PostgreSQL` is `postgres`.
    pub fn product(&self, name: &str) -> String {
        let name = folded(name);
        self.common.get(&name).cloned().unwrap_or(name)
    }
}

/// Returns the letters and digits of a name, in lower case.
fn folded(name: &str) -> String {
    name.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn all_names_of_a_product_have_one_in_common() {
        let aliases = &Lexicon::embedded().aliases;
        for names in
            [["Route 53", "route53"], ["NPM registry", "npm"], ["PostgreSQL", "Postgres"], ["AWS S3", "S3"]]
        {
            assert_eq!(aliases.product(names[0]), aliases.product(names[1]), "{names:?}");
        }
        assert_ne!(aliases.product("GitHub Actions"), aliases.product("GitHub"));
    }
}
