"""The values of ``evaluation.aggregation``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value

if TYPE_CHECKING:
    from jipp._values import evaluation_severity_mixed as _evaluation_severity_mixed
    from jipp._values import evaluation_severity_rasch as _evaluation_severity_rasch
    from jipp._values import model as _model

__all__ = [
    "AdjustOptions",
    "Adjusted",
    "AdjustedScore",
    "Adjustment",
    "Finding",
    "Model",
    "Moderation",
    "NamedIsland",
    "ProposalScores",
    "Refusal",
    "Rules",
    "Severity",
    "SheetScore",
    "StageScores",
    "Total",
    "Unit",
]


Unit: TypeAlias = Literal["sheet", "criterion"]
"""What the model takes for one observation."""


class AdjustOptions(Value):
    """How scores are adjusted.

    *What an observation is.* By default the total of a sheet, for the mixed model. It has the weights of the rubric in
    it, which the model by criteria does not know (to it all criteria count alike), and one score for each sheet is
    honest where an assessor likes or dislikes a proposal as a whole (halo): eight scores that go together are not eight
    witnesses, and standard errors that take them for such are too small. On a scale of up to ten whole levels the
    default is the Rasch model, whose observations are levels and therefore the scores of criteria; there the caution of
    ``severity`` about halo applies, and ``Unit::Sheet`` asks for the mixed model of the
    totals.

    A score that the rubric counts as the lowest because it is missing is an observation like others; one that is left
    out is none.
    """

    unit: Unit | None = None
    """What an observation is. If absent, the score of a criterion where the scale has up to ten whole levels, else the
    total of a sheet.
    """

    thresholds: _evaluation_severity_rasch.Thresholds = DEFAULT
    """Whose thresholds the levels of a Rasch model have."""


if TYPE_CHECKING:

    class AdjustOptionsFields(TypedDict, total=False):
        """The fields of :class:`AdjustOptions`, as keyword arguments."""

        unit: Unit | None
        thresholds: _evaluation_severity_rasch.Thresholds


Model: TypeAlias = Literal["mixed", "rasch"]
"""The model that adjusted."""


class AdjustedScore(Value):
    """The adjusted score of a proposal, with the raw one."""

    proposal: str
    """The proposal."""

    raw_mean: float
    """The plain mean of its observations."""

    adjusted: float
    """The adjusted score, rounded to a millionth of a point: the prediction of the mixed model, or the fair average of
    the Rasch model.
    """

    standard_error: float
    """Its standard error, in points."""

    measure: tuple[float, ...] | None = None
    """The measure of the Rasch model with its standard error, in logits."""

    is_extreme: bool
    """Whether all its scores are at one end of the scale, so that its measure rests on a convention."""


class Severity(Value):
    """How strict an assessor is."""

    assessor: str
    """The assessor."""

    scores: int
    """How many observations."""

    severity: float
    """Points below what others would give; of the Rasch model, in logits."""

    standard_error: float
    """Its standard error."""

    fit: _evaluation_severity_rasch.FitStatistics | None = None
    """How well its scores fit the Rasch model."""


class Adjusted(Value):
    """The adjusted scores of a stage."""

    model: Model
    """The model."""

    unit: Unit
    """What an observation was."""

    proposals: tuple[AdjustedScore, ...]
    """The proposals that have observations, in the order of the stage."""

    assessors: tuple[Severity, ...]
    """The assessors, in order."""

    reliability: float
    """How surely the proposals are told apart, 0 to 1."""

    separation: float
    """The same as a ratio of spreads."""

    variances: _evaluation_severity_mixed.Variances | None = None
    """The variances of the mixed model."""

    converged: bool
    """Whether the search came to rest."""


class NamedIsland(Value):
    """Proposals and assessors that are connected with each other and with nobody else."""

    proposals: tuple[str, ...]
    """The proposals."""

    assessors: tuple[str, ...]
    """Their assessors."""


class Refusal(Value):
    """Why nothing was adjusted: the raw scores stand."""

    code: str
    """The code of the error."""

    reason: str
    """What would have been needed."""

    islands: tuple[NamedIsland, ...] = ()
    """Where the panel is not connected: the parts into which it falls."""


class Adjustment(Choice):
    """Adjusted scores, or the reason why there are none.

    * ``adjusted``: The scores.
    * ``refused``: The reason.
    """

    _tag = ""
    _shapes = {
        "adjusted": "value",
        "refused": "value",
    }

    kind: Literal["adjusted", "refused"]
    """Which it is."""

    value: Adjusted | Refusal | None = None
    """What it carries."""


class Rules(Value):
    """How the sheets of a stage become one score, and what is looked out for."""

    aggregation: _model.Aggregation = DEFAULT
    """How the totals of the sheets become one."""

    min_assessors: int | None = None
    """How many assessors each proposal should have; fewer is a finding."""

    max_spread: float | None = None
    """The range of totals beyond which moderation is due; never, if absent."""


if TYPE_CHECKING:

    class RulesFields(TypedDict, total=False):
        """The fields of :class:`Rules`, as keyword arguments."""

        aggregation: _model.Aggregation
        min_assessors: int | None
        max_spread: float | None


Moderation: TypeAlias = Literal["not-due", "due", "done"]
"""Whether assessors must talk about a proposal."""


class SheetScore(Value):
    """A sheet with its total."""

    sheet: str
    """The sheet."""

    assessor: str
    """Who scored."""

    total: float | None = None
    """The weighted mean of its scores; none if it has none that weighs anything."""

    is_moderated: bool
    """Whether it was given in moderation."""

    left_out: tuple[str, ...] = ()
    """The criteria without a score that were left out."""

    at_lowest: tuple[str, ...] = ()
    """The criteria without a score that count with the lowest."""


class ProposalScores(Value):
    """What came of a stage for one proposal."""

    proposal: str
    """The proposal."""

    score: float | None = None
    """Its score; none without a sheet."""

    spread: float | None = None
    """The highest less the lowest total; none with fewer than two."""

    moderation: Moderation
    """Whether the spread is too wide."""

    sheets: tuple[SheetScore, ...]
    """Its sheets that count, in the order of the assessors."""

    criteria: tuple[float | None, ...]
    """The plain mean of each criterion over the sheets, in the order of ``StageScores::criteria``."""


class Finding(Choice):
    """What should be looked at. Nothing of it stops anything.

    * ``empty-panel``: Nobody scored in the stage.
    * ``one-assessor-only``: One assessor scored all there is: strict or lenient, nobody can tell.
    * ``all-equal``: All sheets that count have the same total: they tell no proposal from another.
    * ``no-score``: A proposal that nobody scored: it has no score, not zero.
    * ``one-sheet``: A proposal with one sheet only.
    * ``too-few-assessors``: A proposal with fewer sheets than there should be.
    * ``moderation-due``: A proposal whose assessors are too far apart, with no sheet given in moderation.
    * ``left-out``: A sheet without a score of some criteria, which were left out.
    * ``at-lowest``: A sheet without a score of some criteria, which count with the lowest.
    * ``empty-sheet``: A sheet without any score that weighs: it has no total and does not count.
    * ``set-aside``: Of several sheets that replace the same one, this does not count.
    """

    _tag = "finding"
    _shapes = {
        "empty-panel": "nothing",
        "one-assessor-only": "fields",
        "all-equal": "fields",
        "no-score": "fields",
        "one-sheet": "fields",
        "too-few-assessors": "fields",
        "moderation-due": "fields",
        "left-out": "fields",
        "at-lowest": "fields",
        "empty-sheet": "fields",
        "set-aside": "fields",
    }

    finding: Literal["empty-panel", "one-assessor-only", "all-equal", "no-score", "one-sheet", "too-few-assessors", "moderation-due", "left-out", "at-lowest", "empty-sheet", "set-aside"]
    """Which it is."""

    assessor: str | None = None
    """``one-assessor-only``: Who."""

    total: float | None = None
    """``all-equal``: The total."""

    proposal: str | None = None
    """``no-score``: The proposal.
    ``one-sheet``: The proposal.
    ``too-few-assessors``: The proposal.
    ``moderation-due``: The proposal.
    """

    count: int | None = None
    """``too-few-assessors``: How many it has."""

    least: int | None = None
    """``too-few-assessors``: How many it should have."""

    spread: float | None = None
    """``moderation-due``: How far."""

    sheet: str | None = None
    """``left-out``: The sheet.
    ``at-lowest``: The sheet.
    ``empty-sheet``: The sheet.
    ``set-aside``: The sheet.
    """

    criteria: tuple[str, ...] | None = None
    """``left-out``: The criteria.
    ``at-lowest``: The criteria.
    """

    instead: str | None = None
    """``set-aside``: The moderated one that counts instead."""


class StageScores(Value):
    """The scores of a stage."""

    stage: str
    """The code of the stage."""

    rules: Rules
    """How totals were combined."""

    scale: tuple[float, ...]
    """The lowest and the highest score of the scale."""

    criteria: tuple[str, ...]
    """The codes of the criteria, in the order of the rubric."""

    proposals: tuple[ProposalScores, ...]
    """What came of it for each proposal, in the order they were given."""

    findings: tuple[Finding, ...]
    """What should be looked at."""

    replaced: int
    """How many sheets others replace."""

    elsewhere: int
    """How many sheets are of other stages or proposals, and were not looked at."""


class Total(Value):
    """The total of a proposal over the stages."""

    proposal: str
    """The proposal."""

    total: float | None = None
    """The weighted mean of its stage scores; none if it lacks one that weighs something."""

    lacking: tuple[str, ...] = ()
    """The codes of the stages that weigh something and in which it has no score."""
