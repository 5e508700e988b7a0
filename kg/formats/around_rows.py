"""What is between and around entities as plain dictionaries: the JSON of the commands that ask for it."""

from __future__ import annotations

from kg.formats.rows import Row, statement_row, step_row
from kg.paths import Common, Explanation, Neighbours, Path, Shared, Subgraph


def explanation_row(found: Explanation) -> Row:
    """Return what joins several entities; `groups` are the asked ones that are joined with each other."""
    return {
        "entities": list(found.entities),
        "connected": found.connected,
        "groups": [list(group) for group in found.groups],
        "joints": list(found.joints),
        "meetings": list(found.meetings),
        "method": found.method,
        "score": found.score,
        "steps": [step_row(step) for step in found.steps],
        "documents": list(found.documents),
    }


def neighbours_row(found: Neighbours) -> Row:
    """Return what is around an entity; each neighbour has its best path."""
    return {
        "entity": found.entity,
        "hops": found.hops,
        "out": [{"entity": path.nodes[-1], **_path(path)} for path in found.outgoing],
        "in": [{"entity": path.nodes[0], **_path(path)} for path in found.incoming],
        "related": [statement_row(claim) for claim in found.related],
        "denied": [statement_row(claim) for claim in found.denied],
    }


def common_row(found: Common) -> Row:
    """Return what two entities have in common, with the best path of each side."""
    return {
        "one": found.one,
        "other": found.other,
        "hops": found.hops,
        "both_act_on": [_shared(row) for row in found.targets],
        "act_on_both": [_shared(row) for row in found.causes],
        "related": [
            {
                "entity": row.entity,
                "one": [statement_row(claim) for claim in row.one],
                "other": [statement_row(claim) for claim in row.other],
            }
            for row in found.related
        ],
    }


def subgraph_row(found: Subgraph) -> Row:
    """Return a part of the graph; `whole` tells whether all short paths were taken in."""
    return {
        "entities": list(found.entities),
        "between": list(found.between),
        "whole": found.whole,
        "statements": [statement_row(claim) for claim in found.statements],
    }


def _shared(row: Shared) -> Row:
    paths = {"one": _path(row.one), "other": _path(row.other)}
    return {"entity": row.entity, "agreement": row.agreement, "score": row.score, **paths}


def _path(path: Path) -> Row:
    return {
        "nodes": list(path.nodes),
        "sign": path.sign,
        "certainty": path.certainty,
        "basis": path.basis,
        "score": path.score,
        "steps": [step_row(step) for step in path.steps],
    }
