"""Renew the lines that the README shows of the program: line numbers in YAML files, and the counts of `kg info`."""

from __future__ import annotations

import re
import shlex
import tempfile
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from kg.cli import main

README = Path(__file__).parents[1] / "README.md"
_NUMBERS = re.compile(r"\.yaml:\d+|\d+ (?=[a-z-]+(, |$))|  +\d+(?=  )")


def renewed(text: str) -> str:
    """Return the README with each printed line as it is printed now; a line of other words stays."""
    return re.sub(r"^\$ (kg .+)\n((?:(?!\$ |```).*\n)*)", _excerpt, text, flags=re.MULTILINE)


def _excerpt(found: re.Match[str]) -> str:
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        result = CliRunner().invoke(main, shlex.split(found[1])[1:])
    now = {_key(line): line.rstrip() for line in reversed(result.stdout.splitlines())}
    lines = (now.get(_key(line), line) for line in found[2].splitlines())
    return "\n".join([f"$ {found[1]}", *lines]) + "\n"


def _key(line: str) -> str:
    return re.sub(r"\s+", " ", _NUMBERS.sub("N ", line)).strip()


if __name__ == "__main__":
    README.write_text(renewed(README.read_text("utf-8")), "utf-8")
