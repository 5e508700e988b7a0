"""`graph.e.igmesine`, `graph.p.inhibits`, `graph["σ1"]`: names that a notebook completes; for the façade."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from kg.graph import Graph
from kg.model import Entity
from kg.names import nearest
from kg.problems import AmbiguousName, UnknownName
from kg.rich import counted
from kg.vocabulary import Predicate

T = TypeVar("T", bound=Entity | Predicate)


class Handles(Generic[T]):
    """Things as attributes under their ids, hyphens as underscores; by `[…]` under any of their names.

    An id that begins with a digit has `id_` before it: `graph.e.id_5_ht2a_receptor`.
    """

    def __init__(self, kind: str, find: Callable[[str], T], rows: Callable[[], Iterable[T]]) -> None:
        self._kind, self._find, self._rows = kind, find, rows

    def __getattr__(self, name: str) -> T:
        """Make all attributes when the first is asked for; then what is missing goes by other names."""
        if name.startswith("_"):
            raise AttributeError(name)
        if not self._filled:
            self._fill()
            if name in self.__dict__:
                found: T = self.__dict__[name]
                return found
        try:
            return self._find(name)
        except AmbiguousName as error:
            raise AttributeError(str(error)) from None
        except UnknownName:
            raise AttributeError(self._told(name)) from None

    def __getitem__(self, name: str) -> T:
        return self._find(name)

    def __dir__(self) -> list[str]:
        self._fill()
        return sorted(name for name in self.__dict__ if not name.startswith("_"))

    def __iter__(self) -> Iterator[T]:
        return iter(self._rows())

    def __len__(self) -> int:
        return len(list(self._rows()))

    def __repr__(self) -> str:
        return f"<{counted(len(self), self._kind)} by name>"

    def _ipython_key_completions_(self) -> list[str]:
        return [row.id for row in self._rows()]

    @property
    def _filled(self) -> bool:
        return any(not name.startswith("_") for name in self.__dict__)

    def _fill(self) -> None:
        for row in self._rows():
            self.__dict__.setdefault(identifier(row.id), row)

    def _told(self, name: str) -> str:
        near = nearest(name, (known for known in self.__dict__ if not known.startswith("_")))
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        return f"no {self._kind} is called {name!r}{meant}"


class Handled:
    """The handles of a graph: `e` for entities, `p` for predicates, and `[…]` for an entity by any name.

    >>> import kg
    >>> graph = kg.load()
    >>> graph.e.sigma_1_receptor is graph["σ1 receptor"], graph.p.inhibits.sign
    (True, '-')
    """

    def __init__(self, graph: Graph) -> None:
        predicates = graph.vocabulary.predicates
        self.e = Handles("entity", graph.entity, graph.entities.values)
        self.p = Handles("predicate", graph.predicate, predicates.values)
        self._graph = graph

    def __getitem__(self, name: str) -> Entity:
        """Return the entity that goes by this name; raises what `entity` raises.

        >>> import kg
        >>> kg.load()["σ1"].id
        'sigma-1-receptor'
        """
        return self._graph.entity(name)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self._graph.called(name))

    __iter__ = None
    """Without this, `[…]` would make a graph look like a sequence."""

    def _ipython_key_completions_(self) -> list[str]:
        names = (name for row in self._graph.entities.values() for name in (row.id, row.symbol) if name)
        return sorted(dict.fromkeys(names))


def identifier(name: str) -> str:
    """Return an id as Python writes names.

    >>> identifier("5-ht2a-receptor")
    'id_5_ht2a_receptor'
    """
    plain = re.sub(r"\W", "_", name)
    return plain if plain.isidentifier() else f"id_{plain}"
