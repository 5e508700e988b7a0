// Marks and words on a canvas: denials, conflicts, the names of arcs.
"use strict";
Object.assign(draw, (() => {
  const { FONT, polygon } = draw;

  const disc = (ctx, fill, line, text, ink) => {
    ctx.beginPath();
    ctx.arc(0, 0, 8.5, 0, 7);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.lineWidth = 1.4;
    ctx.strokeStyle = line;
    ctx.stroke();
    ctx.font = `bold 12px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = ink;
    ctx.fillText(text, 0, 0.5);
  };

  const crossed = (ctx, item, line, theme) => {
    const [x, y] = item.middle;
    ctx.save();
    ctx.translate(x, y);
    if (item.polarity === "negated") {
      for (const [width, colour] of [[6, theme.halo], [2.4, theme.ink]]) {
        ctx.lineWidth = width;
        ctx.strokeStyle = colour;
        ctx.beginPath();
        for (const [a, b] of [[-6, -6], [6, -6]]) {
          ctx.moveTo(a, b);
          ctx.lineTo(-a, -b);
        }
        ctx.stroke();
      }
    } else {
      disc(ctx, theme.paper, theme.faint, "?", theme.ink);
    }
    ctx.restore();
  };

  const conflict = (ctx, [x, y], theme) => {
    ctx.save();
    ctx.translate(x, y);
    polygon(ctx, [0, -10], [10.5, 8], [-10.5, 8]);
    ctx.lineJoin = "round";
    ctx.lineWidth = 2;
    ctx.strokeStyle = "#1b232c";
    ctx.fillStyle = theme.mark;
    ctx.stroke();
    ctx.fill();
    ctx.font = `bold 12px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = "#1b232c";
    ctx.fillText("!", 0, 2.5);
    ctx.restore();
  };

  const label = (ctx, item, theme, state) => {
    const [x, y] = item.label_at;
    ctx.save();
    ctx.globalAlpha = state.alpha;
    ctx.font = `italic 11px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    const width = ctx.measureText(item.label).width;
    ctx.fillStyle = theme.halo;
    ctx.fillRect(x - width / 2 - 2, y - 7, width + 4, 14);
    ctx.fillStyle = state.selected ? theme.select : theme.caption;
    ctx.fillText(item.label, x, y + 0.5);
    ctx.restore();
  };

  return { crossed, conflict, label };
})());
