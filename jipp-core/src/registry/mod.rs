//! Layer 2: the one consistent whole.
//!
//! A [`Registry`] takes [`Action`]s in, checks them against every rule of the domain, writes them to the journal of its
//! store and only then makes them part of its state. State is a fold of the journal: opening a store folds it again (from
//! a snapshot on), and taking in changes that were made on another copy of the network is the same fold.
//!
//! Both time axes are there: every version of a record knows the revision it was recorded in ([`Registry::as_of`] reads any
//! revision without replaying), and records say in their own fields when they were true ([`View::valid_on`]).

mod change;
mod cycles;
mod draft;
mod fold;
mod ranges;
mod receive;
mod revert;
mod snapshot;
mod state;
mod view;

use std::sync::Arc;

pub use change::{Action, Change, ChangeId, Edit, Merge, Revise, Revision, Subject};
pub use fold::Conflict;
pub use receive::{HoldReason, Received};
pub(crate) use state::Slot;
pub use view::View;

use crate::base::{Code, Error, Origin, Result, Timestamp};
use crate::model::lifecycle::Policy;
use crate::model::{EntityKind, EntityRef, Line};
use crate::store::{Entry, Problem, Snapshot, Store};
use state::State;

/// When changes are recorded, and by whom. The library reads no clock: the caller says what time it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<Line>,
}

impl Stamp {
    /// At a time, by nobody in particular.
    pub fn at(at: Timestamp) -> Self {
        Self { at, by: None }
    }
}

/// What a commit gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// The revision the network is at now.
    pub revision: Revision,
    /// The changes, in the order of the actions; empty if there was nothing to do.
    pub changes: Vec<ChangeId>,
}

/// The one consistent whole: checks, journals and keeps everything that happens to a network.
///
/// ```
/// use jipp_core::base::Origin;
/// use jipp_core::model::{Agency, AgencyKind, Innovation, Line};
/// use jipp_core::registry::{Action, Registry, Stamp};
/// use jipp_core::store::MemoryStore;
///
/// let mut registry = Registry::open(Box::new(MemoryStore::new()), Origin::new("example")?)?;
/// let agency = Agency::new("kota-ambon".parse()?, Line::new("Pemerintah Kota Ambon")?, AgencyKind::City);
/// let innovation = Innovation::new("kota-ambon/antre".parse()?, Line::new("Antre dari Rumah")?, agency.id.clone());
/// let stamp = Stamp::at("2026-11-21T08:00:00Z".parse()?);
/// // One commit is all or nothing, and its actions may refer to each other in any order.
/// registry.commit(&stamp, vec![Action::Register(innovation.into()), Action::Register(agency.into())])?;
/// assert_eq!(registry.revision(), 1);
///
/// let orphan = Innovation::new("x/y".parse()?, Line::new("Tanpa instansi")?, "nobody".parse()?);
/// let refused = registry.commit(&stamp, vec![Action::Register(orphan.into())]).unwrap_err();
/// assert_eq!(refused.code(), "dangling-reference");
/// assert_eq!(registry.revision(), 1);
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub struct Registry {
    store: Box<dyn Store>,
    origin: Origin,
    policy: Policy,
    state: State,
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (origin, revision) = (&self.origin, self.state.revision);
        f.debug_struct("Registry").field("origin", origin).field("revision", &revision).finish_non_exhaustive()
    }
}

/// An action, and the change that it takes back if it does.
struct Planned {
    action: Action,
    reverts: Option<ChangeId>,
}

impl Registry {
    /// Opens a store as the copy of the network that is called `origin`. Each copy needs a name of its own.
    ///
    /// # Errors
    /// Kinds `storage` and `corrupt`.
    ///
    /// # Complexity
    /// Linear in the snapshot and the journal after it.
    pub fn open(store: Box<dyn Store>, origin: Origin) -> Result<Self> {
        Self::open_with(store, origin, Policy::default(), |_| None::<()>, |_| ()).map(|(registry, ..)| registry)
    }

