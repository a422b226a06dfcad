//! Competitions and indices: whether an innovation may enter, a whole edition scored, and what would raise an index most.
//!
//! No score sheets of a real competition are public. The innovations and the rules are real, the scores are made up from a
//! seed, and the page says so.
#![allow(clippy::disallowed_methods, reason = "a program for a terminal, which says what day it is")]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use jipp_core::base::{Code, Error, InnovationId, PartialDate, Score, Timestamp, Truth, Vocabulary as _};
use jipp_core::evaluation::eligibility::Eligibility;
use jipp_core::evaluation::index::{Aim, IndexFormula, Plan, Points, Side, Step, gains, maturity, plan};
use jipp_core::evaluation::standings::{Change, Cut, Resampling};
use jipp_core::model::{Answer, CompositionRule, Dimension, Innovation, Line};
use jipp_core::network::{Basis, EntryQuestion, Network, Options, Scoring, ScoringOptions};
use jipp_core::registry::Stamp;
use jipp_core::{Lang, Result};
use jipp_examples::{Page, PageLang, Simulation, data_dir, end, load};

/// The stage that is scored.
const STAGE: &str = "proposal";

/// Competitions of public-service innovation, and indices.
#[derive(Parser, Debug)]
#[command(name = "score_edition")]
struct Arguments {
    #[command(subcommand)]
    question: Asked,
    /// A folder of data like examples/data
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    /// The language of the page
    #[arg(long, value_enum, default_value_t = PageLang::Id, global = true)]
    lang: PageLang,
}

#[derive(Subcommand, Debug)]
enum Asked {
    /// Whether an innovation may enter a group of an edition, and if not, on which rule it fails
    Entry {
        /// The innovation
        innovation: InnovationId,
        /// The edition
        #[arg(long, default_value = "kipp/2021")]
        edition: String,
        /// The group
        #[arg(long, default_value = "umum")]
        group: String,
        /// The day registration closes
        #[arg(long)]
        closing: Option<PartialDate>,
    },
    /// The maturity of an innovation by the indicators of the regional innovation index, and what to mend first
    Index {
        /// Levels of indicators: sid-16=2 sid-31=1 ...
        levels: Vec<String>,
        /// How many levels the plan may climb
        #[arg(long, default_value_t = 3)]
        effort: u32,
    },
    /// An edition with made-up scores: the ranking, how sure it is, and what would change it
    Run(Run),
    /// What an agency is told of its proposal
    Proposal {
        /// The innovation
        innovation: InnovationId,
        #[command(flatten)]
        run: Run,
    },
}

#[derive(Args, Debug)]
struct Run {
    /// The edition
    #[arg(long, default_value = "kipp/2025")]
    edition: String,
    /// The group
    #[arg(long, default_value = "umum")]
    group: String,
    /// How many assessors
    #[arg(long, default_value_t = 20)]
    assessors: usize,
    /// How many of them read each proposal
    #[arg(long, default_value_t = 3)]
    readers: u32,
    /// Where the made-up scores begin
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The pass mark, instead of the edition's
    #[arg(long)]
    pass_mark: Option<Score>,
    /// How many places
    #[arg(long, default_value_t = 99)]
    places: u32,
    /// Rank by the totals adjusted for strict and lenient assessors
    #[arg(long)]
    adjusted: bool,
    /// A rule of composition, at least: `island-group:Maluku=2`, `underdeveloped:yes=5`
    #[arg(long)]
    least: Vec<String>,
    /// A rule of composition, at most: `province=8`, `agency=2`
    #[arg(long)]
    most: Vec<String>,
    /// Who would enter and leave with this pass mark
    #[arg(long)]
    what_if_pass_mark: Option<Score>,
    /// Who would enter and leave without this assessor
    #[arg(long)]
    without: Option<String>,
    /// Seal the run, and run it again
    #[arg(long)]
    seal: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lang = arguments.lang.into();
    end(run(&arguments, lang), lang)
}

