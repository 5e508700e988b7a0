// The explorer's files: what is in sight, as SVG and PNG by daylight, under its title; and the same on paper.
"use strict";
const explorePaper = (data, view, state, drawing, tables) => {
  const { $, many } = elements;
  const { names } = data.picture, HEAD = 52, MARGIN = 14;
  const title = $("title").textContent;
  const short = (text, most) => ([...text].length > most ? `${[...text].slice(0, most - 1).join("")}…` : text);
  const about = () => {
    const filtered = Object.values(view.facets).filter(({ off }) => off.size).map(({ name }) => name.toLowerCase());
    const { asked } = state, path = asked ? `path from ${short(names[asked.from], 40)} to ${short(names[asked.to], 40)}` : "";
    const parts = [`${view.nodes.length} of ${data.nodes} entities, ${many(view.arcs.length, "arrow")}`, filtered.length ? `filtered by ${filtered.join(", ")}` : "", path];
    return parts.filter(Boolean).join("; ");
  };
  const heading = (ctx, width) => {
    const day = drawing.theme(), widest = Math.max(1, width - 2 * MARGIN);
    ctx.fillStyle = day.paper;
    ctx.fillRect(0, 0, width, HEAD);
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    for (const [words, y, font, ink] of [[short(title, 120), 19, "bold 17px", day.ink], [short(about(), 200), 38, "12px", day.caption]]) {
      ctx.font = `${font} Arial, Helvetica, "Liberation Sans", sans-serif`;
      ctx.fillStyle = ink;
      ctx.fillText(words, MARGIN, y, widest);
    }
  };
  const size = () => [Math.max(24, $("diagram").clientWidth), Math.max(24, $("diagram").clientHeight) + HEAD];
  const paint = (ctx) => {
    ctx.save();
    ctx.translate(0, HEAD);
    drawing.paint(ctx);
    ctx.restore();
    heading(ctx, size()[0]);
  };
  const byDay = (act) => paperOf.having(state, { dark: false, hovered: null, focused: false, hurried: false }, act);
  const svg = () => byDay(() => {
    const drawn = vector.picture(...size(), { title, about: `${about()}.`, paper: drawing.theme().paper });
    paint(drawn);
    return drawn.text();
  });
  const canvas = () => byDay(() => paperOf.canvas(...size(), 2, drawing.theme().paper, paint));
  paperOf({ name: title, page: state, svg, png: canvas, paper: canvas, whole: tables.whole });
  return { svg };
};
