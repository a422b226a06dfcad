//! How far probabilities are from what happens.

/// The expected calibration error (Naeini, Cooper and Hauskrecht 2015): over ten equal stretches of probability, the
/// distance between the mean probability and the share that is true, weighted by the cases in each.
///
/// ```
/// let cases = [(0.9, true), (0.9, true), (0.9, false), (0.1, false)];
/// assert!((jipp_examples::calibration_error(&cases) - (0.1 + 3.0 * (0.9 - 2.0 / 3.0)) / 4.0).abs() < 1e-12);
/// ```
#[allow(clippy::cast_precision_loss, reason = "counts of cases are far below 2^53")]
pub fn calibration_error(cases: &[(f64, bool)]) -> f64 {
    let off = |stretch: usize| {
        let (low, high) = (stretch as f64 / 10.0, (stretch + 1) as f64 / 10.0);
        let inside = cases.iter().filter(|(p, _)| *p >= low && (*p < high || stretch == 9));
        inside.fold(0.0, |sum, (p, same)| sum + p - f64::from(u8::from(*same))).abs()
    };
    (0..10).map(off).sum::<f64>() / cases.len().max(1) as f64
}
