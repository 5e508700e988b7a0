// Search by any name, with the hits as a list to choose from; the entities with most arrows come first.
"use strict";
const exploreSearch = (data, { show, status }) => {
  const { $, make, words, many } = elements;
  const { picture } = data, { names } = picture, MOST = 12;
  const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f\s_-]/g, "");
  let folded = null, found = [], chosen = 0;
  const hits = (text) => {
    folded ??= names.map((name, node) => [name, picture.ids[node], ...picture.others[node].split("\n")].filter(Boolean).map(plain));
    const key = plain(text), scored = [];
    for (let node = 0; key && node < data.nodes; node++) {
      const score = folded[node].includes(key) ? 0 : folded[node].some((name) => name.startsWith(key)) ? 1 : folded[node].some((name) => name.includes(key)) ? 2 : 9;
      if (score < 9) scored.push([score, node]);
    }
    return scored.sort((one, other) => one[0] - other[0] || data.degree[other[1]] - data.degree[one[1]] || one[1] - other[1]).map(([, node]) => node);
  };
  const render = () => {
    $("hits").hidden = !found.length;
    $("find").setAttribute("aria-expanded", String(found.length > 0));
    $("hits").replaceChildren(...found.slice(0, MOST).map((node, i) => {
      const row = make("li", "", words(names[node]), " ", make("span", "soft", data.category(node)[0]));
      row.id = `hit-${i}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(i === chosen));
      row.addEventListener("mousedown", (event) => { event.preventDefault(); go(node); });
      return row;
    }));
    if (found.length) $("find").setAttribute("aria-activedescendant", `hit-${chosen}`);
    else $("find").removeAttribute("aria-activedescendant");
  };
  const close = () => { found = []; render(); };
  const go = (node) => { close(); show({ kind: "box", id: node }); };
  const look = () => {
    found = hits($("find").value);
    chosen = 0;
    status($("find").value && many(found.length, "hit"));
    render();
  };
  $("find").addEventListener("input", look);
  $("find").addEventListener("blur", close);
  $("find").addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (Object.hasOwn(steps, event.key) && found.length) {
      const count = Math.min(MOST, found.length);
      chosen = (chosen + steps[event.key] + count) % count;
      render();
      event.preventDefault();
    } else if (event.key === "Enter") {
      if (!found.length) look();
      if (found.length) go(found[chosen]);
    }
  });
  return { hits, clear: () => { $("find").value = ""; close(); } };
};
