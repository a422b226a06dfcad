"""The network from Python: its life, its records, its edits, its questions, and what goes wrong."""

import copy
import os
import pickle
import signal
import subprocess
import sys
import threading
from datetime import UTC, date, datetime

import pytest

import jipp
from jipp.model import Agency, Innovation
from jipp.network import Question

AT = datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample():
    with jipp.Network.sample() as network:
        yield network


@pytest.fixture
def network():
    with jipp.Network.in_memory() as network:
        yield network


def ambon():
    agency = Agency(id="kota-ambon", name="Pemerintah Kota Ambon", kind="city")
    innovation = Innovation(
        id="kota-ambon/antre",
        title="Antre dari Rumah",
        owner="kota-ambon",
        problem="Pasien puskesmas mengantre lama di loket",
    )
    return agency, innovation


def filled(path):
    with jipp.Network.open(path) as network, network.edit(at=AT) as edit:
        edit.register(*ambon())


# The question the project exists for


def test_an_officer_of_maluku_gets_candidates_with_reasons_and_hubs(sample):
    found = sample.candidates("antrean panjang di puskesmas", region="81", limit=5)
    assert len(found) == 5
    assert found.searched == len(sample.innovations)
    scores = [candidate.score for candidate in found]
    assert scores == sorted(scores, reverse=True)
    for candidate in found:
        assert candidate.score == sum(part.points for part in candidate.parts)
        assert candidate.innovation in sample.innovations
        assert all(source for source in candidate.sources)
    assert any(hub.role == "own" and hub.hub == "maluku" for hub in found[0].hubs)


def test_a_question_is_the_same_as_a_value_a_mapping_and_keywords(sample):
    need = "antrean panjang di puskesmas"
    by_keywords = [one.innovation for one in sample.candidates(need, region="81", limit=3)]
    by_value = [one.innovation for one in sample.candidates(Question(text=need, region="81", limit=3))]
    by_mapping = [one.innovation for one in sample.candidates({"text": need, "region": "81", "limit": 3})]
    assert by_keywords == by_value == by_mapping
    assert len(sample.candidates(Question(text=need, limit=3), limit=2)) == 2


def test_candidates_are_a_sequence(sample):
    found = sample.candidates("antrean", limit=4)
    assert found[-1] == list(found)[-1]
    assert [one.innovation for one in found] == [found[at].innovation for at in range(len(found))]
    with pytest.raises(IndexError):
        found[4]


# Values


def test_values_compare_pickle_copy_and_are_read_only(sample):
    candidate = sample.candidates("antrean puskesmas", region="81")[0]
    for twin in (pickle.loads(pickle.dumps(candidate)), copy.copy(candidate), copy.deepcopy(candidate)):
        assert twin == candidate
        assert hash(twin) == hash(candidate)
    with pytest.raises(AttributeError, match="read-only"):
        candidate.title = "another"
    with pytest.raises(AttributeError):
        del candidate.title
    assert candidate.replace(title="another").title == "another"
    assert candidate.replace(title="another") != candidate


def test_a_value_says_what_it_lacks_or_does_not_know():
    with pytest.raises(TypeError, match="Agency needs kind"):
        Agency(id="a", name="A")
    with pytest.raises(TypeError, match="Agency has no field 'nome'"):
        Agency(id="a", name="A", kind="city", nome="A")


def test_dates_and_times_are_those_of_python(sample):
    step = next(step for one in sample.innovations for step in one.stage if step.on)
    assert isinstance(step.on, jipp.PartialDate)
    assert step.on.to_date().year == step.on.year
    change = sample.history("region", "81")[0][1]
    assert isinstance(change.at, datetime)
    assert change.at.tzinfo is not None


def test_choices_know_their_kind_and_go_back_as_they_came(network):
    with network.edit(at=AT) as edit:
        edit.register(*ambon())
    action = network.history("agency", "kota-ambon")[0][1].action
    assert action.kind == "register"
    assert action.value == network.get("agency", "kota-ambon")
    assert set(action.to_dict()) == {"register"}


# Records


def test_records_are_found_by_place_and_by_id(sample):
    regions = sample.regions
    assert regions["81"].name == "Maluku"
    assert regions.get("nowhere") is None
    assert "81" in regions
    assert regions["81"] in regions
    assert regions[0] == next(iter(regions))
    assert len(regions[:3]) == 3
    with pytest.raises(KeyError, match="no region 'nowhere'"):
        regions["nowhere"]
    assert sample.count("region") == len(regions)
    owned = sample.referrers("innovation", ("agency", "kota-surabaya"))
    assert len(owned) > 1
    assert {innovation.owner for innovation in owned} == {"kota-surabaya"}
    with pytest.raises(LookupError):
        sample.referrers("innovation", ("agency", "nobody"))


