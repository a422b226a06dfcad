//! What a network is asked: one method for each question of the core, which takes its options as a value, a mapping or
//! keyword arguments.

use jipp_core::base::{EditionId, HubId, InnovationId, Lang, PartialDate, ProposalId, ReplicationId, RunId};
use jipp_core::evaluation::blindness::Policy;
use jipp_core::model::{Instrument, NodeId};
use jipp_core::network::{Question, Vectors};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::Network;
use crate::answer::{run, run_long};
use crate::error::{Failure, parsed};
use crate::progress::Told;
use crate::results::{Candidates, Scoring, Table};
use crate::values::{from_python, options};

type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;
type Answer<'py> = PyResult<Bound<'py, PyAny>>;

/// Questions on matching.
#[pymethods]
impl Network {
    /// Which proven innovations fit a need.
    #[pyo3(signature = (question=None, /, **fields))]
    fn candidates(
        &self,
        py: Python<'_>,
        question: Given<'_, '_>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Candidates> {
        let question: Question = options(question, fields)?;
        let core = self.core()?;
        Ok(Candidates::new(run(py, || core.candidates(&question))?))
    }

    /// The same by words and by vectors that the caller brings.
    fn candidates_with_vectors(
        &self,
        py: Python<'_>,
        question: &Bound<'_, PyAny>,
        vectors: Vec<(String, Vec<f32>)>,
        need: Vec<f32>,
    ) -> PyResult<Candidates> {
        let question: Question = from_python(question)?;
        let core = self.core()?;
        let found = run(py, || {
            let mut all = Vectors::new(need.len())?;
            for (innovation, vector) in &vectors {
                all.insert(innovation.parse()?, vector)?;
            }
            core.candidates_with_vectors(&question, &all, &need)
        })?;
        Ok(Candidates::new(found))
    }

    /// The same for many questions.
    #[pyo3(signature = (questions, /, *, threads, progress))]
    fn candidates_batch(
        &self,
        py: Python<'_>,
        questions: &Bound<'_, PyAny>,
        threads: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Vec<Candidates>> {
        let questions: Vec<Question> = from_python(questions)?;
        let core = self.core()?;
        let mut told = Told::new(progress);
        let answered = py.detach(|| core.candidates_batch(&questions, threads, &mut |done, all| told.done(done, all)));
        let found = told.finish(answered)?;
        Ok(found.into_iter().map(Candidates::new).collect())
    }

    /// The innovations most like one of them.
    fn neighbours(&self, py: Python<'_>, id: &str, limit: usize) -> PyResult<Table> {
        let id: InnovationId = parsed(id)?;
        let core = self.core()?;
        Ok(Table::new("Neighbour", run(py, || core.neighbours(&id, limit))?))
    }

    /// Whether an idea is new.
    #[pyo3(signature = (draft=None, /, **fields))]
    fn check_draft<'py>(
        &self,
        py: Python<'py>,
        draft: Given<'_, 'py>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Answer<'py> {
        let draft = options(draft, fields)?;
        self.ask(py, |core| core.check_draft(&draft))
    }

    /// Innovations, each with one that is like it.
    #[pyo3(signature = (*, limit, likeness, threads, progress))]
    fn near_duplicates(
        &self,
        py: Python<'_>,
        limit: usize,
        likeness: u32,
        threads: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        let core = self.core()?;
        let mut told = Told::new(progress);
        let near = py.detach(|| core.near_duplicates(limit, likeness, threads, &mut |done, all| told.done(done, all)));
        Ok(Table::new("NearDuplicate", told.finish(near)?))
    }

    /// What is searched of an innovation.
    fn searched_texts<'py>(&self, py: Python<'py>, id: &str) -> Answer<'py> {
        let id: InnovationId = parsed(id)?;
        self.ask(py, |core| core.searched_texts(&id))
    }

    /// Weights of the factors, learned from pairs of need and innovation.
    #[pyo3(signature = (labels, options=None, /, **fields))]
    fn fit_weights<'py>(
        &self,
        py: Python<'py>,
        labels: &Bound<'py, PyAny>,
        options: Given<'_, 'py>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Answer<'py> {
        let (labels, options): (Vec<_>, _) = (from_python(labels)?, crate::values::options(options, fields)?);
        self.ask_long(py, move |core| core.fit_weights(&labels, &options))
    }

    /// What replications on record say of needs and innovations.
    fn labels_from_replications<'py>(&self, py: Python<'py>) -> Answer<'py> {
        self.ask(py, |core| Ok(core.labels_from_replications()))
    }
}

