//! Assignment: which assessors score which proposals.
//!
//! [`assign`] gives every proposal the same number of assessors, and keeps to this, the first before the next:
//!
//! 1. no pair with a conflict of interest, and nobody above the number they can take;
//! 2. loads as even as these allow: within one of each other, or else the least sum of squares;
//! 3. of all such assignments, as many pairs with a sector in common as there can be, then as few pairs of which it is known
//!    that they have none; a proposal or assessor without known sectors is neither sought nor avoided;
//! 4. a panel that hangs together, without which severity cannot be told from quality, and in which assessors meet as
//!    many different others as can be. For this alone some of the pairs of the third point may be given up
//!    ([`Options::give_up`]), or as many as it takes where the panel would fall apart.
//!
//! The first three are a flow of least cost from proposals to assessors, with costs at the assessors that grow with each
//! proposal (Ahuja, Magnanti and Orlin, *Network Flows*, 1993, chapters 9 and 14): found by successive shortest paths,
//! exactly. A path leads over assessors only: from one to another for whom a proposal can be exchanged; so its search does
//! not depend on the number of proposals. The fourth is a local search by exchanges that leave loads as they are.
//!
//! Assignment systems for conferences maximise the sum of affinities under bounds on loads (the Toronto Paper Matching
//! System: Charlin and Zemel, *The Toronto Paper Matching System*, ICML 2013 workshop), which gives some papers to nobody who
//! knows them; later ones are fair to the worst-off paper (Stelmakh, Shah and Singh, *`PeerReview4All`*, ALT 2019) or ask for
//! a least affinity for each (Kobren, Saha and `McCallum`, *Paper Matching with Local Fairness Constraints*, KDD 2019). Here
//! affinity is no number, but a sector in common or not, and comparability is worth more: so even loads and overlap, the
//! ideas of incomplete block designs (Yates, *Incomplete randomized blocks*, Annals of Eugenics 7, 1936: every two
//! treatments meet equally often), come with expertise between them. For the precision of differences of severity it is the
//! number of proposals two assessors share, directly and by chains, that counts.
//!
//! An assignment is a plan, not a record: it becomes one when for each pair a [`ScoreSheet`](crate::model::ScoreSheet)
//! without scores is registered, which is what the step to desk scoring asks for. Pairs that have one already are handed in
//! as [`Options::fixed`].

mod flow;
mod overlap;
mod panel;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use self::panel::Panel;
use crate::base::{AssessorId, Code, Error, Lang, ProposalId, Result, SectorId, vocabulary::vocabulary};
use crate::model::{Conflict, ConflictGround};

/// A proposal that is to be scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// The proposal.
    pub id: ProposalId,
    /// What it is about; empty if that is not known.
    #[serde(default)]
    pub sectors: Vec<SectorId>,
}

/// An assessor who can score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reader {
    /// The assessor.
    pub id: AssessorId,
    /// What the assessor is expert in; empty if that is not known.
    #[serde(default)]
    pub sectors: Vec<SectorId>,
    /// How many proposals the assessor takes at most; any number if absent.
    #[serde(default)]
    pub capacity: Option<u32>,
}

/// A proposal and who scores it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The proposal.
    pub proposal: ProposalId,
    /// The assessor.
    pub assessor: AssessorId,
}

/// How proposals are assigned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// How many assessors each proposal has, 1 to 100.
    pub per_proposal: u32,
    /// Where the draws start; the same seed gives the same assignment.
    pub seed: u64,
    /// How many percent of the pairs with a sector in common may be given up so that assessors who seldom meet do: 0 to
    /// 100. Only exchanges count for it that replace meetings of assessors who meet much more often (by the mean of all
    /// pairs or more) than those who meet instead.
    pub give_up: u32,
    /// Pairs that are there already. They are kept, whatever speaks against them.
    pub fixed: Vec<Pair>,
}

impl Default for Options {
    /// Three assessors, seed 0, five percent, nothing fixed.
    fn default() -> Self {
        Self { per_proposal: 3, seed: 0, give_up: 5, fixed: Vec::new() }
    }
}

