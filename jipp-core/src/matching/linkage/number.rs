//! Conversions between whole numbers and floats, and numbers made from texts and counters: the same on every machine.

/// A count as a float; exact to 2^53, beyond which it is as near as a float can be.
#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^53, and would be estimates beyond it")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}

/// A float of known small size as the nearest whole number.
#[allow(clippy::cast_possible_truncation, reason = "a cast from a float saturates; what comes here is small")]
pub(super) fn whole(value: f64) -> i64 {
    libm::round(value) as i64
}

/// A place in a list as 32 bits: tables of more than four thousand million records do not fit into memory.
pub(super) fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// A share from 0 to 1 in thousandths, rounded down, so that only what is whole counts as whole.
pub(super) fn thousandths(share: f64) -> u16 {
    u16::try_from(whole(libm::floor(share.clamp(0.0, 1.0) * 1000.0))).unwrap_or(1000)
}

/// The next of a fixed sequence of well mixed numbers (Steele, Lea and Flood 2014, `SplitMix64`).
pub(super) fn next_mixed(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// A number for a text: equal texts have equal ones, and others practically never (Fowler, Noll and Vo, FNV-1a, mixed).
pub(super) fn text_number(namespace: u64, text: &str) -> u64 {
    let start = 0xCBF2_9CE4_8422_2325 ^ namespace;
    let mut state = text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3));
    next_mixed(&mut state)
}

/// Thousandths of a bit as bits.
pub(super) fn bits(weight: i64) -> f64 {
    // Weights are sums of at most some dozens of thousands: they fit.
    f64::from(i32::try_from(weight).unwrap_or(if weight < 0 { i32::MIN } else { i32::MAX })) / 1000.0
}
