//! Looks for everything that may be wrong with the file.

use std::path::Path;

use rusqlite::{Connection, Row};

use super::errors::Fault;
use super::journal::{self, Line, Place};
use super::{schema, snapshot};
use crate::base::Code;
use crate::store::Problem;

/// Everything that is wrong. One reading transaction, so that a writer in another process does not matter.
pub(super) fn verify(conn: &Connection, path: &Path) -> Result<Vec<Problem>, Fault> {
    let transaction = conn.unchecked_transaction()?;
    let mut problems = Vec::new();
    let checks: [(&str, Check); 5] = [
        ("header", |conn, _| schema::check_header(conn)),
        ("schema", definitions),
        ("database", integrity),
        ("journal", chain),
        ("snapshot", sealed_snapshot),
    ];
    for (place, check) in checks {
        if let Err(fault) = check(&transaction, &mut problems) {
            let code = fault.code();
            if !matches!(code, Code::StoreDamaged | Code::StoreForeign | Code::FormatNewer) {
                return Err(fault);
            }
            problems.push(problem(place, code, fault.at(path).to_string()));
        }
    }
    Ok(problems)
}

type Check = fn(&Connection, &mut Vec<Problem>) -> Result<(), Fault>;

fn problem(place: impl std::fmt::Display, code: Code, detail: impl Into<String>) -> Problem {
    Problem { place: place.to_string(), code, detail: detail.into() }
}

fn damage(place: impl std::fmt::Display, detail: impl Into<String>) -> Problem {
    problem(place, Code::StoreDamaged, detail)
}

fn definitions(conn: &Connection, problems: &mut Vec<Problem>) -> Result<(), Fault> {
    let (found, expected) = (schema::definitions(conn)?, schema::expected_definitions()?);
    let report = |have: &[String], other: &[String], detail: &str| -> Vec<Problem> {
        let title = |text: &str| text.split(' ').take(2).collect::<Vec<_>>().join(" ");
        have.iter()
            .filter(|it| !other.contains(it))
            .map(|it| damage("schema", format!("{detail}: {}", title(it))))
            .collect()
    };
    problems.extend(report(&expected, &found, "missing or altered"));
    problems.extend(report(&found, &expected, "not of this layout"));
    Ok(())
}

fn integrity(conn: &Connection, problems: &mut Vec<Problem>) -> Result<(), Fault> {
    let mut statement = conn.prepare("PRAGMA integrity_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            problems.push(damage("database", line));
        }
    }
    Ok(())
}

/// Every row against the row before, its commit, its columns and its body. A row that is wrong is taken as it stands
/// for the next, so that one fault is told once.
fn chain(conn: &Connection, problems: &mut Vec<Problem>) -> Result<(), Fault> {
    let mut statement = conn.prepare(&format!(
        "SELECT {}, j.key, j.kind, j.subject, c.last_seq, c.checksum
             {} LEFT JOIN commits c ON c.revision = j.revision ORDER BY j.seq",
        journal::COLUMNS,
        journal::TABLES
    ))?;
    let mut rows = statement.query([])?;
    let mut before = Place::default();
    // Where the commit of the row before ends.
    let mut end = Some(0_u64);
    let mut commits = 0_u64;
    while let Some(row) = rows.next()? {
        let line = Line::read(row)?;
        let place = line.place;
        if place.revision != before.revision {
            commits += 1;
            if end.is_some_and(|end| end != before.seq) {
                problems.push(damage(before, "is not the last of its commit"));
            }
            if place.revision != before.revision + 1 {
                problems.push(damage(place, format!("follows revision {}", before.revision)));
            }
        }
        if place.seq != before.seq + 1 {
            problems.push(damage(place, format!("follows change {}", before.seq)));
        } else if !line.follows(before.checksum) {
            problems.push(damage(place, "the checksum does not match"));
        }
        problems.extend(misread(&line, row)?);
        end = row.get(10)?;
        match end {
            None => problems.push(damage(place, "its commit is missing")),
            Some(last) if last < place.seq => problems.push(damage(place, format!("its commit ends at change {last}"))),
            Some(last) if last == place.seq && row.get::<_, u32>(11)? != place.checksum => {
                problems.push(damage(place, "its checksum is not that of its commit"));
            }
            Some(_) => {}
        }
        before = place;
    }
    if end.is_some_and(|end| end != before.seq) {
        problems.push(damage(before, "is not the last of its commit"));
    }
    let listed: u64 = conn.query_row("SELECT count(*) FROM commits", [], |row| row.get(0))?;
    if listed != commits {
        problems.push(damage("commits", format!("{listed} are listed, {commits} stand in the journal")));
    }
    let strays = "SELECT count(*) FROM personal WHERE seq NOT IN (SELECT seq FROM journal)";
    let strays: u64 = conn.query_row(strays, [], |row| row.get(0))?;
    if strays > 0 {
        problems.push(damage("personal", format!("{strays} rows stand beside no change")));
    }
    Ok(())
}

/// What is wrong with the body of a row, or with the columns that repeat what it says.
fn misread(line: &Line<'_>, row: &Row<'_>) -> rusqlite::Result<Option<Problem>> {
    let (key, kind, id): (u32, String, String) = (row.get(7)?, row.get(8)?, row.get(9)?);
    Ok(match line.change() {
        Err(error) => Some(problem(line.place, error.code_value(), error.to_string())),
        Ok(change) => {
            let subject = change.action.subject();
            let same = kind == subject.kind.code() && id == *subject.id && key == journal::key(&subject);
            let is_split = line.beside.is_none()
                || change
                    .without_person()
                    .is_none_or(|blank| journal::to_json(&blank).is_ok_and(|body| body == line.body));
            if same && is_split {
                return Ok(None);
            }
            let detail = if same {
                "what stands beside it is another change".to_owned()
            } else {
                format!("is about {subject}, listed under {kind} {id}, key {key}")
            };
            Some(damage(line.place, detail))
        }
    })
}

fn sealed_snapshot(conn: &Connection, problems: &mut Vec<Problem>) -> Result<(), Fault> {
    match snapshot::read(conn)? {
        snapshot::Stored::None => {}
        snapshot::Stored::Damaged => problems.push(damage("snapshot", "the checksum does not match")),
        snapshot::Stored::Whole(whole) => {
            let head = journal::head(conn)?.revision;
            if whole.revision > head {
                problems.push(damage("snapshot", format!("is of revision {}, the last is {head}", whole.revision)));
            }
        }
    }
    Ok(())
}
