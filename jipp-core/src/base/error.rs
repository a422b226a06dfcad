//! The one error of the library.
//!
//! An error says what went wrong (a stable [code](Error::code) with an English and an Indonesian text), what kind of
//! thing the caller must do ([`ErrorKind`]), which record it is about ([subject](Error::subject)), where in the input it
//! stands ([location](Error::location)), the offending value and what would have been right.

use std::fmt::Write as _;

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A language of messages and labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Indonesian.
    Id,
}

/// What the caller must do about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Mend the value and call again.
    Invalid,
    /// Register it first, or look under another name.
    NotFound,
    /// Read the present state, decide, and call again.
    Conflict,
    /// A rule of the domain forbids it: change the facts or do something else.
    Refused,
    /// Wait, or close the other user, and call again.
    Busy,
    /// Look after the disk, the folder or the permissions.
    Storage,
    /// Restore from a backup, or salvage.
    Corrupt,
    /// Use a newer version of the library, or switch the feature on.
    Unsupported,
}

impl ErrorKind {
    /// The stable code of the kind.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::NotFound => "not-found",
            Self::Conflict => "conflict",
            Self::Refused => "refused",
            Self::Busy => "busy",
            Self::Storage => "storage",
            Self::Corrupt => "corrupt",
            Self::Unsupported => "unsupported",
        }
    }
}

macro_rules! codes {
    ($($name:ident = $code:literal, $kind:ident, $en:literal, $id:literal;)+) => {
        /// Every error code, with its kind and its text in two languages.
        ///
        /// | code | kind | text | teks |
        /// | --- | --- | --- | --- |
        $(#[doc = concat!("| `", $code, "` | ", stringify!($kind), " | ", $en, " | ", $id, " |")])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code { $(#[doc = concat!("`", $code, "`: ", $en)] $name,)+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable code, in kebab-case.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
            /// What the caller must do.
            pub const fn kind(self) -> ErrorKind {
                match self { $(Self::$name => ErrorKind::$kind,)+ }
            }
            /// The text in a language.
            pub const fn text(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$name, Lang::En) => $en, (Self::$name, Lang::Id) => $id,)+ }
            }
        }
    };
}