/// How many proposals an assessor has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// The assessor.
    pub assessor: AssessorId,
    /// How many proposals.
    pub proposals: usize,
}

/// What pairs have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expertise {
    /// Pairs with a sector in common.
    pub common: usize,
    /// Pairs of which that is not known.
    pub unknown: usize,
    /// Pairs that have none.
    pub none: usize,
    /// How many pairs could have a sector in common with loads this even; what is missing was given up for overlap.
    pub possible: usize,
}

/// Proposals and assessors that are connected with each other and with nobody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Island {
    /// The proposals.
    pub proposals: Vec<ProposalId>,
    /// Their assessors.
    pub assessors: Vec<AssessorId>,
}

/// How often two assessors score the same proposal, over all pairs of assessors who score at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// The fewest proposals that two share.
    pub least: u32,
    /// The number that half of the pairs do not exceed (the lower median).
    pub median: u32,
}

vocabulary! {
    /// Why a panel falls into islands.
    Apart = "apart" {
        OneEach = "one-each", "tiap proposal hanya satu penilai", "every proposal has one assessor: nobody is compared with anybody";
        TooFewPairs = "too-few-pairs", "pasangan terlalu sedikit untuk menghubungkan semua", "there are fewer pairs than it takes to connect everybody";
        Conflicts = "conflicts", "benturan kepentingan memisahkan panel", "conflicts of interest part the panel: nobody may score on two of the islands";
        NotJoined = "not-joined", "tidak ada pertukaran yang menyatukannya", "no exchange of two assessors was found that joins them";
    }
}

/// Who scores what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Assignment {
    /// The pairs, fixed ones included, in the order of proposals and assessors.
    pub pairs: Vec<Pair>,
    /// How many proposals each assessor has, in the order of assessors.
    pub loads: Vec<Load>,
    /// Whether loads differ by one at most. If not, capacities, conflicts or fixed pairs do not allow it, and the sum of
    /// squares is the least there is.
    pub is_even: bool,
    /// What pairs have in common.
    pub expertise: Expertise,
    /// The islands into which the panel falls: one if it hangs together.
    pub islands: Vec<Island>,
    /// Why it falls into islands, if it does. Severity can then be estimated within each of them only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apart: Option<Apart>,
    /// How widely assessors overlap.
    pub shared: Shared,
    /// How many pairs were refused on each ground; a pair may be refused on several.
    pub refused: BTreeMap<ConflictGround, usize>,
    /// Fixed pairs that have a conflict of interest. They are kept, for what was done is done, and should be looked at.
    pub fixed_in_conflict: Vec<Pair>,
}

/// An assessor with the places left for certain proposals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// The assessor.
    pub assessor: AssessorId,
    /// How many of the proposals the assessor can take: at most the capacity, and those without conflict.
    pub places: u64,
}

/// Why proposals cannot be assigned: proposals that together need more assessors than there are for them (P. Hall, *On
/// representatives of subsets*, Journal of the London Mathematical Society 10, 1935).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Shortage {
    /// The proposals.
    pub proposals: Vec<ProposalId>,
    /// How many pairs they need together, besides fixed ones.
    pub needed: u64,
    /// Who is left for them; an assessor who has a conflict with all of them is not.
    pub assessors: Vec<Room>,
    /// The places of these together: fewer than needed.
    pub places: u64,
}

impl Shortage {
    /// The shortage in words. Of long lists the first are named.
    pub fn words(&self, lang: Lang) -> String {
        let proposals = some(self.proposals.iter().map(ToString::to_string), self.proposals.len(), lang);
        let room = |room: &Room| format!("{} ({})", room.assessor, room.places);
        let assessors = some(self.assessors.iter().map(room), self.assessors.len(), lang);
        let (count, needed, places) = (self.proposals.len(), self.needed, self.places);
        match lang {
            Lang::En => format!(
                "{count} proposals need {needed} assessors more, and there are {places} places for them. \
                 Proposals: {proposals}. Assessors left, with places: {assessors}"
            ),
            Lang::Id => format!(
                "{count} proposal masih memerlukan {needed} penilai, tetapi hanya ada {places} tempat. \
                 Proposal: {proposals}. Penilai yang tersisa, dengan tempatnya: {assessors}"
            ),
        }
    }
}

