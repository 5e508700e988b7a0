"""The explorer in a real headless Chromium: silent, offline, inert, quick, and everything it offers works."""

from __future__ import annotations

import json

import pytest
from pages import shortest_first
from synthetic import synthetic
from test_browser import CHROMIUM, assert_fits_a_phone
from test_explore import hostile_graph
from test_views import PAYLOADS

from kg.paths import find_paths
from kg.views.explorer import explorer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome on the PATH"),
]


@pytest.fixture(scope="module")
def whole(graph, tmp_path_factory):
    return graph.explore().write(tmp_path_factory.mktemp("pages") / "explorer.html")


@pytest.fixture
def show(tab):
    """Return a function that opens a page and forgets what earlier pages did."""

    def open_page(path):
        tab.call("Page.navigate", url="about:blank")
        tab.logged.clear()
        tab.asked.clear()
        tab.open(path)
        tab.until("performance.getEntriesByName('drawn').length === 1")
        return tab

    return open_page


@pytest.fixture
def page(show, whole):
    opened = show(whole)
    yield opened
    assert opened.logged == []
    assert opened.outside() == []


def number(page, name: str) -> int:
    return page.run(f"explorer.data.picture.ids.indexOf({json.dumps(name)})")


def spot(page, node: int) -> tuple[float, float]:
    return tuple(
        page.run(f"""(() => {{
          const frame = document.getElementById("diagram").getBoundingClientRect();
          const at = explorer.drawing.network.canvasToDOM({{x: explorer.data.x[{node}], y: explorer.data.y[{node}]}});
          return [frame.left + at.x, frame.top + at.y];
        }})()""")
    )


def at_rest(page) -> None:
    """Wait until what was asked for is drawn."""
    page.run("window.rested = 0, requestAnimationFrame(() => requestAnimationFrame(() => { rested = 1; }))")
    page.until("rested === 1")


def selected(page) -> str:
    return page.run("document.querySelector('#selection h2')?.textContent ?? ''")


def visible(page) -> list[int]:
    return page.run("[explorer.view.nodes.length, explorer.view.arcs.length]")


def tick(page, facet: str, label: str, only: bool = False) -> None:
    page.run(f"""(() => {{
      const rows = [...document.querySelectorAll('#filters [data-facet="{facet}"] li')];
      const row = rows.find((item) => item.querySelector("bdi").textContent === {json.dumps(label)});
      row.querySelector({json.dumps("button" if only else "input")}).click();
    }})()""")


def test_the_whole_graph_is_drawn_at_once(page, graph):
    assert visible(page)[0] == len(graph.entities)
    drawn = """(() => {
      const canvas = document.querySelector("#diagram canvas"), ratio = canvas.width / canvas.clientWidth;
      const all = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const white = (x, y) => [0, 1, 2].every((part) => all.data[4 * (Math.round(y) * canvas.width + Math.round(x)) + part] === 255);
      return explorer.view.nodes.filter((node) => {
        const spot = explorer.drawing.network.canvasToDOM({x: explorer.data.x[node], y: explorer.data.y[node]});
        return [-3, 0, 3].every((by) => white(spot.x * ratio + by, spot.y * ratio + by));
      }).length;
    })()"""
    assert page.run(drawn) < 0.2 * len(graph.entities)  # those whose category is drawn white


def test_labels_do_not_overlap_at_any_zoom(page):
    for scale in (0.3, 0.8, 2):
        page.run(f"explorer.drawing.network.moveTo({{scale: {scale}}})")
        at_rest(page)
        found = page.run("explorer.drawing.labels")
        assert len(found) > 5
        meeting = [
            (a, b)
            for i, a in enumerate(found)
            for b in found[i + 1 :]
            if abs(a[0] - b[0]) < (a[2] + b[2]) / 2 - 0.1 and abs(a[1] - b[1]) < 13.9
        ]
        assert meeting == []


