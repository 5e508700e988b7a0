"""Reading a metapath as text: places between arrows, each with its column, before anything is looked up.

An arrow is `->`, `<-` or `--` for any predicate, or `-name->`, `<-name-`, `-name-` between spaces; several
names stand as `-[one|other]->`, and `any` is any. A place is a category, an entity or `*`, in quotes where it
would be mistaken for an arrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kg.metapaths.metapath import Direction
from kg.problems import InvalidPattern

_MOST = 10
_SEVERAL = r'\[[^\[\]"]*\]'
_ONE = r'[^\s<>\[\]|"-](?:[^<>\[\]|"]*?[^\s<>\[\]|"])?'
_NAMED = rf"(?<!\S)(?P<left><?)-(?P<names>{_SEVERAL}|{_ONE})-(?P<right>>|(?!\S))"
_ARROW = re.compile(rf'(?P<quoted>"[^"]*")|{_NAMED}|(?P<plain><-|->|--)')
_WRITTEN = "an arrow is written ->, <-, --, -name->, <-name- or -[name|name]->, with a space before it"


class Name(msgspec.Struct, frozen=True):
    """A name as written and the column it begins in, counted from 0."""

    text: str
    column: int


class WrittenArrow(msgspec.Struct, frozen=True):
    """The predicates of an arrow as written, none of them for any, and where it points."""

    names: tuple[Name, ...]
    direction: Direction


class Pattern(msgspec.Struct, frozen=True):
    """What a metapath's text says: one place more than arrows."""

    text: str
    places: tuple[Name, ...]
    arrows: tuple[WrittenArrow, ...]


def parse_pattern(text: str) -> Pattern:
    """Return the places and arrows of a metapath; raises `InvalidPattern` with a caret where it goes wrong.

    >>> parse_pattern("Drug -inhibits-> Transporter <- *").arrows[1].direction
    'backward'
    """
    places, arrows, end = [], [], 0
    for found in _ARROW.finditer(text):
        if found["quoted"] is None:
            places.append(_place(text, end, found.start()))
            arrows.append(_arrow(text, found))
            end = found.end()
    places.append(_place(text, end, len(text)))
    if not arrows:
        raise InvalidPattern(f"there is no arrow here; {_WRITTEN}", text, len(text.rstrip()))
    if len(arrows) > _MOST:
        raise InvalidPattern(f"a metapath has at most {_MOST} arrows", text, places[_MOST].column)
    return Pattern(text, tuple(places), tuple(arrows))


def _place(text: str, start: int, end: int) -> Name:
    written = text[start:end]
    column = start + len(written) - len(written.lstrip())
    name = written.strip()
    if not name:
        raise InvalidPattern("a category, an entity or * is missing here", text, min(column, len(text)))
    if len(name) > 1 and name[0] == name[-1] == '"':
        return Name(name[1:-1], column)
    stray = re.search(r'[<>\[\]|"]|(?<!\S)-', name)
    if stray:
        raise InvalidPattern(_WRITTEN, text, column + stray.start())
    return Name(name, column)


def _arrow(text: str, found: re.Match[str]) -> WrittenArrow:
    plain = found["plain"]
    if plain is not None:
        return WrittenArrow((), "forward" if plain == "->" else "backward" if plain == "<-" else "either")
    if found["left"] and found["right"]:
        raise InvalidPattern("an arrow has one head; -name- is either way", text, found.start())
    names = tuple(_names(text, found["names"], found.start("names")))
    whole = any(name.text.casefold() == "any" for name in names)
    direction: Direction = "backward" if found["left"] else "forward" if found["right"] else "either"
    return WrittenArrow(() if whole else names, direction)


def _names(text: str, written: str, column: int) -> Iterator[Name]:
    """Yield the names between the bars of `[one|other]`, or the one name."""
    if written.startswith("["):
        written, column = written[1:-1], column + 1
    for part in written.split("|"):
        blank = len(part) - len(part.lstrip())
        if not part.strip():
            raise InvalidPattern("the name of a predicate is missing here", text, column)
        yield Name(part.strip(), column + blank)
        column += len(part) + 1
