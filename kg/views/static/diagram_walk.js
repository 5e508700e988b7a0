// The ground of a diagram to walk on: boxes joined by the arcs that are drawn, causes before effects.
"use strict";
const diagramWalk = (page, picture, choose) => {
  const { many } = elements;
  const drawn = () => [...page.arcs.values()].filter((edge) => edge.points.length && page.shown.has(edge.source) && page.shown.has(edge.target));

  // Causes before effects, each chain followed to its end before the next begins.
  const order = () => {
    const arcs = drawn(), called = new Set(arcs.map((edge) => edge.target)), seen = new Set();
    const first = [...page.shown.keys()].sort((one, other) => Number(called.has(one)) - Number(called.has(other)));
    const waiting = first.reverse();
    while (waiting.length) {
      const id = waiting.pop();
      if (seen.has(id)) continue;
      seen.add(id);
      waiting.push(...arcs.filter((edge) => edge.source === id && !seen.has(edge.target)).map((edge) => edge.target).reverse());
    }
    return [...seen];
  };
  const between = (one, other) => drawn().find((edge) => (edge.source === one && edge.target === other) || (edge.source === other && edge.target === one));
  const tell = (id, from) => {
    const box = page.shown.get(id), arcs = drawn(), along = from === null ? null : between(from, id);
    const out = arcs.filter((edge) => edge.source === id).length, into = arcs.filter((edge) => edge.target === id).length;
    const marks = (page.marks.get(id) || []).map((mark) => `${page.moved(mark)};`);
    return [along ? `${page.sentence(along)}.` : "", `${box.label}, ${box.category};`, ...marks, `${many(out, "arrow")} out, ${many(into, "arrow")} in`].filter(Boolean).join(" ");
  };
  const next = (id, step) => {
    const way = order();
    return way[way.indexOf(id) + step];
  };
  const walk = walkOf(page, {
    network: picture.network, noun: "a box", hint: "Arrow keys walk along the arrows from box to box, Enter reads, Escape steps out",
    has: (id) => page.shown.has(id), empty: () => !page.shown.size, first: () => order()[0], name: page.nameOf, place: (id) => page.boxes.get(id),
    joined: (id) => drawn().flatMap((edge) => (edge.source === id ? [edge.target] : edge.target === id ? [edge.source] : [])),
    centre: (id) => picture.centre({ kind: "box", id }), redraw: picture.redraw, tell, next,
  }, choose);
  return { ...walk, order };
};
