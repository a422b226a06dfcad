//! What an agency is told of its proposal.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::super::{Known, Scoring};
use super::{median, name_of, share};
use crate::base::page::{Page, plain};
use crate::base::{Code, Error, Lang, ProposalId, Result, Score};
use crate::evaluation::aggregation::{Moderation, ProposalScores, StageScores};
use crate::evaluation::standings::Position;
use crate::model::{Criterion, Edition, Rubric, ScoreSheet, StageKind};
use crate::registry::View;

/// A median is told of so many proposals at least: of fewer it would tell what single ones have.
const FEWEST: usize = 5;

/// A criterion of a proposal, beside the field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CriterionReport {
    /// Its code.
    pub code: String,
    /// It in the language of the network.
    pub label: String,
    /// It in English.
    pub label_en: Option<String>,
    /// Its share in the stage, 0 to 1.
    pub share: f64,
    /// The mean of the assessors; none if nobody scored it.
    pub score: Option<Score>,
    /// The median of all proposals; none of fewer than five.
    pub field: Option<f64>,
    /// The median of those above the cut; of the best quarter where nobody is. None of fewer than five.
    pub best: Option<f64>,
    /// What the assessors wrote, in no order that tells who.
    pub comments: Vec<String>,
}

/// A stage of a proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StageReport {
    /// Its code.
    pub stage: String,
    /// What it is called.
    pub label: String,
    /// Its kind.
    pub kind: Option<StageKind>,
    /// The score.
    pub score: Option<Score>,
    /// How many assessors scored.
    pub assessors: usize,
    /// The highest less the lowest of their totals.
    pub spread: Option<Score>,
    /// Whether they had to talk.
    pub moderation: Moderation,
    /// The scale of the criteria.
    pub scale: [Score; 2],
    /// The criteria that are scored.
    pub criteria: Vec<CriterionReport>,
}

/// What would gain most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Improvement {
    /// Code of the stage.
    pub stage: String,
    /// Code of the criterion.
    pub criterion: String,
    /// It in the language of the network.
    pub label: String,
    /// It in English.
    pub label_en: Option<String>,
    /// Points of the stage that it lies behind the best, by the criterion's share; none where the best are too few to tell.
    pub behind: Option<f64>,
    /// Points of the stage that are left to the highest score.
    pub left: f64,
}

/// What an agency is told of its proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProposalReport {
    /// The edition.
    pub edition: String,
    /// The proposal.
    pub proposal: ProposalId,
    /// Its title.
    pub title: String,
    /// The agency.
    pub owner: String,
    /// Its total, as the assessors gave it.
    pub total: Option<Score>,
    /// The total adjusted for strict and lenient assessors.
    pub adjusted: Option<Score>,
    /// The standard error of the adjusted total.
    pub standard_error: Option<f64>,
    /// Its place.
    pub place: Option<u32>,
    /// How many share it.
    pub shared_by: Option<u32>,
    /// The best place it may belong to, by chance of who read it.
    pub place_from: Option<u32>,
    /// The worst.
    pub place_to: Option<u32>,
    /// How likely it belongs above the cut.
    pub inside: Option<f64>,
    /// On which side of the cut it is.
    pub position: Option<Position>,
    /// The tie-break that decided its place.
    pub decided_by: Option<String>,
    /// Whether it is chosen.
    pub is_chosen: bool,
    /// How many have a place.
    pub ranked: usize,
    /// Codes of stages in which it has no score.
    pub lacking: Vec<String>,
    /// Its stages.
    pub stages: Vec<StageReport>,
    /// What would gain most, first what lies furthest behind the best.
    pub improvements: Vec<Improvement>,
}

