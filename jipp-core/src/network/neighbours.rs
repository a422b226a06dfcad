//! *Innovation -> neighbours* and *draft -> verdict*: what is like a record, and whether an idea is new.
//!
//! Likeness is the share of words in common, weighed by how rare they are ([`Overlap`]); titles are compared letter by letter
//! as well. Owners decide what a likeness means: the same idea under the same owner is a duplicate, under another it is a
//! replication, which is welcome and should name its source.
//!
//! The bars are inferred from the real data, not sourced: see [`Bars`].

use serde::{Deserialize, Serialize};

use super::candidates::place_of;
use super::text::{TextView, content_fields, document_of_draft};
use crate::base::vocabulary::vocabulary;
use crate::base::{AgencyId, Code, Error, InnovationId, Result, fold};
use crate::matching::{Overlap, Profile, Ranking, Scratch};
use crate::model::{Entity, EntityKind, EntityRef, Innovation, Record, Replication};
use crate::registry::{Slot, View};

/// An idea on its way to becoming an innovation; what is not written yet is left empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    /// Its title.
    pub title: String,
    /// What the letters of the title stand for.
    pub expansion: String,
    /// The problem it meets.
    pub problem: String,
    /// What it does.
    pub solution: String,
    /// What came of it.
    pub outcome: String,
    /// Whose it is, where known.
    pub owner: Option<AgencyId>,
}

vocabulary! {
    /// Whether an idea is new to the network.
    Novelty = "novelty" {
        /// Nothing here is much like it.
        New = "new", "baru", "new";
        /// Somebody else runs much the same: this may be a replication, which should name its source.
        Replication = "replication", "mungkin replikasi", "possible replication";
        /// The same owner, or one who is not named, has much the same here already.
        Duplicate = "duplicate", "mungkin sudah tercatat", "likely duplicate";
    }
}

/// An innovation that is like a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Neighbour {
    /// Its id.
    pub innovation: InnovationId,
    /// Its title.
    pub title: String,
    /// The agency that runs it.
    pub owner: AgencyId,
    /// Its name.
    pub owner_name: String,
    /// How alike the texts are, in thousandths: twice the shared words over the words of both, by rarity.
    pub likeness: u32,
    /// How much of the text stands in the record, in thousandths.
    pub of_text: u32,
    /// How alike the titles are, in thousandths; 0 if the text has none.
    pub title_likeness: u32,
    /// The words in both, rarest first, at most ten.
    pub words: Vec<String>,
    /// Whether the text has the same owner; none if it names none.
    pub is_same_owner: Option<bool>,
    /// Whether a replication is known that joins the two.
    pub is_linked: bool,
}

/// An innovation and one that is like it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NearDuplicate {
    /// The id of the one.
    pub innovation: InnovationId,
    /// Its title.
    pub title: String,
    /// The other.
    pub neighbour: Neighbour,
}

/// What a draft is to the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DraftCheck {
    /// Whether it is new.
    pub novelty: Novelty,
    /// What it replicates or duplicates, where it seems to.
    pub of: Option<InnovationId>,
    /// The innovations most like it, most alike first.
    pub neighbours: Vec<Neighbour>,
}

/// From when on two texts are held to be of one idea, in thousandths. Of the real innovations of `examples/data` that say
/// what they do, one in a hundred has another of a likeness of 415, and half of them have none above 198.
struct Bars {
    /// Likeness of the whole.
    likeness: u32,
    /// Likeness of the titles, if the texts share anything.
    title: u32,
    /// Likeness from which an unnamed owner is taken to be the same.
    certain: u32,
}

const BARS: Bars = Bars { likeness: 400, title: 800, certain: 700 };

/// How many documents are compared closely for each neighbour asked for, and at least.
const CLOSER: usize = 3;
const LEAST: usize = 20;
/// How many neighbours a draft is shown.
const SHOWN: usize = 5;
/// How many shared words are named.
const NAMED: usize = 10;

/// The innovations most like one of them.
pub(super) fn neighbours(
    view: &View<'_>,
    text: &TextView,
    id: &InnovationId,
    limit: usize,
    scratch: &mut Scratch,
) -> Result<Vec<Neighbour>> {
    let innovation = view.get::<Innovation>(id)?;
    let slot = view.live_slot(EntityKind::Innovation, innovation.id.as_str());
    let asked = Asked { title: &innovation.title, owner: Some(&innovation.owner), own: slot, id: Some(&innovation.id) };
    let profile = slot.map(|slot| text.index.profile_of(slot, &content_fields())).unwrap_or_default();
    most_alike(view, text, &profile, &asked, limit, scratch)
}

/// Whether a draft is new, and what it is like.
pub(super) fn check_draft(
    view: &View<'_>,
    text: &TextView,
    draft: &Draft,
    scratch: &mut Scratch,
) -> Result<DraftCheck> {
    let owner = draft.owner.as_ref().map(|owner| view.get::<crate::model::Agency>(owner).map(|owner| &owner.id));
    let owner = owner.transpose()?;
    let profile = text.index.profile(&document_of_draft(draft));
    let asked = Asked { title: &draft.title, owner, own: None, id: None };
    let neighbours = most_alike(view, text, &profile, &asked, SHOWN, scratch)?;
    let judged = neighbours.first().map_or(Novelty::New, novelty);
    let of = neighbours.first().filter(|_| judged != Novelty::New).map(|first| first.innovation.clone());
    Ok(DraftCheck { novelty: judged, of, neighbours })
}

