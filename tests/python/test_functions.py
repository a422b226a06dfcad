"""Growth and inference, graph files, mappings, vocabularies and what ships, through the installed package."""

import json
from pathlib import Path

import jipp
import pytest
from jipp import base, errors, exchange, lineage, model
from jipp.lineage import growth, inference
from jipp.model import Agency, Graph, GraphEdge, GraphNode

VECTORS = Path(__file__).parents[1] / "vectors"
RECORDERS = [840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890]


def test_curves_are_those_of_other_programs():
    fits = json.loads((VECTORS / "growth.json").read_text("utf-8"))["fits"]
    [case] = [one for one in fits if one["name"] == "recorders"]
    assert case["counts"] == RECORDERS
    for name in ("logistic", "bass"):
        found = growth.fit(name, RECORDERS)
        expected = case[name]["parameters"]
        assert [one.value for one in found.parameters] == pytest.approx(expected, rel=1e-5)
        assert found.cumulative(10) == pytest.approx(sum(found.expected), rel=0.02)
    both = growth.growth(RECORDERS)
    assert both.unfit == {} and both.best.aicc == min(both.logistic.aicc, both.bass.aicc)


def test_numbers_that_determine_no_curve():
    with pytest.raises(errors.RefusedError) as caught:
        growth.fit("bass", [1, 2, 3])
    assert (caught.value.code, caught.value.value) == ("undetermined", "too-few-periods")
    with pytest.raises(errors.InvalidError):
        growth.fit("bass", [1, -2, 3, 4, 5, 6])
    with pytest.raises(errors.InvalidError) as caught:
        growth.fit("bass", [1, None])
    assert caught.value.location.field == "counts[1]"
    with pytest.raises(errors.InvalidError):
        growth.fit("gompertz", RECORDERS)


def test_edges_are_inferred_from_cascades():
    cascades = [{0: 0.0, 1: 1.0}, {0: 5.0, 1: 6.1}, {0: 9.0, 1: 9.9}, {0: 20.0, 1: 21.2}]
    found = inference.infer(cascades)
    assert [(edge.source, edge.target) for edge in found.edges] == [(0, 1)]
    assert found == inference.infer([list(cascade.items()) for cascade in cascades])
    delay = inference.estimate_delay(cascades)
    assert delay.family() == "exponential" and 0 < delay.survival(1.0) < 1
    assert delay.ln_density(2.0) < delay.ln_density(1.0)
    assert inference.network_inference(delay).scoring == "epsilon-edges"
    assert len(inference.infer(cascades, None, inference.snap()).edges) == 1
    with pytest.raises(errors.RefusedError):
        inference.infer(cascades[:1])


def graph():
    nodes = [GraphNode(id="a"), GraphNode(id="b", title="Bé & <co>")]
    return Graph(nodes=nodes, edges=[GraphEdge(replication="r1", source="a", target="b", state="implemented")])


@pytest.mark.parametrize("format", model.codes("graph-format"))
def test_a_graph_survives_every_format(format):
    read = exchange.read_graph(exchange.write_graph(graph(), format=format), format=format)
    assert [edge.replication for edge in read.graph.edges] == ["r1"]
    assert {node.id for node in read.graph.nodes} == {"a", "b"}


def test_graph_files_go_by_their_names(tmp_path):
    path = tmp_path / "lineage.graphml"
    text = exchange.write_graph(graph(), path)
    assert path.read_text("utf-8") == text
    assert exchange.read_graph(path).graph == exchange.sorted_graph(graph())
    with pytest.raises(ValueError, match="format"):
        exchange.write_graph(graph(), tmp_path / "lineage.docx")
    assert exchange.draw_svg(graph(), lang="en").startswith("<svg")
    assert "<co>" not in exchange.draw_svg(graph())
    assert "r1" in exchange.write_edges_csv(graph()) and "b" in exchange.write_nodes_csv(graph())
    tables = exchange.read_csv_tables(exchange.write_edges_csv(graph()), exchange.write_nodes_csv(graph()))
    assert tables.graph == exchange.sorted_graph(graph())


def test_a_broken_graph_file_is_refused_at_its_line():
    with pytest.raises(errors.InvalidError) as caught:
        exchange.read_graph("digraph {\n a -> \n}", format="dot")
    assert (caught.value.code, caught.value.location.line is not None) == ("graph-syntax", True)
    lonely = Graph(nodes=[], edges=[GraphEdge(replication="r1", source="a", target="b", state="implemented")])
    with pytest.raises(errors.JippError):
        exchange.write_graph(lonely, format="dot")


def test_a_graph_enters_a_network():
    network = jipp.Network.in_memory()
    with network.edit() as edit:
        edit.register(Agency(id="kota-ambon", name="Kota Ambon", kind="city"))
    text = 'digraph { a [title=Antre, owner="kota-ambon"]; b [title=B, owner=nobody]; }'
    found = network.graph_actions(exchange.read_graph(text, format="dot").graph)
    assert (len(found.actions), found.known) == (1, 0)
    assert [error.code for error in found.left_out] == ["dangling-reference"]
    with network.edit() as edit:
        edit.add(found.actions)
    assert network.innovations.ids() == ["a"]
    again = network.graph_actions(exchange.read_graph(text, format="dot").graph)
    assert (again.actions, again.known) == ((), 1)
    assert sum(step.reached for step in network.lineage.funnel().steps) == 0
    assert lineage.funnel(network.replications) == network.lineage.funnel()


