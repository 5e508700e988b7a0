// The console: a question in SPARQL, asked of the whole graph in this page, stopped, shown and kept in the address.
"use strict";
const exploreConsole = (data, { show, changed }) => {
  const { $ } = elements;
  const LONGEST = 8000; // of a question in the address
  const { prefixes, questions } = JSON.parse($("console-data").textContent);
  const choose = (what) => {
    show(what);
    $("stage").scrollIntoView({ block: "nearest" });
  };
  const text = { ...consoleText(prefixes), home: prefixes.kg }, engine = consoleEngine(), view = consoleAnswer(data, text, choose);
  const query = $("query");
  let asked = "", kept = "", answer = null, busy = false, turn = 0; // kept: the question that the address says

  const told = (status, error = "") => {
    $("answer-status").textContent = status;
    $("query-error").textContent = error;
    $("query-error").hidden = !error;
    query.setAttribute("aria-invalid", String(Boolean(error)));
  };
  const working = (now) => {
    busy = now;
    $("ask").disabled = now;
    $("stop").disabled = !now;
    $("save-csv").disabled = now || !answer?.names;
  };
  const failed = (error) => {
    if (error.message === "stopped") return told("stopped; the next question starts the engine anew");
    return told("no answer", error.broken ? `the engine broke down and will start anew: ${error.message}` : text.explained(error.message, asked));
  };
  const hint = ({ name, known }) => [`${name} is not in the graph`, consoleNear.meant(name, known)].filter(Boolean).join("; ");
  const ask = async () => {
    if (busy) return;
    const mine = ++turn, { refused, form, sparql, names } = text.read(query.value);
    asked = kept = query.value;
    answer = null;
    view.draw(null);
    changed();
    if (refused) {
      told("not asked", refused);
      return;
    }
    working(true);
    told("asking…");
    const seconds = Number($("limit").value), over = `stopped after ${seconds} s; the next question starts the engine anew`;
    const clock = seconds ? setTimeout(() => { if (mine === turn) engine.stop(over); }, 1000 * seconds) : 0;
    try {
      answer = await engine.ask({ sparql, form, names });
      view.draw(answer);
      told([view.summary(answer), ...answer.unknown.map(hint)].join("; "));
    } catch (error) {
      if (mine === turn) error.message === over ? told(over) : failed(error);
    }
    clearTimeout(clock);
    if (mine === turn) working(false);
  };
  const open = () => {
    $("console").open = true;
    engine.start().catch(failed);
  };
  const put = (question) => {
    query.value = question;
    query.scrollTop = 0;
  };

  $("console").querySelector("summary").addEventListener("click", () => engine.start().catch(failed));
  $("to-console").addEventListener("click", () => {
    open();
    query.focus();
    $("console").scrollIntoView({ block: "nearest" });
  });
  $("ask").addEventListener("click", ask);
  $("stop").addEventListener("click", () => {
    engine.stop();
    query.focus();
  });
  $("save-csv").addEventListener("click", () => paperOf.save(new Blob([view.csv(answer)], { type: "text/csv" }), $("title").textContent, "csv"));
  $("examples").addEventListener("change", ({ target }) => {
    if (!target.value || busy) return;
    put(questions[Number(target.value)][1]);
    ask();
  });
  query.addEventListener("input", () => { $("examples").value = ""; });
  $("console").addEventListener("keydown", (event) => {
    event.stopPropagation(); // the keys of the picture are letters here
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    ask();
  });
  put(questions[0][1]);

  const pairs = () => (kept && encodeURIComponent(kept).length <= LONGEST ? [["query", kept]] : []);
  const read = (given) => {
    if (given === kept) return;
    kept = given ?? "";
    if (!given) return;
    if (busy) engine.stop();
    busy = false;
    put(given);
    open();
    ask();
  };
  return { ask, put, open, pairs, read, engine, csv: () => view.csv(answer), answer: () => answer, busy: () => busy };
};
