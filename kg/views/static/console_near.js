// What was probably meant: the known names that look most like one, as the command line finds them.
"use strict";
const consoleNear = (() => {
  const MOST = 3, ALIKE = 0.6, LONGEST = 200;
  const fold = (name) => name.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}+]/gu, "");
  // Where the longest stretch begins that both have between the bounds, and how long it is; of equals the first.
  const stretch = (one, other, [from, to, low, high]) => {
    let best = [from, low, 0], before = [];
    for (let i = from; i < to; i++) {
      const lengths = [];
      for (let j = low; j < high; j++) {
        if (one[i] !== other[j]) continue;
        lengths[j] = (before[j - 1] ?? 0) + 1;
        if (lengths[j] > best[2]) best = [i - lengths[j] + 1, j - lengths[j] + 1, lengths[j]];
      }
      before = lengths;
    }
    return best;
  };
  const common = (one, other, [from, to, low, high]) => {
    const [i, j, size] = stretch(one, other, [from, to, low, high]);
    return size && size + common(one, other, [from, i, low, j]) + common(one, other, [i + size, to, j + size, high]);
  };
  const likeness = (one, other) => (2 * common(one, other, [0, one.length, 0, other.length])) / (one.length + other.length || 1);
  const order = (one, other) => (one < other ? 1 : one > other ? -1 : 0);
  const meant = (name, known) => {
    const key = fold(name.slice(0, LONGEST));
    const byKey = new Map([...new Set(known)].sort(order).map((other) => [fold(other), other]));
    const scored = [...byKey.keys()].map((other) => [likeness(other, key), other]).filter(([score]) => score >= ALIKE);
    scored.sort((one, other) => other[0] - one[0] || order(one[1], other[1]));
    const near = scored.slice(0, MOST).map(([, other]) => `\`${byKey.get(other)}\``);
    return near.length ? `did you mean ${near.join(" or ")}?` : null;
  };
  return { meant };
})();
