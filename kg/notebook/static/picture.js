// The picture: the SVG made in Python, its arrows and boxes answering clicks and keys, the chosen path lit.
const pictureOf = (model, choose) => {
  const { make } = elements;
  const DRAWING = new Set(["svg", "g", "path", "rect", "circle", "text", "title", "desc"]);
  const SMALLEST = 0.7, LARGEST = 1.15;
  const frame = make("div", "kg-frame");
  let svg = null, groups = new Map(), order = [];

  // Only what draws comes in: no script, no address, no style, and no id that another picture may have.
  const inert = (text) => {
    const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    for (const part of [...root.querySelectorAll("*"), root]) {
      if (!DRAWING.has(part.localName)) part.remove();
      for (const { name, value } of [...part.attributes]) {
        if (/^on|href$|^style$|^id$|^aria-(labelledby|describedby)$/i.test(name) || /url\s*\(/i.test(value)) part.removeAttribute(name);
      }
    }
    return DRAWING.has(root.localName) ? document.importNode(root, true) : null;
  };
  const keyOf = (group) => (group.dataset.arc !== undefined ? { arc: group.dataset.arc } : { box: group.dataset.box });
  const nameOf = (key) => (key.arc !== undefined ? `arc ${key.arc}` : `box ${key.box}`);
  const widen = (group) => {
    const line = group.querySelector("path");
    if (!line || group.dataset.arc === undefined) return;
    const wide = line.cloneNode(false);
    wide.removeAttribute("stroke-dasharray");
    group.prepend(marked(wide, { stroke: "transparent", "stroke-width": 16, "pointer-events": "stroke" }));
  };
  const toldOf = (key) => {
    const { arcs, boxes } = model.get("_picture");
    if (key.arc !== undefined) return arcs[key.arc]?.told || "";
    const box = own(boxes, key.box);
    return box ? `${box.label}, ${box.category}` : "";
  };
  const gather = () => {
    groups = new Map();
    for (const group of svg.querySelectorAll("[data-arc], [data-box]")) {
      const name = nameOf(keyOf(group));
      groups.set(name, [...(groups.get(name) || []), group]);
    }
    order = [...groups.values()].map(([first]) => first);
    for (const first of order) {
      marked(first, { role: "button", tabindex: -1, "aria-pressed": "false", "aria-label": toldOf(keyOf(first)) });
      widen(first);
    }
    if (order.length) order[0].setAttribute("tabindex", "0");
  };
  const fill = () => {
    const picture = model.get("_picture"), held = frame.contains(frame.getRootNode().activeElement) && frame.getRootNode().activeElement;
    svg = picture.svg ? inert(picture.svg) : null;
    frame.replaceChildren(...(svg ? [svg] : []));
    if (!svg) return;
    const width = Number(svg.getAttribute("width"));
    svg.style.minWidth = `${width * SMALLEST}px`;
    svg.style.maxWidth = `${width * LARGEST}px`;
    marked(svg, { role: "group", "aria-label": picture.title });
    gather();
    if (held) groups.get(nameOf(keyOf(held)))?.[0].focus();
  };

  // Lights the arcs and boxes of a path, or all where none is chosen, and frames what was clicked.
  const light = (row, chosen) => {
    const said = new Set(row ? row.statements.flat() : []), nodes = new Set(row ? row.nodes : []);
    const arcs = model.get("_picture").arcs || {};
    const on = (key) => (key.arc !== undefined ? arcs[key.arc]?.claims.some((id) => said.has(id)) : nodes.has(key.box));
    for (const [name, parts] of groups) {
      const lit = Boolean(row) && on(keyOf(parts[0]));
      for (const part of parts) {
        part.classList.toggle("kg-dim", Boolean(row) && !lit);
        part.classList.toggle("kg-lit", lit);
        part.classList.toggle("kg-chosen", name === chosen);
      }
      parts[0].setAttribute("aria-pressed", String(name === chosen));
    }
  };
  const at = (event) => event.target.closest("[data-arc], [data-box]");
  frame.addEventListener("click", (event) => at(event) && choose(keyOf(at(event))));
  const step = (by) => {
    const now = Math.max(0, order.indexOf(frame.getRootNode().activeElement));
    const next = order[(now + by + order.length) % order.length];
    order[now].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  };
  const KEYS = { ArrowRight: () => step(1), ArrowDown: () => step(1), ArrowLeft: () => step(-1), ArrowUp: () => step(-1) };
  frame.addEventListener("keydown", (event) => {
    const group = at(event);
    const act = group && (["Enter", " "].includes(event.key) ? () => choose(keyOf(group)) : KEYS[event.key]);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  return { element: frame, fill, light, nameOf };
};
