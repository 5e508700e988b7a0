// What the explorer's address says: what is chosen, filtered, closed and in view; only what the page has is believed.
"use strict";
const exploreAddress = (data, view, state, drawing, { select, show, path, paint, questions }) => {
  const { picture, x, y, nodeOf, arcOf } = data;

  // ---- written ------------------------------------------------------------------------------------------------------
  const seed = picture.seeds.length ? picture.seeds[0] : null;
  const asSeeded = () => (state.selection === null ? seed === null : state.selection.kind === "box" && state.selection.id === seed);
  const ofSelection = () => {
    const { asked, selection } = state;
    if (asked) return [["from", picture.ids[asked.from]], ["to", picture.ids[asked.to]], ...(asked.index ? [["path", String(asked.index + 1)]] : [])];
    if (asSeeded()) return [];
    if (selection === null) return [["entity", ""]];
    return [selection.kind === "box" ? ["entity", picture.ids[selection.id]] : ["claim", data.claimId(view.drawn[selection.id])]];
  };
  // Where most is off, the address says what is on: the shorter of the two.
  const ofFacet = ([name, { keys, off }]) => {
    const few = off.size * 2 <= keys.length;
    const said = keys.filter((_, index) => off.has(index) === few).map((key) => [few ? "off" : "on", `${name}:${key}`]);
    return few ? said : [["none", name], ...said];
  };
  const ofPresence = () => {
    const closed = picture.ids.filter((_, node) => !view.present[node]), few = closed.length * 2 <= data.nodes;
    return (few ? closed : picture.ids.filter((_, node) => view.present[node])).map((id) => [few ? "closed" : "open", id]);
  };
  const ofView = () => {
    const at = drawing.where();
    return [["at", `${Math.round(at.x)},${Math.round(at.y)},${Number(at.scale.toPrecision(3))}`]];
  };
  const pairs = (longest) => {
    const said = [...ofSelection(), ...Object.entries(view.facets).flatMap(ofFacet)], closed = ofPresence();
    const seen = said.length || closed.length || state.touched ? ofView() : [], theme = state.themed ? [["theme", state.dark ? "dark" : "light"]] : [];
    const query = questions?.pairs() ?? [], whole = [...said, ...closed, ...seen, ...theme, ...query];
    return new URLSearchParams(whole).toString().length > longest ? [...said, ...seen, ...theme, ...query] : whole; // too much is closed to be told one by one
  };

  // ---- read ---------------------------------------------------------------------------------------------------------
  const filter = (asked) => {
    const keyed = (name) => new Set(asked.getAll(name));
    const none = keyed("none"), off = keyed("off"), on = keyed("on");
    for (const [name, facet] of Object.entries(view.facets)) {
      facet.off.clear();
      facet.keys.forEach((key, index) => {
        const told = `${name}:${key}`;
        if (none.has(name) ? !on.has(told) : off.has(told)) facet.off.add(index);
      });
    }
  };
  const present = (asked) => {
    const nodes = (name) => asked.getAll(name).map(nodeOf).filter((node) => node !== undefined);
    const open = nodes("open");
    view.present.fill(open.length ? 0 : 1);
    for (const node of open) view.present[node] = 1;
    if (!open.length) for (const node of nodes("closed")) view.present[node] = 0;
  };
  const within = (at, places) => {
    const [least, most] = places.reduce(([low, high], place) => [Math.min(low, place), Math.max(high, place)], [0, 0]), room = most - least + 1000;
    return at >= least - room && at <= most + room;
  };
  const viewed = (asked) => {
    const found = /^(-?\d{1,7}),(-?\d{1,7}),(\d{1,2}(?:\.\d{1,8})?)$/.exec(asked.get("at") || "");
    const [toX, toY, scale] = found ? found.slice(1).map(Number) : [];
    return found && scale >= 0.01 && scale <= 6 && within(toX, x) && within(toY, y) ? [toX, toY, scale] : null;
  };
  const selected = (asked) => {
    const node = nodeOf(asked.get("entity")), arc = asked.has("claim") ? arcOf(asked.get("claim")) : undefined;
    if (node !== undefined) return { kind: "box", id: node };
    if (arc !== undefined) return { kind: "edge", id: arc };
    return asked.get("entity") === "" || seed === null ? null : { kind: "box", id: seed };
  };
  const read = (asked) => {
    const theme = asked.get("theme");
    if (theme === "dark" || theme === "light") {
      state.dark = theme === "dark";
      state.themed = true;
      paint();
    }
    state.asked = state.selection = null;
    filter(asked);
    present(asked);
    view.refresh();
    const [from, to] = [asked.get("from"), asked.get("to")].map(nodeOf), at = viewed(asked);
    if (from !== undefined && to !== undefined && from !== to && view.shown[from] && view.shown[to]) path(from, to, address.number(asked.get("path"), 500) ?? 0);
    else select(selected(asked));
    state.touched = at !== null;
    if (at) drawing.jump(...at);
    else if (state.selection && (asked.has("entity") || asked.has("claim"))) show(state.selection);
    else drawing.fit(false);
    questions?.read(asked.get("query"));
  };
  const address = addressOf({ pairs, read });
  for (const moved of ["afterDrawing", "animationFinished"]) drawing.network.on(moved, address.write);
  return address;
};
