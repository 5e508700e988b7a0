// Marks and words on a canvas: names, numbers, denials and conflicts of arcs, and what drugs do to boxes.
"use strict";
Object.assign(draw, (() => {
  const { FONT, polygon } = draw;

  const disc = (ctx, fill, line, text, ink, radius = 8.5, size = 12) => {
    ctx.beginPath();
    ctx.arc(0, 0, radius, 0, 7);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.lineWidth = 1.4;
    ctx.strokeStyle = line;
    ctx.stroke();
    ctx.font = `bold ${size}px ${FONT}`;
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

  const count = (ctx, item, theme, state) => {
    ctx.save();
    ctx.globalAlpha = state.alpha;
    ctx.translate(...item.count_at);
    disc(ctx, theme.paper, state.selected ? theme.select : theme.caption, String(item.n_sources), theme.ink, 7, 10);
    ctx.restore();
  };

  // An arrow up or down in a disc: hollow and dashed unless asserted, grey when background. What is predicted
  // stands in a square, which is filled when it is set by the experiment.
  const BADGE = 16;
  const TIPS = { raised: -1, lowered: 1 };
  const arrow = (ctx, x, tip, line) => {
    ctx.strokeStyle = line;
    ctx.lineWidth = 1.8;
    ctx.beginPath();
    ctx.moveTo(x, -4 * tip);
    ctx.lineTo(x, 4 * tip);
    ctx.moveTo(x - 3, tip);
    ctx.lineTo(x, 4 * tip);
    ctx.lineTo(x + 3, tip);
    ctx.stroke();
  };
  const square = (ctx, how, direction, theme) => {
    const colour = theme[direction] || theme.ink;
    const [fill, line] = how === "set" ? [colour, theme.paper] : [theme.paper, colour];
    ctx.beginPath();
    ctx.rect(-7.5, -7.5, 15, 15);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.lineWidth = 1.6;
    ctx.strokeStyle = line;
    ctx.stroke();
    if (direction === "both") {
      arrow(ctx, -3.4, -1, theme.raised);
      arrow(ctx, 3.4, 1, theme.lowered);
    } else if (direction === "unknown") {
      ctx.font = `bold 12px ${FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = theme.ink;
      ctx.fillText("?", 0, 0.5);
    } else arrow(ctx, 0, TIPS[direction], line);
  };
  const badge = (ctx, mark, palette, theme) => {
    const [how, direction] = mark.direction.split(" ");
    if (direction) return square(ctx, how, direction, theme);
    const colour = mark.basis === "background" ? theme.faint : theme[mark.direction], tip = TIPS[mark.direction];
    const [fill, line] = mark.certainty === "asserted" ? [colour, theme.paper] : [theme.paper, colour];
    ctx.beginPath();
    ctx.arc(0, 0, 7.2, 0, 7);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.lineWidth = 1.4;
    ctx.strokeStyle = line;
    ctx.setLineDash((palette.hatches[mark.certainty] || []).map((part) => part / 2));
    ctx.stroke();
    ctx.setLineDash([]);
    arrow(ctx, 0, tip, line);
  };
  const badges = (ctx, [x, y], marks, palette, theme, state) => {
    marks.forEach((mark, i) => {
      ctx.save();
      ctx.globalAlpha = state.alpha;
      ctx.translate(x + BADGE * (i - (marks.length - 1) / 2), y);
      badge(ctx, mark, palette, theme);
      ctx.restore();
    });
  };

  return { BADGE, crossed, conflict, label, count, badge, badges };
})());
