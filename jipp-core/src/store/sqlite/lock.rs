//! The lock of the one writer.

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::errors::Fault;

/// Held by the one writer of a network; given back when it is dropped or the process ends, however it ends.
///
/// It is an exclusive transaction, never ended, on an empty database beside the network. `SQLite` locks files on every
/// system it runs on, and keeps apart handles of one process too; `File::try_lock` of the standard library answers
/// "unsupported" on Android before Rust 1.98 (rust-lang/rust, pull request 157038).
#[derive(Debug)]
pub(super) struct WriterLock {
    /// Never used again; the mutex makes it `Sync`.
    _held: Mutex<Connection>,
}

impl WriterLock {
    /// Takes the lock, or says at once that another has it.
    ///
    /// `path` is that of the lock, a file that is made and stays.
    pub(super) fn take(path: &Path) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        conn.busy_timeout(Duration::ZERO)?;
        conn.execute_batch("BEGIN EXCLUSIVE")?;
        #[cfg(unix)]
        {
            // Whoever may open it may block the writer.
            let owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
            std::fs::set_permissions(path, owner)?;
        }
        Ok(Self { _held: Mutex::new(conn) })
    }
}
