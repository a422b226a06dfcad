"""Which records are the same thing: tables, and the innovations of a network, through the installed package."""

import datetime
import math

import jipp
import pytest
from jipp import errors
from jipp.matching import Analyzer, TextIndex, acronyms, linkage

NAMES = [
    "Gerai KTP Keliling", "Bank Sampah Induk", "Antre Daring Puskesmas", "Posyandu Remaja Sehat", "Perpustakaan Terapung",
    "Air Bersih Desa", "Sekolah Lapang Petani", "Klinik Hukum Warga", "Pasar Tani Digital", "Ambulans Laut",
    "Taman Baca Pulau", "Kartu Nelayan Cerdas", "Rumah Singgah Pasien", "Lumbung Pangan Kampung", "Jemput Akta Lahir",
]  # fmt: skip


def table():
    """Fifteen records, of which three are filed twice with small differences."""
    rows = [{"id": f"r{at:02}", "name": name, "owner": f"kota-{at}", "since": 2005 + at} for at, name in enumerate(NAMES)]
    twice = [rows[0] | {"id": "x0", "name": "Gerai KTP-el Keliling"}, rows[4] | {"id": "x4"}, rows[9] | {"id": "x9"}]
    return rows + twice


FIELDS = {"name": "text", "owner": "code", "since": "year"}


def pairs_of(found):
    return {(pair.left, pair.right) for pair in found.links}


def test_records_filed_twice_are_found_and_explained():
    found = linkage.RecordLinker(FIELDS).dedupe(table())
    assert pairs_of(found) == {("r00", "x0"), ("r04", "x4"), ("r09", "x9")}
    assert [cluster.records for cluster in found.clusters] == [("r00", "x0"), ("r04", "x4"), ("r09", "x9")]
    assert found.fields == list(FIELDS)
    pair = found.links[0]
    assert len(pair.parts) == 3 and pair.parts[1].level == "exact"
    assert pair.weight == pair.prior + sum(part.weight + part.rarity for part in pair.parts)
    assert found.counts.records == 18
    expectations = found.expectations()
    assert [one.percent for one in expectations] == list(range(1, 100))
    assert found.model.probability(pair.weight) == pytest.approx(pair.probability)


def test_a_model_is_used_again():
    first = linkage.RecordLinker(FIELDS).dedupe(table())
    again = linkage.RecordLinker(FIELDS, model=first.model).dedupe(table())
    assert pairs_of(again) == pairs_of(first) and again.model == first.model
    with pytest.raises(errors.InvalidError) as caught:
        linkage.RecordLinker(["name"], model=first.model)
    assert caught.value.location.field == "model"


def test_two_tables_are_linked():
    rows = table()
    found = linkage.RecordLinker(FIELDS, one_to_one=True).link(rows[:15], rows[15:])
    assert pairs_of(found) == {("r00", "x0"), ("r04", "x4"), ("r09", "x9")}
    assert len(found.clusters) == 0


def test_what_is_known_of_pairs_counts():
    linker = linkage.RecordLinker(FIELDS)
    found = linker.dedupe(table(), cannot_link=[("r04", "x4")])
    assert ("r04", "x4") not in pairs_of(found)
    found = linker.dedupe(table(), labels=[linkage.Label(left="r09", right="x9", same=False)])
    assert ("r09", "x9") not in pairs_of(found)
    with pytest.raises(errors.InvalidError):
        linker.dedupe(table(), labels=[{"left": "r09", "right": "x9"}])
    with pytest.raises(errors.JippError):
        linker.dedupe(table(), labels=[{"left": "r09", "right": "nobody", "same": True}])


def test_rows_come_from_frames_with_gaps():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(table())
    frame.loc[3, "since"] = None
    rows = frame.to_dict("records")
    assert math.isnan(rows[3]["since"])
    assert pairs_of(linkage.RecordLinker(FIELDS).dedupe(rows)) == {("r00", "x0"), ("r04", "x4"), ("r09", "x9")}


