"""Edge lists to ask for paths: read once into the cache folder, mapped from then on, every line a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg import resources
from kg.cache import folder
from kg.checked import Checked
from kg.names import nearest
from kg.paths import Path as MechanismPath
from kg.paths import Paths, Stream, Wanted, find_paths, stream_paths
from kg.problems import CannotWrite, InvalidNetwork, UnknownName
from kg.resources import VERSION
from kg.vocabulary import Vocabulary, read_vocabulary

if TYPE_CHECKING:
    from kg.engine.network import Names
    from kg.engine.storing import Stored
    from kg.paths.listed import Listed

_KEEP = 6
_LOOKED_THROUGH = 300_000
_COMPARED = 2000


class Counts(msgspec.Struct, frozen=True):
    """How much is in a network."""

    nodes: dict[str, int]
    """By kind, most first."""
    arrows: dict[str, int]
    """By predicate, most first."""
    signed: int
    """Arrows with a sign."""
    size: int
    """Bytes of its arrays."""


class EdgeNetwork:
    """An edge list that answers like a graph; `origin` is the file whose lines are the sources.

    Nodes go by their names exactly as the file writes them.
    """

    def __init__(self, arrows: Listed, vocabulary: Vocabulary) -> None:
        self.arrows, self._vocabulary = arrows, vocabulary

    @property
    def origin(self) -> str:
        """The file that the arrows were read from."""
        return self.arrows.origin

    def find(self, name: str) -> str:
        """Return a node's name; raises `UnknownName` with the nearest where there is none."""
        names = self.arrows.network.names
        try:
            names.number(name)
        except KeyError:
            raise UnknownName("node", name, _near(names, name)) from None
        return name

    def paths(
        self,
        source: str,
        target: str,
        *,
        max_length: int = 6,
        at_most: int = 1000,
        sign: Wanted = "any",
        via: Collection[str] = (),
        avoid: Collection[str] = (),
        timeout: float | None = None,
    ) -> Paths:
        """Return the paths from one node to another, best first; see `KnowledgeGraph.paths`."""
        return find_paths(
            self.arrows, self.find(source), self.find(target), max_length=max_length, at_most=at_most,
            sign=sign, via=[*map(self.find, via)], avoid=[*map(self.find, avoid)], timeout=timeout,
        )  # fmt: skip

    def stream(
        self,
        source: str,
        target: str,
        *,
        max_length: int = 6,
        sign: Wanted = "any",
        via: Collection[str] = (),
        avoid: Collection[str] = (),
        timeout: float | None = None,
    ) -> Stream:
        """Return the paths as they are found, shortest first; see `KnowledgeGraph.stream`."""
        return stream_paths(
            self.arrows, self.find(source), self.find(target), max_length=max_length,
            sign=sign, via=[*map(self.find, via)], avoid=[*map(self.find, avoid)], timeout=timeout,
        )  # fmt: skip

    def checked(self, paths: Collection[MechanismPath], also: Collection[str] = ()) -> Checked:
        """Return the entities and claims of these paths, and these nodes, as the data of a graph."""
        return Checked(*self.arrows.knowledge(paths, also), ())

    def counts(self) -> Counts:
        """Return how much is in the network, by kind and predicate."""
        import numpy as np

        from kg.engine.storing import size_of

        network = self.arrows.network
        return Counts(
            nodes=_counted(network.kinds, np.bincount(network.kind, minlength=len(network.kinds))),
            arrows=_counted(
                network.predicates, np.bincount(network.predicate, minlength=len(network.predicates))
            ),
            signed=int(np.count_nonzero(network.arrow_sign)),
            size=size_of(network),
        )


def open_edges(path: Path) -> EdgeNetwork:
    """Return the network of an edge list or of a file that `kg network` built from one.

    An edge list is built once into the cache folder, for as long as its size and time stay the same. Raises
    `InvalidNetwork` when the file holds neither, `OSError` when it cannot be read.
    """
    from kg.engine.storing import is_stored, open_network
    from kg.paths.listed import Listed

    vocabulary = read_vocabulary(resources.folder("ontology"))
    stored = open_network(path) if is_stored(path) else _cached(path, vocabulary)
    return EdgeNetwork(Listed(stored.network, stored.origin, vocabulary), vocabulary)


def _cached(path: Path, vocabulary: Vocabulary) -> Stored:
    from kg.engine.edgelist import read_edge_list
    from kg.engine.storing import Stored, open_network, write_network

    signs = _signs(vocabulary)
    home = folder()
    place = home / "networks" / f"{_key(path, signs)}.network" if home else None
    if place is not None:
        with suppress(InvalidNetwork, OSError):
            return Stored(open_network(place).network, str(path))
    network = read_edge_list(path, signs)
    if place is not None:
        with suppress(CannotWrite, OSError):
            write_network(network, place, str(path))
            _tidy(place.parent)
    return Stored(network, str(path))


def _signs(vocabulary: Vocabulary) -> dict[str, int]:
    known = {"+": 1, "-": -1}
    rows = vocabulary.predicates.values()
    return {name: known[row.sign] for row in rows for name in (row.id, row.label) if row.sign in known}


def _key(path: Path, signs: dict[str, int]) -> str:
    status = path.stat()
    told = (
        VERSION,
        str(path.resolve()),
        str(status.st_size),
        str(status.st_mtime_ns),
        repr(sorted(signs.items())),
    )
    return sha256("\0".join(told).encode()).hexdigest()


def _tidy(home: Path) -> None:
    """Keep the newest networks only."""
    for old in sorted(home.glob("*.network"), key=lambda path: path.stat().st_mtime)[:-_KEEP]:
        old.unlink(missing_ok=True)


def _near(names: Names, name: str) -> tuple[str, ...]:
    """Return the names nearest to one: the same in other letters, or of the same beginning or end.

    The first 300,000 names are looked through, so that the answer comes quickly.
    """
    wanted = _bare(name)
    same, alike = [], []
    for other in islice(names, _LOOKED_THROUGH):
        bare = _bare(other)
        if bare == wanted:
            same.append(other)
        elif (bare[:2] == wanted[:2] or bare[-3:] == wanted[-3:]) and abs(len(bare) - len(wanted)) < 4:
            alike.append(other)
    return tuple(same[:3]) or _closest(names, name, alike)


def _closest(names: Names, name: str, alike: list[str]) -> tuple[str, ...]:
    found = nearest(name, alike[:_COMPARED])
    return found or names.starting(name, 3)


def _bare(name: str) -> str:
    return name.rpartition("::")[2].casefold()


def _counted(names: tuple[str, ...], counts: Collection[int]) -> dict[str, int]:
    return dict(Counter(dict(zip(names, map(int, counts), strict=True))).most_common())
