"""The values of ``evaluation.blindness``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

if TYPE_CHECKING:
    from jipp._values import model as _model

__all__ = [
    "Naming",
    "Phase",
    "Policy",
    "Projection",
    "Role",
    "Rule",
    "Viewer",
    "Whose",
]


Phase: TypeAlias = Literal["registration", "administration", "desk", "consolidation", "public-test", "interview", "field-visit", "plenary", "announced"]


Role: TypeAlias = Literal["public", "assessor", "secretariat", "chair"]


Whose: TypeAlias = Literal["all", "rules", "edition", "finalists", "awarded", "assigned", "own"]


Naming: TypeAlias = Literal["plain", "coded", "merged", "counted"]


class Rule(Value):
    """What a role sees of some kinds of record during some phases."""

    role: Role
    """Who."""

    kinds: tuple[_model.EntityKind, ...]
    """Of which kinds of record."""

    from_: Phase | None = None
    """From this phase on; from the beginning if absent."""

    until: Phase | None = None
    """Up to this phase, itself included; to the end if absent."""

    records: Whose
    """Which records."""

    ids: Naming
    """How they are named."""

    show: tuple[str, ...] | None = None
    """Only these fields; inside another with dots, through lists too: ``scores.value``. A field that a later version
    adds stays hidden.
    """

    hide: tuple[str, ...] | None = None
    """All fields but these."""

    mask: tuple[_model.EntityKind, ...] = ()
    """The kinds of record whose names are masked in the texts of these fields."""

    mark: _model.Mark
    """How well it is known that it is done this way."""

    note: str | None = None
    """A remark."""


class Policy(_behaviour.BlindnessPolicy, Value):
    """A redaction policy: what no rule shows is not seen."""

    id: str
    """Its id."""

    masked: str
    """What stands in the place of a masked name."""

    generic_words: tuple[str, ...] = DEFAULT
    """Words that make no name: where a name has others, it is masked without these too."""

    rules: tuple[Rule, ...]
    """The rules."""


class Viewer(Value):
    """Who looks at which edition."""

    role: Role
    """In which role."""

    edition: str
    """At which edition."""

    assessor: str | None = None
    """As which assessor; for that role alone."""

    phase: Phase | None = None
    """In which phase of the edition; as its proposals say (``Phase::of``) if absent."""

    seed: int = DEFAULT
    """What codes begin with: a number that the secretariat keeps for the edition, so that codes of one edition cannot
    be matched with those of another.
    """


class Projection(Value):
    """What a viewer sees."""

    phase: Phase
    """The phase that the rules were read for."""

    records: tuple[Any, ...]
    """The records, in the order of their kinds and new ids."""

    counts: abc.Mapping[_model.EntityKind, int]
    """How many records there are of kinds that are only counted."""
