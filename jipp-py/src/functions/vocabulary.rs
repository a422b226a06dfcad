//! The closed vocabularies of the core: their codes, and what each is called.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jipp_core::base::{Lang, Vocabulary};
use jipp_core::{base, evaluation, exchange, hubs, lineage, matching, model, network};
use pyo3::exceptions::{PyKeyError, PyLookupError};
use pyo3::prelude::*;

use super::language;

/// The terms of a vocabulary: code, and its label in Indonesian and in English.
type Terms = Vec<(&'static str, &'static str, &'static str)>;

fn terms<V: Vocabulary>() -> (&'static str, Terms) {
    let term = |term: &V| (term.code(), term.label_id(), term.label_en());
    (V::NAME, V::ALL.iter().map(term).collect())
}

/// Every vocabulary, by name. The tests know when one is missing.
fn all() -> &'static BTreeMap<&'static str, Terms> {
    static ALL: OnceLock<BTreeMap<&'static str, Terms>> = OnceLock::new();
    ALL.get_or_init(|| {
        BTreeMap::from([
            terms::<base::Truth>(),
            terms::<evaluation::agreement::ChanceModel>(),
            terms::<evaluation::agreement::IccForm>(),
            terms::<evaluation::agreement::Level>(),
            terms::<evaluation::agreement::Reason>(),
            terms::<evaluation::agreement::Weighting>(),
            terms::<evaluation::assignment::Apart>(),
            terms::<evaluation::blindness::Naming>(),
            terms::<evaluation::blindness::Phase>(),
            terms::<evaluation::blindness::Role>(),
            terms::<evaluation::blindness::Whose>(),
            terms::<evaluation::decision::Aim>(),
            terms::<evaluation::decision::Normalization>(),
            terms::<evaluation::selection::End>(),
            terms::<evaluation::selection::Method>(),
            terms::<exchange::GraphFormat>(),
            terms::<exchange::NoteKind>(),
            terms::<hubs::Against>(),
            terms::<hubs::Basis>(),
            terms::<hubs::Compared>(),
            terms::<hubs::HubFindingKind>(),
            terms::<hubs::LeftOut>(),
            terms::<hubs::Reading>(),
            terms::<hubs::Stage>(),
            terms::<hubs::StepState>(),
            terms::<hubs::TieRule>(),
            terms::<lineage::AdaptationVerdict>(),
            terms::<lineage::CurveSplit>(),
            terms::<lineage::CurveStep>(),
            terms::<lineage::LinkFinding>(),
            terms::<lineage::Progress>(),
            terms::<matching::MatchKind>(),
            terms::<model::ActivityKind>(),
            terms::<model::AgencyKind>(),
            terms::<model::Aggregation>(),
            terms::<model::AgreementKind>(),
            terms::<model::Aspect>(),
            terms::<model::CertificateKind>(),
            terms::<model::ChangeType>(),
            terms::<model::CompetitionLevel>(),
            terms::<model::Confidence>(),
            terms::<model::ConflictGround>(),
            terms::<model::Continuity>(),
            terms::<model::CooperationModel>(),
            terms::<model::Decision>(),
            terms::<model::DecreeKind>(),
            terms::<model::DesignationEvent>(),
            terms::<model::DifferenceKind>(),
            terms::<model::Dimension>(),
            terms::<model::EntityKind>(),
            terms::<model::EvidenceKind>(),
            terms::<model::EvidenceLevel>(),
            terms::<model::Extent>(),
            terms::<model::FundingSource>(),
            terms::<model::How>(),
            terms::<model::HubKind>(),
            terms::<model::HubState>(),
            terms::<model::InitiatorKind>(),
            terms::<model::InnovationForm>(),
            terms::<model::InnovationStage>(),
            terms::<model::Mark>(),
            terms::<model::MarkerKind>(),
            terms::<model::MilestoneKind>(),
            terms::<model::MissingRule>(),
            terms::<model::PanelKind>(),
            terms::<model::PartnerKind>(),
            terms::<model::ProposalState>(),
            terms::<model::Publication>(),
            terms::<model::RegionLevel>(),
            terms::<model::ReplicationState>(),
            terms::<model::StageKind>(),
            terms::<model::TitleRelation>(),
            terms::<model::TransferMode>(),
            terms::<model::TransferType>(),
            terms::<model::Verification>(),
            terms::<model::lifecycle::Guard>(),
            terms::<network::GapState>(),
            terms::<network::GapTopic>(),
            terms::<network::HubRole>(),
            terms::<network::Novelty>(),
            terms::<network::Stray>(),
            terms::<network::TakerFactor>(),
            terms::<network::Verdict>(),
            terms::<network::Vitality>(),
        ])
    })
}

fn vocabulary(name: &str) -> PyResult<&'static Terms> {
    all().get(name).ok_or_else(|| PyLookupError::new_err(format!("no vocabulary {name:?}")))
}

/// The names of all vocabularies.
#[pyfunction]
pub(crate) fn vocabulary_names() -> Vec<&'static str> {
    all().keys().copied().collect()
}

/// The codes of a vocabulary, in its order.
#[pyfunction]
pub(crate) fn vocabulary_codes(name: &str) -> PyResult<Vec<&'static str>> {
    Ok(vocabulary(name)?.iter().map(|(code, ..)| *code).collect())
}

/// What a code of a vocabulary is called.
#[pyfunction]
pub(crate) fn vocabulary_label(name: &str, code: &str, lang: &str) -> PyResult<&'static str> {
    let lang: Lang = language(lang)?;
    let found = vocabulary(name)?.iter().find(|(known, ..)| *known == code);
    match (found, lang) {
        (Some((_, id, _)), Lang::Id) => Ok(id),
        (Some((_, _, en)), Lang::En) => Ok(en),
        (None, _) => Err(PyKeyError::new_err(format!("no {name} {code:?}"))),
    }
}
