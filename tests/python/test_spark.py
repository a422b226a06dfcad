"""The same questions over many partitions: on Spark, and in a pool of processes."""

import multiprocessing
import os
import shutil
import sys

import pytest

pa = pytest.importorskip("pyarrow")

import jipp
import jipp.spark
from jipp import model

NEEDS = {
    "n1": "antrean panjang di puskesmas",
    "n2": "pengurusan akta kelahiran lama",
    "n3": "sampah menumpuk di pasar",
    "n4": "stunting pada balita di desa terpencil",
    "n5": "perizinan usaha mikro berbelit",
}


@pytest.fixture(scope="module")
def network():
    with jipp.Network.sample() as network:
        yield network


@pytest.fixture(scope="module")
def questions():
    return pa.table({"id": list(NEEDS), "text": list(NEEDS.values()), "region": ["81", None, "81.71", None, "91"]})


@pytest.fixture(scope="module")
def spark():
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17")
    sql = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2]").appName("jipp")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "2",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def whole(mapped, table):
    """What one machine gives, in one partition."""
    return pa.Table.from_batches(mapped(table.to_batches()), mapped.schema())


def in_order(table, *keys):
    return table.sort_by([(key, "ascending") for key in keys]).combine_chunks()


def as_bytes(table):
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def same(one, other, *keys):
    one = in_order(one.cast(other.schema), *keys)
    return as_bytes(one) == as_bytes(in_order(other, *keys))


def test_answers_are_those_of_the_network(network, questions):
    table = whole(jipp.spark.Candidates(jipp.spark.Bytes(jipp.spark.pack(network)), limit=4), questions)
    assert table.num_rows == 4 * len(NEEDS)
    first = [row for row in table.to_pylist() if row["id"] == "n1"]
    found = network.candidates(NEEDS["n1"], region="81", limit=4)
    assert [row["innovation"] for row in first] == [one.innovation for one in found]
    assert [row["rank"] for row in first] == [1, 2, 3, 4]
    assert all(abs(sum(part["points"] for part in row["parts"]) - row["score"]) < 1e-9 for row in first)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_the_union_of_partitions_is_the_whole(network, questions, size):
    mapped = jipp.spark.Candidates(jipp.spark.Bytes(jipp.spark.pack(network)), limit=4)
    parts = [batch for at in range(0, len(NEEDS), size) for batch in mapped(questions.slice(at, size).to_batches())]
    assert same(pa.Table.from_batches(parts), whole(mapped, questions), "id", "rank")


def test_a_file_travels_with_its_indexes(network, questions, tmp_path):
    with jipp.Network.open(tmp_path / "network.jipp") as file:
        file.apply(network.export_since())
        packed = jipp.spark.pack(file)
    assert packed.startswith(b"SQLite format 3")
    mapped = jipp.spark.Candidates(jipp.spark.Bytes(packed), limit=4)
    other = jipp.spark.Candidates(jipp.spark.Bytes(jipp.spark.pack(network)), limit=4)
    assert same(whole(mapped, questions), whole(other, questions), "id", "rank")
    assert jipp.spark.unpack(packed) is jipp.spark.unpack(packed)


def answered(packed, table):
    """In a process of its own: what the batches of a part give."""
    return list(jipp.spark.Candidates(jipp.spark.Bytes(packed), limit=4)(table.to_batches()))


def test_a_pool_of_processes_gives_the_same(network, questions):
    packed = jipp.spark.pack(network)
    parts = [(packed, questions.slice(at, 2)) for at in range(0, len(NEEDS), 2)]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        batches = [batch for part in pool.starmap(answered, parts) for batch in part]
    mapped = jipp.spark.Candidates(jipp.spark.Bytes(packed), limit=4)
    assert same(pa.Table.from_batches(batches), whole(mapped, questions), "id", "rank")


def test_bad_rows_are_named(network):
    packed = jipp.spark.Bytes(jipp.spark.pack(network))
    rows = pa.RecordBatch.from_pylist([{"id": "q7", "text": "antrean", "region": "nowhere"}])
    with pytest.raises(jipp.errors.NotFoundError) as caught:
        list(jipp.spark.Candidates(packed)([rows]))
    assert "q7" in caught.value.__notes__[0]
    with pytest.raises(ValueError, match="column 'id'"):
        list(jipp.spark.Candidates(packed)([pa.RecordBatch.from_pylist([{"text": "antrean"}])]))


def test_spark_gives_what_one_machine_gives(spark, network, questions):
    packed = jipp.spark.pack(network)
    frame = spark.createDataFrame(questions).repartition(3)
    found = jipp.spark.candidates(frame, packed, limit=4).toArrow()
    mapped = jipp.spark.Candidates(jipp.spark.Bytes(packed), limit=4)
    assert same(found, whole(mapped, questions), "id", "rank")

    ids = pa.table({"id": [one.id for one in network.innovations[:200]]})
    found = jipp.spark.neighbours(spark.createDataFrame(ids).repartition(3), packed, likeness=300).toArrow()
    mapped = jipp.spark.Neighbours(jipp.spark.Bytes(packed), likeness=300)
    expected = whole(mapped, ids)
    assert expected.num_rows > 10
    assert same(found, expected, "id", "innovation")


def test_spark_scores_editions(spark, network):
    scored = scored_network(network)
    editions = pa.table({"id": ["uji/2026", "uji/2027"]})
    packed = jipp.spark.pack(scored)
    found = jipp.spark.standings(spark.createDataFrame(editions), packed).toArrow()
    expected = whole(jipp.spark.Standings(jipp.spark.Bytes(packed)), editions)
    assert expected.num_rows == 12
    assert same(found, expected, "id", "proposal")


def scored_network(network):
    """Two small editions with made-up scores: six proposals each, three assessors, a rubric of two criteria."""
    criteria = (
        model.Criterion(code="a", label="A", weight=60),
        model.Criterion(code="b", label="B", weight=40),
    )
    records = [
        model.Competition(id="uji", name="Uji coba", level="national"),
        model.Rubric(
            id="uji@1",
            title="Uji",
            version="1",
            scale_min=0,
            scale_max=100,
            total=100,
            missing="refuse",
            criteria=criteria,
        ),
    ]
    for year in (2026, 2027):
        edition = f"uji/{year}"
        stage = model.Stage(code="desk", kind="desk", weight=100, rubric="uji@1")
        records.append(model.Edition(id=edition, competition="uji", year=year, stages=(stage,)))
        records += [model.Assessor(id=f"{edition}/juri-{j}", edition=edition, panel="independent-panel") for j in range(3)]
        for at, innovation in enumerate(network.innovations[:6]):
            proposal = f"{edition}/{at}"
            step = model.Step(to="submitted", reported="uji coba")
            records.append(
                model.Proposal(id=proposal, innovation=innovation.id, edition=edition, status=(step,))
            )
            for juror in range(3):
                score = (17 * at + 29 * juror + year) % 101
                records.append(
                    model.ScoreSheet(
                        id=f"{proposal}/{juror}",
                        assessor=f"{edition}/juri-{juror}",
                        proposal=proposal,
                        stage="desk",
                        scores=(
                            model.CriterionScore(criterion="a", value=score),
                            model.CriterionScore(criterion="b", value=100 - score / 2),
                        ),
                    )
                )
    scored = jipp.Network.in_memory(origin="uji")
    scored.apply(network.export_since())
    with scored.edit(at="2026-11-21T08:00:00Z") as edit:
        edit.register(*records)
    return scored
