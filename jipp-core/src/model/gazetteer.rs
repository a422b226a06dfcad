//! Which region a text means.
//!
//! People write the same region in many ways: `Kab. Banyuwangi`, `PEMKAB BANYUWANGI`, `banyuwangi`, `35.10`, `3510`.
//! A [`Gazetteer`] knows the regions it was given, of any country, and how names are written there ([`Naming`]). It says
//! how sure it is ([`How`]) and never guesses between two: it lists them.

use std::collections::HashMap;

use serde::Serialize;

use super::name_index::{How, NameIndex, Near, Rank};
use super::naming::{Reader, Reading};
use super::{AgencyKind, Naming, Point, Region, RegionLevel, great_circle_km};
use crate::base::{Code, Error, RegionId, Result, Score};

/// What the caller knows of the region besides its name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// Its level.
    pub level: Option<RegionLevel>,
    /// A region that it is, or is part of.
    pub within: Option<&'a RegionId>,
}

/// The region that a text means, and how it was recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resolution {
    /// The region.
    pub id: RegionId,
    /// How it was recognised.
    pub how: How,
    /// The part of the letters that agree: 1 unless recognised by likeness.
    pub likeness: Score,
}

/// What a gazetteer keeps of a region.
#[derive(Clone, Debug)]
struct Place {
    id: RegionId,
    name: String,
    level: RegionLevel,
    parent: Option<u32>,
    center: Option<Point>,
}

/// A code as it is written in a system.
#[derive(Clone, Debug)]
struct Written {
    /// The system; `None` for the id itself.
    system: Option<String>,
    code: String,
    place: u32,
}

/// The regions of a network by name and code.
///
/// ```
/// use jipp_core::model::{Gazetteer, How, Naming, Region, RegionLevel};
/// let regions = [
///     Region::new("ke-30".parse()?, "Nairobi City".parse()?, RegionLevel::County),
///     Region::new("ke-28".parse()?, "Mombasa".parse()?, RegionLevel::County),
/// ];
/// let gazetteer = Gazetteer::new(&regions, &Naming::default());
/// assert_eq!(gazetteer.resolve("MOMBASA")?.id.as_str(), "ke-28");
/// assert_eq!(gazetteer.resolve("Nairobbi City")?.how, How::Likeness);
/// assert_eq!(gazetteer.resolve("Kisumu").unwrap_err().code(), "name-unresolved");
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Gazetteer {
    places: Vec<Place>,
    by_id: HashMap<RegionId, u32>,
    names: NameIndex,
    codes: HashMap<String, Vec<Written>>,
    reader: Reader,
    id_system: Option<String>,
}

/// Errors list at most this many regions.
const LISTED: usize = 5;

