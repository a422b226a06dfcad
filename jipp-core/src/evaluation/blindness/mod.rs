//! Blindness: what a viewer of an edition may see, as a registry of its own.
//!
//! A viewer gets no filtered answers, which leak through what they leave out (counts, statistics of words, errors, the
//! order of lists), but a [`Projection`]: fresh records that hold nothing hidden, from which every index is built anew.
//! Whatever is asked of it, however often, can say no more than the records do. What is in it is data: a [`Policy`] of
//! rules for each role, phase and kind of record. What no rule shows is not there.
//!
//! # What the standard policy shows
//!
//! No source for the practice of the national competition was found: every rule is inferred (*i*), to be replaced by
//! what an organiser decides. Rules, rubrics, sectors and affairs are seen by everybody at any time.
//!
//! | role | phase | seen |
//! | --- | --- | --- |
//! | public | up to the consolidation | how many proposals, assessors and score sheets there are |
//! | | public test to plenary | the finalists: titles, categories, owners; nothing else, for objections need no more |
//! | | announced | the awarded: proposals, innovations without inner figures, owners, regions, awards |
//! | assessor | up to the screening | nothing but the rules |
//! | | desk, consolidation | the proposals with a sheet of theirs, by codes; texts with names masked; of the owner its kind alone; documents by kind; own sheets |
//! | | public test to plenary | the same openly, since finalists show themselves in interviews: owner, region, documents |
//! | | announced | the results and awards of these too |
//! | secretariat | up to the field visit | everything but scores, remarks, results in figures and scoring runs |
//! | | plenary, announced | everything |
//! | chair | any | everything entered and every score; assessors and their sheets by codes, no persons; inputs of scoring runs not |
//!
//! That the public sees the finalists before the announcement of awards is what a public test is for.
//!
//! # Why codes say nothing
//!
//! A code that is made from an id (a hash, even a keyed one) changes when hidden names are swapped, and can be looked
//! up by whoever guesses the id and has the key; numbers in the order of ids, or of registration, tell the order. Here
//! a code is made from what the viewer sees of the record itself, and of its edition and a seed; records that look the
//! same are numbered in an order that again comes from what is seen alone (see `canonical.rs`). So the whole projection
//! is a function of the visible part: two registries that differ in hidden names only give the same bytes. And:
//!
//! * *Equal sights* are exchangeable, so whichever gets the first number, the bytes are the same. Where records must
//!   not even be told apart (two proposals of one hidden owner), [`Naming::Merged`] makes one of them.
//! * *References* lead to what is seen, by its new name; others are dropped, and so is a record that cannot be without
//!   one, or that only hidden fields lead to. Lists of references lose their order, which may be that of names.
//! * *Time*: the projection has no journal of the source, no revisions, no stamps, no origins; its records come in the
//!   order of their new names. Steps of state machines become reported history.
//! * *Texts*: names of agencies, units, persons and regions are masked, whole words whatever their case and diacritics,
//!   and those of everybody on record, so that what is masked does not tell who entered. This is the best that can be
//!   done with names; a text that says in other words who wrote it still does (*the city of the clove festival*).
//! * *Ids* that are spelt with others (`sheet/anna/kota-ambon-1`) go by codes wherever a part of them is hidden.
//!
//! What is shown is shown: if one ministry entered, *of the kind ministry* is its name. A code stays the same as long
//! as what is seen of the record itself does, and is the same for two assessors who see the same of it; the numbers
//! behind codes of records that look alike belong to one projection. The [`Key`] leads from codes back to ids, and is
//! got separately, by those who may. What two viewers put together, or one remembers from an earlier day, is beyond
//! this.

mod canonical;
mod contents;
mod mask;
mod phase;
mod policy;
mod redact;
mod scope;
mod shape;

use std::cell::RefCell;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use phase::Phase;
pub use policy::{Naming, Policy, Role, Rule, Whose};

use crate::base::random::Random;
use crate::base::{AssessorId, Code, EditionId, Error, Result};
use crate::model::{EntityKind, EntityRef, Record};
use crate::registry::View;
use canonical::Web;
use mask::Mask;
use policy::Allow;
use redact::Redactor;
use scope::{Scopes, Title};

/// Who looks at which edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Viewer {
    /// In which role.
    pub role: Role,
    /// At which edition.
    pub edition: EditionId,
    /// As which assessor; for that role alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessor: Option<AssessorId>,
    /// In which phase of the edition; as its proposals say ([`Phase::of`]) if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// What codes begin with: a number that the secretariat keeps for the edition, so that codes of one edition cannot
    /// be matched with those of another.
    #[serde(default)]
    pub seed: u64,
}

