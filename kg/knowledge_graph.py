"""`KnowledgeGraph`: load, check, look up, walk, query, compare, draw, export; the whole flow in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from kg.affinities import conflicts
from kg.checked import Checked
from kg.effects import Effects
from kg.formats.frames import Measurements
from kg.graph import AnEntity, APredicate, Graph
from kg.handles import Handled
from kg.interchange import Interchange
from kg.model import (
    Basis,
    Certainty,
    Conflicts,
    Document,
    Entities,
    Entity,
    Measurement,
    Mechanism,
    Polarity,
    Statement,
    Statements,
    Workflow,
)
from kg.model import Protocol as BenchProtocol
from kg.pictures import Pictures
from kg.problems import InvalidData, Problem, UnknownName, errors
from kg.queries import Queries
from kg.reading import read, without_salts
from kg.rich import Shown, show_with
from kg.showing import bundle_of, frame_of
from kg.surroundings import Surroundings
from kg.values import Values
from kg.walks import choice, id_of

if TYPE_CHECKING:
    from kg.coverage import Coverage
    from kg.protocols import Comparison
    from kg.verification import Verified
    from kg.views.console import Console
    from kg.views.explorer import Explorer

T = TypeVar("T", Statement, Measurement)
show_with(bundle_of, frame_of)


def load(
    *data: str | Path,
    shipped: bool = True,
    cache: bool = True,
    strict: bool = True,
    merge_salts: bool = False,
) -> KnowledgeGraph:
    """Load the shipped graph, with the YAML files or folders in `data` added to it (or alone).

    Raises `InvalidData`, which lists every problem, when something in it is wrong; without `strict` the
    wrong rows are left out and `.problems` of the graph tells which. With `merge_salts`, what is said of a
    salt is said of its base drug (`kg.merging`).

    >>> load().entity("Imipramine").category
    'Drug'
    """
    checked = read(data, shipped=shipped, cache=cache)
    found = errors(checked.problems)
    if found and strict:
        raise InvalidData(found)
    return KnowledgeGraph(without_salts(checked) if merge_salts else checked)


def check(*data: str | Path, shipped: bool = True) -> tuple[Problem, ...]:
    """Return every problem of the shipped graph with `data` added (or of `data` alone), sorted by place."""
    return read(data, shipped=shipped, cache=False).problems


class KnowledgeGraph(Surroundings, Effects, Queries, Values, Pictures, Interchange, Handled, Shown):
    """A checked graph and everything that can be asked of it. Made by `kg.load`; never changes.

    Entities are named by id, CURIE, name, synonym or symbol, in any letter case, Greek or spelled. A name
    that is unknown raises `UnknownName`, one that several entities share `AmbiguousName`.

    >>> graph = load()
    >>> [path.sign for path in graph.paths("igmesine", "cGMP")][0]
    '-'
    """

    def __init__(self, checked: Checked) -> None:
        graph = Graph(checked.knowledge, checked.vocabulary)
        Surroundings.__init__(self, graph)
        Queries.__init__(self, graph, self.conflicts)
        Handled.__init__(self, graph)
        self._checked = checked
        self._conflicts = cache(partial(conflicts, self._graph))

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {kind}" for kind, count in self.counts().items())
        return f"<KnowledgeGraph: {counts}>"

    @property
    def graph(self) -> Graph:
        """The frozen indexes that everything here reads."""
        return self._graph

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found while checking: warnings, and errors when the graph was loaded without `strict`."""
        return self._checked.problems

    @property
    def documents(self) -> Mapping[str, Document]:
        """Documents by id: the curated guides and the literature behind background steps."""
        return MappingProxyType(self._graph.documents)

    @property
    def entities(self) -> Mapping[str, Entity]:
        """Entities by id."""
        return MappingProxyType(self._graph.entities)

    @property
    def mechanisms(self) -> Mapping[str, Mechanism]:
        """Curated diagrams by id."""
        return MappingProxyType(self._graph.mechanisms)

    @property
    def protocols(self) -> Mapping[str, BenchProtocol]:
        """Protocols by id, as curated: `protocol` shows what a step takes over from another."""
        return MappingProxyType(self._graph.protocols)

    @property
    def workflows(self) -> Mapping[str, Workflow]:
        """Curated workflow diagrams by id."""
        return MappingProxyType(self._graph.workflows)

    def counts(self) -> dict[str, int]:
        """Return how many rows of each kind there are, and in how many places values are printed."""
        kinds = (
            "documents",
            "entities",
            "statements",
            "measurements",
            "prints",
            "mechanisms",
            "protocols",
            "workflows",
        )
        counted = {kind: len(getattr(self._graph.knowledge, kind, ())) for kind in kinds}
        counted["prints"] = sum(len(value.evidence) for value in self.measurements())
        alike = sum(conflict.verdict == "no conflict" for conflict in self.conflicts())
        return counted | {"conflicts": len(self.conflicts()) - alike, "look-alikes": alike}

    def entity(self, name: AnEntity) -> Entity:
        """Return the entity that goes by this name.

        >>> load().entity("desmethylimipramine")  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
        kg.problems.UnknownName: no entity is called 'desmethylimipramine'.
        """
        return self._graph.entity(name)

    def search(self, text: str) -> Entities:
        """Return the entities in whose names, CURIEs or definition the text occurs, best first.

        >>> load().search("5-HT")[0].name
        'serotonin'
        """
        return Entities(self._graph.search(text))

    def statements(
        self,
        *,
        subject: AnEntity | None = None,
        predicate: APredicate | None = None,
        object: AnEntity | None = None,
        document: str | None = None,
        polarity: str | None = None,
        certainty: str | None = None,
        basis: str | None = None,
        weak_source: bool = False,
    ) -> Statements:
        """Return the claims that fit every given filter, in file order; `weakness` tells what is weak.

        They are a tuple that a notebook shows as a table and that gives one: `.to_frame()`.

        >>> {claim.object for claim in load().statements(subject="igmesine", predicate="agonist_of")}
        {'sigma-1-receptor'}
        """
        wanted = {
            "subject": id_of(self._graph.entity, subject),
            "predicate": id_of(self._graph.predicate, predicate),
            "object": id_of(self._graph.entity, object),
            "polarity": choice("polarity", polarity, Polarity),
            "certainty": choice("certainty", certainty, Certainty),
            "basis": choice("basis", basis, Basis),
        }
        within = id_of(self._graph.document, document)
        found = _fitting(self._graph.knowledge.statements, wanted, within)
        return Statements(filter(self.weakness, found) if weak_source else found)

    def measurements(
        self,
        *,
        drug: AnEntity | None = None,
        target: AnEntity | None = None,
        parameter: str | None = None,
        document: str | None = None,
        weak_source: bool = False,
    ) -> Measurements:
        """Return the values that fit every given filter, in file order; `weakness` tells what is weak.

        They are a tuple that also gives itself as a table: `.to_frame()`, `.to_parquet()`, `.rows()`.

        >>> load().measurements(drug="imipramine", target="DAT", document="B1671792")[0].quantity.text
        '>10,000'
        """
        wanted = {
            "drug": id_of(self._graph.entity, drug),
            "target": id_of(self._graph.entity, target),
            "parameter": id_of(self._graph.parameter, parameter),
        }
        within = id_of(self._graph.document, document)
        found = _fitting(self._graph.knowledge.measurements, wanted, within)
        kept = tuple(filter(self.weakness, found)) if weak_source else found
        return Measurements.of(self._graph, kept)

    def weakness(self, row: Statement | Measurement) -> tuple[str, ...]:
        """Return why a claim or value rests on weak sources only, or on a reference that does not fit.

        Empty where it does neither. Which kinds of source are weak is in `kg.sources.WEAK`.

        >>> graph = load()
        >>> graph.weakness(graph.measurements(drug="venlafaxine", target="SERT")[0])[0][:40]
        'B10784792 cites [9] encyclopaedia: Refer'
        """
        from kg.sources import weakness

        return weakness(self._graph, row)

    def timeline(self, entity: AnEntity | None = None) -> Statements:
        """Return the claims that carry a date, about one entity or all, in order of time.

        `qualifiers.date` is the date as printed. A date that cannot be read as years comes last.

        >>> [claim.qualifiers.date for claim in load().timeline("imipramine")][:2]
        ['1951', '1957']
        """
        from kg.timeline import timeline

        return Statements(timeline(self._graph, id_of(self._graph.entity, entity)))

    def coverage(self, document: str | None = None) -> Coverage:
        """Return how far each document (or this one) is read: its parts, their readers, what is unread.

        >>> [found.document for found in load().coverage("B115768")]
        ['B115768']
        """
        from kg.coverage import coverage

        wanted = id_of(self._graph.document, document)
        found = coverage(self._graph)
        return found.like(one for one in found if wanted in (None, one.document))

    def verify(self, documents: str | Path) -> tuple[Verified, ...]:
        """Compare what is curated with the documents' own text, in a folder of plain text files.

        Every passage is searched by position and digest; printed numbers and cited references are looked
        for in its words. Raises `OSError` when the folder cannot be read.
        """
        from kg.verification import verify

        return verify(self._graph, Path(documents))

    def protocol(self, name: str) -> BenchProtocol:
        """Return the protocol of this id or title, with everything its steps take over from other steps.

        >>> [step.stage for step in load().protocol("net-binding").steps][:3]
        ['preparation', 'setup', 'incubation']
        """
        from kg.protocols import resolved

        return resolved(self._graph, self._graph.protocol(name))

    def parts_played(self, entity: AnEntity) -> dict[str, str]:
        """Return what an entity is to each protocol that names it, such as its target or a radioligand.

        >>> load().parts_played("desipramine")
        {'net-binding': 'non-specific binding'}
        """
        from kg.protocols import part_played

        found = self._graph.entity(entity).id
        return {row.id: part for row in self.protocols.values() if (part := part_played(row, found))}

    def compare_protocols(self, one: str, other: str) -> Comparison:
        """Return what differs between two protocols, aligned by material, stage and parameter.

        >>> compared = load().compare_protocols("sert-binding", "net-binding")
        >>> [(row.left, row.right) for row in compared.rows if row.name == "temperature"]
        [('~25 °C', '4 °C')]
        """
        from kg.protocols import compare

        return compare(self._graph, self._graph.protocol(one), self._graph.protocol(other))

    def conflicts(self, about: AnEntity | None = None, *, fold: Decimal | int = 3) -> Conflicts:
        """Return curated conflicts, and found ones nobody has curated; values count from `fold` apart on.

        The fold is that of the nearest bounds, compared exactly and told with one decimal. What only looks
        like a conflict is among them, with the verdict `no conflict`. `about` is an entity, or the id of a
        statement, measurement or document. Raises `UnknownName` for anything else, and ValueError for a fold
        that is no finite number above zero.

        >>> [str(conflict.fold) for conflict in load().conflicts()][0]
        '15.8'
        >>> [conflict.verdict for conflict in load().conflicts("igmesine.decreases.cgmp")]
        ['open']
        """
        found = Conflicts(self._conflicts(fold=Decimal(fold)))
        if about is None:
            return found
        from kg.affinities.conflicts import concerning

        graph = self._graph
        rows = (graph.statements, graph.measurements, graph.documents)
        wanted = about if any(about in ids for ids in rows) else graph.entity(about).id
        return found.like(one for one in found if wanted in concerning(graph, one))

    def explore(self, seed: AnEntity | None = None, hops: int = 2, *, sparql: bool = False) -> Explorer:
        """Return the whole graph, or what is at most `hops` claims from an entity, as one interactive page.

        With `sparql` the page also answers SPARQL by itself, on the whole graph: Oxigraph's WASM build is in
        it. `.html` is the page, `.write(path)` writes it. Raises `TooLarge` above 10,000 entities, ValueError
        when `hops` is negative, and `MissingPackage` where the WASM build is not there.

        >>> load().explore("igmesine", hops=1).title
        'Around igmesine'
        """
        from kg.views.explorer import explorer

        found = None if seed is None else self._graph.entity(seed).id
        return explorer(self._graph, self.conflicts(), found, hops, self._console() if sparql else None)

    def _console(self) -> Console:
        from kg.cache import folder as cache_folder
        from kg.rdf import prefixes
        from kg.resources import folder
        from kg.views.console import Console
        from kg.wasm import wasm_build

        build = wasm_build(cache_folder())
        ontology = (folder("ontology") / "mechanisms.ttl").read_bytes()
        whole = self.export("trig") + b"\n" + ontology
        return Console(build, whole, prefixes(self._graph), self._examples())

    def _examples(self) -> Iterator[tuple[str, str]]:
        """Yield the questions of the library with their defaults, where this graph knows these."""
        for known in self.questions():
            try:
                yield known.question, self.question(known.name)
            except UnknownName:
                continue


def _fitting(rows: Iterable[T], wanted: dict[str, str | None], document: str | None) -> tuple[T, ...]:
    given = {field: value for field, value in wanted.items() if value is not None}
    fitting = (row for row in rows if all(getattr(row, field) == value for field, value in given.items()))
    return tuple(row for row in fitting if document is None or document in row.documents)