pub(super) fn report(view: &View<'_>, scoring: &Scoring, id: &ProposalId) -> Result<ProposalReport> {
    let edition = view.get::<Edition>(&scoring.options.edition)?;
    let known = scoring.proposals.iter().position(|proposal| proposal.id == *id);
    let unknown = || Error::new(Code::NotFound).field("proposal").value(id).expected("one that took part in the run");
    let number = known.ok_or_else(unknown)?;
    let described = scoring.proposals.get(number).ok_or_else(unknown)?;
    let standings = scoring.standings();
    let place = standings.and_then(|standings| standings.of(id));
    let surely = scoring.uncertainty.as_ref().and_then(Known::known);
    let interval = surely.and_then(|all| all.proposals.iter().find(|one| one.proposal == *id));
    let best = best(scoring);
    let standard_error = scoring.adjusted_errors().get(id).copied();
    let mut stages = Vec::new();
    let mut improvements = Vec::new();
    for (rubric, scores) in scoring.rubrics.iter().zip(&scoring.outcome.stages) {
        let rubric = view.get::<Rubric>(rubric)?;
        let stage = stage(view, edition, rubric, scores, number, &best)?;
        improvements.extend(improvements_of(&stage, rubric));
        stages.push(stage);
    }
    let behind = |one: &Improvement| one.behind.unwrap_or(0.0);
    improvements.sort_by(|a, b| behind(b).total_cmp(&behind(a)).then(b.left.total_cmp(&a.left)));
    let total = scoring.outcome.totals.get(number);
    Ok(ProposalReport {
        edition: name_of(edition),
        proposal: id.clone(),
        title: described.title.clone(),
        owner: described.owner.clone(),
        total: total.and_then(|total| total.total),
        adjusted: scoring.adjusted.as_ref().and_then(|standings| standings.of(id)).map(|place| place.score),
        standard_error,
        place: place.map(|place| place.place),
        shared_by: place.map(|place| place.shared_by),
        place_from: interval.map(|one| one.from),
        place_to: interval.map(|one| one.to),
        inside: interval.and_then(|one| one.inside),
        position: place.and_then(|place| place.position),
        decided_by: place.and_then(|place| place.decided_by.as_ref()).map(ToString::to_string),
        is_chosen: scoring.chosen().contains(id),
        ranked: standings.map_or(0, |standings| standings.places.len()),
        lacking: total.map(|total| total.lacking.iter().map(ToString::to_string).collect()).unwrap_or_default(),
        stages,
        improvements,
    })
}

/// Whether each proposal is among the best: above the cut, or where nobody is in the best quarter.
fn best(scoring: &Scoring) -> Vec<bool> {
    let Some(standings) = scoring.standings() else { return vec![false; scoring.proposals.len()] };
    let quarter = standings.places.len().div_ceil(4);
    let reached = standings.at(Position::Inside).next().is_some();
    let is_best = |number: usize, position: Option<Position>| match position {
        Some(position) if reached => position == Position::Inside,
        _ => number < quarter,
    };
    let ranked = standings.places.iter().enumerate();
    let mut among: Vec<&ProposalId> =
        ranked.filter(|(number, place)| is_best(*number, place.position)).map(|(_, place)| &place.proposal).collect();
    among.sort_unstable();
    scoring.proposals.iter().map(|proposal| among.binary_search(&&proposal.id).is_ok()).collect()
}

fn stage(
    view: &View<'_>,
    edition: &Edition,
    rubric: &Rubric,
    scores: &StageScores,
    number: usize,
    best: &[bool],
) -> Result<StageReport> {
    let unknown = || Error::new(Code::NotFound).field("proposal").expected("scores of the stage");
    let own = scores.proposals.get(number).ok_or_else(unknown)?;
    let found = edition.stage(&scores.stage);
    let label = found.and_then(|stage| stage.label.as_deref()).unwrap_or(&scores.stage);
    let leaves = scores.criteria.iter().enumerate().filter_map(|(place, code)| {
        let criterion = rubric.criterion(code)?;
        rubric.questions(code).next().is_none().then_some((place, criterion))
    });
    Ok(StageReport {
        stage: scores.stage.to_string(),
        label: label.to_owned(),
        kind: found.map(|stage| stage.kind),
        score: own.score,
        assessors: own.sheets.len(),
        spread: own.spread,
        moderation: own.moderation,
        scale: scores.scale,
        criteria: leaves
            .map(|(place, criterion)| {
                criterion_report(rubric, criterion, scores, own, place, best, comments(view, own, criterion))
            })
            .collect(),
    })
}

