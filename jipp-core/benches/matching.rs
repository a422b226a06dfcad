//! Matching at the scale of the country: 100,000 innovations of about 140 words.
//!
//! `cargo bench -p jipp-core --features testing --bench matching`
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a benchmark measures time and stops at the first surprise"
)]

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main};
use jipp_core::base::PartialDate;
use jipp_core::matching::{Analyzer, Field, FieldSet, Lexicon, Query, Ranking, Scratch, TextIndex};
use jipp_core::model::{AgencyKind, Award, Hub, HubKind, Innovation, Line, Record, Region, regions_id};
use jipp_core::network::{Network, Options, Question};
use jipp_core::registry::{Action, Stamp};
use jipp_core::testing::National;

/// Words that a tenth of all records hold are left out of the shorter queries.
const COMMON: usize = 10;
/// Queries are taken from records this far apart, so that none finds the cache warmed by the one before.
const STEP: usize = 487;
const QUERIES: usize = 200;

struct TextAlone;

impl Ranking for TextAlone {
    fn most(&self, score: u32) -> i64 {
        i64::from(score)
    }
    fn value(&self, _: u32, score: u32, _: i64) -> Option<i64> {
        Some(i64::from(score))
    }
}

fn text(innovation: &Innovation) -> String {
    let texts = [&innovation.problem, &innovation.solution, &innovation.outcome].into_iter().flatten();
    let mut whole = format!("{} {}", innovation.title, innovation.expansion.as_deref().unwrap_or_default());
    for text in texts {
        whole.push(' ');
        whole.push_str(text);
    }
    whole
}

/// One field, and words as they are: what every engine in the comparison gets.
fn index(texts: &[String]) -> TextIndex {
    let fields = FieldSet::new(vec![Field::new("text", 100).with_pivot(140)]).unwrap();
    let mut index = TextIndex::new(Arc::new(Analyzer::verbatim()), fields);
    for (doc, text) in (0..).zip(texts) {
        index.insert(doc, &[(0, text)]).unwrap();
    }
    index
}

/// Runs a work once for each number, in turn, and says what the median and the slowest hundredth took: a mean would hide
/// the one and blur the other.
fn measure(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, of: usize, mut work: impl FnMut(usize)) {
    let mut times: Vec<Duration> = Vec::new();
    let mut next = 0;
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|count| {
            let before = times.len();
            for _ in 0..count {
                next = (next + 1) % of;
                let begun = Instant::now();
                work(next);
                times.push(begun.elapsed());
            }
            times[before..].iter().sum()
        });
    });
    times.sort_unstable();
    if !times.is_empty() {
        eprintln!("{name}: median {:?}, p99 {:?}", times[times.len() / 2], times[times.len() * 99 / 100]);
    }
}

fn bare_index(criterion: &mut Criterion) {
    let national = National::default();
    let texts: Vec<String> = national.innovations().map(|innovation| text(&innovation.unwrap())).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let index = index(&texts);
    eprintln!("text {bytes} bytes, index {} bytes on the heap", index.heap_bytes());
    let lexicon = Lexicon::empty(Arc::new(Analyzer::verbatim()));
    let mut holders: HashMap<&str, usize> = HashMap::new();
    for text in &texts {
        let mut words: Vec<&str> = text.split(' ').collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            *holders.entry(word).or_default() += 1;
        }
    }
    let rarer = |text: &str| {
        let rare = text.split(' ').filter(|word| holders[word] < texts.len() / COMMON);
        rare.collect::<Vec<_>>().join(" ")
    };
    let eight = |text: &str| {
        let rarer = rarer(text);
        let words: Vec<&str> = rarer.split(' ').collect();
        words.iter().step_by((words.len() / 8).max(1)).take(8).copied().collect::<Vec<_>>().join(" ")
    };
    let queries = |of: &dyn Fn(&str) -> String| -> Vec<Query> {
        texts.iter().step_by(STEP).take(QUERIES).map(|text| Query::parse(&of(text), &lexicon)).collect()
    };
    let (rare, whole, need) = (queries(&rarer), queries(&str::to_owned), queries(&eight));
    let mean = |queries: &[Query]| queries.iter().map(|query| query.words().count()).sum::<usize>() / queries.len();
    eprintln!("different words per query: {} rarer, {} all, {} need", mean(&rare), mean(&whole), mean(&need));

    let mut group = criterion.benchmark_group("index");
    let mut scratch = Scratch::default();
    for (name, queries) in [("rarer words", &rare), ("all words", &whole), ("8-word need", &need)] {
        measure(&mut group, &format!("top 10, {name}"), queries.len(), |next| {
            black_box(index.search_by(&queries[next], &TextAlone, 10, &mut scratch));
        });
    }
    let mut edited = index.clone();
    measure(&mut group, "edit one record", texts.len() - 1, |next| {
        let doc = next * 7_919 % texts.len();
        let other = &texts[(doc + 1) % texts.len()];
        edited.insert(u32::try_from(doc).unwrap(), &[(0, other)]).unwrap();
    });
    measure(&mut group, "delete one record and insert it again", texts.len(), |next| {
        let doc = u32::try_from(next * 7_919 % texts.len()).unwrap();
        edited.remove(doc);
        edited.insert(doc, &[(0, &texts[doc as usize])]).unwrap();
    });
    group.sample_size(10).measurement_time(Duration::from_secs(15));
    group.bench_function("build from tokens", |bencher| bencher.iter(|| black_box(self::index(&texts))));
    group.finish();
}

