// Filters by category, predicate, basis, certainty, polarity and document, each value with how much there is.
"use strict";
const exploreFilters = (data, view, drawing) => {
  const { $, make, words, button } = elements;
  const boxes = [];
  const sample = (index) => {
    const canvas = document.createElement("canvas"), ratio = Math.max(2, devicePixelRatio || 1);
    [canvas.width, canvas.height] = [34 * ratio, 20 * ratio];
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    const item = { glyph: data.picture.categories[index][1], width: 30, height: 15, lines: [], sublabel: "" };
    draw.box(ctx, item, 17, 10, data.palette, drawing.theme(), { alpha: 1 });
    return canvas;
  };
  const choice = (facet, index, label) => {
    const input = make("input", "");
    input.type = "checkbox";
    input.addEventListener("change", () => {
      if (input.checked) facet.off.delete(index);
      else facet.off.add(index);
      view.refresh();
    });
    const count = make("span", "soft count");
    const only = button("only", () => {
      facet.labels.forEach((_, other) => (other === index ? facet.off.delete(other) : facet.off.add(other)));
      view.refresh();
    }, "only");
    only.setAttribute("aria-label", `only ${label}`);
    boxes.push({ facet, index, input, count });
    return make("li", "", make("label", "", input, facet === view.facets.category ? sample(index) : null, words(label), " ", count), only);
  };
  const group = (name, facet) => {
    const sorted = facet.labels.map((label, index) => [label, index]);
    if (["category", "predicate"].includes(name)) sorted.sort((one, other) => (one[0] < other[0] ? -1 : 1));
    const all = button("", () => { facet.off.clear(); view.refresh(); }, "All");
    const none = button("", () => { facet.labels.forEach((_, index) => facet.off.add(index)); view.refresh(); }, "None");
    const rows = make("ul", "choices", ...sorted.map(([label, index]) => choice(facet, index, label)));
    const found = make("details", "", make("summary", "", facet.name), make("div", "deeds", all, none), rows);
    found.dataset.facet = name;
    found.open = ["basis", "certainty"].includes(name);
    return found;
  };
  const refresh = () => {
    for (const { facet, index, input, count } of boxes) {
      input.checked = !facet.off.has(index);
      count.textContent = facet.counts[index].toLocaleString("en");
    }
  };
  const paint = () => {
    const groups = Object.entries(view.facets).filter(([, facet]) => facet.labels.length);
    const opened = new Map([...$("filters").children].map((found) => [found.dataset.facet, found.open]));
    boxes.length = 0;
    $("filters").replaceChildren(...groups.map(([name, facet]) => group(name, facet)));
    for (const found of $("filters").children) found.open = opened.get(found.dataset.facet) ?? found.open;
    refresh();
  };
  return { paint, refresh };
};
