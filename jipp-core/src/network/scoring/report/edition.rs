//! What the plenary is told.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::super::{ConflictedSheet, Known, Scoring, StageAgreement, StraySheet, UncountedProposals, WhyNot};
use super::name_of;
use super::proposal::points;
use crate::base::page::{Page, plain};
use crate::base::{AssessorId, Lang, ProposalId, Result, Score, Vocabulary as _};
use crate::evaluation::aggregation::{Adjustment, Finding, Model};
use crate::evaluation::selection;
use crate::evaluation::standings::{AtTheCut, CutEffect, CutLine, Position, WeightRange};
use crate::model::{Edition, ProposalState};
use crate::registry::View;

/// So many rows below the cut are printed in Markdown; without a cut, so many rows in all.
const BELOW_THE_CUT: usize = 20;

/// So many proposals are named in one line.
const NAMED: usize = 10;

/// A row of the ranking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RankedRow {
    /// The place.
    pub place: u32,
    /// How many share it.
    pub shared_by: u32,
    /// The proposal.
    pub proposal: ProposalId,
    /// Its title.
    pub title: String,
    /// Its owner.
    pub owner: String,
    /// The total by which it stands there.
    pub score: Score,
    /// The tie-break that decided.
    pub decided_by: Option<String>,
    /// Its place by the adjusted totals.
    pub adjusted_place: Option<u32>,
    /// Its interval of places.
    pub interval: Option<(u32, u32)>,
    /// How likely it belongs above the cut.
    pub inside: Option<f64>,
    /// On which side of the cut.
    pub position: Option<Position>,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// How strict an assessor is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SeverityRow {
    /// The stage.
    pub stage: String,
    /// The assessor.
    pub assessor: AssessorId,
    /// How many scores the model had.
    pub scores: usize,
    /// The model: it says in what severity is measured, points of [`Model::Mixed`] and logits of [`Model::Rasch`].
    pub model: Model,
    /// How far below what others would give.
    pub severity: f64,
    /// The standard error.
    pub standard_error: f64,
    /// Whether it lies more than two standard errors from none: systematically strict or lenient.
    pub is_marked: bool,
}

/// What the plenary is told of an edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EditionReport {
    /// The edition.
    pub edition: String,
    /// Code of the group.
    pub group: Option<String>,
    /// How many take part.
    pub proposals: usize,
    /// Those that do not, with their state.
    pub excluded: Vec<(ProposalId, ProposalState)>,
    /// The ranking, whole.
    pub ranking: Vec<RankedRow>,
    /// Those without a total, with the stages they lack.
    pub unplaced: Vec<(ProposalId, Vec<String>)>,
    /// What happened at the cut.
    pub cut: Option<CutLine>,
    /// The pair at the cut and the smallest change after which one of them is on the other side.
    pub at_the_cut: Option<AtTheCut>,
    /// Those that raw and adjusted totals place on different sides of the cut.
    pub contested: Vec<ProposalId>,
    /// Why scores could not be adjusted, stage by stage.
    pub not_adjusted: Vec<(String, String)>,
    /// The assessors, stage by stage, strictest first.
    pub assessors: Vec<SeverityRow>,
    /// How they agree.
    pub agreement: Vec<StageAgreement>,
    /// How far weights can move.
    pub weight_ranges: Vec<WeightRange>,
    /// The choice under composition rules.
    pub selection: Option<selection::Outcome>,
    /// Whom these rules could not count.
    pub uncounted: Vec<UncountedProposals>,
    /// Score sheets that do not fit.
    pub strays: Vec<StraySheet>,
    /// Tie-breaks of the edition that no stage of this run has.
    pub tie_break_skipped: Vec<String>,
    /// What could not be computed (`uncertainty`, `at-the-cut`, `weight-ranges`), and why.
    pub unknown: Vec<(String, WhyNot)>,
    /// What should be looked at, stage by stage.
    pub findings: Vec<(String, Vec<Finding>)>,
    /// Sheets of those who must not score.
    pub conflicts: Vec<ConflictedSheet>,
}

