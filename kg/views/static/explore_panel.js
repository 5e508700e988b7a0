// The panel: an entity with what can be done with it, an arc with its claims, or a path step by step.
"use strict";
const explorePanel = (data, view, act) => {
  const { $, make, words, button, chips, many } = elements;
  const { picture } = data, SOME = 40;
  const SIGNS = { "+": "+", "-": "−", unknown: "?" };
  const list = (title, arcs) => {
    const rows = arcs.map((arc) => () => make("li", "", button("plain", () => act.show({ kind: "edge", id: arc }), words(data.sentence(view.drawn[arc])))));
    return rows.length ? make("div", "", make("p", "soft", `${title} (${rows.length})`), lengthy(rows)) : null;
  };
  // A long list is made as far as the reader asks.
  const lengthy = (rows) => {
    const found = make("ul", "plainly", ...rows.slice(0, SOME).map((row) => row()));
    if (rows.length <= SOME) return found;
    let made = SOME;
    const more = button("plain", () => {
      found.append(...rows.slice(made, made + SOME).map((row) => row()));
      made += SOME;
      more.hidden = made >= rows.length;
    }, "Show more");
    return make("div", "", found, more);
  };
  const diagram = ([id, title]) => {
    if (!data.beside || !/^[a-z0-9][a-z0-9-]*$/.test(id)) return make("li", "", words(title), " ", make("code", "", id));
    const anchor = make("a", "", words(title));
    anchor.href = `${id}.html`;
    return make("li", "", anchor, " ", make("code", "", id));
  };
  const folded = (title, rows) => (rows.length ? make("details", "", make("summary", "", `${title} (${rows.length})`), make("ul", "plainly", ...rows)) : null);

  const ofEntity = (node) => {
    const about = data.entity(node), [category] = data.category(node), closed = view.closed(node), seen = view.seen(node);
    const others = picture.others[node].split("\n").filter(Boolean);
    const value = (item) => make("li", "", make("div", "soft", words(item.ends)), ...claims.value(item).childNodes);
    return [
      make("h2", "", words(picture.names[node])),
      chips(category, many(data.degree[node], "arrow")),
      about.definition && make("p", "", words(about.definition)),
      others.length ? make("p", "soft", "also ", words(others.join(", "))) : null,
      about.xrefs.length ? make("p", "soft", words(about.xrefs.join(" · "))) : null,
      make("div", "deeds",
        button("", () => act.open(node), closed ? `Open ${many(closed, "neighbour")}` : "Open neighbours"),
        button("", () => act.close(node), "Close neighbours"),
        button("", () => act.only(node), "Only these"),
        button("", () => act.hide(node), "Hide"),
        button("", () => act.mark(node), act.marked() === node ? "Path from here: choose the other" : "Path from here"),
        act.marked() === null || act.marked() === node ? null : button("", () => act.path(act.marked(), node), "Path from ", words(picture.names[act.marked()])),
      ),
      picture.beyond[node] ? make("p", "soft", `${many(picture.beyond[node], "more neighbour")} not on this page`) : null,
      list("acts on", seen.filter((arc) => picture.source[arc] === node)),
      list("is acted on by", seen.filter((arc) => picture.target[arc] === node && picture.source[arc] !== node)),
      folded("In diagrams", about.diagrams.map(diagram)),
      folded("Values", about.values.map(value)),
      about.source && make("code", "", about.source),
    ];
  };
  const ofArc = (arc) => {
    const said = view.claimsOf(arc), hidden = picture.count[arc] - said.length;
    return [
      make("h2", "", words(picture.names[picture.source[arc]]), " → ", words(picture.names[picture.target[arc]])),
      make("p", "soft", many(said.length, "claim") + (hidden ? `, ${hidden} more filtered out` : "")),
      make("div", "deeds", ...[picture.source[arc], picture.target[arc]].map((node) => button("", () => act.show({ kind: "box", id: node }), words(picture.names[node])))),
      make("div", "", lengthy(said.map((claim) => () => make("li", "", claims.claim(data.statement(claim)))))),
    ];
  };
  const ofPath = (path, index) =>
    make("article", "claim",
      make("h3", "", words(path.nodes.map((node) => picture.names[node]).join(" → "))),
      chips(`net sign ${SIGNS[path.sign]}`, data.CERTAINTIES[path.certainty], path.background ? `${path.background} of ${many(path.steps.length, "step")} background` : "every step from a document"),
      make("ul", "", ...path.steps.map((step) => make("li", "", `${SIGNS[step.sign]} `, ...step.claims.slice(0, 3).flatMap((claim) => [button("plain", () => act.show({ kind: "edge", id: data.owner[claim] }), words(data.sentence(claim)))])))),
      lighting(index));
  const lighting = (index) => {
    const made = button("plain", () => act.trace(index), "Show in the picture");
    made.dataset.way = index;
    return made;
  };
  const ofPaths = (from, to, found) => [
    make("h2", "", "From ", words(picture.names[from]), " to ", words(picture.names[to])),
    make("p", "soft", found.length ? `${many(found.length, "shortest path")}, ${many(found[0].steps.length, "step")}, over what is visible` : "No directed path over what is visible."),
    button("", () => act.path(to, from), "The other way round"),
    ...found.slice(0, 12).map(ofPath),
  ];
  const hint = () => [make("p", "hint", "Click an entity or an arrow to read what is said and where. Double-click an entity to open or close its neighbours; shift-click a second one for the shortest path. Press / to find, Escape to clear.")];
  const fill = (parts) => {
    const place = $("selection"), inside = place.contains(document.activeElement);
    place.replaceChildren(...parts.filter(Boolean));
    if (inside) place.focus({ preventScroll: true });
    $("panel").scrollTop = 0;
  };
  const lit = (index) => {
    for (const made of document.querySelectorAll("#selection [data-way]")) made.setAttribute("aria-pressed", String(made.dataset.way === String(index)));
  };
  return {
    show: (what) => fill(!what ? hint() : what.kind === "edge" ? ofArc(what.id) : ofEntity(what.id)),
    paths: (from, to, found) => fill(ofPaths(from, to, found)),
    lit,
  };
};
