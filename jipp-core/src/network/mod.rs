//! Layer 4: the network, which is what users hold.
//!
//! A [`Network`] owns the registry and the indexes over it, keeps them in step with every commit, and composes the
//! layers below into one function per question. It is shared between threads: one writer at a time, and readers that see
//! one consistent revision.

mod adaptation;
mod assignment;
mod batch;
mod blind;
mod candidates;
mod duplicates;
mod eligibility;
mod hubs;
mod laureates;
mod learning;
mod lineage;
mod neighbours;
mod proposals;
#[cfg(feature = "sqlite")]
mod salvage;
mod scoring;
mod standing;
mod takers;
mod text;
mod vectors;

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

pub use assignment::PanelOptions;
pub use candidates::{
    AwardSeen, Candidate, Candidates, ContactSeen, Filter, Gap, GapState, GapTopic, Ground, HubAdvice, HubRole, Part,
    Question, ReplicaSeen, Weights,
};
pub use eligibility::EntryQuestion;
pub use hubs::StartOptions;
pub use laureates::{Laureate, LaureateQuery, MAX_CHAINS, Vitality};
pub use learning::{FactorFit, Fit, FitOptions, FitReport, Gains, Interval, Label, Measures, NotFound, Verdict};

use crate::base::{InnovationId, Origin, Result};
use crate::exchange::{ImportOptions, ImportReport, Progress, RowReader, RowSource, Target};
use crate::lineage::Lineage;
use crate::matching::Scratch;
use crate::matching::linkage::{Label as PairLabel, LinkageProgress, LinkageResult, LinkageSettings};
use crate::model::lifecycle::Policy;
use crate::model::{EntityRef, Innovation};
use crate::registry::{Action, Change, Committed, Received, Registry, Revision, Stamp, View};
use crate::store::{MemoryStore, Snapshot, Store};
pub use neighbours::{Draft, DraftCheck, NearDuplicate, Neighbour, Novelty};
use standing::Standing;
use text::TextView;

pub use proposals::{ProposalOptions, Proposals, ProposedLink};
#[cfg(feature = "sqlite")]
pub use salvage::Salvage;
pub use scoring::{
    Basis, ChosenDifference, ConflictedSheet, CriterionReport, EditionReport, Improvement, InputDifference, Known,
    ProposalReport, RankedRow, Replay, ResultDifference, SCORING_METHOD, ScoredProposal, Scoring, ScoringOptions,
    SeverityRow, StageAgreement, StageChoice, StageReport, Stray, StraySheet, UncountedProposals, WhyNot,
};
pub use takers::{TakerFactor, Takers};
pub use text::SEARCHED_FIELDS;
pub use vectors::{MAX_VECTOR, Vectors};

/// How a network is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The name of this copy of the network; each copy needs its own.
    pub origin: Origin,
    /// Figures of the guards.
    pub policy: Policy,
}

impl Options {
    /// The usual options, for a copy with this name.
    ///
    /// # Errors
    /// Those of ids.
    pub fn new(origin: &str) -> Result<Self> {
        Ok(Self { origin: Origin::new(origin)?, policy: Policy::default() })
    }
}

/// A network of public-service innovation: the registry, its indexes, and the questions put to them.
///
/// ```
/// use jipp_core::base::Lang;
/// use jipp_core::model::{Agency, AgencyKind, Innovation, Line, Text};
/// use jipp_core::network::{Network, Options, Question};
/// use jipp_core::registry::{Action, Stamp};
///
/// let network = Network::in_memory(&Options::new("example")?)?;
/// let agency = Agency::new("kota-ambon".parse()?, Line::new("Pemerintah Kota Ambon")?, AgencyKind::City);
/// let mut innovation = Innovation::new("kota-ambon/antre".parse()?, Line::new("Antre dari Rumah")?, agency.id.clone());
/// innovation.problem = Some(Text::new("Pasien puskesmas mengantre lama di loket")?);
/// let stamp = Stamp::at("2026-11-21T08:00:00Z".parse()?);
/// network.commit(&stamp, vec![Action::Register(agency.into()), Action::Register(innovation.into())])?;
///
/// let found = network.candidates(&Question::new("antrean panjang di puskesmas"))?;
/// let best = &found.candidates[0];
/// assert_eq!(best.title, "Antre dari Rumah");
/// assert_eq!(best.score, best.parts.iter().map(|part| part.points).sum::<i64>());
/// assert!(best.parts[0].ground.words(Lang::En).contains("antre"));
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Debug)]
pub struct Network {
    inner: RwLock<Inner>,
}

