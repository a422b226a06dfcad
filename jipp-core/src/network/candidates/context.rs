//! Context: how alike the asking agency and the owner of an innovation are.

use super::question::{Asker, Weights};
use super::{Ground, POINT, Part};
use crate::base::Measure;
use crate::model::{Agency, AgencyKind, Region};

/// Likeness is counted in thousandths.
const WHOLE: i64 = 1_000;
/// A difference in the human development index from which on two regions count as unlike: about the range between the
/// lowest and the highest province outside the capital.
const HDI_RANGE: i64 = 25;

/// What the asker shares with those who run an innovation.
pub(super) struct Context<'v> {
    /// The kind, where both are of it.
    kind: Option<AgencyKind>,
    /// The asker's region and theirs, and how alike the two are, in thousandths.
    likeness: Option<(&'v Region, &'v Region, i64)>,
    /// The province both are in.
    province: Option<&'v Region>,
}

impl<'v> Context<'v> {
    /// `region` is where the innovation runs, `province` the province of that.
    pub(super) fn of(
        asker: &Asker<'v>,
        owner: Option<&'v Agency>,
        region: Option<&'v Region>,
        province: Option<&'v Region>,
    ) -> Self {
        let own = asker.own_region().or(asker.province);
        let likeness = own.zip(region).and_then(|(own, region)| Some((own, region, likeness(own, region)?)));
        let same = asker.province.zip(province).filter(|(own, other)| own.id == other.id);
        Self {
            kind: asker.kind.filter(|kind| owner.is_some_and(|owner| owner.kind == *kind)),
            likeness,
            province: same.map(|(own, _)| own),
        }
    }

    pub(super) fn points(&self, weights: &Weights) -> i64 {
        let kind = if self.kind.is_some() { weights.same_kind * POINT } else { 0 };
        let province = if self.province.is_some() { weights.same_province * POINT } else { 0 };
        kind + province + self.likeness.map_or(0, |(_, _, likeness)| alike_points(weights, likeness))
    }

    pub(super) fn parts(&self, weights: &Weights) -> Vec<Part> {
        let kind = self.kind.map(|kind| Part { points: weights.same_kind * POINT, ground: Ground::SameKind { kind } });
        let alike = self.likeness.map(|(own, other, likeness)| {
            let (own, other) = (own.name.to_string(), other.name.to_string());
            let ground = Ground::AlikeRegion { own, other, percent: likeness / 10 };
            Part { points: alike_points(weights, likeness), ground }
        });
        let province = self.province.map(|province| {
            let ground = Ground::SameProvince { province: province.name.to_string() };
            Part { points: weights.same_province * POINT, ground }
        });
        [kind, alike, province].into_iter().flatten().collect()
    }
}

fn alike_points(weights: &Weights, likeness: i64) -> i64 {
    weights.alike_region * POINT * likeness / WHOLE
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
