// What every part of the page shares: the scene with its indexes, the theme, and what the reader points at.
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
    touched: false,
  };
  const nameOf = (id) => (page.boxes.has(id) ? page.boxes.get(id).label : regionNames.get(id) || id);
  const told = (said) => `${said.subject} ${said.predicate} ${said.object}${said.than ? ` than ${said.than}` : ""}`;
  return Object.assign(page, {
    nameOf,
    told,
    theme: () => palette.themes[page.dark ? "dark" : "light"],
    still: () => motion.matches,
    sentence: (edge) => (edge.statements.length ? told(edge.statements[0]) : `${nameOf(edge.source)} → ${nameOf(edge.target)}`),
    status: (text) => { elements.$("status").textContent = text; },
  });
};
