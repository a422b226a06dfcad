//! What comes from strangers goes out as text: no spreadsheet runs it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Cursor;

use jipp_core::exchange::{
    Csv, CsvOptions, ImportOptions, RecordReader, RowSource as _, Xlsx, export_csv, export_xlsx,
};
use jipp_core::model::{EntityKind, Innovation, Text};
use jipp_core::network::{Network, Options};
use jipp_core::registry::Action;
use jipp_tests::{agency, innovation, line, stamp};

/// Texts that spreadsheets run, or once ran: see "CSV Injection" at owasp.org.
const FORMULAS: [&str; 8] = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=HYPERLINK(\"http://example.org\";\"x\")",
    "=cmd|' /C calc'!A0",
    "'=1+1",
    "=\"a\nb\"",
];

fn filled() -> Network {
    let network = Network::in_memory(&Options::new("field").unwrap()).unwrap();
    network.commit(&stamp(), vec![Action::Register(agency("kota-x").into())]).unwrap();
    for (number, formula) in FORMULAS.iter().enumerate() {
        let mut new = innovation(&format!("kota-x/i{number}"));
        new.title = line(&formula.replace('\n', " "));
        new.problem = Some(Text::new(*formula).unwrap());
        new.tools = vec![line("=2"), line("-3")];
        network.commit(&stamp(), vec![Action::Register(new.into())]).unwrap();
    }
    network
}

fn innovations(network: &Network) -> Vec<Innovation> {
    network.read(|view| view.all::<Innovation>().cloned().collect())
}

#[test]
fn no_cell_of_a_csv_is_run_as_a_formula() {
    let network = filled();
    for separator in [',', ';', '\t'] {
        let mut out = Vec::new();
        let options = CsvOptions { separator, ..CsvOptions::default() };
        network.read(|view| export_csv(&view, EntityKind::Innovation, &options, &mut out)).unwrap();
        // Read as a spreadsheet reads it, which knows no guards.
        let mut reader = csv::ReaderBuilder::new().delimiter(separator as u8).has_headers(false).from_reader(&out[..]);
        let cells: Vec<String> =
            reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
        assert!(cells.len() > 8 * 20);
        for cell in &cells {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
        assert!(cells.iter().any(|cell| cell == "'=1+1") && cells.iter().any(|cell| cell == "''=1+1"));

        // And nothing is lost on the way back.
        let other = Network::in_memory(&Options::new("other").unwrap()).unwrap();
        other.commit(&stamp(), vec![Action::Register(agency("kota-x").into())]).unwrap();
        let mut rows = Csv::new(Cursor::new(out), "out.csv").unwrap();
        let mut reader = RecordReader::new(EntityKind::Innovation);
        other.import(&mut rows, &mut reader, &ImportOptions::new(stamp()), &mut |_| true).unwrap();
        assert_eq!(innovations(&other), innovations(&network));
    }
}

#[test]
fn no_cell_of_a_workbook_is_a_formula() {
    let network = filled();
    let mut out = Vec::new();
    network.read(|view| export_xlsx(&view, &[EntityKind::Innovation], &mut out)).unwrap();
    let mut rows = Xlsx::new(Cursor::new(&out), "out.xlsx", None).unwrap();
    let titles: Vec<String> = std::iter::from_fn(|| rows.next())
        .map(|row| row.unwrap().fields["title"].as_str().unwrap().to_owned())
        .collect();
    let expected: Vec<String> = FORMULAS.iter().map(|formula| formula.replace('\n', " ")).collect();
    assert_eq!(titles, expected);
    // Nor as other programs read it.
    let mut book: calamine::Xlsx<_> = calamine::Reader::new(Cursor::new(&out)).unwrap();
    let formulas = calamine::Reader::worksheet_formula(&mut book, "innovation").unwrap();
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()));
}
