//! Words that mean the same, or nearly, in public service.

use std::collections::HashMap;
use std::sync::Arc;

use super::text::{Analyzer, Token, data_lines};
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
        for line in data_lines(SYNONYMS) {
            let (separator, weight) = if line.contains('=') { ('=', SAME_WEIGHT) } else { ('~', NEAR_WEIGHT) };
            let members: Vec<&str> = line.split(separator).collect();
            // A test reads every line; one that could not be used would be left out.
            let _ = lexicon.add_group(&members, weight);
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

    #[test]
    fn every_line_of_the_data_is_a_group() {
        let mut lexicon = Lexicon::empty(Arc::new(Analyzer::standard()));
        let mut groups = 0;
        for line in data_lines(SYNONYMS) {
            assert!(line.contains('=') != line.contains('~'), "one kind of separator: {line}");
            let members: Vec<&str> = line.split(['=', '~']).collect();
            lexicon.add_group(&members, SAME_WEIGHT).unwrap();
            groups += 1;
        }
        assert!(groups >= 120, "{groups} groups");
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
