"""What a curator can fix (`Problem`, a value) and what stops the program (`KgError` and its kin)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

Severity = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True, order=True, omit_defaults=True):
    """A fault in the data, with its place and what was probably meant. Sorts by file, line and column."""

    file: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str | None = None
    excerpt: str | None = None

    def __str__(self) -> str:
        said = f"{self.file}:{self.line}:{self.column} {self.code} {self.severity}: {self.message}"
        return f"{said}; {self.hint}" if self.hint else said


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return those problems that keep data from being used."""
    return tuple(problem for problem in problems if problem.severity == "error")


class KgError(Exception):
    """Root of every exception this package raises on purpose."""


class InvalidData(KgError):
    """The data has errors; `problems` lists all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = "\n".join(str(problem) for problem in self.problems[:5])
        rest = len(self.problems) - 5
        super().__init__(first + (f"\n… and {rest} more" if rest > 0 else ""))


class UnknownName(KgError, LookupError):
    """Nothing goes by this name; `candidates` are the nearest that exist."""

    def __init__(self, kind: str, name: str, candidates: Iterable[str] = ()) -> None:
        self.kind, self.name, self.candidates = kind, name, tuple(candidates)
        meant = f" Did you mean {' or '.join(self.candidates)}?" if self.candidates else ""
        super().__init__(f"no {kind} is called {name!r}.{meant}")


class AmbiguousName(KgError, LookupError):
    """Several things go by this name; `candidates` are their ids."""

    def __init__(self, kind: str, name: str, candidates: Iterable[str]) -> None:
        self.kind, self.name, self.candidates = kind, name, tuple(candidates)
        super().__init__(f"{name!r} names more than one {kind}: {', '.join(self.candidates)}; use the id")


class InvalidQuery(KgError, ValueError):
    """A SPARQL query that cannot be parsed or run; the message says where."""


class InvalidPattern(KgError, ValueError):
    """A metapath that cannot be read; the message shows it with a caret under the place, counted from 0."""

    def __init__(self, message: str, pattern: str, column: int) -> None:
        self.pattern, self.column = pattern, column
        shown = "".join(letter if letter.isprintable() else " " for letter in pattern)
        super().__init__(f"{message}\n  {shown}\n  {' ' * column}^")


class InvalidNetwork(KgError, ValueError):
    """An edge list or a built network that cannot be used; the message says where and why."""


class InvalidMapping(KgError, ValueError):
    """A mapping of columns that cannot be used; the message says where and why."""


class InvalidTable(KgError, ValueError):
    """A table that cannot be read, or lacks columns that its mapping names."""


class NoAmount(KgError, ValueError):
    """A value that cannot be calculated with, or a result left open by its values; the message says why."""


class QueryStopped(KgError, RuntimeError):
    """A query that was stopped because it took too long or too much; `reason` tells which."""

    def __init__(self, reason: Literal["time", "memory", "failure"], message: str) -> None:
        self.reason = reason
        super().__init__(message)


class EndpointFailed(KgError, RuntimeError):
    """A SPARQL endpoint could not be reached, refused, or gave less than it holds; the message says which."""


class CannotWrite(KgError, OSError):
    """An output could not be written; nothing was left behind half-written."""


class MissingExtra(KgError, ImportError):
    """A library that only some outputs need is not installed; the message says how to get it."""

    def __init__(self, what: str, library: str, extra: str) -> None:
        super().__init__(f"{what} needs {library} (extra {extra}): {installing(extra)}")


def installing(extra: str) -> str:
    """Return the command that installs what an extra needs, from wherever this package itself came.

    >>> installing("png").startswith('pip install "resvg-py')
    True
    """
    from importlib.metadata import PackageNotFoundError, requires

    try:
        told = (line.replace("'", '"').partition(";") for line in requires("drug-mechanisms") or ())
    except PackageNotFoundError:  # run from a folder, without being installed
        return f'pip install ".[{extra}]" in the folder of the project'
    needed = (name.strip() for name, _, marker in told if f'extra == "{extra}"' in marker)
    return " ".join(("pip install", *(f'"{name}"' for name in needed)))


class MissingPackage(KgError, ImportError):
    """A package of another language that one output needs is not there; the message says how to get it."""

    def __init__(self, what: str, package: str, command: str) -> None:
        super().__init__(f"{what} needs {package}, which is not here: {command}")


class TooLarge(KgError, ValueError):
    """More was asked for than can be shown; the message says how to ask for less."""
