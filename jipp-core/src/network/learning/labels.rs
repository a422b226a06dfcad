//! Labels from the replications on record: each is a question that found its answer.

use std::collections::BTreeMap;

use super::{Label, Network};
use crate::base::{AgencyId, InnovationId, PartialDate, ReplicationId};
use crate::model::{EntityRef, EvidenceLevel, Innovation, Replication, ReplicationState as State};
use crate::network::candidates::Question;
use crate::registry::View;

/// The grade of what was taken: it solved the problem.
const TAKEN: u8 = 3;

impl Network {
    /// Labels for [`fit_weights`](Self::fit_weights) from the replications on record: what the recipient had as a problem
    /// and made of it is the question, what it took is the answer.
    ///
    /// * The text is problem and solution of the replica, as its record or the replication words them. Its title is left out:
    ///   who looks for something to replicate does not know yet what he will call it, and it often repeats the source's.
    ///   Replications of which neither is known give no label.
    /// * The question is that of the recipient, on the day the replication began or ran, where they are known.
    /// * What would give the answer away is out of sight: the replica's record, and every record of the same step, that is of
    ///   the same recipient or replica and the same source.
    /// * Nothing is learnt from links that were inferred from likeness, nor from what was declined, rejected or called off.
    /// * The group is the source. Sources that one replication took together are one group, named by the first of their ids.
    ///
    /// ```
    /// use jipp_core::model::{Agency, AgencyKind, Innovation, Line, Replication, Source, Text};
    /// use jipp_core::network::{Network, Options};
    /// use jipp_core::registry::{Action, Stamp};
    ///
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let owner = Agency::new("kota-ambon".parse()?, Line::new("Pemerintah Kota Ambon")?, AgencyKind::City);
    /// let recipient = Agency::new("kota-tual".parse()?, Line::new("Pemerintah Kota Tual")?, AgencyKind::City);
    /// let source = Innovation::new("kota-ambon/antre".parse()?, Line::new("Antre dari Rumah")?, owner.id.clone());
    /// let mut replication = Replication::new("r1".parse()?);
    /// replication.sources = vec![Source { innovation: source.id.clone(), extent: None, evidence: None, note: None }];
    /// replication.recipient = Some(recipient.id.clone());
    /// replication.problem = Some(Text::new("Pasien mengantre sejak subuh")?);
    /// let records = [owner.into(), recipient.into(), source.into(), replication.into()];
    /// network.commit(&Stamp::at("2026-11-21T08:00:00Z".parse()?), records.map(Action::Register).into())?;
    ///
    /// let labels = network.labels_from_replications();
    /// assert_eq!(labels[0].question.text, "Pasien mengantre sejak subuh");
    /// assert_eq!(labels[0].group, "kota-ambon/antre");
    /// assert_eq!(labels[0].question.disregard, ["r1".parse()?]);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Complexity
    /// Linear in the replications, and in those of each source.
    pub fn labels_from_replications(&self) -> Vec<Label> {
        self.read(|view| labels(&view))
    }
}

/// A replication that teaches something.
struct Lesson<'v> {
    replication: &'v Replication,
    target: Option<&'v Innovation>,
    recipient: Option<AgencyId>,
    /// What was taken, by the ids under which the records stand.
    sources: Vec<InnovationId>,
    text: String,
}

impl<'v> Lesson<'v> {
    fn new(view: &View<'v>, replication: &'v Replication) -> Option<Self> {
        let is_inferred = replication.evidence_level == Some(EvidenceLevel::Inferred);
        let state = replication.status.state();
        if is_inferred || matches!(state, State::InterestRejected | State::Declined | State::Cancelled) {
            return None;
        }
        let target = replication.target.as_ref().and_then(|id| view.find::<Innovation>(id.as_str()));
        let is_other = |source: &&Innovation| target.is_none_or(|target| target.id != source.id);
        let sources = replication.sources.iter().filter_map(|source| view.find(source.innovation.as_str()));
        let mut sources: Vec<InnovationId> = sources.filter(is_other).map(|source| source.id.clone()).collect();
        sources.sort_unstable();
        sources.dedup();
        let of_target = |text: fn(&Innovation) -> Option<&crate::model::Text>| target.and_then(text);
        let problem = of_target(|target| target.problem.as_ref()).or(replication.problem.as_ref());
        let solution = of_target(|target| target.solution.as_ref()).or(replication.process.as_ref());
        let texts: Vec<&str> = [problem, solution].into_iter().flatten().map(|text| &**text).collect();
        let recipient = replication.recipient.clone().or_else(|| target.map(|target| target.owner.clone()));
        let is_lesson = !sources.is_empty() && !texts.is_empty();
        is_lesson.then(|| Self { replication, target, recipient, sources, text: texts.join("\n") })
    }

    fn question(&self, doubles: Vec<ReplicationId>) -> Question {
        Question {
            agency: self.recipient.clone(),
            on: begun(self.replication),
            with_stopped: true,
            exclude: self.target.map(|target| target.id.clone()).into_iter().collect(),
            disregard: doubles,
            ..Question::new(&self.text)
        }
    }

    /// The records of the same step, itself among them.
    fn doubles(&self, view: &View<'_>) -> Vec<ReplicationId> {
        let is_same = |other: &&Replication| {
            let same_target = other.target.is_some() && other.target == self.replication.target;
            let same_recipient = other.recipient.is_some() && other.recipient == self.recipient;
            same_target || same_recipient
        };
        let sources = self.sources.iter().map(EntityRef::of::<Innovation>);
        let of_sources = sources.flat_map(|source| view.referring::<Replication>(&source));
        let mut ids: Vec<ReplicationId> = of_sources.filter(is_same).map(|other| other.id.clone()).collect();
        ids.push(self.replication.id.clone());
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// The day on which it was begun, or else ran, or else is first spoken of.
fn begun(replication: &Replication) -> Option<PartialDate> {
    let spoken_of = || replication.status.steps.iter().find_map(|step| step.on);
    replication.started_on.or(replication.implemented_on).or_else(spoken_of)
}

fn labels(view: &View<'_>) -> Vec<Label> {
    let mut all: Vec<&Replication> = view.all::<Replication>().collect();
    all.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    let lessons: Vec<Lesson<'_>> = all.iter().filter_map(|replication| Lesson::new(view, replication)).collect();
    let groups = groups(&lessons);
    let mut labels = Vec::new();
    for lesson in &lessons {
        let question = lesson.question(lesson.doubles(view));
        for innovation in &lesson.sources {
            let group = groups.get(innovation).unwrap_or(&innovation).to_string();
            labels.push(Label { question: question.clone(), innovation: innovation.clone(), grade: TAKEN, group });
        }
    }
    labels
}

/// For each source the first of those that are taken together with it, directly or over others.
fn groups<'l>(lessons: &'l [Lesson<'_>]) -> BTreeMap<&'l InnovationId, &'l InnovationId> {
    let mut groups: BTreeMap<&InnovationId, &InnovationId> =
        lessons.iter().flat_map(|lesson| &lesson.sources).map(|source| (source, source)).collect();
    // Names only ever go down, so this comes to rest.
    let mut is_moving = true;
    while is_moving {
        is_moving = false;
        for lesson in lessons {
            let Some(first) = lesson.sources.iter().filter_map(|source| groups.get(source)).min().copied() else {
                continue;
            };
            for source in &lesson.sources {
                is_moving |= groups.insert(source, first) != Some(first);
            }
        }
    }
    groups
}
