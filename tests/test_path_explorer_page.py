"""The path explorer's page in Chromium, with a model that only remembers: clicks, keys, themes, hostile texts."""

from __future__ import annotations

import json

import pytest
from test_browser import CHROMIUM
from test_path_explorer import hostile_explorer
from test_views import PAYLOADS

from kg.notebook import PathExplorer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome on the PATH"),
]
MODEL = """
const heard = new Map(), sent = [];
const tell = (name, ...given) => (heard.get(name) || []).forEach((act) => act(...given));
window.model = {
  sent, saved: 0,
  get: (name) => state[name],
  set: (name, value) => { if (state[name] !== value) { state[name] = value; tell(`change:${name}`); } },
  save_changes: () => { model.saved += 1; },
  send: (content) => sent.push(content),
  on: (name, act) => heard.set(name, [...(heard.get(name) || []), act]),
  off: (name, act) => heard.set(name, (heard.get(name) || []).filter((other) => other !== act)),
  tell, listeners: () => [...heard.values()].flat().length,
};
window.end = widget.render({ model, el: document.getElementById("here") });
document.documentElement.dataset.ready = "yes";
"""


def page_of(explorer: PathExplorer, ink: str = "#000000") -> str:
    """Return a page that shows a widget's front end with the state that Python would send."""
    state = {
        name: value for name, value in explorer.get_state().items() if name not in ("layout", "_esm", "_css")
    }
    held = json.dumps(state).replace("<", "\\u003c")
    script = explorer._esm.replace("export default ", "const widget = ")
    assert "</script" not in script
    return (
        f"<!doctype html><meta charset=utf-8><title>page</title><style>{explorer._css}</style>"
        f'<body style="color:{ink}"><div id=here></div><script type=module>{script}\nconst state = {held};{MODEL}</script>'
    )


@pytest.fixture
def show(tab, tmp_path):
    def open_explorer(explorer: PathExplorer, **look: str):
        path = tmp_path / "page.html"
        path.write_text(page_of(explorer, **look), "utf-8")
        tab.logged.clear()
        tab.asked.clear()
        tab.open(path)
        return tab

    return open_explorer


@pytest.fixture
def explorer(graph) -> PathExplorer:
    return PathExplorer(graph, "igmesine", "cGMP")


def text(page, selector: str) -> str:
    return page.run(f"document.querySelector({json.dumps(selector)}).innerText")


def click(page, selector: str, index: int = 0) -> None:
    code = f"""(() => {{
      const item = document.querySelectorAll({json.dumps(selector)})[{index}];
      item.scrollIntoView({{block: "center"}});
      const box = item.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    }})()"""
    page.click(*page.run(code))


def click_arc(page, said: str) -> None:
    """Click on the line of the arc that says this, a little beside it."""
    code = f"""(() => {{
      const arc = [...document.querySelectorAll("[data-arc][role=button]")].find((group) => group.ariaLabel.includes({json.dumps(said)}));
      arc.scrollIntoView({{block: "center"}});
      const line = arc.querySelector("path"), spot = line.getPointAtLength(line.getTotalLength() * 0.4).matrixTransform(line.getScreenCTM());
      return [spot.x + 3, spot.y];
    }})()"""
    page.click(*page.run(code))


def test_paths_are_listed_with_sign_score_and_evidence(show, explorer):
    page = show(explorer)
    first = text(page, ".kg-list li")
    for part in (
        "1.",
        "igmesine",
        "cGMP",
        "net sign −",
        "score 0.19",
        "1 claim, 2 documents",
        "sources disagree",
    ):
        assert part in first
    assert page.run("document.querySelectorAll('.kg-list li').length") == 8
    assert text(page, ".kg-reading") == explorer.paths[0]["reading"]
    assert page.logged == []
    assert page.outside() == []


