"""Graph files in the Python packages they are made for: prov and networkx."""

import json
import os
from pathlib import Path

import networkx
import pytest
from prov.model import ProvDerivation, ProvDocument, ProvInfluence

FIXTURES = Path(__file__).parents[1] / "fixtures" / "graph"
LINEAGE = json.loads((FIXTURES / "lineage.json").read_text("utf-8"))
NODES, EDGES = LINEAGE["nodes"], LINEAGE["edges"]


def keep(name, text):
    """What Python writes of our files is kept for the Rust tests to read; JIPP_BLESS=1 writes it anew."""
    if os.environ.get("JIPP_BLESS"):
        (FIXTURES / name).write_text(text, "utf-8")
    return (FIXTURES / name).read_text("utf-8")


def load_prov():
    return ProvDocument.deserialize(FIXTURES / "lineage.prov.json", format="json")


def by_order(value):
    """JSON without the order of lists: the attributes of PROV are sets."""
    if isinstance(value, dict):
        return {name: by_order(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return sorted((by_order(inner) for inner in value), key=json.dumps)
    return value


def test_prov_loads_every_node_and_edge():
    document = load_prov()
    records = list(document.get_records())
    entities = {record.identifier for record in records if record.get_type().localpart == "Entity"}
    assert len(entities) == len(NODES)
    links = [record for record in records if isinstance(record, ProvDerivation) or type(record) is ProvInfluence]
    assert len(links) == len(EDGES)
    inspired = [edge for edge in EDGES if edge.get("change_type") == "inspire"]
    assert len([link for link in links if type(link) is ProvInfluence]) == len(inspired) > 0


def test_prov_holds_titles_as_they_are():
    labels = {str(record.label) for record in load_prov().get_records() if record.get_type().localpart == "Entity"}
    for node in NODES:
        if "title" in node:
            assert node["title"] in labels


def test_prov_writes_what_is_read_back():
    text = json.dumps(json.loads(load_prov().serialize(format="json")), indent=1, sort_keys=True, ensure_ascii=False)
    assert by_order(json.loads(keep("python.prov.json", text + "\n"))) == by_order(json.loads(text))


def test_prov_can_be_written_in_other_serialisations():
    assert "wasDerivedFrom(" in load_prov().get_provn()


def load_networkx():
    return networkx.node_link_graph(LINEAGE, edges="edges")


def test_networkx_loads_a_directed_multigraph():
    graph = load_networkx()
    assert graph.is_directed() and graph.is_multigraph()
    assert graph.number_of_nodes() == len(NODES) and graph.number_of_edges() == len(EDGES)
    for edge in EDGES:
        attributes = graph.edges[edge["source"], edge["target"], edge["key"]]
        assert attributes["state"] == edge["state"] and attributes.get("change_type") == edge.get("change_type")
    assert networkx.is_directed_acyclic_graph(graph)


def test_networkx_writes_what_is_read_back():
    data = networkx.node_link_data(load_networkx(), edges="edges")
    text = json.dumps(data, indent=1, ensure_ascii=False)
    assert json.loads(keep("python.json", text + "\n")) == data


def test_graphml_goes_through_networkx():
    graph = networkx.read_graphml(FIXTURES / "lineage.graphml", force_multigraph=True)
    assert graph.is_directed()
    assert graph.number_of_nodes() == len(NODES) and graph.number_of_edges() == len(EDGES)
    titles = networkx.get_node_attributes(graph, "title")
    assert titles == {node["id"]: node["title"] for node in NODES if "title" in node}
    text = "\n".join(networkx.generate_graphml(graph)) + "\n"
    kept = networkx.parse_graphml(keep("python.graphml", text), force_multigraph=True)
    assert networkx.utils.graphs_equal(kept, graph)


@pytest.mark.parametrize("name", ["lineage.json", "lineage.prov.json"])
def test_files_are_plain_json(name):
    assert isinstance(json.loads((FIXTURES / name).read_text("utf-8")), dict)