fn criterion_report(
    rubric: &Rubric,
    criterion: &Criterion,
    scores: &StageScores,
    own: &ProposalScores,
    place: usize,
    best: &[bool],
    comments: Vec<String>,
) -> CriterionReport {
    let mean = |one: &ProposalScores| one.criteria.get(place).copied().flatten();
    let all = || scores.proposals.iter().zip(best);
    let field = all().filter_map(|(one, _)| mean(one)).map(Score::to_f64).collect();
    let of_best = all().filter(|(_, is_best)| **is_best).filter_map(|(one, _)| mean(one)).map(Score::to_f64).collect();
    // The median of two or three tells what one of them has.
    let median = |scores: Vec<f64>| if scores.len() < FEWEST { None } else { median(scores) };
    CriterionReport {
        code: criterion.code.to_string(),
        label: criterion.label.to_string(),
        label_en: criterion.label_en.as_ref().map(ToString::to_string),
        share: share(rubric, criterion),
        score: mean(own),
        field: median(field),
        best: median(of_best),
        comments,
    }
}

/// What was written on a criterion, in alphabetical order, so that the order does not tell who wrote it.
fn comments(view: &View<'_>, own: &ProposalScores, criterion: &Criterion) -> Vec<String> {
    let sheets = own.sheets.iter().filter_map(|sheet| view.find::<ScoreSheet>(sheet.sheet.as_str()));
    let given = sheets.flat_map(|sheet| &sheet.scores).filter(|score| score.criterion == criterion.code);
    let mut comments: Vec<String> = given.filter_map(|score| score.comment.as_ref()).map(ToString::to_string).collect();
    comments.sort_unstable();
    comments
}

fn improvements_of(stage: &StageReport, rubric: &Rubric) -> Vec<Improvement> {
    let highest = rubric.scale_max.to_f64();
    let improvement = |one: &CriterionReport| {
        let own = one.score?.to_f64();
        Some(Improvement {
            stage: stage.stage.clone(),
            criterion: one.code.clone(),
            label: one.label.clone(),
            label_en: one.label_en.clone(),
            behind: one.best.map(|best| (best - own).max(0.0) * one.share),
            left: (highest - own) * one.share,
        })
    };
    stage.criteria.iter().filter_map(improvement).filter(|one| one.left > 0.0).collect()
}

/// A label in a language.
fn named<'a>(lang: Lang, label: &'a str, label_en: Option<&'a String>) -> &'a str {
    if lang == Lang::En { label_en.map_or(label, String::as_str) } else { label }
}

impl ProposalReport {
    /// As a page of Markdown. What comes from records is escaped, so that nothing in it can pass for markup.
    pub fn to_markdown(&self, lang: Lang) -> String {
        let mut page = Page::new(lang);
        let _ = write!(page.text, "# {}\n\n", plain(&self.title));
        page.item(("Instansi", "Agency"), &plain(&self.owner));
        page.item(("Kompetisi", "Competition"), &plain(&self.edition));
        page.item(("Proposal", "Proposal"), &plain(self.proposal.as_str()));
        self.position(&mut page);
        for stage in &self.stages {
            stage.section(&mut page);
        }
        self.improve(&mut page);
        page.text
    }

    fn position(&self, page: &mut Page) {
        page.heading("Hasil", "Result");
        let Some((total, place)) = self.total.zip(self.place) else {
            let stages = plain(&self.lacking.join(", "));
            page.say(
                &format!("Belum ada nilai akhir: belum dinilai pada tahap {stages}.\n"),
                &format!("No total yet: not scored in {stages}.\n"),
            );
            return;
        };
        page.item(("Nilai", "Total"), &total.to_string());
        let shared = match self.shared_by {
            Some(shared) if shared > 1 => format!(" ({} {shared})", page.pick("bersama, jumlah", "shared by")),
            _ => String::new(),
        };
        page.item(("Peringkat", "Place"), &format!("{place} {} {}{shared}", page.pick("dari", "of"), self.ranked));
        if let Some((from, to)) = self.place_from.zip(self.place_to) {
            let words = ("Dengan penilai lain, kira-kira", "With other assessors, about");
            page.item(words, &format!("{from}–{to}"));
        }
        if let Some((adjusted, error)) = self.adjusted.zip(self.standard_error) {
            let words = ("Disesuaikan dengan ketat-longgarnya penilai", "Adjusted for strict and lenient assessors");
            page.item(words, &format!("{} ± {}", points(adjusted.to_f64()), points(error)));
        }
        if let Some(decided) = &self.decided_by {
            page.item(("Nilai sama dibedakan oleh", "Equal totals told apart by"), &plain(decided));
        }
        if let Some(position) = self.position {
            let side = match position {
                Position::Inside => page.pick("di atas batas", "above the cut"),
                Position::Tied => page.pick("tepat pada batas, bersama yang lain", "on the cut, with others"),
                Position::Outside => page.pick("di bawah batas", "below the cut"),
            };
            let chance = self.inside.map(|inside| format!(" ({:.0} %)", 100.0 * inside)).unwrap_or_default();
            page.item(("Terhadap batas kelulusan", "Against the cut"), &format!("{side}{chance}"));
        }
        if self.position.is_some() || self.is_chosen {
            let chosen = if self.is_chosen { page.pick("ya", "yes") } else { page.pick("tidak", "no") };
            page.item(("Terpilih", "Chosen"), chosen);
        }
    }

