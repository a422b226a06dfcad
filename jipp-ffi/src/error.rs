//! Errors of the core, one variant for each thing that the caller must do.

use jipp_core::base::{self, ErrorKind, Lang};

/// Where in an input something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct Location {
    /// The file or other source, where known.
    pub source: Option<String>,
    /// The line, counted from 1; in a workbook, the row.
    pub line: Option<u64>,
    /// The field or column.
    pub field: Option<String>,
}

impl From<&base::Location> for Location {
    fn from(at: &base::Location) -> Self {
        Self { source: at.source.clone(), line: at.line, field: at.field.clone() }
    }
}

// Every variant knows the same things; the macro says them once.
macro_rules! errors {
    ($($(#[$doc:meta])* $kind:ident,)+) => {
        /// What went wrong. The variant says what the caller must do; `code` is stable.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
        #[uniffi::export(Display)]
        pub enum JippError {$(
            $(#[$doc])*
            #[error("{reason}")]
            $kind {
                /// The stable code, in kebab-case.
                code: String,
                /// The whole text, in English. (A field named `message` would clash with Kotlin's own.)
                reason: String,
                /// The record it is about, as `kind id`.
                subject: Option<String>,
                /// Where in the input it stands.
                location: Location,
                /// The offending value.
                value: Option<String>,
                /// What would have been right, or what to do.
                hint: Option<String>,
            },
        )+}

        impl From<jipp_core::Error> for JippError {
            fn from(error: jipp_core::Error) -> Self {
                let code = error.code().to_owned();
                let reason = error.message(Lang::En);
                let subject = error.subject().map(str::to_owned);
                let location = error.location().into();
                let value = error.offending().map(str::to_owned);
                let hint = error.hint().map(str::to_owned);
                match error.kind() {
                    $(ErrorKind::$kind => Self::$kind { code, reason, subject, location, value, hint },)+
                    // A kind that this crate does not know yet: the caller needs a newer one.
                    _ => Self::Unsupported { code, reason, subject, location, value, hint },
                }
            }
        }
    };
}

errors! {
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

impl From<uniffi::UnexpectedUniFFICallbackError> for JippError {
    /// A listener threw something that it did not declare: the work was stopped at its wish.
    fn from(thrown: uniffi::UnexpectedUniFFICallbackError) -> Self {
        let stopped = jipp_core::Error::new(base::Code::Cancelled).value(thrown.reason);
        stopped.expected("a listener that throws nothing").into()
    }
}

#[cfg(test)]
mod tests {
    use jipp_core::base::Code;

    use super::*;

    #[test]
    fn every_kind_keeps_its_name() {
        for code in Code::ALL {
            let error = JippError::from(jipp_core::Error::new(*code));
            let variant = format!("{error:?}");
            assert!(variant.starts_with(&format!("{:?} {{", code.kind())), "{} became {variant}", code.as_str());
            assert!(error.to_string().starts_with(code.text(Lang::En)), "{error}");
        }
    }
}
