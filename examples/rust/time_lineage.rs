//! How fast a lineage of a million links answers; JSON for `examples/python/peers/lineage.py`.
//!
//! The lineage is generated as real ones are: few innovations are taken by very many, most by none, chains are short
//! (up to five), one replica in four has a second source, and half of the replicas have no record of their own. With
//! `--layers` it is made of seven equal generations in which everything has four sources, so that answers are large.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a program that reads the clock and prints figures; its counts are small"
)]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Parser;
use jipp_core::Result;
use jipp_core::base::{Code, Error, PartialDate};
use jipp_core::lineage::{Lineage, LineageView, Scope};
use jipp_core::model::{
    Agency, AgencyKind, Innovation, Line, NodeId, Record, Replication, ReplicationState, Source, Status, Step,
};
use jipp_core::network::{Network, Options};
use jipp_core::registry::{Action, Registry, Stamp};
use serde_json::json;

/// Times a generated lineage.
#[derive(Parser, Debug)]
#[command(name = "time_lineage")]
struct Arguments {
    /// How many links
    #[arg(long, default_value_t = 1_000_000)]
    links: usize,
    /// Seven generations, each of four sources, instead of what real ones look like
    #[arg(long)]
    layers: bool,
    /// Write the links as pairs of numbers, and the nodes that are asked for, into this folder
    #[arg(long)]
    export: Option<PathBuf>,
}

/// How many nodes are asked for.
const QUERIES: usize = 20_000;
/// The longest chain, in links.
const DEEPEST: usize = 5;
/// The generations of a layered lineage, and the sources of each of its replicas.
const LAYERS: usize = 7;
const SOURCES: usize = 4;
/// How many records one commit holds.
const COMMIT: usize = 100_000;

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let plan = if arguments.layers { Plan::layers(arguments.links) } else { Plan::real(arguments.links) };
    let network = fill(&plan)?;
    if let Some(dir) = &arguments.export {
        export(&plan, dir)?;
    }
    println!("{}", measure(&network, &plan)?);
    Ok(())
}

/// A small source of numbers that are the same everywhere (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % bound.max(1)
    }
}

/// A replica: its sources, and whether it has a record of its own.
struct Replica {
    sources: Vec<usize>,
    has_record: bool,
}

/// Who took what. Nodes are numbered: first those that came from nothing, then the replicas.
struct Plan {
    roots: usize,
    replicas: Vec<Replica>,
}

impl Plan {
    fn real(links: usize) -> Self {
        let mut random = Random(2026);
        let roots = links / 8;
        // The nodes of each generation that have a record, and so can be taken.
        let mut generations: Vec<Vec<usize>> = vec![(0..roots).collect()];
        let mut replicas = Vec::new();
        let mut made = 0;
        while made < links {
            // Two of three are taken from what came from nothing, and so on.
            let mut generation = 0;
            while generation + 1 < generations.len().min(DEEPEST) && random.below(3) == 0 {
                generation += 1;
            }
            let wanted = 1 + usize::from(random.below(4) == 0);
            let mut sources: Vec<usize> = Vec::new();
            for _ in 0..wanted.min(links - made) {
                let could = &generations[generation];
                // The smallest of four draws: few are taken by very many.
                let drawn = (0..4).map(|_| random.below(could.len())).min().unwrap_or(0);
                sources.push(could[drawn]);
            }
            sources.sort_unstable();
            sources.dedup();
            made += sources.len();
            let has_record = random.below(2) == 0;
            let number = roots + replicas.len();
            replicas.push(Replica { sources, has_record });
            if has_record {
                if generations.len() == generation + 1 {
                    generations.push(Vec::new());
                }
                generations[generation + 1].push(number);
            }
        }
        Self { roots, replicas }
    }

    fn layers(links: usize) -> Self {
        let mut random = Random(2026);
        let size = links / (LAYERS - 1) / SOURCES;
        let replica = |at: usize| {
            let layer = at / size;
            let mut sources: Vec<usize> = (0..SOURCES).map(|_| layer * size + random.below(size)).collect();
            sources.sort_unstable();
            sources.dedup();
            Replica { sources, has_record: true }
        };
        Self { roots: size, replicas: (0..size * (LAYERS - 1)).map(replica).collect() }
    }

    fn nodes(&self) -> usize {
        self.roots + self.replicas.len()
    }

    fn node(&self, number: usize) -> Result<NodeId> {
        match number.checked_sub(self.roots) {
            Some(at) if !self.replicas[at].has_record => Ok(NodeId::Replica(format!("r{at}").parse()?)),
            _ => Ok(NodeId::Innovation(format!("i{number}").parse()?)),
        }
    }

