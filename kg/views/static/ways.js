// The paths between two marked boxes, listed in the panel with their signs, each to be lit in the picture.
"use strict";
const waysOf = (page, trace, select) => {
  const { make, words, button, chips, many } = elements;
  const { nameOf } = page;
  const ARROWS = { "+": " → ", "-": " ⊣ ", unknown: " ⇢ " };
  const NET = { "+": "net sign +", "-": "net sign −", unknown: "net sign withheld" };

  const mark = (id) => {
    page.marked = id;
    page.status(`Paths from ${nameOf(id)}: shift-click another box, or use its panel`);
  };
  const to = (id) => {
    if (page.marked === null || page.marked === id || !page.shown.has(page.marked)) return mark(id);
    const source = page.marked;
    page.marked = null;
    select({ kind: "ways", source, target: id, index: null });
  };
  let last = {};
  const found = (what) => {
    if (last.arcs !== page.arcs || last.source !== what.source || last.target !== what.target) {
      last = { arcs: page.arcs, ...what, result: trace.find(what.source, what.target) };
    }
    return last.result;
  };

  // The arcs and boxes of the lit path, or of all of them.
  const lit = (what) => {
    const { paths } = found(what), chosen = what.index === null ? paths : paths.slice(what.index, what.index + 1);
    return {
      box: new Set([what.source, what.target, ...chosen.flatMap((path) => path.nodes)]),
      edge: new Set(chosen.flatMap((path) => path.steps.flatMap((step) => step.arcs))),
    };
  };

  const chain = (path) => path.steps.reduce((text, step) => `${text}${ARROWS[step.sign]}${nameOf(step.target)}`, nameOf(path.nodes[0]));
  const reason = (step) => make("li", "", words(nameOf(step.source)), " ⇢ ", words(nameOf(step.target)), ": ", words(step.why));
  const steps = (path) => make("ol", "", ...path.steps.flatMap((step) => step.said.map((said) => make("li", "", words(page.told(said))))));
  const item = (what, path, index) => {
    const on = what.index === index;
    const choose = button("plain", () => select({ ...what, index: on ? null : index }, `way-${index}`), words(chain(path)));
    choose.id = `way-${index}`;
    choose.setAttribute("aria-pressed", String(on));
    const withheld = path.withheld.length ? make("div", "soft", "withheld by", make("ul", "", ...path.withheld.map(reason))) : null;
    const told = chips(NET[path.sign], `certainty: ${path.certainty}`, path.basis === "mixed" ? "document and background" : path.basis, many(path.steps.length, "step"));
    return make("li", "way", choose, told, withheld, on ? steps(path) : null);
  };
  const bound = ({ paths, whole, longest }) => {
    if (!whole) return `The search ended after ${many(paths.length, "path")}; there may be more.`;
    return `${many(paths.length, "directed path")} of at most ${longest} steps, over what is visible; structural and negated claims are not walked.`;
  };
  const panel = (what) => {
    const result = found(what);
    return [
      make("h2", "", "Paths: ", words(nameOf(what.source)), " → ", words(nameOf(what.target))),
      make("p", "soft", bound(result)),
      button("", () => select({ ...what, source: what.target, target: what.source, index: null }), "The other way round"),
      make("ol", "ways", ...result.paths.map((path, index) => item(what, path, index))),
    ];
  };
  const buttons = (box) => {
    const start = button("", () => { mark(box.id); select({ kind: "box", id: box.id }, "ways-start"); }, page.marked === box.id ? "Paths start here" : "Paths from here…");
    start.id = "ways-start";
    const from = page.marked !== null && page.marked !== box.id && page.shown.has(page.marked) ? page.marked : null;
    return make("div", "ways-from",
      start,
      from === null ? null : button("", () => to(box.id), "Paths from ", words(nameOf(from)), " to here"));
  };
  const count = (source, target) => found({ source, target }).paths.length;
  return { count, mark, to, lit, panel, buttons };
};
