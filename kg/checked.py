"""`Checked`: what reading and checking gives, and what the compiled cache stores. Light to import."""

from __future__ import annotations

import msgspec

from kg.model import KnowledgeBase
from kg.problems import Problem
from kg.vocabulary import Vocabulary


class Checked(msgspec.Struct, frozen=True):
    """The sound part of the data, the vocabulary, and every problem, sorted."""

    knowledge: KnowledgeBase
    vocabulary: Vocabulary
    problems: tuple[Problem, ...]
