//! What the weights of the score should be, as far as known answers tell: fitted, and tried on what they were not fitted to.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jipp_core::base::InnovationId;
use jipp_core::model::{EntityRef, Innovation, Replication};
use jipp_core::network::{Fit, FitOptions, Interval, Label, Measures, Network};
use jipp_core::{Lang, Result};
use serde::Serialize;

use super::jipp::Whole;
use super::pool::Pool;
use super::tasks::{Task, Topic};

/// How strongly the default weights are believed: the first is the library's own choice.
const STRENGTHS: [f64; 3] = [1.0, 0.1, 10.0];

/// What one set of known answers teaches.
#[derive(Debug, Serialize)]
pub(super) struct Lesson {
    about: String,
    fits: Vec<Believed>,
}

/// A fit, and how strongly it held to the default weights.
#[derive(Debug, Serialize)]
struct Believed {
    strength: f64,
    fit: Fit,
}

/// Everything that can be learnt from.
pub(super) fn lessons(network: &Network, pool: &Pool, engine: &Whole<'_>, tasks: &[Task]) -> Result<Vec<Lesson>> {
    let mut lessons = Vec::new();
    for task in tasks {
        let labels = labels(engine, pool, task)?;
        lessons.push(lesson(network, task.about.to_owned(), &labels)?);
        if !task.is_judged {
            let about = format!("{}; no replication of the source known", task.about);
            lessons.push(lesson(network, about, &unspoken(network, labels.clone()))?);
            let about = format!("{}; among the gathered records only", task.about);
            lessons.push(lesson(network, about, &gathered(pool, labels)?)?);
        }
    }
    let own = network.labels_from_replications();
    lessons.push(lesson(network, "Labels from the replications on record, unmasked".to_owned(), &own)?);
    Ok(lessons)
}

fn lesson(network: &Network, about: String, labels: &[Label]) -> Result<Lesson> {
    let fits = STRENGTHS.map(|strength| {
        let options = FitOptions { strength, ..FitOptions::default() };
        Ok(Believed { strength, fit: network.fit_weights(labels, &options)? })
    });
    Ok(Lesson { about, fits: fits.into_iter().collect::<Result<_>>()? })
}

fn labels(engine: &Whole<'_>, pool: &Pool, task: &Task) -> Result<Vec<Label>> {
    let label = |topic: &Topic, number: usize, grade: u8| {
        let innovation = pool.documents[number].id.parse()?;
        Ok(Label { question: engine.question(topic)?, innovation, grade, group: topic.source.clone() })
    };
    let graded = task.topics.iter().flat_map(|topic| topic.grades.iter().map(move |grade| (topic, grade)));
    graded.map(|(topic, (&number, &grade))| label(topic, number, grade)).collect()
}

/// The same without the records that are known as the source of a replication only. They have no awards and little else, and
/// they are right more often than others: among them a factor may tell not what was chosen but how its record came about.
fn gathered(pool: &Pool, labels: Vec<Label>) -> Result<Vec<Label>> {
    let others = || pool.documents.iter().filter(|document| !document.is_gathered);
    let ids = others().map(|document| document.id.parse()).collect::<Result<Vec<InnovationId>>>()?;
    let mut kept: Vec<Label> = labels.into_iter().filter(|label| !ids.contains(&label.innovation)).collect();
    for label in &mut kept {
        label.question.exclude.extend(ids.iter().cloned());
    }
    Ok(kept)
}

/// The same as if no replication of a right answer were known: others of the same source may have come later.
fn unspoken(network: &Network, labels: Vec<Label>) -> Vec<Label> {
    let of = |innovation: &EntityRef| {
        let ids = |view: jipp_core::registry::View<'_>| {
            view.referring::<Replication>(innovation).into_iter().map(|one| one.id.clone()).collect::<BTreeSet<_>>()
        };
        network.read(ids)
    };
    // All right answers of a question lose theirs, so that the question stays one.
    let mut labels = labels;
    let all: Vec<(String, BTreeSet<_>)> = labels
        .iter()
        .map(|label| (label.question.text.clone(), of(&EntityRef::of::<Innovation>(&label.innovation))))
        .collect();
    for label in &mut labels {
        let spoken = all.iter().filter(|(text, _)| *text == label.question.text).flat_map(|(_, ids)| ids.clone());
        let before = std::mem::take(&mut label.question.disregard);
        label.question.disregard = before.into_iter().chain(spoken).collect::<BTreeSet<_>>().into_iter().collect();
    }
    labels
}

/// A lesson to read.
pub(super) fn page(lesson: &Lesson) -> String {
    let mut text = String::new();
    let heading = format!("Weights: {}", lesson.about);
    let _ = writeln!(text, "{heading}\n{}", "=".repeat(heading.chars().count()));
    for (place, Believed { strength, fit }) in lesson.fits.iter().enumerate() {
        if place == 0 {
            details(&mut text, fit);
        }
        let points: Vec<String> = fit.report.factors.iter().map(|factor| factor.fitted.to_string()).collect();
        let gains = &fit.report.gains;
        let _ = writeln!(
            text,
            "strength {strength}: {}; left out, MRR {}, nDCG@10 {}",
            points.join(" "),
            gain(gains.mrr),
            gain(gains.ndcg_at_10)
        );
    }
    text
}

fn details(text: &mut String, fit: &Fit) {
    let report = &fit.report;
    let (questions, pairs, groups, folds) = (report.questions, report.pairs, report.groups, report.folds);
    let _ = writeln!(text, "{questions} questions, {pairs} pairs, {groups} groups in {folds} parts\n");
    let _ =
        writeln!(text, "{:<16}{:>8}{:>8}{:>10}{:>8}   over the parts", "factor", "right", "wrong", "default", "fitted");
    for factor in &report.factors {
        let (right, wrong) = (factor.right, factor.wrong);
        let _ = writeln!(
            text,
            "{:<16}{right:>8.3}{wrong:>8.3}{:>10}{:>8}   {} to {}",
            factor.name, factor.prior, factor.fitted, factor.lowest, factor.highest
        );
    }
    let _ = writeln!(text, "\n{:<34}{:>8}{:>11}{:>9}", "weights", "MRR", "recall@10", "nDCG@10");
    let rows = [
        ("default", report.prior),
        ("fitted, on what taught them", report.in_sample),
        ("fitted, on what was left out", report.left_out),
    ];
    for (name, Measures { mrr, recall_at_10, ndcg_at_10 }) in rows {
        let _ = writeln!(text, "{name:<34}{mrr:>8.3}{recall_at_10:>11.3}{ndcg_at_10:>9.3}");
    }
    let _ = writeln!(text, "\n{}", report.words(Lang::En));
    for missing in &report.not_found {
        let _ = writeln!(text, "not found: {} ({})", missing.innovation, missing.group);
    }
    let _ = writeln!(text);
}

fn gain(gain: Interval) -> String {
    format!("{:+.3} ({:+.3} to {:+.3})", gain.mean, gain.low, gain.high)
}
