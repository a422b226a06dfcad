//! Writes the values that cross to Kotlin and Swift, `jipp-ffi/src/values`: a mirror of every type that a question of
//! `jipp-ffi` takes or gives, and of what these are made of.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use syn::{GenericArgument, PathArguments, Type};

use crate::read::{Content, Core, Definition, Field, Shape, Variant};
use crate::types::{Scope, file};

/// The types that questions take and give, by module and name. What they are made of follows.
const ROOTS: [(&str, &str); 65] = [
    ("evaluation_agreement", "Alpha"),
    ("evaluation_agreement", "ChanceCorrected"),
    ("evaluation_agreement", "ChanceModel"),
    ("evaluation_agreement", "Icc"),
    ("evaluation_agreement", "Level"),
    ("evaluation_agreement", "Weighting"),
    ("evaluation_eligibility", "Eligibility"),
    ("evaluation_standings", "Standings"),
    ("evaluation_standings", "Uncertainty"),
    ("exchange", "ImportReport"),
    ("exchange", "Mapping"),
    ("exchange", "OnExisting"),
    ("exchange", "Progress"),
    ("exchange", "Suggestion"),
    ("hubs", "Counting"),
    ("hubs", "Coverage"),
    ("hubs", "FunnelOptions"),
    ("hubs", "HubFinding"),
    ("hubs", "HubFunnel"),
    ("hubs", "HubOn"),
    ("hubs", "Maturity"),
    ("hubs", "Movement"),
    ("hubs", "MovementOptions"),
    ("hubs", "Readiness"),
    ("hubs", "ReportOptions"),
    ("hubs", "Starter"),
    ("lineage", "AdaptationProfile"),
    ("lineage", "Adoption"),
    ("lineage", "Branch"),
    ("lineage", "CommonAncestor"),
    ("lineage", "DriftStep"),
    ("lineage", "Impact"),
    ("lineage", "Journey"),
    ("lineage", "Link"),
    ("lineage", "Paths"),
    ("lineage", "Relative"),
    ("lineage", "Reproduction"),
    ("lineage", "Scope"),
    ("lineage", "Travel"),
    ("matching", "MatchKind"),
    ("matching_linkage", "Cluster"),
    ("matching_linkage", "Pair"),
    ("model", "Conflict"),
    ("model", "EntityKind"),
    ("model", "EntityRef"),
    ("model", "Graph"),
    ("model", "GraphNode"),
    ("network", "Candidates"),
    ("network", "ChosenDifference"),
    ("network", "ConflictedSheet"),
    ("network", "Draft"),
    ("network", "DraftCheck"),
    ("network", "EntryQuestion"),
    ("network", "Laureate"),
    ("network", "LaureateQuery"),
    ("network", "Neighbour"),
    ("network", "Question"),
    ("network", "ScoringOptions"),
    ("network", "StageAgreement"),
    ("network", "StartOptions"),
    ("registry", "Action"),
    ("registry", "Change"),
    ("registry", "Conflict"),
    ("registry", "HoldReason"),
    ("registry", "Received"),
];

/// The module and name of a type.
type Name = (&'static str, &'static str);

/// The same for types that hold another: these, and the other.
const GENERIC_ROOTS: [(Name, Name); 5] = [
    (("evaluation_agreement", "Outcome"), ("evaluation_agreement", "Alpha")),
    (("evaluation_agreement", "Outcome"), ("evaluation_agreement", "ChanceCorrected")),
    (("evaluation_agreement", "Outcome"), ("evaluation_agreement", "Icc")),
    (("evaluation_agreement", "Outcome"), ("evaluation_agreement", "Kendall")),
    (("network", "Known"), ("evaluation_standings", "Uncertainty")),
];

