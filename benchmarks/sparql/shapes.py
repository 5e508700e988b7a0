"""The five shapes of question, each put about several things, as SPARQL with what it needs declared."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from kg.model import KnowledgeBase

HOME = "https://w3id.org/drug-mechanisms/"
PREFIXES = {
    "kg": HOME,
    "kgo": f"{HOME}ontology#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
SEED = 1995


class Shape(NamedTuple):
    """A shape of question: its title, and its SPARQL with a place for what it is put about."""

    title: str
    sparql: str


SHAPES = {
    "point": Shape(
        "a claim with its evidence",
        """SELECT ?predicate ?object ?sign ?document ?section ?paragraph {{
  <{home}{claim}> rdf:predicate ?predicate ; rdf:object ?object ; kgo:sign ?sign ; kgo:evidence ?evidence .
  ?evidence kgo:document ?document ; kgo:section ?section ; kgo:paragraph ?paragraph
}}""",
    ),
    "join": Shape(
        "two signed steps from a drug",
        """SELECT ?middle ?first ?end ?second {{
  ?one rdf:subject kg:{drug} ; rdf:object ?middle ; kgo:sign ?first .
  ?other rdf:subject ?middle ; rdf:object ?end ; kgo:sign ?second .
  FILTER(?first != "unsigned" && ?second != "unsigned")
}}""",
    ),
    "aggregate": Shape(
        "claims per document",
        """SELECT ?document (COUNT(?claim) AS ?claims) {{
  ?claim rdf:predicate kgo:{predicate} ; kgo:evidence/kgo:document ?document
}} GROUP BY ?document""",
    ),
    "path": Shape(
        "everything downstream of a drug",
        """SELECT DISTINCT ?reached {{
  kg:{drug}
    (kgo:agonist_of|kgo:antagonist_of|kgo:activates|kgo:inhibits|kgo:increases|kgo:decreases)+
    ?reached
}}""",
    ),
    "filter": Shape(
        "the 20 strongest values under a bound",
        """SELECT ?value ?drug ?target {{
  ?measured kgo:value ?value ; kgo:drug ?drug ; kgo:target ?target
  FILTER(?value > {bound})
}} ORDER BY ?value ?measured LIMIT 20""",
    ),
}


def questions(knowledge: KnowledgeBase, each: int) -> dict[str, list[str]]:
    """Return the bodies of the questions by shape: about so many things, the same ones each time."""
    dice = Random(SEED)
    drugs = sorted({row.subject for row in knowledge.statements if row.subject.startswith("drug")})
    asked: dict[str, list[str]] = {}
    for name, shape in SHAPES.items():
        few = max(each // 10, 3) if name in ("aggregate", "filter") else each
        asked[name] = [
            shape.sparql.format(
                home=HOME,
                claim=dice.choice(knowledge.statements).id,
                drug=dice.choice(drugs),
                predicate=("activates", "inhibits", "increases", "decreases")[number % 4],
                bound=dice.randrange(1, 9000),
            )
            for number in range(few)
        ]
    return asked


def declared(sparql: str) -> str:
    """Return a question with the prefixes that it uses declared, as an engine without any wants it."""
    used = (f"PREFIX {name}: <{address}>\n" for name, address in PREFIXES.items() if f"{name}:" in sparql)
    return "".join(used) + sparql
