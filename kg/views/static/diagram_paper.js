// A diagram's files: SVG with what the filters leave (the whole as made with the page), PNG as it is seen.
"use strict";
const diagramPaper = (page, picture, filters) => {
  const { $, many } = elements;
  const { scene } = page;
  const PLAIN = { dark: false, selection: null, hovered: null, marked: null, focused: false };
  const canvas = () => paperOf.canvas(scene.width, scene.height, 2, page.theme().paper, picture.paint);
  const filtered = () => {
    const arrows = [...page.arcs.values()].filter((edge) => edge.points.length).length;
    const about = `${page.shown.size} ${page.flow ? "steps" : "entities"}, ${many(arrows, "arrow")}. ${$("hidden-note").textContent}.`;
    const drawn = vector.picture(scene.width, scene.height, { title: scene.title, about, paper: page.theme().paper });
    picture.paint(drawn);
    return drawn.text();
  };
  const svg = () => (filters.off().length ? paperOf.having(page, PLAIN, filtered) : JSON.parse($("svg").textContent));
  paperOf({ name: scene.id, page, svg, png: canvas, paper: canvas });
};
