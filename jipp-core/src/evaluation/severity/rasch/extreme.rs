//! Elements whose scores are all at one end of the scale.

use super::estimate::Estimate;
use super::report::End;
use super::scale::{LEVELS, Rated, SIGNS, scales};
use super::undetermined;
use crate::base::Result;
use crate::evaluation::severity::panel::Panel;

/// So much of a score point is taken off (or added to) an extreme score: `Xtreme=` of Facets, `adj` of TAM.
const ADJUSTMENT: f64 = 0.3;
/// No measure lies further out.
const FARTHEST: f64 = 60.0;
const HALVINGS: usize = 64;
const FACETS: [&str; 3] = ["proposal", "assessor", "criterion"];

/// An element taken out, with the scores that were left of it then.
pub(super) struct Extreme {
    pub facet: usize,
    pub element: usize,
    pub end: End,
    rated: Vec<Rated>,
}

/// The scores to estimate from, and the elements taken out, in the order they went.
pub(super) struct Split {
    pub kept: Vec<Rated>,
    pub extremes: Vec<Extreme>,
}

/// Takes extreme elements out until none is left: proposals before assessors before criteria.
pub(super) fn split(rated: Vec<Rated>, panel: &Panel, own: bool) -> Result<Split> {
    let names = [&panel.proposals, &panel.assessors, &panel.criteria];
    let mut split = Split { kept: rated, extremes: Vec::new() };
    while split.take_out(names.map(Vec::len), own) {}
    for (facet, ids) in names.into_iter().enumerate() {
        let mut known = vec![false; ids.len()];
        split.kept.iter().for_each(|one| known[one.at[facet]] = true);
        split.extremes.iter().filter(|one| one.facet == facet).for_each(|one| known[one.element] = true);
        if let Some((id, _)) = ids.iter().zip(known).find(|(_, known)| !known) {
            return Err(undetermined(format!("scores of {} {id} beside extreme ones", FACETS[facet])));
        }
    }
    for scale in scales(&split.kept, panel.criteria.len(), own).iter().enumerate() {
        let (low, high) = scale.1.ends();
        if low == high {
            let hint = "scores that differ, apart from extreme ones; on each criterion if it has its own thresholds";
            let criterion = panel.criteria.get(scale.0).filter(|_| own);
            let which = criterion.map_or_else(String::new, |id| format!(" (not so: criterion {id})"));
            return Err(undetermined(format!("{hint}{which}")));
        }
    }
    Ok(split)
}

impl Split {
    /// Takes out the extreme elements of the first facet that has any.
    fn take_out(&mut self, sizes: [usize; 3], own: bool) -> bool {
        let scales = scales(&self.kept, sizes[2], own);
        let ends = |one: &Rated| scales[if own { one.at[2] } else { 0 }].ends();
        for (facet, size) in sizes.into_iter().enumerate() {
            let mut seen = vec![(false, true, true); size];
            for one in &self.kept {
                let (low, high) = ends(one);
                let (any, lowest, highest) = &mut seen[one.at[facet]];
                (*any, *lowest, *highest) = (true, *lowest && one.level == low, *highest && one.level == high);
            }
            // All scores at both ends is a scale of one level: for the caller to refuse.
            let extreme = |element: usize| match seen[element] {
                (true, true, false) => Some(End::Lowest),
                (true, false, true) => Some(End::Highest),
                _ => None,
            };
            let (out, kept): (Vec<Rated>, Vec<Rated>) =
                self.kept.iter().partition(|one| extreme(one.at[facet]).is_some());
            if out.is_empty() {
                continue;
            }
            let mut of = vec![Vec::new(); size];
            for one in &out {
                of[one.at[facet]].push(*one);
            }
            let elements = of.into_iter().enumerate().filter(|(_, rated)| !rated.is_empty());
            let extremes =
                elements.filter_map(|(element, rated)| Some(Extreme { facet, element, end: extreme(element)?, rated }));
            self.extremes.extend(extremes);
            self.kept = kept;
            return true;
        }
        false
    }
}

/// Gives extreme elements their measures, the last taken out first, as its scores are with what is known by then.
pub(super) fn place(extremes: &[Extreme], estimate: &mut Estimate) {
    for one in extremes.iter().rev() {
        let aim: f64 = one.rated.iter().map(|rated| aim(estimate, rated, one.end)).sum();
        let aim = if one.end == End::Highest { aim - ADJUSTMENT } else { aim + ADJUSTMENT };
        let sign = SIGNS[one.facet];
        let expected = |measure: f64, estimate: &mut Estimate| {
            estimate.measures[one.facet][one.element] = sign * measure;
            one.rated.iter().map(|rated| estimate.moments(rated).expected).sum::<f64>()
        };
        let (mut low, mut high) = (-FARTHEST, FARTHEST);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if expected(middle, estimate) < aim { low = middle } else { high = middle }
        }
        estimate.measures[one.facet][one.element] = sign * f64::midpoint(low, high);
        let information: f64 = one.rated.iter().map(|rated| estimate.moments(rated).variance).sum();
        let error = 1.0 / libm::sqrt(information.max(f64::MIN_POSITIVE));
        estimate.errors[one.facet][one.element] = error;
        estimate.model_errors[one.facet][one.element] = error;
    }
}

/// The end of the scale as it was estimated.
fn aim(estimate: &Estimate, rated: &Rated, end: End) -> f64 {
    let (low, high) = estimate.scale(rated).ends();
    super::scale::NUMBERS[if end == End::Highest { high.min(LEVELS - 1) } else { low }]
}
