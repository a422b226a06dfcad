//! Reads from the sources of the core which values it gives out and takes in: every public type that is serialised.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Fields, Item, Lit, Meta, Token, Type, UseTree, Visibility};

/// A public type of the core.
pub(crate) struct Definition {
    pub(crate) name: String,
    /// What serde calls it.
    pub(crate) serde_name: String,
    /// The module where users find it: the innermost public one.
    pub(crate) public: Vec<String>,
    /// The module where it is written.
    pub(crate) written: Vec<String>,
    pub(crate) doc: Vec<String>,
    pub(crate) shape: Shape,
}

pub(crate) enum Shape {
    /// Named fields.
    Record(Vec<Field>),
    /// One of some variants, at least one of which carries data; with `tag`, beside the name of the variant in that field.
    Choice { tag: Option<String>, variants: Vec<Variant> },
    /// A closed set of codes.
    Codes(Vec<String>),
    /// The same as what it wraps.
    Transparent(Type),
}

pub(crate) struct Field {
    /// As in JSON.
    pub(crate) name: String,
    pub(crate) doc: Vec<String>,
    pub(crate) kind: Type,
    /// The path of the function that says when the field is left out.
    pub(crate) left_out: Option<String>,
    /// Whether it need not be given.
    pub(crate) has_default: bool,
}

pub(crate) struct Variant {
    /// As in JSON.
    pub(crate) name: String,
    pub(crate) doc: Vec<String>,
    pub(crate) content: Content,
}

pub(crate) enum Content {
    Nothing,
    Value(Type),
    Fields(Vec<Field>),
}

/// The names that a file brings into scope, with their paths.
pub(crate) type Uses = BTreeMap<String, Vec<String>>;

#[derive(Default)]
pub(crate) struct Core {
    pub(crate) definitions: Vec<Definition>,
    /// By the module where it is written.
    pub(crate) uses: BTreeMap<Vec<String>, Uses>,
}

impl Core {
    /// Reads the crate whose sources stand in a folder.
    pub(crate) fn read(sources: &Path) -> Self {
        let mut core = Self::default();
        core.module(&sources.join("lib.rs"), sources, &[], &[]);
        core
    }

    /// Reads a file; the modules it declares are in `folder`.
    fn module(&mut self, file: &Path, folder: &Path, written: &[String], public: &[String]) {
        let text = fs::read_to_string(file).expect("a module of the core is a file");
        let parsed = syn::parse_file(&text).expect("the core compiles");
        let mut uses = Uses::new();
        for item in &parsed.items {
            match item {
                Item::Use(item) => collect(&item.tree, &mut Vec::new(), &mut uses),
                Item::Mod(item) if item.content.is_none() && !is_for_tests(&item.attrs) => {
                    let name = item.ident.to_string();
                    let written = [written, std::slice::from_ref(&name)].concat();
                    let is_public = matches!(item.vis, Visibility::Public(_)) && written.len() == public.len() + 1;
                    let public = if is_public { written.clone() } else { public.to_vec() };
                    let (file, folder) = files(folder, &name);
                    self.module(&file, &folder, &written, &public);
                }
                _ => {
                    let Some((name, attrs, shape)) = shape(item) else { continue };
                    self.definitions.push(Definition {
                        serde_name: Serde::of(attrs).rename.unwrap_or_else(|| name.clone()),
                        name,
                        public: public.into(),
                        written: written.into(),
                        doc: doc(attrs),
                        shape,
                    });
                }
            }
        }
        self.uses.insert(written.into(), uses);
    }
}

pub(crate) fn files(folder: &Path, name: &str) -> (PathBuf, PathBuf) {
    let inner = folder.join(name);
    let flat = folder.join(format!("{name}.rs"));
    if flat.exists() { (flat, inner) } else { (inner.join("mod.rs"), inner) }
}

pub(crate) fn is_for_tests(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        Meta::List(list) if list.path.is_ident("cfg") => {
            let condition = list.tokens.to_string();
            condition.contains("test") && !condition.contains("not")
        }
        _ => false,
    })
}

pub(crate) fn collect(tree: &UseTree, path: &mut Vec<String>, uses: &mut Uses) {
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            collect(&inner.tree, path, uses);
            path.pop();
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            uses.insert(name.clone(), [path.as_slice(), &[name]].concat());
        }
        UseTree::Rename(inner) => {
            uses.insert(inner.rename.to_string(), [path.as_slice(), &[inner.ident.to_string()]].concat());
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, path, uses)),
        UseTree::Glob(_) => {}
    }
}

