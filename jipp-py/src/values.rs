//! Answers of the core as Python values, and Python values as questions to the core.
//!
//! Both ways go through serde, so that no type needs code of its own here: a struct becomes an instance of the class
//! that `jipp._values` has for its name (the tests write those classes from the sources of the core), and an instance
//! goes back by its fields.

mod from_python;
mod to_python;

pub(crate) use from_python::{from_python, options};
pub(crate) use to_python::to_python;
