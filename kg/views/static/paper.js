// The picture apart from the page: saved as a file, and on paper by daylight with every table open.
"use strict";
const paperOf = ({ name, page, svg, png, paper, whole = () => {} }) => {
  const { $ } = elements;
  const save = (blob, ending) => paperOf.save(blob, name, ending);
  $("save-svg").addEventListener("click", () => save(new Blob([svg()], { type: "image/svg+xml" }), "svg"));
  $("save-png").addEventListener("click", () => png().toBlob((blob) => blob && save(blob, "png"), "image/png"));

  let closed = [];
  addEventListener("beforeprint", () => {
    $("paper").replaceChildren(paperOf.having(page, { dark: false }, paper));
    document.documentElement.dataset.theme = "light";
    closed.push(...document.querySelectorAll("details:not([open])"));
    for (const part of closed) part.open = true;
    whole(true);
  });
  addEventListener("afterprint", () => {
    $("paper").replaceChildren();
    document.documentElement.dataset.theme = page.dark ? "dark" : "light";
    for (const part of closed) part.open = false;
    closed = [];
    whole(false);
  });
};
paperOf.save = (blob, name, ending) => {
  const anchor = document.createElement("a"), address = URL.createObjectURL(blob);
  anchor.href = address;
  anchor.download = `${name.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 80) || "diagram"}.${ending}`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
};
// Does something while the page is as given, and puts it back.
paperOf.having = (page, given, act) => {
  const before = Object.fromEntries(Object.keys(given).map((key) => [key, page[key]]));
  Object.assign(page, given);
  try {
    return act();
  } finally {
    Object.assign(page, before);
  }
};
paperOf.canvas = (width, height, scale, ground, paint) => {
  const LARGEST = 8000, canvas = document.createElement("canvas"), by = Math.min(scale, LARGEST / Math.max(width, height, 1));
  [canvas.width, canvas.height] = [Math.max(1, Math.ceil(width * by)), Math.max(1, Math.ceil(height * by))];
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = ground;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.scale(by, by);
  paint(ctx);
  return canvas;
};
