// What is told of the arrow or box that was clicked: its claims with their places, or its names and arrows.
const toldOf = (model, { wish, claimChosen, choose }) => {
  const { make, words, button, chips, many } = elements;
  const place = marked(make("div", "kg-told"), { role: "region", "aria-label": "What is said, and where", tabindex: -1 });
  const picture = () => ({ arcs: {}, boxes: {}, claims: {}, ...model.get("_picture") });
  const label = (id) => own(picture().boxes, id)?.label || id;

  const article = (id, several) => {
    const said = own(picture().claims, id), made = claims.claim(said), chosen = id === model.get("statement");
    made.classList.toggle("kg-chosen", chosen);
    if (several) {
      const head = marked(button("kg-plain", () => claimChosen(id), chosen ? "chosen claim" : "choose this claim"), { "aria-pressed": chosen });
      made.prepend(head);
    }
    return made;
  };
  const ofArc = (arc) => [
    make("h3", "", words(label(arc.source)), " → ", words(label(arc.target))),
    make("p", "kg-soft", many(arc.claims.length, "claim")),
    ...arc.claims.map((id) => article(id, arc.claims.length > 1)),
  ];
  const arcButton = ([id, arc]) => make("li", "", button("kg-plain", () => choose({ arc: id }), words(arc.told)));
  const ofBox = (id, box) => {
    const arcs = Object.entries(picture().arcs).filter(([, arc]) => arc.source === id || arc.target === id);
    return [
      make("h3", "", words(box.label)),
      chips(box.category),
      box.definition && make("p", "", words(box.definition)),
      box.synonyms.length ? make("p", "kg-soft", "also ", words(box.synonyms.join(", "))) : null,
      box.xrefs.length ? make("p", "kg-soft", words(box.xrefs.join(" · "))) : null,
      make("div", "kg-row", button("", () => wish({ source: id }), "Paths from here"), button("", () => wish({ target: id }), "Paths to here")),
      make("ul", "", ...arcs.map(arcButton)),
    ];
  };
  const hint = [["p", "kg-soft", "Click an arrow to read who says it and where, or a box to read what it is."]];
  const parts = (key) => {
    const { arcs, boxes, claims: known } = picture(), id = model.get("statement");
    if (key?.box !== undefined && own(boxes, key.box)) return ofBox(key.box, own(boxes, key.box));
    if (key?.arc !== undefined && own(arcs, key.arc)) return ofArc(own(arcs, key.arc));
    if (id && own(known, id)) return [article(id, false)];
    return model.get("paths").length ? hint.map((made) => make(...made)) : [];
  };
  const fill = (key) => {
    const made = parts(key).filter(Boolean), root = place.getRootNode();
    const inside = place.contains(root.activeElement);
    place.replaceChildren(...made);
    place.hidden = !made.length;
    if (inside) place.focus({ preventScroll: true });
  };
  return { element: place, fill };
};
