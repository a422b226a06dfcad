//! Who may enter: each rule of a group answered for itself, so that whoever is refused knows on which rule.
//!
//! What is not on record is unknown, not failed: an innovation without a date of first use may be old enough. An award
//! counts where it surely is one of those meant, and leaves the rule undecided where it may be one (its label could not be
//! placed in an edition or tier, say). That no award is on record is taken as having none.

use std::fmt::Write as _;

use chrono::Months;
use serde::{Deserialize, Serialize};

use crate::base::{CompetitionId, EditionId, InnovationId, Lang, PartialDate, ProposalId, Truth, Vocabulary as _};
use crate::model::{AgencyKind, AwardPattern, Edition, EligibilityRule, Group, Mark, Requirement};

/// An award that something holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AwardHeld {
    /// As the source words it.
    pub label: String,
    /// The competition; unknown if absent.
    pub competition: Option<CompetitionId>,
    /// Whether it is surely of no competition of the network.
    pub is_of_other_contest: bool,
    /// The edition; unknown if absent.
    pub edition: Option<EditionId>,
    /// Code of the group.
    pub group: Option<String>,
    /// Codes of its tier and of every tier that tier's winners are drawn from; unknown if empty.
    pub tiers: Vec<String>,
    /// The year.
    pub year: Option<u16>,
}

/// What is known of an innovation that seeks entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entrant {
    /// When it came into use.
    pub implemented_on: Option<PartialDate>,
    /// The kind of its owner.
    pub owner_kind: Option<AgencyKind>,
    /// Code of its category in the edition.
    pub category: Option<String>,
    /// How many sustainable development goals it serves; unknown if none is on record.
    pub sdgs: Option<usize>,
    /// Codes of the documents of its proposal; unknown if there is no proposal.
    pub documents: Option<Vec<String>>,
    /// Its awards.
    pub awards: Vec<AwardHeld>,
    /// What it replicates, with the awards of that.
    pub sources: Vec<(InnovationId, Vec<AwardHeld>)>,
    /// How many other proposals its owner has entered in the group.
    pub other_entries: usize,
    /// Other proposals of the edition with the same title.
    pub same_title: Vec<ProposalId>,
}

/// What was found for a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Found {
    /// When it came into use, and when at the latest it should have.
    Age {
        /// In use since.
        since: Option<PartialDate>,
        /// The day registration closes.
        closing: Option<PartialDate>,
        /// So many months before.
        months: u32,
    },
    /// The rule is for other categories.
    OtherCategory,
    /// The kind of its owner.
    Owner(Option<AgencyKind>),
    /// How many the agency enters, this one included, and how many it may.
    Entries(usize, u32),
    /// How many goals it serves, and how many it must.
    Sdgs(Option<usize>, u32),
    /// Documents that are missing; unknown if there is no proposal.
    MissingDocuments(Option<Vec<String>>),
    /// Awards of those meant, and awards that may be one.
    Awards {
        /// Those that surely are.
        surely: Vec<String>,
        /// Those that may be.
        perhaps: Vec<String>,
    },
    /// No source is on record.
    NoSource,
    /// Sources that won an award of those meant, and those that may have.
    Sources {
        /// Those that surely did.
        surely: Vec<InnovationId>,
        /// Those that may have.
        perhaps: Vec<InnovationId>,
    },
    /// Other proposals with the same title.
    SameTitle(Vec<ProposalId>),
}

/// The answer to one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RuleAnswer {
    /// The code of the rule.
    pub code: String,
    /// The rule in the language of the network, where it is worded.
    pub label: Option<String>,
    /// The rule in English.
    pub label_en: Option<String>,
    /// How well the rule is known.
    pub mark: Option<Mark>,
    /// Whether it is kept.
    pub holds: Truth,
    /// What was found.
    pub found: Found,
}

/// Whether an innovation may enter a group of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Eligibility {
    /// The edition.
    pub edition: EditionId,
    /// Code of the group.
    pub group: String,
    /// Yes if every rule is kept, no if one is broken.
    pub verdict: Truth,
    /// The rules, in order.
    pub rules: Vec<RuleAnswer>,
}

impl Eligibility {
    /// The rules that are broken.
    pub fn failed(&self) -> impl Iterator<Item = &RuleAnswer> {
        self.rules.iter().filter(|rule| rule.holds == Truth::No)
    }

    /// The rules that what is on record does not decide.
    pub fn undecided(&self) -> impl Iterator<Item = &RuleAnswer> {
        self.rules.iter().filter(|rule| rule.holds == Truth::Unknown)
    }
}

