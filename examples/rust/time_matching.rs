//! How fast the text index is on 100,000 generated innovations; JSON for `examples/python/peers/speed.py`.
//!
//! Three kinds of query, each drawn from 200 records that lie far apart: the whole record, the record without the words
//! that a tenth of all records hold, and eight of those rarer words. A fourth is the title, put to an index of titles.
//! Beside the index stands what it has to beat: every entry added into one dense array of floats, and a look at it all.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a program that reads the clock and prints figures; its counts are small"
)]

use std::collections::HashMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use jipp_core::Result;
use jipp_core::base::{Code, Error};
use jipp_core::matching::{Analyzer, Field, FieldSet, Found, Lexicon, Query, Ranking, Scratch, TextIndex};
use jipp_core::model::Innovation;
use jipp_core::testing::National;
use serde_json::{Value, json};

/// Times the text index on generated innovations.
#[derive(Parser, Debug)]
#[command(name = "time_matching")]
struct Arguments {
    /// Write texts and queries into this folder, and measure nothing
    #[arg(long)]
    export: Option<PathBuf>,
    /// Instead of single queries, look for the ten best of every record
    #[arg(long, value_name = "WORDS")]
    pairs: Option<Words>,
}

/// Which words of a record are the query.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Words {
    /// Those that less than a tenth of all records hold
    Rarer,
    /// All of them
    All,
}

/// Words that a tenth of all records hold are left out of the shorter queries.
const COMMON: usize = 10;
/// Queries are taken from records this far apart, so that none finds the cache warmed by the one before.
const STEP: usize = 487;
const QUERIES: usize = 200;
/// The words of a need.
const NEED: usize = 8;
const LIMIT: usize = 10;
const THREADS: usize = 2;
/// How often each query is timed.
const PASSES: usize = 5;
/// The usual length of a text and of a title, in words.
const PIVOTS: [u16; 2] = [140, 5];

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let material = Material::new()?;
    if let Some(dir) = arguments.export {
        return material.export(&dir);
    }
    let figures = match arguments.pairs {
        Some(words) => pairs(&material, words)?,
        None => single(&material)?,
    };
    println!("{figures}");
    Ok(())
}

// ---- what is searched -----------------------------------------------------------------------------------------------

/// Records and queries.
struct Material {
    texts: Vec<String>,
    titles: Vec<String>,
    /// How many records hold each word.
    holders: HashMap<String, usize>,
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

impl Material {
    fn new() -> Result<Self> {
        let (mut texts, mut titles) = (Vec::new(), Vec::new());
        for innovation in National::default().innovations() {
            let innovation = innovation?;
            texts.push(text(&innovation));
            titles.push(innovation.title.to_string());
        }
        let mut holders: HashMap<String, usize> = HashMap::new();
        for text in &texts {
            let mut words: Vec<&str> = text.split(' ').collect();
            words.sort_unstable();
            words.dedup();
            for word in words {
                match holders.get_mut(word) {
                    Some(count) => *count += 1,
                    None => drop(holders.insert(word.to_owned(), 1)),
                }
            }
        }
        Ok(Self { texts, titles, holders })
    }

    fn rarer(&self, text: &str) -> String {
        let rare = text.split(' ').filter(|word| self.holders[*word] < self.texts.len() / COMMON);
        rare.collect::<Vec<_>>().join(" ")
    }

    fn need(&self, text: &str) -> String {
        let rarer = self.rarer(text);
        let words: Vec<&str> = rarer.split(' ').collect();
        words.iter().step_by((words.len() / NEED).max(1)).take(NEED).copied().collect::<Vec<_>>().join(" ")
    }

