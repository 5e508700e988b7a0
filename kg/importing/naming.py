"""Entities that a table names: those of the graph by identifier or name, and new ones with new ids."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.graph import Graph
from kg.names import fold

_NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9_.\-]+")
Row = dict[str, str]


class Entities:
    """Finds what a table names, and makes what the graph has not. Two things never share a name."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._found: dict[tuple[str, str], str] = {}
        self._new: dict[str, Row] = {}
        self._names: set[str] = set()

    @property
    def made(self) -> tuple[Row, ...]:
        """Return the new entities, in the order in which the table named them."""
        return tuple(self._new.values())

    def identified(
        self, identifier: str, prefix: str | None, name: str, category: str, others: Iterable[str] = ()
    ) -> str:
        """Return the id of what has this identifier under a prefix; without a prefix, of what is called so.

        `others` are further CURIEs by which the graph may know it. Raises ValueError for an identifier that
        the prefix does not allow.
        """
        key = (prefix or "", identifier)
        if key not in self._found:
            curie = f"{prefix}:{identifier}" if prefix else None
            known = self._graph.vocabulary.prefixes.find(prefix) if prefix else None
            if known is not None and not known.accepts(identifier):
                raise ValueError(f"`{identifier[:60]}` is not an identifier of {prefix}")
            found = next(filter(None, map(self._known, (curie or identifier, *others))), None)
            xref = curie if known is not None else None
            self._found[key] = found or self._make(identifier, name or identifier, category, xref)
        return self._found[key]

    def called(self, name: str, category: str) -> str:
        """Return the id of what is called so."""
        return self.identified(name, None, name, category)

    def _known(self, name: str) -> str | None:
        found = self._graph.called(name)
        return found[0] if len(found) == 1 else None

    def _make(self, identifier: str, name: str, category: str, xref: str | None) -> str:
        plain = _NOT_IN_AN_ID.sub("-", identifier).strip("-._")[:120] or "thing"
        made, number = plain, 2
        while made in self._new or made in self._graph.entities:
            made, number = f"{plain}-{number}", number + 1
        shown = name if self._free(name) else f"{name} ({made})"
        self._names.add(fold(shown))
        self._new[made] = {"id": made, "name": shown, "category": category} | ({"xref": xref} if xref else {})
        return made

    def _free(self, name: str) -> bool:
        return fold(name) not in self._names and not self._graph.called(name)
