// The page's address: what is seen as a fragment, put there soon after a change, and read back by Back and Forward.
"use strict";
const addressOf = ({ pairs, read }) => {
  const LONGEST = 20000, SOON = 320; // some browsers refuse a page that changes its address oftener
  const PASSING = ["at", "theme"]; // a step back undoes what was chosen, not each move of the picture
  let waiting = 0, kept = true, asked = false, known = location.hash;

  const lasting = (text) => JSON.stringify([...new URLSearchParams(text)].filter(([key]) => !PASSING.includes(key)));
  const put = () => {
    waiting = 0;
    if (location.hash !== known) return; // a step back or forward is under way and will be followed
    const now = new URLSearchParams(pairs(LONGEST)).toString(), before = location.hash.slice(1);
    const quietly = asked || lasting(now) === lasting(before);
    asked = false;
    if (!kept || now === before) return;
    try {
      history[quietly ? "replaceState" : "pushState"](null, "", now ? `#${now}` : location.href.split("#")[0]);
    } catch {
      kept = false; // a frame without an address of its own keeps no history
    }
    known = location.hash;
  };
  const write = () => { if (!waiting && document.documentElement.dataset.ready === "yes") waiting = setTimeout(put, SOON); };
  const follow = () => {
    const given = location.hash.slice(1);
    known = location.hash;
    asked = true;
    read(new URLSearchParams(given.length > LONGEST ? "" : given));
    waiting ||= setTimeout(put, SOON);
  };
  const number = (given, most) => (/^[1-9]\d{0,4}$/.test(given || "") && Number(given) <= most ? Number(given) - 1 : null);
  addEventListener("hashchange", follow);
  return { read: follow, write, number, settled: () => waiting === 0 };
};
