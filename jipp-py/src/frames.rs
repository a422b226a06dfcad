//! Data frames, out and in, over the C interface of Arrow: whatever speaks it (`pandas`, `polars`, `pyarrow`, `DuckDB`) reads
//! and gives tables without a Python object for each cell.
//!
//! Out, a row becomes flat columns with the names of the CSV: fields as they are, fields of fields with dots
//! (`valid.from`), lists as lists, what has several shapes as JSON, what is not given as null. Which columns there are
//! depends on the type of the rows alone, never on the rows. A state `stage` is two columns: `stage`, the present state,
//! and `stage.steps`, how it came to it. Dates are text, since they may lack their day.
//!
//! In, cells become what the same cells of a CSV are, and the core says what is wrong with them.

mod candidates;
mod column;
mod layout;
mod read;
mod schema;
mod stream;
mod write;

pub(crate) use candidates::candidates;
pub(crate) use read::{Frame, rows};
pub(crate) use stream::{capsule, stream_of};
pub(crate) use write::{Cells, Fault, Writing, batches};
