"""Locators against the index of a document's passages: which passages a place names.

A locator names a passage when each of its parts says the same. A list item may be named by a part of its
path: «Incubation» for «Procedure / Incubation», «Assay Setup» for that item together with its own items.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from kg.model import Document, Locator, Passage, Span, Text

SEPARATOR = " / "
_PARTS = ("section", "paragraph", "item", "table", "row", "figure")


class Places:
    """The passages of one document by place."""

    def __init__(self, text: Text) -> None:
        self.text = text

    @cached_property
    def _by_section(self) -> dict[str | None, list[Passage]]:
        found: dict[str | None, list[Passage]] = {}
        for passage in self.text.passages:
            found.setdefault(passage.locator.section, []).append(passage)
        return found

    def find(self, locator: Locator) -> tuple[Passage, ...]:
        """Return the passages that a locator names, in reading order; none, one or several.

        Headings and links are what frames a place, not passages of it, unless nothing else is there. A place
        that gives no part that the index has, such as a page alone, names none.
        """
        if not is_indexed(locator):
            return ()
        within = self._by_section.get(locator.section, []) if locator.section else self.text.passages
        named = tuple(passage for passage in within if _names(locator, passage.locator))
        return tuple(passage for passage in named if passage.kind not in ("heading", "link")) or named

    def silent(self, document: Document) -> dict[Span, str]:
        """Return the passages that the document is said to assert nothing in, each with the reason."""
        return {found.span: item.reason for item in document.silent for found in self.find(item.locator)}

    def sections(self) -> tuple[str, ...]:
        """Return the headings, in reading order."""
        return tuple(section for section in self._by_section if section)

    def within(self, section: str | None) -> tuple[Locator, ...]:
        """Return the places of a section."""
        return tuple(passage.locator for passage in self._by_section.get(section, ()))


def is_indexed(locator: Locator) -> bool:
    """Tell whether a locator gives a part that an index can know; a page or a column is none."""
    return any(getattr(locator, part) is not None for part in _PARTS)


def _names(locator: Locator, place: Locator) -> bool:
    for part in _PARTS:
        wanted, there = getattr(locator, part), getattr(place, part)
        if wanted is not None and wanted != there and not (part == "item" and _is_part(wanted, there)):
            return False
    return True


def _is_part(wanted: str, path: str | None) -> bool:
    return bool(path) and f"{SEPARATOR}{wanted}{SEPARATOR}" in f"{SEPARATOR}{path}{SEPARATOR}"


def is_one_place(passages: Iterable[Passage]) -> bool:
    """Tell whether these passages are one place: a single one, or a list item with its own items."""
    places = [passage.locator for passage in passages]
    if len(places) < 2:
        return True
    items = [place.item for place in places]
    if len({place.section for place in places}) > 1 or None in items:
        return False
    heads = [str(item).split(SEPARATOR) for item in items]
    shared = 0
    while all(len(head) > shared for head in heads) and len({head[shared] for head in heads}) == 1:
        shared += 1
    return shared > 0
