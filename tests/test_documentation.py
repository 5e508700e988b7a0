"""The documentation builds without a warning, holds everything the program has, and asks no other host."""

from __future__ import annotations

import doctest
import importlib
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest
import yaml
from conftest import ROOT
from test_browser import CHROMIUM, chromium
from test_how_to import DOCS, WRITTEN

import kg
from kg.catalogue import RULES
from kg.cli import COMMANDS, main
from kg.resources import folder
from kg.vocabulary import read_vocabulary

pytestmark = pytest.mark.slow
TERM = re.compile(r"\{term\}`(?:[^`<]*<)?([^`<>]+)>?`")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """Build the pages as `make docs` does, from nothing."""
    pages = tmp_path_factory.mktemp("docs")
    options = ["-E", "-W", "--keep-going", "-q", "-d", str(tmp_path_factory.mktemp("doctrees"))]
    command = [sys.executable, "-m", "sphinx", *options, str(DOCS), str(pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return pages


def unspaced(text: str) -> str:
    """Return text without white space, which colours of code change."""
    return re.sub(r"\s", "", text)


class Read(HTMLParser):
    """What a page loads, where its links go, its anchors and its words."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.words: list[str] = []
        self.feed(path.read_text("utf-8"))
        self.text = re.sub(r"\s+", " ", " ".join(self.words))

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "link" and given.get("rel") not in ("index", "search", "next", "prev"):
            self.loads.append(given.get("href", ""))
        elif tag == "a":
            self.links.append(given.get("href", ""))
        self.loads += [given[name] for name in ("src", "srcset", "poster", "data") if name in given]

    def handle_data(self, data):
        self.words.append(data)


def shown(command: click.Command) -> list[click.Parameter]:
    """Return the options that `--help` shows."""
    return [param for param in command.params if not getattr(param, "hidden", False)]


def test_every_command_and_each_of_its_options_has_its_page(built):
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        text = Read(built / "reference" / "commands" / f"{name}.html").text
        within = getattr(command, "commands", {}).values()
        for option in {opt for one in (command, *within) for param in shown(one) for opt in param.opts}:
            if option.startswith("-"):
                assert option in text, (name, option)
        example = (command.epilog or "").removeprefix("Example: ")
        assert example and unspaced(example) in unspaced(text), (name, example)


def test_every_rule_has_its_place_with_reason_and_repair(built):
    pages = [Read(path) for path in (built / "reference" / "rules").glob("*.html")]
    for rule in RULES:
        (page,) = [page for page in pages if rule.code.lower() in page.anchors]
        for told in (rule.code, rule.name, rule.why, rule.fix):
            assert unspaced(told.replace("`", "")) in unspaced(page.text), (rule.code, told)


def test_every_question_predicate_and_method_is_there(built, graph):
    questions = Read(built / "reference" / "questions.html")
    assert {f"question-{one.name}" for one in graph.questions()} <= questions.anchors
    vocabulary = Read(built / "reference" / "vocabulary.html")
    words = read_vocabulary(folder("ontology"))
    anchors = {f"predicate-{name}".replace("_", "-") for name in words.predicates}
    assert anchors <= {anchor.replace("_", "-") for anchor in vocabulary.anchors}
    assert all(name in vocabulary.text for name in (*words.categories, *words.parameters))
    python = Read(built / "reference" / "python" / "index.html")
    methods = [name for name in dir(kg.KnowledgeGraph) if not name.startswith("_")]
    assert {f"kg.KnowledgeGraph.{name}" for name in methods} <= python.anchors


def test_each_term_of_the_glossary_is_used_and_each_that_is_used_is_there(built):
    glossary = Read(built / "glossary.html")
    terms = {
        anchor.removeprefix("term-").lower() for anchor in glossary.anchors if anchor.startswith("term-")
    }
    used = {
        term.lower().replace(" ", "-") for path in WRITTEN for term in TERM.findall(path.read_text("utf-8"))
    }
    assert used == terms


def test_every_link_within_the_pages_arrives(built):
    pages = {path: Read(path) for path in built.rglob("*.html")}
    for path, page in pages.items():
        for link in page.links:
            address, _, anchor = link.partition("#")
            if re.match(r"\w+:", address):
                continue
            target = (path.parent / address).resolve() if address else path
            assert target.exists(), (path, link)
            if anchor and target in pages:
                assert anchor in pages[target].anchors, (path, link)


def test_nothing_is_loaded_from_another_host(built):
    for path in built.rglob("*.html"):
        outside = [at for at in Read(path).loads if re.match(r"(\w+:)?//", at)]
        assert outside == [], path
    for path in built.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", path.read_text("utf-8")), path


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome on the PATH")
def test_pages_open_in_a_browser_with_no_network_and_fit_a_phone(built, tmp_path):
    pages = ["index.html", "first-hour.html", "reference/commands/paths.html",
             "reference/python/index.html", "reference/rules/index.html", "reference/fields.html",
             "explanation/signs.html"]  # fmt: skip
    pages += sorted(f"notebooks/{path.name}" for path in (built / "notebooks").glob("*.html"))
    with chromium(tmp_path) as tab:
        tab.call(
            "Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True
        )
        for name in pages:
            address = (built / name).as_uri()
            tab.call("Page.navigate", url=address)
            tab.until(f"location.href === '{address}' && document.readyState === 'complete'")
            assert tab.run("document.querySelector('h1').textContent.length") > 3, name
            assert tab.run("document.documentElement.scrollWidth") <= 390, name
        assert (tab.outside(), tab.logged) == ([], [])


def test_the_pieces_of_markdown_are_as_their_examples_show(monkeypatch):
    monkeypatch.syspath_prepend(str(DOCS))
    result = doctest.testmod(importlib.import_module("generators.markdown"))
    assert (result.failed, result.attempted) == (0, 2)


def test_the_citation_names_this_version_and_both_licences():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    assert cited["cff-version"] == "1.2.0"
    (data,) = cited["references"]
    assert {str(cited["version"]), str(data["version"])} == {kg.__version__}
    assert (cited["license"], data["license"]) == ("MIT", "CC0-1.0")
    holder = cited["authors"][0]["name"]
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert holder in licence and "CC0 1.0" in licence and "MIT License" in licence
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"{cited['title']}. Version {kg.__version__}" in readme
