"""README and notebooks do what they say."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from fences import commands as typed
from fences import compare

import kg
from kg.cli import main
from kg.sparql import Table

README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def commands() -> list[tuple[str, list[str]]]:
    """Return each `$ kg …` of the README with the lines printed below it."""
    return [found for block in blocks("console") for found in typed(block)]


@pytest.mark.parametrize(("command", "lines"), commands(), ids=lambda value: str(value)[:40])
def test_the_readme_shows_real_output(command, lines, tmp_path, monkeypatch):
    """An ellipsis stands for lines left out; all else is printed so, in this order, line numbers aside."""
    monkeypatch.chdir(tmp_path)
    program, *args = shlex.split(command)
    assert program == "kg"
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 0, result.output
    compare(lines, result.stdout)


def test_the_readme_has_python_and_three_queries():
    assert len(blocks("python")) >= 1
    assert len(blocks("sparql")) == 3


@pytest.mark.parametrize("code", blocks("python"))
def test_the_readmes_python_runs(code, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-claims").mkdir()
    exec(compile(code, "README.md", "exec"), {})
    assert "igmesine → cgmp" in capsys.readouterr().out
    assert (tmp_path / "igmesine.html").exists()


@pytest.mark.parametrize("sparql", blocks("sparql"))
def test_the_readmes_queries_have_answers(sparql, graph):
    answer = graph.query(sparql)
    assert isinstance(answer, Table)
    assert len(answer) > 1


def test_the_readmes_statement_is_added_as_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (text,) = blocks("yaml")
    Path("my-claims.yaml").write_text(text, "utf-8")
    checked = CliRunner().invoke(main, ["check", "my-claims.yaml"])
    assert (checked.exit_code, checked.stdout) == (0, "")
    graph = kg.load("my-claims.yaml")
    (path, *_) = graph.paths("igmesine", "BDNF")
    assert path.steps[0].statements[0].source.file == "my-claims.yaml"


def test_every_file_the_readme_links_is_there():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_docstring_examples_hold():
    import doctest
    import importlib
    import pkgutil

    tried = 0
    for info in pkgutil.walk_packages(kg.__path__, "kg."):
        result = doctest.testmod(importlib.import_module(info.name))
        assert result.failed == 0, info.name
        tried += result.attempted
    assert tried >= 15