impl Viewer {
    /// Somebody in a role that is no assessor's.
    pub fn new(role: Role, edition: EditionId) -> Self {
        Self { role, edition, assessor: None, phase: None, seed: 0 }
    }

    /// An assessor.
    pub fn assessor(edition: EditionId, assessor: AssessorId) -> Self {
        Self { assessor: Some(assessor), ..Self::new(Role::Assessor, edition) }
    }

    fn check(&self) -> Result<()> {
        match (self.role, &self.assessor) {
            (Role::Assessor, None) => {
                Err(Error::new(Code::FieldMissing).field("assessor").expected("which assessor is looking"))
            }
            (Role::Assessor, Some(_)) | (_, None) => Ok(()),
            (role, Some(assessor)) => Err(Error::new(Code::OptionInvalid)
                .field("assessor")
                .value(assessor)
                .expected(format!("none: the role is {role}"))),
        }
    }
}

/// What a viewer sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Projection {
    /// The phase that the rules were read for.
    pub phase: Phase,
    /// The records, in the order of their kinds and new ids.
    pub records: Vec<Record>,
    /// How many records there are of kinds that are only counted.
    pub counts: BTreeMap<EntityKind, usize>,
}

/// What codes stand for: for those alone who may know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    ids: BTreeMap<EntityRef, Vec<EntityRef>>,
}

impl Key {
    /// The records that go by a code, by their ids; more than one if they were merged, none if there is no such code.
    ///
    /// ```
    /// use jipp_core::evaluation::blindness::Key;
    /// use jipp_core::model::{EntityKind, EntityRef};
    /// let code = EntityRef::new(EntityKind::Proposal, "proposal-7k2m9q")?;
    /// assert!(Key::default().decode(&code).is_empty());
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    pub fn decode(&self, code: &EntityRef) -> &[EntityRef] {
        self.ids.get(code).map_or(&[], Vec::as_slice)
    }

    /// The code that a record goes by, if it goes by one.
    ///
    /// # Complexity
    /// Linear in the codes.
    pub fn encode(&self, record: &EntityRef) -> Option<&EntityRef> {
        self.ids.iter().find(|(_, ids)| ids.contains(record)).map(|(code, _)| code)
    }

    /// Every code with what it stands for.
    pub fn codes(&self) -> impl Iterator<Item = (&EntityRef, &[EntityRef])> {
        self.ids.iter().map(|(code, ids)| (code, ids.as_slice()))
    }
}

/// What a viewer sees of an edition.
///
/// ```
/// use jipp_core::evaluation::blindness::{Policy, Role, Viewer, project};
/// use jipp_core::network::{Network, Options};
/// let network = Network::in_memory(&Options::new("example")?)?;
/// let viewer = Viewer::new(Role::Public, "kipp-2025".parse()?);
/// let refused = network.read(|view| project(&view, &viewer, &Policy::standard()?)).unwrap_err();
/// assert_eq!(refused.subject(), Some("edition kipp-2025"));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `not-found` if there is no such edition or assessor; `field-missing`, `option-invalid` if the viewer is no assessor
/// of the edition, or should not name one; `undetermined` if too many records look alike to be put into an order that
/// says nothing; those of [`Policy::check`].
///
/// # Complexity
/// Linear in the records on record of the kinds that are seen, and in the texts shown; records that look alike cost as
/// often as they must be looked at again to be told apart.
pub fn project(view: &View<'_>, viewer: &Viewer, policy: &Policy) -> Result<Projection> {
    build(view, viewer, policy).map(|(projection, _)| projection)
}

/// What the codes of a projection stand for. To be able to ask is to be allowed to: give the answer to nobody who may
/// only see the projection.
///
/// # Errors
/// Those of [`project`].
///
/// # Complexity
/// That of [`project`], of which it is a part.
pub fn key(view: &View<'_>, viewer: &Viewer, policy: &Policy) -> Result<Key> {
    build(view, viewer, policy).map(|(_, key)| key)
}

/// A record that is seen, and by what rule.
struct Seen<'a> {
    record: &'a Record,
    ids: Naming,
    title: Title,
    allow: &'a Allow,
    mask: Option<&'a Mask>,
}

