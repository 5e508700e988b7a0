"""KG30x and KG31x: what is named exists."""

from __future__ import annotations

from kg.catalogue.examples import GOOD_CLAIM, claim, entity, value
from kg.catalogue.rule import Rule

NAMES = (
    Rule(
        "KG301", "duplicate id", "An id names one thing in all files, whatever its kind.",
        "Two things with one id would melt into one node of the graph.",
        "give one of them another `id`; for further evidence of a claim use `repeats`",
        entity(id="igmesine"), entity(),
    ),
    Rule(
        "KG302", "unknown entity", "Every entity that is named is declared.",
        "A misspelt name would make a second, unconnected node.",
        "declare it under `entities`, or correct the name",
        claim("igmesin", "modulates", "bdnf"), GOOD_CLAIM,
    ),
    Rule(
        "KG303", "unknown predicate", "Every predicate is a curated one of the ontology.",
        "Signs and directions come from the predicate; an unknown one has none.",
        "choose one of the ontology's predicates",
        claim("igmesine", "modulate", "bdnf"), GOOD_CLAIM,
    ),
    Rule(
        "KG304", "unknown prefix", "Every CURIE's prefix is in `ontology/prefixes.json`.",
        "A prefix that expands to nothing links to nothing.",
        "correct the prefix, or add it to the prefix map",
        entity(more="    xrefs: [Unipro:Q99720]\n"), entity(),
    ),
    Rule(
        "KG305", "unknown document", "Every document that evidence names is declared.",
        "A source that cannot be found is no source.",
        "declare it under `documents`, or correct its id",
        GOOD_CLAIM.replace("{document: example-paper", "{document: exemple-paper"), GOOD_CLAIM,
    ),
    Rule(
        "KG306", "unknown unit", "Every unit is one of the ontology's.",
        "A value in an unknown unit cannot be compared with any other.",
        "use M, mM, µM, nM, pM, %, mg/kg, mg/day; in protocols also °C, min, h, µL, mL, cm, mg/mL, µg/well",
        value("39", "nMol"), value("39"),
    ),
    Rule(
        "KG307", "unknown category", "Every category is a class of the ontology.",
        "Domains, ranges and drawing depend on the category.",
        "choose one of the ontology's categories",
        entity(category="Drugs"), entity(),
    ),
    Rule(
        "KG308", "unknown statement", "Mechanisms, repeats, conflicts and `same_as` name claims that exist.",
        "A diagram would silently lose the arrow.",
        "correct the id: subject.predicate.object",
        "mechanisms:\n"
        "  - {id: example-mechanism, title: Example, statements: [igmesine.agonist_of.sigma-2-receptors]}\n",
        "mechanisms: []\n",
    ),
    Rule(
        "KG309", "not a compartment", "Diagrams place entities in entities of category Compartment.",
        "A band called after a protein has no place among the membranes.",
        "name a compartment, membrane or organelle",
        "mechanisms:\n"
        "  - {id: example-mechanism, title: Example, statements: [],\n"
        "     compartments: [{compartment: bdnf, entities: [igmesine]}]}\n",
        "mechanisms: []\n",
    ),
    Rule(
        "KG310", "unknown reference", "Cited numbers are in the document's own reference list.",
        "A reader who looks the number up would find nothing.",
        "correct the number, or add the entry to `references`",
        GOOD_CLAIM.replace("Abstract}", "Abstract}, refs: [99]"), GOOD_CLAIM,
    ),
    Rule(
        "KG311", "unknown parameter", "Every parameter is one of the ontology's (Ki, Kd, IC50, EC50, …).",
        "Values of different parameters are never compared; an unknown one compares with nothing.",
        "choose one of the ontology's parameters",
        value("39", parameter="IC-50"), value("39"),
    ),
    Rule(
        "KG312", "misfit not cited", "References called `misfits` are among those cited there.",
        "A reference that is not cited for a claim cannot fail to fit it.",
        "correct the number, or add it to `refs`",
        value("39").replace('Receptor}', 'Receptor}, refs: [1], misfits: [2]'),
        value("39").replace('Receptor}', 'Receptor}, refs: [1, 2], misfits: [2]'),
    ),
)  # fmt: skip
