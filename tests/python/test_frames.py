"""Data frames, out of jipp and into it: pandas, polars, pyarrow, DuckDB, networkx."""

import csv
import datetime
import io
import resource
import sys
import threading

import duckdb
import jipp
import networkx
import pandas
import polars
import pyarrow
import pytest

AT = "2026-11-21T08:00:00Z"
# Referred to before referring.
KINDS = (
    "region sector affair agency unit person partner decree evidence innovation hub replication activity contact "
    "competition rubric edition proposal assessor score-sheet stage-result objection award assessment need judgement "
    "scoring-run"
).split()
# A column of one kind is named otherwise in a frame only where it is added: how a state was come to.
STEPS = ".steps"


@pytest.fixture(scope="module")
def sample():
    return jipp.Network.sample()


@pytest.fixture
def network():
    return jipp.Network.in_memory()


def agencies(**columns):
    return {"id": ["a", "b"], "name": ["A", "B"], "kind": ["city", "regency"], **columns}


def rejected(report):
    return [(one.line, one.field, one.code) for one in report.rejected]


def through_duckdb(records):
    """DuckDB finds what has a stream by the name of the variable."""
    return duckdb.connect().sql("select * from records").to_arrow_table()


# ---- out -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_columns_are_those_of_the_csv_for_any_rows(sample, network, kind):
    header = next(csv.reader(io.StringIO(sample.export(format="csv", kinds=kind).decode())))
    full, empty = sample.records(kind).to_arrow(), network.records(kind).to_arrow()
    assert {name for name in full.column_names if not name.endswith(STEPS)} == set(header)
    assert full.schema == empty.schema
    assert (full.num_rows, empty.num_rows) == (sample.count(kind), 0)
    assert full.column_names[0] == "id"


def test_cells_are_the_fields_of_records(sample):
    table = sample.innovations.to_arrow()
    assert table.schema.field("beneficiaries").type == pyarrow.int64()
    assert table.schema.field("is_digital").type == pyarrow.bool_()
    assert table.schema.field("sectors").type == pyarrow.list_(pyarrow.field("item", pyarrow.string()))
    with_steps = 0
    for row, record in zip(table.to_pylist(), sample.innovations, strict=True):
        assert (row["id"], row["title"], row["nickname"]) == (record.id, record.title, record.nickname)
        assert row["valid.from"] == (record.valid and record.valid.from_)
        assert row["sectors"] == (list(record.sectors) or None)
        assert row["stage"] == (record.stage[-1].to if record.stage else None)
        assert [step["to"] for step in row["stage.steps"] or ()] == [step.to for step in record.stage]
        assert [one["source"] for one in row["provenance"]] == [one.source for one in record.provenance]
        with_steps += bool(record.stage)
    assert with_steps > 100


def test_every_library_sees_the_same(sample):
    records = sample.replications
    arrow = records.to_arrow()
    assert pyarrow.table(records).equals(arrow)
    assert records.to_polars().to_arrow().to_pylist() == arrow.to_pylist()
    assert through_duckdb(records).to_pylist() == arrow.to_pylist()
    frame = records.to_pandas()
    assert list(frame.columns) == arrow.column_names
    assert frame["id"].tolist() == arrow["id"].to_pylist()
    assert frame.isna().sum().tolist() == [column.null_count for column in arrow.columns]


def test_whole_numbers_stay_whole_in_pandas(sample):
    frame = sample.innovations.to_pandas()
    assert str(frame["beneficiaries"].dtype) == "Int64"
    assert str(frame["is_digital"].dtype) == "boolean"


def test_candidates_are_flat(sample):
    found = sample.candidates("antrean panjang di puskesmas", region="81", limit=20)
    frame = found.to_polars()
    assert frame["innovation"].to_list() == [one.innovation for one in found]
    assert frame["rank"].to_list() == list(range(1, 21))
    points = [name for name in frame.columns if name.startswith("points.")]
    summed = frame.select(polars.sum_horizontal(points)).to_series()
    assert summed.to_list() == pytest.approx(frame["score"].to_list())
    assert frame["score"].to_list() == pytest.approx([one.score / 1e6 for one in found])
    # What belongs to no known factor would be counted as a vector.
    assert set(frame["points.vector"]) == {0.0}
    gaps = [name for name in frame.columns if name.startswith("gaps.")]
    assert frame.select(polars.sum_horizontal(gaps)).to_series().to_list() == [len(one.gaps) for one in found]
    assert frame["hubs"].to_list() == [[hub.hub for hub in one.hubs] for one in found]
    assert frame["hub.name"].to_list() == [one.hubs[0].name if one.hubs else None for one in found]
    nothing = sample.candidates("qwxyz", region="81")
    assert nothing.to_arrow().schema == found.to_arrow().schema
    assert found.to_pandas().shape == found.to_arrow().shape


