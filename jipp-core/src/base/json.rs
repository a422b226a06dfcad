//! Values read from JSON.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Error, Result};

/// Reads a value, saying where something in it does not fit.
///
/// ```
/// use jipp_core::base::{Period, read_value};
/// let error = read_value::<Period>(&serde_json::json!({ "from": "2019-13" })).unwrap_err();
/// assert_eq!((error.code(), error.location().field.as_deref()), ("date-form", Some("from")));
/// ```
///
/// # Errors
/// Kind `invalid`, with the path of the offending field as location.
pub fn read_value<T: DeserializeOwned>(value: &Value) -> Result<T> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let fault = Error::from_serde(&error.into_inner().to_string());
        if path == "." { fault } else { fault.field(path) }
    })
}
