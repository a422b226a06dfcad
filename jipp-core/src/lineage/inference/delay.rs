//! How long an innovation takes from one adopter to the next.

use serde::{Deserialize, Serialize};

use super::number::real;
use crate::base::{Code, Error, Result};

/// The largest delay that is looked at, and the bounds of every parameter, keep all arithmetic finite.
const LARGEST: f64 = 1e12;
const SMALLEST: f64 = 1e-12;

/// A family of delays, before its parameters are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Family {
    /// Most often at once, then ever less: no memory.
    Exponential,
    /// Rises to a peak and falls off quickly.
    Rayleigh,
    /// A peak and a long tail.
    LogNormal,
    /// A very long tail, over delays of at least one unit of time.
    PowerLaw,
}

/// The distribution of the delay from one adopter to the next, in the caller's unit of time.
///
/// | | density of x > 0 | published as |
/// | --- | --- | --- |
/// | exponential | a exp(-a x) | both programs |
/// | Rayleigh | x / s^2 exp(-x^2 / (2 s^2)) | `NetworkInference` so; SNAP with alpha = 1 / s^2 |
/// | log-normal | exp(-(ln x - mu)^2 / (2 sigma^2)) / (x sigma sqrt(2 pi)) | `NetworkInference` |
/// | power law | (a - 1) x^-a | SNAP, which does not bound x from below either |
///
/// The power law is a density over x >= 1 only. Choose the unit of time so that hardly a delay is shorter.
///
/// ```
/// use jipp_core::lineage::inference::Delay;
/// let delay = Delay::Exponential { rate: 0.5 };
/// assert!((delay.ln_density(2.0) - (0.5_f64.ln() - 1.0)).abs() < 1e-15);
/// assert!((delay.survival(2.0) - (-1.0_f64).exp()).abs() < 1e-15);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Delay {
    /// Exponential.
    Exponential {
        /// One over the mean delay.
        rate: f64,
    },
    /// Rayleigh.
    Rayleigh {
        /// The most frequent delay.
        scale: f64,
    },
    /// Log-normal.
    LogNormal {
        /// Mean of the natural logarithm of the delay.
        mu: f64,
        /// Standard deviation of the natural logarithm of the delay.
        sigma: f64,
    },
    /// Power law.
    PowerLaw {
        /// The exponent, above 1.
        exponent: f64,
    },
}

impl Delay {
    /// The family it belongs to.
    pub const fn family(self) -> Family {
        match self {
            Self::Exponential { .. } => Family::Exponential,
            Self::Rayleigh { .. } => Family::Rayleigh,
            Self::LogNormal { .. } => Family::LogNormal,
            Self::PowerLaw { .. } => Family::PowerLaw,
        }
    }

    /// The natural logarithm of the density; minus infinity where `delay` is not above zero.
    pub fn ln_density(self, delay: f64) -> f64 {
        Density::new(self).ln(delay)
    }

    /// The probability of a delay longer than `delay`.
    pub fn survival(self, delay: f64) -> f64 {
        if delay <= 0.0 {
            return 1.0;
        }
        match self {
            Self::Exponential { rate } => libm::exp(-rate * delay),
            Self::Rayleigh { scale } => {
                let units = delay / scale;
                libm::exp(-0.5 * units * units)
            }
            Self::LogNormal { mu, sigma } => {
                0.5 * libm::erfc((libm::log(delay) - mu) / (sigma * std::f64::consts::SQRT_2))
            }
            Self::PowerLaw { exponent } => libm::pow(delay.max(1.0), 1.0 - exponent),
        }
    }