fn run(arguments: &Arguments, lang: Lang) -> Result<String> {
    if let Asked::Index { levels, effort } = &arguments.question {
        return index(levels, *effort, lang);
    }
    // The library reads no clock: the program says what day it is.
    let stamp = Stamp::at(Timestamp::from(chrono::Utc::now()));
    let network = Network::in_memory(&Options::new("example")?)?;
    load(&network, &arguments.data.clone().unwrap_or_else(data_dir), &stamp)?;
    match &arguments.question {
        Asked::Entry { innovation, edition, group, closing } => {
            let (innovation, group) = (innovation.clone(), group.clone());
            let question = EntryQuestion { innovation, edition: edition.parse()?, group, closing: *closing };
            let title =
                network.read(|view| view.get::<Innovation>(&question.innovation).map(|it| it.title.to_string()))?;
            Ok(entry(&title, &network.eligibility(&question)?, lang))
        }
        Asked::Run(run) => edition(&network, &stamp, run, lang),
        Asked::Proposal { innovation, run } => {
            let scoring = scored(&network, &stamp, run)?;
            let id = format!("{}/{innovation}", run.edition).parse()?;
            let report = network.proposal_report(&scoring, &id)?;
            if run.json { json(&report) } else { Ok(made_up(lang) + &report.to_markdown(lang)) }
        }
        Asked::Index { .. } => Ok(String::new()),
    }
}

// ---- an edition ---------------------------------------------------------------------------------------------------

fn scored(network: &Network, stamp: &Stamp, run: &Run) -> Result<Scoring> {
    let simulation = Simulation { assessors: run.assessors, readers: run.readers, seed: run.seed };
    simulation.run(network, stamp, &run.edition.parse()?, &run.group, STAGE)?;
    network.score(&options(network, run)?)
}

fn options(network: &Network, run: &Run) -> Result<ScoringOptions> {
    let mut options = ScoringOptions::new(run.edition.parse()?);
    options.group = Some(Line::new(&run.group)?);
    let edition = network.read(|view| view.get::<jipp_core::model::Edition>(&options.edition).cloned())?;
    let own = edition.stage(STAGE).and_then(|stage| stage.pass_mark);
    options.cut = Cut { places: Some(run.places), pass_mark: run.pass_mark.or(own) };
    options.basis = if run.adjusted { Basis::Adjusted } else { Basis::Raw };
    options.resampling = Some(Resampling { seed: run.seed, threads: 2, ..Resampling::default() });
    let least = run.least.iter().map(|text| rule(text, true));
    let rules: Vec<CompositionRule> =
        least.chain(run.most.iter().map(|text| rule(text, false))).collect::<Result<_>>()?;
    options.composition = (!rules.is_empty()).then_some(rules);
    Ok(options)
}

/// Reads `dimension:value=number`, or `dimension=number` for every value.
fn rule(text: &str, is_least: bool) -> Result<CompositionRule> {
    let wrong = || Error::new(Code::OptionInvalid).field("rule").value(text).expected("dimension:value=number");
    let (what, number) = text.rsplit_once('=').ok_or_else(wrong)?;
    let number: u32 = number.parse().map_err(|_| wrong())?;
    let (dimension, value) = what.split_once(':').map_or((what, None), |(what, value)| (what, Some(value)));
    Ok(CompositionRule {
        code: Line::new(what)?,
        dimension: dimension.parse::<Dimension>()?,
        value: value.map(Line::new).transpose()?,
        least: is_least.then_some(number),
        most: (!is_least).then_some(number),
        mark: None,
        note: None,
    })
}

fn edition(network: &Network, stamp: &Stamp, run: &Run, lang: Lang) -> Result<String> {
    let scoring = scored(network, stamp, run)?;
    if run.json {
        return json(&network.edition_report(&scoring)?);
    }
    let mut text = made_up(lang) + &network.edition_report(&scoring)?.to_markdown(lang);
    let mut changes = Vec::new();
    changes.extend(run.what_if_pass_mark.map(|mark| Change::PassMark { mark: Some(mark) }));
    if let Some(assessor) = &run.without {
        changes.push(Change::WithoutAssessor { assessor: format!("{}/{assessor}", run.edition).parse()? });
    }
    if !changes.is_empty() {
        let difference = scoring.what_if_chosen(&changes, None)?;
        text += &say(lang, "\n## Bila diubah\n\n", "\n## What if\n\n");
        for (words, ids) in [(("Masuk", "Enter"), &difference.enters), (("Keluar", "Leave"), &difference.leaves)] {
            let ids: Vec<&str> = ids.iter().map(AsRef::as_ref).collect();
            let _ = writeln!(text, "- {} ({}): {}", say(lang, words.0, words.1), ids.len(), ids.join(" "));
        }
    }
    if run.seal {
        let sealed = network.seal_scoring(format!("{}/run-1", run.edition).parse()?, &scoring.options, stamp)?;
        let again = network.replay(&sealed.id)?;
        let same = if again.is_same {
            say(lang, "sama persis", "the same to the byte")
        } else {
            say(lang, "BERBEDA", "DIFFERENT")
        };
        let words = say(lang, "Disegel; diulang", "Sealed; run again");
        let _ = writeln!(text, "\n{words}: {same} ({})", sealed.outcome);
    }
    Ok(text)
}

