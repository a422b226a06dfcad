"""Hubs: who is a member when, how mature they are, and what they bring about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, Unpack

from jipp import _jipp
from jipp._options import merged
from jipp._values.hubs import *  # noqa: F403
from jipp._values.hubs import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import hubs as _hubs
    from jipp._values import model as _model
    from jipp._values import network as _network

__all__ = ["HubsOfNetwork", *_values]


class HubsOfNetwork:
    """Questions on the hubs of a network."""

    __slots__ = ("_native",)

    def __init__(self, native: _jipp.Network) -> None:
        """Takes a network of the native module; users ask a network for it."""
        self._native = native

    def __repr__(self) -> str:
        return "<HubsOfNetwork>"

    def on(
        self,
        on: date | str,
        counting: _hubs.Counting | Mapping[str, Any] | None = None,
        /,
        **fields: Any,
    ) -> Sequence[_hubs.HubOn]:
        """The hubs that are members on a date; ``counting`` says what counts as membership."""
        return self._native.hubs_on(on, counting, **fields)

    def coverage(
        self,
        on: date | str,
        counting: _hubs.Counting | Mapping[str, Any] | None = None,
        /,
        **fields: Any,
    ) -> _hubs.Coverage:
        """Which provinces and regencies have a hub on a date."""
        return self._native.hub_coverage(on, counting, **fields)

    def findings(self) -> Sequence[_hubs.HubFinding]:
        """What is odd in the records of hubs."""
        return self._native.hub_findings()

    def readiness(self, hub: str, on: date | str, /) -> _hubs.Readiness:
        """How far a hub is set up on a date."""
        return self._native.hub_readiness(hub, on)

    def maturity(self, hub: str, on: date | str, instrument: _model.Instrument | str | None = None, /) -> Any:
        """How mature a hub is, by an instrument or the id of a shipped one; None without an assessment."""
        from jipp.model import instrument as shipped

        if instrument is None or isinstance(instrument, str):
            instrument = shipped(instrument or "hub-kematangan@2025")
        return self._native.hub_maturity(hub, on, instrument)

    def funnel(
        self,
        hub: str,
        options: _hubs.FunnelOptions | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_hubs.FunnelOptionsFields],
    ) -> _hubs.HubFunnel:
        """How many needs become replications that run, with a hub's help."""
        return self._native.hub_funnel(hub, options, **fields)

    def comparison(
        self,
        options: _hubs.ComparisonOptions | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_hubs.ComparisonOptionsFields],
    ) -> _hubs.Comparison:
        """Agencies that a hub serves beside agencies like them that none serves."""
        return self._native.hub_comparison(options, **fields)

    def one_agency_one_innovation(
        self,
        options: _hubs.MovementOptions | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_hubs.MovementOptionsFields],
    ) -> _hubs.Movement:
        """Which agencies have an innovation of their own, year by year."""
        return self._native.one_agency_one_innovation(options, **fields)

    def spokes_to_start(
        self,
        options: _network.StartOptions | Mapping[str, Any] | None = None,
        /,
        *,
        lang: Literal["id", "en"] = "id",
        **fields: Unpack[_network.StartOptionsFields],
    ) -> Sequence[_hubs.Starter]:
        """Whom a hub could ask to start with, and why."""
        return self._native.spokes_to_start(lang, options, **fields)

    def report(
        self,
        hub: str,
        options: _hubs.ReportOptions | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_hubs.ReportOptionsFields],
    ) -> _hubs.HubReport:
        """Everything about a hub, for a page."""
        return self._native.hub_report(hub, options, **fields)