fn build(view: &View<'_>, viewer: &Viewer, policy: &Policy) -> Result<(Projection, Key)> {
    policy.check()?;
    viewer.check()?;
    let mut scopes = Scopes::new(*view, viewer)?;
    let phase = viewer.phase.unwrap_or_else(|| Phase::of(view, scopes.edition()));
    let rules: Vec<(EntityKind, &Rule, Allow)> = EntityKind::ALL
        .iter()
        .filter_map(|kind| policy.rule(viewer.role, phase, *kind).map(|rule| (*kind, rule, rule.allows(*kind))))
        .collect();
    let mut masks: BTreeMap<&[EntityKind], Mask> = BTreeMap::new();
    for (_, rule, _) in rules.iter().filter(|(_, rule, _)| !rule.mask.is_empty()) {
        let make = || Mask::new(view, &rule.mask, &policy.generic_words, &policy.masked);
        masks.entry(&rule.mask).or_insert_with(make);
    }
    let mut counts = BTreeMap::new();
    let mut seen = Vec::new();
    for (kind, rule, allow) in &rules {
        let records = scopes.records(rule.records, *kind);
        if rule.ids == Naming::Counted {
            counts.insert(*kind, records.len());
        } else {
            let mask = masks.get(rule.mask.as_slice());
            seen.extend(records.into_iter().map(|(record, title)| Seen { record, ids: rule.ids, title, allow, mask }));
        }
    }
    let start = salt(viewer);
    loop {
        let contents = redact(view, &mut seen);
        let (records, key, unfit) = named(&seen, contents, start)?;
        if unfit.is_empty() {
            return Ok((Projection { phase, records, counts }, key));
        }
        // What cannot be without something hidden is hidden too, and what refers to it must not show it.
        let mut place = 0;
        seen.retain(|_| {
            place += 1;
            unfit.binary_search(&(place - 1)).is_err()
        });
    }
}

/// The contents of what is seen, with places for names. What cannot be without something unseen is not seen either, nor
/// what nothing seen shows to be there.
fn redact(view: &View<'_>, seen: &mut Vec<Seen<'_>>) -> Vec<Map<String, Value>> {
    loop {
        let places: FxHashMap<(EntityKind, &str), usize> =
            seen.iter().enumerate().map(|(place, seen)| ((seen.record.kind(), seen.record.id()), place)).collect();
        let mut shown: Vec<Vec<usize>> = Vec::with_capacity(seen.len());
        let mut contents: Vec<Option<Map<String, Value>>> = Vec::with_capacity(seen.len());
        for one in seen.iter() {
            let others = RefCell::new(Vec::new());
            let target = |kind: EntityKind, id: &str| {
                let standing = view.record(kind, id)?.id();
                let place = *places.get(&(kind, standing))?;
                others.borrow_mut().push(place);
                let is_plain = seen.get(place).is_some_and(|seen| seen.ids == Naming::Plain);
                Some(if is_plain { standing.to_owned() } else { contents::place_of(place) })
            };
            contents.push(Redactor { target: &target }.record(one.record, one.allow));
            shown.push(others.into_inner());
        }
        let stays = entitled(seen, &shown);
        if contents.iter().zip(&stays).all(|(content, stays)| content.is_some() && *stays) {
            let mut contents: Vec<Map<String, Value>> = contents.into_iter().flatten().collect();
            for (one, content) in seen.iter().zip(&mut contents) {
                if let Some(mask) = one.mask {
                    redact::mask(content, one.record.kind(), mask);
                }
            }
            return contents;
        }
        let mut stays = contents.iter().zip(&stays).map(|(content, stays)| content.is_some() && *stays);
        seen.retain(|_| stays.next().unwrap_or_default());
    }
}

