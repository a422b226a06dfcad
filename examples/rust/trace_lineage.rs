//! Who took what from whom: the lineage of one innovation, and how innovations travel in the whole network.
#![allow(clippy::disallowed_methods, reason = "a program for a terminal, which says what day it is")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use jipp_core::base::{Code, Error, PartialDate, Quartiles, Timestamp, Vocabulary as _};
use jipp_core::exchange::{GraphFormat, draw_svg, draw_tree, write_graph};
use jipp_core::lineage::{AdaptationProfile, Adoption, CurveOptions, Funnel, Scope};
use jipp_core::model::{Agency, Graph, Innovation, NodeId, Replication};
use jipp_core::network::{Laureate, LaureateQuery, Network, Options, ProposalOptions, Takers};
use jipp_core::registry::Stamp;
use jipp_core::{Lang, Result};
use jipp_examples::{Page, PageLang, data_dir, end, load};

/// Traces who took what from whom.
#[derive(Parser, Debug)]
#[command(name = "trace_lineage")]
struct Arguments {
    /// The innovation, by id or title; without it, the network as a whole
    innovation: Option<String>,
    /// As it was true on this date
    #[arg(long)]
    on: Option<PartialDate>,
    /// Mere proposals, inferred links and what was given up count too
    #[arg(long)]
    everything: bool,
    /// Propose links that nobody has recorded, from dates and likeness: of innovations this much alike, in thousandths
    #[arg(long, value_name = "LIKENESS")]
    propose: Option<u32>,
    /// A folder of data like examples/data
    #[arg(long)]
    data: Option<PathBuf>,
    /// Write the lineage as a file: .svg, .dot, .mmd, .graphml, .prov.json, .json, .csv
    #[arg(long)]
    out: Option<PathBuf>,
    /// The language of the page
    #[arg(long, value_enum, default_value_t = PageLang::Id)]
    lang: PageLang,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lang = arguments.lang.into();
    end(run(&arguments, lang), lang)
}

fn run(arguments: &Arguments, lang: Lang) -> Result<String> {
    let now = Timestamp::from(chrono::Utc::now());
    let network = Network::in_memory(&Options::new("example")?)?;
    let dir = arguments.data.clone().unwrap_or_else(data_dir);
    load(&network, &dir, &Stamp::at(now))?;
    let base = if arguments.everything { Scope::everything() } else { Scope::default() };
    let scope = Scope { on: arguments.on, ..base };
    let words = Words(lang);
    if let Some(likeness) = arguments.propose {
        return propose(&network, likeness, &words);
    }
    if let Some(path) = &arguments.out {
        let around = arguments.innovation.iter().map(|named| find(&network, named)).collect::<Result<Vec<NodeId>>>()?;
        let graph = network.lineage(|lineage| lineage.graph(&around, &scope))?;
        write(&graph, path, lang)?;
    }
    match &arguments.innovation {
        Some(named) => one(&network, &find(&network, named)?, &scope, &words),
        None => whole(&network, &scope, &words),
    }
}

/// Writes a graph in the format that the name of the file says.
fn write(graph: &Graph, path: &std::path::Path, lang: Lang) -> Result<()> {
    let name = path.display().to_string();
    let text = if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg")) {
        draw_svg(graph, lang)?
    } else {
        let format = GraphFormat::of_file(&name).ok_or_else(|| Error::new(Code::FormatUnknown).value(&name))?;
        write_graph(graph, format)?
    };
    std::fs::write(path, text).map_err(|error| Error::new(Code::StoreIo).source_name(&name).caused_by(error))
}

/// The innovation with this id, or the first whose title this is.
fn find(network: &Network, named: &str) -> Result<NodeId> {
    let wanted = jipp_core::base::fold(named);
    let by_title = network.read(|view| {
        let mut all = view.all::<Innovation>();
        all.find(|innovation| jipp_core::base::fold(&innovation.title) == wanted).map(|found| found.id.clone())
    });
    by_title.map_or_else(|| named.parse(), |id| Ok(NodeId::Innovation(id)))
}

/// Says things in one of two languages.
struct Words(Lang);

