//! Columns in the making.
//!
//! What is not given is not written: a column that is behind is filled up with nulls when something is written to it
//! again, so that the many fields that nobody gives cost nothing.

use std::fmt::{Display, Write as _};
use std::sync::Arc;

use arrow_array::builder::{ArrayBuilder, BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, StructArray};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{Field as ArrowField, Fields};

use super::schema::{Field, Holds};

/// A column, or several that belong together.
pub(super) enum Column {
    Text(StringBuilder),
    Json(StringBuilder),
    Int(Int64Builder),
    Float(Float64Builder),
    Bool(BooleanBuilder),
    List(Box<List>),
    Group(Group),
    Status(Box<Status>),
}

/// Lists, one after the other.
pub(super) struct List {
    /// The elements of all.
    pub(super) of: Column,
    /// How many elements there are.
    pub(super) count: usize,
    /// Where each list ends.
    ends: Vec<i32>,
    given: NullBufferBuilder,
}

/// The columns of fields.
pub(super) struct Group {
    pub(super) fields: &'static [Field],
    pub(super) columns: Vec<Column>,
    pub(super) rows: usize,
}

/// The present state, and the steps to it.
pub(super) struct Status {
    pub(super) state: StringBuilder,
    pub(super) steps: List,
}

impl Column {
    pub(super) fn new(holds: Holds) -> Self {
        match holds {
            Holds::Text => Self::Text(StringBuilder::new()),
            Holds::Json => Self::Json(StringBuilder::new()),
            Holds::Int => Self::Int(Int64Builder::new()),
            Holds::Float => Self::Float(Float64Builder::new()),
            Holds::Bool => Self::Bool(BooleanBuilder::new()),
            Holds::List(of) => Self::List(Box::new(List::new(Self::new(*of)))),
            Holds::Struct(fields) => Self::Group(Group::new(fields)),
            Holds::Status(fields) => Self::Status(Box::new(Status {
                state: StringBuilder::new(),
                steps: List::new(Self::Group(Group::new(fields))),
            })),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Text(texts) | Self::Json(texts) => texts.len(),
            Self::Int(numbers) => numbers.len(),
            Self::Float(numbers) => numbers.len(),
            Self::Bool(truths) => truths.len(),
            Self::List(list) => list.ends.len(),
            Self::Group(group) => group.rows,
            Self::Status(status) => status.state.len(),
        }
    }

    /// Fills up with nulls to a number of rows.
    pub(super) fn pad(&mut self, rows: usize) {
        let behind = rows.saturating_sub(self.len());
        if behind == 0 {
            return;
        }
        match self {
            Self::Text(texts) | Self::Json(texts) => texts.append_nulls(behind),
            Self::Int(numbers) => numbers.append_nulls(behind),
            Self::Float(numbers) => numbers.append_nulls(behind),
            Self::Bool(truths) => truths.append_nulls(behind),
            Self::List(list) => list.pad(behind),
            Self::Group(group) => group.rows = rows,
            Self::Status(status) => {
                status.state.append_nulls(behind);
                status.steps.pad(behind);
            }
        }
    }

    /// The most bytes that one column of text has.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Text(texts) | Self::Json(texts) => texts.values_slice().len(),
            Self::List(list) => list.of.bytes(),
            Self::Group(group) => group.columns.iter().map(Self::bytes).max().unwrap_or_default(),
            Self::Status(status) => status.steps.of.bytes(),
            Self::Int(_) | Self::Float(_) | Self::Bool(_) => 0,
        }
    }

    /// The finished columns with their names, those of fields of fields with dots.
    pub(super) fn finish(mut self, name: &str, rows: usize, into: &mut Vec<(String, ArrayRef)>) {
        self.pad(rows);
        match self {
            Self::Group(group) => {
                for (field, column) in group.fields.iter().zip(group.columns) {
                    let name = if name.is_empty() { field.name.to_owned() } else { format!("{name}.{}", field.name) };
                    column.finish(&name, rows, into);
                }
            }
            Self::Status(mut status) => {
                into.push((name.to_owned(), Arc::new(status.state.finish())));
                into.push((format!("{name}.steps"), status.steps.array()));
            }
            column => into.push((name.to_owned(), column.array(rows))),
        }
    }

    /// The finished column as one; of a state its steps.
    fn array(mut self, rows: usize) -> ArrayRef {
        self.pad(rows);
        match self {
            Self::Text(mut texts) | Self::Json(mut texts) => Arc::new(texts.finish()),
            Self::Int(mut numbers) => Arc::new(numbers.finish()),
            Self::Float(mut numbers) => Arc::new(numbers.finish()),
            Self::Bool(mut truths) => Arc::new(truths.finish()),
            Self::List(list) => list.array(),
            Self::Status(status) => status.steps.array(),
            Self::Group(group) => {
                let (fields, columns): (Vec<ArrowField>, Vec<ArrayRef>) = group
                    .fields
                    .iter()
                    .zip(group.columns)
                    .map(|(field, column)| {
                        let array = column.array(rows);
                        (ArrowField::new(field.name, array.data_type().clone(), true), array)
                    })
                    .unzip();
                Arc::new(StructArray::new(Fields::from(fields), columns, None))
            }
        }
    }
}

impl List {
    fn new(of: Column) -> Self {
        Self { of, count: 0, ends: Vec::new(), given: NullBufferBuilder::new(0) }
    }

    fn pad(&mut self, lists: usize) {
        self.ends.resize(self.ends.len() + lists, self.end());
        self.given.append_n_nulls(lists);
    }

    /// Ends a list with the elements written so far.
    pub(super) fn close(&mut self) {
        self.ends.push(self.end());
        self.given.append_non_null();
    }

    /// A batch ends long before it has as many elements as this number can count.
    fn end(&self) -> i32 {
        i32::try_from(self.count).unwrap_or(i32::MAX)
    }

    fn array(mut self) -> ArrayRef {
        let ends: Vec<i32> = std::iter::once(0).chain(self.ends).collect();
        let elements = self.of.array(self.count);
        let field = Arc::new(ArrowField::new("item", elements.data_type().clone(), true));
        let ends = OffsetBuffer::new(ScalarBuffer::from(ends));
        Arc::new(ListArray::new(field, ends, elements, self.given.finish()))
    }
}

impl Group {
    pub(super) fn new(fields: &'static [Field]) -> Self {
        let columns = fields.iter().map(|field| Column::new(field.holds)).collect();
        Self { fields, columns, rows: 0 }
    }
}

impl Status {
    /// Ends a list of steps, the last of which leads to the present state.
    pub(super) fn close(&mut self) {
        self.steps.close();
        let Column::Group(group) = &self.steps.of else { return };
        match group.columns.first() {
            Some(Column::Text(states)) => self.state.append_option(last(states)),
            _ => self.state.append_null(),
        }
    }
}

/// The text written last.
fn last(texts: &StringBuilder) -> Option<&str> {
    let [.., from, to] = texts.offsets_slice() else { return None };
    let (from, to) = (usize::try_from(*from).ok()?, usize::try_from(*to).ok()?);
    std::str::from_utf8(texts.values_slice().get(from..to)?).ok()
}

/// Writes a text that is made on the way.
pub(super) fn append(texts: &mut StringBuilder, text: impl Display) {
    // Writing to memory does not fail; what was written becomes a value with the next one.
    let _ = write!(texts, "{text}");
    texts.append_value("");
}
