"""A query as every engine takes it: IRIs in full, and a page of it as a query of its own.

Engines differ in which prefixed names they can read (Oxigraph 0.5 and Virtuoso 7 stop at the second dot of
`kg:B115768.ref.1`), never in `<…>`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.sparql.guarding import tokens

_DECLARED = re.compile(r"\bPREFIX\s+([A-Za-z][\w.-]*)?:\s*<([^<>\s]*)>\s*", re.IGNORECASE)
_OWN_CUT = frozenset(("LIMIT", "OFFSET", "VALUES"))


def spelled_out(sparql: str, known: Mapping[str, str]) -> str:
    """Return a query without prefixes; its own declarations go before those that are `known`.

    >>> spelled_out("ASK { kg:a.b.c ?p 'kg:x' }", {"kg": "https://example.org/"})
    "ASK { <https://example.org/a.b.c> ?p 'kg:x' }"
    """
    own = {match[1] or "": match[2] for match in _DECLARED.finditer(sparql)}
    prefixes = {**known, **own}
    body = _DECLARED.sub("", sparql)
    pieces, end = [], 0
    for match in tokens(body):
        prefix, colon, local = (match["name"] or "").partition(":")
        if colon and prefix in prefixes:
            whole = local.replace("\\", "")
            pieces += [body[end : match.start()], f"<{prefixes[prefix]}{whole}>"]
            end = match.end()
        elif match[0].startswith("#"):
            pieces.append(body[end : match.start()])
            end = match.end()
    return "".join([*pieces, body[end:]]).strip()


def is_cut(sparql: str) -> bool:
    """Tell whether a query says itself how many rows it wants, or ends with values."""
    return bool(_words_outside(sparql) & _OWN_CUT)


def page_of(sparql: str, variables: tuple[str, ...], size: int, start: int) -> str:
    """Return the query for so many rows of a SELECT from row `start` on, in an order that stays.

    The order stands in a query within: Virtuoso sorts no more than 10,000 rows for a LIMIT beside it.
    """
    order = "" if "ORDER" in _words_outside(sparql) else f" ORDER BY {_listed(variables)}"
    return f"SELECT {_listed(variables)} WHERE {{ {{ {sparql}{order} }} }} LIMIT {size} OFFSET {start}"


def _listed(variables: tuple[str, ...]) -> str:
    return " ".join(f"?{name}" for name in variables)


def _words_outside(sparql: str) -> set[str]:
    """Return the words that stand in no bracket, in capitals."""
    depth, found = 0, set()
    for match in tokens(sparql):
        depth += (match["open"] is not None) - (match["close"] is not None)
        if depth == 0 and match["word"]:
            found.add(match["word"].upper())
    return found
