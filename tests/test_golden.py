"""Pages in a real headless Chromium look as they did: golden pictures, compared so that fonts may differ.

`KG_UPDATE_GOLDEN=1 pytest tests/test_golden.py` writes the golden pictures anew; look at them before they go in.
"""

from __future__ import annotations

import os
import shutil
import string
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from golden import DENSE, FOREIGN, Difference, difference, reduced, taken, with_even_letters
from PIL import Image
from test_browser import Tab, chromium
from test_browser import pytestmark as browser_marks

pytestmark = browser_marks
FOLDER = Path(__file__).parent / "golden"
LARGEST, ALL_TOGETHER = 40_000, 500_000
FRAME = """Object.assign(document.getElementById("diagram").style,
  {position: "fixed", inset: 0, width: "%dpx", height: "%dpx", zIndex: 99, background: "white"}), 0"""
SIZE, OF_MANY = (800, 600), (600, 450)
"""The explorer shows hundreds of things, which make a large file."""
PICTURES_ONLY = """(() => {
  const style = new CSSStyleSheet();
  style.replaceSync(".card :is(b, span) { height: 22px; overflow: hidden } .card :is(b, span), h2, header *, details { visibility: hidden } header { height: 50px; overflow: hidden } html { zoom: 0.58; scrollbar-width: none }");
  document.adoptedStyleSheets = [style];
})()"""
"""All cards in one view; their titles are wider or narrower in another font."""
PICTURES = "[...document.querySelectorAll('.card img')]"
ONE = "imipramine-synapse-mechanism"
NAMES = sorted(path.stem for path in FOLDER.glob("*.png"))

Pages = dict[str, Path]


@pytest.fixture(scope="module")
def pages(graph, tmp_path_factory) -> Pages:
    folder = tmp_path_factory.mktemp("pages")
    made = {name: graph.view(name).write(folder / f"{name}.html") for name in names_of(graph)}
    return made | {
        "atlas": graph.atlas().write(folder / "atlas.html"),
        "explorer": graph.explore().write(folder / "explorer.html"),
    }


def names_of(graph) -> tuple[str, ...]:
    return (*graph.mechanisms, *graph.workflows)


@contextmanager
def browser(profile: Path) -> Iterator[Tab]:
    """Open a browser by day, of one size, without movement, whose texts are as wide in every font."""
    with chromium(profile) as page:
        page.call(
            "Emulation.setDeviceMetricsOverride", width=800, height=600, deviceScaleFactor=1, mobile=False
        )
        still = [("prefers-color-scheme", "light"), ("prefers-reduced-motion", "reduce")]
        page.call("Emulation.setEmulatedMedia", features=[{"name": a, "value": b} for a, b in still])
        with_even_letters(page, string.printable)
        yield page


@pytest.fixture(scope="module")
def tab(tmp_path_factory) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


def shown(page: Tab, pages: Pages, name: str) -> Image.Image:
    """Open a page and return its picture: the index of the atlas, and of the others the canvas in a fixed frame."""
    page.open(pages[name])
    if name == "atlas":
        page.run(PICTURES_ONLY)
        page.until(f"{PICTURES}.length > 0 && {PICTURES}.every((image) => image.complete)")
    else:
        page.run(FRAME % (OF_MANY if name == "explorer" else SIZE))
    if name == "explorer":
        page.until("performance.getEntriesByName('drawn').length === 1")
        page.run("document.getElementById('everything').click()")
    return taken(page, OF_MANY if name == "explorer" else SIZE)


def stored(name: str) -> Image.Image:
    return Image.open(FOLDER / f"{name}.png")


def assert_alike(name: str, seen: Image.Image, folder: Path) -> Difference:
    found = difference(stored(name), seen)
    alike = found.passes(DENSE if name == "explorer" else FOREIGN)
    if not alike:
        seen.save(folder / f"{name}.png")
        found.map.save(folder / f"{name}-difference.png")
    assert alike, (
        f"{name} looks different: {found.foreign} foreign points in one window, tint {found.tint}. "
        f"Now, and where: {folder}. KG_UPDATE_GOLDEN=1 renews {FOLDER}"
    )
    return found


