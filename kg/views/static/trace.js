// Directed simple paths between two entities over what is visible, with their net sign: the rules of kg/paths.py.
"use strict";
const traceOf = (page, { longest = 10, most = 200, effort = 200000 } = {}) => {
  const { CERTAINTIES, byOrder, byStrength } = page;

  // Claims by cause and effect; one that names no action, is denied, or compares three things is no arrow.
  const arrows = () => {
    const found = new Map();
    for (const edge of page.arcs.values()) {
      const said = edge.statements.filter((item) => item.acts && item.polarity === "asserted" && !item.than);
      if (!said.length || edge.source === edge.target) continue;
      if (!found.has(edge.source)) found.set(edge.source, new Map());
      const effects = found.get(edge.source), known = effects.get(edge.target) || { said: [], arcs: [] };
      effects.set(edge.target, { said: [...known.said, ...said].sort(byStrength), arcs: [...known.arcs, edge.id] });
    }
    for (const edge of page.arcs.values()) {
      const step = found.get(edge.source)?.get(edge.target);
      if (step) step.denied = [...(step.denied || []), ...edge.statements.filter((item) => item.acts && item.polarity === "negated" && !item.than)];
    }
    return new Map([...found].map(([cause, effects]) => [cause, new Map([...effects].sort(([a], [b]) => (a < b ? -1 : 1)))]));
  };

  // Parallel claims are one step; it has a sign only if those of them that are signed agree and none denies it.
  const step = (source, target, { said, arcs, denied }) => {
    const signed = said.filter((item) => item.sign === "+" || item.sign === "-");
    const agreed = new Set(signed.map((item) => item.sign)).size === 1, decisive = agreed ? signed[0] : said[0];
    const names = [...new Set(said.map((item) => `«${item.predicate}»`))].join(", ");
    const refused = agreed && denied.some((item) => item.sign === decisive.sign);
    const why = refused ? "tested elsewhere, no effect" : agreed ? "" : signed.length ? "its claims disagree" : `${names} gives no sign`;
    return { source, target, said, arcs, why, sign: agreed && !refused ? decisive.sign : "unknown", certainty: decisive.certainty, basis: decisive.basis };
  };
  const netSign = (steps) => {
    if (steps.some((item) => item.sign === "unknown")) return "unknown";
    return steps.filter((item) => item.sign === "-").length % 2 ? "-" : "+";
  };
  const path = (graph, nodes) => {
    const steps = nodes.slice(1).map((node, i) => step(nodes[i], node, graph.get(nodes[i]).get(node)));
    const bases = [...new Set(steps.map((item) => item.basis))];
    return {
      nodes,
      steps,
      sign: netSign(steps),
      certainty: CERTAINTIES[Math.max(...steps.map((item) => CERTAINTIES.indexOf(item.certainty)))],
      basis: bases.length > 1 ? "mixed" : bases[0],
      withheld: steps.filter((item) => item.sign === "unknown"),
    };
  };
  const rank = ({ nodes, steps, certainty }) => [steps.length, CERTAINTIES.indexOf(certainty), steps.filter((item) => item.basis === "background").length, ...nodes];

  const distances = (graph, target) => {
    const distance = new Map([[target, 0]]);
    for (let steps = 1, grown = true; grown && steps <= longest; steps++) {
      const reached = [...graph].filter(([cause, effects]) => !distance.has(cause) && [...effects.keys()].some((effect) => distance.has(effect)));
      for (const [cause] of reached) distance.set(cause, steps);
      grown = reached.length > 0;
    }
    return distance;
  };

  // Shorter lengths first, so that where the search is cut the shortest paths are there.
  const find = (source, target) => {
    const graph = arrows(), distance = distances(graph, target), found = [];
    let left = effort, whole = true;
    const walk = (chain, steps) => {
      for (const effect of (graph.get(chain[chain.length - 1]) || new Map()).keys()) {
        if (!whole) return;
        if (effect === target) {
          if (steps === 1 && found.length < most) found.push(path(graph, [...chain, effect]));
          else if (steps === 1) whole = false;
        } else if (!chain.includes(effect) && distance.has(effect) && distance.get(effect) < steps) {
          whole = left-- > 0;
          walk([...chain, effect], steps - 1);
        }
      }
    };
    for (let steps = 1; source !== target && steps <= longest && whole; steps++) walk([source], steps);
    found.sort((one, other) => byOrder(rank(one), rank(other)));
    return { source, target, paths: found, whole, longest };
  };
  return { find };
};