/// A network in which everything speaks: regions, awards, replications, hubs.
fn network(national: &National) -> Network {
    let network = Network::in_memory(&Options::new("bench").unwrap()).unwrap();
    let stamp = Stamp::at("2026-11-22T08:00:00Z".parse().unwrap());
    let commit = |records: Vec<Record>| {
        network.commit(&stamp, records.into_iter().map(Action::Register).collect()).unwrap();
    };
    let regions: Vec<Region> = regions_id().unwrap();
    let places: Vec<_> = regions.iter().map(|region| region.id.clone()).collect();
    commit(regions.into_iter().map(Into::into).collect());
    commit(national.sectors().unwrap().into_iter().map(Into::into).collect());
    let mut agencies = national.agencies().unwrap();
    for (number, agency) in agencies.iter_mut().enumerate() {
        agency.region = Some(places[number % places.len()].clone());
    }
    let hubs = agencies.iter().take(60).enumerate();
    let hubs: Vec<Record> = hubs
        .map(|(number, agency)| {
            Hub::new(format!("hub-{number}").parse().unwrap(), agency.id.clone(), HubKind::Regional).into()
        })
        .collect();
    commit(agencies.into_iter().map(Into::into).collect());
    commit(hubs);
    let innovations: Vec<Innovation> = national.innovations().map(Result::unwrap).collect();
    let awards = innovations.iter().step_by(10).enumerate().map(|(number, innovation)| {
        let label = Line::new("Top 99 KIPP").unwrap();
        Award::new(format!("award-{number}").parse().unwrap(), innovation.id.clone(), label).into()
    });
    let awards: Vec<Record> = awards.collect();
    commit(innovations.into_iter().map(Into::into).collect());
    commit(awards);
    // A tenth of the innovations were replicated: more would measure the check for cycles of one huge tree.
    let replications = National { replications: 10_000, ..national.clone() }.replications().unwrap();
    commit(replications.into_iter().map(Into::into).collect());
    network
}

fn candidates(criterion: &mut Criterion) {
    let national = National::default();
    let network = network(&national);
    let innovations: Vec<Innovation> = national.innovations().step_by(STEP).take(QUERIES).map(Result::unwrap).collect();
    let region = network.read(|view| view.all::<Region>().nth(300).map(|region| region.id.clone()));
    let question = |text: String| Question {
        agency_kind: Some(AgencyKind::Regency),
        region: region.clone(),
        on: Some(PartialDate::new(2026, None, None).unwrap()),
        ..Question::new(&text)
    };
    let words = |innovation: &Innovation, count: usize| {
        let text = text(innovation);
        text.split(' ').step_by(11).take(count).collect::<Vec<_>>().join(" ")
    };
    let mut group = criterion.benchmark_group("network");
    for count in [8, 30] {
        let questions: Vec<Question> = innovations.iter().map(|one| question(words(one, count))).collect();
        measure(&mut group, &format!("candidates, need of {count} words"), questions.len(), |next| {
            black_box(network.candidates(&questions[next]).unwrap());
        });
    }
    group.finish();
}

criterion_group!(matching, bare_index, candidates);
criterion_main!(matching);
