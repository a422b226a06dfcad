//! What columns hold.

/// What stands in a field.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    /// Text, codes, ids, and dates, which may lack their day or month.
    Text,
    /// A whole number.
    Int,
    /// A decimal.
    Float,
    /// Yes or no.
    Bool,
    /// What has several shapes, as JSON.
    Json,
    /// Any number of one thing.
    List(&'static Holds),
    /// Fields of its own.
    Struct(&'static [Field]),
    /// A state, as the steps that led to it.
    Status(&'static [Field]),
}

/// A field of a type.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
}

/// Makes a field.
pub(super) const fn field(name: &'static str, holds: Holds) -> Field {
    Field { name, holds }
}
