//! Sealing a scoring run as a record, and running it again.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::gather::hexadecimal;
use super::run::score;
use super::{Known, Scoring, ScoringOptions, StageAgreement, UncountedProposals};
use crate::base::{Code, Error, ProposalId, Result, RunId, Score};
use crate::evaluation::aggregation::Adjustment;
use crate::evaluation::selection;
use crate::evaluation::severity::mixed::Variances;
use crate::evaluation::standings::{AtTheCut, Cut, Outcome, RankInterval, Resampling, Standings, WeightRange};
use crate::model::{Line, RunInput, RunResult, ScoringRun, Text};
use crate::network::Network;
use crate::registry::{Action, Stamp};

/// The version of the method. It changes whenever the same rules, scores and seed may give another result.
pub const SCORING_METHOD: &str = "jipp-scoring/2";

/// A part of what was read, that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InputDifference {
    /// As it was sealed; none if it was not read then.
    pub sealed: Option<RunInput>,
    /// As it is now; none if it is not read any more.
    pub now: Option<RunInput>,
}

/// A result that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ResultDifference {
    /// As it was sealed.
    pub sealed: Option<RunResult>,
    /// As it comes out now.
    pub now: Option<RunResult>,
}

/// A scoring run, run again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Replay {
    /// The run.
    pub run: RunId,
    /// Whether everything came out the same, to the byte.
    pub is_same: bool,
    /// The method it was sealed with.
    pub method: String,
    /// The method it was run with now.
    pub method_now: String,
    /// What was read and differs.
    pub inputs: Vec<InputDifference>,
    /// What came out and differs, proposal by proposal.
    pub results: Vec<ResultDifference>,
    /// The fingerprint of the whole outcome, as sealed.
    pub outcome: String,
    /// As it is now; none if the run fails now.
    pub outcome_now: Option<String>,
    /// Why the run fails now, if it does.
    pub failure: Option<String>,
}

impl Network {
    /// Scores an edition and records the run: its rules, fingerprints of everything it read, its seed and its results. The
    /// record is a change like any other, so it travels with the network and cannot be altered in silence.
    ///
    /// # Errors
    /// Those of [`score`](Self::score) and of [`commit`](Self::commit).
    ///
    /// # Complexity
    /// That of [`score`](Self::score); the network is locked meanwhile, so that what is sealed is what was read.
    pub fn seal_scoring(&self, id: RunId, options: &ScoringOptions, stamp: &Stamp) -> Result<ScoringRun> {
        let mut inner = self.lock_mut();
        let scoring = score(&inner.registry.view(), options)?;
        let run = sealed(id, &scoring)?;
        inner.registry.commit(stamp, vec![Action::Register(run.clone().into())])?;
        Ok(run)
    }

    /// Runs a sealed run again, on the records as they were when it was sealed, and says what differs.
    ///
    /// On a copy that received the run from another, the records are those that this copy had when the run arrived.
    ///
    /// # Errors
    /// `not-found` if there is no such run; `field-type` and the like if its options cannot be read (a newer version wrote
    /// them).
    ///
    /// # Complexity
    /// That of [`score`](Self::score).
    pub fn replay(&self, id: &RunId) -> Result<Replay> {
        let inner = self.lock();
        let view = inner.registry.view();
        let run = view.get::<ScoringRun>(id)?;
        let options: ScoringOptions =
            serde_json::from_str(&run.options).map_err(|error| Error::from_serde(&error.to_string()))?;
        let recorded = view.versions::<ScoringRun>(&run.id).first().map_or(view.revision(), |(revision, _)| *revision);
        let again =
            score(&inner.registry.as_of(recorded)?, &options).and_then(|scoring| sealed(run.id.clone(), &scoring));
        Ok(compared(run, again))
    }
}

fn compared(run: &ScoringRun, again: Result<ScoringRun>) -> Replay {
    let (now, failure) = match again {
        Ok(now) => (Some(now), None),
        Err(error) => (None, Some(error.to_string())),
    };
    let inputs_now = now.as_ref().map(|now| now.inputs.as_slice()).unwrap_or_default();
    let results_now = now.as_ref().map(|now| now.results.as_slice()).unwrap_or_default();
    let inputs = differences(&run.inputs, inputs_now, |one| one.part.to_string());
    let results = differences(&run.results, results_now, |one| one.proposal.to_string());
    let outcome_now = now.as_ref().map(|now| now.outcome.to_string());
    Replay {
        run: run.id.clone(),
        is_same: outcome_now.as_deref() == Some(&*run.outcome) && inputs.is_empty() && results.is_empty(),
        method: run.method.to_string(),
        method_now: SCORING_METHOD.to_owned(),
        inputs: inputs.into_iter().map(|(sealed, now)| InputDifference { sealed, now }).collect(),
        results: results.into_iter().map(|(sealed, now)| ResultDifference { sealed, now }).collect(),
        outcome: run.outcome.to_string(),
        outcome_now,
        failure,
    }
}