    /// The queries of each work, by its name.
    fn queries(&self) -> [(&'static str, Vec<String>); 4] {
        let of = |texts: &[String], make: &dyn Fn(&str) -> String| {
            texts.iter().step_by(STEP).take(QUERIES).map(|text| make(text)).collect()
        };
        [
            ("rarer", of(&self.texts, &|text| self.rarer(text))),
            ("all", of(&self.texts, &str::to_owned)),
            ("need", of(&self.texts, &|text| self.need(text))),
            ("title", of(&self.titles, &str::to_owned)),
        ]
    }

    fn export(&self, dir: &Path) -> Result<()> {
        let queries = json!(self.queries().into_iter().collect::<HashMap<_, _>>()).to_string();
        let files = [("texts.txt", self.texts.join("\n")), ("titles.txt", self.titles.join("\n"))];
        for (name, content) in files.into_iter().chain([("queries.json", queries)]) {
            let failed = |error| Error::new(Code::StoreIo).source_name(name).caused_by(error);
            fs::write(dir.join(name), content).map_err(failed)?;
        }
        Ok(())
    }
}

// ---- the works ------------------------------------------------------------------------------------------------------

struct TextAlone;

impl Ranking for TextAlone {
    fn most(&self, score: u32) -> i64 {
        i64::from(score)
    }
    fn value(&self, _: u32, score: u32, _: i64) -> Option<i64> {
        Some(i64::from(score))
    }
}

/// An index of texts as one field.
fn index(texts: &[String], analyzer: Analyzer, pivot: u16) -> Result<TextIndex> {
    let fields = FieldSet::new(vec![Field::new("text", 100).with_pivot(pivot)])?;
    let mut index = TextIndex::new(Arc::new(analyzer), fields);
    for (doc, text) in (0..).zip(texts) {
        index.insert(doc, &[(0, text)])?;
    }
    Ok(index)
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let done = work();
    (done, begun.elapsed())
}

/// Median and 99th percentile over the queries in microseconds. The best time of each query counts, so that what else
/// the machine had to do says little.
fn latency<Q>(queries: &[Q], mut search: impl FnMut(&Q) -> Vec<u32>) -> (Value, Vec<Vec<u32>>) {
    let found = queries.iter().map(&mut search).collect();
    let mut times = vec![Duration::MAX; queries.len()];
    for _ in 0..PASSES {
        for (best, query) in times.iter_mut().zip(queries) {
            *best = timed(|| black_box(search(query))).1.min(*best);
        }
    }
    times.sort_unstable();
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    let (median, p99) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    (json!({"median": micros(median), "p99": micros(p99)}), found)
}

fn docs(found: Vec<Found>) -> Vec<u32> {
    found.into_iter().map(|found| found.doc).collect()
}

fn single(material: &Material) -> Result<Value> {
    let [of_text, of_title] = PIVOTS;
    let (words, from_tokens) = timed(|| index(&material.texts, Analyzer::verbatim(), of_text));
    let (analysed, from_text) = timed(|| index(&material.texts, Analyzer::standard(), of_text));
    drop(analysed?);
    let (words, titles) = (words?, index(&material.titles, Analyzer::verbatim(), of_title)?);
    let dense = Dense::new(&material.texts);
    let lexicon = Lexicon::empty(Arc::new(Analyzer::verbatim()));
    let (mut latencies, mut found, mut counts) = (HashMap::new(), HashMap::new(), HashMap::new());
    let mut scratch = Scratch::default();
    let mut sums = vec![0.0; material.texts.len()];
    for (name, queries) in material.queries() {
        let index = if name == "title" { &titles } else { &words };
        let parsed: Vec<Query> = queries.iter().map(|text| Query::parse(text, &lexicon)).collect();
        let different: usize = parsed.iter().map(|query| query.words().count()).sum();
        counts.insert(name, different / parsed.len());
        let own = latency(&parsed, |query| docs(index.search_by(query, &TextAlone, LIMIT, &mut scratch)));
        let mut of_both = vec![("jipp", own)];
        if name != "title" {
            let planned: Vec<_> = queries.iter().map(|text| dense.plan(text)).collect();
            of_both.push(("dense", latency(&planned, |query| Dense::search(query, &mut sums))));
        }
        let (times, hits): (HashMap<_, _>, HashMap<_, _>) =
            of_both.into_iter().map(|(engine, (times, hits))| ((engine, times), (engine, hits))).unzip();
        latencies.insert(name, times);
        found.insert(name, hits);
    }
    Ok(json!({
        "latency": latencies,
        "found": found,
        "different words": counts,
        "build": {"tokens": from_tokens.as_secs_f64(), "text": from_text.as_secs_f64()},
        "bytes": {"text": material.texts.iter().map(String::len).sum::<usize>(), "index": words.heap_bytes()},
    }))
}

/// The ten best of every record, itself among them. Taking the queries apart counts, and is reported by itself too.
fn pairs(material: &Material, words: Words) -> Result<Value> {
    let index = index(&material.texts, Analyzer::verbatim(), PIVOTS[0])?;
    let lexicon = Lexicon::empty(Arc::new(Analyzer::verbatim()));
    let own = |text: &String| if words == Words::Rarer { material.rarer(text) } else { text.clone() };
    let queries: Vec<String> = material.texts.iter().map(own).collect();
    let search = |part: &[String]| {
        let (mut scratch, mut parsing) = (Scratch::default(), Duration::ZERO);
        for text in part {
            let (query, parsed) = timed(|| Query::parse(text, &lexicon));
            parsing += parsed;
            black_box(index.search_by(&query, &TextAlone, LIMIT, &mut scratch));
        }
        parsing
    };
    let (parsing, all) = timed(|| {
        thread::scope(|scope| {
            let parts = queries.chunks(queries.len().div_ceil(THREADS));
            let threads: Vec<_> = parts.map(|part| scope.spawn(|| search(part))).collect();
            threads.into_iter().filter_map(|thread| thread.join().ok()).sum::<Duration>()
        })
    });
    Ok(json!({"pairs": all.as_secs_f64(), "parsing": parsing.as_secs_f64() / THREADS as f64}))
}

// ---- what it has to beat --------------------------------------------------------------------------------------------

/// BM25 with the same constants, as floats, without any skipping.
struct Dense<'t> {
    terms: HashMap<&'t str, usize>,
    /// For each term the documents that hold it, and what it counts there.
    lists: Vec<Vec<(u32, f32)>>,
}

impl<'t> Dense<'t> {
    fn new(texts: &'t [String]) -> Self {
        let (mut terms, mut lists) = (HashMap::new(), Vec::new());
        for (doc, text) in (0..).zip(texts) {
            let mut words: Vec<&str> = text.split(' ').collect();
            let length = words.len() as f32 / f32::from(PIVOTS[0]);
            words.sort_unstable();
            for same in words.chunk_by(|one, other| one == other) {
                let term = *terms.entry(same[0]).or_insert_with(|| {
                    lists.push(Vec::new());
                    lists.len() - 1
                });
                let count = same.len() as f32;
                lists[term].push((doc, count / (2.0 * (0.25 + 0.75 * length) + count)));
            }
        }
        for list in &mut lists {
            let (all, holders) = (texts.len() as f32, list.len() as f32);
            let rarity = (1.0 + (all - holders + 0.5) / (holders + 0.5)).ln();
            for (_, worth) in list {
                *worth *= rarity;
            }
        }
        Self { terms, lists }
    }

    /// The lists of a query, each with how often the query says the word.
    fn plan(&self, text: &str) -> Vec<(&[(u32, f32)], f32)> {
        let mut words: Vec<&str> = text.split(' ').collect();
        words.sort_unstable();
        words
            .chunk_by(|one, other| one == other)
            .map(|same| (&self.lists[self.terms[same[0]]][..], same.len() as f32))
            .collect()
    }

    fn search(query: &[(&[(u32, f32)], f32)], sums: &mut [f32]) -> Vec<u32> {
        sums.fill(0.0);
        for (list, times) in query {
            for (doc, worth) in *list {
                sums[*doc as usize] += worth * times;
            }
        }
        let mut best: Vec<(f32, u32)> = Vec::with_capacity(LIMIT + 1);
        let mut needed = 0.0;
        for (doc, &sum) in (0..).zip(&*sums) {
            if sum > needed {
                let place = best.partition_point(|(other, _)| *other >= sum);
                best.insert(place, (sum, doc));
                best.truncate(LIMIT);
                needed = if best.len() == LIMIT { best[LIMIT - 1].0 } else { 0.0 };
            }
        }
        best.into_iter().map(|(_, doc)| doc).collect()
    }
}