pub(super) fn report(view: &View<'_>, scoring: &Scoring) -> Result<EditionReport> {
    let edition = view.get::<Edition>(&scoring.options.edition)?;
    let standings = scoring.standings();
    let adjustments = || scoring.outcome.stages.iter().zip(&scoring.adjustments);
    let assessors: Vec<SeverityRow> = adjustments().flat_map(|(stage, one)| severities(&stage.stage, one)).collect();
    Ok(EditionReport {
        edition: name_of(edition),
        group: scoring.options.group.as_ref().map(ToString::to_string),
        proposals: scoring.proposals.len(),
        excluded: scoring.excluded.clone(),
        ranking: ranking(scoring),
        unplaced: standings.map_or_else(Vec::new, |standings| {
            let codes = |codes: &[crate::model::Line]| codes.iter().map(ToString::to_string).collect();
            standings.unplaced.iter().map(|one| (one.proposal.clone(), codes(&one.lacking))).collect()
        }),
        cut: standings.and_then(|standings| standings.cut.clone()),
        at_the_cut: scoring.at_the_cut.as_ref().and_then(Known::known).cloned(),
        contested: contested(scoring),
        not_adjusted: adjustments()
            .filter_map(|(stage, one)| one.refused().map(|why| (stage.stage.to_string(), why.reason.clone())))
            .collect(),
        assessors,
        agreement: scoring.agreement.clone(),
        weight_ranges: scoring.weight_ranges.known().cloned().unwrap_or_default(),
        selection: scoring.selection.clone(),
        uncounted: scoring.uncounted.clone(),
        strays: scoring.strays.clone(),
        tie_break_skipped: scoring.tie_break_skipped.iter().map(ToString::to_string).collect(),
        unknown: unknown(scoring),
        findings: scoring
            .outcome
            .stages
            .iter()
            .map(|stage| (stage.stage.to_string(), stage.findings.clone()))
            .collect(),
        conflicts: scoring.conflicts.clone(),
    })
}

fn unknown(scoring: &Scoring) -> Vec<(String, WhyNot)> {
    fn why<T>(known: Option<&Known<T>>) -> Option<WhyNot> {
        match known {
            Some(Known::Unknown(why)) => Some(why.clone()),
            _ => None,
        }
    }
    let all = [
        ("uncertainty", why(scoring.uncertainty.as_ref())),
        ("at-the-cut", why(scoring.at_the_cut.as_ref())),
        ("weight-ranges", why(Some(&scoring.weight_ranges))),
    ];
    all.into_iter().filter_map(|(what, why)| Some((what.to_owned(), why?))).collect()
}

fn severities(stage: &str, adjustment: &Adjustment) -> Vec<SeverityRow> {
    let Some(adjusted) = adjustment.adjusted() else { return Vec::new() };
    let rows = adjusted.assessors.iter();
    let mut rows: Vec<SeverityRow> = rows
        .map(|one| SeverityRow {
            model: adjusted.model,
            stage: stage.to_owned(),
            assessor: one.assessor.clone(),
            scores: one.scores,
            severity: one.severity,
            standard_error: one.standard_error,
            is_marked: one.severity.abs() > 2.0 * one.standard_error,
        })
        .collect();
    rows.sort_by(|a, b| b.severity.total_cmp(&a.severity).then_with(|| a.assessor.cmp(&b.assessor)));
    rows
}

fn ranking(scoring: &Scoring) -> Vec<RankedRow> {
    let Some(standings) = scoring.standings() else { return Vec::new() };
    let chosen: std::collections::BTreeSet<ProposalId> = scoring.chosen().into_iter().collect();
    let described: std::collections::BTreeMap<&ProposalId, _> =
        scoring.proposals.iter().map(|proposal| (&proposal.id, proposal)).collect();
    let adjusted: std::collections::BTreeMap<&ProposalId, u32> =
        scoring.adjusted.iter().flat_map(|all| &all.places).map(|place| (&place.proposal, place.place)).collect();
    let surely = scoring.uncertainty.as_ref().and_then(Known::known);
    let intervals: std::collections::BTreeMap<&ProposalId, _> =
        surely.iter().flat_map(|all| &all.proposals).map(|one| (&one.proposal, one)).collect();
    standings
        .places
        .iter()
        .map(|place| {
            let interval = intervals.get(&place.proposal);
            let proposal = described.get(&place.proposal);
            RankedRow {
                place: place.place,
                shared_by: place.shared_by,
                proposal: place.proposal.clone(),
                title: proposal.map(|proposal| proposal.title.clone()).unwrap_or_default(),
                owner: proposal.map(|proposal| proposal.owner.clone()).unwrap_or_default(),
                score: place.score,
                decided_by: place.decided_by.as_ref().map(ToString::to_string),
                adjusted_place: adjusted.get(&place.proposal).copied(),
                interval: interval.map(|one| (one.from, one.to)),
                inside: interval.and_then(|one| one.inside),
                position: place.position,
                is_chosen: chosen.contains(&place.proposal),
            }
        })
        .collect()
}

