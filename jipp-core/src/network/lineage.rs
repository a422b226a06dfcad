//! The lineage of the network: what it is asked, and what needs more than the lineage to answer.

use std::sync::RwLockReadGuard;

use super::{Inner, Network};
use crate::base::Result;
use crate::lineage::{LineageView, Scope};
use crate::registry::View;

impl Network {
    /// Reads the lineage: sources and replicas, ancestors and descendants, paths, trees, what depends on what, how
    /// innovations spread. Nobody writes while `read` runs, so `read` must not call the network itself: it would wait for its
    /// own end.
    ///
    /// ```
    /// use jipp_core::lineage::Scope;
    /// use jipp_core::model::{Agency, AgencyKind, Innovation, Line, Replication, ReplicationState, Source, Status, Step};
    /// use jipp_core::network::{Network, Options};
    /// use jipp_core::registry::{Action, Stamp};
    ///
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let agency = Agency::new("kota-ambon".parse()?, Line::new("Pemerintah Kota Ambon")?, AgencyKind::City);
    /// let innovation = Innovation::new("kota-ambon/antre".parse()?, Line::new("Antre dari Rumah")?, agency.id.clone());
    /// let mut replication = Replication::new("r1".parse()?);
    /// replication.sources = vec![Source::of(innovation.id.clone())];
    /// replication.target_title = Some(Line::new("Antre Cepat")?);
    /// replication.recipients_note = Some(Line::new("beberapa puskesmas")?);
    /// replication.status = Status { steps: vec![Step::reported(ReplicationState::Implemented, Line::new("berjalan")?)] };
    /// let stamp = Stamp::at("2026-11-22T08:00:00Z".parse()?);
    /// let records = [agency.into(), innovation.into(), replication.into()];
    /// network.commit(&stamp, records.into_iter().map(Action::Register).collect())?;
    ///
    /// let node = "kota-ambon/antre".parse()?;
    /// let replicas = network.lineage(|lineage| lineage.replicas(&node, &Scope::default()))?;
    /// // A replica without an innovation record of its own goes by its replication.
    /// assert_eq!(replicas[0].target.to_string(), "replica:r1");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// What `read` gives.
    ///
    /// # Complexity
    /// The first call after commits brings the index up to them; the very first builds it, linear in all replications.
    pub fn lineage<R>(&self, read: impl FnOnce(LineageView<'_>) -> Result<R>) -> Result<R> {
        let inner = self.lock_with_lineage();
        read(LineageView::new(&inner.lineage, &inner.registry))
    }

    /// The network with its lineage at the revision of its registry.
    pub(super) fn lock_with_lineage(&self) -> RwLockReadGuard<'_, Inner> {
        loop {
            let inner = self.lock();
            if inner.lineage.revision() == inner.registry.revision() {
                return inner;
            }
            drop(inner);
            let inner = &mut *self.lock_mut();
            inner.lineage.catch_up(&inner.registry);
        }
    }
}

impl Inner {
    /// The records as a scope sees them.
    pub(super) fn view_of(&self, scope: &Scope) -> Result<View<'_>> {
        self.registry.as_of(scope.as_of.unwrap_or(self.registry.revision()))
    }
}
