"""The explorer's data, kept short: columns of numbers for the picture, and every text and place only once.

An arc is what the diagrams draw as one: all claims with the same ends, direction, sign and denial. Claims
are numbered arc by arc, the strongest of an arc first: an arc is drawn as its first visible claim is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.graph import Graph, by_strength
from kg.model import CERTAINTIES, Conflict, Entity, Measurement, Source, Statement
from kg.views.arcs import Sketch, disputed, sketches_of
from kg.views.claims import Claims, StatementView, View
from kg.views.packing import Details, Numbers, Packer, Pool, Row
from kg.views.palette import ARCS, BOXES
from kg.views.text import clean

SIGNS = ("+", "-", "0", "unsigned")
POLARITIES = ("asserted", "negated", "no data")
BASES = ("document", "background")


class Picture(View, frozen=True):
    """What is read at once: names, arcs by the numbers of their ends, and what claims are filtered by."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    others: tuple[str, ...]
    """Symbol and synonyms of each entity, parted by newlines; for the search."""
    category: Numbers
    beyond: Numbers
    """How many neighbours of each entity are not on the page."""
    categories: tuple[tuple[str, str], ...]
    """Label and glyph."""
    predicates: tuple[tuple[str, str, str], ...]
    """Label, causal direction and id."""
    documents: tuple[tuple[str, str], ...]
    """Id and title."""
    document_sets: tuple[Numbers, ...]
    arc_kinds: tuple[str, ...]
    source: Numbers
    target: Numbers
    kind: Numbers
    sign: Numbers
    polarity: Numbers
    disputed: Numbers
    count: Numbers
    """How many claims each arc has; claims are numbered arc by arc."""
    predicate: Numbers
    said_in: Numbers
    mark: Numbers
    """Basis + 2 * certainty (surest first) + 8 where the claim is a comparison."""
    seeds: Numbers


