// The engine in a worker of this page: made when first asked, ended when stopped or broken, and then made anew.
"use strict";
const consoleEngine = () => {
  const { $ } = elements;
  let worker = null, ready = null, give = null; // give: how whoever waits is told that there will be no answer
  let stops = 0; // what began before a stop does not go on after it, though it was not yet with the worker
  const unpacked = (id) => {
    const bytes = Uint8Array.from(atob($(id).textContent), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  };
  const stop = (reason = "stopped") => {
    stops++;
    worker?.terminate();
    worker = ready = null;
    give?.(new Error(reason));
    give = null;
  };
  const sent = (message) => new Promise((resolve, reject) => {
    give = reject;
    worker.onmessage = ({ data }) => {
      give = null;
      if (data.broken) stop();
      if (data.error === undefined) resolve(data);
      else reject(Object.assign(new Error(data.error), { broken: data.broken }));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      stop(event.message || "the worker could not be started");
    };
    worker.postMessage(message);
  });
  const begin = async () => {
    if (typeof DecompressionStream !== "function" || typeof WebAssembly !== "object") throw new Error("this browser is too old: it cannot unpack or run the engine");
    const before = stops, source = await unpacked("console-worker");
    if (stops !== before) throw new Error("stopped");
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    worker = new Worker(address);
    try {
      return await sent({ code: $("console-code").textContent, graph: $("console-graph").textContent });
    } finally {
      URL.revokeObjectURL(address);
    }
  };
  const start = () => {
    if (ready) return ready;
    const mine = begin();
    ready = mine;
    mine.catch(() => { if (ready === mine) ready = null; });
    return mine;
  };
  const ask = async (question) => {
    const before = stops;
    await start();
    if (stops !== before) throw new Error("stopped");
    return sent(question);
  };
  return { start, ask, stop };
};
