//! Tables of the packed lexicon: rows of numbers, written as plain bytes, so that reading them back is copying them.
//!
//! For `#[serde(with = "table")]`; the numbers are little-endian, whatever the machine.

use std::fmt::Formatter;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

/// What can stand in a table: `N` numbers.
pub trait Row<const N: usize>: Sized {
    /// It as numbers.
    fn to_row(&self) -> [u32; N];

    /// What [`Row::to_row`] was given. Other numbers never stand in a table: a test reads all of them.
    fn of_row(row: [u32; N]) -> Self;
}

/// A count or an index as it stands in a table, which is far smaller than 4 GiB.
pub fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Row<1> for u32 {
    fn to_row(&self) -> [u32; 1] {
        [*self]
    }

    fn of_row([number]: [u32; 1]) -> Self {
        number
    }
}

/// The lowest bits first.
impl Row<4> for u128 {
    fn to_row(&self) -> [u32; 4] {
        [0, 32, 64, 96].map(|shift| u32::try_from(self >> shift & Self::from(u32::MAX)).unwrap_or_default())
    }

    fn of_row(row: [u32; 4]) -> Self {
        row.iter().rev().fold(0, |bits, part| bits << 32 | Self::from(*part))
    }
}

/// Writes a table.
///
/// # Errors
/// Those of the format.
pub fn serialize<S: Serializer, T: Row<N>, const N: usize>(rows: &[T], to: S) -> Result<S::Ok, S::Error> {
    let bytes: Vec<u8> = rows.iter().flat_map(T::to_row).flat_map(u32::to_le_bytes).collect();
    to.serialize_bytes(&bytes)
}

/// Reads a table.
///
/// # Errors
/// Those of the format.
pub fn deserialize<'de, D: Deserializer<'de>, T: Row<N>, const N: usize>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    from.deserialize_bytes(Rows(PhantomData))
}

struct Rows<T, const N: usize>(PhantomData<T>);

impl<T: Row<N>, const N: usize> Visitor<'_> for Rows<T, N> {
    type Value = Vec<T>;

    fn expecting(&self, to: &mut Formatter<'_>) -> std::fmt::Result {
        write!(to, "bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
        let (numbers, _) = bytes.as_chunks::<4>();
        let numbers: Vec<u32> = numbers.iter().map(|number| u32::from_le_bytes(*number)).collect();
        let (rows, _) = numbers.as_chunks::<N>();
        Ok(rows.iter().map(|row| T::of_row(*row)).collect())
    }
}