codes! {
    IdEmpty = "id-empty", Invalid, "an id must not be empty", "id tidak boleh kosong";
    IdTooLong = "id-too-long", Invalid, "an id may have at most 200 bytes", "id paling panjang 200 bita";
    IdCharacter = "id-character", Invalid, "an id may hold letters, digits and -_./:~+@ only", "id hanya boleh berisi huruf, angka, dan -_./:~+@";
    DateForm = "date-form", Invalid, "not a date", "bukan tanggal";
    TimeForm = "time-form", Invalid, "not a point in time", "bukan waktu";
    PeriodOrder = "period-order", Invalid, "the period ends before it begins", "masa berlaku berakhir sebelum mulai";
    NumberForm = "number-form", Invalid, "not a number of this form", "bukan angka dengan bentuk ini";
    OutOfRange = "out-of-range", Invalid, "the value lies outside the allowed range", "nilai di luar rentang yang diizinkan";
    UnknownTerm = "unknown-term", Invalid, "not a term of this vocabulary", "bukan istilah dalam kosakata ini";
    TextTooLong = "text-too-long", Invalid, "the text is longer than allowed", "teks lebih panjang daripada yang diizinkan";
    TextCharacter = "text-character", Invalid, "the text holds a control character", "teks berisi karakter kendali";
    TooMany = "too-many", Invalid, "the list is longer than allowed", "daftar lebih panjang daripada yang diizinkan";
    FieldMissing = "field-missing", Invalid, "a required field is missing", "isian wajib tidak ada";
    FieldUnknown = "field-unknown", Invalid, "no such field", "isian tidak dikenal";
    FieldType = "field-type", Invalid, "the value has the wrong type", "jenis nilai salah";
    JsonSyntax = "json-syntax", Invalid, "this is not well-formed JSON", "JSON tidak terbentuk dengan benar";
    CsvSyntax = "csv-syntax", Invalid, "this is not well-formed CSV", "CSV tidak terbentuk dengan benar";
    XlsxSyntax = "xlsx-syntax", Invalid, "this workbook cannot be read", "buku kerja ini tidak dapat dibaca";
    GraphSyntax = "graph-syntax", Invalid, "the graph file is not well-formed", "berkas graf tidak terbentuk dengan benar";
    GraphUnsupported = "graph-unsupported", Unsupported, "graph files are not read with this", "berkas graf dengan ini tidak dibaca";
    GraphContradiction = "graph-contradiction", Invalid, "the edges of one replication contradict each other", "sisi-sisi satu replikasi saling bertentangan";
    Utf8 = "utf8", Invalid, "the text is not valid UTF-8", "teks bukan UTF-8 yang sah";
    LineTooLong = "line-too-long", Invalid, "the line is longer than allowed", "baris lebih panjang daripada yang diizinkan";
    HeaderUnknown = "header-unknown", Invalid, "columns of the file match no field", "kolom berkas tidak cocok dengan isian mana pun";
    MappingInvalid = "mapping-invalid", Invalid, "the column mapping cannot be used", "pemetaan kolom tidak dapat dipakai";
    OptionInvalid = "option-invalid", Invalid, "the option has a value that cannot be used", "nilai pilihan tidak dapat dipakai";
    BundleDamaged = "bundle-damaged", Invalid, "the bundle is cut short or altered", "bundel terpotong atau berubah";
    RubricWeights = "rubric-weights", Invalid, "the weights of the rubric do not add up to its total", "jumlah bobot rubrik tidak sama dengan totalnya";
    DuplicateInRecord = "duplicate-in-record", Invalid, "the same code stands twice in one record", "kode yang sama muncul dua kali dalam satu catatan";
    NameUnresolved = "name-unresolved", NotFound, "the name matches no record", "nama tidak cocok dengan catatan mana pun";
    NameAmbiguous = "name-ambiguous", Invalid, "the name matches more than one record", "nama cocok dengan lebih dari satu catatan";
    NotFound = "not-found", NotFound, "no such record", "catatan tidak ada";
    DanglingReference = "dangling-reference", NotFound, "the record refers to one that does not exist", "catatan merujuk catatan lain yang tidak ada";
    RevisionUnknown = "revision-unknown", NotFound, "no such revision", "revisi tidak ada";
    DuplicateId = "duplicate-id", Conflict, "a record with this id exists already", "catatan dengan id ini sudah ada";
    DuplicateExternalId = "duplicate-external-id", Conflict, "another record carries this external id", "id luar ini sudah dipakai catatan lain";
    ChangeIdReused = "change-id-reused", Conflict, "another change carries this id", "id perubahan ini sudah dipakai perubahan lain";
    EditStale = "edit-stale", Conflict, "the field was changed by somebody else since it was read", "isian sudah diubah pihak lain sejak dibaca";
    StillReferenced = "still-referenced", Conflict, "other records refer to this one", "catatan lain masih merujuk catatan ini";
    RevertBlocked = "revert-blocked", Conflict, "later changes build on this revision", "perubahan sesudahnya bergantung pada revisi ini";
    FieldFixed = "field-fixed", Refused, "this field is not changed by a revision", "isian ini tidak diubah lewat revisi";
    LineageCycle = "lineage-cycle", Refused, "this would make an innovation its own ancestor", "ini menjadikan inovasi leluhur bagi dirinya sendiri";
    HierarchyCycle = "hierarchy-cycle", Refused, "this would make a record its own parent", "ini menjadikan catatan induk bagi dirinya sendiri";
    MergeRefused = "merge-refused", Refused, "these two cannot be merged", "keduanya tidak dapat digabung";
    TransitionUnknown = "transition-unknown", Refused, "there is no step from this state to that one", "tidak ada langkah dari keadaan ini ke keadaan itu";
    GuardUnmet = "guard-unmet", Refused, "a condition of the step is not met", "syarat langkah belum terpenuhi";
    StateUnguarded = "state-unguarded", Refused, "a record enters at its first state, or with steps reported as history", "catatan masuk pada keadaan awal, atau dengan langkah yang dilaporkan sebagai riwayat";
    Undetermined = "undetermined", Refused, "the data cannot determine this", "data tidak cukup untuk menentukan ini";
    Retracted = "retracted", Refused, "the record was retracted", "catatan sudah ditarik";
    NetworkClosed = "network-closed", Refused, "the network was closed, or belongs to another process", "jaringan sudah ditutup, atau milik proses lain";
    NetworkBusy = "network-busy", Busy, "the network is at work, and tells how far it is", "jaringan sedang bekerja dan sedang melaporkan kemajuannya";
    StoreLocked = "store-locked", Busy, "another process has the file open for writing", "proses lain sedang membuka berkas untuk menulis";
    StoreReadOnly = "store-read-only", Storage, "the network was opened for reading only", "jaringan dibuka hanya untuk dibaca";
    StoreIo = "store-io", Storage, "the disk could not be read or written", "media simpan tidak dapat dibaca atau ditulis";
    StoreFull = "store-full", Storage, "the disk is full", "media simpan penuh";
    StorePermission = "store-permission", Storage, "the file or folder does not allow it", "izin berkas atau folder tidak mencukupi";
    StoreForeign = "store-foreign", Corrupt, "the file is not a jipp network", "berkas ini bukan jaringan jipp";
    StoreDamaged = "store-damaged", Corrupt, "the file is damaged", "berkas rusak";
    StoreChanged = "store-changed", Conflict, "another writer changed the file", "penulis lain mengubah berkas";
    FormatNewer = "format-newer", Unsupported, "written by a newer version of jipp", "ditulis oleh versi jipp yang lebih baru";
    FormatUnknown = "format-unknown", Unsupported, "not a format that jipp reads", "bukan format yang dibaca jipp";
    FeatureOff = "feature-off", Unsupported, "this build lacks the feature", "fitur ini tidak disertakan";
    Cancelled = "cancelled", Conflict, "stopped at the caller's wish; what was committed stays", "dihentikan atas permintaan; yang sudah tersimpan tetap ada";
}

