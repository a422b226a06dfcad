//! Hubs beside each other, fair to their size and age.
//!
//! A province of 38 governments whose hub is six years old does more than one of seven that is two years old; that
//! says nothing of the hubs. So what is compared are rates: events for each government of the province and each year
//! that the hub has been a member, with exact intervals. Whether a hub stands out is tested against all the others
//! taken together, and since many are tested at once the bar is raised by the method of Holm (*A simple sequentially
//! rejective multiple test procedure*, Scandinavian Journal of Statistics 6, 1979). Those that do not stand out are
//! **not ranked**: the list is in the order of names within *above*, *not told apart* and *below*.
//!
//! Two things to keep in mind. What is on record is what somebody wrote about, so a hub near the press looks busier
//! than it is. And events come in bunches (one campaign, four meetings), which the Poisson model does not know: the
//! intervals are rather too narrow than too wide.

use serde::{Deserialize, Serialize};

use super::coverage::{HubOn, describe};
use super::land::Land;
use super::life::Counting;
use super::movement::{began, recipient};
use super::outcome::{first_known, is_more_than_an_idea, known_sources};
use super::poisson;
use crate::base::vocabulary::vocabulary;
use crate::base::{Code, Error, HubId, PartialDate, RegionId, Result, Truth, YEAR_DAYS};
use crate::model::{Activity, EntityRef, Hub, Innovation, Replication};
use crate::registry::View;

vocabulary! {
    /// What hubs are compared by.
    Compared = "hub-compared" {
        Activities = "activities", "kegiatan hub", "activities of the hub";
        ReplicationsTaken = "replications-taken", "replikasi oleh instansi di provinsi", "replications by agencies of the province";
        ReplicationsGiven = "replications-given", "replikasi inovasi milik instansi di provinsi", "replications of innovations of the province";
        InnovationsBegun = "innovations-begun", "inovasi yang dimulai di provinsi", "innovations begun in the province";
    }
}

vocabulary! {
    /// How a hub stands against all the others.
    Against = "against-others" {
        Above = "above", "di atas yang lain", "above the others";
        NotTold = "not-told", "tidak dapat dibedakan dari yang lain", "cannot be told from the others";
        Below = "below", "di bawah yang lain", "below the others";
    }
}

vocabulary! {
    /// Why a hub is not compared.
    LeftOut = "left-out" {
        NoMember = "no-member", "bukan anggota pada tanggal itu", "no member on the date";
        MemberUnknown = "member-unknown", "tidak diketahui apakah anggota pada tanggal itu", "not known whether it was a member on the date";
        NoProvince = "no-province", "tidak melayani satu provinsi", "serves no one province";
        NoTime = "no-time", "belum ada masa yang dapat dibandingkan", "no time to compare yet";
    }
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComparisonOptions {
    /// Until when.
    pub on: PartialDate,
    /// What is counted.
    pub compared: Compared,
    /// What makes a member, and so from when a hub is counted.
    #[serde(default)]
    pub counting: Counting,
    /// How sure the intervals and the verdicts are to be, 0.5 to 0.9999.
    #[serde(default = "usual")]
    pub confidence: f64,
}

fn usual() -> f64 {
    0.95
}

impl ComparisonOptions {
    /// The usual options, until a date.
    pub fn new(on: PartialDate, compared: Compared) -> Self {
        Self { on, compared, counting: Counting::default(), confidence: usual() }
    }

    fn check(&self) -> Result<()> {
        self.counting.check()?;
        if (0.5..=0.9999).contains(&self.confidence) {
            return Ok(());
        }
        let error = Error::new(Code::OptionInvalid).field("confidence").value(self.confidence);
        Err(error.expected("0.5 to 0.9999"))
    }
}

/// A hub with its rate. Rates are per 100 governments and year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HubRate {
    /// The hub.
    pub hub: HubId,
    /// Its name.
    pub name: String,
    /// The province it serves.
    pub province: RegionId,
    /// Since when it is a member.
    pub since: PartialDate,
    /// The governments that the province has on the date, its own among them.
    pub governments: u32,
    /// How many years it has been a member; from the middle of `since` where that is a month or a year.
    pub years: f64,
    /// What happened in that time. What is dated to the year the hub began in counts.
    pub count: u32,
    /// What has no date, and therefore does not count.
    pub undated: u32,
    /// The rate.
    pub rate: f64,
    /// The least that the rate behind the count may be, at the confidence asked for.
    pub least: f64,
    /// The most.
    pub most: f64,
    /// The rate drawn towards that of all hubs, the more the less it rests on: the better guess for a small hub.
    pub shrunk: f64,
    /// How likely a difference from all the others as great as this is if there is none.
    pub chance: f64,
    /// How it stands against all the others, with the bar raised for their number.
    pub against: Against,
}