def test_choosing_a_path_lights_its_arcs_and_boxes(show, explorer):
    page = show(explorer)
    click(page, ".kg-list li", 1)
    assert page.run("model.get('selected')") == 1
    lit = page.run(
        "[...new Set([...document.querySelectorAll('.kg-lit[data-box]')].map((box) => box.dataset.box))]"
    )
    assert set(lit) == set(explorer.paths[1]["nodes"])
    assert page.run("document.querySelectorAll('.kg-list [aria-selected=true]').length") == 1


def test_the_list_answers_arrow_keys(show, explorer):
    page = show(explorer)
    page.run("document.querySelector('.kg-list').focus()")
    for key, at in (
        ("ArrowDown", 1),
        ("ArrowDown", 2),
        ("ArrowUp", 1),
        ("End", 7),
        ("ArrowDown", 7),
        ("Home", 0),
    ):
        page.press(key)
        assert page.run("model.get('selected')") == at
    named = page.run("document.querySelector('.kg-list').getAttribute('aria-activedescendant')")
    assert page.run(f"document.getElementById({json.dumps(named)}).innerText").startswith("1.")


def test_a_click_beside_an_arrow_tells_its_claim_and_place(show, explorer):
    page = show(explorer)
    click_arc(page, "igmesine decreases cyclic")
    claim = explorer.paths[0]["statements"][0][0]
    assert page.run("model.get('statement')") == claim
    told = text(page, ".kg-told")
    for part in (
        "polarity: asserted",
        "certainty: asserted",
        "document claim",
        "Modulation of NMDA Receptor Function",
        "stimulus",
    ):
        assert part in told
    assert page.run("document.querySelectorAll('.kg-chosen[data-arc]').length") > 0
    page.run("model.set('statement', null)")
    assert "Click an arrow" in text(page, ".kg-told")


def test_a_statement_set_in_python_is_shown(show, explorer):
    explorer.statement = "nitric-oxide.activates.soluble-guanylyl-cyclase"
    page = show(explorer)
    assert "nitric oxide activates soluble guanylyl cyclase" in text(page, ".kg-told")
    assert page.run("document.querySelector('.kg-chosen[data-arc]').ariaLabel").startswith(
        "nitric oxide activates"
    )


