// The page's behaviour: vis-network holds the view and the boxes; arcs, panel, find and keys are ours.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { scene, palette } = data;
  const flow = scene.kind === "workflow";
  const $ = (id) => document.getElementById(id);
  const boxes = new Map(scene.boxes.map((box) => [box.id, box]));
  const edges = new Map(scene.edges.map((edge) => [edge.id, edge]));
  const regionNames = new Map(scene.regions.map((region) => [region.id, region.label]));
  const lines = new Map(scene.edges.map((edge) => [edge.id, draw.polyline(edge.points)]));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let dark = matchMedia("(prefers-color-scheme: dark)").matches;
  let selection = null;
  let hovered = null;
  let touched = false;

  // ---- the picture ------------------------------------------------------------------------------------
  const theme = () => palette.themes[dark ? "dark" : "light"];
  const is = (kind, id, what) => what !== null && what.kind === kind && what.id === id;
  const related = () => {
    if (!selection) return null;
    const near = { box: new Set(), edge: new Set() };
    near[selection.kind].add(selection.id);
    for (const edge of scene.edges) {
      const touches = selection.kind === "edge" ? edge.id === selection.id : [edge.source, edge.target].includes(selection.id);
      if (touches) {
        near.edge.add(edge.id);
        near.box.add(edge.source).add(edge.target);
      }
    }
    return near;
  };
  let near = null;
  const stateOf = (kind, id) => ({
    selected: is(kind, id, selection),
    hover: is(kind, id, hovered),
    alpha: near && !near[kind].has(id) ? (dark ? 0.4 : 0.32) : 1,
  });

  const paintUnder = (ctx) => {
    const fine = network.getScale() > 0.4;
    let band = 0;
    for (const region of scene.regions.filter((item) => !item.within)) {
      draw.region(ctx, region, region.kind === "membrane" ? 0 : band++, theme(), fine);
    }
    for (const region of scene.regions.filter((item) => item.within)) draw.region(ctx, region, 0, theme(), fine);
    const drawn = scene.edges.filter((edge) => edge.points.length);
    const rank = (edge) => (edge.basis === "background" ? 0 : 1) + (is("edge", edge.id, selection) ? 2 : 0);
    for (const edge of drawn.sort((a, b) => rank(a) - rank(b))) {
      draw.edge(ctx, edge, lines.get(edge.id), palette, theme(), stateOf("edge", edge.id));
    }
    for (const region of scene.regions) draw.caption(ctx, region, theme());
  };
  const paintOver = (ctx) => {
    for (const edge of scene.edges) {
      const state = stateOf("edge", edge.id);
      if (edge.label_at) draw.label(ctx, edge, theme(), state);
      ctx.globalAlpha = state.alpha;
      if (edge.middle && edge.polarity !== "asserted") draw.crossed(ctx, edge, lines.get(edge.id), theme());
      if (edge.mark_at) draw.conflict(ctx, edge.mark_at, theme());
      ctx.globalAlpha = 1;
    }
  };

  const renderer = ({ ctx, id, x, y }) => {
    const box = scene.boxes[id];
    return {
      drawNode: () => draw.box(ctx, box, x, y, palette, theme(), stateOf("box", box.id)),
      nodeDimensions: { width: box.width, height: box.height },
    };
  };
  const options = typeof data.options === "string" ? JSON.parse(data.options) : data.options;
  const network = new vis.Network(
    $("diagram"),
    {
      nodes: new vis.DataSet(data.nodes.map(({ id, x, y, shape }) => ({ id, x, y, shape, ctxRenderer: renderer }))),
      edges: new vis.DataSet(data.edges.map(({ id, from, to, hidden }) => ({ id, from, to, hidden }))),
    },
    options,
  );
  network.on("beforeDrawing", paintUnder);
  network.on("afterDrawing", paintOver);

  const move = (x, y, scale) => {
    const animation = still ? false : { duration: 260, easingFunction: "easeInOutQuad" };
    network.moveTo({ position: { x, y }, scale, animation });
  };
  const fit = (animated) => {
    const { clientWidth: w, clientHeight: h } = $("diagram");
    const scale = Math.min((w - 20) / (scene.width || 1), (h - 20) / (scene.height || 1), 1.5);
    const position = { x: scene.width / 2, y: scene.height / 2 };
    if (animated) move(position.x, position.y, scale);
    else network.moveTo({ position, scale, animation: false });
  };
  new ResizeObserver(() => touched || fit(false)).observe($("diagram"));

  // ---- what lies under the pointer ----------------------------------------------------------------------
  const under = ({ x, y }) => {
    const inside = (box) => Math.abs(x - box.x) <= box.width / 2 && Math.abs(y - box.y) <= box.height / 2;
    const box = scene.boxes.find(inside);
    if (box) return { kind: "box", id: box.id };
    const reach = Math.max(5, 7 / network.getScale());
    let best = null;
    for (const edge of scene.edges) {
      const marks = [edge.mark_at, edge.polarity === "asserted" ? null : edge.middle].filter(Boolean);
      const onMark = marks.some(([a, b]) => Math.hypot(a - x, b - y) < 11);
      const onLabel = edge.label_at && Math.abs(edge.label_at[0] - x) < edge.label.length * 3.2 && Math.abs(edge.label_at[1] - y) < 8;
      const away = onMark || onLabel ? 0 : draw.distance(lines.get(edge.id), x, y);
      if (away < reach && (!best || away < best.away)) best = { kind: "edge", id: edge.id, away };
    }
    return best && { kind: best.kind, id: best.id };
  };

  // ---- the panel: elements and text only, never markup ----------------------------------------------------
  const make = (name, className, ...children) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  };
  const words = (text) => make("bdi", "", text);
  const link = (text, address) => {
    if (!address || !/^https:\/\/[a-z0-9.-]+\//.test(address)) return words(text);
    const anchor = make("a", "", words(text));
    anchor.href = address;
    anchor.rel = "noopener noreferrer";
    anchor.target = "_blank";
    return anchor;
  };
  const chips = (...texts) => make("div", "chips", ...texts.filter(Boolean).map((text) => make("span", "chip", text)));
  const pairs = (list) => make("dl", "", ...list.flatMap(([name, value]) => [make("dt", "", name), make("dd", "", words(value))]));
  const SIGNS = { "+": "sign +", "-": "sign −", 0: "no effect meant", unsigned: "direction not given" };

  const evidence = (item) => {
    const head = make("div", "", link(item.title, item.link), item.place ? `, ${item.place}` : "");
    const kind = chips(item.kind, item.background ? "background literature" : "");
    const cited = item.cited.map((work) =>
      make("li", "soft", `cites [${work.number}] `, link(work.title || "not in the list", work.link), ` (${work.kind})`),
    );
    return make("li", "", head, kind, cited.length ? make("ul", "", ...cited) : null, item.note && make("p", "soft", words(item.note)));
  };
  const value = (item) =>
    make("li", "",
      make("b", "", item.parameter), " ", words(item.value),
      make("div", "soft", words([...item.context.map((pair) => pair.join(": ")), ...item.places].join(" · "))),
      ...item.conflicts.map((text) => make("p", "warn", "⚠ ", words(text))),
      make("code", "", item.source));
  const claim = (said) =>
    make("article", "claim",
      make("h3", "", words(said.subject), " ", make("i", "", words(said.predicate)), " ", words(said.object), said.than ? make("span", "", " than ", words(said.than)) : null),
      chips(`polarity: ${said.polarity}`, `certainty: ${said.certainty}`, said.basis === "document" ? "document claim" : "background step", SIGNS[said.sign]),
      said.qualifiers.length ? pairs(said.qualifiers) : null,
      make("ul", "", ...said.evidence.map(evidence)),
      ...said.conflicts.map((text) => make("p", "warn", "⚠ ", words(text))),
      said.measurements.length ? make("ul", "", ...said.measurements.map(value)) : null,
      said.note && make("p", "soft", words(said.note)),
      make("code", "", said.source));

  const nameOf = (id) => (boxes.has(id) ? boxes.get(id).label : regionNames.get(id) || id);
  const edgeButton = (edge, text) => {
    const button = make("button", "plain", words(text));
    button.type = "button";
    button.addEventListener("click", () => select({ kind: "edge", id: edge.id }));
    return button;
  };
  const sentence = (edge) => {
    const said = edge.statements[0];
    if (!said) return `${nameOf(edge.source)} → ${nameOf(edge.target)}`;
    return `${said.subject} ${said.predicate} ${said.object}${said.than ? ` than ${said.than}` : ""}`;
  };
  const edgePanel = (edge) => [
    make("h2", "", words(nameOf(edge.source)), " → ", words(nameOf(edge.target))),
    edge.statements.length === 0 ? null : make("p", "soft", `${edge.statements.length} claim${edge.statements.length === 1 ? "" : "s"}, ${edge.n_sources} source${edge.n_sources === 1 ? "" : "s"}`),
    ...edge.statements.map(claim),
    ...(edge.statements.length ? [] : [edge.source, edge.target].flatMap((id) => stepText(boxes.get(id)))),
  ].filter(Boolean);
  const stepText = (box) => [
    make("h3", "", words(box.label)),
    box.definition && make("p", "", words(box.definition)),
    box.details.length ? pairs(box.details) : null,
    box.said.length ? make("ul", "", ...box.said.map(evidence)) : null,
  ].filter(Boolean);
  const boxPanel = (box) => {
    const list = (title, found) => (found.length ? make("div", "", make("p", "soft", title), ...found.map((edge) => edgeButton(edge, sentence(edge)))) : null);
    return [
      make("h2", "", words(box.label)),
      chips(box.category, box.sublabel, box.background ? (flow ? "background step" : "only in background steps") : ""),
      box.definition && make("p", "", words(box.definition)),
      box.details.length ? pairs(box.details) : null,
      box.said.length ? make("ul", "", ...box.said.map(evidence)) : null,
      box.synonyms.length ? make("p", "soft", "also ", words(box.synonyms.join(", "))) : null,
      box.xrefs.length ? make("p", "soft", words(box.xrefs.join(" · "))) : null,
      list(flow ? "comes before" : "acts on", scene.edges.filter((edge) => edge.source === box.id)),
      list(flow ? "comes after" : "is acted on by", scene.edges.filter((edge) => edge.target === box.id && edge.source !== box.id)),
      box.source && make("code", "", box.source),
    ].filter(Boolean);
  };
  const hint = () => [make("p", "hint", (flow ? "Click a step to read what is done, its values and where it is said." : "Click a box or an arrow to read its claims and where they are said.") + " Press / to find, Escape to clear; click the diagram to zoom with the wheel.")];

  const select = (what) => {
    selection = what;
    near = related();
    const item = what && (what.kind === "edge" ? edgePanel(edges.get(what.id)) : boxPanel(boxes.get(what.id)));
    $("selection").replaceChildren(...(item || hint()));
    $("panel").scrollTop = 0;
    network.redraw();
  };
  const status = (text) => { $("status").textContent = text; };

  // ---- pointer ------------------------------------------------------------------------------------------
  network.on("click", (event) => select(under(event.pointer.canvas)));
  network.on("dragStart", () => { touched = true; });
  network.on("zoom", () => { touched = true; });
  $("diagram").addEventListener("mousemove", (event) => {
    const frame = $("diagram").getBoundingClientRect();
    const found = under(network.DOMtoCanvas({ x: event.clientX - frame.left, y: event.clientY - frame.top }));
    if (JSON.stringify(found) === JSON.stringify(hovered)) return;
    hovered = found;
    $("diagram").style.cursor = found ? "pointer" : "";
    status(!found ? "" : found.kind === "edge" ? edges.get(found.id).statements.map((said) => `${said.subject} ${said.predicate} ${said.object}`).join("; ") || sentence(edges.get(found.id)) : boxes.get(found.id).label);
    network.redraw();
  });
  $("diagram").addEventListener("mouseleave", () => { hovered = null; status(""); network.redraw(); });
  const focused = () => $("diagram").contains(document.activeElement);
  $("diagram").addEventListener("pointerdown", () => $("diagram").focus({ preventScroll: true }));
  $("diagram").addEventListener("wheel", (event) => { if (!focused() && !event.ctrlKey) event.stopPropagation(); }, { capture: true, passive: true });

  // ---- keyboard and tools -----------------------------------------------------------------------------------
  const pan = (dx, dy) => { const { x, y } = network.getViewPosition(); move(x + dx / network.getScale(), y + dy / network.getScale(), network.getScale()); };
  const zoom = (factor) => { const { x, y } = network.getViewPosition(); move(x, y, Math.max(0.1, Math.min(5, network.getScale() * factor))); };
  const KEYS = {
    ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: () => fit(true),
  };
  $("diagram").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
    touched = true;
    KEYS[event.key]();
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { $("find").value = ""; status(""); select(null); }
    if (event.key === "/" && document.activeElement !== $("find")) { $("find").focus(); event.preventDefault(); }
  });

  const show = (what) => {
    touched = true;
    select(what);
    const [x, y] = what.kind === "box" ? [boxes.get(what.id).x, boxes.get(what.id).y] : edges.get(what.id).middle || [];
    if (x !== undefined) move(x, y, Math.max(network.getScale(), 0.9));
  };
  const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f\s_-]/g, "");
  const hits = (text) => {
    const key = plain(text);
    const score = (box) => {
      const names = [box.label, box.id, box.sublabel, ...box.synonyms].map(plain);
      return names.includes(key) ? 0 : names.some((name) => name.startsWith(key)) ? 1 : names.some((name) => name.includes(key)) ? 2 : 9;
    };
    return key ? scene.boxes.map((box) => [score(box), box]).filter(([rank]) => rank < 9).sort((a, b) => a[0] - b[0]).map(([, box]) => box) : [];
  };
  let last = { text: "", index: 0 };
  const find = () => {
    const text = $("find").value, found = hits(text);
    last = { text, index: text === last.text && found.length ? (last.index + 1) % found.length : 0 };
    if (!text) return;
    status(found.length ? `${last.index + 1} of ${found.length} found` : "nothing found");
    if (found.length) show({ kind: "box", id: found[last.index].id });
  };
  $("find").addEventListener("change", () => $("find").value !== last.text && find());
  $("find").addEventListener("keydown", (event) => event.key === "Enter" && find());
  for (const box of scene.boxes) {
    const option = document.createElement("option");
    option.value = box.label.slice(0, 200);
    $("names").append(option);
    const button = make("button", "plain", words(box.label));
    button.type = "button";
    button.addEventListener("click", () => show({ kind: "box", id: box.id }));
    $("entities").append(make("li", "", button));
  }
  for (const row of document.querySelectorAll("tr[data-edge]")) {
    const edge = edges.get(row.dataset.edge);
    if (!edge || !edge.points.length) continue;
    const button = make("button", "", "show");
    button.type = "button";
    button.addEventListener("click", () => show({ kind: "edge", id: edge.id }));
    row.lastElementChild.append(" ", button);
  }

  // ---- legend: the same drawing, small --------------------------------------------------------------------
  const SAMPLES = {
    document: {}, background: { basis: "background" }, hedged: { certainty: "hedged" }, extrapolated: { certainty: "extrapolated" },
    negated: { polarity: "negated" }, "no data": { polarity: "no data" }, conflict: {}, main: { main: true },
  };
  const sample = (entry) => {
    const canvas = document.createElement("canvas"), ratio = Math.max(2, devicePixelRatio || 1);
    [canvas.width, canvas.height] = [50 * ratio, 24 * ratio];
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    const state = { alpha: 1 };
    if (entry.group === "entity") {
      draw.box(ctx, { glyph: entry.key, width: 44, height: 18, lines: [], sublabel: "" }, 25, 12, palette, theme(), state);
      return canvas;
    }
    const kind = entry.group === "arrow" ? { arc: entry.key } : Object.hasOwn(SAMPLES, entry.key) ? SAMPLES[entry.key] : {};
    const item = { arc: flow ? "sequence" : "stimulation", basis: "document", certainty: "asserted", polarity: "asserted", middle: [22, 12], ...kind };
    const line = [[3, 12], [47, 12]];
    draw.edge(ctx, item, line, palette, theme(), state);
    if (item.polarity !== "asserted") draw.crossed(ctx, item, line, theme());
    if (entry.key === "conflict") {
      ctx.translate(20, 12.5);
      ctx.scale(0.8, 0.8);
      draw.conflict(ctx, [0, 0], theme());
    }
    return canvas;
  };
  const legend = () => {
    for (const group of ["arrow", "reading", "entity"]) {
      const entries = scene.legend.filter((entry) => entry.group === group);
      $(`legend-${group}`).hidden = !entries.length;
      $(`legend-${group}`).querySelector("ul").replaceChildren(
        ...entries.map((entry) => make("li", "", sample(entry), make("span", "", words(entry.label)))));
    }
  };

  const paint = () => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    legend();
    network.redraw();
  };
  $("theme").addEventListener("click", () => { dark = !dark; paint(); });
  $("fit").addEventListener("click", () => { touched = false; fit(true); });
  fit(false);
  select(null);
  paint();
  document.documentElement.dataset.ready = "yes";
  window.diagram = { network, select, selection: () => selection, under };
})();
