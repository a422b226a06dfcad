//! Score sheets, aggregated and ranked, without a network.

use jipp_core::base::{AssessorId, ProposalId, Score, Weight};
use jipp_core::evaluation::aggregation::{self, AdjustOptions, Rules, ScoredStage as CoreStage, StageScores, Unit};
use jipp_core::evaluation::standings::{self, Change, Contender, Contest as Core, Cut, Entrant, Resampling};
use jipp_core::model::{Line, Rubric, ScoreSheet};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{Answer, Given};
use crate::answer::{answer, run, run_long};
use crate::error::parsed;
use crate::values::{from_python, options, to_python};

/// The score sheets of a stage, checked against its rubric.
#[pyclass(frozen, module = "jipp._jipp")]
pub(crate) struct ScoredStage {
    core: CoreStage,
}

#[pymethods]
impl ScoredStage {
    #[new]
    #[pyo3(signature = (stage, /, rubric, proposals, sheets))]
    fn new(
        py: Python<'_>,
        stage: &str,
        rubric: &Bound<'_, PyAny>,
        proposals: &Bound<'_, PyAny>,
        sheets: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let rubric: Rubric = from_python(rubric)?;
        let (proposals, sheets): (Vec<ProposalId>, Vec<ScoreSheet>) = (from_python(proposals)?, from_python(sheets)?);
        Ok(Self { core: run(py, || CoreStage::new(stage, &rubric, &proposals, &sheets))? })
    }

    /// The scores of the proposals.
    #[pyo3(signature = (rules=None, /, **fields))]
    fn aggregate<'py>(
        &self,
        py: Python<'py>,
        rules: Given<'_, 'py>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Answer<'py> {
        let rules: Rules = options(rules, fields)?;
        answer(py, || Ok(self.core.aggregate(&rules)))
    }

    /// The scores less what strict and lenient assessors made of them.
    #[pyo3(signature = (given=None, /, **fields))]
    fn adjust<'py>(&self, py: Python<'py>, given: Given<'_, 'py>, fields: Option<&Bound<'py, PyDict>>) -> Answer<'py> {
        let given: AdjustOptions = options(given, fields)?;
        let core = self.core.clone();
        to_python(py, &run_long(py, move || Ok(core.adjust(&given)))?)
    }

    /// The scores by the numbers of proposals, assessors and criteria.
    fn observations<'py>(&self, py: Python<'py>, unit: &Bound<'py, PyAny>) -> Answer<'py> {
        let unit: Unit = from_python(unit)?;
        answer(py, || Ok(self.core.observations(unit)))
    }

    /// Without the sheets of an assessor.
    fn without(&self, py: Python<'_>, assessor: &str) -> PyResult<Self> {
        let assessor: AssessorId = parsed(assessor)?;
        Ok(Self { core: run(py, || self.core.without(&assessor))? })
    }

    /// With another weight of a criterion.
    fn with_weight(&self, py: Python<'_>, criterion: &str, weight: &Bound<'_, PyAny>) -> PyResult<Self> {
        let weight: Weight = from_python(weight)?;
        Ok(Self { core: run(py, || self.core.with_weight(criterion, weight))? })
    }

    #[getter]
    fn stage(&self) -> &str {
        self.core.stage()
    }
    #[getter]
    fn proposals(&self) -> Vec<&str> {
        self.core.proposals().iter().map(ProposalId::as_str).collect()
    }
    #[getter]
    fn assessors(&self) -> Vec<&str> {
        self.core.assessors().iter().map(AssessorId::as_str).collect()
    }
    #[getter]
    fn criteria(&self) -> Vec<&str> {
        self.core.criteria().iter().map(|code| &**code).collect()
    }
    #[getter]
    fn scale(&self) -> [f64; 2] {
        self.core.scale().map(Score::to_f64)
    }
    fn __repr__(&self) -> String {
        let (proposals, assessors) = (self.core.proposals().len(), self.core.assessors().len());
        format!("<ScoredStage {}: {proposals} proposals, {assessors} assessors>", self.core.stage())
    }
}

/// Sums over stages, each given with its weight.
#[pyfunction]
pub(crate) fn aggregation_totals<'py>(
    py: Python<'py>,
    proposals: &Bound<'py, PyAny>,
    stages: &Bound<'py, PyAny>,
) -> Answer<'py> {
    let proposals: Vec<ProposalId> = from_python(proposals)?;
    let stages: Vec<(Weight, StageScores)> = from_python(stages)?;
    let stages: Vec<(Weight, &StageScores)> = stages.iter().map(|(weight, scores)| (*weight, scores)).collect();
    answer(py, || aggregation::totals(&proposals, &stages))
}

