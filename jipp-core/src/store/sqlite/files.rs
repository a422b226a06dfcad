//! The file and those beside it: where they lie, whether they are whole, who may read them, how they come to be.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::errors::Fault;
use crate::base::{Code, Error};

/// The one path of a file, however it is named: links resolved, absolute. Two names of one file would have two locks.
/// The file need not exist; its folder must.
pub(super) fn resolve(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let name = path.file_name().ok_or(error)?;
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            Ok(fs::canonicalize(folder.unwrap_or(Path::new(".")))?.join(name))
        }
        found => found,
    }
}

/// The file of the same name with an ending added, as `net.jipp-wal`.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

/// Whether there is a file that may be a network.
///
/// The file is not opened: closing it would drop the locks that other handles of this process hold on it
/// (a rule of POSIX; see "How To Corrupt An `SQLite` Database File", section 2.2, at sqlite.org).
pub(super) fn exists(path: &Path) -> Result<bool, Fault> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error.into()),
        Ok(found) if !found.is_file() => Err(Error::new(Code::StoreForeign).expected("a file").into()),
        // A network is never empty (see `create`), and SQLite would take an empty file for a new database and throw
        // away what the write-ahead log beside it still holds.
        Ok(found) if found.len() == 0 => {
            Err(Error::new(Code::StoreDamaged).value("0 bytes").expected("a file that was not cut off").into())
        }
        Ok(_) => Ok(true),
    }
}

/// Checks that a file that no log belongs to consists of whole pages; `SQLite` would fill the last one up with zeros.
pub(super) fn check_whole(path: &Path, page: u64) -> Result<(), Fault> {
    // The log first: whoever closes the network brings it in, and then removes it.
    if is_empty_or_absent(&beside(path, "-wal")) {
        let bytes = fs::metadata(path)?.len();
        if bytes % page != 0 {
            return Err(Error::new(Code::StoreDamaged)
                .value(bytes)
                .expected(format!("whole pages of {page} bytes"))
                .into());
        }
    }
    Ok(())
}

/// Whether a file holds nothing.
pub(super) fn is_empty_or_absent(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(found) => found.len() == 0,
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Makes a new file that is either whole or not there: `fill` writes it under another name.
pub(super) fn create(path: &Path, fill: impl FnOnce(&Path) -> Result<(), Fault>) -> Result<(), Fault> {
    if fs::exists(path)? {
        return Err(Error::new(Code::OptionInvalid).field("path").expected("a name that is free").into());
    }
    // A log without its database would be taken for the log of the new one.
    for log in [beside(path, "-wal"), beside(path, "-journal")] {
        if fs::exists(&log)? {
            let hint = "the database that this log belongs to, beside it";
            return Err(Error::new(Code::StoreDamaged).value(log.display()).expected(hint).into());
        }
    }
    let draft = beside(path, ".new");
    let made = draw(&draft, fill).and_then(|()| Ok(fs::rename(&draft, path)?));
    if made.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&draft);
    }
    made?;
    sync_folder(path);
    Ok(())
}

fn draw(draft: &Path, fill: impl FnOnce(&Path) -> Result<(), Fault>) -> Result<(), Fault> {
    match fs::remove_file(draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    // SQLite gives the files it makes beside a database the permissions of the database.
    drop(private().create_new(true).open(draft)?);
    fill(draft)?;
    Ok(private().open(draft)?.sync_all()?)
}

/// Registers hold names and telephone numbers: only the owner may read what is made here.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a new name in a folder durable, where the system can do that. File systems that cannot, need not.
fn sync_folder(path: &Path) {
    if cfg!(unix)
        && let Some(folder) = path.parent()
    {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// The address of a file that `SQLite` shall take as it is, without locks and logs.
///
/// See "Uniform Resource Identifiers" at sqlite.org/uri.html.
pub(super) fn immutable(path: &Path) -> String {
    let mut address = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/.-_~".contains(byte) {
            address.push(char::from(*byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address + "?immutable=1"
}
