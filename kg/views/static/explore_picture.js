// The picture: arcs on one layer with what is out of sight left out, entities by vis-network, and what lies under the pointer.
"use strict";
const explorePicture = (data, view, state) => {
  const { $ } = elements;
  const { x, y, sizes, palette, picture } = data, { source, target } = picture;
  const HELD = 500, FINE = 1_200, HURRIED = 6_000, FONT = 'Arial, Helvetica, "Liberation Sans", sans-serif';
  const theme = () => palette.themes[state.dark ? "dark" : "light"];
  const items = sizes.map(([width, height], node) => ({ glyph: data.category(node)[1], width, height, lines: [], sublabel: "", background: false }));
  const styles = items.map((item) => palette.boxes[item.glyph] || palette.boxes.other);

  // ---- where arcs run: straight, or bent apart where several join the same two -----------------------------------
  const bends = new Float64Array(data.arcs);
  const parallel = new Map();
  for (let arc = 0; arc < data.arcs; arc++) {
    const key = Math.min(source[arc], target[arc]) * data.nodes + Math.max(source[arc], target[arc]);
    if (!parallel.has(key)) parallel.set(key, []);
    parallel.get(key).push(arc);
  }
  for (const together of parallel.values()) {
    together.forEach((arc, i) => {
      const side = source[arc] <= target[arc] ? 1 : -1;
      bends[arc] = side * (i - (together.length - 1) / 2) * 30;
    });
  }
  const border = (node, toX, toY) => {
    const dx = toX - x[node], dy = toY - y[node], [width, height] = sizes[node];
    const share = Math.min(1, 1 / Math.max(Math.abs(dx) / (width / 2 + 2), Math.abs(dy) / (height / 2 + 2), 1e-9));
    return [x[node] + dx * share, y[node] + dy * share];
  };
  const loop = (node) => {
    const [width, height] = sizes[node], left = x[node] - width / 6, right = x[node] + width / 6, top = y[node] - height / 2;
    return draw.polyline([[left, top], [left - 16, top - 34], [right + 16, top - 34], [right, top - 2]], 10);
  };
  const lines = new Map();
  const route = (arc) => {
    const from = source[arc], to = target[arc];
    if (from === to) return loop(from);
    const dx = x[to] - x[from], dy = y[to] - y[from], length = Math.hypot(dx, dy) || 1;
    const via = [(x[from] + x[to]) / 2 - (dy / length) * bends[arc] * 2, (y[from] + y[to]) / 2 + (dx / length) * bends[arc] * 2];
    const start = border(from, ...via), end = border(to, ...via);
    if (!bends[arc]) return [start, end];
    const third = (one, other) => [one[0] + (other[0] - one[0]) * (2 / 3), one[1] + (other[1] - one[1]) * (2 / 3)];
    return draw.polyline([start, third(start, via), third(end, via), end], 10);
  };
  const lineOf = (arc) => {
    if (!lines.has(arc)) lines.set(arc, route(arc));
    return lines.get(arc);
  };
  const middleOf = (arc) => {
    const line = lineOf(arc);
    if (line.length > 2) return line[line.length >> 1];
    return [(line[0][0] + line[1][0]) / 2, (line[0][1] + line[1][1]) / 2];
  };
  const itemOf = (arc) => {
    const claim = view.drawn[arc];
    return {
      arc: picture.arc_kinds[picture.kind[arc]], basis: data.BASES[data.basis(claim)], certainty: data.CERTAINTIES[data.certainty(claim)],
      polarity: data.POLARITIES[picture.polarity[arc]], main: state.onPath.arcs.has(arc), middle: middleOf(arc),
    };
  };

  // ---- arcs ---------------------------------------------------------------------------------------------------
  const sight = () => {
    const { clientWidth, clientHeight } = $("diagram");
    const a = network.DOMtoCanvas({ x: 0, y: 0 }), b = network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
    return { left: a.x - 40, top: a.y - 40, right: b.x + 40, bottom: b.y + 40 };
  };
  const inside = (node, frame) => x[node] > frame.left && x[node] < frame.right && y[node] > frame.top && y[node] < frame.bottom;
  const crosses = (arc, { left, top, right, bottom }) => {
    const ax = x[source[arc]], ay = y[source[arc]], bx = x[target[arc]], by = y[target[arc]];
    return !((ax < left && bx < left) || (ax > right && bx > right) || (ay < top && by < top) || (ay > bottom && by > bottom));
  };
  const near = (arc) => state.near === null || state.near.arcs.has(arc);
  const picked = (arc) => (state.selection && state.selection.kind === "edge" && state.selection.id === arc) || state.onPath.arcs.has(arc);
  const coarse = (ctx, arcs, scale) => {
    const groups = new Map(), day = theme();
    for (const arc of arcs) {
      const item = { arc: picture.arc_kinds[picture.kind[arc]], basis: data.BASES[data.basis(view.drawn[arc])], polarity: data.POLARITIES[picture.polarity[arc]] };
      const key = `${draw.arcColour(item, palette.arcs[item.arc] || palette.arcs.none, day)} ${near(arc) ? 1 : 0} ${data.certainty(view.drawn[arc])}`;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(arc);
    }
    const dense = Math.min(1, Math.max(0.09, 900 / arcs.length));
    ctx.save();
    for (const [key, group] of groups) {
      const [colour, isNear, certainty] = key.split(" ");
      ctx.strokeStyle = colour;
      ctx.lineWidth = 0.9 / scale;
      ctx.globalAlpha = isNear === "1" ? dense : dense * 0.3;
      const dash = arcs.length > 8 * FINE ? [] : palette.hatches[data.CERTAINTIES[certainty]];
      ctx.setLineDash(dash.map((part) => (part * 0.6) / scale));
      for (let i = 0; i < group.length; i += 250) {
        ctx.beginPath();
        for (const arc of group.slice(i, i + 250)) {
          ctx.moveTo(x[source[arc]], y[source[arc]]);
          ctx.lineTo(x[target[arc]], y[target[arc]]);
        }
        ctx.stroke();
      }
    }
    ctx.restore();
  };
  const fine = (ctx, arcs) => {
    const day = theme(), last = (arc) => (picked(arc) ? 2 : data.basis(view.drawn[arc]) ? 0 : 1);
    for (const arc of arcs.slice().sort((one, other) => last(one) - last(other))) {
      vector.named(ctx, () => data.sentence(view.drawn[arc]), () => paintArc(ctx, arc, day));
    }
  };
  const paintArc = (ctx, arc, day) => {
    const item = itemOf(arc), alpha = near(arc) ? 1 : 0.16;
    draw.edge(ctx, item, lineOf(arc), palette, day, { alpha, selected: picked(arc), hover: state.hovers("edge", arc) });
    ctx.globalAlpha = alpha;
    if (item.polarity !== "asserted") draw.crossed(ctx, item, lineOf(arc), day);
    if (picture.disputed[arc]) draw.conflict(ctx, item.middle, day);
    ctx.globalAlpha = 1;
  };
  const paintArcs = (ctx) => {
    const frame = sight(), scale = network.getScale();
    let arcs = view.arcs.filter((arc) => crosses(arc, frame));
    if (state.hurried && arcs.length > HURRIED) arcs = arcs.filter((_, i) => i % Math.ceil(arcs.length / HURRIED) === 0);
    if (arcs.length <= FINE && scale > 0.22) return fine(ctx, arcs);
    const chosen = state.near === null ? [] : arcs.filter(near).slice(0, FINE);
    coarse(ctx, arcs, scale);
    return fine(ctx, chosen.length < arcs.length ? chosen : []);
  };
  const paintUnder = (ctx) => {
    paintArcs(ctx);
    if (held) return;
    const frame = sight();
    for (const node of view.nodes) if (inside(node, frame)) paintNode(ctx, node);
  };

  // ---- entities -------------------------------------------------------------------------------------------------
  const nodeState = (node) => ({
    selected: (state.selection && state.selection.kind === "box" && state.selection.id === node) || state.onPath.nodes.has(node),
    hover: state.hovers("box", node),
    alpha: state.near === null || state.near.nodes.has(node) ? 1 : 0.3,
  });
  const paintNode = (ctx, node) => {
    const now = nodeState(node), scale = network.getScale(), wide = sizes[node][0] * scale;
    const [width, height] = wide < 3 ? [3 / scale, 2 / scale] : sizes[node];
    if (wide >= (held ? 8 : 13) || now.selected || now.hover) return draw.box(ctx, items[node], x[node], y[node], palette, theme(), now);
    ctx.globalAlpha = now.alpha;
    ctx.fillStyle = wide < 7 ? styles[node].line : styles[node].fill;
    ctx.fillRect(x[node] - width / 2, y[node] - height / 2, width, height);
    if (wide >= 7) {
      ctx.strokeStyle = styles[node].line;
      ctx.lineWidth = 2.5;
      ctx.strokeRect(x[node] - width / 2, y[node] - height / 2, width, height);
    }
    ctx.globalAlpha = 1;
    return undefined;
  };
  const renderer = ({ ctx, id }) => ({
    drawNode: () => view.shown[id] && paintNode(ctx, id),
    nodeDimensions: { width: sizes[id][0], height: sizes[id][1] },
  });

  // ---- labels, and a ring where the keyboard stands ---------------------------------------------------------------
  const ringed = (node) => state.focused && state.cursor === node;
  const standsOut = (node) => nodeState(node).selected || nodeState(node).hover || ringed(node);
  const labels = exploreLabels(data, view, state, { sight, inside, standsOut, ringed });
  const ring = (ctx, node, scale) => {
    const [width, height] = sizes[node];
    draw.ring(ctx, { x: x[node] * scale, y: y[node] * scale, width: width * scale, height: height * scale }, theme());
  };
  const paintOver = (ctx) => {
    const scale = network.getScale(), day = theme(), room = $("diagram").clientWidth * $("diagram").clientHeight;
    ctx.save();
    ctx.scale(1 / scale, 1 / scale);
    ctx.font = `12px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.direction = "ltr";
    const placed = state.hurried && view.nodes.length > HURRIED ? [] : labels.place(ctx, scale, room / 7_500);
    for (const label of placed) {
      ctx.fillStyle = day.halo;
      ctx.fillRect(label.x - label.wide, label.y - 7, 2 * label.wide, 14);
      ctx.fillStyle = nodeState(label.node).selected ? day.select : day.ink;
      ctx.fillText(labels.shortName(label.node), label.x, label.y + 0.5);
    }
    if (state.cursor !== null && ringed(state.cursor)) ring(ctx, state.cursor, scale);
    ctx.restore();
    drawing.labels = placed.map((label) => [label.x, label.y, 2 * label.wide, 14]);
  };

  // What is in sight, once more on a surface of the same size.
  const paint = (ctx) => {
    const corner = network.DOMtoCanvas({ x: 0, y: 0 }), frame = sight();
    ctx.save();
    ctx.scale(network.getScale(), network.getScale());
    ctx.translate(-corner.x, -corner.y);
    paintArcs(ctx);
    for (const node of view.nodes) {
      if (inside(node, frame)) vector.named(ctx, () => `${picture.names[node]}, ${data.category(node)[0]}`, () => paintNode(ctx, node));
    }
    paintOver(ctx);
    ctx.restore();
  };

  // Beyond some hundreds, entities are drawn with the arcs: vis-network takes a tenth of a millisecond to hold each.
  const held = data.nodes <= HELD;
  const holding = Array.from({ length: held ? data.nodes : 0 }, (_, id) => ({ id, x: x[id], y: y[id], shape: "custom", ctxRenderer: renderer }));
  const network = new vis.Network($("diagram"), { nodes: holding, edges: [] }, data.options);
  network.on("beforeDrawing", paintUnder);
  network.on("afterDrawing", paintOver);

  // ---- the view -------------------------------------------------------------------------------------------------
  const move = (toX, toY, scale) => {
    const animation = state.still() ? false : { duration: 260, easingFunction: "easeInOutQuad" };
    drawing.aim = animation ? { x: toX, y: toY, scale } : null;
    network.moveTo({ position: { x: toX, y: toY }, scale, animation });
  };
  const jump = (toX, toY, scale) => {
    drawing.aim = null;
    network.moveTo({ position: { x: toX, y: toY }, scale, animation: false });
  };
  network.on("animationFinished", () => { drawing.aim = null; });
  // Where the view is, or will be when it comes to rest.
  const where = () => drawing.aim || { ...network.getViewPosition(), scale: network.getScale() };
  const fit = (animated) => {
    const seen = view.nodes.length ? view.nodes : Array.from(sizes.keys());
    const bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (const node of seen) {
      bounds.left = Math.min(bounds.left, x[node] - sizes[node][0] / 2);
      bounds.right = Math.max(bounds.right, x[node] + sizes[node][0] / 2);
      bounds.top = Math.min(bounds.top, y[node] - sizes[node][1] / 2);
      bounds.bottom = Math.max(bounds.bottom, y[node] + sizes[node][1] / 2);
    }
    if (!seen.length) return;
    const wide = Math.max(20, $("diagram").clientWidth - 90), high = Math.max(20, $("diagram").clientHeight - 80);
    const scale = Math.min(wide / (bounds.right - bounds.left), high / (bounds.bottom - bounds.top), 1.5);
    const position = { x: (bounds.left + bounds.right) / 2, y: (bounds.top + bounds.bottom) / 2 };
    if (animated) move(position.x, position.y, scale);
    else jump(position.x, position.y, scale);
  };

  // ---- what lies under the pointer --------------------------------------------------------------------------------
  const under = (at) => {
    const inside = (node) => Math.abs(at.x - x[node]) <= sizes[node][0] / 2 && Math.abs(at.y - y[node]) <= sizes[node][1] / 2;
    const node = view.nodes.find(inside);
    if (node !== undefined) return { kind: "box", id: node };
    const reach = Math.max(4, 5 / network.getScale());
    const frame = { left: at.x - reach - 40, right: at.x + reach + 40, top: at.y - reach - 40, bottom: at.y + reach + 40 };
    let best = null;
    for (const arc of view.arcs) {
      if (!crosses(arc, frame)) continue;
      const away = draw.distance(lineOf(arc), at.x, at.y);
      if (away < reach && (!best || away < best.away)) best = { kind: "edge", id: arc, away };
    }
    return best && { kind: "edge", id: best.id };
  };
  let asked = 0;
  const redraw = () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      network.redraw();
    });
  };
  const drawing = { network, move, jump, where, aim: null, fit, under, middleOf, theme, paint, labels: [], redraw };
  return drawing;
};