fn made_up(lang: Lang) -> String {
    say(
        lang,
        "> Inovasi dan aturannya nyata. Nilainya rekaan: angka acak, bukan penilaian siapa pun.\n\n",
        "> The innovations and the rules are real. The scores are made up: random numbers, nobody's judgement.\n\n",
    )
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(value);
    Ok(text.map_err(|error| Error::new(Code::JsonSyntax).value(error))? + "\n")
}

// ---- entry and index ----------------------------------------------------------------------------------------------

fn entry(title: &str, answer: &Eligibility, lang: Lang) -> String {
    let mut page = Page::new(18);
    let verdict = match answer.verdict {
        Truth::Yes => say(lang, "boleh ikut", "may enter"),
        Truth::No => say(lang, "tidak boleh ikut", "may not enter"),
        _ => say(lang, "belum pasti", "not certain"),
    };
    page.ends(&format!("{title}: {} {}, {verdict}", answer.edition, answer.group), "");
    page.gap();
    for rule in &answer.rules {
        let holds = match rule.holds {
            Truth::Yes => say(lang, "terpenuhi", "kept"),
            Truth::No => say(lang, "TIDAK TERPENUHI", "BROKEN"),
            _ => say(lang, "tidak diketahui", "unknown"),
        };
        let mark = rule.mark.map(|mark| format!(" [{}]", mark.label(lang))).unwrap_or_default();
        page.item(&holds, &format!("{}{mark}", rule.label(lang)));
        page.item("", &rule.found.words(lang));
    }
    page.into_text()
}

fn index(levels: &[String], effort: u32, lang: Lang) -> Result<String> {
    let formula = IndexFormula::shipped("iid-indeks@2026")?;
    let answers: Vec<Answer> = levels.iter().map(|level| answer(level)).collect::<Result<_>>()?;
    let points = maturity(&formula.instrument()?.rubric, &answers, Side::Own)?;
    let efforts = formula.efforts();
    let best = gains(&points, &efforts)?;
    let plan = plan(&points, &efforts, Aim::Effort(effort))?;
    Ok(index_page(&points, &best, plan.as_ref(), lang))
}

fn answer(text: &str) -> Result<Answer> {
    let wrong =
        || Error::new(Code::OptionInvalid).field("levels").value(text).expected("an indicator and its level: sid-16=2");
    let (code, level) = text.split_once('=').ok_or_else(wrong)?;
    let own = Some(level.parse()?);
    Ok(Answer { criterion: Line::new(code)?, own, verified: None, evidence: Vec::new(), note: None })
}

fn index_page(points: &Points, best: &[Step], plan: Option<&Plan>, lang: Lang) -> String {
    let mut page = Page::new(12);
    let now = points.points.unwrap_or_default();
    let title = say(lang, "Skor kematangan", "Maturity score");
    page.ends(&format!("{title} {now} / {}", points.most), "");
    if !points.missing_required.is_empty() {
        let words = say(lang, "Wajib, belum diisi:", "Mandatory, not answered:");
        page.ends(&format!("{words} {}", points.missing_required.join(", ")), "");
    }
    page.gap();
    let step = |step: &Step| {
        let (label, asks) = match lang {
            Lang::Id => (&step.label, &step.asks),
            Lang::En => (step.label_en.as_ref().unwrap_or(&step.label), &step.asks_en),
        };
        format!("{label}: {} ({})", asks.as_deref().unwrap_or_default(), step.indicator)
    };
    page.ends(&say(lang, "Kenaikan terbesar untuk usaha terkecil", "Largest gain for the least effort"), "");
    page.figures("", best.iter().take(8).map(|one| (format!("+{}", one.gain), step(one))));
    if let Some(plan) = plan {
        page.gap();
        let words = say(lang, "Rencana terbaik dengan usaha", "Best plan for an effort of");
        page.ends(&format!("{words} {}: {now} → {}", plan.effort, plan.points), "");
        page.figures("", plan.steps.iter().map(|one| (format!("+{}", one.gain), step(one))));
    }
    page.into_text()
}

/// A text in the language of the page.
fn say(lang: Lang, id: &str, en: &str) -> String {
    match lang {
        Lang::Id => id.to_owned(),
        Lang::En => en.to_owned(),
    }
}
