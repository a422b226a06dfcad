//! How values of the core and their mirrors become each other: by way of JSON, which is what the core reads and writes
//! everywhere, so that no type needs code of its own and a fault names its field just as it does in a file.
//!
//! A mirror says which fields a type has; `values/` is written from the sources of the core by the test `python_values`.
//! Three rules hold for all of them: whole numbers cross as `i64` (Kotlin's `Long`, Swift's `Int64`), ids, dates and times
//! as text, and a field that need not be given is `None` or empty, which leaves its default to the core.
//!
//! Reading and writing are written out here and not derived with serde: mirrors need one way to and from JSON, not any format.

use jipp_core::base::{Code, read_value};
use jipp_core::{Error, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};

/// JSON text: what a field of a record was, or shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json(pub String);

uniffi::custom_newtype!(Json, String);

/// What crosses the border.
pub(crate) trait Mirror: Sized {
    fn read(json: Value) -> Result<Self>;
    fn write(self) -> Value;

    /// What stands for a field that is left out.
    fn absent() -> Option<Self> {
        None
    }
    fn read_all(json: Value) -> Result<Vec<Self>> {
        match json {
            Value::Array(items) => items.into_iter().map(Self::read).collect(),
            other => Err(unlike(&other, "a list")),
        }
    }
    fn write_all(all: Vec<Self>) -> Value {
        all.into_iter().map(Self::write).collect()
    }
}

/// The mirror of a value of the core.
pub(crate) fn mirrored<M: Mirror>(value: &impl Serialize) -> Result<M> {
    M::read(serde_json::to_value(value).map_err(|fault| Error::new(Code::FieldType).expected(fault.to_string()))?)
}

/// The value of the core that a mirror stands for.
pub(crate) fn read<T: DeserializeOwned>(mirror: impl Mirror) -> Result<T> {
    read_value(&mirror.write())
}

/// A mirror that does not fit the core: `values/` must be written anew.
fn unlike(json: &Value, expected: &str) -> Error {
    Error::new(Code::FieldType).value(json).expected(expected)
}

impl Mirror for bool {
    fn read(json: Value) -> Result<Self> {
        json.as_bool().ok_or_else(|| unlike(&json, "true or false"))
    }
    fn write(self) -> Value {
        Value::Bool(self)
    }
    fn absent() -> Option<Self> {
        Some(false)
    }
}

impl Mirror for i64 {
    fn read(json: Value) -> Result<Self> {
        json.as_i64().ok_or_else(|| unlike(&json, "a whole number"))
    }
    fn write(self) -> Value {
        Value::Number(self.into())
    }
}

impl Mirror for f64 {
    /// A number that is none (infinite, say) is `null` in JSON; a decimal that no float can hold is text.
    fn read(json: Value) -> Result<Self> {
        let number = match &json {
            Value::Null => Some(Self::NAN),
            Value::String(text) => text.parse().ok(),
            other => other.as_f64(),
        };
        number.ok_or_else(|| unlike(&json, "a number"))
    }
    fn write(self) -> Value {
        Number::from_f64(self).map_or(Value::Null, Value::Number)
    }
}

impl Mirror for String {
    fn read(json: Value) -> Result<Self> {
        match json {
            Value::String(text) => Ok(text),
            other => Err(unlike(&other, "text")),
        }
    }
    fn write(self) -> Value {
        Value::String(self)
    }
}

impl Mirror for Json {
    fn read(json: Value) -> Result<Self> {
        Ok(Self(json.to_string()))
    }
    /// What is no JSON stays text, and is refused by whoever expects something else.
    fn write(self) -> Value {
        serde_json::from_str(&self.0).unwrap_or(Value::String(self.0))
    }
}

