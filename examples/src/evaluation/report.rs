//! What came of putting every query to every engine.

use jipp_core::Result;
use serde::Serialize;

use super::engine::Engine;
use super::jipp::{Whole, reasons};
use super::metrics::{DEPTH, Estimate, Metric};
use super::pool::Pool;
use super::tasks::{Task, Topic};

/// How many of the worst queries are shown.
const WORST: usize = 10;

/// The figures of an engine, one for each metric of its task.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) engine: String,
    pub(super) figures: Vec<Estimate>,
}

/// The figures of the queries of one kind.
#[derive(Debug, Serialize)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) queries: usize,
    pub(super) engines: Vec<Row>,
}

/// A document, and why it stands where it does.
#[derive(Debug, Serialize)]
pub(super) struct Placed {
    pub(super) id: String,
    pub(super) title: String,
    /// None if it was not found at all.
    pub(super) rank: Option<usize>,
    pub(super) reasons: Vec<String>,
}

/// A query that went wrong.
#[derive(Debug, Serialize)]
pub(super) struct Miss {
    pub(super) topic: String,
    pub(super) query: String,
    pub(super) figure: f64,
    /// The best placed of those with the highest grade.
    pub(super) right: Placed,
    /// What was put first instead; none where nothing was found.
    pub(super) first: Option<Placed>,
}

/// What nobody judged among the first ten of an engine.
#[derive(Debug, Serialize)]
pub(super) struct Unjudged {
    pub(super) engine: String,
    /// In all queries together.
    pub(super) count: usize,
    /// Query and document.
    pub(super) found: Vec<(String, String)>,
}

/// All there is to say of one task.
#[derive(Debug, Serialize)]
pub(super) struct TaskReport {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) queries: usize,
    pub(super) metrics: Vec<Metric>,
    pub(super) engines: Vec<Row>,
    pub(super) best_plain: String,
    /// Each engine of jipp less the best plain engine, query by query.
    pub(super) beyond_plain: Vec<Row>,
    pub(super) ablations: Vec<Row>,
    /// jipp with everything less each ablation, query by query.
    pub(super) added: Vec<Row>,
    /// In how many queries the network and the index of the ablations give the same first ten.
    pub(super) same_top_ten: usize,
    pub(super) groups: Vec<Group>,
    pub(super) missing: String,
    pub(super) misses: Vec<Miss>,
    pub(super) unjudged: Vec<Unjudged>,
}

/// The rankings of one engine for the queries of a task, in their order.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) engine: String,
    pub(super) rankings: Vec<Vec<usize>>,
}

impl Run {
    pub(super) fn new(engine: &dyn Engine, task: &Task) -> Result<Self> {
        let rank = |topic: &Topic| {
            let mut ranked = engine.rank(topic)?;
            ranked.retain(|doc| !topic.excluded.contains(doc));
            Ok(ranked)
        };
        let rankings = task.topics.iter().map(rank).collect::<Result<_>>()?;
        Ok(Self { engine: engine.name().to_owned(), rankings })
    }

    /// One value for each query that `which` chooses.
    fn values(&self, task: &Task, metric: Metric, which: impl Fn(&Topic) -> bool) -> Vec<f64> {
        let chosen = task.topics.iter().zip(&self.rankings).filter(|(topic, _)| which(topic));
        chosen.map(|(topic, ranked)| metric.of(ranked, &topic.grades)).collect()
    }

    fn row(&self, task: &Task, which: impl Fn(&Topic) -> bool) -> Row {
        let figures = task.metrics.iter().map(|&metric| Estimate::of(&self.values(task, metric, &which))).collect();
        Row { engine: self.engine.clone(), figures }
    }

    /// The differences `self - other`, under the name of `named`.
    fn less(&self, other: &Self, task: &Task, named: &str) -> Row {
        let difference = |&metric: &Metric| {
            Estimate::of_difference(&self.values(task, metric, |_| true), &other.values(task, metric, |_| true))
        };
        Row { engine: named.to_owned(), figures: task.metrics.iter().map(difference).collect() }
    }
}

/// The engines of a run of the program.
pub(super) struct Engines<'e> {
    pub(super) plain: Vec<Box<dyn Engine>>,
    pub(super) text: Whole<'e>,
    pub(super) score: Whole<'e>,
    /// The first has everything.
    pub(super) ablations: Vec<Box<dyn Engine>>,
}

/// Everything that was ranked for a task.
pub(super) struct Runs {
    pub(super) plain: Vec<Run>,
    pub(super) jipp: Vec<Run>,
    pub(super) ablations: Vec<Run>,
}

impl Runs {
    pub(super) fn new(engines: &Engines<'_>, task: &Task) -> Result<Self> {
        let all = |engines: &[Box<dyn Engine>]| -> Result<Vec<Run>> {
            engines.iter().map(|engine| Run::new(&**engine, task)).collect()
        };
        let jipp = vec![Run::new(&engines.text, task)?, Run::new(&engines.score, task)?];
        Ok(Self { plain: all(&engines.plain)?, jipp, ablations: all(&engines.ablations)? })
    }
}

