"""Forecasts for the boxes of a diagram, from what would happen if entities were inhibited or drugs given."""

from __future__ import annotations

from collections.abc import Mapping

from kg.graph import Graph
from kg.paths import Direction, Path, Predicted, WhatIf, read_path
from kg.views.changes import Forecast
from kg.views.parts import Prediction
from kg.views.text import clean

_PREDICTIONS: dict[Direction, Prediction] = {
    "+": "predicted raised",
    "-": "predicted lowered",
    "both": "predicted both",
    "unknown": "predicted unknown",
}


def forecasts_of(graph: Graph, found: WhatIf) -> dict[str, Forecast]:
    """Return a forecast for everything that is perturbed or within reach."""
    signs = found.perturbed.signs
    given = {name: Forecast("set raised" if sign > 0 else "set lowered") for name, sign in signs.items()}
    return given | {
        row.entity: Forecast(_PREDICTIONS[row.direction], _details(graph, row, signs)) for row in found.rows
    }


def _details(graph: Graph, row: Predicted, signs: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    counts = f"{row.raising} raising, {row.lowering} lowering, {row.unsigned} without direction"
    return (("paths", counts), *(("best path", _told(graph, path, signs)) for path in row.paths))


def _told(graph: Graph, path: Path, signs: Mapping[str, int]) -> str:
    how = "raised" if signs[path.nodes[0]] > 0 else "lowered"
    start = f"with {graph.short(path.nodes[0])} {how}"
    return clean(f"{start}: {read_path(graph, path)} (score {path.score:.2g})")