/// Those that raw and adjusted totals place on different sides of the cut, by id.
fn contested(scoring: &Scoring) -> Vec<ProposalId> {
    let Some(adjusted) = &scoring.adjusted else { return Vec::new() };
    let inside = |standings: &crate::evaluation::standings::Standings| {
        standings.at(Position::Inside).map(|place| place.proposal.clone()).collect::<std::collections::BTreeSet<_>>()
    };
    inside(&scoring.outcome.standings).symmetric_difference(&inside(adjusted)).cloned().collect()
}

impl EditionReport {
    /// As a page of Markdown: the ranking down to some places below the cut; the whole of it is in the report itself.
    pub fn to_markdown(&self, lang: Lang) -> String {
        let mut page = Page::new(lang);
        let edition = plain(&self.edition);
        page.say(&format!("# Hasil penilaian {edition}\n\n"), &format!("# Results of {edition}\n\n"));
        self.numbers(&mut page);
        self.the_cut(&mut page);
        self.composition(&mut page);
        self.table(&mut page);
        self.panel(&mut page);
        self.weights(&mut page);
        self.look_at(&mut page);
        page.text
    }

    fn numbers(&self, page: &mut Page) {
        if let Some(group) = &self.group {
            page.item(("Kelompok", "Group"), &plain(group));
        }
        page.item(("Proposal yang dinilai", "Proposals that take part"), &self.proposals.to_string());
        page.item(("Tidak ikut", "Not taking part"), &self.excluded.len().to_string());
        page.item(("Belum bernilai akhir", "Without a total"), &self.unplaced.len().to_string());
        let chosen = self.ranking.iter().filter(|row| row.is_chosen).count();
        page.item(("Terpilih", "Chosen"), &chosen.to_string());
    }

    fn the_cut(&self, page: &mut Page) {
        let Some(line) = &self.cut else { return };
        page.heading("Batas kelulusan", "The cut");
        let none = "–".to_owned();
        page.item(("Nilai minimum", "Pass mark"), &line.cut.pass_mark.map_or(none.clone(), |mark| mark.to_string()));
        page.item(("Jumlah tempat", "Places"), &line.cut.places.map_or(none, |places| places.to_string()));
        page.item(("Pasti di atas batas", "Surely above"), &line.inside.to_string());
        if !line.tied.is_empty() {
            let tied: Vec<String> = line.tied.iter().map(|id| plain(id.as_str())).collect();
            let words =
                ("Sama nilai tepat pada batas, diputuskan oleh pleno", "Tied on the cut, for the plenary to decide");
            page.item(words, &format!("{} ({} {})", tied.join(", "), line.open, page.pick("tempat", "places")));
        }
        if let Some(by) = &line.decided_by {
            page.item(("Nilai sama pada batas dibedakan oleh", "Equal totals at the cut told apart by"), &plain(by));
        }
        if let Some(pair) = &self.at_the_cut {
            let (inside, outside) = (plain(pair.inside.as_str()), plain(pair.outside.as_str()));
            page.item(("Pasangan pada batas", "The pair at the cut"), &format!("{inside} / {outside}"));
            page.item(("Selisih nilainya", "Their difference"), &pair.gap.to_string());
            if let Some(change) = &pair.score {
                let (sheet, criterion) = (plain(change.sheet.as_str()), plain(&change.criterion));
                let words = match change.effect {
                    CutEffect::Swaps => {
                        ("Perubahan nilai terkecil yang menukarnya", "Smallest change of a score that swaps them")
                    }
                    CutEffect::Lifts => (
                        "Perubahan nilai terkecil yang meluluskan yang kedua",
                        "Smallest change of a score that brings the second in",
                    ),
                    CutEffect::Drops => (
                        "Perubahan nilai terkecil yang menggugurkan yang pertama",
                        "Smallest change of a score that puts the first out",
                    ),
                };
                page.item(words, &format!("{sheet}, {criterion}: {} → {}", change.from, change.to));
            }
            if let Some(change) = &pair.weight {
                let what = change.criterion.as_ref().map_or_else(|| plain(&change.stage), |code| plain(code));
                let words = match change.effect {
                    CutEffect::Swaps => {
                        ("Perubahan bobot terkecil yang menukarnya", "Smallest change of a weight that swaps them")
                    }
                    CutEffect::Lifts => (
                        "Perubahan bobot terkecil yang meluluskan yang kedua",
                        "Smallest change of a weight that brings the second in",
                    ),
                    CutEffect::Drops => (
                        "Perubahan bobot terkecil yang menggugurkan yang pertama",
                        "Smallest change of a weight that puts the first out",
                    ),
                };
                page.item(words, &format!("{what}: {} → {}", change.from, change.to));
            }
        }
        let contested: Vec<String> = self.contested.iter().map(|id| plain(id.as_str())).collect();
        if !contested.is_empty() {
            let words = (
                "Berpindah sisi bila ketat-longgarnya penilai disesuaikan",
                "On the other side if severity is adjusted for",
            );
            let more = if contested.len() > NAMED { ", …" } else { "" };
            let first: Vec<&str> = contested.iter().take(NAMED).map(String::as_str).collect();
            page.item(words, &format!("{} ({}{more})", contested.len(), first.join(", ")));
        }
    }