def test_a_box_tells_what_it_is_and_starts_a_search(show, explorer):
    page = show(explorer)
    page.run(
        "document.querySelector('[data-box=nmda-receptor]').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    assert "NMDA receptor" in text(page, ".kg-told h3")
    assert "NMDAR" in text(page, ".kg-told")
    click(page, ".kg-told .kg-row button")
    assert page.run("model.get('source')") == "nmda-receptor"
    assert page.run("model.saved") == 1
    assert text(page, ".kg-status") == "Searching…"
    assert page.run("document.querySelector('.kg-paths').ariaBusy") == "true"


def test_the_picture_is_walked_by_keys(show, explorer):
    page = show(explorer)
    assert page.run("document.querySelectorAll('.kg-frame [tabindex=\"0\"]').length") == 1
    page.run("document.querySelector('.kg-frame [tabindex=\"0\"]').focus()")
    before = page.run("document.activeElement.ariaLabel")
    page.press("ArrowRight")
    after = page.run("document.activeElement.ariaLabel")
    assert after != before
    page.press("Enter")
    page.until("document.querySelector('.kg-told article') !== null")
    assert page.run("document.activeElement.ariaPressed") == "true"


def test_typing_asks_offers_and_keys_choose(show, explorer):
    page = show(explorer)
    page.run("document.querySelector('[role=combobox]').focus()")
    for letter in "imi":
        page.press(letter)
    page.until("model.sent.length > 0")
    asked = page.run("model.sent.at(-1)")
    assert (asked["kind"], asked["text"]) == ("search", "imi")
    rows = [{"id": name, "name": name, "category": "drug", "also": ""} for name in ("imipramine", "imipenem")]
    page.run(
        f"model.tell('msg:custom', {json.dumps({'kind': 'offers', 'turn': asked['turn'], 'rows': rows})})"
    )
    combobox = "document.querySelector('[role=combobox]')"
    assert page.run(f"{combobox}.ariaExpanded") == "true"
    page.press("ArrowDown")
    chosen = page.run(f"document.getElementById({combobox}.getAttribute('aria-activedescendant')).innerText")
    assert chosen.startswith("imipenem")
    page.press("ArrowUp")
    page.press("Enter")
    assert page.run("model.get('source')") == "imipramine"
    assert page.run(f"{combobox}.ariaExpanded") == "false"


def test_escape_leaves_the_field_as_it_was(show, explorer):
    page = show(explorer)
    page.run("document.querySelector('[role=combobox]').focus()")
    page.press("x")
    page.press("Escape")
    assert page.run("document.querySelector('[role=combobox]').value") == "igmesine"
    assert page.run("model.saved") == 0


def test_an_error_offers_what_helps(show, graph):
    page = show(PathExplorer(graph, "igmesine", "nitric oxide", max_length=1))
    assert text(page, "[role=alert]").startswith(
        "no path from igmesine to nitric oxide within 1 arrow; try 2"
    )
    click(page, "[role=alert] button")
    assert page.run("model.get('max_length')") == 2


def test_every_control_has_a_label(show, explorer):
    page = show(explorer)
    bare = """[...document.querySelectorAll('.kg-paths :is(input, select)')].filter((control) => !control.labels.length).length"""
    assert page.run(bare) == 0
    assert (
        page.run(
            "[...document.querySelectorAll('.kg-paths button')].filter((button) => !(button.ariaLabel || button.innerText)).length"
        )
        == 0
    )


@pytest.mark.parametrize(("ink", "dark"), [("#1b232c", False), ("#f0f0f0", True)])
def test_the_theme_follows_the_ink_of_its_place(show, explorer, ink, dark):
    page = show(explorer, ink=ink)
    assert page.run("document.querySelector('.kg-paths').classList.contains('kg-dark')") is dark
    paper = page.run("getComputedStyle(document.querySelector('.kg-frame svg > rect')).fill")
    assert paper == ("rgb(18, 24, 31)" if dark else "rgb(255, 255, 255)")


def test_the_end_of_a_view_leaves_no_listener(show, explorer):
    page = show(explorer)
    assert page.run("model.listeners()") > 10
    page.run("end()")
    assert page.run("model.listeners()") == 0


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_run_nothing_and_ask_nothing(show, payload):
    page = show(hostile_explorer(payload))
    assert page.run("document.querySelectorAll('[data-arc][role=button]').length") > 0
    page.run(
        "for (const item of document.querySelectorAll('.kg-frame [role=button]')) item.dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    rows = [{"id": payload, "name": payload, "category": payload, "also": payload}]
    page.run("document.querySelector('[role=combobox]').focus()")
    page.press("x")
    page.until("model.sent.length > 0")
    page.run(
        f"model.tell('msg:custom', {{kind: 'offers', turn: model.sent.at(-1).turn, rows: {json.dumps(rows)}}})"
    )
    assert page.run("document.title") != "OWNED"
    assert page.run("document.querySelectorAll('.kg-paths :is(img, script, style, iframe)').length") == 0
    assert set(
        page.run("[...document.querySelectorAll('.kg-paths a')].map((anchor) => anchor.protocol)")
    ) <= {"https:"}
    assert page.logged == []
    assert page.outside() == []


def test_a_picture_with_foreign_parts_loses_them(show, explorer):
    bad = explorer._picture["svg"].replace(
        "</svg>",
        '<script>document.title="OWNED"</script><image href="https://example.org/x"/><g onload="document.title=1"><a href="javascript:1"/></g></svg>',
    )
    explorer._picture = explorer._picture | {"svg": bad}
    page = show(explorer)
    assert page.run("document.querySelectorAll('.kg-frame :is(script, image, a, [onload])').length") == 0
    assert page.run("document.querySelectorAll('.kg-frame [data-box]').length") > 4
    assert page.run("document.title") == "page"
    assert page.outside() == []
