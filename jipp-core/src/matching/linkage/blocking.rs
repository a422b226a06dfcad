//! Which pairs are worth comparing.
//!
//! Comparing all pairs is quadratic. Instead every record gets keys, made from its values without being asked: words,
//! their first and last four letters and their consonants (typing errors rarely hit all of these), whole codes and their
//! halves, whole dates, their months and their days, numbers, years, and the rarest words of running texts. Records that
//! share a key are in one block (multi-pass blocking: Christen 2012, *Data Matching*, chapter 4).
//!
//! * A key counts by its rarity, log2(records / block), and of the keys of one field only the rarest shared one counts.
//!   Each record is compared with those it shares most with (meta-blocking with cardinality node pruning: Papadakis,
//!   Koutrika, Palpanas and Nejdl 2014), so that the number of pairs is bounded by records times `neighbours`, whatever
//!   the data look like.
//! * A key that more than `largest_block` records share builds no block of its own: a blank or very common value
//!   never brings everything together. Pairs of such keys from different fields build one instead (a common
//!   given name *and* a common town).
//! * What only has still commoner keys is caught by sorted neighbourhood (Hernández and Stolfo 1995): each record is
//!   also compared with the next few in the order of its values, so that equal records always meet.

use super::number::{index, text_number, whole};
use super::prepared::{Cell, Prepared};

/// Each record meets this many that follow it in the order of values.
const WINDOW: usize = 5;
/// A record combines at most this many of its too common keys with each other.
const COMBINED: usize = 8;
/// Of a running text this many of the rarest words are keys.
const RAREST_WORDS: usize = 8;
/// Log2 shares are kept in thousandths.
const MILLI: f64 = 1000.0;

/// A key of a record: which, from which field, and how wide its block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    number: u64,
    field: u32,
}

/// What came of blocking.
#[derive(Debug)]
pub(super) struct Candidates {
    /// The pairs, each with the smaller place first; sorted.
    pub(super) pairs: Vec<(u32, u32)>,
    /// How many keys were shared by more records than a block may have.
    pub(super) wide_keys: usize,
}

/// Finds the pairs. `tick` is told how many records are done, and cancels by saying `false`: then there is nothing.
///
/// # Complexity
/// With n records, k keys each (some thirty) and blocks of at most b: time n·k·(log(n·k) + b), memory 16·n·k bytes and
/// 8·n·`neighbours` for the pairs.
pub(super) fn candidates(
    prepared: &Prepared<'_>,
    neighbours: usize,
    largest: usize,
    tick: &mut dyn FnMut(usize) -> bool,
) -> Option<Candidates> {
    let keys = keys_of_values(prepared);
    let mut of_record: Vec<Vec<Key>> =
        (0..index(prepared.len())).map(|record| record_keys(prepared, &keys, record)).collect();
    let single = Blocks::new(&of_record);
    let wide_keys = single.ranges().filter(|range| range.len() > largest).count();
    let combined: Vec<Vec<Key>> = of_record.iter().map(|keys| combine(keys, &single, largest, prepared)).collect();
    for (keys, more) in of_record.iter_mut().zip(combined) {
        keys.retain(|key| single.width(key.number) <= largest);
        keys.extend(more);
    }
    let blocks = Blocks::new(&of_record);
    let mut pairs = sorted_neighbours(prepared);
    let mut shared = Shared::new(prepared.len());
    for record in 0..index(prepared.len()) {
        if !tick(record as usize) {
            return None;
        }
        shared.collect(prepared, &blocks, &of_record, record, largest);
        pairs.extend(shared.best(neighbours).map(|other| (record.min(other), record.max(other))));
    }
    pairs.sort_unstable();
    pairs.dedup();
    Some(Candidates { pairs, wide_keys })
}

/// The records of every key, and the keys in order.
struct Blocks(Vec<(u64, u32)>);

