"""What notebooks show of values: short HTML, everything from records escaped, nothing told by colour alone.

Styles are inline, since notebooks clean what they show; they take the colour of the text, so that they fit dark themes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, get_args

from jipp._values import Value, _short
from jipp._words import FACTOR_GROUPS, word
from jipp.notebook import language

if TYPE_CHECKING:
    from jipp import _jipp
    from jipp.network import Network

__all__ = ["candidates", "network", "scoring", "table", "value"]

ROWS = 10
"""Rows that are shown of a table."""
COLUMNS = 8
"""Columns that are shown of a table."""
FIELDS = 40
"""Fields that are shown of a value."""
REASONS = 4
"""Reasons that are shown of a candidate."""
TEXT = 160
"""Characters that are shown of a text."""

_TABLE = 'style="border-collapse:collapse;text-align:left"'
_CELL = 'style="text-align:left;vertical-align:top;padding:0.25em 0.6em;white-space:normal"'
_NUMBER = 'style="text-align:right;vertical-align:top;padding:0.25em 0.6em;font-variant-numeric:tabular-nums"'
_SMALL = 'style="font-size:85%;opacity:0.75"'
_BAR = "display:inline-block;height:0.8em;vertical-align:middle;box-sizing:border-box;border:1px solid currentColor;"

_FILLS = {
    "text": "background:currentColor;",
    "alike": "background:repeating-linear-gradient(45deg,currentColor,currentColor 1px,transparent 1px,transparent 4px);",
    "proof": "background:repeating-linear-gradient(90deg,currentColor,currentColor 1px,transparent 1px,transparent 3px);",
    "help": "",
    "meaning": "background:repeating-linear-gradient(0deg,currentColor,currentColor 1px,transparent 1px,transparent 3px);",
}
"""How the parts of a score are told apart: solid, slanted, upright, empty, level."""


def _cut(text: object) -> str:
    """A text, escaped, no longer than it may be."""
    text = str(text)
    return escape(text if len(text) <= TEXT else text[: TEXT - 1] + "…")


def _cell(content: str, tag: str = "td", number: bool = False) -> str:
    return f"<{tag} {_NUMBER if number else _CELL}>{content}</{tag}>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """A table of cells that are HTML already; ``numbers`` are the columns that are flush right."""
    top = "".join(_cell(cell, "th", at in numbers) for at, cell in enumerate(head))
    body = "".join(
        "<tr>" + "".join(_cell(cell, "td", at in numbers) for at, cell in enumerate(row)) + "</tr>" for row in rows
    )
    thead = f"<thead><tr>{top}</tr></thead>" if head else ""
    return f"<table {_TABLE}>{thead}<tbody>{body}</tbody></table>"


def _more(count: int) -> str:
    return f"<div {_SMALL}>… {count:,} {word('more', language())}</div>" if count > 0 else ""


def _bar(parts: Iterable[tuple[str, float]], whole: float, width_em: float = 10) -> str:
    """A bar of parts, each a group and its points, of so many points in all."""
    lang, drawn = language(), []
    for group, points in parts:
        width = width_em * max(points, 0) / whole
        if width >= 0.05:
            tip = escape(f"{word(group, lang)}: {points:.1f}")
            drawn.append(f'<span title="{tip}" style="{_BAR}{_FILLS[group]}width:{width:.2f}em"></span>')
    return f'<span style="white-space:nowrap">{"".join(drawn)}</span>'


# ---- a network and its records -------------------------------------------------------------------------------------


def network(network: Network) -> str:
    """The counts of a network by kind."""
    from jipp._values.model import EntityKind

    lang = language()
    if network.is_closed:
        return f"<b>{word('network', lang)}</b>, {word('closed', lang)}"
    counts = [(kind, network.count(kind)) for kind in get_args(EntityKind)]
    rows = [(escape(kind), f"{count:,}") for kind, count in counts if count]
    where = f", {escape(network.path)}" if network.path else ""
    head = (word("kind", lang), word("count", lang))
    return f"<div><b>{word('network', lang)}</b>{where}, {word('revision', lang)} {network.revision}</div>" + _table(
        head, rows, [1]
    )


def table(rows: Sequence[Any]) -> str:
    """The first rows of a table or of records, in the columns that say something."""
    shown = list(islice(iter(rows), ROWS))
    caption = f"<div {_SMALL}>{escape(repr(rows)[1:-1])}</div>"
    if not shown:
        return caption
    if not isinstance(shown[0], Value):
        return caption + _table((), ((_field(row),) for row in shown)) + _more(len(rows) - len(shown))
    said = [name for name in type(shown[0])._names if any(name in row._given() for row in shown)]
    names = said[:COLUMNS]
    body = [[_field(getattr(row, name)) for name in names] for row in shown]
    left_out = f", +{len(said) - COLUMNS} columns" if len(said) > COLUMNS else ""
    return caption.replace("</div>", f"{left_out}</div>") + _table(names, body) + _more(len(rows) - len(shown))


# ---- a value -------------------------------------------------------------------------------------------------------


def value(value: Value) -> str:
    """The fields of a value that say something."""
    from jipp._values.exchange import ImportReport

    if isinstance(value, ImportReport):
        return _import_report(value)
    given = value._given()
    rows = [(f"<b>{escape(name)}</b>", _field(inner)) for name, inner in islice(given.items(), FIELDS)]
    return f"<div {_SMALL}>{type(value).__name__}</div>" + _table((), rows) + _more(len(given) - FIELDS)


def _field(inner: object) -> str:
    if inner is None:
        return ""
    if isinstance(inner, (tuple, list)):
        lines = [_line(item) for item in inner[:REASONS]]
        more = len(inner) - len(lines)
        return "<br>".join(lines + ([f"… {more:,} {word('more', language())}"] if more > 0 else []))
    if isinstance(inner, Mapping):
        return "<br>".join(f"{_cut(key)}: {_line(item)}" for key, item in islice(inner.items(), REASONS))
    return _line(inner)


def _line(item: object) -> str:
    """A value on one line."""
    if isinstance(item, Value):
        return " · ".join(_cut(_plain(inner)) for inner in islice(item._given().values(), 3))
    if isinstance(item, bool) or not isinstance(item, float):
        return _cut(item)
    return f"{item:,.6g}"


def _plain(inner: object) -> object:
    """What is inside a value on one line: texts as they are, what is longer by its size."""
    return inner if isinstance(inner, (str, int, float)) else _short(inner)


def _import_report(report: Any) -> str:
    lang = language()
    names = ("rows", "registered", "revised", "unchanged", "rejections")
    head = [word("rejected" if name == "rejections" else name, lang) for name in names]
    text = f"<div><b>{word('import', lang)}</b>, {word('revision', lang)} {report.revision}</div>"
    text += _table(head, [[f"{getattr(report, name):,}" for name in names]], range(5))
    if report.rejected:
        faults = report.rejected[:ROWS]
        head = [word(name, lang) for name in ("line", "field", "value", "reason")]
        rows = [
            (str(fault.line), _cut(fault.field or ""), _cut(fault.value or ""), _cut(getattr(fault, f"reason_{lang}")))
            for fault in faults
        ]
        text += _table(head, rows, [0]) + _more(report.rejections - len(faults))
    return text


# ---- answers -------------------------------------------------------------------------------------------------------


def candidates(found: _jipp.Candidates) -> str:
    """Candidates as a ranked table: what, whose, how many points for what, why, what it takes, whom to call."""
    lang = language()
    head = [word(key, lang) for key in ("place", "innovation", "score", "why", "gaps", "phone")]
    shown = min(len(found), ROWS)
    rows = [_candidate(found, at) for at in range(shown)]
    looks = "".join(
        f'<span style="{_BAR}{_FILLS[group]}width:1.2em"></span> {word(group, lang)} &nbsp; '
        for group in ("text", "alike", "proof", "help")
    )
    sought = ", ".join(escape(text) for text in found.words)
    caption = (
        f"<b>{len(found):,}</b> {word('candidates', lang)} {found.searched:,} {word('innovations', lang)}: {sought}"
    )
    more = _more(len(found) - shown)
    return f"<div>{caption}</div>{_table(head, rows, [0])}<div {_SMALL}>{looks}</div>{more}"


def _candidate(found: _jipp.Candidates, at: int) -> tuple[str, ...]:
    lang, one = language(), found[at]
    names = f"<b>{_cut(one.title)}</b>" + (f"<br>{_cut(one.expansion)}" if one.expansion else "")
    names += f"<br><span {_SMALL}>{_cut(one.owner_name)}</span>"
    groups: dict[str, float] = {}
    for part in one.parts:
        group = FACTOR_GROUPS[part.ground.factor]
        groups[group] = groups.get(group, 0.0) + part.points / 1e6
    score = f"{_bar(groups.items(), 100)}<br>{one.score / 1e6:.1f}"
    reasons = sorted(zip((part.points for part in one.parts), found.reasons(at, lang=lang)), key=lambda it: -it[0])
    why = [f"+{points / 1e6:.1f} {_cut(words)}" for points, words in reasons[:REASONS]]
    if len(reasons) > REASONS:
        rest = sum(points for points, _ in reasons[REASONS:]) / 1e6
        why.append(f"+{rest:.1f} … {len(reasons) - REASONS} {word('more', lang)}")
    return (str(at + 1), names, score, "<br>".join(why), _gaps(one.gaps), _whom(one))


def _gaps(gaps: Iterable[Any]) -> str:
    lang, by_state = language(), dict[str, list[str]]()
    for gap in gaps:
        needed = f" ({gap.needed})" if gap.needed else ""
        by_state.setdefault(gap.state, []).append(word(gap.topic, lang) + needed)
    states = [state for state in ("lacking", "to-check", "met", "unknown") if state in by_state]
    return "<br>".join(f"<i>{word(state, lang)}:</i> {_cut(', '.join(by_state[state]))}" for state in states)


def _whom(one: Any) -> str:
    lines = []
    for hub in one.hubs[:2]:
        reach = [text for contact in hub.contacts[:1] for text in (contact.phone, contact.email) if text]
        lines.append(", ".join(_cut(text) for text in (hub.name, *(reach or [hub.portal or ""])) if text))
    for contact in one.owner_contacts[:1]:
        lines.append(_cut(", ".join(text for text in (contact.label, contact.phone, contact.email) if text)))
    return "<br>".join(lines)


def scoring(scoring: _jipp.Scoring) -> str:
    """The head of a ranking, and what stands at its cut."""
    lang, whole = language(), scoring.value()
    standings = scoring.standings
    places, cut = standings.places, standings.cut
    proposals = {proposal.id: proposal for proposal in whole.proposals}
    known = whole.uncertainty
    sure: Any = known.value if known is not None and known.kind == "known" else None
    ranges = {} if sure is None else {interval.proposal: interval for interval in sure.proposals}
    inside, chosen = (cut.inside if cut else 0), set(scoring.chosen())
    near = sorted({*range(min(5, len(places))), *range(max(inside - 3, 0), min(inside + 3, len(places)))})
    top = max((place.score for place in places), default=0.0) or 1.0
    rows, last = [], -1
    for at in near:
        if at != last + 1:
            rows.append(("⋮",) + ("",) * 5)
        if cut and at == inside:
            rows.append(("—", f"<i>{word('cut', lang)}</i>", "", "", "", ""))
        last, place = at, places[at]
        about, interval = proposals[place.proposal], ranges.get(place.proposal)
        name = f"<b>{_cut(about.title)}</b><br><span {_SMALL}>{_cut(about.owner)}</span>"
        rows.append(
            (
                str(place.place),
                name,
                f"{place.score:.2f} {_bar([('text', place.score)], top, 6)}",
                f"{interval.from_}–{interval.to}" if interval else "",
                f"{interval.inside:.0%}" if interval and interval.inside is not None else "",
                ("✓ " + word("chosen", lang)) if place.proposal in chosen else "",
            )
        )
    head = [word(key, lang) for key in ("place", "proposal", "total", "range", "inside")] + [""]
    caption = f"<b>{escape(whole.options.edition)}</b>, {len(places):,} {word('proposals', lang)}"
    return f"<div>{caption}</div>{_table(head, rows, [0, 3, 4])}"