class Columns:
    """Picture and details of some entities of a graph and of the claims between them."""

    def __init__(
        self, graph: Graph, members: Sequence[str], conflicts: Sequence[Conflict], seeds: Iterable[str] = ()
    ) -> None:
        self._graph = graph
        self._members = members
        self._numbers = {name: number for number, name in enumerate(members)}
        self._seeds = tuple(self._numbers[name] for name in seeds)
        self._claims = Claims(
            entities=graph.entities,
            documents=graph.documents,
            measurements=graph.knowledge.measurements,
            conflicts=conflicts,
            predicates={name: predicate.label for name, predicate in graph.vocabulary.predicates.items()},
        )
        within = [said for said in graph.knowledge.statements if self._inside(said)]
        self.sketches = sketches_of(within, graph.vocabulary.predicates, self._claims)
        self.said = [_strongest_first(sketch) for sketch in self.sketches]

    def _inside(self, said: Statement) -> bool:
        return said.subject in self._numbers and said.object in self._numbers

    @property
    def links(self) -> list[tuple[int, int]]:
        """The arcs as pairs of entity numbers."""
        return [(self._numbers[arc.source], self._numbers[arc.target]) for arc in self.sketches]

    def picture(self) -> Picture:
        """Return what is read at once."""
        graph = self._graph
        entities = [graph.entities.get(name) or _unknown(name) for name in self._members]
        categories, predicates = Pool[str](), Pool[str]()
        documents, sets = Pool[str](), Pool[Numbers]()
        flat = [said for pairs in self.said for said, _ in pairs]
        category = tuple(categories.number(entity.category) for entity in entities)
        predicate = tuple(predicates.number(said.predicate) for said in flat)
        said_in = tuple(sets.number(tuple(map(documents.number, said.documents))) for said in flat)
        return Picture(
            ids=tuple(clean(name) for name in self._members),
            names=tuple(clean(entity.name) for entity in entities),
            others=tuple(map(_other_names, entities)),
            category=category,
            beyond=self._beyond(),
            categories=tuple(self._category(name) for name in categories),
            predicates=tuple(self._predicate(name) for name in predicates),
            documents=tuple((clean(name), self._title(name)) for name in documents),
            document_sets=tuple(sets),
            arc_kinds=tuple(ARCS),
            source=tuple(one for one, _ in self.links),
            target=tuple(other for _, other in self.links),
            kind=tuple([*ARCS].index(arc.arc) for arc in self.sketches),
            sign=tuple(SIGNS.index(arc.said[0].sign) for arc in self.sketches),
            polarity=tuple(POLARITIES.index(arc.said[0].polarity) for arc in self.sketches),
            disputed=tuple(int(disputed(arc)) for arc in self.sketches),
            count=tuple(len(arc.said) for arc in self.sketches),
            predicate=predicate,
            said_in=said_in,
            mark=tuple(map(_mark, flat)),
            seeds=self._seeds,
        )

    def _category(self, name: str) -> tuple[str, str]:
        known = self._graph.vocabulary.categories.get(name)
        glyph = known.glyph if known and known.glyph in BOXES else "other"
        return (clean(known.label if known else name), glyph)

    def _predicate(self, name: str) -> tuple[str, str, str]:
        known = self._graph.vocabulary.predicates.get(name)
        return (clean(known.label if known else name), known.causal if known else "none", clean(name))

    def _title(self, name: str) -> str:
        known = self._graph.documents.get(name)
        return clean(known.title if known else name)

    def _beyond(self) -> Numbers:
        outside: dict[str, set[str]] = {name: set() for name in self._members}
        for said in self._graph.knowledge.statements:
            for one, other in ((said.subject, said.object), (said.object, said.subject)):
                if one in outside and other not in outside:
                    outside[one].add(other)
        return tuple(len(outside[name]) for name in self._members)

    def details(self) -> Details:
        """Return what is read when the reader asks."""
        packer = Packer()
        claims = tuple(packer.claim(view, _plain_id(said)) for pairs in self.said for said, view in pairs)
        diagrams = self._diagrams()
        values = self._values(packer)
        entities = tuple(self._entity(packer, name, diagrams, values) for name in self._members)
        titles = tuple((clean(name), clean(found.title)) for name, found in self._graph.mechanisms.items())
        return packer.details(claims, entities, titles)

    def _entity(
        self,
        packer: Packer,
        name: str,
        diagrams: Mapping[str, Sequence[int]],
        values: Mapping[str, Sequence[int]],
    ) -> Row:
        entity = self._graph.entities.get(name) or _unknown(name)
        known = packer.text(clean(entity.definition or ""))
        xrefs = tuple(packer.text(clean(curie)) for curie in entity.xrefs)
        file, line = packer.source(clean(str(entity.source)))
        return (known, xrefs, file, line, tuple(diagrams.get(name, ())), tuple(values.get(name, ())))

    def _diagrams(self) -> dict[str, list[int]]:
        """Return the numbers of the diagrams in which each entity occurs."""
        found: dict[str, list[int]] = {}
        for number, mechanism in enumerate(self._graph.mechanisms.values()):
            said = (self._graph.statements.get(name) for name in mechanism.statements)
            ends = [end for claim in said if claim for end in claim.ends]
            placed = [name for placement in mechanism.compartments for name in placement.entities]
            for name in dict.fromkeys([*ends, *placed]):
                found.setdefault(name, []).append(number)
        return found

    def _values(self, packer: Packer) -> dict[str, list[int]]:
        """Return the numbers of the values measured of each drug or at each target on the page."""
        found: dict[str, list[int]] = {}
        for row in self._graph.knowledge.measurements:
            for end in {row.drug: None, row.target: None}:
                if end in self._numbers:
                    found.setdefault(end, []).append(packer.value(self._claims.value(row), self._ends(row)))
        return found

    def _ends(self, row: Measurement) -> str:
        return f"{self._claims.name(row.drug)} at {self._claims.name(row.target)}"


def _strongest_first(sketch: Sketch) -> list[tuple[Statement, StatementView]]:
    return sorted(zip(sketch.said, sketch.views, strict=True), key=lambda pair: by_strength(pair[0]))


def _other_names(entity: Entity) -> str:
    names = dict.fromkeys(map(clean, (entity.symbol or "", *entity.synonyms)))
    return "\n".join(name for name in names if name and name != clean(entity.name))


def _plain_id(said: Statement) -> str:
    return ".".join(map(clean, (said.subject, said.predicate, said.object)))


def _mark(said: Statement) -> int:
    certainty = CERTAINTIES.index(said.certainty)
    return BASES.index(said.basis) + 2 * certainty + 8 * (said.than is not None)


def _unknown(name: str) -> Entity:
    return Entity(name, name, "Entity", Source("", 0))
