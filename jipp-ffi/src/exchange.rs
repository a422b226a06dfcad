//! Files in and out, and word of how far long work has come.

use std::cell::Cell;
use std::io::{BufReader, Cursor, Read, Seek};
use std::sync::Arc;

use jipp_core::base::Code;
use jipp_core::exchange::{
    Csv, CsvOptions, Document, DocumentReader, ImportOptions as CoreOptions, JsonLines, Mapping as CoreMapping,
    Progress, RecordReader, RowReader, RowSource, export_csv, export_document, export_jsonl,
};
use jipp_core::model::EntityKind as CoreKind;
use jipp_core::{Error, Result};

use crate::mirror::{mirrored, read};
use crate::registry::stamp;
use crate::values::{EntityKind, ImportProgress, ImportReport, Mapping, OnExisting, Suggestion};
use crate::{JippError, Network};

thread_local! {
    /// Whether a listener of this thread is being told something, while a network is at work.
    static TELLING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is inside a listener that is being told something.
pub(crate) fn is_telling() -> bool {
    TELLING.get()
}

/// Hears how far long work has come. It is called on the thread that asked for the work, and must not ask the network
/// meanwhile: that is refused with `network-busy`.
#[uniffi::export(with_foreign)]
pub trait ProgressListener: Send + Sync {
    /// So much of so much is done; of an import, so many rows are read, and how many there are is not known. Whether to go
    /// on.
    ///
    /// # Errors
    /// Whatever the listener throws ends the work; what was committed stays.
    fn keep_going(&self, progress: ImportProgress) -> Result<bool, JippError>;
}

/// Tells a listener, and keeps what it threw.
#[derive(Default)]
pub(crate) struct Told {
    listener: Option<Arc<dyn ProgressListener>>,
    thrown: Option<JippError>,
}

impl Told {
    pub(crate) fn new(listener: Option<Arc<dyn ProgressListener>>) -> Self {
        Self { listener, thrown: None }
    }

    /// Whether to go on.
    fn tell(&mut self, progress: Progress) -> bool {
        let Some(listener) = &self.listener else { return true };
        TELLING.set(true);
        let said = mirrored(&progress).map_err(JippError::from).and_then(|progress| listener.keep_going(progress));
        TELLING.set(false);
        said.unwrap_or_else(|thrown| {
            self.thrown = Some(thrown);
            false
        })
    }

    /// The answer, unless the listener threw something.
    fn finish<T>(self, answer: Result<T>) -> Result<T, JippError> {
        match self.thrown {
            Some(thrown) => Err(thrown),
            None => Ok(answer?),
        }
    }
}

/// How to import.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ImportOptions {
    /// When it is recorded, such as `2026-11-21T08:00:00Z`.
    pub at: String,
    /// By whom.
    #[uniffi(default = None)]
    pub by: Option<String>,
    /// What a row is; need not be said of a whole network in JSON, nor where `mapping` says it.
    #[uniffi(default = None)]
    pub kind: Option<EntityKind>,
    /// Which column is which field, where the columns do not have the names of the fields.
    #[uniffi(default = None)]
    pub mapping: Option<Mapping>,
    /// What to do with records that exist already and differ; `update` unless told.
    #[uniffi(default = None)]
    pub on_existing: Option<OnExisting>,
    /// How many records make one commit: 1 to 1,000,000; 10,000 unless told.
    #[uniffi(default = None)]
    pub batch: Option<u64>,
    /// The first line to read: `last_line` + 1 of an import that was broken off.
    #[uniffi(default = None)]
    pub start_line: Option<u64>,
    /// The most rejections that the report lists; it counts all. 10,000 unless told.
    #[uniffi(default = None)]
    pub max_rejections_listed: Option<u64>,
}

impl ImportOptions {
    fn to_core(&self) -> Result<CoreOptions> {
        let mut options = CoreOptions::new(stamp(&self.at, self.by.clone())?);
        let whole = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        options.batch = self.batch.map_or(options.batch, whole);
        options.start_line = self.start_line.unwrap_or(options.start_line);
        options.max_rejections_listed = self.max_rejections_listed.map_or(options.max_rejections_listed, whole);
        if let Some(on_existing) = self.on_existing {
            options.on_existing = read(on_existing)?;
        }
        Ok(options)
    }

    fn reader(&self, is_document: bool) -> Result<Box<dyn RowReader>> {
        if is_document {
            return Ok(Box::<DocumentReader>::default());
        }
        match (&self.mapping, self.kind) {
            (Some(mapping), _) => Ok(Box::new(RecordReader::with_mapping(read(mapping.clone())?)?)),
            (None, Some(kind)) => Ok(Box::new(RecordReader::new(kind.code().parse()?))),
            (None, None) => {
                Err(Error::new(Code::OptionInvalid).field("kind").expected("what a row is, such as innovation"))
            }
        }
    }
}

