//! Properties of the program for any input: random, mutated, hostile, or also read by another parser.

#[path = "../../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "public to the fuzz targets, which are programs of their own")]
mod checks;
mod corpus;
mod forged;
mod growth;
mod hostile;
mod live;
mod live_collection;
mod oracle;
mod pages;
mod properties;
mod reader;
mod rendered;
mod sentences;
#[path = "../support/skip.rs"]
mod skip;
#[path = "../support/tools.rs"]
mod tools;
#[path = "../support/wrapping.rs"]
mod wrapping;
