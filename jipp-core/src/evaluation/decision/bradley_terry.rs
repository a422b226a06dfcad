//! Bradley and Terry's model: strengths from who beat whom.
//!
//! Bradley and Terry, *Rank analysis of incomplete block designs: the method of paired comparisons*, Biometrika 39, 1952:
//! `i` beats `j` with probability `w_i / (w_i + w_j)`. Fitted by the MM algorithm of Hunter, *MM algorithms for generalized
//! Bradley-Terry models*, Annals of Statistics 32, 2004: `w_i <- wins_i / sum_j n_ij / (w_i + w_j)`, which converges if
//! (Ford 1957) however the entries are split in two, some entry of each side beat one of the other: the graph of wins is
//! strongly connected. Standard errors from the inverse of the information of the logarithms, which add up to zero.

use serde::{Deserialize, Serialize};

use super::borda::MAX_ENTRIES;
use crate::base::{Code, Error, Result};

/// It has arrived when expected and real wins differ by no more than this share of the comparisons of any entry.
const ARRIVED: f64 = 1e-12;
/// Steps at most; a field that needs them has entries that all but always win.
const STEPS: usize = 200_000;
/// The most wins of one over another: sums of them stay exact enough.
const MOST: f64 = 1e15;

/// The strength of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Strength {
    /// The natural logarithm of `w`; over all entries they add up to 0.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// What the comparisons say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BradleyTerry {
    /// In the order of the entries.
    pub strengths: Vec<Strength>,
    /// The logarithm of the likelihood of the comparisons.
    pub log_likelihood: f64,
    /// How many steps the fit took.
    pub steps: usize,
}

impl BradleyTerry {
    /// The probability that one entry beats another; none if there is no such entry.
    pub fn wins(&self, one: usize, other: usize) -> Option<f64> {
        Some(chance(self.strengths.get(one)?.value - self.strengths.get(other)?.value))
    }
}

/// The strengths of entries, where `wins[i][j]` says how often `i` beat `j` (a draw is half a win for both).
///
/// ```
/// use jipp_core::evaluation::decision::bradley_terry;
/// let found = bradley_terry(&[[0.0, 3.0], [1.0, 0.0]])?;
/// assert!(found.wins(0, 1).is_some_and(|chance| (chance - 0.75).abs() < 1e-9));
/// let refused = bradley_terry(&[[0.0, 3.0], [0.0, 0.0]]).unwrap_err();
/// assert_eq!((refused.code(), refused.offending()), ("undetermined", Some("{0} | {1}")));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `field-missing` for fewer than two entries or a short row; `too-many` for a long row or more entries than
/// [`MAX_ENTRIES`]; `number-form` for a number that is not finite; `out-of-range` for one below zero above 10^15, or a win over
/// oneself; `undetermined` if the graph of wins is not strongly connected, with its groups (see [`win_groups`]), or if the
/// fit does not settle.
///
/// # Complexity
/// O(steps × pairs compared + entries³).
pub fn bradley_terry<R: AsRef<[f64]>>(wins: &[R]) -> Result<BradleyTerry> {
    let groups = win_groups(wins)?;
    if groups.len() > 1 {
        let names: Vec<String> = groups.iter().map(|group| named(group)).collect();
        let hint = "comparisons in which each group wins against the others at least once";
        return Err(Error::new(Code::Undetermined).field("wins").value(names.join(" | ")).expected(hint));
    }
    let meetings = meetings(wins);
    let won: Vec<f64> = wins.iter().map(|row| row.as_ref().iter().sum()).collect();
    let (logs, steps) = fit(&meetings, &won).ok_or_else(|| {
        Error::new(Code::Undetermined).field("wins").expected("less lopsided comparisons: the fit does not settle")
    })?;
    let errors = standard_errors(&meetings, &logs).ok_or_else(|| Error::new(Code::Undetermined).field("wins"))?;
    let mut log_likelihood = 0.0;
    for (row, one) in wins.iter().zip(&logs) {
        for (count, other) in row.as_ref().iter().zip(&logs).filter(|(count, _)| **count > 0.0) {
            log_likelihood -= count * libm::log1p(libm::exp(other - one));
        }
    }
    let strengths = logs.iter().zip(errors).map(|(value, standard_error)| Strength { value: *value, standard_error });
    Ok(BradleyTerry { strengths: strengths.collect(), log_likelihood, steps })
}

