// Puts the explorer together: picture, panel, filters, tables, search, under the pointer and the keys.
"use strict";
(() => {
  const { $, make, words, many } = elements;
  const data = exploreData(), view = exploreView(data), paths = explorePaths(data, view);
  const motion = matchMedia("(prefers-reduced-motion: reduce)");
  const nothing = () => ({ nodes: new Set(), arcs: new Set() });
  const state = {
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    selection: null, hovered: null, near: null, onPath: nothing(), marked: null, hurried: false, touched: false,
    still: () => motion.matches,
    hovers: (kind, id) => state.hovered !== null && state.hovered.kind === kind && state.hovered.id === id,
  };
  const drawing = explorePicture(data, view, state);
  const frame = $("diagram"), names = data.picture.names;
  const status = (text) => { $("status").textContent = text; };
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
    state.onPath = nothing();
    state.near = nearOf(state.selection);
    panel.show(state.selection);
    drawing.redraw();
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
  const trace = (path) => {
    state.onPath = { nodes: new Set(path.nodes), arcs: new Set(path.steps.flatMap((step) => step.claims.map((claim) => data.owner[claim]))) };
    state.selection = null;
    state.near = { nodes: state.onPath.nodes, arcs: state.onPath.arcs };
    drawing.redraw();
  };
  const path = (from, to) => {
    const found = paths.shortest(from, to);
    state.marked = null;
    panel.paths(from, to, found);
    if (found.length) trace(found[0]);
    status(found.length ? `${many(found.length, "shortest path")}` : "no path over what is visible");
    return found;
  };
  const again = (node) => select(view.shown[node] ? { kind: "box", id: node } : null);
  const panel = explorePanel(data, view, {
    show, path, trace,
    marked: () => state.marked,
    mark: (node) => { state.marked = node; again(node); status(`path from ${names[node]}: choose the other entity`); },
    open: (node) => { view.open(node); again(node); },
    close: (node) => { status(`${many(view.close(node), "neighbour")} closed`); again(node); },
    only: (node) => { view.only(node); again(node); drawing.fit(true); },
    hide: (node) => { view.hide(node); select(null); },
  });
  const toggle = (node) => {
    if (view.closed(node)) view.open(node);
    else status(`${many(view.close(node), "neighbour")} closed`);
    again(node);
  };
  const filters = exploreFilters(data, view, drawing), legend = exploreLegend(data, drawing), tables = exploreTables(data, view, { show });
  view.changed = () => {
    state.hovered = null;
    select(state.selection);
    filters.refresh();
    tables.refresh();
    status(`${view.nodes.length} of ${data.nodes} entities and ${many(view.arcs.length, "arrow")} visible`);
  };

  // ---- pointer ------------------------------------------------------------------------------------------------------
  drawing.network.on("click", (event) => {
    const found = drawing.under(event.pointer.canvas);
    const first = state.selection && state.selection.kind === "box" ? state.selection.id : null;
    if (event.event.srcEvent.shiftKey && found && found.kind === "box" && first !== null && first !== found.id) path(first, found.id);
    else select(found);
  });
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
  // With an entity chosen, an arrow key goes to the neighbour that lies most in its direction.
  const walk = (dx, dy) => {
    const here = state.selection && state.selection.kind === "box" ? state.selection.id : null;
    if (here === null) return pan(80 * dx, 80 * dy);
    const scored = view.seen(here).map((arc) => data.opposite(arc, here)).filter((other) => other !== here).map((other) => {
      const x = data.x[other] - data.x[here], y = data.y[other] - data.y[here], length = Math.hypot(x, y) || 1;
      return [(x * dx + y * dy) / length - length / 20_000, other];
    }).filter(([score]) => score > 0.3).sort((one, other) => other[0] - one[0] || one[1] - other[1]);
    return scored.length ? show({ kind: "box", id: scored[0][1] }) : status("no neighbour in that direction");
  };
  const KEYS = {
    ArrowLeft: () => walk(-1, 0), ArrowRight: () => walk(1, 0), ArrowUp: () => walk(0, -1), ArrowDown: () => walk(0, 1),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: () => drawing.fit(true),
    Enter: () => state.selection && state.selection.kind === "box" && toggle(state.selection.id),
  };
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
    state.touched = true;
    KEYS[event.key]();
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { search.clear(); state.marked = null; status(""); select(null); }
    if (event.key === "/" && document.activeElement !== $("find")) { $("find").focus(); event.preventDefault(); }
  });

  // ---- search -----------------------------------------------------------------------------------------------------------
  const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f\s_-]/g, "");
  let folded = null;
  const hits = (text) => {
    folded ??= names.map((name, node) => [name, data.picture.ids[node], ...data.picture.others[node].split("\n")].filter(Boolean).map(plain));
    const key = plain(text), scored = [];
    for (let node = 0; key && node < data.nodes; node++) {
      const score = folded[node].includes(key) ? 0 : folded[node].some((name) => name.startsWith(key)) ? 1 : folded[node].some((name) => name.includes(key)) ? 2 : 9;
      if (score < 9) scored.push([score, node]);
    }
    return scored.sort((one, other) => one[0] - other[0] || data.degree[other[1]] - data.degree[one[1]] || one[1] - other[1]).map(([, node]) => node);
  };
  const search = (() => {
    let found = [], chosen = 0;
    const render = () => {
      $("hits").hidden = !found.length;
      $("find").setAttribute("aria-expanded", String(found.length > 0));
      $("hits").replaceChildren(...found.slice(0, 12).map((node, i) => {
        const row = make("li", "", words(names[node]), " ", make("span", "soft", data.category(node)[0]));
        row.id = `hit-${i}`;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", String(i === chosen));
        row.addEventListener("mousedown", (event) => { event.preventDefault(); go(node); });
        return row;
      }));
      if (found.length) $("find").setAttribute("aria-activedescendant", `hit-${chosen}`);
      else $("find").removeAttribute("aria-activedescendant");
    };
    const close = () => { found = []; render(); };
    const go = (node) => { close(); show({ kind: "box", id: node }); };
    const look = () => {
      found = hits($("find").value);
      chosen = 0;
      status($("find").value && `${many(found.length, "hit")}`);
      render();
    };
    $("find").addEventListener("input", look);
    $("find").addEventListener("blur", close);
    $("find").addEventListener("keydown", (event) => {
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (Object.hasOwn(steps, event.key) && found.length) {
        const count = Math.min(12, found.length);
        chosen = (chosen + steps[event.key] + count) % count;
        render();
        event.preventDefault();
      } else if (event.key === "Enter") {
        if (!found.length) look();
        if (found.length) go(found[chosen]);
      }
    });
    return { clear: () => { $("find").value = ""; close(); } };
  })();

  // ---- tools and start ------------------------------------------------------------------------------------------------------
  const paint = () => {
    document.documentElement.dataset.theme = state.dark ? "dark" : "light";
    filters.paint();
    legend.paint();
    drawing.redraw();
  };
  $("theme").addEventListener("click", () => { state.dark = !state.dark; paint(); });
  $("fit").addEventListener("click", () => { state.touched = false; drawing.fit(true); });
  $("everything").addEventListener("click", () => { view.all(); drawing.fit(true); });
  new ResizeObserver(() => state.touched || drawing.fit(false)).observe(frame);
  view.refresh();
  drawing.fit(false);
  paint();
  if (data.picture.seeds.length) select({ kind: "box", id: data.picture.seeds[0] });
  drawing.network.once("afterDrawing", () => requestAnimationFrame(() => { performance.mark("drawn"); }));
  document.documentElement.dataset.ready = "yes";
  window.explorer = { data, view, paths, drawing, state, select, show, path, toggle, hits };
})();