    /// The nodes that are asked for, far apart.
    fn asked(&self) -> impl Iterator<Item = usize> + '_ {
        let step = (self.nodes() / QUERIES).max(1);
        (0..self.nodes()).step_by(step).take(QUERIES)
    }

    fn records(&self) -> impl Iterator<Item = Result<Record>> + '_ {
        let innovation = |number: usize| -> Result<Record> {
            let id = format!("i{number}").parse()?;
            Ok(Innovation::new(id, Line::new(format!("Inovasi {number}"))?, "kota-x".parse()?).into())
        };
        let roots = (0..self.roots).map(innovation);
        let replicas = self.replicas.iter().enumerate().flat_map(move |(at, replica)| {
            let own = replica.has_record.then(|| innovation(self.roots + at));
            own.into_iter().chain([self.replication(at, replica)])
        });
        roots.chain(replicas)
    }

    fn replication(&self, at: usize, replica: &Replica) -> Result<Record> {
        let mut replication = Replication::new(format!("r{at}").parse()?);
        let source = |number: &usize| -> Result<Source> { Ok(Source::of(format!("i{number}").parse()?)) };
        replication.sources = replica.sources.iter().map(source).collect::<Result<_>>()?;
        if replica.has_record {
            replication.target = Some(format!("i{}", self.roots + at).parse()?);
        } else {
            replication.recipient = Some("kota-x".parse()?);
        }
        let on = PartialDate::new(2010 + (at % 15) as i32, None, None)?;
        let step = Step::reported(ReplicationState::Implemented, Line::new("berjalan")?);
        replication.status = Status { steps: vec![Step { on: Some(on), ..step }] };
        Ok(replication.into())
    }
}

fn fill(plan: &Plan) -> Result<Network> {
    let network = Network::in_memory(&Options::new("bench")?)?;
    let stamp = Stamp::at("2026-11-22T08:00:00Z".parse()?);
    let agency = Agency::new("kota-x".parse()?, Line::new("Kota X")?, AgencyKind::City);
    let mut actions = vec![Action::Register(agency.into())];
    for record in plan.records() {
        actions.push(Action::Register(record?));
        if actions.len() == COMMIT {
            network.commit(&stamp, std::mem::take(&mut actions))?;
        }
    }
    network.commit(&stamp, actions)?;
    Ok(network)
}

fn export(plan: &Plan, dir: &std::path::Path) -> Result<()> {
    let mut links = String::new();
    for (at, replica) in plan.replicas.iter().enumerate() {
        for source in &replica.sources {
            let _ = writeln!(links, "{source},{}", plan.roots + at);
        }
    }
    let asked: Vec<String> = plan.asked().map(|number| number.to_string()).collect();
    let write = |name: &str, text: &str| {
        fs::write(dir.join(name), text).map_err(|error| Error::new(Code::StoreIo).source_name(name).caused_by(error))
    };
    write("links.csv", &links)?;
    write("asked.txt", &asked.join("\n"))
}

fn measure(network: &Network, plan: &Plan) -> Result<serde_json::Value> {
    network.with_registry(|registry| {
        let mut built = Vec::new();
        let mut lineage = Lineage::default();
        for _ in 0..5 {
            let begun = Instant::now();
            lineage = Lineage::default();
            lineage.catch_up(registry);
            built.push(begun.elapsed());
        }
        built.sort_unstable();
        let asked = plan.asked().map(|number| plan.node(number)).collect::<Result<Vec<NodeId>>>()?;
        // Half of the history, and a date in the midst of it.
        let past = Scope { as_of: Some(registry.revision() / 2), on: Some("2018".parse()?), ..Scope::default() };
        let mut figures = HashMap::new();
        for (name, scope) in [("now", Scope::default()), ("past", past)] {
            for way in [Way::Down, Way::Up] {
                for with_names in [false, true] {
                    let key = format!("{} {name}{}", way.name(), if with_names { " named" } else { "" });
                    figures.insert(key, times(&lineage, registry, &asked, &scope, way, with_names));
                }
            }
        }
        Ok(json!({
            "links": lineage.link_count(),
            "nodes": plan.nodes(),
            "build_s": built[built.len() / 2].as_secs_f64(),
            "us": figures,
        }))
    })
}

#[derive(Clone, Copy)]
enum Way {
    Down,
    Up,
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Self::Down => "descendants",
            Self::Up => "ancestors",
        }
    }
}

/// Median, 99th percentile, greatest and mean time of a question in microseconds, and the mean size of its answer. Nodes
/// that were not there at the time asked for are left out.
fn times(
    lineage: &Lineage,
    registry: &Registry,
    asked: &[NodeId],
    scope: &Scope,
    way: Way,
    with_names: bool,
) -> serde_json::Value {
    let view = LineageView::new(lineage, registry);
    let mut times: Vec<Duration> = Vec::new();
    let mut found = 0;
    for node in asked {
        let begun = Instant::now();
        let relatives = match way {
            Way::Down => view.descendants(node, scope),
            Way::Up => view.ancestors(node, scope),
        };
        let Ok(relatives) = relatives else { continue };
        if with_names {
            black_box(relatives.to_vec());
        }
        times.push(begun.elapsed());
        found += relatives.len();
    }
    times.sort_unstable();
    let us = |time: Duration| time.as_secs_f64() * 1e6;
    let at = |share: usize| us(times[(times.len() * share / 100).min(times.len() - 1)]);
    let mean = times.iter().copied().map(us).sum::<f64>() / times.len() as f64;
    json!({ "median": at(50), "p99": at(99), "max": at(100), "mean": mean, "found": found, "asked": times.len() })
}