#[derive(Debug)]
struct Inner {
    registry: Registry,
    text: TextView,
    standing: Standing,
    /// Brought up to date by itself, when it is first asked: most questions do not need it.
    lineage: Lineage,
}

impl Inner {
    /// Brings the indexes to the revision of the registry.
    fn catch_up(&mut self) -> Result<()> {
        self.standing.catch_up(&self.registry);
        self.text.catch_up(&self.registry)
    }

    fn save_snapshot(&mut self) -> Result<()> {
        self.catch_up()?;
        let text = self.text.to_bytes();
        self.registry.save_snapshot(vec![(TEXT_PART.to_owned(), text)])
    }
}

impl Target for Inner {
    fn view(&self) -> View<'_> {
        self.registry.view()
    }
    fn commit(&mut self, stamp: &Stamp, actions: Vec<Action>) -> Result<Committed> {
        self.registry.commit(stamp, actions)
    }
}

/// After an import of so many records into a file, a snapshot is worth its while.
const SNAPSHOT_AFTER: u64 = 10_000;

/// The part of a snapshot that holds the text index.
const TEXT_PART: &str = "network/text";

impl Network {
    /// An empty network in memory.
    ///
    /// # Errors
    /// None in practice; the signature is that of opening.
    pub fn in_memory(options: &Options) -> Result<Self> {
        Self::with_store(Box::new(MemoryStore::new()), options)
    }

    /// Opens the file at `path` as a network, for reading and writing; makes it if it is not there.
    ///
    /// # Errors
    /// `store-locked` if another process has it open for writing, `store-foreign`, `store-damaged`, `format-newer`,
    /// `store-permission`, `store-io`.
    ///
    /// # Complexity
    /// Linear in the snapshot and the journal after it.
    #[cfg(feature = "sqlite")]
    pub fn open(path: impl AsRef<std::path::Path>, options: &Options) -> Result<Self> {
        let store = crate::store::SqliteStore::open(path, &crate::store::sqlite::Options::default())?;
        Self::with_store(Box::new(store), options)
    }

    /// Opens the file at `path` for reading, while another process may be writing to it ([`refresh`](Self::refresh) shows
    /// what it wrote since).
    ///
    /// # Errors
    /// As [`open`](Self::open), but for `store-locked`.
    #[cfg(feature = "sqlite")]
    pub fn open_read_only(path: impl AsRef<std::path::Path>, options: &Options) -> Result<Self> {
        Self::with_store(Box::new(crate::store::SqliteStore::open_read_only(path)?), options)
    }

    /// Opens a network over any store.
    ///
    /// # Errors
    /// Kinds `storage` and `corrupt`.
    pub fn with_store(store: Box<dyn Store>, options: &Options) -> Result<Self> {
        let (origin, policy) = (options.origin.clone(), options.policy.clone());
        let keep = |snapshot: &Snapshot| TextView::from_snapshot(snapshot, TEXT_PART);
        let (registry, kept, standing) = Registry::open_with(store, origin, policy, keep, Standing::of)?;
        let text = match kept {
            Some(text) => text,
            None => TextView::new()?,
        };
        let mut inner = Inner { registry, text, standing, lineage: Lineage::default() };
        inner.catch_up()?;
        Ok(Self { inner: RwLock::new(inner) })
    }

