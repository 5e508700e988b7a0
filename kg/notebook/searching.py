"""What the path explorer asks of a graph and what it gets: paths, or why there are none and what to try."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec
from msgspec.structs import asdict

from kg.knowledge_graph import KnowledgeGraph
from kg.paths import Paths, Wanted
from kg.problems import AmbiguousName, UnknownName

LONGEST = 10
"""Arrows of the longest path that can be asked for."""
MOST = 100
"""Paths that are listed."""
_PATIENCE = 0.5
"""Seconds in which one other wish is tried when there is no path."""
Change = dict[str, str | int]
_LOOSER: dict[str, Change] = {
    "try any sign": {"sign": "any"},
    "try background steps too": {"basis": "any"},
    "try all documents": {"document": ""},
}
_ALL: Change = {"max_length": LONGEST, "sign": "any", "basis": "any", "document": ""}
_STOPPED = {
    "count": "these are the best, there are more",
    "time": "the search ended after its time; there may be more",
    "interrupt": "the search was interrupted; there may be more",
}


class Wish(msgspec.Struct, frozen=True):
    """Which paths are looked for. Names as people write them; no document means all."""

    source: str
    target: str
    max_length: int = 6
    sign: Wanted = "any"
    basis: Literal["any", "document"] = "any"
    document: str = ""

    @property
    def said(self) -> str:
        """The limits in words."""
        limits = [f"within {many(self.max_length, 'arrow')}"]
        limits += [f"of net sign {self.sign.replace('-', '−')}"] if self.sign != "any" else []
        limits += ["from document claims alone"] if self.basis == "document" else []
        limits += [f"said by {self.document}"] if self.document else []
        return ", ".join(limits)


class Advice(msgspec.Struct, frozen=True):
    """What would give a path: in words, and as the parts of the wish that change."""

    says: str
    change: Change


class Answer(msgspec.Struct, frozen=True):
    """Paths, or an error with what to try instead; `note` tells how many, and whether that is all."""

    paths: Paths
    note: str = ""
    error: str = ""
    advice: tuple[Advice, ...] = ()


NOTHING = Paths(())


def search(graph: KnowledgeGraph, wish: Wish, timeout: float | None = None) -> Answer:
    """Return the best paths of a wish, found in at most `timeout` seconds.

    >>> import kg
    >>> graph = kg.load()
    >>> search(graph, Wish("igmesine", "cGMP")).note
    '8 paths within 6 arrows'
    >>> search(graph, Wish("imipramine", "CREB", max_length=1)).error
    'no path from imipramine to CREB within 1 arrow; try 2'
    """
    if not (wish.source and wish.target):
        return Answer(NOTHING, note="Choose a source and a target.")
    try:
        ends = graph.entity(wish.source), graph.entity(wish.target)
        if ends[0] is ends[1]:
            return Answer(NOTHING, error=f"{ends[0].name} is both source and target; choose two entities")
        found = _paths(graph, wish, timeout)
    except (UnknownName, AmbiguousName) as error:
        return Answer(NOTHING, error=str(error))
    if found:
        more = f"; {_STOPPED[found.stopped]}" if found.stopped else ""
        return Answer(found, note=f"{many(len(found), 'path')} {wish.said}{more}")
    names = f"no path from {ends[0].name} to {ends[1].name} {wish.said}"
    if found.stopped:
        return Answer(found, error=f"{names} was found in {timeout:g} s; ask for shorter paths")
    advice = tuple(_advised(graph, wish))
    tried = ", or ".join(row.says for row in advice) or f"nor is there one within {LONGEST} of any kind"
    return Answer(found, error=f"{names}; {tried}", advice=advice)


def _paths(graph: KnowledgeGraph, wish: Wish, timeout: float | None) -> Paths:
    arrows = graph.arrows(basis=wish.basis, document=wish.document or None)
    return graph.paths(
        wish.source,
        wish.target,
        max_length=wish.max_length,
        at_most=MOST,
        sign=wish.sign,
        timeout=timeout,
        arrows=arrows,
    )


def _advised(graph: KnowledgeGraph, wish: Wish) -> Iterator[Advice]:
    """Yield each single change of a wish that gives a path; if none does, all limits loosened at once."""
    alone = [*_longer(graph, wish, {"max_length": LONGEST}, "try {}")]
    for says, change in _LOOSER.items():
        if _shortest(graph, _changed(wish, change), wish):
            alone.append(Advice(says, change))
    yield from alone or _longer(graph, wish, _ALL, "try {} arrows and no filter")
    back: Change = {"source": wish.target, "target": wish.source}
    if _shortest(graph, _changed(wish, back), wish):
        yield Advice("try the other way round", back)


def _longer(graph: KnowledgeGraph, wish: Wish, change: Change, says: str) -> Iterator[Advice]:
    length = _shortest(graph, _changed(wish, change), wish)
    if length:
        yield Advice(says.format(length), change | {"max_length": length})


def _changed(wish: Wish, change: Change) -> Wish:
    return msgspec.convert(asdict(wish) | change, Wish)


def _shortest(graph: KnowledgeGraph, wish: Wish, before: Wish) -> int | None:
    """Return the arrows of the shortest path of another wish, None where none is found soon."""
    if wish == before:
        return None
    stream = graph.stream(
        wish.source,
        wish.target,
        max_length=wish.max_length,
        sign=wish.sign,
        timeout=_PATIENCE,
        arrows=graph.arrows(basis=wish.basis, document=wish.document or None),
    )
    return next((path.length for path in stream), None)


def many(count: int, noun: str) -> str:
    """Return a number with its noun: «1 path», «2 paths»."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
