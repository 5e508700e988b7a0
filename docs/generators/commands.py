"""One page a command, from what its `--help` says."""

from __future__ import annotations

from collections.abc import Iterator

from generators.markdown import fence, page, table, toctree
from kg.cli import _NAMES, COMMANDS


def pages() -> Iterator[tuple[str, str]]:
    """Yield the list of commands and the page of each."""
    rows = ([f"[`kg {name}`](commands/{name}.md)", text] for name, (_, text) in COMMANDS.items())
    listed = table(["command", "what it gives"], rows)
    names = [f"commands/{name}" for name in COMMANDS]
    yield "reference/commands.md", page("# Commands", _COMMON, listed, toctree(names, hidden=True))
    for name, (module, _) in COMMANDS.items():
        directive = (
            f".. click:: kg.cli.{module}:{_NAMES.get(name, name)}\n   :prog: kg {name}\n   :nested: full"
        )
        yield f"reference/commands/{name}.md", page(fence("{eval-rst}", directive))


def literal_stars(_app: object, _context: object, lines: list[str]) -> None:
    """Keep the star of a pattern (`Drug -> *`) from being read as emphasis."""
    lines[:] = [line.replace("*", r"\*") for line in lines]


def example_to_type(_app: object, _context: object, lines: list[str]) -> None:
    """Show the example that ends the help as something to type."""
    kind, _, example = " ".join(line.strip() for line in lines).strip().partition(": ")
    if kind == "Example":
        lines[:] = ["Example:", "", ".. code-block:: console", "", f"   $ {example}", ""]


_COMMON = """Results go to standard output, everything else to standard error. Exit code 0: fine, 1:
problems found or nothing could be written, 2: wrong usage. Every command that reads the graph takes
`--data PATH` (repeatable) to add YAML of your own to it, `--only-data` to leave the shipped graph out,
and `--merge-salts` to take what is said of a salt as said of its base drug; most that print data take
`--format json`."""
