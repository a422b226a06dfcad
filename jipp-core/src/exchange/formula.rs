//! Texts that a spreadsheet would take for a formula.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`, whoever wrote it. So such texts are written with an
//! apostrophe before them, and it is taken off when they are read. A text that has such an apostrophe of its own gets one
//! more: what is written is always read back as it was.

/// Whether, leading apostrophes apart, a spreadsheet would take the text for a formula.
fn is_risky(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Puts an apostrophe before a text that needs it.
pub(super) fn guard(text: String) -> String {
    if is_risky(&text) { format!("'{text}") } else { text }
}

/// Takes the apostrophe off.
pub(super) fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => text,
    }
}
