// Walking a picture by keyboard: from one thing to the next along the arcs, told in words, with a ring where one stands.
"use strict";
const walkOf = (page, ground, choose) => {
  const frame = elements.$("diagram");
  const DIRECTIONS = { ArrowLeft: [-1, 0, "left"], ArrowRight: [1, 0, "right"], ArrowUp: [0, -1, "above"], ArrowDown: [0, 1, "below"] };

  const at = () => page.cursor !== null && ground.has(page.cursor);
  const stand = (id) => {
    const from = at() ? page.cursor : null;
    page.cursor = id;
    const { x, y } = ground.network.canvasToDOM(ground.place(id)), { clientWidth: w, clientHeight: h } = frame;
    if (x < 40 || y < 30 || x > w - 40 || y > h - 30) ground.centre(id);
    else ground.redraw();
    page.status(ground.tell(id, from));
  };

  // The joined one that lies most in a direction: near, and not far to the side.
  const toward = (key) => {
    const here = ground.place(page.cursor), [dx, dy, side] = DIRECTIONS[key];
    const scored = [...new Set(ground.joined(page.cursor))].filter((id) => id !== page.cursor).map((id) => {
      const { x, y } = ground.place(id), ahead = (x - here.x) * dx + (y - here.y) * dy;
      const aside = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx);
      return [ahead, ahead + 2 * aside, id];
    }).filter(([ahead]) => ahead > 1).sort((one, other) => one[1] - other[1]);
    if (scored.length) stand(scored[0][2]);
    else page.status(`${ground.name(page.cursor)}: no arrow to ${ground.noun} ${side}`);
  };
  const start = () => {
    const { selection } = page;
    stand(selection && selection.kind === "box" ? selection.id : ground.first());
  };
  const leave = () => {
    page.cursor = null;
    ground.redraw();
  };
  const tab = (event) => {
    const next = ground.next(page.cursor, event.shiftKey ? -1 : 1);
    if (next === undefined) return leave();
    stand(next);
    event.preventDefault();
  };
  const key = (event) => {
    if (ground.empty()) return false;
    if (event.key === "Tab") {
      if (at() && ground.next) tab(event);
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
    if (frame.matches(":focus-visible") && !at()) page.status(ground.hint);
    ground.redraw();
  });
  frame.addEventListener("blur", () => { page.focused = false; ground.redraw(); });
  return { key, leave, stand, start, at };
};
