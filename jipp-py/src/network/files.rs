//! Files in and out.

use std::fs::File;
use std::io::{BufReader, Cursor};
use std::path::{Path, PathBuf};

use jipp_core::base::Code;
use jipp_core::exchange::gathered::{Gathered, Report};
use jipp_core::exchange::{
    Csv, CsvOptions, Document, DocumentReader, ImportOptions, ImportReport, JsonLines, Mapping, OnExisting, Progress,
    RecordReader, Row, RowReader, RowSource, Xlsx, export_csv, export_document, export_jsonl, export_xlsx,
};
use jipp_core::model::{EntityKind, EntityRef};
use jipp_core::network::{Network as Core, Options};
use jipp_core::{Error, Result};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::Map;

use super::Network;
use super::commit::stamp;
use crate::answer::run;
use crate::error::{Failure, parsed};
use crate::frames::{Frame, stream_of};
use crate::progress::Told;
use crate::values::{from_python, to_python};

/// Rows that Python gave, numbered from 1.
struct Given {
    rows: Vec<Map<String, serde_json::Value>>,
    next: usize,
    headers: Vec<String>,
}

impl Given {
    fn new(rows: Vec<Map<String, serde_json::Value>>) -> Self {
        let headers: std::collections::BTreeSet<&String> = rows.iter().flat_map(Map::keys).collect();
        let headers = headers.into_iter().cloned().collect();
        Self { rows, next: 0, headers }
    }
}

impl RowSource for Given {
    fn next(&mut self) -> Option<Result<Row>> {
        let mut fields = self.rows.get(self.next)?.clone();
        fields.retain(|_, value| !value.is_null());
        self.next += 1;
        Some(Ok(Row { line: self.next as u64, fields, ..Row::default() }))
    }
    fn rewind(&mut self) -> Result<()> {
        self.next = 0;
        Ok(())
    }
    fn name(&self) -> &'static str {
        "rows"
    }
    fn headers(&self) -> &[String] {
        &self.headers
    }
}

/// How to import, as Python gives it.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Choices {
    batch: Option<usize>,
    on_existing: Option<OnExisting>,
    start_line: Option<u64>,
    max_rejections_listed: Option<usize>,
}

fn opened(path: &Path) -> Result<BufReader<File>> {
    let open = File::open(path).map_err(|error| {
        Error::new(Code::StoreIo)
            .source_name(path.display().to_string())
            .caused_by(error)
            .expected("a file that can be read")
    });
    open.map(BufReader::new)
}

/// The rows of a file, by the ending of its name, and whether it is a whole network.
fn source(path: &Path, sheet: Option<&str>) -> Result<(Box<dyn RowSource + Send>, bool)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    Ok(match ending.as_str() {
        "jsonl" | "ndjson" => (Box::new(JsonLines::new(opened(path)?, &name)), false),
        "csv" | "tsv" | "txt" => (Box::new(Csv::new(opened(path)?, &name)?), false),
        "xlsx" => (Box::new(Xlsx::new(opened(path)?, &name, sheet)?), false),
        "json" => (Box::new(Document::new(opened(path)?, &name)?), true),
        _ => {
            let fault = Error::new(Code::FormatUnknown).source_name(&name).value(ending);
            return Err(fault.expected("a file named .jsonl, .csv, .tsv, .xlsx or .json"));
        }
    })
}

/// Rows that Python gives: a data frame, or mappings.
fn rows_of(rows: &Bound<'_, PyAny>, kind: Option<EntityKind>) -> PyResult<Box<dyn RowSource + Send>> {
    if rows.hasattr("__arrow_c_stream__")? {
        let frame = Frame::new(stream_of(rows)?, kind);
        return Ok(Box::new(frame.map_err(Failure::from)?));
    }
    Ok(Box::new(Given::new(from_python(rows)?)))
}

fn reader<'a>(
    kind: Option<EntityKind>,
    mapping: Option<Mapping>,
    is_document: bool,
) -> Result<Box<dyn RowReader + 'a>> {
    Ok(match (kind, mapping) {
        _ if is_document => Box::<DocumentReader>::default(),
        (_, Some(mapping)) => Box::new(RecordReader::with_mapping(mapping)?),
        (Some(kind), None) => Box::new(RecordReader::new(kind)),
        (None, None) => {
            return Err(Error::new(Code::OptionInvalid).field("kind").expected("what a row is, such as innovation"));
        }
    })
}

/// Brings rows in, telling Python how far it is.
fn bring(
    core: &Core,
    source: &mut dyn RowSource,
    reader: &mut dyn RowReader,
    options: &ImportOptions,
    told: &mut Told,
) -> Result<ImportReport> {
    core.import(source, reader, options, &mut |progress: Progress| {
        told.tell(|callable, py| callable.call1(py, (to_python(py, &progress)?,)))
    })
}

