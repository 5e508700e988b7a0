"""What a query must not hold, checked on its text before the engine sees it, and where it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from kg.names import meant
from kg.problems import InvalidQuery

_NAMED = r"""(?: [^\s.<>"'{}()\[\],;|/^?*+!&=@\#$\\`~] | \\. )"""
_TOKEN = re.compile(
    rf"""
    \"{{3}} (?: [^"\\] | \\. | "(?!"") )* "{{3}}  # long text
  | '{{3}} (?: [^'\\] | \\. | '(?!'') )* '{{3}}
  | " (?: [^"\\\n\r] | \\. )* "                # text
  | ' (?: [^'\\\n\r] | \\. )* '
  | (?P<address> < (?: [^\x00-\x20<>"{{}}|^`\\] | \\u[0-9A-Fa-f]{{4}} | \\U[0-9A-Fa-f]{{8}} )* > )
  | \# [^\n\r]*                                # comment
  | [?$] \w+                                   # variable
  | (?P<name> (?:[A-Za-z][\w-]*)? : (?: {_NAMED} (?: \.* {_NAMED} )* )? )
  | (?P<word> [A-Za-z][\w-]* )
  | (?P<open> [({{\[] ) | (?P<close> [)}}\]] )
    """,
    re.DOTALL | re.VERBOSE,
)
"""What ends where must be as the engine has it: a word hidden from here would still be seen by the engine."""
_SEVERAL_DOTS = re.compile(r":[^\s<>\"'/]*\.[^\s<>\"'/]*\.")
_UNESCAPED_DOT = re.compile(r"(?<!\\)\.")
_READ_OTHERWISE = str.maketrans({"'": r"\u0027", "#": r"\u0023"})
_DEEPEST = 64


_OURS = "https://w3id.org/drug-mechanisms/"


def guarded(sparql: str, services: Collection[str] = (), holds: Callable[[str], bool] | None = None) -> str:
    """Return the query as the engine can take it; raises `InvalidQuery` for what it must not be given.

    `SERVICE` sends a request to any address, so only the addresses of `services` are let through; `FROM`
    names graphs of this store, which are the project's and those that it `holds`, never a file to fetch; deep
    nesting overflows the parser's stack. The dots of names such as `kg:B115768.ref.1` are escaped: SPARQL
    allows them, but Oxigraph's parser stops at the second one.
    """
    if _is_plain(sparql):
        return sparql
    depth = 0
    found = [match for match in _TOKEN.finditer(sparql) if not match[0].startswith("#")]
    for number, match in enumerate(found):
        depth += (match["open"] is not None) - (match["close"] is not None)
        if depth > _DEEPEST:
            raise InvalidQuery(_shown(sparql, match.start(), f"nested deeper than {_DEEPEST} brackets"))
        called = (match["word"] or (match["name"] or "").partition(":")[0]).upper()
        if called:
            _refuse(sparql, match.start(), called, found[number + 1 : number + 3], services, holds)
    return "".join(sent for _, sent in _pieces(sparql))


def _is_plain(sparql: str) -> bool:
    """Tell whether a query has nothing that could be refused or must be escaped, wherever it may stand."""
    letters = sparql.lower()
    if "service" in letters or "from" in letters or "load" in letters:
        return False
    opened = sparql.count("(") + sparql.count("{") + sparql.count("[")
    return opened <= _DEEPEST and _SEVERAL_DOTS.search(sparql) is None


def _refuse(
    sparql: str,
    offset: int,
    called: str,
    following: Sequence[re.Match[str]],
    services: Collection[str],
    holds: Callable[[str], bool] | None,
) -> None:
    """Raise `InvalidQuery` where a word and what follows it would reach beyond the store.

    The engine also reads words that stand together, `SERVICESILENT` or `trueSERVICE`, one by one.
    """
    behind = [match for match in following if match[0].upper() not in ("SILENT", "NAMED")]
    address = ((behind[0]["address"] or "") if behind else "").strip("<>")
    if called == "LOAD":
        raise InvalidQuery(_shown(sparql, offset, "LOAD is not allowed: the graph is only read"))
    if "SERVICE" in called and (called != "SERVICE" or address not in services):
        allowed = f"; allowed are {', '.join(sorted(services))}" if services else ""
        told = f"SERVICE is not allowed: it asks the network{allowed}"
        raise InvalidQuery(_shown(sparql, offset, told))
    if called == "FROM" and not _is_here(address, holds):
        told = "FROM can only name a graph of this store; nothing is fetched"
        raise InvalidQuery(_shown(sparql, offset, told))


def _is_here(address: str, holds: Callable[[str], bool] | None) -> bool:
    """Tell whether an address, empty for a name with a prefix, can be that of a graph of this store."""
    if ":" not in address or address.startswith(_OURS):
        return True
    return holds is not None and holds(address)


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


def _pieces(sparql: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a query as they are written, and as they are sent to the engine."""
    if _is_plain(sparql):
        yield sparql, sparql
        return
    end = 0
    for match in _TOKEN.finditer(sparql):
        yield sparql[end : match.start()], sparql[end : match.start()]
        yield match[0], _sent(match)
        end = match.end()
    yield sparql[end:], sparql[end:]


def _sent(match: re.Match[str]) -> str:
    """Return a token as it is sent; where `<` means «less than», no text or comment may begin behind it."""
    if match["address"]:
        return match[0].translate(_READ_OTHERWISE)
    several = match["name"] and len(_UNESCAPED_DOT.findall(match[0])) > 1
    return _UNESCAPED_DOT.sub(r"\\.", match[0]) if several else match[0]


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
    column = _column_as_written(sparql, number, int(place[2]))
    reason = place[3].splitlines()[0][:200] if sparql.strip() else "the query is empty"
    if "Prefix not found" in message:
        column, reason = _unknown_prefix(line, column, known)
    return _caret(line, number, column, reason)


def _line(text: str, number: int) -> str:
    lines = text.splitlines() or [""]
    return lines[min(number, len(lines)) - 1]


def _column_as_written(sparql: str, number: int, column: int) -> int:
    """Return the column of the query as written for a line and column of the query as sent."""
    pieces = list(_pieces(sparql))
    lines = "".join(sent for _, sent in pieces).split("\n")[: number - 1]
    left = sum(len(line) + 1 for line in lines) + column - 1
    offset = 0
    for written, sent in pieces:
        if left < len(sent):
            offset += min(left if sent == written else len(sent[:left].replace("\\.", ".")), len(written))
            break
        left, offset = left - len(sent), offset + len(written)
    return offset - (sparql.rfind("\n", 0, offset) + 1) + 1


def _unknown_prefix(line: str, column: int, known: dict[str, str]) -> tuple[int, str]:
    """Return where the undeclared prefix before a column begins, and what was probably meant."""
    used = list(re.finditer(r"([A-Za-z][\w.-]*)?:", line[: column + 1]))
    name = (used[-1][1] or "") if used else ""
    near = meant(name, known) or f"known are {', '.join(sorted(known))}"
    return (used[-1].start() + 1 if used else column), f"prefix `{name}:` is not declared; {near}"
