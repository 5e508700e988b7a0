// Shortest directed paths over what is visible, with net sign and certainty by the rules of kg/paths.py.
"use strict";
const explorePaths = (data, view) => {
  const { picture } = data, MOST = 500;
  const causal = (claim) => picture.predicates[picture.predicate[claim]][1] !== "none" && !data.compares(claim);
  const acting = (arc) => (picture.polarity[arc] === 0 && picture.source[arc] !== picture.target[arc] ? view.claimsOf(arc).filter(causal) : []);

  // Effects (or causes) of an entity, each with all claims that say so.
  const next = (node, forward) => {
    const found = new Map();
    for (const arc of view.seen(node)) {
      const [from, to] = forward ? [picture.source[arc], picture.target[arc]] : [picture.target[arc], picture.source[arc]];
      if (from !== node) continue;
      const said = acting(arc);
      if (said.length) found.set(to, [...(found.get(to) || []), ...said]);
    }
    return found;
  };
  const distances = (to, from) => {
    const away = new Map([[to, 0]]);
    for (let edge = [to]; edge.length && !away.has(from);) {
      const further = [];
      for (const node of edge) {
        for (const other of next(node, false).keys()) {
          if (away.has(other)) continue;
          away.set(other, away.get(node) + 1);
          further.push(other);
        }
      }
      edge = further;
    }
    return away;
  };
  const strength = (claim) => [data.basis(claim), data.certainty(claim), Number(data.sign(claim) === "unsigned"), claim];
  const compare = (one, other) => {
    const at = one.findIndex((part, i) => part !== other[i]);
    return at < 0 ? 0 : one[at] < other[at] ? -1 : 1;
  };
  const NEGATED = 1;
  const denials = (source, target) => view.seen(source)
    .filter((arc) => picture.polarity[arc] === NEGATED && picture.source[arc] === source && picture.target[arc] === target)
    .flatMap((arc) => view.claimsOf(arc).filter(causal).map(data.sign));
  const stepOf = (source, target, said) => {
    const sorted = said.slice().sort((one, other) => compare(strength(one), strength(other)));
    const signed = sorted.filter((claim) => ["+", "-"].includes(data.sign(claim)));
    const agreed = new Set(signed.map(data.sign)).size === 1, decisive = agreed ? signed[0] : sorted[0];
    const denied = agreed && denials(source, target).includes(data.sign(decisive));
    return { source, target, claims: sorted, sign: agreed && !denied ? data.sign(decisive) : "unknown", certainty: data.certainty(decisive), basis: data.basis(decisive) };
  };
  const pathOf = (chain) => {
    const steps = chain.slice(1).map((target, i) => stepOf(chain[i], target, next(chain[i], true).get(target)));
    const unknown = steps.some((step) => step.sign === "unknown"), minus = steps.filter((step) => step.sign === "-").length;
    return {
      nodes: chain, steps, sign: unknown ? "unknown" : minus % 2 ? "-" : "+",
      certainty: Math.max(...steps.map((step) => step.certainty)), background: steps.filter((step) => step.basis === 1).length,
    };
  };
  const rank = (path) => [path.certainty, path.background, ...path.nodes.map((node) => picture.ids[node])];

  // All paths of the least length, best first; none when the second entity cannot be reached.
  const shortest = (from, to) => {
    const away = distances(to, from), found = [];
    if (from === to || !away.has(from)) return found;
    const stack = [[from]];
    while (stack.length && found.length < MOST) {
      const chain = stack.pop(), end = chain[chain.length - 1], left = away.get(end);
      if (end === to) found.push(pathOf(chain));
      else for (const other of next(end, true).keys()) if (away.get(other) === left - 1) stack.push([...chain, other]);
    }
    return found.sort((one, other) => compare(rank(one), rank(other)));
  };
  return { shortest };
};
