//! A network from cascades: the whole way.

use serde::Serialize;

use super::cascade::{Cascade, Data};
use super::delay::Delay;
use super::estimate::estimated;
use super::greedy::{Choice, End, Stop, grow};
use super::number::place;
use super::options::{Delays, Options, StopRule};
use super::pairs::{Context, Pairs};
use super::trees::Trees;
use crate::base::Result;

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
    /// How probable it is that the network with this edge describes cascades better than the one without: 1 -
    /// `cascade_p`.
    pub probability: f64,
}

/// A network inferred from cascades.
#[derive(Clone, Debug, PartialEq, Serialize)]
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

/// Infers a network from cascades.
///
/// # Errors
///
/// * `option-invalid` for an option, or for a pair of the context;
/// * `out-of-range` for a time that is no number or too large, `duplicate-in-record` for an adopter that stands twice
///   in a cascade, `too-many` for more than [`MOST_PAIRS`](super::MOST_PAIRS);
/// * `undetermined`, with the code of the [reason](super::Undetermined) as its value, where the data cannot determine a
///   network.
///
/// # Complexity
///
/// With m the pairs of an earlier and a later adopter, added over the cascades: O(m) memory, O(m) time to begin, and
/// for each edge chosen the edges whose old gain comes to the top, each in proportion to the cascades it is possible
/// in. Estimating the delays repeats this up to ten times.
///
/// ```
/// use jipp_core::lineage::inference::{Cascade, Context, Options, Stop, infer};
/// // In five things, 2 follows 1 within a year or two; 3 comes at any time, or not at all.
/// let cascades = [
///     Cascade::new([(1, 2014.0), (2, 2015.0), (3, 2021.0)]),
///     Cascade::new([(1, 2012.0), (2, 2013.5)]),
///     Cascade::new([(2, 2016.5), (1, 2016.0), (3, 2011.0)]),
///     Cascade::new([(1, 2018.0), (2, 2020.0)]),
///     Cascade::new([(3, 2017.0), (1, 2018.0), (2, 2018.5)]),
/// ];
/// let found = infer(&cascades, &Context::default(), &Options::default())?;
/// let edge = found.edges[0];
/// assert_eq!((edge.source, edge.target, edge.uses, edge.chances), (1, 2, 5, 5));
/// assert!(edge.probability > 0.95);
/// assert!(matches!(found.stop, Stop::Rejected { source: 3, target: 1, .. }));
/// assert_eq!(found.transmissions.len(), 5);
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub fn infer(cascades: &[Cascade], context: &Context, options: &Options) -> Result<Inference> {
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

/// Shares out each adoption among the edges of the network that could have brought it.
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
