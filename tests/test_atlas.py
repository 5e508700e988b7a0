"""The atlas: every diagram in one silent file, with an index, tables, and nothing that texts can break."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from pages import frame_in, ink
from test_browser import Tab
from test_browser import pytestmark as browser_marks
from test_views import PAYLOADS, Page, hostile

from kg.cli import main
from kg.views.atlas import EntityRow, to_atlas
from kg.views.claims import StatementView

LARGEST = 3_000_000


@pytest.fixture(scope="module")
def html(graph) -> str:
    return graph.atlas().html


@pytest.fixture
def opened(tab: Tab, html: str, tmp_path):
    path = tmp_path / "atlas.html"
    path.write_text(html, "utf-8")
    tab.logged.clear()
    tab.asked.clear()
    return tab, path


def row(text: str) -> EntityRow:
    return EntityRow(text, text, (text,), (text,), text, ((text, text),), text)


def claim(text: str) -> StatementView:
    return StatementView(
        text, text, text, text, text, "+", "asserted", "hedged", "document", ((text, text),), (), (text,), (), text, text
    )  # fmt: skip


def test_it_holds_every_diagram_entity_and_claim_in_three_megabytes(html, graph):
    assert len(html.encode()) < LARGEST
    names = {*graph.mechanisms, *graph.workflows}
    page = Page(html)
    assert len(names) == 12
    assert {sheet["id"] for sheet in json.loads(text_of(html, "sheets"))} == names
    rows = [tag for tag, _ in page.tags if tag == "tr"]
    assert len(rows) == len(graph.entities) + len(graph.statements()) + 2


def text_of(html: str, id_: str) -> str:
    return html.partition(f'id="{id_}">')[2].partition("</script>")[0]


def test_the_same_graph_gives_the_same_bytes(html, graph):
    assert graph.atlas().html == html


def test_the_pages_share_one_copy_of_the_code(html):
    for sheet in json.loads(text_of(html, "sheets")):
        assert sheet["html"].count("data-shared") == 1 + len(json.loads(text_of(html, "shared"))["codes"])
    assert html.count("vis-network") < 40


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_make_no_markup(payload):
    def tags(text: str) -> list[str]:
        return sorted(tag for tag, _ in Page(to_atlas([hostile(text)], [row(text)], [claim(text)])).tags)

    assert tags(payload) == tags("plain")


def test_the_command_writes_it_and_refuses_what_makes_no_sense(tmp_path):
    run = lambda *args: CliRunner().invoke(main, ["view", *args])  # noqa: E731
    assert run("--all", "-o", str(tmp_path / "atlas.html")).exit_code == 0
    assert (tmp_path / "atlas.html").stat().st_size > 1_000_000
    for args in (
        ("--all", "igmesine-nmda-mechanism", "-o", "a.html"),
        ("-o", "a.html"),
        ("--all", "-o", "a.svg"),
    ):
        assert run(*args).exit_code == 2, args


class TestInTheBrowser:
    """What a reader does with it."""

    pytestmark = browser_marks

    def test_the_index_shows_a_picture_of_each(self, opened):
        page, path = opened
        page.open(path)
        loaded = (
            "[...document.querySelectorAll('.card img')].filter((image) => image.naturalWidth > 100).length"
        )
        page.until(f"{loaded} === 12")
        assert (page.logged, page.outside()) == ([], [])

    def test_a_diagram_opens_in_its_frame_and_fits(self, opened):
        page, path = opened
        with frame_in(page, path, "#igmesine-nmda-mechanism") as frame:
            frame.until("diagram.network.getScale() < 0.95 && diagram.network.getScale() > 0.3")
            assert len(set(ink(frame))) > 20
            assert frame.run("document.querySelector('h1').textContent").startswith("Igmesine")
            assert frame.logged == []
        assert (page.logged, page.outside()) == ([], [])

    def test_the_address_chooser_and_arrows_lead_from_one_to_the_next(self, opened):
        page, path = opened
        page.open(path)
        page.run("document.getElementById('choice').selectedIndex = 1")
        page.run("document.getElementById('choice').dispatchEvent(new Event('change'))")
        page.until("document.querySelector('#stage iframe') !== null")
        first = page.run("location.hash")
        page.run("document.getElementById('next').click()")
        page.until(f"location.hash !== {json.dumps(first)}")
        page.run("document.getElementById('home').click()")
        page.until("!document.getElementById('index').hidden")
        page.run("location.hash = '#%E0%A4%A'")
        page.until("!document.getElementById('index').hidden")
        assert page.logged == []

    def test_a_word_narrows_a_table_and_an_entity_leads_to_its_diagrams(self, opened):
        page, path = opened
        page.open(path)
        page.run("document.querySelector('input[data-table=entities]').value = 'sigma-1 receptor'")
        page.run("document.querySelector('input[data-table=entities]').dispatchEvent(new Event('input'))")
        left = page.run(
            "[...document.querySelectorAll('#entities tbody tr')].filter((row) => !row.hidden).length"
        )
        assert 0 < left < 30
        page.run("document.querySelector('#entities tbody tr:not([hidden]) button[data-sheet]').click()")
        page.until("document.querySelector('#stage iframe') !== null")

    def test_no_hostile_text_runs(self, opened):
        page, path = opened
        for payload in PAYLOADS:
            path.write_text(to_atlas([hostile(payload)], [row(payload)], [claim(payload)]), "utf-8")
            page.open(path)
            page.run("document.querySelector('.card').click()")
            page.until("document.querySelector('#stage iframe') !== null")
            assert page.run("document.title") != "OWNED"
            assert (page.logged, page.outside()) == ([], [])
