//! Duplicates made on purpose: damaged copies of the real innovations, with true replicas beside them that are none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use jipp_core::Result;
use jipp_core::base::{Code, Error, fold};
use jipp_core::matching::linkage::{FieldSpec, Level, LinkageSettings, Table};
use jipp_core::model::AgencyNames;
use serde_json::Value;

/// The fields by which innovations are told apart.
const FIELDS: [&str; 8] = ["title", "expansion", "agency", "owner", "province", "start_year", "problem", "solution"];

/// Two innovations of one owner of which the one continues the other under nearly its name. The sources list both; whether
/// they are one innovation is for a person to say.
const CONTINUED: [(&str, &str); 2] = [
    ("kabupaten-gunungkidul/ayunda-si-menik", "kabupaten-gunungkidul/ayunda-si-menik-makan-sego-ceting"),
    ("kalimantan-utara/si-pelandukilat", "kalimantan-utara/sipelandukilat-smart"),
];

/// A record: its values in the order of the fields of [`Duplicates::settings`].
type Row = [Option<String>; FIELDS.len()];

/// Records, and which of them are the same innovation.
#[derive(Debug)]
pub struct Duplicates {
    rows: BTreeMap<String, Row>,
    /// The pairs of ids that are one innovation, the smaller id first.
    pub truth: BTreeSet<(String, String)>,
    /// How many replicas are among the records.
    pub replicas: usize,
}

impl Duplicates {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether two records are the same innovation; nothing where the data do not tell.
    pub fn same(&self, one: &str, other: &str) -> Option<bool> {
        let (low, high) = if one <= other { (one, other) } else { (other, one) };
        let original = |id: &str| id.split('~').next().unwrap_or_default().to_owned();
        let mut originals = [original(low), original(high)];
        originals.sort();
        let continued = CONTINUED.iter().any(|(a, b)| originals == [*a, *b]);
        (!continued).then(|| self.truth.contains(&(low.to_owned(), high.to_owned())))
    }

    /// The values of a record.
    ///
    /// # Errors
    /// `not-found` if there is no such record.
    pub fn row(&self, id: &str) -> Result<&[Option<String>]> {
        self.rows
            .get(id)
            .map(<[Option<String>; FIELDS.len()]>::as_slice)
            .ok_or_else(|| Error::new(Code::NotFound).value(id))
    }

    /// Reads the first `most` innovations of a folder of gathered data, makes a damaged copy of six in ten of them and two
    /// of some, and adds the replicas of `replications.jsonl` whose owner is named: under their own title where it is known,
    /// else under that of their source.
    ///
    /// A replica that stands among the innovations itself (same province, its own title within the other's or the other
    /// way round) is left out: it would be a duplicate that nobody knows of.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn make(dir: &Path, most: usize, seed: u64) -> Result<Self> {
        let mut dice = Dice(seed);
        let mut made = Self { rows: BTreeMap::new(), truth: BTreeSet::new(), replicas: 0 };
        for innovation in lines(&dir.join("innovations.jsonl"))?.iter().take(most) {
            let id = text(innovation, "id").unwrap_or_default();
            let row = FIELDS.map(|field| text(innovation, field));
            let mut same = vec![id.clone()];
            for number in 1..=2 {
                if dice.chance(60) && (number == 1 || dice.chance(25)) {
                    let copy = format!("{id}~{number}");
                    made.rows.insert(copy.clone(), damage(&row, &mut dice));
                    same.push(copy);
                }
            }
            for (at, one) in same.iter().enumerate() {
                made.truth.extend(same[at + 1..].iter().map(|other| (one.clone(), other.clone())));
            }
            made.rows.insert(id, row);
        }
        made.add_replicas(&lines(&dir.join("replications.jsonl"))?);
        let names = AgencyNames::indonesia()?;
        for row in made.rows.values_mut() {
            let owner = row[2].as_deref().and_then(|name| names.resolve(name).ok());
            row[3] = owner.map(|owner| owner.id.to_string());
        }
        Ok(made)
    }

    fn add_replicas(&mut self, replications: &[Value]) {
        let folded = |row: &Row, at: usize| fold(row[at].as_deref().unwrap_or_default());
        let known: Vec<(String, String)> = self.rows.values().map(|row| (folded(row, 4), folded(row, 0))).collect();
        let mut seen = BTreeSet::new();
        for replication in replications.iter().filter(|replication| replication["named_replica"] == true) {
            let (source, replica) = (&replication["source"], &replication["replica"]);
            let mut row = FIELDS.map(|field| text(replica, field));
            let (province, title) = (folded(&row, 4), folded(&row, 0));
            let itself = |(place, other): &(String, String)| {
                !title.is_empty() && *place == province && (other.contains(&title) || title.contains(other))
            };
            row[0] = row[0].take().or_else(|| text(source, "title"));
            if !known.iter().any(itself) && seen.insert((folded(&row, 2), folded(&row, 0))) {
                self.rows.insert(format!("replica/{}", text(replication, "id").unwrap_or_default()), row);
                self.replicas += 1;
            }
        }
    }

    /// The records as a table.
    ///
    /// # Errors
    /// Those of [`Table::push`].
    pub fn table(&self, settings: &LinkageSettings) -> Result<Table> {
        let mut table = Table::new(settings);
        for (id, row) in &self.rows {
            table.push(id, &row.each_ref().map(Option::as_deref))?;
        }
        Ok(table)
    }

    /// The fields by name and kind. Where innovations differ in owner they are never the same: `owner` is the agency
    /// that jipp recognises in the name, missing where it recognises none, and `agency` the name as written.
    pub fn settings() -> LinkageSettings {
        let spec = |field| match field {
            "start_year" => FieldSpec::year(field),
            "problem" | "solution" => FieldSpec::long_text(field),
            "owner" => FieldSpec::code(field).must_agree(Level::Exact),
            _ => FieldSpec::text(field),
        };
        LinkageSettings::new(FIELDS.map(spec).to_vec())
    }
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| Error::new(Code::StoreIo).source_name(&name).caused_by(error))?;
    let values = serde_json::Deserializer::from_reader(BufReader::new(file)).into_iter();
    let values: std::result::Result<Vec<Value>, _> = values.collect();
    values.map_err(|error| Error::new(Code::JsonSyntax).source_name(&name).caused_by(error))
}