/// Names that are taken in Kotlin, in Swift and what is imported with it, or by another type of the core.
const RENAMED: [(&str, &str, &str); 17] = [
    ("evaluation_aggregation", "Unit", "AdjustUnit"),
    ("evaluation_selection", "Options", "SelectionOptions"),
    ("exchange", "Progress", "ImportProgress"),
    ("hubs", "Basis", "MovementBasis"),
    ("hubs", "Stage", "OutcomeStage"),
    ("hubs", "Suggestion", "StartSuggestion"),
    ("lineage", "Link", "LineageLink"),
    ("lineage", "Progress", "ReplicationProgress"),
    ("matching_linkage", "Cluster", "DuplicateCluster"),
    ("matching_linkage", "Level", "SimilarityLevel"),
    ("matching_linkage", "Pair", "DuplicatePair"),
    ("matching_linkage", "Part", "DuplicatePart"),
    ("model", "Group", "EditionGroup"),
    ("model", "Section", "InnovationSection"),
    ("model", "Unit", "ServiceUnit"),
    ("network", "Basis", "ScoreBasis"),
    ("registry", "Conflict", "RegistryConflict"),
];

/// What one type becomes.
struct Mirror {
    module: String,
    text: String,
}

/// Every file with its text, by name.
pub(crate) fn files(core: &Core) -> Vec<(String, String)> {
    let mut writer = Writer { core, mirrors: BTreeMap::new(), open: Vec::new() };
    let find = |(module, name): (&str, &str)| {
        let found = core.definitions.iter().find(|one| one.name == name && file(&one.public) == module);
        found.unwrap_or_else(|| panic!("no type {module}.{name}"))
    };
    for root in ROOTS {
        writer.name_of(find(root), None);
    }
    for (root, held) in GENERIC_ROOTS {
        let held = writer.name_of(find(held), None);
        writer.name_of(find(root), Some(&held));
    }
    let mut modules: BTreeMap<String, String> = BTreeMap::new();
    for mirror in writer.mirrors.into_values() {
        let text = modules.entry(mirror.module).or_default();
        *text += "\n";
        *text += &mirror.text;
    }
    let mut index = "//! The values that cross the border, one file for each module of the core. Written by the tests of jipp from \
                     its sources.\n#![allow(\n    clippy::struct_excessive_bools,\n    clippy::large_enum_variant,\n    \
                     clippy::wildcard_imports,\n    unused_imports,\n    reason = \"they are what the core says\"\n)]\n\n"
        .to_owned();
    for name in modules.keys() {
        let _ = writeln!(index, "mod {name};");
    }
    index += "\n";
    for name in modules.keys() {
        let _ = writeln!(index, "pub use {name}::*;");
    }
    let mut files: Vec<(String, String)> =
        modules.into_iter().map(|(name, text)| (format!("{name}.rs"), head(&name, &text) + &text)).collect();
    files.push(("mod.rs".to_owned(), index));
    files.sort();
    files
}

/// What stands above the values of a module.
fn head(module: &str, text: &str) -> String {
    let brought = ["Json", "choice", "codes", "entries", "record", "tuple"];
    let is_used = |name: &&str| text.contains(&format!("{name}! {{")) || (*name == "Json" && text.contains("Json"));
    let brought: Vec<&str> = brought.into_iter().filter(is_used).collect();
    let module = module.replace('_', "::");
    let brought = match brought.as_slice() {
        [only] => (*only).to_owned(),
        several => format!("{{{}}}", several.join(", ")),
    };
    format!(
        "//! The values of `{module}`. Written by the tests of jipp from its sources.\n\nuse super::*;\nuse \
         crate::mirror::{brought};\n"
    )
}

struct Writer<'a> {
    core: &'a Core,
    /// By the name of the mirror.
    mirrors: BTreeMap<String, Mirror>,
    /// The mirrors that are being written.
    open: Vec<String>,
}

/// Where a type stands: in a definition, whose type parameter may be given.
#[derive(Clone)]
struct At<'a> {
    of: &'a Definition,
    /// What stands for the type parameter, as a mirror.
    given: Option<String>,
    /// What a tuple or a map that stands here is called.
    name: String,
}

