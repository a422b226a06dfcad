//! What agencies made of what they took: the texts are measured here, where lineage and matching meet.

use super::text::TextView;
use super::{Inner, Network};
use crate::base::{ReplicationId, Result};
use crate::lineage::{AdaptationProfile, DriftStep, LineageView, Measured, Scope};
use crate::matching::TextChange;
use crate::model::{Innovation, NodeId, Replication};
use crate::registry::View;

/// The most words that are named of what was dropped and of what was added.
const NAMED: usize = 10;

/// The texts of a node that can be compared, in this order: title, problem, solution, outcome.
const FIELDS: [&str; 4] = ["title", "problem", "solution", "outcome"];
type Texts = [Option<String>; 4];

impl Network {
    /// What an agency made of what it took: for each link of a replication, what is declared to be kept, changed, dropped
    /// and added, how the texts differ, and what both say together.
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// assert_eq!(network.adaptation(&"r1".parse()?).unwrap_err().code(), "not-found");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found`.
    ///
    /// # Complexity
    /// Linear in the texts.
    pub fn adaptation(&self, replication: &ReplicationId) -> Result<Vec<AdaptationProfile>> {
        let inner = self.lock_whole()?;
        let view = inner.registry.view();
        let replication = view.get::<Replication>(replication)?;
        let node = match &replication.target {
            Some(target) => NodeId::Innovation(target.clone()),
            None => NodeId::Replica(replication.id.clone()),
        };
        let mut links = LineageView::new(&inner.lineage, &inner.registry).sources(&node, &Scope::everything())?;
        links.retain(|link| link.replication == replication.id);
        Ok(links.into_iter().map(|link| profile(&inner, &view, link)).collect())
    }

    /// The adaptation of every link that a scope admits, in the order of replications.
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// use jipp_core::lineage::Scope;
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// assert!(network.adaptations(&Scope::default())?.is_empty());
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found` if there is no such region; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in the links and the texts at their ends.
    pub fn adaptations(&self, scope: &Scope) -> Result<Vec<AdaptationProfile>> {
        let inner = self.lock_whole()?;
        let links = LineageView::new(&inner.lineage, &inner.registry).all_links(scope)?;
        let view = inner.view_of(scope)?;
        Ok(links.into_iter().map(|link| profile(&inner, &view, link)).collect())
    }

    /// How far the texts drift on the way down from a node: for everything that came of it, how like it still is to what it
    /// was made from, and to the node. In the order of the [tree](LineageView::tree), each once.
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// use jipp_core::lineage::Scope;
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let drift = network.drift(&"kota-ambon/antre".parse()?, &Scope::default());
    /// assert_eq!(drift.unwrap_err().code(), "not-found");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found`; `revision-unknown`.
    ///
    /// # Complexity
    /// That of the tree, and linear in the texts.
    pub fn drift(&self, root: &NodeId, scope: &Scope) -> Result<Vec<DriftStep>> {
        let inner = self.lock_whole()?;
        let lineage = LineageView::new(&inner.lineage, &inner.registry);
        let view = inner.view_of(scope)?;
        let root = lineage.node(root, scope)?.id;
        let of_root = texts(&view, &root);
        let steps = lineage.tree(&root, scope)?.into_iter().filter(|branch| !branch.is_repeated).map(|branch| {
            let own = texts(&view, &branch.node.id);
            let parent = branch.link.as_ref().map(|link| texts(&view, &link.source));
            DriftStep {
                node: branch.node.id,
                depth: branch.depth,
                to_parent: parent.and_then(|parent| content_likeness(&inner.text, &parent, &own)),
                to_root: content_likeness(&inner.text, &of_root, &own),
            }
        });
        Ok(steps.collect())
    }
}

fn profile(inner: &Inner, view: &View<'_>, link: crate::lineage::Link) -> AdaptationProfile {
    let (from, to) = (texts(view, &link.source), texts(view, &link.target));
    let both = FIELDS.iter().zip(from.iter().zip(&to)).filter_map(|(field, (from, to))| {
        let (from, to) = from.as_deref().zip(to.as_deref())?;
        Some(measured(&inner.text, field, from, to))
    });
    let measured = both.collect();
    AdaptationProfile::new(link, measured)
}

/// The texts of a node. Of a replica without a record: what its replication says of it.
fn texts(view: &View<'_>, node: &NodeId) -> Texts {
    let own = |text: Option<&str>| text.map(str::to_owned);
    match node {
        NodeId::Innovation(id) => match view.find::<Innovation>(id.as_str()) {
            Some(found) => [
                own(Some(&found.title)),
                own(found.problem.as_deref()),
                own(found.solution.as_deref()),
                own(found.outcome.as_deref()),
            ],
            None => Texts::default(),
        },
        NodeId::Replica(id) => match view.find::<Replication>(id.as_str()) {
            Some(found) => {
                [own(found.target_title.as_deref()), own(found.problem.as_deref()), own(found.process.as_deref()), None]
            }
            None => Texts::default(),
        },
    }
}

fn measured(text: &TextView, field: &'static str, from: &str, to: &str) -> Measured {
    let change = TextChange::between(text.analyzer(), from, to);
    let mut named = [change.dropped_words, change.added_words];
    for words in &mut named {
        words.truncate(NAMED);
    }
    let [dropped_words, added_words] = named;
    Measured {
        field,
        likeness: likeness(text, &[from], &[to]),
        kept: change.kept,
        added: change.added,
        verbatim: change.verbatim,
        source_words: change.words_before,
        replica_words: change.words_after,
        dropped_words,
        added_words,
    }
}

/// How alike the contents of two nodes are, titles apart; none where one says nothing.
fn content_likeness(text: &TextView, from: &Texts, to: &Texts) -> Option<u32> {
    fn content(texts: &Texts) -> Vec<&str> {
        texts[1..].iter().flatten().map(String::as_str).collect()
    }
    let (from, to) = (content(from), content(to));
    (!from.is_empty() && !to.is_empty()).then(|| likeness(text, &from, &to))
}

fn likeness(text: &TextView, from: &[&str], to: &[&str]) -> u32 {
    // In which field words stand does not matter to what two texts share.
    let profile = |texts: &[&str]| text.index.profile(&texts.iter().map(|text| (0, *text)).collect::<Vec<_>>());
    profile(from).overlap(&profile(to)).likeness()
}
