//! The parameters of the delays, from the cascades themselves.

use super::Undetermined;
use super::cascade::{Cascade, Data};
use super::delay::{Delay, Family};
use super::greedy::grow;
use super::number::index;
use super::options::Options;
use super::pairs::{Context, Pair, Pairs};
use super::trees::Trees;
use crate::base::Result;

/// Rounds of estimating delays at most, and the relative change of a parameter at which they end.
const ROUNDS: usize = 10;
const SETTLED: f64 = 1e-3;

/// Estimates the delays from adopter to adopter.
///
/// The search starts half-way between two extremes, as `NetworkInference` does for exponential delays: that everybody
/// took from the first adopter of the cascade, and that everybody took from the one just before. Then it infers a
/// network and takes the parameters of greatest likelihood for the delays in its trees, in turn, until they settle or
/// for ten rounds (a *classification* likelihood, which makes delays seem somewhat short where cascades are long: among
/// many possible sources the nearest in time wins; the tests of this module measure how much).
///
/// # Errors
///
/// As [`infer`](super::infer), and `undetermined` with [`Undetermined::Delays`].
///
/// # Complexity
///
/// At most ten times that of [`infer`](super::infer).
///
/// ```
/// use jipp_core::lineage::inference::{Cascade, Context, Delay, Family, Options, estimate_delay};
/// let years = [1.0, 2.0, 1.5, 3.0, 0.5];
/// let cascades: Vec<Cascade> = years.iter().map(|years| Cascade::new([(1, 2015.0), (2, 2015.0 + years)])).collect();
/// let delay = estimate_delay(&cascades, Family::Exponential, &Context::default(), &Options::default())?;
/// assert_eq!(delay, Delay::Exponential { rate: 1.0 / 1.6 });
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub fn estimate_delay(cascades: &[Cascade], family: Family, context: &Context, options: &Options) -> Result<Delay> {
    options.check()?;
    let data = Data::new(cascades)?;
    let pairs = Pairs::new(&data, context)?;
    estimated(&data, &pairs, family, options)
}

/// The same, for cascades that are laid out already.
pub(super) fn estimated(data: &Data, pairs: &Pairs, family: Family, options: &Options) -> Result<Delay> {
    let mut delay = first_guess(data, family).ok_or(Undetermined::Delays)?;
    for _ in 0..ROUNDS {
        let mut trees = Trees::new(data, pairs, delay, options);
        let (chosen, _) = grow(&mut trees, pairs, options.stop);
        let known = pairs.list.iter().filter(|pair| pair.known);
        let network: Vec<&Pair> = known.chain(chosen.iter().map(|choice| choice.pair)).collect();
        let Some(next) = family.most_likely(&trees.delays(&network)) else { break };
        let settled = near(delay, next);
        delay = next;
        if settled {
            break;
        }
    }
    Ok(delay)
}

/// Half-way between taking from the first adopter and taking from the one before; one of them where the other has no
/// parameters.
fn first_guess(data: &Data, family: Family) -> Option<Delay> {
    let (mut longest, mut shortest) = (Vec::new(), Vec::new());
    for slot in 0..index(data.node.len()) {
        let earlier = data.earlier(slot);
        if !earlier.is_empty() {
            longest.push(data.delay(earlier.start, slot));
            shortest.push(data.delay(earlier.end - 1, slot));
        }
    }
    match (family.most_likely(&longest), family.most_likely(&shortest)) {
        (Some(longest), Some(shortest)) => Some(longest.half_way(shortest)),
        (one, other) => one.or(other),
    }
}

fn near(one: Delay, other: Delay) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= SETTLED * a.abs().max(b.abs());
    match (one, other) {
        (Delay::Exponential { rate: a }, Delay::Exponential { rate: b })
        | (Delay::Rayleigh { scale: a }, Delay::Rayleigh { scale: b })
        | (Delay::PowerLaw { exponent: a }, Delay::PowerLaw { exponent: b }) => close(a, b),
        (Delay::LogNormal { mu: a, sigma: s }, Delay::LogNormal { mu: b, sigma: t }) => {
            (a - b).abs() <= SETTLED && close(s, t)
        }
        _ => false,
    }
}
