// What is visible: entities that were not closed away, claims and categories that no filter leaves out.
"use strict";
const exploreView = (data) => {
  const { picture, nodes, arcs, claims } = data, { source, target } = picture;
  const present = new Uint8Array(nodes).fill(1);
  const passes = new Uint8Array(claims), shown = new Uint8Array(nodes), drawn = new Int32Array(arcs).fill(-1);
  const seeds = new Set(picture.seeds);
  const facet = (name, labels, keys = labels) => ({ name, labels, keys, off: new Set(), counts: new Array(labels.length).fill(0) });
  const facets = {
    category: facet("Category", picture.categories.map(([label]) => label)),
    predicate: facet("Predicate", picture.predicates.map(([label]) => label), picture.predicates.map(([, , id]) => id)),
    basis: facet("Basis", ["document claim", "background step"], data.BASES),
    certainty: facet("Certainty", data.CERTAINTIES),
    polarity: facet("Polarity", data.POLARITIES),
    document: facet("Document", picture.documents.map(([id, title]) => (title === id ? id : `${id}: ${title}`)), picture.documents.map(([id]) => id)),
  };
  // Each claim has one value a facet, but for documents, whose facet comes last.
  const DOCUMENT = 4;
  const single = [
    [facets.predicate, (claim) => picture.predicate[claim]],
    [facets.basis, data.basis],
    [facets.certainty, data.certainty],
    [facets.polarity, (claim) => picture.polarity[data.owner[claim]]],
  ];
  // Returns the facets that leave a claim out, as bits.
  const fails = (claim) => {
    let failed = 0;
    for (let i = 0; i < single.length; i++) {
      const [{ off }, of] = single[i];
      if (off.size && off.has(of(claim))) failed |= 1 << i;
    }
    const said = picture.document_sets[picture.said_in[claim]], { off } = facets.document;
    if (off.size && said.length && said.every((document) => off.has(document))) failed |= 1 << DOCUMENT;
    return failed;
  };
  // A value is counted as if its own facet were not filtered: what would be there with it switched on.
  const count = (claim, failed) => {
    for (let i = 0; i < single.length; i++) if ((failed & ~(1 << i)) === 0) single[i][0].counts[single[i][1](claim)]++;
    if ((failed & ~(1 << DOCUMENT)) !== 0) return;
    for (const document of picture.document_sets[picture.said_in[claim]]) facets.document.counts[document]++;
  };
  const refresh = () => {
    for (const found of Object.values(facets)) found.counts.fill(0);
    const failing = new Uint8Array(claims), alive = new Uint8Array(nodes);
    for (let claim = 0; claim < claims; claim++) {
      failing[claim] = fails(claim);
      passes[claim] = failing[claim] ? 0 : 1;
      if (passes[claim]) alive[source[data.owner[claim]]] = alive[target[data.owner[claim]]] = 1;
    }
    for (let node = 0; node < nodes; node++) {
      const there = present[node] && (alive[node] || !data.degree[node]);
      if (there) facets.category.counts[picture.category[node]]++;
      shown[node] = there && !facets.category.off.has(picture.category[node]) ? 1 : 0;
    }
    const standing = (node) => present[node] && !facets.category.off.has(picture.category[node]);
    for (let arc = 0; arc < arcs; arc++) {
      drawn[arc] = -1;
      const open = standing(source[arc]) && standing(target[arc]);
      for (let claim = data.first[arc]; open && claim < data.first[arc + 1]; claim++) {
        count(claim, failing[claim]);
        if (passes[claim] && drawn[arc] < 0) drawn[arc] = claim;
      }
    }
    view.nodes = Array.from({ length: nodes }, (_, node) => node).filter((node) => shown[node]);
    view.arcs = Array.from({ length: arcs }, (_, arc) => arc).filter((arc) => drawn[arc] >= 0);
    view.changed();
  };
  const around = (node) => data.touching[node].map((arc) => data.opposite(arc, node)).filter((other) => other !== node);
  const seen = (node) => data.touching[node].filter((arc) => drawn[arc] >= 0);
  const view = {
    facets, nodes: [], arcs: [], present, shown, drawn, passes, refresh, changed: () => {},
    seen,
    claimsOf: (arc) => Array.from({ length: picture.count[arc] }, (_, i) => data.first[arc] + i).filter((claim) => passes[claim]),
    closed: (node) => new Set(around(node).filter((other) => !present[other])).size,
    open: (node) => {
      for (const other of [node, ...around(node)]) present[other] = 1;
      refresh();
    },
    // Closing takes away the neighbours that nothing else on the page holds; returns how many.
    close: (node) => {
      const only = (other) => seen(other).every((arc) => [node, other].includes(data.opposite(arc, other)));
      const gone = [...new Set(seen(node).map((arc) => data.opposite(arc, node)))].filter((other) => other !== node && !seeds.has(other) && only(other));
      for (const other of gone) present[other] = 0;
      if (gone.length) refresh();
      return gone.length;
    },
    only: (node) => {
      present.fill(0);
      view.open(node);
    },
    hide: (node) => {
      present[node] = 0;
      refresh();
    },
    all: () => {
      present.fill(1);
      for (const found of Object.values(facets)) found.off.clear();
      refresh();
    },
  };
  return view;
};
