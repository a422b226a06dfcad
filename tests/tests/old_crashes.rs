//! What once broke a parser is put to it for ever, as are the seeds of the fuzzer, as they are and altered by chance; and every
//! parser has a fuzz target.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jipp_tests::crash::Dice;
use jipp_tests::parsers::{ALL, named};
use jipp_tests::rounds::rounds;

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names in a folder, without the endings.
fn names(folder: &Path) -> BTreeSet<String> {
    let name =
        |entry: std::io::Result<fs::DirEntry>| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
    fs::read_dir(folder).unwrap().map(name).collect()
}

/// Puts every file of a folder's folders to the parser that the folder is named after; says how many there were.
fn put(folder: &Path) -> usize {
    let mut files = 0;
    for parser in names(folder) {
        for entry in fs::read_dir(folder.join(&parser)).unwrap() {
            named(&parser)(&fs::read(entry.unwrap().path()).unwrap());
            files += 1;
        }
    }
    files
}

#[test]
fn every_parser_has_a_fuzz_target_and_seeds() {
    let parsers: BTreeSet<String> = ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    let fuzz = top().join("jipp-core/fuzz");
    assert_eq!(names(&fuzz.join("fuzz_targets")), parsers);
    assert_eq!(names(&fuzz.join("seeds")), parsers);
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for parser in parsers {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{parser}.rs\"")), "{parser}");
        let target = fs::read_to_string(fuzz.join(format!("fuzz_targets/{parser}.rs"))).unwrap();
        assert!(target.contains(&format!("named(\"{parser}\")")), "{parser}");
    }
}

#[test]
fn seeds_harm_nothing() {
    assert!(put(&top().join("jipp-core/fuzz/seeds")) >= 25);
}

/// A place in some bytes; their end too.
fn place(bytes: &[u8], dice: &mut Dice) -> usize {
    usize::try_from(dice.below(bytes.len() as u64 + 1)).unwrap()
}

/// One to four accidents: a bit, a byte that means something somewhere, a part left out, a part twice, a part of another file.
fn altered(bytes: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        let (at, to) = (place(&bytes, dice), place(&bytes, dice));
        let (at, to) = (at.min(to), at.max(to).min(at.min(to) + 64));
        match dice.below(5) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 => {
                let sign = b"\0\n\"',;:{}[]()<>&%#\\/-=0919.eE\xff\xc3\x80"[usize::try_from(dice.below(32)).unwrap()];
                bytes.insert(at, sign);
            }
            2 => drop(bytes.drain(at..to)),
            3 => {
                let part = bytes[at..to].to_vec();
                bytes.splice(at..at, part);
            }
            _ => {
                let from = place(other, dice);
                let part = other[from..other.len().min(from + 64)].to_vec();
                bytes.splice(at..to, part);
            }
        }
    }
    bytes
}

/// A fuzzer without an eye for what is new: much weaker than the real one, and always at hand.
#[test]
fn altered_seeds_harm_nothing() {
    let folder = top().join("jipp-core/fuzz/seeds");
    for (number, (parser, parse)) in (0..).zip(ALL) {
        let files = fs::read_dir(folder.join(parser)).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
        let mut seeds: Vec<Vec<u8>> = files.collect();
        // In an order of its own on every system.
        seeds.sort();
        let mut dice = Dice::new(number);
        for round in 0..rounds(60) {
            let one = usize::try_from(round).unwrap() % seeds.len();
            let other = usize::try_from(dice.below(seeds.len() as u64)).unwrap();
            parse(&altered(&seeds[one], &seeds[other], &mut dice));
        }
    }
}

#[test]
fn old_crashes_harm_nothing_any_more() {
    assert!(put(&top().join("tests/fixtures/crashes")) >= 1);
}
