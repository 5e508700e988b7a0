// The ranked paths: one list, one of them chosen, by a click or by the arrow keys.
const pathsOf = (model, choose, key) => {
  const { make, words, many } = elements;
  const ARROWS = { "+": "─▶", "-": "─⊣", unknown: "─◇" };
  const SPOKEN = { "+": "raises", "-": "lowers", unknown: "acts on" };
  const NET = { "+": "net sign +", "-": "net sign −", unknown: "net sign ?" };
  const list = marked(make("ol", "kg-list"), { role: "listbox", tabindex: 0, "aria-label": "Paths, best first", id: `${key}-paths` });

  const chain = (row) => row.signs.flatMap((sign, i) => [marked(make("span", "kg-arrow", ` ${ARROWS[sign]} `), { role: "img", "aria-label": SPOKEN[sign] }), words(row.names[i + 1])]);
  const facts = (row) => [
    `score ${row.score.toPrecision(2)}`,
    `${many(row.claims, "claim")}, ${many(row.documents.length, "document")}`,
    row.background ? `${row.background} of ${many(row.length, "step")} background` : "",
    row.certainty === "asserted" ? "" : row.certainty,
    row.conflicts.length ? "⚠ sources disagree" : "",
  ];
  const item = (row, index) => {
    const net = make("span", `kg-net kg-net-${{ "+": "plus", "-": "minus" }[row.sign] || "none"}`, NET[row.sign]);
    const made = make("li", "", make("span", "kg-number", `${index + 1}.`), make("div", "", make("div", "", words(row.names[0]), ...chain(row)), make("div", "kg-facts", net, ...facts(row).filter(Boolean).map((text) => make("span", "", text)))));
    marked(made, { role: "option", id: `${key}-path-${index}`, "aria-selected": "false" });
    made.addEventListener("click", () => choose(index));
    return made;
  };
  const select = () => {
    const at = model.get("selected");
    [...list.children].forEach((made, index) => made.setAttribute("aria-selected", String(index === at)));
    const chosen = at === null || at === undefined ? null : list.children[at];
    if (!chosen) return list.removeAttribute("aria-activedescendant");
    list.setAttribute("aria-activedescendant", chosen.id);
    list.scrollTop = Math.min(Math.max(list.scrollTop, chosen.offsetTop + chosen.offsetHeight - list.clientHeight), chosen.offsetTop);
  };
  const fill = () => {
    const rows = model.get("paths");
    list.replaceChildren(...rows.map(item));
    list.hidden = !rows.length;
    select();
  };
  const to = (move) => {
    const last = list.children.length - 1, at = model.get("selected") ?? -1;
    if (last >= 0) choose(Math.min(last, Math.max(0, move(at, last))));
  };
  const MOVES = { ArrowDown: (at) => at + 1, ArrowUp: (at) => at - 1, Home: () => 0, End: (_, last) => last };
  list.addEventListener("keydown", (event) => {
    if (!MOVES[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    to(MOVES[event.key]);
  });
  return { element: list, fill, select };
};
