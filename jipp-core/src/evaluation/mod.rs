//! Evaluation: fair, explained, replayable scoring.
//!
//! Functions of plain values and records; [`network`](crate::network) reads the records of an edition and puts them together
//! (`Network::score`).
//!
//! | question | module |
//! | --- | --- |
//! | may this enter, and if not, on which rule does it fail | [`eligibility`] |
//! | who reads what, without conflicts | [`assignment`] |
//! | what do the score sheets add up to | [`aggregation`] |
//! | what would it be with assessors equally strict | [`severity`] |
//! | do the assessors agree | [`agreement`] |
//! | who stands where, how surely, and what would change it | [`standings`] |
//! | whom to choose under rules of composition | [`selection`] |
//! | how to decide about few | [`decision`] |
//! | what is the index of a government, and what to mend first | [`index`] |
//! | who may see what | [`blindness`] |

pub mod aggregation;
pub mod agreement;
pub mod assignment;
pub mod blindness;
pub mod decision;
pub mod eligibility;
pub mod index;
pub mod selection;
pub mod severity;
pub mod standings;
