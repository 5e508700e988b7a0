"""Do what a page of the documentation tells its reader: write its files, type its commands, run its code."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from click.testing import CliRunner
from engines import answers, free_port

import kg
from kg.cli import main
from kg.resources import write_whole
from kg.sparql import Table

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_FENCE = re.compile(
    r"^(`{3,})(?:\{code-block\} )?([\w{}-]*)\n((?::[^\n]*\n)*)(.*?)^\1$", re.DOTALL | re.MULTILINE
)
TYPED = ("console", "python", "ipython", "sparql", "turtle")
"""Languages whose blocks are run: triples must be in the graph. A block with a caption is written to that file."""
_SERVERS = ("kg serve", "oxigraph serve")


class Block(NamedTuple):
    """A block of a page: its language, the file name it stands under, and its text."""

    language: str
    caption: str | None
    text: str


def blocks(page: str) -> Iterator[Block]:
    """Yield the blocks of code of a page, in order; directives of Sphinx are none."""
    for _, language, options, text in _FENCE.findall(page):
        if not language.startswith("{"):
            caption = re.search(r"^:caption: (.+)$", options, re.MULTILINE)
            yield Block(language, caption[1] if caption else None, text.lstrip("\n"))


def commands(text: str) -> list[tuple[str, list[str]]]:
    """Return each command of a console with the lines printed below it."""
    found = []
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *lines = part.rstrip().splitlines()
        found.append((command, [line for line in lines if line.strip()]))
    return found


def compare(lines: list[str], printed: str) -> None:
    """Hold the lines shown to those printed: an ellipsis stands for lines left out, line numbers aside."""
    real = [line.rstrip() for line in unnumbered(printed).splitlines() if line.strip()]
    at = 0
    for before, line in pairwise(["", *unnumbered("\n".join(lines)).splitlines()]):
        if line.strip() == "…":
            continue
        left_out = before.strip() == "…"
        assert line.rstrip() in (real[at:] if left_out else real[at : at + 1]), (line, real[at : at + 3])
        at = real.index(line.rstrip(), at) + 1
    assert at == len(real) or lines[-1].strip() == "…", real[at:]


def unnumbered(text: str) -> str:
    """Return text without the numbers of lines in YAML files."""
    return re.sub(r"\.yaml:\d+", ".yaml:N", text)


class Reader:
    """Somebody who follows a page in the folder that is the working folder; a server runs until the end."""

    def __init__(self, running: ExitStack) -> None:
        self.running, self.names, self.ports = running, {}, {}

    def follow(self, block: Block) -> None:
        """Do what one block says."""
        if block.caption is not None:
            self._write(block.caption, block.text)
        elif block.language == "console":
            for command, lines in commands(block.text):
                self._type(command, lines)
        elif block.language == "python":
            exec(compile(self._at_ports(block.text), "page", "exec"), self.names)
        elif block.language == "ipython":
            self._shell.run_cell(block.text).raise_error()
        elif block.language == "sparql":
            answer = kg.load().query(block.text)
            assert isinstance(answer, Table) and len(answer) > 0, block.text
        elif block.language == "turtle":
            assert kg.load().query(f"ASK {{ {block.text} }}"), block.text

    def _write(self, caption: str, text: str) -> None:
        """Write a file, or add to it where the caption says so."""
        name, _, added = caption.partition(", added")
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") + "\n" if ", added" in caption else ""
        assert not added
        path.write_text(before + text, "utf-8")

    @cached_property
    def _shell(self) -> InteractiveShell:
        """What runs the cells of a notebook, with the names that blocks before them made."""
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        quiet = Config({"HistoryManager": {"enabled": False}})
        return InteractiveShell(config=quiet, ipython_dir=str(Path.cwd()), user_ns=self.names)

    def _type(self, command: str, lines: list[str]) -> None:
        if command.startswith(_SERVERS):
            self.running.enter_context(self._served(command))
            return
        typed, _, target = self._at_ports(command).partition(" > ")
        program, *args = shlex.split(typed)
        assert program == "kg", command
        result = CliRunner().invoke(main, args)
        wrong = any(" error: " in line or line.endswith(": not found") for line in lines)
        assert result.exit_code == int(wrong), (command, result.output)
        if target:
            write_whole(Path(target), result.stdout_bytes)
        elif lines:
            compare(lines, self._as_shown(result.output))

    @contextmanager
    def _served(self, command: str) -> Iterator[None]:
        """Run a server at a free port in place of the one that is shown, until the page is read."""
        shown = re.search(r"\b\d{4}\b", command)
        assert shown
        self.ports[shown[0]] = str(free_port())
        program, *args = shlex.split(self._at_ports(command))
        place = Path(sys.executable).parent / program
        with Path("server.log").open("wb") as log:
            process = subprocess.Popen([str(place), *args], stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{self.ports[shown[0]]}/"
            assert answers(process, address), Path("server.log").read_text()
            yield
        finally:
            process.kill()
            process.wait()

    def _at_ports(self, text: str) -> str:
        for shown, used in self.ports.items():
            text = text.replace(f":{shown}", f":{used}").replace(f"--port {shown}", f"--port {used}")
        return text

    def _as_shown(self, text: str) -> str:
        for shown, used in self.ports.items():
            text = text.replace(f":{used}", f":{shown}")
        return text
