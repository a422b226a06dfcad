//! How sure a place is: rank intervals, and the probability of being inside the cut, by draws from a mixed model.

use serde::{Deserialize, Serialize};

use super::contest::Contest;
use crate::base::random::Random;
use crate::base::{Code, Error, ProposalId, Result, Weight};
use crate::evaluation::aggregation::Unit;
use crate::evaluation::severity::mixed::{Draw, Posterior, Variances, posterior};
use crate::model::Line;

/// The most drawn places that are kept: resamples times proposals.
pub const MAX_DRAWN_PLACES: usize = 100_000_000;

/// How places are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Resampling {
    /// How many draws, 2 to 1,000,000, and no more than [`MAX_DRAWN_PLACES`] drawn places.
    pub resamples: u32,
    /// Where the draws start: the same seed gives the same answer.
    pub seed: u64,
    /// The share of the draws between the ends of an interval, above 0 and below 1.
    pub confidence: f64,
    /// How many threads work on it, 1 to 256; the answer does not depend on it.
    pub threads: usize,
}

impl Default for Resampling {
    /// 1,000 draws from seed 0, 90 %, one thread.
    fn default() -> Self {
        Self { resamples: 1_000, seed: 0, confidence: 0.9, threads: 1 }
    }
}

impl Resampling {
    fn check(&self, proposals: usize) -> Result<()> {
        let wrong = |field: &str, value: String, hint: &str| {
            Err(Error::new(Code::OptionInvalid).field(field).value(value).expected(hint))
        };
        if !(2..=1_000_000).contains(&self.resamples) {
            return wrong("resamples", self.resamples.to_string(), "2 to 1000000");
        }
        if !(self.confidence > 0.0 && self.confidence < 1.0) {
            return wrong("confidence", self.confidence.to_string(), "above 0 and below 1");
        }
        if !(1..=256).contains(&self.threads) {
            return wrong("threads", self.threads.to_string(), "1 to 256");
        }
        if proposals.saturating_mul(self.resamples as usize) > MAX_DRAWN_PLACES {
            let hint = format!("at most {MAX_DRAWN_PLACES} for all proposals");
            return Err(Error::new(Code::TooMany).field("resamples").value(self.resamples).expected(hint));
        }
        Ok(())
    }
}

/// How sure the place of a proposal is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RankInterval {
    /// The proposal.
    pub proposal: ProposalId,
    /// Its adjusted total, in points.
    pub worth: f64,
    /// The standard error of the adjusted total: that of the models.
    pub standard_error: f64,
    /// Its place by the adjusted total, 1 the best.
    pub place: u32,
    /// The mean of its drawn places.
    pub expected_place: f64,
    /// The best place of its interval.
    pub from: u32,
    /// The worst place of its interval.
    pub to: u32,
    /// The probability that it belongs inside the cut; none without a cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inside: Option<f64>,
}

/// How sure the places are.
///
/// # What is done
///
/// The mixed model of the totals of the sheets ([`severity::mixed`](crate::evaluation::severity::mixed)) splits what
/// the scores vary by into proposals, assessors and error, pooled over the whole competition: three sheets of a
/// proposal are far too few to resample them. Given these variances and who read what, the true worths of all proposals
/// have a joint normal distribution around their adjusted scores. It is drawn from many times; each draw is ranked;
/// what is told of a proposal are quantiles of its drawn places, and the share of draws in which it is inside. A draw
/// has the same distribution as the outcome of simulating a whole competition with these variances and this panel and
/// looking how far adjusted scores come out from the worths that were put in (parametric resampling), at less work.
/// Simulating the ranks of institutions from the estimated model: Goldstein and Spiegelhalter, *League Tables and Their
/// Limitations*, Journal of the Royal Statistical Society A 159, 1996; Marshall and Spiegelhalter, *Reliability of
/// League Tables of In Vitro Fertilisation Clinics*, BMJ 316, 1998. The mean of the drawn places is the estimate of the
/// rank with the least squared error: Laird and Louis, *Empirical Bayes Ranking Methods*, Journal of Educational
/// Statistics 14, 1989.
///
/// # What it means, and what it does not
///
/// * Taken over all proposals, about nine in ten true places lie in the 90 % intervals, and of the proposals with a
///   probability of 0.7 about seven in ten belong inside. That holds *on average* over proposals like these, if the
///   model holds (normal worths, severities and errors, nobody's severity depending on the proposal). It is an
///   empirical Bayes statement, not a confidence set: of one proposal chosen *because* it is exceptional it promises
///   less, and all intervals together do not cover all places at once with 90 %. Sets that do exist, and are wider
///   (Mogstad, Romano, Shaikh and Wilhelm, *Inference for Ranks*, Review of Economic Studies 91, 2024; R package
///   `csranks`).
/// * The variances are taken as known. In small contests (below some dozen assessors or proposals) intervals are
///   therefore somewhat too narrow.
/// * The place is the place of the *worth*, that is with the severity of the assessors taken out. By raw totals
///   somebody may be inside who is so with a probability of 0.3: that is the point.
/// * Worth is what assessors of this kind would agree on in the long run, under this rubric. Whether the rubric asks
///   the right questions no resampling can say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Uncertainty {
    /// The proposals with a score in every stage that weighs something, in the order of the entrants.
    pub proposals: Vec<RankInterval>,
    /// The variances of each such stage, in squared points: what the draws rest on.
    pub variances: Vec<(Line, Variances)>,
    /// How the places were drawn.
    pub options: Resampling,
}

