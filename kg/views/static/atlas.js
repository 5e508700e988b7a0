// The atlas: an index of the diagrams, one of them open in a frame of its own, tables that a word narrows.
"use strict";
(() => {
  const { $, make, words, button } = elements;
  const read = (id) => JSON.parse($(id).textContent);
  const sheets = read("sheets"), shared = read("shared");
  const order = sheets.map((sheet) => sheet.id);
  let current = null;

  // What every page shares is put back where its own text left an empty element for it.
  const STYLE = "<style data-shared></style>";
  const whole = (html) => html
    .replace(STYLE, () => `<style>${shared.style}</style>`)
    .replace(/<script data-shared="(\d+)"><\/script>/g, (_, number) => `<script>${shared.codes[Number(number)]}</script>`);

  const picture = (sheet) => {
    const svg = new DOMParser().parseFromString(sheet.html.replace(STYLE, ""), "text/html").getElementById("svg");
    const image = make("img", "");
    image.alt = "";
    image.src = URL.createObjectURL(new Blob([JSON.parse(svg.textContent)], { type: "image/svg+xml" }));
    return image;
  };
  const cards = () => {
    for (const sheet of sheets) {
      const card = button("card", () => go(sheet.id), picture(sheet), make("b", "", words(sheet.title)), make("span", "soft", words(sheet.subtitle)));
      $(sheet.kind === "workflow" ? "workflows" : "mechanisms").append(make("li", "", card));
    }
    for (const kind of ["mechanisms", "workflows"]) $(kind).parentElement.hidden = !$(kind).children.length;
  };

  const open = (id) => {
    current = order.includes(id) ? id : null;
    $("index").hidden = current !== null;
    $("stage").hidden = current === null;
    $("choice").value = current ?? "";
    for (const [name, step] of [["back", -1], ["next", 1]]) $(name).disabled = current === null || !(order.indexOf(current) + step in order);
    const sheet = sheets.find((item) => item.id === current);
    document.title = sheet ? sheet.title : "Atlas of mechanisms";
    $("stage").replaceChildren();
    if (!sheet) return;
    const frame = make("iframe", "");
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-downloads");
    frame.title = sheet.title;
    frame.srcdoc = whole(sheet.html);
    $("stage").append(frame);
  };
  const asked = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  };
  const go = (id) => {
    const wanted = id ? `#${encodeURIComponent(id)}` : "#";
    if (location.hash === wanted) return;
    location.hash = wanted;
  };

  for (const sheet of sheets) {
    const option = make("option", "", sheet.title);
    option.value = sheet.id;
    $("choice").append(option);
  }
  $("choice").addEventListener("change", () => go($("choice").value));
  $("home").addEventListener("click", () => go(""));
  $("back").addEventListener("click", () => go(order[order.indexOf(current) - 1]));
  $("next").addEventListener("click", () => go(order[order.indexOf(current) + 1]));
  addEventListener("hashchange", () => open(asked()));

  for (const narrow of document.querySelectorAll("input[data-table]")) {
    const rows = [...$(narrow.dataset.table).tBodies[0].rows].map((row) => [row, row.textContent.toLowerCase()]);
    narrow.addEventListener("input", () => {
      const wanted = narrow.value.trim().toLowerCase();
      for (const [row, text] of rows) row.hidden = !text.includes(wanted);
    });
  }
  for (const place of document.querySelectorAll("button[data-sheet]")) {
    place.addEventListener("click", () => { go(place.dataset.sheet); scrollTo(0, 0); });
  }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => { document.documentElement.dataset.theme = dark.matches ? "dark" : "light"; };
  dark.addEventListener("change", paint);
  paint();
  cards();
  open(asked());
  document.documentElement.dataset.ready = "yes";
})();
