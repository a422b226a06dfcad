//! Small hub networks, made by hand.

use jipp_core::model::lifecycle::Policy;
use jipp_core::model::{
    Activity, ActivityKind, Agency, AgencyKind, Designation, DesignationEvent, Hub, HubKind, Innovation, Record,
    Region, RegionLevel, Replication, ReplicationState, Source, Step,
};
use jipp_core::network::{Network, Options};
use jipp_core::registry::Action;

use crate::{date, line, stamp};

/// A network of these records.
pub fn network(records: impl IntoIterator<Item = Record>) -> Network {
    network_under(Policy::default(), records)
}

/// A network of these records, under a policy.
pub fn network_under(policy: Policy, records: impl IntoIterator<Item = Record>) -> Network {
    let options = Options { policy, ..Options::new("small").expect("a fixture is good") };
    let network = Network::in_memory(&options).expect("a fixture is good");
    network.commit(&stamp(), records.into_iter().map(Action::Register).collect()).expect("a fixture is good");
    network
}

/// A region.
pub fn state(id: &str, level: RegionLevel, parent: Option<&str>) -> Region {
    let mut region = Region::new(id.parse().expect("a fixture is good"), line(id), level);
    region.parent = parent.map(|parent| parent.parse().expect("a fixture is good"));
    region
}

/// The government of a region.
pub fn government(id: &str, region: &str) -> Agency {
    let mut agency = Agency::new(id.parse().expect("a fixture is good"), line(id), AgencyKind::LocalGovernment);
    agency.region = Some(region.parse().expect("a fixture is good"));
    agency
}

/// An event of a membership.
pub fn event(event: DesignationEvent, on: Option<&str>) -> Designation {
    Designation { event, on: on.map(date), decree: None, note: Some(line("decree")) }
}

/// A hub with its events.
pub fn hub(id: &str, agency: &str, events: &[(DesignationEvent, Option<&str>)]) -> Hub {
    let mut hub =
        Hub::new(id.parse().expect("a fixture is good"), agency.parse().expect("a fixture is good"), HubKind::Regional);
    hub.designations = events.iter().map(|(kind, on)| event(*kind, *on)).collect();
    hub
}

/// An activity, of a hub or not.
pub fn activity(id: &str, host: &str, hub: Option<&str>, on: Option<&str>) -> Activity {
    let mut activity = Activity::new(
        id.parse().expect("a fixture is good"),
        host.parse().expect("a fixture is good"),
        ActivityKind::Mentoring,
    );
    activity.hub = hub.map(|hub| hub.parse().expect("a fixture is good"));
    activity.on = on.map(date);
    activity
}

/// An innovation in use since a date.
pub fn innovation(id: &str, owner: &str, on: Option<&str>) -> Innovation {
    let mut innovation =
        Innovation::new(id.parse().expect("a fixture is good"), line(id), owner.parse().expect("a fixture is good"));
    innovation.implemented_on = on.map(date);
    innovation
}

/// A replication that got this far.
pub fn replication(
    id: &str,
    source: &str,
    recipient: Option<&str>,
    steps: &[(ReplicationState, Option<&str>)],
) -> Replication {
    let mut replication = Replication::new(id.parse().expect("a fixture is good"));
    let innovation = source.parse().expect("a fixture is good");
    replication.sources.push(Source { innovation, extent: None, evidence: None, note: None });
    match recipient {
        Some(recipient) => replication.recipient = Some(recipient.parse().expect("a fixture is good")),
        None => replication.recipients_note = Some(line("somebody")),
    }
    for (to, on) in steps {
        let step = Step::reported(*to, line("as written"));
        replication.status.steps.push(Step { on: on.map(date), ..step });
    }
    replication
}

/// Two states without island groups, two towns, and a hub in the east.
pub fn northland() -> Vec<Record> {
    use DesignationEvent as E;
    vec![
        state("NL", RegionLevel::Country, None).into(),
        state("E", RegionLevel::State, Some("NL")).into(),
        state("W", RegionLevel::State, Some("NL")).into(),
        state("E-1", RegionLevel::Municipality, Some("E")).into(),
        state("W-1", RegionLevel::Municipality, Some("W")).into(),
        government("east", "E").into(),
        government("west", "W").into(),
        government("harbour", "E-1").into(),
        government("mill", "W-1").into(),
        Agency::new("health".parse().expect("a fixture is good"), line("Health"), AgencyKind::Ministry).into(),
        hub("hub-east", "east", &[(E::Commitment, Some("2018")), (E::Designation, Some("2019-05-02"))]).into(),
    ]
}

/// The government of a province whose region has no record.
pub fn government_only(id: &str) -> Agency {
    Agency::new(id.parse().expect("a fixture is good"), line(id), AgencyKind::Province)
}