    fn composition(&self, page: &mut Page) {
        match &self.selection {
            None => {}
            Some(outcome) => {
                page.heading("Komposisi", "Composition");
                if let Some(chosen) = outcome.chosen() {
                    let surely = if chosen.optimal {
                        page.pick("terbaik yang mungkin", "the best there is")
                    } else {
                        page.pick("terbaik yang ditemukan", "the best found")
                    };
                    let (total, bound) = (points(chosen.total.to_f64()), points(chosen.bound.to_f64()));
                    page.item(("Jumlah nilai", "Total score"), &format!("{total} ({surely}, ≤ {bound})"));
                    page.text.push('\n');
                    page.row(&[
                        ("Aturan", "Rule"),
                        ("Nilai", "Value"),
                        ("Terpilih", "Chosen"),
                        ("Tidak diketahui", "Unknown"),
                        ("Mengikat", "Binding"),
                    ]);
                    for tally in &chosen.tallies {
                        let value = tally.value.as_deref().unwrap_or_default();
                        let tight = if tally.is_tight { page.pick("ya", "yes") } else { "" };
                        page.cells(&[
                            &plain(&tally.code),
                            &plain(value),
                            &tally.chosen.to_string(),
                            &tally.unknown.to_string(),
                            tight,
                        ]);
                    }
                }
                self.settled(page, outcome);
                if let Some(blocked) = outcome.blocked() {
                    page.line("Aturan berikut tidak dapat dipenuhi bersama:", "These rules cannot be kept together:");
                    for rule in &blocked.rules {
                        let value =
                            rule.value.as_deref().map(|value| format!(" ({})", plain(value))).unwrap_or_default();
                        let _ = writeln!(
                            page.text,
                            "- {}{value}: {} {} / {}",
                            plain(&rule.code),
                            rule.end.label(page.lang),
                            rule.count,
                            rule.of
                        );
                    }
                }
            }
        }
    }

    /// Whether others could have been chosen as well, and whom the rules could not count.
    fn settled(&self, page: &mut Page, outcome: &selection::Outcome) {
        page.text.push('\n');
        if let Some(chosen) = outcome.chosen() {
            if chosen.alternatives != Some(false) {
                page.line(
                    "Mungkin ada pilihan lain dengan jumlah nilai yang sama; terpilih yang peringkatnya lebih dulu.",
                    "Others may have the same total score; chosen is who comes first in the ranking.",
                );
            }
            for swap in chosen.swaps.iter().take(NAMED) {
                let (one, other) = (plain(swap.chosen.as_str()), plain(swap.instead.as_str()));
                let _ = writeln!(page.text, "- {one} {} {other}", page.pick("dapat diganti oleh", "could as well be"));
            }
        } else if outcome.blocked().is_none() {
            page.line(
                "Tidak ada pilihan yang ditemukan dalam batas kerja; perbesar batasnya.",
                "No choice was found within the work allowed; allow more.",
            );
        }
        for uncounted in &self.uncounted {
            let count = uncounted.proposals.len();
            let words = page.pick("nilainya tidak diketahui", "value not known");
            let _ = writeln!(page.text, "- {}: {words} ({count})", plain(&uncounted.code));
        }
    }

