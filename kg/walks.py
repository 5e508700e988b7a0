"""What a graph answers by walking its arrows: paths, and all that rests on them. The façade's second half."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache, cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args

from kg.graph import AnEntity, APredicate, Graph
from kg.paths import Arrows, Path, Paths, Stream, Wanted, Which, find_paths, stream_paths
from kg.problems import UnknownName

if TYPE_CHECKING:
    from kg.metapaths.asking import Metapaths
    from kg.metapaths.counting import PairCount
    from kg.metapaths.existing import FoundMetapaths
    from kg.metapaths.metapath import Metapath


class Named(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str:
        """Return the id."""


class Walks:
    """Questions about chains of claims: a part of `KnowledgeGraph`, with entities named as there."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._arrows = cache(partial(Arrows, graph))

    def arrows(
        self,
        *,
        basis: Literal["document", "any"] = "any",
        predicates: Collection[APredicate] = (),
        document: str | None = None,
        species: str | None = None,
        undirected: bool = False,
    ) -> Arrows:
        """Return the steps that paths may take: of documents only, of some predicates, of one document.

        With `species`, claims of another species are left out, and those that name none are kept. With
        `undirected`, an arrow can be walked backwards; such a step has no sign.

        >>> import kg
        >>> kg.load().arrows(basis="document").step("igmesine", "cgmp").sign
        '-'
        """
        which = Which(
            basis=choice("basis", basis, Literal["document", "any"]) or "any",  # type: ignore[arg-type]
            predicates=frozenset(self._graph.predicate(name).id for name in predicates),
            document=id_of(self._graph.document, document),
            species=species,
            undirected=undirected,
        )
        return self._arrows(which)

    def paths(
        self,
        source: AnEntity,
        target: AnEntity,
        *,
        max_length: int = 6,
        at_most: int = 1000,
        sign: Wanted = "any",
        via: Collection[AnEntity] = (),
        avoid: Collection[AnEntity] = (),
        timeout: float | None = None,
        arrows: Arrows | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Paths:
        """Return the mechanism paths from one entity to another, at most `max_length` steps long.

        Best first, by `.score`. Every path passes the entities of `via` and none of `avoid`. `.stopped` tells
        when there are more: than `at_most` («count»), than could be found in `timeout` seconds («time»), or
        when Ctrl-C or `stop` ended the search («interrupt»). `arrows` says which claims may be walked.

        >>> import kg
        >>> paths = kg.load().paths("imipramine", "serotonin")
        >>> [(path.length, path.sign, path.basis) for path in paths][0]
        (1, '+', 'document')
        """
        find = self._graph.entity
        return find_paths(
            arrows or self.arrows(),
            find(source).id,
            find(target).id,
            max_length=max_length,
            at_most=at_most,
            sign=sign,
            via=self._graph.ids(via),
            avoid=self._graph.ids(avoid),
            timeout=timeout,
            stop=stop,
        )

    def metapaths(self, source: AnEntity, target: AnEntity, *, max_length: int = 3) -> FoundMetapaths:
        """Return the metapaths from one category or entity to another, from cause to effect, shortest first.

        Raises `TooLarge` when there are too many paths to list.

        >>> import kg
        >>> str(kg.load().metapaths("Drug", "Receptor", max_length=1)[0].metapath)
        'Drug -[activates|agonist_of|antagonist_of|modulates|potentiates]-> Receptor'
        """
        ends = (end if isinstance(end, str) else end.id for end in (source, target))
        return self._metapaths.between(*ends, max_length=max_length)

    def count_along(self, pattern: str, *, damping: float = 0.4) -> tuple[PairCount, ...]:
        """Return the number of simple paths along a metapath for all pairs, plain and weighted by degrees.

        The largest weighted count first. Raises `InvalidPattern` with a caret where the text goes wrong, and
        `MissingExtra` without SciPy.

        >>> import kg
        >>> kg.load().count_along("drug -inhibits-> Transporter")[0].paths
        1
        """
        return self._metapaths.counts(self.metapath(pattern), damping=damping)

    def paths_along(
        self, pattern: str, *, at_most: int = 1000, sign: Wanted = "any", arrows: Arrows | None = None
    ) -> Paths:
        """Return the mechanism paths along a metapath, best first: `igmesine -> Receptor -> *`.

        Every step must act from left to right. Raises `InvalidPattern` with a caret where the text goes
        wrong, and ValueError when `at_most` is below one.

        >>> import kg
        >>> paths = kg.load().paths_along("imipramine -inhibits-> Transporter <-mediates- Process")
        >>> len(paths)
        0
        """
        from kg.metapaths.along import paths_along

        if at_most < 1:
            raise ValueError("at_most must be at least 1")
        walked = arrows or self.arrows()
        along = paths_along(self._graph, self.metapath(pattern), causal=True)
        every = [
            walked.path(nodes) for nodes in along if all(ends in walked.steps for ends in pairwise(nodes))
        ]
        found = [path for path in every if sign in ("any", path.sign)]
        found.sort(key=lambda path: (-path.score, path.length, path.nodes))
        return Paths(found[:at_most], "count" if len(found) > at_most else None)

    def as_sparql(self, path: Path) -> str:
        """Return a query that finds a path's claims again, step by step, wherever the graph is published.

        >>> import kg
        >>> graph = kg.load()
        >>> query = graph.as_sparql(graph.paths("igmesine", "cGMP")[0])
        >>> [row["claim"] for row in graph.query(query)]
        ['kg:igmesine.decreases.cgmp']
        """
        from kg.paths import as_sparql

        return as_sparql(self._graph, path)

    def metapath(self, pattern: str) -> Metapath:
        """Return the metapath that a text says; raises `InvalidPattern` with a caret where it goes wrong.

        >>> import kg
        >>> str(kg.load().metapath("drug -inhibits-> SERT"))
        'Drug -inhibits-> sert'
        """
        return self._metapaths.read(pattern)

    @cached_property
    def _metapaths(self) -> Metapaths:
        from kg.metapaths.asking import Metapaths

        return Metapaths.of_graph(self._graph)

    def stream(
        self,
        source: AnEntity,
        target: AnEntity,
        *,
        max_length: int = 6,
        sign: Wanted = "any",
        via: Collection[AnEntity] = (),
        avoid: Collection[AnEntity] = (),
        timeout: float | None = None,
        arrows: Arrows | None = None,
    ) -> Stream:
        """Return the paths that `paths` would, one by one as they are found, the shortest first.

        After the last, `.stopped` tells whether time or Ctrl-C ended the search.

        >>> import kg
        >>> next(iter(kg.load().stream("igmesine", "cGMP"))).nodes
        ('igmesine', 'cgmp')
        """
        find = self._graph.entity
        return stream_paths(
            arrows or self.arrows(), find(source).id, find(target).id, max_length=max_length, sign=sign,
            via=self._graph.ids(via), avoid=self._graph.ids(avoid), timeout=timeout,
        )  # fmt: skip


def id_of(find: Callable[[Any], Named], name: object) -> str | None:
    """Return the id of what goes by a name, None without one."""
    return None if name is None else find(name).id


def choice(kind: str, given: str | None, choices: object) -> str | None:
    """Return what was given when it is among the choices; raises `UnknownName` otherwise."""
    known = get_args(choices)
    if given is not None and given not in known:
        raise UnknownName(kind, given, known)
    return given
