//! Made-up editions of a competition: proposals with what composition rules count by, and assessors.
#![allow(clippy::missing_errors_doc, reason = "made of fixed texts, which are ids and codes")]

use jipp_core::Result;
use jipp_core::base::{ProposalId, Score, SectorId};
use jipp_core::evaluation::assignment::{Reader, Submission};
use jipp_core::evaluation::selection::{Candidate, Facts, Rule};
use jipp_core::model::{AgencyKind, CompositionRule, Dimension, Line};

/// Numbers that look random: splitmix64 (Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The numbers of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a bound; 0 if the bound is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 33).ok().and_then(|drawn| drawn.checked_rem(bound)).unwrap_or(0)
    }
}

/// The categories of the edition of 2025 were nine.
const CATEGORIES: usize = 9;
const ISLANDS: [&str; 7] = ["Jawa", "Sumatera", "Kalimantan", "Sulawesi", "Bali-Nusa Tenggara", "Maluku", "Papua"];
/// Of so many provinces the first so many lie in each island group: as in Indonesia since 2022.
const PROVINCES: [usize; 7] = [6, 10, 5, 6, 3, 2, 6];
const SECTORS: usize = 12;

/// An edition of a competition, made up from a seed.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The proposals with their scores.
    pub candidates: Vec<Candidate>,
    /// What is known of them, in the same order.
    pub facts: Vec<Facts>,
    /// The proposals with their sectors, in the same order.
    pub submissions: Vec<Submission>,
}

/// An edition with so many proposals. Scores are whole points where `coarse`, else means of three assessors of hundredths.
pub fn edition(seed: u64, proposals: usize, coarse: bool) -> Result<Edition> {
    let mut dice = Dice::new(seed);
    let agencies = agencies(&mut dice, proposals / 4 + 8)?;
    let mut made = Edition { candidates: Vec::new(), facts: Vec::new(), submissions: Vec::new() };
    for number in 0..proposals {
        // A few agencies enter many.
        let place = dice.below(agencies.len()) * dice.below(100) / 99;
        let agency = &agencies[place.min(agencies.len() - 1)];
        let category = dice.below(CATEGORIES).min(dice.below(CATEGORIES + 4));
        // What is further from the centre scores a little lower, so that minima bite.
        let strength = 58 - if agency.facts.underdeveloped == Some(true) { 8 } else { 0 } - category;
        let points = |dice: &mut Dice| strength * 100 + dice.below(2_000) + dice.below(2_000);
        let score = if coarse {
            Score::from_int(i64::try_from(points(&mut dice) / 100).unwrap_or(0))
        } else {
            let sum = points(&mut dice) + points(&mut dice) + points(&mut dice);
            Score::from_units(i64::try_from(sum).unwrap_or(0) * 10_000 / 3)
        };
        let id: ProposalId = format!("p-{number:05}").parse()?;
        let order = u32::try_from(dice.below(proposals)).unwrap_or(0);
        made.candidates.push(Candidate { id: id.clone(), score, order });
        let group = Some(if dice.below(4) == 0 { "replication" } else { "general" }.to_owned());
        made.facts.push(Facts { category: Some(format!("c-{category}")), group, ..agency.facts.clone() });
        let sectors = if dice.below(10) == 0 { Vec::new() } else { vec![sector(dice.below(SECTORS))?] };
        made.submissions.push(Submission { id, sectors });
    }
    Ok(made)
}

struct Somebody {
    facts: Facts,
}

fn agencies(dice: &mut Dice, count: usize) -> Result<Vec<Somebody>> {
    let agency = |number: usize| {
        let island = [0, 0, 0, 1, 1, 1, 2, 3, 3, 4, 5, 6][dice.below(12)];
        let province = dice.below(PROVINCES[island]);
        let kind = match dice.below(20) {
            0 | 1 => AgencyKind::Ministry,
            2 => AgencyKind::Agency,
            3 => AgencyKind::Soe,
            4 => AgencyKind::Roe,
            5 | 6 => AgencyKind::Province,
            7..=12 => AgencyKind::City,
            _ => AgencyKind::Regency,
        };
        let mut facts =
            Facts { agency: Some(format!("a-{number}").parse()?), agency_kind: Some(kind), ..Facts::default() };
        if !matches!(kind, AgencyKind::Ministry | AgencyKind::Agency | AgencyKind::Soe) {
            facts.island_group = Some(ISLANDS[island].to_owned());
            facts.province = Some(format!("{island}{province}").parse()?);
            facts.underdeveloped = Some(dice.below(if island > 4 { 2 } else { 9 }) == 0);
        }
        Ok(Somebody { facts })
    };
    (0..count).map(agency).collect()
}

/// Rules on every dimension for so many places: about seventy rows, and one for each agency.
pub fn composition(places: u32) -> Result<Vec<CompositionRule>> {
    let mut rules = Vec::new();
    let mut rule = |code: &str, dimension, value: Option<&str>, least: Option<u32>, most: Option<u32>| {
        let value = value.map(Line::new).transpose()?;
        rules.push(CompositionRule { code: Line::new(code)?, dimension, value, least, most, mark: None, note: None });
        Ok::<(), jipp_core::Error>(())
    };
    rule("category", Dimension::Category, None, Some(places / 16), Some(places / 6 + 1))?;
    rule("group", Dimension::Group, None, Some(places / 5), None)?;
    rule("island-group", Dimension::IslandGroup, None, Some(places / 25), Some(places / 3))?;
    rule("province", Dimension::Province, None, None, Some(places / 16 + 1))?;
    rule("3t", Dimension::Underdeveloped, Some("yes"), Some(places / 8), None)?;
    for (kind, least, most) in
        [("ministry", 12, 5), ("city", 6, 3), ("regency", 5, 2), ("roe", 50, 10), ("soe", 50, 20)]
    {
        rule(
            &format!("kind-{kind}"),
            Dimension::AgencyKind,
            Some(kind),
            Some(places / least),
            Some(places / most + 1),
        )?;
    }
    rule("agency", Dimension::Agency, None, None, Some(2))?;
    Ok(rules)
}

/// Rules that follow no structure at all: each on a third of the candidates, drawn, of whom at least so many must be among
/// the chosen as would be on average, and two more at most. No edition is like this; it is as hard as rules get.
pub fn tangle(seed: u64, candidates: usize, places: u32, count: usize) -> Vec<Rule> {
    let mut dice = Dice::new(seed ^ 0x7a9_61e5);
    let rule = |number: usize| Rule {
        code: format!("tangle-{number}"),
        value: None,
        members: (0..candidates).filter(|_| dice.below(3) == 0).collect(),
        unknown: Vec::new(),
        least: Some(places / 3),
        most: Some(places / 3 + 2),
    };
    (0..count).map(rule).collect()
}

/// So many assessors, each with two sectors, one in ten with none that are known.
pub fn readers(seed: u64, count: usize) -> Result<Vec<Reader>> {
    let mut dice = Dice::new(seed ^ 0xa55e_5504);
    let reader = |number: usize| {
        let known = dice.below(10) > 0;
        let mut drawn = |_| sector(dice.below(SECTORS));
        let sectors = if known { (0..2).map(&mut drawn).collect::<Result<_>>()? } else { Vec::new() };
        Ok(Reader { id: format!("r-{number:03}").parse()?, sectors, capacity: None })
    };
    (0..count).map(reader).collect()
}

fn sector(number: usize) -> Result<SectorId> {
    format!("s-{number}").parse()
}
