//! Taking in changes that were made elsewhere, and folding a journal again: the same thing.
//!
//! A change whose record, or a record it refers to, has not arrived yet is held, in the journal like every other, and
//! folded in when it can be; so is one that would close a cycle of lineage, until a later change takes the cycle away.
//! Nothing is lost, and the order of arrival does not matter for any record.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::change::{Action, Change, ChangeId, Revision};
use super::draft::Draft;
use super::fold::{Conflict, Content, fold};
use super::state::{Held, State};
use crate::base::{Code, Result};
use crate::model::EntityRef;
use crate::model::lifecycle::Policy;
use crate::store::Store;

/// Why a change waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum HoldReason {
    /// This record has not arrived.
    Missing(EntityRef),
    /// It would make a record its own ancestor: the message of the refusal.
    Cycle(String),
    /// What it makes is no valid record: the message of the refusal.
    Invalid(String),
}

/// Folds changes into the state as one revision. Changes seen before are passed over.
pub(super) fn receive(
    state: &mut State,
    policy: &Policy,
    store: &dyn Store,
    revision: Revision,
    changes: &[Arc<Change>],
) -> Result<()> {
    state.revision = revision;
    let mut waiting: Vec<Arc<Change>> = Vec::new();
    for change in changes.iter().filter(|change| !state.has_seen(&change.id)) {
        waiting.push(Arc::clone(change));
    }
    for change in &waiting {
        state.see(&change.id);
    }
    waiting.extend(std::mem::take(&mut state.held).into_values().map(|held| held.change));
    waiting.sort_by(|a, b| a.id.cmp(&b.id));
    let mut progress =
        Progress { revision, folded: Vec::new(), waiting: waiting.iter().map(|c| c.id.clone()).collect() };
    // Each round folds in what can be; what depends on it can be in the next.
    loop {
        let mut still = Vec::new();
        let count = waiting.len();
        for change in waiting {
            match try_fold(state, policy, store, &change, &progress)? {
                Ok(()) => {
                    progress.waiting.remove(&change.id);
                    progress.folded.push(change);
                }
                Err(reason) => still.push(Held { change, reason }),
            }
        }
        if still.len() == count || still.is_empty() {
            state.held = still.into_iter().map(|held| (held.change.id.clone(), held)).collect();
            return Ok(());
        }
        waiting = still.into_iter().map(|held| held.change).collect();
    }
}

/// How far one call of [`receive`] has come.
struct Progress {
    revision: Revision,
    /// What was folded in, in this order.
    folded: Vec<Arc<Change>>,
    /// What was not.
    waiting: BTreeSet<ChangeId>,
}

/// Folds one change in, or says why it must wait. The outer error is the store's.
fn try_fold(
    state: &mut State,
    policy: &Policy,
    store: &dyn Store,
    change: &Arc<Change>,
    progress: &Progress,
) -> Result<Result<(), HoldReason>> {
    let revision = progress.revision;
    let subject = change.action.subject();
    let slot = state.slot(subject.kind, &subject.id);
    let last = slot.and_then(|slot| state.entry(slot).last.clone());
    let mut conflicts = slot.and_then(|slot| state.conflicts.get(&slot).cloned()).unwrap_or_default();
    let made = if last.as_ref().is_none_or(|last| *last < change.id) {
        let before = slot.and_then(|slot| state.entry(slot).at(revision)).cloned();
        fold(before.as_ref(), change, &mut conflicts)
    } else {
        let earlier = writes(store, &subject, progress)?;
        refold(earlier, change, &mut conflicts)
    };
    let content = match made {
        Ok(content) => content,
        Err(error) if error.code_value() == Code::NotFound => return Ok(Err(HoldReason::Missing(subject))),
        Err(error) => return Ok(Err(HoldReason::Invalid(error.to_string()))),
    };
    if let Action::Merge(merge) = &change.action
        && state.slot(merge.into.kind, &merge.into.id).is_none()
    {
        return Ok(Err(HoldReason::Missing(merge.into.clone())));
    }
    if let Some(missing) = absent(state, &content) {
        return Ok(Err(HoldReason::Missing(missing)));
    }
    let mut draft = Draft::new(state, policy);
    draft.stage(subject.clone(), content.clone());
    if let Err(error) = content.record.check() {
        return Ok(Err(HoldReason::Invalid(error.to_string())));
    }
    if let Err(error) = draft.check_cycles(&subject) {
        return Ok(Err(HoldReason::Cycle(error.to_string())));
    }
    let slot = state.place(content, revision, Some(&change.id));
    state.index(slot);
    if conflicts.is_empty() {
        state.conflicts.remove(&slot);
    } else {
        state.conflicts.insert(slot, conflicts);
    }
    Ok(Ok(()))
}

/// A reference to something that never arrived. What arrived and was retracted since does not count: the retraction and
/// the reference were then made without knowledge of each other, and both stand.
fn absent(state: &State, content: &Content) -> Option<EntityRef> {
    let mut missing = None;
    content.record.references(&mut |_, kind, id| {
        if missing.is_none() && state.slot(kind, id).is_none() {
            missing = Some(EntityRef { kind, id: Arc::from(id) });
        }
    });
    missing
}

/// Every change folded into a record so far.
fn writes(store: &dyn Store, subject: &EntityRef, progress: &Progress) -> Result<Vec<Arc<Change>>> {
    let journaled = store.history(subject)?.into_iter().filter(|entry| entry.revision < progress.revision);
    let mut all: Vec<Arc<Change>> = journaled.map(|entry| entry.change).collect();
    all.extend(progress.folded.iter().filter(|change| change.action.subject() == *subject).cloned());
    all.retain(|change| !progress.waiting.contains(&change.id));
    Ok(all)
}

/// Folds all changes of a record again, with one more among them.
fn refold(earlier: Vec<Arc<Change>>, change: &Arc<Change>, conflicts: &mut Vec<Conflict>) -> Result<Content> {
    let mut all = earlier;
    all.push(Arc::clone(change));
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all.dedup_by(|a, b| a.id == b.id);
    conflicts.clear();
    let mut content = None;
    for change in &all {
        content = Some(fold(content.as_ref(), change, conflicts)?);
    }
    content.ok_or_else(|| crate::base::Error::new(Code::NotFound).about(change.action.subject()))
}

/// What came of taking in changes made elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The revision they were journaled as; none if all of them were known.
    pub revision: Option<Revision>,
    /// How many were new.
    pub new: usize,
    /// How many were known already.
    pub known: usize,
    /// The changes that wait, those of earlier bundles included, with the reason.
    pub held: Vec<(ChangeId, HoldReason)>,
    /// Edits of the same fields made without knowledge of each other, in the records touched.
    pub conflicts: Vec<Conflict>,
}