    /// Reads the network as it stands. Nobody writes while `read` runs, so `read` must not call the network itself: it would
    /// wait for its own end.
    pub fn read<R>(&self, read: impl FnOnce(View<'_>) -> R) -> R {
        read(self.lock().registry.view())
    }

    /// Reads the network as it stood at a revision. `read` must not call the network, as in [`read`](Self::read).
    ///
    /// # Errors
    /// `revision-unknown`.
    pub fn read_as_of<R>(&self, revision: Revision, read: impl FnOnce(View<'_>) -> R) -> Result<R> {
        self.lock().registry.as_of(revision).map(read)
    }

    /// Reads the registry itself: its journal, its open conflicts, what it holds back. `read` must not call the network, as
    /// in [`read`](Self::read).
    pub fn with_registry<R>(&self, read: impl FnOnce(&Registry) -> R) -> R {
        read(&self.lock().registry)
    }

    /// The revision of the last commit; 0 if there is none.
    pub fn revision(&self) -> Revision {
        self.lock().registry.revision()
    }

    /// Commits actions, all or none; see [`Registry::commit`].
    ///
    /// # Errors
    /// Those of [`Registry::commit`].
    pub fn commit(&self, stamp: &Stamp, actions: Vec<Action>) -> Result<Committed> {
        self.lock_mut().registry.commit(stamp, actions)
    }

    /// Takes in changes made on another copy; see [`Registry::receive`].
    ///
    /// # Errors
    /// Those of [`Registry::receive`].
    pub fn receive(&self, changes: Vec<Change>) -> Result<Received> {
        self.lock_mut().registry.receive(changes)
    }

    /// The changes recorded after a revision, as a bundle for another copy.
    ///
    /// # Errors
    /// `revision-unknown`; kinds `storage` and `corrupt`.
    pub fn export_since(&self, revision: Revision) -> Result<Vec<u8>> {
        let mut bundle = Vec::new();
        crate::exchange::export_since(&self.lock().registry, revision, &mut bundle)?;
        Ok(bundle)
    }

    /// Takes in a bundle that another copy exported: in any order, any number of times.
    ///
    /// # Errors
    /// `bundle-damaged`, `format-newer`, `format-unknown`, and those of [`Registry::receive`].
    pub fn apply(&self, bundle: &[u8]) -> Result<Received> {
        let bundle = crate::exchange::decode(bundle)?;
        self.receive(bundle.changes)
    }

    /// Takes back a revision; see [`Registry::revert`].
    ///
    /// # Errors
    /// Those of [`Registry::revert`].
    pub fn revert(&self, revision: Revision, stamp: &Stamp) -> Result<Committed> {
        self.lock_mut().registry.revert(revision, stamp)
    }

    /// Imports rows; see [`crate::exchange::import`]. A large import into a file ends with a snapshot.
    ///
    /// # Errors
    /// Those of [`crate::exchange::import`]; rows that cannot be used are in the report.
    pub fn import(
        &self,
        source: &mut dyn RowSource,
        reader: &mut dyn RowReader,
        options: &ImportOptions,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<ImportReport> {
        let mut inner = self.lock_mut();
        let report = crate::exchange::import(&mut *inner, source, reader, options, progress);
        inner.catch_up()?;
        let report = report?;
        let is_large = report.registered + report.revised >= SNAPSHOT_AFTER;
        if is_large && inner.registry.store().path().is_some() {
            // Only there to open faster: an import that is on disk is not undone by a snapshot that cannot be written.
            let _ = inner.save_snapshot();
        }
        Ok(report)
    }

    /// Shows what another process wrote to the file. Says whether there was anything.
    ///
    /// # Errors
    /// Kinds `storage` and `corrupt`.
    pub fn refresh(&self) -> Result<bool> {
        self.lock_mut().registry.refresh()
    }

    /// Writes a snapshot, so that the next opening need not fold the journal nor build the indexes.
    ///
    /// # Errors
    /// Kind `storage`.
    pub fn save_snapshot(&self) -> Result<()> {
        self.lock_mut().save_snapshot()
    }

    /// Copies the network to a new file while it is in use.
    ///
    /// # Errors
    /// Kind `storage`; `feature-off` if the store has no file.
    pub fn backup_to(&self, path: impl AsRef<std::path::Path>) -> Result<()> {
        self.lock().registry.store().backup_to(path.as_ref())
    }

    /// Checks the store to the last checksum, and that folding its journal anew gives what is in memory. An empty list
    /// means that all is well.
    ///
    /// # Errors
    /// Kind `storage`, if the check itself cannot be made.
    ///
    /// # Complexity
    /// Linear in the journal.
    pub fn verify(&self) -> Result<Vec<crate::store::Problem>> {
        self.lock().registry.verify()
    }

    /// Writes a fresh snapshot and gives unused space back. The journal stays whole.
    ///
    /// # Errors
    /// Kind `storage`.
    pub fn compact(&self) -> Result<()> {
        self.save_snapshot()?;
        self.lock_mut().registry.store_mut().compact()
    }

    /// Erases what the network says of a person or a contact, for ever and as of every revision; says in how many changes. See
    /// [`Registry::erase`] for what is not erased.
    ///
    /// ```
    /// use jipp_core::model::{EntityRef, Line, Person};
    /// use jipp_core::network::{Network, Options};
    /// use jipp_core::registry::{Action, Stamp};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let mut person = Person::new("p-17".parse()?);
    /// person.name = Some(Line::new("Siti Rahma")?);
    /// let reference = EntityRef::of::<Person>(&person.id);
    /// network.commit(&Stamp::at("2026-11-21T08:00:00Z".parse()?), vec![Action::Register(person.into())])?;
    ///
    /// assert_eq!(network.erase(&reference)?, 1);
    /// assert_eq!(network.read(|view| view.find::<Person>("p-17").unwrap().name.clone()), None);
    /// assert!(network.verify()?.is_empty());
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Registry::erase`].
    ///
    /// # Complexity
    /// Linear in the journal and in the size of the file; the indexes are built anew.
    pub fn erase(&self, subject: &EntityRef) -> Result<u64> {
        let mut inner = self.lock_mut();
        let erased = inner.registry.erase(subject);
        // Records may have other places after the journal was folded anew.
        (inner.text, inner.standing, inner.lineage) = (TextView::new()?, Standing::default(), Lineage::default());
        inner.catch_up()?;
        erased
    }

    /// Which proven innovations fit a need, why, what is lacking for each, and whom to call; best first.
    ///
    /// # Errors
    /// `not-found` if the question names an agency, region, sector or innovation that is not there; `option-invalid`.
    ///
    /// # Complexity
    /// Linear in the innovations that share a word with the need.
    pub fn candidates(&self, question: &Question) -> Result<Candidates> {
        let inner = self.lock_in_step()?;
        candidates::find(&inner.registry.view(), &inner.text, &inner.standing, question, None)
    }

    /// [`candidates`](Self::candidates) with vectors of the caller's own making fused in: `need` is that of the question. An
    /// innovation that shares no word with the need is found by its vector too.
    ///
    /// ```
    /// use jipp_core::network::{Network, Options, Question, Vectors};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let vectors = Vectors::new(3)?;
    /// let question = Question::new("antrean panjang");
    /// assert!(network.candidates_with_vectors(&question, &vectors, &[0.2, 0.1, 0.4])?.candidates.is_empty());
    /// let wrong = network.candidates_with_vectors(&question, &vectors, &[f32::NAN, 0.1, 0.4]).unwrap_err();
    /// assert_eq!(wrong.code(), "option-invalid");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`candidates`](Self::candidates); `option-invalid` if `need` has another length than the vectors or holds
    /// something that is no number.
    ///
    /// # Complexity
    /// That of [`candidates`](Self::candidates), and linear in the numbers of all vectors.
    pub fn candidates_with_vectors(&self, question: &Question, vectors: &Vectors, need: &[f32]) -> Result<Candidates> {
        let inner = self.lock_in_step()?;
        let vectors = Some((vectors, need));
        candidates::find(&inner.registry.view(), &inner.text, &inner.standing, question, vectors)
    }

    /// What is searched of an innovation: fields by their places in [`SEARCHED_FIELDS`], each with a text; a field may come
    /// more than once.
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// assert_eq!(network.searched_texts(&"kota-ambon/antre".parse()?).unwrap_err().code(), "not-found");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found`.
    pub fn searched_texts(&self, id: &InnovationId) -> Result<Vec<(usize, String)>> {
        let inner = self.lock();
        let view = inner.registry.view();
        let texts = text::document(&view, view.get::<Innovation>(id)?);
        Ok(texts.into_iter().map(|(field, text)| (field, text.to_owned())).collect())
    }

    /// The innovations most like one of them, most alike first.
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// assert_eq!(network.neighbours(&"kota-ambon/antre".parse()?, 5).unwrap_err().code(), "not-found");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found`; `option-invalid` if `limit` is not 1 to 1,000.
    ///
    /// # Complexity
    /// That of a search by all words of the record.
    pub fn neighbours(&self, id: &InnovationId, limit: usize) -> Result<Vec<Neighbour>> {
        let inner = self.lock_in_step()?;
        neighbours::neighbours(&inner.registry.view(), &inner.text, id, limit, &mut Scratch::default())
    }

    /// Whether a draft is new, may be a replication, or is likely recorded already: fast enough for every pause in typing.
    ///
    /// ```
    /// use jipp_core::network::{Draft, Network, Options, Novelty};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let draft = Draft { title: "Antre dari Rumah".to_owned(), ..Draft::default() };
    /// assert_eq!(network.check_draft(&draft)?.novelty, Novelty::New);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found` if the draft names an agency that is not there.
    ///
    /// # Complexity
    /// That of a search by all words of the draft.
    pub fn check_draft(&self, draft: &Draft) -> Result<DraftCheck> {
        let inner = self.lock_in_step()?;
        neighbours::check_draft(&inner.registry.view(), &inner.text, draft, &mut Scratch::default())
    }

    /// [`candidates`](Self::candidates) for many questions, on up to `threads` threads; the answers come in the order of the
    /// questions and are the same for any number of threads. `progress` is told how many are done of how many, and stops by
    /// answering `false`.
    ///
    /// # Errors
    /// Those of [`candidates`](Self::candidates), of the first question that has any; `cancelled`.
    pub fn candidates_batch(
        &self,
        questions: &[Question],
        threads: usize,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Vec<Candidates>> {
        let inner = self.lock_in_step()?;
        let (view, text, standing) = (inner.registry.view(), &inner.text, &inner.standing);
        batch::run(questions, threads, progress, |question| candidates::find(&view, text, standing, question, None))
    }

    /// Every innovation with each of those most like it, by id and then the nearest first; only those that reach a
    /// likeness, in thousandths. Threads and progress as in [`candidates_batch`](Self::candidates_batch).
    ///
    /// # Errors
    /// `option-invalid` if `limit` is not 1 to 1,000; `cancelled`.
    ///
    /// # Complexity
    /// One search by a whole record for each innovation.
    pub fn near_duplicates(
        &self,
        limit: usize,
        likeness: u32,
        threads: usize,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Vec<NearDuplicate>> {
        let inner = self.lock_in_step()?;
        let (view, text) = (inner.registry.view(), &inner.text);
        let all: Vec<&Innovation> = view.all().collect();
        let near = batch::run(&all, threads, progress, |one| {
            neighbours::neighbours(&view, text, &one.id, limit, &mut Scratch::default())
        })?;
        let pairs = all.into_iter().zip(near).flat_map(|(one, near)| {
            let alike = near.into_iter().filter(|neighbour| neighbour.likeness >= likeness);
            alike.map(|neighbour| NearDuplicate { innovation: one.id.clone(), title: one.title.to_string(), neighbour })
        });
        Ok(pairs.collect())
    }

    /// How [`duplicates`](Self::duplicates) compares innovations, to be adjusted.
    pub fn duplicate_settings() -> LinkageSettings {
        duplicates::settings()
    }

    /// Innovations that are recorded more than once: pairs with their probability and the evidence, and clusters. Records of
    /// different owners, and those that a known replication joins, are never linked. `labels` are pairs whose truth is known.
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let found = network.duplicates(Network::duplicate_settings(), &[], &mut |_| true)?;
    /// assert!(found.clusters.is_empty());
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `option-invalid` for settings or labels that cannot be used; `cancelled` if `progress` answers `false`.
    ///
    /// # Complexity
    /// See [`linkage`](crate::matching::linkage).
    pub fn duplicates(
        &self,
        settings: LinkageSettings,
        labels: &[PairLabel],
        progress: &mut dyn FnMut(LinkageProgress) -> bool,
    ) -> Result<LinkageResult> {
        duplicates::duplicates(&self.lock().registry.view(), settings, labels, progress)
    }

    /// The network with its indexes at the revision of its registry. A commit is done when it is durable; the first
    /// question after it brings the indexes up to it, once for however many commits there were.
    fn lock_in_step(&self) -> Result<RwLockReadGuard<'_, Inner>> {
        loop {
            let inner = self.lock();
            if inner.text.revision() == inner.registry.revision() {
                return Ok(inner);
            }
            drop(inner);
            self.lock_mut().catch_up()?;
        }
    }

    /// The network with its indexes and its lineage at the revision of its registry.
    fn lock_whole(&self) -> Result<RwLockReadGuard<'_, Inner>> {
        loop {
            let inner = self.lock_in_step()?;
            if inner.lineage.revision() == inner.registry.revision() {
                return Ok(inner);
            }
            drop(inner);
            drop(self.lock_with_lineage());
        }
    }

    fn lock(&self) -> RwLockReadGuard<'_, Inner> {
        self.inner.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_mut(&self) -> RwLockWriteGuard<'_, Inner> {
        self.inner.write().unwrap_or_else(PoisonError::into_inner)
    }
}