/// Questions on lineage, beyond those of `lineage.rs`.
#[pymethods]
impl Network {
    /// How each link of a replication was adapted.
    fn adaptation<'py>(&self, py: Python<'py>, replication: &str) -> Answer<'py> {
        let replication: ReplicationId = parsed(replication)?;
        self.ask(py, |core| core.adaptation(&replication))
    }

    /// How every replica was adapted.
    #[pyo3(signature = (scope=None, /, **fields))]
    fn adaptations(&self, py: Python<'_>, scope: Given<'_, '_>, fields: Option<&Bound<'_, PyDict>>) -> PyResult<Table> {
        let scope = options(scope, fields)?;
        let core = self.core()?;
        Ok(Table::new("AdaptationProfile", run(py, || core.adaptations(&scope))?))
    }

    /// How far replicas have moved from an innovation, step by step.
    #[pyo3(signature = (root, scope=None, /, **fields))]
    fn drift(
        &self,
        py: Python<'_>,
        root: &str,
        scope: Given<'_, '_>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Table> {
        let (root, scope) = (parsed::<NodeId>(root)?, options(scope, fields)?);
        let core = self.core()?;
        Ok(Table::new("DriftStep", run(py, || core.drift(&root, &scope))?))
    }

    /// What became of what was awarded.
    #[pyo3(signature = (query=None, /, **fields))]
    fn laureates(&self, py: Python<'_>, query: Given<'_, '_>, fields: Option<&Bound<'_, PyDict>>) -> PyResult<Table> {
        let query = options(query, fields)?;
        let core = self.core()?;
        Ok(Table::new("Laureate", run_long(py, move || core.laureates(&query))?))
    }

    /// Who takes what: which likenesses make an agency replicate.
    #[pyo3(signature = (given=None, /, **fields))]
    fn takers<'py>(&self, py: Python<'py>, given: Given<'_, 'py>, fields: Option<&Bound<'py, PyDict>>) -> Answer<'py> {
        let given = options(given, fields)?;
        self.ask_long(py, move |core| core.takers(&given))
    }

    /// Replications that nobody recorded but the data suggest.
    #[pyo3(signature = (given=None, /, **fields))]
    fn propose_links<'py>(
        &self,
        py: Python<'py>,
        given: Given<'_, 'py>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Answer<'py> {
        let given = options(given, fields)?;
        self.ask_long(py, move |core| core.propose_links(&given))
    }
}

/// Questions on hubs.
#[pymethods]
impl Network {
    /// The hubs that are members on a date.
    #[pyo3(signature = (on, counting=None, /, **fields))]
    fn hubs_on(
        &self,
        py: Python<'_>,
        on: &Bound<'_, PyAny>,
        counting: Given<'_, '_>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Table> {
        let (on, counting): (PartialDate, _) = (from_python(on)?, options(counting, fields)?);
        let core = self.core()?;
        Ok(Table::new("HubOn", run(py, || core.hubs_on(on, counting))?))
    }

    /// Which provinces and regencies have a hub.
    #[pyo3(signature = (on, counting=None, /, **fields))]
    fn hub_coverage<'py>(
        &self,
        py: Python<'py>,
        on: &Bound<'py, PyAny>,
        counting: Given<'_, 'py>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Answer<'py> {
        let (on, counting): (PartialDate, _) = (from_python(on)?, options(counting, fields)?);
        self.ask(py, |core| core.hub_coverage(on, counting))
    }

    /// What is odd in the records of hubs.
    fn hub_findings(&self, py: Python<'_>) -> PyResult<Table> {
        let core = self.core()?;
        Ok(Table::new("Finding", run(py, || Ok(core.hub_findings()))?))
    }

    /// How far a hub is set up.
    fn hub_readiness<'py>(&self, py: Python<'py>, hub: &str, on: &Bound<'py, PyAny>) -> Answer<'py> {
        let (hub, on): (HubId, PartialDate) = (parsed(hub)?, from_python(on)?);
        self.ask(py, |core| core.hub_readiness(&hub, on))
    }

