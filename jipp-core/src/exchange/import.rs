//! Taking rows into a network.
//!
//! The engine reads a file once and puts the rows aside that refer to what is not there yet, by their line numbers alone. At
//! the end it reads those again, in as many passes as bring something in; what remains refers to nothing. A commit that the
//! network refuses is halved until only the guilty records are left out.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde::Serialize;

use super::revise::{as_history, revision_of};
use super::{Row, RowSource};
use crate::base::{Code, Error, ErrorKind, Lang, Result};
use crate::model::{EntityRef, Record};
use crate::registry::{Action, Committed, Registry, Revision, Stamp, View};

/// What an import writes into: a registry, or something that holds one and keeps its indexes in step.
pub trait Target {
    /// The network as it stands.
    fn view(&self) -> View<'_>;
    /// Checks and journals actions, all or none.
    ///
    /// # Errors
    /// Those of [`Registry::commit`].
    fn commit(&mut self, stamp: &Stamp, actions: Vec<Action>) -> Result<Committed>;
}

impl Target for Registry {
    fn view(&self) -> View<'_> {
        Registry::view(self)
    }
    fn commit(&mut self, stamp: &Stamp, actions: Vec<Action>) -> Result<Committed> {
        Registry::commit(self, stamp, actions)
    }
}

/// Makes records of rows.
///
/// One row may give several records (an innovation and its awards). Two rows may give the same record if they give it
/// alike; the second of two that differ is rejected with `duplicate-id`.
pub trait RowReader {
    /// Reads one row. `view` shows what was committed so far.
    ///
    /// # Errors
    /// Why the row is rejected. `name-unresolved` and `dangling-reference` put it aside until the end of the file.
    fn read(&mut self, row: &Row, view: &View<'_>) -> Result<Vec<Record>>;

    /// Looks at the headers of the file before its first row; there are none for JSON.
    ///
    /// # Errors
    /// `header-unknown`, or whatever makes reading the file pointless.
    fn begin(&mut self, headers: &[String]) -> Result<()> {
        let _ = headers;
        Ok(())
    }

    /// Whether it reads the JSON text of a row itself, so that [`Row::fields`] need not be filled.
    fn reads_raw(&self) -> bool {
        false
    }
}

/// What to do with a row whose record exists already and differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnExisting {
    /// Change the fields that the row gives. What it does not give stays.
    #[default]
    Update,
    /// Leave the record as it is, silently.
    Keep,
    /// Reject the row with `duplicate-id`.
    Reject,
}

/// How to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportOptions {
    /// When the import is recorded, and by whom.
    pub stamp: Stamp,
    /// How many records make one commit: 1 to 1,000,000; 10,000 unless told. Records that refer to each other in a circle
    /// enter only within one commit.
    pub batch: usize,
    /// What to do with records that exist already and differ.
    pub on_existing: OnExisting,
    /// The first line to read: [`ImportReport::last_line`] + 1 of an import that was broken off. Importing the whole file
    /// again gives the same network, and also notices duplicates across the break.
    pub start_line: u64,
    /// The most rejections that the report lists; it counts all. 10,000 unless told.
    pub max_rejections_listed: usize,
}

impl ImportOptions {
    /// The defaults, with a stamp.
    pub fn new(stamp: Stamp) -> Self {
        let (on_existing, start_line) = (OnExisting::Update, 0);
        Self { stamp, batch: 10_000, on_existing, start_line, max_rejections_listed: 10_000 }
    }

    /// # Errors
    /// `option-invalid`, with the field.
    fn check(&self) -> Result<()> {
        if (1..=1_000_000).contains(&self.batch) {
            return Ok(());
        }
        Err(Error::new(Code::OptionInvalid).field("batch").value(self.batch).expected("1 to 1000000"))
    }
}

/// Why a row, or one record of it, did not enter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rejection {
    /// The line.
    pub line: u64,
    /// The record, as `kind id`, where it is known.
    pub subject: Option<String>,
    /// The field or column.
    pub field: Option<String>,
    /// The offending value.
    pub value: Option<String>,
    /// The stable code of the reason; [`Code`] lists them.
    pub code: &'static str,
    /// The reason in English.
    pub reason_en: &'static str,
    /// The reason in Indonesian.
    pub reason_id: &'static str,
    /// What would have been right, or what to do.
    pub hint: Option<String>,
}

