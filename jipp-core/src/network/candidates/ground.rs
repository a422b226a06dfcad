//! The grounds of a score, in words that an officer can defend.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::HubRole;
use crate::base::Lang;
use crate::matching::MatchKind;
use crate::model::AgencyKind;

/// What points are given for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "factor", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Ground {
    /// Words of the need stand in the record.
    Words {
        /// As the need has them.
        words: String,
        /// As the record has them.
        matched: String,
        /// How the two belong together.
        kind: MatchKind,
        /// The field that counts most.
        field: Cow<'static, str>,
    },
    /// The owner is an agency of the same kind.
    SameKind {
        /// The kind.
        kind: AgencyKind,
    },
    /// The owner's region is like the asker's.
    AlikeRegion {
        /// The asker's.
        own: String,
        /// The owner's.
        other: String,
        /// How alike, 0 to 100.
        percent: i64,
    },
    /// Both are in one province.
    SameProvince {
        /// The province.
        province: String,
    },
    /// An agency like the asker runs a replica.
    Peer {
        /// The agency.
        agency: String,
    },
    /// It was awarded.
    Awarded {
        /// The award that says most, as the source words it.
        label: String,
    },
    /// It was replicated.
    Replicated {
        /// How often.
        all: usize,
        /// How many replicas are known to run.
        running: usize,
    },
    /// It has run for two years or more.
    Proven {
        /// Since this year.
        since: i32,
    },
    /// A hub that knows it could mentor.
    Mentor {
        /// The hub.
        hub: String,
        /// Why it.
        role: HubRole,
    },
    /// Its vector is like that of the need.
    Vector {
        /// How alike, 0 to 100.
        percent: i64,
    },
}

impl Ground {
    /// The place of the text in [`Weights::FACTORS`](super::Weights::FACTORS).
    pub(super) const TEXT: usize = 0;

    /// The place of its factor in [`Weights::FACTORS`](super::Weights::FACTORS); none for vectors, which are not always
    /// there.
    pub(super) fn factor(&self) -> Option<usize> {
        Some(match self {
            Self::Words { .. } => Self::TEXT,
            Self::SameKind { .. } => 1,
            Self::AlikeRegion { .. } => 2,
            Self::SameProvince { .. } => 3,
            Self::Peer { .. } => 4,
            Self::Awarded { .. } => 5,
            Self::Replicated { .. } => 6,
            Self::Proven { .. } => 7,
            Self::Mentor { .. } => 8,
            Self::Vector { .. } => return None,
        })
    }

    /// The ground in words.
    pub fn words(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::Id => self.indonesian(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Words { words, matched, kind, field } => {
                let how = match kind {
                    MatchKind::Exact => format!("“{words}”"),
                    MatchKind::Related => format!("“{matched}” ({})", kind.label_en()),
                    _ => format!("“{words}” ~ “{matched}” ({})", kind.label_en()),
                };
                format!("{how} in the {}", field_name(field, Lang::En))
            }
            Self::SameKind { kind } => format!("run by a {}, like you", kind.label_en()),
            Self::AlikeRegion { own, other, percent } => {
                format!("{other} is {percent}% like {own} (population, density, development)")
            }
            Self::SameProvince { province } => format!("in {province}, like you"),
            Self::Peer { agency } => format!("a peer of yours runs a replica: {agency}"),
            Self::Awarded { label } => format!("awarded: {label}"),
            Self::Replicated { all: 1, running } => format!("replicated once, {running} known to run"),
            Self::Replicated { all, running } => format!("replicated {all} times, {running} known to run"),
            Self::Proven { since } => format!("in use since {since}"),
            Self::Mentor { hub, role } => format!("{hub} could mentor: {}", role.label_en()),
            Self::Vector { percent } => format!("its meaning is {percent}% like yours, by the vectors given"),
        }
    }

    fn indonesian(&self) -> String {
        match self {
            Self::Words { words, matched, kind, field } => {
                let how = match kind {
                    MatchKind::Exact => format!("“{words}”"),
                    MatchKind::Related => format!("“{matched}” ({})", kind.label_id()),
                    _ => format!("“{words}” ~ “{matched}” ({})", kind.label_id()),
                };
                format!("{how} pada {}", field_name(field, Lang::Id))
            }
            Self::SameKind { kind } => format!("dijalankan {}, seperti Anda", kind.label_id()),
            Self::AlikeRegion { own, other, percent } => {
                format!("{other} {percent}% mirip {own} (penduduk, kepadatan, pembangunan)")
            }
            Self::SameProvince { province } => format!("di {province}, seperti Anda"),
            Self::Peer { agency } => format!("daerah yang mirip sudah menjalankan replikanya: {agency}"),
            Self::Awarded { label } => format!("penghargaan: {label}"),
            Self::Replicated { all, running } => format!("direplikasi {all} kali, {running} diketahui berjalan"),
            Self::Proven { since } => format!("dipakai sejak {since}"),
            Self::Mentor { hub, role } => format!("{hub} dapat mendampingi: {}", role.label_id()),
            Self::Vector { percent } => format!("maknanya {percent}% mirip, menurut vektor yang diberikan"),
        }
    }
}

/// The name of a searched field.
fn field_name(field: &str, lang: Lang) -> &'static str {
    match (field, lang) {
        ("title", Lang::En) => "title",
        ("title", Lang::Id) => "judul",
        ("expansion", Lang::En) => "full name",
        ("expansion", Lang::Id) => "kepanjangan nama",
        ("problem", Lang::En) => "problem",
        ("problem", Lang::Id) => "masalah",
        ("solution", Lang::En) => "solution",
        ("solution", Lang::Id) => "solusi",
        ("outcome", Lang::En) => "outcome",
        ("outcome", Lang::Id) => "hasil",
        ("sector", Lang::En) => "sector",
        ("sector", Lang::Id) => "sektor",
        ("owner", Lang::En) => "name of the owner",
        ("owner", Lang::Id) => "nama pemilik",
        (_, Lang::En) => "setting",
        (_, Lang::Id) => "keterangan",
    }
}
