//! What each operation of the cases is, in terms of the core.

use std::io::{Cursor, Read as _};
use std::sync::OnceLock;

use jipp_core::base::{self, Lang, Vocabulary as _, read_value};
use jipp_core::evaluation::agreement::{self, Ratings};
use jipp_core::exchange::{
    Csv, Document, DocumentReader, ImportOptions, JsonLines, Mapping, RecordReader, RowReader, RowSource,
};
use jipp_core::lineage::{LineageView, Scope};
use jipp_core::matching::Analyzer;
use jipp_core::model::{AgencyKind, EntityKind, EntityRef, NodeId, Record};
use jipp_core::network::{Network, Options, Question, ScoringOptions};
use jipp_core::registry::{Action, Stamp};
use jipp_core::{Error, Result};
use serde::Serialize;
use serde_json::{Value, json};

/// The network that most cases are about: the real data that come with the Python package.
fn sample() -> &'static Network {
    static SAMPLE: OnceLock<Network> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let packed = include_bytes!("../../../jipp-py/python/jipp/data/sample.jipp.gz");
        let mut bundle = Vec::new();
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut bundle).expect("the sample is whole");
        let network = empty();
        network.apply(&bundle).expect("the sample is a bundle");
        network
    })
}

/// A small edition that has been scored.
fn edition() -> &'static Network {
    static EDITION: OnceLock<Network> = OnceLock::new();
    EDITION.get_or_init(|| {
        let text = include_str!("../../fixtures/edition.json");
        let network = empty();
        let report = import(&network, &json!({ "file": "edition.json", "text": text })).expect("the edition is good");
        assert_eq!(report["rejections"], 0, "{report}");
        network
    })
}

fn empty() -> Network {
    Network::in_memory(&Options::new("vectors").expect("an id")).expect("memory")
}

const AT: &str = "2026-11-21T08:00:00Z";

/// The fields of what is given.
struct Given<'a>(&'a Value);

impl Given<'_> {
    fn text(&self, name: &str) -> &str {
        self.0[name].as_str().unwrap_or_default()
    }
    fn number(&self, name: &str) -> usize {
        self.0[name].as_u64().and_then(|number| number.try_into().ok()).unwrap_or_default()
    }
    fn read<T: std::str::FromStr<Err = Error>>(&self, name: &str) -> Result<T> {
        self.text(name).parse()
    }
    fn lang(&self) -> Lang {
        if self.text("lang") == "id" { Lang::Id } else { Lang::En }
    }
    /// The fields of these names, as a value of the core.
    fn value<T: serde::de::DeserializeOwned>(&self, without: &[&str]) -> Result<T> {
        let mut fields = self.0.as_object().expect("fields").clone();
        fields.retain(|name, _| !without.contains(&name.as_str()));
        read_value(&Value::Object(fields))
    }
    fn ratings(&self) -> Result<Ratings> {
        let rows: Vec<Vec<Option<f64>>> = serde_json::from_value(self.0["rows"].clone()).expect("rows of ratings");
        Ratings::new(self.read("level")?, &rows)
    }
}

fn told(value: impl Serialize) -> Value {
    serde_json::to_value(value).expect("answers are JSON")
}

pub(crate) fn answer(op: &str, given: &Value) -> Result<Value> {
    let given = Given(given);
    match op {
        "parse-date" => {
            let date: base::PartialDate = given.read("text")?;
            let (first, last) = (date.first_day().to_string(), date.last_day().to_string());
            let (year, month, day) = (date.year(), date.month(), date.day());
            Ok(json!({ "year": year, "month": month, "day": day, "first_day": first, "last_day": last }))
        }
        "fold" => Ok(told(base::fold(given.text("text")))),
        "words" => Ok(told(base::words(given.text("text")))),
        "check-id" => EntityRef::new(given.read("kind")?, given.text("id")).map(|_| json!(true)),
        "label-agency-kind" => Ok(told(given.read::<AgencyKind>("code")?.label(given.lang()))),
        "label-kind" => Ok(told(given.read::<EntityKind>("code")?.label(given.lang()))),
        "stem" => Ok(told(Analyzer::standard().stem(given.text("word")))),
        "stop-word" => Ok(told(Analyzer::standard().is_stop_word(given.text("word")))),
        "terms" => {
            let tokens = Analyzer::standard().tokens(given.text("text"));
            Ok(tokens.into_iter().map(|token| Value::String(token.term)).collect())
        }
        "candidates" | "ground-words" | "search" | "neighbours" | "check-draft" | "duplicates" => matching(op, &given),
        "record" | "count" | "referrers" | "page" => records(op, &given),
        "hubs-on" | "hub-coverage" | "hub-readiness" | "hub-findings" => hubs(op, &given),
        "krippendorff" | "kendall" | "icc" | "chance-corrected" | "standings" | "chosen" => evaluation(op, &given),
        "import" => import(&empty(), given.0),
        "suggest-mapping" => {
            let headers: Vec<String> = serde_json::from_value(given.0["headers"].clone()).expect("headers");
            Ok(told(Mapping::suggest(given.read("kind")?, &headers)))
        }
        "commit" => commit(&given),
        "apply" => empty().apply(given.text("text").as_bytes()).map(told),
        "closed" => Err(Error::new(base::Code::NetworkClosed).expected("an open network")),
        _ => lineage(op, &given),
    }
}

