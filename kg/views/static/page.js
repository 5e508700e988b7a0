// What every part of the page shares: the scene with its indexes, what of it is visible, theme and selection.
"use strict";
const pageOf = (data) => {
  const { scene, palette } = data;
  const regionNames = new Map(scene.regions.map((region) => [region.id, region.label]));
  const motion = matchMedia("(prefers-reduced-motion: reduce)");
  const page = {
    data,
    scene,
    palette,
    flow: scene.kind === "workflow",
    boxes: new Map(scene.boxes.map((box) => [box.id, box])),
    edges: new Map(scene.edges.map((edge) => [edge.id, edge])),
    lines: new Map(scene.edges.map((edge) => [edge.id, draw.polyline(edge.points)])),
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    selection: null,
    hovered: null,
    marked: null,
    cursor: null,
    focused: false,
    themed: false,
    arcs: new Map(),
    shown: new Map(),
    touched: false,
  };
  const CERTAINTIES = ["asserted", "hedged", "extrapolated"];
  const strength = (said) => [Number(said.basis !== "document"), CERTAINTIES.indexOf(said.certainty), Number(said.sign === "unsigned"), said.id];
  const byOrder = (one, other) => {
    const at = one.findIndex((part, i) => part !== other[i]);
    return at < 0 ? 0 : one[at] < other[at] ? -1 : 1;
  };
  const nameOf = (id) => (page.boxes.has(id) ? page.boxes.get(id).label : regionNames.get(id) || id);
  const told = (said) => `${said.subject} ${said.predicate} ${said.object}${said.than ? ` than ${said.than}` : ""}`;
  return Object.assign(page, {
    nameOf,
    told,
    CERTAINTIES,
    byOrder,
    byStrength: (one, other) => byOrder(strength(one), strength(other)),
    theme: () => palette.themes[page.dark ? "dark" : "light"],
    still: () => motion.matches,
    sentence: (edge) => (edge.statements.length ? told(edge.statements[0]) : `${nameOf(edge.source)} → ${nameOf(edge.target)}`),
    status: (text) => { elements.$("status").textContent = text; },
  });
};
