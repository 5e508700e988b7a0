// The legend: every entry drawn as in the picture, small, and a switch for what is drawn so.
"use strict";
const legendOf = (page, toggleButton) => {
  const { $, make, words } = elements;
  const { scene, palette, flow } = page;
  const SAMPLES = {
    document: {}, background: { basis: "background" }, hedged: { certainty: "hedged" }, extrapolated: { certainty: "extrapolated" },
    negated: { polarity: "negated" }, "no data": { polarity: "no data" }, conflict: {}, main: { main: true },
  };
  const sample = (entry) => {
    const canvas = document.createElement("canvas"), ratio = Math.max(2, devicePixelRatio || 1);
    [canvas.width, canvas.height] = [50 * ratio, 24 * ratio];
    const ctx = canvas.getContext("2d"), theme = page.theme(), state = { alpha: 1 };
    ctx.scale(ratio, ratio);
    if (entry.group === "entity") {
      draw.box(ctx, { glyph: entry.key, width: 44, height: 18, lines: [], sublabel: "" }, 25, 12, palette, theme, state);
      return canvas;
    }
    if (entry.group === "mark") {
      ctx.translate(25, 12);
      if (entry.key === "sources") draw.count(ctx, { count_at: [0, 0], n_sources: 2 }, theme, state);
      else draw.badge(ctx, { direction: entry.key, basis: "document", certainty: "asserted" }, palette, theme);
      return canvas;
    }
    const kind = entry.group === "arrow" ? { arc: entry.key } : Object.hasOwn(SAMPLES, entry.key) ? SAMPLES[entry.key] : {};
    const item = { arc: flow ? "sequence" : "stimulation", basis: "document", certainty: "asserted", polarity: "asserted", middle: [22, 12], ...kind };
    const line = [[3, 12], [47, 12]];
    draw.edge(ctx, item, line, palette, theme, state);
    if (item.polarity !== "asserted") draw.crossed(ctx, item, line, theme);
    if (entry.key === "conflict") {
      ctx.translate(20, 12.5);
      ctx.scale(0.8, 0.8);
      draw.conflict(ctx, [0, 0], theme);
    }
    return canvas;
  };
  const buttons = scene.legend.map((entry) => [entry, toggleButton(`${entry.group}:${entry.key}`, make("span", "", words(entry.label)))]);
  for (const group of ["arrow", "reading", "mark", "entity"]) {
    const found = buttons.filter(([entry]) => entry.group === group);
    $(`legend-${group}`).hidden = !found.length;
    $(`legend-${group}`).querySelector("ul").append(...found.map(([, made]) => make("li", "", made)));
  }
  const paint = () => {
    for (const [entry, made] of buttons) {
      made.querySelector("canvas")?.remove();
      made.prepend(sample(entry));
    }
  };
  return { paint };
};