def tables(network):
    lineage, hubs = network.lineage, network.hubs
    some = network.innovations[0].id if network.innovations else None
    yield from [lineage.all_links(), lineage.journeys(), lineage.impacts(), lineage.adaptations(), lineage.reproduction()]
    yield from [lineage.roots(), lineage.leaves(), lineage.generations(), lineage.components(), lineage.laureates()]
    yield from [hubs.on("2025"), hubs.findings()]
    if some is not None:
        root = max(lineage.roots(), key=lambda node: len(lineage.descendants(node)))
        replica = lineage.replicas(root)[0].target
        yield from [lineage.sources(replica), lineage.ancestors(replica), lineage.descendants(root), lineage.tree(root)]
        yield from [lineage.adoptions(root), lineage.drift(root), lineage.common_ancestors(replica, replica)]
        yield from [network.matching.neighbours(some), hubs.spokes_to_start()]


def test_every_table_has_its_columns(sample, network):
    empty = {table.row_type: table.to_arrow().schema for table in tables(network)}
    seen = set()
    for table in tables(sample):
        arrow = table.to_arrow()
        assert arrow.num_rows == len(table)
        assert empty.get(table.row_type, arrow.schema) == arrow.schema, table
        seen.add(table.row_type)
        for row, value in zip(arrow.to_pylist(), table, strict=True):
            if isinstance(value, (str, tuple)):
                (only,) = row.values()
                assert only == (value if isinstance(value, str) else list(value))
                continue
            for name in row.keys() & vars(value).keys():
                given = getattr(value, name)
                if isinstance(given, (str, int, float)) or given is None:
                    assert row[name] == given, (table, name)
    assert len(seen) >= 17


def test_a_table_is_exported_as_often_as_asked(sample):
    links = sample.lineage.all_links()
    capsule = links.__arrow_c_stream__()
    assert pyarrow.table(links).equals(pyarrow.table(links))
    # A capsule is used once, by the rules of the interface; one that nobody used frees what it holds.
    del capsule
    stream = pyarrow.RecordBatchReader.from_stream(links)
    assert stream.read_all().num_rows == len(links)
    assert stream.read_all().num_rows == 0


def test_export_while_somebody_commits(network):
    def commit():
        for number in range(60):
            with network.edit(at=AT) as edit:
                edit.register(*(jipp.model.Agency(id=f"{number}-{at}", name="N", kind="city") for at in range(20)))

    writer = threading.Thread(target=commit)
    writer.start()
    sizes = []
    while writer.is_alive():
        sizes.append(network.agencies.to_arrow().num_rows)
    writer.join()
    assert network.agencies.to_arrow().num_rows == 1200
    # Each frame is the network at one revision.
    assert all(size % 20 == 0 for size in sizes) and sizes == sorted(sizes)


