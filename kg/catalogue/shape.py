"""KG2xx: the shape of a record: its fields, their types, what can be read."""

from __future__ import annotations

from kg.catalogue.examples import ENTITY, GOOD_CLAIM, entity, value
from kg.catalogue.rule import Rule

SHAPE = (
    Rule(
        "KG201", "unknown field", "Every key is a field of its record.",
        "A misspelt field is a fact that nobody reads.",
        "use a field of the record; `kg schema` lists them",
        GOOD_CLAIM.replace("basis:", "bases:"), GOOD_CLAIM,
    ),
    Rule(
        "KG202", "wrong type", "Every value has the type of its field, or is one of its choices.",
        "A list where one name is expected has no agreed meaning.",
        "give the value in the form the field asks for",
        GOOD_CLAIM + "    # a list is wanted above\nentities: none\n", GOOD_CLAIM,
    ),
    Rule(
        "KG203", "missing field", "Every required field is there and not empty.",
        "A claim without an object claims nothing.",
        "add the field",
        "entities:\n  - id: example-drug\n    category: Drug\n", entity(),
    ),
    Rule(
        "KG204", "malformed id", "Ids are letters, digits, `-`, `_` and `.`, a letter or digit first.",
        "An id becomes part of an address, a file name and a line of a query.",
        "use lower-case words joined by hyphens",
        ENTITY.format(id='"example drug"', name="exampline", category="Drug"), entity(),
    ),
    Rule(
        "KG205", "malformed CURIE", "Cross-references are CURIEs (`UniProt:Q99720`) in their prefix's form.",
        "A wrong identifier joins this graph with something else: the worst fault it can have.",
        "write prefix:identifier exactly as the registry prints it",
        entity(more="    xrefs: [UniProt:SIGMA-1]\n"), entity(more="    xrefs: [CHEBI:0]\n"),
    ),
    Rule(
        "KG206", "unreadable value",
        "A value is a number as printed: `79`, `>10,000`, `39 ± 8`, `15 - 17`, `~5`.",
        "What cannot be read exactly would have to be guessed.",
        "put only the number into `value` and the unit into `unit`",
        value("39 nM (n=3)"), value("39"),
    ),
    Rule(
        "KG207", "unreadable date",
        "A date is a year or decade as printed: `1951`, `1960s`, `late 1970s`, `before 2004`.",
        "What cannot be read has no place in the order of time; it is kept, and listed last.",
        "give the year or decade that the document prints, and the rest in `note`",
        GOOD_CLAIM.replace("    basis", "    date: in my youth\n    basis"),
        GOOD_CLAIM.replace("    basis", "    date: late 1970s\n    basis"),
        severity="warning",
    ),
)  # fmt: skip
