"""What follows from chains of claims: answers of four values, predictions, reversals; part of the façade."""

from __future__ import annotations

from collections.abc import Collection

from kg.graph import AnEntity
from kg.paths import (
    Arrows,
    Effect,
    Perturbed,
    Predictions,
    Reversal,
    WhatIf,
    effect,
    predicted,
    reversal,
    what_if,
)
from kg.walks import Walks


class Effects(Walks):
    """Questions about directions: what is raised and what lowered."""

    def effect(
        self,
        source: AnEntity,
        target: AnEntity,
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
        inhibit: Collection[AnEntity] = (),
        activate: Collection[AnEntity] = (),
        knock_out: Collection[AnEntity] = (),
        drugs: Collection[AnEntity] = (),
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
        agonist: AnEntity,
        antagonist: AnEntity,
        outcome: AnEntity,
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

    def predicted(self, found: WhatIf, categories: Collection[str] = ()) -> Predictions:
        """Return the predictions for entities of some categories, named by id or label, or kinds of them.

        >>> import kg
        >>> graph = kg.load()
        >>> [row.entity for row in graph.predicted(graph.what_if(inhibit=["SERT"]), ["Neurotransmitter"])]
        ['serotonin']
        """
        return predicted(self._graph, found, [self._graph.category(name).id for name in categories])
