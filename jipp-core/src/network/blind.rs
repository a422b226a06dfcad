//! The network as somebody sees it who may not see everything.

use super::{Network, Options};
use crate::base::{Result, Timestamp};
use crate::evaluation::blindness::{self, Key, Policy, Projection, Viewer};
use crate::registry::{Action, Stamp};

impl Network {
    /// What a viewer of an edition sees, as records: see [`blindness`].
    ///
    /// ```
    /// use jipp_core::evaluation::blindness::{Policy, Role, Viewer};
    /// use jipp_core::network::{Network, Options};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let viewer = Viewer::new(Role::Chair, "kipp-2025".parse()?);
    /// assert_eq!(network.project(&viewer, &Policy::standard()?).unwrap_err().code(), "not-found");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`blindness::project`].
    ///
    /// # Complexity
    /// That of [`blindness::project`].
    pub fn project(&self, viewer: &Viewer, policy: &Policy) -> Result<Projection> {
        blindness::project(&self.lock().registry.view(), viewer, policy)
    }

    /// The network as a viewer of an edition sees it: a network of its own in memory, over the
    /// [projection](Self::project) and nothing else. So every question can be put to it, and every answer (searches
    /// with their scores, lists, counts, exports, errors) comes from what the viewer may see. Its journal is one commit
    /// at the beginning of 1970; what is committed to it goes nowhere else.
    ///
    /// ```
    /// use jipp_core::evaluation::blindness::{Policy, Role, Viewer};
    /// use jipp_core::model::{Competition, CompetitionLevel, Edition, EntityKind, Line};
    /// use jipp_core::network::{Network, Options};
    /// use jipp_core::registry::{Action, Stamp};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let name = Line::new("Kompetisi Inovasi Pelayanan Publik")?;
    /// let competition = Competition::new("kipp".parse()?, name, CompetitionLevel::National);
    /// let edition = Edition::new("kipp-2025".parse()?, competition.id.clone());
    /// let stamp = Stamp::at("2026-11-21T08:00:00Z".parse()?);
    /// network.commit(&stamp, vec![Action::Register(competition.into()), Action::Register(edition.into())])?;
    ///
    /// let viewer = Viewer::new(Role::Public, "kipp-2025".parse()?);
    /// let seen = network.seen_by(&viewer, &Policy::standard()?)?;
    /// assert_eq!(seen.read(|view| view.count(EntityKind::Edition)), 1);
    /// assert_eq!(seen.read(|view| view.count(EntityKind::Proposal)), 0);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`blindness::project`].
    ///
    /// # Complexity
    /// That of [`blindness::project`], and that of registering what is seen and of analysing its texts.
    pub fn seen_by(&self, viewer: &Viewer, policy: &Policy) -> Result<Self> {
        let projection = self.project(viewer, policy)?;
        let seen = Self::in_memory(&Options::new(ORIGIN)?)?;
        let actions: Vec<Action> = projection.records.into_iter().map(Action::Register).collect();
        if !actions.is_empty() {
            seen.commit(&Stamp::at(Timestamp::from_millis(0)), actions)?;
        }
        Ok(seen)
    }

    /// What the codes stand for in what a viewer sees: for those alone who may know, such as the secretariat.
    ///
    /// ```
    /// use jipp_core::evaluation::blindness::{Policy, Viewer};
    /// use jipp_core::network::{Network, Options};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let viewer = Viewer::assessor("kipp-2025".parse()?, "te-7".parse()?);
    /// assert_eq!(network.decode(&viewer, &Policy::standard()?).unwrap_err().code(), "not-found");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`blindness::key`].
    ///
    /// # Complexity
    /// That of [`blindness::key`].
    pub fn decode(&self, viewer: &Viewer, policy: &Policy) -> Result<Key> {
        blindness::key(&self.lock().registry.view(), viewer, policy)
    }
}

/// The name of the copy that a viewer gets; the same for all, for it stands in the journal.
const ORIGIN: &str = "projection";
