"""What can go wrong: one class for each thing that the caller must do about it.

Every error knows its stable ``code`` (such as ``date-form``), the record it is about (``subject``), where in the input
it stands (``location``), the offending ``value`` and a ``hint`` of what would have been right.

>>> import jipp
>>> try:
...     jipp.parse_date("2019-13")
... except jipp.errors.InvalidError as error:
...     (error.code, error.value)
('date-form', '2019-13')
"""

from typing import ClassVar, NamedTuple

__all__ = [
    "BusyError",
    "ConflictError",
    "CorruptError",
    "InvalidError",
    "JippError",
    "Location",
    "NotFoundError",
    "RefusedError",
    "StorageError",
    "UnsupportedError",
]


class Location(NamedTuple):
    """Where in an input something stands; ``None`` where it is not known or does not apply."""

    source: str | None = None
    """The file or other source."""
    line: int | None = None
    """The line, counted from 1; in a workbook, the row."""
    field: str | None = None
    """The field or column."""


class JippError(Exception):
    """Any error of jipp."""

    kind: ClassVar[str] = ""
    """The stable code of the kind: what the caller must do."""

    def __init__(
        self,
        message: str,
        code: str,
        subject: str | None = None,
        location: Location = Location(),
        value: str | None = None,
        hint: str | None = None,
    ) -> None:
        # All of them go to `args`: from there pickle and copy make the error anew.
        super().__init__(message, code, subject, location, value, hint)
        self.code = code
        self.subject = subject
        self.location = location
        self.value = value
        self.hint = hint

    def __str__(self) -> str:
        return str(self.args[0])


class InvalidError(JippError, ValueError):
    """Mend the value and call again."""

    kind = "invalid"


class NotFoundError(JippError, LookupError):
    """Register it first, or look under another name."""

    kind = "not-found"


class ConflictError(JippError):
    """Read the present state, decide, and call again."""

    kind = "conflict"


class RefusedError(JippError):
    """A rule of the domain forbids it: change the facts or do something else."""

    kind = "refused"


class BusyError(JippError):
    """Wait, or close the other user, and call again."""

    kind = "busy"


class StorageError(JippError):
    """Look after the disk, the folder or the permissions."""

    kind = "storage"


class CorruptError(JippError):
    """Restore from a backup, or salvage."""

    kind = "corrupt"


class UnsupportedError(JippError):
    """Use a newer version of the library, or switch the feature on."""

    kind = "unsupported"


_BY_KIND = {cls.kind: cls for cls in JippError.__subclasses__()}


def _from_core(
    kind: str,
    message: str,
    code: str,
    subject: str | None,
    location: tuple[str | None, int | None, str | None],
    value: str | None,
    hint: str | None,
) -> JippError:
    """Makes the error that the native module raises."""
    return _BY_KIND.get(kind, JippError)(message, code, subject, Location(*location), value, hint)