def test_columns_are_guessed_and_described():
    found = exchange.suggest_mapping("agency", ["id", "Nama", "Xyz"])
    assert {match.header: match.field for match in found.matches} == {"Nama": "name", "id": "id"}
    assert found.unmatched == ("Xyz",)
    kinds = model.codes("kind")
    assert all(exchange.fields(kind) for kind in kinds)
    holds = {field.path: field.holds for field in exchange.fields("innovation")}
    assert holds["owner"].kind == "id" and holds["owner"].value == "agency"
    assert exchange.document_schema()["type"] == "object"
    with pytest.raises(errors.InvalidError):
        exchange.fields("planet")


def test_every_code_has_a_label_in_two_languages():
    names = model.vocabularies()
    assert len(names) >= 84 and names == sorted(names)
    for name in names:
        for code in model.codes(name):
            assert model.label(name, code) and model.label(name, code, "en")
    with pytest.raises(LookupError):
        model.codes("colour")
    with pytest.raises(LookupError):
        model.label("truth", "perhaps")
    with pytest.raises(ValueError, match="lang"):
        model.label("truth", "yes", "fr")


def test_what_ships_can_be_used():
    for id in model.instruments():
        instrument = model.instrument(id)
        instrument.check()
        assert instrument.rubric.id == id and instrument.aspects()
        for aspect in instrument.aspects():
            assert all(one.parent == aspect.code for one in instrument.questions(aspect.code))
    regions = model.regions_id()
    assert len(regions) > 500 and regions["81"].name == "Maluku"
    assert len(model.agencies_id()) > 10 and model.competitions_id()
    for record in model.competitions_id():
        model.check(record)
    with pytest.raises(errors.NotFoundError):
        model.instrument("none@1")


def test_names_resolve():
    places = model.Gazetteer.indonesia()
    assert len(places) == len(places.ids()) == len(model.regions_id())
    found = places.resolve("kab. bnyuwangi")
    assert places.name(found.id) == "Kabupaten Banyuwangi" and found.how == "likeness" and 0 < found.likeness < 1
    assert places.level(found.id) == "regency" and places.province_of(found.id) == "35"
    assert "35" in places.ancestors(found.id)
    assert places.resolve("Kediri", level="city").id != places.resolve("Kediri", level="regency").id
    assert 0 < places.distance_km("35", "81") < 3000 and places.name("99") is None
    with pytest.raises(errors.JippError) as caught:
        places.resolve("Atlantis Raya")
    assert caught.value.code == "name-unresolved"
    own = model.Gazetteer([model.Region(id="ke-28", name="Mombasa", level="county")])
    assert own.resolve("MOMBASA").id == "ke-28"
    agencies = model.AgencyNames.indonesia()
    assert agencies.id_for("Pemkot Denpasar") == "kota-denpasar"
    assert agencies.resolve("KemenPAN-RB").id == agencies.id_for("Kementerian PANRB")
    assert agencies.government("81").kind == "province"


def test_words_quartiles_and_shares():
    assert base.words("Gerai KTP-el!") == ["gerai", "ktp", "el"]
    assert base.quartiles([4, 1, 3, 2]).median == 2.5 and base.quartiles([]) is None
    share = base.share(3, 4)
    assert share.low < share.share == 0.75 < share.high and base.share(0, 0) is None
    with pytest.raises(errors.InvalidError) as caught:
        base.quartiles([1, float("nan")])
    assert caught.value.location.field == "sample[1]"


def test_reports_speak_both_languages():
    network = jipp.Network.sample()
    hub = network.records("hub")[0].id
    report = network.hubs.report(hub, year=2025)
    assert report.to_markdown("id") != report.to_markdown("en")
    assert report.to_markdown().startswith("#")
    for finding in list(network.hubs.findings())[:20]:
        assert finding.words_in("id") and finding.words_in("en")
    for candidate in network.candidates("antrean panjang di puskesmas", region="81"):
        for part in candidate.parts:
            assert part.ground.words_in("id") and part.ground.words_in("en")


def test_a_record_is_checked_by_itself():
    model.check(Agency(id="kota-ambon", name="Kota Ambon", kind="city"))
    with pytest.raises(errors.InvalidError):
        model.check(Agency(id="kota ambon\n", name="Kota Ambon", kind="city"))
    assert model.schema("agency")["type"] == "object"


def test_records_are_found_by_what_they_say():
    network = jipp.Network.in_memory()
    numbered = [{"system": "Simonev", "value": "A-7"}]
    with network.edit() as edit:
        edit.register(Agency(id="kota-ambon", name="Kota Ambon", kind="city"))
        for id, year in (("a", 2019), ("b", 2021)):
            record = model.Innovation(id=id, title=id.upper(), owner="kota-ambon", implemented_on=str(year))
            edit.register(record.replace(external_ids=numbered) if id == "a" else record)
    assert network.find("innovation", external_id=("simonev", "a-7")).ids() == ["a"]
    assert network.find("innovation", year=2021).ids() == ["b"]
    assert network.find("innovation", year=2019, external_id=("simonev", "a-8")).ids() == []
    state = model.codes("innovation-stage")[0]
    assert network.find("innovation", axis="stage", state=state).ids() == ["a", "b"]
    assert network.find("innovation", valid_on="2022-01-01").ids() == ["a", "b"]
    with pytest.raises(errors.InvalidError):
        network.find("innovation", axis="colour", state="red")
    record = network.get("innovation", "a")
    assert (record.is_stopped(), record.stopped_on()) == (False, None) and 0 < record.completeness() < 1


def test_dates_that_are_not_wholly_known():
    year, month = jipp.PartialDate("2019"), jipp.PartialDate("2019-07")
    assert year.overlaps(month) and not year.surely_before(month) and month.surely_before("2020")
    assert str(year.last_day()) == "2019-12-31"
    assert base.Period(from_="2019").overlaps(base.Period(to="2019-06"))
    assert base.Period(from_="2019", to="2020").holds_on("2021") == "no"