    /// Opens a store with figures for the guards. `with_snapshot` reads what the caller kept in the snapshot beside the
    /// records, on another thread; it is given back only if the records were read from that snapshot too. `with_registry`
    /// reads what it likes of the registry meanwhile.
    ///
    /// # Errors
    /// Kinds `storage` and `corrupt`.
    pub fn open_with<T: Send, U>(
        store: Box<dyn Store>,
        origin: Origin,
        policy: Policy,
        with_snapshot: impl FnOnce(&Snapshot) -> Option<T> + Send,
        with_registry: impl FnOnce(&Self) -> U,
    ) -> Result<(Self, Option<T>, U)> {
        let head = store.head()?;
        let snapshot = store.snapshot()?.filter(|snapshot| snapshot.revision <= head);
        let open = |state: State| {
            let mut registry = Self { store, origin, policy, state };
            registry.refresh()?;
            let read = with_registry(&registry);
            Ok((registry, read))
        };
        let Some(snapshot) = snapshot else {
            return open(State::default()).map(|(registry, read)| (registry, None, read));
        };
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().spawn_scoped(scope, || with_snapshot(&snapshot));
            // A snapshot only makes opening faster: one that cannot be read is as good as none.
            let state = State::from_snapshot(&snapshot).ok();
            let is_read = state.is_some();
            let (registry, read) = open(state.unwrap_or_default())?;
            // Where there are no threads, their part is made anew.
            let kept = thread.ok().and_then(|thread| thread.join().ok()).flatten();
            Ok((registry, kept.filter(|_| is_read), read))
        })
    }

    /// Folds in what another process wrote to the store since it was read. Says whether there was anything.
    ///
    /// # Errors
    /// Kinds `storage` and `corrupt`.
    ///
    /// # Complexity
    /// Linear in the journal since the last read.
    pub fn refresh(&mut self) -> Result<bool> {
        let before = self.state.revision;
        fold_journal(&*self.store, &mut self.state, &self.policy)?;
        Ok(self.state.revision != before)
    }

    /// The name of this copy of the network.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }
    /// The revision of the last commit; 0 if there is none.
    pub fn revision(&self) -> Revision {
        self.state.revision
    }
    /// The figures of the guards.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }
    /// The store.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }
    /// The store, for its upkeep.
    pub fn store_mut(&mut self) -> &mut dyn Store {
        &mut *self.store
    }

    /// The network as it stands.
    pub fn view(&self) -> View<'_> {
        View { state: &self.state, revision: self.state.revision, policy: &self.policy }
    }

    /// The network as it stood at a revision, without replaying anything.
    ///
    /// # Errors
    /// `revision-unknown`.
    pub fn as_of(&self, revision: Revision) -> Result<View<'_>> {
        if revision > self.state.revision {
            let last = format!("0 to {}", self.state.revision);
            return Err(Error::new(Code::RevisionUnknown).value(revision).expected(last));
        }
        Ok(View { state: &self.state, revision, policy: &self.policy })
    }

    /// Checks actions against every rule, journals them as one commit, and makes them part of the network: all or none.
    /// When it returns, the commit is as durable as the store makes it. Actions of one commit may refer to each other in
    /// any order.
    ///
    /// # Errors
    /// Kinds `invalid`, `not-found`, `conflict` and `refused` if a rule forbids it; `storage`, `busy` and `store-changed` if
    /// the store cannot write. Nothing has happened then.
    ///
    /// # Complexity
    /// Linear in the actions, times the logarithm of the records; replications add all that descends from their targets, once.
    pub fn commit(&mut self, stamp: &Stamp, actions: Vec<Action>) -> Result<Committed> {
        let plan = actions.into_iter().map(|action| Planned { action, reverts: None }).collect();
        self.commit_planned(stamp, plan)
    }

    fn commit_planned(&mut self, stamp: &Stamp, plan: Vec<Planned>) -> Result<Committed> {
        let revision = self.state.revision + 1;
        let change = |(clock, planned): (u64, Planned)| {
            let id = ChangeId { clock, origin: self.origin.clone() };
            let Stamp { at, by } = stamp.clone();
            Arc::new(Change { id, at, by, reverts: planned.reverts, action: planned.action })
        };
        let changes: Vec<Arc<Change>> = (self.state.clock + 1..).zip(plan).map(change).collect();
        if changes.is_empty() {
            return Ok(Committed { revision: self.state.revision, changes: Vec::new() });
        }
        let mut draft = draft::Draft::new(&self.state, &self.policy);
        changes.iter().try_for_each(|change| draft.apply(change))?;
        draft.check_whole()?;
        let (contents, open_conflicts) = draft.into_contents();
        self.store.append(revision, &changes)?;
        self.state.revision = revision;
        // An upper bound is enough: a change made elsewhere that falls below it is folded in the long way.
        let last = changes.last().map(|change| &change.id);
        let slots: Vec<Slot> = contents.into_iter().map(|content| self.state.place(content, revision, last)).collect();
        for slot in slots {
            self.state.index(slot);
        }
        self.state.settle(open_conflicts);
        for change in &changes {
            self.state.see(&change.id);
        }
        Ok(Committed { revision, changes: changes.iter().map(|change| change.id.clone()).collect() })
    }

    /// Takes in changes that were made on another copy of the network, in any order and any number of times. What cannot
    /// be folded in yet is held, what contradicts is reported, nothing is lost.
    ///
    /// # Errors
    /// `change-id-reused` if another change carries the id of one of them (two copies then share a name, or one was set back
    /// to an older backup); kinds `storage` and `busy`. Nothing has happened then.
    ///
    /// # Complexity
    /// Linear in the changes; a change older than what its record has already folded costs the history of that record.
    pub fn receive(&mut self, changes: Vec<Change>) -> Result<Received> {
        let mut fresh: std::collections::BTreeMap<ChangeId, Arc<Change>> = std::collections::BTreeMap::new();
        let mut known = 0;
        for change in changes {
            if self.state.has_seen(&change.id) {
                self.check_same(&change)?;
                known += 1;
            } else if let Some(twin) = fresh.get(&change.id) {
                if !twin.is_same(&change) {
                    return Err(Error::new(Code::ChangeIdReused).about(change.action.subject()).value(&change.id));
                }
                known += 1;
            } else {
                fresh.insert(change.id.clone(), Arc::new(change));
            }
        }
        let fresh: Vec<Arc<Change>> = fresh.into_values().collect();
        let mut report = Received { known, new: fresh.len(), ..Received::default() };
        if !fresh.is_empty() {
            let revision = self.state.revision + 1;
            self.store.append(revision, &fresh)?;
            receive::receive(&mut self.state, &self.policy, &*self.store, revision, &fresh)?;
            report.revision = Some(revision);
        }
        report.held = self.state.held.iter().map(|(id, held)| (id.clone(), held.reason.clone())).collect();
        let touched: std::collections::BTreeSet<EntityRef> =
            fresh.iter().map(|change| change.action.subject()).collect();
        let open = |subject: &EntityRef| {
            let slot = self.state.slot(subject.kind, &subject.id)?;
            self.state.conflicts.get(&slot)
        };
        report.conflicts = touched.iter().filter_map(open).flatten().cloned().collect();
        Ok(report)
    }

    /// A change seen before must be the same change.
    fn check_same(&self, change: &Change) -> Result<()> {
        let subject = change.action.subject();
        let kept = self.store.history(&subject)?.into_iter().find(|entry| entry.change.id == change.id);
        match kept {
            Some(entry) if entry.change.is_same(change) => Ok(()),
            _ => Err(Error::new(Code::ChangeIdReused).about(subject).value(&change.id)),
        }
    }

    /// The changes recorded after a revision, in order.
    ///
    /// # Errors
    /// `revision-unknown`; kinds `storage` and `corrupt`.
    pub fn changes_after(&self, revision: Revision) -> Result<Vec<Arc<Change>>> {
        self.as_of(revision)?;
        let mut changes = Vec::new();
        self.store.read_after(revision, &mut |entry| {
            changes.push(entry.change);
            Ok(())
        })?;
        Ok(changes)
    }

    /// Every edit that contradicts another, not yet settled; in the order of records.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut all: Vec<Conflict> = self.state.conflicts.values().flatten().cloned().collect();
        all.sort_by(|a, b| a.subject.cmp(&b.subject));
        all
    }

    /// The changes that wait for others to arrive, with the reason.
    pub fn held(&self) -> Vec<(Arc<Change>, HoldReason)> {
        self.state.held.values().map(|held| (Arc::clone(&held.change), held.reason.clone())).collect()
    }

    /// Everything recorded about one record: who, when, what.
    ///
    /// # Errors
    /// `not-found`; kinds `storage` and `corrupt`.
    pub fn history(&self, subject: &EntityRef) -> Result<Vec<Entry>> {
        if self.state.slot(subject.kind, &subject.id).is_none() {
            return Err(Error::new(Code::NotFound).about(subject));
        }
        self.store.history(subject)
    }

    /// Checks the store to the last checksum, and that folding its journal anew gives the state in memory. An empty list
    /// means that all is well.
    ///
    /// # Errors
    /// Kinds `storage` and `busy`, where the store cannot be looked at.
    ///
    /// # Complexity
    /// Linear in the journal.
    pub fn verify(&self) -> Result<Vec<Problem>> {
        let mut problems = self.store.verify()?;
        if problems.is_empty() {
            let mut anew = State::default();
            fold_journal(&*self.store, &mut anew, &self.policy)?;
            problems.extend(self.state.differences(&anew).into_iter().map(|subject| Problem {
                place: subject.to_string(),
                code: Code::StoreDamaged,
                detail: "what is in memory is not what the journal says".to_owned(),
            }));
        }
        Ok(problems)
    }

    /// Erases what the journal says of a person or a contact, for ever and as of every revision; says in how many changes. That
    /// something was recorded about this id, when and by whom, stays, so that the journal goes on being whole. The snapshot is
    /// thrown away, and the file written anew, so that nothing is left in it.
    ///
    /// Not erased are: the id itself, which others refer to (so give persons codes for ids, not names); texts about other records
    /// that happen to name somebody; who recorded a change (`by`); other copies, bundles and backups. A copy that still has what
    /// was erased does not bring it back.
    ///
    /// # Errors
    /// `option-invalid` if it is neither a person nor a contact; `not-found`; kinds `storage` and `busy`. If the store was busy,
    /// nobody reads it any more, but it may still lie in the file: close other readers and call again.
    ///
    /// # Complexity
    /// Linear in the journal and in the size of the file.
    pub fn erase(&mut self, subject: &EntityRef) -> Result<u64> {
        if !Change::is_personal(subject.kind) {
            let fault = Error::new(Code::OptionInvalid).field("subject").value(subject);
            return Err(fault.expected("a person or a contact"));
        }
        if self.state.slot(subject.kind, &subject.id).is_none() {
            return Err(Error::new(Code::NotFound).about(subject));
        }
        let erased = self.store.erase(subject);
        let mut anew = State::default();
        fold_journal(&*self.store, &mut anew, &self.policy)?;
        self.state = anew;
        erased
    }

    /// Writes a snapshot of the state, with further parts that the caller wants to find again when opening.
    ///
    /// # Errors
    /// Kind `storage`.
    pub fn save_snapshot(&mut self, further: Vec<(String, Vec<u8>)>) -> Result<()> {
        let mut snapshot = self.state.to_snapshot()?;
        snapshot.parts.extend(further);
        self.store.save_snapshot(&snapshot)
    }

    /// The places of records of a kind changed after a revision, for indexes that catch up; in order, each once.
    pub(crate) fn changed_slots(&self, kind: EntityKind, after: Revision) -> Vec<Slot> {
        let mut slots: Vec<Slot> = if after < self.state.recent_after {
            self.state.slots.get(&kind).into_iter().flat_map(|ids| ids.values().copied()).collect()
        } else {
            let start = self.state.recent.partition_point(|(since, _)| *since <= after);
            let of_kind = |slot: &Slot| self.state.entry(*slot).kind == kind;
            self.state.recent[start..].iter().map(|(_, slot)| *slot).filter(of_kind).collect()
        };
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    /// Whether two registries hold the same state, history included.
    #[cfg(any(test, feature = "testing"))]
    pub fn same_state(&self, other: &Self) -> bool {
        self.state.differences(&other.state).is_empty() && self.state.seen == other.state.seen
    }
}

/// Folds what the journal holds beyond the revision of a state into it, commit by commit.
fn fold_journal(store: &dyn Store, state: &mut State, policy: &Policy) -> Result<()> {
    let mut commit: Vec<Arc<Change>> = Vec::new();
    let mut revision = state.revision;
    store.read_after(state.revision, &mut |entry: Entry| {
        if entry.revision != revision && !commit.is_empty() {
            receive::receive(state, policy, store, revision, &std::mem::take(&mut commit))?;
        }
        revision = entry.revision;
        commit.push(entry.change);
        Ok(())
    })?;
    if commit.is_empty() { Ok(()) } else { receive::receive(state, policy, store, revision, &commit) }
}
