//! Writes the Python classes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::read::{Content, Core, Definition, Field, Shape, Variant};
use crate::types::{Scope, file, is_class};

/// Types that functions take as keyword arguments.
const KEYWORDS: [&str; 20] = [
    "AdjustOptions",
    "Bootstrap",
    "ComparisonOptions",
    "EntryQuestion",
    "FitOptions",
    "FunnelOptions",
    "GrowthOptions",
    "LaureateQuery",
    "LinkageSettings",
    "MovementOptions",
    "Options",
    "PanelOptions",
    "ProposalOptions",
    "Question",
    "ReportOptions",
    "Resampling",
    "Rules",
    "Scope",
    "ScoringOptions",
    "StartOptions",
];

/// Words of Python that cannot name a field.
const RESERVED: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Values that can do something: the class of `jipp._values._behaviour` that says what, by module and name.
const BEHAVIOUR: [(&str, &str, &str); 30] = [
    ("base", "Period", "Period"),
    ("evaluation_agreement", "Alpha", "Number"),
    ("evaluation_agreement", "ChanceCorrected", "Number"),
    ("evaluation_agreement", "Icc", "Icc"),
    ("evaluation_agreement", "IccEstimate", "Number"),
    ("evaluation_agreement", "Outcome", "Outcome"),
    ("evaluation_assignment", "Shortage", "Words"),
    ("evaluation_blindness", "Policy", "BlindnessPolicy"),
    ("evaluation_decision", "BradleyTerry", "BradleyTerry"),
    ("evaluation_decision", "Strength", "Number"),
    ("evaluation_eligibility", "Eligibility", "Eligibility"),
    ("evaluation_eligibility", "Found", "Words"),
    ("evaluation_eligibility", "RuleAnswer", "Labelled"),
    ("evaluation_index", "CountRule", "CountRule"),
    ("evaluation_index", "IndexFormula", "IndexFormula"),
    ("evaluation_index", "Indicator", "Labelled"),
    ("evaluation_standings", "Standings", "Standings"),
    ("hubs", "HubFinding", "Words"),
    ("hubs", "HubReport", "Markdown"),
    ("lineage_growth", "Fit", "GrowthFit"),
    ("lineage_inference", "Delay", "Delay"),
    ("matching_linkage", "LinkageModel", "LinkageModel"),
    ("model", "Band", "Labelled"),
    ("model", "Innovation", "Innovation"),
    ("model", "Instrument", "Instrument"),
    ("network", "EditionReport", "Markdown"),
    ("network", "FitReport", "Words"),
    ("network", "Ground", "Words"),
    ("network", "ProposalReport", "Markdown"),
    ("network", "ProposedLink", "ProposedLink"),
];

/// The classes that a class stands on.
fn bases(definition: &Definition, own: &str) -> String {
    let module = file(&definition.public);
    match BEHAVIOUR.iter().find(|(of, name, _)| *of == module && *name == definition.name) {
        Some((_, _, behaviour)) => format!("_behaviour.{behaviour}, {own}"),
        None => own.to_owned(),
    }
}

/// What every value has of itself.
const OWN: [&str; 3] = ["NOTHING", "replace", "to_dict"];

/// Types that the native module has classes of its own for.
const NATIVE: [&str; 2] = ["Candidates", "LinkageResult"];

/// Every file with its text, by name.
pub(crate) fn files(core: &Core) -> Vec<(String, String)> {
    let mut modules: BTreeMap<String, Vec<&Definition>> = BTreeMap::new();
    for definition in core.definitions.iter().filter(|one| !NATIVE.contains(&one.name.as_str())) {
        modules.entry(file(&definition.public)).or_default().push(definition);
    }
    let mut files: Vec<(String, String)> =
        modules.iter().map(|(name, definitions)| (format!("{name}.py"), module(core, definitions))).collect();
    files.push(("_index.py".to_owned(), index(&modules)));
    files.sort();
    files
}

fn index(modules: &BTreeMap<String, Vec<&Definition>>) -> String {
    let mut names: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (module, definitions) in modules {
        for definition in definitions.iter().filter(|one| is_class(one)) {
            names.entry(&definition.serde_name).or_default().push(format!("\"{module}.{}\",", definition.name));
        }
    }
    let mut text =
        "\"\"\"Where the class of each type is. Written by the tests of jipp from its sources.\"\"\"\n\n".to_owned();
    text += "INDEX: dict[str, tuple[str, ...]] = {\n";
    for (name, modules) in names {
        let _ = writeln!(text, "    \"{name}\": ({}),", modules.join(" "));
    }
    text + "}\n"
}

