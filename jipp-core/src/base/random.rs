//! Numbers that look random and are the same everywhere: everything that draws takes a seed.

/// Splitmix64: Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014, with the constants
/// of Vigna's reference implementation (<https://prng.di.unimi.it/splitmix64.c>). Every seed starts a full period of 2^64.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Random {
    /// The stream of a round of a seed. Rounds do not depend on each other, so they can be drawn in any order and on
    /// any thread.
    pub(crate) fn new(seed: u64, round: u64) -> Self {
        // The start is itself drawn: neighbouring rounds must not walk the same sequence one step apart.
        Self(Self(seed).next().wrapping_add(Self(!round).next()))
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to below a bound above zero, every one as likely: Lemire, *Fast Random Integer Generation in an
    /// Interval*, ACM Transactions on Modeling and Computer Simulation 29, 2019.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        let bound = u64::from(bound.max(1));
        // Of 2^32 numbers these few at the low end would be too many.
        let over = (1_u64 << 32) % bound;
        loop {
            let product = (self.next() >> 32) * bound;
            if product & 0xffff_ffff >= over {
                return u32::try_from(product >> 32).unwrap_or(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the reference implementation from the state 1234567, as other libraries test them.
    #[test]
    fn the_generator_is_splitmix64() {
        let mut random = Random(1_234_567);
        let known = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!(known.map(|_| random.next()), known);
    }

    #[test]
    fn draws_are_even_and_the_same_again() {
        let mut seen = [0_u32; 7];
        let (mut one, mut other) = (Random::new(5, 9), Random::new(5, 9));
        for _ in 0..70_000 {
            let drawn = one.below(7);
            assert_eq!(drawn, other.below(7));
            seen[drawn as usize] += 1;
        }
        // Six standard deviations (93) around 10,000.
        assert!(seen.iter().all(|count| count.abs_diff(10_000) < 560), "{seen:?}");
        assert_ne!(Random::new(5, 10).next(), Random::new(5, 9).next());
        assert_ne!(Random::new(6, 9).next(), Random::new(5, 9).next());
    }
}
