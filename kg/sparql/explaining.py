"""What can be known of how a query is answered: its full text, its algebra, and how long it takes.

Oxigraph's Python package shows no plan. The algebra is rdflib's translation of the query: which operators it
is made of, not in which order Oxigraph joins them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from kg.curie import PrefixMap
from kg.sparql.asking import declared
from kg.sparql.frames import Timings
from kg.sparql.guarding import names_in

_DETAILS = {"Slice": ("start", "length"), "Graph": ("term",), "ServiceGraphPattern": ("term",)}
_JOINED = {"ConditionalAndExpression": "&&", "ConditionalOrExpression": "||"}


class Explanation(msgspec.Struct, frozen=True):
    """A query with its prefixes, its algebra (None where rdflib cannot read it), and its times."""

    query: str
    algebra: str | None
    timings: Timings


def with_prefixes(sparql: str, prefixes: PrefixMap) -> str:
    """Return a query with the declarations of the prefixes that it uses without declaring them.

    >>> from kg.curie import Prefix
    >>> known = PrefixMap((Prefix("kg", "https://w3id.org/drug-mechanisms/"),))
    >>> with_prefixes("ASK { kg:igmesine ?p ?o }", known).splitlines()[0]
    'PREFIX kg: <https://w3id.org/drug-mechanisms/>'
    """
    known = declared(prefixes)
    names = [name.partition(":") for name in names_in(sparql)]
    own = {prefix for prefix, _, local in names if not local}
    used = dict.fromkeys(prefix for prefix, _, _ in names if prefix in known and prefix not in own)
    return "".join(f"PREFIX {prefix}: <{known[prefix]}>\n" for prefix in used) + sparql.strip()


def algebra_of(sparql: str, prefixes: PrefixMap) -> str | None:
    """Return the algebra of a query, an operator a line, or None where rdflib cannot read it."""
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        translated = translateQuery(parseQuery(with_prefixes(sparql, prefixes)))
    except Exception:  # its parser and translator raise errors of many unrelated kinds
        return None
    return "\n".join(_Printed(prefixes).operator(translated.algebra, 0))


class _Printed:
    """Prints rdflib's algebra, IRIs as CURIEs."""

    def __init__(self, prefixes: PrefixMap) -> None:
        self._prefixes = prefixes

    def operator(self, node: Mapping[str, Any], depth: int) -> Iterator[str]:
        """Yield the line of an operator, then those of what it works on."""
        name, indent = getattr(node, "name", ""), "  " * depth
        yield f"{indent}{name} {self._details(name, node)}".rstrip()
        for triple in _of(node, "triples") or ():
            yield f"{indent}  {' '.join(map(self.term, triple))}"
        for row in _of(node, "res") or () if name == "values" else ():
            bound = (f"{self.term(key)} = {self.term(value)}" for key, value in row.items())
            yield f"{indent}  {', '.join(bound)}"
        for part in ("p", "p1", "p2"):
            if hasattr(_of(node, part), "name"):
                yield from self.operator(node[part], depth + 1)

    def _details(self, name: str, node: Mapping[str, Any]) -> str:
        match name:
            case "Project":
                return " ".join(map(self.term, node["PV"]))
            case "Filter" | "LeftJoin":
                told = self.term(node["expr"])
                return "" if told == "TrueFilter" else told
            case "Extend":
                return f"{self.term(node['var'])} = {self.term(node['expr'])}"
            case "AggregateJoin":
                return ", ".join(f"{self.term(one['res'])} = {self.term(one)}" for one in node["A"])
            case "Group":
                return ", ".join(map(self.term, _of(node, "expr") or ()))
            case "OrderBy":
                ordered = ((_of(one, "order"), self.term(one["expr"])) for one in node["expr"])
                return ", ".join(f"{order}({text})" if order else text for order, text in ordered)
            case _:
                return " ".join(self.term(node[key]) for key in _DETAILS.get(name, ()) if key in node)

    def term(self, found: Any) -> str:
        """Return a term, path or expression as SPARQL writes it, as near as may be."""
        from rdflib import Literal, URIRef, Variable
        from rdflib.paths import Path

        if hasattr(found, "name"):
            return self._expression(found.name, found)
        if isinstance(found, list | tuple):
            return f"({', '.join(map(self.term, found))})"
        if isinstance(found, Variable):
            return f"?{found}"
        if isinstance(found, URIRef):
            short = self._prefixes.compress(str(found))
            return short if short != str(found) else f"<{found}>"
        if isinstance(found, Literal):
            return str(found) if isinstance(found.value, int | Decimal) else str(found.n3())
        if isinstance(found, Path):
            return str(found.n3(_Names(self._prefixes)))  # type: ignore[arg-type]
        return str(found)

    def _expression(self, name: str, found: Mapping[str, Any]) -> str:
        if name in _JOINED:
            parts = [found["expr"], *found["other"]]
            return f" {_JOINED[name]} ".join(map(self.term, parts))
        match name:
            case "RelationalExpression":
                return f"{self.term(found['expr'])} {found['op']} {self.term(found['other'])}"
            case "AdditiveExpression" | "MultiplicativeExpression":
                pairs = zip(found["op"], found["other"], strict=True)
                rest = "".join(f" {sign} {self.term(other)}" for sign, other in pairs)
                return self.term(found["expr"]) + rest
            case "UnaryNot" | "UnaryMinus":
                return f"{'!' if name == 'UnaryNot' else '-'}{self.term(found['expr'])}"
            case "Builtin_EXISTS" | "Builtin_NOTEXISTS":
                return f"{name.removeprefix('Builtin_').replace('NOT', 'NOT ')} {{ … }}"
            case _:
                return self._call(name, found)

    def _call(self, name: str, found: Mapping[str, Any]) -> str:
        """Return a function or aggregate with its arguments, in the order in which rdflib names them."""
        kind, _, rest = name.partition("_")
        if kind not in ("Builtin", "Aggregate", "Function"):
            return name
        called = self.term(found["iri"]) if kind == "Function" else rest.strip("_").upper()
        keys = ("vars", "expr", "arg", "arg1", "arg2", "arg3", "text", "pattern", "start", "length", "flags")
        given = [self.term(found[key]) for key in keys if _of(found, key) is not None]
        distinct = "DISTINCT " if _of(found, "distinct") else ""
        return f"{called}({distinct}{', '.join(given)})"


def _of(node: Mapping[str, Any], key: str) -> Any:
    """Return a part of rdflib's node; its own `get` gives the key back where there is none."""
    return node[key] if key in node else None  # noqa: SIM401


class _Names:
    """What rdflib asks for the short name of an IRI within a path."""

    def __init__(self, prefixes: PrefixMap) -> None:
        self._prefixes = prefixes

    def normalizeUri(self, address: str) -> str:
        short = self._prefixes.compress(address)
        return short if short != address else f"<{address}>"