    fn table(&self, page: &mut Page) {
        page.heading("Peringkat", "Ranking");
        let last = self.ranking.iter().rposition(|row| row.is_chosen || row.position == Some(Position::Inside));
        let shown = last.map_or(0, |last| last + 1) + BELOW_THE_CUT;
        page.row(&[
            ("Peringkat", "Place"),
            ("Proposal", "Proposal"),
            ("Instansi", "Agency"),
            ("Nilai", "Total"),
            ("Peringkat disesuaikan", "Adjusted place"),
            ("Rentang", "Interval"),
            ("Peluang", "Chance"),
            ("Terpilih", "Chosen"),
        ]);
        for row in self.ranking.iter().take(shown) {
            let shared = if row.shared_by > 1 { "=" } else { "" };
            let by = row.decided_by.as_deref().map(|by| format!(" ({})", plain(by))).unwrap_or_default();
            let chosen = if row.is_chosen { page.pick("ya", "yes") } else { "" };
            page.cells(&[
                &format!("{}{shared}", row.place),
                &plain(&row.title),
                &plain(&row.owner),
                &format!("{}{by}", row.score),
                &row.adjusted_place.map(|place| place.to_string()).unwrap_or_default(),
                &row.interval.map(|(from, to)| format!("{from}–{to}")).unwrap_or_default(),
                &row.inside.map(|inside| format!("{:.0} %", 100.0 * inside)).unwrap_or_default(),
                chosen,
            ]);
        }
        let left = self.ranking.len().saturating_sub(shown);
        if left > 0 {
            page.say(&format!("\n… dan {left} lagi di bawahnya.\n"), &format!("\n… and {left} more below.\n"));
        }
    }

    fn panel(&self, page: &mut Page) {
        page.heading("Penilai", "Assessors");
        for agreement in &self.agreement {
            let alpha = match agreement.alpha.defined() {
                Some(alpha) => format!("{:.3}", alpha.value),
                None => page.unknown(),
            };
            let stage = plain(&agreement.stage);
            let _ = writeln!(page.text, "- {stage}: Krippendorff α = {alpha}");
        }
        for (stage, why) in &self.not_adjusted {
            let words = page.pick("tidak dapat disesuaikan", "could not be adjusted");
            let _ = writeln!(page.text, "- {}: {words}: {}", plain(stage), plain(why));
        }
        if self.assessors.is_empty() {
            return;
        }
        page.text.push('\n');
        page.row(&[("Penilai", "Assessor"), ("Tahap", "Stage"), ("Lebih ketat", "Stricter by"), ("±", "±"), ("", "")]);
        for row in &self.assessors {
            let mark = match (row.is_marked, row.severity > 0.0) {
                (true, true) => page.pick("ketat", "strict"),
                (true, false) => page.pick("longgar", "lenient"),
                (false, _) => "",
            };
            let unit = if row.model == Model::Rasch { "logit" } else { page.pick("poin", "points") };
            let severity = format!("{} {unit}", points(row.severity));
            let error = points(row.standard_error);
            page.cells(&[&plain(row.assessor.as_str()), &plain(&row.stage), &severity, &error, mark]);
        }
    }

    fn weights(&self, page: &mut Page) {
        if self.weight_ranges.is_empty() {
            return;
        }
        page.heading("Seberapa jauh bobot dapat bergeser", "How far weights can move");
        page.row(&[
            ("Kriteria", "Criterion"),
            ("Bobot", "Weight"),
            ("Turun sampai", "Down to"),
            ("Naik sampai", "Up to"),
        ]);
        for range in &self.weight_ranges {
            let what = range.criterion.as_ref().map_or_else(|| plain(&range.stage), |code| plain(code));
            let end = |crossing: &Option<crate::evaluation::standings::Crossing>| {
                crossing.as_ref().map_or_else(|| "–".to_owned(), |crossing| crossing.weight.to_string())
            };
            if let Some(why) = &range.undetermined {
                page.cells(&[&what, &range.weight.to_string(), &plain(why), ""]);
                continue;
            }
            page.cells(&[&what, &range.weight.to_string(), &end(&range.down), &end(&range.up)]);
        }
    }

