//! Which proven innovations answer a need: ranked, with reasons, what is lacking, and whom to call.
#![allow(
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a program for a terminal, which says what day it is"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use jipp_core::base::{Code, Error, PartialDate, SectorId, Timestamp, Vocabulary as _};
use jipp_core::model::{
    Agency, AgencyKind, AgencyNames, Entity as _, Gazetteer, Hint, Line, Money, Region, ReplicationState,
};
use jipp_core::network::{
    Candidate, Candidates, ContactSeen, Gap, GapState, GapTopic, Ground, HubAdvice, Network, Options, Question,
    ReplicaSeen,
};
use jipp_core::registry::Stamp;
use jipp_core::{Lang, Result};
use jipp_examples::{Loaded, Page, PageLang, data_dir, end, load};

/// Finds innovations worth replicating for a need.
#[derive(Parser, Debug)]
#[command(name = "find_candidates")]
struct Arguments {
    /// The need, in your own words
    #[arg(default_value = "antrean panjang di puskesmas, pasien menunggu lama di loket pendaftaran")]
    need: String,
    /// The agency that asks, by name or id: "Kabupaten Buru"
    #[arg(long)]
    agency: Option<String>,
    /// The region of the agency that asks, by name or code
    #[arg(long, default_value = "Maluku")]
    region: String,
    /// The kind of the agency that asks: regency, city, province, ministry, ...
    #[arg(long, default_value = "regency")]
    kind: String,
    /// Only innovations of this sector; may be given more than once
    #[arg(long)]
    sector: Vec<String>,
    /// Only innovations from this region or within it, by name or code; may be given more than once
    #[arg(long)]
    within: Vec<String>,
    /// Only innovations with an award
    #[arg(long)]
    awarded: bool,
    /// Only innovations implemented in this year or later
    #[arg(long)]
    since: Option<i32>,
    /// What may be spent, in rupiah
    #[arg(long)]
    budget: Option<String>,
    /// How many people there are for it
    #[arg(long)]
    staff: Option<u32>,
    /// A tool or technology at hand; may be given more than once
    #[arg(long)]
    tool: Vec<String>,
    /// How many candidates to show
    #[arg(long, default_value_t = 5)]
    limit: usize,
    /// The date of the question; today unless told
    #[arg(long)]
    on: Option<PartialDate>,
    /// A folder of data like examples/data
    #[arg(long)]
    data: Option<PathBuf>,
    /// Keep the network in this file; without it, it is in memory
    #[arg(long)]
    store: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
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
    // The library reads no clock: the program says what day it is.
    let now = Timestamp::from(chrono::Utc::now());
    let network = open(arguments)?;
    if network.revision() == 0 || arguments.data.is_some() {
        let dir = arguments.data.clone().unwrap_or_else(data_dir);
        let loaded = load(&network, &dir, &Stamp::at(now))?;
        report(&loaded, lang);
        if arguments.store.is_some() {
            network.save_snapshot()?;
        }
    }
    let question = question(&network, arguments, now)?;
    let found = network.candidates(&question)?;
    if arguments.json {
        let json =
            serde_json::to_string_pretty(&found).map_err(|error| Error::new(Code::JsonSyntax).caused_by(error))?;
        return Ok(json + "\n");
    }
    Ok(page(&network, &question, &found, lang))
}

fn open(arguments: &Arguments) -> Result<Network> {
    let options = Options::new("example")?;
    match &arguments.store {
        Some(path) => Network::open(path, &options),
        None => Network::in_memory(&options),
    }
}

/// Says what could not be used; silent if all could.
fn report(loaded: &Loaded, lang: Lang) {
    for (file, outcome) in &loaded.files {
        for rejection in &outcome.rejected {
            let reason = if lang == Lang::Id { rejection.reason_id } else { rejection.reason_en };
            let field = rejection.field.as_deref().unwrap_or("-");
            let value = rejection.value.as_deref().unwrap_or("-");
            eprintln!("{file}:{}: {} [{field}: {value}] {reason}", rejection.line, rejection.code);
        }
    }
}

