"""`Network`: names, arrows and steps as arrays, readable along the arrows, against them, and either way.

An arrow is one claim between two nodes; a step is all arrows from one node to another. A step has a sign
(+1, −1) when its signed arrows agree and 0 when none is signed or they oppose each other. Nodes are numbered
in the order of their names, so that comparing numbers compares names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import int8, int32, int64, uint8, uint16
    from numpy.typing import NDArray

    Ints = NDArray[int32]
    Positions = NDArray[int64]
    Signs = NDArray[int8]


@dataclass(frozen=True, eq=False, slots=True)
class Names(Sequence[str]):
    """Sorted names in one block of UTF-8, found by bisection without decoding the others."""

    text: NDArray[uint8]
    starts: Positions

    def __len__(self) -> int:
        return len(self.starts) - 1

    def _bytes(self, number: int) -> bytes:
        return self.text[self.starts[number] : self.starts[number + 1]].tobytes()

    def __getitem__(self, number: int) -> str:  # type: ignore[override]
        return self._bytes(int(number)).decode()

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def number(self, name: str) -> int:
        """Return the number of a name; raises KeyError when there is none."""
        key = name.encode()
        found = bisect_left(range(len(self)), key, key=self._bytes)
        if found == len(self) or self._bytes(found) != key:
            raise KeyError(name)
        return found

    def starting(self, prefix: str, at_most: int) -> tuple[str, ...]:
        """Return the first names from this prefix on that begin with it."""
        key = prefix.encode()
        first = bisect_left(range(len(self)), key, key=self._bytes)
        last = min(first + at_most, len(self))
        return tuple(self[n] for n in range(first, last) if self._bytes(n).startswith(key))


@dataclass(frozen=True, eq=False, slots=True)
class Adjacency:
    """Neighbours of every node in compressed rows: those of node n are `ends[starts[n]:starts[n + 1]]`."""

    starts: Positions
    ends: Ints

    def row(self, node: int) -> Ints:
        """Return the neighbours of a node, ascending."""
        return self.ends[self.starts[node] : self.starts[node + 1]]


@dataclass(frozen=True, eq=False, slots=True)
class Network:
    """A directed, signed multigraph in arrays; step number i is place i of `forward.ends`."""

    names: Names
    kinds: tuple[str, ...]
    kind: NDArray[uint16]
    """Number of each node's kind (category)."""
    predicates: tuple[str, ...]
    forward: Adjacency
    backward: Adjacency
    around: Adjacency
    """Neighbours either way, each once."""
    step_at: Ints
    """Number of the step behind each place of `backward.ends`."""
    sign: Signs
    """Sign of each step."""
    first: Positions
    """The arrows of step i are `first[i]:first[i + 1]`."""
    predicate: NDArray[uint16]
    """Number of each arrow's predicate."""
    arrow_sign: Signs
    record: Ints
    """Where each arrow was read: a line, or the place of a claim in a list."""

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.names)

    @property
    def steps(self) -> int:
        """How many ordered pairs of nodes are joined."""
        return len(self.forward.ends)

    @property
    def arrows(self) -> int:
        """How many arrows there are."""
        return len(self.predicate)

    def step(self, source: int, target: int) -> int | None:
        """Return the number of the step from one node to another, or None."""
        start, end = self.forward.starts[source], self.forward.starts[source + 1]
        place = int(self.forward.ends[start:end].searchsorted(target)) + int(start)
        return place if place < end and self.forward.ends[place] == target else None

    def arrows_of(self, step: int) -> range:
        """Return the places of a step's arrows in `predicate`, `arrow_sign` and `record`."""
        return range(int(self.first[step]), int(self.first[step + 1]))
