//! What can be saved of a damaged file.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::errors::Fault;
use super::journal::{self, Line, Place};
use super::lock::WriterLock;
use super::pages::{Pages, Row, Value};
use super::personal::Beside;
use super::{files, schema};
use crate::base::{Code, Error, Result};
use crate::registry::Change;
use crate::store::{Entry, Problem};

/// What was saved of a damaged file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// The changes that are intact, in the order of the journal. Between them others may be missing.
    pub entries: Vec<Entry>,
    /// How many of them can be read but not checked, because the change before them, which their checksum goes on from, is
    /// lost.
    pub unchecked: u64,
    /// How many changes are known to be lost: those missing between others, and those at the end that a commit tells of.
    pub lost: u64,
    /// What is missing, altered or not understood, with the place.
    pub problems: Vec<Problem>,
}

/// Gets every intact change out of a file, however damaged; see [`Network::salvage`](crate::network::Network::salvage) for a
/// whole network.
///
/// The file and the log beside it are only read, page by page, without `SQLite`: it does not matter whether the header, the
/// schema or the trees of the database are whole. A change is intact if its checksum goes on from the change before it; where
/// that one is lost, it is taken if it can be read and is about what its row says, and counted as unchecked.
///
/// ```
/// use jipp_core::store::{SqliteStore, sqlite::{Options, salvage}};
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("jawa-timur.jipp");
/// drop(SqliteStore::open(&path, &Options::default())?);
/// let saved = salvage(&path)?;
/// assert_eq!((saved.entries.len(), saved.lost, saved.problems.len()), (0, 0, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// `store-locked` if it is open for writing; `store-io` and `store-permission` if it cannot be read.
///
/// # Complexity
/// Linear in the size of the file, in memory in the changes found.
pub fn salvage(path: impl AsRef<Path>) -> Result<Salvaged> {
    let given = path.as_ref();
    let attempt = || -> Result<Salvaged, Fault> {
        let path = files::resolve(given)?;
        // Before anything is made beside it.
        std::fs::metadata(&path)?;
        let lock = WriterLock::take(&files::beside(&path, ".lock"));
        // Where nothing can be written, nobody else writes either.
        if let Err(fault) = &lock
            && fault.code() == Code::StoreLocked
        {
            return Err(Error::new(Code::StoreLocked).into());
        }
        Ok(Found::read(&mut Pages::open(&path, schema::PAGE)?)?.judge())
    };
    attempt().map_err(|fault| fault.at(given))
}

/// A row of the journal, as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Candidate {
    place: Place,
    key: i64,
    kind: Vec<u8>,
    subject: Vec<u8>,
    body: Vec<u8>,
}

impl Candidate {
    /// Reads a row that has the columns of the journal.
    fn read(id: i64, columns: Vec<Value>) -> Option<Self> {
        let [_, Value::Whole(revision), Value::Whole(checksum), Value::Whole(key), kind, subject, body] =
            <[Value; 7]>::try_from(columns).ok()?
        else {
            return None;
        };
        let (Value::Text(kind), Value::Text(subject), Value::Text(body)) = (kind, subject, body) else { return None };
        let place = place(id, revision, checksum)?;
        Some(Self { place, key, kind, subject, body })
    }

    /// The ways to read the row: with what was found beside it, as if that had been erased, and alone.
    fn lines<'row>(&'row self, beside: Option<&'row Aside>) -> Vec<Line<'row>> {
        let erased = Beside { checksum: 0, body: None };
        let found = beside.map(|(checksum, body)| Beside { checksum: *checksum, body: body.as_deref() });
        let besides = [found, Some(erased), None];
        let line = |beside| Line { place: self.place, body: &self.body, beside };
        besides.into_iter().skip(usize::from(found.is_none())).map(line).collect()
    }

    /// The change that a line says, if it is about what its row says.
    fn change(&self, line: &Line<'_>) -> Result<Change> {
        let change = line.change()?;
        let subject = change.action.subject();
        let is_same = i64::from(journal::key(&subject)) == self.key
            && subject.kind.code().as_bytes() == self.kind
            && subject.id.as_bytes() == self.subject;
        if is_same { Ok(change) } else { Err(Error::new(Code::StoreDamaged).value(self.place)) }
    }
}

fn place(seq: i64, revision: i64, checksum: i64) -> Option<Place> {
    let (seq, revision) = (u64::try_from(seq).ok()?, u64::try_from(revision).ok()?);
    Some(Place { revision, seq, checksum: u32::try_from(checksum).ok()? })
}

