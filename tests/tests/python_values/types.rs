//! Types of the core in the words of Python.

use syn::{GenericArgument, PathArguments, Type};

use crate::read::{Core, Definition, Shape};

/// What the types of one file become, and which other files their names come from.
pub(crate) struct Scope<'a> {
    pub(crate) core: &'a Core,
    /// The definition whose types are read.
    pub(crate) of: &'a Definition,
    /// The other modules named so far.
    pub(crate) modules: std::collections::BTreeSet<String>,
}

/// The file of a public module: `evaluation_agreement`.
pub(crate) fn file(public: &[String]) -> String {
    public.join("_")
}

impl Scope<'_> {
    /// The Python type of a type of the core.
    pub(crate) fn python(&mut self, kind: &Type) -> String {
        match kind {
            Type::Reference(inner) => self.python(&inner.elem),
            Type::Paren(inner) => self.python(&inner.elem),
            Type::Slice(inner) => format!("tuple[{}, ...]", self.python(&inner.elem)),
            Type::Array(inner) => format!("tuple[{}, ...]", self.python(&inner.elem)),
            Type::Tuple(inner) if inner.elems.is_empty() => "None".to_owned(),
            Type::Tuple(inner) => {
                let parts: Vec<String> = inner.elems.iter().map(|kind| self.python(kind)).collect();
                format!("tuple[{}]", parts.join(", "))
            }
            Type::Path(path) => self.path(path),
            other => panic!("{}: no Python type for {}", self.of.name, name_of(other)),
        }
    }

    fn path(&mut self, path: &syn::TypePath) -> String {
        let last = path.path.segments.last().expect("a path has an end");
        let arguments: Vec<&Type> = match &last.arguments {
            PathArguments::AngleBracketed(generic) => generic
                .args
                .iter()
                .filter_map(|argument| match argument {
                    GenericArgument::Type(kind) => Some(kind),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        let name = last.ident.to_string();
        let mut inner = |at: usize| self.python(arguments.get(at).expect("a type argument"));
        match name.as_str() {
            "Option" => format!("{} | None", inner(0)),
            "Vec" | "BTreeSet" | "VecDeque" => format!("tuple[{}, ...]", inner(0)),
            "BTreeMap" | "HashMap" => format!("abc.Mapping[{}, {}]", inner(0), inner(1)),
            "Box" | "Arc" | "Rc" | "Cow" => inner(0),
            "Status" => self.steps(),
            _ => self.named(&path.path.segments.iter().map(|part| part.ident.to_string()).collect::<Vec<_>>()),
        }
    }

    /// A state is given as the steps that led to it.
    fn steps(&mut self) -> String {
        let step = self.named(&["Step".to_owned()]);
        format!("tuple[{step}, ...]")
    }

    pub(crate) fn named(&mut self, path: &[String]) -> String {
        let name = path.last().map(String::as_str).unwrap_or_default();
        match name {
            "bool" => return "bool".to_owned(),
            "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128" | "isize"
            | "NonZeroUsize" | "NonZeroU32" | "Revision" => return "int".to_owned(),
            "f32" | "f64" | "Score" | "Weight" | "Amount" | "Measure" => return "float".to_owned(),
            "char" | "String" | "str" | "Line" | "Text" | "Origin" | "ChangeId" | "NodeId" | "Hex" => {
                return "str".to_owned();
            }
            "PartialDate" => return "PartialDate".to_owned(),
            "Timestamp" => return "datetime".to_owned(),
            "Value" | "Record" | "T" => return "Any".to_owned(),
            "S" => return "str".to_owned(),
            "Self" => return self.of.name.clone(),
            "Infallible" => return "Never".to_owned(),
            _ => {}
        }
        let Some(found) = self.find(path) else {
            assert!(name.ends_with("Id"), "{}: what is {}?", self.of.name, path.join("::"));
            return "str".to_owned();
        };
        let module = file(&found.public);
        if module == file(&self.of.public) {
            return found.name.clone();
        }
        let qualified = format!("_{module}.{}", found.name);
        self.modules.insert(module);
        qualified
    }

    /// The definition that a path names, as Rust would find it.
    pub(crate) fn find(&self, path: &[String]) -> Option<&Definition> {
        let uses = &self.core.uses[&self.of.written];
        let full: Vec<String> = match uses.get(&path[0]) {
            Some(brought) => [brought.as_slice(), &path[1..]].concat(),
            None => path.to_vec(),
        };
        let name = full.last()?;
        let named: Vec<&Definition> = self.core.definitions.iter().filter(|one| one.name == *name).collect();
        if let [only] = named.as_slice() {
            return Some(only);
        }
        let hints: Vec<&String> = full[..full.len() - 1]
            .iter()
            .filter(|part| !matches!(part.as_str(), "crate" | "super" | "self" | "jipp_core"))
            .collect();
        let shared = |one: &Definition| one.written.iter().zip(&self.of.written).take_while(|(a, b)| a == b).count();
        let hinted = |one: &Definition| hints.iter().filter(|hint| one.written.contains(hint)).count();
        // What is brought in by its path is found by it; else the nearest.
        named
            .into_iter()
            .max_by_key(|one| (one.written == self.of.written && hints.is_empty(), hinted(one), shared(one)))
    }
}

fn name_of(kind: &Type) -> &'static str {
    match kind {
        Type::BareFn(_) => "a function",
        Type::TraitObject(_) | Type::ImplTrait(_) => "a trait",
        _ => "this type",
    }
}

/// Whether a definition becomes a class.
pub(crate) fn is_class(definition: &Definition) -> bool {
    matches!(definition.shape, Shape::Record(_) | Shape::Choice { .. })
}
