"""The checked knowledge base with frozen indexes: by id, by name as people write it, by end of an arrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import count
from typing import TypeVar
from weakref import WeakValueDictionary

from kg.model import (
    CERTAINTIES,
    Document,
    Entity,
    KnowledgeBase,
    Measurement,
    Mechanism,
    Protocol,
    Reference,
    Statement,
    Workflow,
)
from kg.names import fold, nearest
from kg.problems import AmbiguousName, UnknownName
from kg.vocabulary import Category, Parameter, Predicate, Vocabulary

T = TypeVar("T", Document, Entity, Statement, Measurement, Mechanism, Protocol, Workflow)
N = TypeVar("N", Document, Mechanism, Category, Predicate, Parameter, Protocol, Mechanism | Workflow)

AnEntity = str | Entity
"""An entity, or any of its names."""
APredicate = str | Predicate
"""A predicate, its id or its label."""
_LONG = 18


class Graph:
    """Indexes over a knowledge base. Never changes; an index is made when first asked for."""

    def __init__(self, knowledge: KnowledgeBase, vocabulary: Vocabulary) -> None:
        self.knowledge = knowledge
        self.vocabulary = vocabulary
        _IN_USE[next(_NUMBERS)] = self

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Documents by id."""
        return _by_id(self.knowledge.documents)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Entities by id."""
        return _by_id(self.knowledge.entities)

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Statements by id."""
        return _by_id(self.knowledge.statements)

    @cached_property
    def measurements(self) -> dict[str, Measurement]:
        """Measurements by id."""
        return _by_id(self.knowledge.measurements)

    @cached_property
    def same_values(self) -> dict[str, tuple[str, ...]]:
        """Ids of the other prints of a value by the id of one: what `same_as` joins, in both directions."""
        groups: dict[str, list[str]] = {}
        for row in self.knowledge.measurements:
            if row.same_as in self.measurements:
                joined = list(
                    dict.fromkeys(groups.get(row.same_as, [row.same_as]) + groups.get(row.id, [row.id]))
                )
                groups |= dict.fromkeys(joined, joined)
        return {one: tuple(other for other in group if other != one) for one, group in groups.items()}

    @cached_property
    def mechanisms(self) -> dict[str, Mechanism]:
        """Mechanisms by id."""
        return _by_id(self.knowledge.mechanisms)

    @cached_property
    def protocols(self) -> dict[str, Protocol]:
        """Protocols by id."""
        return _by_id(self.knowledge.protocols)

    @cached_property
    def workflows(self) -> dict[str, Workflow]:
        """Workflows by id."""
        return _by_id(self.knowledge.workflows)

    def reference(self, name: str) -> Reference | None:
        """Return the entry of a reference list with this id (`B157457.ref.3`), or None."""
        document, _, number = name.rpartition(".ref.")
        listed = self.documents[document].references if document in self.documents else ()
        return next((entry for entry in listed if str(entry.number) == number), None)

    def is_edge(self, statement: Statement) -> bool:
        """Tell whether a statement is an arrow of its own: asserted, and no three-sided comparison."""
        return statement.polarity == "asserted" and statement.than is None

    def arrow(self, statement: Statement) -> tuple[str, str] | None:
        """Return cause and effect of a statement, or None when nothing acts on anything.

        `depends_on` is read backwards: what is needed acts on what needs it.
        """
        return self._cause_and_effect(statement) if self.is_edge(statement) else None

    def _cause_and_effect(self, statement: Statement) -> tuple[str, str] | None:
        causal = self.vocabulary.predicates[statement.predicate].causal
        if causal == "none" or statement.than is not None:
            return None
        forward = (statement.subject, statement.object)
        return forward if causal == "forward" else (forward[1], forward[0])

    @cached_property
    def arrows(self) -> dict[str, dict[str, tuple[Statement, ...]]]:
        """Statements by cause and effect, sorted, so that every walk over them is deterministic."""
        found: dict[str, dict[str, list[Statement]]] = {}
        for statement in self.knowledge.statements:
            ends = self.arrow(statement)
            if ends and ends[0] != ends[1]:
                found.setdefault(ends[0], {}).setdefault(ends[1], []).append(statement)
        return {
            cause: {effect: tuple(sorted(said, key=by_strength)) for effect, said in sorted(effects.items())}
            for cause, effects in sorted(found.items())
        }

    @cached_property
    def denials(self) -> dict[tuple[str, str], tuple[Statement, ...]]:
        """Claims that one thing was tested and does not act on another, by cause and effect."""
        found: dict[tuple[str, str], list[Statement]] = {}
        for statement in self.knowledge.statements:
            ends = self._cause_and_effect(statement) if statement.polarity == "negated" else None
            if ends:
                found.setdefault(ends, []).append(statement)
        return {ends: tuple(sorted(said, key=by_strength)) for ends, said in found.items()}

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        """Entity ids by folded name and synonym; symbols only where no name or synonym takes them."""
        names, symbols = _Index(), _Index()
        for entity in self.knowledge.entities:
            names.add(entity.id, (entity.id, entity.name, *entity.synonyms))
            symbols.add(entity.id, (entity.symbol,) if entity.symbol else ())
        return symbols.keys | names.keys

    @cached_property
    def _curies(self) -> dict[str, tuple[str, ...]]:
        index: dict[str, tuple[str, ...]] = {}
        for entity in self.knowledge.entities:
            for curie in (f"kg:{entity.id}", *entity.xrefs):
                index[curie.casefold()] = (*index.get(curie.casefold(), ()), entity.id)
        return index

    def entity(self, name: AnEntity) -> Entity:
        """Return the entity with this id, CURIE, name, synonym or symbol, in any case, Greek or spelled.

        An entity stands for its id. Raises `UnknownName` with the nearest names, or `AmbiguousName` with the
        ids that share the name.
        """
        name = name if isinstance(name, str) else name.id
        hits = self.called(name)
        if len(hits) > 1:
            raise AmbiguousName("entity", name, hits)
        if not hits:
            raise UnknownName("entity", name, self.like(name))
        return self.entities[hits[0]]

    def like(self, name: str) -> tuple[str, ...]:
        """Return the names of entities that are spelt most like this one, best first."""
        return nearest(name, self._all_names())

    def called(self, name: str) -> tuple[str, ...]:
        """Return the ids of the entities that go by this name; an id is only its own."""
        if name in self.entities:
            return (name,)
        curie = self.vocabulary.prefixes.canonical(name).casefold()
        return self._curies.get(curie) or self._names.get(fold(name), ())

    def ids(self, names: Iterable[AnEntity]) -> tuple[str, ...]:
        """Return the ids of the entities that go by these names; raises what `entity` raises."""
        return tuple(self.entity(name).id for name in names)

    def _all_names(self) -> Iterator[str]:
        for entity in self.knowledge.entities:
            yield from (entity.id, entity.name, *entity.synonyms)

    def mechanism(self, name: str) -> Mechanism:
        """Return the mechanism with this id or title; raises `UnknownName` otherwise."""
        return _find("mechanism", self.mechanisms, name)

    def pictured(self, name: str) -> Mechanism | Workflow:
        """Return the mechanism or workflow with this id or title; raises `UnknownName` otherwise."""
        rows: dict[str, Mechanism | Workflow] = {**self.mechanisms, **self.workflows}
        return _find("mechanism or workflow", rows, name)

    def protocol(self, name: str) -> Protocol:
        """Return the protocol with this id or title; raises `UnknownName` otherwise."""
        return _find("protocol", self.protocols, name)

    def document(self, name: str) -> Document:
        """Return the document with this id, in any case, or title; raises `UnknownName` otherwise."""
        return _find("document", self.documents, name)

    def predicate(self, name: APredicate) -> Predicate:
        """Return the predicate with this id or label, in any case; raises `UnknownName` otherwise."""
        return _find("predicate", self.vocabulary.predicates, name if isinstance(name, str) else name.id)

    def category(self, name: str) -> Category:
        """Return the category with this id or label, in any case; raises `UnknownName` otherwise."""
        return _find("category", self.vocabulary.categories, name)

    def parameter(self, name: str) -> Parameter:
        """Return the parameter (Ki, IC50, …) with this id or label; raises `UnknownName` otherwise."""
        return _find("parameter", self.vocabulary.parameters, name)

    def label(self, name: str) -> str:
        """Return the preferred name of an entity; any other id is its own label."""
        entity = self.entities.get(name)
        return entity.name if entity else name

    def short(self, name: str) -> str:
        """Return the name of an entity, or its symbol where the name is too long for a chain of arrows."""
        entity = self.entities.get(name)
        long = entity is not None and len(entity.name) > _LONG
        return entity.symbol if entity and entity.symbol and long else self.label(name)

    def search(self, text: str) -> tuple[Entity, ...]:
        """Return entities whose id, names, symbol, CURIEs or definition contain the text, best first."""
        key, plain = fold(text), text.casefold().strip()
        meant = frozenset(self.called(text))
        ranked = [
            (_match(entity, key, plain), entity.id not in meant, entity.name.casefold(), entity)
            for entity in self.entities.values()
        ]
        hits = sorted((hit for hit in ranked if hit[0] is not None), key=lambda hit: hit[:3])
        return tuple(entity for *_, entity in hits)


