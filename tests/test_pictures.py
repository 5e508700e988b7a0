"""Diagrams in every format: the table, the command's ways to name one, still pictures, what is missing."""

from __future__ import annotations

import struct
import sys
from io import BytesIO
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from conftest import ROOT
from scenes import IMIPRAMINE, picture, statement
from test_views import PAYLOADS, drugs, hostile, small

from kg.cli import main
from kg.cli.make import FORMS
from kg.problems import MissingExtra, TooLarge, UnknownName
from kg.views.diagram import Diagram
from kg.views.pictures import PICTURES, picture_named
from kg.views.prints import to_pdf, to_png
from kg.views.sentences import about, reading
from kg.views.svg import to_svg
from kg.views.text import fonts_for

SVG = "{http://www.w3.org/2000/svg}"
STARTS = {
    "html": b"<!DOCTYPE html>",
    "svg": b"<svg",
    "png": b"\x89PNG\r\n\x1a\n",
    "pdf": b"%PDF-1.",
    "sbgn": b"<?xml",
    "dot": b"digraph",
}
DRAWN = picture(IMIPRAMINE)


def size(png: bytes) -> tuple[int, int]:
    return struct.unpack(">II", png[16:24])


@pytest.fixture(params=[known.name for known in PICTURES])
def form(request) -> str:
    return request.param


def test_a_format_goes_by_name_extension_and_media_type(form):
    known = picture_named(form)
    assert {picture_named(name) for name in (known.extension, f".{known.extension}", known.media_type)} == {
        known
    }


def test_an_unknown_format_lists_those_there_are():
    with pytest.raises(UnknownName, match=r"'bmp'.*svg"):
        picture_named(".bmp")


@pytest.mark.parametrize(
    ("name", "form"),
    [("igmesine-nmda-mechanism", known.name) for known in PICTURES]
    + [("reuptake-assay-workflow", known.name) for known in PICTURES if known.name != "sbgn"],
)
def test_mechanisms_and_workflows_are_written_in_every_format(graph, tmp_path, name, form):
    diagram = graph.view(name)
    written = diagram.write(tmp_path / f"a.{picture_named(form).extension}").read_bytes()
    assert written.startswith(STARTS[form])
    assert written == diagram.drawn(form) == Diagram(diagram.scene).drawn(form)
    attribute = getattr(diagram, form)
    assert (attribute.encode() if isinstance(attribute, str) else attribute) == written


def test_a_name_without_ending_gets_the_page_and_a_format_given_counts_more(graph, tmp_path):
    diagram = graph.view("igmesine-nmda-mechanism")
    assert diagram.write(tmp_path / "page").read_bytes().startswith(STARTS["html"])
    assert diagram.write(tmp_path / "page.html", "svg").read_bytes().startswith(STARTS["svg"])
    with pytest.raises(UnknownName):
        diagram.write(tmp_path / "page.doc")
    assert not (tmp_path / "page.doc").exists()


def test_the_command_knows_every_format_of_the_table():
    assert tuple(known.name for known in PICTURES) == FORMS


def test_the_command_takes_the_ending_the_option_or_the_flag(tmp_path, form):
    ask = ["view", "igmesine-nmda-mechanism", "-o"]
    ways = (
        [str(tmp_path / f"a.{picture_named(form).extension}")],
        [str(tmp_path / "b"), "--format", form],
        [str(tmp_path / "c"), f"--{form}"],
    )
    for way in ways:
        result = CliRunner().invoke(main, [*ask, *way])
        assert result.exit_code == 0, result.output
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1
    out = CliRunner().invoke(main, [*ask, "-", f"--{form}"])
    assert out.stdout_bytes == (tmp_path / "b").read_bytes()


def test_the_command_refuses_an_ending_it_does_not_know(tmp_path):
    result = CliRunner().invoke(main, ["view", "igmesine-nmda-mechanism", "-o", str(tmp_path / "a.bmp")])
    assert result.exit_code == 2
    assert "no picture format is called 'bmp'" in result.output


def test_a_text_with_a_rare_character_asks_for_fonts_that_have_it(graph):
    root = ElementTree.fromstring(graph.view("igmesine-calcium-mechanism").svg)
    texts = {element.text: element.get("font-family", "") for element in root.iter(f"{SVG}text")}
    assert {text for text, fonts in texts.items() if fonts} == {text for text in texts if "\u207a" in text}
    assert texts["Ca\u00b2\u207a"].startswith("DejaVu Sans, ")
    assert fonts_for("\u03c31, \u03b2-arrestin \u2013 na\u00efve \u2212 \u2265 2") == {}


