//! Texts of a user's own, searched as innovations are.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jipp_core::base::Code;
use jipp_core::matching::{Field, FieldSet, Lexicon, Query, TextIndex as Core};
use jipp_core::{Error, Result};
use pyo3::prelude::*;

use super::Analyzer;
use crate::answer::run;

/// What is in the index: the core knows documents by numbers, users by ids.
struct Inner {
    core: Core,
    numbers: BTreeMap<String, u32>,
    ids: Vec<String>,
}

/// Documents with weighted fields, by id.
#[pyclass(frozen, module = "jipp._jipp")]
pub(crate) struct TextIndex {
    lexicon: Lexicon,
    inner: RwLock<Inner>,
}

/// A part of a score: the words of the query, what matched, how, the score, and the fields with theirs.
type Part = (String, String, &'static str, u32, Vec<(&'static str, u32)>);

/// Names of fields live as long as the process: each different one is kept once.
fn lasting(name: &str) -> &'static str {
    static NAMES: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.iter().find(|known| **known == name) {
        return known;
    }
    let kept: &'static str = name.to_owned().leak();
    names.push(kept);
    kept
}

#[pymethods]
impl TextIndex {
    #[new]
    fn new(
        py: Python<'_>,
        fields: Vec<(String, u32)>,
        analyzer: &Analyzer,
        is_standard: bool,
        groups: Vec<(Vec<String>, u32)>,
        acronyms: Vec<(String, String)>,
    ) -> PyResult<Self> {
        let analyzer = Arc::new(analyzer.core().clone());
        run(py, || {
            let mut lexicon =
                if is_standard { Lexicon::standard(analyzer.clone()) } else { Lexicon::empty(analyzer.clone()) };
            for (members, weight) in &groups {
                lexicon.add_group(&members.iter().map(String::as_str).collect::<Vec<_>>(), *weight)?;
            }
            for (acronym, words) in &acronyms {
                lexicon.add_acronym(acronym, words)?;
            }
            let fields = fields.iter().map(|(name, weight)| Field::new(lasting(name), *weight)).collect();
            let core = Core::new(analyzer, FieldSet::new(fields)?);
            let inner = RwLock::new(Inner { core, numbers: BTreeMap::new(), ids: Vec::new() });
            Ok(Self { lexicon, inner })
        })
    }

    /// Puts a document in, or in the place of the one with its id.
    fn insert(&self, py: Python<'_>, id: String, texts: Vec<(String, String)>) -> PyResult<()> {
        run(py, || {
            let inner = &mut *self.inner.write().unwrap_or_else(PoisonError::into_inner);
            let placed: Vec<(usize, &str)> =
                texts.iter().map(|(field, text)| Ok((inner.place(field)?, text.as_str()))).collect::<Result<_>>()?;
            let next = u32::try_from(inner.ids.len()).unwrap_or(u32::MAX);
            let number = inner.numbers.get(&id).copied().unwrap_or(next);
            inner.core.insert(number, &placed)?;
            if number == next {
                inner.numbers.insert(id.clone(), number);
                inner.ids.push(id);
            }
            Ok(())
        })
    }

    /// Takes a document out; whether it was there.
    fn remove(&self, id: &str) -> bool {
        let inner = &mut *self.inner.write().unwrap_or_else(PoisonError::into_inner);
        inner.numbers.get(id).copied().is_some_and(|number| inner.core.remove(number))
    }

    /// The best documents for a text, best first: id, score, and what it is made of.
    fn search(&self, py: Python<'_>, text: &str, limit: usize) -> PyResult<Vec<(String, u32, Vec<Part>)>> {
        run(py, || {
            let inner = self.inner.read().unwrap_or_else(PoisonError::into_inner);
            let hits = inner.core.search(&Query::parse(text, &self.lexicon), &|_| true, limit);
            let fields = inner.core.fields().as_slice();
            let name = |place: usize| fields.get(place).map_or("", |field| field.name);
            let named = |hit: jipp_core::matching::Hit| {
                let parts = hit.contributions.into_iter().map(|part| {
                    let shares = part.fields.iter().map(|share| (name(share.field), share.score)).collect();
                    (part.words, part.matched, part.kind.code(), part.score, shares)
                });
                let id = inner.ids.get(hit.doc as usize).cloned().unwrap_or_default();
                (id, hit.score, parts.collect())
            };
            Ok(hits.into_iter().map(named).collect())
        })
    }

    /// The words of a text that are searched for.
    fn words(&self, text: &str) -> Vec<String> {
        Query::parse(text, &self.lexicon).words().collect()
    }

    fn __contains__(&self, id: &str) -> bool {
        let inner = self.inner.read().unwrap_or_else(PoisonError::into_inner);
        inner.numbers.get(id).is_some_and(|number| inner.core.contains(*number))
    }

    fn __len__(&self) -> usize {
        self.inner.read().unwrap_or_else(PoisonError::into_inner).core.len()
    }
}

impl Inner {
    fn place(&self, field: &str) -> Result<usize> {
        self.core.fields().position(field).ok_or_else(|| {
            let known: Vec<&str> = self.core.fields().as_slice().iter().map(|field| field.name).collect();
            Error::new(Code::FieldUnknown).field(field).expected(known.join(", "))
        })
    }
}
