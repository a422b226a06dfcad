//! Which agency a text means, and what id it gets.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Serialize;

use super::gazetteer::{government_of, without_remark};
use super::name_index::{How, NameIndex, Rank};
use super::naming::Reader;
use super::{Agency, AgencyKind, Gazetteer, Line, Naming, RegionLevel, Resolution};
use crate::base::{AgencyId, Code, Error, MAX_ID_BYTES, RegionId, Result, Score, slug};

/// The agency that a text means, and how it was recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgencyMatch {
    /// The agency.
    pub id: AgencyId,
    /// Its official name.
    pub name: Line,
    /// Its kind.
    pub kind: AgencyKind,
    /// The region that it governs or works in.
    pub region: Option<RegionId>,
    /// How it was recognised.
    pub how: How,
    /// The part of the letters that agree: 1 unless recognised by likeness.
    pub likeness: Score,
}

/// Agencies by name: those it was given, and the governments of all regions of a gazetteer.
///
/// The government of a region is one agency whatever it is called. Its id is that of the agency given for it; else the
/// official name of the region as a slug (`jawa-timur`, `kabupaten-banyuwangi`, `kota-denpasar`), with the id of the
/// region behind where two regions have the same name.
///
/// ```
/// # #[cfg(feature = "regions-id")] {
/// use jipp_core::model::AgencyNames;
/// let names = AgencyNames::indonesia()?;
/// for text in ["Provinsi Jawa Timur", "Pemerintah Provinsi Jawa Timur", "Pemprov Jatim"] {
///     assert_eq!(names.id_for(text)?.as_str(), "jawa-timur");
/// }
/// assert_eq!(names.id_for("Pemkot Denpasar")?.as_str(), "kota-denpasar");
/// assert_eq!(names.resolve("KemenPAN-RB")?.id, names.id_for("Kementerian PANRB")?);
/// assert_eq!(names.id_for("Dinas Kesehatan Kota Makassar")?.as_str(), "dinas-kesehatan-kota-makassar");
/// # }
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct AgencyNames {
    gazetteer: Arc<Gazetteer>,
    reader: Reader,
    titles: BTreeMap<RegionLevel, String>,
    agencies: Vec<Agency>,
    names: NameIndex,
    governments: HashMap<RegionId, u32>,
    /// How many regions have a name with this slug.
    slugs: HashMap<String, u32>,
}

