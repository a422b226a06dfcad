//! Text, needs and what answers them, and innovations that are alike.

use std::sync::Arc;

use jipp_core::base::InnovationId;
use jipp_core::matching::Analyzer as Core;
use jipp_core::network::{Ground as CoreGround, Network as CoreNetwork, Question as CoreQuestion};

use crate::base::Lang;
use crate::mirror::{mirrored, read};
use crate::values::{Candidates, Draft, DraftCheck, DuplicateCluster, DuplicatePair, Ground, Neighbour, Question};
use crate::{JippError, Network};

/// An innovation found while somebody types.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SearchHit {
    /// Its id.
    pub innovation: String,
    /// Its title.
    pub title: String,
    /// The agency that runs it.
    pub owner: String,
    /// Its name.
    pub owner_name: String,
    /// How well it fits, in millionths of a point; 100 points at the most.
    pub score: i64,
}

/// Innovations that are recorded more than once.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Duplicates {
    /// Pairs, the strongest first.
    pub pairs: Vec<DuplicatePair>,
    /// Records that are one thing, by id.
    pub clusters: Vec<DuplicateCluster>,
}

#[uniffi::export]
impl Network {
    /// What fits the words typed so far, best first: quick enough for every keystroke. A word is found by its stem, by
    /// what else stands for it, and with up to two slips of spelling; one of which only the beginning is typed is found
    /// when that is near enough to the whole.
    ///
    /// # Errors
    /// `option-invalid` if `limit` is not 1 to 1,000 or the text longer than 100,000 bytes; `network-closed`.
    #[uniffi::method(default(limit = 10))]
    pub fn search(&self, text: String, limit: u32) -> Result<Vec<SearchHit>, JippError> {
        let question = CoreQuestion { text, limit: limit as usize, feedback: false, ..CoreQuestion::default() };
        let found = self.core()?.candidates(&question)?;
        let hit = |one: jipp_core::network::Candidate| SearchHit {
            innovation: one.innovation.to_string(),
            title: one.title,
            owner: one.owner.to_string(),
            owner_name: one.owner_name,
            score: one.score,
        };
        Ok(found.candidates.into_iter().map(hit).collect())
    }

    /// Which proven innovations fit a need, why, what is lacking for each, and whom to call; best first.
    ///
    /// # Errors
    /// `not-found` if the question names an agency, region or sector that is not there; `option-invalid`;
    /// `network-closed`.
    pub fn candidates(&self, question: Question) -> Result<Candidates, JippError> {
        let question: CoreQuestion = read(question)?;
        self.ask(|core| core.candidates(&question))
    }

    /// The innovations most like one of them, most alike first.
    ///
    /// # Errors
    /// `not-found`; those of ids; `network-closed`.
    #[uniffi::method(default(limit = 10))]
    pub fn neighbours(&self, innovation: String, limit: u32) -> Result<Vec<Neighbour>, JippError> {
        let innovation: InnovationId = innovation.parse()?;
        self.ask(|core| core.neighbours(&innovation, limit as usize))
    }

    /// Whether an idea is new here, possibly a replication, or likely on record already.
    ///
    /// # Errors
    /// `not-found` if it names an owner that is not there; `option-invalid`; `network-closed`.
    pub fn check_draft(&self, draft: Draft) -> Result<DraftCheck, JippError> {
        let draft = read(draft)?;
        self.ask(|core| core.check_draft(&draft))
    }

    /// Innovations that are recorded more than once, with the evidence. It may take seconds for ten thousand innovations.
    ///
    /// # Errors
    /// `network-closed`.
    pub fn duplicates(&self) -> Result<Duplicates, JippError> {
        let found = self.core()?.duplicates(CoreNetwork::duplicate_settings(), &[], &mut |_| true)?;
        Ok(Duplicates { pairs: mirrored(&found.pairs)?, clusters: mirrored(&found.clusters)? })
    }
}

#[uniffi::export]
impl Ground {
    /// The ground in words.
    pub fn words(&self, lang: Lang) -> String {
        read::<CoreGround>(self.clone()).map(|ground| ground.words(lang.into())).unwrap_or_default()
    }
}

/// Takes texts apart: stop words, and Indonesian and English stems.
#[derive(Debug, uniffi::Object)]
pub struct Analyzer {
    core: Core,
}

#[uniffi::export]
impl Analyzer {
    /// The analyzer that networks use.
    #[uniffi::constructor]
    pub fn standard() -> Arc<Self> {
        Arc::new(Self { core: Core::standard() })
    }

    /// The stem of a word: of `pelayanan`, `layan`.
    pub fn stem(&self, word: String) -> String {
        self.core.stem(&word).into_owned()
    }

    /// Whether a word says nothing by itself.
    pub fn is_stop_word(&self, word: String) -> bool {
        self.core.is_stop_word(&word)
    }

    /// The terms of a text, in order, without stop words.
    pub fn terms(&self, text: String) -> Vec<String> {
        self.core.tokens(&text).into_iter().map(|token| token.term).collect()
    }
}
