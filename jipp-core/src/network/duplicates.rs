//! *Everything -> duplicate clusters*: the same innovation filed twice.
//!
//! Innovations are compared by title, full name, owner, province, year, problem and solution; see
//! [`linkage`](crate::matching::linkage) for how the evidence is weighed. A replica is no duplicate: another owner, or a
//! replication that is known, never makes a cluster by itself. Numbers of other systems are left out: two systems give one
//! innovation two numbers, and within one system the registry refuses a number twice.

use super::candidates::place_of;
use crate::base::Result;
use crate::matching::linkage::{FieldSpec, Guidance, Label, Level, LinkageProgress, LinkageResult};
use crate::matching::linkage::{LinkageSettings, RecordLinker, Table};
use crate::model::{Entity, Innovation, Replication};
use crate::registry::View;

/// How innovations are compared. The owner is the agency on record, and must be the same; its name is compared too, since
/// agencies may be recorded twice.
pub(super) fn settings() -> LinkageSettings {
    LinkageSettings::new(vec![
        FieldSpec::text("title"),
        FieldSpec::text("expansion"),
        FieldSpec::text("owner name"),
        FieldSpec::code("owner").must_agree(Level::Exact),
        FieldSpec::text("province"),
        FieldSpec::year("implemented on"),
        FieldSpec::long_text("problem"),
        FieldSpec::long_text("solution"),
    ])
}

/// Finds innovations that are recorded more than once.
pub(super) fn duplicates(
    view: &View<'_>,
    settings: LinkageSettings,
    labels: &[Label],
    progress: &mut dyn FnMut(LinkageProgress) -> bool,
) -> Result<LinkageResult> {
    let mut table = Table::new(&settings);
    for innovation in view.all::<Innovation>() {
        let (owner, region) = place_of(view, innovation);
        let province = region.and_then(|region| view.province_of(region)).and_then(Entity::name);
        let since = innovation.implemented_on.map(|on| on.year().to_string());
        let owner_name = owner.and_then(Entity::name);
        let owner = owner.map_or(innovation.owner.as_str(), |owner| owner.id.as_str());
        table.push(
            innovation.id.as_str(),
            &[
                Some(&*innovation.title),
                innovation.expansion.as_deref().or(innovation.nickname.as_deref()),
                owner_name,
                Some(owner),
                province,
                since.as_deref(),
                innovation.problem.as_deref(),
                innovation.solution.as_deref(),
            ],
        )?;
    }
    let guidance = Guidance { cannot_link: replicas(view), labels: labels.to_vec() };
    RecordLinker::new(settings)?.dedupe_with(&table, &guidance, progress)
}

/// The pairs that a replication joins.
fn replicas(view: &View<'_>) -> Vec<(String, String)> {
    let stands = |id: &str| view.find::<Innovation>(id).map(|found| found.id.to_string());
    let mut pairs = Vec::new();
    for replication in view.all::<Replication>() {
        let Some(target) = replication.target.as_ref().and_then(|target| stands(target.as_str())) else { continue };
        let sources = replication.sources.iter().filter_map(|source| stands(source.innovation.as_str()));
        pairs.extend(sources.filter(|source| *source != target).map(|source| (source, target.clone())));
    }
    pairs
}