impl TaskReport {
    pub(super) fn new(engines: &Engines<'_>, task: &Task, runs: &Runs, pool: &Pool) -> Result<Self> {
        let every = |_: &Topic| true;
        let rows = |runs: &[Run]| runs.iter().map(|run| run.row(task, every)).collect::<Vec<_>>();
        let first =
            |run: &Run| task.metrics.first().map_or(0.0, |&metric| Estimate::of(&run.values(task, metric, every)).mean);
        let best = runs.plain.iter().reduce(|best, run| if first(run) > first(best) { run } else { best });
        let everything = runs.ablations.first();
        let shown = if task.is_judged { &engines.score } else { &engines.text };
        Ok(Self {
            name: task.name,
            about: task.about,
            queries: task.topics.len(),
            metrics: task.metrics.clone(),
            engines: rows(&runs.plain).into_iter().chain(rows(&runs.jipp)).collect(),
            best_plain: best.map(|run| run.engine.clone()).unwrap_or_default(),
            beyond_plain: best
                .map_or_else(Vec::new, |best| runs.jipp.iter().map(|run| run.less(best, task, &run.engine)).collect()),
            ablations: rows(&runs.ablations),
            added: everything.map_or_else(Vec::new, |all| {
                runs.ablations.iter().skip(1).map(|run| all.less(run, task, taken_away(&run.engine))).collect()
            }),
            same_top_ten: runs.jipp.first().zip(everything).map_or(0, |(text, all)| same_top_ten(text, all)),
            groups: best.map_or_else(Vec::new, |best| groups(task, best, &runs.jipp)),
            missing: shown.name().to_owned(),
            misses: misses(shown, task, pool)?,
            unjudged: if task.is_judged {
                runs.jipp.iter().map(|run| unjudged(run, task, pool)).collect()
            } else {
                Vec::new()
            },
        })
    }
}

/// What an index named so does not have.
fn taken_away(name: &str) -> &str {
    name.strip_prefix("without ").or_else(|| name.strip_prefix("equal ")).unwrap_or(name)
}

fn same_top_ten(a: &Run, b: &Run) -> usize {
    let pairs = a.rankings.iter().zip(&b.rankings);
    pairs.filter(|(a, b)| a.iter().take(DEPTH).eq(b.iter().take(DEPTH))).count()
}

fn groups(task: &Task, best: &Run, jipp: &[Run]) -> Vec<Group> {
    let mut names: Vec<&String> = Vec::new();
    for name in task.topics.iter().flat_map(|topic| &topic.groups) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let group = |name: &String| {
        let belongs = |topic: &Topic| topic.groups.contains(name);
        let engines = std::iter::once(best).chain(jipp).map(|run| run.row(task, belongs)).collect();
        Group { name: name.clone(), queries: task.topics.iter().filter(|topic| belongs(topic)).count(), engines }
    };
    names.into_iter().map(group).collect()
}

/// The queries with the lowest figure, worst first, with the words by which the right and the wrong were found.
fn misses(engine: &Whole<'_>, task: &Task, pool: &Pool) -> Result<Vec<Miss>> {
    let Some(&metric) = task.metrics.first() else { return Ok(Vec::new()) };
    let mut misses = Vec::new();
    for topic in &task.topics {
        let found = engine.candidates(topic)?;
        let ranked: Vec<usize> = found.iter().map(|(number, _)| *number).collect();
        let figure = metric.of(&ranked, &topic.grades);
        let placed = |rank: Option<usize>, number: usize| Placed {
            id: pool.documents[number].id.clone(),
            title: pool.documents[number].title.clone(),
            rank: rank.map(|rank| rank + 1),
            reasons: rank.map(|rank| reasons(&found[rank].1)).unwrap_or_default(),
        };
        let Some(highest) = topic.grades.values().max() else { continue };
        let is_best = |number: &usize| topic.grades.get(number) == Some(highest);
        let rank = ranked.iter().position(is_best);
        let right = rank.map(|rank| ranked[rank]).or_else(|| topic.grades.keys().copied().find(is_best));
        let Some(right) = right else { continue };
        misses.push(Miss {
            topic: topic.id.clone(),
            query: topic.shown.clone(),
            figure,
            right: placed(rank, right),
            first: ranked.first().map(|&number| placed(Some(0), number)),
        });
    }
    misses.retain(|miss| miss.figure < 1.0);
    misses.sort_by(|a, b| {
        let depth = |miss: &Miss| std::cmp::Reverse(miss.right.rank.unwrap_or(usize::MAX));
        a.figure.total_cmp(&b.figure).then_with(|| depth(a).cmp(&depth(b)))
    });
    misses.truncate(WORST);
    Ok(misses)
}

fn unjudged(run: &Run, task: &Task, pool: &Pool) -> Unjudged {
    let mut found = Vec::new();
    for (topic, ranked) in task.topics.iter().zip(&run.rankings) {
        let unknown = ranked.iter().take(DEPTH).filter(|doc| !topic.grades.contains_key(doc));
        found.extend(unknown.map(|&doc| (topic.id.clone(), pool.documents[doc].id.clone())));
    }
    Unjudged { engine: run.engine.clone(), count: found.len(), found }
}
