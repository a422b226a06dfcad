//! Writes which columns each type becomes in a data frame, for the native module: `jipp-py/src/frames/layout.rs`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use syn::{GenericArgument, PathArguments, Type};

use crate::read::{Core, Definition, Shape};
use crate::types::{Scope, file};

/// What tables hold beside records: the name of the row, and the module and name of its type.
const ROWS: [(&str, &str, &str); 20] = [
    ("AdaptationProfile", "lineage", "AdaptationProfile"),
    ("Adoption", "lineage", "Adoption"),
    ("Branch", "lineage", "Branch"),
    ("Cluster", "matching_linkage", "Cluster"),
    ("CommonAncestor", "lineage", "CommonAncestor"),
    ("Conflict", "model", "Conflict"),
    ("DriftStep", "lineage", "DriftStep"),
    ("Expectation", "matching_linkage", "Expectation"),
    ("Finding", "hubs", "HubFinding"),
    ("HubOn", "hubs", "HubOn"),
    ("Impact", "lineage", "Impact"),
    ("Journey", "lineage", "Journey"),
    ("Laureate", "network", "Laureate"),
    ("Link", "lineage", "Link"),
    ("NearDuplicate", "network", "NearDuplicate"),
    ("Neighbour", "network", "Neighbour"),
    ("Pair", "matching_linkage", "Pair"),
    ("Relative", "lineage", "Relative"),
    ("Reproduction", "lineage", "Reproduction"),
    ("Starter", "hubs", "Starter"),
];

/// The file.
pub(crate) fn layout(core: &Core) -> String {
    let mut writer = Writer { core, written: BTreeMap::new(), open: Vec::new() };
    let mut rows: Vec<(String, String)> = Vec::new();
    for (row, module, name) in ROWS {
        let definition = core.definitions.iter().find(|one| one.name == name && file(&one.public) == module);
        rows.push((row.to_owned(), writer.fields(definition.unwrap_or_else(|| panic!("no type {module}.{name}")))));
    }
    let kinds = core.definitions.iter().find(|one| one.name == "EntityKind").expect("the kinds of records");
    let Shape::Codes(kinds) = &kinds.shape else { panic!("kinds are codes") };
    for kind in kinds {
        let name = camel(kind);
        let record = core.definitions.iter().find(|one| one.name == name && file(&one.public) == "model");
        rows.push((kind.clone(), writer.fields(record.unwrap_or_else(|| panic!("no record {name}")))));
    }
    rows.sort();
    let mut text = "//! Which columns each type becomes. Written by the tests of jipp from its sources.\n\n".to_owned();
    text += "use super::schema::Holds::{Bool, Float, Int, Json, List, Status, Struct, Text};\n";
    text += "use super::schema::{Field, field};\n\n";
    text += "/// The fields of a row, by what a table calls it.\n#[rustfmt::skip]\n";
    text += "pub(super) fn fields(row: &str) -> Option<&'static [Field]> {\n    Some(match row {\n";
    for (row, fields) in rows {
        let _ = writeln!(text, "        \"{row}\" => {fields},");
    }
    text += "        _ => return None,\n    })\n}\n";
    for (name, fields) in &writer.written {
        let _ = write!(text, "\n#[rustfmt::skip]\nconst {name}: &[Field] = &[\n{fields}];\n");
    }
    text
}

struct Writer<'a> {
    core: &'a Core,
    written: BTreeMap<String, String>,
    /// The types that are being written: what contains itself becomes JSON.
    open: Vec<String>,
}

impl<'a> Writer<'a> {
    /// Writes the fields of a record; gives their name.
    fn fields(&mut self, definition: &'a Definition) -> String {
        let name = format!("{}_{}", file(&definition.public), snake(&definition.name)).to_uppercase();
        let Shape::Record(fields) = &definition.shape else { panic!("{} has no fields", definition.name) };
        if !self.written.contains_key(&name) {
            self.open.push(definition.name.clone());
            let mut text = String::new();
            for field in fields {
                let _ = writeln!(text, "    field(\"{}\", {}),", field.name, self.holds(&field.kind, definition));
            }
            self.open.pop();
            self.written.insert(name.clone(), text);
        }
        name
    }

    fn holds(&mut self, kind: &'a Type, of: &'a Definition) -> String {
        match kind {
            Type::Reference(inner) => self.holds(&inner.elem, of),
            Type::Paren(inner) => self.holds(&inner.elem, of),
            Type::Slice(inner) => format!("List(&{})", self.holds(&inner.elem, of)),
            Type::Array(inner) => format!("List(&{})", self.holds(&inner.elem, of)),
            Type::Tuple(inner) => {
                let parts: Vec<String> = inner
                    .elems
                    .iter()
                    .enumerate()
                    .map(|(at, kind)| format!("field(\"{at}\", {})", self.holds(kind, of)))
                    .collect();
                format!("Struct(&[{}])", parts.join(", "))
            }
            Type::Path(path) => self.path(path, of),
            _ => panic!("{}: no column for this type", of.name),
        }
    }

    fn path(&mut self, path: &'a syn::TypePath, of: &'a Definition) -> String {
        let last = path.path.segments.last().expect("a path has an end");
        let first = match &last.arguments {
            PathArguments::AngleBracketed(given) => given.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(kind) => Some(kind),
                _ => None,
            }),
            _ => None,
        };
        match (last.ident.to_string().as_str(), first) {
            ("Option" | "Box" | "Arc" | "Rc" | "Cow", Some(inner)) => self.holds(inner, of),
            ("Vec" | "BTreeSet" | "VecDeque", Some(inner)) => format!("List(&{})", self.holds(inner, of)),
            ("BTreeMap" | "HashMap", _) => "Json".to_owned(),
            ("Status", _) => {
                let step = self.core.definitions.iter().find(|one| one.name == "Step" && file(&one.public) == "model");
                format!("Status({})", self.fields(step.expect("the steps of a state")))
            }
            _ => self.named(&path.path.segments.iter().map(|part| part.ident.to_string()).collect::<Vec<_>>(), of),
        }
    }

    fn named(&mut self, path: &[String], of: &'a Definition) -> String {
        let mut scope = Scope { core: self.core, of, modules: std::collections::BTreeSet::new() };
        let found = match scope.named(path).as_str() {
            "bool" => "Bool",
            "int" => "Int",
            "float" => "Float",
            "str" | "PartialDate" => "Text",
            "Any" => "Json",
            _ => "",
        };
        if !found.is_empty() {
            return found.to_owned();
        }
        let Some(definition) = self.core_definition(path, of) else { return "Json".to_owned() };
        match &definition.shape {
            Shape::Codes(_) => "Text".to_owned(),
            Shape::Record(_) if !self.open.contains(&definition.name) => {
                format!("Struct({})", self.fields(definition))
            }
            Shape::Record(_) | Shape::Choice { .. } => "Json".to_owned(),
            Shape::Transparent(inner) => self.holds(inner, definition),
        }
    }

    fn core_definition(&self, path: &[String], of: &'a Definition) -> Option<&'a Definition> {
        let core: &'a Core = self.core;
        let scope = Scope { core, of, modules: std::collections::BTreeSet::new() };
        let found = scope.find(path)?;
        core.definitions.iter().find(|one| std::ptr::eq(*one, found))
    }
}

fn camel(code: &str) -> String {
    let upper = |part: &str| {
        let (first, rest) = part.split_at(1);
        first.to_uppercase() + rest
    };
    code.split('-').map(upper).collect()
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (at, c) in name.char_indices() {
        if c.is_uppercase() && at > 0 {
            snake.push('_');
        }
        snake.push(c);
    }
    snake
}