impl Blocks {
    fn new(of_record: &[Vec<Key>]) -> Self {
        let entry = |(record, keys): (usize, &Vec<Key>)| {
            keys.iter().map(move |key| (key.number, index(record))).collect::<Vec<_>>()
        };
        let mut entries: Vec<(u64, u32)> = of_record.iter().enumerate().flat_map(entry).collect();
        entries.sort_unstable();
        entries.dedup();
        Self(entries)
    }
    fn of(&self, key: u64) -> &[(u64, u32)] {
        let from = self.0.partition_point(|entry| entry.0 < key);
        let rest = self.0.get(from..).unwrap_or_default();
        &rest[..rest.partition_point(|entry| entry.0 == key)]
    }
    fn width(&self, key: u64) -> usize {
        self.of(key).len()
    }
    fn ranges(&self) -> impl Iterator<Item = &[(u64, u32)]> {
        self.0.chunk_by(|a, b| a.0 == b.0)
    }
}

/// The keys of every distinct value of every column.
fn keys_of_values(prepared: &Prepared<'_>) -> Vec<Vec<Vec<u64>>> {
    let columns = prepared.columns.iter().enumerate();
    columns.map(|(field, column)| column.cells.iter().map(|cell| value_keys(field, column, cell)).collect()).collect()
}

