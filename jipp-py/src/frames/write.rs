//! The serde serializer that writes a row into columns.

use std::fmt::Display;
use std::num::NonZero;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{Field as ArrowField, Schema};
use serde::ser::{self, Impossible, Serialize};

use super::column::{Column, Group, List, Status, append};
use super::layout;
use super::schema::{Field, Holds, field};

/// How many rows make a batch, which is the unit of work of a thread.
const BATCH: usize = 16_384;
/// How many bytes of text one column of a batch holds before the batch ends early: half of what it could.
const FULL: usize = 1 << 30;
/// How often is looked whether a batch is full; so many of the longest rows are far from filling the other half.
const LOOK: usize = 64;

/// Why rows cannot be written.
#[derive(Debug)]
pub(crate) struct Fault(String);

impl Fault {
    fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

impl ser::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Rows that are one value: the name of their column.
const SINGLE: [(&str, Field); 3] = [
    ("Component", field("nodes", Holds::List(&Holds::Text))),
    ("Generation", field("nodes", Holds::List(&Holds::Text))),
    ("NodeId", field("node", Holds::Text)),
];

/// What rows are, and with that their columns.
#[derive(Clone, Copy)]
pub(crate) struct Cells {
    fields: &'static [Field],
    /// Whether a row is the value of the only column, and not a struct.
    is_one: bool,
}

impl Cells {
    /// The columns of rows that a table calls so.
    pub(crate) fn of(row: &str) -> Option<Self> {
        if let Some((_, single)) = SINGLE.iter().find(|(name, _)| *name == row) {
            return Some(Self { fields: std::slice::from_ref(single), is_one: true });
        }
        layout::fields(row).map(Self::new)
    }

    pub(super) fn new(fields: &'static [Field]) -> Self {
        Self { fields, is_one: false }
    }

    fn begin(self) -> Writing {
        Writing { group: Column::Group(Group::new(self.fields)), is_one: self.is_one, rows: 0 }
    }
}

/// A batch in the making.
pub(crate) struct Writing {
    group: Column,
    is_one: bool,
    rows: usize,
}

impl Writing {
    /// Writes a row.
    pub(crate) fn row<T: Serialize + ?Sized>(&mut self, row: &T) -> Result<(), Fault> {
        match &mut self.group {
            Column::Group(group) if self.is_one => match group.columns.first_mut() {
                Some(only) => only.put(self.rows, row)?,
                None => return Err(Fault::new("a row without columns")),
            },
            group => group.put(self.rows, row)?,
        }
        self.rows += 1;
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.rows >= BATCH || (self.rows.is_multiple_of(LOOK) && self.group.bytes() > FULL)
    }

    fn finish(self) -> Result<RecordBatch, Fault> {
        let mut columns: Vec<(String, ArrayRef)> = Vec::new();
        self.group.finish("", self.rows, &mut columns);
        let (fields, arrays): (Vec<ArrowField>, Vec<ArrayRef>) = columns
            .into_iter()
            .map(|(name, array)| (ArrowField::new(name, array.data_type().clone(), true), array))
            .unzip();
        let options = RecordBatchOptions::new().with_row_count(Some(self.rows));
        RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
            .map_err(|error| Fault::new(error.to_string()))
    }
}

/// Writes `len` rows, several batches at a time; gives at least one batch, which knows the columns.
pub(crate) fn batches(
    cells: Cells,
    len: usize,
    write: &(dyn Fn(usize, &mut Writing) -> Result<(), Fault> + Sync),
) -> Result<Vec<RecordBatch>, Fault> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    // Each thread has a run of whole batches, so that the batches do not depend on their number.
    let run = len.div_ceil(BATCH).div_ceil(cores).max(1) * BATCH;
    let runs: Vec<_> = (0..len.max(1)).step_by(run).map(|from| from..len.min(from + run)).collect();
    if let [only] = runs.as_slice() {
        return part(cells, only.clone(), write);
    }
    let parts: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = runs.into_iter().map(|run| scope.spawn(move || part(cells, run, write))).collect();
        let ended = || Fault::new("a thread ended without its rows");
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err(ended()))).collect()
    });
    parts.into_iter().collect::<Result<Vec<_>, _>>().map(|parts| parts.concat())
}

