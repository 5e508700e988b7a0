// The page's data by number: entities, arcs and claims; the texts are unpacked when first asked for.
"use strict";
const exploreData = () => {
  const { $ } = elements;
  const SIGNS = ["+", "-", "0", "unsigned"], POLARITIES = ["asserted", "negated", "no data"];
  const BASES = ["document", "background"], CERTAINTIES = ["asserted", "extrapolated", "hedged"];
  const { x, y, sizes, options, palette, picture, beside } = JSON.parse($("data").textContent);
  const { source, target } = picture;
  const nodes = picture.ids.length, arcs = source.length, claims = picture.predicate.length;

  const first = new Int32Array(arcs + 1), owner = new Int32Array(claims);
  for (let arc = 0; arc < arcs; arc++) {
    first[arc + 1] = first[arc] + picture.count[arc];
    owner.fill(arc, first[arc], first[arc + 1]);
  }
  const touching = Array.from({ length: nodes }, () => []);
  for (let arc = 0; arc < arcs; arc++) {
    touching[source[arc]].push(arc);
    if (target[arc] !== source[arc]) touching[target[arc]].push(arc);
  }
  const opposite = (arc, node) => (source[arc] === node ? target[arc] : source[arc]);
  const degree = touching.map((around) => around.length);

  const basis = (claim) => picture.mark[claim] & 1;
  const certainty = (claim) => (picture.mark[claim] >> 1) & 3;
  const compares = (claim) => picture.mark[claim] >= 8;
  const sign = (claim) => SIGNS[picture.sign[owner[claim]]];

  // ---- texts ----------------------------------------------------------------------------------------------
  let packed = null;
  const details = () => (packed ??= JSON.parse($("details").textContent));
  const text = (number) => details().texts[number];
  const pairs = (flat) => Array.from({ length: flat.length / 2 }, (_, i) => [text(flat[2 * i]), text(flat[2 * i + 1])]);
  const place = (file, line) => (line ? `${text(file)}:${line}` : text(file));
  const work = ([number, title, kind, link]) => ({ number, title: text(title), kind: text(kind), link: text(link) });
  const evidence = (number) => {
    const [document, at, background, works, note] = details().places[number];
    const [, title, kind, link] = details().documents[document].map(text);
    return { title, kind, link, place: text(at), background: background === 1, cited: works.map((row) => work(details().works[row])), note: text(note) };
  };
  const value = (number) => {
    const [parameter, printed, context, places, conflicts, file, line, ends] = details().values[number];
    return {
      parameter: text(parameter), value: text(printed), context: pairs(context), places: places.map(text),
      conflicts: conflicts.map(text), source: place(file, line), ends: text(ends),
    };
  };
  const ends = (claim) => {
    const arc = owner[claim], found = [source[arc], target[arc]];
    return picture.predicates[picture.predicate[claim]][1] === "backward" ? found.reverse() : found;
  };
  const names = (claim) => ends(claim).map((node) => picture.names[node]);
  const claimId = (claim) => {
    const [subject, object] = ends(claim).map((node) => picture.ids[node]), own = text(details().claims[claim][8]);
    return own.startsWith("=") ? own.slice(1) : `${subject}.${picture.predicates[picture.predicate[claim]][2]}.${object}${own.slice(1)}`;
  };
  let numbers = null, owners = null;
  const byName = (names) => new Map(names.map((name, number) => [name, number]).reverse());
  const nodeOf = (id) => (numbers ??= byName(picture.ids)).get(id);
  const arcOf = (id) => owner[(owners ??= byName(Array.from({ length: claims }, (_, claim) => claimId(claim)))).get(id)];
  const statement = (claim) => {
    const [qualifiers, places, conflicts, values, note, than, file, line] = details().claims[claim];
    const [subject, object] = names(claim);
    return {
      subject, object, predicate: picture.predicates[picture.predicate[claim]][0], than: text(than), sign: sign(claim),
      polarity: POLARITIES[picture.polarity[owner[claim]]], certainty: CERTAINTIES[certainty(claim)], basis: BASES[basis(claim)],
      qualifiers: pairs(qualifiers), evidence: places.map(evidence), conflicts: conflicts.map(text),
      measurements: values.map(value), note: text(note), source: place(file, line),
    };
  };
  const entity = (node) => {
    const [definition, xrefs, file, line, diagrams, values] = details().entities[node];
    return {
      definition: text(definition), xrefs: xrefs.map(text), source: place(file, line),
      diagrams: diagrams.map((row) => details().diagrams[row]), values: values.map(value),
    };
  };
  return {
    x, y, sizes, palette, picture, beside, nodes, arcs, claims, first, owner, touching, opposite, degree,
    options: typeof options === "string" ? JSON.parse(options) : options,
    SIGNS, POLARITIES, BASES, CERTAINTIES, basis, certainty, compares, sign, statement, entity, claimId, nodeOf, arcOf,
    category: (node) => picture.categories[picture.category[node]],
    sentence: (claim) => {
      const [subject, object] = names(claim);
      return `${subject} ${picture.predicates[picture.predicate[claim]][0]} ${object}`;
    },
  };
};
