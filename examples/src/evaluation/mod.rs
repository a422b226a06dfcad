//! How well the matching ranks, on real cases: jipp beside plain engines, with one thing taken away at a time, and with the
//! queries it does worst.

mod baselines;
mod engine;
mod export;
mod jipp;
mod mask;
mod metrics;
mod pool;
mod report;
mod tables;
mod tasks;
mod weights;

use std::fmt::Write as _;
use std::path::Path;

use jipp_core::Result;
use jipp_core::base::{Code, Error};
use jipp_core::network::{Network, Options};
use jipp_core::registry::Stamp;
use serde::Serialize;

use crate::load;
use jipp::Whole;
use pool::Pool;
use report::{Engines, Runs, TaskReport};
use tasks::Task;
use weights::Lesson;

/// The day on which the questions are asked: the ages of innovations count from it.
const ON: &str = "2026-11-21";

fn network(dir: &Path) -> Result<Network> {
    let network = Network::in_memory(&Options::new("evaluation")?)?;
    load(&network, dir, &Stamp::at(ON.parse()?))?;
    Ok(network)
}

/// What came of an evaluation.
#[derive(Debug, Serialize)]
pub struct Evaluation {
    documents: usize,
    /// Those that are known from replications only.
    sources_only: usize,
    tasks: Vec<TaskReport>,
    /// What the weights of the score should be, as far as known answers tell.
    weights: Vec<Lesson>,
    #[serde(skip)]
    queries: Vec<Task>,
}

impl Evaluation {
    /// Loads a folder of data like `examples/data`, puts every query to every engine, and writes queries, pool and
    /// rankings into the folder `export` where one is given.
    ///
    /// # Errors
    /// If a file cannot be read or written.
    pub fn run(dir: &Path, export: Option<&Path>) -> Result<Self> {
        let network = network(dir)?;
        let pool = Pool::new(&network, dir)?;
        let queries = tasks::tasks(&network, &pool, dir)?;
        let engines = Engines {
            plain: baselines::plain(&pool),
            text: Whole::text(&network, &pool, ON.parse()?),
            score: Whole::score(&network, &pool, ON.parse()?),
            ablations: jipp::ablations(&pool, &queries)?,
        };
        let runs: Vec<Runs> = queries.iter().map(|task| Runs::new(&engines, task)).collect::<Result<_>>()?;
        let tasks = queries
            .iter()
            .zip(&runs)
            .map(|(task, runs)| TaskReport::new(&engines, task, runs, &pool))
            .collect::<Result<_>>()?;
        if let Some(export) = export {
            export::export(export, &pool, &queries, &runs)?;
        }
        let weights = weights::lessons(&network, &pool, &engines.score, &queries)?;
        let sources_only = pool.documents.iter().filter(|document| !document.is_gathered).count();
        Ok(Self { documents: pool.documents.len(), sources_only, tasks, weights, queries })
    }

    /// The tables; with what nobody judged listed if wanted.
    pub fn page(&self, with_unjudged: bool) -> String {
        let mut text = String::new();
        let _ = writeln!(
            text,
            "{} documents, {} of them known from replications only\n",
            self.documents, self.sources_only
        );
        let pages: Vec<String> = self.tasks.iter().map(|task| tables::page(task, with_unjudged)).collect();
        let lessons: Vec<String> = self.weights.iter().map(weights::page).collect();
        text + &pages.join("\n") + "\n" + &lessons.join("\n")
    }

    /// Three queries of each task of which something was masked.
    pub fn masked_queries(&self) -> String {
        let is_masked = |task: &&Task| task.topics.iter().any(|topic| topic.query != topic.shown);
        self.queries.iter().filter(is_masked).map(tables::examples).collect()
    }

    /// Everything as JSON.
    ///
    /// # Errors
    /// None in practice: the report is plain data.
    pub fn json(&self) -> Result<String> {
        serde_json::to_string_pretty(self).map_err(|error| Error::new(Code::JsonSyntax).caused_by(error))
    }
}