def test_a_click_on_an_entity_shows_its_claims(page):
    node = number(page, "sigma-1-receptor")
    page.click(*spot(page, node))
    page.until("document.querySelector('#selection h2') !== null")
    assert selected(page) == "sigma-1 receptor"
    shown = page.run("document.getElementById('selection').textContent")
    assert "is acted on by" in shown
    assert "In diagrams" in shown
    assert "igmesine-nmda-mechanism" in shown


def test_an_arc_shows_claims_with_evidence_conflicts_and_values(page):
    page.run("""(() => {
      const { picture } = explorer.data, at = (id) => picture.ids.indexOf(id);
      const arc = explorer.view.arcs.find((arc) => picture.source[arc] === at("imipramine") && picture.target[arc] === at("sert"));
      explorer.show({ kind: "edge", id: arc });
    })()""")
    shown = page.run("document.getElementById('selection').textContent")
    for text in (
        "polarity: asserted",
        "certainty: ",
        "document claim",
        "cites [",
        "seeds/documents/",
        "Ki",
        "nM",
    ):
        assert text in shown, text


def test_search_moves_to_the_hit(page):
    page.press("/")
    for letter in "desip":
        page.press(letter)
    page.until("document.querySelectorAll('#hits li').length > 0")
    page.run("document.getElementById('find').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'}))")
    assert selected(page) == "desipramine"
    node = number(page, "desipramine")
    page.until(f"""(() => {{
      const at = explorer.drawing.network.getViewPosition();
      return Math.hypot(at.x - explorer.data.x[{node}], at.y - explorer.data.y[{node}]) < 2;
    }})()""")


def test_filters_leave_out_what_they_say_and_count_what_is_there(page, graph):
    tick(page, "basis", "background step")
    assert page.run("[...explorer.view.passes].filter(Boolean).length") == len(
        graph.statements(basis="document")
    )
    count = """document.querySelector('#filters [data-facet="certainty"] .count').textContent"""
    assert page.run(count) == str(len(graph.statements(basis="document", certainty="asserted")))
    background = """[...document.querySelectorAll('#filters [data-facet="basis"] .count')][1].textContent"""
    assert page.run(background) == str(len(graph.statements(basis="background")))
    page.run("document.getElementById('everything').click()")
    assert visible(page)[0] == len(graph.entities)


def test_a_filter_by_document_leaves_its_claims_and_their_entities(page, graph):
    title = graph.documents["B115768"].title
    tick(page, "document", f"B115768: {title}", only=True)
    said = graph.statements(document="B115768")
    assert page.run("[...explorer.view.passes].filter(Boolean).length") == len(said)
    ends = {name for claim in said for name in (claim.subject, claim.object)}
    shown = set(
        page.run(
            "explorer.view.nodes.filter((n) => explorer.data.degree[n]).map((n) => explorer.data.picture.ids[n])"
        )
    )
    assert shown == ends


def test_a_filter_by_category_hides_its_entities_and_their_arcs(page, graph):
    before = visible(page)
    drugs = [entity for entity in graph.entities.values() if entity.category == "Drug"]
    tick(page, "category", "drug")
    after = visible(page)
    assert after[0] == before[0] - len(drugs)
    assert after[1] < before[1]


def test_a_double_click_closes_the_neighbours_and_opens_them_again(page):
    before = visible(page)
    node = number(page, "sigma-1-receptor")
    page.run(f"explorer.toggle({node})")
    closed = visible(page)
    assert closed[0] < before[0]
    assert "neighbour" in page.run("document.querySelector('#selection .deeds button').textContent")
    page.run("document.querySelector('#selection .deeds button').click()")
    assert visible(page) == before


def test_only_an_entitys_neighbours_can_be_shown_and_everything_again(page, graph):
    node = number(page, "cgmp")
    page.run(f"explorer.show({{kind: 'box', id: {node}}})")
    page.run(
        "[...document.querySelectorAll('#selection .deeds button')].find((b) => b.textContent === 'Only these').click()"
    )
    near = {claim.object for claim in graph.statements(subject="cGMP")} | {
        claim.subject for claim in graph.statements(object="cGMP")
    }
    assert set(page.run("explorer.view.nodes.map((n) => explorer.data.picture.ids[n])")) == near | {"cgmp"}


