//! Words that mean the same, or nearly, in public service.

use std::collections::HashMap;
use std::sync::Arc;

use super::text::{Analyzer, Token, numbered_lines};
use crate::base::{Code, Error, Result};

const SYNONYMS: &str = include_str!("../../data/text/synonyms-id.txt");

/// The weight of a member that means the same (`puskesmas = pusat kesehatan masyarakat`), in thousandths.
pub const SAME_WEIGHT: u32 = 900;
/// The weight of a member that means nearly the same (`bidan ~ persalinan`), in thousandths.
pub const NEAR_WEIGHT: u32 = 500;

/// Groups of words and phrases, any of which may stand for another in a query, at a weight below that of the word
/// itself.
///
/// The documents stay as they were written; only queries are widened, so that groups may change without a new index. A
/// phrase stands in a document where one field holds all its words.
///
/// ```
/// use std::sync::Arc;
/// use jipp_core::matching::{Analyzer, Lexicon};
/// let mut lexicon = Lexicon::standard(Arc::new(Analyzer::standard()));
/// lexicon.add_group(&["gaspol", "gerakan administrasi pulang melaut"], 900)?;
/// assert_eq!(lexicon.add_group(&["desa"], 900).unwrap_err().code(), "option-invalid");
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lexicon {
    analyzer: Arc<Analyzer>,
    groups: Vec<Group>,
    /// Where each member is, by its first term.
    by_first: HashMap<String, Vec<Place>>,
}

#[derive(Clone, Debug)]
struct Group {
    weight: u32,
    members: Vec<Member>,
}

/// A word or phrase of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) terms: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    group: usize,
    member: usize,
}

impl Lexicon {
    /// Without any group.
    pub fn empty(analyzer: Arc<Analyzer>) -> Self {
        Self { analyzer, groups: Vec::new(), by_first: HashMap::new() }
    }

    /// With the groups of this library: Indonesian public-service vocabulary and its English counterparts.
    pub fn standard(analyzer: Arc<Analyzer>) -> Self {
        let mut lexicon = Self::empty(analyzer);
        for (_, line) in numbered_lines(SYNONYMS) {
            // A test reads every line; one that could not be used would be left out.
            let _ = lexicon.add_line(line);
        }
        lexicon
    }

    /// The analyzer that takes queries apart.
    pub fn analyzer(&self) -> &Arc<Analyzer> {
        &self.analyzer
    }

    /// Adds a group whose members stand for one another with a weight in thousandths, 1 to 1,000.
    ///
    /// # Errors
    /// `option-invalid` if the weight is out of range, or if fewer than two members differ once stop words and affixes
    /// are gone.
    pub fn add_group(&mut self, members: &[&str], weight: u32) -> Result<()> {
        let refuse = |hint: &str| Err(Error::new(Code::OptionInvalid).value(members.join(", ")).expected(hint));
        if !(1..=1000).contains(&weight) {
            return refuse("a weight from 1 to 1000");
        }
        let mut group = Group { weight, members: Vec::new() };
        for text in members {
            let terms: Vec<String> = self.analyzer.tokens(text).into_iter().map(|token| token.term).collect();
            let member = Member { terms };
            if !member.terms.is_empty() && !group.members.contains(&member) {
                group.members.push(member);
            }
        }
        if group.members.len() < 2 {
            return refuse("two or more different words or phrases");
        }
        for (place, member) in group.members.iter().enumerate() {
            let entry = Place { group: self.groups.len(), member: place };
            self.by_first.entry(member.terms[0].clone()).or_default().push(entry);
        }
        self.groups.push(group);
        Ok(())
    }

    /// Adds an acronym and what it stands for; either finds the other.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use jipp_core::matching::{Analyzer, Lexicon};
    /// let mut lexicon = Lexicon::standard(Arc::new(Analyzer::standard()));
    /// lexicon.add_acronym("GASPOL", "gerakan administrasi pulang melaut")?;
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As of [`add_group`](Self::add_group).
    pub fn add_acronym(&mut self, acronym: &str, expansion: &str) -> Result<()> {
        self.add_group(&[acronym, expansion], SAME_WEIGHT)
    }

    /// Adds every group of a text and says how many there were. A line is a group: `=` between members that mean the
    /// same ([`SAME_WEIGHT`]), `~` between members that are near ([`NEAR_WEIGHT`]); `#` begins a comment line.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use jipp_core::matching::{Analyzer, Lexicon};
    /// let mut lexicon = Lexicon::standard(Arc::new(Analyzer::standard()));
    /// let ours = "# Acronyms of our town\ngaspol = gerakan administrasi pulang melaut\nojek ~ becak ~ bentor\n";
    /// assert_eq!(lexicon.extend_from(ours, "town.txt")?, 2);
    /// let error = lexicon.extend_from("ojek ~ becak\nojek\n", "town.txt").unwrap_err();
    /// assert_eq!((error.code(), error.location().line), ("option-invalid", Some(2)));
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `option-invalid` with the source and the line, if a line has both signs, or fewer than two members that differ.
    /// Then nothing is added.
    pub fn extend_from(&mut self, text: &str, source_name: &str) -> Result<usize> {
        let mut wider = self.clone();
        for (number, line) in numbered_lines(text) {
            wider.add_line(line).map_err(|error| error.source_name(source_name).line(number))?;
        }
        let added = wider.groups.len() - self.groups.len();
        *self = wider;
        Ok(added)
    }

