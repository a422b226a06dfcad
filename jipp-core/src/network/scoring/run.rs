//! A scoring run: everything that is to be known of a ranking.

use std::collections::{BTreeMap, BTreeSet};

use super::gather::Gathered;
use super::{Basis, ConflictedSheet, Known, Scoring, ScoringOptions, StageAgreement, UncountedProposals};
use crate::base::{AssessorId, Code, Error, ProposalId, Result};
use crate::evaluation::aggregation::StageScores;
use crate::evaluation::agreement::{Level, Outcome, Ratings, Reason, krippendorff};
use crate::evaluation::selection::{self, Candidate, Facts, Places, Uncounted, expand, select};
use crate::evaluation::standings::{Contest, Cut, Position, Standings};
use crate::model::{CompositionRule, Conflict, ConflictGround};
use crate::registry::View;

pub(super) fn score(view: &View<'_>, options: &ScoringOptions) -> Result<Scoring> {
    let gathered = Gathered::new(view, options)?;
    let contest = gathered.contest()?;
    let outcome = contest.run()?;
    let (adjustments, adjusted) = contest.adjusted_standings(&options.adjust)?;
    let uncertainty = options.resampling.map(|draws| Known::of(contest.uncertainty(&draws))).transpose()?;
    let is_raw = options.basis == Basis::Raw;
    let has_cut = outcome.standings.cut.is_some();
    let swap = || if is_raw { contest.at_the_cut(options.step) } else { Err(of_raw_only()) };
    let at_the_cut = has_cut.then(|| Known::of(swap())).transpose()?;
    let weight_ranges = Known::of(if is_raw { contest.weight_ranges() } else { Err(of_raw_only()) })?;
    let agreement = outcome.stages.iter().map(agreement).collect::<Result<_>>()?;
    let by = basis(options, &outcome.standings, adjusted.as_ref())?;
    let (selection, uncounted) =
        choose(by, &gathered.composition, &gathered.facts, &gathered.proposal_ids(), gathered.cut, options)?;
    let excluded = gathered.excluded.iter().map(|(proposal, state)| (proposal.id.clone(), *state)).collect();
    Ok(Scoring {
        options: options.clone(),
        proposals: gathered.described(view),
        excluded,
        conflicts: Vec::new(),
        inputs: gathered.inputs()?,
        rubrics: gathered.rubrics(),
        weights: gathered.weights(),
        strays: gathered.strays,
        tie_break_skipped: gathered.tie_break_skipped,
        cut: gathered.cut,
        composition: gathered.composition,
        facts: gathered.facts,
        outcome,
        adjustments,
        adjusted,
        uncertainty,
        at_the_cut,
        weight_ranges,
        agreement,
        selection,
        uncounted,
        contest,
    })
}

/// Severity is estimated anew with every change of a score or weight, so that no smallest change can be read off.
pub(super) fn of_raw_only() -> Error {
    Error::new(Code::Undetermined).field("basis").value("adjusted").expected("raw: this is known of raw totals only")
}

fn basis<'a>(options: &ScoringOptions, raw: &'a Standings, adjusted: Option<&'a Standings>) -> Result<&'a Standings> {
    match (options.basis, adjusted) {
        (Basis::Raw, _) => Ok(raw),
        (Basis::Adjusted, Some(adjusted)) => Ok(adjusted),
        (Basis::Adjusted, None) => Err(Error::new(Code::Undetermined)
            .field("basis")
            .value("adjusted")
            .expected("raw: the scores of a stage that counts could not be adjusted")),
    }
}

/// Krippendorff's alpha of the totals of sheets.
fn agreement(scores: &StageScores) -> Result<StageAgreement> {
    let mut assessors: Vec<_> =
        scores.proposals.iter().flat_map(|one| &one.sheets).map(|sheet| &sheet.assessor).collect();
    assessors.sort_unstable();
    assessors.dedup();
    if assessors.is_empty() {
        return Ok(StageAgreement { stage: scores.stage.clone(), alpha: Outcome::Undefined(Reason::NoPairs) });
    }
    // A row for each rater, a column for each unit.
    let mut rows = vec![vec![None; scores.proposals.len()]; assessors.len()];
    for (unit, one) in scores.proposals.iter().enumerate() {
        for sheet in &one.sheets {
            if let Ok(rater) = assessors.binary_search(&&sheet.assessor) {
                rows[rater][unit] = sheet.total.map(crate::base::Score::to_f64);
            }
        }
    }
    let alpha = krippendorff(&Ratings::new(Level::Interval, &rows)?);
    Ok(StageAgreement { stage: scores.stage.clone(), alpha })
}