_NUMBERS = count()
_IN_USE: WeakValueDictionary[int, Graph] = WeakValueDictionary()


def graphs_in_use() -> tuple[Graph, ...]:
    """Return the graphs that somebody still holds, the newest first.

    A claim does not know its graph. To show one on its own with the names of its ends, the graph that holds
    this very claim is looked for among these.
    """
    newest_first = reversed(_IN_USE.valuerefs())  # a copy: another thread may make a graph meanwhile
    return tuple(graph for held in newest_first if (graph := held()) is not None)


class _Index:
    def __init__(self) -> None:
        self.keys: dict[str, tuple[str, ...]] = {}

    def add(self, owner: str, names: Iterable[str]) -> None:
        for key in dict.fromkeys(fold(name) for name in names):
            self.keys[key] = (*self.keys.get(key, ()), owner)


def _by_id(rows: Iterable[T]) -> dict[str, T]:
    return {row.id: row for row in rows}


def _find(kind: str, rows: dict[str, N], name: str) -> N:
    """Return the row whose id, title or label is `name` (folded)."""
    key = fold(name)
    for row in rows.values():
        title = getattr(row, "title", "") or getattr(row, "label", "") or ""
        if key in (fold(row.id), fold(title)):
            return row
    raise UnknownName(kind, name, nearest(name, rows) or tuple(sorted(rows)[:8]))


def by_strength(statement: Statement) -> tuple[object, ...]:
    """Order parallel claims: what a document says first, then the surer, then the signed."""
    return (
        statement.basis != "document",
        CERTAINTIES.index(statement.certainty),
        statement.sign == "unsigned",
        statement.id,
    )


def _match(entity: Entity, key: str, plain: str) -> int | None:
    """Return 0 for the very name, 1 for the start of one, 2 for part of one, 3 for the definition."""
    names = [fold(name) for name in (entity.id, entity.name, *entity.synonyms, entity.symbol or "") if name]
    if not plain:
        return None
    if key and key in names:
        return 0
    if key and any(name.startswith(key) for name in names):
        return 1
    curies = [curie.casefold() for curie in entity.xrefs]
    if (key and any(key in name for name in names)) or plain in curies:
        return 2
    return 3 if plain in (entity.definition or "").casefold() else None
