//! The present network as one JSON document.
//!
//! ```json
//! {"format":"jipp-network","version":1,"revision":12,"records":{"agency":[...],"innovation":[...]}}
//! ```
//!
//! It holds every record that stands for itself, in the order of kinds and ids; history and merges travel in bundles. It is
//! written and read as a stream; [`document_schema`] is its JSON Schema.

use std::collections::BTreeMap;
use std::io::{BufRead, Seek, SeekFrom, Write};

use serde_json::{Map, Value, json};

use super::export::io_error;
use super::fields::references;
use super::import::RowReader;
use super::reader::resolve_at;
use super::rows::io_error as read_error;
use super::{MAX_ROW_BYTES, RecordReader, Row, RowSource};
use crate::base::{Code, Error, Result};
use crate::model::{EntityKind, EntityRef, Record};
use crate::registry::View;

/// The name of the format.
const FORMAT: &str = "jipp-network";
/// The version of the document that this library writes, and the newest it reads.
pub const DOCUMENT_VERSION: u32 = 1;

/// Writes the network; says how many records there are. References to merged records name the record that stands for them.
///
/// # Errors
/// `store-io` if `out` fails.
///
/// # Complexity
/// Linear; one record is in memory at a time.
pub fn export_document(view: &View<'_>, out: &mut dyn Write) -> Result<u64> {
    write_document(view, out).map_err(|error| io_error(&error))
}

fn write_document(view: &View<'_>, out: &mut dyn Write) -> std::io::Result<u64> {
    let revision = view.revision();
    write!(out, "{{\"format\":\"{FORMAT}\",\"version\":{DOCUMENT_VERSION},\"revision\":{revision},\"records\":{{")?;
    let mut count = 0;
    let mut between_kinds = "\n";
    for kind in EntityKind::ALL {
        let mut between = "";
        for record in view.records(*kind) {
            if between.is_empty() {
                write!(out, "{between_kinds}\"{kind}\":[")?;
                between_kinds = ",\n";
            }
            write!(out, "{between}\n{}", standing_fields(record, view))?;
            between = ",";
            count += 1;
        }
        if !between.is_empty() {
            write!(out, "\n]")?;
        }
    }
    writeln!(out, "\n}}}}")?;
    out.flush()?;
    Ok(count)
}

/// The fields of a record, with merges followed in its references.
fn standing_fields(record: &Record, view: &View<'_>) -> Value {
    let mut is_moved = false;
    record.references(&mut |_, kind, id| {
        is_moved = is_moved || view.record(kind, id).is_some_and(|standing| standing.id() != id);
    });
    let mut fields = record.to_fields();
    for (path, kind) in references(record.kind()).iter().filter(|_| is_moved) {
        let mut follow = |id: &str| {
            let standing = EntityRef::new(*kind, id).ok().and_then(|subject| view.resolve(&subject));
            Ok(standing.map_or_else(|| id.to_owned(), |standing| standing.id.to_string()))
        };
        // Following a merge cannot fail.
        let _ = resolve_at(&mut fields, path, &mut follow);
    }
    fields
}

/// The JSON Schema (2020-12) of the document.
pub fn document_schema() -> Value {
    let mut definitions = Map::new();
    let mut records = Map::new();
    for kind in EntityKind::ALL {
        let mut schema = Record::schema(*kind).to_value();
        let Some(fields) = schema.as_object_mut() else { continue };
        fields.remove("$schema");
        if let Some(Value::Object(shared)) = fields.remove("$defs") {
            definitions.extend(shared);
        }
        records
            .insert(kind.code().to_owned(), json!({ "type": "array", "items": { "$ref": format!("#/$defs/{kind}") } }));
        definitions.insert(kind.code().to_owned(), schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "type": "object",
        "required": ["format", "version", "records"],
        "additionalProperties": false,
        "properties": {
            "format": { "const": FORMAT },
            "version": { "const": DOCUMENT_VERSION },
            "revision": { "type": "integer", "minimum": 0 },
            "records": { "type": "object", "additionalProperties": false, "properties": records },
        },
        "$defs": definitions,
    })
}

/// Reads the rows of a document for what they are.
#[derive(Default)]
pub struct DocumentReader<'a> {
    kinds: BTreeMap<EntityKind, RecordReader<'a>>,
}

