"""The console of the explorer, as it is written: pinned, packed, under a strict policy, and refused with advice."""

from __future__ import annotations

import gzip
import json
from base64 import b64decode

import pytest
from click.testing import CliRunner
from test_views import Page

import kg.wasm
from kg.cli import main
from kg.pinned import FILES, install, place, whole
from kg.problems import MissingPackage
from kg.views.questions import QUESTIONS
from kg.wasm import WasmBuild, wasm_build

try:
    wasm_build(None)
    MISSING = False
except MissingPackage:
    MISSING = True
needs_wasm = pytest.mark.skipif(MISSING, reason="Oxigraph's WASM build is not there: make wasm")


def policy(html: str) -> str:
    return next(a["content"] for t, a in Page(html).tags if a.get("http-equiv") == "Content-Security-Policy")


@pytest.mark.parametrize(("title", "sparql"), QUESTIONS, ids=[title for title, _ in QUESTIONS])
def test_every_example_has_an_answer(graph, title, sparql):
    assert title
    answer = graph.query(sparql)
    assert answer.turtle if sparql.startswith("CONSTRUCT") else len(answer) > 1


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    monkeypatch.setattr(kg.wasm, "_SHIPPED", tmp_path / "shipped")
    monkeypatch.setattr(kg.wasm, "folder", lambda name: tmp_path / "installed" / name)
    return tmp_path


def test_without_the_build_the_command_says_what_to_run_and_writes_nothing(nowhere, monkeypatch):
    monkeypatch.setenv("KG_CACHE_DIR", str(nowhere / "cache"))
    result = CliRunner().invoke(main, ["explore", "--sparql", "-o", str(nowhere / "x.html")])
    assert result.exit_code == 2
    assert (
        f"npm install --no-save --no-audit --no-fund --ignore-scripts --loglevel=error --prefix {nowhere}/cache/npm"
        in result.stderr
    )
    assert not (nowhere / "x.html").exists()
    assert CliRunner().invoke(main, ["explore", "-o", str(nowhere / "x.html")]).exit_code == 0


def test_other_bytes_than_the_pinned_ones_are_refused(nowhere):
    package = place(nowhere / "npm")
    package.mkdir(parents=True)
    for name in FILES:
        (package / name).write_bytes(b"something else")
    assert not whole(package)
    with pytest.raises(MissingPackage, match="npm install"):
        wasm_build(nowhere)


def test_where_npm_is_absent_or_fails_the_reason_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert install(tmp_path / "home") == "npm is not installed"
    (tmp_path / "npm").write_text("#!/bin/sh\necho no such version >&2\nexit 1\n")
    (tmp_path / "npm").chmod(0o755)
    assert install(tmp_path / "home") == "npm failed: no such version"


@needs_wasm
def test_the_page_holds_engine_and_whole_graph_also_when_it_shows_a_part(graph):
    parsed = Page(graph.explore("cGMP", hops=1, sparql=True).html)
    assert parsed.data
    shown = graph.explore("cGMP", hops=1, sparql=True)
    unpacked = {name: gzip.decompress(b64decode(text)) for name, text in shown.console.parts.items()}
    assert unpacked["console-code"].startswith(b"\0asm")
    assert graph.export("trig") in unpacked["console-graph"]
    script = unpacked["console-worker"].decode()
    assert not [line for line in script.splitlines() if line.startswith(("export ", "import "))]
    assert "import.meta" not in script
    assert all(text in shown.html for text in shown.console.parts.values())


@needs_wasm
def test_the_same_graph_gives_the_same_bytes_of_about_three_megabytes(graph):
    first, again = graph.explore(sparql=True).html, graph.explore(sparql=True).html
    assert first == again
    assert len(first) - len(graph.explore().html) < 2_500_000


@needs_wasm
def test_only_the_page_with_a_console_may_run_wasm(graph):
    with_console, without = (
        policy(graph.explore("cGMP", hops=1, sparql=True).html),
        policy(graph.explore().html),
    )
    assert "'wasm-unsafe-eval'; worker-src blob:; style-src" in with_console
    assert "unsafe" not in with_console.replace("'wasm-unsafe-eval'", "")
    assert "wasm" not in without
    assert "worker" not in without
    assert "connect-src" not in with_console
    assert with_console.startswith("default-src 'none'; ")


def test_what_the_console_is_given_cannot_end_its_element(graph):
    from kg.views.console import Console
    from kg.views.explorer import explorer

    console = Console(
        WasmBuild(b"</script><mark>", b"</script><mark>"),
        b"</script><mark>",
        {"kg": "https://x/</script><mark>"},
    )
    page = explorer(graph._graph, (), "cgmp", 1, console).html
    assert "mark" not in {tag for tag, _ in Page(page).tags}
    assert json.dumps("https://x/").strip('"') in page