impl Words {
    fn say<'t>(&self, english: &'t str, indonesian: &'t str) -> &'t str {
        match self.0 {
            Lang::En => english,
            Lang::Id => indonesian,
        }
    }
}

fn one(network: &Network, node: &NodeId, scope: &Scope, words: &Words) -> Result<String> {
    let graph = network.lineage(|lineage| lineage.graph(std::slice::from_ref(node), scope))?;
    let tree = draw_tree(&graph, words.0)?;
    let mut page = Page::new(14);
    let adoptions: Vec<Adoption> = network.lineage(|lineage| lineage.adoptions(node, scope))?;
    let curve = network.lineage(|lineage| lineage.adoption_curve(node, scope, &CurveOptions::default()))?;
    let points = curve.series.iter().flat_map(|series| &series.points);
    page.item(
        words.say("Adoptions", "Adopsi"),
        &format!(
            "{}; {}",
            adoptions.len(),
            points.map(|point| format!("{}: {}", point.period, point.cumulative)).collect::<Vec<_>>().join(", ")
        ),
    );
    page.gap();
    let mut profiles = Vec::new();
    for link in network.lineage(|lineage| lineage.replicas(node, scope))? {
        profiles.extend(network.adaptation(&link.replication)?);
    }
    page.items(words.say("Adaptation", "Penyesuaian"), profiles.iter().map(|profile| adaptation(profile, words)));
    Ok(format!("{tree}\n{}", page.into_text()))
}

fn adaptation(profile: &AdaptationProfile, words: &Words) -> String {
    let declared = &profile.link.differences;
    let notes: Vec<&str> = declared.iter().filter_map(|difference| difference.note.as_deref()).collect();
    let measured: Vec<String> =
        profile.measured.iter().map(|measured| format!("{} {}‰", measured.field, measured.likeness)).collect();
    format!(
        "{}: {}; {}; {}",
        profile.link.target,
        profile.verdict.label(words.0),
        if notes.is_empty() { words.say("nothing declared", "tidak dinyatakan").to_owned() } else { notes.join("; ") },
        if measured.is_empty() {
            words.say("no texts to compare", "tanpa teks untuk dibandingkan").to_owned()
        } else {
            measured.join(", ")
        }
    )
}

fn whole(network: &Network, scope: &Scope, words: &Words) -> Result<String> {
    let mut page = Page::new(14);
    let query = LaureateQuery { min_replicas: 3, scope: scope.clone(), ..LaureateQuery::default() };
    let laureates = network.laureates(&query)?;
    page.items(words.say("Most taken", "Paling ditiru"), laureates.iter().map(|laureate| most_taken(laureate, words)));
    page.gap();
    let past = LaureateQuery {
        from_year: Some(2015),
        to_year: Some(2019),
        winners_only: true,
        scope: scope.clone(),
        ..LaureateQuery::default()
    };
    page.items(words.say("2015 to 2019", "2015 s.d. 2019"), vitality(&network.laureates(&past)?, words));
    page.gap();
    travel(&mut page, &network.takers(scope)?, words);
    page.gap();
    let funnel = network.read(|view| Funnel::of(view.all::<Replication>()));
    page.items(
        words.say("Funnel", "Corong"),
        funnel.steps.iter().map(|step| {
            let wait = step.wait_days.map_or(String::new(), |wait| {
                format!("; {} {}", words.say("median wait in days", "median hari tunggu"), wait.median)
            });
            let ended: usize = step.ended.iter().map(|ended| ended.count).sum();
            format!(
                "{}: {} ({} {}, {} {ended}){wait}",
                step.progress.label(words.0),
                step.reached,
                words.say("now here", "kini di sini"),
                step.standing,
                words.say("given up or ended", "gugur atau berakhir")
            )
        }),
    );
    let reproduction = network.lineage(|lineage| lineage.reproduction(scope))?;
    page.gap();
    page.items(
        words.say("Generations", "Generasi"),
        reproduction.iter().map(|generation| {
            format!(
                "{}: {}, {} {:.2}",
                generation.generation,
                generation.nodes,
                words.say("each led to", "masing-masing menghasilkan"),
                generation.per_node
            )
        }),
    );
    page.gap();
    let impacts = network.lineage(|lineage| lineage.impacts(scope))?;
    page.item(
        words.say("Stopped", "Berhenti"),
        &format!(
            "{} {}",
            impacts.len(),
            words.say("stopped innovations have replicas", "inovasi yang berhenti memiliki replika")
        ),
    );
    Ok(page.into_text())
}

