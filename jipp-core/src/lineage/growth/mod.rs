//! Growth curves: how adoption rises, and where it may end.
//!
//! From the number of new adopters per period [`fit`] takes three parameters of one of two curves of cumulative
//! adoption:
//!
//! | | cumulative adoption at time t | |
//! | --- | --- | --- |
//! | [`Model::Logistic`] | m / (1 + exp(-k (t - t0))) | Verhulst 1838: whoever has adopted brings others |
//! | [`Model::Bass`] | m (1 - e) / (1 + q/p e), e = exp(-(p + q) t) | Bass 1969: p adopt by themselves, q by example |
//!
//! Time begins with the first period, in which adoption began, and each period is 1. Both are fitted by least squares
//! to the adopters *of each period*, the expected number being the difference of the cumulative curve at its ends
//! (Srinivasan and Mason 1986): the errors of a cumulative series would carry over from period to period, and standard
//! errors would be far too small. Before the first period nobody had adopted. So it is with Bass' curve; the logistic
//! one has no beginning, and its first period takes in all that the curve has until its end. That is the only
//! difference: from one period to the next a Bass curve is a logistic one with k = p + q, as its formula shows. As both
//! see the same numbers, they can be compared by `AICc` ([`Growth::best`]), but where adoption began slowly, hardly
//! differ.
//!
//! A curve is refused, with the [reason](Unfit), rather than drawn through data that does not hold it. Above all, the
//! ceiling m is a guess before the peak of adoption has passed (Heeler and Hustad 1980; Srinivasan and Mason 1986).

mod curve;
mod fit;
mod least_squares;

pub use curve::Model;
pub use fit::{FEWEST_PERIODS, Fit, Growth, Parameter, Unfit, fit};
