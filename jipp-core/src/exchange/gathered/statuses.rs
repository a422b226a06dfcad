//! `replication-status.csv`: which state of the machine an observed status stands for.
//!
//! The data say in one word how far a replication had got when its page was written. The table maps each word to a
//! state, with a mark, because some of this is inference. The step enters as reported history: unguarded, with the word
//! itself as its raw wording.

use std::collections::BTreeMap;

use super::fields::Fields;
use crate::base::{Code, Error, PartialDate, Result};
use crate::exchange::Row;
use crate::model::{Line, Mark, ReplicationState, Status, Step, Text};

/// The state that each observed status stands for.
#[derive(Clone, Debug, Default)]
pub struct Statuses(BTreeMap<String, Meaning>);

#[derive(Clone, Debug)]
struct Meaning {
    state: ReplicationState,
    mark: Mark,
    note: Option<Text>,
}

impl Statuses {
    /// From the rows of the table.
    ///
    /// # Errors
    /// Kind `invalid`, with line and field.
    pub fn new(table: &[Row]) -> Result<Self> {
        let meaning = |row: &Row| {
            let fields = Fields::of(row);
            let read = || {
                let (state, mark) = (fields.need_parsed("state")?, fields.need_parsed("mark")?);
                Ok((fields.need("status")?.to_owned(), Meaning { state, mark, note: fields.long("note")? }))
            };
            read().map_err(|error: Error| error.line(row.line))
        };
        table.iter().map(meaning).collect::<Result<_>>().map(Self)
    }

    /// The observed statuses that the table knows, with the state and how well the mapping is known.
    pub fn iter(&self) -> impl Iterator<Item = (&str, ReplicationState, Mark)> {
        self.0.iter().map(|(status, meaning)| (status.as_str(), meaning.state, meaning.mark))
    }

    /// The status of a replication that was seen in a year, as history.
    ///
    /// # Errors
    /// `unknown-term` if the table does not know the word.
    pub fn reported(&self, observed: &str, on: Option<PartialDate>) -> Result<Status<ReplicationState>> {
        let Some(meaning) = self.0.get(observed) else {
            let known: Vec<&str> = self.0.keys().map(String::as_str).collect();
            let fault = Error::new(Code::UnknownTerm).field("status").value(observed);
            return Err(fault.expected(known.join(", ")));
        };
        let step = Step::reported(meaning.state, Line::new(observed)?);
        Ok(Status { steps: vec![Step { on, note: meaning.note.clone(), ..step }] })
    }
}