fn value_keys(field: usize, column: &super::prepared::Column, cell: &Cell) -> Vec<u64> {
    let running = column.kind == super::settings::FieldKind::LongText;
    // Words of all names share their keys, so that values entered into the wrong field meet.
    let own = u64::from(index(field)) + 1;
    let mut keys = match cell {
        Cell::Text(text) if running || text.cut => {
            let mut words: Vec<(u64, f64)> = text.bag.clone();
            // Words that occur once cannot be shared.
            words.retain(|(_, weight)| *weight < column.rarest);
            words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            words.into_iter().take(RAREST_WORDS).map(|(word, _)| word ^ own.rotate_left(32)).collect()
        }
        Cell::Text(text) => text.words.iter().flat_map(|word| word_keys(&word.text)).collect(),
        Cell::Code(code) => code_keys(own, code),
        Cell::Number(_, text) => vec![text_number(own, text)],
        Cell::Date(digits) => {
            let text = String::from_utf8_lossy(digits);
            let part = |mark: &str, from: usize, to: usize| text_number(own, &format!("{mark}{}", &text[from..to]));
            vec![part("d", 0, 8), part("m", 0, 6), part("y", 4, 8)]
        }
        Cell::Year(year) => vec![text_number(own, &year.to_string())],
    };
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A word, its first and its last four letters, and its consonants without doubling.
fn word_keys(word: &str) -> Vec<u64> {
    let letters: Vec<char> = word.chars().collect();
    let mut keys = vec![text_number(0, &format!("w{word}"))];
    if letters.len() >= 5 {
        let part = |mark: char, part: &[char]| {
            text_number(0, &std::iter::once(mark).chain(part.iter().copied()).collect::<String>())
        };
        keys.push(part('f', &letters[..4]));
        keys.push(part('l', &letters[letters.len() - 4..]));
    }
    let mut frame: Vec<char> = letters.iter().copied().filter(|letter| !"aeiouyh".contains(*letter)).collect();
    frame.dedup();
    if frame.len() >= 2 {
        keys.push(text_number(0, &format!("c{}", frame.iter().collect::<String>())));
    }
    keys
}

/// A code, and where it is long enough its halves.
fn code_keys(own: u64, code: &str) -> Vec<u64> {
    let letters: Vec<char> = code.chars().collect();
    let mut keys = vec![text_number(own, code)];
    if letters.len() >= 6 {
        let (first, second) = letters.split_at(letters.len() / 2);
        keys.push(text_number(own, &format!("f{}", first.iter().collect::<String>())));
        keys.push(text_number(own, &format!("s{}", second.iter().collect::<String>())));
    }
    keys
}

fn record_keys(prepared: &Prepared<'_>, keys: &[Vec<Vec<u64>>], record: u32) -> Vec<Key> {
    let mut found = Vec::new();
    for (field, (column, keys)) in prepared.columns.iter().zip(keys).enumerate() {
        let values = column.value_of(record).and_then(|value| keys.get(value));
        found.extend(values.into_iter().flatten().map(|number| Key { number: *number, field: index(field) }));
    }
    found
}

/// Pairs of too common keys from different fields, the rarest first.
fn combine(keys: &[Key], blocks: &Blocks, largest: usize, prepared: &Prepared<'_>) -> Vec<Key> {
    let mut wide: Vec<(usize, Key)> = keys.iter().map(|key| (blocks.width(key.number), *key)).collect();
    wide.retain(|(width, _)| *width > largest);
    wide.sort_unstable();
    wide.truncate(COMBINED);
    let mut combined = Vec::new();
    for (place, (_, one)) in wide.iter().enumerate() {
        for (_, other) in wide[place + 1..].iter().filter(|(_, other)| other.field != one.field) {
            let (low, high) = (one.number.min(other.number), one.number.max(other.number));
            let mut state = low.rotate_left(17) ^ high;
            let number = super::number::next_mixed(&mut state);
            // All combinations together count like one more field.
            combined.push(Key { number, field: index(prepared.columns.len()) });
        }
    }
    combined
}

/// The records in the order of their values, each with the few that follow it and may be compared.
fn sorted_neighbours(prepared: &Prepared<'_>) -> Vec<(u32, u32)> {
    let values =
        |record: u32| -> Vec<Option<usize>> { prepared.columns.iter().map(|column| column.value_of(record)).collect() };
    let mut order: Vec<(Vec<Option<usize>>, u32)> = (0..index(prepared.len())).map(|r| (values(r), r)).collect();
    order.retain(|(values, _)| values.iter().any(Option::is_some));
    order.sort_unstable();
    let mut pairs = Vec::new();
    for (place, (_, record)) in order.iter().enumerate() {
        let following = order[place + 1..].iter().take(WINDOW);
        let comparable = following.filter(|(_, other)| prepared.comparable(*record, *other));
        pairs.extend(comparable.map(|(_, other)| (*record.min(other), *record.max(other))));
    }
    pairs
}

/// What one record shares with each other one; the memory is used again for every record.
struct Shared {
    /// For each other record what it shares in the fields done, in thousandths of a bit.
    sums: Vec<i64>,
    /// And in the field at hand.
    best: Vec<i64>,
    touched: Vec<u32>,
}

impl Shared {
    fn new(records: usize) -> Self {
        Self { sums: vec![0; records], best: vec![0; records], touched: Vec::new() }
    }

    fn collect(&mut self, prepared: &Prepared<'_>, blocks: &Blocks, keys: &[Vec<Key>], record: u32, largest: usize) {
        for other in self.touched.drain(..) {
            self.sums[other as usize] = 0;
        }
        let keys = keys.get(record as usize).map(Vec::as_slice).unwrap_or_default();
        let records = super::number::real(prepared.len());
        let mut in_field = Vec::new();
        for field in keys.chunk_by(|a, b| a.field == b.field) {
            for key in field {
                let block = blocks.of(key.number);
                if block.len() > largest {
                    continue;
                }
                let weight = 1 + whole(MILLI * libm::log2(records / super::number::real(block.len().max(1))));
                for (_, other) in block.iter().filter(|(_, other)| prepared.comparable(record, *other)) {
                    let best = &mut self.best[*other as usize];
                    if *best == 0 {
                        in_field.push(*other);
                    }
                    *best = weight.max(*best);
                }
            }
            for other in in_field.drain(..) {
                let sum = &mut self.sums[other as usize];
                if *sum == 0 {
                    self.touched.push(other);
                }
                *sum += std::mem::take(&mut self.best[other as usize]);
            }
        }
    }

    /// Those that share most; of equals those that come first.
    fn best(&mut self, neighbours: usize) -> impl Iterator<Item = u32> {
        let mut ranked: Vec<(std::cmp::Reverse<i64>, u32)> =
            self.touched.iter().map(|other| (std::cmp::Reverse(self.sums[*other as usize]), *other)).collect();
        if ranked.len() > neighbours {
            ranked.select_nth_unstable(neighbours);
            ranked.truncate(neighbours);
        }
        ranked.into_iter().map(|(_, other)| other)
    }
}
