//! Borda's count: points by place.
//!
//! Borda, *Mémoire sur les élections au scrutin* (1784): with `n` entries the first of a ballot gets `n - 1` points, the
//! last 0. Tied entries share the points of the places they take together; so each gets a point for every entry it is put
//! above and half a point for every one it is tied with (Young, *An axiomatization of Borda's rule*, Journal of Economic
//! Theory 9, 1974).

use serde::{Deserialize, Serialize};

use crate::base::{Code, Error, Result};

/// The most entries that are ranked.
pub const MAX_ENTRIES: usize = 10_000;

/// An order that one or more voters gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ballot {
    /// How many gave it.
    pub voters: u32,
    /// The entries from best to last; those in one group are tied. Entries that are not named are tied for last.
    pub order: Vec<Vec<usize>>,
}

/// The points of each entry, exact to half a point.
///
/// ```
/// use jipp_core::evaluation::decision::{Ballot, borda};
/// let strict = Ballot { voters: 2, order: vec![vec![0], vec![1], vec![2]] };
/// let tied = Ballot { voters: 1, order: vec![vec![1, 2]] };
/// assert_eq!(borda(3, &[strict, tied])?, [4.0, 3.5, 1.5]);
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `field-missing` without entries or without voters; `too-many` for more than [`MAX_ENTRIES`] entries; `out-of-range`
/// for an entry that does not exist; `duplicate-in-record` for one that stands twice in a ballot.
///
/// # Complexity
/// O(entries × ballots).
pub fn borda(entries: usize, ballots: &[Ballot]) -> Result<Vec<f64>> {
    if entries > MAX_ENTRIES {
        return Err(Error::new(Code::TooMany).field("entries").value(entries).expected(MAX_ENTRIES.to_string()));
    }
    if entries == 0 || ballots.iter().all(|ballot| ballot.voters == 0) {
        let field = if entries == 0 { "entries" } else { "ballots" };
        return Err(Error::new(Code::FieldMissing).field(field).expected("one entry and one voter at least"));
    }
    // In half points: whole numbers, so that no order of adding matters.
    let mut halves = vec![0_u64; entries];
    for (number, ballot) in ballots.iter().enumerate() {
        count(&mut halves, ballot).map_err(|error| error.field(format!("ballots[{number}]")))?;
    }
    #[allow(clippy::cast_precision_loss, reason = "below 2^53 for fewer than 10^11 voters")]
    let points = |halves: u64| halves as f64 / 2.0;
    Ok(halves.into_iter().map(points).collect())
}

fn count(halves: &mut [u64], ballot: &Ballot) -> Result<()> {
    let entries = halves.len();
    let mut left: Vec<bool> = vec![true; entries];
    for entry in ballot.order.iter().flatten() {
        match left.get_mut(*entry) {
            Some(left) if *left => *left = false,
            Some(_) => return Err(Error::new(Code::DuplicateInRecord).value(entry)),
            None => return Err(Error::new(Code::OutOfRange).value(entry).expected(format!("below {entries}"))),
        }
    }
    let rest: Vec<usize> = left.iter().enumerate().filter(|(_, left)| **left).map(|(entry, _)| entry).collect();
    let mut below = entries;
    for group in ballot.order.iter().chain(std::iter::once(&rest)) {
        below -= group.len();
        // Two halves for each entry below, one for each of the others in the group.
        let each = 2 * below + group.len().saturating_sub(1);
        for entry in group {
            if let Some(halves) = halves.get_mut(*entry) {
                *halves += u64::from(ballot.voters) * each as u64;
            }
        }
    }
    Ok(())
}