/// The groups within which everybody beat everybody, directly or by way of others; no entry of a later group beat one of
/// an earlier group. One group: strengths can be estimated. Several: nothing says how much stronger one group is.
///
/// ```
/// use jipp_core::evaluation::decision::win_groups;
/// let wins = [[0.0, 1.0, 0.0], [1.0, 0.0, 2.0], [0.0, 0.0, 0.0]];
/// assert_eq!(win_groups(&wins)?, [vec![0, 1], vec![2]]);
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// As [`bradley_terry`], but for `undetermined`.
///
/// # Complexity
/// O(entries²).
pub fn win_groups<R: AsRef<[f64]>>(wins: &[R]) -> Result<Vec<Vec<usize>>> {
    check(wins)?;
    let beat =
        |one: usize, other: usize| wins.get(one).and_then(|row| row.as_ref().get(other)).is_some_and(|n| *n > 0.0);
    // Kosaraju and Sharir: the order in which a walk along the wins leaves the entries; then, from the last left, walks
    // against the wins.
    let mut seen = vec![false; wins.len()];
    let mut left = Vec::with_capacity(wins.len());
    for start in 0..wins.len() {
        walk(start, &mut seen, &beat, &mut left);
    }
    let mut seen = vec![false; wins.len()];
    let mut groups = Vec::new();
    for start in left.into_iter().rev() {
        let mut group = Vec::new();
        walk(start, &mut seen, &|one, other| beat(other, one), &mut group);
        group.sort_unstable();
        if !group.is_empty() {
            groups.push(group);
        }
    }
    Ok(groups)
}

/// Walks along the steps to all that were not seen, and notes each when it leaves it.
fn walk(start: usize, seen: &mut [bool], step: &impl Fn(usize, usize) -> bool, left: &mut Vec<usize>) {
    let enter =
        |entry: usize, seen: &mut [bool]| seen.get_mut(entry).is_some_and(|seen| !std::mem::replace(seen, true));
    let mut path = if enter(start, seen) { vec![(start, 0)] } else { Vec::new() };
    while let Some((entry, next)) = path.last_mut() {
        let (from, to) = (*entry, *next);
        *next += 1;
        if to >= seen.len() {
            left.push(from);
            path.pop();
        } else if step(from, to) && enter(to, seen) {
            path.push((to, 0));
        }
    }
}

fn check<R: AsRef<[f64]>>(wins: &[R]) -> Result<()> {
    let entries = wins.len();
    if entries < 2 {
        return Err(Error::new(Code::FieldMissing).field("wins").value(entries).expected("two entries at least"));
    }
    if entries > MAX_ENTRIES {
        return Err(Error::new(Code::TooMany).field("wins").value(entries).expected(MAX_ENTRIES.to_string()));
    }
    for (one, row) in wins.iter().enumerate() {
        let row = row.as_ref();
        if row.len() != entries {
            let code = if row.len() < entries { Code::FieldMissing } else { Code::TooMany };
            let hint = format!("{entries} numbers");
            return Err(Error::new(code).field(format!("wins[{one}]")).value(row.len()).expected(hint));
        }
        for (other, count) in row.iter().enumerate() {
            let wrong = |code, hint: &str| {
                Err(Error::new(code).field(format!("wins[{one}][{other}]")).value(count).expected(hint))
            };
            if !count.is_finite() {
                return wrong(Code::NumberForm, "a finite number");
            }
            if !(0.0..=MOST).contains(count) || (one == other && *count > 0.0) {
                return wrong(Code::OutOfRange, "0 to 10^15, and 0 against oneself");
            }
        }
    }
    Ok(())
}

/// A group as `{0 2 5}`.
fn named(group: &[usize]) -> String {
    let numbers: Vec<String> = group.iter().map(ToString::to_string).collect();
    format!("{{{}}}", numbers.join(" "))
}

