"""Who reads what: even loads, no conflicts of interest, expertise, and panels that can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Unpack

from jipp import _jipp
from jipp._values.evaluation_assignment import *  # noqa: F403
from jipp._values.evaluation_assignment import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import evaluation_assignment as _assignment
    from jipp._values import model as _model

__all__ = ["assign", *_values]


def assign(
    submissions: Iterable[_assignment.Submission | Mapping[str, Any] | str],
    readers: Iterable[_assignment.Reader | Mapping[str, Any] | str],
    /,
    conflicts: Iterable[_model.Conflict | Mapping[str, Any]] = (),
    options: _assignment.Options | Mapping[str, Any] | None = None,
    **fields: Unpack[_assignment.OptionsFields],
) -> _assignment.Outcome:
    """Which assessor reads which proposal, or where places are short.

    Submissions and readers are ids, or say their sectors too. ``per_proposal`` is how many read each proposal; ``seed``
    decides between equals.

    >>> found = assign(["a", "b", "c"], ["x", "y"], per_proposal=1)
    >>> found.kind, sorted(load.proposals for load in found.value.loads)
    ('assigned', [1, 2])
    """
    return _jipp.assignment_assign(
        [{"id": one, "sectors": []} if isinstance(one, str) else one for one in submissions],
        [{"id": one, "sectors": []} if isinstance(one, str) else one for one in readers],
        list(conflicts),
        options,
        **fields,
    )
