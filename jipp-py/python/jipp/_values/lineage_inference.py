"""The values of ``lineage.inference``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

__all__ = [
    "Cascade",
    "Context",
    "Delay",
    "Delays",
    "Family",
    "Inference",
    "InferredEdge",
    "Options",
    "Scoring",
    "Stop",
    "StopRule",
    "Transmission",
]


class Cascade(Value):
    """Who adopted one thing when: one innovation, or one group of innovations that are the same at heart."""

    events: tuple[tuple[int, float], ...]
    """Adopters, by a number of the caller's, with the time of adoption in any unit from any origin; in any order, each
    adopter at most once.
    """


Family: TypeAlias = Literal["exponential", "rayleigh", "log-normal", "power-law"]
"""A family of delays, before its parameters are known."""


class Delay(_behaviour.Delay, Choice):
    """The distribution of the delay from one adopter to the next, in the caller's unit of time.

    | | density of x > 0 | published as |
    | --- | --- | --- |
    | exponential | a exp(-a x) | both programs |
    | Rayleigh | x / s^2 exp(-x^2 / (2 s^2)) | ``NetworkInference`` so; SNAP with alpha = 1 / s^2 |
    | log-normal | exp(-(ln x - mu)^2 / (2 sigma^2)) / (x sigma sqrt(2 pi)) | ``NetworkInference`` |
    | power law | (a - 1) x^-a | SNAP, which does not bound x from below either |

    The power law is a density over x >= 1 only. Choose the unit of time so that hardly a delay is shorter.

    * ``exponential``: Exponential.
    * ``rayleigh``: Rayleigh.
    * ``log-normal``: Log-normal.
    * ``power-law``: Power law.
    """

    _tag = ""
    _shapes = {
        "exponential": "fields",
        "rayleigh": "fields",
        "log-normal": "fields",
        "power-law": "fields",
    }

    kind: Literal["exponential", "rayleigh", "log-normal", "power-law"]
    """Which it is."""

    rate: float | None = None
    """``exponential``: One over the mean delay."""

    scale: float | None = None
    """``rayleigh``: The most frequent delay."""

    mu: float | None = None
    """``log-normal``: Mean of the natural logarithm of the delay."""

    sigma: float | None = None
    """``log-normal``: Standard deviation of the natural logarithm of the delay."""

    exponent: float | None = None
    """``power-law``: The exponent, above 1."""


class Stop(Choice):
    """Why the search stopped.

    * ``edge-limit``: The wanted number of edges is reached.
    * ``no-gain``: No edge that is left raises the objective.
    * ``rejected``: This edge, the one of greatest gain of those left, does not pass the test.
    """

    _tag = ""
    _shapes = {
        "edge-limit": "nothing",
        "no-gain": "nothing",
        "rejected": "fields",
    }

    kind: Literal["edge-limit", "no-gain", "rejected"]
    """Which it is."""

    source: int | None = None
    """``rejected``: Its source."""

    target: int | None = None
    """``rejected``: Its target."""

    gain: float | None = None
    """``rejected``: Its gain."""

    p_value: float | None = None
    """``rejected``: The p-value that is not below the cutoff."""


class InferredEdge(Value):
    """An inferred edge."""

    source: int
    """Who adopted first."""

    target: int
    """Who took it from there."""

    gain: float
    """By how much it raised the objective when it was chosen."""

    objective: float
    """The objective with it: the natural logarithm of the likelihood of the best trees, and the prior log-odds."""

    uses: int
    """Cascades in which it explained an adoption better than anything chosen before."""

    chances: int
    """Cascades in which source was before target."""

    tree_p: float
    """The p-value of the test of trees, which is the one of ``NetworkInference``."""

    cascade_p: float
    """The p-value of the test of whole cascades."""

    probability: float
    """How probable it is that the network with this edge describes cascades better than the one without: 1 -
    ``cascade_p``.
    """


class Inference(Value):
    """A network inferred from cascades."""

    edges: tuple[InferredEdge, ...]
    """The edges, in the order they were chosen."""

    stop: Stop
    """Why there are no more."""

    start: float
    """The objective before the first edge."""

    delay: Delay
    """The delays that were given or estimated."""

    candidates: int
    """How many edges were possible."""

    transmissions: tuple[Transmission, ...]
    """Who probably took from whom in each cascade."""


class Transmission(Value):
    """That an adopter of a cascade took from an earlier one."""

    cascade: int
    """The place of the cascade in the input."""

    source: int
    """Who adopted first."""

    target: int
    """Who took it from there."""

    delay: float
    """The time between the two."""

    probability: float
    """How probable it is, given the network."""


class Delays(Choice):
    """Where the parameters of the delays come from.

    * ``given``: From the caller.
    * ``estimated``: From the cascades, as ``estimate_delay`` does.
    """

    _tag = ""
    _shapes = {
        "given": "value",
        "estimated": "value",
    }

    kind: Literal["given", "estimated"]
    """Which it is."""

    value: Delay | Family | None = None
    """What it carries."""


Scoring: TypeAlias = Literal["flat", "epsilon-edges"]
"""What an adoption is worth that no edge of the network explains."""


class StopRule(Choice):
    """When to stop adding edges. A test adds the edge of greatest gain as long as the one-sided p-value of Vuong (1989)
    for the network with the edge against the one without is below ``cutoff``.

    * ``edges``: At so many edges, or before where no edge has a gain.
    * ``tree-test``: By the scores of the trees alone, as ``NetworkInference`` does (which hands out the first edge that fails too).  An edge that only explains better what is explained already gains a little in many cascades. Where cascades are many and long the rule does not stop: see the figures in the [module](super).
    * ``cascade-test``: By the whole likelihood of a cascade, which also has what edges did *not* transmit.
    """

    _tag = ""
    _shapes = {
        "edges": "value",
        "tree-test": "fields",
        "cascade-test": "fields",
    }

    kind: Literal["edges", "tree-test", "cascade-test"]
    """Which it is."""

    value: int | None = None
    """What it carries."""

    cutoff: float | None = None
    """``tree-test``: From 0 to 1, both excluded.
    ``cascade-test``: From 0 to 1, both excluded.
    """


class Options(Value):
    """How a network is inferred. The defaults are the constants of ``NetworkInference``, delays estimated from the cascades,
    and the test of whole cascades at 0.05.
    """

    delays: Delays = DEFAULT
    """The delays from adopter to adopter."""

    scoring: Scoring = DEFAULT
    """What an unexplained adoption is worth."""

    epsilon: float = DEFAULT
    """How likely spontaneous adoption is, from 1e-300 to 1, both excluded."""

    transmission: float = DEFAULT
    """The probability that an edge transmits at all, from 0 to 1, both excluded."""

    stop: StopRule = DEFAULT
    """When to stop."""

    watched_until: float | None = None
    """The time until which adoptions were watched, in the time of the cascades: who has not adopted by then may still
    do so. ``None`` where every delay has run out.
    """


if TYPE_CHECKING:

    class OptionsFields(TypedDict, total=False):
        """The fields of :class:`Options`, as keyword arguments."""

        delays: Delays
        scoring: Scoring
        epsilon: float
        transmission: float
        stop: StopRule
        watched_until: float | None


class Context(Value):
    """What is known beside the times of adoption. Pairs are (source, target); nodes that never adopt do no harm."""

    allowed: tuple[tuple[int, int], ...] | None = None
    """The only edges to propose; ``None`` allows every edge."""

    known: tuple[tuple[int, int], ...] = DEFAULT
    """Edges that are on record already: they explain adoptions from the beginning and are not proposed."""

    log_odds: tuple[tuple[int, int, float], ...] = DEFAULT
    """Natural logarithm of the prior odds of an edge, from likeness of texts, say; 0 where none is given. It is added
    to the gain of the edge, so the objective is the logarithm of the posterior of the network up to a constant.
    """
