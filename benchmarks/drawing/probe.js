// Counts, frame by frame, what a page draws on its large canvas; put into every page before its own scripts.
"use strict";
(() => {
  const pen = CanvasRenderingContext2D.prototype, frames = [];
  const large = (canvas) => canvas.isConnected && canvas.clientWidth > 300;
  let strokes = 0;
  for (const name of ["fill", "stroke", "fillText", "drawImage"]) {
    const real = pen[name];
    pen[name] = function (...given) {
      if (large(this.canvas)) strokes++;
      return real.apply(this, given);
    };
  }
  const note = () => {
    frames.push([performance.now(), strokes]);
    strokes = 0;
    const pictures = [...document.querySelectorAll(".card img")];
    if (pictures.length && pictures.every((image) => image.complete)) probe.pictures ??= performance.now();
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);

  // Cytoscape.js keeps pictures of its elements and may hand over one for all; it says when all is placed.
  const drawn = (boxes) => {
    const placed = performance.getEntriesByName("placed")[0]?.startTime;
    const whole = ([at, count]) => (placed === undefined ? count >= boxes : count > 0 && at > placed);
    return frames.find(whole)?.[0] ?? null;
  };
  const paint = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null;
  const redrawn = (since) => frames.filter(([at, count]) => at > since && count > 0).map(([at]) => at);

  const outside = (node, x, y) => {
    const { x1, x2, y1, y2 } = node.renderedBoundingBox();
    return x < x1 || x > x2 || y < y1 || y > y2;
  };
  const free = (x, y) => {
    if (window.cy?.nodes) return cy.nodes().every((node) => outside(node, x, y));
    return !window.network?.getNodeAt || network.getNodeAt({ x, y }) === undefined;
  };
  const empty = () => {
    const canvas = [...document.querySelectorAll("canvas")].find(large);
    const { left, top, width, height } = canvas.getBoundingClientRect();
    for (let y = height / 2; y < height - 60; y += 12) {
      for (let x = 60; x < width - 100; x += 12) if (free(x, y)) return [left + x, top + y];
    }
    return [left + 8, top + 8];
  };
  const probe = { drawn, paint, redrawn, empty, pictures: null };
  window.probe = probe;
})();
