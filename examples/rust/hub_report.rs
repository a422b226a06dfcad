//! The hubs of the network: who was one on a date and who was missing, a hub's year, what tells hubs apart, and where
//! those who never replicated could start.
#![allow(clippy::disallowed_methods, reason = "a program for a terminal, which says what day it is")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use jipp_core::base::{Code, Error, HubId, PartialDate, Timestamp, Truth, Vocabulary as _, fold};
use jipp_core::hubs::{
    Against, Compared, Comparison, ComparisonOptions, Counting, Coverage, Covered, HubGroup, Movement, MovementOptions,
    ReportOptions, Starter, Tally,
};
use jipp_core::model::HubKind;
use jipp_core::network::{Network, Options, StartOptions};
use jipp_core::registry::Stamp;
use jipp_core::{Lang, Result};
use jipp_examples::{Page, PageLang, data_dir, end, load};

/// Questions about the hubs of the network.
#[derive(Parser, Debug)]
#[command(name = "hub_report")]
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
    /// Which hubs there were on a date, and who was without one
    Coverage {
        /// The date; today unless told
        #[arg(long)]
        on: Option<PartialDate>,
        /// Count the pilots of before 2020 too
        #[arg(long)]
        pilots: bool,
        /// Count designations only, not commitments
        #[arg(long)]
        by_decree: bool,
    },
    /// A hub's year, as Markdown or JSON
    Report {
        /// The hub, by its name or a part of it, or its id
        #[arg(default_value = "Jawa Timur")]
        hub: String,
        /// The year
        #[arg(long, default_value_t = 2021)]
        year: i32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Where those of a hub's province who never shared nor took an innovation could start
    Start {
        /// The hub, by its name or a part of it, or its id
        #[arg(default_value = "Jawa Timur")]
        hub: String,
        /// How many innovations to suggest to each
        #[arg(long, default_value_t = 2)]
        limit: usize,
    },
    /// Hubs beside each other, size and age allowed for
    Compare {
        /// activities, replications-taken, replications-given, innovations-begun
        #[arg(long, default_value = "activities")]
        by: String,
        /// Until when; today unless told
        #[arg(long)]
        on: Option<PartialDate>,
    },
    /// One Agency One Innovation: who had one in a year
    Movement {
        /// The year
        #[arg(long, default_value_t = 2020)]
        year: i32,
    },
    /// What in the records of hubs does not fit together
    Findings,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lang = arguments.lang.into();
    end(run(&arguments, lang), lang)
}

fn run(arguments: &Arguments, lang: Lang) -> Result<String> {
    // The library reads no clock: the program says what day it is.
    let now = Timestamp::from(chrono::Utc::now());
    let network = Network::in_memory(&Options::new("example")?)?;
    load(&network, &arguments.data.clone().unwrap_or_else(data_dir), &Stamp::at(now))?;
    let today = |on: &Option<PartialDate>| on.unwrap_or_else(|| now.date());
    Ok(match &arguments.question {
        Asked::Coverage { on, pilots, by_decree } => {
            let counting = Counting { pilots: *pilots, commitments: !by_decree, ..Counting::default() };
            coverage(&network.hub_coverage(today(on), counting)?, lang)
        }
        Asked::Report { hub, year, json } => {
            let report = network.hub_report(&hub_named(&network, hub)?, &ReportOptions::new(*year))?;
            if *json { report.to_json()? + "\n" } else { report.to_markdown(lang) }
        }
        Asked::Start { hub, limit } => {
            let hub = Some(hub_named(&network, hub)?);
            let options = StartOptions { hub, limit: *limit, on: Some(now.date()) };
            start(&network.spokes_to_start(&options, lang)?, lang)
        }
        Asked::Compare { by, on } => {
            let options = ComparisonOptions::new(today(on), by.parse::<Compared>()?);
            compare(&network.hub_comparison(&options)?, lang)
        }
        Asked::Movement { year } => movement(&network.one_agency_one_innovation(&MovementOptions::new(*year))?, lang),
        Asked::Findings => {
            let found = network.hub_findings();
            found.iter().map(|finding| finding.words(lang) + "\n").collect()
        }
    })
}

/// The hub with this id, or the one whose name holds the text.
fn hub_named(network: &Network, text: &str) -> Result<HubId> {
    let hubs = network.hubs_on(PartialDate::new(2025, None, None)?, Counting::ALL)?;
    let wanted = fold(text);
    let mut found = hubs.into_iter().filter(|hub| hub.hub.as_str() == text || fold(&hub.name).contains(&wanted));
    match (found.next(), found.next()) {
        (Some(hub), None) => Ok(hub.hub),
        (None, _) => Err(Error::new(Code::NameUnresolved).field("hub").value(text)),
        (Some(one), Some(other)) => {
            let hint = format!("{}, {}, ...", one.name, other.name);
            Err(Error::new(Code::NameAmbiguous).field("hub").value(text).expected(hint))
        }
    }
}

// ---- the pages ----------------------------------------------------------------------------------------------------

/// A text in the language of the page.
fn say(lang: Lang, id: &str, en: &str) -> String {
    match lang {
        Lang::Id => id.to_owned(),
        Lang::En => en.to_owned(),
    }
}

fn tally(tally: Tally, lang: Lang) -> String {
    match tally.unknown {
        0 => tally.yes.to_string(),
        unknown => format!("{} (+{unknown} {})", tally.yes, say(lang, "tidak diketahui", "unknown")),
    }
}

