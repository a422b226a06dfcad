//! References by name.

use std::collections::{BTreeMap, HashMap};

use crate::base::{Code, Error, Result, check_id, fold};
use crate::model::{EntityKind, Line, Record};
use crate::registry::{Revision, View};

/// Knows more names than the records do: old spellings, abbreviations, a gazetteer.
pub trait NameResolver {
    /// The id of what a text names. `None`: this resolver does not know, others may.
    ///
    /// # Errors
    /// `name-ambiguous`, `name-unresolved`: it is known that the text names nothing, or too much.
    fn resolve(&self, kind: EntityKind, text: &str) -> Option<Result<String>>;
}

/// How many comparisons of names are spent on suggestions in one import.
const COMPARISONS: usize = 5_000_000;
/// How like a name must be to be suggested.
const SUGGESTED: f64 = 0.8;

/// The names of one kind.
struct Names {
    revision: Revision,
    ids: HashMap<String, Vec<String>>,
}

/// Finds records by their names and aliases; case, diacritics and blanks do not count.
pub(super) struct NameIndex {
    kinds: BTreeMap<EntityKind, Names>,
    comparisons_left: usize,
}

impl Default for NameIndex {
    fn default() -> Self {
        Self { kinds: BTreeMap::new(), comparisons_left: COMPARISONS }
    }
}

impl NameIndex {
    /// The id that a text names: an id that exists, a name that the resolver knows, a name on record, or else an id of
    /// something that may yet come.
    ///
    /// # Errors
    /// `name-ambiguous`, `name-unresolved`, and what the resolver finds.
    pub(super) fn resolve(
        &mut self,
        kind: EntityKind,
        text: &str,
        resolver: Option<&dyn NameResolver>,
        view: &View<'_>,
    ) -> Result<String> {
        if view.record(kind, text).is_some() {
            return Ok(text.to_owned());
        }
        if let Some(found) = resolver.and_then(|resolver| resolver.resolve(kind, text)) {
            return found;
        }
        let names = self.names(kind, view);
        match names.get(&fold(text)).map_or(&[][..], Vec::as_slice) {
            [] if check_id(kind.code(), text).is_ok() => Ok(text.to_owned()),
            [] => Err(self.unresolved(kind, text)),
            [only] => Ok(only.clone()),
            several => {
                Err(Error::new(Code::NameAmbiguous).value(text).expected(format!("one of {}", several.join(", "))))
            }
        }
    }

    fn names(&mut self, kind: EntityKind, view: &View<'_>) -> &HashMap<String, Vec<String>> {
        let names = self.kinds.entry(kind).or_insert_with(|| read_names(kind, view));
        if names.revision != view.revision() {
            *names = read_names(kind, view);
        }
        &names.ids
    }

    fn unresolved(&mut self, kind: EntityKind, text: &str) -> Error {
        let fault = Error::new(Code::NameUnresolved).value(text);
        let empty = HashMap::new();
        let names = self.kinds.get(&kind).map_or(&empty, |names| &names.ids);
        if names.len() > self.comparisons_left {
            return fault;
        }
        self.comparisons_left -= names.len();
        let wanted = fold(text);
        let likeness = |name: &String| strsim::jaro_winkler(name, &wanted);
        let nearest =
            names.iter().map(|(name, ids)| (likeness(name), ids)).filter(|(likeness, _)| *likeness >= SUGGESTED);
        match nearest.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1))) {
            Some((_, ids)) => fault.expected(format!("perhaps {}", ids.join(", "))),
            None => fault.expected(format!("the id or name of a record of kind {kind}")),
        }
    }
}

fn read_names(kind: EntityKind, view: &View<'_>) -> Names {
    let mut ids: HashMap<String, Vec<String>> = HashMap::new();
    for record in view.records(kind) {
        for name in record.name().into_iter().chain(aliases(record).iter().map(|alias| &**alias)) {
            let same = ids.entry(fold(name)).or_default();
            if same.last().is_none_or(|last| last != record.id()) {
                same.push(record.id().to_owned());
            }
        }
    }
    Names { revision: view.revision(), ids }
}

fn aliases(record: &Record) -> &[Line] {
    match record {
        Record::Region(region) => &region.aliases,
        Record::Agency(agency) => &agency.aliases,
        Record::Sector(sector) => &sector.aliases,
        Record::Partner(partner) => &partner.aliases,
        Record::Competition(competition) => &competition.aliases,
        _ => &[],
    }
}