impl RowReader for DocumentReader<'_> {
    fn read(&mut self, row: &Row, view: &View<'_>) -> Result<Vec<Record>> {
        let kind = row.kind.ok_or_else(|| Error::new(Code::FieldMissing).field("kind"))?;
        self.kinds.entry(kind).or_insert_with(|| RecordReader::new(kind)).read(row, view)
    }

    fn reads_raw(&self) -> bool {
        true
    }
}

/// Where in the document the next byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Kinds,
    Records(EntityKind),
    End,
}

/// A document as a source of rows, one for each record.
///
/// ```
/// use jipp_core::{base::Origin, registry::{Registry, Stamp}, store::MemoryStore};
/// use jipp_core::exchange::{Document, DocumentReader, ImportOptions, export_document, import};
/// let file = r#"{"format":"jipp-network","version":1,"records":{"sector":[{"id":"health","name":"Kesehatan"}]}}"#;
/// let mut registry = Registry::open(Box::new(MemoryStore::new()), Origin::new("example")?)?;
/// let mut rows = Document::new(std::io::Cursor::new(file), "network.json")?;
/// let options = ImportOptions::new(Stamp::at("2026-11-21T08:00:00Z".parse()?));
/// let report = import(&mut registry, &mut rows, &mut DocumentReader::default(), &options, &mut |_| true)?;
/// assert_eq!(report.registered, 1);
/// assert_eq!(export_document(&registry.view(), &mut Vec::new())?, 1);
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub struct Document<R> {
    input: R,
    name: String,
    line: u64,
    offset: u64,
    at: At,
    /// Whether an element came before in the list or object, so that a comma must follow.
    is_behind: bool,
    /// Where the records begin: line and byte.
    body: (u64, u64),
}

impl<R: BufRead + Seek> Document<R> {
    /// Reads from the beginning of a file; `name` stands in messages.
    ///
    /// # Errors
    /// `format-unknown` if it is something else, `format-newer` if a newer library wrote it, `json-syntax`; kind `storage`.
    pub fn new(input: R, name: &str) -> Result<Self> {
        let (line, offset, at) = (1, 0, At::Kinds);
        let mut document =
            Self { input, name: name.to_owned(), line, offset, at, is_behind: false, body: (line, offset) };
        document.read_head().map_err(|error| error.source_name(name))?;
        document.body = (document.line, document.offset);
        Ok(document)
    }

    /// Reads up to the first kind.
    fn read_head(&mut self) -> Result<()> {
        let foreign = || Error::new(Code::FormatUnknown).expected(format!("\"format\":\"{FORMAT}\", first of all"));
        if self.token()? != Some(b'{') {
            return Err(foreign());
        }
        let mut is_ours = false;
        loop {
            let key = self.key()?;
            match key.as_str() {
                "format" => is_ours = self.value()? == json!(FORMAT),
                _ if !is_ours => return Err(foreign()),
                "version" => {
                    let version = self.value()?;
                    if version.as_u64().is_none_or(|version| version > u64::from(DOCUMENT_VERSION)) {
                        let fault = Error::new(Code::FormatNewer).value(version);
                        return Err(fault.expected(format!("at most {DOCUMENT_VERSION}")));
                    }
                }
                "revision" => drop(self.value()?),
                "records" => return self.expect(b'{'),
                _ => return Err(Error::new(Code::FieldUnknown).field(key).line(self.line)),
            }
            self.expect(b',')?;
        }
    }

    /// The next row, or why there is none; after an error that leaves no way on, the end.
    fn read_row(&mut self) -> Result<Option<Row>> {
        loop {
            let byte = match self.at {
                At::End => return Ok(None),
                _ => self.token()?.ok_or_else(|| self.fault("the rest: the document is cut short"))?,
            };
            match (self.at, byte) {
                (_, b',') if self.is_behind => self.is_behind = false,
                (At::Records(_), b']') => (self.at, self.is_behind) = (At::Kinds, true),
                (At::Kinds, b'}') => {
                    self.expect(b'}')?;
                    if self.token()?.is_some() {
                        return Err(self.fault("nothing behind the document"));
                    }
                    self.at = At::End;
                }
                _ if self.is_behind => return Err(self.fault("a comma")),
                (At::Kinds, b'"') => {
                    let name = self.string()?;
                    let kind = name.parse().map_err(|error: Error| error.line(self.line))?;
                    self.expect(b':')?;
                    self.expect(b'[')?;
                    self.at = At::Records(kind);
                }
                (At::Records(kind), b'{') => {
                    let line = self.line;
                    self.is_behind = true;
                    let raw = self.rest_of(byte)?;
                    let raw = raw.ok_or_else(|| {
                        Error::new(Code::LineTooLong).line(line).expected(format!("at most {MAX_ROW_BYTES} bytes"))
                    })?;
                    let raw = String::from_utf8(raw).map_err(|_| Error::new(Code::Utf8).line(line))?;
                    return Ok(Some(Row { line, raw: Some(raw), kind: Some(kind), ..Row::default() }));
                }
                _ => return Err(self.fault("a record")),
            }
        }
    }

