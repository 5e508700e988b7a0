// Measured concentrations as a dot plot: values as dots, ranges and errors as bars, bounds as arrows; log scale.
"use strict";
const plot = (() => {
  const WIDTH = 290, LEFT = 24, RIGHT = 266, ROW = 32;
  const PREFIXES = [[0, "M"], [-3, "mM"], [-6, "µM"], [-9, "nM"], [-12, "pM"], [-15, "fM"]];
  const svg = (name, attributes, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    made.append(...children);
    return made;
  };
  const amount = (power) => {
    const [base, unit] = PREFIXES.find(([least]) => power >= least) || [null, ""];
    return base === null || power > 3 ? `1e${power} M` : `${10 ** (power - base)} ${unit}`;
  };
  const cut = (text, most = 52) => ([...text].length > most ? `${[...text].slice(0, most - 1).join("")}…` : text);

  // The decades from the least to the greatest of what is shown, at least one.
  const axisOf = (spans) => {
    const ends = spans.flatMap(({ low, high, error }) => {
      const around = error !== null && low !== null && low === high ? [low - error, low + error] : [];
      return [low, high, ...around].filter((end) => end !== null && end > 0);
    });
    const least = Math.floor(Math.log10(Math.min(...ends)) + 1e-9);
    const greatest = Math.max(Math.ceil(Math.log10(Math.max(...ends)) - 1e-9), least + 1);
    const x = (end) => LEFT + ((RIGHT - LEFT) * (Math.log10(end) - least)) / (greatest - least);
    return { least, greatest, x: (end) => Math.round(Math.max(LEFT, Math.min(RIGHT, x(end))) * 10) / 10 };
  };
  const line = (from, to, y, about) => svg("path", { class: about ? "bar about" : "bar", d: `M${from} ${y}H${to}` });
  const cap = (x, y) => svg("path", { class: "bar", d: `M${x} ${y - 4}v8` });
  const arrow = (from, to, y) => {
    const back = to > from ? -6 : 6;
    return [line(from, to + back, y), svg("path", { class: "head", d: `M${to} ${y}l${back} -4v8z` })];
  };
  const dot = (x, y, open) => svg("circle", { class: open ? "dot open" : "dot", cx: x, cy: y, r: 3.6 });

  const marks = ({ low, high, error, approximate }, y, { x }) => {
    if (low === null) return [...arrow(x(high), LEFT - 8, y), dot(x(high), y, true)];
    if (high === null) return [...arrow(x(low), RIGHT + 8, y), dot(x(low), y, true)];
    if (low !== high) return [line(x(low), x(high), y, approximate), cap(x(low), y), cap(x(high), y)];
    if (error === null) return [dot(x(low), y, approximate)];
    const below = low - error > 0 ? [line(x(low - error), x(low), y), cap(x(low - error), y)] : arrow(x(low), LEFT - 8, y);
    return [...below, line(x(low), x(low + error), y), cap(x(low + error), y), dot(x(low), y, approximate)];
  };
  const row = (item, index, axis) => {
    const top = index * ROW, about = [...new Set(item.places.map((place) => place.split(",")[0])), ...item.context.map(([, text]) => text)];
    const told = [item.conflicts.length ? "⚠ " : "", `${item.parameter} ${item.value}`, ...about.map((text) => ` · ${text}`)].join("");
    const label = svg("text", { x: 2, y: top + 11, direction: "ltr" }, cut(told));
    return svg("g", { class: "row" }, svg("title", {}, cut(told, 300)), label, ...marks(item.span, top + 21, axis));
  };
  const ticks = ({ least, greatest, x }, height) => {
    const every = Math.ceil((greatest - least) / 5);
    return Array.from({ length: greatest - least + 1 }, (_, i) => least + i).flatMap((power) => {
      const at = x(10 ** power), rule = svg("path", { class: "grid", d: `M${at} 14V${height - 16}` });
      return (power - least) % every ? [rule] : [rule, svg("text", { class: "tick", x: at, y: height - 4 }, amount(power))];
    });
  };

  // Return the plot of those values that are concentrations, or null; the list beside it says the same in words.
  const of = (values) => {
    const shown = values.filter((item) => item.span);
    if (!shown.length) return null;
    const axis = axisOf(shown.map((item) => item.span)), height = shown.length * ROW + 18;
    const name = `${elements.many(shown.length, "measured concentration")} on a logarithmic axis from ${amount(axis.least)} to ${amount(axis.greatest)}; listed below`;
    return svg("svg", { class: "plot", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": name },
      ...ticks(axis, height), ...shown.map((item, index) => row(item, index, axis)));
  };
  return { of };
})();
