//! Inferred lineage: from who adopted when to who took from whom.
use serde::Serialize;

mod cascade;
mod delay;
mod greedy;
mod number;
mod options;
mod pairs;
mod refusal;
mod trees;

pub use cascade::{Cascade, LARGEST_TIME, MOST_PAIRS};
pub use delay::{Delay, Family};
pub use greedy::Stop;
pub use options::{Delays, Options, Scoring, StopRule};
pub use pairs::Context;
pub use refusal::Undetermined;

use crate::base::Result;
use cascade::Data;
use greedy::{Choice, End, grow};
use number::place;
use pairs::{Pair, Pairs};
use trees::Trees;

/// Fewer cascades than this determine nothing: an edge that explains one adoption in each of k cascades, and nothing
/// else does, has a statistic near the square root of k, and only from three on is that above the 1.645 of a p-value of
/// 0.05.
pub const FEWEST_CASCADES: usize = 3;
/// Rounds of estimating delays, and the relative change of a parameter at which they end.
const ROUNDS: usize = 20;
const SETTLED: f64 = 1e-3;

/// An inferred edge.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct InferredEdge {
    /// Who adopted first.
    pub source: u32,
    /// Who took it from there.
    pub target: u32,
    /// By how much it raised the objective when it was chosen.
    pub gain: f64,
    /// The objective with it: the natural logarithm of the likelihood of the best trees, and the prior log-odds.
    pub objective: f64,
    /// Cascades in which it explained an adoption better than anything chosen before.
    pub uses: usize,
    /// Cascades in which source was before target.
    pub chances: usize,
    /// The p-value of the test of trees, which is the one of `NetworkInference`.
    pub tree_p: f64,
    /// The p-value of the test of whole cascades.
    pub cascade_p: f64,
    /// How probable it is that the network with this edge describes cascades better than the one without: 1 - `cascade_p`.
    pub probability: f64,
}

/// A network inferred from cascades.
#[derive(Clone, Debug, PartialEq)]
pub struct Inference {
    /// The edges, in the order they were chosen.
    pub edges: Vec<InferredEdge>,
    /// Why there are no more.
    pub stop: Stop,
    /// The objective before the first edge.
    pub start: f64,
    /// The delays that were given or estimated.
    pub delay: Delay,
    /// How many edges were possible.
    pub candidates: usize,
    /// Who probably took from whom in each cascade.
    pub transmissions: Vec<Transmission>,
}

/// That an adopter of a cascade took from an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Transmission {
    /// The place of the cascade in the input.
    pub cascade: usize,
    /// Who adopted first.
    pub source: u32,
    /// Who took it from there.
    pub target: u32,
    /// The time between the two.
    pub delay: f64,
    /// How probable it is, given the network.
    pub probability: f64,
}

/// Infers a network.
///
/// # Errors
/// x
pub fn infer(cascades: &[Cascade], options: &Options) -> Result<Inference> {
    infer_with(cascades, &Context::default(), options)
}

/// Infers a network, given what is known beside the times.
///
/// # Errors
/// x
pub fn infer_with(cascades: &[Cascade], context: &Context, options: &Options) -> Result<Inference> {
    options.check()?;
    let data = Data::new(cascades)?;
    let pairs = Pairs::new(&data, context)?;
    let delay = match options.delays {
        Delays::Given(delay) => delay,
        Delays::Estimated(family) => estimated(&data, &pairs, family, options)?,
    };
    let mut trees = Trees::new(&data, &pairs, delay, options);
    let start = trees.objective();
    let (chosen, end) = grow(&mut trees, &pairs, options.stop);
    let stop = match end {
        End::EdgeLimit => Stop::EdgeLimit,
        End::NoGain => Stop::NoGain,
        End::Rejected(Choice { pair, gain, verdict }) => Stop::Rejected {
            source: data.ids[place(pair.source)],
            target: data.ids[place(pair.target)],
            gain,
            p_value: if matches!(options.stop, StopRule::TreeTest { .. }) { verdict.tree_p } else { verdict.cascade_p },
        },
    };
    let mut objective = start;
    let edges = chosen
        .iter()
        .map(|Choice { pair, gain, verdict }| {
            objective += gain;
            InferredEdge {
                source: data.ids[place(pair.source)],
                target: data.ids[place(pair.target)],
                gain: *gain,
                objective,
                uses: verdict.uses,
                chances: pairs.slots(pair).len(),
                tree_p: verdict.tree_p,
                cascade_p: verdict.cascade_p,
                probability: 1.0 - verdict.cascade_p,
            }
        })
        .collect();
    let candidates = pairs.list.iter().filter(|pair| !pair.known).count();
    let transmissions = transmissions(&data, &pairs, &trees, &chosen);
    Ok(Inference { edges, stop, start, delay, candidates, transmissions })
}

/// Estimates the delays.
///
/// # Errors
/// x
pub fn estimate_delay(cascades: &[Cascade], context: &Context, family: Family, options: &Options) -> Result<Delay> {
    options.check()?;
    let data = Data::new(cascades)?;
    let pairs = Pairs::new(&data, context)?;
    estimated(&data, &pairs, family, options)
}

fn estimated(data: &Data, pairs: &Pairs, family: Family, options: &Options) -> Result<Delay> {
    let mut delay = first_guess(data, family)?;
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

fn first_guess(data: &Data, family: Family) -> Result<Delay> {
    let (mut longest, mut shortest) = (Vec::new(), Vec::new());
    for slot in 0..number::index(data.node.len()) {
        let earlier = data.earlier(slot);
        if !earlier.is_empty() {
            longest.push(data.delay(earlier.start, slot));
            shortest.push(data.delay(earlier.end - 1, slot));
        }
    }
    Ok(family.between(family.estimate(&longest)?, family.estimate(&shortest)?))
}

fn transmissions(data: &Data, pairs: &Pairs, trees: &Trees<'_>, chosen: &[Choice<'_>]) -> Vec<Transmission> {
    let known = pairs.list.iter().filter(|pair| pair.known);
    let mut found: Vec<(u32, u32, f64)> = Vec::new();
    for pair in known.chain(chosen.iter().map(|choice| choice.pair)) {
        found.extend(pairs.slots(pair).iter().map(|(from, to)| (*to, *from, trees.worth(*from, *to))));
    }
    found.sort_unstable_by_key(|(to, from, _)| (*to, *from));
    let mut all = Vec::with_capacity(found.len());
    for ways in found.chunk_by(|a, b| a.0 == b.0) {
        let Some((to, _, _)) = ways.first() else { continue };
        let alone = trees.worth_alone(*to);
        let top = ways.iter().map(|way| way.2).fold(alone, f64::max);
        let total = libm::exp(alone - top) + ways.iter().map(|way| libm::exp(way.2 - top)).sum::<f64>();
        all.extend(ways.iter().map(|(to, from, worth)| Transmission {
            cascade: place(data.cascade[place(*to)]),
            source: data.ids[place(data.node[place(*from)])],
            target: data.ids[place(data.node[place(*to)])],
            delay: data.delay(*from, *to),
            probability: libm::exp(worth - top) / total,
        }));
    }
    all
}
