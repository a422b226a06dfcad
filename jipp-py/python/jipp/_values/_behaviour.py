"""What some values can do besides holding their fields.

The classes of values are written from the sources of the core; those that have methods there stand on one of these. The
native module does the work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Self

from jipp import _jipp

if TYPE_CHECKING:
    from jipp._values import PartialDate
    from jipp._values import evaluation_agreement as _agreement
    from jipp._values import evaluation_blindness as _blindness
    from jipp._values import evaluation_eligibility as _eligibility
    from jipp._values import evaluation_index as _index
    from jipp._values import evaluation_standings as _standings
    from jipp._values import model as _model

__all__ = [
    "BlindnessPolicy",
    "BradleyTerry",
    "CountRule",
    "Delay",
    "Eligibility",
    "GrowthFit",
    "Icc",
    "IndexFormula",
    "Innovation",
    "Instrument",
    "Labelled",
    "LinkageModel",
    "Markdown",
    "Number",
    "Outcome",
    "Period",
    "ProposedLink",
    "Standings",
    "Words",
]

Lang = Literal["id", "en"]


class Number:
    """A value whose main thing is a number: ``float()`` gives it."""

    def __float__(self) -> float:
        return float(self.value)  # type: ignore[attr-defined]


class Words:
    """A value that can be said in words."""

    def words_in(self, lang: Lang = "id") -> str:
        """It in plain words, in Indonesian or English.

        >>> import jipp
        >>> found = jipp.Network.sample().candidates("antrean panjang di puskesmas", region="81")
        >>> all(part.ground.words_in("en") for part in found[0].parts)
        True
        """
        return _jipp.words_of(type(self).__name__, self, lang)


class Labelled:
    """A value that has a label in two languages."""

    def label_in(self, lang: Lang = "id") -> str:
        """Its label; where English lacks one, the other."""
        return _jipp.words_of(type(self).__name__, self, lang)


class Markdown:
    """A report that can be written out."""

    def to_markdown(self, lang: Lang = "id") -> str:
        """The whole report as Markdown, in Indonesian or English."""
        return _jipp.words_of(type(self).__name__, self, lang)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


class Outcome:
    """A value, or the reason why there is none."""

    def __float__(self) -> float:
        if self.kind != "defined":  # type: ignore[attr-defined]
            raise ValueError(f"there is no value: {self.value}")  # type: ignore[attr-defined]
        return float(self.value)  # type: ignore[attr-defined]


class Icc:
    """Intraclass correlations."""

    def of(self, form: _agreement.IccForm) -> _agreement.Outcome:
        """The outcome of one of the six forms, such as ``icc-2-1``: its ``value`` is the estimate if it is defined.

        >>> from jipp.evaluation import agreement
        >>> found = agreement.icc([[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]])
        >>> round(float(found.of("icc-2-1")), 2)
        0.29
        """
        forms = _jipp.vocabulary_codes("icc-form")
        if form not in forms:
            raise ValueError(f"form is one of {', '.join(forms)}, not {form!r}")
        return self.estimates[forms.index(form)]  # type: ignore[attr-defined]


class BradleyTerry:
    """Strengths from comparisons."""

    def wins(self, one: int, other: int) -> float:
        """How likely one entry wins against another, 0 to 1; raises IndexError for an entry that is not there."""
        chance = _jipp.decision_wins(self, one, other)
        if chance is None:
            raise IndexError(f"there are {len(self.strengths)} entries")  # type: ignore[attr-defined]
        return chance


class GrowthFit:
    """A fitted curve."""

    def cumulative(self, time: float) -> float:
        """Cumulative adoption at a time, in periods from the beginning of the first, by the curve.

        >>> from jipp.lineage import growth
        >>> curve = growth.fit("bass", [3, 6, 11, 17, 21, 19, 12, 7, 3])
        >>> round(curve.cumulative(0.0), 6), 95 < curve.cumulative(9.0) < 101
        (0.0, True)
        """
        parameters = [parameter.value for parameter in self.parameters]  # type: ignore[attr-defined]
        return _jipp.growth_cumulative(self.model, parameters, time)  # type: ignore[attr-defined]


class Delay:
    """How long it takes from adopter to adopter."""

    def ln_density(self, delay: float) -> float:
        """The natural logarithm of the density at a delay."""
        return _jipp.inference_delay(self, delay)[0]

    def survival(self, delay: float) -> float:
        """How likely a delay longer than this is, 0 to 1."""
        return _jipp.inference_delay(self, delay)[1]

    def family(self) -> str:
        """The family of its distribution."""
        return _jipp.inference_delay(self, 1.0)[2]


class LinkageModel:
    """What a linker learned."""

    def probability(self, weight: int) -> float:
        """How likely a pair with this weight belongs together, 0 to 1."""
        return _jipp.linkage_probability(self, weight)

    def calibrated(self, truth: Sequence[tuple[int, bool]]) -> Self:
        """The model with probabilities set right by pairs whose truth is known: the weight, and whether both are one."""
        return _jipp.linkage_calibrated(self, list(truth))


class Period:
    """From a date to a date."""

    def holds_on(self, date: date | str) -> Literal["yes", "no", "unknown"]:
        """Whether a date lies in it, as far as both are known.

        >>> from jipp.base import Period
        >>> Period(from_="2019-07").holds_on("2019"), Period(from_="2019").holds_on("2021-03-01")
        ('unknown', 'yes')
        """
        return _jipp.period_holds_on(self, date)

    def overlaps(self, other: Self) -> bool:
        """Whether both may share a day."""
        return _jipp.period_overlaps(self, other)


class Innovation:
    """An innovation."""

    def is_stopped(self) -> bool:
        """Whether it is known to have stopped: by its stage, or by what is said of its continuity."""
        return _jipp.innovation_facts(self)[0]

    def stopped_on(self) -> PartialDate | None:
        """When it is known to have stopped, where it did and somebody said when."""
        return _jipp.innovation_facts(self)[1]

    def completeness(self) -> float:
        """How much of what helps another agency to judge it is filled, 0 to 1."""
        return _jipp.innovation_facts(self)[2]


class ProposedLink:
    """A replication that nobody recorded but the data suggest."""

    def replication(self) -> _model.Replication:
        """The link as a replication to be entered: inferred, and marked as such, with how probable it is."""
        return _jipp.proposed_replication(self)


class Standings:
    """Places."""

    def of(self, proposal: str) -> _standings.Place | None:
        """The place of a proposal, or None."""
        return next((place for place in self.places if place.proposal == proposal), None)  # type: ignore[attr-defined]

    def at(self, position: _standings.Position) -> list[_standings.Place]:
        """The places on one side of the cut: ``inside``, ``tied`` or ``outside``."""
        return [place for place in self.places if place.position == position]  # type: ignore[attr-defined]


class Eligibility:
    """Whether something may enter."""

    def failed(self) -> list[_eligibility.RuleAnswer]:
        """The rules that surely do not hold."""
        return [rule for rule in self.rules if rule.holds == "no"]  # type: ignore[attr-defined]

    def undecided(self) -> list[_eligibility.RuleAnswer]:
        """The rules of which what is known does not decide."""
        return [rule for rule in self.rules if rule.holds == "unknown"]  # type: ignore[attr-defined]


class BlindnessPolicy:
    """Who may see what."""

    def check(self) -> None:
        """Raises :class:`jipp.errors.InvalidError` for what cannot be used."""
        _jipp.blindness_check(self)

    def rule(self, role: _blindness.Role, phase: _blindness.Phase, kind: str) -> _blindness.Rule | None:
        """The rule for a role, a phase of the edition and a kind of records; None where they are not shown."""
        return _jipp.blindness_rule(self, role, phase, kind)

    def hidden(self, role: _blindness.Role, phase: _blindness.Phase, kind: str) -> list[str] | None:
        """The fields that are hidden; None where the records are not shown at all."""
        return _jipp.blindness_hidden(self, role, phase, kind)


class CountRule:
    """Points for the number of innovations."""

    def affairs_in(self, year: int) -> int:
        """How many basic services must be covered in a year; 0 if nothing is asked."""
        return _jipp.index_count_rule(self, year, None)

    def points(self, innovations: int) -> float:
        """The points for so many innovations, when enough services are covered."""
        return _jipp.index_count_rule(self, None, innovations)


class Instrument:
    """Indicators with bands."""

    def check(self) -> None:
        """Raises :class:`jipp.errors.InvalidError` for what cannot be used."""
        _jipp.model_check_instrument(self)

    def band(self, total: float) -> _model.Band | None:
        """The band that a total falls into."""
        return _jipp.model_band(self, total)

    def aspects(self) -> list[_model.Criterion]:
        """The criteria that stand by themselves, in their order."""
        return [one for one in self.rubric.criteria if one.parent is None]  # type: ignore[attr-defined]

    def questions(self, aspect: str) -> list[_model.Criterion]:
        """The criteria below one, in their order."""
        return [one for one in self.rubric.criteria if one.parent == aspect]  # type: ignore[attr-defined]


class IndexFormula:
    """How an index is computed."""

    def check(self) -> None:
        """Raises :class:`jipp.errors.InvalidError` for what cannot be used."""
        _jipp.index_check(self)

    def divisor_in(self, year: int) -> int | None:
        """The least number that the points of innovations are divided by in a year; None where it is not known."""
        return _jipp.index_divisor(self, year)

    def counts(self, implemented_on: date | str) -> Literal["yes", "no", "unknown"]:
        """Whether an innovation that came into use on a date counts."""
        return _jipp.index_counts(self, implemented_on)

    def efforts(self) -> _index.Efforts:
        """What rises take, with the indicators fixed that nobody can raise any more."""
        return _jipp.index_efforts(self)

    def instrument(self) -> _model.Instrument:
        """The instrument of the innovations; raises :class:`jipp.errors.NotFoundError` where none ships."""
        return _jipp.index_instrument(self)

    def band(self, index: float) -> _model.Band | None:
        """The band of an index, 0 to 100."""
        return _jipp.index_band(self, index)

    def score(
        self,
        *,
        year: int,
        innovations: Sequence[float],
        points: float | None = None,
        answers: Sequence[_model.Answer | Mapping[str, Any]] | None = None,
        side: _index.Side = "own",
        affairs: int | None = None,
        count_points: float | None = None,
        maximum: float | None = None,
    ) -> _index.IndexScore:
        """The index of a government, part by part.

        ``innovations`` are the points of each innovation that counts. The points of the government's own indicators come
        from its ``answers`` (``side`` says whose word counts, ``own`` or ``verified``) or are given as ``points``, where
        the formula has no rubric for them. ``affairs`` is how many basic services the innovations cover.

        Raises :class:`jipp.errors.RefusedError` (``undetermined``) where the formula and the caller leave something
        open, :class:`jipp.errors.InvalidError` for numbers that cannot be.

        >>> from jipp.evaluation import index
        >>> formula = index.formula("iid-indeks@2026")
        >>> formula.score(year=2026, points=50, innovations=[80] * 40, affairs=6).index
        58.08
        """
        if (points is None) == (answers is None):
            raise TypeError("either points or answers are given")
        asked = {
            "year": year,
            "innovations": list(innovations),
            "points": points,
            "answers": answers,
            "side": side,
            "affairs": affairs,
            "count_points": count_points,
            "maximum": maximum,
        }
        return _jipp.index_score(self, {name: value for name, value in asked.items() if value is not None})
