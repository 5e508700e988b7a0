// The page's address: selection, filters, step and theme in the fragment, read back without trusting any of it.
"use strict";
const addressOf = (page, { filters, story, ways, show, select, paint }) => {
  const LONGEST = 20000;
  const owner = new Map(page.scene.edges.flatMap((edge) => edge.statements.map((said) => [said.id, edge.id])));
  let waiting = 0, kept = true;

  const ofSelection = (what) => {
    if (what === null) return [];
    if (what.kind === "box") return [["box", what.id]];
    if (what.kind === "ways") return [["from", what.source], ["to", what.target], ...(what.index === null ? [] : [["path", String(what.index + 1)]])];
    const [first] = page.edges.get(what.id).statements;
    return [first ? ["claim", first.id] : ["arrow", what.id]];
  };
  const text = () => new URLSearchParams([
    ...ofSelection(page.selection),
    ...filters.off().map((key) => ["off", key]),
    ...(story.at() < 0 ? [] : [["step", String(story.at() + 1)]]),
    ...(page.themed ? [["theme", page.dark ? "dark" : "light"]] : []),
  ]).toString();

  const put = () => {
    waiting = 0;
    const now = text(), before = location.hash.slice(1);
    if (!kept || now === before) return;
    try {
      history.replaceState(null, "", now ? `#${now}` : location.href.split("#")[0]);
    } catch {
      kept = false; // a frame without an address of its own keeps no history
    }
  };
  const write = () => { if (!waiting && document.documentElement.dataset.ready === "yes") waiting = setTimeout(put, 150); };

  // Only ids that the picture has and switches that the page has mean anything; all else is passed over.
  const number = (given, most) => (/^[1-9]\d{0,4}$/.test(given || "") && Number(given) <= most ? Number(given) - 1 : null);
  const selected = (asked) => {
    const box = asked.get("box"), edge = owner.get(asked.get("claim")) || asked.get("arrow");
    if (page.shown.has(box)) return { kind: "box", id: box };
    if (page.arcs.has(edge)) return { kind: "edge", id: edge };
    const [source, target] = [asked.get("from"), asked.get("to")];
    if (page.flow || source === target || !page.shown.has(source) || !page.shown.has(target)) return null;
    return { kind: "ways", source, target, index: number(asked.get("path"), ways.count(source, target)) };
  };
  const read = () => {
    const given = location.hash.slice(1);
    const asked = new URLSearchParams(given.length > LONGEST ? "" : given);
    const theme = asked.get("theme");
    if (theme === "dark" || theme === "light") {
      page.dark = theme === "dark";
      page.themed = true;
      paint();
    }
    filters.set(asked.getAll("off"));
    const step = number(asked.get("step"), story.count());
    if (step === null) story.close();
    else story.go(step);
    const what = selected(asked);
    if (what && what.kind !== "ways") show(what);
    else if (what || step === null) select(what);
  };
  addEventListener("hashchange", read);
  return { read, write, settled: () => waiting === 0 };
};