    /// Whether every parameter can be used.
    ///
    /// # Errors
    ///
    /// `option-invalid` naming the parameter.
    pub(super) fn check(self) -> Result<()> {
        let positive = SMALLEST..=LARGEST;
        let (field, value, fits, hint) = match self {
            Self::Exponential { rate } => ("rate", rate, positive.contains(&rate), "above 0"),
            Self::Rayleigh { scale } => ("scale", scale, positive.contains(&scale), "above 0"),
            Self::LogNormal { mu, .. } if !(-30.0..=30.0).contains(&mu) => ("mu", mu, false, "from -30 to 30"),
            Self::LogNormal { sigma, .. } => ("sigma", sigma, (1e-3..=30.0).contains(&sigma), "from 0.001 to 30"),
            Self::PowerLaw { exponent } => {
                ("exponent", exponent, exponent > 1.0 && exponent <= 100.0, "above 1, at most 100")
            }
        };
        if fits {
            return Ok(());
        }
        Err(Error::new(Code::OptionInvalid).field(format!("delay.{field}")).value(value).expected(hint))
    }

    /// Half-way to other parameters of the same family.
    pub(super) fn half_way(self, other: Self) -> Self {
        let half = |a: f64, b: f64| f64::midpoint(a, b);
        match (self, other) {
            (Self::Exponential { rate: a }, Self::Exponential { rate: b }) => Self::Exponential { rate: half(a, b) },
            (Self::Rayleigh { scale: a }, Self::Rayleigh { scale: b }) => Self::Rayleigh { scale: half(a, b) },
            (Self::LogNormal { mu, sigma }, Self::LogNormal { mu: other_mu, sigma: other_sigma }) => {
                Self::LogNormal { mu: half(mu, other_mu), sigma: half(sigma, other_sigma) }
            }
            (Self::PowerLaw { exponent: a }, Self::PowerLaw { exponent: b }) => Self::PowerLaw { exponent: half(a, b) },
            // Both come from `most_likely` of one family.
            (one, _) => one,
        }
    }
}

/// A density with what does not depend on the delay worked out once: it is asked millions of times.
#[derive(Clone, Copy)]
pub(super) struct Density {
    delay: Delay,
    constant: f64,
}

impl Density {
    pub(super) fn new(delay: Delay) -> Self {
        let constant = match delay {
            Delay::Exponential { rate } => libm::log(rate),
            Delay::Rayleigh { scale } => -2.0 * libm::log(scale),
            Delay::LogNormal { sigma, .. } => -libm::log(sigma) - 0.5 * libm::log(std::f64::consts::TAU),
            Delay::PowerLaw { exponent } => libm::log(exponent - 1.0),
        };
        Self { delay, constant }
    }

    /// The natural logarithm of the density.
    pub(super) fn ln(&self, delay: f64) -> f64 {
        if delay <= 0.0 {
            return f64::NEG_INFINITY;
        }
        self.constant
            + match self.delay {
                Delay::Exponential { rate } => -rate * delay,
                Delay::Rayleigh { scale } => {
                    let units = delay / scale;
                    libm::log(delay) - 0.5 * units * units
                }
                Delay::LogNormal { mu, sigma } => {
                    let log = libm::log(delay);
                    let units = (log - mu) / sigma;
                    -0.5 * units * units - log
                }
                Delay::PowerLaw { exponent } => -exponent * libm::log(delay),
            }
    }
}

