"""What a query must not hold, checked on its text before the engine sees it, and where it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kg.names import meant
from kg.problems import InvalidQuery

_TOKEN = re.compile(
    r"""
    \"{3} (?: [^"\\] | \\. | "(?!"") )* "{3}  # long text
  | '{3} (?: [^'\\] | \\. | '(?!'') )* '{3}
  | " (?: [^"\\\n] | \\. )* "                # text
  | ' (?: [^'\\\n] | \\. )* '
  | < [^<>\s]* >                              # address
  | \# [^\n]*                                 # comment
  | [?$] \w+                                  # variable
  | (?P<name> (?:[A-Za-z][\w-]*)? : (?: [\w%-]+ (?: \. [\w%-]+ )* )? )
  | (?P<word> [A-Za-z]+ )
  | (?P<open> [({\[] ) | (?P<close> [)}\]] )
    """,
    re.DOTALL | re.VERBOSE,
)
_DEEPEST = 64


_OURS = "https://w3id.org/drug-mechanisms/"


def guarded(sparql: str, services: Collection[str] = ()) -> str:
    """Return the query as the engine can take it; raises `InvalidQuery` for what it must not be given.

    `SERVICE` sends a request to any address, so only the addresses of `services` are let through; `FROM`
    names graphs of this store, never a file to fetch; deep nesting overflows the parser's stack. The dots
    of names such as `kg:B115768.ref.1` are escaped: SPARQL allows them, but Oxigraph's parser stops at the
    second one.
    """
    depth = 0
    tokens = [match for match in _TOKEN.finditer(sparql) if not match[0].startswith("#")]
    for number, match in enumerate(tokens):
        depth += (match["open"] is not None) - (match["close"] is not None)
        if depth > _DEEPEST:
            raise InvalidQuery(_shown(sparql, match.start(), f"nested deeper than {_DEEPEST} brackets"))
        following = [token[0] for token in tokens[number + 1 : number + 3]]
        _refuse(sparql, match, following, services)
    return _escape_dots(sparql)


def _refuse(sparql: str, match: re.Match[str], following: list[str], services: Collection[str]) -> None:
    """Raise `InvalidQuery` where a word and what follows it would reach beyond the store."""
    word = (match["word"] or "").upper()
    behind = [token for token in following if token.upper() not in ("SILENT", "NAMED")]
    address = behind[0] if behind and behind[0].startswith("<") else ""
    if word == "LOAD":
        raise InvalidQuery(_shown(sparql, match.start(), "LOAD is not allowed: the graph is only read"))
    if word == "SERVICE" and address.strip("<>") not in services:
        allowed = f"; allowed are {', '.join(sorted(services))}" if services else ""
        told = f"SERVICE is not allowed: it asks the network{allowed}"
        raise InvalidQuery(_shown(sparql, match.start(), told))
    if word == "FROM" and address and not address.startswith(f"<{_OURS}"):
        told = "FROM can only name a graph of this store; nothing is fetched"
        raise InvalidQuery(_shown(sparql, match.start(), told))


def tokens(sparql: str) -> Iterator[re.Match[str]]:
    """Yield what a query is made of, with the groups `name`, `word`, `open` and `close`."""
    return _TOKEN.finditer(sparql)


def names_in(sparql: str) -> Iterator[str]:
    """Yield the prefixed names that a query uses, without those in texts and comments."""
    for match in _TOKEN.finditer(sparql):
        if match["name"]:
            yield match["name"]


def after_where(sparql: str) -> int:
    """Return the place behind the brace of the query's own WHERE; raises `InvalidQuery` without one."""
    depth, where = 0, False
    for match in _TOKEN.finditer(sparql):
        where = where or (depth == 0 and (match["word"] or "").upper() == "WHERE")
        if where and match["open"] == "{":
            return match.end()
        depth += (match["open"] is not None) - (match["close"] is not None)
    raise InvalidQuery("the query has no WHERE to put values in")


def _escape_dots(sparql: str) -> str:
    def escaped(match: re.Match[str]) -> str:
        name = match["name"]
        return name.replace(".", "\\.") if name and name.count(".") > 1 else match[0]

    return _TOKEN.sub(escaped, sparql)


def _shown(sparql: str, offset: int, reason: str) -> str:
    """Return a reason with the line and column of an offset, and a caret under it."""
    number = sparql.count("\n", 0, offset) + 1
    column = offset - (sparql.rfind("\n", 0, offset) + 1) + 1
    return _caret(_line(sparql, number), number, column, reason)


def _caret(line: str, number: int, column: int, reason: str) -> str:
    return f"line {number}, column {column}: {reason}\n  {line}\n  {' ' * (column - 1)}^"


def explained(message: str, sparql: str, known: dict[str, str]) -> str:
    """Return a syntax error with the line it is in and a caret under the place."""
    place = re.search(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not place:
        return message
    number = int(place[1])
    line = _line(sparql, number)
    column = _column_as_written(line, _line(_escape_dots(sparql), number)[: int(place[2]) - 1])
    reason = place[3].splitlines()[0][:200] if sparql.strip() else "the query is empty"
    if "Prefix not found" in message:
        column, reason = _unknown_prefix(line, column, known)
    return _caret(line, number, column, reason)


def _line(text: str, number: int) -> str:
    lines = text.splitlines() or [""]
    return lines[min(number, len(lines)) - 1]


def _column_as_written(line: str, before: str) -> int:
    """Return the column behind `before`, the start of the line as the engine saw it, with dots escaped."""
    place = 0
    for character in before:
        place += line[place : place + 1] == character
    return place + 1


def _unknown_prefix(line: str, column: int, known: dict[str, str]) -> tuple[int, str]:
    """Return where the undeclared prefix before a column begins, and what was probably meant."""
    used = list(re.finditer(r"([A-Za-z][\w.-]*)?:", line[: column + 1]))
    name = (used[-1][1] or "") if used else ""
    near = meant(name, known) or f"known are {', '.join(sorted(known))}"
    return (used[-1].start() + 1 if used else column), f"prefix `{name}:` is not declared; {near}"