/// The model of a stage: where the proposals of the ranking are in it, and its weight in the total.
struct Stage {
    posterior: Posterior,
    places: Vec<usize>,
    share: f64,
}

impl Contest {
    /// Intervals for the places by worth, and the probabilities of belonging inside the cut; see [`Uncertainty`] for
    /// what they mean. For several stages the worths of each are drawn for themselves and add up by the weights.
    ///
    /// # Errors
    /// `option-invalid`, with the field; `too-many` for more than [`MAX_DRAWN_PLACES`] places; `undetermined` where the
    /// model refuses, as [`mixed::fit`](crate::evaluation::severity::mixed::fit) (ask [`ScoredStage::adjust`] for the
    /// islands by name), or where no stage weighs anything.
    ///
    /// [`ScoredStage::adjust`]: crate::evaluation::aggregation::ScoredStage::adjust
    ///
    /// # Complexity
    /// That of the model, and resamples × (n log n + n k) for n proposals with k assessors each.
    pub fn uncertainty(&self, options: &Resampling) -> Result<Uncertainty> {
        options.check(self.entrants.len())?;
        let whole: f64 = self.rounds.iter().map(|round| round.weight.to_f64()).sum();
        let weighing = self.rounds.iter().filter(|round| round.weight > Weight::ZERO);
        let mut fits = Vec::new();
        for round in weighing {
            let scored = &round.scored;
            let observations = scored.observations(Unit::Sheet);
            let (fit, posterior) = posterior(&observations, &scored.mixed_options())
                .map_err(|error| error.inside(&format!("stages.{}", scored.code)))?;
            fits.push((scored.code.clone(), round.weight.to_f64() / whole, fit, posterior));
        }
        if fits.is_empty() {
            return Err(Error::new(Code::Undetermined).field("stages").expected("a stage with a weight above 0"));
        }
        let in_all = |entrant: &u32| {
            fits.iter().all(|(_, _, fit, _)| fit.proposals.binary_search_by_key(entrant, |one| one.id).is_ok())
        };
        let entrants: Vec<u32> = (0..self.entrants.len()).filter_map(|place| u32::try_from(place).ok()).collect();
        let entrants: Vec<u32> = entrants.into_iter().filter(in_all).collect();
        let mut proposals: Vec<RankInterval> = entrants
            .iter()
            .filter_map(|entrant| {
                let proposal = self.entrants.get(*entrant as usize)?.proposal.clone();
                Some(RankInterval {
                    proposal,
                    worth: 0.0,
                    standard_error: 0.0,
                    place: 0,
                    expected_place: 0.0,
                    from: 0,
                    to: 0,
                    inside: None,
                })
            })
            .collect();
        let (mut stages, mut variances) = (Vec::new(), Vec::new());
        for (code, share, fit, posterior) in fits {
            let place = |entrant: &u32| fit.proposals.partition_point(|one| one.id < *entrant);
            let places: Vec<usize> = entrants.iter().map(place).collect();
            for (proposal, place) in proposals.iter_mut().zip(&places) {
                let effect = fit.proposals[*place];
                proposal.worth += share * effect.estimate;
                let error = share * effect.standard_error;
                proposal.standard_error = libm::hypot(proposal.standard_error, error);
            }
            variances.push((code, fit.variances));
            stages.push(Stage { posterior, places, share });
        }
        self.describe(&mut proposals, &stages, options);
        Ok(Uncertainty { proposals, variances, options: *options })
    }

