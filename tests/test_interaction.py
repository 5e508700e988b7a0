"""What a reader does on a diagram page, in a real headless Chromium: filters, steps, paths, plots, links, keys."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import msgspec
import pytest
from scenes import IGMESINE, IMIPRAMINE, VOCABULARY, measured, picture, scene, statement
from test_browser import Tab, at_middle_of, pytestmark, show, tab  # noqa: F401 (fixtures)
from test_views import HERE, PAYLOADS, drugs, hostile, small

from kg.graph import Graph
from kg.model import Measurement, Mechanism
from kg.paths import Path, find_paths
from kg.quantity import parse_quantity
from kg.views.claims import Span, span_of
from kg.views.scene import Scene


def press_switch(page: Tab, key: str) -> None:
    page.run(f"document.querySelector('[data-switch={json.dumps(key)}]').click()")


def visible(page: Tab) -> tuple[set[str], set[str]]:
    """Return the ids of the arcs and of the boxes that are left."""
    return set(page.run("[...diagram.page.arcs.keys()]")), set(page.run("[...diagram.page.shown.keys()]"))


def ink(page: Tab) -> str:
    return page.run("document.querySelector('#diagram canvas').toDataURL()")


def test_every_legend_entry_is_a_switch_that_hides_what_is_drawn_so(show):  # noqa: F811
    drawn = picture(IMIPRAMINE)
    page = show(drawn)
    whole = visible(page)
    for entry in drawn.legend:
        key = f"{entry.group}:{entry.key}"
        assert (
            page.run(f"document.querySelector('.legend [data-switch={json.dumps(key)}]').ariaPressed")
            == "true"
        )
        press_switch(page, key)
        arcs, boxes = visible(page)
        assert (arcs, boxes) != whole
        assert not [
            edge.id
            for edge in drawn.edges
            if edge.id in arcs and entry.group == "arrow" and edge.arc == entry.key
        ]
        assert not [
            box.id
            for box in drawn.boxes
            if box.id in boxes and entry.group == "entity" and box.glyph == entry.key
        ]
        assert page.run("document.getElementById('hidden-note').textContent").startswith("Hidden: ")
        page.run("document.getElementById('show-all').click()")
        assert visible(page) == whole
    assert page.run("document.getElementById('show-all').hidden")
    assert page.logged == []


def test_what_is_hidden_is_neither_drawn_nor_hit_nor_found(show):  # noqa: F811
    drawn = picture(IGMESINE)
    page = show(drawn)
    edge = next(item for item in drawn.edges if item.polarity == "negated")
    before, at = ink(page), at_middle_of(page, edge.id)
    page.click(*at)
    page.until(f"diagram.selection()?.id === {json.dumps(edge.id)}")
    press_switch(page, "reading:negated")
    assert page.run("diagram.selection()") is None
    assert page.run("document.getElementById('hidden-note').textContent") == "Hidden: 1 arrow, 1 claim"
    page.click(*at)
    assert page.run("diagram.selection()?.id") != edge.id
    page.run("diagram.select(null)")
    page.until(f"document.querySelector('#diagram canvas').toDataURL() !== {json.dumps(before)}")
    press_switch(page, "entity:small molecule")
    page.run("document.getElementById('find').value = 'glutamate'")
    page.run("document.getElementById('find').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'}))")
    assert page.run("document.getElementById('status').textContent") == "nothing found"
    assert page.logged == []


def test_background_steps_take_the_boxes_that_only_they_reach_with_them(show):  # noqa: F811
    drawn = picture(IGMESINE)
    page = show(drawn)
    page.run("document.querySelector('#layers [data-switch=\"reading:background\"]').click()")
    arcs, boxes = visible(page)
    assert arcs == {edge.id for edge in drawn.edges if edge.basis == "document"}
    lined = {
        end for edge in drawn.edges if edge.points and edge.id in arcs for end in (edge.source, edge.target)
    }
    assert boxes == lined & {box.id for box in drawn.boxes}
    legend = "document.querySelector('.legend [data-switch=\"reading:background\"]').ariaPressed"
    assert page.run(legend) == "false"


def test_claims_of_other_documents_can_be_hidden(show):  # noqa: F811
    drawn = picture(IGMESINE)
    assert drawn.document == "B000001"
    page = show(drawn)
    assert not page.run("!!document.querySelector('[data-switch=\"layer:other\"]')")
    page = show(msgspec.structs.replace(drawn, document="B000002"))
    press_switch(page, "layer:other")
    assert visible(page)[0] == {edge.id for edge in drawn.edges if edge.basis == "background"}


def test_an_arc_looks_like_the_claims_that_are_left_of_it(show):  # noqa: F811
    said = [
        statement("a", "activates", "b"),
        statement("a", "increases", "b", basis="background", id="other"),
    ]
    page = show(small(drugs("a", "b"), said))
    assert page.run("[...diagram.page.arcs.values()].map((edge) => edge.basis)") == ["document"]
    press_switch(page, "reading:document")
    page.run("diagram.select({kind: 'edge', id: 'e0'})")
    assert page.run("[...diagram.page.arcs.values()].map((edge) => edge.basis)") == ["background"]
    assert "1 claim hidden" in page.run("document.getElementById('selection').textContent")


def story(page: Tab) -> tuple[str, str]:
    return tuple(
        page.run(f"document.getElementById('story-{part}').textContent") for part in ("place", "words")
    )


def test_the_main_chain_is_told_step_by_step(show):  # noqa: F811
    drawn = picture(IGMESINE)
    page = show(drawn)
    claims = {said.id: (edge, said) for edge in drawn.edges for said in edge.statements}
    page.run("document.getElementById('story-open').click()")
    count = len(drawn.main_claims)
    for number, name in enumerate(drawn.main_claims):
        edge, said = claims[name]
        place, words = story(page)
        assert place == f"Step {number + 1} of {count}"
        assert words.startswith(f"{said.subject} {said.predicate} {said.object} — ")
        assert said.certainty in words and said.evidence[0].title in words
        assert ("document claim" in words) == (said.basis == "document")
        assert page.run("diagram.selection().id") == edge.id
        page.run("document.getElementById('story-next').click()")
    x, y = claims[drawn.main_claims[-1]][0].middle
    page.until(
        f"Math.hypot(diagram.network.getViewPosition().x - {x}, diagram.network.getViewPosition().y - {y}) < 2"
    )
    page.run("document.getElementById('story-close').click()")
    assert page.run("document.getElementById('story').hidden")
    assert page.logged == []


def test_keys_walk_the_steps_and_hidden_ones_are_left_out(show):  # noqa: F811
    drawn = picture(IGMESINE)
    page = show(drawn)
    page.run("document.getElementById('diagram').focus()")
    for key in "nnp":
        page.press(key)
    assert story(page)[0] == f"Step 1 of {len(drawn.main_claims)}"
    press_switch(page, "reading:document")
    background = sum(
        said.basis == "background"
        for edge in drawn.edges
        for said in edge.statements
        if said.id in drawn.main_claims
    )
    assert background == 0
    assert page.run("document.getElementById('story').hidden")
    assert page.run("document.getElementById('story-open').disabled")
    page.run("diagram.filters.set(['arrow:production'])")
    page.run("document.getElementById('story-open').click()")
    hidden = sum(
        edge.arc == "production"
        for edge in drawn.edges
        for said in edge.statements
        if said.id in drawn.main_claims
    )
    assert story(page)[0] == f"Step 1 of {len(drawn.main_claims) - hidden} ({hidden} hidden)"
    page.press("Escape")
    assert page.run("document.getElementById('story').hidden")


def test_a_workflow_is_told_in_its_order(show, graph):  # noqa: F811
    drawn = graph.view("radioligand-binding-workflow").scene
    page = show(drawn)
    page.run("diagram.story.go(0)")
    for number, box in enumerate(drawn.boxes):
        assert page.run("diagram.selection().id") == box.id
        assert story(page)[0] == f"Step {number + 1} of {len(drawn.boxes)}"
        assert story(page)[1].startswith(box.label)
        page.run("diagram.story.next()")
    order = [box.id for box in drawn.boxes]
    assert all(order.index(edge.source) < order.index(edge.target) for edge in drawn.edges)
    assert page.logged == []


def traced(page: Tab, source: str, target: str) -> dict:
    return page.run(f"diagram.trace.find({json.dumps(source)}, {json.dumps(target)})")


def as_in_python(path: Path) -> dict:
    return {
        "nodes": list(path.nodes),
        "sign": path.sign,
        "certainty": path.certainty,
        "basis": path.basis,
        "withheld": [[step.source, step.target] for step in path.withheld_by],
        "said": [[said.id for said in step.statements] for step in path.steps],
    }


ALL_PAIRS = """((names) => names.flatMap((source) => names.map((target) => [source, target, diagram.trace.find(source, target)]))
  .filter(([,, found]) => found.paths.length)
  .map(([source, target, {paths, whole}]) => [source, target, whole, paths.map((path) => ({
    nodes: path.nodes, sign: path.sign, certainty: path.certainty, basis: path.basis,
    withheld: path.withheld.map((step) => [step.source, step.target]),
    said: path.steps.map((step) => step.said.map((said) => said.id))}))]))"""


@pytest.mark.parametrize(
    "name", ["igmesine-nmda-mechanism", "imipramine-monoamine-mechanism", "imipramine-bdnf-mechanism"]
)
def test_paths_on_the_page_are_those_of_the_library(show, graph, name):  # noqa: F811
    mechanism = graph.graph.mechanisms[name]
    said = tuple(graph.graph.statements[item] for item in mechanism.statements)
    only = Graph(msgspec.structs.replace(graph.graph.knowledge, statements=said), graph.graph.vocabulary)
    page = show(graph.view(name).scene)
    ends = sorted({end for item in said for end in (item.subject, item.object)})
    found = {
        (source, target): (whole, paths)
        for source, target, whole, paths in page.run(f"{ALL_PAIRS}({json.dumps(ends)})")
    }
    for source in ends:
        for target in ends:
            paths = find_paths(only, source, target, max_length=10, at_most=200)
            whole, shown = found.get((source, target), (True, []))
            assert whole != paths.truncated
            assert shown == [as_in_python(path) for path in paths], (source, target)
    assert any(path["sign"] == "-" for _, paths in found.values() for path in paths)
    assert any(path["withheld"] for _, paths in found.values() for path in paths)


def test_needed_disagreeing_and_unsigned_steps_withhold_the_sign_and_denied_ones_are_not_walked(show):  # noqa: F811
    said = [
        statement("a", "inhibits", "b"),
        statement("b", "inhibits", "c"),
        statement("d", "depends_on", "c"),
        statement("b", "activates", "d", polarity="negated"),
        statement("b", "increases", "e"),
        statement("b", "decreases", "e"),
        statement("a", "part_of", "d"),
    ]
    page = show(small(drugs("a", "b", "c", "d", "e"), said))
    assert [path["sign"] for path in traced(page, "a", "c")["paths"]] == ["+"]
    (needed,) = traced(page, "a", "d")["paths"]
    assert (needed["nodes"], needed["sign"]) == (["a", "b", "c", "d"], "unknown")
    assert [step["why"] for step in needed["withheld"]] == ["«depends on» gives no sign"]
    (disputed,) = traced(page, "a", "e")["paths"]
    assert [step["why"] for step in disputed["withheld"]] == ["its claims disagree"]
    press_switch(page, "arrow:inhibition")
    assert traced(page, "a", "c")["paths"] == []
    assert [path["sign"] for path in traced(page, "b", "e")["paths"]] == ["+"]


def at_box(page: Tab, name: str) -> tuple[float, float]:
    code = f"""(() => {{
      const box = diagram.page.boxes.get({json.dumps(name)}), frame = document.getElementById("diagram").getBoundingClientRect();
      const spot = diagram.network.canvasToDOM(box);
      return [frame.left + spot.x, frame.top + spot.y];
    }})()"""
    return tuple(page.run(code))


def test_shift_clicking_two_boxes_lists_the_paths_between_them(show):  # noqa: F811
    page = show(picture(IGMESINE))
    for name in ("igmesine", "calcium-ion"):
        page.click(*at_box(page, name), modifiers=8)
    page.until("diagram.selection()?.kind === 'ways'")
    paths = traced(page, "igmesine", "calcium-ion")["paths"]
    assert len(paths) > 2
    shown = "document.getElementById('selection')"
    assert page.run(f"{shown}.querySelectorAll('.way').length") == len(paths)
    assert "at most 10 steps" in page.run(f"{shown}.textContent")
    before = ink(page)
    page.run("document.getElementById('way-1').click()")
    assert page.run("document.activeElement.id") == "way-1"
    assert page.run("document.getElementById('way-1').ariaPressed") == "true"
    page.until(f"document.querySelector('#diagram canvas').toDataURL() !== {json.dumps(before)}")
    page.press("Escape")
    assert page.run("diagram.selection()") is None
    assert page.logged == []


def test_the_panel_asks_for_paths_without_a_mouse(show):  # noqa: F811
    page = show(picture(IGMESINE))
    page.run("diagram.select({kind: 'box', id: 'igmesine'})")
    page.run("document.getElementById('ways-start').focus(); document.getElementById('ways-start').click()")
    assert page.run("document.activeElement.textContent") == "Paths start here"
    page.run("diagram.select({kind: 'box', id: 'cgmp'})")
    page.run("document.querySelectorAll('.ways-from button')[1].click()")
    assert page.run("diagram.selection()") == {
        "kind": "ways",
        "source": "igmesine",
        "target": "cgmp",
        "index": None,
    }


def test_the_search_for_paths_is_bounded_and_says_so(show):  # noqa: F811
    names = [f"n{index}" for index in range(12)]
    said = [statement(one, "activates", other) for one in names for other in names if one != other]
    page = show(small(drugs(*names), said))
    page.run("diagram.select({kind: 'ways', source: 'n0', target: 'n1', index: null})")
    found = traced(page, "n0", "n1")
    assert (len(found["paths"]), found["whole"]) == (200, False)
    assert "ended after 200 paths" in page.run("document.getElementById('selection').textContent")


def value_of(text: str, unit: str | None = "nM", **fields: object) -> Measurement:
    quantity = parse_quantity(text)
    return msgspec.structs.replace(measured("a", "b"), id=text, quantity=quantity, unit=unit, **fields)


@pytest.mark.parametrize(
    ("text", "unit", "span"),
    [
        ("39 ± 8", "nM", Span(3.9e-08, 3.9e-08, 8e-09, False)),
        ("15 - 37", "nM", Span(1.5e-08, 3.7e-08, None, False)),
        ("~1-10", "nM", Span(1e-09, 1e-08, None, True)),
        (">10,000", "nM", Span(1e-05, None, None, False)),
        ("<2", "µM", Span(None, 2e-06, None, False)),
        ("0.5", "µM", Span(5e-07, 5e-07, None, False)),
        ("0", "nM", None),
        ("-1", "nM", None),
        ("0 - 5", "nM", None),
        ("50", "%", None),
        ("7", "h", None),
        ("50", None, None),
        ("50", "bananas", None),
        ("Weak", "nM", None),
    ],
)
def test_a_concentration_has_a_place_on_the_axis_and_nothing_else_has(text, unit, span):
    assert span_of(value_of(text, unit), VOCABULARY.units) == span


def measured_scene(*values: Measurement) -> Scene:
    said = [statement("a", "inhibits", "b")]
    mechanism = Mechanism("m", "A title", HERE, (), (said[0].id,))
    return scene(mechanism, drugs("a", "b"), said, measurements=values, units=VOCABULARY.units)


def test_values_are_plotted_as_dots_bars_and_arrows_and_still_listed(show):  # noqa: F811
    texts = ["1", "10", "100", "39 ± 8", "5 ± 9", "15 - 37", "> 100", "<2"]
    page = show(measured_scene(*(value_of(text) for text in texts), value_of("50", "%")))
    page.run("diagram.select({kind: 'edge', id: 'e0'})")
    drawn = page.run("""[...document.querySelectorAll('.plot .row')].map((row) => ({
      dots: [...row.querySelectorAll('circle')].map((dot) => [Number(dot.getAttribute('cx')), dot.classList.contains('open')]),
      bars: row.querySelectorAll('.bar').length, heads: row.querySelectorAll('.head').length,
      text: row.querySelector('title').textContent}))""")
    assert [row["text"].startswith(f"Ki {text} nM") for row, text in zip(drawn, texts, strict=True)] == [
        True
    ] * len(texts)
    one, ten, hundred = (row["dots"][0][0] for row in drawn[:3])
    assert ten - one == pytest.approx(hundred - ten, abs=0.2)
    assert [(len(row["dots"]), row["bars"], row["heads"]) for row in drawn] == [
        (1, 0, 0), (1, 0, 0), (1, 0, 0), (1, 4, 0), (1, 3, 1), (0, 3, 0), (1, 1, 1), (1, 1, 1),
    ]  # fmt: skip
    assert [row["dots"][0][1] for row in drawn[6:]] == [True, True]
    ticks = page.run("[...document.querySelectorAll('.plot .tick')].map((tick) => tick.textContent)")
    assert ticks == ["1 nM", "10 nM", "100 nM"]
    label = page.run("document.querySelector('.plot').getAttribute('aria-label')")
    assert label == "8 measured concentrations on a logarithmic axis from 1 nM to 100 nM; listed below"
    assert page.run("document.querySelectorAll('#selection .claim li b').length") == len(texts) + 1
    assert page.logged == []


def test_wide_and_lone_values_keep_the_axis_readable(show):  # noqa: F811
    page = show(measured_scene(value_of("1", "pM"), value_of("5", "M"), value_of("1e-30", "pM")))
    page.run("diagram.select({kind: 'edge', id: 'e0'})")
    at = page.run(
        "[...document.querySelectorAll('.plot .tick')].map((tick) => Number(tick.getAttribute('x')))"
    )
    assert 2 <= len(at) <= 7
    assert all(other - one > 30 for one, other in pairwise(at))
    page = show(measured_scene(value_of("10")))
    page.run("diagram.select({kind: 'edge', id: 'e0'})")
    assert page.run("[...document.querySelectorAll('.plot .tick')].map((tick) => tick.textContent)") == [
        "10 nM",
        "100 nM",
    ]


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_stay_text_in_a_plot(show, payload):  # noqa: F811
    quantity = msgspec.structs.replace(parse_quantity("5"), text=payload)
    page = show(
        measured_scene(
            msgspec.structs.replace(value_of("5"), quantity=quantity, parameter=payload, ligand=payload)
        )
    )
    page.run("diagram.select({kind: 'edge', id: 'e0'})")
    names = page.run(
        "[...new Set([...document.querySelectorAll('.plot *')].map((part) => part.tagName))].sort()"
    )
    assert names == ["circle", "g", "path", "text", "title"]
    assert page.run("document.querySelector('.plot').getBoundingClientRect().width") < 400
    assert (page.logged, page.outside()) == ([], [])


# ---- the address ------------------------------------------------------------------------------------------


def opened(page: Tab, fragment: str) -> Tab:
    """Open the page that is shown once more, with a fragment, from anew."""
    here = page.run("location.href.split('#')[0]")
    page.call("Page.navigate", url="about:blank")
    page.call("Page.navigate", url=f"{here}#{fragment}")
    page.until("document.documentElement?.dataset.ready === 'yes' && location.protocol === 'file:'")
    return page


def fragment(page: Tab) -> str:
    page.until("diagram.address.settled()")
    return page.run("location.hash.slice(1)")


def state(page: Tab) -> list:
    return page.run(
        "[diagram.selection(), diagram.filters.off(), diagram.story.at(), document.documentElement.dataset.theme]"
    )


STATES = [
    "diagram.select({kind: 'box', id: 'calcium-ion'})",
    "diagram.select({kind: 'edge', id: 'e3'})",
    "diagram.select({kind: 'ways', source: 'igmesine', target: 'calcium-ion', index: 1})",
    "diagram.filters.set(['reading:background', 'arrow:modulation'])",
    "diagram.story.go(2)",
    "document.getElementById('theme').click()",
    "diagram.filters.set(['reading:negated']); diagram.story.go(1); diagram.select({kind: 'box', id: 'cgmp'})",
]


@pytest.mark.parametrize("act", STATES)
def test_the_address_brings_back_what_was_seen(show, act):  # noqa: F811
    page = show(picture(IGMESINE))
    page.run(act)
    seen, address = state(page), fragment(page)
    assert address
    assert state(opened(page, address)) == seen
    assert fragment(page) == address
    page.run("location.hash = ''")
    page.until(
        "diagram.selection() === null && diagram.filters.off().length === 0 && diagram.story.at() === -1"
    )
    assert (page.logged, page.outside()) == ([], [])


HOSTILE_FRAGMENTS = [
    "box=__proto__&claim=constructor&arrow=toString&off=__proto__&off=reading%3Anothing&step=1e9&theme=javascript:alert(1)",
    "box=%3Cimg%20src=x%20onerror=document.title='OWNED'%3E&step=-1&path=0",
    "from=igmesine&to=igmesine&path=99999",
    "from=igmesine&to=%00",
    "%E0%A4%A&box=%&=&&&step=0x1",
    "step=999&path=1",
    "x" * 100_000,
]


@pytest.mark.parametrize("address", HOSTILE_FRAGMENTS, ids=range(len(HOSTILE_FRAGMENTS)))
def test_nothing_of_a_hostile_address_is_believed(show, address):  # noqa: F811
    page = opened(show(picture(IGMESINE)), address)
    assert state(page) == [None, [], -1, "light"]
    assert page.run("document.title") != "OWNED"
    assert (page.logged, page.outside()) == ([], [])


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_ids_travel_through_the_address(show, payload):  # noqa: F811
    page = show(hostile(payload))
    for what in ("{kind: 'edge', id: 'e0'}", "{kind: 'box', id: '__proto__'}"):
        page.run(f"diagram.select({what})")
        seen, address = state(page), fragment(page)
        if len(address) < 20_000:
            assert state(opened(page, address)) == seen
    assert page.run("document.title") != "OWNED"
    assert (page.logged, page.outside()) == ([], [])


def test_a_frame_without_a_history_works_all_the_same(show):  # noqa: F811
    page = show(picture(IGMESINE))
    page.run("history.replaceState = () => { throw new DOMException('no history here', 'SecurityError'); }")
    page.run("diagram.select({kind: 'box', id: 'cgmp'})")
    assert fragment(page) == ""
    assert page.run("diagram.selection().id") == "cgmp"
    assert page.logged == []


@contextmanager
def frame_in(page: Tab, path) -> Iterator[Tab]:
    """Open a page and speak to the one frame in it, which runs in a process of its own."""
    from websocket import create_connection

    page.open(path)
    end = time.monotonic() + 15
    frames: list[str] = []
    while not frames:
        assert time.monotonic() < end, "the frame never came"
        found = page.call("Target.getTargets")["targetInfos"]
        frames = [info["targetId"] for info in found if info["type"] == "iframe"]
    host, port = page._socket.sock.getpeername()[:2]
    socket = create_connection(f"ws://{host}:{port}/devtools/page/{frames[0]}", timeout=30)
    try:
        frame = Tab(socket)
        frame.until("document.documentElement.dataset.ready === 'yes'")
        yield frame
    finally:
        socket.close()


def test_in_the_frame_of_a_notebook_the_page_is_silent_and_whole(show, graph, tmp_path):  # noqa: F811
    drawn = graph.view("igmesine-nmda-mechanism")
    outer = tmp_path / "notebook.html"
    ready = "<script>document.documentElement.dataset.ready = 'yes'</script>"
    outer.write_text(
        f"<!doctype html><meta charset=utf-8><title>n</title>{drawn._repr_html_()}{ready}", "utf-8"
    )
    page = show(picture(IGMESINE))
    with frame_in(page, outer) as frame:
        frame.run(
            "diagram.select({kind: 'box', id: 'igmesine'}); diagram.filters.set(['reading:background'])"
        )
        frame.until("diagram.address.settled()")
        assert frame.run("[origin, location.hash, diagram.selection().id]") == ["null", "", "igmesine"]
        folder = tmp_path / "saved"
        folder.mkdir()
        page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
        frame.run("document.getElementById('save-svg').click()")
        frame.call("Runtime.evaluate", expression="1")
        assert frame.logged == []
    assert page.logged == []


# ---- keyboard, paper, phone, colours ----------------------------------------------------------------------


def status(page: Tab) -> str:
    return page.run("document.getElementById('status').textContent")


def test_the_keyboard_walks_from_box_to_box_along_the_arcs(show):  # noqa: F811
    drawn = picture(IGMESINE)
    page = show(drawn)
    joined = {frozenset((edge.source, edge.target)) for edge in drawn.edges if edge.points}
    page.run("document.getElementById('find').focus()")
    page.run("document.getElementById('diagram').focus()")
    before = ink(page)
    page.press("ArrowDown")
    walked = [page.run("diagram.page.cursor")]
    page.until(f"document.querySelector('#diagram canvas').toDataURL() !== {json.dumps(before)}")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"):
        page.press(key)
        walked.append(page.run("diagram.page.cursor"))
    moved = [pair for pair in pairwise(walked) if pair[0] != pair[1]]
    assert len(moved) >= 3
    assert all(frozenset(pair) in joined for pair in moved)
    assert "arrow" in status(page)
    page.press("Enter")
    assert page.run("diagram.selection()") == {"kind": "box", "id": walked[-1]}
    page.press("Escape")
    assert page.run("diagram.page.cursor") is None


def test_tab_visits_every_visible_box_and_then_leaves(show):  # noqa: F811
    page = show(picture(IGMESINE))
    press_switch(page, "reading:background")
    page.run("document.getElementById('diagram').focus()")
    page.press("ArrowDown")
    shown, seen = visible(page)[1], set()
    for _ in range(len(shown)):
        seen.add(page.run("diagram.page.cursor"))
        assert page.run("document.activeElement.id") == "diagram"
        page.press("Tab")
    assert seen == shown
    assert page.run("diagram.page.cursor") is None
    assert page.logged == []


def test_shift_and_enter_on_two_boxes_asks_for_their_paths(show):  # noqa: F811
    page = show(picture(IGMESINE))
    page.run("document.getElementById('diagram').focus()")
    for name in ("igmesine", "cgmp"):
        page.run(f"diagram.page.cursor = '{name}'")
        page.press("Enter", modifiers=8)
    assert page.run("diagram.selection().kind") == "ways"


def displayed(page: Tab, selector: str) -> bool:
    return page.run(f"document.querySelector({json.dumps(selector)}).getClientRects().length > 0")


def test_paper_has_the_picture_and_the_table_and_no_tools(show):  # noqa: F811
    page = show(picture(IGMESINE))
    page.run("document.getElementById('theme').click(); diagram.story.go(0)")
    page.call("Emulation.setEmulatedMedia", media="print")
    try:
        page.run("dispatchEvent(new Event('beforeprint'))")
        assert (
            displayed(page, "#paper canvas") and displayed(page, "#claims tbody tr") and displayed(page, "h1")
        )
        for tool in (".tools", "#stage", "#story", "#layers", "#selection", "#entities"):
            assert not displayed(page, tool), tool
        canvas = "document.querySelector('#paper canvas')"
        assert page.run(f"{canvas}.width") > 1000
        assert page.run(
            f"[...{canvas}.getContext('2d').getImageData(2, 2, 1, 1).data].every((part) => part > 200)"
        )
        page.call(
            "Emulation.setDeviceMetricsOverride", width=760, height=1000, deviceScaleFactor=1, mobile=False
        )
        assert page.run("document.documentElement.scrollWidth") <= 760
        page.call("Emulation.clearDeviceMetricsOverride")
        assert len(page.call("Page.printToPDF")["data"]) > 10_000
        page.run("dispatchEvent(new Event('afterprint'))")
    finally:
        page.call("Emulation.setEmulatedMedia", media="")
    assert page.run("document.documentElement.dataset.theme") == "dark"
    assert not page.run("document.getElementById('claims').open")
    assert page.logged == []


def test_a_phone_scrolls_only_down_with_everything_open(show, graph):  # noqa: F811
    page = show(graph.view("imipramine-monoamine-mechanism").scene)
    page.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
    try:
        page.run("diagram.story.go(0); diagram.select({kind: 'edge', id: 'e1'})")
        page.run("for (const part of document.querySelectorAll('details')) part.open = true")
        assert page.run("document.documentElement.scrollWidth") <= 360
        page.run("diagram.select({kind: 'ways', source: 'imipramine', target: 'camp', index: null})")
        assert page.run("document.documentElement.scrollWidth") <= 360
    finally:
        page.call("Emulation.clearDeviceMetricsOverride")


def test_reduced_motion_moves_at_once_and_forced_colours_show_what_is_pressed(show):  # noqa: F811
    features = [
        {"name": "prefers-reduced-motion", "value": "reduce"},
        {"name": "forced-colors", "value": "active"},
    ]
    drawn = picture(IGMESINE)
    page = show(drawn)
    page.call("Emulation.setEmulatedMedia", features=features)
    try:
        page.run("diagram.story.go(0)")
        at = page.run("diagram.network.getViewPosition()")
        edge = next(item for item in drawn.edges if item.id == drawn.main_chain[0])
        assert (at["x"], at["y"]) == pytest.approx(edge.middle, abs=1)
        look = "getComputedStyle(document.querySelector('[data-switch=\"reading:background\"]')).outlineStyle"
        assert page.run(look) == "solid"
        press_switch(page, "reading:background")
        assert page.run(look) == "none"
    finally:
        page.call("Emulation.setEmulatedMedia", features=[])
    assert page.logged == []


CONTRASTS = """(() => {
  const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    const own = element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)";
    return element && own.endsWith(", 0)") ? ground(element.parentElement) : own;
  };
  const words = [...document.querySelectorAll("body *")].filter((element) => element.getClientRects().length && !element.closest(":disabled, svg, canvas, script")
    && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return words.map((element) => {
    const [one, other] = [getComputedStyle(element).color, ground(element)].map(light).sort((a, b) => b - a);
    return [(one + 0.05) / (other + 0.05), element.outerHTML.slice(0, 90)];
  }).filter(([ratio]) => ratio < 4.5);
})()"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_of_the_page_has_the_contrast_of_aa(show, graph, theme):  # noqa: F811
    page = opened(show(graph.view("imipramine-monoamine-mechanism").scene), f"theme={theme}&step=1")
    page.run("for (const part of document.querySelectorAll('details')) part.open = true")
    press_switch(page, "reading:background")
    for what in ("{kind: 'edge', id: 'e1'}", "{kind: 'box', id: 'imipramine'}"):
        page.run(f"diagram.select({what})")
        assert page.run("document.documentElement.dataset.theme") == theme
        assert page.run(CONTRASTS) == []


