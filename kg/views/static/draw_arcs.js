// Arcs on a canvas: lines as they are known, with the heads of SBGN.
"use strict";
Object.assign(draw, (() => {
  const { shortened, polygon } = draw;

  const bar = (ctx, x, half) => {
    ctx.beginPath();
    ctx.moveTo(x, -half);
    ctx.lineTo(x, half);
    ctx.stroke();
  };
  const open = (ctx, paper) => {
    ctx.fillStyle = paper;
    ctx.fill();
    ctx.stroke();
  };
  const triangle = (ctx, tip) => polygon(ctx, [tip, 0], [tip - 12, -5.5], [tip - 12, 5.5]);
  const HEADS = {
    "open triangle": { length: 13, paint(ctx, colour, paper) { triangle(ctx, -1); open(ctx, paper); } },
    "filled triangle": { length: 12, paint(ctx, colour) { triangle(ctx, -1); ctx.fillStyle = colour; ctx.fill(); } },
    bar: { length: 3, paint(ctx) { ctx.lineWidth = Math.max(ctx.lineWidth, 2) + 0.8; bar(ctx, -3, 8); } },
    circle: { length: 11, paint(ctx, colour, paper) { ctx.beginPath(); ctx.arc(-6, 0, 5, 0, 7); open(ctx, paper); } },
    "barred triangle": { length: 13, paint(ctx, colour, paper) { triangle(ctx, -1); open(ctx, paper); bar(ctx, -17, 6.5); } },
    diamond: { length: 15, paint(ctx, colour, paper) { polygon(ctx, [-1, 0], [-8, -5.5], [-15, 0], [-8, 5.5]); open(ctx, paper); } },
    chevrons: {
      length: 20,
      paint(ctx, colour) {
        ctx.fillStyle = colour;
        triangle(ctx, -1);
        ctx.fill();
        triangle(ctx, -9);
        ctx.fill();
      },
    },
    dot: { length: 4, paint(ctx, colour) { ctx.beginPath(); ctx.arc(-4, 0, 3, 0, 7); ctx.fillStyle = colour; ctx.fill(); } },
  };

  const arcColour = (edge, style, theme) => {
    const stop = edge.arc === "inhibition";
    if (edge.basis === "background" || edge.polarity !== "asserted") return stop ? theme.faint_stop : theme.faint;
    return style[theme.arcs];
  };

  const edge = (ctx, item, line, palette, theme, state) => {
    const style = palette.arcs[item.arc] || palette.arcs.none, head = HEADS[style.head];
    const colour = state.selected ? theme.select : arcColour(item, style, theme);
    const cut = shortened(line, head.length);
    ctx.save();
    ctx.globalAlpha = state.alpha;
    ctx.lineCap = "butt";
    ctx.lineJoin = "round";
    ctx.strokeStyle = colour;
    ctx.lineWidth = (item.main ? 2.6 : item.basis === "background" || item.arc === "none" ? 1.3 : 1.9) + (state.selected || state.hover ? 1.2 : 0);
    ctx.setLineDash(item.polarity === "no data" ? [1, 5] : palette.hatches[item.certainty] || []);
    ctx.beginPath();
    cut.line.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.lineWidth = Math.min(ctx.lineWidth, 2.2);
    ctx.translate(...cut.tip);
    ctx.rotate(cut.angle);
    head.paint(ctx, colour, theme.paper);
    ctx.restore();
  };

  return { arcColour, edge };
})());
