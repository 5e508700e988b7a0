// The panel: what is said of a box or an arc, where, under which circumstances, and with which values.
"use strict";
const panelOf = (page, select) => {
  const { make, words, button, chips, pairs, many } = elements;
  const { claim, evidence } = claims;
  const { scene, flow, boxes, nameOf } = page;
  const stepText = (box) => [
    make("h3", "", words(box.label)),
    box.definition && make("p", "", words(box.definition)),
    box.details.length ? pairs(box.details) : null,
    box.said.length ? make("ul", "", ...box.said.map(evidence)) : null,
  ];
  const ofEdge = (edge) => [
    make("h2", "", words(nameOf(edge.source)), " → ", words(nameOf(edge.target))),
    edge.statements.length ? make("p", "soft", `${many(edge.statements.length, "claim")}, ${many(edge.n_sources, "source")}`) : null,
    ...edge.statements.map(claim),
    ...(edge.statements.length ? [] : [edge.source, edge.target].flatMap((id) => stepText(boxes.get(id)))),
  ];
  const edgeButton = (edge) => button("plain", () => select({ kind: "edge", id: edge.id }), words(page.sentence(edge)));
  const ofBox = (box) => {
    const list = (title, found) => (found.length ? make("div", "", make("p", "soft", title), ...found.map(edgeButton)) : null);
    return [
      make("h2", "", words(box.label)),
      chips(box.category, box.sublabel, box.background ? (flow ? "background step" : "only in background steps") : ""),
      box.definition && make("p", "", words(box.definition)),
      box.details.length ? pairs(box.details) : null,
      box.said.length ? make("ul", "", ...box.said.map(evidence)) : null,
      box.synonyms.length ? make("p", "soft", "also ", words(box.synonyms.join(", "))) : null,
      box.xrefs.length ? make("p", "soft", words(box.xrefs.join(" · "))) : null,
      list(flow ? "comes before" : "acts on", scene.edges.filter((edge) => edge.source === box.id)),
      list(flow ? "comes after" : "is acted on by", scene.edges.filter((edge) => edge.target === box.id && edge.source !== box.id)),
      box.source && make("code", "", box.source),
    ];
  };
  const hint = () => [make("p", "hint", (flow ? "Click a step to read what is done, its values and where it is said." : "Click a box or an arrow to read its claims and where they are said.") + " Press / to find, Escape to clear; click the diagram to zoom with the wheel.")];

  const fill = (parts) => {
    elements.$("selection").replaceChildren(...parts.filter(Boolean));
    elements.$("panel").scrollTop = 0;
  };
  const show = (what) => fill(!what ? hint() : what.kind === "edge" ? ofEdge(page.edges.get(what.id)) : ofBox(boxes.get(what.id)));
  return { show };
};
