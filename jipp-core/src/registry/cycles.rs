//! Circles: no innovation is its own ancestor, and no region, agency, sector or affair its own parent.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::draft::Draft;
use crate::base::{Code, Error, Id, Result};
use crate::model::lifecycle::Facts as _;
use crate::model::{EntityKind, EntityRef, Record, Replication};

impl Draft<'_> {
    /// Refuses a commit that closes a circle. Lineages are walked through once for all replications of the commit; only
    /// where there is a circle, each is looked at by itself to say which closes it.
    ///
    /// Linear in what descends from the targets, times the logarithm of the records.
    pub(super) fn check_all_cycles(&self) -> Result<()> {
        let of_lineage =
            |subject: &&EntityRef| matches!(subject.kind, EntityKind::Replication | EntityKind::Innovation);
        // What was retracted closes nothing.
        let standing = self.contents().iter().filter(|(_, content)| !content.is_retracted).map(|(subject, _)| subject);
        let (lineage, others): (Vec<&EntityRef>, Vec<&EntityRef>) = standing.partition(of_lineage);
        others.into_iter().try_for_each(|subject| self.check_cycles(subject))?;
        if self.has_circle(&lineage) {
            lineage.into_iter().try_for_each(|subject| self.check_cycles(subject))?;
        }
        Ok(())
    }

    /// Whether lineages that stood apart meet in an innovation: it was merged into another, or restored between two that
    /// were linked while it was away.
    fn joins_lineages(&self, subject: &EntityRef) -> bool {
        self.is_merged(subject) || self.was_retracted(subject)
    }

    /// Whether a circle can be reached from what replications (or merges of innovations) of the commit made: walks in
    /// depth, and meets something that is still open.
    fn has_circle(&self, subjects: &[&EntityRef]) -> bool {
        let mut is_done: HashMap<Arc<str>, bool> = HashMap::new();
        let starts = subjects.iter().filter_map(|subject| match subject.kind {
            EntityKind::Innovation if !self.joins_lineages(subject) => None,
            EntityKind::Innovation => self.innovation(&subject.id),
            _ => self.innovation(self.find_as::<Replication>(&subject.id)?.target.as_ref()?.as_str()),
        });
        for start in starts {
            if is_done.contains_key(&start) {
                continue;
            }
            let mut path = vec![(Arc::clone(&start), self.made_from(&start))];
            is_done.insert(start, false);
            while let Some((node, children)) = path.last_mut() {
                let Some(child) = children.pop() else {
                    is_done.insert(Arc::clone(node), true);
                    path.pop();
                    continue;
                };
                match is_done.get(&child) {
                    Some(false) => return true,
                    Some(true) => {}
                    None => {
                        is_done.insert(Arc::clone(&child), false);
                        let further = self.made_from(&child);
                        path.push((child, further));
                    }
                }
            }
        }
        false
    }

    /// The id of the innovation that stands for one, merges followed.
    fn innovation(&self, id: &str) -> Option<Arc<str>> {
        self.standing(EntityKind::Innovation, id).map(|content| content.record.reference().id)
    }

    /// The innovations that replications made from one.
    fn made_from(&self, innovation: &Arc<str>) -> Vec<Arc<str>> {
        let node = EntityRef { kind: EntityKind::Innovation, id: Arc::clone(innovation) };
        let taking = self.referring(EntityKind::Replication, &node).into_iter().filter_map(|record| match record {
            Record::Replication(replication) => Some(&**replication),
            _ => None,
        });
        let stands = |id: &str| self.innovation(id).as_deref() == Some(&**innovation);
        taking
            .filter(|replication| replication.sources.iter().any(|source| stands(source.innovation.as_str())))
            .filter_map(|replication| self.innovation(replication.target.as_ref()?.as_str()))
            .collect()
    }

    /// Refuses what would make an innovation its own ancestor, or a region, agency, sector or affair its own parent.
    pub(super) fn check_cycles(&self, subject: &EntityRef) -> Result<()> {
        match subject.kind {
            EntityKind::Replication => match self.find_as::<Replication>(&subject.id) {
                Some(replication) => self.check_lineage(subject, replication),
                None => Ok(()),
            },
            // Every replication of what stands for it is looked at.
            EntityKind::Innovation if self.joins_lineages(subject) => self
                .referring(EntityKind::Replication, subject)
                .into_iter()
                .filter_map(|record| match record {
                    Record::Replication(replication) => Some(&**replication),
                    _ => None,
                })
                .try_for_each(|replication| self.check_lineage(subject, replication)),
            EntityKind::Region | EntityKind::Agency | EntityKind::Sector | EntityKind::Affair => {
                self.check_parents(subject)
            }
            _ => Ok(()),
        }
    }

    /// Walks down from the target; meeting a source closes a cycle. Linear in the descendants of the target.
    fn check_lineage(&self, subject: &EntityRef, replication: &Replication) -> Result<()> {
        let stands = |id: &str| self.standing(EntityKind::Innovation, id).map(|content| content.record.reference());
        let Some(target) = replication.target.as_ref().and_then(|target| stands(target.as_str())) else {
            return Ok(());
        };
        let sources: BTreeSet<EntityRef> =
            replication.sources.iter().filter_map(|source| stands(source.innovation.as_str())).collect();
        let mut came_from: BTreeMap<EntityRef, Option<EntityRef>> = BTreeMap::from([(target.clone(), None)]);
        let mut open = vec![target];
        while let Some(node) = open.pop() {
            if sources.contains(&node) {
                let mut path = vec![node.id.to_string()];
                let mut at = &node;
                while let Some(Some(previous)) = came_from.get(at) {
                    path.push(previous.id.to_string());
                    at = previous;
                }
                path.reverse();
                path.push(path[0].clone());
                return Err(Error::new(Code::LineageCycle).about(subject).field("target").value(path.join(" -> ")));
            }
            for record in self.referring(EntityKind::Replication, &node) {
                let Record::Replication(next) = record else { continue };
                let takes =
                    next.sources.iter().any(|source| stands(source.innovation.as_str()).as_ref() == Some(&node));
                let Some(child) = next.target.as_ref().filter(|_| takes).and_then(|target| stands(target.as_str()))
                else {
                    continue;
                };
                if !came_from.contains_key(&child) {
                    came_from.insert(child.clone(), Some(node.clone()));
                    open.push(child);
                }
            }
        }
        Ok(())
    }

    fn check_parents(&self, subject: &EntityRef) -> Result<()> {
        let parent = |record: &Record| match record {
            Record::Region(region) => region.parent.as_ref().map(Id::shared),
            Record::Agency(agency) => agency.parent.as_ref().map(Id::shared),
            Record::Sector(sector) => sector.parent.as_ref().map(Id::shared),
            Record::Affair(affair) => affair.parent.as_ref().map(Id::shared),
            _ => None,
        };
        let mut path = Vec::new();
        let mut at = self.standing(subject.kind, &subject.id);
        while let Some(content) = at {
            let id = content.record.id().to_owned();
            if path.contains(&id) {
                path.push(id);
                return Err(Error::new(Code::HierarchyCycle).about(subject).field("parent").value(path.join(" -> ")));
            }
            path.push(id);
            at = parent(&content.record).and_then(|parent| self.standing(subject.kind, &parent));
        }
        Ok(())
    }
}