fn module(core: &Core, definitions: &[&Definition]) -> String {
    let public = definitions[0].public.join(".");
    let mut body = String::new();
    let mut modules = BTreeSet::new();
    let mut names: Vec<&str> = definitions.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    for definition in definitions {
        let mut scope = Scope { core, of: definition, modules: BTreeSet::new() };
        body += "\n\n";
        let text = match &definition.shape {
            Shape::Record(fields) => record(definition, fields, &mut scope),
            Shape::Choice { tag, variants } => choice(definition, tag.as_deref(), variants, &mut scope),
            Shape::Codes(codes) => codes_alias(definition, codes),
            Shape::Transparent(inner) => {
                let inner = scope.python(inner);
                format!("{}: TypeAlias = \"{inner}\"\n{}", definition.name, alias_doc(definition))
            }
        };
        body += &text;
        modules.append(&mut scope.modules);
    }
    let mut head =
        format!("\"\"\"The values of ``{public}``. Written by the tests of jipp from its sources.\"\"\"\n\n");
    head += "from __future__ import annotations\n\n";
    head += "from collections import abc\nfrom datetime import datetime\n";
    head += "from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict\n\n";
    let behaviour = if body.contains("(_behaviour.") { ", _behaviour" } else { "" };
    let _ = writeln!(head, "from jipp._values import DEFAULT, Choice, PartialDate, Value{behaviour}");
    if !modules.is_empty() {
        head += "\nif TYPE_CHECKING:\n";
        for module in modules {
            let _ = writeln!(head, "    from jipp._values import {module} as _{module}");
        }
    }
    head += "\n__all__ = [\n";
    for name in names {
        let _ = writeln!(head, "    \"{name}\",");
    }
    head + "]\n" + &body
}

fn codes_alias(definition: &Definition, codes: &[String]) -> String {
    let codes: Vec<String> = codes.iter().map(|code| format!("\"{code}\"")).collect();
    format!("{}: TypeAlias = Literal[{}]\n{}", definition.name, codes.join(", "), alias_doc(definition))
}

fn alias_doc(definition: &Definition) -> String {
    if definition.doc.is_empty() { String::new() } else { docstring(&definition.doc, "") }
}

fn record(definition: &Definition, fields: &[Field], scope: &mut Scope<'_>) -> String {
    let mut text = format!("class {}({}):\n", definition.name, bases(definition, "Value"));
    text += &docstring(&definition.doc, "    ");
    let mut typed: Vec<(&Field, String)> = Vec::new();
    for field in fields {
        let kind = scope.python(&field.kind);
        typed.push((field, kind));
    }
    for (field, kind) in &typed {
        text += "\n";
        text += &attribute(&field.name, kind, default(field, kind).as_deref(), &field.doc);
    }
    if KEYWORDS.contains(&definition.name.as_str()) {
        let _ = write!(text, "\n\nif TYPE_CHECKING:\n\n    class {}Fields(TypedDict, total=False):\n", definition.name);
        let _ =
            writeln!(text, "        \"\"\"The fields of :class:`{}`, as keyword arguments.\"\"\"\n", definition.name);
        for (field, kind) in &typed {
            let _ = writeln!(text, "        {}: {kind}", safe(&field.name));
        }
    }
    text
}

fn choice(definition: &Definition, tag: Option<&str>, variants: &[Variant], scope: &mut Scope<'_>) -> String {
    let mut text = format!("class {}({}):\n", definition.name, bases(definition, "Choice"));
    let mut doc = definition.doc.clone();
    doc.push(String::new());
    for variant in variants {
        doc.push(format!("* ``{}``: {}", variant.name, variant.doc.join(" ")));
    }
    text += &docstring(&doc, "    ");
    let key = tag.unwrap_or("kind");
    let _ = write!(text, "\n    _tag = \"{}\"\n    _shapes = {{\n", tag.unwrap_or_default());
    for variant in variants {
        let shape = match variant.content {
            Content::Nothing => "nothing",
            Content::Value(_) => "value",
            Content::Fields(_) => "fields",
        };
        let _ = writeln!(text, "        \"{}\": \"{shape}\",", variant.name);
    }
    text += "    }\n";
    let names: Vec<String> = variants.iter().map(|variant| format!("\"{}\"", variant.name)).collect();
    text += "\n";
    text += &attribute(key, &format!("Literal[{}]", names.join(", ")), None, &["Which it is.".to_owned()]);
    let mut values: Vec<String> = Vec::new();
    let mut fields: Vec<(String, Vec<String>, Vec<String>)> = Vec::new();
    for variant in variants {
        match &variant.content {
            Content::Nothing => {}
            Content::Value(kind) => values.push(scope.python(kind)),
            Content::Fields(inner) => {
                for field in inner {
                    let kind = scope.python(&field.kind);
                    let doc = [vec![format!("``{}``:", variant.name)], field.doc.clone()].concat().join(" ");
                    match fields.iter_mut().find(|(name, ..)| *name == field.name) {
                        Some((_, kinds, docs)) => {
                            kinds.push(kind);
                            docs.push(doc);
                        }
                        None => fields.push((field.name.clone(), vec![kind], vec![doc])),
                    }
                }
            }
        }
    }
    if !values.is_empty() {
        values.push("None".to_owned());
        text += "\n";
        text += &attribute("value", &union(&values), Some("None"), &["What it carries.".to_owned()]);
    }
    for (name, mut kinds, docs) in fields {
        assert!(name != key && (name != "value" || values.is_empty()), "{}: two fields {name}", definition.name);
        kinds.push("None".to_owned());
        text += "\n";
        text += &attribute(&name, &union(&kinds), Some("None"), &docs);
    }
    text
}

