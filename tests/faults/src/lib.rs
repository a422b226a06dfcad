//! What goes wrong on real machines, on purpose and at a chosen moment: a disk that fails ([`Disk`]), under `SQLite` and
//! therefore under everything that is kept in a file; and memory that is counted ([`Counting`]).
//!
//! A test names a folder ([`Disk::in_folder`]); from then on the files that `SQLite` opens there lie on that disk, while all
//! others are left alone, so that tests run side by side. The library under test knows nothing of it.
#![allow(
    clippy::missing_panics_doc,
    clippy::expect_used,
    reason = "a broken disk model must stop the test that uses it"
)]

#[cfg(unix)]
mod disk;
#[cfg(unix)]
mod files;
mod memory;
#[cfg(unix)]
mod vfs;

#[cfg(unix)]
pub use disk::{Disk, Fault, Plan};
pub use memory::Counting;
