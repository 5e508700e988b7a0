// Drawing on a canvas: curves as lines of points, and the few figures that everything drawn is made of.
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

  // ---- figures ----------------------------------------------------------------------------------------
  const polygon = (ctx, ...points) => {
    ctx.beginPath();
    points.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.closePath();
  };
  const rounded = (ctx, x, y, w, h, r) => {
    ctx.beginPath();
    ctx.roundRect(x, y, w, h, r);
  };
  const both = (ctx) => {
    ctx.fill();
    ctx.stroke();
  };

  return { FONT, polyline, shortened, distance, polygon, rounded, both };
})();
