//! Taking a commit back, as a commit of its own.

use std::sync::Arc;

use super::change::{Action, Change, Edit, Merge, Revise, Revision, Subject};
use super::{Committed, Planned, Registry, Stamp};
use crate::base::{Code, Error, Result};
use crate::model::{EntityRef, Text};

impl Registry {
    /// Takes back everything a revision did, by a commit that does the opposite. The past stays readable.
    ///
    /// # Errors
    /// `revision-unknown`; `revert-blocked` if later changes build on what would be taken back (revert those first);
    /// `still-referenced` if other records refer to one it registered; and those of [`Registry::commit`].
    pub fn revert(&mut self, revision: Revision, stamp: &Stamp) -> Result<Committed> {
        if revision == 0 || revision > self.revision() {
            return Err(Error::new(Code::RevisionUnknown)
                .value(revision)
                .expected(format!("1 to {}", self.revision())));
        }
        let mut changes: Vec<Arc<Change>> = Vec::new();
        let read = self.store.read_after(revision - 1, &mut |entry| {
            if entry.revision > revision {
                // Not a failure: the end of what is wanted.
                return Err(Error::new(Code::Cancelled));
            }
            changes.push(entry.change);
            Ok(())
        });
        match read {
            Err(error) if error.code_value() != Code::Cancelled => return Err(error),
            _ => {}
        }
        changes.retain(|change| !self.state.held.contains_key(&change.id));
        let mut plan = Vec::with_capacity(changes.len());
        for change in changes.iter().rev() {
            let action = self.inverse(revision, change)?;
            plan.push(Planned { action, reverts: Some(change.id.clone()) });
        }
        self.commit_planned(stamp, plan)
    }

    fn inverse(&self, revision: Revision, change: &Change) -> Result<Action> {
        let subject = change.action.subject();
        self.check_untouched(revision, &subject)?;
        let reason = Text::new(format!("reverts {}", change.id))?;
        let named = |subject: EntityRef| Subject { subject, reason: Some(reason.clone()) };
        Ok(match &change.action {
            Action::Register(_) | Action::Restore(_) => Action::Retract(named(subject)),
            Action::Retract(_) => Action::Restore(named(subject)),
            Action::Merge(_) => Action::Unmerge(named(subject)),
            Action::Unmerge(_) => {
                let before = self.content_before(revision, &subject).and_then(|content| content.merged_into.clone());
                let into = before.ok_or_else(|| blocked(&subject, revision))?;
                Action::Merge(Merge { subject, into, reason: Some(reason) })
            }
            Action::Revise(revise) => {
                let swap = |(name, edit): (&String, &Edit)| {
                    let (before, after) = (edit.after.clone(), edit.before.clone());
                    (name.clone(), Edit { before, after })
                };
                Action::Revise(Revise { subject, fields: revise.fields.iter().map(swap).collect() })
            }
            Action::Advance(_) => self.undo_steps(revision, &subject)?,
        })
    }

    /// Sets the statuses back to what they were before the revision.
    fn undo_steps(&self, revision: Revision, subject: &EntityRef) -> Result<Action> {
        let before = self.content_before(revision, subject).map(|content| content.record.clone());
        let now = self.view().record(subject.kind, &subject.id).cloned();
        let whole = now.zip(before).and_then(|(now, before)| Revise::between(&now, &before));
        let mut revise = whole.ok_or_else(|| blocked(subject, revision))?;
        revise.fields.retain(|name, _| matches!(name.as_str(), "stage" | "verification" | "publication" | "status"));
        Ok(Action::Revise(revise))
    }

    fn content_before(&self, revision: Revision, subject: &EntityRef) -> Option<&super::fold::Content> {
        let slot = self.state.slot(subject.kind, &subject.id)?;
        self.state.entry(slot).at(revision - 1)
    }

    fn check_untouched(&self, revision: Revision, subject: &EntityRef) -> Result<()> {
        let slot =
            self.state.slot(subject.kind, &subject.id).ok_or_else(|| Error::new(Code::NotFound).about(subject))?;
        match self.state.entry(slot).versions.last() {
            Some(last) if last.since > revision => Err(blocked(subject, last.since)),
            _ => Ok(()),
        }
    }
}

fn blocked(subject: &EntityRef, revision: Revision) -> Error {
    Error::new(Code::RevertBlocked).about(subject).value(revision).expected("that revision to be reverted first")
}
