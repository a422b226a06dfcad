//! Conversions between counts, places and floats.

/// A count as a float; exact to 2^53.
#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}

/// A place in a list as 32 bits: the number of pairs is bounded far below.
pub(super) fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// A place in a list.
pub(super) const fn place(index: u32) -> usize {
    index as usize
}

/// The probability that a standard normal number is above `z`.
pub(super) fn upper_tail(z: f64) -> f64 {
    0.5 * libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2)
}
