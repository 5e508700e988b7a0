// The path explorer: puts the parts together and keeps them and the model in step.
const PATIENCE = 8000;
const darkOn = (host) => {
  const [red, green, blue] = (getComputedStyle(host).color.match(/[\d.]+/g) || [0, 0, 0]).map(Number);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 140;
};
const themed = (host, root) => {
  const look = () => root.classList.toggle("kg-dark", darkOn(host));
  const later = () => { look(); setTimeout(look, 400); };
  const watch = new MutationObserver(later);
  for (const place of [document.documentElement, document.body]) watch.observe(place, { attributes: true });
  later();
  return () => watch.disconnect();
};

// Questions to Python while somebody types, each with the one who waits for its answer.
const asking = (model, lost, found) => {
  const waiting = new Map();
  let last = 0;
  const heard = (content) => {
    if (content?.kind !== "offers" || !waiting.has(content.turn)) return;
    const { take, timer } = waiting.get(content.turn);
    clearTimeout(timer);
    waiting.delete(content.turn);
    found();
    take(content.rows);
  };
  model.on("msg:custom", heard);
  const ask = (text, _, take) => {
    last += 1;
    const turn = last, timer = setTimeout(() => { waiting.delete(turn); lost(); }, PATIENCE);
    waiting.set(turn, { take, timer });
    model.send({ kind: "search", text, turn });
  };
  return { ask, end: () => { model.off("msg:custom", heard); waiting.forEach(({ timer }) => clearTimeout(timer)); } };
};

const render = ({ model, el }) => {
  const { make, button, words } = elements;
  const key = `kg-${Math.random().toString(36).slice(2)}`;
  const root = marked(make("section", "kg-paths"), { "aria-label": "Explorer of mechanism paths", "data-lm-suppress-shortcuts": "true" });
  let clicked = null, waits = 0, silent = false;

  const set = (changes) => {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    model.save_changes();
  };
  const lost = () => { silent = true; answered(); };
  const wish = (changes) => {
    if (Object.entries(changes).every(([name, value]) => model.get(name) === value)) return;
    clicked = null;
    silent = false;
    clearTimeout(waits);
    waits = setTimeout(lost, PATIENCE);
    set(changes);
    answered();
  };
  const questions = asking(model, lost, () => { silent = false; answered(); });
  const status = marked(make("p", "kg-status"), { role: "status" });
  const trouble = marked(make("div", "kg-trouble"), { role: "alert" });
  const caption = make("p", "kg-reading");
  const only = make("input");
  only.type = "checkbox";
  only.addEventListener("change", () => set({ alone: only.checked }));

  const pick = (what) => {
    clicked = what;
    const said = what.arc === undefined ? null : model.get("_picture").arcs[what.arc].claims;
    if (said && !said.includes(model.get("statement"))) set({ statement: said[0] });
    tell();
  };
  const wishes = wishesOf(model, wish, questions.ask, key);
  const paths = pathsOf(model, (index) => index !== model.get("selected") && set({ selected: index }), key);
  const picture = pictureOf(model, pick);
  const told = toldOf(model, { wish, choose: pick, claimChosen: (id) => { set({ statement: id }); tell(); } });

  const arcOf = (id) => Object.entries(model.get("_picture").arcs || {}).find(([, arc]) => arc.claims.includes(id))?.[0];
  const tell = () => {
    const row = model.get("paths")[model.get("selected") ?? -1];
    picture.light(row, clicked ? picture.nameOf(clicked) : null);
    told.fill(clicked);
    caption.replaceChildren(...(row ? [words(row.reading)] : []));
  };
  const answered = () => {
    const busy = model.get("busy") || (waits !== 0 && !silent), error = model.get("error");
    root.setAttribute("aria-busy", String(busy));
    status.textContent = silent ? "Python does not answer: is the kernel running, and not at something else?" : busy ? "Searching…" : model.get("note");
    trouble.replaceChildren(...(error && !busy ? [words(error), ...model.get("_advice").map((row) => button("", () => wish(row.change), words(row.says)))] : []));
  };
  const settled = () => {
    if (!model.get("busy")) { clearTimeout(waits); waits = 0; }
    silent = false;
    answered();
  };
  const stated = () => {
    const id = model.get("statement"), arc = id && arcOf(id);
    if (!id) clicked = clicked?.box !== undefined ? clicked : null;
    else if (arc !== clicked?.arc) clicked = arc ? { arc } : null;
    tell();
  };
  const drawn = () => { picture.fill(); root.classList.toggle("kg-empty", !model.get("_picture").svg); stated(); };
  const listed = () => { paths.fill(); tell(); };
  const chosen = () => { paths.select(); only.checked = model.get("alone"); tell(); };
  const heard = {
    busy: settled, note: answered, error: answered, _advice: answered, paths: listed, selected: chosen, alone: chosen, statement: stated, _picture: drawn,
    ...Object.fromEntries(["_names", "source", "target", "max_length", "sign", "basis", "document"].map((name) => [name, wishes.update])),
  };
  for (const [name, act] of Object.entries(heard)) model.on(`change:${name}`, act);

  const alone = make("label", "kg-only", only, " draw this path alone");
  root.append(
    wishes.element, status, trouble,
    make("div", "kg-body", make("div", "kg-side", paths.element), make("div", "kg-main", make("div", "kg-bar", alone), picture.element, caption)),
    told.element,
  );
  el.append(root);
  wishes.update();
  answered();
  paths.fill();
  chosen();
  drawn();
  const unwatch = themed(el, root);
  return () => {
    for (const [name, act] of Object.entries(heard)) model.off(`change:${name}`, act);
    clearTimeout(waits);
    questions.end();
    unwatch();
  };
};
export default { render };
