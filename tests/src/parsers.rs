//! Everything that reads what strangers wrote, behind one form: bytes in, no answer, no panic.
//!
//! The fuzz targets of `jipp-core/fuzz`, the test of hostile input and the test of old crashes call the same functions. Where
//! something was read, it is also used: what a parser lets through must not break what comes after it.

use std::fs;
use std::io::Cursor;
use std::sync::{Arc, LazyLock};

use jipp_core::Lang;
use jipp_core::base::{InnovationId, Origin, PartialDate, Period, Timestamp, fold, slug, words};
use jipp_core::evaluation::blindness::Policy;
use jipp_core::evaluation::index::IndexFormula;
use jipp_core::exchange::{
    Csv, Document, DocumentReader, GraphFormat, ImportOptions, JsonLines, Mapping, RecordReader, RowReader, RowSource,
    Xlsx, decode, draw_tree, import, read_graph, write_graph,
};
use jipp_core::matching::{Analyzer, Field, FieldSet, Lexicon, Query, TextIndex, acronyms};
use jipp_core::model::{EntityKind, Instrument, Naming};
use jipp_core::network::{Draft, Network, Options, Question};
use jipp_core::registry::{Action, ChangeId, Registry};
use jipp_core::store::{MemoryStore, Snapshot, SqliteStore, Store, sqlite};

use crate::{agency, innovation, line, registry, stamp};