/// So many are named in words.
const NAMED: usize = 8;

fn some(names: impl Iterator<Item = String>, count: usize, lang: Lang) -> String {
    let mut text = names.take(NAMED).collect::<Vec<_>>().join(", ");
    if count == 0 {
        text.push_str(if lang == Lang::En { "none" } else { "tidak ada" });
    }
    if count > NAMED {
        let more = if lang == Lang::En { "more" } else { "lainnya" };
        // Writing to a string cannot fail.
        let _ = write!(text, " (+{} {more})", count - NAMED);
    }
    text
}

/// What an assignment came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Outcome {
    /// Every proposal has its assessors.
    Assigned(Assignment),
    /// Some cannot have them, and why.
    Short(Shortage),
}

impl Outcome {
    /// The assignment, if there is one.
    pub fn assigned(&self) -> Option<&Assignment> {
        match self {
            Self::Assigned(assignment) => Some(assignment),
            Self::Short(_) => None,
        }
    }

    /// What is missing, if there is none.
    pub fn short(&self) -> Option<&Shortage> {
        match self {
            Self::Assigned(_) => None,
            Self::Short(shortage) => Some(shortage),
        }
    }
}

/// Assigns assessors to proposals. The result does not depend on the order of the input.
///
/// ```
/// use jipp_core::evaluation::assignment::{Options, Reader, Submission, assign};
/// use jipp_core::model::{Conflict, ConflictGround};
/// let submission = |id: &str| Ok(Submission { id: id.parse()?, sectors: vec!["health".parse()?] });
/// let reader = |id: &str| Ok(Reader { id: id.parse()?, sectors: vec![], capacity: None });
/// let submissions = ["p1", "p2", "p3"].map(submission).into_iter().collect::<jipp_core::Result<Vec<_>>>()?;
/// let readers = ["a1", "a2", "a3"].map(reader).into_iter().collect::<jipp_core::Result<Vec<_>>>()?;
/// let (proposal, assessor) = ("p1".parse()?, "a1".parse()?);
/// let conflict = Conflict { proposal, assessor, ground: ConflictGround::SameAgency, because: None };
///
/// let options = Options { per_proposal: 2, ..Options::default() };
/// let outcome = assign(&submissions, &readers, &[conflict.clone()], &options)?;
/// let assignment = outcome.assigned().ok_or("short")?;
/// assert_eq!((assignment.pairs.len(), assignment.islands.len(), assignment.is_even), (6, 1, true));
///
/// let outcome = assign(&submissions, &readers, &[conflict], &Options::default())?;
/// let shortage = outcome.short().ok_or("assigned")?;
/// assert_eq!((shortage.needed, shortage.places, shortage.assessors.len()), (3, 2, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// `option-invalid`; `duplicate-in-record` for a proposal, an assessor or a fixed pair that stands twice; `not-found` for a
/// conflict or fixed pair of somebody who is not in the lists; `too-many` for more than 500,000 pairs or 1,000 assessors.
///
/// # Complexity
/// O(pairs × assessors²).
pub fn assign(
    submissions: &[Submission],
    readers: &[Reader],
    conflicts: &[Conflict],
    options: &Options,
) -> Result<Outcome> {
    let wrong = |field: &str, value: u32, hint: &str| {
        Err(Error::new(Code::OptionInvalid).field(field).value(value).expected(hint))
    };
    if !(1..=100).contains(&options.per_proposal) {
        return wrong("per_proposal", options.per_proposal, "1 to 100");
    }
    if options.give_up > 100 {
        return wrong("give_up", options.give_up, "0 to 100 percent");
    }
    let mut panel = Panel::new(submissions, readers, conflicts, options)?;
    if let Some(short) = flow::fill(&mut panel) {
        return Ok(Outcome::Short(panel.shortage(&short)));
    }
    let possible = panel.expertise().0;
    overlap::spread(&mut panel, options);
    overlap::join(&mut panel);
    Ok(Outcome::Assigned(panel.assignment(possible)))
}
