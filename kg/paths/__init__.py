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
from kg.paths.picture import as_mechanism, claims_as_mechanism, claims_of
from kg.paths.reading import read_path
from kg.paths.score import Factor
from kg.paths.search import Stream, Walkable, Wanted, find_paths, stream_paths
from kg.paths.steps import NetSign, Path, Paths, Step, Stopped, conflicts_on, make_path, make_step, net_sign
from kg.paths.subgraph import Subgraph, subgraph

__all__ = [
    "Arrows",
    "Common",
    "Explanation",
    "Factor",
    "Neighbours",
    "NetSign",
    "Path",
    "Paths",
    "Shared",
    "Step",
    "Stopped",
    "Stream",
    "Subgraph",
    "Walkable",
    "Wanted",
    "Way",
    "Which",
    "all_as_sparql",
    "as_mechanism",
    "as_sparql",
    "claims_as_mechanism",
    "claims_of",
    "common",
    "conflicts_on",
    "drawable",
    "explain",
    "find_paths",
    "make_path",
    "make_step",
    "neighbours",
    "net_sign",
    "read_path",
    "stream_paths",
    "subgraph",
]
