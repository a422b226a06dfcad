//! An order of records that comes from what is seen of them alone.
//!
//! Records that go by codes must be put into an order before they have names, and that order may come from nothing that
//! is hidden: not from ids, nor from when they were recorded. What is left is what the viewer sees: the contents, and
//! who refers to whom. Two registries whose visible parts differ in hidden names only must give the same order. This is
//! canonical labelling of a coloured graph, done the classical way (`McKay`, *Practical graph isomorphism*, Congressus
//! Numerantium 30, 1981; `McKay` and Piperno, *Practical graph isomorphism, II*, Journal of Symbolic Computation 60,
//! 2014):
//!
//! 1. Colours by content; then refined by the colours of what a record refers to and is referred to by, until nothing
//!    more is told apart (Weisfeiler and Leman 1968).
//! 2. Records that still look alike fall into parts that hang together. Each part is ordered by itself, and the parts
//!    by their forms: equal forms can be exchanged without anybody seeing a difference, so their order does not matter.
//! 3. Within a part that falls apart no further, each record of the smallest class is tried as the first of its class;
//!    the order with the least form stands.
//!
//! Real editions are settled by the first step or the second. The third takes exponential time on graphs made for it,
//! so the work is bounded; the count of it does not depend on hidden names either, so that refusing says nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::contents::{links, targets, text_of};
use crate::base::{Code, Error, Result};

/// So many looks at records that refining leaves alike, then it gives up.
const WORK: usize = 200_000;

/// A part of a record that refers to others.
struct Link<'a> {
    owner: usize,
    field: &'a str,
    value: &'a Value,
    /// The records it joins: those it refers to, and its owner where that is known by a code itself.
    joins: Vec<usize>,
}

/// Records, by their numbers, and how they refer to each other.
pub(super) struct Web<'a> {
    links: Vec<Link<'a>>,
    /// The links that a record is in.
    at: Vec<Vec<usize>>,
    /// What records with a name are called; nothing for those that are to get one.
    known: &'a [Option<String>],
    work: usize,
}

/// By the number of a record: the place that its class has in the order. Classes are told apart by their first places.
type Colours = Vec<usize>;

impl<'a> Web<'a> {
    pub(super) fn new(contents: &'a [Map<String, Value>], known: &'a [Option<String>]) -> Self {
        let mut web = Self { links: Vec::new(), at: vec![Vec::new(); contents.len()], known, work: 0 };
        for (owner, content) in contents.iter().enumerate() {
            for (field, value) in links(content) {
                let mut joins = Vec::new();
                targets(value, &mut joins);
                joins.extend(web.is_open(owner).then_some(owner));
                joins.sort_unstable();
                joins.dedup();
                for record in &joins {
                    web.at[*record].push(web.links.len());
                }
                web.links.push(Link { owner, field, value, joins });
            }
        }
        web
    }

    fn is_open(&self, record: usize) -> bool {
        self.known.get(record).is_some_and(Option::is_none)
    }

    /// The classes of records that look the same as far as their own contents and what they refer to go, in order.
    /// `contents` are their texts.
    pub(super) fn classes(&self, records: &[usize], contents: &[String]) -> Vec<Vec<usize>> {
        let mut colours = self.by_content(records, contents);
        self.refine(records, &mut colours, false);
        classes(records, &colours).into_values().collect()
    }

    /// The records in order.
    ///
    /// # Errors
    /// `undetermined` if too many look alike for the work allowed.
    pub(super) fn order(&mut self, records: &[usize], contents: &[String]) -> Result<Vec<usize>> {
        let mut colours = self.by_content(records, contents);
        self.refine(records, &mut colours, true);
        self.settle(records, &colours)
    }

    fn by_content(&self, records: &[usize], contents: &[String]) -> Colours {
        let mut colours = vec![0; self.at.len()];
        assign(records, 0, &mut colours, |record| contents.get(record).map_or("", |text| text));
        colours
    }

    /// Tells records apart by the colours of what they refer to and, if `both`, of what refers to them, until nothing
    /// changes. Says how many looks it took.
    fn refine(&self, records: &[usize], colours: &mut Colours, both: bool) -> usize {
        let mut taken = 0;
        loop {
            let before = colours.clone();
            for (colour, class) in classes(records, &before).into_iter().filter(|(_, class)| class.len() > 1) {
                let looks: BTreeMap<usize, String> =
                    class.iter().map(|record| (*record, self.look(*record, &before, both))).collect();
                taken += looks.len();
                assign(&class, colour, colours, |record| looks.get(&record).map_or("", |look| look));
            }
            if *colours == before {
                return taken;
            }
        }
    }

    /// How the links of a record look to somebody who sees colours.
    fn look(&self, record: usize, colours: &Colours, both: bool) -> String {
        let name = |other: usize| {
            if other == record { "\u{0}@".to_owned() } else { format!("\u{0}{}", colours[other]) }
        };
        let links = self.at[record].iter().map(|link| &self.links[*link]);
        let mut looks: Vec<String> = links
            .filter(|link| both || link.owner == record)
            .map(|link| {
                let owner = self.known[link.owner].clone().unwrap_or_else(|| name(link.owner));
                format!("{owner} {} {}", link.field, text_of(link.value, &name))
            })
            .collect();
        looks.sort_unstable();
        looks.join("\n")
    }

