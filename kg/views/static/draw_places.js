// Compartments on a canvas: bands, bilayers, organelles and their names.
"use strict";
Object.assign(draw, (() => {
  const { FONT, rounded, both } = draw;

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

  return { region, caption };
})());