/// A hub that is not compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HubLeftOut {
    /// The hub.
    pub hub: HubId,
    /// Its name.
    pub name: String,
    /// Why.
    pub why: LeftOut,
}

/// Hubs beside each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Comparison {
    /// What was asked.
    pub options: ComparisonOptions,
    /// The rate of all compared hubs together, per 100 governments and year; none if none is compared.
    pub overall: Option<f64>,
    /// The hubs: those above the others, those that cannot be told from them, those below; by name within each.
    pub hubs: Vec<HubRate>,
    /// The others, by id.
    pub left_out: Vec<HubLeftOut>,
}

impl Comparison {
    /// Whether two hubs can be told apart at the confidence asked for, taken by themselves; none if one is not
    /// compared. Whoever looks at many pairs must expect some to differ by chance.
    pub fn told_apart(&self, one: &HubId, other: &HubId) -> Option<bool> {
        let find = |id: &HubId| self.hubs.iter().find(|rate| rate.hub == *id);
        let exposed = |rate: &HubRate| (rate.count, f64::from(rate.governments) * rate.years);
        let (one, other) = (find(one)?, find(other)?);
        Some(poisson::same_rate(exposed(one), exposed(other)) < 1.0 - self.options.confidence)
    }
}

/// Compares the hubs that were members on a date.
///
/// # Errors
/// `option-invalid` for a confidence outside 0.5 to 0.9999, or if nothing counts as membership.
///
/// # Complexity
/// The hubs times the activities of each, the replications and the innovations.
pub fn comparison(view: &View<'_>, options: &ComparisonOptions) -> Result<Comparison> {
    options.check()?;
    let land = Land::of(*view);
    let events = Events::of(view, &land, options.compared);
    let (mut hubs, mut left_out) = (Vec::new(), Vec::new());
    for hub in view.all::<Hub>() {
        let on = describe(view, &land, hub, options.on, options.counting);
        match exposure(&land, &on, options) {
            Ok(exposed) => {
                let (count, undated) = events.count(view, hub, &exposed, options.on);
                hubs.push((on, exposed, count, undated));
            }
            Err(why) => left_out.push(HubLeftOut { hub: on.hub, name: on.name, why }),
        }
    }
    let counts: Vec<(u32, f64)> = hubs.iter().map(|(_, exposed, count, _)| (*count, exposed.total())).collect();
    let all = counts.iter().fold((0_u32, 0.0), |all, one| (all.0.saturating_add(one.0), all.1 + one.1));
    let chances: Vec<f64> = counts.iter().map(|one| poisson::same_rate(*one, (all.0 - one.0, all.1 - one.1))).collect();
    let stands_out = holm(&chances, 1.0 - options.confidence);
    let shrunk = poisson::shrunk(&counts);
    let mut rates: Vec<HubRate> = hubs
        .into_iter()
        .enumerate()
        .map(|(at, (on, exposed, count, undated))| {
            let scale = 100.0 / exposed.total();
            let (least, most) = poisson::limits(count, options.confidence);
            let (of_others, others) = (all.0 - count, all.1 - exposed.total());
            let is_above = f64::from(count) * others > f64::from(of_others) * exposed.total();
            HubRate {
                hub: on.hub,
                name: on.name,
                province: exposed.province,
                since: exposed.since,
                governments: exposed.governments,
                years: exposed.years,
                count,
                undated,
                rate: f64::from(count) * scale,
                least: least * scale,
                most: most * scale,
                shrunk: 100.0 * shrunk.get(at).copied().flatten().unwrap_or_default(),
                chance: chances.get(at).copied().unwrap_or(1.0),
                against: match (stands_out.get(at), is_above) {
                    (Some(true), true) => Against::Above,
                    (Some(true), false) => Against::Below,
                    _ => Against::NotTold,
                },
            }
        })
        .collect();
    rates.sort_by(|one, other| (one.against, &one.name, &one.hub).cmp(&(other.against, &other.name, &other.hub)));
    let overall = (all.1 > 0.0).then(|| 100.0 * f64::from(all.0) / all.1);
    Ok(Comparison { options: *options, overall, hubs: rates, left_out })
}

