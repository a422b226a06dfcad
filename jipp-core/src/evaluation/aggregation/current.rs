//! Which of the sheets of a stage count: those that no other replaces, one of each assessor for a proposal.

use rustc_hash::{FxHashMap, FxHashSet};

use super::stage::Finding;
use crate::base::{AssessorId, Code, Error, Result, SheetId};
use crate::model::ScoreSheet;

/// An error of a sheet.
pub(super) fn about(sheet: &ScoreSheet, error: Error) -> Error {
    error.about(format!("score-sheet {}", sheet.id))
}

/// A sheet of the stage.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    /// The place of its proposal.
    pub place: usize,
    /// The number of its assessor.
    pub assessor: usize,
    pub sheet: &'a ScoreSheet,
}

/// Those who gave a sheet, numbered as they come.
#[derive(Default)]
pub(super) struct Readers<'a>(FxHashMap<&'a AssessorId, usize>);

impl<'a> Readers<'a> {
    pub(super) fn number(&mut self, id: &'a AssessorId) -> usize {
        let next = self.0.len();
        *self.0.entry(id).or_insert(next)
    }

    /// Their ids in order, and that order as their numbers in the sheets.
    pub(super) fn in_order(self, sheets: &mut [Given<'_>]) -> Vec<&'a AssessorId> {
        let mut ids: Vec<(&AssessorId, usize)> = self.0.into_iter().collect();
        ids.sort_unstable();
        let mut numbers = vec![0; ids.len()];
        for (number, (_, came)) in ids.iter().enumerate() {
            numbers[*came] = number;
        }
        for sheet in sheets {
            sheet.assessor = numbers[sheet.assessor];
        }
        ids.into_iter().map(|(id, _)| id).collect()
    }
}

/// Those of whom a sheet counts, and their numbers among these in the sheets.
pub(super) fn who_count(readers: &[&AssessorId], sheets: &mut [Given<'_>]) -> Vec<AssessorId> {
    let mut numbers = vec![None; readers.len()];
    for sheet in &*sheets {
        numbers[sheet.assessor] = Some(0);
    }
    for (number, counts) in numbers.iter_mut().flatten().enumerate() {
        *counts = number;
    }
    for sheet in sheets {
        sheet.assessor = numbers[sheet.assessor].unwrap_or_default();
    }
    let counting = readers.iter().zip(numbers).filter(|(_, number)| number.is_some());
    counting.map(|(id, _)| (*id).clone()).collect()
}

/// The sheets that no other replaces.
pub(super) struct Current<'a> {
    pub sheets: Vec<Given<'a>>,
    pub set_aside: Vec<Finding>,
}

impl<'a> Current<'a> {
    /// Of sheets in the order of proposal and assessor.
    pub(super) fn of(here: &[Given<'a>], given: &[&'a ScoreSheet]) -> Result<Self> {
        if here.iter().all(|one| one.sheet.revision_of.is_none()) {
            check_once(here)?;
            return Ok(Self { sheets: here.to_vec(), set_aside: Vec::new() });
        }
        let by_id: FxHashMap<&SheetId, &ScoreSheet> = given.iter().map(|sheet| (&sheet.id, *sheet)).collect();
        let mut replaced = FxHashSet::default();
        for Given { sheet, .. } in here {
            let Some(old) = replaced_by(sheet, &by_id) else { continue };
            if (&old.proposal, &old.stage) != (&sheet.proposal, &sheet.stage) {
                let error = Error::new(Code::DanglingReference).field("revision_of").value(&old.id);
                return Err(about(sheet, error.expected("a sheet of the same proposal and stage")));
            }
            if old.assessor != sheet.assessor && !sheet.is_moderated {
                let error = Error::new(Code::DanglingReference).field("revision_of").value(&old.id);
                return Err(about(
                    sheet,
                    error.expected("a sheet of the same assessor, or a sheet given in moderation"),
                ));
            }
            replaced.insert(&old.id);
        }
        let root = |sheet: &'a ScoreSheet| {
            let mut at = sheet;
            for _ in 0..=here.len() {
                match at.revision_of.as_ref().and_then(|id| by_id.get(id)) {
                    Some(old) => at = old,
                    None => return Ok(&at.id),
                }
            }
            Err(about(sheet, Error::new(Code::HierarchyCycle).field("revision_of")))
        };
        let mut current = Self { sheets: Vec::with_capacity(here.len()), set_aside: Vec::new() };
        for one in here {
            root(one.sheet)?;
        }
        let heads: Vec<_> = here.iter().filter(|one| !replaced.contains(&one.sheet.id)).copied().collect();
        for same in heads.chunk_by(|one, other| (one.place, one.assessor) == (other.place, other.assessor)) {
            let Some(latest) = latest_moderated(same) else {
                check_once(same)?;
                current.sheets.extend_from_slice(same);
                continue;
            };
            let instead = &latest.sheet.id;
            for other in same.iter().filter(|other| other.sheet.id != *instead) {
                if root(other.sheet)? != root(latest.sheet)? {
                    check_once(same)?;
                }
                let (sheet, instead) = (other.sheet.id.clone(), instead.clone());
                current.set_aside.push(Finding::SetAside { sheet, instead });
            }
            current.sheets.push(latest);
        }
        Ok(current)
    }
}

/// Whether a sheet is a blank revision: somebody means to score again, and until then the old scores stand.
pub(super) fn waits(sheet: &ScoreSheet) -> bool {
    sheet.revision_of.is_some() && sheet.scores.iter().all(|score| score.value.is_none())
}

/// The sheet that another replaces, blank revisions between them left out.
fn replaced_by<'a>(sheet: &ScoreSheet, by_id: &FxHashMap<&SheetId, &'a ScoreSheet>) -> Option<&'a ScoreSheet> {
    let mut old = *by_id.get(sheet.revision_of.as_ref()?)?;
    // Blank revisions in a circle replace nothing.
    for _ in 0..by_id.len() {
        if !waits(old) {
            return Some(old);
        }
        old = *by_id.get(old.revision_of.as_ref()?)?;
    }
    None
}

/// Of several sheets the moderated one with the latest date, if there is just one.
fn latest_moderated<'a>(same: &[Given<'a>]) -> Option<Given<'a>> {
    if same.len() < 2 {
        return None;
    }
    let moderated = || same.iter().filter(|one| one.sheet.is_moderated);
    let latest = moderated().max_by_key(|one| one.sheet.submitted_on)?;
    let mut others = moderated().filter(|one| one.sheet.id != latest.sheet.id);
    let is_latest = |one: &Given<'_>| match (one.sheet.submitted_on, latest.sheet.submitted_on) {
        (Some(one), Some(other)) => one.surely_before(other),
        _ => false,
    };
    others.all(is_latest).then_some(*latest)
}

/// Refuses two sheets of an assessor for a proposal.
fn check_once(sheets: &[Given<'_>]) -> Result<()> {
    let twice = sheets.windows(2).find(|pair| {
        let [one, other] = pair else { return false };
        (one.place, one.assessor) == (other.place, other.assessor)
    });
    match twice {
        Some([Given { sheet: first, .. }, Given { sheet, .. }]) => {
            let error = Error::new(Code::DuplicateInRecord).field("assessor").value(&sheet.assessor);
            let hint = format!("one sheet of an assessor for a proposal: {} is another; see revision_of", first.id);
            Err(about(sheet, error.expected(hint)))
        }
        _ => Ok(()),
    }
}
