// An answer as a table whose names choose what is in the picture, and as CSV; only text, never markup.
"use strict";
const consoleAnswer = (data, text, show) => {
  const { $, make, words, button, link, many } = elements;
  const SOME = 200, XSD = "http://www.w3.org/2001/XMLSchema#", OURS = text.home;
  const NUMBERS = ["integer", "decimal", "double", "float"].map((name) => XSD + name);
  const told = (term) => (term === null ? "" : term.type === "uri" ? text.curie(term.value) : term.type === "bnode" ? `_:${term.value}` : term.value);
  // What a name of ours stands for in the picture: an entity, or the arrow of a claim.
  const meant = (address) => {
    const id = address.startsWith(OURS) ? address.slice(OURS.length) : null;
    const node = id === null ? undefined : data.nodeOf(id), arc = id === null || node !== undefined ? undefined : data.arcOf(id);
    if (node !== undefined) return { kind: "box", id: node };
    return arc === undefined ? null : { kind: "edge", id: arc };
  };
  const shown = (term) => {
    if (term === null) return null;
    const what = term.type === "uri" ? meant(term.value) : null;
    if (what) return button("", () => show(what), words(told(term)));
    return term.type === "uri" && !term.value.startsWith(OURS) ? link(told(term), term.value) : words(told(term));
  };
  const row = (cells) => make("tr", "", ...cells.map((term) => make("td", term && NUMBERS.includes(term.datatype) ? "number" : "", shown(term))));
  const head = (names) => make("thead", "", make("tr", "", ...names.map((name) => {
    const cell = make("th", "", words(name));
    cell.scope = "col";
    return cell;
  })));
  const table = ({ names, rows }) => {
    const body = make("tbody", "", ...rows.slice(0, SOME).map(row));
    const whole = make("table", "", head(names), body);
    if (rows.length <= SOME) return [whole];
    let made = SOME;
    const more = button("plain", () => {
      body.append(...rows.slice(made, made + SOME).map(row));
      made += SOME;
      more.hidden = made >= rows.length;
    }, "Show more rows");
    return [whole, more];
  };
  const summary = ({ boolean, rows, count, milliseconds }) => {
    const time = `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
    if (boolean !== undefined) return `${boolean ? "yes" : "no"}, in ${time}`;
    return `${many(count, "row")} in ${time}${rows.length < count ? `; the first ${rows.length} are here` : ""}`;
  };
  const draw = (answer) => {
    $("answer").replaceChildren(...(answer?.names && answer.rows.length ? table(answer) : []));
    $("answer").scrollTop = 0;
  };
  const field = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const csv = ({ names, rows }) => [names, ...rows.map((cells) => cells.map(told))].map((cells) => `${cells.map(field).join(",")}\r\n`).join("");
  return { draw, summary, csv };
};