def test_progress_is_told_and_stops_the_work():
    told = []
    linkage.RecordLinker(FIELDS).dedupe(table(), progress=told.append)
    assert told and {one.step for one in told} <= {"blocking", "learning", "weighing"}
    assert all(0 <= one.done <= one.of for one in told)
    with pytest.raises(errors.JippError) as caught:
        linkage.RecordLinker(FIELDS).dedupe(table(), progress=lambda at: False)
    assert caught.value.code == "cancelled"
    with pytest.raises(ZeroDivisionError):
        linkage.RecordLinker(FIELDS).dedupe(table(), progress=lambda at: 1 / 0)


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        ({"name": "A"}, "field-missing", "id"),
        ({"id": " ", "name": "A"}, "id-empty", None),
        ({"id": "r00", "name": "A"}, "duplicate-id", None),
        ({"id": "n", "name": "A", "since": "soon"}, "number-form", "since"),
        ({"id": "n", "name": ["A"]}, "field-type", "name"),
        ({"id": "n", "name": "\ud800"}, "text-character", "name"),
        ({"id": "n", "name": True}, "field-type", "name"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_place(row, code, field):
    rows = [*table(), row]
    with pytest.raises(errors.JippError) as caught:
        linkage.RecordLinker(FIELDS).dedupe(rows)
    assert caught.value.code == code
    assert isinstance(caught.value, errors.ConflictError if code == "duplicate-id" else errors.InvalidError)
    assert caught.value.location.line == len(rows)
    assert field is None or caught.value.location.field == field


def test_dates_numbers_and_gaps_are_read_as_they_are():
    rows = [
        {"id": 1, "born": datetime.date(1990, 5, 1), "size": 2.5, "since": 2019.0},
        {"id": 2, "born": "1990-05-01", "size": "2.5", "since": "2019"},
        {"id": 3, "born": None, "size": math.nan},
    ]
    found = linkage.RecordLinker({"born": "date", "size": "number", "since": "year"}, report_from=0.000001).dedupe(rows)
    assert found.counts.records == 3
    [pair] = [pair for pair in found.pairs if (pair.left, pair.right) == ("1", "2")]
    assert [part.level for part in pair.parts] == ["exact"] * 3


def test_settings_that_cannot_be_used():
    with pytest.raises(errors.InvalidError) as caught:
        linkage.RecordLinker(FIELDS, threshold=1.5)
    assert caught.value.location.field == "threshold"
    with pytest.raises(errors.InvalidError):
        linkage.RecordLinker({"name": "texts"})
    with pytest.raises(errors.InvalidError):
        linkage.RecordLinker([])
    with pytest.raises(TypeError):
        linkage.RecordLinker("name")
    with pytest.raises(TypeError):
        linkage.RecordLinker(FIELDS).dedupe("rows")
    assert len(linkage.RecordLinker(FIELDS).dedupe([]).pairs) == 0


def test_duplicates_of_a_network():
    network = jipp.Network.in_memory()
    with network.edit() as edit:
        edit.register(jipp.model.Agency(id="kota-ambon", name="Pemerintah Kota Ambon", kind="city"))
        for at, name in enumerate([*NAMES, NAMES[4]]):
            known = {"problem": f"Warga belum terlayani oleh {name}", "implemented_on": str(2000 + at % 15)}
            edit.register(jipp.model.Innovation(id=f"i{at:02}", title=name, owner="kota-ambon", **known))
    found = network.matching.duplicates()
    assert [cluster.records for cluster in found.clusters] == [("i04", "i15")]
    settings = network.matching.duplicate_settings()
    strict = network.matching.duplicates(settings.replace(threshold=0.999999))
    assert strict.counts.records == 16 and len(strict.links) <= len(found.links)
    label = linkage.Label(left="i04", right="i15", same=False)
    assert len(network.matching.duplicates(labels=[label]).clusters) == 0


def test_vectors_are_fused_with_the_words():
    network = jipp.Network.sample()
    plain = network.candidates("antrean puskesmas", region="81", limit=5)
    last = plain[4].innovation
    found = network.matching.candidates_with_vectors("antrean puskesmas", {last: [1.0, 0.0]}, [1, 0], region="81", limit=5)
    [seen] = [one for one in found if one.innovation == last]
    [part] = [part for part in seen.parts if part.ground.factor == "vector"]
    assert part.points > 0 and seen.score == plain[4].score + part.points
    for broken in ({last: [1.0]}, {last: [math.nan, 1.0]}):
        with pytest.raises(errors.InvalidError):
            network.matching.candidates_with_vectors("antrean", broken, [1, 0])


def test_text_becomes_terms():
    analyzer = Analyzer()
    assert analyzer.stem("pelayanan") == "layan"
    assert analyzer.is_stop_word("yang") and analyzer.term("yang") is None
    assert [token.word for token in analyzer.tokens("Pelayanan yang cepat")] == ["pelayanan", "cepat"]
    assert Analyzer.verbatim().stem("pelayanan") == "pelayanan"
    assert Analyzer(stop_words=["cepat"]).is_stop_word("cepat")
    assert Analyzer().fingerprint == analyzer.fingerprint != Analyzer.verbatim().fingerprint
    assert acronyms("Gerai Pelayanan Terpadu (GPT) dibuka") == [("GPT", "Gerai Pelayanan Terpadu")]


def test_texts_of_your_own_are_searched():
    index = TextIndex({"title": 300, "problem": 100}, groups=[("gerai", "lapak")], acronyms={"GASPOL": "gerakan pulang"})
    index.insert("a", title="Gerai KTP-el Keliling", problem="Warga pulau sulit mengurus kartu tanda penduduk")
    index.insert("b", title="Jemput Sampah", problem="Sampah rumah tangga tidak terangkut")
    [hit] = index.search("pengurusan KTP")
    assert (hit.id, hit.score) == ("a", sum(part.score for part in hit.parts))
    assert all(part.score == sum(score for _, score in part.fields) for part in hit.parts)
    assert [one.id for one in index.search("lapak")] == ["a"] and index.search("lapak")[0].parts[0].kind == "synonym"
    assert "a" in index and "z" not in index and 7 not in index and len(index) == 2
    index.insert("a", title="Bank Sampah")
    assert [one.id for one in index.search("sampah", limit=1)] in (["a"], ["b"]) and not index.search("KTP")
    assert index.remove("a") and not index.remove("a") and not index.remove("z") and len(index) == 1
    index.insert("a", title="Antre")
    assert index.search("antre")[0].id == "a"
    with pytest.raises(errors.InvalidError) as caught:
        index.insert("c", titel="Antre")
    assert caught.value.location.field == "titel" and "c" not in index
    with pytest.raises(errors.InvalidError):
        TextIndex({})
    with pytest.raises(errors.InvalidError):
        TextIndex({"title": 0})