fn question(network: &Network, arguments: &Arguments, now: Timestamp) -> Result<Question> {
    let gazetteer = Gazetteer::indonesia()?;
    let mut question = Question::new(&arguments.need);
    question.limit = arguments.limit;
    question.on = Some(arguments.on.unwrap_or_else(|| now.date()));
    question.staff = arguments.staff;
    question.tools = (!arguments.tool.is_empty()).then(|| arguments.tool.clone());
    question.sectors = arguments.sector.iter().map(|sector| sector.parse::<SectorId>()).collect::<Result<_>>()?;
    let regions = arguments.within.iter().map(|name| Ok(gazetteer.resolve_with(name, &Hint::default())?.id));
    question.filter.regions = regions.collect::<Result<_>>()?;
    question.filter.is_awarded = arguments.awarded;
    question.filter.from_year = arguments.since;
    if let Some(budget) = &arguments.budget {
        question.budget = Some(Money { amount: budget.parse()?, currency: Line::new("IDR")? });
    }
    let kind: AgencyKind = arguments.kind.parse()?;
    question.agency_kind = Some(kind);
    match &arguments.agency {
        None => question.region = Some(gazetteer.resolve_with(&arguments.region, &Hint::default())?.id),
        Some(agency) => {
            let id = AgencyNames::indonesia()?.resolve(agency)?.id;
            let known = network.read(|view| view.find::<Agency>(id.as_str()).map(|agency| agency.id.clone()));
            if known.is_some() {
                question.agency = known;
            } else if let Some((kind, region)) = gazetteer.government_region(agency) {
                // An agency that no record names yet is still known by its region.
                question.agency_kind = Some(kind);
                question.region = Some(region);
            }
        }
    }
    Ok(question)
}

// ---- the page --------------------------------------------------------------------------------------------------------

/// A text in the language of the page.
fn say(lang: Lang, id: &str, en: &str) -> String {
    match lang {
        Lang::Id => id.to_owned(),
        Lang::En => en.to_owned(),
    }
}

fn page(network: &Network, question: &Question, found: &Candidates, lang: Lang) -> String {
    let mut page = Page::new(15);
    page.item(&say(lang, "Kebutuhan", "Need"), &question.text);
    page.item(&say(lang, "Penanya", "Asking"), &asking(network, question, lang));
    let words = format!("{}: {}", say(lang, "kata yang dicari", "words looked for"), found.words.join(", "));
    page.item(
        &say(lang, "Ditemukan", "Found"),
        &match lang {
            Lang::Id => {
                format!("{} terbaik dari {} inovasi ({words})", found.candidates.len(), found.searched)
            }
            Lang::En => {
                format!("the best {} of {} innovations ({words})", found.candidates.len(), found.searched)
            }
        },
    );
    if found.candidates.is_empty() {
        page.gap();
        let hint = say(
            lang,
            "Coba kata lain, atau tanpa --sector, --within, --awarded, --since.",
            "Try other words, or leave out --sector, --within, --awarded, --since.",
        );
        page.item("", &hint);
    }
    for (index, candidate) in found.candidates.iter().enumerate() {
        page.gap();
        describe(&mut page, index + 1, candidate, lang);
    }
    page.gap();
    page.item("", &say(
        lang,
        "Nilai: 100 terbaik. Replikasi bukan salin-tempel: sesuaikan dengan warga Anda. Angka hasil adalah klaim instansi.",
        "Score: 100 is best. Replication is no copy-paste: adapt it to your people. Outcome figures are the agencies' claims.",
    ));
    page.into_text()
}

fn asking(network: &Network, question: &Question, lang: Lang) -> String {
    network.read(|view| {
        if let Some(agency) = question.agency.as_ref().and_then(|id| view.find::<Agency>(id.as_str())) {
            return agency.name.to_string();
        }
        let region = question.region.as_ref().and_then(|id| view.find::<Region>(id.as_str()));
        let region = region.and_then(|region| region.name().map(str::to_owned)).unwrap_or_default();
        let kind = question.agency_kind.map(|kind| kind.label(lang)).unwrap_or_default();
        match lang {
            Lang::Id => format!("{kind}, {region}"),
            Lang::En => format!("a {kind}, {region}"),
        }
    })
}

fn describe(page: &mut Page, number: usize, candidate: &Candidate, lang: Lang) {
    page.ends(&format!("{number}. {}", candidate.title), &points(candidate.score));
    if let Some(expansion) = &candidate.expansion {
        page.item("", expansion);
    }
    page.item(&say(lang, "   Pemilik", "   Owner"), &owner(candidate));
    if let Some(solution) = &candidate.solution {
        page.item(&say(lang, "   Isinya", "   What"), solution);
    }
    page.figures(&say(lang, "   Mengapa", "   Why"), reasons(candidate, lang));
    page.items(&say(lang, "   Replikasi", "   Replicas"), replicas(&candidate.replications, lang));
    if !candidate.awards.is_empty() {
        let labels: Vec<&str> = candidate.awards.iter().map(|award| award.label.as_str()).collect();
        page.item(&say(lang, "   Penghargaan", "   Awards"), &labels.join("; "));
    }
    page.items(&say(lang, "   Kesenjangan", "   Gaps"), gaps(&candidate.gaps, lang));
    page.items(&say(lang, "   Hubungi", "   Call"), calls(candidate, lang));
    page.item(&say(lang, "   Sumber", "   Source"), &candidate.sources.join(" "));
}

