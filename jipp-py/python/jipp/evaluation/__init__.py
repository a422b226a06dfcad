"""Evaluation: competitions and indices that are fair, explained and can be replayed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, Unpack

from jipp import _jipp
from jipp._options import merged
from jipp.evaluation import (
    aggregation,
    agreement,
    assignment,
    blindness,
    decision,
    eligibility,
    index,
    selection,
    severity,
    standings,
)

if TYPE_CHECKING:
    from jipp._values import evaluation_assignment as _assignment
    from jipp._values import evaluation_blindness as _blindness
    from jipp._values import evaluation_eligibility as _eligibility
    from jipp._values import model as _model
    from jipp._values import network as _network

__all__ = [
    "EvaluationOfNetwork",
    "Scoring",
    "aggregation",
    "agreement",
    "assignment",
    "blindness",
    "decision",
    "eligibility",
    "index",
    "selection",
    "severity",
    "standings",
]

Scoring = _jipp.Scoring
"""A scored edition, and the questions that a plenary puts to it."""


class EvaluationOfNetwork:
    """Questions on the competitions and indices of a network."""

    __slots__ = ("_native",)

    def __init__(self, native: _jipp.Network) -> None:
        """Takes a network of the native module; users ask a network for it."""
        self._native = native

    def __repr__(self) -> str:
        return "<EvaluationOfNetwork>"

    def eligibility(
        self,
        question: _network.EntryQuestion | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_network.EntryQuestionFields],
    ) -> _eligibility.Eligibility:
        """Whether an innovation may enter an edition, rule by rule."""
        return self._native.eligibility(question, **fields)

    def conflicts_of_interest(self, edition: str, /) -> Sequence[_model.Conflict]:
        """Who must not score what, and why."""
        return self._native.conflicts_of_interest(edition)

    def assign_panel(
        self,
        edition: str,
        stage: str,
        options: _network.PanelOptions | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_network.PanelOptionsFields],
    ) -> _assignment.Outcome:
        """Which assessor scores which proposal, or why that cannot be."""
        return self._native.assign_panel(edition, stage, options, **fields)

    def score(
        self,
        edition: str | _network.ScoringOptions | Mapping[str, Any],
        /,
        **fields: Unpack[_network.ScoringOptionsFields],
    ) -> Scoring:
        """Scores an edition, given by its id or with all options."""
        options = {"edition": edition} if isinstance(edition, str) else edition
        return self._native.score(options, **fields)

    def contest(self, scoring: Scoring, /) -> standings.Contest:
        """The contest behind a scored edition, for further questions."""
        return standings.Contest._of(scoring.contest())

    def seal_scoring(
        self,
        id: str,
        options: str | _network.ScoringOptions | Mapping[str, Any],
        /,
        *,
        by: str | None = None,
        at: datetime | str | None = None,
        **fields: Unpack[_network.ScoringOptionsFields],
    ) -> _model.ScoringRun:
        """Scores an edition, and commits the run as a record with a fingerprint of everything that decided."""
        from jipp.network import _now

        options = merged({"edition": options} if isinstance(options, str) else options, fields)
        return self._native.seal_scoring(id, options, at=_now(at), by=by)

    def replay(self, run: str, /) -> _network.Replay:
        """Computes a sealed run again, and says what differs."""
        return self._native.replay(run)

    def proposal_report(self, scoring: Scoring, proposal: str, /) -> _network.ProposalReport:
        """What an agency is told of its proposal."""
        return self._native.proposal_report(scoring, proposal)

    def edition_report(self, scoring: Scoring, /) -> _network.EditionReport:
        """What the plenary is told of an edition."""
        return self._native.edition_report(scoring)

    def seen_by(
        self,
        viewer: _blindness.Viewer | Mapping[str, Any],
        policy: _blindness.Policy | Mapping[str, Any] | None = None,
        /,
    ) -> Any:
        """The network as a viewer of an edition may see it: a network of its own, in memory."""
        from jipp.network import Network

        return Network(self._native.seen_by(viewer, policy))

    def project(
        self,
        viewer: _blindness.Viewer | Mapping[str, Any],
        policy: _blindness.Policy | Mapping[str, Any] | None = None,
        /,
    ) -> _blindness.Projection:
        """The records that a viewer of an edition may see, and how many of those that are only counted."""
        return self._native.project(viewer, policy)

    def decode(
        self,
        viewer: _blindness.Viewer | Mapping[str, Any],
        policy: _blindness.Policy | Mapping[str, Any] | None = None,
        /,
    ) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Which records stand behind the codes that a viewer sees: kind and id of the code, to kinds and ids."""
        codes = self._native.decode(viewer, policy)
        return {_pair(code): [_pair(record) for record in records] for code, records in codes}


def _pair(reference: Any) -> tuple[str, str]:
    return reference.kind, reference.id