# ---- SVG ------------------------------------------------------------------------------------------------


def test_a_reader_of_an_svg_is_told_what_everything_is():
    said = statement("a", "inhibits", "b", polarity="negated", certainty="hedged", basis="background")
    shown = small(drugs("a", "b"), [said])
    root = ElementTree.fromstring(to_svg(shown))
    assert root.attrib["role"].startswith("graphics-document")
    named = {element.get("id"): element.text for element in root if element.get("id")}
    assert root.attrib["aria-labelledby"] in named
    assert "2 entities, 1 arrows" in named[root.attrib["aria-describedby"]]
    symbols = [group for group in root.iter(f"{SVG}g") if group.get("role")]
    assert all(group[0].tag == f"{SVG}title" and "symbol" in group.get("role") for group in symbols)
    titles = [group[0].text for group in symbols]
    assert titles == [reading(shown.edges[0]), *map(about, shown.boxes)]
    assert titles[0] == "not: a inhibits b (hedged, background)"


def test_the_legend_of_an_svg_has_a_line_for_everything_drawn_and_room():
    plain, keyed = ElementTree.fromstring(to_svg(DRAWN)), ElementTree.fromstring(to_svg(DRAWN, legend=True))
    texts = [element.text for element in keyed[-1].iter(f"{SVG}text")]
    assert [entry.label for entry in DRAWN.legend if entry.label not in texts] == []
    assert float(keyed.get("height")) > float(plain.get("height")) == DRAWN.height
    lowest = max(float(element.get("y")) for element in keyed[-1].iter(f"{SVG}text"))
    assert DRAWN.height < lowest < float(keyed.get("height"))


def test_an_empty_picture_is_drawn():
    empty = small([], [])
    assert ElementTree.fromstring(to_svg(empty, legend=True)).get("width") == "24"
    assert to_png(empty).startswith(STARTS["png"])


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_stay_text_in_legends_pngs_and_pdfs(payload):
    drawn = hostile(payload)
    plain = to_svg(hostile("plain"), legend=True)
    tags = lambda text: {element.tag for element in ElementTree.fromstring(text).iter()}  # noqa: E731
    assert tags(to_svg(drawn, legend=True)) == tags(plain)
    assert to_png(drawn, legend=True, scale=0.5).startswith(STARTS["png"])
    written = to_pdf(drawn, legend=True)
    assert written.startswith(STARTS["pdf"])
    assert b"/JavaScript" not in written and b"/URI" not in written


# ---- PNG and PDF ----------------------------------------------------------------------------------------


def test_the_scale_of_a_png_is_its_pixels_a_unit():
    small_one, large = size(to_png(DRAWN, scale=0.5)), size(to_png(DRAWN, scale=1))
    assert large == pytest.approx((DRAWN.width, DRAWN.height), abs=1)
    assert small_one == pytest.approx((large[0] / 2, large[1] / 2), abs=1)
    with pytest.raises(TooLarge, match="16000 pixels"):
        to_png(DRAWN, scale=1000)


def test_a_pdf_keeps_words_and_lines_and_says_what_it_shows():
    from pypdf import PdfReader

    page = PdfReader(BytesIO(to_pdf(DRAWN)))
    assert page.metadata.title == DRAWN.title
    assert len(page.pages) == 1
    assert "imipramine" in page.pages[0].extract_text()
    assert not page.pages[0].images


@pytest.mark.parametrize(
    ("module", "form", "library"), [("resvg_py", "png", "resvg-py"), ("typst", "pdf", "typst")]
)
def test_a_missing_library_is_named_with_the_way_to_get_it(monkeypatch, tmp_path, module, form, library):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=library):
        Diagram(DRAWN).drawn(form)
    ask = ["view", "igmesine-nmda-mechanism", "-o", str(tmp_path / f"a.{form}")]
    result = CliRunner().invoke(main, ask)
    assert result.exit_code == 2
    assert f'(extra {form}): pip install "{library}' in result.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("library", "extra"), [("pandas", "frames"), ("polars", "polars")])
def test_the_extra_that_is_named_brings_the_library(graph, monkeypatch, library, extra):
    monkeypatch.setitem(sys.modules, library, None)
    for rows in (graph.statements(subject="igmesine"), graph.measurements(drug="igmesine")):
        with pytest.raises(MissingExtra, match=rf'extra {extra}\): pip install "{library}'):
            rows.to_frame(library)


def test_the_extras_are_declared():
    import tomllib

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert {"png", "pdf"} <= extras.keys()