#[pymethods]
impl Network {
    /// Imports a file, or rows that Python gives.
    #[pyo3(signature = (file, rows, /, *, kind, mapping, sheet, at, by, choices, progress))]
    #[allow(clippy::too_many_arguments, reason = "the keyword arguments of one function of Python")]
    fn import_rows<'py>(
        &self,
        py: Python<'py>,
        file: Option<PathBuf>,
        rows: Option<&Bound<'py, PyAny>>,
        kind: Option<&str>,
        mapping: Option<&Bound<'py, PyAny>>,
        sheet: Option<&str>,
        at: &Bound<'py, PyAny>,
        by: Option<&str>,
        choices: &Bound<'py, PyAny>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let kind: Option<EntityKind> = kind.map(parsed).transpose()?;
        let mapping: Option<Mapping> = mapping.map(from_python).transpose()?;
        let choices: Choices = from_python(choices)?;
        let mut options = ImportOptions::new(stamp(at, by)?);
        options.batch = choices.batch.unwrap_or(options.batch);
        options.on_existing = choices.on_existing.unwrap_or(options.on_existing);
        options.start_line = choices.start_line.unwrap_or(options.start_line);
        options.max_rejections_listed = choices.max_rejections_listed.unwrap_or(options.max_rejections_listed);
        let kind_of_rows = kind.or(mapping.as_ref().map(|mapping| mapping.kind));
        let rows = rows.map(|rows| rows_of(rows, kind_of_rows)).transpose()?;
        let core = self.core()?;
        let mut told = Told::new(progress);
        let report = py.detach(|| {
            let (mut source, is_document) = match (file, rows) {
                (_, Some(rows)) => (rows, false),
                (Some(file), None) => source(&file, sheet)?,
                (None, None) => (Box::new(Given::new(Vec::new())) as Box<dyn RowSource + Send>, false),
            };
            let mut reader = reader(kind, mapping, is_document)?;
            bring(&core, &mut *source, &mut *reader, &options, &mut told)
        });
        to_python(py, &told.finish(report)?)
    }

    /// Imports a folder of gathered data, file by file; gives the reports, and what could not be placed.
    #[pyo3(signature = (folder, /, *, at, by, progress))]
    fn import_gathered<'py>(
        &self,
        py: Python<'py>,
        folder: PathBuf,
        at: &Bound<'py, PyAny>,
        by: Option<&str>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let options = ImportOptions::new(stamp(at, by)?);
        let core = self.core()?;
        let mut told = Told::new(progress);
        let reports = py.detach(|| -> Result<(Vec<(&'static str, ImportReport)>, Report)> {
            let mut gathered = Gathered::load(&folder)?;
            let mut reports = Vec::new();
            for reader in &mut gathered.sources {
                let file = reader.file();
                let (mut rows, _) = source(&folder.join(file), None)?;
                reports.push((file, bring(&core, &mut *rows, reader, &options, &mut told)?));
            }
            Ok((reports, gathered.report))
        });
        to_python(py, &told.finish(reports)?)
    }

    /// Writes the network, or the records of some kinds, in a format; gives the bytes.
    #[pyo3(signature = (format, kinds, /, *, separator))]
    fn export(&self, py: Python<'_>, format: &str, kinds: Vec<String>, separator: char) -> PyResult<Vec<u8>> {
        let kinds: Vec<EntityKind> = kinds.iter().map(|kind| parsed(kind)).collect::<PyResult<_>>()?;
        let one = || match kinds.as_slice() {
            [kind] => Ok(*kind),
            _ => Err(PyValueError::new_err(format!("{format} holds one kind of records"))),
        };
        let core = self.core()?;
        let mut out = Cursor::new(Vec::new());
        match format {
            "json" => run(py, || core.read(|view| export_document(&view, &mut out)))?,
            "jsonl" => {
                let kind = one()?;
                run(py, || core.read(|view| export_jsonl(&view, kind, &mut out)))?
            }
            "csv" => {
                let (kind, options) = (one()?, CsvOptions { separator, ..CsvOptions::default() });
                run(py, || core.read(|view| export_csv(&view, kind, &options, &mut out)))?
            }
            "xlsx" => run(py, || core.read(|view| export_xlsx(&view, &kinds, &mut out)))?,
            _ => return Err(PyValueError::new_err(format!("format is json, jsonl, csv or xlsx, not {format:?}"))),
        };
        Ok(out.into_inner())
    }

    /// Makes a new file of what is intact in a damaged one; gives the numbers of changes saved, unchecked, lost and held back, and
    /// what is missing.
    #[staticmethod]
    #[pyo3(signature = (path, target, /, *, origin))]
    fn salvage(py: Python<'_>, path: PathBuf, target: PathBuf, origin: &str) -> PyResult<([u64; 4], Vec<String>)> {
        let report = run(py, || Core::salvage(&path, &target, &Options::new(origin)?))?;
        let problems = report.problems.iter().map(ToString::to_string).collect();
        Ok(([report.changes, report.unchecked, report.lost, report.held], problems))
    }

    /// Erases a person or a contact; says in how many changes.
    fn erase(&self, py: Python<'_>, kind: &str, id: &str) -> PyResult<u64> {
        let subject = EntityRef::new(parsed(kind)?, id).map_err(Failure::from)?;
        let core = self.core()?;
        run(py, || core.erase(&subject))
    }

    /// Copies the network to a new file while it is in use.
    fn backup_to(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let core = self.core()?;
        run(py, || core.backup_to(path))
    }

    /// What is wrong with the file; nothing if all is well.
    fn verify(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let core = self.core()?;
        let problems = run(py, || core.verify())?;
        Ok(problems.iter().map(ToString::to_string).collect())
    }

    /// Writes a fresh snapshot and gives unused space back.
    fn compact(&self, py: Python<'_>) -> PyResult<()> {
        let core = self.core()?;
        run(py, || core.compact())
    }

    /// Shows what another process wrote; whether there was anything.
    fn refresh(&self, py: Python<'_>) -> PyResult<bool> {
        let core = self.core()?;
        run(py, || core.refresh())
    }

    /// Writes a snapshot, so that the next opening is fast.
    fn save_snapshot(&self, py: Python<'_>) -> PyResult<()> {
        let core = self.core()?;
        run(py, || core.save_snapshot())
    }
}