impl<'a> Writer<'a> {
    /// The name of the mirror of a definition, which is written if it is new.
    fn name_of(&mut self, definition: &'a Definition, given: Option<&str>) -> String {
        let module = file(&definition.public);
        let renamed = RENAMED.iter().find(|(of, name, _)| *of == module && *name == definition.name);
        let mut name = renamed.map_or_else(|| definition.name.clone(), |(_, _, name)| (*name).to_owned());
        if let Some(given) = given {
            name += &given.replace(['<', '>'], "");
        }
        let origin = definition.written.join("::");
        let is_known = match self.mirrors.get(&name) {
            Some(mirror) => mirror.text.contains(&origin_mark(&origin)) || self.open.contains(&name),
            None => self.open.contains(&name),
        };
        if is_known {
            return name;
        }
        assert!(!self.mirrors.contains_key(&name), "two types are called {name}: {origin} needs another name");
        self.open.push(name.clone());
        let at = At { of: definition, given: given.map(str::to_owned), name: name.clone() };
        let text = match &definition.shape {
            Shape::Record(fields) => self.record(&at, fields),
            Shape::Choice { tag, variants } => self.choice(&at, tag.as_deref(), variants),
            Shape::Codes(codes) => coded(definition, &name, codes),
            Shape::Transparent(_) => panic!("{name} is what it wraps"),
        };
        self.open.pop();
        self.mirrors.insert(name.clone(), Mirror { module, text: origin_mark(&origin) + &text });
        name
    }

    fn record(&mut self, at: &At<'a>, fields: &'a [Field]) -> String {
        let mut text = format!("record! {{\n{}    {} {{\n", docs(&at.of.doc, "    "), at.name);
        text += &self.fields(at, fields, "        ");
        text + "    }\n}\n"
    }

    fn fields(&mut self, at: &At<'a>, fields: &'a [Field], indent: &str) -> String {
        let mut text = String::new();
        for field in fields {
            let inner = At { name: at.name.clone() + &camel(&field.name), ..at.clone() };
            let kind = self.kind(&field.kind, &inner);
            let (kind, default) = optional(field, kind);
            text += &docs(&field.doc, indent);
            if let Some(default) = default {
                let _ = writeln!(text, "{indent}#[uniffi(default = {default})]");
            }
            let _ = writeln!(text, "{indent}{}: {kind},", raw(&field.name));
        }
        text
    }

    fn choice(&mut self, at: &At<'a>, tag: Option<&str>, variants: &'a [Variant]) -> String {
        let by = tag.map(|tag| format!(" by \"{tag}\"")).unwrap_or_default();
        let mut text = format!("choice! {{\n{}    {}{by} {{\n", docs(&at.of.doc, "    "), at.name);
        for variant in variants {
            let name = camel(&variant.name);
            let inner = At { name: at.name.clone() + &name, ..at.clone() };
            let (shape, fields) = match &variant.content {
                Content::Nothing => ("nothing", String::new()),
                Content::Value(kind) => {
                    let kind = self.kind(kind, &inner);
                    ("value", format!("            /// It.\n            value: {kind},\n"))
                }
                Content::Fields(fields) => ("fields", self.fields(&inner, fields, "            ")),
            };
            text += &docs(&variant.doc, "        ");
            let body = if fields.is_empty() { "{}".to_owned() } else { format!("{{\n{fields}        }}") };
            let _ = writeln!(text, "        {name} = \"{}\" {shape} {body}", variant.name);
        }
        text + "    }\n}\n"
    }

    /// The mirror of a type of the core.
    fn kind(&mut self, kind: &'a Type, at: &At<'a>) -> String {
        match kind {
            Type::Reference(inner) => self.kind(&inner.elem, at),
            Type::Paren(inner) => self.kind(&inner.elem, at),
            Type::Slice(inner) => format!("Vec<{}>", self.kind(&inner.elem, at)),
            Type::Array(inner) => format!("Vec<{}>", self.kind(&inner.elem, at)),
            Type::Tuple(inner) => {
                let kinds: Vec<&'a Type> = inner.elems.iter().collect();
                self.tuple(&kinds, at)
            }
            Type::Path(path) => self.path(path, at),
            _ => panic!("{}: no mirror for this type", at.name),
        }
    }