def test_memory_stays(sample):
    if not sys.platform.startswith("linux"):
        pytest.skip("the unit of the figure is another")
    records = sample.innovations

    def export(times):
        for number in range(times):
            pyarrow.table(records)
            if number % 5 == 0:
                # One that nobody reads frees what it holds, too.
                records.__arrow_c_stream__()

    export(20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    export(200)
    # One export is some megabytes: 200 that leak would be a gigabyte.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


# ---- in --------------------------------------------------------------------------------------------------------------

WAYS = {
    "pandas": lambda records: records.to_pandas(),
    "polars": lambda records: records.to_polars(),
    "duckdb": through_duckdb,
    "records": lambda records: records,
}


@pytest.mark.parametrize("way", WAYS)
def test_records_come_back_the_same(sample, network, way):
    for kind in KINDS:
        records = sample.records(kind)
        if not records:
            continue
        report = network.import_(WAYS[way](records), kind=kind, at=AT)
        assert (report.registered, report.rejections) == (len(records), 0), (kind, report.rejected[:3])
        assert list(network.records(kind)) == list(records)
    again = network.import_(WAYS[way](sample.innovations), kind="innovation", at=AT)
    assert again.unchanged == sample.count("innovation")


def frames_of_two():
    rows = agencies()
    yield "pandas", pandas.DataFrame(rows)
    yield "pandas with categories", pandas.DataFrame(rows).astype("category")
    yield "polars", polars.DataFrame(rows)
    yield "polars with categories", polars.DataFrame(rows).cast(polars.Categorical)
    for text in (pyarrow.string(), pyarrow.large_string(), pyarrow.string_view()):
        columns = {name: pyarrow.array(values, text) for name, values in rows.items()}
        yield f"pyarrow {text}", pyarrow.table(columns)
    yield "stream", pyarrow.RecordBatchReader.from_stream(pyarrow.table(rows))
    yield "dicts", pyarrow.table(rows).to_pylist()
    yield "iterator of dicts", iter(pyarrow.table(rows).to_pylist())
    yield "values", [jipp.model.Agency(**row) for row in pyarrow.table(rows).to_pylist()]
    query = "select * from (values ('a', 'A', 'city'), ('b', 'B', 'regency')) t(id, name, kind)"
    yield "duckdb", duckdb.connect().sql(query)


@pytest.mark.parametrize(("name", "frame"), list(frames_of_two()), ids=lambda one: one if isinstance(one, str) else "")
def test_whatever_holds_rows_comes_in(network, name, frame):
    report = network.import_(frame, kind="agency", at=AT)
    assert (report.rows, report.registered) == (2, 2)
    assert network.get("agency", "b").kind == "regency"


@pytest.mark.parametrize(
    ("column", "values", "path", "read"),
    [
        ("capacity.staff", pyarrow.array([12, None], pyarrow.uint8()), "capacity.staff", 12),
        # Somebody's missing neighbour made floats of whole numbers, and of codes numbers.
        ("capacity.staff", pyarrow.array([12.0, None]), "capacity.staff", 12),
        ("aliases", pyarrow.array([["Kota A", None], []]), "aliases", ("Kota A",)),
        ("aliases", pyarrow.array([["Kota A"], None], pyarrow.large_list(pyarrow.string())), "aliases", ("Kota A",)),
        ("valid.from", pyarrow.array([datetime.date(2019, 7, 10), None]), "valid.from_", "2019-07-10"),
        ("valid.from", pyarrow.array([datetime.datetime(2019, 7, 10), None]), "valid.from_", "2019-07-10"),
        ("valid.from", pyarrow.array([2019, None]), "valid.from_", "2019"),
        ("valid", pyarrow.array([{"from": "2019-07"}, None]), "valid.from_", "2019-07"),
        ("aliases", pyarrow.array(["x", None]).dictionary_encode(), "aliases", ("x",)),
        ("region", pyarrow.nulls(2), "region", None),
        ("region", pyarrow.array(["", "  "]), "region", None),
        ("aliases", pyarrow.array(["x; y", '["x", "y"]']), "aliases", ("x", "y")),
    ],
)
def test_cells_are_read_as_the_field_wants_them(network, column, values, path, read):
    report = network.import_(pyarrow.table({**agencies(), column: values}), kind="agency", at=AT)
    assert (report.registered, report.rejections) == (2, 0), report.rejected
    found = network.get("agency", "a")
    for name in path.split("."):
        found = getattr(found, name)
    assert found == read


@pytest.mark.parametrize(
    ("frame", "field", "code"),
    [
        (polars.DataFrame({**agencies(), "capacity.staff": [1.0, float("nan")]}), "capacity.staff", "number-form"),
        (polars.DataFrame({**agencies(), "capacity.staff": [1.0, float("inf")]}), "capacity.staff", "number-form"),
        (polars.DataFrame({**agencies(), "capacity.staff": [1, -1]}), "capacity.staff", None),
        (polars.DataFrame({**agencies(), "kind": ["city", None]}), None, "field-missing"),
        (polars.DataFrame({**agencies(), "kind": ["city", "cty"]}), "kind", "unknown-term"),
        (polars.DataFrame({**agencies(), "valid.from": [None, datetime.datetime(2020, 1, 1, 8)]}), "valid.from", None),
        (polars.DataFrame({**agencies(), "valid.from": [None, datetime.date(3000, 1, 1)]}), "valid.from", "date-form"),
        (polars.DataFrame({**agencies(), "region": [None, "99"]}), "region", "dangling-reference"),
    ],
)
def test_a_bad_cell_is_named_and_the_others_enter(network, frame, field, code):
    report = network.import_(frame, kind="agency", at=AT)
    assert (report.registered, report.rejections) == (1, 1)
    ((line, named, found),) = rejected(report)
    assert line == 2
    assert field is None or named.startswith(field)
    assert code is None or found == code


def test_a_missing_column_is_told_for_each_row(network):
    report = network.import_(polars.DataFrame({"id": ["a"], "name": ["A"]}), kind="agency", at=AT)
    assert rejected(report) == [(1, None, "field-missing")]
    assert "kind" in report.rejected[0].hint


def test_rows_are_updated_by_the_columns_given(network):
    network.import_(polars.DataFrame(agencies()), kind="agency", at=AT)
    report = network.import_(polars.DataFrame({"id": ["a"], "capacity.staff": [9]}), kind="agency", at=AT)
    assert (report.revised, network.get("agency", "a").capacity.staff) == (1, 9)


def test_a_column_of_no_field_is_refused(network):
    with pytest.raises(jipp.errors.InvalidError, match="colour") as raised:
        network.import_(polars.DataFrame({**agencies(), "colour": [1, 2]}), kind="agency", at=AT)
    assert raised.value.code == "header-unknown"


@pytest.mark.parametrize(
    "values",
    [
        pyarrow.array([b"1", b"2"]),
        pyarrow.array([datetime.timedelta(1), None]),
        pyarrow.array([datetime.time(1), None]),
        pyarrow.array([[("a", 1)], None], pyarrow.map_(pyarrow.string(), pyarrow.int8())),
    ],
    ids=lambda values: str(values.type),
)
def test_a_type_of_no_cell_is_refused_with_its_column(network, values):
    with pytest.raises(jipp.errors.InvalidError) as raised:
        network.import_(pyarrow.table({**agencies(), "region": values}), kind="agency", at=AT)
    assert (raised.value.code, raised.value.location.field) == ("field-type", "region")
    assert network.count("agency") == 0


def test_a_column_that_stands_twice_is_refused(network):
    table = pyarrow.Table.from_arrays([pyarrow.array(["a"])] * 2, names=["name", "name"])
    with pytest.raises(jipp.errors.InvalidError, match="name"):
        network.import_(table, kind="agency", at=AT)


def test_periods_of_pandas_are_not_taken_for_numbers(network):
    frame = pandas.DataFrame({**agencies(), "valid.from": pandas.period_range("2020-01", periods=2, freq="M")})
    with pytest.raises(jipp.errors.InvalidError, match="period"):
        network.import_(frame, kind="agency", at=AT)


def test_the_index_of_pandas(network):
    frame = pandas.DataFrame(agencies())
    # What is left after a filter has an index without a name; one with a name is a column.
    assert network.import_(frame[frame["id"] == "b"], kind="agency", at=AT).registered == 1
    assert network.import_(frame.set_index("id"), kind="agency", at=AT).registered == 1


@pytest.mark.parametrize("frame", [polars.DataFrame(agencies()).head(0), pandas.DataFrame(agencies()).head(0), []])
def test_no_rows_are_no_error(network, frame):
    assert network.import_(frame, kind="agency", at=AT).rows == 0


def test_a_stream_is_used_up_once(network):
    stream = pyarrow.RecordBatchReader.from_stream(pyarrow.table(agencies()))
    assert network.import_(stream, kind="agency", at=AT).rows == 2
    assert network.import_(stream, kind="agency", at=AT).rows == 0


def test_a_stream_that_breaks_off_raises(network):
    table = pyarrow.table(agencies())

    def batches():
        yield from table.to_batches()
        raise OSError("the disk is gone")

    stream = pyarrow.RecordBatchReader.from_batches(table.schema, batches())
    with pytest.raises(ValueError, match="the disk is gone"):
        network.import_(stream, kind="agency", at=AT)
    assert network.count("agency") == 0


@pytest.mark.parametrize("rows", [3, "rows", b"rows", {"id": "a"}, [("a", "A", "city")], [None], [["id"]]])
def test_what_holds_no_rows_is_refused(network, rows):
    with pytest.raises((TypeError, jipp.errors.JippError)):
        network.import_(rows, kind="agency", at=AT)


def test_bad_rows_of_dicts_are_named(network):
    rows = [*pyarrow.table(agencies()).to_pylist(), {"id": "c", "name": "C", "kind": "city", "capacity.staff": float("nan")}]
    with pytest.raises(jipp.errors.InvalidError) as raised:
        network.import_(rows, kind="agency", at=AT)
    assert raised.value.location.field == "[2].capacity.staff"


def test_a_generator_that_changes_its_rows_is_read_once(network):
    rows = {"id": "a", "name": "A", "kind": "city"}

    def changing():
        for id in "abc":
            yield dict(rows, id=id)
        rows.clear()

    assert network.import_(changing(), kind="agency", at=AT).registered == 3


def test_a_state_that_was_edited_counts(sample, network):
    for kind in ("region", "sector", "agency"):
        network.import_(sample.records(kind), kind=kind, at=AT)
    chosen = [one for one in sample.innovations if one.stage and one.stage[-1].to == "implemented"][:2]
    frame = sample.innovations.to_polars().filter(polars.col("id").is_in([one.id for one in chosen]))
    edited = frame.with_columns(
        stage=polars.when(polars.col("id") == chosen[0].id).then(polars.lit("developed")).otherwise(polars.col("stage"))
    )
    report = network.import_(edited, kind="innovation", at=AT)
    assert report.registered == 2, report.rejected
    assert network.get("innovation", chosen[0].id).stage[-1].to == "developed"
    assert network.get("innovation", chosen[1].id) == chosen[1]


def test_mapping_names_the_columns_of_frames(network):
    frame = polars.DataFrame({"Nama": ["Pemerintah Kota Ambon"], "Jenis": ["Kota"], "Warna": ["biru"]})
    mapping = {
        "version": 1,
        "kind": "agency",
        "columns": {"Nama": "name", "Jenis": "kind"},
        "values": {"kind": {"Kota": "city"}},
        "ignored": ["Warna"],
    }
    assert network.import_(frame, mapping=mapping, at=AT).registered == 1
    assert network.agencies[0].kind == "city"


def test_a_frame_stands_wherever_rows_do(sample):
    needs = polars.DataFrame({"text": ["antrean panjang di puskesmas", "stunting"], "region": ["81", None], "limit": [3, 4]})
    found = sample.matching.candidates_batch(needs)
    alone = [sample.candidates("antrean panjang di puskesmas", region="81", limit=3), sample.candidates("stunting", limit=4)]
    assert [list(one) for one in found] == [list(one) for one in alone]
    with pytest.raises(jipp.errors.InvalidError) as raised:
        sample.matching.candidates_batch(needs.with_columns(limit=polars.Series([3.0, float("nan")])))
    assert (raised.value.location.line, raised.value.location.field) == (2, "limit")


# ---- lineage ---------------------------------------------------------------------------------------------------------


def test_lineage_in_networkx(sample):
    graph, drawn = sample.lineage.to_networkx(), sample.lineage.graph()
    assert isinstance(graph, networkx.MultiDiGraph)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(drawn.nodes), len(drawn.edges))
    edge = drawn.edges[0]
    attributes = graph.edges[edge.source, edge.target, edge.replication]
    assert attributes["state"] == edge.state
    node = next(node for node in drawn.nodes if node.title)
    assert graph.nodes[node.id]["title"] == node.title
    assert "provenance" not in graph.nodes[node.id]
    root = max(sample.lineage.roots(), key=lambda node: len(sample.lineage.descendants(node)))
    assert networkx.descendants(graph, root) == {one.node for one in sample.lineage.descendants(root)}
    around = sample.lineage.to_networkx(root)
    assert root in around and around.number_of_nodes() <= graph.number_of_nodes()


def test_a_library_that_is_not_there_is_named(sample, monkeypatch):
    links = sample.lineage.all_links()
    for library, extra, make in [
        ("pyarrow", "pandas", links.to_arrow),
        ("pandas", "pandas", links.to_pandas),
        ("polars", "polars", links.to_polars),
        ("networkx", "networkx", sample.lineage.to_networkx),
    ]:
        with monkeypatch.context() as context:
            context.setitem(sys.modules, library, None)
            with pytest.raises(ImportError, match=rf"jipp\[{extra}\]"):
                make()
