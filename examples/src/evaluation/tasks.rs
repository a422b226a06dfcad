//! The questions that are put to every engine, and the answers that are right.
//!
//! **Replication pairs.** A replication is *usable* if its replica is named, a page states the link (an inferred one was
//! inferred from likeness), and the pool knows the problem or the solution of its source.
//!
//! * *(a) text* and *(b) title and text*: what is known of the replica, namely problem and solution, in (b) its title too;
//!   usable if at least [`ENOUGH`] different words of three letters or more are left once the masks are on. Masked are the
//!   source's place names (words of the agency, the province and the regions of the source that are part of a region's
//!   name) and its brand (words of its titles that at most 3 documents of the pool hold). (a) and (b) have the same
//!   queries, also where a replica has no title.
//! * *(c) title alone*, unmasked, of the replicas that were renamed.
//!
//! Right is the source as the importer resolves it, and every document of the same owner under the same folded title. The
//! record of the replica itself is taken out of every ranking.
//! Where context counts, the recipient asks, on the day it began or ran where that is known, and every record of the same
//! step (same recipient, same source) is out of sight: it would say that the source was replicated.
//!
//! **Needs.** The text as its author put it, and the judgements. What is known from replications only is taken out of every
//! ranking, because no judge read it; anything else that is not judged counts as 0. Needs without a useful document are
//! left out.

use std::collections::BTreeSet;
use std::path::Path;

use jipp_core::Result;
use jipp_core::base::words;
use jipp_core::model::{Judgement, Need, Replication};
use jipp_core::network::{Network, Question};
use serde::{Deserialize, Serialize};

use super::mask::{Mask, Places};
use super::metrics::{Grades, Metric, useful};
use super::pool::{Pool, read_rows};

/// A query has enough text with this many different words of three letters or more.
const ENOUGH: usize = 5;
/// The grade of the source of a replica.
const RIGHT: u8 = 3;
/// The words of `needs.jsonl` that are typing errors, found by reading.
const MISSPELT: [&str; 5] = ["plastk", "skolah", "atu", "kecelakan", "pendididkan"];

/// One query.
#[derive(Debug, Serialize)]
pub(super) struct Topic {
    pub(super) id: String,
    /// Kinds of query to which it belongs.
    pub(super) groups: Vec<String>,
    pub(super) query: String,
    /// The query with a sign where something was left out.
    pub(super) shown: String,
    /// Documents that no ranking may hold.
    pub(super) excluded: BTreeSet<usize>,
    pub(super) grades: Grades,
    /// The same with who asks, for those who use more of it than its text.
    #[serde(skip)]
    pub(super) asked: Question,
    /// Topics of one source: what is learnt from one of them is not tried on the others.
    #[serde(skip)]
    pub(super) source: String,
}

/// A set of queries that are measured alike.
#[derive(Debug, Serialize)]
pub(super) struct Task {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// The first decides which engine is best.
    pub(super) metrics: Vec<Metric>,
    /// Whether the right answers come from judges, who can have overlooked some.
    #[serde(skip)]
    pub(super) is_judged: bool,
    pub(super) topics: Vec<Topic>,
}

/// All tasks over the data of a folder that the network has loaded.
pub(super) fn tasks(network: &Network, pool: &Pool, dir: &Path) -> Result<Vec<Task>> {
    let pairs = pairs(network, pool, dir)?;
    let task = |name, about, with: fn(&Pair) -> Option<Topic>| Task {
        name,
        about,
        metrics: vec![Metric::Mrr, Metric::Recall],
        is_judged: false,
        topics: pairs.iter().filter_map(with).collect(),
    };
    Ok(vec![
        task("pairs-text", "Replication pairs (a): problem and solution of the replica, masked", |pair| {
            pair.masked(&[&pair.replica.problem, &pair.replica.solution])
        }),
        task("pairs-title-text", "Replication pairs (b): title, problem and solution, masked", |pair| {
            pair.masked(&[&pair.replica.title, &pair.replica.problem, &pair.replica.solution])
        }),
        task("pairs-renamed", "Replication pairs (c): the title alone, where it was renamed", Pair::renamed),
        needs(network, pool),
    ])
}

