//! The registry of a network and a model of it, as simple as it can be thought, agree whatever is done to them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jipp_tests::model::run;
use jipp_tests::rounds::rounds;
use proptest::prelude::*;

fn config() -> ProptestConfig {
    let cases = u32::try_from(rounds(2_000)).unwrap();
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(config())]

    /// Refusals, present, past, undo, merges; state and indexes are what folding the journal anew gives.
    #[test]
    fn a_registry_does_what_its_model_does(bytes in proptest::collection::vec(any::<u8>(), 0..180)) {
        run(&bytes);
    }
}

/// One history with everything in it, so that nothing is left to chance alone.
#[test]
fn every_kind_of_edit_is_tried() {
    let edits: [[u8; 3]; 16] = [
        [0, 0, 1],  // register a
        [0, 0, 2],  // and again: refused
        [0, 1, 3],  // register b
        [1, 0, 4],  // revise a
        [2, 0, 5],  // revise what has another title by now: refused
        [5, 0, 1],  // merge a into b
        [1, 0, 6],  // revise what was merged: refused
        [3, 1, 0],  // retract b: a stands for nothing
        [4, 1, 0],  // restore b
        [6, 0, 0],  // unmerge a
        [7, 8, 0],  // take the unmerging back
        [7, 2, 0],  // take the registration of a back: blocked
        [7, 99, 0], // a revision that is not there
        [6, 0, 0],  // unmerge a
        [3, 0, 0],  // retract a
        [7, 10, 0], // take that back
    ];
    run(edits.as_flattened());
}