def test_the_past_is_there(network):
    with network.edit(at=AT) as edit:
        edit.register(*ambon())
    with network.edit(at=AT) as edit:
        edit.revise(network.get("agency", "kota-ambon"), name="Kota Ambon")
    assert network.get("agency", "kota-ambon").name == "Kota Ambon"
    assert network.get("agency", "kota-ambon", as_of=1).name == "Pemerintah Kota Ambon"
    assert len(network.records("agency", as_of=0)) == 0
    network.revert(2, at=AT)
    assert network.get("agency", "kota-ambon").name == "Pemerintah Kota Ambon"
    assert [revision for revision, _ in network.history("agency", "kota-ambon")] == [1, 2, 3]


# Edits


def test_an_edit_is_all_or_nothing(network):
    agency, innovation = ambon()
    with pytest.raises(jipp.errors.NotFoundError) as caught, network.edit(at=AT) as edit:
        edit.register(agency, innovation.replace(owner="nobody"))
    assert caught.value.code == "dangling-reference"
    assert network.revision == 0
    with pytest.raises(ZeroDivisionError), network.edit(at=AT) as edit:
        edit.register(agency)
        1 / 0  # noqa: B018
    assert network.revision == 0
    with network.edit(at=AT, by="Bagian Organisasi") as edit:
        edit.register(innovation, agency)
    assert (edit.revision, len(edit.changes)) == (1, 2)


def test_edits_of_what_changed_meanwhile_are_refused(network):
    with network.edit(at=AT) as edit:
        edit.register(*ambon())
    seen = network.get("agency", "kota-ambon")
    with network.edit(at=AT) as edit:
        edit.revise(seen, name="Kota Ambon")
    with pytest.raises(jipp.errors.ConflictError) as caught, network.edit(at=AT) as edit:
        edit.revise(seen, name="Ambon")
    assert caught.value.code == "edit-stale"
    assert network.get("agency", "kota-ambon").name == "Kota Ambon"


def test_records_are_retracted_restored_merged_and_unmerged(network):
    agency, innovation = ambon()
    twin = innovation.replace(id="kota-ambon/antre-2")
    with network.edit(at=AT) as edit:
        edit.register(agency, innovation, twin)
    with network.edit(at=AT) as edit:
        edit.merge(twin, innovation.id, reason="sama")
    assert network.get("innovation", twin.id).id == innovation.id
    with network.edit(at=AT) as edit:
        edit.unmerge(twin)
    assert network.get("innovation", twin.id).id == twin.id
    with network.edit(at=AT) as edit:
        edit.retract(("innovation", twin.id))
    assert network.get("innovation", twin.id) is None
    with network.edit(at=AT) as edit:
        edit.restore(twin)
    assert network.get("innovation", twin.id) == twin


def test_steps_of_a_state_machine_are_guarded(network):
    with network.edit(at=AT) as edit:
        edit.register(*ambon())
    with pytest.raises(jipp.errors.RefusedError) as caught, network.edit(at=AT) as edit:
        edit.advance(("innovation", "kota-ambon/antre"), "implemented", axis="stage")
    assert caught.value.code in {"guard-unmet", "transition-unknown"}
    with network.edit(at=AT) as edit:
        edit.advance(
            ("innovation", "kota-ambon/antre"), "implemented", axis="stage", on=date(2020, 5, 1), reported="sejak 2020"
        )
    assert network.get("innovation", "kota-ambon/antre").stage[-1].to == "implemented"


def test_copies_exchange_their_changes(network):
    with network.edit(at=AT) as edit:
        edit.register(*ambon())
    other = jipp.Network.in_memory(origin="phone")
    first, again = other.apply(network.export_since()), other.apply(network.export_since())
    assert other.get("agency", "kota-ambon") == network.get("agency", "kota-ambon")
    assert first != again
    with pytest.raises(jipp.errors.JippError) as caught:
        other.apply(network.export_since()[:-20])
    assert caught.value.code == "bundle-damaged"


# Files


