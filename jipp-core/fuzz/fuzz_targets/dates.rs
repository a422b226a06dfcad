#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jipp_tests::parsers::named("dates")(bytes));
