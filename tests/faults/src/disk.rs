//! The disk: which call fails, how, and what is left when the power is cut.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::ffi;

use crate::files::{Image, Step};
use crate::vfs;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The power is cut before a write, a wait for the disk, or a removal: nothing works from then on.
    Cut,
    /// The power is cut within a write, which is done by half.
    Torn,
    /// A wait for the disk fails, once.
    SyncFails,
    /// The disk is full, until it is [mended](Disk::mend).
    Full,
    /// A write fails, once.
    WriteFails,
    /// A read fails, once.
    ReadFails,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 6] = [Self::Cut, Self::Torn, Self::SyncFails, Self::Full, Self::WriteFails, Self::ReadFails];

    fn counts(self, call: Call) -> bool {
        match self {
            Self::Cut => call != Call::Read,
            Self::Torn => call == Call::Write,
            Self::SyncFails => call == Call::Sync,
            Self::Full | Self::WriteFails => matches!(call, Call::Write | Call::Truncate),
            Self::ReadFails => call == Call::Read,
        }
    }
}

/// What goes wrong, and at which of the calls that it can strike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What.
    pub fault: Fault,
    /// At which call, counted from 1; 0 for never, which only counts.
    pub at: u64,
}

/// What `SQLite` asks of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Read,
    Write,
    Truncate,
    Sync,
    Delete,
}

impl Call {
    /// The result that `SQLite` knows the failure of the call by.
    const fn failure(self) -> i32 {
        match self {
            Self::Read => ffi::SQLITE_IOERR_READ,
            Self::Write => ffi::SQLITE_IOERR_WRITE,
            Self::Truncate => ffi::SQLITE_IOERR_TRUNCATE,
            Self::Sync => ffi::SQLITE_IOERR_FSYNC,
            Self::Delete => ffi::SQLITE_IOERR_DELETE,
        }
    }
}

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Go,
    /// A write is done by half, and then nothing works.
    Half,
    Fail(i32),
}

/// A disk that fails as a plan says.
///
/// Of each file it knows what was waited for (`fsync`), so that a power cut loses of the rest what a generator of chances
/// says. Removals and new names survive at once, which is kinder than a real disk; what the library does to files without
/// `SQLite` (it makes, renames and removes some) never fails here.
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    plan: Option<Plan>,
    calls: u64,
    is_dead: bool,
    has_struck: bool,
    files: BTreeMap<PathBuf, Tracked>,
}

#[derive(Debug, Default)]
struct Tracked {
    image: Image,
    handles: u64,
}

impl Disk {
    /// Lays a disk under everything that `SQLite` opens in a folder, as long as it is held.
    ///
    /// # Errors
    /// If there is no such folder.
    pub fn in_folder(folder: &Path) -> io::Result<Arc<Self>> {
        let disk = Arc::new(Self { folder: fs::canonicalize(folder)?, inner: Mutex::default() });
        vfs::lay_under(&disk);
        Ok(disk)
    }

    /// What goes wrong from now on. Counting begins anew.
    pub fn plan(&self, plan: Plan) {
        let mut inner = self.lock();
        (inner.plan, inner.calls, inner.has_struck) = (Some(plan), 0, false);
    }

    /// How many calls the fault of the plan could have struck.
    pub fn calls(&self) -> u64 {
        self.lock().calls
    }

    /// Whether the fault has come.
    pub fn has_struck(&self) -> bool {
        self.lock().has_struck
    }

    /// Whether the power is cut.
    pub fn is_dead(&self) -> bool {
        self.lock().is_dead
    }

    /// Nothing goes wrong from now on; a dead disk stays dead.
    pub fn mend(&self) {
        self.lock().plan = None;
    }

    /// Starts the machine again, after everything on the disk was closed: what was not waited for is there, lost or torn, as
    /// `chance` says (it gives a number below its argument).
    ///
    /// # Errors
    /// Those of writing what is left.
    pub fn restart(&self, chance: &mut dyn FnMut(u64) -> u64) -> io::Result<()> {
        let inner = std::mem::take(&mut *self.lock());
        for (path, tracked) in inner.files {
            assert_eq!(tracked.handles, 0, "{} is still open", path.display());
            // What is shared between processes lies in memory.
            let is_gone = !path.exists();
            if !is_gone {
                fs::write(&path, tracked.image.after_cut(chance))?;
            }
            let mut shared = path.into_os_string();
            shared.push("-shm");
            match fs::remove_file(shared) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    pub(crate) fn holds(&self, path: &Path) -> bool {
        path.parent() == Some(&self.folder)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call and says how it ends.
    pub(crate) fn before(&self, call: Call) -> Verdict {
        let mut inner = self.lock();
        if inner.is_dead {
            return Verdict::Fail(call.failure());
        }
        let Some(Plan { fault, at }) = inner.plan.filter(|plan| plan.fault.counts(call)) else { return Verdict::Go };
        inner.calls += 1;
        let strikes = inner.calls == at || (fault == Fault::Full && at > 0 && inner.calls > at);
        if !strikes {
            return Verdict::Go;
        }
        inner.has_struck = true;
        inner.is_dead = matches!(fault, Fault::Cut | Fault::Torn);
        match fault {
            Fault::Torn => Verdict::Half,
            Fault::Full => Verdict::Fail(ffi::SQLITE_FULL),
            _ => Verdict::Fail(call.failure()),
        }
    }

    /// A file is about to be opened. What is there counts as being there for good, unless it is what this disk wrote last.
    pub(crate) fn open(&self, path: &Path) {
        let mut inner = self.lock();
        let tracked = inner.files.entry(path.to_owned()).or_default();
        // Only while nobody has it open here: closing a file gives up the locks of the process on it.
        if tracked.handles == 0 {
            let found = fs::read(path).unwrap_or_default();
            if tracked.image.now() != found {
                tracked.image = Image::new(found);
            }
        }
        tracked.handles += 1;
    }

    pub(crate) fn close(&self, path: &Path) {
        if let Some(tracked) = self.lock().files.get_mut(path) {
            tracked.handles = tracked.handles.saturating_sub(1);
        }
    }

    pub(crate) fn wrote(&self, path: &Path, at: usize, bytes: &[u8]) {
        self.did(path, |image| image.push(Step::Write { at, bytes: bytes.to_vec() }));
    }

    pub(crate) fn truncated(&self, path: &Path, length: usize) {
        self.did(path, |image| image.push(Step::Truncate(length)));
    }

    pub(crate) fn synced(&self, path: &Path) {
        self.did(path, Image::sync);
    }

    pub(crate) fn deleted(&self, path: &Path) {
        self.did(path, |image| *image = Image::default());
    }

    fn did(&self, path: &Path, step: impl FnOnce(&mut Image)) {
        if let Some(tracked) = self.lock().files.get_mut(path) {
            step(&mut tracked.image);
        }
    }
}
