"""What answers are made of: read-only values with named fields.

The classes in this folder are written from the sources of the core, one for each of its types; this file is what they
share. A value is made by the native module, or with keyword arguments, and goes back to the core as it came.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar, Self, dataclass_transform

from jipp._values._index import INDEX

__all__ = ["DEFAULT", "Choice", "PartialDate", "Value"]


class _Default:
    """What the core sets where nothing is given."""

    def __repr__(self) -> str:
        return "<default>"

    def __reduce__(self) -> str:
        return "DEFAULT"


DEFAULT: Any = _Default()
"""Stands for what the core sets where nothing is given."""


class PartialDate(str):
    """A date that may lack its day or its month: ``2019``, ``2019-07``, ``2019-07-10``.

    >>> PartialDate("2019-07").month
    7
    >>> PartialDate("2019") < PartialDate("2019-07-10")
    True
    """

    __slots__ = ()

    @property
    def year(self) -> int:
        """The year."""
        return int(self[:4])

    @property
    def month(self) -> int | None:
        """The month, 1 to 12, where it is known."""
        return int(self[5:7]) if len(self) > 4 else None

    @property
    def day(self) -> int | None:
        """The day of the month, where it is known."""
        return int(self[8:10]) if len(self) > 7 else None

    def to_date(self) -> date:
        """As a date of the calendar; what is not known is taken as the first."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The last day that it may mean: of ``2019``, the last of December."""
        from jipp import _jipp

        return date.fromisoformat(_jipp.date_last_day(self))

    def overlaps(self, other: date | str) -> bool:
        """Whether both may be the same day."""
        from jipp import _jipp

        return _jipp.date_compared(self, other)[0]

    def surely_before(self, other: date | str) -> bool:
        """Whether it is before another date, whatever day each of them means.

        >>> PartialDate("2019").surely_before("2019-07"), PartialDate("2018-12").surely_before("2019")
        (False, True)
        """
        from jipp import _jipp

        return _jipp.date_compared(self, other)[1]

    def __repr__(self) -> str:
        return f"PartialDate({str(self)!r})"


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Value:
    """A read-only value with named fields.

    Made with keyword arguments; compares by its fields; pickles and copies.

    >>> from jipp.base import Period
    >>> period = Period(from_="2019")
    >>> period.replace(to="2021")
    Period(from_='2019', to='2021')
    >>> period.to_dict()
    {'from': '2019'}
    """

    NOTHING: ClassVar[Mapping[Any, Any]] = MappingProxyType({})
    _names: ClassVar[tuple[str, ...]] = ()
    _required: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._names = tuple(cls.__dict__.get("__annotations__", cls.__annotations__))
        cls._required = frozenset(name for name in cls._names if name not in cls.__dict__)

    def __init__(self, **fields: Any) -> None:
        cls = type(self)
        unknown = [name for name in fields if name not in cls._names]
        if unknown:
            known = ", ".join(cls._names)
            raise TypeError(f"{cls.__name__} has no field {unknown[0]!r}; it has {known}")
        missing = [name for name in cls._names if name in cls._required and name not in fields]
        if missing:
            raise TypeError(f"{cls.__name__} needs {', '.join(missing)}")
        self.__dict__.update(fields)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is read-only; replace({name}=...) makes another")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is read-only")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._names)

    def __hash__(self) -> int:
        return hash((type(self), *(_frozen(getattr(self, name)) for name in self._names)))

    def __repr__(self) -> str:
        given = self._given()
        fields = ", ".join(f"{name}={_short(value)}" for name, value in list(given.items())[:_FIELDS_SHOWN])
        more = ", ..." if len(given) > _FIELDS_SHOWN else ""
        return f"{type(self).__name__}({fields}{more})"

    def _repr_html_(self) -> str:
        from jipp._html import value

        return value(self)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._names})

    def _given(self) -> dict[str, Any]:
        """The fields that say something, in their order."""
        cls, own = type(self), self.__dict__
        return {name: own[name] for name in cls._names if name in own and own[name] is not getattr(cls, name, _MISSING)}

    def _json(self) -> Any:
        """What the core reads: the fields by their names there."""
        return {name.rstrip("_"): value for name, value in self._given().items()}

    def to_dict(self) -> Any:
        """As dicts, lists, texts and numbers, with the names of the JSON format; what is not given is left out."""
        return _plain(self)

    def replace(self, **changes: Any) -> Self:
        """Another value with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})


class Choice(Value):
    """A value that is one of several things: ``kind`` says which, and the fields that belong to it are set.

    Choices that carry one thing have it as ``value``.
    """

    _tag: ClassVar[str] = ""
    _shapes: ClassVar[Mapping[str, str]] = MappingProxyType({})

    def _json(self) -> Any:
        fields = super()._json()
        if self._tag:
            return fields
        kind = fields.pop("kind")
        match self._shapes.get(kind):
            case "nothing":
                return kind
            case "value":
                return {kind: fields.get("value")}
            case _:
                return {kind: fields}


_MISSING: Any = object()
_FIELDS_SHOWN = 6
_TEXT_SHOWN = 60


def _short(value: object) -> str:
    if isinstance(value, tuple):
        return f"<{len(value)} items>" if len(value) > 3 else repr(value)
    if isinstance(value, Mapping):
        return f"<{len(value)} keys>" if len(value) > 3 else repr(dict(value))
    if isinstance(value, PartialDate):
        return repr(str(value))
    if isinstance(value, str) and len(value) > _TEXT_SHOWN:
        return repr(value[: _TEXT_SHOWN - 3] + "...")
    return repr(value)


def _frozen(value: object) -> object:
    if isinstance(value, Mapping):
        return frozenset((key, _frozen(inner)) for key, inner in value.items())
    if isinstance(value, (tuple, list)):
        return tuple(_frozen(inner) for inner in value)
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Value):
        return _plain(value._json())
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(inner) for inner in value]
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _classes(name: str) -> Iterator[tuple[type[Value], frozenset[str], frozenset[str], list[str]]]:
    """The classes of a type's name, each with all its fields, those it always has, and its variants; the native module asks."""
    for path in INDEX.get(name, ()):
        module, _, own = path.partition(".")
        cls: type[Value] = getattr(importlib.import_module(f"jipp._values.{module}"), own)
        # A choice with a tag comes as a record: its tag is one of the fields.
        variants = list(cls._shapes) if issubclass(cls, Choice) and not cls._tag else []
        yield cls, frozenset(cls._names), cls._required, variants
