"""Made-up claims and values in layers, as the project holds its own: drugs, targets, signals, outcomes.

They mean nothing. The project's own code turns them into RDF.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

from kg.checked import Checked
from kg.model import (
    Document,
    Entity,
    Evidence,
    KnowledgeBase,
    Locator,
    Measurement,
    Quantity,
    Sign,
    Source,
    Statement,
)
from kg.vocabulary import read_vocabulary

ONTOLOGY = Path(__file__).parents[2] / "ontology"
SEED = 1958
"""When imipramine came to the market."""
QUADS_A_CLAIM = 46
"""About, with what it takes of entities, documents and values; each triple counts again in a named graph."""
LAYERS = ("Drug", "Receptor", "SecondMessenger", "Protein", "TranscriptionFactor", "Gene", "Phenotype")
PREDICATES: tuple[tuple[str, Sign], ...] = (
    ("activates", "+"),
    ("inhibits", "-"),
    ("increases", "+"),
    ("decreases", "-"),
    ("modulates", "unsigned"),
)
FIRST: tuple[tuple[str, Sign], ...] = (("agonist_of", "+"), ("antagonist_of", "-"), ("binds", "unsigned"))
SECTIONS = ("Abstract", "Introduction", "Methods", "Results", "Discussion")


def made(quads: int) -> Checked:
    """Return claims and values that make about so many quads, the same ones each time."""
    dice, claims = Random(SEED), round(quads / QUADS_A_CLAIM)
    width = max(claims // (4 * len(LAYERS)), 4)
    documents = tuple(
        Document(f"doc{n}", f"Document {n}", "primary paper", Source("made.yaml", n + 1))
        for n in range(max(claims // 200, 10))
    )
    entities = tuple(
        Entity(f"{layer.lower()}{n}", f"{layer} number {n}", layer, Source("made.yaml", n + 1))
        for layer in LAYERS
        for n in range(width)
    )
    statements = tuple(_claim(dice, n, width, len(documents)) for n in range(claims * 4 // 5))
    measurements = tuple(_value(dice, n, width, len(documents)) for n in range(claims // 5))
    knowledge = KnowledgeBase(documents, entities, statements, measurements)
    return Checked(knowledge, read_vocabulary(ONTOLOGY), ())


def _claim(dice: Random, number: int, width: int, documents: int) -> Statement:
    layer = number % (len(LAYERS) - 1)
    predicate, sign = dice.choice(PREDICATES if layer else FIRST)
    one, other = _of(dice, LAYERS[layer], width), _of(dice, LAYERS[layer + 1], width)
    source = Source("made.yaml", number + 1)
    return Statement(
        f"{one}.{predicate}.{other}.{number}",
        one,
        predicate,
        other,
        sign,
        source,
        certainty=dice.choice(("asserted", "asserted", "hedged")),
        evidence=(_evidence(dice, documents, source),),
    )


def _value(dice: Random, number: int, width: int, documents: int) -> Measurement:
    value = Decimal(dice.randrange(1, 100_000)) / 10
    source = Source("made.yaml", number + 1)
    return Measurement(
        f"value.{number}",
        _of(dice, "Drug", width),
        _of(dice, "Receptor", width),
        "Ki",
        Quantity(str(value), "=", value),
        source,
        unit="nM",
        evidence=(_evidence(dice, documents, source),),
    )


def _of(dice: Random, layer: str, width: int) -> str:
    """Return an entity of a layer; a few have most of the claims."""
    return f"{layer.lower()}{int(width * dice.random() ** 2)}"


def _evidence(dice: Random, documents: int, source: Source) -> Evidence:
    place = Locator(section=dice.choice(SECTIONS), paragraph=dice.randrange(1, 30))
    return Evidence(f"doc{dice.randrange(documents)}", place, source)
