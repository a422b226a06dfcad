//! The gap: what an innovation takes, and whether the asking agency has it.

use serde::Serialize;

use super::question::Asker;
use crate::base::{Amount, fold, vocabulary::vocabulary};
use crate::model::{Agency, Innovation};
use crate::registry::View;

vocabulary! {
    /// What an innovation may take.
    GapTopic = "gap-topic" {
        Budget = "budget", "anggaran", "budget";
        Staff = "staff", "tenaga", "staff";
        Tools = "tools", "alat dan teknologi", "tools and technology";
        Prerequisite = "prerequisite", "prasyarat", "prerequisite";
        Mandate = "mandate", "kewenangan", "mandate";
        Agreement = "agreement", "kesediaan direplikasi", "willingness to be replicated";
    }
}

vocabulary! {
    /// Whether what it takes is there.
    GapState = "gap-state" {
        Met = "met", "ada", "there";
        Lacking = "lacking", "kurang", "lacking";
        ToCheck = "to-check", "perlu dicek", "to be checked";
        Unknown = "unknown", "tidak disebut sumber", "the source does not say";
    }
}

/// One thing an innovation takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Gap {
    /// What.
    pub topic: GapTopic,
    /// Whether it is there.
    pub state: GapState,
    /// What exactly it takes, where known; in the words of the record.
    pub needed: Option<String>,
    /// What the asking agency has of it, where known.
    pub available: Option<String>,
}

/// Everything an innovation takes, known or not: what is unknown is listed too, so that it is asked for.
pub(super) fn gaps(view: &View<'_>, asker: &Asker<'_>, innovation: &Innovation) -> Vec<Gap> {
    let mut gaps = vec![budget(asker, innovation), staff(asker, innovation)];
    gaps.extend(tools(asker, innovation));
    gaps.extend(prerequisites(innovation));
    gaps.extend(mandate(view, asker, innovation));
    gaps.push(willingness(innovation));
    gaps.sort_by_key(|gap| match gap.state {
        GapState::Lacking => 0,
        GapState::ToCheck => 1,
        GapState::Met => 2,
        GapState::Unknown => 3,
    });
    gaps
}

fn gap(topic: GapTopic, state: GapState) -> Gap {
    Gap { topic, state, needed: None, available: None }
}

fn budget(asker: &Asker<'_>, innovation: &Innovation) -> Gap {
    let Some(cost) = innovation.budgets.iter().map(|budget| &budget.money).max_by_key(|money| money.amount) else {
        return gap(GapTopic::Budget, GapState::Unknown);
    };
    let has = asker.question.budget.as_ref();
    let state = match has {
        Some(has) if has.currency != cost.currency => GapState::ToCheck,
        Some(has) if has.amount >= cost.amount => GapState::Met,
        Some(_) => GapState::Lacking,
        None => GapState::ToCheck,
    };
    let print = |amount: Amount, currency: &str| format!("{currency} {amount}");
    Gap {
        needed: Some(print(cost.amount, &cost.currency)),
        available: has.map(|has| print(has.amount, &has.currency)),
        ..gap(GapTopic::Budget, state)
    }
}

fn staff(asker: &Asker<'_>, innovation: &Innovation) -> Gap {
    let Some(needed) = innovation.staff_needed else { return gap(GapTopic::Staff, GapState::Unknown) };
    let state = match asker.question.staff {
        Some(has) if has >= needed => GapState::Met,
        Some(_) => GapState::Lacking,
        None => GapState::ToCheck,
    };
    Gap {
        needed: Some(needed.to_string()),
        available: asker.question.staff.map(|has| has.to_string()),
        ..gap(GapTopic::Staff, state)
    }
}

fn tools(asker: &Asker<'_>, innovation: &Innovation) -> Vec<Gap> {
    if innovation.tools.is_empty() {
        return vec![gap(GapTopic::Tools, GapState::Unknown)];
    }
    let has: Option<Vec<String>> =
        asker.question.tools.as_ref().map(|tools| tools.iter().map(|tool| fold(tool)).collect());
    let state = |tool: &str| match &has {
        Some(has) if has.contains(&fold(tool)) => GapState::Met,
        Some(_) => GapState::Lacking,
        None => GapState::ToCheck,
    };
    let each = |tool: &crate::model::Line| Gap { needed: Some(tool.to_string()), ..gap(GapTopic::Tools, state(tool)) };
    innovation.tools.iter().map(each).collect()
}

fn prerequisites(innovation: &Innovation) -> Vec<Gap> {
    if innovation.prerequisites.is_empty() {
        return vec![gap(GapTopic::Prerequisite, GapState::Unknown)];
    }
    let each = |needed: &crate::model::Line| Gap {
        needed: Some(needed.to_string()),
        ..gap(GapTopic::Prerequisite, GapState::ToCheck)
    };
    innovation.prerequisites.iter().map(each).collect()
}

/// An agency of another kind may have other powers: worth a look before anything is copied.
fn mandate(view: &View<'_>, asker: &Asker<'_>, innovation: &Innovation) -> Option<Gap> {
    let owner = view.find::<Agency>(innovation.owner.as_str())?;
    let own = asker.kind?;
    (own != owner.kind).then(|| Gap {
        needed: Some(owner.kind.code().to_owned()),
        available: Some(own.code().to_owned()),
        ..gap(GapTopic::Mandate, GapState::ToCheck)
    })
}

fn willingness(innovation: &Innovation) -> Gap {
    let state = match innovation.open_to_replication {
        Some(true) => GapState::Met,
        Some(false) => GapState::Lacking,
        None => GapState::Unknown,
    };
    gap(GapTopic::Agreement, state)
}
