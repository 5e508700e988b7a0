// Makers of page elements: text goes in as text nodes, addresses only as https; never markup.
"use strict";
const elements = (() => {
  const make = (name, className, ...children) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };
  const words = (text) => make("bdi", "", text);
  const button = (className, act, ...children) => {
    const made = make("button", className, ...children);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const link = (text, address) => {
    if (!address || !/^https:\/\/[a-z0-9.-]+\//.test(address)) return words(text);
    const anchor = make("a", "", words(text));
    anchor.href = address;
    anchor.rel = "noopener noreferrer";
    anchor.target = "_blank";
    return anchor;
  };
  const chips = (...texts) => make("div", "chips", ...texts.filter(Boolean).map((text) => make("span", "chip", text)));
  const pairs = (list) => make("dl", "", ...list.flatMap(([name, value]) => [make("dt", "", name), make("dd", "", words(value))]));
  const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  return { $: (id) => document.getElementById(id), make, words, button, link, chips, pairs, many };
})();