    /// The records in the order of their colours, those of one colour as their links to each other demand.
    fn settle(&mut self, records: &[usize], colours: &Colours) -> Result<Vec<usize>> {
        let alike = classes(records, colours).into_values().filter(|class| class.len() > 1);
        let alike: BTreeSet<usize> = alike.flatten().collect();
        let parts = self.parts(&alike);
        if let [part] = parts.as_slice()
            && part.len() == records.len()
        {
            return self.choose(part, colours);
        }
        let mut settled: Vec<(String, Vec<usize>)> = Vec::with_capacity(parts.len());
        for part in parts {
            let order = self.settle(&part, colours)?;
            settled.push((self.form(&order, colours), order));
        }
        // Parts of one form can be exchanged: the order among them is of no consequence.
        settled.sort_by(|one, other| one.0.cmp(&other.0));
        let places: BTreeMap<usize, usize> = settled
            .into_iter()
            .flat_map(|(_, order)| order)
            .enumerate()
            .map(|(place, record)| (record, place))
            .collect();
        let mut order = records.to_vec();
        order.sort_unstable_by_key(|record| (colours[*record], places.get(record)));
        Ok(order)
    }

    /// Tries every record of the smallest class as the first of it.
    fn choose(&mut self, part: &[usize], colours: &Colours) -> Result<Vec<usize>> {
        let smallest = classes(part, colours).into_iter().min_by_key(|(colour, class)| (class.len(), *colour));
        let Some((colour, class)) = smallest else { return Ok(Vec::new()) };
        let mut best: Option<(String, Vec<usize>)> = None;
        for first in &class {
            let mut tried = colours.clone();
            class.iter().filter(|record| *record != first).for_each(|record| tried[*record] = colour + 1);
            self.work += part.len() + self.refine(part, &mut tried, true);
            if self.work > WORK {
                // Not how many, or which: what was looked at first comes from nothing that is seen.
                let error = Error::new(Code::Undetermined).value("records that look alike");
                return Err(error.expected("a policy that shows what tells them apart, or does not show them"));
            }
            let order = self.settle(part, &tried)?;
            let form = self.form(&order, colours);
            if best.as_ref().is_none_or(|(least, _)| form < *least) {
                best = Some((form, order));
            }
        }
        Ok(best.map(|(_, order)| order).unwrap_or_default())
    }

    /// The records that hang together by links, each part by itself.
    fn parts(&self, records: &BTreeSet<usize>) -> Vec<Vec<usize>> {
        let mut left = records.clone();
        let mut parts = Vec::new();
        while let Some(start) = left.pop_first() {
            let mut part = vec![start];
            let mut next = 0;
            while let Some(record) = part.get(next).copied() {
                next += 1;
                let links = self.at[record].iter().map(|link| &self.links[*link]);
                let others: Vec<usize> = links.flat_map(|link| &link.joins).copied().collect();
                part.extend(others.into_iter().filter(|other| left.remove(other)));
            }
            parts.push(part);
        }
        parts
    }

    /// Everything that is seen of records in an order: equal forms, equal sights.
    fn form(&self, order: &[usize], colours: &Colours) -> String {
        let places: BTreeMap<usize, usize> = order.iter().enumerate().map(|(place, record)| (*record, place)).collect();
        let name = |record: usize| match places.get(&record) {
            Some(place) => format!("\u{0}#{place}"),
            None => format!("\u{0}{}", colours[record]),
        };
        let links: BTreeSet<usize> = order.iter().flat_map(|record| &self.at[*record]).copied().collect();
        let mut parts: Vec<String> = links
            .into_iter()
            .map(|link| {
                let link = &self.links[link];
                let owner = self.known[link.owner].clone().unwrap_or_else(|| name(link.owner));
                format!("{owner} {} {}", link.field, text_of(link.value, &name))
            })
            .collect();
        parts.sort_unstable();
        let colours: Vec<String> = order.iter().map(|record| colours[*record].to_string()).collect();
        format!("{}\n{}", colours.join(" "), parts.join("\n"))
    }
}

/// The records by colour.
fn classes(records: &[usize], colours: &Colours) -> BTreeMap<usize, Vec<usize>> {
    let mut classes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for record in records {
        classes.entry(colours[*record]).or_default().push(*record);
    }
    classes
}

/// Colours records by their keys, from a first colour on.
fn assign<'k>(records: &[usize], first: usize, colours: &mut Colours, key: impl Fn(usize) -> &'k str) {
    let mut sorted = records.to_vec();
    sorted.sort_unstable_by_key(|record| key(*record));
    let (mut colour, mut last) = (first, None);
    for (place, record) in sorted.iter().enumerate() {
        if last.is_some_and(|last| last != key(*record)) {
            colour = first + place;
        }
        last = Some(key(*record));
        colours[*record] = colour;
    }
}
