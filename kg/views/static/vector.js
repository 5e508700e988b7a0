// A canvas's context that writes what is drawn into it as SVG: shapes and escaped text, no address, script or style.
"use strict";
const vector = (() => {
  const FONT = "Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif";
  const LOOK = {
    fillStyle: "#000000", strokeStyle: "#000000", lineWidth: 1, lineCap: "butt", lineJoin: "miter", globalAlpha: 1,
    font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic", direction: "ltr",
  };
  const ANCHORS = { center: "middle", right: "end", end: "end" }, BASELINES = { middle: "central", top: "hanging" };
  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const escaped = (text) => String(text).replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "").replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
  const brief = (number) => String(Math.round(number * 100) / 100);
  const element = (name, given, text) => {
    const pairs = Object.entries(given).filter(([, value]) => value !== "").map(([key, value]) => ` ${key}="${escaped(value)}"`);
    return `<${name}${pairs.join("")}${text === undefined ? "/>" : `>${escaped(text)}</${name}>`}`;
  };
  const colour = (text, alpha) => {
    const parts = /^rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)$/.exec(text), clear = alpha * (parts ? Number(parts[4]) : 1);
    return [parts ? `rgb(${parts.slice(1, 4).join(",")})` : text, clear < 1 ? brief(clear) : ""];
  };

  // A picture of this size; what is drawn is turned, moved and scaled alike in both directions, as our pictures are.
  const picture = (width, height, { title, about, paper }) => {
    const ruler = document.createElement("canvas").getContext("2d"), written = [], kept = [];
    let at = { a: 1, b: 0, x: 0, y: 0 }, dash = [], path = [];
    const scale = () => Math.hypot(at.a, at.b);
    const point = (x, y) => `${brief(at.a * x - at.b * y + at.x)} ${brief(at.b * x + at.a * y + at.y)}`;
    const turned = (radians) => [Math.cos(radians), Math.sin(radians)];
    const rectangle = (x, y, w, h) => `M${point(x, y)}L${point(x + w, y)}L${point(x + w, y + h)}L${point(x, y + h)}Z`;
    const fill = (d) => {
      const [paint, clear] = colour(ctx.fillStyle, ctx.globalAlpha);
      written.push(element("path", { d, fill: paint, "fill-opacity": clear }));
    };
    const stroke = (d) => {
      const [paint, clear] = colour(ctx.strokeStyle, ctx.globalAlpha);
      written.push(element("path", {
        d, fill: "none", stroke: paint, "stroke-opacity": clear, "stroke-width": brief(ctx.lineWidth * scale()),
        "stroke-linecap": ctx.lineCap === "butt" ? "" : ctx.lineCap, "stroke-linejoin": ctx.lineJoin === "miter" ? "" : ctx.lineJoin,
        "stroke-dasharray": dash.map((part) => brief(part * scale())).join(" "),
      }));
    };
    const round = (x, y, w, h, given) => {
      const [a, b, c, d] = (Array.isArray(given) ? given : [given, given, given, given]).map((r) => Math.max(0, Math.min(r, w / 2, h / 2)));
      const corner = (r, toX, toY) => (r ? `A${brief(r * scale())} ${brief(r * scale())} 0 0 1 ${point(toX, toY)}` : "");
      return [
        `M${point(x + a, y)}L${point(x + w - b, y)}`, corner(b, x + w, y + b), `L${point(x + w, y + h - c)}`, corner(c, x + w - c, y + h),
        `L${point(x + d, y + h)}`, corner(d, x, y + h - d), `L${point(x, y + a)}`, corner(a, x + a, y), "Z",
      ].join("");
    };
    const arc = (x, y, r, from, to) => {
      const whole = to - from >= 2 * Math.PI, end = whole ? from + Math.PI : to, size = brief(r * scale());
      const on = (angle) => point(x + r * Math.cos(angle), y + r * Math.sin(angle));
      const curve = (angle, large) => `A${size} ${size} 0 ${large ? 1 : 0} 1 ${on(angle)}`;
      return `${path.length ? "L" : "M"}${on(from)}${curve(end, end - from > Math.PI)}${whole ? curve(from + 2 * Math.PI, false) : ""}`;
    };
    const text = (words, x, y, widest = Infinity) => {
      const [, italic, bold, size] = /^(italic )?(bold )?([\d.]+)px/.exec(ctx.font) || [], [paint, clear] = colour(ctx.fillStyle, ctx.globalAlpha);
      const tight = ctx.measureText(words).width > widest, [left, top] = point(x, y).split(" ");
      written.push(element("text", {
        x: left, y: top, "font-size": brief(Number(size) * scale()), "font-weight": bold ? "bold" : "", "font-style": italic ? "italic" : "",
        "text-anchor": ANCHORS[ctx.textAlign] || "", "dominant-baseline": BASELINES[ctx.textBaseline] || "", fill: paint, "fill-opacity": clear,
        textLength: tight ? brief(widest * scale()) : "", lengthAdjust: tight ? "spacingAndGlyphs" : "",
        transform: at.b ? `rotate(${brief((Math.atan2(at.b, at.a) * 180) / Math.PI)} ${left} ${top})` : "",
      }, words));
    };
    const ctx = {
      ...LOOK,
      save: () => kept.push({ at, dash, look: Object.fromEntries(Object.keys(LOOK).map((key) => [key, ctx[key]])) }),
      restore: () => {
        const last = kept.pop();
        if (last) [at, dash] = [last.at, last.dash];
        if (last) Object.assign(ctx, last.look);
      },
      translate: (x, y) => { at = { ...at, x: at.a * x - at.b * y + at.x, y: at.b * x + at.a * y + at.y }; },
      rotate: (radians) => {
        const [cos, sin] = turned(radians);
        at = { ...at, a: at.a * cos - at.b * sin, b: at.a * sin + at.b * cos };
      },
      scale: (by) => { at = { ...at, a: at.a * by, b: at.b * by }; },
      setLineDash: (parts) => { dash = [...parts]; },
      beginPath: () => { path = []; },
      moveTo: (x, y) => path.push(`M${point(x, y)}`),
      lineTo: (x, y) => path.push(`${path.length ? "L" : "M"}${point(x, y)}`),
      bezierCurveTo: (ax, ay, bx, by, x, y) => path.push(`C${point(ax, ay)} ${point(bx, by)} ${point(x, y)}`),
      quadraticCurveTo: (ax, ay, x, y) => path.push(`Q${point(ax, ay)} ${point(x, y)}`),
      arc: (...given) => path.push(arc(...given)),
      rect: (...given) => path.push(rectangle(...given)),
      roundRect: (...given) => path.push(round(...given)),
      closePath: () => path.push("Z"),
      fill: () => fill(path.join("")),
      stroke: () => stroke(path.join("")),
      fillRect: (...given) => fill(rectangle(...given)),
      strokeRect: (...given) => stroke(rectangle(...given)),
      fillText: text,
      measureText: (words) => {
        ruler.font = ctx.font;
        return ruler.measureText(words);
      },
      // What is painted within is one thing, with a name that a screen reader reads and a browser shows under the mouse.
      named: (words, paint) => {
        written.push(`<g role="graphics-symbol img">${element("title", {}, words)}`);
        paint();
        written.push("</g>");
      },
      text: () => [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${brief(width)} ${brief(height)}" width="${brief(width)}" height="${brief(height)}" lang="en"`
        + ` role="graphics-document document" aria-labelledby="title" aria-describedby="about" font-family="${FONT}">`,
        element("title", { id: "title" }, title), element("desc", { id: "about" }, about),
        element("rect", { width: brief(width), height: brief(height), fill: paper }), ...written, "</svg>", "",
      ].join("\n"),
    };
    return ctx;
  };
  const named = (ctx, words, paint) => (ctx.named ? ctx.named(words(), paint) : paint());
  return { picture, named };
})();