fn union(kinds: &[String]) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in kinds.iter().flat_map(|kind| kind.split(" | ")) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    // None stands last, as people write it.
    parts.sort_by_key(|part| *part == "None");
    parts.join(" | ")
}

fn attribute(name: &str, kind: &str, default: Option<&str>, doc: &[String]) -> String {
    let default = default.map(|value| format!(" = {value}")).unwrap_or_default();
    let mut text = format!("    {}: {}{default}\n", safe(name), optional(kind, &default));
    if !doc.is_empty() {
        text += &docstring(doc, "    ");
    }
    text
}

/// A default of None needs a type that allows it.
fn optional(kind: &str, default: &str) -> String {
    let allows = kind == "Any" || kind.split(" | ").any(|part| part == "None");
    if default == " = None" && !allows { format!("{kind} | None") } else { kind.to_owned() }
}

fn default(field: &Field, kind: &str) -> Option<String> {
    let default = match field.left_out.as_deref() {
        Some("Vec::is_empty" | "BTreeSet::is_empty" | "Status::is_initial") => "()",
        Some("BTreeMap::is_empty") => "Value.NOTHING",
        Some("std::ops::Not::not") => "False",
        Some("Option::is_none" | "Period::is_unknown") => "None",
        Some(other) => panic!("{}: what is it where {other}?", field.name),
        None if kind.ends_with("| None") => "None",
        None if field.has_default => "DEFAULT",
        None => return None,
    };
    Some(default.to_owned())
}

/// A name that Python reserves gets an underscore.
fn safe(name: &str) -> String {
    assert!(!OWN.contains(&name) && !name.starts_with('_'), "no field of a Python value can be called {name}");
    if RESERVED.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

fn docstring(lines: &[String], indent: &str) -> String {
    let lines: Vec<String> = lines.iter().map(|line| without_links(line).replace('\\', "\\\\")).collect();
    let mut text = String::new();
    match lines.as_slice() {
        [] => {}
        [only] => {
            let _ = writeln!(text, "{indent}\"\"\"{only}\"\"\"");
        }
        [first, rest @ ..] => {
            let _ = writeln!(text, "{indent}\"\"\"{first}");
            for line in rest {
                let _ = writeln!(text, "{}", format!("{indent}{line}").trim_end());
            }
            let _ = writeln!(text, "{indent}\"\"\"");
        }
    }
    text
}

/// Links of Rust's documentation as plain words: [`Score`](crate::base::Score) becomes `Score`.
fn without_links(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("[`") {
        let Some(end) = rest[at..].find("`]") else { break };
        text += &rest[..at];
        text += &rest[at + 1..=at + end];
        rest = &rest[at + end + 2..];
        if rest.starts_with('(')
            && let Some(close) = rest.find(')')
        {
            rest = &rest[close + 1..];
        }
    }
    (text + rest).replace('`', "``").replace("````", "``")
}

/// Pairs of types with one name that the fields alone do not tell apart.
pub(crate) fn indistinct(core: &Core) -> Vec<String> {
    let records: Vec<(&Definition, BTreeSet<&str>, BTreeSet<&str>)> = core
        .definitions
        .iter()
        .filter_map(|one| match &one.shape {
            Shape::Record(fields) => {
                let all = fields.iter().map(|field| field.name.as_str()).collect();
                let always = fields.iter().filter(|field| field.left_out.is_none());
                Some((one, all, always.map(|field| field.name.as_str()).collect()))
            }
            _ => None,
        })
        .collect();
    let mut found = Vec::new();
    for (at, (one, all, always)) in records.iter().enumerate() {
        for (other, others, others_always) in &records[at + 1..] {
            let shared: BTreeSet<&str> = all & others;
            if one.serde_name == other.serde_name && (always | others_always).is_subset(&shared) {
                found.push(format!("{} of {} and of {}", one.name, one.written.join("::"), other.written.join("::")));
            }
        }
    }
    found
}