    fn fault(&self, expected: &str) -> Error {
        Error::new(Code::JsonSyntax).line(self.line).expected(expected)
    }

    fn expect(&mut self, byte: u8) -> Result<()> {
        if self.token()? == Some(byte) { Ok(()) } else { Err(self.fault(&char::from(byte).to_string())) }
    }

    fn key(&mut self) -> Result<String> {
        self.expect(b'"')?;
        let key = self.string()?;
        self.expect(b':')?;
        Ok(key)
    }

    /// The rest of a string whose quote was read.
    fn string(&mut self) -> Result<String> {
        let raw = self.rest_of(b'"')?.unwrap_or_default();
        serde_json::from_slice(&raw).map_err(|_| self.fault("a string"))
    }

    /// A small value of the head.
    fn value(&mut self) -> Result<Value> {
        let mut raw = Vec::new();
        let first = self.token()?.ok_or_else(|| self.fault("a value"))?;
        if matches!(first, b'"' | b'{' | b'[') {
            raw = self.rest_of(first)?.unwrap_or_default();
        } else {
            raw.push(first);
            while let Some(byte) = self.peek()?
                && !matches!(byte, b',' | b'}' | b' ' | b'\t' | b'\r' | b'\n')
                && raw.len() < MAX_ROW_BYTES
            {
                raw.push(byte);
                self.step(byte);
            }
        }
        serde_json::from_slice(&raw).map_err(|_| self.fault("a value"))
    }

    /// The text of a string, object or list whose first byte was read, up to its end; `None` if it is too long.
    fn rest_of(&mut self, first: u8) -> Result<Option<Vec<u8>>> {
        let mut raw = vec![first];
        let mut is_fitting = true;
        let (mut depth, mut in_string, mut is_escaped) = (u32::from(first != b'"'), first == b'"', false);
        while depth > 0 || in_string {
            let byte = self.peek()?.ok_or_else(|| self.fault("the rest: the document is cut short"))?;
            self.step(byte);
            if raw.len() < MAX_ROW_BYTES {
                raw.push(byte);
            } else {
                is_fitting = false;
            }
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if in_string => is_escaped = true,
                b'"' => in_string = !in_string,
                b'{' | b'[' if !in_string => depth += 1,
                b'}' | b']' if !in_string => depth -= 1,
                _ => {}
            }
        }
        Ok(is_fitting.then_some(raw))
    }

    /// The next byte that is no blank.
    fn token(&mut self) -> Result<Option<u8>> {
        while let Some(byte) = self.peek()? {
            self.step(byte);
            // A byte order mark is passed over where it belongs.
            let is_mark = self.offset <= 3 && matches!(byte, 0xef | 0xbb | 0xbf);
            if !byte.is_ascii_whitespace() && !is_mark {
                return Ok(Some(byte));
            }
        }
        Ok(None)
    }

    fn peek(&mut self) -> Result<Option<u8>> {
        let bytes = self.input.fill_buf().map_err(|error| read_error(error, &self.name))?;
        Ok(bytes.first().copied())
    }

    fn step(&mut self, byte: u8) {
        self.input.consume(1);
        self.offset += 1;
        self.line += u64::from(byte == b'\n');
    }
}

impl<R: BufRead + Seek> RowSource for Document<R> {
    fn next(&mut self) -> Option<Result<Row>> {
        let row = self.read_row();
        // Behind a record that is too long or not UTF-8 the document goes on; behind any other fault it has no structure.
        if let Err(error) = &row
            && !matches!(error.code_value(), Code::LineTooLong | Code::Utf8)
        {
            self.at = At::End;
        }
        row.transpose()
    }

    fn rewind(&mut self) -> Result<()> {
        self.input.seek(SeekFrom::Start(self.body.1)).map_err(|error| read_error(error, &self.name))?;
        ((self.line, self.offset), self.at, self.is_behind) = (self.body, At::Kinds, false);
        Ok(())
    }

    fn name(&self) -> &str {
        &self.name
    }
}
