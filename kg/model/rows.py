"""Rows of one kind as they are handed out: tuples that show themselves as tables and give frames."""

from __future__ import annotations

from kg.model.claims import Conflict, Entity, Statement
from kg.rich import Rows


class Entities(Rows[Entity]):
    """Entities, best first where they were searched for."""

    KIND = "entity"


class Statements(Rows[Statement]):
    """Claims, in the order of their files or of time."""

    KIND = "statement"


class Conflicts(Rows[Conflict]):
    """Conflicts, and what only looks like one."""

    KIND = "conflict"
