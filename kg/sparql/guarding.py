"""What a query must not hold, checked on its text before the engine sees it, and where it cannot be read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence

from kg.names import meant
from kg.problems import InvalidQuery

_TOKEN = re.compile(
    r"""
    \"{3} (?: [^"\\] | \\. | "(?!"") )* "{3}  # long text
  | '{3} (?: [^'\\] | \\. | '(?!'') )* '{3}
  | " (?: [^"\\\n] | \\. )* "                # text
  | ' (?: [^'\\\n] | \\. )* '
  | < [^<>"{}|^`\\\x00-\x20]* >               # address
  | \# [^\r\n]*                               # comment
  | [?$] \w+                                  # variable
  | _: \w+ (?: [.-]+ \w+ )*                   # blank node
  | (?P<name> (?:[A-Za-z](?:[\w.-]{0,99}[\w-])?)? : (?: (?:[\w:%-]|\\.)+ (?: \. (?:[\w:%-]|\\.)+ )* )? )
  | (?P<word> [A-Za-z]+ )
  | (?P<open> [({\[] ) | (?P<close> [)}\]] )
    """,
    re.DOTALL | re.VERBOSE,
)
_GAP = r"(?: [\x20\t\r\n] | \# [^\r\n]* [\r\n] )*+"
_SERVICE = re.compile(
    rf"""
    (?<! [?$:] ) service {_GAP} (?: silent {_GAP} )?
    (?: < (?P<address> [^<>]* ) > | [?$] [^\x20\t\r\n{{}}\#]*+
      | [^\x20\t\r\n{{}}\#:?$<>"'\\]*+ : (?: \\. | [^\x20\t\r\n{{}}\#\\] )*+ )
    {_GAP} \{{
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A SERVICE clause wherever it is written, glued together (`SERVICESILENT`) or within a text or a remark.

SPARQL has four white characters. Others that `\\s` means, as U+1680, are letters of its names and addresses.
"""
_PLAIN = re.compile(
    r"""
    [^"'\#<\\]++ | <(?=[\x20\t\r\n]) | < [A-Za-z][A-Za-z0-9+.-]*+ :// [^<>"'{}|^`\\\x00-\x20]*+ >
  | (?P<silent> "(?:[^"\\\r\n]|\\[tbnrf"'\\])*+"(?!") | '(?:[^'\\\r\n]|\\[tbnrf"'\\])*+'(?!') | \#[^\r\n]*+ )
    """,
    re.VERBOSE,
)
"""What every reader takes for the same; `silent` are texts and remarks. Behind `?x<#a>` or `kg:\\#`, which an
engine may read otherwise than we, nobody can tell where these begin and end."""
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SEVERAL_DOTS = re.compile(r":[^\s<>\"'/]*\.[^\s<>\"'/]*\.")
_NEVER_PLAIN = ("service", "from", "load", "\\u")
_DEEPEST = 64
_JOINED = ("OPTIONAL", "MINUS", "BIND")
_MOST_JOINED = 1_000
"""The engine's stack ends between 2,000 and 3,000 of these one behind the other, and the process with it."""
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "WITH", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD")
_OURS = "https://w3id.org/drug-mechanisms/"


def guarded(sparql: str, services: Collection[str] = (), holds: Callable[[str], bool] | None = None) -> str:
    """Return the query as the engine can take it; raises `InvalidQuery` for what it must not be given.

    `SERVICE` sends a request to any address, so only the addresses of `services` are let through, also in
    what may be a text or a remark; `FROM` names graphs of this store, which are the project's and those that
    it `holds`, never a file to fetch; deep nesting overflows the parser's stack. The dots of names such as
    `kg:B115768.ref.1` are escaped: SPARQL allows them, but Oxigraph's parser stops at the second one.
    """
    if is_plain(sparql):
        return sparql
    _refuse_services(sparql, services)
    depth = joined = 0
    found = [match for match in tokens(sparql) if not match[0].startswith("#")]
    for number, match in enumerate(found):
        joined += (match["word"] or "").upper() in _JOINED
        if joined > _MOST_JOINED:
            told = f"more than {_MOST_JOINED:,} OPTIONAL, MINUS and BIND"
            raise InvalidQuery(_shown(sparql, match.start(), told))
        depth += (match["open"] is not None) - (match["close"] is not None)
        if depth > _DEEPEST:
            raise InvalidQuery(_shown(sparql, match.start(), f"nested deeper than {_DEEPEST} brackets"))
        following = [token[0] for token in found[number + 1 : number + 3]]
        _refuse(sparql, match, following, holds)
    return _escape_dots(sparql)


def is_plain(sparql: str) -> bool:
    """Tell whether a query has nothing that could be refused or must be escaped, wherever it may stand."""
    letters = sparql.lower()
    if any(part in letters for part in _NEVER_PLAIN):
        return False
    if sum(letters.count(word.lower()) for word in _JOINED) > _MOST_JOINED:
        return False
    opened = sparql.count("(") + sparql.count("{") + sparql.count("[")
    return opened <= _DEEPEST and _SEVERAL_DOTS.search(sparql) is None


def _refuse_services(sparql: str, services: Collection[str]) -> None:
    """Raise `InvalidQuery` for a clause that names no allowed address, whether escapes are read or not."""
    for text in dict.fromkeys((sparql, _ESCAPE.sub(_character, sparql))):
        silent = list(_silent(text)) if _SERVICE.search(text) else []
        for match in _SERVICE.finditer(text):
            if match["address"] in services or _is_within(match.start(), silent):
                continue
            allowed = f"; allowed are {', '.join(sorted(services))}" if services else ""
            told = f"SERVICE is not allowed: it asks the network{allowed}"
            raise InvalidQuery(_shown(text, match.start(), told))


def _is_within(place: int, stretches: Sequence[range]) -> bool:
    """Tell whether a place is in one of some stretches that follow each other."""
    after = bisect_right(stretches, place, key=lambda stretch: stretch.start)
    return after > 0 and place in stretches[after - 1]


def _silent(text: str) -> Iterator[range]:
    """Yield where the texts and remarks of a query are, as far as there is no doubt of them."""
    at = 0
    while match := _PLAIN.match(text, at):
        at = match.end()
        if match["silent"]:
            yield range(*match.span())


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match[0]


def _refuse(
    sparql: str, match: re.Match[str], following: list[str], holds: Callable[[str], bool] | None
) -> None:
    """Raise `InvalidQuery` where a word and what follows it would reach beyond the store."""
    word = (match["word"] or "").upper()
    behind = [token for token in following if token.upper() not in ("SILENT", "NAMED")]
    address = behind[0].strip("<>") if behind and behind[0].startswith("<") else ""
    if word == "LOAD":
        raise InvalidQuery(_shown(sparql, match.start(), "LOAD is not allowed: the graph is only read"))
    if word == "FROM" and not _is_here(address, holds):
        told = "FROM can only name a graph of this store; nothing is fetched"
        raise InvalidQuery(_shown(sparql, match.start(), told))


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


def own_prefixes(sparql: str) -> dict[str, str]:
    """Return the prefixes that a query declares itself, with their addresses as written.

    >>> own_prefixes("PREFIX d: <http://example.org/> ASK { d:imipramine ?p ?o }")
    {'d': 'http://example.org/'}
    """
    found = [match for match in tokens(sparql) if not match[0].startswith("#")]
    declarations = zip(found, found[1:], found[2:], strict=False)
    return {
        name[0][:-1]: address[0].strip("<>")
        for word, name, address in declarations
        if (word["word"] or "").upper() == "PREFIX" and name["name"] and name[0].endswith(":")
    }


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
        prefix, colon, local = (match["name"] or "").partition(":")
        if local.count(".") < 2:
            return match[0]
        return prefix + colon + re.sub(r"(?<!\\)\.", r"\.", local)

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
    begun = next((match for match in tokens(sparql) if match["word"]), None)
    if begun is not None and begun[0].upper() not in (*_FORMS, "PREFIX", "BASE"):
        return _shown(sparql, begun.start(), _no_form(begun[0]))
    stranger = _undeclared(sparql, known)
    if stranger is not None:
        return _shown(sparql, stranger.start(), _unknown_prefix(stranger["name"], known))
    said = re.search(r"The SELECT [^,]*", reason)  # among what is expected stands what is wrong
    return _caret(line, number, column, said[0] if said else reason)


def _no_form(word: str) -> str:
    near = None if word.upper() in _UPDATES else meant(word, _FORMS)
    return f"a query is a SELECT, ASK, CONSTRUCT or DESCRIBE; {near or 'the graph is only read'}"


def _line(text: str, number: int) -> str:
    lines = text.splitlines() or [""]
    return lines[min(number, len(lines)) - 1]


def _column_as_written(line: str, before: str) -> int:
    """Return the column behind `before`, the start of the line as the engine saw it, with dots escaped."""
    place = 0
    for character in before:
        place += line[place : place + 1] == character
    return place + 1


def _undeclared(sparql: str, known: Collection[str]) -> re.Match[str] | None:
    """Return the first name whose prefix neither the query nor the project declares."""
    declared = {*known, *own_prefixes(sparql)}
    return next((one for one in tokens(sparql) if one["name"] and _prefix(one["name"]) not in declared), None)


def _prefix(name: str) -> str:
    return name.partition(":")[0]


def _unknown_prefix(name: str, known: Collection[str]) -> str:
    """Return what to say of a name whose prefix is not declared."""
    prefix = _prefix(name)
    if prefix.lower() in ("http", "https", "urn", "mailto"):
        return f"an address stands in angle brackets: <{prefix}:…>"
    near = meant(prefix, known) or f"known are {', '.join(sorted(known))}"
    return f"prefix `{prefix}:` is not declared; {near}"
