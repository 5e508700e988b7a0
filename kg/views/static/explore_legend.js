// The legend of the arrows that are on the page, each drawn as in the picture, small.
"use strict";
const exploreLegend = (data, drawing) => {
  const { $, make } = elements;
  const { picture, palette } = data;
  const READINGS = [
    ["background step", (claim) => data.basis(claim) === 1, { basis: "background" }],
    ["said with reserve (hedged)", (claim) => data.certainty(claim) === 2, { certainty: "hedged" }],
    ["extrapolated from elsewhere", (claim) => data.certainty(claim) === 1, { certainty: "extrapolated" }],
    ["tested: no effect found", (claim) => picture.polarity[data.owner[claim]] === 1, { polarity: "negated" }],
    ["not tested, or no result", (claim) => picture.polarity[data.owner[claim]] === 2, { polarity: "no data" }],
    ["sources disagree", (claim) => picture.disputed[data.owner[claim]] === 1, { conflict: true }],
  ];
  const every = Array.from({ length: data.claims }, (_, claim) => claim), kinds = new Set(picture.kind);
  const entries = [
    ...picture.arc_kinds.map((arc, i) => [i, palette.arcs[arc].label, { arc }]).filter(([i]) => kinds.has(i)).map(([, ...entry]) => entry),
    ...READINGS.filter(([, there]) => every.some(there)).map(([label, , kind]) => [label, kind]),
  ];
  const sample = (kind) => {
    const canvas = document.createElement("canvas"), ratio = Math.max(2, devicePixelRatio || 1);
    [canvas.width, canvas.height] = [50 * ratio, 24 * ratio];
    const ctx = canvas.getContext("2d"), line = [[3, 12], [47, 12]];
    ctx.scale(ratio, ratio);
    const item = { arc: "stimulation", basis: "document", certainty: "asserted", polarity: "asserted", middle: [22, 12], ...kind };
    draw.edge(ctx, item, line, palette, drawing.theme(), { alpha: 1 });
    if (item.polarity !== "asserted") draw.crossed(ctx, item, line, drawing.theme());
    ctx.translate(20, 12.5);
    ctx.scale(0.8, 0.8);
    if (kind.conflict) draw.conflict(ctx, [0, 0], drawing.theme());
    return canvas;
  };
  const paint = () => $("arrows").replaceChildren(...entries.map(([label, kind]) => make("li", "", sample(kind), make("span", "", label))));
  return { paint };
};
