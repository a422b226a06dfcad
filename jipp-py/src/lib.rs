//! The native module `jipp._jipp`: parses arguments, calls the core, converts answers, and nothing more.
//!
//! The public face, with its documentation for users, is the Python package in `python/jipp`. Questions become values of
//! the core, and answers Python values, by serde alone (`values`).
#![allow(clippy::needless_pass_by_value, reason = "what Python gives is extracted into values")]

mod answer;
mod base;
mod error;
mod frames;
mod functions;
mod network;
mod progress;
mod results;
mod values;

/// The native part of `jipp`; import `jipp` instead.
#[pyo3::pymodule]
mod _jipp {
    use pyo3::prelude::*;
    use pyo3::types::PySequence;

    #[pymodule_export]
    use super::base::{fold, parse_date, slug};
    #[pymodule_export]
    use super::error::error_codes;
    #[pymodule_export]
    use super::functions::{
        AgencyNames, Analyzer, Contest, Gazetteer, LinkageResult, Ratings, RecordLinker, ScoredStage, TextIndex,
        aggregation_totals, agreement_bootstrap, agreement_chance_corrected, agreement_icc, agreement_kendall,
        agreement_krippendorff, agreement_krippendorff_interval, assignment_assign, base_quartiles, base_share,
        blindness_check, blindness_hidden, blindness_rule, blindness_standard, date_compared, date_last_day,
        decision_borda, decision_bradley_terry, decision_promethee, decision_topsis, decision_win_groups,
        decision_wins, eligibility_eligibility, exchange_fields, exchange_schema, graph_format, graph_read,
        graph_read_tables, graph_sorted, graph_write, growth_cumulative, growth_fit, growth_of, index_band,
        index_check, index_count_rule, index_counts, index_divisor, index_efforts, index_formula, index_formulas,
        index_gains, index_instrument, index_maturity, index_plan, index_score, inference_delay,
        inference_estimate_delay, inference_infer, inference_options, innovation_facts, lineage_funnel,
        linkage_calibrated, linkage_isotonic, linkage_probability, mapping_suggest, model_agencies_id, model_band,
        model_check, model_check_instrument, model_competitions_id, model_distance_km, model_instrument,
        model_instruments, model_naming_id, model_regions_id, model_schema, period_holds_on, period_overlaps,
        proposed_replication, selection_expand, selection_select, severity_islands, severity_mixed_fit,
        severity_rasch_fit, severity_rasch_options, standings_rank, text_acronyms, text_words, vocabulary_codes,
        vocabulary_label, vocabulary_names, words_of,
    };
    #[pymodule_export]
    use super::network::Network;
    #[pymodule_export]
    use super::results::{Candidates, Scoring, Table};

    /// Sequences that can be asked whether they are.
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        PySequence::register::<Table>(module.py())?;
        PySequence::register::<Candidates>(module.py())
    }

    /// The version of the library.
    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "Python prescribes the name")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
