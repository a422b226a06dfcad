//! The arrows between the layers of the core point down only.
//!
//! Read from the tokens of the source, so that comments, documentation and texts do not count, but the bodies of macros
//! do. Unit tests (`#[cfg(test)]`) count like any other code: a test that needs a higher layer belongs in this crate.
#![allow(clippy::expect_used, reason = "a source that cannot be read is a failed test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// The modules of the core, each with its layer. A new module must find its place here.
const LAYERS: [(&str, u8); 11] = [
    ("base", 0),
    ("model", 1),
    ("registry", 2),
    ("store", 2),
    ("exchange", 3),
    ("lineage", 3),
    ("hubs", 3),
    ("evaluation", 3),
    ("matching", 3),
    ("network", 4),
    // Makes data for tests and benchmarks: may use everything, and nothing may use it.
    ("testing", 5),
];

/// The one layer whose modules may use each other: the registry journals into the store, the store keeps its changes.
const PAIRED: u8 = 2;

/// The fewest files there can be: below it the test looks in the wrong place.
const FEWEST_FILES: usize = 8;

fn layer(module: &str) -> Option<u8> {
    LAYERS.iter().find(|(name, _)| *name == module).map(|(_, layer)| *layer)
}

/// A file of the core: its module path (empty for `lib.rs`) and its tokens.
struct Source {
    path: PathBuf,
    module: Vec<String>,
    tokens: Vec<TokenTree>,
}

impl Source {
    /// Reads the text of the file at `path`, relative to `src`.
    fn new(path: &Path, text: &str) -> Self {
        let mut module: Vec<String> =
            path.with_extension("").iter().map(|p| p.to_string_lossy().into_owned()).collect();
        if module.last().is_some_and(|last| last == "mod") || module == ["lib"] {
            module.pop();
        }
        let tokens: TokenStream = text.parse().expect("the source is made of tokens");
        Self { path: path.to_owned(), module, tokens: tokens.into_iter().collect() }
    }

    /// Every path through `crate`, `super` or `self`, as seen from the root of the crate.
    fn uses(&self) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        collect_uses(&self.tokens, &self.module, &mut found);
        found
    }
}

fn ident(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn is_path_separator(tokens: &[TokenTree]) -> bool {
    is_punct(tokens.first(), ':') && is_punct(tokens.get(1), ':')
}

fn group(token: Option<&TokenTree>) -> Option<Vec<TokenTree>> {
    match token {
        Some(TokenTree::Group(group)) => Some(group.stream().into_iter().collect()),
        _ => None,
    }
}

fn collect_uses(tokens: &[TokenTree], module: &[String], found: &mut Vec<Vec<String>>) {
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        let word = ident(rest.first());
        if let (Some("mod"), Some(name), Some(body)) = (word.as_deref(), ident(rest.get(1)), group(rest.get(2))) {
            collect_uses(&body, &[module, &[name]].concat(), found);
            at += 3;
            continue;
        }
        let starts_path = match word.as_deref() {
            Some("crate") => is_path_separator(&rest[1..]) || ident(rest.get(1)).is_some_and(|next| next == "as"),
            Some("super" | "self") => is_path_separator(&rest[1..]),
            _ => false,
        };
        if starts_path {
            at += resolve(rest, module.to_vec(), found);
        } else {
            if let Some(body) = group(rest.first()) {
                collect_uses(&body, module, found);
            }
            at += 1;
        }
    }
}

/// Follows the path (or tree of paths) at the start of `tokens` from `base`, and says how many tokens it took.
///
/// A renamed path ends with its new name.
fn resolve(tokens: &[TokenTree], mut base: Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let mut at = 0;
    loop {
        let token = tokens.get(at);
        match ident(token).as_deref() {
            Some("crate") => base.clear(),
            Some("super") => _ = base.pop(),
            Some("self") => {}
            Some(name) => base.push(name.to_owned()),
            None => {
                if let Some(tree) = group(token) {
                    for branch in tree.split(|token| is_punct(Some(token), ',')).filter(|branch| !branch.is_empty()) {
                        resolve(branch, base.clone(), found);
                    }
                    return at + 1;
                }
                if is_punct(token, '*') {
                    base.push("*".to_owned());
                }
                // Whatever else stands here (type arguments, say) is read as code of its own.
                found.push(base);
                return at.max(1);
            }
        }
        at += 1;
        if !is_path_separator(&tokens[at..]) {
            if ident(tokens.get(at)).is_some_and(|next| next == "as") {
                base.extend(ident(tokens.get(at + 1)));
            }
            found.push(base);
            return at;
        }
        at += 2;
    }
}

/// The names that `lib.rs` lifts to the root of the crate, each with the module it comes from.
fn lifted(root: &Source) -> BTreeMap<String, String> {
    let mut found = Vec::new();
    for at in 0..root.tokens.len() {
        if ident(root.tokens.get(at)).is_some_and(|word| word == "use") {
            resolve(&root.tokens[at + 1..], Vec::new(), &mut found);
        }
    }
    found.into_iter().filter_map(|path| Some((path.last()?.clone(), path.first()?.clone()))).collect()
}