fn part(
    cells: Cells,
    rows: std::ops::Range<usize>,
    write: &(dyn Fn(usize, &mut Writing) -> Result<(), Fault> + Sync),
) -> Result<Vec<RecordBatch>, Fault> {
    let mut done = Vec::new();
    let mut writing = cells.begin();
    for at in rows {
        write(at, &mut writing)?;
        if writing.is_full() {
            done.push(std::mem::replace(&mut writing, cells.begin()).finish()?);
        }
    }
    if writing.rows > 0 || done.is_empty() {
        done.push(writing.finish()?);
    }
    Ok(done)
}

type Done = Result<(), Fault>;

impl Column {
    /// Writes a value of a row; None stays unwritten.
    pub(super) fn put<T: Serialize + ?Sized>(&mut self, row: usize, value: &T) -> Done {
        self.pad(row);
        let Self::Json(texts) = self else { return value.serialize(self) };
        let json = serde_json::to_string(value).map_err(|error| Fault::new(error.to_string()))?;
        if json != "null" {
            texts.append_value(json);
        }
        Ok(())
    }

    fn refuse(&self, what: &str) -> Fault {
        let holds = match self {
            Self::Text(_) => "text",
            Self::Json(_) => "JSON",
            Self::Int(_) => "whole numbers",
            Self::Float(_) => "decimals",
            Self::Bool(_) => "truths",
            Self::List(_) => "lists",
            Self::Group(_) => "fields",
            Self::Status(_) => "states",
        };
        Fault::new(format!("a column of {holds} cannot hold {what}"))
    }