fn propose(network: &Network, likeness: u32, words: &Words) -> Result<String> {
    let found = network.propose_links(&ProposalOptions { likeness, ..ProposalOptions::default() })?;
    let mut page = Page::new(14);
    page.item(words.say("Cascades", "Penyebaran"), &found.cascades.to_string());
    page.item(words.say("Delays", "Jeda"), &format!("{:?}", found.delay));
    let name = |id: &jipp_core::base::AgencyId| -> String {
        network.read(|view| {
            view.find::<Agency>(id.as_str()).map_or_else(|| id.to_string(), |agency| agency.name.to_string())
        })
    };
    page.items(
        words.say("Agencies", "Instansi"),
        found
            .edges
            .iter()
            .map(|(source, target, probability)| format!("{} → {}: {probability:.3}", name(source), name(target))),
    );
    page.items(
        words.say("Links", "Hubungan"),
        found.links.iter().map(|link| {
            let (p, years) = (link.probability, link.delay_years);
            format!(
                "{} → {}: {p:.2}, {}‰, {years:.1} {}",
                link.source,
                link.target,
                link.likeness,
                words.say("years", "tahun")
            )
        }),
    );
    Ok(page.into_text())
}

fn most_taken(laureate: &Laureate, words: &Words) -> String {
    let chain =
        laureate.chains.first().map(|chain| chain.iter().map(ToString::to_string).collect::<Vec<_>>().join(" → "));
    format!(
        "{} ({}): {} {}, {} {}; {}",
        laureate.title,
        laureate.owner_name,
        laureate.descendants,
        words.say("replicas", "replika"),
        laureate.provinces.len(),
        words.say("provinces", "provinsi"),
        chain.unwrap_or_default()
    )
}

fn vitality(laureates: &[Laureate], words: &Words) -> Vec<String> {
    use jipp_core::network::Vitality;
    Vitality::ALL
        .iter()
        .map(|vitality| {
            let count = laureates.iter().filter(|laureate| laureate.vitality == *vitality).count();
            format!("{}: {count}", vitality.label(words.0))
        })
        .collect()
}

fn travel(page: &mut Page, takers: &Takers, words: &Words) {
    let travel = &takers.travel;
    page.item(words.say("Links", "Hubungan"), &travel.links.to_string());
    page.items(
        words.say("Change", "Perubahan"),
        travel.changes.iter().filter(|(_, share)| share.count > 0).map(|(change, share)| {
            format!(
                "{}: {:.0}% ({:.0} to {:.0})",
                change.label(words.0),
                100.0 * share.share,
                100.0 * share.low,
                100.0 * share.high
            )
        }),
    );
    let quartiles = |of: Option<Quartiles>| {
        of.map_or_else(
            || "?".to_owned(),
            |of| format!("{:.1} ({:.1} to {:.1}), n = {}", of.median, of.lower, of.upper, of.count),
        )
    };
    page.item(words.say("Years", "Tahun"), &quartiles(travel.lag_years));
    page.item(words.say("Kilometres", "Kilometer"), &quartiles(travel.distance_km));
    if let Some(share) = travel.cross_province {
        page.item(
            words.say("Crossing", "Lintas"),
            &format!("{:.0}% {} {}", 100.0 * share.share, words.say("of", "dari"), share.of),
        );
    }
    page.items(
        words.say("Odds", "Peluang"),
        takers.factors.iter().map(|(factor, effect)| {
            format!(
                "{}: × {:.2} ({:.2} to {:.2})",
                factor.label(words.0),
                effect.odds,
                effect.odds_low,
                effect.odds_high
            )
        }),
    );
    if let Some(reason) = match words.0 {
        Lang::En => &takers.refused_en,
        Lang::Id => &takers.refused_id,
    } {
        page.item("", reason);
    }
}