/// For each entry, whom it met and how often.
fn meetings<R: AsRef<[f64]>>(wins: &[R]) -> Vec<Vec<(usize, f64)>> {
    let lost = |entry: usize| wins.iter().map(move |row| row.as_ref().get(entry).copied().unwrap_or_default());
    let of = |(entry, row): (usize, &R)| {
        let met = row.as_ref().iter().zip(lost(entry)).map(|(won, lost)| won + lost);
        met.enumerate().filter(|(_, times)| *times > 0.0).collect()
    };
    wins.iter().enumerate().map(of).collect()
}

/// How likely a win is for a difference of the logarithms.
fn chance(difference: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-difference))
}

/// The logarithms, adding up to zero, and the steps taken; none if they do not settle.
fn fit(meetings: &[Vec<(usize, f64)>], won: &[f64]) -> Option<(Vec<f64>, usize)> {
    let mut worth = vec![1.0; won.len()];
    for step in 1..=STEPS {
        let mut arrived = true;
        let mut next: Vec<f64> = Vec::with_capacity(won.len());
        for ((met, own), won) in meetings.iter().zip(&worth).zip(won) {
            let (mut share, mut times) = (0.0, 0.0);
            for (other, count) in met {
                share += count / (own + worth.get(*other)?);
                times += count;
            }
            arrived &= (own * share - won).abs() <= ARRIVED * times;
            next.push(won / share);
        }
        let logs: Vec<f64> = worth.iter().map(|worth| libm::log(*worth)).collect();
        if arrived {
            return Some((centred(&logs), step));
        }
        // The scale is free: the geometric mean is kept at 1.
        worth = centred(&next.iter().map(|worth| libm::log(*worth)).collect::<Vec<_>>())
            .into_iter()
            .map(libm::exp)
            .collect();
        if !worth.iter().all(|worth| worth.is_finite() && *worth > 0.0) {
            return None;
        }
    }
    None
}

#[allow(clippy::cast_precision_loss, reason = "a count of entries")]
fn centred(logs: &[f64]) -> Vec<f64> {
    let mean = logs.iter().sum::<f64>() / logs.len() as f64;
    logs.iter().map(|log| log - mean).collect()
}

/// The roots of the diagonal of the inverse information, for logarithms that add up to zero: with a constant added to
/// the whole information it can be inverted, and the constant taken away again after.
#[allow(clippy::cast_precision_loss, reason = "a count of entries")]
fn standard_errors(meetings: &[Vec<(usize, f64)>], logs: &[f64]) -> Option<Vec<f64>> {
    let constant = 1.0 / logs.len() as f64;
    let mut information = vec![vec![constant; logs.len()]; logs.len()];
    for ((one, met), own) in meetings.iter().enumerate().zip(logs) {
        let row = information.get_mut(one)?;
        for (other, times) in met {
            let win = chance(own - logs.get(*other)?);
            let part = times * win * (1.0 - win);
            *row.get_mut(*other)? -= part;
            *row.get_mut(one)? += part;
        }
    }
    let lower = cholesky(information)?;
    let error = |entry: usize| {
        // The inverse at (entry, entry): the squared length of the column that the lower triangle maps to the unit vector.
        let mut column: Vec<f64> = Vec::with_capacity(lower.len());
        for (number, row) in lower.iter().enumerate() {
            let known: f64 = row.iter().zip(&column).map(|(one, other)| one * other).sum();
            let unit = if number == entry { 1.0 } else { 0.0 };
            column.push((unit - known) / row.get(number)?);
        }
        let variance = column.iter().map(|part| part * part).sum::<f64>() - constant;
        Some(libm::sqrt(variance.max(0.0)))
    };
    (0..logs.len()).map(error).collect()
}

/// The lower triangle whose product with its transpose is the matrix; none if it is not positive definite.
fn cholesky(mut rows: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    for number in 0..rows.len() {
        let (above, below) = rows.split_at_mut(number);
        let row = below.first_mut()?;
        for (column, other) in above.iter().enumerate() {
            let known: f64 = row.iter().zip(other).take(column).map(|(one, other)| one * other).sum();
            let cell = row.get_mut(column)?;
            *cell = (*cell - known) / other.get(column)?;
        }
        let squares: f64 = row.iter().take(number).map(|cell| cell * cell).sum();
        let cell = row.get_mut(number)?;
        if *cell - squares <= 0.0 {
            return None;
        }
        *cell = libm::sqrt(*cell - squares);
        row.truncate(number + 1);
    }
    Some(rows)
}
