//! The values of `exchange`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::{Json, codes, entries, record};

// From `exchange::import`.
record! {
    /// How far an import has come.
    ImportProgress {
        /// 1 while the file is read, more while rows that were put aside are read again.
        pass: i64,
        /// The line read last.
        line: i64,
        /// Rows read.
        rows: i64,
        /// Records that entered or were changed.
        committed: i64,
        /// Rejections so far.
        rejections: i64,
    }
}

// From `exchange::import`.
record! {
    /// What came of an import. Records are counted, not rows, where a row gives several.
    ImportReport {
        /// Rows read, unreadable ones included.
        rows: i64,
        /// Records that are new.
        registered: i64,
        /// Records that were changed.
        revised: i64,
        /// Records that were there already.
        unchanged: i64,
        /// How many rejections there were.
        rejections: i64,
        /// The first of them, as many as `ImportOptions::max_rejections_listed`, in the order of lines.
        rejected: Vec<Rejection>,
        /// Every row up to this line is settled: entered or rejected.
        last_line: i64,
        /// The revision of the network afterwards.
        revision: i64,
        /// Whether the caller broke it off.
        is_cancelled: bool,
    }
}

// From `exchange::mapping`.
record! {
    /// How the columns of a file become the fields of a kind. Travels as JSON.
    Mapping {
        /// `MAPPING_VERSION`.
        version: i64,
        /// The kind of the records.
        kind: EntityKind,
        /// Column to field.
        #[uniffi(default = None)]
        columns: Option<Vec<MappingColumns>>,
        /// For a field, what its raw values mean: `{"kind": {"Kab": "regency"}}`.
        #[uniffi(default = [])]
        values: Vec<MappingValues>,
        /// Values that every row gets, where the file does not give one.
        #[uniffi(default = [])]
        constants: Vec<MappingConstants>,
        /// Columns left out on purpose.
        #[uniffi(default = [])]
        ignored: Vec<String>,
        /// The column that names the source of a row.
        #[uniffi(default = None)]
        source: Option<String>,
    }
}

entries! {
    /// An entry of Mapping.
    MappingColumns {
        /// What it is found by.
        key: String,
        /// What is found.
        value: String,
    }
}

entries! {
    /// An entry of Mapping.
    MappingConstants {
        /// What it is found by.
        key: String,
        /// What is found.
        value: Json,
    }
}

entries! {
    /// An entry of Mapping.
    MappingValues {
        /// What it is found by.
        key: String,
        /// What is found.
        value: Vec<MappingValuesValue>,
    }
}

entries! {
    /// An entry of Mapping.
    MappingValuesValue {
        /// What it is found by.
        key: String,
        /// What is found.
        value: String,
    }
}

// From `exchange::mapping`.
record! {
    /// How like a field a column is.
    Match {
        /// The column.
        header: String,
        /// The field.
        field: String,
        /// 0 to 1,000; 1,000 is the name or a label of the field itself.
        likeness: i64,
    }
}

// From `exchange::import`.
codes! {
    /// What to do with a row whose record exists already and differs.
    OnExisting {
        /// `update`.
        Update = "update",
        /// `keep`.
        Keep = "keep",
        /// `reject`.
        Reject = "reject",
    }
}

// From `exchange::import`.
record! {
    /// Why a row, or one record of it, did not enter.
    Rejection {
        /// The line.
        line: i64,
        /// The record, as `kind id`, where it is known.
        #[uniffi(default = None)]
        subject: Option<String>,
        /// The field or column.
        #[uniffi(default = None)]
        field: Option<String>,
        /// The offending value.
        #[uniffi(default = None)]
        value: Option<String>,
        /// The stable code of the reason; `Code` lists them.
        code: String,
        /// The reason in English.
        reason_en: String,
        /// The reason in Indonesian.
        reason_id: String,
        /// What would have been right, or what to do.
        #[uniffi(default = None)]
        hint: Option<String>,
    }
}

// From `exchange::mapping`.
record! {
    /// A mapping to be confirmed.
    Suggestion {
        /// The mapping as far as it could be guessed.
        mapping: Mapping,
        /// How sure each guess is.
        matches: Vec<Match>,
        /// The columns that match nothing: map them or ignore them.
        unmatched: Vec<String>,
    }
}