fn shape(item: &Item) -> Option<(String, &[Attribute], Shape)> {
    match item {
        Item::Struct(item) if is_public(&item.vis) && is_serialised(&item.attrs) => {
            let serde = Serde::of(&item.attrs);
            let shape = match &item.fields {
                Fields::Named(_) => Shape::Record(fields(&item.fields, &serde)),
                Fields::Unnamed(inner) if inner.unnamed.len() == 1 => Shape::Transparent(inner.unnamed[0].ty.clone()),
                _ => return None,
            };
            Some((item.ident.to_string(), &item.attrs, shape))
        }
        Item::Enum(item) if is_public(&item.vis) && is_serialised(&item.attrs) => {
            let serde = Serde::of(&item.attrs);
            let named = |ident: &syn::Ident| match serde.rename_all.as_deref() {
                Some("kebab-case") => kebab(&ident.to_string()),
                _ => ident.to_string(),
            };
            let variants: Vec<Variant> = item
                .variants
                .iter()
                .map(|variant| {
                    let own = Serde::of(&variant.attrs);
                    let content = match &variant.fields {
                        Fields::Unit => Content::Nothing,
                        Fields::Unnamed(inner) if inner.unnamed.len() == 1 => {
                            Content::Value(inner.unnamed[0].ty.clone())
                        }
                        Fields::Unnamed(inner) => Content::Value(Type::Tuple(syn::TypeTuple {
                            paren_token: inner.paren_token,
                            elems: inner.unnamed.iter().map(|field| field.ty.clone()).collect(),
                        })),
                        Fields::Named(_) => Content::Fields(fields(&variant.fields, &own)),
                    };
                    let name = own.rename.clone().unwrap_or_else(|| named(&variant.ident));
                    Variant { name, doc: doc(&variant.attrs), content }
                })
                .collect();
            let shape = if variants.iter().all(|variant| matches!(variant.content, Content::Nothing)) {
                Shape::Codes(variants.into_iter().map(|variant| variant.name).collect())
            } else {
                Shape::Choice { tag: serde.tag.clone(), variants }
            };
            Some((item.ident.to_string(), &item.attrs, shape))
        }
        Item::Macro(item) if item.mac.path.is_ident("vocabulary") => {
            let (name, codes) = vocabulary(&item.mac.tokens);
            Some((name, &[], Shape::Codes(codes)))
        }
        _ => None,
    }
}

pub(crate) fn is_public(vis: &Visibility) -> bool {
    matches!(vis, Visibility::Public(_))
}

fn is_serialised(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        Meta::List(list) if list.path.is_ident("derive") => list.tokens.to_string().contains("erialize"),
        _ => false,
    })
}

fn fields(fields: &Fields, whole: &Serde) -> Vec<Field> {
    let read = |field: &syn::Field| {
        let serde = Serde::of(&field.attrs);
        let name = field.ident.as_ref().map(|ident| ident.to_string().trim_start_matches("r#").to_owned())?;
        (!serde.skip).then(|| Field {
            name: serde.rename.clone().unwrap_or(name),
            doc: doc(&field.attrs),
            kind: field.ty.clone(),
            has_default: serde.default || whole.default,
            left_out: serde.left_out,
        })
    };
    fields.iter().filter_map(read).collect()
}

/// The name of a vocabulary and its codes: `Name = "name" { Term = "code", "istilah", "term"; ... }`, and documentation.
pub(crate) fn vocabulary(tokens: &TokenStream) -> (String, Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let name = tokens.iter().find_map(|token| match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    });
    let body = tokens.iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    });
    let body: Vec<TokenTree> = body.expect("a vocabulary has terms").into_iter().collect();
    let codes = body.windows(2).filter_map(|pair| match pair {
        [TokenTree::Punct(punct), TokenTree::Literal(code)] if punct.as_char() == '=' => {
            Some(code.to_string().trim_matches('"').to_owned())
        }
        _ => None,
    });
    (name.expect("a vocabulary has a name"), codes.collect())
}

/// What the attributes say to serde.
#[derive(Default)]
struct Serde {
    rename: Option<String>,
    rename_all: Option<String>,
    tag: Option<String>,
    left_out: Option<String>,
    default: bool,
    skip: bool,
}

impl Serde {
    fn of(attrs: &[Attribute]) -> Self {
        let mut found = Self::default();
        for attr in attrs {
            let Meta::List(list) = &attr.meta else { continue };
            if !list.path.is_ident("serde") {
                continue;
            }
            let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
            for part in parts.expect("attributes that serde understands") {
                found.take(&part);
            }
        }
        found
    }

    fn take(&mut self, part: &Meta) {
        let value = text(part);
        match part.path().get_ident().map(ToString::to_string).as_deref() {
            Some("rename") => self.rename = value,
            Some("rename_all") => self.rename_all = value,
            Some("tag") => self.tag = value,
            Some("skip_serializing_if") => self.left_out = value,
            Some("default") => self.default = true,
            Some("skip") => self.skip = true,
            _ => {}
        }
    }
}

/// The text after `=`.
fn text(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The documentation up to its first example or heading: what follows speaks of Rust.
fn doc(attrs: &[Attribute]) -> Vec<String> {
    let lines = attrs.iter().filter(|attr| attr.path().is_ident("doc")).filter_map(|attr| text(&attr.meta));
    let lines = lines.map(|line| line.strip_prefix(' ').map(str::to_owned).unwrap_or(line));
    let mut lines: Vec<String> = lines.take_while(|line| !line.starts_with("```") && !line.starts_with('#')).collect();
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    lines
}

fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for (at, c) in name.char_indices() {
        if c.is_uppercase() && at > 0 {
            kebab.push('-');
        }
        kebab.extend(c.to_lowercase());
    }
    kebab
}
