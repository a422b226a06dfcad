"""The values of ``evaluation.assignment``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

if TYPE_CHECKING:
    from jipp._values import model as _model

__all__ = [
    "Apart",
    "Assignment",
    "Expertise",
    "Island",
    "Load",
    "Options",
    "Outcome",
    "Pair",
    "Reader",
    "Room",
    "Shared",
    "Shortage",
    "Submission",
]


class Submission(Value):
    """A proposal that is to be scored."""

    id: str
    """The proposal."""

    sectors: tuple[str, ...] = DEFAULT
    """What it is about; empty if that is not known."""


class Reader(Value):
    """An assessor who can score."""

    id: str
    """The assessor."""

    sectors: tuple[str, ...] = DEFAULT
    """What the assessor is expert in; empty if that is not known."""

    capacity: int | None = None
    """How many proposals the assessor takes at most; any number if absent."""


class Pair(Value):
    """A proposal and who scores it."""

    proposal: str
    """The proposal."""

    assessor: str
    """The assessor."""


class Options(Value):
    """How proposals are assigned."""

    per_proposal: int = DEFAULT
    """How many assessors each proposal has, 1 to 100."""

    seed: int = DEFAULT
    """Where the draws start; the same seed gives the same assignment."""

    give_up: int = DEFAULT
    """How many percent of the pairs with a sector in common may be given up so that assessors who seldom meet do: 0 to
    100. Only exchanges count for it that replace meetings of assessors who meet much more often (by the mean of all
    pairs or more) than those who meet instead.
    """

    fixed: tuple[Pair, ...] = DEFAULT
    """Pairs that are there already. They are kept, whatever speaks against them."""


if TYPE_CHECKING:

    class OptionsFields(TypedDict, total=False):
        """The fields of :class:`Options`, as keyword arguments."""

        per_proposal: int
        seed: int
        give_up: int
        fixed: tuple[Pair, ...]


class Load(Value):
    """How many proposals an assessor has."""

    assessor: str
    """The assessor."""

    proposals: int
    """How many proposals."""


class Expertise(Value):
    """What pairs have in common."""

    common: int
    """Pairs with a sector in common."""

    unknown: int
    """Pairs of which that is not known."""

    none: int
    """Pairs that have none."""

    possible: int
    """How many pairs could have a sector in common with loads this even; what is missing was given up for overlap."""


class Island(Value):
    """Proposals and assessors that are connected with each other and with nobody else."""

    proposals: tuple[str, ...]
    """The proposals."""

    assessors: tuple[str, ...]
    """Their assessors."""


class Shared(Value):
    """How often two assessors score the same proposal, over all pairs of assessors who score at all."""

    least: int
    """The fewest proposals that two share."""

    median: int
    """The number that half of the pairs do not exceed (the lower median)."""


Apart: TypeAlias = Literal["one-each", "too-few-pairs", "conflicts", "not-joined"]


class Assignment(Value):
    """Who scores what."""

    pairs: tuple[Pair, ...]
    """The pairs, fixed ones included, in the order of proposals and assessors."""

    loads: tuple[Load, ...]
    """How many proposals each assessor has, in the order of assessors."""

    is_even: bool
    """Whether loads differ by one at most. If not, capacities, conflicts or fixed pairs do not allow it, and the sum of
    squares is the least there is.
    """

    expertise: Expertise
    """What pairs have in common."""

    islands: tuple[Island, ...]
    """The islands into which the panel falls: one if it hangs together."""

    apart: Apart | None = None
    """Why it falls into islands, if it does. Severity can then be estimated within each of them only."""

    shared: Shared
    """How widely assessors overlap."""

    refused: abc.Mapping[_model.ConflictGround, int]
    """How many pairs were refused on each ground; a pair may be refused on several."""

    fixed_in_conflict: tuple[Pair, ...]
    """Fixed pairs that have a conflict of interest. They are kept, for what was done is done, and should be looked at."""


class Room(Value):
    """An assessor with the places left for certain proposals."""

    assessor: str
    """The assessor."""

    places: int
    """How many of the proposals the assessor can take: at most the capacity, and those without conflict."""


class Shortage(_behaviour.Words, Value):
    """Why proposals cannot be assigned: proposals that together need more assessors than there are for them (P. Hall, *On
    representatives of subsets*, Journal of the London Mathematical Society 10, 1935).
    """

    proposals: tuple[str, ...]
    """The proposals."""

    needed: int
    """How many pairs they need together, besides fixed ones."""

    assessors: tuple[Room, ...]
    """Who is left for them; an assessor who has a conflict with all of them is not."""

    places: int
    """The places of these together: fewer than needed."""


class Outcome(Choice):
    """What an assignment came to.

    * ``assigned``: Every proposal has its assessors.
    * ``short``: Some cannot have them, and why.
    """

    _tag = ""
    _shapes = {
        "assigned": "value",
        "short": "value",
    }

    kind: Literal["assigned", "short"]
    """Which it is."""

    value: Assignment | Shortage | None = None
    """What it carries."""