fn matching(op: &str, given: &Given<'_>) -> Result<Value> {
    let network = sample();
    Ok(match op {
        "candidates" => told(network.candidates(&given.value(&[])?)?),
        "ground-words" => {
            let found = network.candidates(&Question { limit: 1, ..Question::new(given.text("text")) })?;
            let parts = found.candidates.iter().flat_map(|candidate| &candidate.parts);
            parts.map(|part| part.ground.words(given.lang())).collect()
        }
        "search" => {
            let question =
                Question { limit: given.number("limit"), feedback: false, ..Question::new(given.text("text")) };
            let found = network.candidates(&question)?.candidates.into_iter();
            let hit = |one: jipp_core::network::Candidate| {
                let (innovation, owner) = (one.innovation.to_string(), one.owner.to_string());
                json!({ "innovation": innovation, "title": one.title, "owner": owner,
                    "owner_name": one.owner_name, "score": one.score })
            };
            found.map(hit).collect()
        }
        "neighbours" => told(network.neighbours(&given.read("innovation")?, given.number("limit"))?),
        "check-draft" => told(network.check_draft(&given.value(&[])?)?),
        _ => {
            let found = network.duplicates(Network::duplicate_settings(), &[], &mut |_| true)?;
            json!({ "pairs": told(&found.pairs), "clusters": told(&found.clusters) })
        }
    })
}

fn records(op: &str, given: &Given<'_>) -> Result<Value> {
    let (network, kind) = (sample(), given.read::<EntityKind>("kind")?);
    Ok(match op {
        "record" => told(network.read(|view| view.record(kind, given.text("id")).cloned())),
        "count" => told(network.read(|view| view.count(kind))),
        "referrers" => {
            let to = EntityRef::new(given.read("to_kind")?, given.text("to_id"))?;
            let found = network.read(|view| {
                view.record(to.kind, &to.id)?;
                Some(view.referrers(kind, &to).into_iter().cloned().collect::<Vec<Record>>())
            });
            told(found.ok_or_else(|| Error::new(base::Code::NotFound).about(&to))?)
        }
        _ => {
            let (limit, token) = (given.number("limit"), given.text("token"));
            if limit == 0 {
                return Err(Error::new(base::Code::OptionInvalid).field("limit").value(limit).expected("1 to 1000"));
            }
            let after = |record: &&Record| token.is_empty() || record.id() > token;
            let found: Vec<Record> =
                network.read(|view| view.records(kind).filter(after).take(limit).cloned().collect());
            let next = found.last().map(|last| last.id().to_owned());
            json!({ "records": told(&found), "next": next })
        }
    })
}

