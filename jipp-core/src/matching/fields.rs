//! The fields of a document, how much each counts, and what a term in them is worth.

use super::forward::{Counts, Lengths};
use super::postings::{Impact, MAX_IMPACT};
use crate::base::{Code, Error, Result};

/// The most fields that an index may have.
pub const MAX_FIELDS: usize = 16;
/// A field counts as at most this many words long; what stands further on is found all the same.
pub const LENGTH_CAP: u16 = 1023;
/// The highest weight of a field: a hundredfold.
const MAX_WEIGHT: u32 = 10_000;
/// The `k1` of BM25, in thousandths: how soon repetition stops to count. Robertson and Zaragoza (2009) report 1.2 to 2 as
/// good in many circumstances; with field weights about 2, the upper end ranked better on both real tasks.
pub(super) const SATURATION: u64 = 2000;
/// Weighted frequencies are cut here, in thousandths, so that no product leaves 64 bits.
const MAX_FREQUENCY: u64 = 100_000_000;

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
    /// The usual length of the field, in words: a text of this length is neither diluted nor favoured. 1 to
    /// [`LENGTH_CAP`].
    pub pivot: u16,
}

impl Field {
    /// A field with the usual dilution, 75 hundredths (Robertson and Zaragoza (2009) report 50 to 80 as good in many
    /// circumstances), and a pivot of 30 words.
    pub const fn new(name: &'static str, weight: u32) -> Self {
        Self { name, weight, dilution: 75, pivot: 30 }
    }

    /// The field with another dilution.
    #[must_use]
    pub const fn with_dilution(self, dilution: u32) -> Self {
        Self { dilution, ..self }
    }

    /// The field with another usual length, in words.
    #[must_use]
    pub const fn with_pivot(self, pivot: u16) -> Self {
        Self { pivot, ..self }
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
    /// `option-invalid` if there are none or more than [`MAX_FIELDS`], if two share a name, or if a weight, a
    /// dilution or a pivot lies outside its range.
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
            if !(1..=LENGTH_CAP).contains(&field.pivot) {
                return refuse(field.name, "a pivot from 1 to 1023 words");
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

/// The places of one field in the table.
const LENGTHS: usize = LENGTH_CAP as usize + 1;

/// What one word counts in each field of a document, in thousandths.
pub(super) type Norms = [u32; MAX_FIELDS];

/// What words in the fields are worth: the weights of a [`FieldSet`], worked out once.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    /// What one word counts, by field and length, in thousandths.
    norms: Box<[u32]>,
}

impl Scale {
    pub(super) fn new(fields: &FieldSet) -> Self {
        let norms = fields.as_slice().iter().flat_map(|field| (0..=LENGTH_CAP).map(move |length| norm(field, length)));
        Self { norms: norms.collect() }
    }

    /// What one word counts in each field of a document with these lengths, in thousandths.
    pub(super) fn norms(&self, lengths: &Lengths) -> Norms {
        let mut norms = Norms::default();
        for (place, of_field) in self.norms.chunks_exact(LENGTHS).enumerate() {
            norms[place] = of_field.get(usize::from(lengths[place])).copied().unwrap_or(0);
        }
        norms
    }
}

/// What a term with these counts weighs in each field, in thousandths.
pub(super) fn frequencies(norms: &Norms, counts: &Counts) -> [u64; MAX_FIELDS] {
    std::array::from_fn(|field| u64::from(norms[field]) * u64::from(counts[field]))
}

/// How prominent a term with these counts is.
pub(super) fn impact(norms: &Norms, counts: &Counts) -> Impact {
    impact_of(frequencies(norms, counts).iter().sum())
}

/// How prominent a term is that weighs so much, in thousandths.
pub(super) fn impact_of(frequency: u64) -> Impact {
    let frequency = frequency.min(MAX_FREQUENCY);
    let most = u64::from(MAX_IMPACT);
    // Half of the divisor rounds to the nearest.
    let divisor = SATURATION + frequency;
    let impact = (most * frequency + divisor / 2) / divisor;
    u8::try_from(impact.clamp(1, most)).unwrap_or(MAX_IMPACT)
}

/// What one word counts in a field of a length, in thousandths.
fn norm(field: &Field, length: u16) -> u32 {
    let (weight, dilution) = (u64::from(field.weight), u64::from(field.dilution));
    // In millionths.
    let relative = 10_000 * dilution * u64::from(length) / u64::from(field.pivot);
    let divisor = (10_000 * (100 - dilution) + relative).max(1);
    let norm = (weight * 10_000_000 + divisor / 2) / divisor;
    u32::try_from(norm).unwrap_or(u32::MAX).min(10_000_000)
}