    fn look_at(&self, page: &mut Page) {
        page.heading("Perlu diperiksa", "To be looked at");
        let mut any = false;
        for (stage, findings) in &self.findings {
            for (what, count) in counted(findings, page.lang) {
                any = true;
                let _ = writeln!(page.text, "- {}: {what} ({count})", plain(stage));
            }
        }
        any |= self.misfits(page);
        for sheet in &self.conflicts {
            any = true;
            let words = page.pick("menilai dengan benturan kepentingan", "scored with a conflict of interest");
            let (assessor, proposal) = (plain(sheet.assessor.as_str()), plain(sheet.proposal.as_str()));
            let grounds: Vec<&str> = sheet.grounds.iter().map(|ground| ground.label(page.lang)).collect();
            let _ = writeln!(page.text, "- {assessor} {words}: {proposal} ({})", grounds.join(", "));
        }
        if !any {
            page.line("Tidak ada.", "Nothing.");
        }
    }
}

impl EditionReport {
    /// Sheets and tie-breaks that do not fit, and what could not be computed. Says whether there is any.
    fn misfits(&self, page: &mut Page) -> bool {
        for stray in &self.strays {
            let (sheet, assessor) = (plain(stray.sheet.as_str()), plain(stray.assessor.as_str()));
            let _ = writeln!(page.text, "- {sheet} ({assessor}): {}", stray.why.label(page.lang));
        }
        if !self.tie_break_skipped.is_empty() {
            let words =
                ("Penentu nilai sama yang tidak ada pada tahap ini", "Tie-breaks that no stage of this run has");
            page.item(words, &plain(&self.tie_break_skipped.join(", ")));
        }
        for (what, why) in &self.unknown {
            let words = match what.as_str() {
                "uncertainty" => page.pick("Rentang peringkat tidak diketahui", "Intervals of places are not known"),
                "at-the-cut" => page.pick(
                    "Perubahan terkecil pada batas tidak diketahui",
                    "The smallest change at the cut is not known",
                ),
                _ => page.pick("Rentang bobot tidak diketahui", "Ranges of weights are not known"),
            };
            let reason = if page.lang == Lang::Id { &why.reason_id } else { &why.reason };
            let _ = writeln!(page.text, "- {words}: {}", plain(reason));
        }
        !(self.strays.is_empty() && self.tie_break_skipped.is_empty() && self.unknown.is_empty())
    }
}

/// Findings by their kind, with how many there are.
fn counted(findings: &[Finding], lang: Lang) -> Vec<(&'static str, usize)> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for finding in findings {
        let (id, en) = match finding {
            Finding::EmptyPanel => ("tidak ada nilai sama sekali", "no scores at all"),
            Finding::OneAssessorOnly { .. } => ("hanya satu penilai", "one assessor only"),
            Finding::AllEqual { .. } => ("semua nilai sama", "all scores are equal"),
            Finding::NoScore { .. } => ("proposal belum dinilai", "proposals without a score"),
            Finding::OneSheet { .. } => ("proposal dengan satu penilai", "proposals with one assessor"),
            Finding::TooFewAssessors { .. } => ("proposal kurang penilai", "proposals with too few assessors"),
            Finding::ModerationDue { .. } => ("proposal perlu moderasi", "proposals to be moderated"),
            Finding::LeftOut { .. } => ("lembar dengan kriteria kosong, dilewati", "sheets with criteria left out"),
            Finding::AtLowest { .. } => {
                ("lembar dengan kriteria kosong, dihitung terendah", "sheets with criteria counted lowest")
            }
            Finding::EmptySheet { .. } => ("lembar kosong", "empty sheets"),
            Finding::SetAside { .. } => ("lembar pengganti yang tidak dipakai", "replacing sheets set aside"),
        };
        let what = if lang == Lang::Id { id } else { en };
        match counts.iter_mut().find(|(known, _)| *known == what) {
            Some((_, count)) => *count += 1,
            None => counts.push((what, 1)),
        }
    }
    counts
}
