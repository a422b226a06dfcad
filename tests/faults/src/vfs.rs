//! What lies between `SQLite` and the files: a VFS that asks the disk of a folder before each call, and then lets the VFS of
//! the system do it. See "The `SQLite` OS Interface" at sqlite.org/vfs.html.
//!
//! It becomes the default VFS of the process, since the library under test opens files by their paths.
#![allow(unsafe_code, reason = "a VFS is a table of C functions")]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use rusqlite::ffi::{self, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs};

use crate::disk::{Call, Disk, Verdict};

/// The disks there are.
static DISKS: Mutex<Vec<Weak<Disk>>> = Mutex::new(Vec::new());

/// The VFS of the system. Only read, once it is set.
static SYSTEM: OnceLock<System> = OnceLock::new();

struct System(*mut sqlite3_vfs);

// SAFETY: SQLite itself shares its VFS objects between threads; nothing here writes to this one.
unsafe impl Send for System {}
// SAFETY: as above.
unsafe impl Sync for System {}

/// A file of ours; that of the system lies behind it in the memory that `SQLite` gives.
#[repr(C)]
struct File {
    base: sqlite3_file,
    held: *mut Held,
}

/// Which disk a file lies on.
struct Held {
    disk: Arc<Disk>,
    path: PathBuf,
}

/// Lays a disk under its folder.
pub(crate) fn lay_under(disk: &Arc<Disk>) {
    register();
    let mut disks = DISKS.lock().unwrap_or_else(PoisonError::into_inner);
    disks.retain(|disk| disk.strong_count() > 0);
    disks.push(Arc::downgrade(disk));
}

fn disk_of(path: &Path) -> Option<Arc<Disk>> {
    let disks = DISKS.lock().unwrap_or_else(PoisonError::into_inner);
    disks.iter().filter_map(Weak::upgrade).find(|disk| disk.holds(path))
}

fn register() {
    SYSTEM.get_or_init(|| {
        // SAFETY: SQLite makes itself ready on the first call and then hands out its default VFS, which lives for ever. The
        // copy is leaked, so it lives for ever too.
        unsafe {
            let system = ffi::sqlite3_vfs_find(ptr::null());
            assert!(!system.is_null(), "SQLite has a default VFS");
            let ours = sqlite3_vfs {
                szOsFile: (*system).szOsFile + c_int::try_from(size_of::<File>()).expect("it is small"),
                pNext: ptr::null_mut(),
                zName: c"jipp-faults".as_ptr(),
                xOpen: Some(open),
                xDelete: Some(delete),
                ..*system
            };
            assert_eq!(ffi::sqlite3_vfs_register(Box::into_raw(Box::new(ours)), 1), ffi::SQLITE_OK);
            System(system)
        }
    });
}

fn system() -> *mut sqlite3_vfs {
    SYSTEM.get().expect("it is set before the first file is opened").0
}

/// The path that a C text says.
unsafe fn path_of(name: *const c_char) -> Option<PathBuf> {
    if name.is_null() {
        return None;
    }
    // SAFETY: SQLite hands over texts that end with a zero.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes();
    Some(PathBuf::from(std::ffi::OsStr::from_bytes(bytes)))
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: `file` points to `szOsFile` bytes, which is room for ours and that of the system behind it; the table of the
    // system was checked by SQLite when it was registered.
    unsafe {
        (*file).pMethods = ptr::null();
        let held = path_of(name).and_then(|path| Some(Held { disk: disk_of(&path)?, path }));
        if held.as_ref().is_some_and(|held| held.disk.is_dead()) {
            return ffi::SQLITE_CANTOPEN;
        }
        if let Some(held) = &held {
            held.disk.open(&held.path);
        }
        let Some(open) = (*system()).xOpen else { return ffi::SQLITE_CANTOPEN };
        let result = open(system(), name, real(file), flags, out);
        if result != ffi::SQLITE_OK {
            if let Some(held) = &held {
                held.disk.close(&held.path);
            }
            return result;
        }
        (*file.cast::<File>()).held = held.map_or(ptr::null_mut(), |held| Box::into_raw(Box::new(held)));
        (*file).pMethods = &raw const METHODS;
        result
    }
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    // SAFETY: as in `open`.
    unsafe {
        let on_disk = path_of(name).and_then(|path| Some((disk_of(&path)?, path)));
        if let Some((disk, _)) = &on_disk
            && let Verdict::Fail(code) = disk.before(Call::Delete)
        {
            return code;
        }
        let Some(delete) = (*system()).xDelete else { return ffi::SQLITE_IOERR_DELETE };
        let result = delete(system(), name, sync);
        if let Some((disk, path)) = on_disk.filter(|_| result == ffi::SQLITE_OK) {
            disk.deleted(&path);
        }
        result
    }
}

/// The file of the system, behind ours.
fn real(file: *mut sqlite3_file) -> *mut sqlite3_file {
    // Still within the memory of the file; SQLite rounds sizes up to eight bytes, as ours is.
    file.cast::<File>().wrapping_add(1).cast()
}

/// The table of the file of the system.
unsafe fn methods(file: *mut sqlite3_file) -> &'static sqlite3_io_methods {
    // SAFETY: the file is open, so the system has set its table, which lives for ever.
    unsafe { &*(*real(file)).pMethods }
}

/// The disk that a file lies on; `None` elsewhere.
unsafe fn held<'file>(file: *mut sqlite3_file) -> Option<&'file Held> {
    // SAFETY: the file is open, so `held` was set, and is freed only when it is closed.
    unsafe { (*file.cast::<File>()).held.as_ref() }
}