/// A format that records are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum FileFormat {
    /// The whole network as one JSON document.
    Json,
    /// One record of a kind in a line, as JSON.
    JsonLines,
    /// One record of a kind in a row.
    Csv,
}

/// The rows of a file, by the ending of its name, and whether it is a whole network.
fn rows(input: impl Read + Seek + Send + 'static, name: &str) -> Result<(Box<dyn RowSource>, bool)> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let input = BufReader::new(input);
    Ok(match ending.as_str() {
        "jsonl" | "ndjson" => (Box::new(JsonLines::new(input, name)), false),
        "csv" | "tsv" | "txt" => (Box::new(Csv::new(input, name)?), false),
        "json" => (Box::new(Document::new(input, name)?), true),
        _ => {
            let fault = Error::new(Code::FormatUnknown).source_name(name).value(ending);
            return Err(fault.expected("a file named .jsonl, .csv, .tsv or .json"));
        }
    })
}

impl Network {
    fn import(
        &self,
        input: impl Read + Seek + Send + 'static,
        name: &str,
        options: &ImportOptions,
        listener: Option<Arc<dyn ProgressListener>>,
    ) -> Result<ImportReport, JippError> {
        let core = self.core()?;
        let how = options.to_core()?;
        let (mut rows, is_document) = rows(input, name)?;
        let mut reader = options.reader(is_document)?;
        let mut told = Told::new(listener);
        let report = core.import(&mut *rows, &mut *reader, &how, &mut |progress| told.tell(progress));
        Ok(mirrored(&told.finish(report)?)?)
    }
}

#[uniffi::export]
impl Network {
    /// Imports a file; what it is says the ending of its name: .jsonl, .csv, .tsv or .json. Every row that can enter does,
    /// and every other is in the report.
    ///
    /// # Errors
    /// `store-io` if it cannot be read, `format-unknown`, `option-invalid`, `header-unknown`, `mapping-invalid`; kind
    /// `storage`; what the listener throws; `network-closed`.
    #[uniffi::method(default(listener = None))]
    pub fn import_file(
        &self,
        path: String,
        options: ImportOptions,
        listener: Option<Arc<dyn ProgressListener>>,
    ) -> Result<ImportReport, JippError> {
        let file = std::fs::File::open(&path).map_err(|fault| {
            Error::new(Code::StoreIo).source_name(&path).caused_by(fault).expected("a file that can be read")
        })?;
        self.import(file, &path, &options, listener)
    }

    /// The same for bytes at hand, such as an asset of the app; `name` is what the report calls them, and says by its
    /// ending what they are.
    ///
    /// # Errors
    /// Those of `import_file`.
    #[uniffi::method(default(listener = None))]
    pub fn import_bytes(
        &self,
        name: String,
        bytes: Vec<u8>,
        options: ImportOptions,
        listener: Option<Arc<dyn ProgressListener>>,
    ) -> Result<ImportReport, JippError> {
        self.import(Cursor::new(bytes), &name, &options, listener)
    }

    /// Writes the whole network, or the records of a kind. For copies of the network use `backup_to` and `export_since`:
    /// they keep what happened, too.
    ///
    /// # Errors
    /// `option-invalid` if a format of rows is not told the kind; `network-closed`.
    #[uniffi::method(default(kind = None))]
    pub fn export_records(&self, format: FileFormat, kind: Option<EntityKind>) -> Result<Vec<u8>, JippError> {
        let kind = kind.map(|kind| kind.code().parse::<CoreKind>()).transpose()?;
        let needed = || Error::new(Code::OptionInvalid).field("kind").expected("the kind of the rows");
        let core = self.core()?;
        let mut out = Cursor::new(Vec::new());
        match (format, kind) {
            (FileFormat::Json, _) => core.read(|view| export_document(&view, &mut out))?,
            (FileFormat::JsonLines, Some(kind)) => core.read(|view| export_jsonl(&view, kind, &mut out))?,
            (FileFormat::Csv, Some(kind)) => {
                core.read(|view| export_csv(&view, kind, &CsvOptions::default(), &mut out))?
            }
            (FileFormat::JsonLines | FileFormat::Csv, None) => return Err(needed().into()),
        };
        Ok(out.into_inner())
    }
}

/// Which columns are likely which fields, to be confirmed by a person.
///
/// # Errors
/// None in practice; the signature is that of everything that crosses.
#[uniffi::export]
pub fn suggest_mapping(kind: EntityKind, headers: Vec<String>) -> Result<Suggestion, JippError> {
    Ok(mirrored(&CoreMapping::suggest(kind.code().parse()?, &headers))?)
}
