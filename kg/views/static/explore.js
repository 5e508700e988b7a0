// Puts the explorer together: picture, panel, filters, tables and search, under the pointer and the keys.
"use strict";
(() => {
  const { $, many } = elements;
  const data = exploreData(), view = exploreView(data), paths = explorePaths(data, view);
  const motion = matchMedia("(prefers-reduced-motion: reduce)");
  const nothing = () => ({ nodes: new Set(), arcs: new Set() });
  const status = (text) => { $("status").textContent = text; };
  const state = {
    dark: matchMedia("(prefers-color-scheme: dark)").matches, themed: false,
    selection: null, asked: null, hovered: null, near: null, onPath: nothing(), marked: null, hurried: false, touched: false,
    cursor: null, focused: false, status,
    still: () => motion.matches,
    hovers: (kind, id) => state.hovered !== null && state.hovered.kind === kind && state.hovered.id === id,
  };
  const drawing = explorePicture(data, view, state);
  const frame = $("diagram"), names = data.picture.names;
  const spoken = (what) => (what.kind === "box" ? names[what.id] : data.sentence(view.drawn[what.id]));

  // ---- selection --------------------------------------------------------------------------------------------------
  const nearOf = (what) => {
    if (!what) return null;
    const found = nothing(), arcs = what.kind === "edge" ? [what.id] : view.seen(what.id);
    if (what.kind === "box") found.nodes.add(what.id);
    for (const arc of arcs) {
      found.arcs.add(arc);
      found.nodes.add(data.picture.source[arc]).add(data.picture.target[arc]);
    }
    return found;
  };
  const select = (what) => {
    const there = what && (what.kind === "box" ? view.shown[what.id] : view.drawn[what.id] >= 0);
    state.selection = there ? what : null;
    state.asked = null;
    state.onPath = nothing();
    state.near = nearOf(state.selection);
    panel.show(state.selection);
    drawing.redraw();
    address.write();
  };
  const show = (what) => {
    state.touched = true;
    const ends = what.kind === "box" ? [what.id] : [data.picture.source[what.id], data.picture.target[what.id]];
    if (ends.some((node) => !view.present[node])) {
      for (const node of ends) view.present[node] = 1;
      view.refresh();
    }
    select(what);
    if (!state.selection) return status("filtered out; Show all brings it back");
    const [x, y] = what.kind === "box" ? [data.x[what.id], data.y[what.id]] : drawing.middleOf(what.id);
    drawing.move(x, y, Math.max(drawing.network.getScale(), 0.8));
    return status(spoken(what));
  };
  const trace = (index) => {
    const { found } = state.asked, lit = found[index];
    state.asked.index = index;
    state.selection = null;
    state.onPath = lit ? { nodes: new Set(lit.nodes), arcs: new Set(lit.steps.flatMap((step) => step.claims.map((claim) => data.owner[claim]))) } : nothing();
    state.near = lit ? state.onPath : null;
    panel.lit(index);
    drawing.redraw();
    address.write();
  };
  const path = (from, to, index = 0) => {
    const found = paths.shortest(from, to);
    state.marked = null;
    state.asked = { from, to, found, index: 0 };
    panel.paths(from, to, found);
    trace(index in found ? index : 0);
    status(found.length ? many(found.length, "shortest path") : "no path over what is visible");
    return found;
  };
  const again = (node) => select(view.shown[node] ? { kind: "box", id: node } : null);
  const panel = explorePanel(data, view, {
    show, path, trace,
    marked: () => state.marked,
    mark: (node) => { state.marked = node; again(node); status(`path from ${names[node]}: choose the other entity`); },
    open: (node) => { view.open(node); again(node); },
    close: (node) => { status(`${many(view.close(node), "neighbour")} closed`); again(node); },
    only: (node) => { view.only(node); again(node); state.touched = false; drawing.fit(true); },
    hide: (node) => { view.hide(node); select(null); },
  });
  const toggle = (node) => {
    if (view.closed(node)) view.open(node);
    else status(`${many(view.close(node), "neighbour")} closed`);
    again(node);
  };
  const filters = exploreFilters(data, view, drawing), legend = exploreLegend(data, drawing), tables = exploreTables(data, view, { show });
  view.changed = () => {
    const { asked } = state;
    state.hovered = null;
    if (!view.shown[state.cursor]) state.cursor = null;
    if (asked && view.shown[asked.from] && view.shown[asked.to]) path(asked.from, asked.to);
    else select(state.selection);
    filters.refresh();
    tables.refresh();
    status(`${view.nodes.length} of ${data.nodes} entities and ${many(view.arcs.length, "arrow")} visible`);
  };

  // ---- pointer ------------------------------------------------------------------------------------------------------
  const choose = (found, shifted) => {
    const first = state.selection && state.selection.kind === "box" ? state.selection.id : null;
    state.cursor = found && found.kind === "box" ? found.id : null;
    if (shifted && state.cursor !== null && first !== null && first !== found.id) path(first, found.id);
    else select(found);
  };
  drawing.network.on("click", (event) => choose(drawing.under(event.pointer.canvas), event.event.srcEvent.shiftKey));
  drawing.network.on("doubleClick", (event) => {
    const found = drawing.under(event.pointer.canvas);
    if (found && found.kind === "box") toggle(found.id);
  });
  let calm = 0;
  const hurry = () => {
    state.touched = state.hurried = true;
    clearTimeout(calm);
    calm = setTimeout(() => { state.hurried = false; drawing.redraw(); }, 160);
  };
  for (const name of ["dragStart", "dragging", "zoom"]) drawing.network.on(name, hurry);
  const hover = (found) => {
    if (found?.kind === state.hovered?.kind && found?.id === state.hovered?.id) return;
    state.hovered = found;
    frame.style.cursor = found ? "pointer" : "";
    if (found) status(spoken(found));
    drawing.redraw();
  };
  frame.addEventListener("mousemove", (event) => {
    if (event.buttons) return;
    const edge = frame.getBoundingClientRect();
    hover(drawing.under(drawing.network.DOMtoCanvas({ x: event.clientX - edge.left, y: event.clientY - edge.top })));
  });
  frame.addEventListener("mouseleave", () => hover(null));
  frame.addEventListener("pointerdown", () => frame.focus({ preventScroll: true }));
  frame.addEventListener("wheel", (event) => {
    if (!frame.contains(document.activeElement) && !event.ctrlKey) event.stopPropagation();
  }, { capture: true, passive: true });

  // ---- keyboard -------------------------------------------------------------------------------------------------------
  const pan = (dx, dy) => {
    const { x, y } = drawing.network.getViewPosition(), scale = drawing.network.getScale();
    drawing.move(x + dx / scale, y + dy / scale, scale);
  };
  const zoom = (factor) => {
    const { x, y } = drawing.network.getViewPosition();
    drawing.move(x, y, Math.max(0.01, Math.min(6, drawing.network.getScale() * factor)));
  };
  // Enter reads an entity; a second time it opens or closes its neighbours.
  const enter = (what, shifted) => {
    if (!shifted && state.selection && state.selection.kind === "box" && state.selection.id === what.id) toggle(what.id);
    else choose(what, shifted);
  };
  const walk = exploreWalk(data, view, state, drawing, enter);
  const KEYS = {
    ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: () => drawing.fit(true),
    n: () => walk.round(1), p: () => walk.round(-1),
  };
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || walk.key(event) || !Object.hasOwn(KEYS, event.key)) return;
    state.touched = true;
    KEYS[event.key]();
    event.preventDefault();
  });
  const search = exploreSearch(data, { show, status });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { search.clear(); state.marked = null; status(""); walk.leave(); select(null); }
    if (event.key === "/" && document.activeElement !== $("find")) { $("find").focus(); event.preventDefault(); }
  });

  // ---- tools and start ------------------------------------------------------------------------------------------------------
  const paint = () => {
    document.documentElement.dataset.theme = state.dark ? "dark" : "light";
    filters.paint();
    legend.paint();
    drawing.redraw();
  };
  $("theme").addEventListener("click", () => {
    state.dark = !state.dark;
    state.themed = true;
    paint();
    address.write();
  });
  $("fit").addEventListener("click", () => { state.touched = false; drawing.fit(true); address.write(); });
  $("everything").addEventListener("click", () => { view.all(); state.touched = false; drawing.fit(true); });
  const paper = explorePaper(data, view, state, drawing, tables);
  const questions = $("console") ? exploreConsole(data, { show, changed: () => address.write() }) : null;
  const address = exploreAddress(data, view, state, drawing, { select, show, path, paint, questions });
  new ResizeObserver(() => state.touched || drawing.fit(false)).observe(frame);
  paint();
  address.read();
  drawing.network.once("afterDrawing", () => requestAnimationFrame(() => { performance.mark("drawn"); }));
  document.documentElement.dataset.ready = "yes";
  window.explorer = { data, view, paths, drawing, state, select, show, path, toggle, hits: search.hits, walk, address, paper, questions };
})();
