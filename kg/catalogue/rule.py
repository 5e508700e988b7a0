"""`Rule`: one kind of problem, with its reason, an example and its repair."""

from __future__ import annotations

import msgspec

from kg.problems import Severity


class Rule(msgspec.Struct, frozen=True):
    """One kind of problem. `example` is YAML that has it (None: bytes are at fault), `repair` lacks it."""

    code: str
    name: str
    checks: str
    why: str
    fix: str
    example: str | None = None
    repair: str | None = None
    severity: Severity = "error"