unsafe fn before(file: *mut sqlite3_file, call: Call) -> Verdict {
    // SAFETY: the caller has an open file.
    unsafe { held(file) }.map_or(Verdict::Go, |held| held.disk.before(call))
}

/// Calls a function of the table of the system; what it lacks is not asked for.
macro_rules! pass_on {
    ($file:ident, $method:ident, $missing:expr $(, $argument:expr)*) => {
        // SAFETY: SQLite calls with an open file and with the arguments that the function of the system expects.
        match unsafe { methods($file) }.$method {
            Some(call) => unsafe { call(real($file) $(, $argument)*) },
            None => $missing,
        }
    };
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: the file is open; it is not used after this.
    let held = unsafe { (*file.cast::<File>()).held };
    let result = pass_on!(file, xClose, ffi::SQLITE_OK);
    if !held.is_null() {
        // SAFETY: it came from a box in `open` and is given back once.
        let held = unsafe { Box::from_raw(held) };
        held.disk.close(&held.path);
    }
    result
}

unsafe extern "C" fn read(file: *mut sqlite3_file, into: *mut c_void, amount: c_int, at: sqlite3_int64) -> c_int {
    // SAFETY: SQLite calls with an open file.
    match unsafe { before(file, Call::Read) } {
        Verdict::Fail(code) => code,
        _ => pass_on!(file, xRead, ffi::SQLITE_IOERR_READ, into, amount, at),
    }
}

unsafe extern "C" fn write(file: *mut sqlite3_file, from: *const c_void, amount: c_int, at: sqlite3_int64) -> c_int {
    // SAFETY: SQLite calls with an open file.
    let amount = match unsafe { before(file, Call::Write) } {
        Verdict::Go => amount,
        Verdict::Half => amount / 2,
        Verdict::Fail(code) => return code,
    };
    let result = pass_on!(file, xWrite, ffi::SQLITE_IOERR_WRITE, from, amount, at);
    // SAFETY: as above; `from` points to at least `amount` bytes.
    if let Some(held) = unsafe { held(file) }
        && result == ffi::SQLITE_OK
    {
        let bytes = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), usize::try_from(amount).unwrap_or(0)) };
        held.disk.wrote(&held.path, usize::try_from(at).unwrap_or(0), bytes);
        if held.disk.is_dead() {
            return ffi::SQLITE_IOERR_WRITE;
        }
    }
    result
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    // SAFETY: SQLite calls with an open file.
    if let Verdict::Fail(code) = unsafe { before(file, Call::Truncate) } {
        return code;
    }
    let result = pass_on!(file, xTruncate, ffi::SQLITE_IOERR_TRUNCATE, size);
    // SAFETY: as above.
    if let Some(held) = unsafe { held(file) }
        && result == ffi::SQLITE_OK
    {
        held.disk.truncated(&held.path, usize::try_from(size).unwrap_or(0));
    }
    result
}

/// On our disks nothing is really waited for: the disk itself knows what would be there after a power cut.
unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: SQLite calls with an open file.
    if let Verdict::Fail(code) = unsafe { before(file, Call::Sync) } {
        return code;
    }
    // SAFETY: as above.
    match unsafe { held(file) } {
        Some(held) => {
            held.disk.synced(&held.path);
            ffi::SQLITE_OK
        }
        None => pass_on!(file, xSync, ffi::SQLITE_IOERR_FSYNC, flags),
    }
}

unsafe extern "C" fn file_size(file: *mut sqlite3_file, size: *mut sqlite3_int64) -> c_int {
    pass_on!(file, xFileSize, ffi::SQLITE_IOERR_FSTAT, size)
}

unsafe extern "C" fn lock(file: *mut sqlite3_file, level: c_int) -> c_int {
    pass_on!(file, xLock, ffi::SQLITE_IOERR_LOCK, level)
}

unsafe extern "C" fn unlock(file: *mut sqlite3_file, level: c_int) -> c_int {
    pass_on!(file, xUnlock, ffi::SQLITE_IOERR_UNLOCK, level)
}

unsafe extern "C" fn check_reserved_lock(file: *mut sqlite3_file, held: *mut c_int) -> c_int {
    pass_on!(file, xCheckReservedLock, ffi::SQLITE_IOERR_CHECKRESERVEDLOCK, held)
}

unsafe extern "C" fn file_control(file: *mut sqlite3_file, task: c_int, argument: *mut c_void) -> c_int {
    pass_on!(file, xFileControl, ffi::SQLITE_NOTFOUND, task, argument)
}

unsafe extern "C" fn sector_size(file: *mut sqlite3_file) -> c_int {
    pass_on!(file, xSectorSize, 0)
}

unsafe extern "C" fn device_characteristics(file: *mut sqlite3_file) -> c_int {
    pass_on!(file, xDeviceCharacteristics, 0)
}

unsafe extern "C" fn shm_map(
    file: *mut sqlite3_file,
    region: c_int,
    size: c_int,
    extend: c_int,
    at: *mut *mut c_void,
) -> c_int {
    pass_on!(file, xShmMap, ffi::SQLITE_IOERR_SHMMAP, region, size, extend, at)
}

unsafe extern "C" fn shm_lock(file: *mut sqlite3_file, offset: c_int, count: c_int, flags: c_int) -> c_int {
    pass_on!(file, xShmLock, ffi::SQLITE_IOERR_SHMLOCK, offset, count, flags)
}

unsafe extern "C" fn shm_barrier(file: *mut sqlite3_file) {
    pass_on!(file, xShmBarrier, ());
}

unsafe extern "C" fn shm_unmap(file: *mut sqlite3_file, delete: c_int) -> c_int {
    pass_on!(file, xShmUnmap, ffi::SQLITE_OK, delete)
}

/// Version 2: without the functions that map the file itself into memory, past every call.
static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};
