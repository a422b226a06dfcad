"""One behaviour in all languages: the cases of tests/vectors/cases, which Rust, Kotlin and Swift answer too."""

import json
from pathlib import Path

import jipp
import pytest
from jipp.errors import JippError
from jipp.evaluation import agreement

ROOT = Path(__file__).parents[2]
AT = "2026-11-21T08:00:00Z"
# What Python has other ways for: sequences instead of pages, no ids apart from records.
ELSEWHERE = {"check-id", "page"}
CASES = [
    case
    for file in sorted((ROOT / "tests/vectors/cases").glob("*.json"))
    for case in json.loads(file.read_text("utf-8"))
    if case["op"] not in ELSEWHERE
]


@pytest.fixture(scope="module")
def sample():
    return jipp.Network.sample()


@pytest.fixture(scope="module")
def edition():
    network = jipp.Network.in_memory(origin="vectors")
    network.import_(ROOT / "tests/fixtures/edition.json", at=AT)
    return network


def plain(value):
    """Values as JSON has them, without what is empty, None or False among fields."""
    if hasattr(value, "to_dict"):
        value = value.to_dict()
    if isinstance(value, dict):
        fields = {name: plain(inner) for name, inner in value.items()}
        return {name: inner for name, inner in fields.items() if inner not in (None, [], {}) and inner is not False}
    if isinstance(value, (str, bool, int, float)) or value is None:
        return value
    if hasattr(value, "__len__"):
        return [plain(inner) for inner in value]
    return str(value)


def date_parts(text):
    year, month, day = jipp.parse_date(text)
    date = jipp.PartialDate("-".join(f"{part:02}" for part in (year, month, day) if part is not None))
    first, last = date.to_date().isoformat(), date.last_day().isoformat()
    return {"year": year, "month": month, "day": day, "first_day": first, "last_day": last}


def determined(ask):
    """Outcomes are values or an error in Python, and a choice in the core."""
    try:
        return {"defined": ask()}
    except JippError as error:
        if error.code != "undetermined":
            raise
        return {"undefined": error.value}


def commit(records):
    network = jipp.Network.in_memory(origin="vectors")
    with network.edit(at=AT) as edit:
        edit.add({"register": record} for record in records)
    return {"revision": edit.revision, "changes": edit.changes}


def take_in(folder, given):
    path = folder / given["file"]
    path.write_text(given["text"], "utf-8")
    options = {name: given[name] for name in ("kind", "batch", "max_rejections_listed") if name in given}
    return jipp.Network.in_memory(origin="vectors").import_(path, at=given.get("at", AT), **options)


def closed():
    network = jipp.Network.in_memory(origin="vectors")
    network.close()
    return network.revision


def draft_words(found, lang):
    return [part.ground.words_in(lang) for candidate in found for part in candidate.parts]


def whole(found):
    return {"words": found.words, "searched": found.searched, "candidates": list(found)}


def search(sample, given):
    names = ("innovation", "title", "owner", "owner_name", "score")
    found = sample.candidates(given["text"], limit=given["limit"], feedback=False)
    return [{name: getattr(one, name) for name in names} for one in found]


def scored(edition, given):
    cut = {name: given[name] for name in ("places", "pass_mark") if name in given}
    return edition.evaluation.score(given["edition"], cut=cut)


def answer(op, given, sample, edition, folder):
    scope = {name: given[name] for name in ("on", "progress") if name in given}
    rows, level = given.get("rows"), given.get("level")
    operations = {
        "parse-date": lambda: date_parts(given["text"]),
        "fold": lambda: jipp.fold(given["text"]),
        "words": lambda: jipp.base.words(given["text"]),
        "label-agency-kind": lambda: jipp.model.label("agency-kind", given["code"], given["lang"]),
        "label-kind": lambda: jipp.model.label("kind", given["code"], given["lang"]),
        "stem": lambda: jipp.matching.Analyzer().stem(given["word"]),
        "stop-word": lambda: jipp.matching.Analyzer().is_stop_word(given["word"]),
        "terms": lambda: [token.term for token in jipp.matching.Analyzer().tokens(given["text"])],
        "candidates": lambda: whole(sample.candidates(jipp.Question(**given))),
        "ground-words": lambda: draft_words(sample.candidates(given["text"], limit=1), given["lang"]),
        "search": lambda: search(sample, given),
        "neighbours": lambda: sample.matching.neighbours(given["innovation"], limit=given["limit"]),
        "check-draft": lambda: sample.matching.check_draft(given),
        "duplicates": lambda: {
            "pairs": (found := sample.matching.duplicates()).pairs,
            "clusters": found.clusters,
        },
        "record": lambda: (found := sample.get(given["kind"], given["id"])) and {given["kind"]: found},
        "count": lambda: sample.count(given["kind"]),
        "referrers": lambda: [
            {given["kind"]: record} for record in sample.referrers(given["kind"], (given["to_kind"], given["to_id"]))
        ],
        "lineage-node": lambda: sample.lineage.node(given["node"], **scope),
        "sources": lambda: sample.lineage.sources(given["node"], **scope),
        "replicas": lambda: sample.lineage.replicas(given["node"], **scope),
        "ancestors": lambda: sample.lineage.ancestors(given["node"], **scope),
        "descendants": lambda: sample.lineage.descendants(given["node"], **scope),
        "impact": lambda: sample.lineage.impact(given["node"], **scope),
        "adoptions": lambda: sample.lineage.adoptions(given["node"], **scope),
        "roots": lambda: sample.lineage.roots(),
        "travel": lambda: sample.lineage.travel(),
        "common-ancestors": lambda: sample.lineage.common_ancestors(given["first"], given["second"]),
        "paths": lambda: sample.lineage.paths(given["start"], given["end"], limit=given["limit"]),
        "adaptation": lambda: sample.lineage.adaptation(given["replication"]),
        "hubs-on": lambda: sample.hubs.on(given["on"]),
        "hub-coverage": lambda: sample.hubs.coverage(given["on"]),
        "hub-readiness": lambda: sample.hubs.readiness(given["hub"], given["on"]),
        "hub-findings": lambda: [finding.words_in(given["lang"]) for finding in sample.hubs.findings()],
        "krippendorff": lambda: determined(lambda: agreement.krippendorff(rows, level=level)),
        "kendall": lambda: determined(lambda: agreement.kendall(rows, level=level)),
        "icc": lambda: determined(lambda: agreement.icc(rows, level=level)),
        "chance-corrected": lambda: determined(
            lambda: agreement.chance_corrected(
                rows, level=level, model=given["model"], weighting=given["weighting"]
            )
        ),
        "standings": lambda: scored(edition, given).standings,
        "chosen": lambda: scored(edition, given).chosen(),
        "import": lambda: take_in(folder, given),
        "suggest-mapping": lambda: jipp.exchange.suggest_mapping(given["kind"], given["headers"]),
        "commit": lambda: commit(given["records"]),
        "apply": lambda: jipp.Network.in_memory(origin="vectors").apply(given["text"].encode()),
        "closed": closed,
    }
    return operations[op]()


def told(error):
    line = error.location.line
    return plain(
        {"kind": error.kind, "code": error.code, "subject": error.subject, "line": line, "value": error.value}
    )


def test_there_are_enough_cases():
    assert len(CASES) >= 300


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['op']}: {case['name']}")
def test_the_answer_is_that_of_the_core(case, sample, edition, tmp_path):
    try:
        found = {"expect": plain(answer(case["op"], case["given"], sample, edition, tmp_path))}
    except JippError as error:
        found = {"error": told(error)}
    assert found == {key: case[key] for key in ("expect", "error") if key in case}
