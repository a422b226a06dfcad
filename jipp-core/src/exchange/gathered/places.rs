//! Which region, and which government, a name stands for.

use std::collections::BTreeMap;

use super::fields::key;
use crate::base::{RegionId, slug};
use crate::model::{AgencyKind, Region, RegionLevel};

/// Resolves the names of regions and governments as people write them.
pub trait Places: Send + Sync {
    /// The region that a text names.
    fn region(&self, text: &str) -> Option<RegionId>;

    /// The kind and region of the government that a text names.
    fn government(&self, agency_name: &str) -> Option<(AgencyKind, RegionId)>;

    /// The id that an agency of this name gets: its words, without *Pemerintah* and *Provinsi*.
    fn agency_slug(&self, name: &str) -> String {
        let slug = slug(name);
        let bare = slug.strip_prefix("pemerintah-").unwrap_or(&slug);
        bare.strip_prefix("provinsi-").unwrap_or(bare).to_owned()
    }
}

/// Regions by their exact names and aliases; case, punctuation and a leading *Provinsi* do not count.
///
/// ```
/// use jipp_core::exchange::gathered::{Places, RegionTable};
/// use jipp_core::model::{AgencyKind, Line, Region, RegionLevel};
/// let riau = Region::new("14".parse()?, Line::new("Riau")?, RegionLevel::Province);
/// let places = RegionTable::new([riau]);
/// assert_eq!(places.government("Pemerintah Provinsi Riau"), Some((AgencyKind::Province, "14".parse()?)));
/// assert_eq!(places.agency_slug("Pemerintah Provinsi Riau"), "riau");
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct RegionTable {
    regions: BTreeMap<RegionId, Region>,
    names: BTreeMap<String, RegionId>,
}

impl RegionTable {
    /// A table of these regions.
    pub fn new(regions: impl IntoIterator<Item = Region>) -> Self {
        let regions: BTreeMap<RegionId, Region> = regions.into_iter().map(|r| (r.id.clone(), r)).collect();
        let mut names = BTreeMap::new();
        for region in regions.values() {
            for name in std::iter::once(&region.name).chain(&region.aliases) {
                names.entry(key(name)).or_insert_with(|| region.id.clone());
            }
        }
        Self { regions, names }
    }

    /// A region by its id.
    pub fn get(&self, id: &RegionId) -> Option<&Region> {
        self.regions.get(id)
    }
    /// Every region, in the order of ids.
    pub fn iter(&self) -> impl Iterator<Item = &Region> {
        self.regions.values()
    }

    fn named(&self, key: &str) -> Option<&Region> {
        self.regions.get(self.names.get(key)?)
    }
}

impl Places for RegionTable {
    fn region(&self, text: &str) -> Option<RegionId> {
        let key = key(text);
        let bare = key.strip_prefix("provinsi ").unwrap_or(&key);
        self.named(bare).map(|region| region.id.clone())
    }

    fn government(&self, agency_name: &str) -> Option<(AgencyKind, RegionId)> {
        let key = key(agency_name);
        let bare = key.strip_prefix("pemerintah ").unwrap_or(&key);
        let bare = bare.strip_prefix("provinsi ").unwrap_or(bare);
        let region = self.named(bare)?;
        let kind = government_kind(region.level)?;
        // A province's bare name names the place; its government is named with a title.
        (kind != AgencyKind::Province || bare != key).then(|| (kind, region.id.clone()))
    }
}

/// The kind of the government of a region.
pub(super) fn government_kind(level: RegionLevel) -> Option<AgencyKind> {
    match level {
        RegionLevel::Province => Some(AgencyKind::Province),
        RegionLevel::Regency => Some(AgencyKind::Regency),
        RegionLevel::City => Some(AgencyKind::City),
        _ => None,
    }
}
