// A question as text: what must not be asked, dots as the engine reads them, and where an error is.
"use strict";
const consoleText = (prefixes) => {
  const DEEPEST = 64, LONGEST_REASON = 200;
  const FORMS = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];
  const TOKEN = new RegExp([
    String.raw`"{3}(?:[^"\\]|\\.|"(?!""))*"{3}`, String.raw`'{3}(?:[^'\\]|\\.|'(?!''))*'{3}`,
    String.raw`"(?:[^"\\\n]|\\.)*"`, String.raw`'(?:[^'\\\n]|\\.)*'`,
    String.raw`<[^<>\s]*>`, String.raw`#[^\n]*`, String.raw`[?$][\p{L}\p{N}_]+`,
    String.raw`(?<name>(?:[A-Za-z][\p{L}\p{N}_-]*)?:(?:[\p{L}\p{N}_%-]+(?:\.[\p{L}\p{N}_%-]+)*)?)`,
    String.raw`(?<word>[A-Za-z]+)`, String.raw`(?<open>[({\[])`, String.raw`(?<close>[)}\]])`,
  ].join("|"), "gsu");
  const head = Object.entries(prefixes).map(([name, address]) => `PREFIX ${name}: <${address}>\n`);
  const lines = (text) => text.split(/\r\n|\r|\n/);
  const marked = (text, line, column, reason) => {
    const shown = lines(text)[Math.min(line, lines(text).length) - 1];
    return `line ${line}, column ${column}: ${reason}\n  ${shown.replaceAll("\t", " ")}\n  ${" ".repeat(column - 1)}^`;
  };
  const refusal = (text, offset, reason) => {
    const before = lines(text.slice(0, offset));
    return marked(text, before.length, before.at(-1).length + 1, reason);
  };
  const escaped = (text) => text.replace(TOKEN, (token, ...rest) => {
    const { name } = rest.at(-1);
    return name && name.split(".").length > 2 ? name.replaceAll(".", "\\.") : token;
  });

  // Why a word and what follows it would reach beyond the graph; the page has no way out, so that such a question has no answer.
  const beyond = (word, following) => {
    const behind = following.find((token) => !["SILENT", "NAMED"].includes(token.toUpperCase())) ?? "";
    if (word === "LOAD") return "LOAD is not allowed: the graph is only read";
    if (word === "SERVICE") return "SERVICE is not allowed: it asks the network";
    const foreign = behind.startsWith("<") && !behind.startsWith(`<${prefixes.kg}`);
    return word === "FROM" && foreign ? "FROM can only name a graph of this store; nothing is fetched" : null;
  };
  // The question as the engine takes it, with the form of its answer; or why it is refused.
  const read = (text) => {
    let depth = 0, form = null;
    const tokens = [...text.matchAll(TOKEN)].filter(([token]) => !token.startsWith("#"));
    for (const [number, { index, groups }] of tokens.entries()) {
      const word = (groups.word || "").toUpperCase(), reason = beyond(word, tokens.slice(number + 1, number + 3).map(([token]) => token));
      depth += (groups.open ? 1 : 0) - (groups.close ? 1 : 0);
      if (depth > DEEPEST) return { refused: refusal(text, index, `nested deeper than ${DEEPEST} brackets`) };
      if (reason) return { refused: refusal(text, index, reason) };
      if (form === null && FORMS.includes(word)) form = word;
    }
    return { form, sparql: head.join("") + escaped(text) };
  };

  // ---- errors -------------------------------------------------------------------------------------------------------
  const written = (line, before) => {
    let place = 0;
    for (const character of before) place += line[place] === character ? 1 : 0;
    return place + 1;
  };
  const prefixAt = (line, column) => [...line.slice(0, column + 1).matchAll(/([A-Za-z][\p{L}\p{N}_.-]*)?:/gu)].at(-1);
  const explained = (message, text) => {
    const found = /error at (\d+):(\d+): (.*)/s.exec(message);
    if (!found) return message;
    const number = Math.max(1, Number(found[1]) - head.length), line = lines(text)[number - 1] ?? "";
    const column = written(line, (lines(escaped(text))[number - 1] ?? "").slice(0, Number(found[2]) - 1));
    if (!text.trim()) return marked(text, number, column, "the query is empty");
    const at = message.includes("Prefix not found") ? prefixAt(line, column) : null;
    if (at) return marked(text, number, at.index + 1, `prefix \`${at[0]}\` is not declared`);
    return marked(text, number, column, lines(found[3])[0].slice(0, LONGEST_REASON));
  };

  // ---- names --------------------------------------------------------------------------------------------------------
  const longestFirst = Object.entries(prefixes).sort(([, one], [, other]) => other.length - one.length);
  const curie = (address) => {
    const found = longestFirst.find(([, start]) => address.startsWith(start));
    const rest = found ? address.slice(found[1].length) : "";
    return /^[\p{L}\p{N}_.+-]+$/u.test(rest) ? `${found[0]}:${rest}` : address;
  };
  return { read, explained, curie };
};