/// A parser: its name, and what calls it.
pub type Parser = (&'static str, fn(&[u8]));

/// Every parser.
pub const ALL: [Parser; 20] = [
    ("ids", ids),
    ("dates", dates),
    ("document", document),
    ("json_lines", json_lines),
    ("csv", csv),
    ("xlsx", xlsx),
    ("mapping", mapping),
    ("bundle", bundle),
    ("dot", |bytes| graph(bytes, GraphFormat::Dot)),
    ("mermaid", |bytes| graph(bytes, GraphFormat::Mermaid)),
    ("graphml", |bytes| graph(bytes, GraphFormat::Graphml)),
    ("prov_json", |bytes| graph(bytes, GraphFormat::ProvJson)),
    ("node_link", |bytes| graph(bytes, GraphFormat::NodeLink)),
    ("graph_csv", |bytes| graph(bytes, GraphFormat::Csv)),
    ("snapshot", snapshot),
    ("store", store),
    ("text", text),
    ("query", query),
    ("settings", settings),
    ("edits", crate::model::run),
];

/// Its word lists are read once.
static ANALYZER: LazyLock<Arc<Analyzer>> = LazyLock::new(|| Arc::new(Analyzer::standard()));

/// The parser of this name.
pub fn named(name: &str) -> fn(&[u8]) {
    ALL.iter().find(|(known, _)| *known == name).expect("the parser is listed").1
}

/// Reading alone, where the parser of this name also writes what it read, or draws it.
pub fn reading(name: &str) -> fn(&[u8]) {
    match name {
        "dot" => |bytes| drop(read_graph(as_text(bytes), GraphFormat::Dot)),
        "mermaid" => |bytes| drop(read_graph(as_text(bytes), GraphFormat::Mermaid)),
        "graphml" => |bytes| drop(read_graph(as_text(bytes), GraphFormat::Graphml)),
        "prov_json" => |bytes| drop(read_graph(as_text(bytes), GraphFormat::ProvJson)),
        "node_link" => |bytes| drop(read_graph(as_text(bytes), GraphFormat::NodeLink)),
        "graph_csv" => |bytes| drop(read_graph(as_text(bytes), GraphFormat::Csv)),
        _ => named(name),
    }
}

/// The bytes as text, where they are; most parsers take nothing else.
fn as_text(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

/// A network of two innovations, which is only asked.
static SMALL: LazyLock<Network> = LazyLock::new(|| {
    let options = Options::new("reader").expect("a fixture's origin is an id");
    let network = Network::in_memory(&options).expect("memory can be opened");
    let mut queue = innovation("kota-x/antre");
    queue.title = line("Antre dari Rumah");
    let mut clinic = innovation("kota-x/puskesmas");
    clinic.title = line("Puskesmas Keliling GASPOL 12");
    let actions = vec![agency("kota-x").into(), queue.into(), clinic.into()];
    network.commit(&stamp(), actions.into_iter().map(Action::Register).collect()).expect("fixtures are valid");
    network
});

fn take_in(source: jipp_core::Result<impl RowSource>, reader: &mut dyn RowReader) {
    let mut registry = registry("reader");
    let Ok(mut source) = source else { return };
    let done = import(&mut registry, &mut source, reader, &ImportOptions::new(stamp()), &mut |_| true);
    let is_sound = registry.verify().expect("memory can be looked at").is_empty();
    assert!(is_sound, "{done:?}");
}

/// The kind that the first byte stands for, and the other bytes.
fn kind(bytes: &[u8]) -> (EntityKind, &[u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    (EntityKind::ALL[usize::from(*first) % EntityKind::ALL.len()], rest)
}

fn ids(bytes: &[u8]) {
    let text = as_text(bytes);
    if let Ok(id) = InnovationId::new(text) {
        assert_eq!(id.to_string().parse::<InnovationId>().expect("it was written by us"), id);
    }
    if let Ok(id) = text.parse::<ChangeId>() {
        assert_eq!(id.to_string().parse::<ChangeId>().expect("it was written by us"), id);
    }
}

fn dates(bytes: &[u8]) {
    let text = as_text(bytes);
    if let Ok(date) = text.parse::<PartialDate>() {
        assert_eq!(date.to_string().parse::<PartialDate>().expect("it was written by us"), date);
        assert!(date.first_day() <= date.last_day());
    }
    if let Ok(time) = text.parse::<Timestamp>() {
        assert_eq!(time.to_string().parse::<Timestamp>().expect("it was written by us"), time);
    }
    let _ = serde_json::from_str::<Period>(text);
}

fn document(bytes: &[u8]) {
    take_in(Document::new(Cursor::new(bytes), "hostile.json"), &mut DocumentReader::default());
}

fn json_lines(bytes: &[u8]) {
    let (kind, rest) = kind(bytes);
    take_in(Ok(JsonLines::new(Cursor::new(rest), "hostile.jsonl")), &mut RecordReader::new(kind));
}

fn csv(bytes: &[u8]) {
    let (kind, rest) = kind(bytes);
    take_in(Csv::new(Cursor::new(rest), "hostile.csv"), &mut RecordReader::new(kind));
}

fn xlsx(bytes: &[u8]) {
    take_in(Xlsx::new(Cursor::new(bytes), "hostile.xlsx", None), &mut RecordReader::new(EntityKind::Innovation));
}

fn mapping(bytes: &[u8]) {
    let text = as_text(bytes);
    let headers: Vec<String> = text.lines().take(20).map(str::to_owned).collect();
    let suggestion = Mapping::suggest(EntityKind::Innovation, &headers);
    assert!(suggestion.mapping.check().is_ok());
    if let Ok(mapping) = Mapping::from_json(text) {
        assert_eq!(Mapping::from_json(&mapping.to_json()).expect("it was written by us"), mapping);
    }
}

fn bundle(bytes: &[u8]) {
    let Ok(bundle) = decode(bytes) else { return };
    let mut registry = registry("reader");
    // A bundle that can be read may still contradict itself.
    let _ = registry.receive(bundle.changes);
    assert!(registry.verify().expect("memory can be looked at").is_empty());
}

fn graph(bytes: &[u8], format: GraphFormat) {
    let Ok(read) = read_graph(as_text(bytes), format) else { return };
    let written = write_graph(&read.graph, format).expect("what was read can be written");
    let again = read_graph(&written, format).expect("it was written by us");
    assert_eq!(again.graph, read.graph);
    let _ = draw_tree(&read.graph, Lang::Id);
}

/// The records of a snapshot, its head, or the text index in it, as the first byte says.
fn snapshot(bytes: &[u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let usual = br#"{"clock":0,"seen":[],"held":[],"conflicts":[]}"#;
    let (head, records) = match first % 3 {
        0 => (rest, &b""[..]),
        1 => (&usual[..], rest),
        _ => return text_index(rest),
    };
    let parts = vec![("registry/head".to_owned(), head.to_vec()), ("registry/records".to_owned(), records.to_vec())];
    let mut store = MemoryStore::new();
    store.save_snapshot(&Snapshot { revision: 0, parts }).expect("memory can be written");
    let origin = Origin::new("reader").expect("a fixture's origin is an id");
    let mut registry = Registry::open(Box::new(store), origin).expect("a snapshot that cannot be read is none");
    for kind in EntityKind::ALL {
        let _ = registry.view().records(*kind).count();
    }
    // Whatever stands in it, work goes on.
    let _ = registry.commit(&stamp(), vec![Action::Register(agency("kota-x").into())]);
}

/// The body of a text index, which is given the head and the seal of a true one: else nothing would get past them.
fn text_index(body: &[u8]) {
    const HEAD: usize = 16;
    let fields = || FieldSet::new(vec![Field::new("title", 100)]).expect("a fixture's fields are valid");
    let empty = TextIndex::new(Arc::clone(&ANALYZER), fields()).to_bytes();
    let mut bytes = [&empty[..HEAD], body].concat();
    bytes.extend_from_slice(&crc32fast::hash(&bytes).to_le_bytes());
    let Ok(index) = TextIndex::from_bytes(&bytes, Arc::clone(&ANALYZER), fields()) else { return };
    let query = Query::parse("antrean panjang", &Lexicon::empty(Arc::clone(&ANALYZER)));
    for hit in index.search(&query, &|_| true, 10) {
        let _ = index.explain(&query, hit.doc);
    }
    assert_eq!(index.to_bytes(), bytes);
}

fn store(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let path = folder.path().join("hostile.jipp");
    fs::write(&path, bytes).expect("there is room for temporary files");
    let _ = sqlite::salvage(&path);
    let Ok(store) = SqliteStore::open(&path, &sqlite::Options::default()) else { return };
    let _ = store.verify();
    let origin = Origin::new("reader").expect("a fixture's origin is an id");
    let _ = Registry::open(Box::new(store), origin);
}

fn text(bytes: &[u8]) {
    let text = as_text(bytes);
    let folded = fold(text);
    assert_eq!(fold(&folded), folded);
    let _ = (words(text), slug(text), acronyms(text));
    let _ = ANALYZER.tokens(text);
}

fn query(bytes: &[u8]) {
    let text = as_text(bytes);
    let network = &*SMALL;
    let question = serde_json::from_str(text).unwrap_or_else(|_| Question::new(text));
    if let Ok(found) = network.candidates(&question) {
        for candidate in &found.candidates {
            assert_eq!(candidate.score, candidate.parts.iter().map(|part| part.points).sum::<i64>());
        }
    }
    let draft = Draft { title: text.chars().take(200).collect(), problem: text.to_owned(), ..Draft::default() };
    let _ = network.check_draft(&draft);
}

/// Files of settings: who sees what, instruments, formulas of indices, names of regions.
fn settings(bytes: &[u8]) {
    let text = as_text(bytes);
    let _ = Policy::from_json(text);
    let _ = Instrument::from_json(text);
    let _ = IndexFormula::from_json(text);
    let _ = serde_json::from_str::<Naming>(text);
}