fn novelty(nearest: &Neighbour) -> Novelty {
    let same_title = nearest.title_likeness >= BARS.title && nearest.likeness > 0;
    if nearest.likeness < BARS.likeness && !same_title {
        return Novelty::New;
    }
    match nearest.is_same_owner {
        Some(true) => Novelty::Duplicate,
        None if nearest.likeness >= BARS.certain => Novelty::Duplicate,
        _ => Novelty::Replication,
    }
}

/// What neighbours are sought for.
struct Asked<'a> {
    title: &'a str,
    owner: Option<&'a AgencyId>,
    own: Option<Slot>,
    id: Option<&'a InnovationId>,
}

/// Ranks every innovation but the one asked about.
struct Others(Option<Slot>);

impl Ranking for Others {
    fn most(&self, score: u32) -> i64 {
        i64::from(score)
    }
    fn value(&self, doc: u32, score: u32, _: i64) -> Option<i64> {
        (self.0 != Some(doc)).then_some(i64::from(score))
    }
}

fn most_alike(
    view: &View<'_>,
    text: &TextView,
    profile: &Profile,
    asked: &Asked<'_>,
    limit: usize,
    scratch: &mut Scratch,
) -> Result<Vec<Neighbour>> {
    if !(1..=1_000).contains(&limit) {
        return Err(Error::new(Code::OptionInvalid).field("limit").value(limit).expected("1 to 1,000"));
    }
    let closer = (limit * CLOSER).max(LEAST);
    let found = text.index.search_by(&profile.query(), &Others(asked.own), closer, scratch);
    let content = content_fields();
    let linked = asked.id.map(|id| linked(view, id)).unwrap_or_default();
    let of = |slot| match view.at_slot(slot) {
        Some(Record::Innovation(innovation)) => {
            let overlap = profile.overlap(&text.index.profile_of(slot, &content));
            Some(neighbour(view, asked, innovation, overlap, &linked))
        }
        _ => None,
    };
    let mut neighbours: Vec<Neighbour> = found.iter().filter_map(|found| of(found.doc)).collect();
    neighbours.sort_by(|a, b| {
        let key = |one: &Neighbour| std::cmp::Reverse(one.likeness.max(same_title(one)));
        key(a).cmp(&key(b)).then_with(|| a.innovation.cmp(&b.innovation))
    });
    neighbours.truncate(limit);
    Ok(neighbours)
}

/// A title that is all but the same weighs as much as the whole text.
fn same_title(neighbour: &Neighbour) -> u32 {
    if neighbour.title_likeness >= BARS.title { neighbour.title_likeness } else { 0 }
}

fn neighbour(
    view: &View<'_>,
    asked: &Asked<'_>,
    innovation: &Innovation,
    overlap: Overlap,
    linked: &[&InnovationId],
) -> Neighbour {
    let (owner, _) = place_of(view, innovation);
    let likeness = overlap.likeness();
    let owner_id = owner.map_or(&innovation.owner, |owner| &owner.id);
    Neighbour {
        innovation: innovation.id.clone(),
        title: innovation.title.to_string(),
        owner: owner_id.clone(),
        owner_name: owner.and_then(Entity::name).unwrap_or(innovation.owner.as_str()).to_owned(),
        likeness,
        of_text: overlap.of_text,
        title_likeness: title_likeness(asked.title, &innovation.title),
        words: overlap.words.into_iter().take(NAMED).collect(),
        is_same_owner: asked.owner.map(|owner| owner == owner_id),
        is_linked: linked.contains(&&innovation.id),
    }
}

/// How alike two titles are, in thousandths: the share of letters that need not change, blanks and signs aside.
fn title_likeness(one: &str, other: &str) -> u32 {
    let letters = |title: &str| fold(title).chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let (one, other) = (letters(one), letters(other));
    let longest = one.chars().count().max(other.chars().count());
    let slips = strsim::osa_distance(&one, &other);
    if one.is_empty() || other.is_empty() {
        return 0;
    }
    u32::try_from(1000 * (longest - slips.min(longest)) / longest).unwrap_or(0)
}

/// The innovations that a known replication joins with one.
fn linked<'v>(view: &View<'v>, id: &InnovationId) -> Vec<&'v InnovationId> {
    let replications = view.referring::<Replication>(&EntityRef::of::<Innovation>(id));
    let ends = replications.into_iter().flat_map(|replication| {
        replication.sources.iter().map(|source| &source.innovation).chain(replication.target.as_ref())
    });
    ends.filter_map(|end| view.find::<Innovation>(end.as_str()).map(|found| &found.id))
        .filter(|end| *end != id)
        .collect()
}