def test_paths_are_those_of_the_python_rules(page, graph):
    pairs = [
        ("igmesine", "cgmp"), ("imipramine", "serotonin"), ("imipramine", "creb"), ("desipramine", "bdnf"),
        ("igmesine", "apoptosis"), ("calcium-ion", "cgmp"), ("imipramine", "camp"), ("sigma-1-receptor", "creb"),
        ("liver", "cgmp"),
    ]  # fmt: skip
    compared = 0
    for source, target in pairs:
        if source not in graph.entities or target not in graph.entities:
            continue
        found = page.run(f"""(() => {{
          const {{ data, paths }} = explorer, at = (id) => data.picture.ids.indexOf(id);
          return paths.shortest(at("{source}"), at("{target}")).map((path) => ({{
            nodes: path.nodes.map((node) => data.picture.ids[node]), sign: path.sign,
            certainty: data.CERTAINTIES[path.certainty], steps: path.steps.map((step) => step.sign),
          }}));
        }})()""")
        wanted = find_paths(graph.graph, source, target, max_length=12, at_most=500)
        shortest = min((path.length for path in wanted), default=0)
        least = sorted((path for path in wanted if path.length == shortest), key=shortest_first)
        assert [tuple(path["nodes"]) for path in found] == [path.nodes for path in least], (source, target)
        assert [path["sign"] for path in found] == [path.sign for path in least]
        assert [path["certainty"] for path in found] == [path.certainty for path in least]
        assert [path["steps"] for path in found] == [[step.sign for step in path.steps] for path in least]
        compared += len(found)
    assert compared >= 6


def test_a_path_goes_only_over_what_is_visible(page):
    code = "explorer.path(explorer.data.picture.ids.indexOf('igmesine'), explorer.data.picture.ids.indexOf('cgmp')).map((p) => p.nodes.length)"
    assert page.run(code)[0] == 2
    tick(page, "predicate", "decreases")
    assert page.run(code)[0] > 2
    tick(page, "basis", "background step")
    assert page.run(code) == []
    assert "No directed path" in page.run("document.getElementById('selection').textContent")


def test_shift_click_on_a_second_entity_shows_the_path(page):
    one, other = number(page, "igmesine"), number(page, "cgmp")
    page.run(f"explorer.select({{kind: 'box', id: {one}}})")
    at_rest(page)
    x, y = spot(page, other)
    for kind in ("mousePressed", "mouseReleased"):
        page.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1, modifiers=8)
    page.until("document.getElementById('selection').textContent.includes('net sign')")


def test_the_tables_say_what_is_visible(page, graph):
    page.run("document.getElementById('claims').open = true")
    page.until("document.querySelectorAll('#claims tbody tr').length === 100")
    assert f"({len(graph.statements())})" in page.run("document.querySelector('#claims caption').textContent")
    page.run("document.querySelector('#claims .scroll > button').click()")
    assert page.run("document.querySelectorAll('#claims tbody tr').length") == 200
    page.run("document.getElementById('members').open = true")
    page.until("document.querySelectorAll('#members tbody tr').length === 100")
    page.run("document.querySelector('#members tbody button').click()")
    assert selected(page) != ""


def test_dark_and_light_are_switched(page):
    before = page.run("document.documentElement.dataset.theme")
    page.run("document.getElementById('theme').click()")
    assert page.run("document.documentElement.dataset.theme") != before


def test_a_neighbourhood_opens_on_its_seed(show, graph, tmp_path):
    page = show(graph.explore("cGMP", hops=1).write(tmp_path / "x.html"))
    assert selected(page) == "cyclic guanosine monophosphate"
    assert "not on this page" in page.run(
        "explorer.show({kind: 'box', id: explorer.data.picture.ids.indexOf('igmesine')}), document.getElementById('selection').textContent"
    )
    assert page.logged == []


