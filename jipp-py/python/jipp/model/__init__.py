"""What a network is made of: innovations, agencies, replications, hubs, competitions, and all they hold.

And what comes with the library: vocabularies with labels in two languages, instruments, the regions, agencies and
competitions of Indonesia, and names that resolve to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, cast

from jipp import _jipp
from jipp._values import Value
from jipp._values.model import *  # noqa: F403
from jipp._values.model import __all__ as _values
from jipp.model import lifecycle
from jipp.records import Records

if TYPE_CHECKING:
    from jipp._values import model as _model

__all__ = [
    "AgencyNames",
    "Gazetteer",
    "agencies_id",
    "check",
    "codes",
    "competitions_id",
    "great_circle_km",
    "instrument",
    "instruments",
    "label",
    "lifecycle",
    "naming_id",
    "regions_id",
    "schema",
    "vocabularies",
    *_values,
]


def vocabularies() -> list[str]:
    """The names of all closed vocabularies, such as ``hub-role``."""
    return _jipp.vocabulary_names()


def codes(vocabulary: str, /) -> list[str]:
    """The codes of a vocabulary, in its order; raises LookupError for a name that is none.

    >>> codes("region-level")[:2]
    ['country', 'province']
    """
    return _jipp.vocabulary_codes(vocabulary)


def label(vocabulary: str, code: str, /, lang: Literal["id", "en"] = "id") -> str:
    """What a code of a vocabulary is called; raises LookupError for what is none.

    >>> label("region-level", "province"), label("region-level", "province", "en")
    ('provinsi', 'province')
    """
    return _jipp.vocabulary_label(vocabulary, code, lang)


def instruments() -> list[str]:
    """The ids of the instruments that come with the library, in order."""
    return _jipp.model_instruments()


def instrument(id: str, /) -> _model.Instrument:
    """An instrument that comes with the library; raises :class:`jipp.errors.NotFoundError` for any other.

    >>> instrument("hub-kematangan@2025").rubric.id
    'hub-kematangan@2025'
    """
    return _jipp.model_instrument(id)


def regions_id() -> Records:
    """The provinces, regencies and cities of Indonesia, as records.

    >>> regions_id()["81"].name
    'Maluku'
    """
    return Records(_jipp.model_regions_id())


def agencies_id() -> Records:
    """Agencies of Indonesia that are known by several names, as records."""
    return Records(_jipp.model_agencies_id())


def competitions_id() -> tuple[Any, ...]:
    """The competitions of Indonesia, with their editions and rubrics, as records."""
    return _jipp.model_competitions_id()


def naming_id() -> _model.Naming:
    """How places of Indonesia are named."""
    return _jipp.model_naming_id()


def great_circle_km(
    from_: _model.Point | Mapping[str, float] | tuple[float, float],
    to: _model.Point | Mapping[str, float] | tuple[float, float],
    /,
) -> float:
    """The distance between two points of latitude and longitude in degrees, in kilometres.

    >>> round(great_circle_km((-3.7, 128.2), (-6.2, 106.8)), -2)
    2400.0
    """
    return _jipp.model_distance_km(_point(from_), _point(to))


def _point(point: Any) -> Any:
    if isinstance(point, (Value, Mapping)):
        return point
    lat, lon = point
    return {"lat": lat, "lon": lon}


def check(record: Value, /) -> None:
    """Raises :class:`jipp.errors.InvalidError` for what cannot be used of a record by itself.

    >>> from jipp.model import Agency
    >>> check(Agency(id="kota-ambon", name="Kota Ambon", kind="city"))
    """
    from jipp._edit import kind_of

    _jipp.model_check(kind_of(record), record)


def schema(kind: str, /) -> dict[str, Any]:
    """The JSON Schema of a kind of records.

    >>> schema("agency")["title"]
    'Agency'
    """
    return _jipp.model_schema(kind)


class Gazetteer:
    """Regions by name and code, however they are written.

    >>> places = Gazetteer.indonesia()
    >>> places.name(places.resolve("Kab. Bnyuwangi").id)
    'Kabupaten Banyuwangi'
    """

    __slots__ = ("_native",)

    def __init__(
        self,
        regions: Iterable[_model.Region | Mapping[str, Any]],
        /,
        naming: _model.Naming | Mapping[str, Any] | None = None,
    ) -> None:
        """A gazetteer of these regions."""
        self._native = _jipp.Gazetteer(list(regions), naming)

    @classmethod
    def indonesia(cls) -> Gazetteer:
        """The regions of Indonesia."""
        places = cls.__new__(cls)
        places._native = _jipp.Gazetteer.indonesia()
        return places

    def resolve(
        self, text: str, /, *, level: _model.RegionLevel | None = None, within: str | None = None
    ) -> _model.Resolution:
        """The region that a text means, and how it was recognised; ``level`` and ``within`` a region narrow it.

        Raises :class:`jipp.errors.NotFoundError` where nothing fits, and :class:`jipp.errors.InvalidError` where several
        regions do.
        """
        return self._native.resolve(text, level=level, within=within)

    def resolve_code(self, system: str, code: str, /) -> str:
        """The id of the region with a code in a system of codes."""
        return self._native.resolve_code(system, code)

    def name(self, id: str, /) -> str | None:
        """The official name of a region."""
        return self._native.name(id)

    def level(self, id: str, /) -> _model.RegionLevel | None:
        """The level of a region."""
        return cast("_model.RegionLevel | None", self._native.level(id))

    def ids(self) -> list[str]:
        """The ids of all regions, in the order given."""
        return self._native.ids()

    def government_region(self, agency_name: str, /) -> tuple[str, str] | None:
        """The kind of a government and the region it governs, by its name; None for what is no government."""
        return self._native.government_region(agency_name)

    def ancestors(self, id: str, /) -> list[str]:
        """The regions that a region is part of, the smallest first."""
        return self._native.ancestors(id)

    def province_of(self, id: str, /) -> str | None:
        """The province that a region is or is part of."""
        return self._native.province_of(id)

    def distance_km(self, one: str, other: str, /) -> float | None:
        """The distance between the centres of two regions, where both are known."""
        return self._native.distance_km(one, other)

    def __len__(self) -> int:
        return len(self._native)

    def __repr__(self) -> str:
        return repr(self._native)


class AgencyNames:
    """Agencies by name: those given, and the governments of all regions of a gazetteer.

    >>> AgencyNames.indonesia().id_for("Pemkot Denpasar")
    'kota-denpasar'
    """

    __slots__ = ("_native",)

    def __init__(
        self,
        gazetteer: Gazetteer,
        agencies: Iterable[_model.Agency | Mapping[str, Any]] = (),
        /,
        naming: _model.Naming | Mapping[str, Any] | None = None,
    ) -> None:
        """The names of these agencies and governments."""
        self._native = _jipp.AgencyNames(gazetteer._native, list(agencies), naming)

    @classmethod
    def indonesia(cls) -> AgencyNames:
        """The agencies and governments of Indonesia."""
        names = cls.__new__(cls)
        names._native = _jipp.AgencyNames.indonesia()
        return names

    def resolve(self, text: str, /) -> _model.AgencyMatch:
        """The agency that a text means, and how it was recognised; raises as :meth:`Gazetteer.resolve`."""
        return self._native.resolve(text)

    def id_for(self, text: str, /) -> str:
        """The id of the agency that a text means; where none is known, the id that it gets."""
        return self._native.id_for(text)

    def government(self, region: str, /) -> _model.Agency | None:
        """The government of a region, as a record."""
        return self._native.government(region)
