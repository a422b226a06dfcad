//! The values of `evaluation::standings`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::{codes, record, tuple};

// From `evaluation::standings::place`.
record! {
    /// Who is inside.
    Cut {
        /// How many places there are; as many as pass, if absent.
        #[uniffi(default = None)]
        places: Option<i64>,
        /// The score that must be reached.
        #[uniffi(default = None)]
        pass_mark: Option<f64>,
    }
}

// From `evaluation::standings::place`.
record! {
    /// What happened at the cut.
    CutLine {
        /// The cut.
        cut: Cut,
        /// How many are surely inside.
        inside: i64,
        /// Those on a place that lies across the cut.
        #[uniffi(default = [])]
        tied: Vec<String>,
        /// How many places are left for them.
        open: i64,
        /// The key of the tie-break that decided between the last inside and the first outside, where their scores are
        /// equal.
        #[uniffi(default = None)]
        decided_by: Option<String>,
    }
}

// From `evaluation::standings::place`.
record! {
    /// The place of a proposal.
    Place {
        /// The proposal.
        proposal: String,
        /// Its place, from 1.
        place: i64,
        /// The score it was ranked by.
        score: f64,
        /// How many are on this place.
        shared_by: i64,
        /// The key of the tie-break that last told it from others with the same score; none where the score alone did.
        #[uniffi(default = None)]
        decided_by: Option<String>,
        /// On which side of the cut; none without a cut.
        #[uniffi(default = None)]
        position: Option<Position>,
    }
}

// From `evaluation::standings::place`.
codes! {
    /// On which side of the cut.
    Position {
        /// `outside`.
        Outside = "outside",
        /// `tied`.
        Tied = "tied",
        /// `inside`.
        Inside = "inside",
    }
}

// From `evaluation::standings::uncertainty`.
record! {
    /// How sure the place of a proposal is.
    RankInterval {
        /// The proposal.
        proposal: String,
        /// Its adjusted total, in points.
        worth: f64,
        /// The standard error of the adjusted total: that of the models.
        standard_error: f64,
        /// Its place by the adjusted total, 1 the best.
        place: i64,
        /// The mean of its drawn places.
        expected_place: f64,
        /// The best place of its interval.
        from: i64,
        /// The worst place of its interval.
        to: i64,
        /// The probability that it belongs inside the cut; none without a cut.
        #[uniffi(default = None)]
        inside: Option<f64>,
    }
}

// From `evaluation::standings::uncertainty`.
record! {
    /// How places are drawn.
    Resampling {
        /// How many draws, 2 to 1,000,000, and no more than `MAX_DRAWN_PLACES` drawn places.
        #[uniffi(default = None)]
        resamples: Option<i64>,
        /// Where the draws start: the same seed gives the same answer.
        #[uniffi(default = None)]
        seed: Option<i64>,
        /// The share of the draws between the ends of an interval, above 0 and below 1.
        #[uniffi(default = None)]
        confidence: Option<f64>,
        /// How many threads work on it, 1 to 256; the answer does not depend on it.
        #[uniffi(default = None)]
        threads: Option<i64>,
    }
}

// From `evaluation::standings::place`.
record! {
    /// Who stands where.
    Standings {
        /// The places, best first; those on one place in the order of their ids.
        places: Vec<Place>,
        /// Those without a score, in the order they came in.
        unplaced: Vec<Unplaced>,
        /// The keys of the tie-break.
        tie_break: Vec<String>,
        /// What happened at the cut, if there is one.
        #[uniffi(default = None)]
        cut: Option<CutLine>,
    }
}

// From `evaluation::standings::uncertainty`.
record! {
    /// How sure the places are.
    Uncertainty {
        /// The proposals with a score in every stage that weighs something, in the order of the entrants.
        proposals: Vec<RankInterval>,
        /// The variances of each such stage, in squared points: what the draws rest on.
        variances: Vec<UncertaintyVariances>,
        /// How the places were drawn.
        options: Resampling,
    }
}

tuple! {
    /// What Uncertainty consists of.
    UncertaintyVariances {
        /// The first of them.
        first: String,
        /// The second of them.
        second: Variances,
    }
}

// From `evaluation::standings::place`.
record! {
    /// A proposal that has no place.
    Unplaced {
        /// The proposal.
        proposal: String,
        /// The codes of the stages in which it has no score.
        lacking: Vec<String>,
    }
}
