//! The `rcalint` command.

fn main() {}