/// What is wrong with the arrows of a file.
fn violations(source: &Source, lifted: &BTreeMap<String, String>) -> Vec<String> {
    let Some(from) = source.module.first() else {
        // The root puts the layers together: it may name them all.
        return Vec::new();
    };
    let file = source.path.display();
    let Some(from_layer) = layer(from) else {
        return vec![format!("{file}: `{from}` has no layer; give it one in LAYERS")];
    };
    let check = |path: Vec<String>| {
        let first = path.first().map_or("", String::as_str);
        let to = lifted.get(first).map_or(first, String::as_str);
        match layer(to) {
            _ if to == from => None,
            Some(to_layer) if to_layer < from_layer || (to_layer == from_layer && to_layer == PAIRED) => None,
            Some(_) => Some(format!("{file}: `{from}` uses `{}`", path.join("::"))),
            None => Some(format!("{file}: `crate::{}` names no module, so its layer cannot be told", path.join("::"))),
        }
    };
    source.uses().into_iter().filter_map(check).collect()
}

fn core() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../jipp-core/src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the core has sources") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source can be read");
                sources.push(Source::new(path.strip_prefix(&root).expect("it lies below"), &text));
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn root(sources: &[Source]) -> &Source {
    sources.iter().find(|source| source.module.is_empty()).expect("the core has a lib.rs")
}

fn mentions(tokens: &[TokenTree], word: &str) -> bool {
    tokens.iter().any(|token| match token {
        TokenTree::Group(group) => mentions(&group.stream().into_iter().collect::<Vec<_>>(), word),
        TokenTree::Ident(ident) => ident == word,
        _ => false,
    })
}

#[test]
fn arrows_point_down_only() {
    let sources = core();
    assert!(sources.len() >= FEWEST_FILES, "only {} files found", sources.len());
    let lifted = lifted(root(&sources));
    let wrong: Vec<String> = sources.iter().flat_map(|source| violations(source, &lifted)).collect();
    assert!(wrong.is_empty(), "{} files looked at:\n{}", sources.len(), wrong.join("\n"));
}

#[test]
fn the_core_has_no_unsafe_code() {
    let sources = core();
    for source in &sources {
        assert!(!mentions(&source.tokens, "unsafe"), "{} has unsafe code", source.path.display());
    }
    let root = &root(&sources).tokens;
    assert!(mentions(root, "forbid") && mentions(root, "unsafe_code"), "lib.rs forbids unsafe code");
}

fn wrong_in(path: &str, text: &str) -> Vec<String> {
    let root = Source::new(
        Path::new("lib.rs"),
        "pub mod base; use ::std::fmt; pub use base::{Error, text::Fold as Folding}; use network::Network;",
    );
    violations(&Source::new(Path::new(path), text), &lifted(&root))
}

#[test]
fn arrows_that_point_down_are_left_alone() {
    let text = r#"
        //! Unlike [`crate::network`].
        use crate::{Error, Folding, base::{self, fold}, model as records, model::*, registry::Registry};
        use super::{csv, super::store::Store};
        use std::collections::BTreeMap;
        /* crate::hubs */
        pub(crate) fn read(self) -> crate::base::Result<Vec<crate::model::Hub>> { print("crate::hubs::Hub"); self::other() }
        mod tests { use super::*; use crate::exchange::json; }
    "#;
    assert_eq!(wrong_in("exchange/json.rs", text), [""; 0]);
    assert_eq!(wrong_in("registry/mod.rs", "use crate::store::Store;"), [""; 0]);
    assert_eq!(wrong_in("store/mod.rs", "use super::registry::Change;"), [""; 0]);
    assert_eq!(wrong_in("lib.rs", "pub use crate::network::Network;"), [""; 0]);
}

#[test]
fn arrows_that_point_up_or_aside_are_found() {
    let text = r"
        use crate::{base::fold, lineage::{Graph, walk}, Network};
        use super::super::hubs;
        macro_rules! run { () => { $crate::evaluation::run() } }
        fn f(x: Vec<crate::matching::Index<crate::network::View>>) { if y { super::super::testing::make() } }
        mod inner { mod deeper { use super::super::super::super::{network::{self, View}}; } }
    ";
    let found = wrong_in("exchange/csv.rs", text);
    let uses = [
        "lineage::Graph",
        "lineage::walk",
        "Network",
        "hubs",
        "evaluation::run",
        "matching::Index",
        "network::View",
        "testing::make",
        "network",
        "network::View",
    ];
    assert_eq!(found, uses.map(|path| format!("exchange/csv.rs: `exchange` uses `{path}`")));
}

#[test]
fn what_would_hide_an_arrow_is_found() {
    for text in ["use crate::*;", "use crate as root;", "use super::*;", "use crate::{self as root};", "crate::Unknown"]
    {
        assert_eq!(wrong_in("base/mod.rs", text).len(), 1, "{text}");
    }
    assert_eq!(wrong_in("model.rs", "use super::registry::Registry;").len(), 1);
    assert_eq!(wrong_in("new/mod.rs", "").len(), 1);
}
