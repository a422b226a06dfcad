//! PROMETHEE II: alternatives compared two by two, criterion by criterion.
//!
//! Brans and Vincke, *A preference ranking organisation method*, Management Science 31, 1985, with their six preference
//! functions. The preference of `a` over `b` is the weighted sum of `P(d)` for the differences `d` in each criterion; the
//! flows are its means over the other alternatives. Agrees with the Python package `pymcdm`, which lacks the Gaussian.

use serde::{Deserialize, Serialize};

use super::table::{Aim, DecisionTable};
use crate::base::{Code, Error, Result};

/// How much better a difference `d` in a criterion makes an alternative: 0 (not) to 1 (strictly). No preference where
/// `d <= 0`. Thresholds are in the unit of the criterion.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Preference {
    /// Any difference counts in full.
    Usual,
    /// Differences above `indifference` count in full.
    UShape {
        /// The largest difference that does not count, 0 or more.
        indifference: f64,
    },
    /// In proportion up to `preference`, in full from there.
    VShape {
        /// The smallest difference that counts in full, above 0.
        preference: f64,
    },
    /// Half above `indifference`, in full above `preference`.
    Level {
        /// The largest difference that does not count, 0 or more.
        indifference: f64,
        /// The largest difference that counts half, not below `indifference`.
        preference: f64,
    },
    /// From 0 at `indifference` in proportion to 1 at `preference`.
    Linear {
        /// The largest difference that does not count, 0 or more.
        indifference: f64,
        /// The smallest difference that counts in full, above `indifference`.
        preference: f64,
    },
    /// `1 - exp(-d^2 / (2 s^2))`.
    Gaussian {
        /// `s`, the difference at which the curve bends, above 0.
        deviation: f64,
    },
}

impl Preference {
    fn check(self) -> Result<()> {
        let wrong = |value: f64, hint: &str| Err(Error::new(Code::OptionInvalid).value(value).expected(hint));
        let (indifference, preference) = match self {
            Self::Usual => (0.0, f64::INFINITY),
            Self::UShape { indifference } => (indifference, f64::INFINITY),
            Self::VShape { preference } => (0.0, preference),
            Self::Gaussian { deviation } => (0.0, deviation),
            Self::Level { indifference, preference } | Self::Linear { indifference, preference } => {
                (indifference, preference)
            }
        };
        if !(indifference.is_finite() && indifference >= 0.0) {
            return wrong(indifference, "an indifference of 0 or more");
        }
        let open = matches!(self, Self::Usual | Self::UShape { .. });
        let may_meet = matches!(self, Self::Level { .. });
        let above = preference > indifference || (may_meet && preference >= indifference);
        if above && (open || preference.is_finite()) {
            Ok(())
        } else {
            wrong(preference, "a finite threshold above it")
        }
    }

    /// How much a difference counts.
    fn of(self, difference: f64) -> f64 {
        let full = |counts: bool| if counts { 1.0 } else { 0.0 };
        if difference <= 0.0 {
            return 0.0;
        }
        match self {
            Self::Usual => 1.0,
            Self::UShape { indifference } => full(difference > indifference),
            Self::VShape { preference } => (difference / preference).min(1.0),
            Self::Level { indifference, preference } => {
                f64::midpoint(full(difference > indifference), full(difference > preference))
            }
            Self::Linear { indifference, preference } => {
                ((difference - indifference) / (preference - indifference)).clamp(0.0, 1.0)
            }
            Self::Gaussian { deviation } => {
                let away = difference / deviation;
                -libm::expm1(-away * away / 2.0)
            }
        }
    }
}

/// How an alternative stands to the others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flows {
    /// How much it is preferred to the others, 0 to 1.
    pub positive: f64,
    /// How much the others are preferred to it, 0 to 1.
    pub negative: f64,
    /// The first less the second, -1 to 1: what PROMETHEE II ranks by. Over all alternatives they add up to 0.
    pub net: f64,
}

/// The flows of each alternative, with a preference function for each criterion.
///
/// ```
/// use jipp_core::evaluation::decision::{Aim, Criterion, DecisionTable, Preference, promethee};
/// let criteria = [0.5, 0.3, 0.2].map(|weight| Criterion { weight, aim: Aim::Maximise });
/// let table = DecisionTable::new(&criteria, &[[4.0, 3.0, 2.0], [3.0, 2.0, 4.0], [5.0, 1.0, 3.0]])?;
/// let flows = promethee(&table, &[Preference::Usual; 3])?;
/// assert!(flows.iter().zip([0.1, -0.3, 0.2]).all(|(flows, net)| (flows.net - net).abs() < 1e-12));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `option-invalid` if there is not one function for each criterion, or its thresholds are out of order or range.
///
/// # Complexity
/// O(alternatives² × criteria).
pub fn promethee(table: &DecisionTable, preferences: &[Preference]) -> Result<Vec<Flows>> {
    if preferences.len() != table.criteria().len() {
        let hint = format!("{}, one for each criterion", table.criteria().len());
        return Err(Error::new(Code::OptionInvalid).field("preferences").value(preferences.len()).expected(hint));
    }
    for (number, preference) in preferences.iter().enumerate() {
        preference.check().map_err(|error| error.field(format!("preferences[{number}]")))?;
    }
    let mut flows = vec![Flows { positive: 0.0, negative: 0.0, net: 0.0 }; table.alternatives()];
    // A count of alternatives: exact.
    #[allow(clippy::cast_precision_loss, reason = "tables are far smaller than 2^53")]
    let others = (table.alternatives() - 1) as f64;
    for ((criterion, column), preference) in table.columns().zip(preferences) {
        let better = |one: f64, other: f64| match criterion.aim {
            Aim::Maximise => preference.of(one - other),
            Aim::Minimise => preference.of(other - one),
        };
        for (own, flows) in column.iter().zip(&mut flows) {
            let for_it: f64 = column.iter().map(|other| better(*own, *other)).sum();
            let against: f64 = column.iter().map(|other| better(*other, *own)).sum();
            flows.positive += criterion.weight * for_it / others;
            flows.negative += criterion.weight * against / others;
        }
    }
    for flow in &mut flows {
        flow.net = flow.positive - flow.negative;
    }
    Ok(flows)
}