    fn tuple(&mut self, kinds: &[&'a Type], at: &At<'a>) -> String {
        let mut text = format!("tuple! {{\n    /// What {} consists of.\n    {} {{\n", at.of.name, at.name);
        for (kind, (name, ordinal)) in kinds.iter().zip(ORDINALS) {
            let inner = At { name: at.name.clone() + &camel(name), ..at.clone() };
            let kind = self.kind(kind, &inner);
            let _ = writeln!(text, "        /// The {ordinal} of them.\n        {name}: {kind},");
        }
        text += "    }\n}\n";
        self.add_part(at, text)
    }

    fn entries(&mut self, value: &'a Type, at: &At<'a>) -> String {
        let inner = At { name: at.name.clone() + "Value", ..at.clone() };
        let value = self.kind(value, &inner);
        let text = format!(
            "entries! {{\n    /// An entry of {}.\n    {} {{\n        /// What it is found by.\n        key: String,\n        \
             /// What is found.\n        value: {value},\n    }}\n}}\n",
            at.of.name, at.name
        );
        format!("Vec<{}>", self.add_part(at, text))
    }

    /// Adds what a definition needs besides its own mirror.
    fn add_part(&mut self, at: &At<'a>, text: String) -> String {
        let (name, module) = (at.name.clone(), file(&at.of.public));
        if let Some(known) = self.mirrors.get(&name) {
            assert!(known.text == text, "two parts are called {name}");
        }
        self.mirrors.insert(name.clone(), Mirror { module, text });
        name
    }

    fn path(&mut self, path: &'a syn::TypePath, at: &At<'a>) -> String {
        let last = path.path.segments.last().expect("a path has an end");
        let arguments: Vec<&'a Type> = match &last.arguments {
            PathArguments::AngleBracketed(given) => given
                .args
                .iter()
                .filter_map(|argument| match argument {
                    GenericArgument::Type(kind) => Some(kind),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        match (last.ident.to_string().as_str(), arguments.as_slice()) {
            ("Option", [inner]) => {
                let inner = self.kind(inner, at);
                if inner.starts_with("Option<") { inner } else { format!("Option<{inner}>") }
            }
            ("Box" | "Arc" | "Rc" | "Cow", [inner]) => self.kind(inner, at),
            ("Vec" | "BTreeSet" | "VecDeque", [inner]) => format!("Vec<{}>", self.kind(inner, at)),
            ("BTreeMap" | "HashMap", [_, value]) => self.entries(value, at),
            ("Status", _) => {
                let step = self.core.definitions.iter().find(|one| one.name == "Step" && file(&one.public) == "model");
                let step = self.name_of(step.expect("the steps of a state"), None);
                format!("Vec<{step}>")
            }
            (_, arguments) => {
                let parts: Vec<String> = path.path.segments.iter().map(|part| part.ident.to_string()).collect();
                let given = arguments.first().map(|kind| self.kind(kind, at));
                self.named(&parts, given.as_deref(), at)
            }
        }
    }

    fn named(&mut self, path: &[String], given: Option<&str>, at: &At<'a>) -> String {
        let name = path.last().map(String::as_str).unwrap_or_default();
        let known = match name {
            "bool" => "bool",
            "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize" | "NonZeroUsize"
            | "NonZeroU32" | "Revision" => "i64",
            "f32" | "f64" | "Score" | "Weight" | "Amount" | "Measure" => "f64",
            "char" | "String" | "str" | "Line" | "Text" | "Origin" | "ChangeId" | "NodeId" | "Hex" | "PartialDate"
            | "Timestamp" | "S" => "String",
            "Value" => "Json",
            "T" => at.given.as_deref().unwrap_or_else(|| panic!("{}: what is T?", at.name)),
            "Self" => return self.name_of(at.of, at.given.as_deref()),
            "Record" => return self.records(),
            _ => "",
        };
        if !known.is_empty() {
            return known.to_owned();
        }
        let core: &'a Core = self.core;
        let scope = Scope { core, of: at.of, modules: std::collections::BTreeSet::new() };
        let Some(found) = scope.find(path) else {
            assert!(name.ends_with("Id"), "{}: what is {}?", at.name, path.join("::"));
            return "String".to_owned();
        };
        let found = core.definitions.iter().find(|one| std::ptr::eq(*one, found)).expect("a definition of the core");
        match &found.shape {
            Shape::Transparent(inner) => self.kind(inner, &At { of: found, ..at.clone() }),
            _ => self.name_of(found, given),
        }
    }

    /// A record of any kind: the core writes this type with a macro of its own.
    fn records(&mut self) -> String {
        let name = "Record".to_owned();
        if self.mirrors.contains_key(&name) || self.open.contains(&name) {
            return name;
        }
        self.open.push(name.clone());
        let core: &'a Core = self.core;
        let kinds = core.definitions.iter().find(|one| one.name == "EntityKind").expect("the kinds of records");
        let Shape::Codes(kinds) = &kinds.shape else { panic!("kinds are codes") };
        let mut text = "choice! {\n    /// A record of any kind.\n    Record {\n".to_owned();
        for kind in kinds {
            let name = camel(kind);
            let record = core.definitions.iter().find(|one| one.name == name && file(&one.public) == "model");
            let record = self.name_of(record.unwrap_or_else(|| panic!("no record {name}")), None);
            let _ = writeln!(text, "        /// See `{record}`.\n        {name} = \"{kind}\" value {{");
            let _ = writeln!(text, "            /// It.\n            value: {record},\n        }}");
        }
        self.open.pop();
        self.mirrors.insert(name.clone(), Mirror { module: "model".to_owned(), text: text + "    }\n}\n" });
        name
    }
}

const ORDINALS: [(&str, &str); 3] = [("first", "first"), ("second", "second"), ("third", "third")];

/// Where the original of a mirror is written.
fn origin_mark(origin: &str) -> String {
    format!("// From `{origin}`.\n")
}

fn coded(definition: &Definition, name: &str, codes: &[String]) -> String {
    let is_vocabulary = definition.doc.is_empty();
    let of = if is_vocabulary {
        format!(" of jipp_core::{}::{}", definition.public.join("::"), definition.name)
    } else {
        String::new()
    };
    let mut text = format!("codes! {{\n{}    {name}{of} {{\n", docs(&definition.doc, "    "));
    for code in codes {
        let _ = writeln!(text, "        /// `{code}`.\n        {} = \"{code}\",", camel(code));
    }
    text + "    }\n}\n"
}

/// The type of a field, and its default: what need not be given is left to the core.
fn optional(field: &Field, kind: String) -> (String, Option<&'static str>) {
    if kind.starts_with("Option<") {
        return (kind, Some("None"));
    }
    match field.left_out.as_deref() {
        Some("Vec::is_empty" | "BTreeSet::is_empty" | "BTreeMap::is_empty" | "Status::is_initial") => {
            (kind, Some("[]"))
        }
        Some("std::ops::Not::not") => (kind, Some("false")),
        Some(_) => (format!("Option<{kind}>"), Some("None")),
        None if field.has_default => (format!("Option<{kind}>"), Some("None")),
        None => (kind, None),
    }
}

/// A name that Rust reserves is written raw.
fn raw(name: &str) -> String {
    let is_reserved = matches!(name, "type" | "in" | "move" | "where" | "as" | "for" | "match" | "use" | "ref");
    if is_reserved { format!("r#{name}") } else { name.to_owned() }
}

fn docs(lines: &[String], indent: &str) -> String {
    let lines = if lines.is_empty() { &["A closed vocabulary.".to_owned()][..] } else { lines };
    lines.iter().map(|line| format!("{indent}/// {}", without_links(line)).trim_end().to_owned() + "\n").collect()
}

/// Links of Rust's documentation as plain code: [`Score`](crate::base::Score) becomes `Score`.
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
    text + rest
}

fn camel(code: &str) -> String {
    let upper = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
    };
    code.split(['-', '_', ' ']).map(upper).collect()
}
