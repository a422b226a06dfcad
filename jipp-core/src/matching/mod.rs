//! Layer 3: text matching. From a need in an officer's words to the records that speak of it, with the reason for each.
//!
//! | part | what it is |
//! | --- | --- |
//! | [`Analyzer`] | text to terms: folding, stop words, Indonesian and English stems; immutable, shared |
//! | [`Lexicon`] | words that mean the same in public service; applied to the query, never to the documents |
//! | [`acronyms`] | acronyms that a text explains itself |
//! | [`Query`] | a need taken apart: concepts, each with its words and their alternatives |
//! | [`Feedback`] | words added to a query because its best matches share them |
//! | [`Ranking`] | what else counts besides the text, so that the best are the best by all of it |
//! | [`Profile`] | a text beside a document: what the two share |
//! | [`linkage`] | which records of a table, or of two, are the same thing |
//! | [`TextIndex`] | documents by number and weighted field; scores, explanations, snapshots |
//!
//! The layer knows texts and document numbers only. What a document is, who may see it, what context and evidence say
//! of it, is for the layer above, which adds its own points to the integers that come from here.
//!
//! ```
//! use std::sync::Arc;
//! use jipp_core::matching::{Analyzer, Field, FieldSet, Lexicon, Query, TextIndex};
//!
//! let analyzer = Arc::new(Analyzer::standard());
//! let lexicon = Lexicon::standard(analyzer.clone());
//! let fields = FieldSet::new(vec![Field::new("title", 300), Field::new("problem", 100)])?;
//! let mut index = TextIndex::new(analyzer, fields);
//! index.insert(0, &[(0, "Gerai KTP-el Keliling"), (1, "Warga pulau sulit mengurus kartu tanda penduduk")])?;
//! index.insert(1, &[(0, "Jemput Sampah"), (1, "Sampah rumah tangga tidak terangkut")])?;
//!
//! let hits = index.search(&Query::parse("pengurusan KTP", &lexicon), &|_| true, 10);
//! assert_eq!(hits.len(), 1);
//! assert_eq!(hits[0].score, hits[0].contributions.iter().map(|part| part.score).sum::<u32>());
//! # Ok::<(), jipp_core::Error>(())
//! ```

mod change;
mod explain;
mod feedback;
mod fields;
mod forward;
mod index;
mod lexicon;
pub mod linkage;
mod plan;
mod postings;
mod profile;
mod query;
mod snapshot;
mod text;
mod top;
mod words;

pub use change::TextChange;
pub use explain::{Contribution, FieldShare, MatchKind};
pub use feedback::Feedback;
pub use fields::{Field, FieldSet, LENGTH_CAP, MAX_FIELDS};
pub use index::{Hit, MAX_DOC, TextIndex};
pub use lexicon::{Lexicon, NEAR_WEIGHT, SAME_WEIGHT};
pub use plan::FULL_SCORE;
pub use profile::{Overlap, Profile};
pub use query::{FULL_WEIGHT, Query};
pub use text::{Analyzer, AnalyzerBuilder, Token, acronyms};
pub use top::{Found, Ranking, Scratch};