    /// How mature a hub is by an instrument; the shipped one unless another is given.
    #[pyo3(signature = (hub, on, instrument))]
    fn hub_maturity<'py>(
        &self,
        py: Python<'py>,
        hub: &str,
        on: &Bound<'py, PyAny>,
        instrument: &Bound<'py, PyAny>,
    ) -> Answer<'py> {
        let (hub, on): (HubId, PartialDate) = (parsed(hub)?, from_python(on)?);
        let instrument: Instrument = from_python(instrument)?;
        self.ask(py, |core| core.hub_maturity(&hub, on, &instrument))
    }

    /// How many needs become replications that run, with a hub's help.
    #[pyo3(signature = (hub, options=None, /, **fields))]
    fn hub_funnel<'py>(
        &self,
        py: Python<'py>,
        hub: &str,
        options: Given<'_, 'py>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Answer<'py> {
        let (hub, options): (HubId, _) = (parsed(hub)?, crate::values::options(options, fields)?);
        self.ask(py, |core| core.hub_funnel(&hub, &options))
    }

    /// Agencies that a hub serves beside agencies like them that none serves.
    #[pyo3(signature = (given=None, /, **fields))]
    fn hub_comparison<'py>(
        &self,
        py: Python<'py>,
        given: Given<'_, 'py>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Answer<'py> {
        let given = options(given, fields)?;
        self.ask_long(py, move |core| core.hub_comparison(&given))
    }

    /// Which agencies have an innovation of their own, year by year.
    #[pyo3(signature = (given=None, /, **fields))]
    fn one_agency_one_innovation<'py>(
        &self,
        py: Python<'py>,
        given: Given<'_, 'py>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Answer<'py> {
        let given = options(given, fields)?;
        self.ask(py, |core| core.one_agency_one_innovation(&given))
    }

    /// Whom a hub could ask to start with.
    #[pyo3(signature = (lang, options=None, /, **fields))]
    fn spokes_to_start(
        &self,
        py: Python<'_>,
        lang: &str,
        options: Given<'_, '_>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Table> {
        let (lang, options): (Lang, _) = (language(lang)?, crate::values::options(options, fields)?);
        let core = self.core()?;
        Ok(Table::new("Starter", run(py, || core.spokes_to_start(&options, lang))?))
    }

    /// Everything about a hub, for a page.
    #[pyo3(signature = (hub, options=None, /, **fields))]
    fn hub_report<'py>(
        &self,
        py: Python<'py>,
        hub: &str,
        options: Given<'_, 'py>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Answer<'py> {
        let (hub, options): (HubId, _) = (parsed(hub)?, crate::values::options(options, fields)?);
        self.ask(py, |core| core.hub_report(&hub, &options))
    }
}

/// Questions on evaluation.
#[pymethods]
impl Network {
    /// Whether an innovation may enter an edition, rule by rule.
    #[pyo3(signature = (given=None, /, **fields))]
    fn eligibility<'py>(
        &self,
        py: Python<'py>,
        given: Given<'_, 'py>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Answer<'py> {
        let given = options(given, fields)?;
        self.ask(py, |core| core.eligibility(&given))
    }

    /// Who must not score what.
    fn conflicts_of_interest(&self, py: Python<'_>, edition: &str) -> PyResult<Table> {
        let edition: EditionId = parsed(edition)?;
        let core = self.core()?;
        Ok(Table::new("Conflict", run(py, || core.conflicts_of_interest(&edition))?))
    }

    /// Which assessor scores which proposal.
    #[pyo3(signature = (edition, stage, options=None, /, **fields))]
    fn assign_panel<'py>(
        &self,
        py: Python<'py>,
        edition: &str,
        stage: String,
        options: Given<'_, 'py>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Answer<'py> {
        let (edition, options): (EditionId, _) = (parsed(edition)?, crate::values::options(options, fields)?);
        self.ask_long(py, move |core| core.assign_panel(&edition, &stage, &options))
    }

    /// Scores an edition.
    #[pyo3(signature = (options=None, /, **fields))]
    fn score(&self, py: Python<'_>, options: Given<'_, '_>, fields: Option<&Bound<'_, PyDict>>) -> PyResult<Scoring> {
        let options = crate::values::options(options, fields)?;
        let core = self.core()?;
        Ok(Scoring::new(run_long(py, move || core.score(&options))?))
    }

    /// Computes a sealed run again, and says what differs.
    fn replay<'py>(&self, py: Python<'py>, run: &str) -> Answer<'py> {
        let run: RunId = parsed(run)?;
        self.ask_long(py, move |core| core.replay(&run))
    }

    /// What an agency is told of its proposal.
    fn proposal_report<'py>(&self, py: Python<'py>, scoring: &Scoring, proposal: &str) -> Answer<'py> {
        let proposal: ProposalId = parsed(proposal)?;
        self.ask(py, |core| core.proposal_report(&scoring.core, &proposal))
    }

    /// What the plenary is told of an edition.
    fn edition_report<'py>(&self, py: Python<'py>, scoring: &Scoring) -> Answer<'py> {
        self.ask(py, |core| core.edition_report(&scoring.core))
    }

    /// The network as a viewer of an edition may see it: a network of its own, in memory.
    #[pyo3(signature = (viewer, policy=None))]
    fn seen_by(&self, py: Python<'_>, viewer: &Bound<'_, PyAny>, policy: Given<'_, '_>) -> PyResult<Self> {
        let (viewer, policy) = (from_python(viewer)?, policy_or_standard(policy)?);
        let core = self.core()?;
        Ok(Self::new(run(py, || core.seen_by(&viewer, &policy))?, None))
    }
}

/// The policy given, or the shipped one.
pub(crate) fn policy_or_standard(policy: Given<'_, '_>) -> PyResult<Policy> {
    match policy {
        Some(policy) => from_python(policy),
        None => Ok(Policy::standard().map_err(Failure::from)?),
    }
}

/// The language of a code: `id` or `en`.
pub(crate) fn language(code: &str) -> PyResult<Lang> {
    match code {
        "id" => Ok(Lang::Id),
        "en" => Ok(Lang::En),
        _ => Err(pyo3::exceptions::PyValueError::new_err(format!("lang is \"id\" or \"en\", not {code:?}"))),
    }
}