    fn whole(&mut self, number: i64) -> Done {
        match self {
            Self::Int(numbers) => numbers.append_value(number),
            #[allow(clippy::cast_precision_loss, reason = "the core gives as whole numbers what a float can hold")]
            Self::Float(numbers) => numbers.append_value(number as f64),
            _ => return Err(self.refuse("a whole number")),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Done {
        match self {
            Self::Text(texts) => texts.append_value(text),
            Self::Float(numbers) => match text.parse() {
                Ok(number) => numbers.append_value(number),
                Err(_) => return Err(self.refuse(text)),
            },
            _ => return Err(self.refuse("text")),
        }
        Ok(())
    }
}

macro_rules! whole {
    ($($method:ident: $kind:ty,)+) => {$(
        fn $method(self, number: $kind) -> Done {
            self.whole(number.into())
        }
    )+};
}

impl<'a> ser::Serializer for &'a mut Column {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Parts<'a>;
    type SerializeTupleStruct = Impossible<(), Fault>;
    type SerializeTupleVariant = Impossible<(), Fault>;
    type SerializeMap = Impossible<(), Fault>;
    type SerializeStruct = Named<'a>;
    type SerializeStructVariant = Impossible<(), Fault>;

    whole! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
    }

    fn serialize_u64(self, number: u64) -> Done {
        match i64::try_from(number) {
            Ok(number) => self.whole(number),
            Err(_) => Err(self.refuse(&format!("{number}, which is beyond 2^63"))),
        }
    }
    fn serialize_f32(self, number: f32) -> Done {
        self.serialize_f64(number.into())
    }
    fn serialize_f64(self, number: f64) -> Done {
        match self {
            Column::Float(numbers) => numbers.append_value(number),
            _ => return Err(self.refuse("a decimal")),
        }
        Ok(())
    }
    fn serialize_bool(self, truth: bool) -> Done {
        match self {
            Column::Bool(truths) => truths.append_value(truth),
            _ => return Err(self.refuse("a truth")),
        }
        Ok(())
    }
    fn serialize_char(self, character: char) -> Done {
        self.collect_str(&character)
    }
    fn serialize_str(self, text: &str) -> Done {
        self.text(text)
    }
    fn collect_str<T: Display + ?Sized>(self, text: &T) -> Done {
        match self {
            Column::Text(texts) => append(texts, text),
            _ => return self.text(&text.to_string()),
        }
        Ok(())
    }
    fn serialize_bytes(self, _: &[u8]) -> Done {
        Err(self.refuse("bytes"))
    }
    fn serialize_none(self) -> Done {
        Ok(())
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Done {
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Done {
        Ok(())
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.text(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Done {
        // A record is a row whatever its kind; other choices stand in columns of JSON.
        if name == "Record" { value.serialize(self) } else { Err(self.refuse(name)) }
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, Fault> {
        match self {
            Column::List(list) => Ok(Items::List(list)),
            Column::Status(status) => Ok(Items::Steps(status)),
            _ => Err(self.refuse("a list")),
        }
    }
    fn serialize_tuple(self, len: usize) -> Result<Parts<'a>, Fault> {
        match self {
            Column::Group(group) => Ok(Parts::Fields { group, next: 0 }),
            _ => self.serialize_seq(Some(len)).map(Parts::Items),
        }
    }
    fn serialize_tuple_struct(self, name: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Fault> {
        Err(self.refuse(name))
    }
    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Fault> {
        Err(self.refuse(name))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Fault> {
        Err(self.refuse("a map"))
    }
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Named<'a>, Fault> {
        match self {
            Column::Group(group) => Ok(Named { group, next: 0 }),
            _ => Err(self.refuse(name)),
        }
    }
    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Fault> {
        Err(self.refuse(name))
    }
}

/// A list in the making, or the steps of a state.
pub(super) enum Items<'a> {
    List(&'a mut List),
    Steps(&'a mut Status),
}

impl ser::SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = Fault;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        let list = match self {
            Self::List(list) => list,
            Self::Steps(status) => &mut status.steps,
        };
        list.of.put(list.count, value)?;
        list.count += 1;
        Ok(())
    }
    fn end(self) -> Done {
        match self {
            Self::List(list) => list.close(),
            Self::Steps(status) => status.close(),
        }
        Ok(())
    }
}

/// A tuple in the making: a list, where it stands for one, or fields by their numbers.
pub(super) enum Parts<'a> {
    Items(Items<'a>),
    Fields { group: &'a mut Group, next: usize },
}

impl ser::SerializeTuple for Parts<'_> {
    type Ok = ();
    type Error = Fault;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        match self {
            Self::Items(items) => ser::SerializeSeq::serialize_element(items, value),
            Self::Fields { group, next } => {
                let rows = group.rows;
                let column = group.columns.get_mut(*next).ok_or_else(|| Fault::new("a tuple of more parts"))?;
                *next += 1;
                column.put(rows, value)
            }
        }
    }
    fn end(self) -> Done {
        match self {
            Self::Items(items) => ser::SerializeSeq::end(items)?,
            Self::Fields { group, .. } => group.rows += 1,
        }
        Ok(())
    }
}

/// Fields in the making. They come in the order of the columns, some left out.
pub(super) struct Named<'a> {
    group: &'a mut Group,
    next: usize,
}

impl ser::SerializeStruct for Named<'_> {
    type Ok = ();
    type Error = Fault;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Done {
        let found = self.group.fields.iter().skip(self.next).position(|field| field.name == name);
        let at = self.next + found.ok_or_else(|| Fault::new(format!("no column for the field {name}")))?;
        self.next = at + 1;
        let rows = self.group.rows;
        match self.group.columns.get_mut(at) {
            Some(column) => column.put(rows, value).map_err(|fault| Fault::new(format!("{name}: {fault}"))),
            None => Err(Fault::new(format!("no column for the field {name}"))),
        }
    }
    fn end(self) -> Done {
        self.group.rows += 1;
        Ok(())
    }
}