impl<M: Mirror> Mirror for Option<M> {
    fn read(json: Value) -> Result<Self> {
        if json.is_null() { Ok(None) } else { M::read(json).map(Some) }
    }
    fn write(self) -> Value {
        self.map_or(Value::Null, M::write)
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<M: Mirror> Mirror for Vec<M> {
    fn read(json: Value) -> Result<Self> {
        M::read_all(json)
    }
    fn write(self) -> Value {
        M::write_all(self)
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

/// The fields of a record, on their way in or out.
#[derive(Default)]
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    pub(crate) fn of(json: Value) -> Result<Self> {
        match json {
            Value::Object(fields) => Ok(Self(fields)),
            other => Err(unlike(&other, "fields")),
        }
    }
    pub(crate) fn take<M: Mirror>(&mut self, name: &'static str) -> Result<M> {
        match self.0.remove(plain(name)) {
            Some(value) => M::read(value).map_err(|fault| fault.inside(plain(name))),
            None => M::absent().ok_or_else(|| Error::new(Code::FieldMissing).field(plain(name))),
        }
    }
    /// What is not given is left to the core.
    pub(crate) fn put(&mut self, name: &'static str, value: impl Mirror) {
        let value = value.write();
        if !value.is_null() {
            self.0.insert(plain(name).to_owned(), value);
        }
    }
    pub(crate) fn into_json(self) -> Value {
        Value::Object(self.0)
    }
}

/// A name that Rust reserves is written raw.
fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// The parts of a tuple, in order.
pub(crate) fn parts(json: Value) -> Result<std::vec::IntoIter<Value>> {
    match json {
        Value::Array(parts) => Ok(parts.into_iter()),
        other => Err(unlike(&other, "a tuple")),
    }
}

pub(crate) fn next_part<M: Mirror>(parts: &mut std::vec::IntoIter<Value>) -> Result<M> {
    parts.next().map_or_else(|| Err(Error::new(Code::FieldMissing)), M::read)
}

/// Entries of a map.
pub(crate) fn read_entries<E, V: Mirror>(json: Value, entry: fn(String, V) -> E) -> Result<Vec<E>> {
    let Fields(fields) = Fields::of(json)?;
    let read = |(key, value): (String, Value)| match V::read(value) {
        Ok(value) => Ok(entry(key, value)),
        Err(fault) => Err(fault.inside(&key)),
    };
    fields.into_iter().map(read).collect()
}

pub(crate) fn read_code<T: Copy>(json: &Value, all: &[T], codes: &[&str]) -> Result<T> {
    let place = json.as_str().and_then(|code| codes.iter().position(|known| *known == code));
    place.and_then(|place| all.get(place).copied()).ok_or_else(|| unlike(json, "a code that this version knows"))
}

/// How a variant carries what it carries.
#[derive(Clone, Copy, PartialEq, Eq)]
#[allow(non_camel_case_types, reason = "the macro takes them from the text of the values")]
pub(crate) enum Shape {
    nothing,
    value,
    fields,
}

/// The code of a variant, and the fields it carries. `shape` tells how a variant of a code carries them.
pub(crate) fn read_variant(
    json: Value,
    tag: Option<&str>,
    shape: fn(&str) -> Option<Shape>,
) -> Result<(String, Fields)> {
    let (code, content) = match (json, tag) {
        (Value::String(code), None) => (code, Value::Null),
        (Value::Object(mut fields), Some(tag)) => match fields.remove(tag) {
            Some(Value::String(code)) => (code, Value::Object(fields)),
            _ => return Err(Error::new(Code::FieldMissing).field(tag)),
        },
        (Value::Object(fields), None) if fields.len() == 1 => match fields.into_iter().next() {
            Some(only) => only,
            None => return Err(Error::new(Code::FieldMissing)),
        },
        (other, _) => return Err(unlike(&other, "one of the variants")),
    };
    let fields = match shape(&code) {
        Some(Shape::nothing) => Fields::default(),
        Some(Shape::value) => Fields(Map::from_iter([("value".to_owned(), content)])),
        Some(Shape::fields) => Fields::of(content)?,
        None => return Err(unlike(&Value::String(code), "a variant that this version knows")),
    };
    Ok((code, fields))
}

pub(crate) fn write_variant(code: &str, tag: Option<&str>, shape: Shape, Fields(mut fields): Fields) -> Value {
    let content = match shape {
        Shape::nothing => None,
        Shape::value => Some(fields.remove("value").unwrap_or_default()),
        Shape::fields => Some(Value::Object(fields)),
    };
    match (tag, content) {
        (Some(tag), content) => {
            let mut fields = match content {
                Some(Value::Object(fields)) => fields,
                _ => Map::new(),
            };
            fields.insert(tag.to_owned(), code.into());
            Value::Object(fields)
        }
        (None, None) => code.into(),
        (None, Some(content)) => Value::Object(Map::from_iter([(code.to_owned(), content)])),
    }
}

/// A type with named fields.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$meta:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, uniffi::Record)]
        pub struct $name { $($(#[$meta])* pub $field: $kind,)* }

        impl $crate::mirror::Mirror for $name {
            fn read(json: serde_json::Value) -> jipp_core::Result<Self> {
                let mut fields = $crate::mirror::Fields::of(json)?;
                Ok(Self { $($field: fields.take(stringify!($field))?,)* })
            }
            fn write(self) -> serde_json::Value {
                let mut fields = $crate::mirror::Fields::default();
                $(fields.put(stringify!($field), self.$field);)*
                fields.into_json()
            }
        }
    };
}

/// A few values without names, which get some.
macro_rules! tuple {
    ($(#[$doc:meta])* $name:ident { $($(#[$meta:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, uniffi::Record)]
        pub struct $name { $($(#[$meta])* pub $field: $kind,)* }

        impl $crate::mirror::Mirror for $name {
            fn read(json: serde_json::Value) -> jipp_core::Result<Self> {
                let mut parts = $crate::mirror::parts(json)?;
                Ok(Self { $($field: $crate::mirror::next_part(&mut parts)?,)* })
            }
            fn write(self) -> serde_json::Value {
                serde_json::Value::Array(vec![$($crate::mirror::Mirror::write(self.$field),)*])
            }
        }
    };
}

/// An entry of a map, which crosses as the list of its entries: that keeps their order.
macro_rules! entries {
    ($(#[$doc:meta])* $name:ident { $(#[$kdoc:meta])* key: String, $(#[$vdoc:meta])* value: $kind:ty, }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, uniffi::Record)]
        pub struct $name { $(#[$kdoc])* pub key: String, $(#[$vdoc])* pub value: $kind, }

        impl $crate::mirror::Mirror for $name {
            fn read(json: serde_json::Value) -> jipp_core::Result<Self> {
                let mut parts = $crate::mirror::parts(json)?;
                Ok(Self { key: $crate::mirror::next_part(&mut parts)?, value: $crate::mirror::next_part(&mut parts)? })
            }
            fn write(self) -> serde_json::Value {
                serde_json::Value::Array(vec![self.key.into(), $crate::mirror::Mirror::write(self.value)])
            }
            fn read_all(json: serde_json::Value) -> jipp_core::Result<Vec<Self>> {
                $crate::mirror::read_entries(json, |key, value| Self { key, value })
            }
            fn write_all(all: Vec<Self>) -> serde_json::Value {
                all.into_iter().map(|entry| (entry.key, $crate::mirror::Mirror::write(entry.value))).collect()
            }
        }
    };
}

/// A closed set of codes; with labels where it is a vocabulary of the core.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident $(of $core:ty)? { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $crate::mirror::Mirror for $name {
            fn read(json: serde_json::Value) -> jipp_core::Result<Self> {
                $crate::mirror::read_code(&json, &[$(Self::$variant,)+], &[$($code,)+])
            }
            fn write(self) -> serde_json::Value {
                self.code().into()
            }
        }

        #[uniffi::export]
        impl $name {
            /// The stable code, in kebab-case.
            pub fn code(&self) -> String {
                match self { $(Self::$variant => $code,)+ }.to_owned()
            }
        }

        $(
            #[uniffi::export]
            impl $name {
                /// What it is called, in a language.
                pub fn label(&self, lang: $crate::base::Lang) -> String {
                    $crate::base::label::<$core>(&self.code(), lang)
                }
            }
        )?
    };
}

/// One of several things, some of which carry data. `by` names the field that tells which, where it stands among the
/// others.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident $(by $tag:literal)? {
        $($(#[$vdoc:meta])* $variant:ident = $code:literal $shape:ident { $($(#[$meta:meta])* $field:ident: $kind:ty,)* })+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, uniffi::Enum)]
        pub enum $name { $($(#[$vdoc])* $variant { $($(#[$meta])* $field: $kind,)* },)+ }

        impl $crate::mirror::Mirror for $name {
            fn read(json: serde_json::Value) -> jipp_core::Result<Self> {
                let tag: Option<&str> = [$($tag)?].first().copied();
                let shape = |code: &str| match code {
                    $($code => Some($crate::mirror::Shape::$shape),)+
                    _ => None,
                };
                let (code, mut fields) = $crate::mirror::read_variant(json, tag, shape)?;
                match code.as_str() {
                    $($code => Ok(Self::$variant { $($field: fields.take(stringify!($field))?,)* }),)+
                    _ => Err(jipp_core::Error::new(jipp_core::base::Code::FieldType).value(code)),
                }
            }
            fn write(self) -> serde_json::Value {
                let tag: Option<&str> = [$($tag)?].first().copied();
                let mut fields = $crate::mirror::Fields::default();
                match self {
                    $(Self::$variant { $($field,)* } => {
                        $(fields.put(stringify!($field), $field);)*
                        $crate::mirror::write_variant($code, tag, $crate::mirror::Shape::$shape, fields)
                    })+
                }
            }
        }
    };
}

pub(crate) use {choice, codes, entries, record, tuple};
