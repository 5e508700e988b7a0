// What is visible: switches of the legend and of the layers, and the claims, arcs and boxes that they leave.
"use strict";
const filtersOf = (page, changed) => {
  const { $, make, button, many } = elements;
  const { scene, flow } = page;
  const off = new Set();
  const main = new Set(scene.main_claims);
  const LAYERS = new Map([
    ["reading:background", "Background steps"],
    ["reading:negated", "Negated claims"],
    ["reading:hedged", "Hedged claims"],
    ["layer:other", "Claims of other documents"],
  ]);

  const disputed = (said) => said.conflicts.length > 0 || said.measurements.some((value) => value.conflicts.length);
  const foreign = (said) => said.basis === "document" && scene.document !== "" && said.evidence.every((item) => item.document !== scene.document);
  const traits = (said) => [
    `reading:${said.basis}`, `reading:${said.certainty}`, `reading:${said.polarity}`,
    disputed(said) ? "reading:conflict" : "", main.has(said.id) ? "reading:main" : "", foreign(said) ? "layer:other" : "",
  ];
  const passes = (said) => !traits(said).some((key) => off.has(key));
  const switches = new Set(scene.legend.map((entry) => `${entry.group}:${entry.key}`));
  if (scene.edges.some((edge) => edge.statements.some(foreign))) switches.add("layer:other");

  const counted = (edge, many) => ({ n_sources: many, count_at: many > 1 && !off.has("mark:sources") ? edge.count_at : null });

  // An arc looks like the strongest of its claims that are left.
  const look = (edge, said) => {
    if (said.length === edge.statements.length) return { ...edge, ...counted(edge, edge.n_sources) };
    const best = said.slice().sort(page.byStrength)[0], names = new Set(said.map((item) => item.predicate));
    const conflict = said.some(disputed);
    return {
      ...edge,
      statements: said,
      basis: best.basis,
      certainty: best.certainty,
      main: said.some((item) => main.has(item.id)),
      conflict,
      mark_at: conflict ? edge.mark_at : null,
      ...counted(edge, new Set(said.flatMap((item) => item.evidence.map((place) => place.document))).size),
      label: edge.label.split(" · ").filter((name) => names.has(name) || name.endsWith("…")).join(" · "),
    };
  };
  const stands = (box) => !off.has(`entity:${box.glyph}`) && !(flow && off.has(`reading:${box.background ? "background" : "document"}`));
  const left = (edge, standing) => {
    const ends = [edge.source, edge.target].every((id) => !page.boxes.has(id) || standing.has(id));
    if (off.has(`arrow:${edge.arc}`) || !ends) return null;
    if (!edge.statements.length) return off.has(`reading:${edge.basis}`) || off.has(`reading:${edge.certainty}`) ? null : edge;
    const said = edge.statements.filter(passes);
    return said.length ? look(edge, said) : null;
  };
  const joined = new Map(scene.boxes.map((box) => {
    const arcs = scene.edges.filter((edge) => edge.source === box.id || edge.target === box.id), drawn = arcs.filter((edge) => edge.points.length);
    return [box.id, drawn.length ? drawn : arcs];
  }));
  const refresh = () => {
    const standing = new Set(scene.boxes.filter(stands).map((box) => box.id));
    page.arcs = new Map(scene.edges.map((edge) => [edge.id, left(edge, standing)]).filter(([, edge]) => edge));
    const reached = (box) => flow || !joined.get(box.id).length || joined.get(box.id).some((edge) => page.arcs.has(edge.id));
    const whole = (edge) => [edge.source, edge.target].every((id) => !page.boxes.has(id) || page.shown.has(id));
    for (let before = -1; before !== page.arcs.size;) {
      before = page.arcs.size;
      page.shown = new Map(scene.boxes.filter((box) => standing.has(box.id) && reached(box)).map((box) => [box.id, box]));
      page.arcs = new Map([...page.arcs].filter(([, edge]) => whole(edge)));
    }
    const carriers = [...page.shown.values()].filter((box) => box.marks_at);
    const marks = carriers.map((box) => [box.id, page.marksOf(box.id).filter((mark) => !off.has(`mark:${mark.direction}`))]);
    page.marks = new Map(marks.filter(([, found]) => found.length));
  };

  const marked = () => [...page.marks.values()].flat().length + [...page.arcs.values()].filter((edge) => edge.count_at).length;
  const claims = (arcs) => [...arcs].reduce((sum, edge) => sum + edge.statements.length, 0);
  const note = () => {
    const arrows = page.edges.size - page.arcs.size, gone = page.boxes.size - page.shown.size;
    const said = claims(page.edges.values()) - claims(page.arcs.values());
    const parts = [arrows && many(arrows, "arrow"), gone && `${gone} ${flow ? "step" : "box"}${gone === 1 ? "" : flow ? "s" : "es"}`, said && many(said, "claim"), allMarks - marked() && many(allMarks - marked(), "mark")];
    $("hidden-note").textContent = off.size ? `Hidden: ${parts.filter(Boolean).join(", ") || "nothing"}` : "";
    $("show-all").hidden = off.size === 0;
  };
  const press = () => {
    for (const toggle of document.querySelectorAll("button[data-switch]")) toggle.setAttribute("aria-pressed", String(!off.has(toggle.dataset.switch)));
  };
  const apply = () => {
    refresh();
    note();
    press();
    changed();
  };
  const toggle = (key) => {
    if (!off.delete(key)) off.add(key);
    apply();
  };
  const set = (keys) => {
    off.clear();
    for (const key of keys) if (switches.has(key)) off.add(key);
    apply();
  };
  const toggleButton = (key, ...children) => {
    const made = button("switch", () => toggle(key), ...children);
    made.dataset.switch = key;
    made.setAttribute("aria-pressed", String(!off.has(key)));
    return made;
  };
  const layers = [...LAYERS].filter(([key]) => switches.has(key));
  $("layers").hidden = !layers.length;
  $("layers").append(...layers.map(([key, label]) => toggleButton(key, make("span", "", label))));
  $("show-all").addEventListener("click", () => { set([]); $("diagram").focus({ preventScroll: true }); });
  refresh();
  const allMarks = marked();
  return { toggle, set, toggleButton, off: () => [...off].sort() };
};
