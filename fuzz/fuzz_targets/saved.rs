#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rcalint_fuzz::saved::check(bytes));
