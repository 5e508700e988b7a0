// What runs in the worker, behind Oxigraph's own script: unpacks engine and graph once, then answers questions.
{
  const MOST = 50_000; // rows that are handed over; the rest is counted
  let store = null;
  const unpacked = async (text) => {
    const held = atob(text), bytes = new Uint8Array(held.length);
    for (let at = 0; at < held.length; at++) bytes[at] = held.charCodeAt(at);
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  };
  const start = async ({ code, graph }) => {
    const [module, text] = await Promise.all([
      unpacked(code).then((whole) => whole.arrayBuffer()).then(WebAssembly.compile), unpacked(graph).then((whole) => whole.text()),
    ]);
    initSync({ module });
    store = new Store();
    store.load(text, { format: "application/trig", lenient: true });
    return { size: store.size };
  };
  const term = (found) => ({
    type: { NamedNode: "uri", BlankNode: "bnode" }[found.termType] ?? "literal",
    value: found.value,
    ...(found.termType === "Literal" ? { datatype: found.datatype.value } : {}),
  });
  const triples = (quads) => ({
    names: ["subject", "predicate", "object"],
    rows: quads.slice(0, MOST).map((quad) => [quad.subject, quad.predicate, quad.object].map(term)),
    count: quads.length,
  });
  // Names that occur nowhere, each with all the names that it could have been; without numbered parts.
  const ask = (sparql) => store.query(sparql, {});
  const unknown = (names) => names.flatMap(({ name, prefix, home, address }) => {
    if (/[<>"{}|^`\\\s]/.test(address)) return [];
    const place = `<${address}>`;
    if (ask(`ASK { { ${place} ?p ?o } UNION { ?s ${place} ?o } UNION { ?s ?p ${place} } UNION { GRAPH ${place} { ?s ?p ?o } } }`)) return [];
    const rows = ask(`SELECT DISTINCT ?s { ?s a ?kind FILTER(STRSTARTS(STR(?s), "${home}")) }`);
    const locals = rows.map((row) => row.get("s").value.slice(home.length)).filter((local) => !/\.(evidence|ref)\.|#/.test(local));
    return [{ name, known: locals.map((local) => `${prefix}:${local}`) }];
  });
  const answer = ({ sparql, form, names }) => {
    const began = performance.now();
    const graph = form === "CONSTRUCT" || form === "DESCRIBE";
    const found = store.query(sparql, graph ? {} : { results_format: "application/sparql-results+json" });
    const table = graph ? triples(found) : solutions(JSON.parse(found));
    const milliseconds = performance.now() - began;
    return { ...table, milliseconds, unknown: unknown(names) };
  };
  const solutions = ({ head, boolean, results }) => {
    if (boolean !== undefined) return { boolean };
    const rows = results.bindings.slice(0, MOST).map((row) => head.vars.map((name) => (Object.hasOwn(row, name) ? row[name] : null)));
    return { names: head.vars, rows, count: results.bindings.length };
  };
  addEventListener("message", async ({ data }) => {
    try {
      postMessage(store ? answer(data) : await start(data));
    } catch (error) {
      const broken = !store || error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
      postMessage({ error: error.message, broken });
    }
  });
}
