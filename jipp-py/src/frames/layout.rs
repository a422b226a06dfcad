//! Which columns each type becomes. Written by the tests of jipp from its sources.

use super::schema::Holds::{Bool, Float, Int, Json, List, Status, Struct, Text};
use super::schema::{Field, field};

/// The fields of a row, by what a table calls it.
#[rustfmt::skip]
pub(super) fn fields(row: &str) -> Option<&'static [Field]> {
    Some(match row {
        "AdaptationProfile" => LINEAGE_ADAPTATION_PROFILE,
        "Adoption" => LINEAGE_ADOPTION,
        "Branch" => LINEAGE_BRANCH,
        "Cluster" => MATCHING_LINKAGE_CLUSTER,
        "CommonAncestor" => LINEAGE_COMMON_ANCESTOR,
        "Conflict" => MODEL_CONFLICT,
        "DriftStep" => LINEAGE_DRIFT_STEP,
        "Expectation" => MATCHING_LINKAGE_EXPECTATION,
        "Finding" => HUBS_HUB_FINDING,
        "HubOn" => HUBS_HUB_ON,
        "Impact" => LINEAGE_IMPACT,
        "Journey" => LINEAGE_JOURNEY,
        "Laureate" => NETWORK_LAUREATE,
        "Link" => LINEAGE_LINK,
        "NearDuplicate" => NETWORK_NEAR_DUPLICATE,
        "Neighbour" => NETWORK_NEIGHBOUR,
        "Pair" => MATCHING_LINKAGE_PAIR,
        "Relative" => LINEAGE_RELATIVE,
        "Reproduction" => LINEAGE_REPRODUCTION,
        "Starter" => HUBS_STARTER,
        "activity" => MODEL_ACTIVITY,
        "affair" => MODEL_AFFAIR,
        "agency" => MODEL_AGENCY,
        "assessment" => MODEL_ASSESSMENT,
        "assessor" => MODEL_ASSESSOR,
        "award" => MODEL_AWARD,
        "competition" => MODEL_COMPETITION,
        "contact" => MODEL_CONTACT,
        "decree" => MODEL_DECREE,
        "edition" => MODEL_EDITION,
        "evidence" => MODEL_EVIDENCE,
        "hub" => MODEL_HUB,
        "innovation" => MODEL_INNOVATION,
        "judgement" => MODEL_JUDGEMENT,
        "need" => MODEL_NEED,
        "objection" => MODEL_OBJECTION,
        "partner" => MODEL_PARTNER,
        "person" => MODEL_PERSON,
        "proposal" => MODEL_PROPOSAL,
        "region" => MODEL_REGION,
        "replication" => MODEL_REPLICATION,
        "rubric" => MODEL_RUBRIC,
        "score-sheet" => MODEL_SCORE_SHEET,
        "scoring-run" => MODEL_SCORING_RUN,
        "sector" => MODEL_SECTOR,
        "stage-result" => MODEL_STAGE_RESULT,
        "unit" => MODEL_UNIT,
        _ => return None,
    })
}

#[rustfmt::skip]
const BASE_PERIOD: &[Field] = &[
    field("from", Text),
    field("to", Text),
];

#[rustfmt::skip]
const HUBS_ACTOR: &[Field] = &[
    field("agency", Text),
    field("region", Text),
    field("name", Text),
    field("kind", Text),
    field("is_government", Bool),
    field("province", Text),
    field("island_group", Text),
];

#[rustfmt::skip]
const HUBS_HUB_FINDING: &[Field] = &[
    field("kind", Text),
    field("hub", Text),
    field("name", Text),
    field("details", List(&Json)),
];

#[rustfmt::skip]
const HUBS_HUB_ON: &[Field] = &[
    field("hub", Text),
    field("name", Text),
    field("agency", Text),
    field("kind", Text),
    field("province", Text),
    field("island_group", Text),
    field("batches", List(&Text)),
    field("is_member", Text),
    field("since", Text),
    field("by", Text),
    field("decree", Text),
    field("decree_title", Text),
    field("state", Text),
];

#[rustfmt::skip]
const HUBS_STARTER: &[Field] = &[
    field("actor", Struct(HUBS_ACTOR)),
    field("suggestions", List(&Struct(HUBS_SUGGESTION))),
];

