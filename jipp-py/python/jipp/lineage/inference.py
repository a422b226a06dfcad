"""Who took over from whom, inferred from when each adopted (Gomez-Rodriguez, Leskovec, Krause 2012)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Unpack

from jipp import _jipp
from jipp._values import Value
from jipp._values.lineage_inference import *  # noqa: F403
from jipp._values.lineage_inference import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import lineage_inference as _inference

__all__ = ["estimate_delay", "infer", "network_inference", "snap", *_values]


def infer(
    cascades: Iterable[_inference.Cascade | Mapping[int, float] | Iterable[tuple[int, float]]],
    /,
    context: _inference.Context | Mapping[str, Any] | None = None,
    options: _inference.Options | Mapping[str, Any] | None = None,
    **fields: Unpack[_inference.OptionsFields],
) -> _inference.Inference:
    """The edges that explain cascades best, each with what speaks for it.

    A cascade is who adopted when: a mapping of adopters, by number, to times, or pairs of both. ``context`` says which
    edges are allowed, known or likely.

    Raises :class:`jipp.errors.RefusedError` (``undetermined``) for too few cascades.

    >>> found = infer([{0: 0.0, 1: 1.0}, {0: 5.0, 1: 6.1}, {0: 9.0, 1: 9.9}, {0: 20.0, 1: 21.2}])
    >>> [(edge.source, edge.target) for edge in found.edges]
    [(0, 1)]
    """
    return _jipp.inference_infer(_cascades(cascades), {} if context is None else context, options, **fields)


def estimate_delay(
    cascades: Iterable[_inference.Cascade | Mapping[int, float] | Iterable[tuple[int, float]]],
    family: _inference.Family = "exponential",
    /,
    context: _inference.Context | Mapping[str, Any] | None = None,
    options: _inference.Options | Mapping[str, Any] | None = None,
    **fields: Unpack[_inference.OptionsFields],
) -> _inference.Delay:
    """The delays of a family of distributions that fit cascades best."""
    return _jipp.inference_estimate_delay(
        _cascades(cascades), family, {} if context is None else context, options, **fields
    )


def snap() -> _inference.Options:
    """The options of the program ``netinf`` of SNAP.

    >>> snap().scoring
    'flat'
    """
    return _jipp.inference_options()


def network_inference(delay: _inference.Delay | Mapping[str, Any], cutoff: float = 0.05, /) -> _inference.Options:
    """The options of the R package ``NetworkInference``, with these delays and this p-value."""
    return _jipp.inference_options(delay, cutoff)


def _cascades(cascades: Iterable[Any]) -> list[Any]:
    return [_cascade(cascade) for cascade in cascades]


def _cascade(cascade: Any) -> Any:
    if isinstance(cascade, Value):
        return cascade
    if isinstance(cascade, Mapping):
        return cascade if "events" in cascade else {"events": list(cascade.items())}
    return {"events": list(cascade)}
