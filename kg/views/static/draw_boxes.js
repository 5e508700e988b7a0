// Boxes on a canvas: outlines of entities and steps, their words, and the ring of the keyboard.
"use strict";
Object.assign(draw, (() => {
  const { FONT, polygon, rounded, both } = draw;

  const hexagon = (ctx, x, y, w, h, d) =>
    polygon(ctx, [x + d, y], [x + w - d, y], [x + w, y + h / 2], [x + w - d, y + h], [x + d, y + h], [x, y + h / 2]);
  const lines = (ctx, y, h, ...xs) => {
    ctx.beginPath();
    for (const x of xs) {
      ctx.moveTo(x, y + 5);
      ctx.lineTo(x, y + h - 5);
    }
    ctx.stroke();
  };
  const OUTLINES = {
    plain: (ctx, x, y, w, h) => { rounded(ctx, x, y, w, h, 2); both(ctx); },
    soft: (ctx, x, y, w, h) => { rounded(ctx, x, y, w, h, 6); both(ctx); },
    round: (ctx, x, y, w, h) => { rounded(ctx, x, y, w, h, 13); both(ctx); },
    pill: (ctx, x, y, w, h) => { rounded(ctx, x, y, w, h, h / 2); both(ctx); },
    barred: (ctx, x, y, w, h) => { rounded(ctx, x, y, w, h, 10); both(ctx); lines(ctx, y, h, x + 7, x + w - 7); },
    "double barred": (ctx, x, y, w, h) => {
      rounded(ctx, x, y, w, h, 10);
      both(ctx);
      lines(ctx, y, h, x + 6, x + 10, x + w - 10, x + w - 6);
    },
    chamfered: (ctx, x, y, w, h) => {
      const d = 7;
      polygon(ctx, [x + d, y], [x + w - d, y], [x + w, y + d], [x + w, y + h - d], [x + w - d, y + h],
        [x + d, y + h], [x, y + h - d], [x, y + d]);
      both(ctx);
    },
    octagon: (ctx, x, y, w, h) => {
      const d = h * 0.3;
      polygon(ctx, [x + d, y], [x + w - d, y], [x + w, y + d], [x + w, y + h - d], [x + w - d, y + h],
        [x + d, y + h], [x, y + h - d], [x, y + d]);
      both(ctx);
    },
    double: (ctx, x, y, w, h) => {
      rounded(ctx, x, y, w, h, 9);
      both(ctx);
      rounded(ctx, x + 3.5, y + 3.5, w - 7, h - 7, 6);
      ctx.lineWidth = 1;
      ctx.stroke();
    },
    gene: (ctx, x, y, w, h) => { rounded(ctx, x, y, w, h, [0, 0, 14, 14]); both(ctx); },
    hexagon: (ctx, x, y, w, h) => { hexagon(ctx, x, y, w, h, 12); both(ctx); },
    pointed: (ctx, x, y, w, h) => {
      hexagon(ctx, x, y, w, h, 14);
      both(ctx);
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(x + 16, y + h - 4);
      ctx.lineTo(x + w - 16, y + h - 4);
      ctx.stroke();
    },
    notched: (ctx, x, y, w, h) => {
      polygon(ctx, [x + 12, y], [x + w, y], [x + w - 12, y + h], [x, y + h]);
      both(ctx);
    },
    pinched: (ctx, x, y, w, h) => {
      polygon(ctx, [x, y], [x + w, y], [x + w - 11, y + h / 2], [x + w, y + h], [x, y + h], [x + 11, y + h / 2]);
      both(ctx);
    },
    stack: (ctx, x, y, w, h) => {
      rounded(ctx, x + 4, y, w - 4, h - 4, 4);
      both(ctx);
      rounded(ctx, x, y + 4, w - 4, h - 4, 4);
      both(ctx);
    },
  };

  const mixed = (colour, share) => {
    const parts = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
    return `rgb(${parts.map((part) => Math.round(part + (255 - part) * share)).join(",")})`;
  };

  const box = (ctx, item, x, y, palette, theme, state) => {
    const style = palette.boxes[item.glyph] || palette.boxes.other;
    const left = x - item.width / 2, top = y - item.height / 2;
    ctx.save();
    ctx.globalAlpha = 1;
    ctx.lineJoin = "round";
    ctx.fillStyle = theme.paper;
    if (state.alpha < 1) {
      ctx.strokeStyle = theme.paper;
      OUTLINES[style.outline](ctx, left, top, item.width, item.height);
      ctx.globalAlpha = state.alpha;
    }
    ctx.fillStyle = item.background ? mixed(style.fill, 0.62) : style.fill;
    ctx.strokeStyle = item.background ? mixed(style.line, 0.3) : style.line;
    ctx.lineWidth = item.background ? 1.2 : 2.1;
    OUTLINES[style.outline](ctx, left, top, item.width, item.height);
    if (state.selected || state.hover) {
      rounded(ctx, left - 4, top - 4, item.width + 8, item.height + 8, 14);
      ctx.strokeStyle = theme.select;
      ctx.lineWidth = state.selected ? 3 : 1.6;
      ctx.stroke();
    }
    text(ctx, item, x, y, style.outline, state.alpha < 1 ? theme.caption : item.background ? "#37424e" : "#141b22");
    ctx.restore();
  };

  // Where the keyboard stands: a dashed ring clear of the outline, on a plain one that parts it from any ground.
  const ring = (ctx, item, theme) => {
    ctx.save();
    for (const [width, colour, dash] of [[6, theme.paper, []], [3, theme.select, [7, 4]]]) {
      rounded(ctx, item.x - item.width / 2 - 8, item.y - item.height / 2 - 8, item.width + 16, item.height + 16, 16);
      ctx.lineWidth = width;
      ctx.strokeStyle = colour;
      ctx.setLineDash(dash);
      ctx.stroke();
    }
    ctx.restore();
  };

  const text = (ctx, item, x, y, outline, colour) => {
    const small = item.sublines || [];
    const height = 16 * item.lines.length + (item.sublabel ? 12 : 0) + 14 * small.length + (small.length ? 3 : 0);
    const shift = outline === "stack" ? [-2, 2] : [0, 0];
    let line = y - height / 2 + 8.5 + shift[1];
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.direction = "ltr";
    ctx.fillStyle = colour;
    ctx.font = `bold 14px ${FONT}`;
    for (const words of item.lines) {
      ctx.fillText(words, x + shift[0], line, item.width - 10);
      line += 16;
    }
    if (item.sublabel) {
      ctx.font = `11px ${FONT}`;
      ctx.fillText(item.sublabel, x + shift[0], line - 2, item.width - 10);
    }
    ctx.font = `11px ${FONT}`;
    small.forEach((words, i) => ctx.fillText(words, x + shift[0], line + 2 + 14 * i, item.width - 10));
  };

  return { box, ring };
})());
