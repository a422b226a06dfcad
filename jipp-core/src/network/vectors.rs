//! Vectors that a caller brings: embeddings of any model, fused with the words.

use std::collections::BTreeMap;

use crate::base::{Code, Error, InnovationId, Result};

/// One vector for each innovation, all of one length; compared by the cosine of their angle.
///
/// ```
/// use jipp_core::network::Vectors;
/// let mut vectors = Vectors::new(3)?;
/// vectors.insert("kota-ambon/antre".parse()?, &[0.1, 0.9, 0.0])?;
/// assert_eq!(vectors.insert("kota-ambon/lain".parse()?, &[0.1]).unwrap_err().code(), "option-invalid");
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vectors {
    length: usize,
    /// Each of length one, or all zeros.
    all: BTreeMap<InnovationId, Box<[f32]>>,
}

/// The longest vector that is taken.
pub const MAX_VECTOR: usize = 65_536;

impl Vectors {
    /// None yet; all will have this many numbers.
    ///
    /// # Errors
    /// `option-invalid` if the length is 0 or above [`MAX_VECTOR`].
    pub fn new(length: usize) -> Result<Self> {
        if !(1..=MAX_VECTOR).contains(&length) {
            return Err(Error::new(Code::OptionInvalid).field("length").value(length).expected("1 to 65,536"));
        }
        Ok(Self { length, all: BTreeMap::new() })
    }

    /// Takes in the vector of an innovation, or puts it in the place of the one before.
    ///
    /// # Errors
    /// `option-invalid` if it has another length or holds something that is no number.
    pub fn insert(&mut self, innovation: InnovationId, vector: &[f32]) -> Result<()> {
        let vector = self.unit(vector, innovation.as_str())?;
        self.all.insert(innovation, vector);
        Ok(())
    }

    /// The number of vectors.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The likeness of each innovation to a vector: the cosine in millionths, nothing below 0.
    ///
    /// # Errors
    /// As [`insert`](Self::insert).
    ///
    /// # Complexity
    /// Linear in the numbers held.
    pub(super) fn likeness(&self, to: &[f32]) -> Result<impl Iterator<Item = (&InnovationId, i64)>> {
        let to = self.unit(to, "vector")?;
        Ok(self.all.iter().map(move |(innovation, vector)| (innovation, millionths(dot(vector, &to)))))
    }

    fn unit(&self, vector: &[f32], field: &str) -> Result<Box<[f32]>> {
        let refuse = |value: String, expected: String| {
            Err(Error::new(Code::OptionInvalid).field(field).value(value).expected(expected))
        };
        if vector.len() != self.length {
            return refuse(format!("{} numbers", vector.len()), format!("{} numbers", self.length));
        }
        if let Some(place) = vector.iter().position(|number| !number.is_finite()) {
            return refuse(vector[place].to_string(), format!("a finite number in place {place}"));
        }
        let length = libm::sqrt(dot(vector, vector));
        #[allow(clippy::cast_possible_truncation, reason = "a number between -1 and 1")]
        let scaled = |number: &f32| if length > 0.0 { (f64::from(*number) / length) as f32 } else { 0.0 };
        Ok(vector.iter().map(scaled).collect())
    }
}

/// Summed from the first to the last, in double precision: the same everywhere.
fn dot(one: &[f32], other: &[f32]) -> f64 {
    one.iter().zip(other).fold(0.0, |sum, (a, b)| sum + f64::from(*a) * f64::from(*b))
}

#[allow(clippy::cast_possible_truncation, reason = "a number between 0 and a million")]
fn millionths(cosine: f64) -> i64 {
    libm::round(cosine.clamp(0.0, 1.0) * 1e6) as i64
}
