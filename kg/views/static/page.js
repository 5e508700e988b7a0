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
    marks: new Map(),
    touched: false,
  };
  const CERTAINTIES = ["asserted", "extrapolated", "hedged"];
  const strength = (said) => [Number(said.basis !== "document"), CERTAINTIES.indexOf(said.certainty), Number(said.sign === "unsigned"), said.id];
  const byOrder = (one, other) => {
    const at = one.findIndex((part, i) => part !== other[i]);
    return at < 0 ? 0 : one[at] < other[at] ? -1 : 1;
  };
  const byStrength = (one, other) => byOrder(strength(one), strength(other));
  const nameOf = (id) => (page.boxes.has(id) ? page.boxes.get(id).label : regionNames.get(id) || id);
  const told = (said) => `${said.subject} ${said.predicate} ${said.object}${said.than ? ` than ${said.than}` : ""}`;
  // What drugs do to a box by the claims that are visible, raised first; as sure as the strongest of them.
  // Where a picture is of a prediction, its marks are predictions and none is of a claim.
  const foretold = scene.boxes.some((box) => box.prediction);
  const marksOf = (id) => (foretold ? [page.boxes.get(id).prediction].filter(Boolean).map((direction) => ({ direction, said: [] })) : claimed(id));
  const claimed = (id) => ["raised", "lowered"].flatMap((direction) => {
    const into = [...page.arcs.values()].filter((edge) => edge.target === id).flatMap((edge) => edge.statements);
    const said = into.filter((item) => item.change === direction).sort(byStrength);
    return said.length ? [{ direction, basis: said[0].basis, certainty: said[0].certainty, said }] : [];
  });
  const mover = (said) => [
    said.predicate, said.qualifiers.some(([name, value]) => name === "directness" && value === "indirect") ? "indirect" : "",
    said.certainty, said.basis === "background" ? "background" : "", ...new Set(said.evidence.map((item) => item.document)),
  ].filter(Boolean);
  const moved = ({ direction, said }) => !said.length ? direction : `${direction} by ${[...new Set(said.map((item) => `${item.subject} (${mover(item).join("; ")})`))].join(", ")}`;
  return Object.assign(page, {
    marksOf,
    moved,
    nameOf,
    told,
    CERTAINTIES,
    byOrder,
    byStrength,
    theme: () => palette.themes[page.dark ? "dark" : "light"],
    still: () => motion.matches,
    sentence: (edge) => (edge.statements.length ? told(edge.statements[0]) : `${nameOf(edge.source)} → ${nameOf(edge.target)}`),
    status: (text) => { elements.$("status").textContent = text; },
  });
};
