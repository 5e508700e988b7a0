// Ways to a box or an arc by its words: the search field, the list of entities, the rows of the table.
"use strict";
const findingOf = (page, show) => {
  const { $, make, words, button } = elements;
  const { scene, edges } = page;
  const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f\s_-]/g, "");
  const hits = (text) => {
    const key = plain(text);
    const score = (box) => {
      const names = [box.label, box.id, box.sublabel, ...box.synonyms].map(plain);
      return names.includes(key) ? 0 : names.some((name) => name.startsWith(key)) ? 1 : names.some((name) => name.includes(key)) ? 2 : 9;
    };
    const ranked = key ? [...page.shown.values()].map((box) => [score(box), box]).filter(([rank]) => rank < 9) : [];
    return ranked.sort((a, b) => a[0] - b[0]).map(([, box]) => box);
  };
  let last = { text: "", index: 0 };
  const find = () => {
    const text = $("find").value, found = hits(text);
    last = { text, index: text === last.text && found.length ? (last.index + 1) % found.length : 0 };
    if (!text) return;
    page.status(found.length ? `${last.index + 1} of ${found.length} found` : "nothing found");
    if (found.length) show({ kind: "box", id: found[last.index].id });
  };
  $("find").addEventListener("change", () => $("find").value !== last.text && find());
  $("find").addEventListener("keydown", (event) => event.key === "Enter" && find());
  const rows = scene.boxes.map((box) => {
    const row = make("li", "", button("plain", () => show({ kind: "box", id: box.id }), words(box.label)));
    $("entities").append(row);
    return [box.id, row];
  });
  const told = [...document.querySelectorAll("tr[data-edge]")], steps = [...document.querySelectorAll("tr[data-box]")];
  for (const row of told) {
    const edge = edges.get(row.dataset.edge);
    if (edge && edge.points.length) row.lastElementChild.append(" ", button("", () => show({ kind: "edge", id: edge.id }), "show"));
  }
  // The table says what the picture shows: a row that a filter leaves out is in neither.
  const tabulate = () => {
    const left = new Set([...page.arcs.values()].flatMap((edge) => edge.statements.map((said) => said.id)));
    for (const row of told) row.hidden = !left.has(row.dataset.claim);
    for (const row of steps) row.hidden = !page.shown.has(row.dataset.box);
    const all = [...told, ...steps], gone = all.filter((row) => row.hidden).length;
    $("counted").textContent = gone ? `${all.length - gone} of ${all.length}; ${gone} hidden by filters` : String(all.length);
  };
  const refresh = () => {
    for (const [id, row] of rows) row.hidden = !page.shown.has(id);
    tabulate();
    $("names").replaceChildren(...[...page.shown.values()].map((box) => {
      const option = document.createElement("option");
      option.value = box.label.slice(0, 200);
      return option;
    }));
  };
  return { refresh };
};
