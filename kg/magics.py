"""`%load_ext kg`: `%%sparql` answers the SPARQL of a cell, `%sparql NAME` a question of the library.

What is wrong is shown as the shell shows it, without a traceback, and ends the run of a notebook as well.
"""

from __future__ import annotations

import shlex
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import MutableMapping, Sequence
from functools import cached_property
from math import inf
from typing import Any, NoReturn, Protocol

from kg.knowledge_graph import KnowledgeGraph, load
from kg.names import nearest
from kg.problems import KgError
from kg.resources import folder
from kg.rich import Library
from kg.sparql import Answer, Table
from kg.sparql.library import given_values

_MEMORY = 2 * 1024**3
_LIBRARIES: tuple[Library, ...] = ("pandas", "polars")


class Shell(Protocol):
    """What is asked of IPython."""

    user_ns: MutableMapping[str, Any]

    def register_magic_function(self, func: Any, magic_kind: str, magic_name: str) -> None:
        """Make a function a magic."""


class Refused(Exception):
    """What was asked cannot be answered; shown by its message alone."""

    def _render_traceback_(self) -> list[str]:
        return [f"Error: {self}"]


class _Options(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Refused(f"{message}\n{self.format_usage().strip()}")


class Sparql:
    """The magic `sparql` of one shell."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def cell(self, line: str, cell: str) -> Any:
        """Answer the SPARQL of this cell. The project's prefixes are declared.

        %%sparql [--graph VARIABLE] [--into VARIABLE] [--frame pandas|polars] [--timeout SECONDS]

        Without --graph the only KnowledgeGraph among the variables is asked, or the shipped one where there
        is none. --into also keeps the answer under a name, --frame makes a frame of it.
        """
        options = _options("%%sparql").parse_args(_words(line))
        with _told():
            return self._answered(options, self._graph(options.graph), cell)

    def line(self, line: str) -> Any:
        """Answer a question of the library by its name: %sparql targets-below --drug imipramine --ki 10nM.

        The options of %%sparql go with it too; `graph.questions()` lists the questions.
        """
        parser = _options("%sparql", "[--PARAMETER VALUE]...")
        parser.add_argument("name")
        options, rest = parser.parse_known_args(_words(line))
        with _told():
            graph = self._graph(options.graph)
            return self._answered(options, graph, graph.question(options.name, _values(rest)))

    @cached_property
    def _shipped(self) -> KnowledgeGraph:
        return load()

    def _graph(self, name: str | None) -> KnowledgeGraph:
        variables = self._shell.user_ns
        known = {
            key: value
            for key, value in variables.items()
            if isinstance(value, KnowledgeGraph) and not key.startswith("_")
        }
        if name is not None:
            if name in known:
                return known[name]
            near = " or ".join(nearest(name, known) or tuple(sorted(known)))
            raise Refused(f"{name} is no KnowledgeGraph" + (f"; did you mean {near}?" if near else ""))
        graphs = list({id(value): value for value in known.values()}.values())
        if len(graphs) > 1:
            raise Refused(f"there are several graphs: say --graph {' or --graph '.join(sorted(known))}")
        return graphs[0] if graphs else self._shipped

    def _answered(self, options: Namespace, graph: KnowledgeGraph, sparql: str) -> Any:
        found = _answer(graph, sparql, options.timeout or None)
        if options.frame is not None:
            if not isinstance(found, Table):
                raise Refused("--frame wants a SELECT: only solutions make a table")
            found = found.to_frame(options.frame)
        if options.into is not None:
            self._shell.user_ns[options.into] = found
        return found


def register(shell: Shell) -> None:
    """Give a shell the magic `sparql`, for a line and for a cell."""
    magic = Sparql(shell)
    shell.register_magic_function(magic.cell, "cell", "sparql")
    shell.register_magic_function(magic.line, "line", "sparql")


def _answer(graph: KnowledgeGraph, sparql: str, timeout: float | None) -> Answer:
    """Return the answer of a process that can be stopped, and tell what unknown names probably meant."""
    from kg.curie import read_prefixes
    from kg.sparql.killable import answer_in

    prefixes = read_prefixes((folder("ontology") / "prefixes.json").read_bytes())
    with graph.worker(memory=_MEMORY) as worker:
        reply = worker.ask(sparql, "application/sparql-results+json", timeout, graph_type="text/turtle")
        for hint in reply.hints:
            print(hint, file=sys.stderr)  # noqa: T201 (beside the answer, as `kg query` does)
        return answer_in(reply, prefixes)


class _told:
    """Turns the package's own errors into `Refused`, which has no traceback."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, KgError):
            raise Refused(str(error)) from None


def _options(program: str, more: str = "") -> ArgumentParser:
    parser = _Options(prog=program, add_help=False, allow_abbrev=False)
    parser.add_argument("--graph", metavar="VARIABLE")
    parser.add_argument("--into", metavar="VARIABLE", type=_variable)
    parser.add_argument("--frame", choices=_LIBRARIES)
    parser.add_argument("--timeout", metavar="SECONDS", type=_seconds, default=60.0)
    if more:
        usage = f"{parser.format_usage().removeprefix('usage: ').strip()} NAME {more}"
        parser.usage = usage.replace("%", "%%")
    return parser


def _variable(name: str) -> str:
    if not name.isidentifier():
        raise ArgumentTypeError(f"{name!r} is no name for a variable")
    return name


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < inf:
        raise ArgumentTypeError(f"{text} is no time to wait; 0 is no limit")
    return seconds


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise Refused(f"{error}: {line}") from None


def _values(given: Sequence[str]) -> dict[str, str]:
    try:
        return given_values(given)
    except ValueError as error:
        raise Refused(str(error)) from None