/// What stands beside a row of the journal: its checksum and its body.
type Aside = (u32, Option<Vec<u8>>);

/// The rows of a file that look like those of our tables.
#[derive(Default)]
struct Found {
    /// What stands beside rows, by their places.
    besides: BTreeMap<u64, Aside>,
    /// By their place in the journal. More than one where a row was moved and its old page is still there.
    rows: BTreeMap<u64, Vec<Candidate>>,
    /// Where commits end: the last row and its checksum.
    ends: BTreeMap<u64, u32>,
}

impl Found {
    fn read(pages: &mut Pages) -> Result<Self, Fault> {
        let mut found = Self::default();
        for page in 1..=pages.count() {
            for row in pages.rows(page)? {
                found.take(row);
            }
        }
        Ok(found)
    }

    fn take(&mut self, (id, columns): Row) {
        if let [_, Value::Whole(last), Value::Whole(checksum)] = columns.as_slice() {
            if let Some(end) = place(*last, id, *checksum) {
                self.ends.insert(end.seq, end.checksum);
            }
        } else if let [_, Value::Whole(checksum), body @ (Value::Text(_) | Value::Null)] = columns.as_slice() {
            if let Some(of) = place(id, 0, *checksum) {
                let body = if let Value::Text(body) = body { Some(body.clone()) } else { None };
                // An old page may still hold what was erased since: that stays erased.
                let erased = self.besides.get(&of.seq).is_some_and(|(_, body)| body.is_none());
                if !erased {
                    self.besides.insert(of.seq, (of.checksum, body));
                }
            }
        } else if let Some(candidate) = Candidate::read(id, columns) {
            let same = self.rows.entry(candidate.place.seq).or_default();
            if !same.contains(&candidate) {
                same.push(candidate);
            }
        }
    }

    /// The checksums that the row before one may have: what its rows say, intact or not, and what its commit says.
    fn before(&self, seq: u64) -> Vec<u32> {
        let Some(before) = seq.checked_sub(1).filter(|before| *before > 0) else { return vec![0] };
        let rows = self.rows.get(&before).into_iter().flatten();
        rows.map(|row| row.place.checksum).chain(self.ends.get(&before).copied()).collect()
    }

    /// Says of every row whether it is intact.
    fn judge(self) -> Salvaged {
        let mut saved = Salvaged::default();
        let mut next = 1;
        for (seq, candidates) in &self.rows {
            saved.miss(next, *seq);
            next = seq + 1;
            let before = self.before(*seq);
            let lines = || {
                candidates
                    .iter()
                    .flat_map(|row| row.lines(self.besides.get(seq)).into_iter().map(move |line| (row, line)))
            };
            let sealed = lines().find(|(_, line)| before.iter().any(|before| line.follows(*before)));
            // Where the seal can be checked and no row has it, the row was altered.
            let is_sealed = sealed.is_some();
            let unsealed = || lines().find(|(row, line)| before.is_empty() && row.change(line).is_ok());
            match sealed.or_else(unsealed).map(|(row, line)| (row, row.change(&line))) {
                Some((row, Ok(change))) => {
                    saved.unchecked += u64::from(!is_sealed);
                    saved.entries.push(Entry { revision: row.place.revision, change: Arc::new(change) });
                }
                Some((row, Err(error))) => saved.lose(row.place, error.code_value(), &error.to_string()),
                None => {
                    let place = candidates.first().map_or_else(Place::default, |row| row.place);
                    saved.lose(place, Code::StoreDamaged, "cannot be read, or was altered");
                }
            }
        }
        let last = self.ends.last_key_value().map_or(0, |(last, _)| *last);
        saved.miss(next, last + 1);
        saved
    }
}

impl Salvaged {
    /// Notes that a row is of no use.
    fn lose(&mut self, place: Place, code: Code, detail: &str) {
        self.problems.push(Problem { place: place.to_string(), code, detail: detail.to_owned() });
        self.lost += 1;
    }

    /// Notes that the rows from one to before another are not there.
    fn miss(&mut self, from: u64, to: u64) {
        let Some(many) = to.checked_sub(from).filter(|many| *many > 0) else { return };
        let place = format!("changes {from} to {} of the journal", to - 1);
        self.problems.push(Problem { place, code: Code::StoreDamaged, detail: "are lost".to_owned() });
        self.lost += many;
    }
}
