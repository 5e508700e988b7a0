"""A path as one line of English, in the graph's own words, never a document's."""

from __future__ import annotations

from kg.graph import Graph
from kg.paths.steps import Path, Step

_DOUBTED = ("claims oppose each other", "denied")
_NET = {"+": "raise", "-": "lower"}


def read_path(graph: Graph, path: Path) -> str:
    """Return what a path says, step by step, and what follows from it or why nothing does.

    >>> import kg
    >>> graph = kg.load()
    >>> read_path(graph.graph, graph.paths("imipramine", "serotonin")[0])
    'imipramine increases serotonin.'
    """
    told = graph.short(path.nodes[0])
    for step in path.steps:
        joint = "" if step is path.steps[0] else ", which" if _forward(graph, step) else ", and"
        told += f"{joint} {_verb(graph, step)}"
    if path.length == 1:
        reason = path.steps[0].reason
        return f"{told} (but: {reason})." if reason in _DOUBTED else f"{told}."
    ends = graph.short(path.nodes[0]), graph.short(path.nodes[-1])
    if path.sign in _NET:
        return f"{told}: by this path {ends[0]} would {_NET[path.sign]} {ends[1]}."
    step = path.withheld_by[0]
    why = f"{graph.short(step.source)} → {graph.short(step.target)}: {step.reason}"
    return f"{told}: in which direction {ends[0]} moves {ends[1]} does not follow ({why})."


def _verb(graph: Graph, step: Step) -> str:
    claim = next((item for item in step.statements if item.sign == step.sign), step.statements[0])
    label = graph.vocabulary.predicates[claim.predicate].label
    label = f"is {label}" if label.endswith("agonist of") else label
    if claim.subject == step.source:
        return f"{label} {graph.short(step.target)}"
    return f"{graph.short(claim.subject)} {label} it"


def _forward(graph: Graph, step: Step) -> bool:
    return not _verb(graph, step).endswith(" it")
