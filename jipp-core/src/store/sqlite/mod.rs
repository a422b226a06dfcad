//! A network in one `SQLite` file.
//!
//! # What is kept
//! * A commit is on disk before [`append`](Store::append) returns. After a crash the file holds every commit that was
//!   acknowledged, and at most the one that was being written, whole.
//! * Every change is chained to the one before by a checksum. Reading checks it: what was edited, left out or put in
//!   another order outside of this library is told, with the place. It guards against accidents, not against forgers.
//! * What changes say of persons stands beside the journal and can be [erased](Store::erase), while the journal stays whole.
//! * The journal is plain JSON in a plain table, so that any tool can read it. What is intact of a damaged file,
//!   [`salvage`] gets out.
//!
//! # Who may open it
//! One writer at a time; it holds a lock on the empty file `NAME.lock` beside the network, which stays there. Any
//! number of readers, in any process, also while the writer is at work. Beside the file `SQLite` keeps `NAME-wal` and
//! `NAME-shm` while it is open, and after a crash until it is opened again: whoever copies a network copies them too,
//! or uses [`backup_to`](Store::backup_to). Files made here can be read and written by their owner only.
//!
//! The file must lie on a local disk: `SQLite` cannot share a write-ahead log over a network drive.

mod errors;
mod files;
mod journal;
mod lock;
mod pages;
mod personal;
mod salvage;
mod schema;
mod snapshot;
mod verify;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use errors::Fault;
use lock::WriterLock;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
pub use salvage::{Salvaged, salvage};
use serde::{Deserialize, Serialize};

use super::{Entry, Problem, Snapshot, Store};
use crate::base::{Code, Error, Result};
use crate::model::EntityRef;
use crate::registry::{Change, Revision};

/// How long to wait for another process that has the file for a moment, as when it opens it after a crash.
const PATIENCE: Duration = Duration::from_secs(5);

/// Settings of every handle. The cache (8 MiB) holds the index of some 500,000 changes, so that an import finds it in
/// memory. A file may come from anywhere: nothing in its schema may call functions with effects, and pages are checked
/// on reading.
const EVERY_HANDLE: &str = "
    PRAGMA cache_size = -8192;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
";

/// Settings of the writer. `FULL`: the log is on disk before a commit returns (with `NORMAL`, a power cut loses the
/// last commits); `fullfsync`: also on Apple's systems, where the ordinary call stops at the cache of the drive. The
/// log is brought into the database every 32 MiB (4,096 pages; by itself `SQLite` does so at 1,000) because an import
/// touches the same pages of the index again and again, and each time costs two waits for the disk; a log that grew
/// beyond that in one commit is cut back.
const WRITER: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA wal_autocheckpoint = 4096;
    PRAGMA journal_size_limit = 33554432;
";

/// How a network is opened for writing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The size in bytes that the file may grow to, where there is a limit; beyond, `store-full`. The write-ahead log
    /// beside it does not count.
    pub max_bytes: Option<u64>,
}

/// A journal in one `SQLite` file; see the [module](self).
///
/// ```
/// use jipp_core::store::{SqliteStore, Store, sqlite::Options};
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("jawa-timur.jipp");
/// let store = SqliteStore::open(&path, &Options::default())?;
/// assert_eq!(store.head()?, 0);
///
/// let second = SqliteStore::open(&path, &Options::default());
/// assert_eq!(second.unwrap_err().code(), "store-locked");
/// let reader = SqliteStore::open_read_only(&path)?;
/// assert!(reader.verify()?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct SqliteStore {
    // Closed before the lock is given back: fields are dropped in order.
    conn: Mutex<Connection>,
    path: PathBuf,
    /// None if it was opened for reading only.
    lock: Option<WriterLock>,
}