#[rustfmt::skip]
const HUBS_SUGGESTION: &[Field] = &[
    field("innovation", Text),
    field("title", Text),
    field("owner", Text),
    field("owner_name", Text),
    field("score", Int),
    field("sought", Text),
    field("reasons", List(&Text)),
];

#[rustfmt::skip]
const LINEAGE_ADAPTATION_PROFILE: &[Field] = &[
    field("link", Struct(LINEAGE_LINK)),
    field("declared", Struct(LINEAGE_DECLARED)),
    field("measured", List(&Struct(LINEAGE_MEASURED))),
    field("verdict", Text),
];

#[rustfmt::skip]
const LINEAGE_ADOPTION: &[Field] = &[
    field("node", Struct(MODEL_GRAPH_NODE)),
    field("parent", Text),
    field("generation", Int),
    field("on", Text),
];

#[rustfmt::skip]
const LINEAGE_BRANCH: &[Field] = &[
    field("depth", Int),
    field("node", Struct(MODEL_GRAPH_NODE)),
    field("link", Struct(LINEAGE_LINK)),
    field("is_repeated", Bool),
];

#[rustfmt::skip]
const LINEAGE_COMMON_ANCESTOR: &[Field] = &[
    field("node", Text),
    field("to_first", Int),
    field("to_second", Int),
    field("is_nearest", Bool),
];

#[rustfmt::skip]
const LINEAGE_DECLARED: &[Field] = &[
    field("kept", List(&Struct(MODEL_DIFFERENCE))),
    field("changed", List(&Struct(MODEL_DIFFERENCE))),
    field("dropped", List(&Struct(MODEL_DIFFERENCE))),
    field("added", List(&Struct(MODEL_DIFFERENCE))),
    field("unspecified", List(&Struct(MODEL_DIFFERENCE))),
];

#[rustfmt::skip]
const LINEAGE_DEPENDENT: &[Field] = &[
    field("node", Struct(MODEL_GRAPH_NODE)),
    field("generation", Int),
    field("may_run", Bool),
    field("other_sources", List(&Text)),
];

#[rustfmt::skip]
const LINEAGE_DRIFT_STEP: &[Field] = &[
    field("node", Text),
    field("depth", Int),
    field("to_parent", Int),
    field("to_root", Int),
];

#[rustfmt::skip]
const LINEAGE_IMPACT: &[Field] = &[
    field("node", Struct(MODEL_GRAPH_NODE)),
    field("is_stopped", Bool),
    field("stopped", Struct(&[field("0", Text), field("1", Text)])),
    field("dependents", List(&Struct(LINEAGE_DEPENDENT))),
];

#[rustfmt::skip]
const LINEAGE_JOURNEY: &[Field] = &[
    field("replication", Text),
    field("source", Text),
    field("target", Text),
    field("change_type", Text),
    field("state", Text),
    field("lag_days", Int),
    field("lag_off_by", Int),
    field("distance_km", Float),
    field("is_cross_province", Bool),
    field("kinds", Struct(&[field("0", Text), field("1", Text)])),
];

#[rustfmt::skip]
const LINEAGE_LINK: &[Field] = &[
    field("replication", Text),
    field("source", Text),
    field("target", Text),
    field("recipient", Text),
    field("extent", Text),
    field("change_type", Text),
    field("evidence", Text),
    field("was_inferred", Bool),
    field("state", Text),
    field("progress", Text),
    field("on", Text),
    field("title_relation", Text),
    field("differences", List(&Struct(MODEL_DIFFERENCE))),
    field("agreements", List(&Struct(MODEL_AGREEMENT))),
    field("facilitator_hub", Text),
    field("facilitator", Text),
    field("findings", List(&Text)),
];

#[rustfmt::skip]
const LINEAGE_MEASURED: &[Field] = &[
    field("field", Text),
    field("likeness", Int),
    field("kept", Int),
    field("added", Int),
    field("verbatim", Int),
    field("source_words", Int),
    field("replica_words", Int),
    field("dropped_words", List(&Text)),
    field("added_words", List(&Text)),
];

#[rustfmt::skip]
const LINEAGE_RELATIVE: &[Field] = &[
    field("generation", Int),
    field("node", Text),
];