# ---- files ------------------------------------------------------------------------------------------------


def saved(page: Tab, button: str, folder, name: str) -> bytes:
    page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    page.run(f"document.getElementById('{button}').click()")
    end = time.monotonic() + 15
    while not (folder / name).exists() or not (folder / name).stat().st_size:
        assert time.monotonic() < end, [*folder.iterdir()]
        time.sleep(0.05)
    time.sleep(0.2)
    return (folder / name).read_bytes()


def test_the_picture_is_saved_as_svg_and_as_png(show, graph, tmp_path):  # noqa: F811
    drawn = graph.view("igmesine-nmda-mechanism")
    page = show(drawn.scene)
    folder = tmp_path / "saved"
    folder.mkdir()
    assert saved(page, "save-svg", folder, "igmesine-nmda-mechanism.svg").decode() == drawn.svg
    png = saved(page, "save-png", folder, "igmesine-nmda-mechanism.png")
    assert png.startswith(b"\x89PNG\r\n")
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    assert (width, height) == pytest.approx((2 * drawn.scene.width, 2 * drawn.scene.height), abs=2)
    assert page.logged == []
    assert page.outside() == []


def test_a_file_is_never_named_by_a_hostile_id(show, tmp_path):  # noqa: F811
    page = show(msgspec.structs.replace(picture(IGMESINE), id="../../.x/<b>\u202e.exe"))
    assert saved(page, "save-svg", tmp_path, "-x-b-exe.svg").startswith(b"<svg ")
    assert page.logged == []


def test_a_page_stays_under_three_quarters_of_a_megabyte(graph):
    for name in (*graph.mechanisms, *graph.workflows):
        assert len(graph.view(name).html.encode()) < 750_000


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_are_inert_in_every_tool(show, payload):  # noqa: F811
    page = show(hostile(payload))
    page.run("diagram.story.go(0)")
    page.run("diagram.select({kind: 'ways', source: 'constructor', target: '__proto__', index: 0})")
    assert page.run("document.querySelectorAll('.way').length") == 1
    page.run("document.getElementById('diagram').focus()")
    for key in ("ArrowDown", "Tab", "Enter"):
        page.press(key)
    page.run("for (const toggle of document.querySelectorAll('[data-switch]')) toggle.click()")
    assert visible(page)[0] == set()
    page.run("document.getElementById('show-all').click()")
    page.run("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    assert (
        page.run("document.querySelectorAll('body :is(img, style, iframe, object, embed, link)').length") == 0
    )
    assert page.run("document.title") != "OWNED"
    assert (page.logged, page.outside()) == ([], [])
