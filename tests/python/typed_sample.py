"""What a type checker sees of the package: read by test_typing.py, never run."""

from collections.abc import Sequence
from typing import Literal, assert_type

import jipp
from jipp import PartialDate
from jipp.evaluation import Scoring
from jipp.exchange import ImportReport
from jipp.hubs import Coverage, HubOn
from jipp.lineage import AdoptionCurve, Link, Scope
from jipp.model import Agency, AgencyKind, Innovation
from jipp.network import Candidate, Candidates, Laureate, Part, ProposalReport, Question
from jipp.notebook import Drawing

network = jipp.Network.sample()
assert_type(network, jipp.Network)
assert_type(network.revision, int)

found = network.candidates("antrean panjang", region="81", limit=5)
assert_type(found, Candidates)
assert_type(found[0], Candidate)
assert_type(found[0].parts, tuple[Part, ...])
assert_type(found.reasons(0, lang="en"), list[str])
assert_type([candidate.title for candidate in found], list[str])
network.candidates(Question(text="antrean panjang", region="81", on=PartialDate("2026")))

agency = Agency(id="kota-ambon", name="Pemerintah Kota Ambon", kind="city")
assert_type(agency.kind, AgencyKind)
assert_type(agency.replace(name="Kota Ambon"), Agency)
with network.edit(by="Bagian Organisasi") as edit:
    edit.register(agency, Innovation(id="kota-ambon/antre", title="Antre", owner="kota-ambon"))

assert_type(network.lineage.all_links(region="81"), Sequence[Link])
assert_type(network.lineage.sources("kota-ambon/antre", Scope(region="81"))[0].on, PartialDate | None)
assert_type(network.lineage.adoption_curve("kota-ambon/antre"), AdoptionCurve)
assert_type(network.lineage.laureates(from_year=2014), Sequence[Laureate])
assert_type(network.lineage.draw("kota-ambon/antre", format="svg"), Drawing)

hub = network.hubs.on("2026-11-21")[0]
assert_type(hub, HubOn)
assert_type(hub.is_member, Literal["yes", "no", "unknown"])
assert_type(network.hubs.coverage("2026"), Coverage)

scoring = network.evaluation.score("kipp/2025", group="umum")
assert_type(scoring, Scoring)
assert_type(network.evaluation.proposal_report(scoring, "kipp/2025/kota-ambon/antre"), ProposalReport)
assert_type(network.import_([{"id": "a"}], kind="agency"), ImportReport)
