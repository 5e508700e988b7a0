"""Documents that a table's rows come from: the paper that a row names, else the table itself."""

from __future__ import annotations

import re

from kg.importing.mapping import Cited, Mapping
from kg.importing.naming import Row
from kg.vocabulary import Vocabulary

_NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9_.\-]+")
_RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.org/|doi:\s*", re.IGNORECASE)
_SEVERAL = re.compile(r"[\s,;|]")


class Sources:
    """Finds the document of each row, and makes it when it is first named.

    A cell with several identifiers, or with one that its prefix does not allow, names no single source: such
    a row is the table's. A paper is a document of its own for each table, for what is known of it is what
    the table tells.
    """

    def __init__(self, mapping: Mapping, vocabulary: Vocabulary) -> None:
        self._mapping, self._vocabulary = mapping, vocabulary
        self._found: dict[tuple[str, str], str] = {}
        self._new: dict[str, Row] = {}

    @property
    def made(self) -> tuple[Row, ...]:
        """Return the new documents, in the order in which the table named them."""
        return tuple(self._new.values())

    def of(self, row: Row) -> str:
        """Return the id of the document that a row comes from."""
        for source in self._mapping.sources:
            if name := row[source.column].strip():
                return self._named(source, _RESOLVER.sub("", name) if source.prefix == "DOI" else name)
        return self._mapping.document.id

    def _named(self, source: Cited, name: str) -> str:
        key = (source.column, name)
        if key not in self._found:
            sound = self._is_one(source, name)
            self._found[key] = self._make(source, name) if sound else self._mapping.document.id
        return self._found[key]

    def _is_one(self, source: Cited, name: str) -> bool:
        known = self._vocabulary.prefixes.find(source.prefix) if source.prefix else None
        return known.accepts(name) if known else not _SEVERAL.search(name)

    def _make(self, source: Cited, name: str) -> str:
        table = self._mapping.document
        shown = f"{source.prefix}:{name}" if source.prefix else name
        plain = f"{table.id}.{_NOT_IN_AN_ID.sub('-', shown).strip('-.')[:120]}"
        made, number = plain, 2
        while made in self._new:
            made, number = f"{plain}-{number}", number + 1
        row = {"id": made, "title": f"{shown}, as recorded in {table.title}", "kind": source.kind}
        self._new[made] = row | ({source.prefix.lower(): name} if source.prefix else {})
        return made
