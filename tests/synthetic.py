"""Large made-up graphs for the explorer's tests and measurements; they mean nothing."""

from __future__ import annotations

from random import Random

from conftest import ROOT

from kg.graph import Graph
from kg.model import Document, Entity, Evidence, KnowledgeBase, Locator, Source, Statement
from kg.vocabulary import read_vocabulary

CATEGORIES = (
    "Drug",
    "Receptor",
    "Enzyme",
    "Protein",
    "Transporter",
    "BiologicalProcess",
    "AdverseEffect",
    "Gene",
)
PREDICATES = ("activates", "inhibits", "increases", "decreases", "modulates", "binds", "depends_on")


def synthetic(entities: int, arcs_each: int = 3) -> Graph:
    """Return a graph with hubs: as many entities, and `arcs_each` claims for each."""
    random = Random(1)
    documents = tuple(Document(f"d{n}", f"Document {n}", "vendor", Source("made.yaml", n)) for n in range(20))
    rows = tuple(
        Entity(f"e{n}", f"entity number {n}", random.choice(CATEGORIES), Source("made.yaml", n + 1))
        for n in range(entities)
    )
    ends, said = [0], []
    for n in range(1, entities):
        for k in range(arcs_each):
            other = random.choice(ends) if random.random() < 0.6 else random.randrange(n)
            ends += [other, n]
            said.append(_claim(random, n, k, other))
    vocabulary = read_vocabulary(ROOT / "ontology")
    return Graph(KnowledgeBase(documents=documents, entities=rows, statements=tuple(said)), vocabulary)


def _claim(random: Random, n: int, k: int, other: int) -> Statement:
    predicate = random.choice(PREDICATES)
    place = Locator(section=f"Section {random.randrange(40)}", paragraph=random.randrange(9))
    source = Source("made.yaml", 10 * n + k)
    signs = {"activates": "+", "increases": "+", "inhibits": "-", "decreases": "-"}
    return Statement(
        f"e{n}.{predicate}.e{other}.{k}",
        f"e{n}",
        predicate,
        f"e{other}",
        signs.get(predicate, "unsigned"),
        source,
        certainty=random.choice(("asserted", "asserted", "hedged")),
        basis=random.choice(("document", "background")),
        evidence=(Evidence(f"d{random.randrange(20)}", place, source),),
    )
