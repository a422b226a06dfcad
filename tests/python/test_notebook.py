"""What notebooks show: escaped, short, in two languages, and never told by colour alone."""

import copy
import pickle
import re
from collections.abc import Sequence
from html.parser import HTMLParser

import jipp
import pytest
from jipp.model import Agency, Innovation
from jipp.notebook import Drawing, html, language, set_language

EVIL = '<script>alert("x")</script>&\'"'


class Page(HTMLParser):
    """Reads HTML and checks that what is opened is closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.texts, self.rows = [], [], 0
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.rows += tag == "tr"
        assert tag in {"table", "thead", "tbody", "tr", "th", "td", "div", "span", "b", "i", "br", "pre"}
        assert not [name for name, _ in attributes if name not in ("style", "title")]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture(scope="module")
def sample():
    return jipp.Network.sample()


@pytest.fixture(scope="module")
def evil():
    """A network of records that would break a page, twenty of them."""
    network = jipp.Network.in_memory()
    with network.edit() as edit:
        edit.register(Agency(id="a", name=EVIL, kind="city"))
        for number in range(20):
            title = f"antrean panjang {number} {EVIL} " + "panjang " * 20
            edit.register(Innovation(id=f"a/{number:02}", title=title.strip(), owner="a"))
    return network


def shown(evil):
    found = evil.candidates(f"antrean panjang {EVIL}", limit=20)
    return {
        "network": evil,
        "records": evil.innovations,
        "record": evil.innovations[0],
        "agency": evil.agencies["a"],
        "candidates": found,
        "candidate": found[0],
        "report": evil.import_([{"id": EVIL, "name": EVIL, "kind": EVIL}] * 15, kind="agency"),
        "table": evil.matching.neighbours("a/00", limit=15),
        "drawing": evil.lineage.draw("a/00", format="tree"),
    }


def test_everything_is_escaped_short_and_well_formed(evil):
    for name, value in shown(evil).items():
        text = html(value)
        page = Page(text)
        assert "<script" not in text.lower(), name
        assert len(text) < 30_000, name
        assert page.rows <= 45, name


def test_no_colour_but_that_of_the_text(evil):
    for value in shown(evil).values():
        assert set(re.findall(r"#[0-9a-f]{3,6}|rgb|(?<!background-)color:", html(value))) == set()


def test_rows_are_limited_and_what_is_left_out_is_counted(evil):
    text = html(evil.innovations)
    assert Page(text).rows == 11
    assert "10 lagi" in text
    assert "10 lagi" in html(evil.candidates("antrean panjang", limit=20))


def test_candidates_tell_what_whose_how_many_points_why_and_whom_to_call(sample):
    found = sample.candidates("antrean panjang di puskesmas", region="81", limit=3)
    text = html(found, lang="en")
    best = found[0]
    for said in (best.title, best.owner_name, f"{best.score / 1e6:.1f}", best.hubs[0].name, "not known:", "mentor"):
        assert said in text
    assert [words for words in found.reasons(0, lang="en") if "“antrean”" in words]
    drawn = sum(float(width) for width in re.findall(r'title="[^"]*: [0-9.]+" style="[^"]*width:([0-9.]+)em"', text))
    assert drawn == pytest.approx(sum(candidate.score for candidate in found) / 1e7, abs=0.6), "10 em are 100 points"


def test_reasons_belong_to_the_parts_of_the_score(sample):
    found = sample.candidates("antrean panjang di puskesmas", region="81", limit=3)
    for at, candidate in enumerate(found):
        for lang in ("id", "en"):
            assert len(found.reasons(at, lang=lang)) == len(candidate.parts)
        awarded = [part.ground.factor == "awarded" for part in candidate.parts]
        said = [words.startswith("awarded") for words in found.reasons(at, lang="en")]
        assert awarded == said
    assert found.reasons(-1) == found.reasons(2)
    with pytest.raises(IndexError):
        found.reasons(3)
    with pytest.raises(ValueError, match="lang"):
        found.reasons(0, lang="fr")


def test_the_language_is_set_once_and_given_back():
    assert language() == "id"
    assert "Jaringan" in html(jipp.Network.in_memory())
    set_language("en")
    try:
        assert "Network" in jipp.Network.in_memory()._repr_html_()
        assert "Jaringan" in html(jipp.Network.in_memory(), lang="id")
        assert language() == "en"
    finally:
        set_language("id")
    with pytest.raises(ValueError, match="lang"):
        set_language("fr")


def test_a_closed_network_shows_itself():
    network = jipp.Network.in_memory()
    network.close()
    assert "ditutup" in html(network)


def test_an_import_report_names_line_field_and_reason():
    report = jipp.Network.in_memory().import_([{"id": "a", "name": "A", "kind": "moon"}], kind="agency")
    text = html(report, lang="en")
    assert report.rejections == 1
    assert "moon" in text
    assert report.rejected[0].reason_en.split()[0] in text
    assert html(report) != text


def test_a_drawing_is_text_that_knows_how_to_show_itself(sample):
    root = "kota-yogyakarta/nyamuk-ber-wolbachia-kota-yogyakarta"
    svg = sample.lineage.draw(root, format="svg")
    assert isinstance(svg, str)
    assert svg._repr_svg_() == str(svg)
    assert svg._repr_svg_().startswith("<svg")
    assert svg._repr_html_() is None
    tree = sample.lineage.draw(root)
    assert tree._repr_svg_() is None
    assert "├─" in tree._repr_html_()
    for again in (pickle.loads(pickle.dumps(svg)), copy.deepcopy(svg)):
        assert (again, again.written_in, type(again)) == (svg, "svg", Drawing)


def test_answers_are_sequences(sample):
    found = sample.candidates("antrean panjang", limit=3)
    links = sample.lineage.all_links()
    for answer in (found, links):
        assert isinstance(answer, Sequence)
        assert answer.index(answer[2]) == 2
        assert answer.count(answer[0]) == 1
        assert answer[1] in answer
        assert list(reversed(answer))[0] == answer[-1]
        with pytest.raises(ValueError, match=""):
            answer.index("nothing")
