"""What walks answer as plain dictionaries: the JSON of `kg effect` and its kin, with stable field names."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict

from kg.formats.rows import Row, path_row, statement_row
from kg.graph import Graph
from kg.model import Conflict
from kg.paths import Decisive, Effect, Predicted, Reversal, Route, WhatIf, conflicts_on, signs_of_path

MOST_SETS = 100
"""Decisive sets that are listed; `ties` counts them all."""


def effect_row(graph: Graph, found: Effect, conflicts: Sequence[Conflict]) -> Row:
    """Return an effect; of the derived paths the best of each sign, the others counted."""
    best = {sign: found.with_sign(sign)[:1] for sign in ("+", "-")}
    shown = [path for paths in ([found.direct] if found.direct else [], *best.values()) for path in paths]
    touched = {conflict.id: None for path in shown for conflict in conflicts_on(path, conflicts)}
    return {
        "source": found.source,
        "target": found.target,
        "answer": found.answer,
        "settled": found.settled,
        "stopped": found.stopped,
        "max_length": found.max_length,
        "agreement": found.agreement,
        "direct": {
            "answer": found.direct_answer,
            "statements": [statement_row(claim) for claim in found.direct.steps[0].statements]
            if found.direct
            else [],
            "denials": [statement_row(claim) for claim in found.denials],
        },
        "derived": {
            "answer": found.derived_answer,
            **counts_row([signs_of_path(path) for path in found.derived]),
            "best": {
                sign: path_row(graph, paths[0], conflicts) if paths else None for sign, paths in best.items()
            },
        },
        "decisive": decisive_row(graph, found.decisive),
        "conflicts": list(touched),
    }


def counts_row(signs: Sequence[frozenset[str]]) -> Row:
    """Return how many paths can raise, can lower and have no sign; one that can do both counts for both."""
    return {
        "paths": len(signs),
        "raising": sum("+" in could for could in signs),
        "lowering": sum("-" in could for could in signs),
        "unsigned": sum(not could for could in signs),
    }


def decisive_row(graph: Graph, found: Decisive) -> Row:
    """Return the first of the decisive sets, and the ids of the others."""
    return {
        "statements": [statement_row(graph.statements[name]) for name in found.statements],
        "becomes": found.becomes,
        "ties": len(found.sets),
        "sets": [list(names) for names in found.sets[:MOST_SETS]],
        "gave_up": found.gave_up,
    }


def what_if_row(graph: Graph, found: WhatIf, rows: Sequence[Predicted], conflicts: Sequence[Conflict]) -> Row:
    """Return what was perturbed and some of the predictions."""
    return {
        "perturbed": asdict(found.perturbed),
        "max_length": found.max_length,
        "stopped": found.stopped,
        "predictions": [predicted_row(graph, row, conflicts) for row in rows],
    }


def predicted_row(graph: Graph, row: Predicted, conflicts: Sequence[Conflict]) -> Row:
    """Return a prediction with the best path of each kind; a path's sign lacks that of the perturbation."""
    entity = graph.entities.get(row.entity)
    best = {"raised_by": row.raised_by, "lowered_by": row.lowered_by, "undirected": row.undirected}
    return {
        "entity": row.entity,
        "category": entity and entity.category,
        "direction": row.direction,
        "score": row.score,
        "raising": row.raising,
        "lowering": row.lowering,
        "unsigned": row.unsigned,
        **{kind: path and path_row(graph, path, conflicts) for kind, path in best.items()},
    }


def reversal_row(graph: Graph, found: Reversal, conflicts: Sequence[Conflict]) -> Row:
    """Return whether an effect would be abolished, every path with its blocks, and what tests it."""
    direct = found.direct.steps[0].statements if found.direct else ()
    return {
        "agonist": found.agonist,
        "antagonist": found.antagonist,
        "outcome": found.outcome,
        "max_length": found.max_length,
        "stopped": found.stopped,
        "abolished": found.abolished,
        "tested": found.tested,
        "direct": [statement_row(claim) for claim in direct],
        "routes": [route_row(graph, route, conflicts) for route in found.routes],
        "undirected": {entity: len(found.through(entity)) for entity in found.undirected},
        "experiments": [
            {"kind": row.kind, "statement": statement_row(row.statement)} for row in found.experiments
        ],
    }


def route_row(graph: Graph, route: Route, conflicts: Sequence[Conflict]) -> Row:
    """Return a path and where it is blocked, by which claims."""
    blocks = [
        {
            "entity": block.entity,
            "how": block.how,
            "statements": [claim.id for claim in block.step.statements],
        }
        for block in route.blocks
    ]
    return {"blocks": blocks, "path": path_row(graph, route.path, conflicts)}
