//! Evaluation at the scale of the national competition: 2,500 proposals, each read by 3 of 30 assessors on 8 criteria.
//!
//! `cargo bench -p jipp-core --features testing --bench evaluation`
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jipp_core::base::{ProposalId, Score, Weight};
use jipp_core::evaluation::aggregation::{AdjustOptions, Rules, ScoredStage, Unit};
use jipp_core::evaluation::agreement::{Bootstrap, Level, Ratings, krippendorff_interval};
use jipp_core::evaluation::severity::{mixed, rasch};
use jipp_core::evaluation::standings::{Contest, Cut, Entrant, Resampling, SUBMITTED_ON};
use jipp_core::model::{Line, Proposal, Rubric, ScoreSheet};
use jipp_core::testing::GeneratedEdition;

/// The records of an edition, as a ranking begins with them.
struct Records {
    proposals: Vec<Proposal>,
    rubric: Rubric,
    sheets: Vec<ScoreSheet>,
}

fn records(edition: &GeneratedEdition) -> Records {
    let (proposals, rubric) = (edition.proposals().unwrap(), edition.rubric().unwrap());
    Records { proposals, rubric, sheets: edition.sheets().unwrap() }
}

fn contest(records: &Records) -> Contest {
    let tie_break = ["c-4", "c-5", SUBMITTED_ON].map(|code| Line::new(code).unwrap());
    Contest::new(records.proposals.iter().map(Entrant::from).collect())
        .with_stage("desk", &records.rubric, &records.sheets, Rules::default(), Weight::from_int(1))
        .unwrap()
        .with_tie_break(&tie_break)
        .unwrap()
        .with_cut(Cut { places: Some(99), pass_mark: None })
}

fn scored(records: &Records) -> ScoredStage {
    let proposals: Vec<ProposalId> = records.proposals.iter().map(|one| one.id.clone()).collect();
    ScoredStage::new("desk", &records.rubric, &proposals, &records.sheets).unwrap()
}

fn standings(criterion: &mut Criterion) {
    let points = records(&GeneratedEdition::default());
    let mut group = criterion.benchmark_group("standings");
    group.bench_function("records to places", |bencher| bencher.iter(|| contest(&points).run().unwrap()));
    let ready = contest(&points);
    group.bench_function("scores to places", |bencher| bencher.iter(|| ready.run().unwrap()));
    group.sample_size(10);
    for threads in [1, 2] {
        let options = Resampling { threads, ..Resampling::default() };
        group.bench_function(format!("1,000 resamples, {threads} threads"), |bencher| {
            bencher.iter(|| ready.uncertainty(&options).unwrap());
        });
    }
    group.bench_function("weight ranges", |bencher| bencher.iter(|| ready.weight_ranges().unwrap()));
    group.bench_function("at the cut", |bencher| bencher.iter(|| ready.at_the_cut(Score::from_int(1)).unwrap()));
    group.finish();
}

fn severity(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("severity");
    group.sample_size(10);
    let points = scored(&records(&GeneratedEdition::default()));
    let options = AdjustOptions::default();
    group.bench_function("adjusted totals, mixed", |bencher| bencher.iter(|| points.adjust(&options)));
    let single = points.observations(Unit::Criterion);
    group.bench_function("mixed, by criteria", |bencher| {
        bencher.iter(|| mixed::fit(&single, &mixed::Options::default()).unwrap());
    });
    for levels in [5, 10] {
        let edition = GeneratedEdition { levels: Some(levels), ..GeneratedEdition::default() };
        let scores = scored(&records(&edition)).observations(Unit::Criterion);
        for (name, options) in [
            ("rating scale", rasch::Options::rating_scale(1, levels)),
            ("partial credit", rasch::Options::partial_credit(1, levels)),
        ] {
            group.bench_function(format!("Rasch, {levels} levels, {name}"), |bencher| {
                bencher.iter(|| rasch::fit(&scores, &options).unwrap());
            });
        }
    }
    group.finish();
}

fn agreement(criterion: &mut Criterion) {
    let edition = GeneratedEdition { readers: 30, criteria: 1, ..GeneratedEdition::default() };
    let stage = scored(&records(&edition));
    let mut rows = vec![vec![None; edition.proposals]; edition.assessors];
    for one in stage.observations(Unit::Sheet) {
        rows[one.assessor as usize][one.proposal as usize] = Some(one.score);
    }
    let ratings = Ratings::new(Level::Interval, &rows).unwrap();
    let mut group = criterion.benchmark_group("agreement");
    group.sample_size(10);
    group.bench_function("Krippendorff interval, 1,000 resamples", |bencher| {
        bencher.iter(|| black_box(krippendorff_interval(&ratings, &Bootstrap::default()).unwrap()));
    });
    group.finish();
}

criterion_group!(benches, standings, severity, agreement);
criterion_main!(benches);
