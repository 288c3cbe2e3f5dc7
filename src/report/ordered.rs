//! Serialises named rows as a JSON object that keeps their order.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// Writes rows as an object.
pub(crate) fn serialize<V: Serialize, S: Serializer>(rows: &[(String, V)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(rows.iter().map(|(key, value)| (key, value)))
}

/// Reads an object as rows.
pub(crate) fn deserialize<'de, V: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Vec<(String, V)>, D::Error> {
    from.deserialize_map(Rows(PhantomData))
}

struct Rows<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for Rows<V> {
    type Value = Vec<(String, V)>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut rows = Vec::new();
        while let Some(row) = map.next_entry()? {
            rows.push(row);
        }
        Ok(rows)
    }
}
