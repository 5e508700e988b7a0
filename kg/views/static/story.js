// The main chain, or a workflow, told one step at a time: a sentence in the graph's own words, its arc in the middle.
"use strict";
const storyOf = (page, show, changed) => {
  const { $, words } = elements;
  const owner = new Map(page.scene.edges.flatMap((edge) => edge.statements.map((said) => [said.id, edge.id])));
  let at = -1;

  const documents = (evidence) => [...new Set(evidence.map((item) => item.title))].join("; ");
  const ofClaim = (edge, said) => ({
    what: { kind: "edge", id: edge.id },
    words: page.told(said),
    how: [
      said.polarity === "asserted" ? "" : `polarity: ${said.polarity}`,
      said.basis === "document" ? "document claim" : "background step", said.certainty, documents(said.evidence),
    ],
  });
  const ofStep = (box) => ({
    what: { kind: "box", id: box.id },
    words: box.definition && box.definition !== box.label ? `${box.label}: ${box.definition}` : box.label,
    how: [box.compartment, box.background ? "background step" : "document claim", documents(box.said)],
  });
  const claimed = (id) => {
    const edge = page.arcs.get(owner.get(id)), said = edge && edge.statements.find((item) => item.id === id);
    return said ? [ofClaim(edge, said)] : [];
  };
  const steps = () => (page.flow ? [...page.shown.values()].map(ofStep) : page.scene.main_claims.flatMap(claimed));

  const paint = (told) => {
    const step = told[at];
    $("story").hidden = at < 0;
    $("story-open").setAttribute("aria-expanded", String(at >= 0));
    if (!step) return;
    const whole = page.flow ? page.boxes.size : page.scene.main_claims.length, gone = whole - told.length;
    $("story-place").textContent = `Step ${at + 1} of ${told.length}${gone ? ` (${gone} hidden)` : ""}`;
    $("story-words").replaceChildren(words(step.words), " — ", words(step.how.filter(Boolean).join(" · ")));
    $("story-back").disabled = at === 0;
    $("story-next").disabled = at === told.length - 1;
  };
  const go = (index) => {
    const told = steps();
    at = told.length ? Math.max(0, Math.min(index, told.length - 1)) : -1;
    paint(told);
    if (at >= 0) show(told[at].what);
    changed();
  };
  const close = () => {
    if (at < 0) return;
    at = -1;
    paint([]);
    changed();
  };
  const refresh = () => {
    const told = steps();
    $("story-open").disabled = !told.length;
    if (at < 0) return;
    at = Math.min(at, told.length - 1);
    paint(told);
  };
  $("story-open").hidden = !(page.flow ? page.boxes.size : page.scene.main_claims.length);
  $("story-open").addEventListener("click", () => (at < 0 ? go(0) : close()));
  $("story-back").addEventListener("click", () => go(at - 1));
  $("story-next").addEventListener("click", () => go(at + 1));
  $("story-close").addEventListener("click", () => { close(); $("story-open").focus(); });
  return { go, close, refresh, next: () => go(at + 1), back: () => go(at < 0 ? 0 : at - 1), at: () => at, count: () => steps().length };
};
