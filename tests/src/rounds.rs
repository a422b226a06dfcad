//! How long the tests of random histories run.

/// The environment variable that makes them run longer: `JIPP_LONG=10` for ten times as many histories.
pub const LONG: &str = "JIPP_LONG";

/// A number of rounds, times what [`LONG`] says.
pub fn rounds(usual: u64) -> u64 {
    let times = std::env::var(LONG).ok().and_then(|times| times.parse::<u64>().ok());
    usual * times.unwrap_or(1).max(1)
}