/// What differs between two lists, by a key.
fn differences<T: Clone + PartialEq>(
    sealed: &[T],
    now: &[T],
    key: impl Fn(&T) -> String,
) -> Vec<(Option<T>, Option<T>)> {
    let by_key = |all: &[T]| all.iter().map(|one| (key(one), one.clone())).collect::<BTreeMap<_, _>>();
    let (mut old, new) = (by_key(sealed), by_key(now));
    let mut found = Vec::new();
    for (key, one) in new {
        match old.remove(&key) {
            Some(before) if before == one => {}
            before => found.push((before, Some(one))),
        }
    }
    found.extend(old.into_values().map(|gone| (Some(gone), None)));
    found
}

/// Places as they were drawn, without the options of the draw.
type Drawn<'a> = (&'a [RankInterval], &'a [(Line, Variances)]);

/// What a fingerprint of the outcome is taken of: everything that follows from the inputs, and nothing that does not.
#[derive(Serialize)]
struct Sealed<'a> {
    options: ScoringOptions,
    cut: Cut,
    outcome: &'a Outcome,
    adjustments: &'a [Adjustment],
    adjusted: Option<&'a Standings>,
    uncertainty: Option<Known<Drawn<'a>>>,
    at_the_cut: Option<&'a Known<AtTheCut>>,
    weight_ranges: &'a Known<Vec<WeightRange>>,
    agreement: &'a [StageAgreement],
    selection: Option<&'a selection::Outcome>,
    uncounted: &'a [UncountedProposals],
}

impl<'a> Sealed<'a> {
    fn of(scoring: &'a Scoring) -> Self {
        Self {
            options: one_thread(&scoring.options),
            cut: scoring.cut,
            outcome: &scoring.outcome,
            adjustments: &scoring.adjustments,
            adjusted: scoring.adjusted.as_ref(),
            uncertainty: scoring.uncertainty.as_ref().map(|drawn| match drawn {
                Known::Known(drawn) => Known::Known((drawn.proposals.as_slice(), drawn.variances.as_slice())),
                Known::Unknown(why) => Known::Unknown(why.clone()),
            }),
            at_the_cut: scoring.at_the_cut.as_ref(),
            weight_ranges: &scoring.weight_ranges,
            agreement: &scoring.agreement,
            selection: scoring.selection.as_ref(),
            uncounted: &scoring.uncounted,
        }
    }
}

/// The options without what changes no result.
fn one_thread(options: &ScoringOptions) -> ScoringOptions {
    let resampling = options.resampling.map(|draws| Resampling { threads: 1, ..draws });
    ScoringOptions { resampling, ..options.clone() }
}

fn sealed(id: RunId, scoring: &Scoring) -> Result<ScoringRun> {
    let json = |error: serde_json::Error| Error::from_serde(&error.to_string());
    let options = one_thread(&scoring.options);
    let whole = serde_json::to_vec(&Sealed::of(scoring)).map_err(json)?;
    let options = Text::new(serde_json::to_string(&options).map_err(json)?)?;
    let outcome = Line::new(hexadecimal(&Sha256::digest(whole)))?;
    let seed = scoring.options.resampling.map_or(0, |draws| draws.seed);
    let mut run =
        ScoringRun::new(id, scoring.options.edition.clone(), Line::new(SCORING_METHOD)?, options, seed, outcome);
    run.group.clone_from(&scoring.options.group);
    run.inputs.clone_from(&scoring.inputs);
    run.results = results(scoring)?;
    Ok(run)
}

fn results(scoring: &Scoring) -> Result<Vec<RunResult>> {
    let standings = scoring.standings().ok_or_else(|| Error::new(Code::Undetermined).field("basis"))?;
    let chosen: BTreeSet<ProposalId> = scoring.chosen().into_iter().collect();
    let places = |standings: &Standings| -> BTreeMap<ProposalId, (u32, Score)> {
        standings.places.iter().map(|place| (place.proposal.clone(), (place.place, place.score))).collect()
    };
    let ranked = places(standings);
    let adjusted = scoring.adjusted.as_ref().map(places).unwrap_or_default();
    let errors = scoring.adjusted_errors();
    let surely = scoring.uncertainty.as_ref().and_then(Known::known);
    let intervals: BTreeMap<&ProposalId, &RankInterval> =
        surely.iter().flat_map(|all| &all.proposals).map(|one| (&one.proposal, one)).collect();
    // Totals are in the order of the proposals.
    let mut results: Vec<RunResult> = scoring
        .outcome
        .totals
        .iter()
        .map(|total| {
            let id = &total.proposal;
            let interval = intervals.get(id);
            RunResult {
                proposal: id.clone(),
                total: total.total,
                adjusted: adjusted.get(id).map(|(_, score)| *score),
                standard_error: errors.get(id).copied().map(rounded),
                place: ranked.get(id).map(|(place, _)| *place),
                place_from: interval.map(|one| one.from),
                place_to: interval.map(|one| one.to),
                inside: interval.and_then(|one| one.inside).map(rounded),
                is_chosen: chosen.contains(id),
            }
        })
        .collect();
    results.sort_by(|a, b| (a.place.is_none(), a.place, &a.proposal).cmp(&(b.place.is_none(), b.place, &b.proposal)));
    Ok(results)
}

/// The nearest millionth.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "points and probabilities are small")]
fn rounded(value: f64) -> Score {
    Score::from_units(libm::round(value * Score::SCALE as f64) as i64)
}
