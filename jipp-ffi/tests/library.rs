//! The shared library as it is handed out: aligned for large pages.
//!
//! That this is a test of its own also has cargo make the shared library whenever all tests are run: the tests of the
//! other languages load it.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a library that cannot be read is a failed test")]

use std::path::PathBuf;

/// The page size of newer Android devices.
const PAGE: u64 = 16_384;

fn library() -> Vec<u8> {
    let mut folder: PathBuf = std::env::current_exe().expect("this program");
    folder.pop();
    // Cargo puts the library beside its tests or one folder up, depending on what was asked for.
    let found = [folder.join("libjipp_ffi.so"), folder.join("../libjipp_ffi.so")];
    let file = found.iter().find(|file| file.exists()).expect("the shared library");
    std::fs::read(file).expect("the shared library")
}

fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    bytes[at..at + length].iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// The alignments of the segments that are loaded, read from the program headers of a 64-bit ELF file.
fn alignments(elf: &[u8]) -> Vec<u64> {
    assert_eq!(&elf[..5], b"\x7fELF\x02", "a 64-bit ELF file");
    let usize_at = |at, length| usize::try_from(number(elf, at, length)).unwrap();
    let (table, size, count) = (usize_at(0x20, 8), usize_at(0x36, 2), usize_at(0x38, 2));
    let headers = (0..count).map(|n| &elf[table + n * size..table + (n + 1) * size]);
    headers.filter(|header| number(header, 0, 4) == 1).map(|header| number(header, 0x30, 8)).collect()
}

#[test]
fn segments_are_aligned_for_pages_of_16_kib() {
    let found = alignments(&library());
    assert!(found.len() >= 2, "code and data, at least: {found:?}");
    assert!(found.iter().all(|alignment| alignment % PAGE == 0), "{found:?}");
}
