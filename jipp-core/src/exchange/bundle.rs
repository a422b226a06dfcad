//! Changes on their way from one copy of a network to another.
//!
//! A bundle is JSON Lines: a header, one change a line, and a footer with the count and a checksum (CRC-32) of the changes. A
//! receiver knows that nothing was lost or altered on the way, and applies it with [`Registry::receive`]: any number of times, in any
//! order.

use std::io::Write;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::{Code, Error, Origin, Result};
use crate::registry::{Change, Registry, Revision};

/// The name of the format.
const FORMAT: &str = "jipp-bundle";
/// The version of the format that this library writes, and the newest it reads.
pub const BUNDLE_VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Header {
    format: String,
    version: u32,
    origin: Origin,
    after: Revision,
    revision: Revision,
    changes: u64,
}

#[derive(Serialize, Deserialize)]
struct Footer {
    count: u64,
    crc32: u32,
}

/// The changes that a copy of a network recorded or took in after a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The copy that made the bundle.
    pub origin: Origin,
    /// The revision of that copy after which the changes were recorded.
    pub after: Revision,
    /// The revision of that copy when the bundle was made: the `after` of the next one.
    pub revision: Revision,
    /// The changes.
    pub changes: Vec<Change>,
}

/// Writes a bundle of everything recorded after a revision; 0 for everything. Gives the revision to begin the next one after.
///
/// ```
/// use jipp_core::{base::Origin, exchange, registry::{Action, Registry, Stamp}, store::MemoryStore};
/// use jipp_core::model::{Line, Sector};
/// let mut phone = Registry::open(Box::new(MemoryStore::new()), Origin::new("phone-7")?)?;
/// let mut hub = Registry::open(Box::new(MemoryStore::new()), Origin::new("hub-maluku")?)?;
/// let sector = Sector::new("health".parse()?, Line::new("Kesehatan")?);
/// phone.commit(&Stamp::at("2026-11-21T08:00:00Z".parse()?), vec![Action::Register(sector.into())])?;
///
/// let mut file = Vec::new();
/// exchange::export_since(&phone, 0, &mut file)?;
/// let received = hub.receive(exchange::decode(&file)?.changes)?;
/// assert_eq!((received.new, received.known), (1, 0));
/// let again = hub.receive(exchange::decode(&file)?.changes)?;
/// assert_eq!((again.new, again.known), (0, 1));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `revision-unknown`; kinds `storage` and `corrupt`.
pub fn export_since(registry: &Registry, after: Revision, out: &mut dyn Write) -> Result<Revision> {
    let changes = registry.changes_after(after)?;
    let revision = registry.revision();
    encode(registry.origin(), after, revision, &changes, out).map_err(|error| super::export::io_error(&error))?;
    Ok(revision)
}

fn encode(
    origin: &Origin,
    after: Revision,
    revision: Revision,
    changes: &[Arc<Change>],
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let count = changes.len() as u64;
    let header = Header {
        format: FORMAT.to_owned(),
        version: BUNDLE_VERSION,
        origin: origin.clone(),
        after,
        revision,
        changes: count,
    };
    writeln!(out, "{}", serde_json::to_string(&header)?)?;
    let mut sum = crc32fast::Hasher::new();
    for change in changes {
        let line = serde_json::to_string(&**change)?;
        sum.update(line.as_bytes());
        sum.update(b"\n");
        writeln!(out, "{line}")?;
    }
    writeln!(out, "{}", serde_json::to_string(&Footer { count, crc32: sum.finalize() })?)?;
    out.flush()
}

/// Reads a bundle, all or nothing.
///
/// # Errors
/// `format-unknown` if it is something else, `format-newer` if a newer library made it, `bundle-damaged` (with the line) if it is
/// cut short or altered.
pub fn decode(bytes: &[u8]) -> Result<Bundle> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count() as u64;
        if line == 1 { foreign() } else { damaged(line, "UTF-8") }
    })?;
    let mut lines = (1..).zip(text.lines());
    let header = read_header(lines.next().map_or("", |(_, line)| line))?;
    let mut sum = crc32fast::Hasher::new();
    let mut changes = Vec::new();
    for _ in 0..header.changes {
        let next = changes.len() as u64 + 2;
        let (number, line) = lines.next().ok_or_else(|| damaged(next, "a change; the bundle is cut short"))?;
        sum.update(line.as_bytes());
        sum.update(b"\n");
        let change = serde_json::from_str(line).map_err(|error| damaged(number, "a change").caused_by(error))?;
        changes.push(change);
    }
    let end = header.changes + 2;
    let (_, line) = lines.next().ok_or_else(|| damaged(end, "the footer; the bundle is cut short"))?;
    let footer: Footer = serde_json::from_str(line).map_err(|error| damaged(end, "the footer").caused_by(error))?;
    if footer.count != header.changes || footer.crc32 != sum.finalize() {
        return Err(damaged(end, "the count and checksum of the changes"));
    }
    match lines.find(|(_, line)| !line.trim().is_empty()) {
        Some((number, _)) => Err(damaged(number, "nothing behind the footer")),
        None => Ok(Bundle { origin: header.origin, after: header.after, revision: header.revision, changes }),
    }
}

fn read_header(line: &str) -> Result<Header> {
    let raw: serde_json::Value = serde_json::from_str(line).map_err(|_| foreign())?;
    if raw["format"] != FORMAT {
        return Err(foreign());
    }
    match raw["version"].as_u64() {
        Some(version) if version > u64::from(BUNDLE_VERSION) => {
            Err(Error::new(Code::FormatNewer).line(1).value(version).expected(format!("at most {BUNDLE_VERSION}")))
        }
        _ => serde_json::from_value(raw).map_err(|error| damaged(1, "a header").caused_by(error)),
    }
}

fn foreign() -> Error {
    Error::new(Code::FormatUnknown).line(1).expected(format!("a header with \"format\":\"{FORMAT}\""))
}

fn damaged(line: u64, expected: &str) -> Error {
    Error::new(Code::BundleDamaged).line(line).expected(expected)
}
