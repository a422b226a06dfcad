//! Context: how alike the asking agency and the owner of an innovation are.

use super::question::{Asker, Weights, province_of};
use super::{Ground, POINT, Part};
use crate::base::Measure;
use crate::model::{Agency, Innovation, Region};
use crate::registry::View;

/// Likeness is counted in thousandths.
const WHOLE: i64 = 1_000;
/// A difference in the human development index from which on two regions count as unlike: about the range between the
/// lowest and the highest province outside the capital.
const HDI_RANGE: i64 = 25;

pub(super) fn parts(view: &View<'_>, asker: &Asker<'_>, innovation: &Innovation, weights: &Weights) -> Vec<Part> {
    let owner = view.find::<Agency>(innovation.owner.as_str());
    let region = innovation.region.as_ref().or_else(|| owner.and_then(|owner| owner.region.as_ref()));
    let region = region.and_then(|region| view.find::<Region>(region.as_str()));
    let mut parts = Vec::new();
    if let (Some(kind), Some(owner)) = (asker.kind, owner)
        && kind == owner.kind
    {
        parts.push(Part { points: weights.same_kind * POINT, ground: Ground::SameKind { kind } });
    }
    if let (Some(own), Some(region)) = (asker.own_region().or(asker.province), region)
        && let Some(likeness) = likeness(own, region)
    {
        let points = weights.alike_region * POINT * likeness / WHOLE;
        let (own, other) = (own.name.to_string(), region.name.to_string());
        parts.push(Part { points, ground: Ground::AlikeRegion { own, other, percent: likeness / 10 } });
    }
    if let (Some(own), Some(other)) = (asker.province, region.and_then(|region| province_of(view, region)))
        && own.id == other.id
    {
        let province = own.name.to_string();
        parts.push(Part { points: weights.same_province * POINT, ground: Ground::SameProvince { province } });
    }
    parts
}

/// How alike two regions are, in thousandths: the mean over population, density, development and remoteness of what is
/// known of both; none if nothing is.
fn likeness(a: &Region, b: &Region) -> Option<i64> {
    let known = [
        a.population.zip(b.population).map(|(a, b)| ratio(i128::from(a), i128::from(b))),
        density(a).zip(density(b)).map(|(a, b)| ratio(a, b)),
        a.hdi.zip(b.hdi).map(|(a, b)| {
            let apart = (a.units() - b.units()).abs() * WHOLE / (HDI_RANGE * Measure::SCALE);
            (WHOLE - apart).max(0)
        }),
        a.is_3t.zip(b.is_3t).map(|(a, b)| if a == b { WHOLE } else { 0 }),
    ];
    let known: Vec<i64> = known.into_iter().flatten().collect();
    let count = i64::try_from(known.len()).ok().filter(|count| *count > 0)?;
    Some(known.iter().sum::<i64>() / count)
}

/// The smaller over the larger, in thousandths.
fn ratio(a: i128, b: i128) -> i64 {
    let (small, large) = (a.min(b), a.max(b));
    if large <= 0 { WHOLE } else { i64::try_from(small.max(0) * i128::from(WHOLE) / large).unwrap_or(0) }
}

/// People per thousand square kilometres.
fn density(region: &Region) -> Option<i128> {
    let area = i128::from(region.area_km2?.units());
    let people = i128::from(region.population?);
    (area > 0).then(|| people * 1_000 * i128::from(Measure::SCALE) / area)
}
