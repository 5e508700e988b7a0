"""Paths as SPARQL 1.1 over the project's RDF: what finds a path's claims again, step by step, in any engine.

A step may be claimed forwards (`a activates b`) or backwards (`b depends on a`): the ontology's
`kgo:causal_direction` tells, so that a query needs the ontology beside the data, as `kg build` writes it.
"""

from __future__ import annotations

import re
from itertools import combinations

from kg.graph import Graph
from kg.paths.arrows import Which
from kg.paths.steps import Path
from kg.vocabulary import KG, KGO

_PREFIXES = f"""\
PREFIX kg: <{KG}>
PREFIX kgo: <{KGO}>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""
_SIMPLE = re.compile(r"[A-Za-z0-9][\w-]*")
MOST = 4
"""Most steps that one query asks for: with each, it grows, and its answer may grow a hundredfold."""


def as_sparql(graph: Graph, path: Path, which: Which = Which()) -> str:  # noqa: B008 (it never changes)
    """Return a query whose rows are the claims of a path: the number of the step, and the claim.

    `which` is the choice of claims that the path was found with.

    >>> import kg
    >>> graph = kg.load()
    >>> path = graph.paths("igmesine", "cGMP")[1]
    >>> answer = graph.query(as_sparql(graph.graph, path))
    >>> [row["claim"] for row in answer][-1]
    'kg:soluble-guanylyl-cyclase.produces.cgmp'
    """
    said = " → ".join(_comment(graph.short(node)) for node in path.nodes)
    steps = [
        f"    # {number}. {_comment(graph.short(step.source))} acts on {_comment(graph.short(step.target))}\n"
        f"    BIND({number} AS ?step)\n"
        f"{_step(term_of(step.source), term_of(step.target), '', which, against=step.against)}"
        for number, step in enumerate(path.steps, 1)
    ]
    union = "  } UNION {\n".join(steps)
    select = "SELECT DISTINCT ?step ?claim WHERE {"
    return f"# {said}\n{_PREFIXES}{select}\n  {{\n{union}  }}\n}} ORDER BY ?step ?claim\n"


def all_as_sparql(
    source: str,
    target: str,
    max_length: int,
    which: Which = Which(),  # noqa: B008 (it never changes)
) -> str:
    """Return a query whose rows are the entities of every path of at most `max_length` steps.

    It is a union of lengths: SPARQL's own paths (`a+`) neither tell what they passed nor keep from passing it
    twice. A shorter path leaves the last variables unbound. Raises ValueError where there are more than
    `MOST` steps or less than one, or where arrows may be walked backwards.
    """
    if not 1 <= max_length <= MOST:
        raise ValueError(f"one query can ask for 1 to {MOST} steps, not {max_length}")
    if which.undirected:
        raise ValueError("one query asks for steps along the arrows only")
    lengths = [_of_length(source, target, length, which) for length in range(1, max_length + 1)]
    nodes = " ".join(f"?node{number}" for number in range(max_length + 1))
    union = "  } UNION {\n".join(lengths)
    return f"{_PREFIXES}SELECT DISTINCT {nodes} WHERE {{\n  {{\n{union}  }}\n}}\n"


def _of_length(source: str, target: str, length: int, which: Which) -> str:
    nodes = [f"?node{number}" for number in range(length + 1)]
    ends = [term_of(source), *nodes[1:-1], term_of(target)]
    steps = [_step(ends[at], ends[at + 1], str(at + 1), which) for at in range(length)]
    bound = f"    BIND({ends[0]} AS {nodes[0]}) BIND({ends[-1]} AS {nodes[-1]})\n"
    apart = " && ".join(f"{one} != {other}" for one, other in combinations(ends, 2))
    return f"    # {length} step{'s' * (length > 1)}\n{''.join(steps)}{bound}    FILTER({apart})\n"


def _step(cause: str, effect: str, number: str, which: Which, *, against: bool = False) -> str:
    """Return the pattern of the claims of a step; with `against`, of those the other way too."""
    claim, acts = f"?claim{number}", f"?acts{number}"
    directions = [(cause, effect, "forward"), (effect, cause, "backward")]
    if which.undirected or against:
        directions += [(effect, cause, "forward"), (cause, effect, "backward")]
    either = " UNION ".join(
        f'{{\n      {one} {acts} {other} . {acts} kgo:causal_direction "{way}" .\n'
        f"      {claim} rdf:subject {one} ; rdf:predicate {acts} ; rdf:object {other} .\n    }}"
        for one, other, way in directions
    )
    limits = "".join(f"    {line}\n" for line in _limits(claim, acts, number, which))
    return (
        f'    {either}\n    {claim} kgo:polarity "asserted" .\n'
        f"    FILTER NOT EXISTS {{ {claim} kgo:than ?third{number} }}\n{limits}"
    )


def _limits(claim: str, acts: str, number: str, which: Which) -> list[str]:
    """Return the lines that leave out claims as `Which.fits` does."""
    lines = []
    if which.basis == "document":
        lines.append(f'{claim} kgo:basis "document" .')
    if which.predicates:
        names = ", ".join(f"kgo:{name}" for name in sorted(which.predicates))
        lines.append(f"FILTER({acts} IN ({names}))")
    if which.document is not None:
        lines.append(f"FILTER EXISTS {{ {claim} kgo:evidence/kgo:document {term_of(which.document)} }}")
    if which.species is not None:
        other = f"?species{number}"
        same = f"FILTER({other} != {term_of(which.species)})"
        lines.append(f"FILTER NOT EXISTS {{ {claim} kgo:species {other} . {same} }}")
    return lines


def term_of(name: str) -> str:
    """Return an id as it is written in a query: with a prefix where the rest is a plain name.

    >>> term_of("sigma-1-receptor"), term_of("B157457.ref.3")
    ('kg:sigma-1-receptor', '<https://w3id.org/drug-mechanisms/B157457.ref.3>')
    """
    return f"kg:{name}" if _SIMPLE.fullmatch(name) else f"<{KG}{name}>"


def _comment(text: str) -> str:
    return " ".join(text.split())
