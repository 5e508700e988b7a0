// Puts the page together: picture, panel, filters, legend and finding, under the pointer and the keys.
"use strict";
(() => {
  const { $ } = elements;
  const page = pageOf(JSON.parse($("data").textContent));
  const filters = filtersOf(page, () => changed());
  const ways = waysOf(page, traceOf(page), (what, focus) => select(what, focus));
  const picture = pictureOf(page, ways.lit);
  const frame = $("diagram");

  const select = (what, focus) => {
    page.selection = what;
    panel.show(what);
    if (focus) $(focus)?.focus();
    picture.redraw();
    address.write();
  };
  const show = (what) => {
    select(what);
    picture.centre(what);
  };
  const panel = panelOf(page, select, ways);
  const legend = legendOf(page, filters.toggleButton);
  const finding = findingOf(page, show);
  const story = storyOf(page, show, () => address.write());
  const visible = (what) => {
    if (what === null) return false;
    return what.kind === "edge" ? page.arcs.has(what.id) : (what.kind === "box" ? [what.id] : [what.source, what.target]).every((id) => page.shown.has(id));
  };
  const changed = () => {
    finding.refresh();
    story.refresh();
    page.hovered = null;
    if (!page.shown.has(page.cursor)) page.cursor = null;
    const kept = visible(page.selection) ? page.selection : null;
    select(kept && kept.kind === "ways" ? { ...kept, index: null } : kept);
  };

  // ---- pointer ------------------------------------------------------------------------------------------
  const choose = (found, shifted) => {
    page.cursor = found && found.kind === "box" ? found.id : null;
    if (!shifted || page.flow || page.cursor === null) return select(found);
    ways.to(found.id);
    picture.redraw();
  };
  picture.network.on("click", (event) => choose(picture.under(event.pointer.canvas), event.event.srcEvent.shiftKey));
  picture.network.on("dragStart", () => { page.touched = true; });
  picture.network.on("zoom", () => { page.touched = true; });
  const point = (found) => {
    if (JSON.stringify(found) === JSON.stringify(page.hovered)) return;
    page.hovered = found;
    frame.style.cursor = found ? "pointer" : "";
    const edge = found && found.kind === "edge" ? page.arcs.get(found.id) : null;
    page.status(!found ? "" : !edge ? page.boxes.get(found.id).label : edge.statements.map(page.told).join("; ") || page.sentence(edge));
    picture.redraw();
  };
  frame.addEventListener("mousemove", (event) => {
    const { left, top } = frame.getBoundingClientRect();
    point(picture.under(picture.network.DOMtoCanvas({ x: event.clientX - left, y: event.clientY - top })));
  });
  frame.addEventListener("mouseleave", () => point(null));
  const focused = () => frame.contains(document.activeElement);
  frame.addEventListener("pointerdown", () => frame.focus({ preventScroll: true }));
  frame.addEventListener("wheel", (event) => { if (!focused() && !event.ctrlKey) event.stopPropagation(); }, { capture: true, passive: true });

  // ---- keyboard and tools -------------------------------------------------------------------------------
  const walk = diagramWalk(page, picture, choose);
  const VIEW = {
    ArrowLeft: () => picture.pan(-80, 0), ArrowRight: () => picture.pan(80, 0),
    ArrowUp: () => picture.pan(0, -80), ArrowDown: () => picture.pan(0, 80),
    "+": () => picture.zoom(1.25), "=": () => picture.zoom(1.25), "-": () => picture.zoom(0.8), 0: () => picture.fit(true),
  };
  const STEPS = { n: story.next, p: story.back };
  const plain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;
  frame.addEventListener("keydown", (event) => {
    if (!plain(event) || walk.key(event) || !Object.hasOwn(VIEW, event.key)) return;
    page.touched = true;
    VIEW[event.key]();
    event.preventDefault();
  });
  for (const place of [frame, $("story")]) {
    place.addEventListener("keydown", (event) => plain(event) && Object.hasOwn(STEPS, event.key) && STEPS[event.key]());
  }
  const clear = () => {
    $("find").value = "";
    page.status("");
    page.marked = null;
    walk.leave();
    story.close();
    select(null);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
    if (event.key === "/" && document.activeElement !== $("find")) { $("find").focus(); event.preventDefault(); }
  });
  const paint = () => {
    document.documentElement.dataset.theme = page.dark ? "dark" : "light";
    legend.paint();
    picture.redraw();
  };
  $("theme").addEventListener("click", () => {
    page.dark = !page.dark;
    page.themed = true;
    paint();
    address.write();
  });
  $("fit").addEventListener("click", () => { page.touched = false; picture.fit(true); });
  diagramPaper(page, picture, filters);
  const address = diagramAddress(page, { filters, story, ways, show, select, paint });
  picture.fit(false);
  paint();
  address.read();
  document.documentElement.dataset.ready = "yes";
  window.diagram = { network: picture.network, select, selection: () => page.selection, filters, page, story, address, trace: traceOf(page), ways, walk, under: picture.under };
})();
