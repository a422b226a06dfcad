//! What the system does not allow.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use jipp_core::store::sqlite::Options;
use jipp_core::store::{SqliteStore, Store};
use jipp_tests::samples::register_sector;

/// The user `nobody`.
const NOBODY: u32 = 65534;

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// What an ordinary user is told; `None` where a test with all rights cannot start a process without.
fn told(task: &str, path: &Path, all_rights: bool) -> Option<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_store-process"));
    if all_rights {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.arg(task).arg(path).output().ok()?;
    Some(String::from_utf8(output.stdout).unwrap().trim_end().to_owned())
}

#[test]
fn only_the_owner_may_read_what_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.jipp");
    let mut store = SqliteStore::open(&path, &Options::default()).unwrap();
    store.append(1, &[register_sector(1, 1)]).unwrap();
    store.backup_to(&folder.path().join("copy.jipp")).unwrap();
    for name in ["net.jipp", "net.jipp-wal", "net.jipp-shm", "net.jipp.lock", "copy.jipp"] {
        assert_eq!(mode(&folder.path().join(name)), 0o600, "{name}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("arsip 100% ?#");
    fs::create_dir(&inner).unwrap();
    let (path, missing) = (inner.join("net.jipp"), inner.join("missing.jipp"));
    let mut store = SqliteStore::open(&path, &Options::default()).unwrap();
    store.append(1, &[register_sector(1, 1)]).unwrap();
    drop(store);
    fs::remove_file(inner.join("net.jipp.lock")).unwrap();
    set(folder.path(), 0o755);
    set(&path, 0o444);
    set(&inner, 0o555);
    let all_rights = File::create(inner.join("probe")).is_ok();

    let answers = ["write", "read"].map(|task| told(task, &path, all_rights));
    let made = told("write", &missing, all_rights);
    // A log that cannot be brought in: what it holds cannot be left out either.
    set(&inner, 0o755);
    fs::write(inner.join("net.jipp-wal"), [7; 100]).unwrap();
    set(&inner, 0o555);
    let with_log = told("read", &path, all_rights);
    // Only the file is protected.
    set(&inner, 0o777);
    fs::remove_file(inner.join("net.jipp-wal")).unwrap();
    let protected = told("write", &path, all_rights);

    let Some(made) = made else {
        assert!(all_rights, "an ordinary user can start a process");
        return;
    };
    assert_eq!(made, "store-permission");
    assert_eq!(answers.map(Option::unwrap), ["store-permission", "1 1"]);
    assert_eq!(with_log.unwrap(), "store-permission");
    assert_eq!(protected.unwrap(), "store-permission");
}