impl Family {
    /// The parameters of greatest likelihood for delays that are all above zero: the closed forms of the textbooks
    /// (for the power law Hill 1975, from one unit of time on). `None` where the delays have none.
    pub(super) fn most_likely(self, delays: &[f64]) -> Option<Delay> {
        let count = real(delays.len());
        let logs = || delays.iter().map(|delay| libm::log(*delay));
        let delay = match self {
            Self::Exponential => Delay::Exponential { rate: count / delays.iter().sum::<f64>() },
            Self::Rayleigh => Delay::Rayleigh {
                scale: libm::sqrt(delays.iter().map(|delay| delay * delay).sum::<f64>() / (2.0 * count)),
            },
            Self::LogNormal => {
                let mu = logs().sum::<f64>() / count;
                let square = logs().map(|log| (log - mu) * (log - mu)).sum::<f64>() / count;
                Delay::LogNormal { mu, sigma: libm::sqrt(square) }
            }
            Self::PowerLaw => Delay::PowerLaw { exponent: 1.0 + count / logs().sum::<f64>() },
        };
        delay.check().ok().map(|()| delay)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const DELAYS: [Delay; 4] = [
        Delay::Exponential { rate: 0.7 },
        Delay::Rayleigh { scale: 2.0 },
        Delay::LogNormal { mu: 0.5, sigma: 0.8 },
        Delay::PowerLaw { exponent: 2.5 },
    ];

    /// What has survived x is what the density holds above x, by the rule of Simpson.
    #[test]
    fn density_and_survival_belong_together() {
        for delay in DELAYS {
            let (from, to, steps) = (1.5, 4.0, 2000_u32);
            let width = (to - from) / f64::from(steps);
            let area: f64 = (0..=steps)
                .map(|step| {
                    let weight = match step {
                        0 => 1.0,
                        step if step == steps => 1.0,
                        step if step % 2 == 1 => 4.0,
                        _ => 2.0,
                    };
                    weight * delay.ln_density(from + width * f64::from(step)).exp()
                })
                .sum::<f64>()
                * width
                / 3.0;
            let lost = delay.survival(from) - delay.survival(to);
            assert!((area - lost).abs() < 1e-9, "{delay:?}: {area} {lost}");
            assert_eq!(delay.survival(0.0).to_bits(), 1.0_f64.to_bits());
            assert_eq!(delay.ln_density(0.0).to_bits(), f64::NEG_INFINITY.to_bits());
        }
    }

    /// No parameters near the most likely ones are likelier.
    #[test]
    fn the_most_likely_parameters_are_a_peak() {
        let delays = [1.2, 1.9, 2.2, 3.1, 4.0, 7.5];
        let worth = |delay: Delay| delays.iter().map(|x| delay.ln_density(*x)).sum::<f64>();
        for family in [Family::Exponential, Family::Rayleigh, Family::LogNormal, Family::PowerLaw] {
            let best = family.most_likely(&delays).unwrap();
            for factor in [0.98, 1.02] {
                let near = match best {
                    Delay::Exponential { rate } => vec![Delay::Exponential { rate: rate * factor }],
                    Delay::Rayleigh { scale } => vec![Delay::Rayleigh { scale: scale * factor }],
                    Delay::LogNormal { mu, sigma } => vec![
                        Delay::LogNormal { mu: mu * factor, sigma },
                        Delay::LogNormal { mu, sigma: sigma * factor },
                    ],
                    Delay::PowerLaw { exponent } => vec![Delay::PowerLaw { exponent: exponent * factor }],
                };
                assert!(near.into_iter().all(|near| worth(near) < worth(best)), "{best:?}");
            }
        }
    }

    #[test]
    fn delays_without_a_spread_or_too_short_have_no_parameters() {
        assert!(Family::LogNormal.most_likely(&[2.0, 2.0]).is_none());
        assert!(Family::PowerLaw.most_likely(&[0.1, 0.2]).is_none());
        assert!(Family::Exponential.most_likely(&[]).is_none());
    }

    #[test]
    fn parameters_that_cannot_be_used_are_named() {
        for (delay, field) in [
            (Delay::Exponential { rate: f64::NAN }, "delay.rate"),
            (Delay::Exponential { rate: -1.0 }, "delay.rate"),
            (Delay::Rayleigh { scale: f64::INFINITY }, "delay.scale"),
            (Delay::LogNormal { mu: f64::NAN, sigma: 1.0 }, "delay.mu"),
            (Delay::LogNormal { mu: 0.0, sigma: 0.0 }, "delay.sigma"),
            (Delay::PowerLaw { exponent: 1.0 }, "delay.exponent"),
        ] {
            let error = delay.check().unwrap_err();
            assert_eq!((error.code(), error.location().field.as_deref()), ("option-invalid", Some(field)));
        }
    }
}