/// Which records are seen in their own right, or shown by one that is seen.
fn entitled(seen: &[Seen<'_>], shown: &[Vec<usize>]) -> Vec<bool> {
    let mut stays: Vec<bool> = seen.iter().map(|seen| seen.title == Title::Own).collect();
    let mut open: Vec<usize> = (0..seen.len()).filter(|place| stays[*place]).collect();
    while let Some(place) = open.pop() {
        for other in &shown[place] {
            if !std::mem::replace(&mut stays[*other], true) {
                open.push(*other);
            }
        }
    }
    stays
}

/// Gives everything its name, and makes records of it. Also the places, in order, of those that are no records by
/// themselves.
fn named(
    seen: &[Seen<'_>],
    mut contents: Vec<Map<String, Value>>,
    salt: u64,
) -> Result<(Vec<Record>, Key, Vec<usize>)> {
    let kind = |place: usize| seen.get(place).map_or(EntityKind::Region, |seen| seen.record.kind());
    let of_naming = |ids: Naming| -> Vec<usize> {
        seen.iter().enumerate().filter(|(_, seen)| seen.ids == ids).map(|(place, _)| place).collect()
    };
    let is_plain = |seen: &Seen<'_>| seen.ids == Naming::Plain;
    let mut names: Vec<Option<String>> =
        seen.iter().map(|seen| is_plain(seen).then(|| seen.record.id().to_owned())).collect();

    let merged = of_naming(Naming::Merged);
    let texts = texts_of(&merged, &contents, &kind);
    let known = known(&names, &kind);
    let classes = Web::new(&contents, &known).classes(&merged, &texts);
    let first: Vec<usize> = classes.iter().filter_map(|class| class.first().copied()).collect();
    for (class, code) in classes.iter().zip(codes(&first, &texts, &kind, salt)) {
        for place in class {
            names[*place] = Some(code.clone());
        }
    }
    fill(&mut contents, &names, false);

    let coded = of_naming(Naming::Coded);
    let texts = texts_of(&coded, &contents, &kind);
    let known = self::known(&names, &kind);
    let order = Web::new(&contents, &known).order(&coded, &texts)?;
    for (place, code) in order.iter().zip(codes(&order, &texts, &kind, salt)) {
        names[*place] = Some(code);
    }
    fill(&mut contents, &names, true);

    let mut records = BTreeMap::new();
    let (mut key, mut unfit) = (Key::default(), Vec::new());
    for (place, ((seen, mut content), name)) in seen.iter().zip(contents).zip(names).enumerate() {
        let name = EntityRef::new(seen.record.kind(), &name.unwrap_or_default())?;
        content.insert("id".to_owned(), Value::from(&*name.id));
        let record = Record::from_fields(name.kind, &Value::Object(content)).map_err(|error| error.about(&name))?;
        if record.check().is_err() {
            unfit.push(place);
        }
        if seen.ids != Naming::Plain {
            key.ids.entry(name.clone()).or_default().push(seen.record.reference());
        }
        records.insert(name, record);
    }
    Ok((records.into_values().collect(), key, unfit))
}

/// What records are called by those that refer to them, as far as they are called anything.
fn known(names: &[Option<String>], kind: &dyn Fn(usize) -> EntityKind) -> Vec<Option<String>> {
    let called = |(place, name): (usize, &Option<String>)| name.as_ref().map(|name| format!("{} {name}", kind(place)));
    names.iter().enumerate().map(called).collect()
}

/// What is seen of some records by themselves; nothing of the others.
fn texts_of(places: &[usize], contents: &[Map<String, Value>], kind: &dyn Fn(usize) -> EntityKind) -> Vec<String> {
    let mut texts = vec![String::new(); contents.len()];
    for place in places {
        if let (Some(text), Some(content)) = (texts.get_mut(*place), contents.get(*place)) {
            *text = format!("{}\n{}", kind(*place), contents::text_alone(content));
        }
    }
    texts
}

/// Puts names into the places kept for them; their own too, if they all have one.
fn fill(contents: &mut [Map<String, Value>], names: &[Option<String>], are_all: bool) {
    let name = |place: usize| names.get(place).cloned().flatten();
    for (content, own) in contents.iter_mut().zip(names) {
        let own = own.as_deref().filter(|_| are_all).unwrap_or(redact::SELF);
        content.values_mut().for_each(|value| contents::fill(value, own, &name));
    }
}

/// The characters of codes: those that are not taken for others (Crockford's base 32).
const CHARACTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// How many of them make a code: one in two thousand editions of a thousand proposals has two that must be numbered.
const LENGTH: usize = 6;

/// Codes for records in their order, made from what is seen of them; numbered where that gives the same.
fn codes(order: &[usize], texts: &[String], kind: &dyn Fn(usize) -> EntityKind, salt: u64) -> Vec<String> {
    let base = |place: &usize| {
        let mut digits = hash(salt, texts.get(*place).map_or("", |text| text));
        let mut code = format!("{}-", kind(*place));
        for _ in 0..LENGTH {
            code.push(char::from(CHARACTERS[(digits & 31) as usize]));
            digits >>= 5;
        }
        code
    };
    let bases: Vec<String> = order.iter().map(base).collect();
    let mut uses: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for base in &bases {
        uses.entry(base).or_default().1 += 1;
    }
    let mut number = |base: &String| match uses.get_mut(&**base) {
        Some((given, all)) if *all > 1 => {
            *given += 1;
            format!("{base}-{given}")
        }
        _ => base.clone(),
    };
    bases.iter().map(&mut number).collect()
}

/// Where the codes of an edition begin.
fn salt(viewer: &Viewer) -> u64 {
    hash(Random::new(viewer.seed, 0).next(), viewer.edition.as_str())
}

/// FNV-1a (Fowler, Noll and Vo), stirred. No secret rests on it: it sees nothing that the viewer does not.
fn hash(start: u64, text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    Random::new(text.bytes().fold(start ^ 0xcbf2_9ce4_8422_2325, step), 0).next()
}