#[rustfmt::skip]
const LINEAGE_REPRODUCTION: &[Field] = &[
    field("generation", Int),
    field("nodes", Int),
    field("replicas", Int),
    field("per_node", Float),
];

#[rustfmt::skip]
const MATCHING_LINKAGE_CLUSTER: &[Field] = &[
    field("id", Text),
    field("records", List(&Text)),
];

#[rustfmt::skip]
const MATCHING_LINKAGE_EXPECTATION: &[Field] = &[
    field("percent", Int),
    field("pairs", Int),
    field("precision", Float),
    field("recall", Float),
];

#[rustfmt::skip]
const MATCHING_LINKAGE_PAIR: &[Field] = &[
    field("left", Text),
    field("right", Text),
    field("weight", Int),
    field("prior", Int),
    field("probability", Float),
    field("veto", Json),
    field("linked", Bool),
    field("parts", List(&Struct(MATCHING_LINKAGE_PART))),
];

#[rustfmt::skip]
const MATCHING_LINKAGE_PART: &[Field] = &[
    field("field", Int),
    field("level", Text),
    field("similarity", Int),
    field("weight", Int),
    field("rarity", Int),
    field("exchanged_with", Int),
    field("counted_with", Int),
];

#[rustfmt::skip]
const MODEL_ACTIVITY: &[Field] = &[
    field("id", Text),
    field("host", Text),
    field("hub", Text),
    field("kind", Text),
    field("on", Text),
    field("with_agencies", List(&Text)),
    field("with_partners", List(&Text)),
    field("with_others", List(&Text)),
    field("innovations", List(&Text)),
    field("replications", List(&Text)),
    field("participants", Int),
    field("note", Text),
    field("output", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_AFFAIR: &[Field] = &[
    field("id", Text),
    field("name", Text),
    field("name_en", Text),
    field("is_basic_service", Bool),
    field("parent", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_AGENCY: &[Field] = &[
    field("id", Text),
    field("name", Text),
    field("aliases", List(&Text)),
    field("kind", Text),
    field("parent", Text),
    field("region", Text),
    field("capacity", Struct(MODEL_CAPACITY)),
    field("external_ids", List(&Struct(MODEL_EXTERNAL_ID))),
    field("valid", Struct(BASE_PERIOD)),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_AGREEMENT: &[Field] = &[
    field("kind", Text),
    field("number", Text),
    field("period", Struct(BASE_PERIOD)),
    field("parties", List(&Text)),
    field("obligations", Text),
    field("file", Text),
];

#[rustfmt::skip]
const MODEL_ANSWER: &[Field] = &[
    field("criterion", Text),
    field("own", Float),
    field("verified", Float),
    field("evidence", List(&Text)),
    field("note", Text),
];

#[rustfmt::skip]
const MODEL_ASSESSMENT: &[Field] = &[
    field("id", Text),
    field("rubric", Text),
    field("innovation", Text),
    field("hub", Text),
    field("agency", Text),
    field("on", Text),
    field("answers", List(&Struct(MODEL_ANSWER))),
    field("band", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_ASSESSOR: &[Field] = &[
    field("id", Text),
    field("edition", Text),
    field("person", Text),
    field("panel", Text),
    field("stage", Text),
    field("agency", Text),
    field("sectors", List(&Text)),
    field("conflicts", List(&Struct(MODEL_CONFLICT_OF_INTEREST))),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_AWARD: &[Field] = &[
    field("id", Text),
    field("innovation", Text),
    field("label", Text),
    field("contest", Text),
    field("edition", Text),
    field("group", Text),
    field("tier", Text),
    field("year", Int),
    field("decree", Text),
    field("on", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_BUDGET: &[Field] = &[
    field("money", Struct(MODEL_MONEY)),
    field("funding", Text),
    field("year", Int),
];

#[rustfmt::skip]
const MODEL_CAPACITY: &[Field] = &[
    field("population", Int),
    field("income_class", Text),
    field("digital_readiness", Text),
    field("staff", Int),
    field("annual_budget", Struct(MODEL_MONEY)),
];

#[rustfmt::skip]
const MODEL_CATEGORY: &[Field] = &[
    field("code", Text),
    field("label", Text),
];

#[rustfmt::skip]
const MODEL_CERTIFICATE: &[Field] = &[
    field("kind", Text),
    field("number", Text),
    field("on", Text),
    field("signatories", List(&Text)),
];

#[rustfmt::skip]
const MODEL_COMPETITION: &[Field] = &[
    field("id", Text),
    field("name", Text),
    field("aliases", List(&Text)),
    field("level", Text),
    field("organiser", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_COMPOSITION_RULE: &[Field] = &[
    field("code", Text),
    field("dimension", Text),
    field("value", Text),
    field("least", Int),
    field("most", Int),
    field("mark", Text),
    field("note", Text),
];

#[rustfmt::skip]
const MODEL_CONFLICT: &[Field] = &[
    field("proposal", Text),
    field("assessor", Text),
    field("ground", Text),
    field("because", Text),
];

#[rustfmt::skip]
const MODEL_CONFLICT_OF_INTEREST: &[Field] = &[
    field("agency", Text),
    field("innovation", Text),
    field("reason", Text),
];

#[rustfmt::skip]
const MODEL_CONTACT: &[Field] = &[
    field("id", Text),
    field("agency", Text),
    field("unit", Text),
    field("hub", Text),
    field("label", Text),
    field("phone", Text),
    field("email", Text),
    field("address", Text),
    field("url", Text),
    field("hours", Text),
    field("valid", Struct(BASE_PERIOD)),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_CRITERION: &[Field] = &[
    field("code", Text),
    field("label", Text),
    field("label_en", Text),
    field("weight", Float),
    field("parent", Text),
    field("is_required", Bool),
    field("word_limit", Int),
    field("options", List(&Struct(MODEL_SCORE_OPTION))),
    field("mark", Text),
    field("note", Text),
];

#[rustfmt::skip]
const MODEL_CRITERION_SCORE: &[Field] = &[
    field("criterion", Text),
    field("value", Float),
    field("comment", Text),
];

#[rustfmt::skip]
const MODEL_DECREE: &[Field] = &[
    field("id", Text),
    field("kind", Text),
    field("number", Text),
    field("year", Int),
    field("title", Text),
    field("issuer", Text),
    field("issued_on", Text),
    field("replaces", List(&Text)),
    field("url", Text),
    field("valid", Struct(BASE_PERIOD)),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_DESIGNATION: &[Field] = &[
    field("event", Text),
    field("on", Text),
    field("decree", Text),
    field("note", Text),
];

#[rustfmt::skip]
const MODEL_DIFFERENCE: &[Field] = &[
    field("aspect", Text),
    field("kind", Text),
    field("note", Text),
];

#[rustfmt::skip]
const MODEL_EDITION: &[Field] = &[
    field("id", Text),
    field("competition", Text),
    field("year", Int),
    field("theme", Text),
    field("decree", Text),
    field("registration", Struct(BASE_PERIOD)),
    field("groups", List(&Struct(MODEL_GROUP))),
    field("categories", List(&Struct(MODEL_CATEGORY))),
    field("tiers", List(&Struct(MODEL_TIER))),
    field("stages", List(&Struct(MODEL_STAGE))),
    field("composition", List(&Struct(MODEL_COMPOSITION_RULE))),
    field("tie_break", List(&Text)),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_ELIGIBILITY_RULE: &[Field] = &[
    field("code", Text),
    field("requirement", Json),
    field("label", Text),
    field("label_en", Text),
    field("mark", Text),
    field("note", Text),
];

#[rustfmt::skip]
const MODEL_EVIDENCE: &[Field] = &[
    field("id", Text),
    field("kind", Text),
    field("code", Text),
    field("title", Text),
    field("uri", Text),
    field("sha256", Text),
    field("issued_on", Text),
    field("issuer", Text),
    field("verified_by", Text),
    field("is_accepted", Bool),
    field("note", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_EXTERNAL_ID: &[Field] = &[
    field("system", Text),
    field("value", Text),
];

#[rustfmt::skip]
const MODEL_GRAPH_NODE: &[Field] = &[
    field("id", Text),
    field("title", Text),
    field("owner", Text),
    field("owner_name", Text),
    field("owner_kind", Text),
    field("region", Text),
    field("province", Text),
    field("province_name", Text),
    field("sectors", List(&Text)),
    field("since", Text),
    field("stage", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_GROUP: &[Field] = &[
    field("code", Text),
    field("label", Text),
    field("rubric", Text),
    field("quota_per_agency", Int),
    field("min_age_months", Int),
    field("eligibility", List(&Struct(MODEL_ELIGIBILITY_RULE))),
    field("mark", Text),
];

#[rustfmt::skip]
const MODEL_HUB: &[Field] = &[
    field("id", Text),
    field("agency", Text),
    field("kind", Text),
    field("name", Text),
    field("portal_name", Text),
    field("portal_url", Text),
    field("batch", Text),
    field("designations", List(&Struct(MODEL_DESIGNATION))),
    field("milestones", List(&Struct(MODEL_MILESTONE))),
    field("spokes", List(&Struct(MODEL_SPOKE))),
    field("partners", List(&Struct(MODEL_PARTNERSHIP))),
    field("status", Status(MODEL_STEP)),
    field("external_ids", List(&Struct(MODEL_EXTERNAL_ID))),
    field("valid", Struct(BASE_PERIOD)),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_INDICATOR: &[Field] = &[
    field("indicator", Text),
    field("unit", Text),
    field("before", Float),
    field("after", Float),
    field("on", Text),
];

#[rustfmt::skip]
const MODEL_INNOVATION: &[Field] = &[
    field("id", Text),
    field("title", Text),
    field("nickname", Text),
    field("expansion", Text),
    field("owner", Text),
    field("unit", Text),
    field("unit_name", Text),
    field("region", Text),
    field("innovators", List(&Text)),
    field("initiator", Text),
    field("form", Text),
    field("is_digital", Bool),
    field("stage", Status(MODEL_STEP)),
    field("verification", Status(MODEL_STEP)),
    field("publication", Status(MODEL_STEP)),
    field("trial_on", Text),
    field("implemented_on", Text),
    field("developed_on", Text),
    field("sectors", List(&Text)),
    field("affairs", List(&Text)),
    field("categories", List(&Text)),
    field("sdgs", List(&Int)),
    field("rb_theme", Text),
    field("oecd_category", Text),
    field("problem", Text),
    field("solution", Text),
    field("outcome", Text),
    field("sections", List(&Struct(MODEL_SECTION))),
    field("target_groups", List(&Text)),
    field("beneficiaries", Int),
    field("results", List(&Struct(MODEL_INDICATOR))),
    field("budgets", List(&Struct(MODEL_BUDGET))),
    field("staff_needed", Int),
    field("tools", List(&Text)),
    field("prerequisites", List(&Text)),
    field("drivers", List(&Text)),
    field("barriers", List(&Text)),
    field("video", Text),
    field("evidence", List(&Text)),
    field("open_to_replication", Bool),
    field("replication_letter", Text),
    field("sustainability", Struct(MODEL_SUSTAINABILITY)),
    field("external_ids", List(&Struct(MODEL_EXTERNAL_ID))),
    field("valid", Struct(BASE_PERIOD)),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_JUDGEMENT: &[Field] = &[
    field("id", Text),
    field("need", Text),
    field("innovation", Text),
    field("grade", Int),
    field("by", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_MILESTONE: &[Field] = &[
    field("kind", Text),
    field("on", Text),
    field("note", Text),
    field("evidence", Text),
];

#[rustfmt::skip]
const MODEL_MONEY: &[Field] = &[
    field("amount", Float),
    field("currency", Text),
];

#[rustfmt::skip]
const MODEL_NEED: &[Field] = &[
    field("id", Text),
    field("text", Text),
    field("agency", Text),
    field("agency_kind", Text),
    field("region", Text),
    field("sectors", List(&Text)),
    field("affairs", List(&Text)),
    field("sdgs", List(&Int)),
    field("budget", Struct(MODEL_MONEY)),
    field("staff", Int),
    field("tools", List(&Text)),
    field("deadline", Text),
    field("style", Text),
    field("note", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_OBJECTION: &[Field] = &[
    field("id", Text),
    field("proposal", Text),
    field("by", Text),
    field("text", Text),
    field("received_on", Text),
    field("is_upheld", Bool),
    field("resolution", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_PARTNER: &[Field] = &[
    field("id", Text),
    field("name", Text),
    field("aliases", List(&Text)),
    field("kind", Text),
    field("valid", Struct(BASE_PERIOD)),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_PARTNERSHIP: &[Field] = &[
    field("partner", Text),
    field("agency", Text),
    field("period", Struct(BASE_PERIOD)),
];

#[rustfmt::skip]
const MODEL_PERSON: &[Field] = &[
    field("id", Text),
    field("name", Text),
    field("role", Text),
    field("affiliation", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_POINT: &[Field] = &[
    field("lat", Float),
    field("lon", Float),
];

#[rustfmt::skip]
const MODEL_PROPOSAL: &[Field] = &[
    field("id", Text),
    field("innovation", Text),
    field("edition", Text),
    field("group", Text),
    field("category", Text),
    field("title", Text),
    field("sections", List(&Struct(MODEL_SECTION))),
    field("documents", List(&Text)),
    field("submitted_on", Text),
    field("status", Status(MODEL_STEP)),
    field("external_ids", List(&Struct(MODEL_EXTERNAL_ID))),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_PROVENANCE: &[Field] = &[
    field("field", Text),
    field("source", Text),
    field("retrieved_on", Text),
    field("confidence", Text),
    field("mark", Text),
    field("note", Text),
];

#[rustfmt::skip]
const MODEL_REGION: &[Field] = &[
    field("id", Text),
    field("name", Text),
    field("aliases", List(&Text)),
    field("level", Text),
    field("parent", Text),
    field("country", Text),
    field("capital", Text),
    field("population", Int),
    field("population_on", Text),
    field("area_km2", Float),
    field("center", Struct(MODEL_POINT)),
    field("is_3t", Bool),
    field("hdi", Float),
    field("hdi_on", Text),
    field("island_group", Text),
    field("external_ids", List(&Struct(MODEL_EXTERNAL_ID))),
    field("valid", Struct(BASE_PERIOD)),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_REPLICATION: &[Field] = &[
    field("id", Text),
    field("sources", List(&Struct(MODEL_SOURCE))),
    field("recipient", Text),
    field("recipients_note", Text),
    field("target", Text),
    field("target_title", Text),
    field("problem", Text),
    field("sectors", List(&Text)),
    field("change_type", Text),
    field("differences", List(&Struct(MODEL_DIFFERENCE))),
    field("title_relation", Text),
    field("reason", Text),
    field("process", Text),
    field("transfer_types", List(&Text)),
    field("transfer_modes", List(&Text)),
    field("facilitator_hub", Text),
    field("facilitator", Text),
    field("model", Text),
    field("agreements", List(&Struct(MODEL_AGREEMENT))),
    field("certificates", List(&Struct(MODEL_CERTIFICATE))),
    field("evidence", List(&Text)),
    field("evidence_level", Text),
    field("started_on", Text),
    field("implemented_on", Text),
    field("status", Status(MODEL_STEP)),
    field("external_ids", List(&Struct(MODEL_EXTERNAL_ID))),
    field("valid", Struct(BASE_PERIOD)),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_RUBRIC: &[Field] = &[
    field("id", Text),
    field("title", Text),
    field("version", Text),
    field("scale_min", Float),
    field("scale_max", Float),
    field("total", Float),
    field("missing", Text),
    field("criteria", List(&Struct(MODEL_CRITERION))),
    field("scale_mark", Text),
    field("valid", Struct(BASE_PERIOD)),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_RUN_INPUT: &[Field] = &[
    field("part", Text),
    field("records", Int),
    field("sha256", Text),
];

#[rustfmt::skip]
const MODEL_RUN_RESULT: &[Field] = &[
    field("proposal", Text),
    field("total", Float),
    field("adjusted", Float),
    field("standard_error", Float),
    field("place", Int),
    field("place_from", Int),
    field("place_to", Int),
    field("inside", Float),
    field("is_chosen", Bool),
];

#[rustfmt::skip]
const MODEL_SCORE_OPTION: &[Field] = &[
    field("score", Float),
    field("label", Text),
    field("label_en", Text),
    field("mark", Text),
];

#[rustfmt::skip]
const MODEL_SCORE_SHEET: &[Field] = &[
    field("id", Text),
    field("assessor", Text),
    field("proposal", Text),
    field("stage", Text),
    field("scores", List(&Struct(MODEL_CRITERION_SCORE))),
    field("submitted_on", Text),
    field("revision_of", Text),
    field("is_moderated", Bool),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_SCORING_RUN: &[Field] = &[
    field("id", Text),
    field("edition", Text),
    field("group", Text),
    field("method", Text),
    field("options", Text),
    field("inputs", List(&Struct(MODEL_RUN_INPUT))),
    field("seed", Int),
    field("results", List(&Struct(MODEL_RUN_RESULT))),
    field("outcome", Text),
    field("on", Text),
    field("note", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_SECTION: &[Field] = &[
    field("code", Text),
    field("title", Text),
    field("text", Text),
];

#[rustfmt::skip]
const MODEL_SECTOR: &[Field] = &[
    field("id", Text),
    field("name", Text),
    field("name_en", Text),
    field("aliases", List(&Text)),
    field("parent", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_SOURCE: &[Field] = &[
    field("innovation", Text),
    field("extent", Text),
    field("evidence", Text),
    field("note", Text),
];

#[rustfmt::skip]
const MODEL_SPOKE: &[Field] = &[
    field("agency", Text),
    field("unit", Text),
    field("period", Struct(BASE_PERIOD)),
];

#[rustfmt::skip]
const MODEL_STAGE: &[Field] = &[
    field("code", Text),
    field("kind", Text),
    field("label", Text),
    field("weight", Float),
    field("pass_mark", Float),
    field("rubric", Text),
    field("panel", Text),
    field("aggregation", Text),
    field("min_assessors", Int),
    field("max_spread", Float),
    field("mark", Text),
];

#[rustfmt::skip]
const MODEL_STAGE_RESULT: &[Field] = &[
    field("id", Text),
    field("proposal", Text),
    field("stage", Text),
    field("aggregate", Float),
    field("spread", Float),
    field("rank", Int),
    field("decision", Text),
    field("reason", Text),
    field("decided_by", Text),
    field("on", Text),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const MODEL_STEP: &[Field] = &[
    field("to", Text),
    field("on", Text),
    field("by", Text),
    field("note", Text),
    field("decree", Text),
    field("reported", Text),
];

#[rustfmt::skip]
const MODEL_SUSTAINABILITY: &[Field] = &[
    field("status", Text),
    field("reason", Text),
    field("on", Text),
];

#[rustfmt::skip]
const MODEL_TIER: &[Field] = &[
    field("code", Text),
    field("label", Text),
    field("group", Text),
    field("cap", Int),
    field("parent", Text),
    field("rank", Int),
    field("mark", Text),
];

#[rustfmt::skip]
const MODEL_UNIT: &[Field] = &[
    field("id", Text),
    field("name", Text),
    field("agency", Text),
    field("service_type", Text),
    field("region", Text),
    field("valid", Struct(BASE_PERIOD)),
    field("provenance", List(&Struct(MODEL_PROVENANCE))),
];

#[rustfmt::skip]
const NETWORK_AWARD_SEEN: &[Field] = &[
    field("label", Text),
    field("year", Int),
    field("level", Text),
];

#[rustfmt::skip]
const NETWORK_LAUREATE: &[Field] = &[
    field("innovation", Text),
    field("title", Text),
    field("owner", Text),
    field("owner_name", Text),
    field("awards", List(&Struct(NETWORK_AWARD_SEEN))),
    field("vitality", Text),
    field("reason", Text),
    field("last_sign", Text),
    field("replicas", Int),
    field("descendants", Int),
    field("provinces", List(&Text)),
    field("unplaced", Int),
    field("chains", List(&List(&Text))),
];

#[rustfmt::skip]
const NETWORK_NEAR_DUPLICATE: &[Field] = &[
    field("innovation", Text),
    field("title", Text),
    field("neighbour", Struct(NETWORK_NEIGHBOUR)),
];

#[rustfmt::skip]
const NETWORK_NEIGHBOUR: &[Field] = &[
    field("innovation", Text),
    field("title", Text),
    field("owner", Text),
    field("owner_name", Text),
    field("likeness", Int),
    field("of_text", Int),
    field("title_likeness", Int),
    field("words", List(&Text)),
    field("is_same_owner", Bool),
    field("is_linked", Bool),
];
