//! What is ranked: every innovation on record, and every source that only replications know.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jipp_core::Result;
use jipp_core::base::{Code, Error, fold, words};
use jipp_core::model::{Entity, Innovation, Region};
use jipp_core::network::{Network, SEARCHED_FIELDS};
use jipp_core::registry::View;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A record as the engines see it.
#[derive(Debug, Serialize)]
pub(super) struct Document {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) owner: String,
    /// The names of its region and of its province, where known.
    pub(super) regions: Vec<String>,
    /// What is searched, with the place of the field in [`SEARCHED_FIELDS`].
    pub(super) texts: Vec<(usize, String)>,
    /// Whether it stands in `innovations.jsonl`. The others are known from replications only, and no judge read them.
    pub(super) is_gathered: bool,
}

impl Document {
    /// Whether its problem or its solution is known.
    pub(super) fn tells_what_it_does(&self) -> bool {
        self.texts.iter().any(|(field, _)| matches!(SEARCHED_FIELDS[*field].name, "problem" | "solution"))
    }

    /// All its texts.
    pub(super) fn bag(&self) -> String {
        let texts: Vec<&str> = self.texts.iter().map(|(_, text)| text.as_str()).collect();
        texts.join("\n")
    }
}

/// The documents, numbered in the order of their ids.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) documents: Vec<Document>,
    numbers: BTreeMap<String, usize>,
    /// In how many documents each word stands.
    frequencies: BTreeMap<String, usize>,
}

impl Pool {
    pub(super) fn new(network: &Network, dir: &Path) -> Result<Self> {
        #[derive(serde::Deserialize)]
        struct Row {
            id: String,
        }
        let gathered: BTreeSet<String> =
            read_rows::<Row>(&dir.join("innovations.jsonl"))?.into_iter().map(|row| row.id).collect();
        let mut documents: Vec<Document> =
            network.read(|view| view.all::<Innovation>().map(|record| document(&view, record, &gathered)).collect());
        for document in &mut documents {
            document.texts = network.searched_texts(&document.id.parse()?)?;
        }
        documents.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        let numbers = documents.iter().enumerate().map(|(number, document)| (document.id.clone(), number)).collect();
        let mut frequencies = BTreeMap::new();
        for document in &documents {
            let unique: BTreeSet<String> = words(&document.bag()).into_iter().collect();
            for word in unique {
                *frequencies.entry(word).or_default() += 1;
            }
        }
        Ok(Self { documents, numbers, frequencies })
    }

    /// The number of a document.
    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// In how many documents a word stands.
    pub(super) fn frequency(&self, word: &str) -> usize {
        self.frequencies.get(word).copied().unwrap_or(0)
    }

    /// The documents of an owner with a title, however it is written.
    pub(super) fn titled(&self, title: &str, owner: &str) -> impl Iterator<Item = usize> {
        let title = fold(title);
        let same = move |document: &Document| document.owner == owner && fold(&document.title) == title;
        self.documents.iter().enumerate().filter(move |(_, document)| same(document)).map(|(number, _)| number)
    }
}

/// A record, still without its texts.
fn document(view: &View<'_>, innovation: &Innovation, gathered: &BTreeSet<String>) -> Document {
    let region = innovation.region.as_ref().and_then(|id| view.find::<Region>(id.as_str()));
    let province = region.and_then(|region| region.parent.as_ref()).and_then(|id| view.find::<Region>(id.as_str()));
    let regions = [region, province].into_iter().flatten().filter_map(Entity::name).map(str::to_owned).collect();
    Document {
        id: innovation.id.to_string(),
        title: innovation.title.to_string(),
        owner: innovation.owner.to_string(),
        regions,
        texts: Vec::new(),
        is_gathered: gathered.contains(innovation.id.as_str()),
    }
}

/// The rows of a file of JSON lines.
pub(super) fn read_rows<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let name = path.display().to_string();
    let text =
        fs::read_to_string(path).map_err(|error| Error::new(Code::StoreIo).source_name(&name).caused_by(error))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| serde_json::from_str(line))
        .collect::<std::result::Result<_, _>>()
        .map_err(|error| Error::new(Code::JsonSyntax).source_name(&name).caused_by(error))
}
