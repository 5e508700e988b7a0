// The ground of the explorer to walk on: visible entities joined by visible arrows; n and p go round the neighbours.
"use strict";
const exploreWalk = (data, view, state, drawing, choose) => {
  const { many } = elements;
  const { x, y, picture } = data, { network } = drawing;
  const joined = (node) => [...new Set(view.seen(node).map((arc) => data.opposite(arc, node)))].filter((other) => other !== node);
  // Where an asked path begins, or the entity nearest to the middle of what is in sight.
  const first = () => {
    if (state.asked && view.shown[state.asked.from]) return state.asked.from;
    const middle = network.getViewPosition(), away = (node) => Math.hypot(x[node] - middle.x, y[node] - middle.y);
    return view.nodes.reduce((best, node) => (away(node) < away(best) ? node : best), view.nodes[0]);
  };
  const tell = (node, from) => {
    const seen = view.seen(node), along = from === null ? undefined : seen.find((arc) => data.opposite(arc, node) === from);
    const out = seen.filter((arc) => picture.source[arc] === node).length, into = seen.filter((arc) => picture.target[arc] === node).length;
    return [along === undefined ? "" : `${data.sentence(view.drawn[along])}.`, `${picture.names[node]}, ${data.category(node)[0]};`, `${many(out, "arrow")} out, ${many(into, "arrow")} in`].filter(Boolean).join(" ");
  };
  const walk = walkOf(state, {
    network, noun: "an entity", hint: "Arrow keys walk along the arrows from entity to entity, n and p go round the neighbours, Enter reads, Escape steps out",
    has: (node) => view.shown[node] === 1, empty: () => !view.nodes.length, first, name: (node) => picture.names[node], place: (node) => ({ x: x[node], y: y[node] }),
    joined, centre: (node) => drawing.move(x[node], y[node], network.getScale()), redraw: drawing.redraw, tell,
  }, choose);

  let hub = null, last = null;
  const round = (step) => {
    if (!walk.at()) return view.nodes.length ? walk.start() : undefined;
    if (state.cursor !== last || !view.shown[hub]) hub = state.cursor;
    const angle = (node) => Math.atan2(y[node] - y[hub], x[node] - x[hub]);
    const around = joined(hub).sort((one, other) => angle(one) - angle(other) || one - other), at = around.indexOf(state.cursor);
    if (!around.length) return state.status(`${picture.names[hub]}: no visible neighbour`);
    walk.stand(around[(at < 0 ? (step > 0 ? 0 : around.length - 1) : at + step + around.length) % around.length]);
    last = state.cursor;
    return undefined;
  };
  return { ...walk, round };
};