// ---- replication pairs -----------------------------------------------------------------------------------------------

#[derive(Deserialize)]
struct Row {
    id: String,
    source: Titled,
    replica: Titled,
    named_replica: bool,
    link_stated: bool,
    title_relation: String,
}

#[derive(Clone, Deserialize)]
struct Titled {
    title: Option<String>,
    agency: Option<String>,
    province: Option<String>,
    problem: Option<String>,
    solution: Option<String>,
}

/// A usable replication.
struct Pair {
    id: String,
    replica: Titled,
    is_renamed: bool,
    right: BTreeSet<usize>,
    own: BTreeSet<usize>,
    mask: Mask,
    /// Who took it and when, with the replication itself out of sight: it would give its own source away.
    asked: Question,
    source: String,
}

fn pairs(network: &Network, pool: &Pool, dir: &Path) -> Result<Vec<Pair>> {
    let rows: Vec<Row> = read_rows(&dir.join("replications.jsonl"))?;
    network.read(|view| {
        let places = Places::new(&view);
        let all: Vec<&Replication> = view.all::<Replication>().collect();
        let pair = |row: Row| Pair::new(view.find::<Replication>(&row.id)?, row, pool, &places, &all);
        Ok(rows.into_iter().filter_map(pair).collect())
    })
}

impl Pair {
    fn new(replication: &Replication, row: Row, pool: &Pool, places: &Places, all: &[&Replication]) -> Option<Self> {
        let right = sources(replication, pool);
        let is_known = right.iter().any(|&number| pool.documents[number].tells_what_it_does());
        if !(row.named_replica && row.link_stated && is_known) {
            return None;
        }
        let target = replication.target.as_ref().and_then(|target| pool.number(target.as_str()));
        let titled = row.replica.title.as_ref().zip(replication.recipient.as_ref());
        let titled = titled.into_iter().flat_map(|(title, owner)| pool.titled(title, owner.as_str()));
        let own = target.into_iter().chain(titled).filter(|own| !right.contains(own)).collect();

        let mut mask = Mask::default();
        for text in [&row.source.agency, &row.source.province].into_iter().flatten() {
            mask.hide_places(text, places);
        }
        mask.hide_brand(row.source.title.as_deref().unwrap_or_default(), pool);
        for document in right.iter().map(|&number| &pool.documents[number]) {
            for region in &document.regions {
                mask.hide_places(region, places);
            }
            mask.hide_brand(&document.title, pool);
        }
        let is_renamed = row.title_relation == "renamed";
        let asked = asked(replication, all, &right, pool);
        let source = right.first().map(|&number| pool.documents[number].id.clone()).unwrap_or_default();
        Some(Self { id: row.id, replica: row.replica, is_renamed, right, own, mask, asked, source })
    }

    /// Whether problem and solution say enough once the masks are on.
    fn says_enough(&self) -> bool {
        let texts = [&self.replica.problem, &self.replica.solution].into_iter().flatten();
        let left: BTreeSet<String> = texts.flat_map(|text| words(&self.mask.apply(text, ""))).collect();
        let count =
            left.iter().filter(|word| word.chars().filter(|letter| letter.is_alphabetic()).count() >= 3).count();
        count >= ENOUGH
    }

    fn masked(&self, texts: &[&Option<String>]) -> Option<Topic> {
        let texts: Vec<&str> = texts.iter().filter_map(|text| text.as_deref()).collect();
        let text = texts.join(". ");
        self.says_enough().then(|| self.topic(self.mask.apply(&text, ""), self.mask.apply(&text, "[...]")))
    }

    fn renamed(&self) -> Option<Topic> {
        let title = self.replica.title.clone().filter(|_| self.is_renamed)?;
        Some(self.topic(title.clone(), title))
    }

