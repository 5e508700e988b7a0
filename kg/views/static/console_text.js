// A question as text: what must not be asked, dots as the engine reads them, and where an error is.
"use strict";
const consoleText = (prefixes) => {
  const DEEPEST = 64, LONGEST_REASON = 200;
  const FORMS = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];
  const UPDATES = ["INSERT", "DELETE", "WITH", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"];
  const TOKEN = new RegExp([
    String.raw`"{3}(?:[^"\\]|\\.|"(?!""))*"{3}`, String.raw`'{3}(?:[^'\\]|\\.|'(?!''))*'{3}`,
    String.raw`"(?:[^"\\\n]|\\.)*"`, String.raw`'(?:[^'\\\n]|\\.)*'`,
    String.raw`<[^<>"{}|^\x60\\\s]*>`, String.raw`#[^\r\n]*`, String.raw`[?$][\p{L}\p{N}_]+`,
    String.raw`_:[\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*`,
    String.raw`(?<name>(?:[A-Za-z](?:[\p{L}\p{N}_.-]{0,99}[\p{L}\p{N}_-])?)?:(?:(?:[\p{L}\p{N}_:%-]|\\.)+(?:\.(?:[\p{L}\p{N}_:%-]|\\.)+)*)?)`,
    String.raw`(?<word>[A-Za-z]+)`, String.raw`(?<open>[({\[])`, String.raw`(?<close>[)}\]])`,
  ].join("|"), "gsu");
  const parts = (name) => [name.slice(0, Math.max(name.indexOf(":"), 0)), name.slice(name.indexOf(":") + 1)];
  const tokens = (text) => [...text.matchAll(TOKEN)].filter(([token]) => !token.startsWith("#"));
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
    const [prefix, local] = parts(rest.at(-1).name ?? "");
    return local.split(".").length > 2 ? `${prefix}:${local.replaceAll(/(?<!\\)\./g, "\\.")}` : token;
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
    const found = tokens(text);
    for (const [number, { index, groups }] of found.entries()) {
      const word = (groups.word || "").toUpperCase(), reason = beyond(word, found.slice(number + 1, number + 3).map(([token]) => token));
      depth += (groups.open ? 1 : 0) - (groups.close ? 1 : 0);
      if (depth > DEEPEST) return { refused: refusal(text, index, `nested deeper than ${DEEPEST} brackets`) };
      if (reason) return { refused: refusal(text, index, reason) };
      if (form === null && FORMS.includes(word)) form = word;
    }
    return { form, sparql: head.join("") + escaped(text), names: ownNames(found) };
  };
  const ownPrefixes = (found) => Object.fromEntries(found.flatMap(({ groups }, i) => {
    const [name, address] = [found[i + 1]?.[0], found[i + 2]?.[0]];
    return (groups.word || "").toUpperCase() === "PREFIX" && name?.endsWith(":") && address ? [[name.slice(0, -1), address.slice(1, -1)]] : [];
  }));
  // The names of the project that a question uses, each with its address and with what all names under that begin with.
  const ownNames = (found) => {
    const homes = { kg: prefixes.kg, kgo: prefixes.kgo, ...ownPrefixes(found) };
    const names = [...new Set(found.map(({ groups }) => groups.name).filter(Boolean))];
    return names.flatMap((name) => {
      const [prefix, local] = parts(name), home = homes[prefix];
      return local && (home === prefixes.kg || home === prefixes.kgo) ? [{ name, prefix, home, address: home + local.replaceAll(/\\(.)/g, "$1") }] : [];
    });
  };

  // ---- errors -------------------------------------------------------------------------------------------------------
  const written = (line, before) => {
    let place = 0;
    for (const character of before) place += line[place] === character ? 1 : 0;
    return place + 1;
  };
  // What is wrong where the engine cannot know it: the first word, or the prefix of a name.
  const noForm = (found) => {
    const begun = found.find(({ groups }) => groups.word), word = begun?.[0].toUpperCase();
    if (!begun || [...FORMS, "PREFIX", "BASE"].includes(word)) return null;
    const near = UPDATES.includes(word) ? null : consoleNear.meant(word, FORMS);
    return [begun.index, `a query is a SELECT, ASK, CONSTRUCT or DESCRIBE; ${near ?? "the graph is only read"}`];
  };
  const undeclared = (found) => {
    const known = Object.keys(prefixes), declared = new Set([...known, ...Object.keys(ownPrefixes(found))]);
    const stranger = found.find(({ groups }) => groups.name && !declared.has(parts(groups.name)[0]));
    if (!stranger) return null;
    const [prefix] = parts(stranger[0]);
    if (["http", "https", "urn", "mailto"].includes(prefix.toLowerCase())) return [stranger.index, `an address stands in angle brackets: <${prefix}:…>`];
    return [stranger.index, `prefix \`${prefix}:\` is not declared; ${consoleNear.meant(prefix, known) ?? `known are ${known.sort().join(", ")}`}`];
  };
  const explained = (message, text) => {
    const found = /error at (\d+):(\d+): (.*)/s.exec(message);
    if (!found) return message;
    const number = Math.max(1, Number(found[1]) - head.length), line = lines(text)[number - 1] ?? "";
    const column = written(line, (lines(escaped(text))[number - 1] ?? "").slice(0, Number(found[2]) - 1));
    if (!text.trim()) return marked(text, number, column, "the query is empty");
    const known = noForm(tokens(text)) ?? undeclared(tokens(text));
    if (known) return refusal(text, ...known);
    const reason = lines(found[3])[0].slice(0, LONGEST_REASON);
    return marked(text, number, column, /The SELECT [^,]*/.exec(reason)?.[0] ?? reason);
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