/// Answers every rule of a group for an innovation: the age and the quota of the group, and then its further rules.
/// `closing` is the day registration closes; that of the edition if absent.
///
/// ```
/// use jipp_core::base::Truth;
/// use jipp_core::evaluation::eligibility::{Entrant, eligibility};
/// use jipp_core::model::{Edition, Group, Line};
/// let edition = Edition::new("kipp/2021".parse()?, "kipp".parse()?);
/// let mut group: Group = serde_json::from_str(r#"{"code": "umum", "label": "Umum", "min_age_months": 24}"#)?;
/// let entrant = Entrant { implemented_on: Some("2020-03".parse()?), ..Entrant::default() };
/// let answer = eligibility(&edition, &group, &entrant, Some("2021-05-31".parse()?));
/// assert_eq!(answer.verdict, Truth::No);
/// assert_eq!(answer.failed().next().map(|rule| rule.code.as_str()), Some("age"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
/// Rules times awards.
pub fn eligibility(edition: &Edition, group: &Group, entrant: &Entrant, closing: Option<PartialDate>) -> Eligibility {
    let closing = closing.or_else(|| edition.registration.and_then(|registration| registration.to));
    let asked = Asked { edition, entrant, closing };
    let own = |code: &str, requirement: Requirement| {
        let (holds, found) = asked.answer(&requirement);
        RuleAnswer { code: code.to_owned(), label: None, label_en: None, mark: group.mark, holds, found }
    };
    let age = group.min_age_months.map(|months| own("age", Requirement::Age { months, categories: Vec::new() }));
    let quota = group.quota_per_agency.map(|most| own("agency-quota", Requirement::AgencyQuota { most }));
    let further = group.eligibility.iter().map(|rule| asked.rule(rule));
    let rules: Vec<RuleAnswer> = age.into_iter().chain(quota).chain(further).collect();
    let verdict = rules.iter().fold(Truth::Yes, |so_far, rule| so_far.and(rule.holds));
    Eligibility { edition: edition.id.clone(), group: group.code.to_string(), verdict, rules }
}

struct Asked<'a> {
    edition: &'a Edition,
    entrant: &'a Entrant,
    closing: Option<PartialDate>,
}