    fn topic(&self, query: String, shown: String) -> Topic {
        Topic {
            id: self.id.clone(),
            groups: Vec::new(),
            shown,
            excluded: self.own.clone(),
            grades: self.right.iter().map(|&number| (number, RIGHT)).collect(),
            asked: Question { text: query.clone(), ..self.asked.clone() },
            source: self.source.clone(),
            query,
        }
    }
}

/// The sources of a replication, with every document of the same owner under the same title.
fn sources(replication: &Replication, pool: &Pool) -> BTreeSet<usize> {
    let sources = replication.sources.iter().filter_map(|source| pool.number(source.innovation.as_str()));
    let alike = sources.flat_map(|source| {
        let source = &pool.documents[source];
        pool.titled(&source.title, &source.owner)
    });
    alike.collect()
}

/// The question that a replication answered: of its recipient, when it began or ran, and without what would give the answer
/// away, namely every record of the same step.
fn asked(replication: &Replication, all: &[&Replication], right: &BTreeSet<usize>, pool: &Pool) -> Question {
    let is_same = |other: &&&Replication| {
        let by_same = other.recipient.is_some() && other.recipient == replication.recipient;
        other.id == replication.id || by_same && !sources(other, pool).is_disjoint(right)
    };
    Question {
        agency: replication.recipient.clone(),
        on: replication.started_on.or(replication.implemented_on),
        disregard: all.iter().filter(is_same).map(|other| other.id.clone()).collect(),
        ..Question::default()
    }
}

// ---- needs -----------------------------------------------------------------------------------------------------------

fn needs(network: &Network, pool: &Pool) -> Task {
    let unread: BTreeSet<usize> = (0..pool.documents.len()).filter(|&n| !pool.documents[n].is_gathered).collect();
    let topic = |need: &Need, judgements: &[&Judgement]| {
        let judged = judgements.iter().filter(|judgement| judgement.need == need.id);
        let grades = judged.filter_map(|seen| Some((pool.number(seen.innovation.as_str())?, seen.grade))).collect();
        let style = need.style.as_ref().map(ToString::to_string);
        let is_misspelt = words(&need.text).iter().any(|word| MISSPELT.contains(&word.as_str()));
        Topic {
            id: need.id.to_string(),
            groups: style.into_iter().chain(is_misspelt.then(|| "with typos".to_owned())).collect(),
            query: need.text.to_string(),
            shown: need.text.to_string(),
            excluded: unread.clone(),
            grades,
            asked: Question::from(need),
            source: need.id.to_string(),
        }
    };
    let topics = network.read(|view| {
        let judgements: Vec<&Judgement> = view.all::<Judgement>().collect();
        view.all::<Need>().map(|need| topic(need, &judgements)).filter(|topic| useful(&topic.grades) > 0).collect()
    });
    Task {
        name: "needs",
        about: "Needs, with graded judgements",
        metrics: vec![Metric::Ndcg, Metric::NdcgLinear, Metric::Recall],
        is_judged: true,
        topics,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data_dir;
    use crate::evaluation::network;

    #[test]
    fn the_queries_of_the_real_data_do_not_give_the_answer_away() -> Result<()> {
        let dir = data_dir();
        let network = network(&dir)?;
        let pool = Pool::new(&network, &dir)?;
        let tasks = tasks(&network, &pool, &dir)?;
        let counts: Vec<usize> = tasks.iter().map(|task| task.topics.len()).collect();
        assert_eq!(counts, [31, 31, 17, 40]);
        for topic in tasks.iter().flat_map(|task| &task.topics) {
            assert!(useful(&topic.grades) > 0, "{} has no answer", topic.id);
            assert!(topic.grades.keys().all(|right| !topic.excluded.contains(right)), "{} hides its answer", topic.id);
        }
        for topic in tasks.iter().take(2).flat_map(|task| &task.topics) {
            let said = words(&topic.query);
            for title in topic.grades.keys().map(|&right| &pool.documents[right].title) {
                let is_brand = |word: &String| pool.frequency(word) <= 3 && said.contains(word);
                assert!(!words(title).iter().any(is_brand), "{}: {:?} says {title}", topic.id, topic.query);
            }
        }
        Ok(())
    }
}
