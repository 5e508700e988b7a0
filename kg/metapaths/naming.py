"""What the names in a metapath mean: categories with their kinds, predicates and entities."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from kg.engine.network import Network
from kg.graph import Graph
from kg.metapaths.metapath import Arrow, Metapath, Place
from kg.metapaths.pattern import Name, parse_pattern
from kg.names import fold, nearest
from kg.problems import AmbiguousName, InvalidPattern, UnknownName
from kg.vocabulary import Category, Vocabulary

T = TypeVar("T")

_LISTED = 8


class Known(Protocol):
    """Whatever a metapath can be about: it knows places and predicates by their names."""

    def place(self, name: str) -> Place:
        """Return the category or node of this name; raises `UnknownName` or `AmbiguousName`."""

    def itself(self, category: str) -> Place:
        """Return the place of nodes that are of this very category."""

    def predicate(self, name: str) -> str:
        """Return the predicate of this name; raises `UnknownName`."""


def read_metapath(text: str, known: Known) -> Metapath:
    """Return the metapath that a text says.

    Raises `InvalidPattern` with the text, a caret under what is wrong in it, and the nearest names.
    """
    pattern = parse_pattern(text)

    def named(find: Callable[[str], T], name: Name) -> T:
        try:
            return find(name.text)
        except (UnknownName, AmbiguousName) as error:
            raise InvalidPattern(str(error), text, name.column) from None

    return Metapath(
        tuple(named(known.place, name) for name in pattern.places),
        tuple(
            Arrow(tuple(sorted({named(known.predicate, name) for name in arrow.names})), arrow.direction)
            for arrow in pattern.arrows
        ),
    )


class GraphNames:
    """The names of a curated graph: a category stands for its kinds too, an entity for itself."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def place(self, name: str) -> Place:
        """Return the category or entity of this name, `*` for any; a category goes before an entity.

        `=Protein` is the category alone: proteins that are of no more special kind.
        """
        if name == "*":
            return Place("*")
        vocabulary = self._graph.vocabulary
        if name.startswith("=") and (alone := find_category(vocabulary, name[1:])):
            return self.itself(alone.id)
        category = find_category(vocabulary, name)
        if category is not None:
            return Place(category.id, kinds_of(vocabulary, category.id))
        try:
            entity = self._graph.entity(name)
        except UnknownName as error:
            near = nearest(name, [*_category_names(vocabulary), *error.candidates])
            raise UnknownName("category or entity", name, near) from None
        return Place(entity.id, (entity.category,), entity.id)

    def itself(self, category: str) -> Place:
        """Return a category without its kinds, written `=Protein` where it has any."""
        alone = len(kinds_of(self._graph.vocabulary, category)) < 2
        return Place(category if alone else f"={category}", (category,))

    def predicate(self, name: str) -> str:
        """Return the id of the predicate with this id or label."""
        return self._graph.predicate(name).id


def find_category(vocabulary: Vocabulary, name: str) -> Category | None:
    """Return the category with this id or label, or the only one whose label ends with this word.

    «Process» is so the biological process. Raises `AmbiguousName` when several labels end so.
    """
    key = fold(name)
    rows = vocabulary.categories.values()
    exact = [row for row in rows if key in (fold(row.id), fold(row.label))]
    found = exact or [row for row in rows if key and key == fold(row.label.split()[-1])]
    if len(found) > 1:
        raise AmbiguousName("category", name, sorted(row.id for row in found))
    return found[0] if found else None


def kinds_of(vocabulary: Vocabulary, category: str) -> tuple[str, ...]:
    """Return a category and all its kinds, sorted."""
    return tuple(sorted(name for name in vocabulary.categories if vocabulary.is_a(name, [category])))


def _category_names(vocabulary: Vocabulary) -> Iterable[str]:
    for row in vocabulary.categories.values():
        yield from (row.id, row.label, row.label.split()[-1])


class NetworkNames:
    """The names of a network from an edge list: kinds, predicates and nodes as written there."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def place(self, name: str) -> Place:
        """Return the kind or node of this name, `*` for any; kinds in any letter case."""
        if name == "*":
            return Place("*")
        kind = as_written(name, self._network.kinds)
        if kind is not None:
            return Place(kind, (kind,))
        try:
            node = self._network.names.number(name)
        except KeyError:
            near = [*self._network.kinds, *self._network.names.starting(name[:3], 1000)]
            raise UnknownName("kind of node or node", name, offered(name, near)) from None
        return Place(name, (self._network.kinds[self._network.kind[node]],), name)

    def itself(self, category: str) -> Place:
        """Return a kind of node."""
        return Place(category, (category,))

    def predicate(self, name: str) -> str:
        """Return the predicate as the edge list writes it."""
        found = as_written(name, self._network.predicates)
        if found is None:
            raise UnknownName("predicate", name, offered(name, self._network.predicates))
        return found


def as_written(name: str, known: tuple[str, ...]) -> str | None:
    """Return the known name: exactly this one, or the only one that differs in letter case alone.

    Hetionet's `Gr>G` needs brackets in a pattern: `Gene -[Gr>G]-> Gene`.
    """
    if name in known:
        return name
    found = [other for other in known if other.casefold() == name.casefold()]
    return found[0] if len(found) == 1 else None


def offered(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the nearest known names, or the first few where none is near."""
    known = list(known)
    return nearest(name, known) or tuple(known[:_LISTED])