    fn add_line(&mut self, line: &str) -> Result<()> {
        let (sign, weight) = match (line.contains('='), line.contains('~')) {
            (true, true) => {
                let hint = "one kind of sign in a line: = or ~";
                return Err(Error::new(Code::OptionInvalid).value(line).expected(hint));
            }
            (false, true) => ('~', NEAR_WEIGHT),
            _ => ('=', SAME_WEIGHT),
        };
        let members: Vec<&str> = line.split(sign).collect();
        self.add_group(&members, weight)
    }

    /// The longest member that the tokens begin with, as its number of terms, and everything that may stand for it.
    pub(super) fn longest_match(&self, tokens: &[Token]) -> Option<(usize, Vec<(&Member, u32)>)> {
        let places = self.by_first.get(&tokens.first()?.term)?;
        let terms_of = |place: &Place| &self.groups[place.group].members[place.member].terms;
        let begins = |terms: &Vec<String>| {
            terms.len() <= tokens.len() && terms.iter().zip(tokens).all(|(term, token)| *term == token.term)
        };
        let len = places.iter().map(terms_of).filter(|terms| begins(terms)).map(Vec::len).max()?;
        let mut others: Vec<(&Member, u32)> = Vec::new();
        for place in places.iter().filter(|place| terms_of(place).len() == len && begins(terms_of(place))) {
            let group = &self.groups[place.group];
            for (number, member) in group.members.iter().enumerate() {
                if number == place.member || member.terms == *terms_of(place) {
                    continue;
                }
                match others.iter_mut().find(|(known, _)| *known == member) {
                    Some((_, weight)) => *weight = group.weight.max(*weight),
                    None => others.push((member, group.weight)),
                }
            }
        }
        Some((len, others))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests {
    use super::*;

    fn terms(lexicon: &Lexicon, text: &str) -> Vec<String> {
        lexicon.analyzer().tokens(text).into_iter().map(|token| token.term).collect()
    }

    #[test]
    fn every_line_of_the_data_is_a_group() {
        let mut lexicon = Lexicon::empty(Arc::new(Analyzer::standard()));
        let groups = lexicon.extend_from(SYNONYMS, "synonyms-id.txt").unwrap();
        assert!(groups >= 300, "{groups} groups");
        assert_eq!(Lexicon::standard(lexicon.analyzer().clone()).groups.len(), groups);
        for group in lexicon.groups {
            assert!(group.members.iter().all(|member| member.terms.len() <= 8), "{group:?}");
        }
    }

    /// Two groups of one kind that share a member would be one group, unless an acronym has two expansions: then it
    /// begins both lines.
    #[test]
    fn no_member_stands_in_two_groups_of_a_kind() {
        let lexicon = Lexicon::empty(Arc::new(Analyzer::standard()));
        for sign in ['=', '~'] {
            let (mut seen, mut twice) = (HashMap::new(), Vec::new());
            for (number, line) in numbered_lines(SYNONYMS).filter(|(_, line)| line.contains(sign)) {
                for (place, member) in line.split(sign).enumerate() {
                    let terms = terms(&lexicon, member);
                    assert!(!terms.is_empty(), "line {number}: {member}");
                    if let Some((other, first)) = seen.insert(terms, (number, place))
                        && (other == number || place > 0 || first > 0)
                    {
                        twice.push(format!("lines {other} and {number}: {}", member.trim()));
                    }
                }
            }
            assert!(twice.is_empty(), "{twice:#?}");
        }
    }

    #[test]
    fn additions_count_and_errors_name_their_line() {
        let mut lexicon = Lexicon::empty(Arc::new(Analyzer::standard()));
        lexicon.add_acronym("GASPOL", "gerakan administrasi pulang melaut").unwrap();
        assert_eq!(lexicon.extend_from("\n# near\n ojek ~ becak \n", "town.txt").unwrap(), 1);
        let finds = |lexicon: &Lexicon, text: &str| lexicon.longest_match(&lexicon.analyzer().tokens(text)).is_some();
        assert!(finds(&lexicon, "Gerakan Administrasi Pulang Melaut") && finds(&lexicon, "becak"));
        for (text, line) in [("bus = bis\n\nojek = ", 3), ("bus = bis ~ angkot", 1), ("yang = untuk", 1), ("bus", 1)] {
            let error = lexicon.extend_from(text, "town.txt").unwrap_err();
            let place = error.location();
            assert_eq!(
                (error.code(), place.source.as_deref(), place.line),
                ("option-invalid", Some("town.txt"), Some(line))
            );
            assert!(!finds(&lexicon, "bus"), "nothing is added");
        }
    }

    #[test]
    fn the_longest_phrase_wins() {
        let lexicon = Lexicon::standard(Arc::new(Analyzer::standard()));
        let tokens = lexicon.analyzer().tokens("pusat kesehatan masyarakat desa");
        let (len, others) = lexicon.longest_match(&tokens).unwrap();
        assert_eq!(len, 3);
        assert!(others.iter().any(|(member, _)| member.terms == ["puskesmas"]));
    }
}