/// Where in an input something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Location {
    /// The file or other source, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The line, counted from 1; in a workbook, the row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The field or column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

#[derive(Debug)]
struct Details {
    code: Code,
    subject: Option<String>,
    location: Location,
    value: Option<String>,
    expected: Option<String>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What went wrong, for a program ([`kind`](Error::kind), [`code`](Error::code)) and for a person
/// ([`message`](Error::message) in English or Indonesian).
///
/// ```
/// use jipp_core::{base::{ErrorKind, Lang}, model::AgencyKind};
/// let error = "duchy".parse::<AgencyKind>().unwrap_err();
/// assert_eq!((error.kind(), error.code()), (ErrorKind::Invalid, "unknown-term"));
/// assert!(error.message(Lang::Id).starts_with("bukan istilah dalam kosakata ini"));
/// ```
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub struct Error(Box<Details>);

/// A value is quoted up to this many characters.
const QUOTED: usize = 120;

impl Error {
    /// An error with this code.
    pub fn new(code: Code) -> Self {
        let location = Location::default();
        Self(Box::new(Details { code, subject: None, location, value: None, expected: None, cause: None }))
    }

    /// Makes the error again that a reader passed through serde, which carries text only. An error of this library
    /// begins with the text of its code, and no two codes begin alike; everything else is serde's own.
    pub(crate) fn from_serde(message: &str) -> Self {
        let text = message.split(" at line ").next().unwrap_or(message);
        let own = Code::ALL.iter().find(|code| {
            text.strip_prefix(code.text(Lang::En))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ',', ';', ' ']))
        });
        if let Some(code) = own {
            let mut error = Self::new(*code);
            if let Some((value, _)) = text.split_once('“').and_then(|(_, rest)| rest.split_once('”')) {
                error = error.value(value);
            }
            return match text.split_once("; expected: ") {
                Some((_, hint)) => error.expected(hint),
                None => error,
            };
        }
        let code = match text {
            _ if text.starts_with("missing field") => Code::FieldMissing,
            _ if text.starts_with("unknown field") => Code::FieldUnknown,
            _ if text.starts_with("invalid type") || text.starts_with("invalid value") => Code::FieldType,
            _ if text.starts_with("unknown variant") => Code::UnknownTerm,
            _ if text.starts_with("expected") || text.starts_with("EOF") || text.starts_with("trailing") => {
                Code::JsonSyntax
            }
            _ => Code::FieldType,
        };
        Self::new(code).expected(text)
    }

    /// Names the record it is about, as `kind id`.
    #[must_use]
    pub fn about(mut self, subject: impl std::fmt::Display) -> Self {
        self.0.subject = Some(subject.to_string());
        self
    }
    /// Names the field; inside a field already named, as `outer.inner`.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.0.location.field = Some(field.into());
        self
    }
    /// Puts the field inside another: `inner` becomes `outer.inner`.
    #[must_use]
    pub fn inside(mut self, outer: &str) -> Self {
        let inner = self.0.location.field.take();
        self.0.location.field = Some(inner.map_or_else(|| outer.to_owned(), |inner| format!("{outer}.{inner}")));
        self
    }
    /// Gives the offending value; long ones are cut.
    #[must_use]
    pub fn value(mut self, value: impl std::fmt::Display) -> Self {
        let text = value.to_string();
        let cut = text.char_indices().nth(QUOTED).map(|(end, _)| format!("{}…", &text[..end]));
        self.0.value = Some(cut.unwrap_or(text));
        self
    }
    /// Says what would have been right, or what to do.
    #[must_use]
    pub fn expected(mut self, hint: impl Into<String>) -> Self {
        self.0.expected = Some(hint.into());
        self
    }
    /// Names the line of the input.
    #[must_use]
    pub fn line(mut self, line: u64) -> Self {
        self.0.location.line = Some(line);
        self
    }
    /// Names the file or other source of the input.
    #[must_use]
    pub fn source_name(mut self, source: impl Into<String>) -> Self {
        self.0.location.source = Some(source.into());
        self
    }
    /// Keeps the error underneath.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// What the caller must do.
    pub fn kind(&self) -> ErrorKind {
        self.0.code.kind()
    }
    /// The stable code, in kebab-case; [`Code`] lists them all.
    pub fn code(&self) -> &'static str {
        self.0.code.as_str()
    }
    /// The code as a value to match on.
    pub fn code_value(&self) -> Code {
        self.0.code
    }
    /// The record it is about, as `kind id`.
    pub fn subject(&self) -> Option<&str> {
        self.0.subject.as_deref()
    }
    /// Where in the input it stands.
    pub fn location(&self) -> &Location {
        &self.0.location
    }
    /// The offending value.
    pub fn offending(&self) -> Option<&str> {
        self.0.value.as_deref()
    }
    /// What would have been right, or what to do.
    pub fn hint(&self) -> Option<&str> {
        self.0.expected.as_deref()
    }
    /// The text of the error underneath, where there is one.
    pub fn cause(&self) -> Option<String> {
        self.0.cause.as_ref().map(ToString::to_string)
    }

    /// The whole text in a language.
    pub fn message(&self, lang: Lang) -> String {
        let details = &*self.0;
        let (at, expected, line) = match lang {
            Lang::En => ("in", "expected", "line"),
            Lang::Id => ("pada", "seharusnya", "baris"),
        };
        let mut text = details.code.text(lang).to_owned();
        let mut add = |part: std::fmt::Arguments<'_>| {
            // Writing to a string cannot fail.
            let _ = text.write_fmt(part);
        };
        if let Some(value) = &details.value {
            add(format_args!(": “{value}”"));
        }
        if let Some(subject) = &details.subject {
            add(format_args!(" ({subject})"));
        }
        match (&details.location.source, details.location.line) {
            (Some(source), Some(number)) => add(format_args!(", {source}, {line} {number}")),
            (Some(source), None) => add(format_args!(", {source}")),
            (None, Some(number)) => add(format_args!(", {line} {number}")),
            (None, None) => {}
        }
        if let Some(field) = &details.location.field {
            add(format_args!(", {at} `{field}`"));
        }
        if let Some(hint) = &details.expected {
            add(format_args!("; {expected}: {hint}"));
        }
        if let Some(cause) = &details.cause {
            add(format_args!(" [{cause}]"));
        }
        text
    }
}