fn text(record: &Value, field: &str) -> Option<String> {
    match &record[field] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// How another hand would have written the record: in hundredths of the records, mistyped titles (50), another
/// spelling of the owner (60), values left out (15 for each but the title), years off by one (10), texts cut short (50)
/// and mistyped (3 of their words).
fn damage(row: &Row, dice: &mut Dice) -> Row {
    let mut damaged = row.clone();
    for (field, value) in FIELDS.iter().zip(&mut damaged) {
        if *field != "title" && *field != "owner" && dice.chance(15) {
            *value = None;
        }
        let Some(text) = value else { continue };
        match *field {
            "title" => {
                if dice.chance(50) {
                    *text = mistype(text, dice);
                }
                if dice.chance(15) {
                    *text = mistype(text, dice);
                }
                match (dice.below(10), &row[1]) {
                    (0, _) => *text = text.to_uppercase(),
                    (1, Some(expansion)) => *text = format!("{text} ({expansion})"),
                    (2, _) if text.split(' ').count() > 2 => *text = without_a_word(text, dice),
                    _ => {}
                }
            }
            "agency" if dice.chance(60) => *text = respell(text, dice),
            "start_year" if dice.chance(10) => {
                *text = text.parse::<i32>().map_or_else(|_| text.clone(), |year| (year + 1).to_string());
            }
            "problem" | "solution" => *text = shorten(text, dice),
            "expansion" if dice.chance(30) => *text = mistype(text, dice),
            _ => {}
        }
    }
    damaged
}

/// Spellings of owners in use.
const SPELLINGS: [(&str, &[&str]); 4] = [
    ("Pemerintah Kabupaten", &["Kab.", "Kabupaten", "Pemkab", "Pemda Kab."]),
    ("Pemerintah Kota", &["Kota", "Pemkot", "Pemda Kota"]),
    ("Pemerintah Provinsi", &["Prov.", "Provinsi", "Pemprov", "Pemerintah Prov."]),
    ("Kementerian", &["Kemen.", "Kementrian"]),
];

fn respell(owner: &str, dice: &mut Dice) -> String {
    for (official, spellings) in SPELLINGS {
        if let Some(rest) = owner.strip_prefix(official) {
            return format!("{}{rest}", spellings[dice.below(spellings.len())]);
        }
    }
    mistype(owner, dice)
}

/// One letter left out, doubled, exchanged with the next, or replaced.
fn mistype(text: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 4 {
        return text.to_owned();
    }
    let place = 1 + dice.below(letters.len() - 2);
    match dice.below(4) {
        0 => _ = letters.remove(place),
        1 => letters.insert(place, letters[place]),
        2 => letters.swap(place, place + 1),
        _ => letters[place] = char::from(b'a' + u8::try_from(dice.below(26)).unwrap_or(0)),
    }
    letters.into_iter().collect()
}

fn without_a_word(text: &str, dice: &mut Dice) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    words.remove(dice.below(words.len()));
    words.join(" ")
}

fn shorten(text: &str, dice: &mut Dice) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let keep = if dice.chance(50) { words.len() * (40 + dice.below(40)) / 100 } else { words.len() };
    let word = |word: &&str| if dice.chance(3) { mistype(word, dice) } else { (*word).to_owned() };
    words[..keep.max(1)].iter().map(word).collect::<Vec<String>>().join(" ")
}

/// A fixed sequence of numbers (Steele, Lea and Flood 2014, `SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap_or(0) % end.max(1)
    }
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data_dir;
    use jipp_core::matching::linkage::RecordLinker;

    #[test]
    fn damaged_copies_are_found_among_replicas() -> Result<()> {
        let cases = Duplicates::make(&data_dir(), 140, 1)?;
        let settings = LinkageSettings { sampled_pairs: 10_000, ..Duplicates::settings() };
        let found = RecordLinker::new(settings.clone())?.dedupe(&cases.table(&settings)?)?;
        let judged: Vec<bool> = found.links().filter_map(|pair| cases.same(&pair.left, &pair.right)).collect();
        let right = judged.iter().filter(|same| **same).count();
        assert!(cases.replicas > 100 && cases.truth.len() > 90, "{} {}", cases.replicas, cases.truth.len());
        assert!(right * 100 >= judged.len() * 95, "{right} of {} links are right", judged.len());
        assert!(right * 100 >= cases.truth.len() * 92, "{right} of {} pairs were found", cases.truth.len());
        let forbidden = found.pairs.iter().filter(|pair| pair.veto.is_some());
        assert!(forbidden.clone().count() >= 5 && forbidden.into_iter().all(|pair| !pair.linked));
        Ok(())
    }
}
