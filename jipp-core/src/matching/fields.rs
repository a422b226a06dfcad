//! The fields of a document and how much each counts.

use crate::base::{Code, Error, Result};

/// The most fields that an index may have.
pub const MAX_FIELDS: usize = 16;
/// The highest weight of a field: a hundredfold.
const MAX_WEIGHT: u32 = 10_000;

/// A field of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name shown in explanations.
    pub name: &'static str,
    /// How much one word in this field counts, in hundredths: 100 counts once, 300 like three words. 1 to 10,000.
    pub weight: u32,
    /// How strongly a long text dilutes its words, in hundredths: the `b` of BM25. 0 (not at all) to 100 (in
    /// proportion).
    pub dilution: u32,
}

impl Field {
    /// A field with the usual dilution, 75 hundredths; Robertson and Zaragoza (2009) report 50 to 80 as
    /// good in many circumstances.
    pub const fn new(name: &'static str, weight: u32) -> Self {
        Self { name, weight, dilution: 75 }
    }

    /// The field with another dilution.
    #[must_use]
    pub const fn with_dilution(self, dilution: u32) -> Self {
        Self { dilution, ..self }
    }
}

/// The fields of an index, in order. A document names its fields by their place in this order.
///
/// ```
/// use jipp_core::matching::{Field, FieldSet};
/// let fields = FieldSet::new(vec![Field::new("title", 300).with_dilution(50), Field::new("problem", 100)])?;
/// assert_eq!(fields.position("problem"), Some(1));
/// assert_eq!(FieldSet::new(vec![]).unwrap_err().code(), "option-invalid");
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldSet(Vec<Field>);

impl FieldSet {
    /// Checks the fields.
    ///
    /// # Errors
    /// `option-invalid` if there are none or more than [`MAX_FIELDS`], if two share a name, or if a weight or a
    /// dilution lies outside its range.
    pub fn new(fields: Vec<Field>) -> Result<Self> {
        let refuse = |field: &str, hint: &str| Err(Error::new(Code::OptionInvalid).field(field).expected(hint));
        if fields.is_empty() || fields.len() > MAX_FIELDS {
            return refuse("fields", "1 to 16 fields");
        }
        for (place, field) in fields.iter().enumerate() {
            if !(1..=MAX_WEIGHT).contains(&field.weight) {
                return refuse(field.name, "a weight from 1 to 10000");
            }
            if field.dilution > 100 {
                return refuse(field.name, "a dilution from 0 to 100");
            }
            if fields[..place].iter().any(|other| other.name == field.name) {
                return refuse(field.name, "each name once");
            }
        }
        Ok(Self(fields))
    }

    /// The fields, in order.
    pub fn as_slice(&self) -> &[Field] {
        &self.0
    }

    /// The place of the field with this name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|field| field.name == name)
    }
}
