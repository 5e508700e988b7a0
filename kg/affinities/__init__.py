"""Numbers against numbers: which cannot both hold, which may be pooled, and what follows from them."""

from __future__ import annotations

from kg.affinities.conflicts import conflicts

__all__ = ["conflicts"]