impl Rejection {
    fn new(line: u64, subject: Option<&EntityRef>, error: &Error) -> Self {
        let code = error.code_value();
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Self {
            line: error.location().line.unwrap_or(line),
            subject: subject.map(ToString::to_string).or_else(|| owned(error.subject())),
            field: error.location().field.clone(),
            value: owned(error.offending()),
            code: code.as_str(),
            reason_en: code.text(Lang::En),
            reason_id: code.text(Lang::Id),
            hint: owned(error.hint()),
        }
    }
}

/// What came of an import. Records are counted, not rows, where a row gives several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// Rows read, unreadable ones included.
    pub rows: u64,
    /// Records that are new.
    pub registered: u64,
    /// Records that were changed.
    pub revised: u64,
    /// Records that were there already.
    pub unchanged: u64,
    /// How many rejections there were.
    pub rejections: u64,
    /// The first of them, as many as [`ImportOptions::max_rejections_listed`], in the order of lines.
    pub rejected: Vec<Rejection>,
    /// Every row up to this line is settled: entered or rejected.
    pub last_line: u64,
    /// The revision of the network afterwards.
    pub revision: Revision,
    /// Whether the caller broke it off.
    pub is_cancelled: bool,
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// 1 while the file is read, more while rows that were put aside are read again.
    pub pass: u32,
    /// The line read last.
    pub line: u64,
    /// Rows read.
    pub rows: u64,
    /// Records that entered or were changed.
    pub committed: u64,
    /// Rejections so far.
    pub rejections: u64,
}

/// Imports a file: every row that can enter does, and every other is reported.
///
/// `progress` is told after each commit how far it is; when it says `false` the import stops, what was committed stays, and
/// the report says so. Rows without steps of their own history enter as it is customary for the past: steps of a state
/// machine that the network did not see are marked as reported.
///
/// ```
/// use jipp_core::{base::Origin, model::EntityKind, registry::{Registry, Stamp}, store::MemoryStore};
/// use jipp_core::exchange::{Csv, ImportOptions, RecordReader, import};
/// let mut registry = Registry::open(Box::new(MemoryStore::new()), Origin::new("example")?)?;
/// let file = "id,name,kind,parent\na,Dinas Kesehatan,other,b\nb,Pemerintah Kota Ambon,city,\nc,,city,\n";
/// let mut rows = Csv::new(std::io::Cursor::new(file), "agencies.csv")?;
/// let mut reader = RecordReader::new(EntityKind::Agency);
/// let options = ImportOptions::new(Stamp::at("2026-11-21T08:00:00Z".parse()?));
/// let report = import(&mut registry, &mut rows, &mut reader, &options, &mut |_| true)?;
/// assert_eq!((report.registered, report.rejections), (2, 1));
/// assert_eq!((report.rejected[0].line, report.rejected[0].code), (4, "field-missing"));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `option-invalid`; what [`RowReader::begin`] finds; errors of kinds `storage`, `busy` and `corrupt` and `store-changed` from
/// the file or the network. What was committed before stays; importing again goes on from there.
///
/// # Complexity
/// Linear in the file, for each pass; a refused commit costs bad rows times the logarithm of the batch. Memory holds one batch
/// and 16 bytes a row.
pub fn import(
    target: &mut dyn Target,
    source: &mut dyn RowSource,
    reader: &mut dyn RowReader,
    options: &ImportOptions,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<ImportReport> {
    options.check()?;
    reader.begin(source.headers()).map_err(|error| error.source_name(source.name()))?;
    let mut engine = Engine {
        target,
        reader,
        options,
        progress,
        report: ImportReport::default(),
        batch: Vec::new(),
        staged: HashMap::new(),
        seen: HashMap::new(),
        turned_down: HashSet::new(),
        aside: Vec::new(),
        pass: 1,
        line: 0,
        furthest: 0,
    };
    engine.run(source).map_err(|error| error.source_name(source.name()))?;
    Ok(engine.finish())
}

/// A record on its way in.
struct Staged {
    line: u64,
    record: Record,
    is_new: bool,
    actions: Vec<Action>,
}

/// A row put aside, and why; reasons beyond those that can be listed are not kept.
struct Aside {
    line: u64,
    why: Option<Rejection>,
}

struct Engine<'a> {
    target: &'a mut dyn Target,
    reader: &'a mut dyn RowReader,
    options: &'a ImportOptions,
    progress: &'a mut dyn FnMut(Progress) -> bool,
    report: ImportReport,
    batch: Vec<Staged>,
    /// The place of a record in the batch, by the hash of its name: two names with one 64-bit hash are not met in practice.
    staged: HashMap<u64, usize>,
    /// The line where a record first stood, by the same hash.
    seen: HashMap<u64, u64>,
    /// Records rejected already, by line and name: a row that gives several may be read more than once.
    turned_down: HashSet<(u64, u64)>,
    aside: Vec<Aside>,
    pass: u32,
    /// The line read last, and the last line ever read.
    line: u64,
    furthest: u64,
}