/// The choice under rules, if there are any: among those that pass, as many as there are places.
fn choose(
    standings: &Standings,
    composition: &[CompositionRule],
    facts: &[Facts],
    proposals: &[&ProposalId],
    cut: Cut,
    options: &ScoringOptions,
) -> Result<(Option<selection::Outcome>, Vec<UncountedProposals>)> {
    if composition.is_empty() {
        return Ok((None, Vec::new()));
    }
    let passing = standings.places.iter().filter(|place| cut.pass_mark.is_none_or(|mark| place.score >= mark));
    let mut candidates = Vec::new();
    let mut known = Vec::new();
    for place in passing {
        candidates.push(Candidate { id: place.proposal.clone(), score: place.score, order: place.place });
        let number = proposals.binary_search(&&place.proposal).ok();
        known.push(number.and_then(|number| facts.get(number)).cloned().unwrap_or_default());
    }
    let expanded = expand(composition, &known)?;
    let places = cut.places.unwrap_or(u32::try_from(candidates.len()).unwrap_or(u32::MAX));
    let outcome = select(&candidates, Places::AtMost(places), &expanded.rules, &options.selection)?;
    let named = |uncounted: Uncounted| UncountedProposals {
        code: uncounted.code,
        proposals: uncounted
            .candidates
            .iter()
            .filter_map(|place| candidates.get(*place))
            .map(|one| one.id.clone())
            .collect(),
    };
    Ok((Some(outcome), expanded.uncounted.into_iter().map(named).collect()))
}

/// Sheets that count, of assessors who must not score, by proposal and assessor.
pub(super) fn conflicted(scoring: &Scoring, conflicts: &[Conflict]) -> Vec<ConflictedSheet> {
    let mut grounds: BTreeMap<(&ProposalId, &AssessorId), Vec<ConflictGround>> = BTreeMap::new();
    for conflict in conflicts {
        grounds.entry((&conflict.proposal, &conflict.assessor)).or_default().push(conflict.ground);
    }
    let scored = scoring.outcome.stages.iter().flat_map(|stage| &stage.proposals);
    let pairs = scored.flat_map(|one| one.sheets.iter().map(|sheet| (&one.proposal, &sheet.assessor)));
    let pairs: BTreeSet<_> = pairs.collect();
    pairs
        .into_iter()
        .filter_map(|(proposal, assessor)| {
            let grounds = grounds.get(&(proposal, assessor))?.clone();
            Some(ConflictedSheet { proposal: proposal.clone(), assessor: assessor.clone(), grounds })
        })
        .collect()
}

pub(super) fn chosen(scoring: &Scoring) -> Vec<ProposalId> {
    match (&scoring.selection, scoring.standings()) {
        (Some(selection), _) => selection.chosen().map(|chosen| chosen.chosen.clone()).unwrap_or_default(),
        (None, Some(standings)) => standings.at(Position::Inside).map(|place| place.proposal.clone()).collect(),
        (None, None) => Vec::new(),
    }
}

/// Who would be chosen with other rules of composition, and with other rules of the contest.
pub(super) fn chosen_under(
    scoring: &Scoring,
    contest: &Contest,
    cut: Cut,
    composition: &[CompositionRule],
) -> Result<Vec<ProposalId>> {
    let raw = contest.run()?.standings;
    let adjusted = match scoring.options.basis {
        Basis::Raw => None,
        Basis::Adjusted => contest.adjusted_standings(&scoring.options.adjust)?.1,
    };
    let standings = basis(&scoring.options, &raw, adjusted.as_ref())?;
    let ids: Vec<&ProposalId> = scoring.proposals.iter().map(|proposal| &proposal.id).collect();
    let (selection, _) = choose(standings, composition, &scoring.facts, &ids, cut, &scoring.options)?;
    Ok(match selection {
        Some(selection) => selection.chosen().map(|chosen| chosen.chosen.clone()).unwrap_or_default(),
        None => standings.at(Position::Inside).map(|place| place.proposal.clone()).collect(),
    })
}
