// The query editor: completes names, runs the query, shows the answer, keeps the query in the address.
"use strict";
(() => {
  const { $, make, words, link } = elements;
  const HOME = "https://w3id.org/drug-mechanisms/", WORDS = `${HOME}ontology#`;
  const SHOWN = 2000;
  const query = $("query"), names = $("names");
  let running = null, asked = 0, chosen = -1;

  const saved = () => { try { return decodeURIComponent(location.hash.slice(3)); } catch { return ""; } };
  const open = () => {
    if (location.hash.startsWith("#q=")) query.value = saved();
    if (!query.value) query.value = $("examples").options[1]?.value ?? "";
  };

  const typed = () => query.value.slice(0, query.selectionStart).match(/(?:[A-Za-z][\w-]*)?:?[\w.-]*$/)[0];
  const close = () => { names.hidden = true; names.replaceChildren(); chosen = -1; };
  const choose = (at) => {
    const rows = [...names.children];
    chosen = (at + rows.length) % rows.length;
    rows.forEach((row, number) => row.setAttribute("aria-selected", String(number === chosen)));
    rows[chosen].scrollIntoView({ block: "nearest" });
  };
  const take = (name) => {
    const end = query.selectionStart;
    query.setRangeText(name, end - typed().length, end, "end");
    close();
    query.focus();
    if (name.endsWith(":")) suggest();
  };
  const suggest = async () => {
    const text = typed(), turn = ++asked;
    if (text.length < 2) return close();
    let found;
    try {
      found = await fetch(`/api/complete?text=${encodeURIComponent(text)}`).then((answer) => answer.ok ? answer.json() : { items: [] });
    } catch { return close(); }
    if (turn !== asked || text !== typed()) return;
    close();
    for (const row of found.items.filter((item) => item.name !== text)) {
      const line = make("li", "", make("code", "", row.name), words(row.label));
      line.setAttribute("role", "option");
      line.addEventListener("mousedown", (event) => { event.preventDefault(); take(row.name); });
      names.append(line);
    }
    names.hidden = !names.children.length;
    if (!names.hidden) choose(0);
  };

  const address = (value) => {
    if (!value.startsWith(HOME) || value.startsWith(WORDS)) return null;
    return `/resource/${encodeURIComponent(value.slice(HOME.length))}`;
  };
  const short = (value) => value.startsWith(WORDS) ? `kgo:${value.slice(WORDS.length)}` : value.startsWith(HOME) ? `kg:${value.slice(HOME.length)}` : value;
  const cell = (term) => {
    if (!term) return "";
    if (term.type !== "uri") return words(term.type === "bnode" ? `_:${term.value}` : term.value);
    const home = address(term.value);
    if (!home) return term.value.startsWith(WORDS) ? words(short(term.value)) : link(term.value, term.value);
    const anchor = make("a", "", words(short(term.value)));
    anchor.href = home;
    return anchor;
  };
  const table = (found) => {
    const head = make("tr", "", ...found.head.vars.map((name) => make("th", "", name)));
    const rows = found.results.bindings;
    const lines = rows.slice(0, SHOWN).map((row) => make("tr", "", ...found.head.vars.map((name) => make("td", "", cell(row[name])))));
    $("told").textContent = `${rows.length} ${rows.length === 1 ? "row" : "rows"}${rows.length > SHOWN ? `, the first ${SHOWN} shown` : ""}${$("told").textContent}`;
    return make("table", "", make("thead", "", head), make("tbody", "", ...lines));
  };
  const show = async (answer) => {
    const hint = answer.headers.get("X-Hint");
    $("told").textContent = hint ? ` (${decodeURIComponent(hint)})` : "";
    if (answer.headers.get("Content-Type").startsWith("text/turtle")) return make("pre", "", await answer.text());
    const found = await answer.json();
    return "boolean" in found ? make("p", "", found.boolean ? "yes" : "no") : table(found);
  };
  const ask = (accept, signal) => fetch("/sparql", {
    method: "POST", signal, body: query.value,
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
  });
  const guarded = async (act) => {
    running?.abort();
    const mine = running = new AbortController();
    history.replaceState(null, "", `#q=${encodeURIComponent(query.value)}`);
    $("stop").disabled = false;
    $("fault").hidden = true;
    $("told").textContent = "…";
    try {
      await act(mine.signal);
    } catch (error) {
      $("told").textContent = "";
      if (error.name === "AbortError") return;
      $("fault").textContent = String(error.message ?? error);
      $("fault").hidden = false;
    } finally {
      if (running === mine) { running = null; $("stop").disabled = true; document.documentElement.dataset.answered = String(Date.now()); }
    }
  };
  const sound = async (answer) => {
    if (!answer.ok) throw new Error((await answer.text()).trimEnd());
    return answer;
  };
  const run = () => guarded(async (signal) => {
    close();
    $("answer").replaceChildren();
    const answer = await sound(await ask("application/sparql-results+json, text/turtle;q=0.9", signal));
    $("answer").replaceChildren(await show(answer));
  });
  const save = (form) => guarded(async (signal) => {
    const answer = await sound(await ask(form, signal));
    const anchor = make("a");
    anchor.href = URL.createObjectURL(await answer.blob());
    anchor.download = `answer.${{ "text/csv": "csv", "text/turtle": "ttl" }[form] ?? "json"}`;
    anchor.click();
    URL.revokeObjectURL(anchor.href);
    $("told").textContent = "";
  });

  query.addEventListener("input", suggest);
  query.addEventListener("blur", close);
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); return; }
    if (names.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); choose(chosen + step); }
    if (event.key === "Tab") { event.preventDefault(); take(names.children[chosen].firstChild.textContent); }
    if (event.key === "Escape") close();
  });
  $("run").addEventListener("click", run);
  $("stop").addEventListener("click", () => running?.abort());
  $("examples").addEventListener("change", (event) => { if (event.target.value) { query.value = event.target.value; run(); } });
  $("form").addEventListener("change", (event) => { if (event.target.value) save(event.target.value); event.target.value = ""; });
  window.addEventListener("hashchange", open);
  open();
  if (location.hash.startsWith("#q=")) run();
  document.documentElement.dataset.ready = "yes";
})();
