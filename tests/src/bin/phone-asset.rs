//! Makes the file that phones are measured with: `phone-asset FILE`. 20,000 generated innovations with the hubs, agencies and
//! replications of a province or two; the same file every time, but for the places of its pages.

use std::io;

use jipp_core::Result;
use jipp_core::network::{Network, Options};
use jipp_core::registry::{Action, Stamp};
use jipp_core::testing::National;

/// What a large province and what it looks at may hold.
const SCALE: National = National { innovations: 20_000, agencies: 600, replications: 5_000, hubs: 54, words: 60 };

/// How many records make one commit.
const BATCH: usize = 5_000;

fn main() -> io::Result<()> {
    let Some(path) = std::env::args().nth(1) else { return Err(io::ErrorKind::InvalidInput.into()) };
    make(&path).map_err(io::Error::other)
}

fn make(path: &str) -> Result<()> {
    let network = Network::open(path, &Options::new("asset")?)?;
    let stamp = Stamp::at("2026-11-21T08:00:00Z".parse()?);
    let sectors = SCALE.sectors()?.into_iter().map(|one| Action::Register(one.into()));
    let agencies = SCALE.agencies()?.into_iter().map(|one| Action::Register(one.into()));
    let hubs = SCALE.hubs()?.into_iter().map(|one| Action::Register(one.into()));
    network.commit(&stamp, sectors.chain(agencies).chain(hubs).collect())?;
    let innovations: Vec<Action> =
        SCALE.innovations().map(|one| one.map(|one| Action::Register(one.into()))).collect::<Result<_>>()?;
    let replications = SCALE.replications()?.into_iter().map(|one| Action::Register(one.into()));
    let all: Vec<Action> = innovations.into_iter().chain(replications).collect();
    for some in all.chunks(BATCH) {
        network.commit(&stamp, some.to_vec())?;
    }
    network.save_snapshot()
}
