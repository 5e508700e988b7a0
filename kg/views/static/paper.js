// The picture apart from the page: as a file (SVG as made with the page, PNG as it is seen) and on paper.
"use strict";
const paperOf = (page, picture) => {
  const { $ } = elements;
  const { scene } = page;
  const LARGEST = 8000;

  const canvasOf = (scale) => {
    const canvas = document.createElement("canvas");
    const by = Math.min(scale, LARGEST / Math.max(scene.width, scene.height, 1));
    [canvas.width, canvas.height] = [Math.max(1, Math.ceil(scene.width * by)), Math.max(1, Math.ceil(scene.height * by))];
    const ctx = canvas.getContext("2d");
    ctx.fillStyle = page.theme().paper;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    ctx.scale(by, by);
    picture.paint(ctx);
    return canvas;
  };
  const save = (blob, ending) => {
    const anchor = document.createElement("a"), address = URL.createObjectURL(blob);
    anchor.href = address;
    anchor.download = `${scene.id.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 80) || "diagram"}.${ending}`;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };
  $("save-svg").addEventListener("click", () => save(new Blob([JSON.parse($("svg").textContent)], { type: "image/svg+xml" }), "svg"));
  $("save-png").addEventListener("click", () => canvasOf(2).toBlob((blob) => blob && save(blob, "png"), "image/png"));

  // Paper is white: by daylight, every table open, and put back afterwards.
  let closed = [];
  addEventListener("beforeprint", () => {
    const dark = page.dark;
    page.dark = false;
    $("paper").replaceChildren(canvasOf(2));
    page.dark = dark;
    document.documentElement.dataset.theme = "light";
    closed.push(...document.querySelectorAll("details:not([open])"));
    for (const part of closed) part.open = true;
  });
  addEventListener("afterprint", () => {
    $("paper").replaceChildren();
    document.documentElement.dataset.theme = page.dark ? "dark" : "light";
    for (const part of closed) part.open = false;
    closed = [];
  });
};
