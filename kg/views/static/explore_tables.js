// Everything visible once more as tables, for screen readers and for copying; made when they are opened.
"use strict";
const exploreTables = (data, view, act) => {
  const { $, make, words, button, many } = elements;
  const { picture } = data, SOME = 100, PRINTED = 1_000;
  let most = SOME;
  const head = (...names) => make("thead", "", make("tr", "", ...names.map((name) => {
    const cell = make("th", "", name);
    cell.scope = "col";
    return cell;
  })));
  const row = (name, ...cells) => {
    const first = make("th", "", ...name);
    first.scope = "row";
    return make("tr", "", first, ...cells.map((cell) => make("td", "", ...[cell].flat())));
  };
  const paragraphs = (texts) => texts.map((text) => make("p", "", words(text)));
  const show = (what) => button("", () => act.show(what), "show");
  const place = ({ title, place: at, kind, cited }) => `${title}${at ? `, ${at}` : ""} (${kind})${cited.map((work) => `; cites [${work.number}] ${work.title} (${work.kind})`).join("")}`;
  const claimRow = (claim) => {
    const said = data.statement(claim);
    return row(
      [words(`${said.subject} ${said.predicate} ${said.object}${said.than ? ` than ${said.than}` : ""}`)],
      said.sign, said.polarity, said.certainty, said.basis,
      paragraphs(said.qualifiers.map((pair) => pair.join(": "))), paragraphs(said.evidence.map(place)),
      paragraphs([...said.measurements.map((item) => `${item.parameter} ${item.value}`), ...said.conflicts.map((text) => `⚠ ${text}`)]),
      [make("code", "", said.source), " ", show({ kind: "edge", id: data.owner[claim] })],
    );
  };
  const entityRow = (node) => {
    const [category] = data.category(node), about = data.entity(node);
    return row([words(picture.names[node])], words(category), String(view.seen(node).length), words(picture.others[node].split("\n").filter(Boolean).join(", ")),
      words(about.definition), [make("code", "", about.source), " ", show({ kind: "box", id: node })]);
  };
  const table = (id, caption, heads, rows, make_row) => {
    const cut = most === PRINTED && rows.length > PRINTED ? `, the first ${PRINTED.toLocaleString("en")} of them` : "";
    const body = make("tbody", ""), found = make("table", "", make("caption", "", `${caption} (${rows.length.toLocaleString("en")})${cut}`), head(...heads), body);
    let made = 0;
    const more = button("", () => {
      body.append(...rows.slice(made, made + most).map(make_row));
      made = Math.min(rows.length, made + most);
      more.textContent = `Show ${many(Math.min(SOME, rows.length - made), "more row")}`;
      more.hidden = made >= rows.length;
    });
    more.click();
    $(id).querySelector(".scroll").replaceChildren(found, more);
  };
  const TABLES = {
    claims: () => table("claims", "Visible claims", ["Claim", "Sign", "Polarity", "Certainty", "Basis", "Circumstances", "Evidence", "Values and conflicts", "Line"], view.arcs.flatMap(view.claimsOf), claimRow),
    members: () => table("members", "Visible entities", ["Entity", "Category", "Visible arrows", "Also called", "Definition", "Line"], view.nodes, entityRow),
  };
  const refresh = () => {
    for (const [id, fill] of Object.entries(TABLES)) {
      if ($(id).open) fill();
      else $(id).querySelector(".scroll").replaceChildren();
    }
  };
  for (const id of Object.keys(TABLES)) $(id).addEventListener("toggle", refresh);
  const whole = (printed) => {
    most = printed ? PRINTED : SOME;
    refresh();
  };
  return { refresh, whole };
};
