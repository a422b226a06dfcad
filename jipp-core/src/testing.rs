//! A generator of national-scale data, for tests and benchmarks (feature `testing`).
//!
//! Deterministic: the same numbers give the same records, on every platform. Words are made of syllables and drawn by
//! Zipf's law (the word of rank *r* with a probability in proportion to 1/*r*; Zipf 1949, *Human Behavior and the
//! Principle of Least Effort*), as in real text; some carry Indonesian affixes. Nothing in it is about a real agency.

mod edition;

pub use edition::GeneratedEdition;

use crate::base::{AgencyId, HubId, InnovationId, PartialDate, ReplicationId, Result, SectorId};
use crate::model::{
    Agency, AgencyKind, Hub, HubKind, Innovation, InnovationStage, Line, Replication, ReplicationState, Sector, Source,
    Status, Step, Text,
};

/// How much to generate. The default is the scale of the country.
#[derive(Clone, Debug)]
pub struct National {
    /// Innovations.
    pub innovations: usize,
    /// Agencies.
    pub agencies: usize,
    /// Replications.
    pub replications: usize,
    /// Hubs.
    pub hubs: usize,
    /// Words in the texts of one innovation, about.
    pub words: usize,
}

impl Default for National {
    fn default() -> Self {
        Self { innovations: 100_000, agencies: 1_500, replications: 100_000, hubs: 100, words: 140 }
    }
}

/// How many different words there are.
const VOCABULARY: usize = 40_000;
const SECTORS: usize = 18;
const SYLLABLES: [&str; 40] = [
    "ba", "bu", "ca", "da", "di", "du", "ga", "gu", "ha", "ja", "ju", "ka", "ki", "ku", "la", "li", "lu", "ma", "mi",
    "mu", "na", "ni", "nu", "pa", "pi", "pu", "ra", "ri", "ru", "sa", "si", "su", "ta", "ti", "tu", "wa", "ya", "nga",
    "nya", "san",
];

/// `SplitMix64` (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators").
#[derive(Clone, Debug)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.next() % bound).unwrap_or(0)
    }
}

/// Words with their Zipf weights summed up.
struct Words {
    words: Vec<String>,
    sums: Vec<u64>,
}

impl Words {
    fn new() -> Self {
        let mut sum = 0;
        let sums = (1..=VOCABULARY as u64).map(|rank| {
            sum += 1_000_000_000 / rank;
            sum
        });
        Self { words: (0..VOCABULARY).map(word).collect(), sums: sums.collect() }
    }
    fn draw(&self, random: &mut Random) -> &str {
        let at = random.next() % self.sums[VOCABULARY - 1];
        &self.words[self.sums.partition_point(|sum| *sum <= at)]
    }
    /// About `count` words.
    fn text(&self, random: &mut Random, count: usize) -> String {
        let count = count * 3 / 4 + random.below(count / 2 + 1);
        let mut text = String::with_capacity(count * 8);
        for index in 0..count.max(1) {
            text.push_str(if index == 0 { "" } else { " " });
            text.push_str(self.draw(random));
        }
        text
    }
}

fn word(rank: usize) -> String {
    let mut random = Random(rank as u64 ^ 0x6a69_7070);
    let stem: String = (0..2 + random.below(3)).map(|_| SYLLABLES[random.below(SYLLABLES.len())]).collect();
    match random.below(8) {
        0 => format!("me{stem}kan"),
        1 => format!("pe{stem}an"),
        2 => format!("ber{stem}"),
        _ => stem,
    }
}

impl National {
    /// The sectors.
    ///
    /// # Errors
    /// None in practice: what is made fits its types.
    pub fn sectors(&self) -> Result<Vec<Sector>> {
        (0..SECTORS)
            .map(|n| Ok(Sector::new(SectorId::new(format!("sector-{n}"))?, Line::new(format!("Sektor {n}"))?)))
            .collect()
    }

    /// The agencies.
    ///
    /// # Errors
    /// None in practice: what is made fits its types.
    pub fn agencies(&self) -> Result<Vec<Agency>> {
        let agency =
            |n| Ok(Agency::new(agency_id(n)?, Line::new(format!("Pemerintah Kabupaten {n}"))?, AgencyKind::Regency));
        (0..self.agencies).map(agency).collect()
    }

    /// The innovations, one after the other.
    pub fn innovations(&self) -> impl Iterator<Item = Result<Innovation>> + '_ {
        let words = Words::new();
        (0..self.innovations).map(move |n| self.innovation(n, &words))
    }

    fn innovation(&self, n: usize, words: &Words) -> Result<Innovation> {
        let mut random = Random(n as u64);
        let owner = random.below(self.agencies);
        let title = Line::new(words.text(&mut random, 5))?;
        let mut innovation = Innovation::new(innovation_id(n)?, title, agency_id(owner)?);
        let share = self.words.saturating_sub(10) / 3;
        innovation.expansion = Some(Line::new(words.text(&mut random, 5))?);
        innovation.problem = Some(Text::new(words.text(&mut random, share))?);
        innovation.solution = Some(Text::new(words.text(&mut random, share))?);
        innovation.outcome = Some(Text::new(words.text(&mut random, share))?);
        innovation.sectors = vec![SectorId::new(format!("sector-{}", random.below(SECTORS)))?];
        let year = 2010 + i32::try_from(random.below(15)).unwrap_or(0);
        innovation.implemented_on = Some(PartialDate::new(year, None, None)?);
        innovation.stage =
            Status { steps: vec![Step::reported(InnovationStage::Implemented, Line::new("penerapan")?)] };
        Ok(innovation)
    }

    /// The replications: each takes an innovation and makes a later one, so that there is no cycle. Sources are drawn so
    /// that few are taken often.
    ///
    /// # Errors
    /// None in practice: what is made fits its types.
    pub fn replications(&self) -> Result<Vec<Replication>> {
        (0..self.replications).map(|n| self.replication(n)).collect()
    }

    fn replication(&self, n: usize) -> Result<Replication> {
        let mut random = Random(n as u64 ^ 0x7265_706c);
        // The smallest of three draws: early innovations have most replicas.
        let source = (0..3).map(|_| random.below(self.innovations - 1)).min().unwrap_or(0);
        let target = source + 1 + random.below(self.innovations - source - 1);
        let mut replication = Replication::new(ReplicationId::new(format!("replication-{n}"))?);
        replication.sources =
            vec![Source { innovation: innovation_id(source)?, extent: None, evidence: None, note: None }];
        replication.target = Some(innovation_id(target)?);
        replication.recipient = Some(agency_id(random.below(self.agencies))?);
        let step = Step::reported(ReplicationState::Implemented, Line::new("berjalan")?);
        replication.status = Status { steps: vec![step] };
        Ok(replication)
    }

    /// The hubs.
    ///
    /// # Errors
    /// None in practice: what is made fits its types.
    pub fn hubs(&self) -> Result<Vec<Hub>> {
        (0..self.hubs)
            .map(|n| Ok(Hub::new(HubId::new(format!("hub-{n}"))?, agency_id(n)?, HubKind::Regional)))
            .collect()
    }
}

fn agency_id(n: usize) -> Result<AgencyId> {
    AgencyId::new(format!("agency-{n}"))
}

fn innovation_id(n: usize) -> Result<InnovationId> {
    InnovationId::new(format!("innovation-{n}"))
}