impl Asked<'_> {
    fn rule(&self, rule: &EligibilityRule) -> RuleAnswer {
        let (holds, found) = self.answer(&rule.requirement);
        RuleAnswer {
            code: rule.code.to_string(),
            label: rule.label.as_ref().map(ToString::to_string),
            label_en: rule.label_en.as_ref().map(ToString::to_string),
            mark: rule.mark,
            holds,
            found,
        }
    }

    fn answer(&self, requirement: &Requirement) -> (Truth, Found) {
        let entrant = self.entrant;
        match requirement {
            Requirement::Age { months, categories } => {
                self.age(*months, &categories.iter().map(|code| &**code).collect::<Vec<_>>())
            }
            Requirement::AgencyKinds { any_of } => {
                let holds = match entrant.owner_kind {
                    None | Some(AgencyKind::Other) => Truth::Unknown,
                    Some(kind) => truth(any_of.contains(&kind)),
                };
                (holds, Found::Owner(entrant.owner_kind))
            }
            Requirement::AgencyQuota { most } => {
                let entries = entrant.other_entries + 1;
                (truth(entries <= *most as usize), Found::Entries(entries, *most))
            }
            Requirement::Sdgs { least } => {
                let holds = entrant.sdgs.map_or(Truth::Unknown, |sdgs| truth(sdgs >= *least as usize));
                (holds, Found::Sdgs(entrant.sdgs, *least))
            }
            Requirement::Documents { all_of } => {
                let missing = entrant.documents.as_ref().map(|attached| {
                    let lacking = all_of.iter().filter(|code| !attached.iter().any(|one| *one == ***code));
                    lacking.map(ToString::to_string).collect::<Vec<_>>()
                });
                let holds = missing.as_ref().map_or(Truth::Unknown, |missing| truth(missing.is_empty()));
                (holds, Found::MissingDocuments(missing))
            }
            Requirement::AwardsAtMost { any_of, most } => {
                let (surely, perhaps) = self.matching(&entrant.awards, any_of);
                let most = *most as usize;
                let holds = match (surely.len() > most, surely.len() + perhaps.len() > most) {
                    (true, _) => Truth::No,
                    (false, true) => Truth::Unknown,
                    (false, false) => Truth::Yes,
                };
                (holds, Found::Awards { surely, perhaps })
            }
            Requirement::AwardsAnyOf { any_of } => {
                let (surely, perhaps) = self.matching(&entrant.awards, any_of);
                (at_least_one(&surely, &perhaps), Found::Awards { surely, perhaps })
            }
            Requirement::SourceAwarded { any_of } => self.sources(any_of),
            Requirement::UniqueTitle {} => {
                (truth(entrant.same_title.is_empty()), Found::SameTitle(entrant.same_title.clone()))
            }
        }
    }

    fn age(&self, months: u32, categories: &[&str]) -> (Truth, Found) {
        let category = self.entrant.category.as_deref();
        let is_other = category.is_some_and(|category| !categories.is_empty() && !categories.contains(&category));
        if is_other {
            return (Truth::Yes, Found::OtherCategory);
        }
        let (since, closing) = (self.entrant.implemented_on, self.closing);
        let back = |day: chrono::NaiveDate| day.checked_sub_months(Months::new(months));
        let holds = match (since, closing) {
            (Some(since), Some(closing)) => match (back(closing.first_day()), back(closing.last_day())) {
                (Some(latest), _) if since.last_day() <= latest => Truth::Yes,
                (_, Some(latest)) if since.first_day() > latest => Truth::No,
                _ => Truth::Unknown,
            },
            _ => Truth::Unknown,
        };
        // Of a rule for some categories only, an unknown category leaves open whether it binds at all.
        let binds = if categories.is_empty() || category.is_some() { Truth::Yes } else { Truth::Unknown };
        let holds = if binds == Truth::Unknown && holds == Truth::No { Truth::Unknown } else { holds };
        (holds, Found::Age { since, closing, months })
    }

    fn sources(&self, any_of: &[AwardPattern]) -> (Truth, Found) {
        if self.entrant.sources.is_empty() {
            return (Truth::Unknown, Found::NoSource);
        }
        let (mut surely, mut perhaps) = (Vec::new(), Vec::new());
        for (source, awards) in &self.entrant.sources {
            match self.matching(awards, any_of) {
                (sure, _) if !sure.is_empty() => surely.push(source.clone()),
                (_, maybe) if !maybe.is_empty() => perhaps.push(source.clone()),
                _ => {}
            }
        }
        let holds = match (surely.is_empty(), perhaps.is_empty()) {
            (false, _) => Truth::Yes,
            (true, false) => Truth::Unknown,
            (true, true) => Truth::No,
        };
        (holds, Found::Sources { surely, perhaps })
    }

    /// The labels of the awards that surely are meant, and of those that may be. Of awards of one edition, one counts.
    fn matching(&self, awards: &[AwardHeld], any_of: &[AwardPattern]) -> (Vec<String>, Vec<String>) {
        let mut counted: Vec<&EditionId> = Vec::new();
        let (mut surely, mut perhaps) = (Vec::new(), Vec::new());
        let meant =
            |award: &AwardHeld| any_of.iter().fold(Truth::No, |so_far, one| so_far.or(self.is_meant(award, one)));
        let (sure, other): (Vec<&AwardHeld>, Vec<&AwardHeld>) = awards.iter().partition(|one| meant(one) == Truth::Yes);
        for award in sure {
            match &award.edition {
                Some(edition) if counted.contains(&edition) => {}
                edition => {
                    counted.extend(edition);
                    surely.push(award.label.clone());
                }
            }
        }
        let open = other.into_iter().filter(|award| meant(award) == Truth::Unknown);
        for award in open {
            match &award.edition {
                Some(edition) if counted.contains(&edition) => {}
                edition => {
                    counted.extend(edition);
                    perhaps.push(award.label.clone());
                }
            }
        }
        (surely, perhaps)
    }

    fn is_meant(&self, award: &AwardHeld, pattern: &AwardPattern) -> Truth {
        fn same<T: PartialEq + ?Sized>(wanted: Option<&T>, held: Option<&T>) -> Truth {
            match (wanted, held) {
                (None, _) => Truth::Yes,
                (Some(_), None) => Truth::Unknown,
                (Some(wanted), Some(held)) => truth(wanted == held),
            }
        }
        let competition = match &award.competition {
            Some(held) => truth(*held == self.edition.competition),
            None if award.is_of_other_contest => Truth::No,
            None => Truth::Unknown,
        };
        let tier = match &pattern.tier {
            Some(tier) if !award.tiers.is_empty() => truth(award.tiers.iter().any(|held| **held == **tier)),
            Some(_) => Truth::Unknown,
            None => Truth::Yes,
        };
        let within = |limit: Option<u16>, fits: fn(u16, u16) -> bool| match (limit, award.year) {
            (None, _) => Truth::Yes,
            (Some(_), None) => Truth::Unknown,
            (Some(limit), Some(year)) => truth(fits(year, limit)),
        };
        competition
            .and(same(pattern.edition.as_ref(), award.edition.as_ref()))
            .and(same(pattern.group.as_deref(), award.group.as_deref()))
            .and(tier)
            .and(within(pattern.from_year, |year, from| year >= from))
            .and(within(pattern.to_year, |year, to| year <= to))
    }
}