    fn describe(&self, proposals: &mut [RankInterval], stages: &[Stage], options: &Resampling) {
        let count = proposals.len();
        let (places, inside) = self.drawn(count, stages, options);
        let worths: Vec<f64> = proposals.iter().map(|one| one.worth).collect();
        let (mut order, mut best) = (Vec::new(), vec![0; count]);
        rank(&worths, &mut order, &mut best);
        let mut own = Vec::with_capacity(options.resamples as usize);
        for (number, proposal) in proposals.iter_mut().enumerate() {
            own.clear();
            own.extend(places.iter().skip(number).step_by(count));
            own.sort_unstable();
            let draws = f64::from(options.resamples);
            let outside = (1.0 - options.confidence) / 2.0;
            proposal.place = best[number];
            proposal.expected_place = own.iter().map(|place| f64::from(*place)).sum::<f64>() / draws;
            proposal.from = at(&own, libm::floor(draws * outside));
            proposal.to = at(&own, libm::ceil(draws * (1.0 - outside)) - 1.0);
            proposal.inside = (!self.cut.is_none()).then(|| f64::from(inside[number]) / draws);
        }
    }

    /// The places of each draw, one draw after the other, and how often each proposal was inside.
    fn drawn(&self, count: usize, stages: &[Stage], options: &Resampling) -> (Vec<u32>, Vec<u32>) {
        let mark = self.cut.pass_mark.map(crate::base::Score::to_f64);
        let most = self.cut.places.unwrap_or(u32::MAX);
        let rounds = |range: std::ops::Range<u32>| {
            let (mut places, mut inside) = (Vec::with_capacity(range.len() * count), vec![0_u32; count]);
            let (mut draw, mut worths) = (Draw::default(), vec![0.0; count]);
            let (mut order, mut ranks) = (Vec::new(), vec![0; count]);
            for round in range {
                let mut normal = Normal::new(Random::new(options.seed, u64::from(round)));
                worths.fill(0.0);
                for stage in stages {
                    stage.posterior.draw(&mut draw, || normal.next());
                    for (worth, place) in worths.iter_mut().zip(&stage.places) {
                        *worth += stage.share * draw.worths[*place];
                    }
                }
                rank(&worths, &mut order, &mut ranks);
                places.extend_from_slice(&ranks);
                for ((inside, rank), worth) in inside.iter_mut().zip(&ranks).zip(&worths) {
                    *inside += u32::from(*rank <= most && mark.is_none_or(|mark| *worth >= mark));
                }
            }
            (places, inside)
        };
        let share = options.resamples.div_ceil(u32::try_from(options.threads).unwrap_or(1).max(1)).max(1);
        let part = |start: u32| start..start.saturating_add(share).min(options.resamples);
        let starts = (0..options.resamples).step_by(share as usize);
        std::thread::scope(|scope| {
            let rounds = &rounds;
            let others: Vec<_> = starts.skip(1).map(|start| scope.spawn(move || rounds(part(start)))).collect();
            let (mut places, mut inside) = rounds(part(0));
            for other in others {
                // A thread ends without an answer only if it panicked, which then goes on here.
                let (more, also) = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                places.extend(more);
                inside.iter_mut().zip(also).for_each(|(sum, count)| *sum += count);
            }
            (places, inside)
        })
    }
}

/// Ranks worths, the highest first; equal ones, which draws never are, in their order.
fn rank(worths: &[f64], order: &mut Vec<(f64, u32)>, ranks: &mut [u32]) {
    order.clear();
    order.extend(worths.iter().copied().zip(0..));
    order.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    for ((_, number), place) in order.iter().zip(1..) {
        if let Some(rank) = ranks.get_mut(*number as usize) {
            *rank = place;
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list, not below zero")]
fn at(sorted: &[u32], place: f64) -> u32 {
    let place = (place.max(0.0) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(place).copied().unwrap_or(0)
}

/// Standard normal numbers, two at a time: the polar method of Marsaglia and Bray, *A Convenient Method for Generating
/// Normal Variables*, SIAM Review 6, 1964.
struct Normal {
    random: Random,
    second: Option<f64>,
}

impl Normal {
    fn new(random: Random) -> Self {
        Self { random, second: None }
    }

    /// Between -1 and 1.
    #[allow(clippy::cast_precision_loss, reason = "53 bits are exact")]
    fn side(&mut self) -> f64 {
        const HALF: f64 = (1_u64 << 52) as f64;
        (self.random.next() >> 11) as f64 / HALF - 1.0
    }

    fn next(&mut self) -> f64 {
        if let Some(second) = self.second.take() {
            return second;
        }
        loop {
            let (one, other) = (self.side(), self.side());
            let square = one * one + other * other;
            if square > 0.0 && square < 1.0 {
                let scale = libm::sqrt(-2.0 * libm::log(square) / square);
                self.second = Some(other * scale);
                return one * scale;
            }
        }
    }
}
