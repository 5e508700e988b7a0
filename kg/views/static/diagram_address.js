// What a diagram's address says: selection, filters, step and theme; only what the page has is believed.
"use strict";
const diagramAddress = (page, { filters, story, ways, show, select, paint }) => {
  const owner = new Map(page.scene.edges.flatMap((edge) => edge.statements.map((said) => [said.id, edge.id])));

  const ofSelection = (what) => {
    if (what === null) return [];
    if (what.kind === "box") return [["box", what.id]];
    if (what.kind === "ways") return [["from", what.source], ["to", what.target], ...(what.index === null ? [] : [["path", String(what.index + 1)]])];
    const [first] = page.edges.get(what.id).statements;
    return [first ? ["claim", first.id] : ["arrow", what.id]];
  };
  const pairs = () => [
    ...ofSelection(page.selection),
    ...filters.off().map((key) => ["off", key]),
    ...(story.at() < 0 ? [] : [["step", String(story.at() + 1)]]),
    ...(page.themed ? [["theme", page.dark ? "dark" : "light"]] : []),
  ];

  const selected = (asked) => {
    const box = asked.get("box"), edge = owner.get(asked.get("claim")) || asked.get("arrow");
    if (page.shown.has(box)) return { kind: "box", id: box };
    if (page.arcs.has(edge)) return { kind: "edge", id: edge };
    const [source, target] = [asked.get("from"), asked.get("to")];
    if (page.flow || source === target || !page.shown.has(source) || !page.shown.has(target)) return null;
    return { kind: "ways", source, target, index: address.number(asked.get("path"), ways.count(source, target)) };
  };
  const read = (asked) => {
    const theme = asked.get("theme");
    if (theme === "dark" || theme === "light") {
      page.dark = theme === "dark";
      page.themed = true;
      paint();
    }
    filters.set(asked.getAll("off"));
    const step = address.number(asked.get("step"), story.count());
    if (step === null) story.close();
    else story.go(step);
    const what = selected(asked);
    if (what && what.kind !== "ways") show(what);
    else if (what || step === null) select(what);
  };
  const address = addressOf({ pairs, read });
  return address;
};
