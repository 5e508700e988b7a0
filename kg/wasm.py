"""Where Oxigraph's WASM build is, for pages that answer SPARQL by themselves: in the wheel, or put by npm."""

from __future__ import annotations

import shlex
from pathlib import Path

import msgspec

from kg.pinned import FILES, VERSION, command, place, whole
from kg.problems import MissingPackage
from kg.resources import folder

_PACKAGE = Path(__file__).parent
_SHIPPED = _PACKAGE / "_data" / "oxigraph"


class WasmBuild(msgspec.Struct, frozen=True):
    """The engine as a page takes it: JavaScript that knows how to call it, and its code."""

    script: bytes
    code: bytes
    version: str = VERSION


def wasm_build(cache: Path | None) -> WasmBuild:
    """Return the pinned build; raises `MissingPackage`, with the command that fetches it, when it is nowhere.

    A wheel that was built where npm is brings it. Otherwise it is looked for where npm puts it: under
    `build/` of a checkout, else in the cache folder.
    """
    home = _home(cache)
    for package in (_SHIPPED, place(home)):
        if whole(package):
            script, code = ((package / name).read_bytes() for name in FILES)
            return WasmBuild(script, code)
    raise MissingPackage("A page that answers SPARQL", "Oxigraph's WASM build", shlex.join(command(home)))


def _home(cache: Path | None) -> Path:
    checkout = folder("ontology").parent
    if (checkout / "pyproject.toml").is_file():
        return checkout / "build" / "npm"
    return (cache or Path.cwd()) / "npm"
