"""KG5xx: the graph as a whole: no two things for one, nothing left over."""

from __future__ import annotations

from kg.catalogue.examples import ENTITY, REPEATED, TWICE, entity
from kg.catalogue.rule import Rule

WHOLE = (
    Rule(
        "KG501", "shared name", "No two entities have the same name (letter case and Greek spelling aside).",
        "Looking the name up could not tell which is meant.",
        "merge the entities, or tell their names apart",
        entity(name="Igmesine"), entity(),
    ),
    Rule(
        "KG502", "shared synonym", "No synonym is another entity's name or synonym.",
        "Looking the name up could not tell which is meant.",
        "keep the synonym on one entity",
        entity(more="    synonyms: [IGMESINE]\n"), entity(),
    ),
    Rule(
        "KG503", "shared identifier", "No cross-reference stands on two entities.",
        "One of them is wrong, or the two are one.",
        "keep it where it belongs, or merge the entities",
        entity(more="    xrefs: [CHEBI:0]\n  - {id: other, name: b, category: Drug, xrefs: [CHEBI:0]}\n")
        + "documents: [{id: example-paper, title: An example, kind: primary paper, about: [other]}]\n",
        entity(more="    xrefs: [CHEBI:0]\n"),
    ),
    Rule(
        "KG504", "orphan entity", "Every entity is used by a statement, a measurement or a diagram.",
        "An entity that nothing is said about is a leftover, or its claim was forgotten.",
        "use it, or delete it",
        ENTITY.format(id="example-drug", name="exampline", category="Drug"), entity(),
        severity="warning",
    ),
    Rule(
        "KG505", "claim repeated", "A document makes the same claim (sign, polarity and context alike) once.",
        "Twice the same claim would count as two sources.",
        "keep one and list the other place under `repeats`",
        TWICE, REPEATED,
    ),
    Rule(
        "KG506", "entity not placed",
        "Every entity of a diagram's statements stands in one of its compartments.",
        "The drawing would have to guess where it belongs.",
        "add it to the compartment it acts in",
        "mechanisms:\n"
        "  - id: example-mechanism\n"
        "    title: Example\n"
        "    compartments: [{compartment: cytosol, entities: [igmesine]}]\n"
        "    statements: [igmesine.agonist_of.sigma-1-receptor]\n",
        "mechanisms: []\n",
        severity="warning",
    ),
)  # fmt: skip
