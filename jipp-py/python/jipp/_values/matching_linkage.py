"""The values of ``matching.linkage``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

__all__ = [
    "Cluster",
    "Expectation",
    "FieldKind",
    "FieldModel",
    "FieldSpec",
    "Isotonic",
    "Label",
    "Level",
    "LinkageCounts",
    "LinkageModel",
    "LinkageProgress",
    "LinkageSettings",
    "LinkageStep",
    "Pair",
    "Part",
    "Veto",
]


class Isotonic(Value):
    """A probability for each weight, never falling."""

    points: tuple[tuple[int, float], ...]
    """Weights in thousandths of a bit and the probability there, both rising; between them it is read off the line."""


Level: TypeAlias = Literal["exact", "very-close", "close", "loose", "different", "missing"]
"""How far two values agree. The borders are those of the similarity in thousandths: 1000, 850, 700, 500."""


class FieldModel(Value):
    """What was learned of one field."""

    name: str
    """The name of the field."""

    m: tuple[float, ...]
    """How often each known level occurs in pairs that belong together; adds up to 1."""

    u: tuple[float, ...]
    """How often each known level occurs in pairs that do not; adds up to 1."""

    depends_on: int | None = None
    """The field whose agreement by chance brings this one's with it."""

    u_given: tuple[tuple[float, ...], ...]
    """``u`` where that field agrees well, partly, not, or is unknown."""


class LinkageModel(_behaviour.LinkageModel, Value):
    """What was learned of a table: enough to weigh any pair of it, or of another table like it."""

    prior: float
    """The share of all comparable pairs that belong together."""

    fields: tuple[FieldModel, ...]
    """The fields, in the order of the settings."""

    calibration: Isotonic | None = None
    """From weight to probability, where labels were at hand (``calibrated``)."""


class Cluster(Value):
    """Records that are one thing."""

    id: str
    """The smallest id of its records: it stays the same as long as that record is in it."""

    records: tuple[str, ...]
    """The ids of its records, two or more, in order."""


class Expectation(Value):
    """What a threshold would bring, by the probabilities alone: true as far as these are."""

    percent: int
    """The threshold, in hundredths."""

    pairs: int
    """How many pairs reach it."""

    precision: float
    """The share of those that belong together."""

    recall: float
    """The share of all candidate pairs that belong together which reach it."""


class LinkageCounts(Value):
    """How many candidates there were and why."""

    records: int
    """Records looked at, of both tables."""

    all_pairs: int
    """Pairs that could be compared."""

    candidates: int
    """Pairs that were."""

    wide_keys: int
    """Keys that too many records share for a block."""

    forbidden: int
    """Candidates that something forbids."""


LinkageStep: TypeAlias = Literal["blocking", "learning", "weighing"]
"""What the linker is doing."""


class LinkageProgress(Value):
    """How far the linker is."""

    step: LinkageStep
    """What it is doing."""

    done: int
    """How much of it is done."""

    of: int
    """Of how much."""


class Label(Value):
    """A pair whose truth is known."""

    left: str
    """The id of the one; between two tables, in the first."""

    right: str
    """The id of the other; between two tables, in the second."""

    same: bool
    """Whether both are the same thing."""


class Part(Value):
    """What one field adds to a pair's weight."""

    field: int
    """The place of the field in the settings."""

    level: Level
    """How far the values agree."""

    similarity: int | None = None
    """How alike they are, in thousandths; nothing where one is missing."""

    weight: int
    """What the field adds, in thousandths of a bit: positive speaks for one and the same thing."""

    rarity: int
    """How much of it is due to the value being rarer (positive) or commoner (negative) than values that agree usually are."""

    exchanged_with: int | None = None
    """The field whose values are exchanged with this one's (given name and family name, say)."""

    counted_with: int | None = None
    """The field that this one goes along with by chance: its agreement is already counted there, wholly or in part."""


class Veto(Choice):
    """Why two records are never linked.

    * ``stated``: The caller said so: a pair that cannot link, or one labelled as different.
    * ``field``: The field at this place must agree, and does not.
    """

    _tag = ""
    _shapes = {
        "stated": "nothing",
        "field": "value",
    }

    kind: Literal["stated", "field"]
    """Which it is."""

    value: int | None = None
    """What it carries."""


class Pair(Value):
    """Two records that may be the same thing."""

    left: str
    """The id of the first; within one table the smaller one."""

    right: str
    """The id of the second."""

    weight: int
    """The evidence in thousandths of a bit: ``prior`` and the weights of all parts add up to it exactly."""

    prior: int
    """What it starts from: how rare such pairs are among all."""

    probability: float
    """The probability that both are the same thing, by the evidence, from 0 to 1."""

    veto: Veto | None = None
    """Why they are not linked all the same."""

    linked: bool
    """Whether they are linked: the probability reaches the threshold, nothing forbids it, and (one to one) neither
    has a better partner.
    """

    parts: tuple[Part, ...]
    """What each field adds, in the order of the settings."""


FieldKind: TypeAlias = Literal["text", "long-text", "code", "number", "date", "year"]
"""What a field holds, and with it how two values are compared."""


class FieldSpec(Value):
    """A field of the records."""

    name: str
    """The name, as shown in explanations and errors."""

    kind: FieldKind
    """What it holds."""

    must_agree: Level | None = None
    """Where given, two records whose values agree less than this are never the same thing, whatever else agrees: the
    pair may be reported, and is never linked nor clustered. A missing value does not forbid.
    """


class LinkageSettings(Value):
    """How to link. Only the fields must be given; everything else has a default that suits most tables."""

    fields: tuple[FieldSpec, ...]
    """The fields, 1 to ``MAX_LINKAGE_FIELDS``."""

    threshold: float = DEFAULT
    """From which probability on two records are linked, above 0 and below 1. A half makes the fewest wrong decisions
    where the probabilities are right; the default, 0.9, holds that a false link costs as much as nine missed ones.
    """

    report_from: float = DEFAULT
    """From which probability on a pair is reported, above 0 and at most the threshold."""

    neighbours: int = DEFAULT
    """With how many others each record is compared at least, 1 to 1,000: those that share the rarest keys with it."""

    largest_block: int = DEFAULT
    """Keys that more records share than this, 2 to 10,000, count in combination with another such key only."""

    sampled_pairs: int = DEFAULT
    """How many pairs are drawn to learn how often values agree by chance, 1,000 to 10,000,000."""

    seed: int = DEFAULT
    """Which pairs are drawn."""

    one_to_one: bool = DEFAULT
    """Between two tables: whether a record may be linked to one other record only, the best remaining one."""


if TYPE_CHECKING:

    class LinkageSettingsFields(TypedDict, total=False):
        """The fields of :class:`LinkageSettings`, as keyword arguments."""

        fields: tuple[FieldSpec, ...]
        threshold: float
        report_from: float
        neighbours: int
        largest_block: int
        sampled_pairs: int
        seed: int
        one_to_one: bool