    fn improve(&self, page: &mut Page) {
        page.heading("Yang paling perlu diperbaiki", "What to improve first");
        if self.improvements.is_empty() {
            page.line("Belum ada nilai.", "Nothing is scored yet.");
        }
        let is_behind = |one: &&Improvement| one.behind.is_none_or(|behind| behind > 0.0);
        let worth: Vec<&Improvement> = self.improvements.iter().filter(is_behind).take(3).collect();
        if worth.is_empty() && !self.improvements.is_empty() {
            page.line("Tidak ada kriteria yang tertinggal dari yang terbaik.", "No criterion lies behind the best.");
        }
        for one in worth {
            let label = plain(named(page.lang, &one.label, one.label_en.as_ref()));
            let left = points(one.left);
            let Some(behind) = one.behind.map(points) else {
                page.say(
                    &format!("- {label}: masih tersedia {left} poin\n"),
                    &format!("- {label}: {left} points are left to gain\n"),
                );
                continue;
            };
            page.say(
                &format!("- {label}: tertinggal {behind} poin dari yang terbaik; masih tersedia {left} poin\n"),
                &format!("- {label}: {behind} points behind the best; {left} points are left to gain\n"),
            );
        }
    }
}

impl StageReport {
    fn section(&self, page: &mut Page) {
        page.heading(&plain(&self.label), self.kind.map_or(&plain(&self.label), |kind| kind.label_en()));
        let score = self.score.map_or_else(|| page.unknown(), |score| score.to_string());
        page.item(("Nilai", "Score"), &score);
        page.item(("Jumlah penilai", "Assessors"), &self.assessors.to_string());
        if let Some(spread) = self.spread {
            let moderation = match self.moderation {
                Moderation::NotDue => "",
                Moderation::Due => page.pick(" (perlu moderasi)", " (moderation due)"),
                Moderation::Done => page.pick(" (sudah dimoderasi)", " (moderated)"),
            };
            page.item(
                ("Selisih tertinggi dan terendah", "Highest less lowest"),
                &format!("{}{moderation}", points(spread.to_f64())),
            );
        }
        page.text.push('\n');
        let best = ("Median terbaik", "Median of the best");
        page.row(&[("Kriteria", "Criterion"), ("Bobot", "Weight"), ("Nilai", "Score"), ("Median", "Median"), best]);
        let figure = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), points);
        for one in &self.criteria {
            let label = plain(named(page.lang, &one.label, one.label_en.as_ref()));
            let share = format!("{:.0} %", 100.0 * one.share);
            page.cells(&[&label, &share, &figure(one.score.map(Score::to_f64)), &figure(one.field), &figure(one.best)]);
        }
        if self.criteria.iter().any(|one| !one.comments.is_empty()) {
            page.text.push('\n');
            page.line("Catatan penilai:\n", "Comments of the assessors:\n");
        }
        for one in &self.criteria {
            for comment in &one.comments {
                let label = plain(named(page.lang, &one.label, one.label_en.as_ref()));
                let _ = writeln!(page.text, "- {label}: {}", plain(comment));
            }
        }
    }
}

/// Points with two decimals at most.
pub(super) fn points(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