fn coverage(found: &Coverage, lang: Lang) -> String {
    let mut page = Page::new(16);
    let shares = |shares: &[HubGroup]| -> Vec<String> {
        let there = shares.iter().filter(|share| share.hubs.yes + share.hubs.unknown > 0);
        let label = |share: &HubGroup| {
            let kind = share.key.as_deref().and_then(|key| key.parse::<HubKind>().ok());
            let known = kind.map(|kind| kind.label(lang).to_owned()).or_else(|| share.label.clone());
            known.unwrap_or_else(|| say(lang, "tidak tercatat", "not on record"))
        };
        there.map(|share| format!("{}: {}", label(share), tally(share.hubs, lang))).collect()
    };
    page.item(&say(lang, "Hub", "Hubs"), &format!("{} · {}", tally(found.hubs, lang), found.on));
    page.items(&say(lang, "Jenis", "Kind"), shares(&found.by_kind));
    page.items(&say(lang, "Angkatan", "Batch"), shares(&found.by_batch));
    page.items(&say(lang, "Keputusan", "Decree"), shares(&found.by_decree));
    page.items(&say(lang, "Pulau", "Islands"), shares(&found.by_island_group));
    let names = |covered: &[Covered], truth: Truth| {
        let names: Vec<&str> = covered.iter().filter(|one| one.has_hub == truth).map(|one| one.name.as_str()).collect();
        format!("{} · {}", names.len(), names.join(", "))
    };
    page.item(&say(lang, "Provinsi tanpa", "Provinces without"), &names(&found.provinces, Truth::No));
    if found.provinces.iter().any(|province| province.has_hub == Truth::Unknown) {
        page.item(&say(lang, "Belum pasti", "Uncertain"), &names(&found.provinces, Truth::Unknown));
    }
    page.item(&say(lang, "K/L tanpa", "Ministries"), &names(&found.ministries, Truth::No));
    page.into_text()
}

fn start(starters: &[Starter], lang: Lang) -> String {
    let mut page = Page::new(6);
    let head = match lang {
        Lang::Id => format!("{} instansi belum tercatat berbagi atau mengambil inovasi.", starters.len()),
        Lang::En => format!("{} agencies are on record neither as source nor as recipient.", starters.len()),
    };
    page.item("", &head);
    for starter in starters {
        page.gap();
        page.item("", &starter.actor.name);
        for (index, one) in starter.suggestions.iter().enumerate() {
            page.item(&format!("   {}.", index + 1), &format!("{} ({})", one.title, one.owner_name));
            let why: Vec<&str> = one.reasons.iter().take(4).map(String::as_str).collect();
            page.item("", &format!("{}: {}. {}", say(lang, "dicari", "sought"), one.sought, why.join("; ")));
        }
        if starter.suggestions.is_empty() {
            page.item("", &say(lang, "tidak ada yang ditemukan", "nothing was found"));
        }
    }
    page.into_text()
}

fn compare(found: &Comparison, lang: Lang) -> String {
    let mut page = Page::new(12);
    page.item(&say(lang, "Ukuran", "Measure"), found.options.compared.label(lang));
    let overall = found.overall.map_or_else(|| "-".to_owned(), |overall| format!("{overall:.2}"));
    let per = say(lang, "per 100 pemerintah daerah per tahun", "per 100 governments and year");
    page.item(&say(lang, "Semua hub", "All hubs"), &format!("{overall} {per}"));
    for against in Against::ALL {
        let hubs: Vec<_> = found.hubs.iter().filter(|hub| hub.against == *against).collect();
        if !hubs.is_empty() {
            page.gap();
            page.item("", against.label(lang));
        }
        for hub in hubs {
            let figures = format!("{:>3} · {:5.1} ({:.1}–{:.1})", hub.count, hub.rate, hub.least, hub.most);
            page.ends(&format!("  {}", hub.name), &figures);
        }
    }
    page.gap();
    let left_out: Vec<String> =
        found.left_out.iter().map(|hub| format!("{}: {}", hub.name, hub.why.label(lang))).collect();
    page.items(&say(lang, "Tidak ikut", "Left out"), left_out);
    page.into_text()
}

fn movement(found: &Movement, lang: Lang) -> String {
    let mut page = Page::new(16);
    let three = |tally: Tally| match lang {
        Lang::Id => format!("ya {}, tidak tercatat {}, tidak diketahui {}", tally.yes, tally.no, tally.unknown),
        Lang::En => format!("yes {}, none on record {}, unknown {}", tally.yes, tally.no, tally.unknown),
    };
    page.item(&say(lang, "Tahun", "Year"), &found.options.year.to_string());
    page.item(&say(lang, "Pemerintah", "Governments"), &three(found.governments));
    page.item(&say(lang, "Instansi lain", "Other agencies"), &three(found.agencies));
    page.items("", found.by_basis.iter().map(|(basis, count)| format!("{}: {count}", basis.label(lang))));
    let never = found.never_involved().filter(|standing| standing.actor.is_government).count();
    let text = match lang {
        Lang::Id => {
            format!("{never} pemerintah daerah (penerima {} replikasi tidak disebut)", found.recipients_unknown)
        }
        Lang::En => {
            format!("{never} governments (the recipients of {} replications are not named)", found.recipients_unknown)
        }
    };
    page.item(&say(lang, "Belum terlibat", "Never involved"), &text);
    page.gap();
    let sample = say(
        lang,
        "Data ini contoh yang dikumpulkan dari pers; yang tidak tercatat belum tentu tidak ada.",
        "These data are a sample gathered from the press; what is not on record may exist all the same.",
    );
    page.item("", &sample);
    page.into_text()
}
