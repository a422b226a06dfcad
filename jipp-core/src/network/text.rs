//! The text index over innovations, kept in step with the registry.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::neighbours::Draft;
use crate::base::Result;
use crate::matching::{Analyzer, Field, FieldSet, Lexicon, TextIndex};
use crate::model::{Agency, Entity, EntityKind, Innovation, Record, Sector};
use crate::registry::{Registry, Revision, Slot, View};
use crate::store::Snapshot;

/// The fields of an innovation that are searched, with their weights in hundredths. The problem counts most beside the
/// title: real replications join agencies that share a problem, and rename what they take.
pub const SEARCHED_FIELDS: [Field; 8] = [
    Field::new("title", 200).with_pivot(3),
    Field::new("expansion", 200).with_pivot(5),
    Field::new("problem", 200).with_pivot(12),
    Field::new("solution", 150).with_pivot(14),
    Field::new("outcome", 80).with_pivot(11),
    Field::new("sector", 60).with_pivot(5),
    Field::new("owner", 40).with_pivot(3),
    Field::new("setting", 80).with_pivot(4),
];

/// The text index at a revision. A document's number is the record's place in the registry.
#[derive(Debug)]
pub(super) struct TextView {
    pub(super) index: TextIndex,
    pub(super) lexicon: Lexicon,
    revision: Revision,
}

fn fields() -> Result<FieldSet> {
    FieldSet::new(SEARCHED_FIELDS.to_vec())
}

impl TextView {
    pub(super) fn new() -> Result<Self> {
        let analyzer = Arc::new(Analyzer::standard());
        let lexicon = Lexicon::standard(Arc::clone(&analyzer));
        Ok(Self { index: TextIndex::new(analyzer, fields()?), lexicon, revision: 0 })
    }

    /// The index that a snapshot holds; none if it was made with other words, fields or another version.
    pub(super) fn from_snapshot(snapshot: &Snapshot, part: &str) -> Option<Self> {
        let (_, bytes) = snapshot.parts.iter().find(|(name, _)| name == part)?;
        let analyzer = Arc::new(Analyzer::standard());
        let index = TextIndex::from_bytes(bytes, Arc::clone(&analyzer), fields().ok()?).ok()?;
        Some(Self { index, lexicon: Lexicon::standard(analyzer), revision: snapshot.revision })
    }

    /// What takes texts apart.
    pub(super) fn analyzer(&self) -> &Analyzer {
        self.lexicon.analyzer()
    }

    /// The revision it stands at.
    pub(super) fn revision(&self) -> Revision {
        self.revision
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        self.index.to_bytes()
    }

    /// Puts in what changed since the revision it stands at.
    pub(super) fn catch_up(&mut self, registry: &Registry) -> Result<()> {
        if self.revision == registry.revision() {
            return Ok(());
        }
        let view = registry.view();
        let innovation = |slot: Slot| match view.at_slot(slot) {
            Some(Record::Innovation(innovation)) => Some(innovation),
            _ => None,
        };
        let changed = changed(registry, self.revision);
        for gone in changed.iter().filter(|slot| innovation(**slot).is_none()) {
            self.index.remove(*gone);
        }
        let document = |slot: &Slot| Some((*slot, document(&view, innovation(*slot)?)));
        self.index.insert_all(changed.iter().filter_map(document))?;
        self.revision = registry.revision();
        Ok(())
    }
}

/// The places of the innovations whose text may have changed after a revision: their own, and those that show the name of
/// an agency or sector that changed.
fn changed(registry: &Registry, after: Revision) -> BTreeSet<Slot> {
    let mut slots: BTreeSet<Slot> = registry.changed_slots(EntityKind::Innovation, after).into_iter().collect();
    if after == 0 {
        return slots;
    }
    let view = registry.view();
    for kind in [EntityKind::Agency, EntityKind::Sector] {
        for shown in registry.changed_slots(kind, after) {
            let showing = view.slots_referring(EntityKind::Innovation, shown);
            slots.extend(showing);
        }
    }
    slots
}

/// What is searched of an innovation: field numbers with texts.
pub(super) fn document<'v>(view: &View<'v>, innovation: &'v Innovation) -> Vec<(usize, &'v str)> {
    let mut texts: Vec<(usize, &'v str)> = Vec::with_capacity(12);
    let mut add = |name: &str, text: Option<&'v str>| {
        if let (Some(field), Some(text)) = (SEARCHED_FIELDS.iter().position(|field| field.name == name), text) {
            texts.push((field, text));
        }
    };
    add("title", Some(&innovation.title));
    add("expansion", innovation.nickname.as_deref());
    add("expansion", innovation.expansion.as_deref());
    add("problem", innovation.problem.as_deref());
    add("solution", innovation.solution.as_deref());
    add("outcome", innovation.outcome.as_deref());
    add("setting", innovation.unit_name.as_deref());
    for text in innovation.target_groups.iter().chain(&innovation.tools).chain(&innovation.prerequisites) {
        add("setting", Some(text));
    }
    for section in &innovation.sections {
        add("solution", Some(&section.text));
    }
    add("owner", view.find::<Agency>(innovation.owner.as_str()).and_then(Entity::name));
    for sector in innovation.sectors.iter().filter_map(|id| view.find::<Sector>(id.as_str())) {
        add("sector", Some(&sector.name));
        add("sector", sector.name_en.as_deref());
    }
    texts
}

/// The places of the fields that say what an innovation is, not whose and where.
pub(super) fn content_fields() -> Vec<usize> {
    let is_content = |name| matches!(name, "title" | "expansion" | "problem" | "solution" | "outcome");
    (0..SEARCHED_FIELDS.len()).filter(|&field| is_content(SEARCHED_FIELDS[field].name)).collect()
}

/// A draft as a document.
pub(super) fn document_of_draft(draft: &Draft) -> Vec<(usize, &str)> {
    let texts = [
        ("title", &draft.title),
        ("expansion", &draft.expansion),
        ("problem", &draft.problem),
        ("solution", &draft.solution),
        ("outcome", &draft.outcome),
    ];
    let field = |name: &str| SEARCHED_FIELDS.iter().position(|field| field.name == name);
    texts.iter().filter_map(|(name, text)| Some((field(name)?, text.as_str()))).collect()
}