/// A ranking of contenders.
#[pyfunction]
pub(crate) fn standings_rank<'py>(
    py: Python<'py>,
    contenders: &Bound<'py, PyAny>,
    tie_break: &Bound<'py, PyAny>,
    cut: &Bound<'py, PyAny>,
) -> Answer<'py> {
    let (contenders, tie_break): (Vec<Contender>, Vec<Line>) = (from_python(contenders)?, from_python(tie_break)?);
    let cut: Cut = from_python(cut)?;
    answer(py, || standings::rank(&contenders, &tie_break, cut))
}

/// A ranking with everything it is made from.
#[pyclass(frozen, module = "jipp._jipp")]
pub(crate) struct Contest {
    core: Core,
}

impl Contest {
    pub(crate) fn of(core: Core) -> Self {
        Self { core }
    }
}

#[pymethods]
impl Contest {
    #[new]
    fn new(entrants: &Bound<'_, PyAny>) -> PyResult<Self> {
        let entrants: Vec<Entrant> = from_python(entrants)?;
        Ok(Self { core: Core::new(entrants) })
    }

    /// The contest with a stage more.
    fn with_stage(
        &self,
        py: Python<'_>,
        stage: &str,
        rubric: &Bound<'_, PyAny>,
        sheets: &Bound<'_, PyAny>,
        rules: &Bound<'_, PyAny>,
        weight: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let (rubric, sheets): (Rubric, Vec<ScoreSheet>) = (from_python(rubric)?, from_python(sheets)?);
        let (rules, weight): (Rules, Weight) = (from_python(rules)?, from_python(weight)?);
        let contest = self.core.clone();
        Ok(Self { core: run(py, || contest.with_stage(stage, &rubric, &sheets, rules, weight))? })
    }

    /// The contest with an order of tie-breaks.
    fn with_tie_break(&self, py: Python<'_>, tie_break: &Bound<'_, PyAny>) -> PyResult<Self> {
        let tie_break: Vec<Line> = from_python(tie_break)?;
        let contest = self.core.clone();
        Ok(Self { core: run(py, || contest.with_tie_break(&tie_break))? })
    }

    /// The contest with a cut.
    fn with_cut(&self, cut: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self { core: self.core.clone().with_cut(from_python(cut)?) })
    }

    #[getter]
    fn cut<'py>(&self, py: Python<'py>) -> Answer<'py> {
        to_python(py, &self.core.cut())
    }
    #[getter]
    fn stages(&self) -> Vec<ScoredStage> {
        self.core.stages().map(|stage| ScoredStage { core: stage.clone() }).collect()
    }
    #[getter]
    fn assessors(&self) -> Vec<&str> {
        self.core.assessors().into_iter().map(AssessorId::as_str).collect()
    }

    /// Scores, totals and places.
    fn run<'py>(&self, py: Python<'py>) -> Answer<'py> {
        answer(py, || self.core.run())
    }

    /// Places by scores that are adjusted for strictness.
    #[pyo3(signature = (given=None, /, **fields))]
    fn adjusted_standings<'py>(
        &self,
        py: Python<'py>,
        given: Given<'_, 'py>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Answer<'py> {
        let given: AdjustOptions = options(given, fields)?;
        let core = self.core.clone();
        to_python(py, &run_long(py, move || core.adjusted_standings(&given))?)
    }

    /// How far each weight can move before the choice changes.
    fn weight_ranges<'py>(&self, py: Python<'py>) -> Answer<'py> {
        let core = self.core.clone();
        to_python(py, &run_long(py, move || core.weight_ranges())?)
    }

    /// The smallest changes that swap the pair at the cut.
    fn at_the_cut<'py>(&self, py: Python<'py>, step: &Bound<'py, PyAny>) -> Answer<'py> {
        let step: Score = from_python(step)?;
        answer(py, || self.core.at_the_cut(step))
    }

    /// How sure the places are.
    #[pyo3(signature = (given=None, /, **fields))]
    fn uncertainty<'py>(
        &self,
        py: Python<'py>,
        given: Given<'_, 'py>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Answer<'py> {
        let given: Resampling = options(given, fields)?;
        let core = self.core.clone();
        to_python(py, &run_long(py, move || core.uncertainty(&given))?)
    }

    /// The contest with something changed.
    fn changed(&self, py: Python<'_>, changes: &Bound<'_, PyAny>) -> PyResult<Self> {
        let changes: Vec<Change> = from_python(changes)?;
        Ok(Self { core: run(py, || self.core.changed(&changes))? })
    }

    /// What would be different.
    fn what_if<'py>(&self, py: Python<'py>, changes: &Bound<'py, PyAny>) -> Answer<'py> {
        let changes: Vec<Change> = from_python(changes)?;
        answer(py, || self.core.what_if(&changes))
    }

    fn __repr__(&self) -> String {
        format!("<Contest of {} stages, {} assessors>", self.core.stages().count(), self.core.assessors().len())
    }
}
