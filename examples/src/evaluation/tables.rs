//! The report in tables of at most 100 columns.

use std::fmt::Write as _;

use super::metrics::{Estimate, Metric};
use super::report::{Group, Miss, Placed, Row, TaskReport};
use super::tasks::Task;
use crate::Page;

/// The width of a name, and of a figure with its interval.
const NAME: usize = 22;
const FIGURE: usize = 25;

/// Queries to look at.
const EXAMPLES: usize = 3;

/// The report of a task.
pub(super) fn page(report: &TaskReport, with_unjudged: bool) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}\n{}", report.about, "=".repeat(report.about.chars().count()));
    let _ = writeln!(text, "{} queries; mean and 95 % bootstrap interval\n", report.queries);
    table(&mut text, "engine", &report.metrics, &report.engines, figure);
    let _ = writeln!(text, "\nWhat jipp gains over {}, query by query\n", report.best_plain);
    table(&mut text, "engine", &report.metrics, &report.beyond_plain, gain);
    let same = format!("its first ten are the network's in {} of {} queries", report.same_top_ten, report.queries);
    let _ = writeln!(text, "\nThe text index with one thing taken away ({same})\n");
    table(&mut text, "index", &report.metrics, &report.ablations, figure);
    let _ = writeln!(text, "\nWhat each of these adds: everything less the index without it, query by query\n");
    table(&mut text, "what", &report.metrics, &report.added, gain);
    if !report.groups.is_empty() {
        let heading = report.metrics.first().map_or("", |metric| metric.label());
        let _ = writeln!(text, "\n{heading} by kind of query\n");
        kinds(&mut text, &report.groups);
    }
    for unjudged in &report.unjudged {
        let tops = 10 * report.queries;
        let _ =
            writeln!(text, "\n{}: {} of the {tops} in the first tens were not judged", unjudged.engine, unjudged.count);
        if with_unjudged {
            for (need, id) in &unjudged.found {
                let _ = writeln!(text, "  {need}  {id}");
            }
        }
    }
    let _ = writeln!(text, "\nThe worst queries of {}\n", report.missing);
    text + &misses(&report.misses)
}

/// The first queries of a task as they are put, with a sign where something was left out.
pub(super) fn examples(task: &Task) -> String {
    let mut page = Page::new(8);
    page.item("", task.about);
    for topic in task.topics.iter().filter(|topic| topic.shown.contains("[...]")).take(EXAMPLES) {
        page.item(&topic.id, &topic.shown);
    }
    page.gap();
    page.into_text()
}

fn figure(mean: &Estimate) -> String {
    format!("{:.3} ({:.3} to {:.3})", mean.mean, mean.low, mean.high)
}

fn gain(mean: &Estimate) -> String {
    format!("{:+.3} ({:+.3} to {:+.3})", mean.mean, mean.low, mean.high)
}

fn table(text: &mut String, first: &str, metrics: &[Metric], rows: &[Row], show: fn(&Estimate) -> String) {
    let heads: Vec<&str> = metrics.iter().map(|metric| metric.label()).collect();
    line(text, first, heads);
    for row in rows {
        line(text, &row.engine, row.figures.iter().map(show));
    }
}

/// Kinds of query below each other, engines side by side.
fn kinds(text: &mut String, groups: &[Group]) {
    let engines = groups.first().map_or(&[][..], |group| &group.engines);
    line(text, "kind", engines.iter().map(|row| row.engine.as_str()));
    for group in groups {
        let firsts = group.engines.iter().filter_map(|row| row.figures.first());
        line(text, &format!("{} ({})", group.name, group.queries), firsts.map(figure));
    }
}

fn line<S: AsRef<str>>(text: &mut String, first: &str, cells: impl IntoIterator<Item = S>) {
    let mut line = format!("{first:<NAME$}");
    for cell in cells {
        let _ = write!(line, "{:<FIGURE$} ", cell.as_ref());
    }
    let _ = writeln!(text, "{}", line.trim_end());
}

fn misses(misses: &[Miss]) -> String {
    let mut page = Page::new(10);
    for miss in misses {
        page.ends(&format!("{}  {}", miss.topic, place(&miss.right)), &format!("{:.3}", miss.figure));
        page.item("  query", &miss.query);
        page.item("  right", &miss.right.title);
        page.item("  shares", &because(&miss.right));
        match &miss.first {
            Some(first) if first.id != miss.right.id => {
                page.item("  first", &first.title);
                page.item("  shares", &because(first));
            }
            Some(_) => {}
            None => page.item("  first", "nothing was found"),
        }
        page.gap();
    }
    page.into_text()
}

fn place(right: &Placed) -> String {
    right.rank.map_or_else(|| "the right one was not found".to_owned(), |rank| format!("the right one is at {rank}"))
}

fn because(placed: &Placed) -> String {
    if placed.reasons.is_empty() { "nothing with the query".to_owned() } else { placed.reasons.join("; ") }
}