impl SqliteStore {
    /// Opens a network for writing; makes it if there is none. An older layout is brought up to date.
    ///
    /// # Errors
    /// `store-locked` if another handle, here or in another process, has it open for writing; `store-foreign` if the
    /// file is something else; `format-newer`; `store-damaged` if the file is cut short or damaged where it begins;
    /// `store-permission`, `store-full`, `store-io`.
    pub fn open(path: impl AsRef<Path>, options: &Options) -> Result<Self> {
        let (given, attempt) = (path.as_ref(), || {
            let path = files::resolve(path.as_ref())?;
            let lock = WriterLock::take(&files::beside(&path, ".lock"))?;
            if !files::exists(&path)? {
                files::create(&path, |draft| schema::lay_out(&mut connect(draft, OpenFlags::SQLITE_OPEN_READ_WRITE)?))?;
            }
            let conn = Mutex::new(writer(&path, options)?);
            Ok(Self { conn, path, lock: Some(lock) })
        });
        attempt().map_err(|fault: Fault| fault.at(given))
    }

    /// Opens a network for reading only: it sees what writers commit, also those in other processes.
    ///
    /// In a folder where nothing can be written, a network that was closed in order is read as it lies there; nobody
    /// else may then write it.
    ///
    /// # Errors
    /// As [`open`](Self::open), but never `store-locked` because of a writer; `store-io` if there is no such file;
    /// `store-read-only` if its layout must be brought up to date first.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self> {
        let (given, attempt) = (path.as_ref(), || {
            let path = files::resolve(path.as_ref())?;
            if !files::exists(&path)? {
                return Err(io::Error::from(io::ErrorKind::NotFound).into());
            }
            let conn = Mutex::new(reader(&path)?);
            Ok(Self { conn, path, lock: None })
        });
        attempt().map_err(|fault: Fault| fault.at(given))
    }

    /// The connection. A panic elsewhere leaves it usable: a transaction ends with the frame that began it.
    fn conn(&self) -> MutexGuard<'_, Connection> {
        self.conn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads something.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T> {
        work(&self.conn()).map_err(|fault| fault.at(&self.path))
    }

    /// Writes something, if it may.
    fn write<T>(&mut self, work: impl FnOnce(&mut Connection) -> Result<T, Fault>) -> Result<T> {
        let conn = self.conn.get_mut().unwrap_or_else(PoisonError::into_inner);
        let done = match self.lock {
            Some(_) => work(conn),
            None => Err(Error::new(Code::StoreReadOnly).into()),
        };
        done.map_err(|fault| fault.at(&self.path))
    }
}

fn connect(path: impl AsRef<Path>, flags: OpenFlags) -> Result<Connection, Fault> {
    // One thread at a time is what the mutex of the store sees to.
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(PATIENCE)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.execute_batch(EVERY_HANDLE)?;
    Ok(conn)
}

fn writer(path: &Path, options: &Options) -> Result<Connection, Fault> {
    let mut conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    if conn.is_readonly("main")? {
        return Err(Error::new(Code::StorePermission).expected("a file that may be written").into());
    }
    schema::check_header(&conn)?;
    files::check_whole(path, schema::page_size(&conn)?)?;
    let mode: String = conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(Error::new(Code::StoreIo).value(mode).expected("a local disk").into());
    }
    conn.execute_batch(WRITER)?;
    if let Some(bytes) = options.max_bytes {
        // 0 would mean no limit.
        let pages = (bytes / u64::from(schema::PAGE)).clamp(1, u64::from(u32::MAX) - 1);
        conn.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
    }
    schema::bring_up_to_date(&mut conn)?;
    Ok(conn)
}

fn reader(path: &Path) -> Result<Connection, Fault> {
    let ready = |conn: Connection| -> Result<Connection, Fault> {
        schema::check_header(&conn)?;
        files::check_whole(path, schema::page_size(&conn)?)?;
        schema::check_up_to_date(&conn)?;
        Ok(conn)
    };
    match connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).and_then(ready) {
        // SQLite could not make the files it shares with a writer. There is none if there is no log.
        Err(fault)
            if fault.code() == Code::StorePermission && files::is_empty_or_absent(&files::beside(path, "-wal")) =>
        {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            connect(files::immutable(path), flags).and_then(ready)
        }
        other => other,
    }
}

