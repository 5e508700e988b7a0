"""YAML for the examples of the rules; it stands beside the shipped data and may name what is there."""

from __future__ import annotations

_CLAIM = """\
statements:
  - subject: {subject}
    predicate: {predicate}
    object: {object}
    basis: background
    evidence: [{{document: example-paper, at: {{section: Abstract}}}}]
documents: [{{id: example-paper, title: An example, kind: primary paper}}]
"""

_VALUE = """\
measurements:
  - id: example-value
    drug: igmesine
    target: sigma-1-receptor
    parameter: {parameter}
    value: "{value}"
{unit}    evidence: [{{document: B115768, at: {{table: "1", row: Sigma-1 Receptor}}}}]
"""


def claim(subject: str, predicate: str, object: str) -> str:
    """Return a statement with its document."""
    return _CLAIM.format(subject=subject, predicate=predicate, object=object)


def value(value: str, unit: str | None = "nM", parameter: str = "Kd") -> str:
    """Return a measurement at the sigma-1 receptor."""
    return _VALUE.format(value=value, parameter=parameter, unit=f"    unit: {unit}\n" if unit else "")


GOOD_CLAIM = claim("igmesine", "modulates", "bdnf")
TWICE = """\
document: {id: example-paper, title: An example, kind: primary paper}
passages:
  - at: {section: Abstract}
    statements: [{subject: igmesine, predicate: modulates, object: bdnf}]
  - at: {section: Discussion}
    statements: [{subject: igmesine, predicate: modulates, object: bdnf}]
"""
REPEATED = TWICE.rpartition("    statements")[0] + "    repeats: [igmesine.modulates.bdnf]\n"
ENTITY = "entities:\n  - id: {id}\n    name: {name}\n    category: {category}\n"


def entity(id: str = "example-drug", name: str = "exampline", category: str = "Drug", more: str = "") -> str:
    """Return an entity that a statement uses."""
    used = (
        "statements:\n"
        f"  - {{subject: {id}, predicate: interacts_with, object: sigma-1-receptor, basis: background,\n"
        "     evidence: [{document: B115768, at: {section: Abstract}}]}\n"
    )
    return ENTITY.format(id=id, name=name, category=category) + more + used
