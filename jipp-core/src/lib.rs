//! jipp: networks of public-service innovation, embedded.
//!
//! It models innovations, who replicated them and how they were adapted, the hubs that carry them, and how they are scored;
//! and it answers the question all this is for: *we have this need, which proven innovations could we replicate, why, what
//! do we lack for each, and whom do we call?* Made for Indonesia's JIPP (Jaringan Inovasi Pelayanan Publik) first; regions,
//! rubrics, editions and vocabularies are data, so that any such network can use it.
//!
//! Begin with [`network::Network`]. Everything that happens to a network is a [`registry::Change`]; what a network is
//! made of is in [`model`]; files come in and go out through [`exchange`].
//!
//! # The words of the domain
//!
//! | Indonesian | English | here |
//! | --- | --- | --- |
//! | inovasi pelayanan publik | public-service innovation | [`model::Innovation`] |
//! | instansi | agency | [`model::Agency`] |
//! | unit pelayanan publik (UPP) | service unit | [`model::Unit`] |
//! | wilayah; daerah 3T | region; disadvantaged, frontier, outermost | [`model::Region`] |
//! | replikasi | replication | [`model::Replication`] |
//! | adaptasi, modifikasi | how far a replica departs | [`model::ChangeType`] |
//! | faktor pembeda | differentiator | [`model::Difference`] |
//! | kesepakatan / PKS / MoU | agreement | [`model::Agreement`] |
//! | simpul / hub | hub | [`model::Hub`] |
//! | penetapan, komitmen | designation, commitment | [`model::Designation`] |
//! | pendampingan, tukar pengalaman | mentoring, exchange of experience | [`model::Activity`] |
//! | mitra | partner | [`model::Partner`] |
//! | kompetisi, tahun kompetisi | competition, edition | [`model::Competition`], [`model::Edition`] |
//! | kelompok, kategori | group, category | [`model::Group`], [`model::Category`] |
//! | proposal, bagian | proposal, section | [`model::Proposal`], [`model::Section`] |
//! | instrumen penilaian, kriteria, bobot | rubric, criterion, weight | [`model::Rubric`], [`model::Criterion`] |
//! | penilai, lembar nilai | assessor, score sheet | [`model::Assessor`], [`model::ScoreSheet`] |
//! | uji publik / sanggahan | public test / objection | [`model::Objection`] |
//! | penghargaan | award | [`model::Award`] |
//! | penilaian kematangan | maturity assessment | [`model::Assessment`] |
//! | bukti dukung | evidence | [`model::Evidence`] |
//! | kebutuhan | need | [`model::Need`], [`network::Question`] |
//! | prasyarat replikasi | prerequisites | [`model::Innovation::prerequisites`], [`network::Gap`] |
//! | dasar hukum, keputusan / SK | legal instrument, decree | [`model::Decree`] |
//! | asal data | provenance | [`model::Provenance`] |
#![forbid(unsafe_code)]

pub mod base;
pub mod evaluation;
pub mod exchange;
pub mod hubs;
pub mod lineage;
pub mod matching;
pub mod model;
pub mod network;
pub mod registry;
pub mod store;
#[cfg(feature = "testing")]
pub mod testing;

pub use base::{Error, ErrorKind, Lang, Result};
