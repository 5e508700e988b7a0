// Walking the picture by keyboard: from box to box along the arcs, told in words, with a ring where one stands.
"use strict";
const walkOf = (page, picture, choose) => {
  const { many } = elements;
  const frame = elements.$("diagram");
  const DIRECTIONS = { ArrowLeft: [-1, 0, "left"], ArrowRight: [1, 0, "right"], ArrowUp: [0, -1, "above"], ArrowDown: [0, 1, "below"] };
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
    page.status([along ? `${page.sentence(along)}.` : "", `${box.label}, ${box.category};`, ...(page.marks.get(id) || []).map((mark) => `${page.moved(mark)};`), `${many(out, "arrow")} out, ${many(into, "arrow")} in`].filter(Boolean).join(" "));
  };
  const stand = (id) => {
    const from = page.cursor;
    page.cursor = id;
    const { x, y } = picture.network.canvasToDOM(page.boxes.get(id)), { clientWidth: w, clientHeight: h } = frame;
    if (x < 40 || y < 30 || x > w - 40 || y > h - 30) picture.centre({ kind: "box", id });
    else picture.redraw();
    tell(id, from);
  };

  // The joined box that lies most in a direction: near, and not far to the side.
  const toward = (key) => {
    const here = page.shown.get(page.cursor), [dx, dy, side] = DIRECTIONS[key];
    const joined = drawn().flatMap((edge) => (edge.source === here.id ? [edge.target] : edge.target === here.id ? [edge.source] : []));
    const scored = [...new Set(joined)].filter((id) => id !== here.id).map((id) => {
      const box = page.shown.get(id), ahead = (box.x - here.x) * dx + (box.y - here.y) * dy;
      const aside = Math.abs((box.x - here.x) * dy) + Math.abs((box.y - here.y) * dx);
      return [ahead, ahead + 2 * aside, id];
    }).filter(([ahead]) => ahead > 1).sort((one, other) => one[1] - other[1]);
    if (scored.length) stand(scored[0][2]);
    else page.status(`${here.label}: no arrow to a box ${side}`);
  };
  const start = () => {
    const { selection } = page;
    stand(selection && selection.kind === "box" ? selection.id : order()[0]);
  };
  const at = () => page.cursor !== null && page.shown.has(page.cursor);
  const tab = (event) => {
    const way = order(), next = way[way.indexOf(page.cursor) + (event.shiftKey ? -1 : 1)];
    if (next === undefined) return leave();
    stand(next);
    event.preventDefault();
  };
  const leave = () => {
    page.cursor = null;
    picture.redraw();
  };
  const key = (event) => {
    if (!page.shown.size) return false;
    if (event.key === "Tab") {
      if (at()) tab(event);
      return true;
    }
    if (Object.hasOwn(DIRECTIONS, event.key) && !event.shiftKey) {
      if (at()) toward(event.key);
      else start();
    } else if ((event.key === "Enter" || event.key === " ") && at()) {
      choose({ kind: "box", id: page.cursor }, event.shiftKey);
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  };
  frame.addEventListener("focus", () => {
    page.focused = true;
    if (frame.matches(":focus-visible") && !at()) page.status("Arrow keys walk along the arrows from box to box, Enter reads, Escape steps out");
    picture.redraw();
  });
  frame.addEventListener("blur", () => { page.focused = false; picture.redraw(); });
  return { key, leave, order };
};