impl Store for SqliteStore {
    /// # Complexity
    /// Linear in the bytes of the changes, times the logarithm of the length of the journal; one wait for the disk.
    fn append(&mut self, revision: Revision, changes: &[Arc<Change>]) -> Result<()> {
        self.write(|conn| journal::append(conn, revision, changes))
    }

    fn head(&self) -> Result<Revision> {
        self.read(|conn| Ok(journal::head(conn)?.revision))
    }

    /// # Complexity
    /// Linear in what is read; a few hundred entries are in memory at once.
    fn read_after(&self, revision: Revision, visit: &mut dyn FnMut(Entry) -> Result<()>) -> Result<()> {
        let mut walk = self.read(|conn| journal::Walk::after(conn, revision))?;
        loop {
            // The connection is free while the entries are visited.
            let entries = self.read(|conn| walk.next(conn))?;
            if entries.is_empty() {
                return Ok(());
            }
            entries.into_iter().try_for_each(&mut *visit)?;
        }
    }

    /// # Complexity
    /// Linear in what is found, times the logarithm of the length of the journal.
    fn history(&self, subject: &EntityRef) -> Result<Vec<Entry>> {
        self.read(|conn| journal::history(conn, subject))
    }

    fn snapshot(&self) -> Result<Option<Snapshot>> {
        self.read(snapshot::load)
    }

    fn save_snapshot(&mut self, snapshot: &Snapshot) -> Result<()> {
        self.write(|conn| snapshot::save(conn, snapshot))
    }

    /// Empties what stands beside the journal, and writes the file anew, so that nothing is left in its gaps or in the log.
    /// Meanwhile it takes up to three times the space.
    ///
    /// # Errors
    /// `store-locked` if a reader holds on to the log; nobody who opens the file later reads what was erased, but it lies there
    /// until `erase` is called again.
    ///
    /// # Complexity
    /// Linear in the size of the file.
    fn erase(&mut self, subject: &EntityRef) -> Result<u64> {
        self.write(|conn| {
            let erased = personal::erase(conn, subject)?;
            if rewrite(conn)? { Ok(erased) } else { Err(Error::new(Code::StoreLocked).into()) }
        })
    }

    /// With links resolved.
    fn path(&self) -> Option<&Path> {
        Some(&self.path)
    }

    /// Checks the database, every checksum and every body, and that revisions, counts and columns agree. A damaged
    /// snapshot is told too, though it does no harm.
    ///
    /// # Complexity
    /// Linear in the size of the file.
    fn verify(&self) -> Result<Vec<Problem>> {
        self.read(|conn| verify::verify(conn, &self.path))
    }

    /// The copy is compact, on disk when this returns, and either whole or not there.
    ///
    /// # Errors
    /// `option-invalid` if the target exists.
    ///
    /// # Complexity
    /// Linear in the size of the file.
    fn backup_to(&self, target: &Path) -> Result<()> {
        let attempt = || {
            let target = files::resolve(target)?;
            files::create(&target, |draft| {
                let name = draft.to_str().ok_or_else(|| Error::new(Code::Utf8).field("path"))?;
                self.conn().execute("VACUUM INTO ?1", [name])?;
                Ok(())
            })
        };
        attempt().map_err(|fault: Fault| fault.at(target))
    }

    /// Writes the file anew, without gaps. Meanwhile it takes up to three times the space.
    ///
    /// # Complexity
    /// Linear in the size of the file.
    fn compact(&mut self) -> Result<()> {
        self.write(|conn| rewrite(conn).map(drop))
    }
}

/// Writes the file anew. Says whether the log could be emptied; a reader may hold on to it.
fn rewrite(conn: &Connection) -> Result<bool, Fault> {
    // The log is emptied before, so that it need not grow, and after, so that the file gets its new size.
    let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
    conn.query_row(checkpoint, [], |_| Ok(()))?;
    conn.execute_batch("VACUUM")?;
    Ok(conn.query_row(checkpoint, [], |row| Ok(row.get::<_, i64>(0)? == 0))?)
}
