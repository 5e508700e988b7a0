// Claims as page elements: the claim in words, its circumstances, evidence, conflicts and values.
"use strict";
const claims = (() => {
  const { make, words, link, chips, pairs } = elements;
  const SIGNS = { "+": "sign +", "-": "sign −", 0: "no effect meant", unsigned: "direction not given" };

  const evidence = (item) => {
    const head = make("div", "", link(item.title, item.link), item.place ? `, ${item.place}` : "");
    const kind = chips(item.kind, item.background ? "background literature" : "");
    const cited = item.cited.map((work) =>
      make("li", "soft", `cites [${work.number}] `, link(work.title || "not in the list", work.link), ` (${work.kind})`),
    );
    return make("li", "", head, kind, cited.length ? make("ul", "", ...cited) : null, item.note && make("p", "soft", words(item.note)));
  };
  const warnings = (texts) => texts.map((text) => make("p", "warn", "⚠ ", words(text)));
  const value = (item) =>
    make("li", "",
      make("b", "", item.parameter), " ", words(item.value),
      make("div", "soft", words([...item.context.map((pair) => pair.join(": ")), ...item.places].join(" · "))),
      ...warnings(item.conflicts),
      make("code", "", item.source));
  const claim = (said) =>
    make("article", "claim",
      make("h3", "", words(said.subject), " ", make("i", "", words(said.predicate)), " ", words(said.object), said.than ? make("span", "", " than ", words(said.than)) : null),
      chips(`polarity: ${said.polarity}`, `certainty: ${said.certainty}`, said.basis === "document" ? "document claim" : "background step", SIGNS[said.sign]),
      said.qualifiers.length ? pairs(said.qualifiers) : null,
      make("ul", "", ...said.evidence.map(evidence)),
      ...warnings(said.conflicts),
      said.measurements.length ? make("ul", "", ...said.measurements.map(value)) : null,
      said.note && make("p", "soft", words(said.note)),
      make("code", "", said.source));
  return { claim, evidence, value, warnings, SIGNS };
})();