def test_a_file_keeps_what_was_committed(tmp_path):
    path = tmp_path / "network.jipp"
    filled(path)
    with jipp.Network.open(path) as network:
        assert network.get("agency", "kota-ambon").name == "Pemerintah Kota Ambon"
        assert network.verify() == []
        network.compact()
        network.backup_to(tmp_path / "copy.jipp")
    with jipp.Network.open(tmp_path / "copy.jipp", read_only=True) as network:
        assert network.revision == 1
        with pytest.raises(jipp.errors.StorageError), network.edit(at=AT) as edit:
            edit.retract(("innovation", "kota-ambon/antre"))


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "xlsx"])
def test_what_is_exported_can_be_imported(network, tmp_path, format):
    with network.edit(at=AT) as edit:
        edit.register(*ambon())
    path = tmp_path / f"agencies.{format}"
    network.export(path, kinds=() if format == "json" else "agency")
    other = jipp.Network.in_memory()
    report = other.import_(path, kind="agency", at=AT)
    assert report.rejections == 0
    assert other.get("agency", "kota-ambon") == network.get("agency", "kota-ambon")
    again = other.import_(path, kind="agency", at=AT)
    assert (again.registered, again.revised) == (0, 0)


def test_rows_that_cannot_enter_are_reported_and_the_others_enter(network):
    rows = [
        {"id": "a", "name": "Dinas Kesehatan", "kind": "other", "parent": "b"},
        {"id": "b", "name": "Pemerintah Kota Ambon", "kind": "city"},
        {"id": "c", "name": None, "kind": "city"},
        {"id": "d", "name": "D", "kind": "castle"},
    ]
    report = network.import_(rows, kind="agency", at=AT)
    assert (report.registered, report.rejections) == (2, 2)
    assert [(one.line, one.code) for one in report.rejected] == [(3, "field-missing"), (4, "unknown-term")]
    assert network.import_([], kind="agency", at=AT).rows == 0


def test_an_import_tells_how_far_it_is_and_stops_when_told(network):
    rows = [{"id": f"a{at}", "name": "A", "kind": "other"} for at in range(30)]
    told = []
    report = network.import_(rows, kind="agency", at=AT, batch=10, progress=told.append)
    assert [one.committed for one in told][:3] == [10, 20, 30]
    assert report.registered == 30
    other = jipp.Network.in_memory()
    report = other.import_(rows, kind="agency", at=AT, batch=10, progress=lambda _: False)
    assert report.is_cancelled
    assert other.count("agency") == 10


def test_what_a_callback_raises_comes_out(network):
    rows = [{"id": "a", "name": "A", "kind": "other"}]

    def fails(_):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        network.import_(rows, kind="agency", at=AT, progress=fails)
    with pytest.raises(RuntimeError, match="wait for itself"):
        network.import_([{"id": "b", "name": "B", "kind": "other"}], kind="agency", at=AT, progress=lambda _: network.revision)
    assert network.count("agency") == 2


# What goes wrong


@pytest.mark.parametrize(
    ("fields", "error", "code", "field"),
    [
        ({"region": "nowhere"}, LookupError, "not-found", None),
        ({"limit": "many"}, ValueError, "field-type", "limit"),
        ({"limit": 0}, ValueError, "option-invalid", "limit"),
        ({"limit": 2**70}, ValueError, "number-form", "limit"),
        ({"budget": float("nan")}, ValueError, "number-form", "budget"),
        ({"budgett": 1}, ValueError, "field-unknown", "budgett"),
        ({"sectors": [object()]}, ValueError, "field-type", "sectors[0]"),
        ({"weights": {"text": 101}}, ValueError, "option-invalid", "weights.text"),
        ({"on": datetime(2026, 1, 1)}, ValueError, "time-form", "on"),
    ],
)
def test_bad_input_is_named_with_its_place(sample, fields, error, code, field):
    with pytest.raises(error) as caught:
        sample.candidates("antrean", **fields)
    assert isinstance(caught.value, jipp.errors.JippError)
    assert (caught.value.code, caught.value.location.field) == (code, field)


def test_half_a_surrogate_pair_is_refused(sample):
    with pytest.raises(ValueError, match="surrogate") as caught:
        sample.candidates("antre \udc80")
    assert (caught.value.code, caught.value.location.field) == ("text-character", "text")


def test_a_list_that_contains_itself_is_refused(sample):
    sectors = []
    sectors.append(sectors)
    with pytest.raises(jipp.errors.InvalidError):
        sample.candidates("antrean", sectors=sectors)


def test_a_closed_network_says_so(network):
    network.close()
    network.close()
    assert network.is_closed
    assert repr(network) == "<Network, closed>"
    for ask in (lambda: network.revision, lambda: network.candidates("a"), lambda: network.innovations):
        with pytest.raises(jipp.errors.RefusedError) as caught:
            ask()
        assert caught.value.code == "network-closed"


