// Labels of entities: the chosen one first, then by number of arcs, each only where it covers no other.
"use strict";
const exploreLabels = (data, view, state, { sight, inside, standsOut, ringed }) => {
  const { x, y, sizes, picture } = data;
  const IMPORTANT = 14, CELL = 64, RING = 10;
  const ranked = Array.from(sizes.keys()).sort((one, other) => data.degree[other] - data.degree[one] || one - other);
  const widths = new Map();
  const shortName = (node) => (picture.names[node].length > 34 ? `${[...picture.names[node].slice(0, 66)].slice(0, 33).join("")}…` : picture.names[node]);
  const widthOf = (ctx, node) => {
    if (!widths.has(node)) widths.set(node, ctx.measureText(shortName(node)).width + 4);
    return widths.get(node);
  };
  const occupancy = () => {
    const cells = new Map();
    const each = ([left, top, right, bottom], act) => {
      for (let i = Math.floor(left / CELL); i <= Math.floor(right / CELL); i++) {
        for (let j = Math.floor(top / CELL); j <= Math.floor(bottom / CELL); j++) if (act(i * 100_003 + j)) return true;
      }
      return false;
    };
    const meets = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
    return {
      free: (rect, own) => !each(rect, (key) => (cells.get(key) || []).some((other) => other[4] !== own && meets(rect, other))),
      take: (rect, own) => each(rect, (key) => {
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push([...rect, own]);
        return false;
      }),
    };
  };
  // Returns what is labelled, with the middle and half the width of each label in pixels of the screen.
  const place = (ctx, scale, most) => {
    const frame = sight(), room = occupancy(), texts = occupancy(), placed = [];
    const inSight = ranked.filter((node) => view.shown[node] && inside(node, frame));
    const chosen = inSight.filter(standsOut);
    const order = [...chosen, ...inSight.filter((node) => state.near === null || state.near.nodes.has(node))];
    const major = new Set(order.slice(0, IMPORTANT + chosen.length));
    for (const node of inSight.slice(0, 4_000)) {
      const [width, height] = sizes[node];
      if (width * scale < 9) continue;
      const rect = [(x[node] - width / 2) * scale, (y[node] - height / 2) * scale, (x[node] + width / 2) * scale, (y[node] + height / 2) * scale];
      room.take(rect, node);
      if (major.has(node)) texts.take(rect, node);
    }
    const done = new Set();
    for (const node of order) {
      if (placed.length >= most) break;
      if (done.has(node)) continue;
      done.add(node);
      const wide = widthOf(ctx, node) / 2, cx = x[node] * scale, cy = y[node] * scale, around = ringed(node) ? RING : 0;
      const halfWidth = (sizes[node][0] * scale) / 2 + around, halfHeight = (sizes[node][1] * scale) / 2 + around;
      const spots = [[cx, cy + halfHeight + 8], [cx, cy - halfHeight - 8], [cx + halfWidth + wide + 2, cy], [cx - halfWidth - wide - 2, cy]];
      const rectOf = ([sx, sy]) => [sx - wide, sy - 7, sx + wide, sy + 7];
      const clear = spots.find((spot) => texts.free(rectOf(spot), node) && room.free(rectOf(spot), node));
      const important = major.has(node) ? spots.find((spot) => texts.free(rectOf(spot), node)) : null;
      const spot = clear || important || (chosen.includes(node) ? spots[0] : null);
      if (!spot) continue;
      texts.take(rectOf(spot), -1);
      placed.push({ node, x: spot[0], y: spot[1], wide });
    }
    return placed;
  };
  return { place, shortName };
};
