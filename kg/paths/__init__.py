"""Mechanism paths: simple chains of claims from cause to effect, with net sign, score, certainty and basis.

A path is simple on its nodes. Parallel claims between two entities are one step, so that a path is listed
once and shows every source of each of its steps. A step has a sign only if its signed claims agree and no
«tested, no effect» denies them, and a path only if all its steps have one; those that withhold it are named.
"""

from kg.paths.answers import drawable
from kg.paths.around import Neighbours, Way, neighbours
from kg.paths.arrows import Arrows, Which
from kg.paths.as_sparql import all_as_sparql, as_sparql
from kg.paths.between import Explanation, explain
from kg.paths.common import Common, Shared, common
from kg.paths.decisive import Decisive
from kg.paths.effect import Agreement, Effect, effect
from kg.paths.picture import as_mechanism, claims_as_mechanism, claims_of
from kg.paths.reading import read_path
from kg.paths.reversal import Block, Experiment, Kind, Reversal, Route, reversal
from kg.paths.score import Factor
from kg.paths.search import Stream, Walkable, Wanted, find_paths, stream_paths
from kg.paths.signs import Direction, direction_of, signs_of_path, signs_of_step
from kg.paths.steps import NetSign, Path, Paths, Step, Stopped, conflicts_on, make_path, make_step, net_sign
from kg.paths.subgraph import Subgraph, subgraph
from kg.paths.what_if import (
    Perturbed,
    Predicted,
    Predictions,
    WhatIf,
    as_prediction,
    perturbed_words,
    predicted,
    what_if,
)

__all__ = [
    "Agreement",
    "Arrows",
    "Block",
    "Common",
    "Decisive",
    "Direction",
    "Effect",
    "Experiment",
    "Explanation",
    "Factor",
    "Kind",
    "Neighbours",
    "NetSign",
    "Path",
    "Paths",
    "Perturbed",
    "Predicted",
    "Predictions",
    "Reversal",
    "Route",
    "Shared",
    "Step",
    "Stopped",
    "Stream",
    "Subgraph",
    "Walkable",
    "Wanted",
    "Way",
    "WhatIf",
    "Which",
    "all_as_sparql",
    "as_mechanism",
    "as_prediction",
    "as_sparql",
    "claims_as_mechanism",
    "claims_of",
    "common",
    "conflicts_on",
    "direction_of",
    "drawable",
    "effect",
    "explain",
    "find_paths",
    "make_path",
    "make_step",
    "neighbours",
    "net_sign",
    "perturbed_words",
    "predicted",
    "read_path",
    "reversal",
    "signs_of_path",
    "signs_of_step",
    "stream_paths",
    "subgraph",
    "what_if",
]
