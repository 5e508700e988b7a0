"""What a graph answers by walking its arrows: paths, and all that rests on them. The façade's second half."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from kg.graph import Graph
from kg.paths import (
    Arrows,
    Effect,
    Paths,
    Perturbed,
    Predicted,
    Reversal,
    Wanted,
    WhatIf,
    Which,
    effect,
    find_paths,
    predicted,
    reversal,
    what_if,
)
from kg.problems import UnknownName

if TYPE_CHECKING:
    from kg.metapaths.asking import Metapaths
    from kg.metapaths.counting import PairCount
    from kg.metapaths.existing import FoundMetapath
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
        predicates: Collection[str] = (),
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
        source: str,
        target: str,
        *,
        max_length: int = 6,
        at_most: int = 1000,
        sign: Wanted = "any",
        via: Collection[str] = (),
        avoid: Collection[str] = (),
        timeout: float | None = None,
        arrows: Arrows | None = None,
    ) -> Paths:
        """Return the mechanism paths from one entity to another, at most `max_length` steps long.

        Best first, by `.score`. Every path passes the entities of `via` and none of `avoid`. `.stopped` tells
        when there are more: than `at_most` («count»), than could be found in `timeout` seconds («time»), or
        when Ctrl-C ended the search («interrupt»). `arrows` says which claims may be walked.

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
            via=[find(name).id for name in via],
            avoid=[find(name).id for name in avoid],
            timeout=timeout,
        )

    def metapaths(self, source: str, target: str, *, max_length: int = 3) -> tuple[FoundMetapath, ...]:
        """Return the metapaths from one category or entity to another, from cause to effect, shortest first.

        Raises `TooLarge` when there are too many paths to list.

        >>> import kg
        >>> str(kg.load().metapaths("Drug", "Receptor", max_length=1)[0].metapath)
        'Drug -[activates|agonist_of|antagonist_of|modulates|potentiates]-> Receptor'
        """
        return self._metapaths.between(source, target, max_length=max_length)

    def count_along(self, pattern: str, *, damping: float = 0.4) -> tuple[PairCount, ...]:
        """Return the number of simple paths along a metapath for all pairs, plain and weighted by degrees.

        The largest weighted count first. Raises `InvalidPattern` with a caret where the text goes wrong, and
        `MissingExtra` without SciPy.

        >>> import kg
        >>> kg.load().count_along("drug -inhibits-> Transporter")[0].paths
        1
        """
        return self._metapaths.counts(self.metapath(pattern), damping=damping)

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

    def effect(
        self,
        source: str,
        target: str,
        *,
        max_length: int = 6,
        at_most: int = 10_000,
        timeout: float | None = None,
        arrows: Arrows | None = None,
    ) -> Effect:
        """Return whether one entity raises another (`+`), lowers it (`-`), `both`, or `unknown`.

        `.direct` and `.derived` tell claims on the two themselves from paths, `.agreement` whether they
        agree, `.decisive` the smallest sets of statements without which the answer is another. Where the
        search ends early, `.stopped` tells, and only `both` is `.settled`.

        >>> import kg
        >>> found = kg.load().effect("igmesine", "cGMP")
        >>> found.answer, found.direct_answer, found.derived_answer, found.agreement
        ('both', '-', '+', 'disagree')
        """
        find = self._graph.entity
        ends = find(source).id, find(target).id
        walked = arrows or self.arrows()
        return effect(walked, *ends, max_length=max_length, at_most=at_most, timeout=timeout)

    def what_if(
        self,
        *,
        inhibit: Collection[str] = (),
        activate: Collection[str] = (),
        knock_out: Collection[str] = (),
        drugs: Collection[str] = (),
        max_length: int = 6,
        at_most: int = 1_000_000,
        timeout: float | None = None,
        arrows: Arrows | None = None,
    ) -> WhatIf:
        """Return how everything within reach would move: a prediction from paths, never a claim.

        Of what is inhibited, activated, or given as a drug, all paths are followed; of what is knocked out
        too, and no other path passes it. Each row has a direction (`+`, `-`, `both`, `unknown`) and the best
        path of each sign. Raises ValueError when nothing is perturbed, or something twice.

        >>> import kg
        >>> kg.load().what_if(inhibit=["SERT"]).row("serotonin").direction
        '+'
        """
        find = self._graph.entity
        kinds = (inhibit, activate, knock_out, drugs)
        perturbed = Perturbed(*(tuple(find(name).id for name in names) for names in kinds))
        walked = arrows or self.arrows()
        return what_if(walked, perturbed, max_length=max_length, at_most=at_most, timeout=timeout)

    def reversal(
        self,
        agonist: str,
        antagonist: str,
        outcome: str,
        *,
        max_length: int = 6,
        at_most: int = 10_000,
        timeout: float | None = None,
        arrows: Arrows | None = None,
    ) -> Reversal:
        """Return whether an antagonist would abolish what an agonist does: on which paths, and who tested it.

        `.routes` has every path with the places where the antagonist blocks it, `.experiments` the claims
        that test it or bear on it. Raises ValueError when two of the three are the same.

        >>> import kg
        >>> found = kg.load().reversal("igmesine", "haloperidol", "cGMP")
        >>> found.abolished, found.tested
        ('no path', False)
        """
        find = self._graph.entity
        three = find(agonist).id, find(antagonist).id, find(outcome).id
        walked = arrows or self.arrows()
        return reversal(walked, *three, max_length=max_length, at_most=at_most, timeout=timeout)

    def predicted(self, found: WhatIf, categories: Collection[str] = ()) -> tuple[Predicted, ...]:
        """Return the predictions for entities of some categories, named by id or label, or kinds of them.

        >>> import kg
        >>> graph = kg.load()
        >>> [row.entity for row in graph.predicted(graph.what_if(inhibit=["SERT"]), ["Neurotransmitter"])]
        ['serotonin']
        """
        return predicted(self._graph, found, [self._graph.category(name).id for name in categories])


def id_of(find: Callable[[str], Named], name: str | None) -> str | None:
    """Return the id of what goes by a name, None without one."""
    return None if name is None else find(name).id


def choice(kind: str, given: str | None, choices: object) -> str | None:
    """Return what was given when it is among the choices; raises `UnknownName` otherwise."""
    known = get_args(choices)
    if given is not None and given not in known:
        raise UnknownName(kind, given, known)
    return given
