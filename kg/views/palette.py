"""How each kind of thing is drawn, for every renderer: outline and colour of a box, head of an arc.

Colours are Okabe and Ito's (2008), lightened for fills and darkened for lines until text and lines reach
WCAG AA on white. Every colour is doubled by an outline, an arc head, a dash or a width.
"""

from __future__ import annotations

from typing import NamedTuple


class BoxStyle(NamedTuple):
    """Outline, fill and line colour of a box."""

    outline: str
    fill: str
    line: str


class ArcStyle(NamedTuple):
    """Head of an arc (SBGN activity flow), its colours by day and by night, and its name in the legend."""

    head: str
    light: str
    dark: str
    label: str


class Theme(NamedTuple):
    """Everything that is neither a box nor a plain arc, by day or by night; `arcs` names its arc colours."""

    arcs: str
    paper: str
    ink: str
    caption: str
    halo: str
    bands: tuple[str, str, str]
    lipid: str
    tail: str
    core: str
    plate: str
    organelle: str
    border: str
    organelle_text: str
    faint: str
    faint_stop: str
    select: str
    mark: str
    raised: str
    lowered: str


_INK, _PALE_INK = "#26303b", "#dfe5ec"
_STOP, _PALE_STOP = "#b3380c", "#ff9a66"

BOXES: dict[str, BoxStyle] = {
    "perturbing agent": BoxStyle("pinched", "#f9cba6", "#d55e00"),
    "receptor": BoxStyle("round", "#bcdcf5", "#0072b2"),
    "transporter": BoxStyle("barred", "#b5e4d4", "#00805c"),
    "channel": BoxStyle("double barred", "#d3efe4", "#00805c"),
    "enzyme": BoxStyle("chamfered", "#d8ebf7", "#2c6f9c"),
    "protein": BoxStyle("soft", "#edf1f6", "#52667d"),
    "small molecule": BoxStyle("pill", "#fbf4ad", "#8a7a00"),
    "transcription factor": BoxStyle("double", "#f5d3e5", "#a8427f"),
    "gene": BoxStyle("gene", "#f5d3e5", "#8c2d68"),
    "process": BoxStyle("hexagon", "#e4def3", "#5e4b9c"),
    "phenotype": BoxStyle("pointed", "#fce1a8", "#a86b00"),
    "adverse effect": BoxStyle("notched", "#e9e9e9", "#4d4d4d"),
    "disease": BoxStyle("octagon", "#f3cfc6", "#96341b"),
    "group": BoxStyle("stack", "#f4f1e8", "#6a6250"),
    "compartment": BoxStyle("double", "#f3eefb", "#7a6aa0"),
    "preparation step": BoxStyle("soft", "#fdebd0", "#a86b00"),
    "assay step": BoxStyle("round", "#d8ebf7", "#0072b2"),
    "alternative": BoxStyle("plain", "#f2f8fc", "#2c6f9c"),
    "separation step": BoxStyle("chamfered", "#d3efe4", "#00805c"),
    "readout step": BoxStyle("double", "#f5d3e5", "#8c2d68"),
    "analysis step": BoxStyle("hexagon", "#e4def3", "#5e4b9c"),
    "step": BoxStyle("round", "#e3edf6", "#2c5f8f"),
    "background step": BoxStyle("soft", "#ffffff", "#7c8896"),
    "other": BoxStyle("plain", "#ffffff", "#5a6470"),
}

ARCS: dict[str, ArcStyle] = {
    "stimulation": ArcStyle("open triangle", _INK, _PALE_INK, "stimulates, raises"),
    "inhibition": ArcStyle("bar", _STOP, _PALE_STOP, "inhibits, lowers"),
    "catalysis": ArcStyle("circle", _INK, _PALE_INK, "carries out (catalysis)"),
    "necessary stimulation": ArcStyle("barred triangle", _INK, _PALE_INK, "is needed for"),
    "modulation": ArcStyle("diamond", _INK, _PALE_INK, "modulates (direction not given)"),
    "production": ArcStyle("filled triangle", _INK, _PALE_INK, "produces, turns into"),
    "transport": ArcStyle("chevrons", _INK, _PALE_INK, "transports"),
    "sequence": ArcStyle("filled triangle", _INK, _PALE_INK, "is followed by"),
    "none": ArcStyle("dot", _INK, _PALE_INK, "relates to (no effect meant)"),
}

LIGHT = Theme(
    arcs="light",
    paper="#ffffff",
    ink="#1b232c",
    caption="#46525f",
    halo="rgba(255,255,255,0.88)",
    bands=("#fffbee", "#edf5fb", "#f4f5f8"),
    lipid="#c49a4a",
    tail="#d9bd85",
    core="#f1e4c6",
    plate="rgba(255,252,242,0.95)",
    organelle="#f9f0f6",
    border="#b07fae",
    organelle_text="#74426f",
    faint="#7c8896",
    faint_stop="#c0795c",
    select="#0063a0",
    mark="#f0e442",
    raised="#0072b2",
    lowered=_STOP,
)
DARK = Theme(
    arcs="dark",
    paper="#12181f",
    ink="#e8edf2",
    caption="#b9c4cf",
    halo="rgba(18,24,31,0.88)",
    bands=("#23231b", "#182632", "#1d222a"),
    lipid="#b8924d",
    tail="#6d5930",
    core="#3a3220",
    plate="rgba(35,33,24,0.95)",
    organelle="#2b212c",
    border="#a981a7",
    organelle_text="#dcb9d9",
    faint="#8794a2",
    faint_stop="#c98563",
    select="#7cc8f8",
    mark="#f0e442",
    raised="#5fb8ee",
    lowered=_PALE_STOP,
)

HATCHES: dict[str, tuple[float, ...]] = {"asserted": (), "hedged": (8, 5), "extrapolated": (2, 4)}
"""Dash pattern of an arc by certainty."""
