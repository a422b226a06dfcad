//! The serde serializer that makes Python objects.
//!
//! Structs become instances of their class, sequences tuples, maps dicts, codes texts; dates and times the types that
//! Python has for them.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyFrozenSet, PyString, PyTuple};
use pyo3::{IntoPyObjectExt, intern};
use serde::ser::{self, Serialize};

/// Makes a Python object of a value of the core.
pub(crate) fn to_python<'py, T: Serialize + ?Sized>(py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
    value.serialize(ToPython { py }).map_err(|Failed(error)| error)
}

type Made<'py> = Result<Bound<'py, PyAny>, Failed>;

/// An exception on its way out of serde.
#[derive(Debug)]
struct Failed(PyErr);

impl Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failed {}

impl ser::Error for Failed {
    fn custom<T: Display>(message: T) -> Self {
        Self(pyo3::exceptions::PyRuntimeError::new_err(message.to_string()))
    }
}

impl From<PyErr> for Failed {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

/// A class of `jipp._values`.
struct Class {
    object: Py<PyAny>,
    fields: Py<PyFrozenSet>,
    required: Py<PyFrozenSet>,
    /// The variants of a choice; of a record, or a choice that is told by a tag among its fields, none.
    variants: Vec<String>,
}

/// What is fetched from Python once.
struct Python3 {
    /// By the name of the type; several where types share a name, none for what has no class.
    classes: Mutex<HashMap<&'static str, &'static [Class]>>,
    find: Py<PyAny>,
    new: Py<PyAny>,
    set: Py<PyAny>,
    partial_date: Py<PyAny>,
    datetime: Py<PyAny>,
}

impl Python3 {
    fn get(py: Python<'_>) -> PyResult<&'static Self> {
        static FETCHED: PyOnceLock<Python3> = PyOnceLock::new();
        FETCHED.get_or_try_init(py, || {
            let values = py.import("jipp._values")?;
            let object = py.import("builtins")?.getattr("object")?;
            Ok(Self {
                classes: Mutex::default(),
                find: values.getattr("_classes")?.unbind(),
                new: object.getattr("__new__")?.unbind(),
                set: object.getattr("__setattr__")?.unbind(),
                partial_date: values.getattr("PartialDate")?.unbind(),
                datetime: py.import("datetime")?.getattr("datetime")?.getattr("fromisoformat")?.unbind(),
            })
        })
    }

    fn classes(&self, py: Python<'_>, name: &'static str) -> PyResult<&'static [Class]> {
        if let Some(found) = self.classes.lock().unwrap_or_else(PoisonError::into_inner).get(name) {
            return Ok(found);
        }
        let mut found = Vec::new();
        for class in self.find.bind(py).call1((name,))?.try_iter()? {
            let (class, fields, required, variants) = class?.extract()?;
            found.push(Class { object: class, fields, required, variants });
        }
        // One leak for each type of the core that is ever given out: they are as lasting as their classes.
        let found: &'static [Class] = found.leak();
        self.classes.lock().unwrap_or_else(PoisonError::into_inner).insert(name, found);
        Ok(found)
    }

    /// An instance of the class of a type; a dict where the type has none.
    fn instance<'py>(&self, py: Python<'py>, name: &'static str, fields: Bound<'py, PyDict>) -> Made<'py> {
        let all: Vec<&Class> = self.classes(py, name)?.iter().filter(|class| class.variants.is_empty()).collect();
        self.made(py, name, &all, fields)
    }

    fn made<'py>(&self, py: Python<'py>, name: &str, classes: &[&Class], fields: Bound<'py, PyDict>) -> Made<'py> {
        let class = match classes {
            [] => return Ok(fields.into_any()),
            [only] => only,
            several => fitting(py, several, &fields)?
                .ok_or_else(|| <Failed as ser::Error>::custom(format!("no class for {name}")))?,
        };
        let made = self.new.bind(py).call1((class.object.bind(py),))?;
        self.set.bind(py).call1((&made, intern!(py, "__dict__"), fields))?;
        Ok(made)
    }

    /// A variant that carries something, as an instance of the class of its enum.
    fn variant<'py>(
        &self,
        py: Python<'py>,
        name: &'static str,
        variant: &'static str,
        fields: Bound<'py, PyDict>,
    ) -> Made<'py> {
        fields.set_item(intern!(py, "kind"), PyString::intern(py, variant))?;
        self.made(py, name, &self.choices(py, name, variant)?, fields)
    }

    /// The classes of the choices of a name that have a variant.
    fn choices(&self, py: Python<'_>, name: &'static str, variant: &str) -> PyResult<Vec<&'static Class>> {
        let all = self.classes(py, name)?.iter();
        Ok(all.filter(|class| class.variants.iter().any(|one| one == variant)).collect())
    }
}