fn truth(holds: bool) -> Truth {
    if holds { Truth::Yes } else { Truth::No }
}

fn at_least_one(surely: &[String], perhaps: &[String]) -> Truth {
    match (surely.is_empty(), perhaps.is_empty()) {
        (false, _) => Truth::Yes,
        (true, false) => Truth::Unknown,
        (true, true) => Truth::No,
    }
}

impl Found {
    /// What was found, in words.
    pub fn words(&self, lang: Lang) -> String {
        let say = |id: &str, en: &str| if lang == Lang::Id { id.to_owned() } else { en.to_owned() };
        let date =
            |date: &Option<PartialDate>| date.map_or_else(|| say("tidak diketahui", "unknown"), |d| d.to_string());
        let list = |all: &[String]| all.join("; ");
        match self {
            Self::Age { since, closing, months } => {
                let (since, closing) = (date(since), date(closing));
                say(
                    &format!("diterapkan sejak {since}; pendaftaran ditutup {closing}; diminta {months} bulan"),
                    &format!("in use since {since}; registration closes {closing}; {months} months are asked for"),
                )
            }
            Self::OtherCategory => say("aturan untuk kategori lain", "a rule for other categories"),
            Self::Owner(None) => say("jenis instansi tidak diketahui", "kind of agency unknown"),
            Self::Owner(Some(kind)) => kind.label(lang).to_owned(),
            Self::Entries(entries, most) => say(
                &format!("{entries} proposal dari instansi ini, paling banyak {most}"),
                &format!("{entries} proposals of this agency, {most} allowed"),
            ),
            Self::Sdgs(None, _) => say("TPB belum tercatat", "no goal on record"),
            Self::Sdgs(Some(count), least) => {
                say(&format!("{count} TPB, diminta {least}"), &format!("{count} goals, {least} asked for"))
            }
            Self::MissingDocuments(None) => say("belum ada proposal", "no proposal yet"),
            Self::MissingDocuments(Some(missing)) if missing.is_empty() => say("lengkap", "complete"),
            Self::MissingDocuments(Some(missing)) => {
                format!("{} {}", say("belum ada:", "missing:"), missing.join(", "))
            }
            Self::Awards { surely, perhaps } => {
                let mut words =
                    if surely.is_empty() { say("tidak ada yang tercatat", "none on record") } else { list(surely) };
                if !perhaps.is_empty() {
                    let _ = write!(words, "; {} {}", say("mungkin:", "perhaps:"), list(perhaps));
                }
                words
            }
            Self::NoSource => say("inovasi asal belum tercatat", "no source on record"),
            Self::Sources { surely, perhaps } => {
                let ids = |ids: &[InnovationId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                match (surely.is_empty(), perhaps.is_empty()) {
                    (false, _) => ids(surely),
                    (true, false) => format!("{} {}", say("mungkin:", "perhaps:"), ids(perhaps)),
                    (true, true) => say("tidak satu pun inovasi asal meraihnya", "no source won one"),
                }
            }
            Self::SameTitle(same) if same.is_empty() => say("tidak ada judul yang sama", "no other with this title"),
            Self::SameTitle(same) => same.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        }
    }
}

impl RuleAnswer {
    /// The rule in a language: as it is worded, else its code.
    pub fn label(&self, lang: Lang) -> &str {
        let worded = match lang {
            Lang::Id => self.label.as_deref(),
            Lang::En => self.label_en.as_deref().or(self.label.as_deref()),
        };
        match (worded, self.code.as_str(), lang) {
            (Some(worded), ..) => worded,
            (None, "age", Lang::Id) => "Umur inovasi",
            (None, "age", Lang::En) => "Age of the innovation",
            (None, "agency-quota", Lang::Id) => "Jumlah proposal per instansi",
            (None, "agency-quota", Lang::En) => "Proposals of one agency",
            (None, code, _) => code,
        }
    }
}
