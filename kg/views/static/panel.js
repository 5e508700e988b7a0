// The panel: what is said of a box or an arc, where, under which circumstances, and with which values.
"use strict";
const panelOf = (page, select, ways) => {
  const { make, words, button, chips, pairs, many } = elements;
  const { claim, evidence } = claims;
  const { flow, boxes, nameOf } = page;
  const ARROWS = { raised: "↑", lowered: "↓", both: "⇅", unknown: "?" };
  const stepText = (box) => [
    make("h3", "", words(box.label)),
    box.definition && make("p", "", words(box.definition)),
    box.details.length ? pairs(box.details) : null,
    box.said.length ? make("ul", "", ...box.said.map(evidence)) : null,
  ];
  const unseen = (edge) => {
    const hidden = page.edges.get(edge.id).statements.length - edge.statements.length;
    return hidden ? `; ${many(hidden, "claim")} hidden` : "";
  };
  const measured = (edge) => [...new Map(edge.statements.flatMap((said) => said.measurements.map((item) => [item.id, item]))).values()];
  const ofEdge = (edge) => [
    make("h2", "", words(nameOf(edge.source)), " → ", words(nameOf(edge.target))),
    edge.statements.length ? make("p", "soft", `${many(edge.statements.length, "claim")}, ${many(edge.n_sources, "source")}${unseen(edge)}`) : null,
    plot.of(measured(edge)),
    ...edge.statements.map(claim),
    ...(edge.statements.length ? [] : [edge.source, edge.target].flatMap((id) => stepText(boxes.get(id)))),
  ];
  const edgeButton = (edge) => button("plain", () => select({ kind: "edge", id: edge.id }), words(page.sentence(edge)));
  const ofBox = (box) => {
    const arcs = [...page.arcs.values()];
    const list = (title, found) => (found.length ? make("div", "", make("p", "soft", title), ...found.map(edgeButton)) : null);
    return [
      make("h2", "", words(box.label)),
      chips(box.category, box.sublabel, box.background ? (flow ? "background step" : "only in background steps") : ""),
      ...(page.marks.get(box.id) || []).map((mark) => make("p", "", make("b", "", ARROWS[mark.direction.split(" ").pop()]), " ", words(page.moved(mark)))),
      box.definition && make("p", "", words(box.definition)),
      box.details.length ? pairs(box.details) : null,
      box.said.length ? make("ul", "", ...box.said.map(evidence)) : null,
      box.synonyms.length ? make("p", "soft", "also ", words(box.synonyms.join(", "))) : null,
      box.xrefs.length ? make("p", "soft", words(box.xrefs.join(" · "))) : null,
      list(flow ? "comes before" : "acts on", arcs.filter((edge) => edge.source === box.id)),
      list(flow ? "comes after" : "is acted on by", arcs.filter((edge) => edge.target === box.id && edge.source !== box.id)),
      flow ? null : ways.buttons(box),
      box.source && make("code", "", box.source),
    ];
  };
  const hint = () => [make("p", "hint", (flow ? "Click a step to read what is done, its values and where it is said." : "Click a box or an arrow to read its claims and where they are said; shift-click two boxes for the paths between them.") + " Press / to find, Escape to clear; click the diagram to zoom with the wheel.")];

  const fill = (parts) => {
    const place = elements.$("selection"), inside = place.contains(document.activeElement);
    place.replaceChildren(...parts.filter(Boolean));
    if (inside) place.focus({ preventScroll: true });
    elements.$("panel").scrollTop = 0;
  };
  const KINDS = { edge: (what) => ofEdge(page.arcs.get(what.id)), box: (what) => ofBox(boxes.get(what.id)), ways: ways.panel };
  const show = (what) => fill(what ? KINDS[what.kind](what) : hint());
  return { show };
};
