"""CURIEs (`UniProt:Q99720`) and the extended prefix map that expands them.

The map is `ontology/prefixes.json`, in the format of the `curies` package (a JSON list of records).
"""

from __future__ import annotations

import re
from functools import cached_property

import msgspec


class Prefix(msgspec.Struct, frozen=True, omit_defaults=True):
    """A prefix, the address it stands for, and the shape of what may follow it."""

    prefix: str
    uri_prefix: str
    prefix_synonyms: tuple[str, ...] = ()
    uri_prefix_synonyms: tuple[str, ...] = ()
    pattern: str | None = None

    def accepts(self, identifier: str) -> bool:
        """Tell whether the local identifier has the shape this prefix asks for."""
        return self.pattern is None or re.fullmatch(self.pattern, identifier) is not None


class PrefixMap(msgspec.Struct, frozen=True, dict=True):
    """All prefixes, found by name or synonym in any letter case."""

    prefixes: tuple[Prefix, ...]

    def __hash__(self) -> int:
        return len(self.prefixes)  # what is remembered by a map is found without reading all of it

    def find(self, prefix: str) -> Prefix | None:
        """Return the prefix called so, or None."""
        wanted = prefix.casefold()
        for record in self.prefixes:
            if wanted in {name.casefold() for name in (record.prefix, *record.prefix_synonyms)}:
                return record
        return None

    def names(self) -> tuple[str, ...]:
        """Return the preferred spelling of every prefix."""
        return tuple(record.prefix for record in self.prefixes)

    def expand(self, curie: str) -> str | None:
        """Return the IRI that a CURIE stands for, or None when its prefix is unknown."""
        parts = split(curie)
        record = self.find(parts[0]) if parts else None
        return record.uri_prefix + parts[1] if record and parts else None

    def canonical(self, curie: str) -> str:
        """Return the CURIE with its prefix in the preferred spelling, or as it is when that is unknown."""
        parts = split(curie)
        record = self.find(parts[0]) if parts else None
        return f"{record.prefix}:{parts[1]}" if record and parts else curie

    def compress(self, iri: str) -> str:
        """Return the CURIE for an IRI (longest matching address wins), or the IRI itself.

        An IRI whose rest would not be a local name, such as one with a slash, stays as it is.
        """
        found = self._address.fullmatch(iri)
        return f"{self._shortest[found[1]]}:{found[2]}" if found else iri

    def named_in(self, text: str) -> dict[str, str]:
        """Return the addresses of the prefixes that a text may use: whose name and colon stand in it."""
        ends = dict.fromkeys([part[-1:] for part in text.split(":")])
        return {
            prefix: address
            for end in ends
            for mark, prefix, address in self._marks.get(end, ())
            if mark in text
        }

    @cached_property
    def _marks(self) -> dict[str, list[tuple[str, str, str]]]:
        """Names with their colon, and prefixes with their addresses, by the last letter of the name."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        for record in self.prefixes:
            mark = (f"{record.prefix}:", record.prefix, record.uri_prefix)
            found.setdefault(record.prefix[-1:], []).append(mark)
        return found

    @cached_property
    def _shortest(self) -> dict[str, str]:
        """Prefixes by the address they stand for; the first where several do."""
        return {record.uri_prefix: record.prefix for record in reversed(self.prefixes)}

    @cached_property
    def _address(self) -> re.Pattern[str]:
        """What an IRI with a CURIE looks like; only the longest address is tried."""
        longest_first = sorted(self._shortest, key=len, reverse=True)
        return re.compile(rf"(?>({'|'.join(map(re.escape, longest_first)) or '(?!)'}))([\w.+-]+)")


def split(curie: str) -> tuple[str, str] | None:
    """Return prefix and local identifier, or None when the text is not a CURIE.

    >>> split("UniProt:Q99720")
    ('UniProt', 'Q99720')
    >>> split("Q99720") is None
    True
    """
    match = re.fullmatch(r"([A-Za-z_][\w.-]*):([^\s:/<>\"][^\s<>\"]*)", curie)
    return (match[1], match[2]) if match else None


def read_prefixes(data: bytes) -> PrefixMap:
    """Read an extended prefix map; raises `msgspec.ValidationError` when it is not one."""
    return PrefixMap(msgspec.json.decode(data, type=tuple[Prefix, ...]))
