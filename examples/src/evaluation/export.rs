//! Pool, queries and rankings as JSON, for engines that are not written in Rust.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jipp_core::Result;
use jipp_core::base::{Code, Error};
use serde::Serialize;

use super::metrics::Metric;
use super::pool::Pool;
use super::report::{Run, Runs};
use super::tasks::Task;

#[derive(Serialize)]
struct Document<'a> {
    id: &'a str,
    text: String,
}

#[derive(Serialize)]
struct Tasks<'a> {
    name: &'a str,
    about: &'a str,
    metrics: &'a [Metric],
    topics: Vec<Topic<'a>>,
    /// For each engine of this run and each query the ids, best first.
    rankings: BTreeMap<&'a str, Vec<Vec<&'a str>>>,
}

#[derive(Serialize)]
struct Topic<'a> {
    id: &'a str,
    groups: &'a [String],
    query: &'a str,
    excluded: Vec<&'a str>,
    grades: BTreeMap<&'a str, u8>,
}

/// Writes `pool.json` and `tasks.json` into a folder, which is made if need be.
pub(super) fn export(dir: &Path, pool: &Pool, tasks: &[Task], runs: &[Runs]) -> Result<()> {
    fs::create_dir_all(dir).map_err(|error| failed(dir, error))?;
    let documents: Vec<Document<'_>> =
        pool.documents.iter().map(|document| Document { id: &document.id, text: document.bag() }).collect();
    write(&dir.join("pool.json"), &documents)?;
    let tasks: Vec<Tasks<'_>> = tasks.iter().zip(runs).map(|(task, runs)| exported(pool, task, runs)).collect();
    write(&dir.join("tasks.json"), &tasks)
}

fn exported<'a>(pool: &'a Pool, task: &'a Task, runs: &'a Runs) -> Tasks<'a> {
    let id = |number: &usize| pool.documents[*number].id.as_str();
    let rankings = |run: &'a Run| {
        let all = run.rankings.iter().map(|ranked| ranked.iter().map(id).collect()).collect();
        (run.engine.as_str(), all)
    };
    let topics = task.topics.iter().map(|topic| Topic {
        id: &topic.id,
        groups: &topic.groups,
        query: &topic.query,
        excluded: topic.excluded.iter().map(id).collect(),
        grades: topic.grades.iter().map(|(number, grade)| (id(number), *grade)).collect(),
    });
    Tasks {
        name: task.name,
        about: task.about,
        metrics: &task.metrics,
        topics: topics.collect(),
        rankings: runs.plain.iter().chain(&runs.jipp).map(rankings).collect(),
    }
}

fn write(path: &Path, value: &impl Serialize) -> Result<()> {
    let json = serde_json::to_string_pretty(value).map_err(|error| failed(path, error.into()))?;
    fs::write(path, json + "\n").map_err(|error| failed(path, error))
}

fn failed(path: &Path, error: std::io::Error) -> Error {
    Error::new(Code::StoreIo).source_name(path.display().to_string()).caused_by(error)
}
