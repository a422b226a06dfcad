//! Record linkage: which records of a table, or of two, are the same thing.
//!
//! Works on any table of named texts, numbers, dates, years and codes ([`FieldKind`]), without labels and without tuning;
//! jipp uses it to find the same innovation filed twice.
//!
//! ```
//! use jipp_core::matching::linkage::{FieldSpec, LinkageSettings, RecordLinker, Table};
//! let settings = LinkageSettings::new(vec![FieldSpec::text("title"), FieldSpec::text("owner"), FieldSpec::year("since")]);
//! let rows = [
//!     ("s1", "Gerai KTP Keliling", "Kabupaten Banyuwangi", "2019"),
//!     ("s2", "Bank Sampah Mutiara", "Kota Ambon", "2017"),
//!     ("s3", "Klinik Lansia Bahagia", "Kota Surakarta", "2020"),
//!     ("s4", "Perpustakaan Terapung", "Kabupaten Asmat", "2015"),
//!     ("s5", "Taksi Gratis Ibu Hamil", "Kota Bima", "2018"),
//!     ("i7", "Gerai KTP Kelilling", "Kab. Banyuwangi", "2019"),
//! ];
//! let rows = rows.iter().map(|(id, title, owner, since)| (*id, vec![Some(*title), Some(*owner), Some(*since)]));
//! let table = Table::from_rows(&settings, rows)?;
//! let found = RecordLinker::new(settings)?.dedupe(&table)?;
//!
//! assert_eq!(found.clusters.len(), 1);
//! assert_eq!((found.clusters[0].id.as_str(), found.clusters[0].records.len()), ("i7", 2));
//! let best = &found.pairs[0];
//! assert_eq!(best.weight, best.prior + best.parts.iter().map(|part| part.weight).sum::<i64>());
//! # Ok::<(), jipp_core::Error>(())
//! ```
//!
//! | step | choice | why |
//! | --- | --- | --- |
//! | compare | one graded comparison a field, the best of several measures | two measures of one value are not two witnesses |
//! | block | automatic keys, meta-blocking, sorted neighbourhood | no rules to write; bounded work on any data |
//! | learn | Fellegi-Sunter, expectation maximisation over all pairs | no labels; every weight can be read and defended |
//! | depend | a tree of fields that agree together by chance | owner and region are not two witnesses either |
//! | weigh | integers in thousandths of a bit; rare values count more | the same order everywhere; parts add up |
//! | decide | a probability threshold, forbidden pairs, average linkage | a replica of another owner is not a duplicate |
//!
//! Learned pair classifiers and active learning (the Python package dedupe) need labels from the user, and deep models need
//! many; both weigh what they cannot explain. Splink (Linacre and others 2022) showed that the classical model, with graded levels
//! and frequencies of values, is as good as what is in use; from it come the levels and u from drawn pairs. Different here: the
//! keys are found, not written; m is learned over all pairs instead of one blocking rule at a time; and the tree of
//! dependences takes the place of its assumption that fields are independent.
//!
//! What is chance is learned from the table too: of four or five records nothing can be learned, and nothing is linked.
//!
//! # Complexity
//! With n records of f fields and k `neighbours`: at most n·(k + 5) pairs are compared, at f comparisons each, and
//! `sampled_pairs` more to learn from. Memory: the texts twice, some 500 bytes a record for keys, f bytes a pair.
//!
//! # Sources
//! Fellegi and Sunter 1969, *A Theory for Record Linkage*; Winkler 1988 (expectation maximisation), 1989 (frequencies), 1990
//! (string comparison), 1993 (dependence), 2004 (too few matches); Christen 2012, *Data Matching*; the rest in the modules of
//! each step.

mod blocking;
mod calibrate;
mod cluster;
mod compare;
mod dependence;
mod estimate;
mod number;
mod prepared;
mod result;
mod run;
mod score;
mod settings;
mod similarity;
mod table;
#[cfg(test)]
mod tests;

pub use calibrate::Isotonic;
pub use compare::Level;
pub use estimate::{FieldModel, LinkageModel};
pub use result::{Cluster, Expectation, LinkageCounts, LinkageResult};
pub use run::{Guidance, Label, LinkageProgress, LinkageStep, RecordLinker};
pub use score::{Pair, Part, Veto};
pub use settings::{FieldKind, FieldSpec, LinkageSettings, MAX_LINKAGE_FIELDS};
pub use table::Table;