def test_foreign_and_damaged_files_are_refused(tmp_path):
    path = tmp_path / "notes.jipp"
    path.write_text("not a network" * 1000)
    with pytest.raises(jipp.errors.CorruptError):
        jipp.Network.open(path)
    assert path.read_text().startswith("not a network")
    with pytest.raises(jipp.errors.StorageError):
        jipp.Network.open(tmp_path / "no" / "such" / "folder.jipp")
    with pytest.raises(jipp.errors.UnsupportedError):
        jipp.Network.in_memory().import_(tmp_path / "file.docx", kind="agency")


def test_a_second_writer_is_refused_and_a_reader_welcome(tmp_path):
    path = tmp_path / "network.jipp"
    filled(path)
    code = f"""
import jipp
with jipp.Network.open({str(path)!r}, read_only=True) as network:
    print(network.get("agency", "kota-ambon").name)
try:
    jipp.Network.open({str(path)!r})
except jipp.errors.BusyError as error:
    print(error.code)
"""
    with jipp.Network.open(path):
        answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.split("\n")[:2] == ["Pemerintah Kota Ambon", "store-locked"]


# Long work, threads and processes


def test_threads_ask_and_write_at_once(network):
    with network.edit(at=AT) as edit:
        edit.register(*ambon())
    raised = []

    def guarded(work):
        try:
            for at in range(40):
                work(at)
        except BaseException as error:  # noqa: BLE001
            raised.append(error)

    def write(at):
        with network.edit(at=AT) as edit:
            edit.register(Agency(id=f"{threading.get_ident()}/{at}", name="A", kind="other"))

    def ask(_):
        assert len(network.candidates("antre di puskesmas")) == 1
        assert network.agencies["kota-ambon"].kind == "city"

    threads = [threading.Thread(target=guarded, args=(work,)) for work in (write, write, ask, ask, ask)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []
    assert network.count("agency") == 81


def test_control_c_ends_long_work():
    """The interpreter answers while the core is still at work: a timer sends the signal to this very process."""
    if os.name != "posix":
        pytest.skip("signals of POSIX")
    network = jipp.Network.sample()
    needs = ["antrean panjang di puskesmas dan rumah sakit, pendaftaran daring"] * 200_000
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        network.matching.candidates_batch(needs, threads=1)
    timer.join()
    assert len(network.candidates("antrean")) > 0


def test_a_forked_process_may_use_memory_but_not_the_file(tmp_path):
    if not hasattr(os, "fork"):
        pytest.skip("no fork here")
    path = tmp_path / "network.jipp"
    filled(path)
    in_memory = jipp.Network.in_memory()
    with in_memory.edit(at=AT) as edit:
        edit.register(*ambon())
    with jipp.Network.open(path) as network:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                usable = len(in_memory.candidates("antre di puskesmas")) == 1
                try:
                    network.candidates("antre")
                except jipp.errors.RefusedError as error:
                    if usable and error.code == "network-closed":
                        status = 0
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0
        assert network.count("agency") == 1


def test_a_damaged_file_gives_what_is_intact(tmp_path):
    damaged, rescued = tmp_path / "damaged.jipp", tmp_path / "rescued.jipp"
    with jipp.Network.open(damaged) as network, network.edit(at=AT) as edit:
        edit.register(*ambon())
    whole = damaged.read_bytes()
    damaged.write_bytes(bytes(100) + whole[100:])
    with pytest.raises(jipp.errors.CorruptError):
        jipp.Network.open(damaged)
    report = jipp.Network.salvage(damaged, rescued)
    assert (report.changes, report.unchecked, report.lost, report.held, report.problems) == (len(ambon()), 0, 0, 0, ())
    with jipp.Network.open(rescued) as network:
        assert network.verify() == []
        assert network.count("agency") == 1
    with pytest.raises(jipp.errors.InvalidError):
        jipp.Network.salvage(damaged, rescued)


def test_a_person_is_erased(network):
    with network.edit(at=AT) as edit:
        edit.register(jipp.model.Person(id="p-17", name="Siti Rahma"))
    assert network.erase(("person", "p-17")) == 1
    assert network.get("person", "p-17").name is None
    assert network.get("person", "p-17", as_of=network.revision).name is None
    with pytest.raises(jipp.errors.InvalidError):
        network.erase(("agency", "kota-ambon"))
