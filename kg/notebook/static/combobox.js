// A field for an entity: type any of its names, choose by arrows and Enter or by a click.
const marked = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
};
const own = (table, key) => (table && Object.hasOwn(table, key) ? table[key] : undefined);
const comboboxOf = (label, key, ask, choose) => {
  const { make, words } = elements;
  const PAUSE = 120;
  const input = marked(make("input"), {
    id: key, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${key}-offers`,
  });
  const list = marked(make("ul", "kg-offers"), { id: `${key}-offers`, role: "listbox", "aria-label": `${label}: what may be meant` });
  const name = make("label", "", label);
  name.htmlFor = key;
  let rows = [], at = -1, shown = "", turn = 0, timer = 0;

  const close = () => {
    turn += 1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    at = index;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `${key}-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const take = (row) => {
    close();
    shown = input.value = row.name;
    choose(row.id);
  };
  const item = (row, index) => {
    const made = make("li", "", make("b", "", words(row.name)), row.also && make("span", "kg-soft", " ", words(row.also)), make("i", "kg-soft", " ", words(row.category)));
    marked(made, { id: `${key}-${index}`, role: "option", "aria-selected": "false" });
    made.addEventListener("mousedown", (event) => event.preventDefault());
    made.addEventListener("click", () => take(row));
    return made;
  };
  const open = (parts) => {
    list.replaceChildren(...parts);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const offer = (found, asked) => {
    if (asked !== turn) return;
    rows = found;
    open(rows.length ? rows.map(item) : [marked(make("li", "kg-soft", "nothing is called so"), { role: "option", "aria-disabled": "true" })]);
    mark(rows.length ? 0 : -1);
  };
  const search = () => {
    turn += 1;
    clearTimeout(timer);
    const asked = turn, text = input.value.trim();
    if (!text) return close();
    timer = setTimeout(() => ask(text, asked, (found) => offer(found, asked)), PAUSE);
  };
  const KEYS = {
    ArrowDown: () => (list.hidden ? search() : mark(Math.min(at + 1, rows.length - 1))),
    ArrowUp: () => mark(Math.max(at - 1, rows.length ? 0 : -1)),
    Enter: () => {
      const typed = input.value.trim();
      if (!list.hidden && at >= 0) take(rows[at]);
      else if (typed && typed !== shown) take({ id: typed, name: typed });
    },
    Escape: () => { close(); input.value = shown; },
  };
  input.addEventListener("input", search);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => { clearTimeout(timer); close(); input.value = shown; });
  input.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (!act || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  list.hidden = true;
  const show = (text) => {
    if (text === shown) return;
    shown = text;
    if (list.hidden) input.value = text;
  };
  return { element: make("div", "kg-field kg-combo", name, input, list), show };
};