def test_diagrams_are_linked_where_they_lie_beside_the_page(show, graph, tmp_path):
    path = tmp_path / "explorer.html"
    path.write_text(graph.explore("cGMP", hops=1).page(beside=True), "utf-8")
    page = show(path)
    links = page.run("[...document.querySelectorAll('#selection a')].map((anchor) => anchor.href)")
    assert (tmp_path / "igmesine-nmda-mechanism.html").as_uri() in links
    assert page.logged == []


def test_a_phone_has_the_panel_below_and_no_sideways_scrolling(page):
    assert_fits_a_phone(page)


def test_three_thousand_arcs_are_drawn_soon_and_stay_usable(show, tmp_path):
    page = show(explorer(synthetic(1_000), ()).write(tmp_path / "x.html"))
    assert page.run("performance.getEntriesByName('drawn')[0].startTime") < 3_000  # 500 on a quiet machine
    page.run("explorer.path(0, 999)")
    page.run("explorer.view.only(5)")
    assert visible(page)[0] < 1_000
    assert page.logged == []


def test_an_empty_graph_is_an_empty_page(show, tmp_path):
    page = show(explorer(synthetic(0), ()).write(tmp_path / "x.html"))
    assert visible(page) == [0, 0]
    assert page.logged == []


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_hostile_page_runs_nothing_and_asks_nothing(show, payload, tmp_path):
    path = tmp_path / "x.html"
    path.write_text(explorer(hostile_graph(payload), ()).page(beside=True), "utf-8")
    page = show(path)
    for kind, count in (("box", "nodes"), ("edge", "arcs")):
        for item in range(page.run(f"explorer.data.{count}")):
            page.run(f"explorer.show({{kind: '{kind}', id: {item}}})")
            assert page.run("document.getElementById('selection').children.length") > 1
    page.run("for (const found of document.querySelectorAll('details')) found.open = true")
    page.until("document.querySelectorAll('#members tbody tr').length > 0")
    page.run("explorer.path(0, 1)")
    page.run(f"document.getElementById('find').value = {json.dumps(payload[:50])}")
    page.run("document.getElementById('find').dispatchEvent(new Event('input'))")
    assert page.run("document.title") != "OWNED"
    foreign = "#selection :is(img, script, svg, style), #filters :is(img, script, svg, style), .listing :is(img, script, svg, style)"
    assert page.run(f"document.querySelectorAll('{foreign}').length") == 0
    addresses = page.run("[...document.querySelectorAll('a')].map((anchor) => anchor.protocol)")
    assert set(addresses) <= {"https:", "file:"}
    assert page.logged == []
    assert page.outside() == []


def test_the_mouse_closes_neighbours_by_a_double_click(page):
    before = visible(page)
    x, y = spot(page, number(page, "sigma-1-receptor"))
    for count in (1, 2):
        for kind in ("mousePressed", "mouseReleased"):
            page.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=count)
    page.until(f"explorer.view.nodes.length < {before[0]}")


def test_the_arrows_of_the_page_are_explained(page):
    shown = page.run("[...document.querySelectorAll('#arrows li')].map((item) => item.textContent)")
    assert {"inhibits, lowers", "background step", "sources disagree", "tested: no effect found"} <= set(
        shown
    )
    assert page.run("document.querySelectorAll('#arrows canvas').length") == len(shown)


def test_the_wheel_scrolls_the_page_until_the_picture_has_the_focus(page):
    before = page.run("explorer.drawing.network.getScale()")
    page.call("Input.dispatchMouseEvent", type="mouseWheel", x=500, y=400, deltaX=0, deltaY=-240)
    at_rest(page)
    assert page.run("explorer.drawing.network.getScale()") == before
    page.run("document.getElementById('diagram').focus()")
    page.call("Input.dispatchMouseEvent", type="mouseWheel", x=500, y=400, deltaX=0, deltaY=-240)
    page.until(f"explorer.drawing.network.getScale() > {before}")