impl Engine<'_> {
    fn run(&mut self, source: &mut dyn RowSource) -> Result<()> {
        if !self.read_all(source, None)? {
            return Ok(());
        }
        while !self.aside.is_empty() {
            let before = std::mem::take(&mut self.aside);
            self.pass += 1;
            source.rewind()?;
            let lines: Vec<u64> = before.iter().map(|row| row.line).collect();
            if !self.read_all(source, Some(&lines))? {
                return Ok(());
            }
            if self.aside.len() == before.len() {
                for row in std::mem::take(&mut self.aside) {
                    self.list(row.why);
                }
            }
        }
        Ok(())
    }

    /// Reads the file, or only the rows in these lines; says whether the caller wants more.
    fn read_all(&mut self, source: &mut dyn RowSource, only: Option<&[u64]>) -> Result<bool> {
        let mut wanted = only.map(|lines| lines.iter().copied().peekable());
        while let Some(row) = source.next() {
            let row = match row {
                Ok(row) => row,
                Err(error) if is_fatal(&error) => return Err(error),
                Err(error) => {
                    let line = error.location().line.unwrap_or(0);
                    if only.is_none() && line >= self.options.start_line {
                        self.report.rows += 1;
                        self.line = line;
                        self.furthest = self.furthest.max(line);
                        self.reject(line, None, &error);
                    }
                    continue;
                }
            };
            match &mut wanted {
                None if row.line < self.options.start_line => continue,
                None => self.report.rows += 1,
                Some(lines) => match lines.peek() {
                    None => break,
                    Some(line) if *line != row.line => continue,
                    Some(_) => drop(lines.next()),
                },
            }
            self.line = row.line;
            self.furthest = self.furthest.max(row.line);
            self.read_row(row)?;
            if self.batch.len() >= self.options.batch && !self.flush()? {
                return Ok(false);
            }
        }
        self.flush()
    }

    fn read_row(&mut self, mut row: Row) -> Result<()> {
        let line = row.line;
        if !self.reader.reads_raw()
            && let Err(error) = row.parse()
        {
            self.reject(line, None, &error);
            return Ok(());
        }
        match self.reader.read(&row, &self.target.view()) {
            Ok(records) => records.into_iter().for_each(|record| self.take(line, record)),
            Err(error) if is_fatal(&error) => return Err(error),
            Err(error) if matches!(error.code_value(), Code::NameUnresolved | Code::DanglingReference) => {
                self.put_aside(line, None, &error);
            }
            Err(error) => self.reject(line, None, &error),
        }
        Ok(())
    }

    /// Puts a record into the batch, unless there is nothing to do or it cannot enter.
    fn take(&mut self, line: u64, record: Record) {
        let subject = record.reference();
        let name = hash(&subject);
        let first = self.seen.get(&name).copied();
        let result = match self.staged.get(&name) {
            Some(place) => compare_twin(line, &self.batch[*place], &record).map(|()| None),
            None => self.stage(line, first, record),
        };
        match result {
            Ok(staged) => {
                if first.is_none() {
                    self.seen.insert(name, line);
                }
                match staged {
                    Some(staged) => {
                        self.staged.insert(name, self.batch.len());
                        self.batch.push(staged);
                    }
                    // A row read again finds what it brought in before.
                    None if self.pass > 1 && first == Some(line) => {}
                    None => self.report.unchanged += 1,
                }
            }
            Err(error) => self.reject(line, Some(&subject), &error),
        }
    }

    fn stage(&self, line: u64, first: Option<u64>, record: Record) -> Result<Option<Staged>> {
        let Some(existing) = self.target.view().record(record.kind(), record.id()) else {
            let record = as_history(record)?;
            record.check()?;
            let actions = vec![Action::Register(record.clone())];
            return Ok(Some(Staged { line, record, is_new: true, actions }));
        };
        if existing.id() != record.id() {
            let hint = format!("the record it was merged into, {}", existing.reference());
            return Err(Error::new(Code::DuplicateId).field("id").value(record.id()).expected(hint));
        }
        let actions = revision_of(existing, &record)?;
        match self.options.on_existing {
            _ if actions.is_empty() => Ok(None),
            _ if first.is_some_and(|first| first != line) => Err(duplicate(&record, first.unwrap_or_default())),
            OnExisting::Keep => Ok(None),
            OnExisting::Reject => Err(Error::new(Code::DuplicateId).field("id").value(record.id())),
            OnExisting::Update => Ok(Some(Staged { line, record, is_new: false, actions })),
        }
    }

    /// Commits the batch and tells how far it is; says whether the caller wants more.
    fn flush(&mut self) -> Result<bool> {
        let batch = std::mem::take(&mut self.batch);
        self.staged.clear();
        if let Some(batch) = self.try_commit(batch)? {
            let batch = self.sift(batch);
            self.commit_parts(batch)?;
        }
        let first_aside = self.aside.iter().map(|row| row.line).min();
        self.report.last_line = match first_aside {
            Some(first) => first.saturating_sub(1),
            None => self.furthest,
        };
        let ImportReport { rows, registered, revised, rejections, .. } = self.report;
        let committed = registered + revised;
        let now = Progress { pass: self.pass, line: self.line, rows, committed, rejections };
        self.report.is_cancelled = !(self.progress)(now);
        Ok(!self.report.is_cancelled)
    }

    /// Commits records; gives them back if the network refuses them.
    fn try_commit(&mut self, batch: Vec<Staged>) -> Result<Option<Vec<Staged>>> {
        match self.commit(&batch)? {
            None => Ok(None),
            Some(_) => Ok(Some(batch)),
        }
    }

    /// Commits records; the inner error is the network's refusal.
    fn commit(&mut self, batch: &[Staged]) -> Result<Option<Error>> {
        if batch.is_empty() {
            return Ok(None);
        }
        let actions = batch.iter().flat_map(|staged| staged.actions.iter().cloned()).collect();
        match self.target.commit(&self.options.stamp, actions) {
            Ok(_) => {
                let new = batch.iter().filter(|staged| staged.is_new).count();
                self.report.registered += new as u64;
                self.report.revised += (batch.len() - new) as u64;
                Ok(None)
            }
            Err(error) if is_fatal(&error) => Err(error),
            Err(error) => Ok(Some(error)),
        }
    }

    /// Puts aside the records that refer to what neither the network nor the rest of the batch holds.
    fn sift(&mut self, batch: Vec<Staged>) -> Vec<Staged> {
        let new = batch.iter().enumerate().filter(|(_, staged)| staged.is_new);
        let places: HashMap<EntityRef, usize> = new.map(|(place, staged)| (staged.record.reference(), place)).collect();
        let mut dependents: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut missing: Vec<Option<Error>> = Vec::with_capacity(batch.len());
        let view = self.target.view();
        for (place, staged) in batch.iter().enumerate() {
            let mut fault = None;
            staged.record.references(&mut |field, kind, id| {
                let named = EntityRef { kind, id: id.into() };
                if let Some(needed) = places.get(&named) {
                    dependents.entry(*needed).or_default().push(place);
                } else if fault.is_none() && view.record(kind, id).is_none() {
                    fault = Some(Error::new(Code::DanglingReference).field(field).value(named));
                }
            });
            missing.push(fault);
        }
        // What depends on a record that must wait must wait too.
        let mut open: Vec<usize> = (0..batch.len()).filter(|place| missing[*place].is_some()).collect();
        while let Some(place) = open.pop() {
            for dependent in dependents.remove(&place).unwrap_or_default() {
                if missing[dependent].is_none() {
                    let absent = batch[place].record.reference();
                    missing[dependent] = Some(Error::new(Code::DanglingReference).value(absent));
                    open.push(dependent);
                }
            }
        }
        let mut rest = Vec::with_capacity(batch.len());
        for (staged, missing) in batch.into_iter().zip(missing) {
            match missing {
                None => rest.push(staged),
                Some(error) => self.put_aside(staged.line, Some(&staged.record.reference()), &error),
            }
        }
        rest
    }

    /// Commits records, halving what is refused until single records are left to blame.
    fn commit_parts(&mut self, mut batch: Vec<Staged>) -> Result<()> {
        let Some(error) = self.commit(&batch)? else { return Ok(()) };
        if batch.len() > 1 {
            let rest = batch.split_off(batch.len() / 2);
            self.commit_parts(batch)?;
            return self.commit_parts(rest);
        }
        for staged in batch {
            let subject = staged.record.reference();
            match error.code_value() {
                Code::DanglingReference => self.put_aside(staged.line, Some(&subject), &error),
                _ => self.reject(staged.line, Some(&subject), &error),
            }
        }
        Ok(())
    }

    fn put_aside(&mut self, line: u64, subject: Option<&EntityRef>, error: &Error) {
        if let Some(subject) = subject {
            self.seen.entry(hash(subject)).or_insert(line);
        }
        if let Err(place) = self.aside.binary_search_by_key(&line, |row| row.line) {
            let is_listed = self.aside.len() < self.options.max_rejections_listed;
            let why = is_listed.then(|| Rejection::new(line, subject, error));
            self.aside.insert(place, Aside { line, why });
        }
    }

    fn reject(&mut self, line: u64, subject: Option<&EntityRef>, error: &Error) {
        if subject.is_none_or(|subject| self.turned_down.insert((line, hash(subject)))) {
            let is_listed = self.report.rejected.len() < self.options.max_rejections_listed;
            self.list(is_listed.then(|| Rejection::new(line, subject, error)));
        }
    }

    fn list(&mut self, rejection: Option<Rejection>) {
        self.report.rejections += 1;
        if self.report.rejected.len() < self.options.max_rejections_listed {
            self.report.rejected.extend(rejection);
        }
    }

    fn finish(mut self) -> ImportReport {
        self.report.revision = self.target.view().revision();
        self.report.rejected.sort_by_key(|rejection| rejection.line);
        if !self.report.is_cancelled {
            self.report.last_line = self.furthest;
        }
        self.report
    }
}

/// Whether an error says something of the file or the network as a whole, not of one row.
fn is_fatal(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Storage | ErrorKind::Busy | ErrorKind::Corrupt)
        || error.code_value() == Code::StoreChanged
}

/// A record that stands in the batch already must be the same, unless one row gives it twice.
fn compare_twin(line: u64, twin: &Staged, record: &Record) -> Result<()> {
    if twin.line == line || same(&twin.record, record) { Ok(()) } else { Err(duplicate(record, twin.line)) }
}

/// Whether two records say the same, the marks of history apart.
fn same(one: &Record, other: &Record) -> bool {
    one == other || as_history(other.clone()).is_ok_and(|other| *one == other)
}

fn duplicate(record: &Record, first: u64) -> Error {
    let hint = format!("an id of its own: line {first} has it, with other values");
    Error::new(Code::DuplicateId).field("id").value(record.id()).expected(hint)
}

fn hash(subject: &EntityRef) -> u64 {
    let mut hasher = DefaultHasher::new();
    subject.hash(&mut hasher);
    hasher.finish()
}