/// Of classes with one name, the one that these fields belong to: it has all of them, they are all it needs, and the
/// fewest of its own are left out.
fn fitting<'a>(py: Python<'_>, classes: &[&'a Class], fields: &Bound<'_, PyDict>) -> PyResult<Option<&'a Class>> {
    let given = PyFrozenSet::new(py, fields.keys())?;
    let mut best: Option<(usize, &'a Class)> = None;
    for class in classes {
        let all = class.fields.bind(py);
        let fits = given.le(all)? && class.required.bind(py).le(&given)?;
        if fits && best.is_none_or(|(fewest, _)| all.len() < fewest) {
            best = Some((all.len(), class));
        }
    }
    Ok(best.map(|(_, class)| class))
}

/// Words of Python among the names of fields; the tests that write the classes know all such words.
const RESERVED: [&str; 13] =
    ["and", "as", "class", "def", "for", "from", "global", "if", "in", "is", "not", "pass", "with"];

/// The name of a field in Python: what the language reserves gets an underscore.
fn field<'py>(py: Python<'py>, name: &'static str) -> Bound<'py, PyString> {
    if RESERVED.contains(&name) { PyString::intern(py, &format!("{name}_")) } else { PyString::intern(py, name) }
}

#[derive(Clone, Copy)]
struct ToPython<'py> {
    py: Python<'py>,
}

macro_rules! plainly {
    ($($method:ident: $kind:ty,)+) => {$(
        fn $method(self, value: $kind) -> Made<'py> {
            Ok(value.into_bound_py_any(self.py)?)
        }
    )+};
}

impl<'py> ser::Serializer for ToPython<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;
    type SerializeSeq = List<'py>;
    type SerializeTuple = List<'py>;
    type SerializeTupleStruct = List<'py>;
    type SerializeTupleVariant = List<'py>;
    type SerializeMap = Map<'py>;
    type SerializeStruct = Fields<'py>;
    type SerializeStructVariant = Fields<'py>;

    plainly! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_u128: u128, serialize_f32: f32, serialize_f64: f64, serialize_char: char, serialize_str: &str,
        serialize_bytes: &[u8],
    }

    fn serialize_none(self) -> Made<'py> {
        self.serialize_unit()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made<'py> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Made<'py> {
        Ok(self.py.None().into_bound(self.py))
    }
    fn serialize_unit_struct(self, _: &'static str) -> Made<'py> {
        self.serialize_unit()
    }
    fn serialize_unit_variant(self, name: &'static str, _: u32, variant: &'static str) -> Made<'py> {
        let python = Python3::get(self.py)?;
        if python.choices(self.py, name, variant)?.is_empty() {
            return Ok(PyString::intern(self.py, variant).into_any());
        }
        python.variant(self.py, name, variant, PyDict::new(self.py))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Made<'py> {
        let inner = value.serialize(self)?;
        match name {
            "PartialDate" => Ok(Python3::get(self.py)?.partial_date.bind(self.py).call1((inner,))?),
            "Timestamp" => Ok(Python3::get(self.py)?.datetime.bind(self.py).call1((inner,))?),
            "Score" | "Weight" | "Amount" => {
                Ok(inner.call_method0(intern!(self.py, "__float__")).or(Ok::<_, PyErr>(inner))?)
            }
            _ => Ok(inner),
        }
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Made<'py> {
        let value = value.serialize(self)?;
        // A record knows its kind by its class.
        if name == "Record" {
            return Ok(value);
        }
        let fields = PyDict::new(self.py);
        fields.set_item(intern!(self.py, "value"), value)?;
        Python3::get(self.py)?.variant(self.py, name, variant, fields)
    }
    fn serialize_seq(self, len: Option<usize>) -> Result<List<'py>, Failed> {
        Ok(List { to: self, items: Vec::with_capacity(len.unwrap_or_default()), variant: None })
    }
    fn serialize_tuple(self, len: usize) -> Result<List<'py>, Failed> {
        self.serialize_seq(Some(len))
    }
    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<List<'py>, Failed> {
        self.serialize_seq(Some(len))
    }
    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<List<'py>, Failed> {
        Ok(List { to: self, items: Vec::with_capacity(len), variant: Some((name, variant)) })
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Map<'py>, Failed> {
        Ok(Map { to: self, key: None, items: PyDict::new(self.py) })
    }
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'py>, Failed> {
        Ok(Fields { to: self, name, variant: None, given: PyDict::new(self.py) })
    }
    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'py>, Failed> {
        Ok(Fields { to: self, name, variant: Some(variant), given: PyDict::new(self.py) })
    }
}