@pytest.fixture(scope="module", autouse=True)
def renewed(tab, pages) -> None:
    """Write the golden pictures anew where this is asked for."""
    if not os.environ.get("KG_UPDATE_GOLDEN"):
        return
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.png"):
        path.unlink()
    for name in pages:
        reduced(shown(tab, pages, name)).save(FOLDER / f"{name}.png", optimize=True)


def test_there_is_a_small_golden_picture_of_every_page(pages):
    sizes = {path.stem: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert sizes.keys() == pages.keys(), "KG_UPDATE_GOLDEN=1 pytest tests/test_golden.py writes them"
    assert max(sizes.values()) <= LARGEST
    assert sum(sizes.values()) <= ALL_TOGETHER


@pytest.mark.parametrize("name", NAMES)
def test_a_page_looks_as_it_did(tab, pages, tmp_path, name):
    assert_alike(name, shown(tab, pages, name), tmp_path)


FAULTS = {
    "a box is missing": "diagram.page.shown.delete(diagram.page.scene.boxes[1].id)",
    "an arc is missing": "diagram.page.arcs.delete(diagram.page.scene.edges.find((edge) => edge.points.length > 4).id)",
    "a kind of box has another colour": "diagram.page.palette.boxes['transporter'].fill = '#f5d3e5'",
    "an arc has another colour": "diagram.page.palette.arcs['inhibition'].light = '#0072b2'",
    "a box stands elsewhere": "diagram.page.scene.boxes[0].x += 12, diagram.network.moveNode(0, diagram.page.scene.boxes[0].x, diagram.page.scene.boxes[0].y)",
    "the picture is smaller": "diagram.network.moveTo({scale: diagram.network.getScale() * 0.97})",
    "a name is missing": "diagram.page.scene.boxes[0].lines = []",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_seen(tab, pages, fault):
    shown(tab, pages, ONE)
    tab.run(f"({FAULTS[fault]}), diagram.page.selection = null, diagram.network.redraw(), 0")
    assert not difference(stored(ONE), taken(tab, SIZE)).passes()


@pytest.fixture
def other_font(tmp_path, monkeypatch) -> Callable[[str], None]:
    """Return a function that makes every text of browsers started from now on use one family."""

    def use(family: str) -> None:
        files = subprocess.run(
            ["fc-list", family, "file"], capture_output=True, text=True, check=False
        ).stdout
        if not files.strip():
            pytest.skip(f"no {family} here")
        path = tmp_path / "fonts.conf"
        folders = {f"<dir>{Path(line.partition(':')[0]).parent}</dir>" for line in files.splitlines()}
        rule = f'<match><edit name="family" mode="assign" binding="strong"><string>{family}</string></edit></match>'
        usual = '<include ignore_missing="yes">/etc/fonts/conf.d</include>'
        path.write_text(f"<fontconfig>{''.join(sorted(folders))}{usual}{rule}</fontconfig>", "utf-8")
        monkeypatch.setenv("FONTCONFIG_FILE", str(path))

    return use


@pytest.mark.skipif(shutil.which("fc-list") is None, reason="no fontconfig")
@pytest.mark.parametrize("family", ["DejaVu Sans", "Liberation Sans"])
def test_another_font_is_no_fault(pages, tmp_path, other_font, family):
    other_font(family)
    with browser(tmp_path / "profile") as page:
        for name in (ONE, "explorer", "atlas"):
            assert_alike(name, shown(page, pages, name), tmp_path)
        assert fonts_of_the_heading(page) == {family}


def fonts_of_the_heading(page: Tab) -> set[str]:
    for domain in ("DOM", "CSS"):
        page.call(f"{domain}.enable")
    root = page.call("DOM.getDocument")["root"]["nodeId"]
    heading = page.call("DOM.querySelector", nodeId=root, selector="h1")["nodeId"]
    return {font["familyName"] for font in page.call("CSS.getPlatformFontsForNode", nodeId=heading)["fonts"]}
