//! Composition rules of an edition, spelled out for its candidates.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Rule;
use crate::base::{AgencyId, Code, Error, RegionId, Result};
use crate::model::{AgencyKind, CompositionRule, Dimension};

/// What is known of a candidate; what is absent is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Facts {
    /// Code of the group it was entered in.
    pub group: Option<String>,
    /// Code of the category.
    pub category: Option<String>,
    /// The kind of its agency.
    pub agency_kind: Option<AgencyKind>,
    /// The island group it is in.
    pub island_group: Option<String>,
    /// The province it is in.
    pub province: Option<RegionId>,
    /// Whether it is in a disadvantaged, frontier or outermost region (*3T*).
    pub underdeveloped: Option<bool>,
    /// Its agency.
    pub agency: Option<AgencyId>,
}

impl Facts {
    /// The value in a dimension, as rules write it.
    fn value(&self, dimension: Dimension) -> Option<&str> {
        match dimension {
            Dimension::Group => self.group.as_deref(),
            Dimension::Category => self.category.as_deref(),
            Dimension::AgencyKind => self.agency_kind.map(AgencyKind::code),
            Dimension::IslandGroup => self.island_group.as_deref(),
            Dimension::Province => self.province.as_ref().map(RegionId::as_str),
            Dimension::Underdeveloped => self.underdeveloped.map(|is_3t| if is_3t { "yes" } else { "no" }),
            Dimension::Agency => self.agency.as_ref().map(AgencyId::as_str),
        }
    }
}

/// Candidates whose value in the dimension of a rule is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Uncounted {
    /// The code of the rule.
    pub code: String,
    /// Their places in the list.
    pub candidates: Vec<usize>,
}

/// Composition rules, spelled out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expanded {
    /// One rule for each value that is ruled, in the order of the composition rules and then of the values.
    pub rules: Vec<Rule>,
    /// Whom a rule could not count, for every composition rule that there are such candidates for.
    pub uncounted: Vec<Uncounted>,
}

/// Spells composition rules out for candidates, of whom this is known (in the order of the candidates).
///
/// A rule on one value becomes one rule with those who are known to have it. A rule on every value becomes one for each
/// value that some candidate has. **Who has no known value is a case of its own**: not a member of any of these (nor of a
/// value "unknown"), but listed in [`Rule::unknown`] and [`Expanded::uncounted`]. So a minimum is kept by those who surely
/// count; a maximum may in truth be broken, and [`Tally::unknown`](super::Tally::unknown) says by how many at worst.
///
/// Values are written as in the records: the code of a group or category, the text of an island group, the id of a province
/// or agency, the code or a label of a kind of agency, `yes` or `no` for 3T.
///
/// ```
/// use jipp_core::evaluation::selection::{Facts, expand};
/// use jipp_core::model::{CompositionRule, Dimension, Line};
/// let rule = CompositionRule {
///     code: Line::new("each-category")?,
///     dimension: Dimension::Category,
///     value: None,
///     least: Some(1),
///     most: None,
///     mark: None,
///     note: None,
/// };
/// let of = |category: &str| Facts { category: Some(category.to_owned()), ..Facts::default() };
/// let expanded = expand(&[rule], &[of("health"), of("education"), of("health"), Facts::default()])?;
/// assert_eq!(expanded.rules.len(), 2);
/// assert_eq!((expanded.rules[1].value.as_deref(), &expanded.rules[1].members), (Some("health"), &vec![0, 2]));
/// assert_eq!(expanded.uncounted[0].candidates, [3]);
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `field-missing`, `out-of-range` for a rule without least and most, or with a least above the most; `unknown-term` for a
/// kind of agency, or a value of 3T, that there is not.
///
/// # Complexity
/// O(rules × candidates).
pub fn expand(rules: &[CompositionRule], facts: &[Facts]) -> Result<Expanded> {
    let mut expanded = Expanded { rules: Vec::new(), uncounted: Vec::new() };
    for (number, rule) in rules.iter().enumerate() {
        let inside = |error: Error| error.inside(&format!("composition[{number}]"));
        rule.check().map_err(inside)?;
        let wanted = rule.value.as_deref().map(|value| spelled(rule.dimension, value)).transpose().map_err(inside)?;
        let mut values: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut unknown = Vec::new();
        if let Some(wanted) = &wanted {
            values.insert(wanted, Vec::new());
        }
        for (place, facts) in facts.iter().enumerate() {
            match facts.value(rule.dimension) {
                None => unknown.push(place),
                Some(value) if wanted.as_deref().is_none_or(|wanted| wanted == value) => {
                    values.entry(value).or_default().push(place);
                }
                Some(_) => {}
            }
        }
        expanded.rules.extend(values.into_iter().map(|(value, members)| Rule {
            code: rule.code.to_string(),
            value: Some(value.to_owned()),
            members,
            unknown: unknown.clone(),
            least: rule.least,
            most: rule.most,
        }));
        if !unknown.is_empty() {
            expanded.uncounted.push(Uncounted { code: rule.code.to_string(), candidates: unknown });
        }
    }
    Ok(expanded)
}

/// A value as facts spell it.
fn spelled(dimension: Dimension, value: &str) -> Result<String> {
    match dimension {
        Dimension::AgencyKind => value.parse::<AgencyKind>().map(|kind| kind.code().to_owned()),
        Dimension::Underdeveloped => match value.to_lowercase().as_str() {
            "yes" | "ya" | "true" | "3t" => Ok("yes".to_owned()),
            "no" | "tidak" | "false" => Ok("no".to_owned()),
            _ => Err(Error::new(Code::UnknownTerm).field("value").value(value).expected("yes or no")),
        },
        _ => Ok(value.to_owned()),
    }
    .map_err(|error| error.field("value"))
}
