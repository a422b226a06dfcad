"""How values look in a notebook: tables instead of text, drawings in place, in Indonesian or English.

Every value shows itself; nothing here has to be called. What is shown is escaped and short, and nothing is told by
colour alone.
"""

from __future__ import annotations

from html import escape
from typing import Any, Literal, TypeAlias, cast

__all__ = ["Drawing", "Lang", "html", "language", "set_language"]

Lang: TypeAlias = Literal["id", "en"]
"""A language of texts that are made: Indonesian or English."""

_language: Lang = "id"


def language(lang: Lang | None = None) -> Lang:
    """The language of what notebooks show, or the one that is given.

    Raises :class:`ValueError` for any but ``id`` and ``en``.

    >>> language()
    'id'
    """
    if lang is None:
        return _language
    if lang not in ("id", "en"):
        raise ValueError(f'lang is "id" or "en", not {lang!r}')
    return lang


def set_language(lang: Lang) -> None:
    """Sets the language of what notebooks show from now on; ``id`` until then.

    >>> set_language("en")
    >>> language()
    'en'
    >>> set_language("id")
    """
    global _language
    _language = language(lang)


def html(value: Any, *, lang: Lang | None = None) -> str:
    """What a notebook shows of a value, as HTML, for a page of one's own.

    >>> import jipp
    >>> html(jipp.model.Agency(id="a", name="A & B", kind="city")).count("A &amp; B")
    1
    """
    before = language()
    set_language(language(lang))
    try:
        shown = getattr(value, "_repr_html_", None)
        text = shown() if shown is not None else None
        if text is None and isinstance(value, Drawing):
            text = str(value)
        return cast(str, text) if text is not None else f"<pre>{escape(str(value))}</pre>"
    finally:
        set_language(before)


class Drawing(str):
    """A drawing as text. A notebook shows SVG as an image and anything else as it is written.

    >>> Drawing("a\\n└─ b", format="tree")
    a
    └─ b
    """

    written_in: str
    """The format: ``svg``, ``tree``, ``dot``, ..."""

    def __new__(cls, text: str, format: str = "svg") -> Drawing:
        drawing = super().__new__(cls, text)
        drawing.written_in = format
        return drawing

    def _repr_svg_(self) -> str | None:
        return str(self) if self.written_in == "svg" else None

    def _repr_html_(self) -> str | None:
        return None if self.written_in == "svg" else f'<pre style="line-height:1.25">{escape(self)}</pre>'

    def __repr__(self) -> str:
        return f"<Drawing, svg, {len(self):,} characters>" if self.written_in == "svg" else str(self)