impl AgencyNames {
    /// The names of these agencies, and of the governments of the regions of the gazetteer.
    ///
    /// # Complexity
    /// Linear in the number of names.
    pub fn new<'a>(gazetteer: Arc<Gazetteer>, agencies: impl IntoIterator<Item = &'a Agency>, naming: &Naming) -> Self {
        let mut slugs = HashMap::new();
        for name in gazetteer.ids().filter_map(|id| gazetteer.name(id)) {
            *slugs.entry(slug(name)).or_default() += 1;
        }
        let mut all = Self {
            gazetteer,
            reader: Reader::new(naming),
            titles: naming.titles.clone(),
            agencies: Vec::new(),
            names: NameIndex::default(),
            governments: HashMap::new(),
            slugs,
        };
        for agency in agencies {
            let Ok(item) = u32::try_from(all.agencies.len()) else { break };
            let names = agency.aliases.iter().map(|alias| (alias, Rank::Other));
            for (name, rank) in names.chain([(&agency.name, Rank::Official)]) {
                let key = all.reader.key(name);
                all.names.add(&key, rank, item);
                all.names.compare(&key, item);
            }
            if let (Some(region), true) = (&agency.region, governs(agency.kind)) {
                all.governments.entry(region.clone()).or_insert(item);
            }
            all.agencies.push(agency.clone());
        }
        all
    }

    /// The agency that a text means: a known agency or the government of a region by a name of it, else the only
    /// one that a slip of the pen explains. A remark in brackets at the end may be passed over.
    ///
    /// # Errors
    /// `name-ambiguous` with the agencies it may mean, `name-unresolved` with the likest ones.
    ///
    /// # Complexity
    /// Linear in the length of the text; where nothing is exact, in the number of agency names too.
    pub fn resolve(&self, text: &str) -> Result<AgencyMatch> {
        if let Some(found) = self.exact(text)? {
            return Ok(found);
        }
        let key = self.reader.key(text);
        let near = self.names.near(&key, |_| true);
        let slips = NameIndex::slips(&near, &key);
        if let [one] = slips[..] {
            return Ok(self.matched(one.item, How::Likeness, one.likeness()));
        }
        if slips.len() > 1 {
            return Err(self.ambiguous(text, slips.iter().map(|near| near.item)));
        }
        if let Ok(Resolution { id, how: How::Likeness, likeness }) = self.gazetteer.resolve(text)
            && let Some(Agency { id, name, kind, region, .. }) = self.government(&id)?
        {
            return Ok(AgencyMatch { id, name, kind, region, how: How::Likeness, likeness });
        }
        let hint = match self.list(near.iter().take(3).map(|near| near.item)) {
            list if list.is_empty() => "the name of an agency or of the government of a region".to_owned(),
            list => format!("perhaps {list}"),
        };
        Err(Error::new(Code::NameUnresolved).field("agency").value(text).expected(hint))
    }

    /// The id for an agency of this name: that of the agency it means by a name of it, else the name as a slug. So all
    /// spellings of a known agency get one id, and an unknown one gets a stable id. A slip of the pen is not mended here.
    ///
    /// # Errors
    /// `name-ambiguous`; `id-empty` for a text without letters and digits.
    pub fn id_for(&self, text: &str) -> Result<AgencyId> {
        match self.exact(text)? {
            Some(found) => Ok(found.id),
            None => AgencyId::new(cut(&slug(text), MAX_ID_BYTES)),
        }
    }

    /// The government of a region, as a record; `None` if the region is not known.
    ///
    /// # Errors
    /// `text-too-long` if the title and the name of the region are too long together.
    ///
    /// ```
    /// # #[cfg(feature = "regions-id")] {
    /// use jipp_core::model::AgencyNames;
    /// let names = AgencyNames::indonesia()?;
    /// let agency = names.government(&"35".parse()?)?.unwrap();
    /// assert_eq!((agency.id.as_str(), &*agency.name), ("jawa-timur", "Pemerintah Provinsi Jawa Timur"));
    /// # }
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    pub fn government(&self, region: &RegionId) -> Result<Option<Agency>> {
        if let Some(item) = self.governments.get(region) {
            return Ok(Some(self.agencies[*item as usize].clone()));
        }
        let (Some(name), Some(level)) = (self.gazetteer.name(region), self.gazetteer.level(region)) else {
            return Ok(None);
        };
        let Some(kind) = government_of(level) else { return Ok(None) };
        let short = slug(name);
        let id = match self.slugs.get(&short) {
            Some(1) => short,
            _ => format!("{}-{region}", cut(&short, MAX_ID_BYTES.saturating_sub(region.as_str().len() + 1))),
        };
        let name = self.titles.get(&level).map_or_else(|| name.to_owned(), |title| title.replace("{name}", name));
        let mut agency = Agency::new(AgencyId::new(cut(&id, MAX_ID_BYTES))?, Line::new(name)?, kind);
        agency.region = Some(region.clone());
        Ok(Some(agency))
    }

    fn exact(&self, text: &str) -> Result<Option<AgencyMatch>> {
        for text in [Some(text), without_remark(text)].into_iter().flatten() {
            let (rank, found) = self.names.find(&self.reader.key(text), |_| true);
            match found[..] {
                [] => {}
                [item] => return Ok(Some(self.matched(item, rank.how(), Score::from_int(1)))),
                _ => return Err(self.ambiguous(text, found.into_iter())),
            }
            let Some((how, region)) = self.gazetteer.government_named(text)? else { continue };
            if let Some(Agency { id, name, kind, region, .. }) = self.government(&region)? {
                return Ok(Some(AgencyMatch { id, name, kind, region, how, likeness: Score::from_int(1) }));
            }
        }
        Ok(None)
    }

    fn matched(&self, item: u32, how: How, likeness: Score) -> AgencyMatch {
        let Agency { id, name, kind, region, .. } = self.agencies[item as usize].clone();
        AgencyMatch { id, name, kind, region, how, likeness }
    }

    fn ambiguous(&self, text: &str, items: impl Iterator<Item = u32>) -> Error {
        let error = Error::new(Code::NameAmbiguous).field("agency").value(text);
        error.expected(format!("one of: {}", self.list(items.take(5))))
    }

    fn list(&self, items: impl Iterator<Item = u32>) -> String {
        let all: Vec<String> = items
            .map(|item| &self.agencies[item as usize])
            .map(|agency| format!("{} ({})", agency.id, agency.name))
            .collect();
        all.join(", ")
    }
}

/// Whether an agency of this kind is the government of its region.
fn governs(kind: AgencyKind) -> bool {
    matches!(
        kind,
        AgencyKind::Province
            | AgencyKind::Regency
            | AgencyKind::City
            | AgencyKind::Village
            | AgencyKind::LocalGovernment
    )
}

/// The longest beginning of a text with at most this many bytes.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
