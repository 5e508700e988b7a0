// The picture: vis-network holds the view and the boxes; arcs, compartments and what lies under the pointer are ours.
"use strict";
const pictureOf = (page, lit) => {
  const { scene, palette, boxes, edges, lines } = page;
  const frame = elements.$("diagram");

  // ---- painting -----------------------------------------------------------------------------------------
  const is = (kind, id, what) => what !== null && what.kind === kind && what.id === id;
  const related = () => {
    if (!page.selection) return null;
    if (page.selection.kind === "ways") return lit(page.selection);
    const near = { box: new Set(), edge: new Set() };
    near[page.selection.kind].add(page.selection.id);
    for (const edge of page.arcs.values()) {
      const touches = page.selection.kind === "edge" ? edge.id === page.selection.id : [edge.source, edge.target].includes(page.selection.id);
      if (touches) {
        near.edge.add(edge.id);
        near.box.add(edge.source).add(edge.target);
      }
    }
    return near;
  };
  let near = null;
  const onWay = (kind, id) => {
    const what = page.selection;
    if (what === null || what.kind !== "ways") return false;
    return kind === "box" ? id === what.source || id === what.target : what.index !== null && near.edge.has(id);
  };
  const stateOf = (kind, id) => ({
    selected: is(kind, id, page.selection) || onWay(kind, id),
    hover: is(kind, id, page.hovered) || (kind === "box" && id === page.marked),
    alpha: near && !near[kind].has(id) ? (page.dark ? 0.4 : 0.32) : 1,
  });
  const paintUnder = (ctx, fine) => {
    const theme = page.theme();
    let band = 0;
    for (const region of scene.regions.filter((item) => !item.within)) {
      draw.region(ctx, region, region.kind === "membrane" ? 0 : band++, theme, fine);
    }
    for (const region of scene.regions.filter((item) => item.within)) draw.region(ctx, region, 0, theme, fine);
    const drawn = [...page.arcs.values()].filter((edge) => edge.points.length);
    const rank = (edge) => (edge.basis === "background" ? 0 : 1) + (is("edge", edge.id, page.selection) ? 2 : 0);
    for (const edge of drawn.sort((a, b) => rank(a) - rank(b))) {
      const state = stateOf("edge", edge.id);
      vector.named(ctx, () => edge.statements.map(page.told).join("; ") || page.sentence(edge), () => draw.edge(ctx, edge, lines.get(edge.id), palette, theme, state));
    }
    for (const region of scene.regions) draw.caption(ctx, region, theme);
  };
  const paintOver = (ctx) => {
    const theme = page.theme();
    for (const [id, marks] of page.marks) draw.badges(ctx, boxes.get(id).marks_at, marks, palette, theme, stateOf("box", id));
    for (const edge of page.arcs.values()) {
      const state = stateOf("edge", edge.id);
      if (edge.label_at) draw.label(ctx, edge, theme, state);
      if (edge.count_at) draw.count(ctx, edge, theme, state);
      ctx.globalAlpha = state.alpha;
      if (edge.middle && edge.polarity !== "asserted") draw.crossed(ctx, edge, lines.get(edge.id), theme);
      if (edge.mark_at) draw.conflict(ctx, edge.mark_at, theme);
      ctx.globalAlpha = 1;
    }
    if (page.focused && page.shown.has(page.cursor)) draw.ring(ctx, page.shown.get(page.cursor), theme);
  };
  const paintBox = (ctx, box, x, y) => draw.box(ctx, box, x, y, palette, page.theme(), stateOf("box", box.id));
  const paint = (ctx) => {
    const before = near;
    near = related();
    paintUnder(ctx, true);
    for (const box of page.shown.values()) vector.named(ctx, () => `${box.label}, ${box.category}`, () => paintBox(ctx, box, box.x, box.y));
    paintOver(ctx);
    near = before;
  };

  // ---- the view -----------------------------------------------------------------------------------------
  const renderer = ({ ctx, id, x, y }) => {
    const box = scene.boxes[id];
    return {
      drawNode: () => page.shown.has(box.id) && paintBox(ctx, box, x, y),
      nodeDimensions: { width: box.width, height: box.height },
    };
  };
  const { nodes, edges: links, options } = page.data;
  const network = new vis.Network(
    frame,
    {
      nodes: new vis.DataSet(nodes.map(({ id, x, y, shape }) => ({ id, x, y, shape, ctxRenderer: renderer }))),
      edges: new vis.DataSet(links.map(({ id, from, to, hidden }) => ({ id, from, to, hidden }))),
    },
    typeof options === "string" ? JSON.parse(options) : options,
  );
  network.on("beforeDrawing", (ctx) => paintUnder(ctx, network.getScale() > 0.4));
  network.on("afterDrawing", paintOver);

  const move = (x, y, scale) => {
    const animation = page.still() ? false : { duration: 260, easingFunction: "easeInOutQuad" };
    network.moveTo({ position: { x, y }, scale, animation });
  };
  const fit = (animated) => {
    const { clientWidth: w, clientHeight: h } = frame;
    if (w < 40 || h < 40) return; // a frame that is not yet laid out
    const scale = Math.min((w - 20) / (scene.width || 1), (h - 20) / (scene.height || 1), 1.5);
    const position = { x: scene.width / 2, y: scene.height / 2 };
    if (animated) move(position.x, position.y, scale);
    else network.moveTo({ position, scale, animation: false });
  };
  const refit = () => page.touched || fit(false);
  new ResizeObserver(refit).observe(frame);
  network.on("resize", () => requestAnimationFrame(refit)); // vis-network moves the view when it takes a new size
  const pan = (dx, dy) => {
    const { x, y } = network.getViewPosition(), scale = network.getScale();
    move(x + dx / scale, y + dy / scale, scale);
  };
  const zoom = (factor) => {
    const { x, y } = network.getViewPosition();
    move(x, y, Math.max(0.1, Math.min(5, network.getScale() * factor)));
  };
  const centre = (what) => {
    page.touched = true;
    const [x, y] = what.kind === "box" ? [boxes.get(what.id).x, boxes.get(what.id).y] : edges.get(what.id).middle || [];
    if (x !== undefined) move(x, y, Math.max(network.getScale(), 0.9));
  };

  // ---- what lies under the pointer ------------------------------------------------------------------------
  const under = ({ x, y }) => {
    const onBadge = ({ id, marks_at: at }) => page.marks.has(id) && Math.abs(x - at[0]) <= (page.marks.get(id).length * draw.BADGE) / 2 && Math.abs(y - at[1]) <= draw.BADGE / 2;
    const inside = (box) => (Math.abs(x - box.x) <= box.width / 2 && Math.abs(y - box.y) <= box.height / 2) || onBadge(box);
    const box = [...page.shown.values()].find(inside);
    if (box) return { kind: "box", id: box.id };
    const reach = Math.max(5, 7 / network.getScale());
    let best = null;
    for (const edge of page.arcs.values()) {
      const marks = [edge.mark_at, edge.count_at, edge.polarity === "asserted" ? null : edge.middle].filter(Boolean);
      const onMark = marks.some(([a, b]) => Math.hypot(a - x, b - y) < 11);
      const onLabel = edge.label_at && Math.abs(edge.label_at[0] - x) < edge.label.length * 3.2 && Math.abs(edge.label_at[1] - y) < 8;
      const away = onMark || onLabel ? 0 : draw.distance(lines.get(edge.id), x, y);
      if (away < reach && (!best || away < best.away)) best = { kind: "edge", id: edge.id, away };
    }
    return best && { kind: best.kind, id: best.id };
  };
  const redraw = () => {
    near = related();
    network.redraw();
  };
  return { network, paint, redraw, fit, pan, zoom, centre, under };
};
