//! What goes wrong with the file, as an error of the library.

use std::io;
use std::path::Path;

use rusqlite::ffi::{self, ErrorCode};

use crate::base::{Code, Error};

/// Anything that goes wrong below; [`at`](Fault::at) makes it an error of the library.
#[derive(Debug)]
pub(super) enum Fault {
    Sql(rusqlite::Error),
    Io(io::Error),
    Own(Error),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Own(error)
    }
}

impl Fault {
    /// The error, with the file it concerns.
    pub(super) fn at(self, path: &Path) -> Error {
        let error = match self {
            Self::Own(error) => error,
            Self::Sql(cause) => Error::new(sql_code(&cause)).caused_by(cause),
            Self::Io(cause) => Error::new(io_code(&cause)).caused_by(cause),
        };
        error.source_name(path.display().to_string())
    }

    /// The code that the error will have.
    pub(super) fn code(&self) -> Code {
        match self {
            Self::Own(error) => error.code_value(),
            Self::Sql(cause) => sql_code(cause),
            Self::Io(cause) => io_code(cause),
        }
    }
}

fn sql_code(error: &rusqlite::Error) -> Code {
    // Rows that are missing or hold values of another type than the schema says come from a file that was tampered
    // with, as do tables that are not there (the statements are fixed, so they cannot be at fault).
    let Some(failure) = error.sqlite_error() else { return Code::StoreDamaged };
    match (failure.code, failure.extended_code) {
        (ErrorCode::DiskFull, _) => Code::StoreFull,
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Code::StoreLocked,
        (ErrorCode::NotADatabase, _) => Code::StoreForeign,
        (ErrorCode::PermissionDenied | ErrorCode::ReadOnly | ErrorCode::CannotOpen, _) => Code::StorePermission,
        (ErrorCode::DatabaseCorrupt | ErrorCode::Unknown | ErrorCode::ConstraintViolation, _)
        | (_, ffi::SQLITE_IOERR_CORRUPTFS | ffi::SQLITE_IOERR_DATA) => Code::StoreDamaged,
        _ => Code::StoreIo,
    }
}

fn io_code(error: &io::Error) -> Code {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Code::StorePermission,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Code::StoreFull,
        io::ErrorKind::WouldBlock => Code::StoreLocked,
        _ => Code::StoreIo,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_result_of_sqlite_has_the_code_that_helps() {
        let cases = [
            (ffi::SQLITE_FULL, Code::StoreFull),
            (ffi::SQLITE_BUSY, Code::StoreLocked),
            (ffi::SQLITE_BUSY_SNAPSHOT, Code::StoreLocked),
            (ffi::SQLITE_NOTADB, Code::StoreForeign),
            (ffi::SQLITE_CORRUPT, Code::StoreDamaged),
            (ffi::SQLITE_CORRUPT_INDEX, Code::StoreDamaged),
            (ffi::SQLITE_ERROR, Code::StoreDamaged),
            (ffi::SQLITE_CONSTRAINT_UNIQUE, Code::StoreDamaged),
            (ffi::SQLITE_IOERR_CORRUPTFS, Code::StoreDamaged),
            (ffi::SQLITE_READONLY, Code::StorePermission),
            (ffi::SQLITE_READONLY_DIRECTORY, Code::StorePermission),
            (ffi::SQLITE_CANTOPEN, Code::StorePermission),
            (ffi::SQLITE_PERM, Code::StorePermission),
            (ffi::SQLITE_IOERR_FSYNC, Code::StoreIo),
            (ffi::SQLITE_NOMEM, Code::StoreIo),
        ];
        for (result, code) in cases {
            let fault = Fault::Sql(rusqlite::Error::SqliteFailure(ffi::Error::new(result), None));
            assert_eq!(fault.code(), code, "{result}");
            let error = fault.at(Path::new("net.jipp"));
            assert_eq!(error.location().source.as_deref(), Some("net.jipp"));
            assert!(error.cause().is_some());
        }
        assert_eq!(Fault::from(rusqlite::Error::QueryReturnedNoRows).code(), Code::StoreDamaged);
    }

    #[test]
    fn every_error_of_the_system_has_the_code_that_helps() {
        let cases = [
            (io::ErrorKind::PermissionDenied, Code::StorePermission),
            (io::ErrorKind::StorageFull, Code::StoreFull),
            (io::ErrorKind::WouldBlock, Code::StoreLocked),
            (io::ErrorKind::NotFound, Code::StoreIo),
        ];
        for (kind, code) in cases {
            assert_eq!(Fault::from(io::Error::from(kind)).code(), code);
        }
    }
}
