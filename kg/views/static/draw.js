// How things are drawn on a canvas: compartments, bilayers, entity outlines, arcs with SBGN heads, marks.
"use strict";
const draw = (() => {
  const FONT = 'Arial, Helvetica, "Liberation Sans", sans-serif';
  // ---- curves -----------------------------------------------------------------------------------------
  const polyline = (points, steps = 18) => {
    const line = points.length ? [points[0]] : [];
    for (let i = 0; i + 3 < points.length; i += 3) {
      const [p, q, r, s] = points.slice(i, i + 4);
      for (let k = 1; k <= steps; k++) {
        const t = k / steps, u = 1 - t;
        const a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
        line.push([a * p[0] + b * q[0] + c * r[0] + d * s[0], a * p[1] + b * q[1] + c * r[1] + d * s[1]]);
      }
    }
    return line;
  };

  // Cut a length off the end, so that a line ends where its head begins; returns the line and its direction.
  const shortened = (line, by) => {
    const kept = line.slice(), tip = kept[kept.length - 1];
    let left = by;
    while (kept.length > 1) {
      const [a, b] = kept.slice(-2), length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      if (length > left) {
        const share = (length - left) / length;
        kept[kept.length - 1] = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
        break;
      }
      left -= length;
      kept.pop();
    }
    const end = kept[kept.length - 1], from = kept.length > 1 && by < 1 ? kept[kept.length - 2] : end;
    return { line: kept, tip, angle: Math.atan2(tip[1] - from[1], tip[0] - from[0]) };
  };

  const distance = (line, x, y) => {
    let best = Infinity;
    for (let i = 0; i + 1 < line.length; i++) {
      const [ax, ay] = line[i], dx = line[i + 1][0] - ax, dy = line[i + 1][1] - ay;
      const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      best = Math.min(best, Math.hypot(x - ax - t * dx, y - ay - t * dy));
    }
    return best;
  };

  // ---- arcs -------------------------------------------------------------------------------------------
  const polygon = (ctx, ...points) => {
    ctx.beginPath();
    points.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.closePath();
  };
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

  // ---- boxes ------------------------------------------------------------------------------------------
  const rounded = (ctx, x, y, w, h, r) => {
    ctx.beginPath();
    ctx.roundRect(x, y, w, h, r);
  };
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
  const both = (ctx) => {
    ctx.fill();
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

  // ---- compartments -----------------------------------------------------------------------------------
  const bilayer = (ctx, item, theme, fine) => {
    const { x, y, width, height } = item, r = 3.4, step = 8.6;
    ctx.fillStyle = theme.core;
    ctx.fillRect(x, y + r, width, height - 2 * r);
    const count = Math.floor(width / step), rest = (width - count * step) / 2 + step / 2;
    if (fine) {
      ctx.strokeStyle = theme.tail;
      ctx.lineWidth = 1;
      ctx.beginPath();
      for (let i = 0; i < count; i++) {
        const at = x + rest + i * step;
        for (const dx of [-1.3, 1.3]) {
          ctx.moveTo(at + dx, y + 2 * r);
          ctx.lineTo(at + dx, y + height / 2 - 1);
          ctx.moveTo(at + dx, y + height - 2 * r);
          ctx.lineTo(at + dx, y + height / 2 + 1);
        }
      }
      ctx.stroke();
    }
    ctx.fillStyle = theme.lipid;
    ctx.beginPath();
    for (let i = 0; i < count; i++) {
      for (const at of [y + r, y + height - r]) {
        ctx.moveTo(x + rest + i * step + r, at);
        ctx.arc(x + rest + i * step, at, r, 0, 7);
      }
    }
    ctx.fill();
  };

  const organelle = (ctx, item, theme) => {
    const { x, y, width, height } = item, radius = Math.min(22, height / 2, width / 2);
    rounded(ctx, x, y, width, height, radius);
    ctx.fillStyle = theme.organelle;
    ctx.strokeStyle = theme.border;
    ctx.lineWidth = 2.4;
    both(ctx);
    rounded(ctx, x + 5, y + 5, width - 10, height - 10, Math.max(2, radius - 5));
    ctx.lineWidth = 1.1;
    ctx.stroke();
  };

  const region = (ctx, item, index, theme, fine) => {
    if (item.kind === "membrane") {
      bilayer(ctx, item, theme, fine);
    } else if (item.kind === "band") {
      ctx.fillStyle = theme.bands[index % theme.bands.length];
      ctx.fillRect(item.x, item.y, item.width, item.height);
    } else if (item.within) {
      organelle(ctx, item, theme);
    } else {
      ctx.fillStyle = theme.bands[index % theme.bands.length];
      ctx.fillRect(item.x, item.y, item.width, item.height);
      organelle(ctx, { x: item.x + 4, y: item.y + 3, width: item.width - 8, height: item.height - 6 }, theme);
    }
  };

  const caption = (ctx, item, theme) => {
    const [x, y] = item.label_at, inner = item.kind === "organelle" && item.within;
    ctx.save();
    ctx.font = `bold 12px ${FONT}`;
    ctx.textBaseline = "middle";
    ctx.textAlign = inner ? "center" : "left";
    const height = item.lines.length * 15;
    if (item.kind === "membrane" || inner) {
      const width = Math.max(...item.lines.map((words) => ctx.measureText(words).width));
      rounded(ctx, x - 5 - (inner ? width / 2 : 0), y - height / 2 - (inner ? 0 : 2), width + 10, height + (inner ? 0 : 4), 4);
      ctx.globalAlpha = inner ? 0.85 : 1;
      ctx.fillStyle = inner ? theme.organelle : theme.plate;
      ctx.fill();
      ctx.globalAlpha = 1;
    }
    ctx.fillStyle = item.kind === "organelle" ? theme.organelle_text : theme.caption;
    item.lines.forEach((words, i) => ctx.fillText(words, x + (inner ? 0 : item.kind === "organelle" ? 8 : 0), y - height / 2 + 8 + i * 15));
    ctx.restore();
  };

  return { polyline, distance, arcColour, edge, crossed, conflict, label, box, ring, region, caption };
})();
