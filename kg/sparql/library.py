"""The library of questions: `ontology/queries/*.rq`, each with what it asks, its parameters and its SPARQL.

The comment at the head of a file is the question; its lines `# name: type = default` are parameters. A value
is put in as a term, by a VALUES clause that stands first in the query's WHERE; text is never pasted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import get_args

import msgspec

from kg.graph import Graph
from kg.names import nearest
from kg.problems import InvalidQuery, UnknownName
from kg.sparql.guarding import after_where
from kg.sparql.values import ValueKind, term_of

_PARAMETER = re.compile(r"([a-z]\w*): (\w+) = (.+)")


def given_values(words: Iterable[str]) -> dict[str, str]:
    """Return values by name as they are typed; raises ValueError for what is none.

    >>> given_values(["--drug", "imipramine", "--ki=10nM"])
    {'drug': 'imipramine', 'ki': '10nM'}
    """
    found: dict[str, str] = {}
    words = iter(words)
    for word in words:
        name, mark, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise ValueError(f"{word!r} is no parameter: write --NAME VALUE")
        following = value if mark else next(words, None)
        if following is None:
            raise ValueError(f"--{name} needs a value")
        found[name.replace("-", "_")] = following
    return found


class QueryParameter(msgspec.Struct, frozen=True):
    """What may be given to a question: the variable of this name; `any` leaves it open."""

    name: str
    kind: ValueKind
    default: str

    def __str__(self) -> str:
        return f"--{self.name} {self.kind.upper()} (default {self.default})"


class NamedQuery(msgspec.Struct, frozen=True):
    """A question of the library."""

    name: str
    question: str
    parameters: tuple[QueryParameter, ...]
    sparql: str

    def with_values(self, graph: Graph, values: Mapping[str, object]) -> str:
        """Return the SPARQL with these values, and defaults for the others, put in.

        Raises `UnknownName` for a parameter or value that is not known, and `InvalidQuery` for a value that
        cannot be read.
        """
        known = [parameter.name for parameter in self.parameters]
        for name in values:
            if name not in known:
                raise UnknownName(f"parameter of {self.name}", name, nearest(name, known) or known)
        if not self.parameters:
            return self.sparql
        given = [self._term(graph, one, values.get(one.name, one.default)) for one in self.parameters]
        clause = f"VALUES ({' '.join(f'?{name}' for name in known)}) {{ ({' '.join(given)}) }}"
        at = after_where(self.sparql)
        return f"{self.sparql[:at]}\n  {clause}{self.sparql[at:]}"

    def _term(self, graph: Graph, parameter: QueryParameter, value: object) -> str:
        try:
            found = term_of(graph, parameter.kind, str(getattr(value, "id", value)))
        except ValueError as error:
            raise InvalidQuery(f"{parameter.name}: {error}") from None
        return "UNDEF" if found is None else str(found)


def read_library(folder: Path) -> tuple[NamedQuery, ...]:
    """Return the questions of a folder, by name."""
    return tuple(read_question(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.rq")))


def read_question(name: str, text: str) -> NamedQuery:
    r"""Read one question; raises ValueError where a parameter has an unknown type.

    >>> read_question("drugs", "# What is a drug?\n# of: entity = any\nSELECT …").parameters[0].kind
    'entity'
    """
    lines = text.splitlines()
    head = [line.removeprefix("#").strip() for line in takewhile(lambda line: line.startswith("#"), lines)]
    found = [(line, _PARAMETER.fullmatch(line)) for line in head]
    parameters = [_parameter(*match.groups()) for _, match in found if match]
    question = " ".join(line for line, match in found if not match)
    return NamedQuery(name, question, tuple(parameters), "\n".join(lines[len(head) :]) + "\n")


def _parameter(name: str, kind: str, default: str) -> QueryParameter:
    if kind not in get_args(ValueKind):
        raise ValueError(f"{name} has the unknown type {kind}")
    return QueryParameter(name, msgspec.convert(kind, ValueKind), default.strip())


def question_named(library: Sequence[NamedQuery], name: str) -> NamedQuery:
    """Return the question of this name; raises `UnknownName` with the nearest."""
    for known in library:
        if known.name == name:
            return known
    raise UnknownName("question", name, nearest(name, [known.name for known in library]))