/// Which of several chances are small enough, all of them looked at together.
fn holm(chances: &[f64], level: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    let chance = |at: &usize| chances.get(*at).copied().unwrap_or(1.0);
    order.sort_by(|one, other| chance(one).total_cmp(&chance(other)).then(one.cmp(other)));
    let mut small = vec![false; chances.len()];
    for (rank, at) in order.iter().enumerate() {
        let left = u32::try_from(chances.len() - rank).unwrap_or(u32::MAX);
        if chance(at) > level / f64::from(left) {
            break;
        }
        if let Some(place) = small.get_mut(*at) {
            *place = true;
        }
    }
    small
}

/// What a hub's counts are over.
struct Exposure {
    province: RegionId,
    since: PartialDate,
    governments: u32,
    years: f64,
}

impl Exposure {
    fn total(&self) -> f64 {
        f64::from(self.governments) * self.years
    }
}

fn exposure(land: &Land<'_>, hub: &HubOn, options: &ComparisonOptions) -> Result<Exposure, LeftOut> {
    match hub.is_member {
        Truth::No => return Err(LeftOut::NoMember),
        Truth::Unknown => return Err(LeftOut::MemberUnknown),
        Truth::Yes => {}
    }
    let province = hub.province.clone().ok_or(LeftOut::NoProvince)?;
    let since = hub.since.ok_or(LeftOut::MemberUnknown)?;
    let middle = since.first_day() + (since.last_day() - since.first_day()) / 2;
    let days = i32::try_from((options.on.last_day() - middle).num_days()).unwrap_or(0);
    if days <= 0 {
        return Err(LeftOut::NoTime);
    }
    let governments = u32::try_from(land.governed_in(&province, options.on).len()).unwrap_or(u32::MAX);
    Ok(Exposure { province, since, governments, years: f64::from(days) / YEAR_DAYS })
}

/// What happened where, and when.
struct Events<'v> {
    compared: Compared,
    in_provinces: Vec<(&'v RegionId, Option<PartialDate>)>,
}

impl<'v> Events<'v> {
    fn of(view: &View<'v>, land: &Land<'v>, compared: Compared) -> Self {
        let home = |agency| land.province_of_agency(agency).map(|province| &province.id);
        let replications = || view.all::<Replication>().filter(|replication| is_more_than_an_idea(replication));
        let in_provinces = match compared {
            Compared::Activities => Vec::new(),
            Compared::ReplicationsTaken => {
                let taken = |one: &'v Replication| Some((home(recipient(view, one)?)?, first_known(one)));
                replications().filter_map(taken).collect()
            }
            Compared::ReplicationsGiven => {
                let given = |one: &'v Replication| {
                    let sources = known_sources(one).filter_map(|from| view.find::<Innovation>(from.as_str()));
                    let mut homes: Vec<&RegionId> = sources.filter_map(|source| home(&source.owner)).collect();
                    homes.sort_unstable();
                    homes.dedup();
                    homes.into_iter().map(move |home| (home, first_known(one)))
                };
                replications().flat_map(given).collect()
            }
            Compared::InnovationsBegun => {
                let begun = |one: &'v Innovation| Some((home(&one.owner)?, began(one)));
                view.all::<Innovation>().filter_map(begun).collect()
            }
        };
        Self { compared, in_provinces }
    }

    /// How much happened in the time of a hub, and how much is undated.
    fn count(&self, view: &View<'_>, hub: &Hub, exposed: &Exposure, on: PartialDate) -> (u32, u32) {
        let dates: Vec<Option<PartialDate>> = if self.compared == Compared::Activities {
            let held = view.referring::<Activity>(&EntityRef::of::<Hub>(&hub.id));
            held.into_iter().map(|activity| activity.on).collect()
        } else {
            let here = self.in_provinces.iter().filter(|(province, _)| **province == exposed.province);
            here.map(|(_, at)| *at).collect()
        };
        let in_time = |at: &PartialDate| !at.surely_before(exposed.since) && !on.surely_before(*at);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let counted = dates.iter().flatten().filter(|at| in_time(at)).count();
        (number(counted), number(dates.iter().filter(|at| at.is_none()).count()))
    }
}
