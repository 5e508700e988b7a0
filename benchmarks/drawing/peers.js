// Draws the boxes and arcs of a scene as pyvis and Cytoscape.js do, and tells where everything came to stand.
"use strict";
const seeded = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

const peers = {
  pyvis: async (frame, given, options) => {
    const nodes = given.boxes.map(({ id, label }) => ({ id, label, shape: "dot" }));
    const edges = given.arcs.map(({ id, source, target, label }) => ({ id, from: source, to: target, label }));
    const seed = { layout: { randomSeed: 4, ...options.layout } };
    const network = new vis.Network(frame, { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }, { ...options, ...seed });
    network.stabilize(1000);
    const boxes = Object.fromEntries(nodes.map(({ id }) => [id, network.getBoundingBox(id)]));
    const lines = edges.map(({ id }) => Array.from({ length: 33 }, (_, i) => network.body.edges[id].edgeType.getPoint(i / 32)));
    network.destroy();
    return { boxes, lines: lines.map((line) => line.map(({ x, y }) => [x, y])) };
  },

  cytoscape: async (frame, given, layout) => {
    Math.random = seeded(4);
    const cy = cytoscape({
      container: frame,
      elements: [
        ...given.boxes.map((box) => ({ data: box })),
        ...given.arcs.map((arc) => ({ data: arc })),
      ],
      style: [
        { selector: "node", style: { shape: "round-rectangle", width: "data(width)", height: "data(height)", label: "data(label)", "text-valign": "center", "text-wrap": "wrap", "text-max-width": "data(width)", "font-size": 14 } },
        { selector: "edge", style: { label: "data(label)", "font-size": 11, "curve-style": "bezier", "target-arrow-shape": "triangle" } },
      ],
      layout: { name: "null" },
    });
    const running = cy.layout(layout);
    const stopped = running.promiseOn("layoutstop");
    running.run();
    await stopped;
    performance.mark("placed");
    window.cy = cy;
    return cy;
  },
};

const inCytoscape = async (frame, given, layout) => {
  const cy = await peers.cytoscape(frame, given, layout);
  const rect = (node) => {
    const { x, y } = node.position(), [w, h] = [node.width() / 2, node.height() / 2];
    return { left: x - w, top: y - h, right: x + w, bottom: y + h };
  };
  const boxes = Object.fromEntries(cy.nodes().map((node) => [node.id(), rect(node)]));
  const lines = given.arcs.map(({ id }) => lineOf(cy.getElementById(id)));
  cy.destroy();
  return { boxes, lines };
};

const lineOf = (edge) => {
  const bends = edge.controlPoints() ?? [], stops = [edge.sourceEndpoint()];
  bends.slice(1).forEach((bend, i) => stops.push({ x: (bends[i].x + bend.x) / 2, y: (bends[i].y + bend.y) / 2 }));
  stops.push(edge.targetEndpoint());
  const parts = stops.slice(1).map((to, i) => [stops[i], bends[i] ?? { x: (stops[i].x + to.x) / 2, y: (stops[i].y + to.y) / 2 }, to]);
  const at = ([a, b, c], t) => ["x", "y"].map((axis) => (1 - t) ** 2 * a[axis] + 2 * t * (1 - t) * b[axis] + t * t * c[axis]);
  return parts.flatMap((part) => Array.from({ length: 33 }, (_, i) => at(part, i / 32)));
};

const placers = { pyvis: peers.pyvis, cytoscape: inCytoscape };
const placeAll = async (kind, scenes, options) => {
  const frame = document.getElementById("net"), drawn = [];
  for (const given of scenes) drawn.push(await placers[kind](frame, given, options));
  return drawn;
};
