//! What the programs do alike: speak one of two languages, and end with a page or an error.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "for programs of a terminal")]

use std::process::ExitCode;

use clap::ValueEnum;
use jipp_core::{Lang, Result};

/// The language of a page, as an argument of a program.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PageLang {
    /// Indonesian
    Id,
    /// English
    En,
}

impl From<PageLang> for Lang {
    fn from(lang: PageLang) -> Self {
        match lang {
            PageLang::Id => Self::Id,
            PageLang::En => Self::En,
        }
    }
}

/// Prints what a program made, or says in its language why it could not.
pub fn end(made: Result<String>, lang: Lang) -> ExitCode {
    match made {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {}", error.code(), error.message(lang));
            ExitCode::FAILURE
        }
    }
}