impl Gazetteer {
    /// A gazetteer of these regions. Of regions with the same id the first counts; a parent that is not among them is
    /// unknown.
    ///
    /// # Complexity
    /// Linear in the number of names and codes.
    pub fn new<'r>(regions: impl IntoIterator<Item = &'r Region>, naming: &Naming) -> Self {
        let mut gazetteer = Self {
            places: Vec::new(),
            by_id: HashMap::new(),
            names: NameIndex::default(),
            codes: HashMap::new(),
            reader: Reader::new(naming),
            id_system: naming.id_system.clone(),
        };
        let mut parents = Vec::new();
        for region in regions {
            let Ok(place) = u32::try_from(gazetteer.places.len()) else { break };
            if gazetteer.by_id.contains_key(&region.id) {
                continue;
            }
            gazetteer.by_id.insert(region.id.clone(), place);
            gazetteer.places.push(Place {
                id: region.id.clone(),
                name: region.name.to_string(),
                level: region.level,
                parent: None,
                center: region.center,
            });
            parents.push(region.parent.as_ref());
            gazetteer.add_name(&region.name, place, Rank::Official, Rank::OfficialBare);
            for alias in &region.aliases {
                gazetteer.add_name(alias, place, Rank::Other, Rank::OtherBare);
            }
            gazetteer.add_code(None, region.id.as_str(), place);
            for external in &region.external_ids {
                gazetteer.add_code(Some(&external.system), &external.value, place);
            }
        }
        for (place, parent) in parents.into_iter().enumerate() {
            gazetteer.places[place].parent = parent.and_then(|id| gazetteer.by_id.get(id.as_str()).copied());
        }
        gazetteer
    }

    fn add_name(&mut self, name: &str, place: u32, written: Rank, bare: Rank) {
        let level = self.place(place).level;
        // "City" is left out of the name of a city only: a district may well be called New City.
        let readings: Vec<Reading> =
            self.reader.readings(name).into_iter().filter(|reading| reading.level.is_none_or(|l| l == level)).collect();
        for reading in &readings {
            self.names.add(&reading.key, if reading.left_out == 0 { written } else { bare }, place);
        }
        if let Some(reading) = readings.last() {
            self.names.compare(&reading.key, place);
        }
    }

    fn add_code(&mut self, system: Option<&str>, code: &str, place: u32) {
        let written = Written { system: system.map(str::to_owned), code: code.to_owned(), place };
        self.codes.entry(plain_code(code)).or_default().push(written);
    }

    fn place(&self, place: u32) -> &Place {
        &self.places[place as usize]
    }

    fn find(&self, id: &RegionId) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// How many regions it knows.
    pub fn len(&self) -> usize {
        self.places.len()
    }
    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
    /// The official name of a region; `None` if it is not known here.
    pub fn name(&self, id: &RegionId) -> Option<&str> {
        self.find(id).map(|place| self.place(place).name.as_str())
    }
    /// The level of a region; `None` if it is not known here.
    pub fn level(&self, id: &RegionId) -> Option<RegionLevel> {
        self.find(id).map(|place| self.place(place).level)
    }
    /// The ids of all regions, in the order given.
    pub fn ids(&self) -> impl Iterator<Item = &RegionId> {
        self.places.iter().map(|place| &place.id)
    }

    /// The region that a text means; [`resolve_with`](Self::resolve_with) without a hint.
    ///
    /// # Errors
    /// `name-ambiguous` with the regions it may mean, `name-unresolved` with the likest ones.
    ///
    /// # Complexity
    /// Linear in the length of the text; where nothing is exact, in the number of names too.
    ///
    /// ```
    /// # #[cfg(feature = "regions-id")] {
    /// use jipp_core::model::{Gazetteer, How};
    /// let gazetteer = Gazetteer::indonesia()?;
    /// for text in ["Kab. Banyuwangi", "PEMKAB BANYUWANGI", "banyuwangi", "35.10", "3510", "Banyuwanggi"] {
    ///     assert_eq!(gazetteer.resolve(text)?.id.as_str(), "35.10");
    /// }
    /// assert_eq!(gazetteer.resolve("jatim")?.how, How::Alias);
    /// let error = gazetteer.resolve("Malang").unwrap_err();
    /// assert_eq!(error.code(), "name-ambiguous");
    /// assert_eq!(error.hint(), Some("one of: 35.07 Kabupaten Malang, 35.73 Kota Malang"));
    /// # }
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    pub fn resolve(&self, text: &str) -> Result<Resolution> {
        self.resolve_with(text, &Hint::default())
    }

    /// The region that a text means, of those that fit the hint.
    ///
    /// Case, punctuation, blanks and diacritics do not count. The words around a name ([`Naming`]) may be there or not;
    /// where they tell a level, the region is of that level. Then, in this order:
    ///
    /// 1. A region with exactly this official name; else one with exactly this alias. So *Gorontalo*, *Jambi* and *Papua*
    ///    are provinces, whose official names they are, though cities and regencies bear them too.
    /// 2. A region whose official name is this after its level words; else one whose alias is: *Banyuwangi*.
    ///    *Malang* is ambiguous: there is a *Kabupaten Malang* and a *Kota Malang*.
    /// 3. A code, with or without its punctuation. A text that is an id of one region and, in another system, the
    ///    number of another is ambiguous; [`resolve_code`](Self::resolve_code) tells them apart.
    /// 4. For `Banjar, Jawa Barat`: the first part within the last.
    /// 5. The only region that a slip of the pen explains: one letter wrong in a name of six to nine letters, two in a
    ///    longer one. Shorter names are suggested, not taken.
    ///
    /// # Errors
    /// `name-ambiguous` with the regions it may mean, `name-unresolved` with the likest ones.
    ///
    /// # Complexity
    /// As [`resolve`](Self::resolve).
    ///
    /// ```
    /// # #[cfg(feature = "regions-id")] {
    /// use jipp_core::model::{Gazetteer, Hint, RegionLevel};
    /// let gazetteer = Gazetteer::indonesia()?;
    /// let hint = Hint { level: Some(RegionLevel::City), ..Hint::default() };
    /// assert_eq!(gazetteer.resolve("Gorontalo")?.id.as_str(), "75");
    /// assert_eq!(gazetteer.resolve_with("Gorontalo", &hint)?.id.as_str(), "75.71");
    /// let java = gazetteer.resolve("Jawa Barat")?.id;
    /// let hint = Hint { within: Some(&java), ..Hint::default() };
    /// assert_eq!(gazetteer.resolve_with("Banjar", &hint)?.id.as_str(), "32.79");
    /// # }
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    pub fn resolve_with(&self, text: &str, hint: &Hint<'_>) -> Result<Resolution> {
        let readings = self.reader.readings(text);
        if let Some((how, found)) = self.by_name(&readings, hint) {
            return self.only(text, how, &found);
        }
        let found: Vec<u32> = self.by_code(text).into_iter().filter(|place| self.fits(*place, None, hint)).collect();
        if !found.is_empty() {
            return self.only(text, How::Code, &found);
        }
        if let (None, Some((name, whole))) = (hint.within, text.rsplit_once(','))
            && let Some((_, found)) = self.by_name(&self.reader.readings(whole), &Hint::default())
            && let [whole] = found[..]
            && let Ok(part) = self.resolve_with(name, &Hint { within: Some(&self.place(whole).id), ..*hint })
        {
            return Ok(part);
        }
        let Some(reading) = readings.last() else {
            return Err(unresolved(text).expected("the name or the code of a region"));
        };
        let near = self.names.near(&reading.key, |place| self.fits(place, reading.level, hint));
        let slips = NameIndex::slips(&near, &reading.key);
        match slips[..] {
            [] => Err(unresolved(text).expected(self.suggestion(&near))),
            [near] => {
                Ok(Resolution { id: self.place(near.item).id.clone(), how: How::Likeness, likeness: near.likeness() })
            }
            _ => self.only(text, How::Likeness, &slips.iter().map(|near| near.item).collect::<Vec<_>>()),
        }
    }

    /// The region that has this code in a system: the system of an external id, or [`Naming::id_system`] for the ids
    /// themselves. Case and punctuation do not count.
    ///
    /// # Errors
    /// `name-unresolved`; `name-ambiguous` if two regions carry the same code.
    ///
    /// ```
    /// # #[cfg(feature = "regions-id")] {
    /// use jipp_core::model::Gazetteer;
    /// let gazetteer = Gazetteer::indonesia()?;
    /// assert_eq!(gazetteer.resolve("1108").unwrap_err().code(), "name-ambiguous");
    /// assert_eq!(gazetteer.resolve_code("BPS", "1108")?.as_str(), "11.06");
    /// assert_eq!(gazetteer.resolve_code("Kemendagri", "1108")?.as_str(), "11.08");
    /// # }
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    pub fn resolve_code(&self, system: &str, code: &str) -> Result<RegionId> {
        let wanted = crate::base::slug(system);
        let is_wanted = |system: Option<&str>| system.is_some_and(|system| crate::base::slug(system) == wanted);
        let own = is_wanted(self.id_system.as_deref());
        let all = self.codes.get(&plain_code(code)).into_iter().flatten();
        let mut found: Vec<u32> = all
            .filter(|written| is_wanted(written.system.as_deref()) || (own && written.system.is_none()))
            .map(|written| written.place)
            .collect();
        found.sort_unstable();
        found.dedup();
        if found.is_empty() {
            return Err(unresolved(code).expected(format!("a code of the system {system}")));
        }
        self.only(code, How::Code, &found).map(|resolution| resolution.id)
    }

    /// The government that an agency name means: its kind, and the region that it governs. Slips of the pen and codes
    /// do not count here, a remark in brackets at the end is passed over, and an ambiguous name means none.
    ///
    /// ```
    /// # #[cfg(feature = "regions-id")] {
    /// use jipp_core::model::{AgencyKind, Gazetteer};
    /// let gazetteer = Gazetteer::indonesia()?;
    /// let found = gazetteer.government_region("Pemkab Banyuwangi");
    /// assert_eq!(found, Some((AgencyKind::Regency, "35.10".parse()?)));
    /// assert_eq!(gazetteer.government_region("Dinas Kesehatan Kabupaten Banyuwangi"), None);
    /// # }
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    pub fn government_region(&self, agency_name: &str) -> Option<(AgencyKind, RegionId)> {
        let texts = [Some(agency_name), without_remark(agency_name)];
        let id = texts.into_iter().flatten().find_map(|text| self.government_named(text).ok().flatten())?.1;
        Some((government_of(self.level(&id)?)?, id))
    }

    /// The region whose government a name means; `name-ambiguous` if it may be several.
    pub(super) fn government_named(&self, text: &str) -> Result<Option<(How, RegionId)>> {
        let Some((how, found)) = self.by_name(&self.reader.readings(text), &Hint::default()) else { return Ok(None) };
        self.only(text, how, &found).map(|resolution| Some((how, resolution.id)))
    }

    /// The regions that a region is part of, the nearest first; empty if it is not known here.
    pub fn ancestors(&self, id: &RegionId) -> Vec<&RegionId> {
        self.find(id).map_or_else(Vec::new, |place| self.line(place).skip(1).map(|p| &self.place(p).id).collect())
    }

    /// The province that a region is or is part of; where no province is above it, its topmost region. `None` if it is
    /// not known here.
    ///
    /// ```
    /// # #[cfg(feature = "regions-id")] {
    /// use jipp_core::model::Gazetteer;
    /// let gazetteer = Gazetteer::indonesia()?;
    /// assert_eq!(gazetteer.province_of(&"35.10".parse()?), Some(&"35".parse()?));
    /// # }
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    pub fn province_of(&self, id: &RegionId) -> Option<&RegionId> {
        let line: Vec<u32> = self.line(self.find(id)?).collect();
        let province = line.iter().find(|place| self.place(**place).level == RegionLevel::Province);
        province.or(line.last()).map(|place| &self.place(*place).id)
    }

    /// The distance of the centres of two regions in kilometres ([`great_circle_km`]); `None` where a region or its
    /// centre is not known.
    pub fn distance_km(&self, a: &RegionId, b: &RegionId) -> Option<f64> {
        let center = |id| self.find(id).and_then(|place| self.place(place).center);
        Some(great_circle_km(center(a)?, center(b)?))
    }

    /// A region and those it is part of, the nearest first. Ends at a circle, which no network accepts anyhow.
    fn line(&self, place: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(place), |place| self.place(*place).parent).take(self.places.len())
    }

    fn fits(&self, place: u32, level: Option<RegionLevel>, hint: &Hint<'_>) -> bool {
        let own = self.place(place).level;
        level.is_none_or(|level| level == own)
            && hint.level.is_none_or(|level| level == own)
            && hint.within.is_none_or(|id| self.line(place).any(|above| self.place(above).id == *id))
    }

    /// The regions that a name means most strongly, read with as few words left out as it takes.
    fn by_name(&self, readings: &[Reading], hint: &Hint<'_>) -> Option<(How, Vec<u32>)> {
        readings.iter().find_map(|reading| {
            let (rank, found) = self.names.find(&reading.key, |place| self.fits(place, reading.level, hint));
            (!found.is_empty()).then(|| (rank.how(), found))
        })
    }

    /// The regions with this code in any system, each once; those that are written so, if the text has punctuation.
    fn by_code(&self, text: &str) -> Vec<u32> {
        let text = text.trim();
        let plain = plain_code(text);
        let all = self.codes.get(&plain).map_or(&[][..], Vec::as_slice);
        let as_written = |written: &&Written| written.code.eq_ignore_ascii_case(text);
        let exact = text.len() != plain.len() && all.iter().any(|written| as_written(&written));
        let mut found: Vec<u32> = all.iter().filter(|w| !exact || as_written(w)).map(|w| w.place).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn only(&self, text: &str, how: How, found: &[u32]) -> Result<Resolution> {
        if let [place] = found {
            return Ok(Resolution { id: self.place(*place).id.clone(), how, likeness: Score::from_int(1) });
        }
        let error = Error::new(Code::NameAmbiguous).field("region").value(text);
        Err(error.expected(format!("one of: {}", self.list(found.iter().copied()))))
    }

    fn suggestion(&self, near: &[Near]) -> String {
        if near.is_empty() {
            return "the name or the code of a region".to_owned();
        }
        format!("perhaps {}", self.list(near.iter().take(LISTED).map(|near| near.item)))
    }

    fn list(&self, places: impl Iterator<Item = u32>) -> String {
        let mut all: Vec<String> = places
            .take(LISTED + 1)
            .map(|place| self.place(place))
            .map(|place| format!("{} {}", place.id, place.name))
            .collect();
        if all.len() > LISTED {
            all.truncate(LISTED);
            all.push("...".to_owned());
        }
        all.join(", ")
    }
}

/// The kind of the government of a region of this level; a country's is not one agency.
pub(super) fn government_of(level: RegionLevel) -> Option<AgencyKind> {
    match level {
        RegionLevel::Country => None,
        RegionLevel::Province => Some(AgencyKind::Province),
        RegionLevel::Regency => Some(AgencyKind::Regency),
        RegionLevel::City => Some(AgencyKind::City),
        RegionLevel::Village => Some(AgencyKind::Village),
        _ => Some(AgencyKind::LocalGovernment),
    }
}

fn unresolved(text: &str) -> Error {
    Error::new(Code::NameUnresolved).field("region").value(text)
}

/// A code without punctuation, in lower case.
fn plain_code(code: &str) -> String {
    code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The text before a remark in brackets at the end, if there is one.
pub(super) fn without_remark(text: &str) -> Option<&str> {
    let (name, _) = text.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    Some(name.trim_end())
}
