//! How an edition is scored, and how far assessors agree.

use std::sync::Arc;

use jipp_core::base::{EditionId, ProposalId};
use jipp_core::evaluation::agreement::{self, ChanceModel as CoreModel, Level as CoreLevel, Ratings};
use jipp_core::network::Scoring as Core;

use crate::base::Lang;
use crate::mirror::{mirrored, read};
use crate::values::{
    ChanceModel, Conflict, ConflictedSheet, Eligibility, EntryQuestion, KnownUncertainty, Level, OutcomeAlpha,
    OutcomeChanceCorrected, OutcomeIcc, OutcomeKendall, ScoringOptions, StageAgreement, Standings, Weighting,
};
use crate::{JippError, Network};

#[uniffi::export]
impl Network {
    /// Whether an innovation may enter an edition, rule by rule.
    ///
    /// # Errors
    /// `not-found`, `option-invalid`; `network-closed`.
    pub fn eligibility(&self, question: EntryQuestion) -> Result<Eligibility, JippError> {
        let question = read(question)?;
        self.ask(|core| core.eligibility(&question))
    }

    /// Who must not score what.
    ///
    /// # Errors
    /// `not-found`; those of ids; `network-closed`.
    pub fn conflicts_of_interest(&self, edition: String) -> Result<Vec<Conflict>, JippError> {
        let edition: EditionId = edition.parse()?;
        self.ask(|core| core.conflicts_of_interest(&edition))
    }

    /// Scores an edition.
    ///
    /// # Errors
    /// `not-found`, `option-invalid`, and those of the rules of the edition; `network-closed`.
    pub fn score(&self, options: ScoringOptions) -> Result<Arc<Scoring>, JippError> {
        let options = read(options)?;
        let core = self.core()?.score(&options)?;
        Ok(Arc::new(Scoring { core }))
    }

    /// What an agency is told of its proposal, as a page of Markdown.
    ///
    /// # Errors
    /// `not-found`; those of ids; `network-closed`.
    pub fn proposal_report(&self, scoring: &Scoring, proposal: String, lang: Lang) -> Result<String, JippError> {
        let proposal: ProposalId = proposal.parse()?;
        Ok(self.core()?.proposal_report(&scoring.core, &proposal)?.to_markdown(lang.into()))
    }

    /// What the plenary is told of an edition, as a page of Markdown.
    ///
    /// # Errors
    /// `not-found`; `network-closed`.
    pub fn edition_report(&self, scoring: &Scoring, lang: Lang) -> Result<String, JippError> {
        Ok(self.core()?.edition_report(&scoring.core)?.to_markdown(lang.into()))
    }
}

/// A scored edition.
#[derive(Debug, uniffi::Object)]
pub struct Scoring {
    core: Core,
}

#[uniffi::export]
impl Scoring {
    /// The places by which is chosen: raw or adjusted, as the options say; none where they are adjusted and scores could
    /// not be.
    ///
    /// # Errors
    /// None in practice; the signature is that of everything that crosses.
    pub fn standings(&self) -> Result<Option<Standings>, JippError> {
        Ok(mirrored(&self.core.standings())?)
    }

    /// The proposals that are chosen, in order.
    pub fn chosen(&self) -> Vec<String> {
        self.core.chosen().iter().map(ToString::to_string).collect()
    }

    /// How sure the places are, or why that is not known; none if it was not asked for.
    ///
    /// # Errors
    /// None in practice.
    pub fn uncertainty(&self) -> Result<Option<KnownUncertainty>, JippError> {
        Ok(mirrored(&self.core.uncertainty)?)
    }

    /// How the assessors agree, stage by stage.
    ///
    /// # Errors
    /// None in practice.
    pub fn agreement(&self) -> Result<Vec<StageAgreement>, JippError> {
        Ok(mirrored(&self.core.agreement)?)
    }

    /// Score sheets of assessors who must not score. They count: whether they should is for people to decide.
    ///
    /// # Errors
    /// None in practice.
    pub fn conflicted(&self) -> Result<Vec<ConflictedSheet>, JippError> {
        Ok(mirrored(&self.core.conflicts)?)
    }
}

/// Ratings of units (rows) by raters (columns); null where a rater gave none.
fn ratings(level: Level, rows: &[Vec<Option<f64>>]) -> jipp_core::Result<Ratings> {
    Ratings::new(read::<CoreLevel>(level)?, rows)
}

/// Krippendorff's alpha of ratings: a row for each unit, in it the ratings of the raters, null where there is none.
///
/// # Errors
/// Kind `invalid` for ratings that are none, with the place.
#[uniffi::export]
pub fn agreement_krippendorff(level: Level, rows: Vec<Vec<Option<f64>>>) -> Result<OutcomeAlpha, JippError> {
    Ok(mirrored(&agreement::krippendorff(&ratings(level, &rows)?))?)
}

/// Kendall's W of ratings.
///
/// # Errors
/// Kind `invalid` for ratings that are none, with the place.
#[uniffi::export]
pub fn agreement_kendall(level: Level, rows: Vec<Vec<Option<f64>>>) -> Result<OutcomeKendall, JippError> {
    Ok(mirrored(&agreement::kendall(&ratings(level, &rows)?))?)
}

/// Intraclass correlations of ratings.
///
/// # Errors
/// Kind `invalid` for ratings that are none, with the place.
#[uniffi::export]
pub fn agreement_icc(level: Level, rows: Vec<Vec<Option<f64>>>) -> Result<OutcomeIcc, JippError> {
    Ok(mirrored(&agreement::icc(&ratings(level, &rows)?))?)
}

/// Agreement corrected for chance: Fleiss, Gwet and others.
///
/// # Errors
/// Kind `invalid` for ratings that are none, with the place; `option-invalid` for a weighting that does not fit.
#[uniffi::export]
pub fn chance_corrected(
    level: Level,
    rows: Vec<Vec<Option<f64>>>,
    model: ChanceModel,
    weighting: Weighting,
) -> Result<OutcomeChanceCorrected, JippError> {
    let (model, weighting): (CoreModel, agreement::Weighting) = (read(model)?, read(weighting)?);
    Ok(mirrored(&agreement::chance_corrected(&ratings(level, &rows)?, model, weighting)?)?)
}