/// A tuple in the making.
struct List<'py> {
    to: ToPython<'py>,
    items: Vec<Bound<'py, PyAny>>,
    variant: Option<(&'static str, &'static str)>,
}

impl<'py> List<'py> {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.items.push(value.serialize(self.to)?);
        Ok(())
    }
    fn finish(self) -> Made<'py> {
        let py = self.to.py;
        let items = PyTuple::new(py, self.items)?.into_any();
        let Some((name, variant)) = self.variant else { return Ok(items) };
        let fields = PyDict::new(py);
        fields.set_item(intern!(py, "value"), items)?;
        Python3::get(py)?.variant(py, name, variant, fields)
    }
}

impl<'py> ser::SerializeSeq for List<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.push(value)
    }
    fn end(self) -> Made<'py> {
        self.finish()
    }
}

impl<'py> ser::SerializeTuple for List<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.push(value)
    }
    fn end(self) -> Made<'py> {
        self.finish()
    }
}

impl<'py> ser::SerializeTupleStruct for List<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.push(value)
    }
    fn end(self) -> Made<'py> {
        self.finish()
    }
}

impl<'py> ser::SerializeTupleVariant for List<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.push(value)
    }
    fn end(self) -> Made<'py> {
        self.finish()
    }
}

/// A dict in the making.
struct Map<'py> {
    to: ToPython<'py>,
    key: Option<Bound<'py, PyAny>>,
    items: Bound<'py, PyDict>,
}

impl<'py> ser::SerializeMap for Map<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        self.key = Some(key.serialize(self.to)?);
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        let key = self.key.take().ok_or_else(|| <Failed as ser::Error>::custom("a value without a key"))?;
        Ok(self.items.set_item(key, value.serialize(self.to)?)?)
    }
    fn end(self) -> Made<'py> {
        Ok(self.items.into_any())
    }
}

/// An instance in the making.
struct Fields<'py> {
    to: ToPython<'py>,
    name: &'static str,
    variant: Option<&'static str>,
    given: Bound<'py, PyDict>,
}

impl<'py> Fields<'py> {
    fn set<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Failed> {
        Ok(self.given.set_item(field(self.to.py, name), value.serialize(self.to)?)?)
    }
    fn finish(self) -> Made<'py> {
        let python = Python3::get(self.to.py)?;
        match self.variant {
            Some(variant) => python.variant(self.to.py, self.name, variant, self.given),
            None => python.instance(self.to.py, self.name, self.given),
        }
    }
}

impl<'py> ser::SerializeStruct for Fields<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Failed> {
        self.set(name, value)
    }
    fn end(self) -> Made<'py> {
        self.finish()
    }
}

impl<'py> ser::SerializeStructVariant for Fields<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Failed> {
        self.set(name, value)
    }
    fn end(self) -> Made<'py> {
        self.finish()
    }
}
