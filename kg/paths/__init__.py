"""Mechanism paths: simple chains of claims from cause to effect, with net sign, score, certainty and basis.

A path is simple on its nodes. Parallel claims between two entities are one step, so that a path is listed
once and shows every source of each of its steps. A step has a sign only if its signed claims agree and no
«tested, no effect» denies them, and a path only if all its steps have one; those that withhold it are named.
"""

from kg.paths.arrows import Arrows, Which
from kg.paths.decisive import Decisive
from kg.paths.effect import Agreement, Effect, effect
from kg.paths.picture import as_mechanism
from kg.paths.reading import read_path
from kg.paths.reversal import Block, Experiment, Kind, Reversal, Route, reversal
from kg.paths.score import Factor
from kg.paths.search import Wanted, find_paths
from kg.paths.signs import Direction, direction_of, signs_of_path, signs_of_step
from kg.paths.steps import NetSign, Path, Paths, Step, Stopped, conflicts_on, make_path, make_step, net_sign
from kg.paths.what_if import Perturbed, Predicted, WhatIf, as_prediction, perturbed_words, predicted, what_if

__all__ = [
    "Agreement",
    "Arrows",
    "Block",
    "Decisive",
    "Direction",
    "Effect",
    "Experiment",
    "Factor",
    "Kind",
    "NetSign",
    "Path",
    "Paths",
    "Perturbed",
    "Predicted",
    "Reversal",
    "Route",
    "Step",
    "Stopped",
    "Wanted",
    "WhatIf",
    "Which",
    "as_mechanism",
    "as_prediction",
    "conflicts_on",
    "direction_of",
    "effect",
    "find_paths",
    "make_path",
    "make_step",
    "net_sign",
    "perturbed_words",
    "predicted",
    "read_path",
    "reversal",
    "signs_of_path",
    "signs_of_step",
    "what_if",
]
