// The legend inside the map, in words and numbers; the same entries are drawn again in the saved picture.
import { drawMark } from "./paint.js";

function add(parent, kind, className, text) {
  const made = document.createElement(kind);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  parent.appendChild(made);
  return made;
}

export function listedClasses(data) {
  return data.cross ? data.classes.slice(data.cross.size ** 2) : data.classes;
}

export function drawLegend(box, data, toggle) {
  const wanted = JSON.stringify([data.classes, data.cross, data.kinds, data.words]);
  if (box.dataset.wanted === wanted) return;
  box.dataset.wanted = wanted;
  box.replaceChildren();
  add(box, "p", "cl-legend-title", data.words.legend_title);
  if (data.cross) square(box, data);
  const list = add(box, "ul");
  for (const each of listedClasses(data)) {
    const item = add(list, "li");
    const swatch = add(item, "span", `cl-swatch cl-${each.pattern}`);
    swatch.style.backgroundColor = each.colour;
    add(item, "span", "", each.label);
  }
  if (data.kinds.length) marks(box, data, toggle);
  if (data.words.legend_note) add(box, "p", "cl-legend-note", data.words.legend_note);
  reachable(box);
}

// A legend that is longer than a small map scrolls; the keyboard must reach it.
export function reachable(box) {
  if (box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}

function marks(box, data, toggle) {
  const label = add(box, "label", "cl-legend-title cl-toggle");
  const tick = add(label, "input");
  tick.type = "checkbox";
  tick.checked = toggle.shown;
  add(label, "span", "", data.words.marks_title);
  const list = add(box, "ul");
  list.hidden = !toggle.shown;
  tick.addEventListener("change", () => {
    list.hidden = !tick.checked;
    toggle.change(tick.checked);
  });
  for (const kind of data.kinds) {
    const item = add(list, "li");
    const canvas = add(item, "canvas", "cl-mark");
    canvas.width = 36;
    canvas.height = 36;
    canvas.setAttribute("aria-hidden", "true");
    drawMark(canvas.getContext("2d"), kind.shape, kind.colour, 18, 18, 12);
    add(item, "span", "", kind.label);
  }
}

function square(box, data) {
  const { size, across, up, low, high } = data.cross;
  const figure = add(box, "div", "cl-cross");
  add(figure, "span", "cl-cross-up", `${up} →`);
  const grid = add(figure, "div", "cl-cross-grid");
  grid.style.gridTemplateColumns = `repeat(${size}, 1fr)`;
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let column = 0; column < size; column += 1) {
      const each = data.classes[row * size + column];
      const cell = add(grid, "span", "cl-cross-cell");
      cell.style.backgroundColor = each.colour;
      cell.title = each.label;
      add(cell, "span", "cl-unseen", each.label);
    }
  }
  const ends = add(figure, "div", "cl-cross-ends");
  add(ends, "span", "", low);
  add(ends, "span", "", high);
  add(figure, "span", "cl-cross-across", `${across} →`);
}