fn lineage(op: &str, given: &Given<'_>) -> Result<Value> {
    let network = sample();
    let scope: Scope = given.value(&["node", "first", "second", "start", "end", "limit", "replication"])?;
    let of = |name: &str, read: &dyn Fn(LineageView<'_>, &NodeId) -> Result<Value>| {
        let node: NodeId = given.read(name)?;
        network.lineage(|lineage| read(lineage, &node))
    };
    match op {
        "lineage-node" => of("node", &|lineage, node| lineage.node(node, &scope).map(told)),
        "sources" => of("node", &|lineage, node| lineage.sources(node, &scope).map(told)),
        "replicas" => of("node", &|lineage, node| lineage.replicas(node, &scope).map(told)),
        "ancestors" => of("node", &|lineage, node| lineage.ancestors(node, &scope).map(|all| told(all.to_vec()))),
        "descendants" => of("node", &|lineage, node| lineage.descendants(node, &scope).map(|all| told(all.to_vec()))),
        "impact" => of("node", &|lineage, node| lineage.impact(node, &scope).map(told)),
        "adoptions" => of("node", &|lineage, node| lineage.adoptions(node, &scope).map(told)),
        "roots" => network.lineage(|lineage| lineage.roots(&scope).map(told)),
        "travel" => network.lineage(|lineage| lineage.travel(&scope).map(told)),
        "common-ancestors" => {
            let second: NodeId = given.read("second")?;
            of("first", &|lineage, first| lineage.common_ancestors(first, &second, &scope).map(told))
        }
        "paths" => {
            let (end, limit): (NodeId, _) = (given.read("end")?, given.number("limit"));
            of("start", &|lineage, start| lineage.paths(start, &end, &scope, limit).map(told))
        }
        "adaptation" => network.adaptation(&given.read("replication")?).map(told),
        _ => panic!("no operation {op}"),
    }
}

fn hubs(op: &str, given: &Given<'_>) -> Result<Value> {
    let network = sample();
    Ok(match op {
        "hubs-on" => told(network.hubs_on(given.read("on")?, jipp_core::hubs::Counting::default())?),
        "hub-coverage" => told(network.hub_coverage(given.read("on")?, jipp_core::hubs::Counting::default())?),
        "hub-readiness" => told(network.hub_readiness(&given.read("hub")?, given.read("on")?)?),
        _ => network.hub_findings().iter().map(|finding| Value::String(finding.words(given.lang()))).collect(),
    })
}

fn evaluation(op: &str, given: &Given<'_>) -> Result<Value> {
    Ok(match op {
        "krippendorff" => told(agreement::krippendorff(&given.ratings()?)),
        "kendall" => told(agreement::kendall(&given.ratings()?)),
        "icc" => told(agreement::icc(&given.ratings()?)),
        "chance-corrected" => {
            let (model, weighting) = (given.read("model")?, given.read("weighting")?);
            told(agreement::chance_corrected(&given.ratings()?, model, weighting)?)
        }
        _ => {
            let cut = Given(given.0).value(&["edition"])?;
            let options = ScoringOptions { cut, resampling: None, ..ScoringOptions::new(given.read("edition")?) };
            let scoring = edition().score(&options)?;
            if op == "chosen" { told(scoring.chosen()) } else { told(scoring.standings()) }
        }
    })
}

fn import(network: &Network, given: &Value) -> Result<Value> {
    let given = Given(given);
    let at = given.0["at"].as_str().unwrap_or(AT);
    let mut options = ImportOptions::new(Stamp::at(at.parse()?));
    options.batch = given.0["batch"].as_u64().map_or(options.batch, |_| given.number("batch"));
    if !given.0["max_rejections_listed"].is_null() {
        options.max_rejections_listed = given.number("max_rejections_listed");
    }
    let (name, bytes) = (given.text("file"), Cursor::new(given.text("text").to_owned().into_bytes()));
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
    let mut rows: Box<dyn RowSource> = match ending {
        "csv" => Box::new(Csv::new(bytes, name)?),
        "jsonl" => Box::new(JsonLines::new(bytes, name)),
        "json" => Box::new(Document::new(bytes, name)?),
        other => {
            let fault = Error::new(base::Code::FormatUnknown).source_name(name).value(other);
            return Err(fault.expected("a file named .jsonl, .csv, .tsv or .json"));
        }
    };
    let mut reader: Box<dyn RowReader> = match (ending, given.0["kind"].as_str()) {
        ("json", _) => Box::<DocumentReader>::default(),
        (_, Some(kind)) => Box::new(RecordReader::new(kind.parse()?)),
        (_, None) => {
            let fault = Error::new(base::Code::OptionInvalid).field("kind");
            return Err(fault.expected("what a row is, such as innovation"));
        }
    };
    network.import(&mut *rows, &mut *reader, &options, &mut |_| true).map(told)
}

fn commit(given: &Given<'_>) -> Result<Value> {
    let records = given.0["records"].as_array().expect("records");
    let actions: Vec<Action> =
        records.iter().map(|record| read_value(&json!({ "register": record }))).collect::<Result<_>>()?;
    let committed = empty().commit(&Stamp::at(AT.parse()?), actions)?;
    let changes: Vec<String> = committed.changes.iter().map(ToString::to_string).collect();
    Ok(json!({ "revision": committed.revision, "changes": changes }))
}
