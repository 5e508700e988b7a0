"""`Console`: what a page needs to answer SPARQL by itself: engine and graph, both packed, and examples."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cached_property
from gzip import compress
from pathlib import Path

from kg.views.questions import QUESTIONS
from kg.wasm import WasmBuild

SCRIPTS = ("console_near.js", "console_text.js", "console_engine.js", "console_answer.js", "console.js")
"""Our scripts of the console, in the order in which they run; they come before `explore.js`."""
STYLE = "console.css"
_EXPORT = re.compile(rb"^export (?:\{[^}]*\};|(?=(?:class|function)\b))", re.MULTILINE)
_WORKER = Path(__file__).parent / "static" / "console_worker.js"


class Console:
    """A console without a server: Oxigraph in a worker of the page, over the graph that the page holds."""

    def __init__(
        self,
        build: WasmBuild,
        graph: bytes,
        prefixes: Mapping[str, str],
        questions: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Take the engine, the whole graph as TriG, the prefixes that are declared, and more examples."""
        self.version, self.prefixes = build.version, dict(prefixes)
        self.questions = (*QUESTIONS, *questions)
        self._build, self._graph = build, graph

    @cached_property
    def parts(self) -> dict[str, str]:
        """Return what the worker is made from, gzipped and in base64, by the id it has in the page."""
        script = _classic(self._build.script) + b"\n" + _WORKER.read_bytes()
        whole = {"console-worker": script, "console-code": self._build.code, "console-graph": self._graph}
        return {name: _packed(data) for name, data in whole.items()}


def _classic(module: bytes) -> bytes:
    """Return a module as a plain script: a page opened as a file may start no worker from a module."""
    plain = re.sub(
        rb"^export (?:\{[^}]*\};|(?=(?:async )?(?:class|function)\b))", b"", module, flags=re.MULTILINE
    )
    return plain.replace(b"import.meta.url", b"location.href")


def _packed(data: bytes) -> str:
    return b64encode(compress(data, 9, mtime=0)).decode()