/// Points with one decimal.
fn points(millionths: i64) -> String {
    let tenths = (millionths + 50_000) / 100_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn owner(candidate: &Candidate) -> String {
    match &candidate.region_name {
        Some(region) if !candidate.owner_name.contains(region.as_str()) => {
            format!("{}, {region}", candidate.owner_name)
        }
        _ => candidate.owner_name.clone(),
    }
}

/// The six largest grounds, with their points; the rest summed up.
fn reasons(candidate: &Candidate, lang: Lang) -> Vec<(String, String)> {
    let is_text = |ground: &Ground| matches!(ground, Ground::Words { .. });
    let mut shown: Vec<&_> = candidate.parts.iter().filter(|part| is_text(&part.ground)).take(4).collect();
    shown.extend(candidate.parts.iter().filter(|part| !is_text(&part.ground)));
    let mut lines: Vec<(String, String)> =
        shown.iter().map(|part| (points(part.points), part.ground.words(lang))).collect();
    let rest = candidate.score - shown.iter().map(|part| part.points).sum::<i64>();
    if rest >= 50_000 {
        lines.push((points(rest), say(lang, "kata lain", "other words")));
    }
    lines
}

fn replicas(replicas: &[ReplicaSeen], lang: Lang) -> Vec<String> {
    if replicas.is_empty() {
        return vec![say(lang, "belum ada yang diketahui", "none known")];
    }
    let mut lines: Vec<String> = replicas.iter().take(4).map(|replica| describe_replica(replica, lang)).collect();
    if replicas.len() > lines.len() {
        let more = replicas.len() - lines.len();
        lines.push(say(lang, &format!("dan {more} lagi"), &format!("and {more} more")));
    }
    lines
}

fn describe_replica(replica: &ReplicaSeen, lang: Lang) -> String {
    let state = replica.state.parse::<ReplicationState>().map_or(replica.state, |state| state.label(lang));
    let on = replica.on.map(|on| format!(", {on}")).unwrap_or_default();
    let title = replica.title.as_ref().map(|title| format!(" “{title}”")).unwrap_or_default();
    let how = replica.differences.first().map(|difference| format!(". {difference}")).unwrap_or_default();
    format!("{}{title}: {state}{on}{how}", replica.recipient_name)
}

fn gaps(gaps: &[Gap], lang: Lang) -> Vec<String> {
    let topic = |topic: GapTopic| topic.label(lang);
    let mut lines: Vec<String> = gaps
        .iter()
        .filter(|gap| gap.state != GapState::Unknown)
        .map(|gap| {
            let label =
                |code: &str| code.parse::<AgencyKind>().map_or(code.to_owned(), |kind| kind.label(lang).to_owned());
            let needed = gap.needed.as_deref().map(label).unwrap_or_default();
            let available = gap.available.as_deref().map(label);
            let against = available
                .map(|has| say(lang, &format!(" (Anda: {has})"), &format!(" (you: {has})")))
                .unwrap_or_default();
            format!("{}: {} {needed}{against}", gap.state.label(lang), topic(gap.topic))
        })
        .collect();
    let unknown: Vec<&str> =
        gaps.iter().filter(|gap| gap.state == GapState::Unknown).map(|gap| topic(gap.topic)).collect();
    if !unknown.is_empty() {
        let ask = say(lang, "tanyakan, sumber tidak menyebut", "ask, the source does not say");
        lines.push(format!("{ask}: {}", unknown.join(", ")));
    }
    lines
}

fn calls(candidate: &Candidate, lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> = candidate.hubs.iter().map(|hub| describe_hub(hub, lang)).collect();
    if lines.is_empty() {
        lines.push(say(lang, "tidak ada hub yang diketahui untuk daerah ini", "no hub known for these regions"));
    }
    lines.push(format!("{}: {}", candidate.owner_name, contact(&candidate.owner_contacts, lang)));
    lines
}

fn describe_hub(hub: &HubAdvice, lang: Lang) -> String {
    let since = hub.since.map(|since| match (hub.is_designated, lang) {
        (true, Lang::Id) => format!(", ditetapkan {since}"),
        (true, Lang::En) => format!(", designated {since}"),
        (false, Lang::Id) => format!(", komitmen {since}"),
        (false, Lang::En) => format!(", committed {since}"),
    });
    let portal = hub.portal.as_ref().map(|portal| format!(", {portal}")).unwrap_or_default();
    let (role, since) = (hub.role.label(lang), since.unwrap_or_default());
    format!("Hub JIPP {} ({role}{since}{portal}): {}", hub.name, contact(&hub.contacts, lang))
}

fn contact(contacts: &[ContactSeen], lang: Lang) -> String {
    let Some(contact) = contacts.first() else { return say(lang, "kontak tidak diketahui", "contact unknown") };
    let parts = [&contact.label, &contact.phone, &contact.email, &contact.url, &contact.address];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let as_of = contact.as_of.map(|on| format!(" ({on})")).unwrap_or_default();
    format!("{}{as_of}", parts.join(", "))
}
