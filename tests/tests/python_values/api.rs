//! Reads from the sources of the core which functions it offers: public ones, methods of public types, and vocabularies.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::{ImplItem, Item, ItemImpl, Type};

use crate::read::{Uses, collect, files, is_for_tests, is_public, vocabulary};

/// The paths of all functions, such as `evaluation::agreement::Ratings::new`; those of vocabularies end in `!`.
pub(crate) fn functions(sources: &Path) -> BTreeSet<String> {
    let mut api = Api::default();
    api.module(&sources.join("lib.rs"), sources, &[], &[]);
    api.reachable()
}

#[derive(Default)]
struct Api {
    /// The types of each module, and what it hands on from others, by name.
    handed_on: BTreeMap<Vec<String>, BTreeSet<String>>,
    found: Vec<Function>,
}

struct Function {
    /// The module where it is written, and the innermost public one around it.
    written: Vec<String>,
    public: Vec<String>,
    /// What must be public for it to be reached: itself, or its type.
    by: String,
    /// Its name, behind that of its type.
    name: String,
}

impl Api {
    fn module(&mut self, file: &Path, folder: &Path, written: &[String], public: &[String]) {
        let text = fs::read_to_string(file).expect("a module of the core is a file");
        let parsed = syn::parse_file(&text).expect("the core compiles");
        let mut add = |by: String, name: String| {
            self.found.push(Function { written: written.into(), public: public.into(), by, name });
        };
        for item in &parsed.items {
            match item {
                Item::Fn(item) if is_public(&item.vis) => {
                    let name = item.sig.ident.to_string();
                    add(name.clone(), name);
                }
                Item::Impl(item) if item.trait_.is_none() => {
                    for (by, name) in methods(item) {
                        add(by, name);
                    }
                }
                Item::Macro(item) if item.mac.path.is_ident("vocabulary") => {
                    let (name, _) = vocabulary(&item.mac.tokens);
                    add(name.clone(), format!("{name}!"));
                }
                _ => {}
            }
        }
        let own = parsed.items.iter().filter_map(|item| match item {
            Item::Struct(item) if is_public(&item.vis) => Some(item.ident.to_string()),
            Item::Enum(item) if is_public(&item.vis) => Some(item.ident.to_string()),
            _ => None,
        });
        self.handed_on.insert(written.into(), own.collect());
        let mut uses = Uses::new();
        for item in &parsed.items {
            match item {
                Item::Use(item) if is_public(&item.vis) => collect(&item.tree, &mut Vec::new(), &mut uses),
                Item::Mod(item) if item.content.is_none() && !is_for_tests(&item.attrs) && item.ident != "testing" => {
                    let name = item.ident.to_string();
                    let written = [written, std::slice::from_ref(&name)].concat();
                    let is_open = is_public(&item.vis) && written.len() == public.len() + 1;
                    let public = if is_open { written.clone() } else { public.to_vec() };
                    let (file, folder) = files(folder, &name);
                    self.module(&file, &folder, &written, &public);
                }
                _ => {}
            }
        }
        self.handed_on.entry(written.into()).or_default().extend(uses.into_keys());
    }

    /// Those that users of the crate can name.
    fn reachable(&self) -> BTreeSet<String> {
        let is_reachable = |one: &&Function| {
            one.written == one.public || self.handed_on.get(&one.public).is_some_and(|names| names.contains(&one.by))
        };
        let path = |one: &Function| [one.public.as_slice(), std::slice::from_ref(&one.name)].concat().join("::");
        self.found.iter().filter(is_reachable).map(path).collect()
    }
}

/// The public methods of an implementation, each with its type.
fn methods(item: &ItemImpl) -> Vec<(String, String)> {
    let Type::Path(path) = &*item.self_ty else { return Vec::new() };
    let Some(kind) = path.path.segments.last().map(|last| last.ident.to_string()) else { return Vec::new() };
    let public = item.items.iter().filter_map(|inner| match inner {
        ImplItem::Fn(method) if is_public(&method.vis) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    public.map(|name| (kind.clone(), format!("{kind}::{name}"))).collect()
}
