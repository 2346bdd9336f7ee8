// The box beside the pointer: name, class in words, and the lines that the page wrote. Text only, never markup.
import { nameOf } from "./geometry.js";
import { showPointed, AREAS, MARKS } from "./paint.js";

export class HoverBox {
  constructor(box) {
    this.box = box;
    this.box.hidden = true;
    this.number = null;
  }

  follow(map, owner) {
    this.map = map;
    this.owner = owner;
    map.on("mousemove", (event) => this.move(event.point));
    map.on("mouseout", () => this.leave());
    map.on("movestart", () => this.leave());
  }

  use(data, areas) {
    this.data = data;
    this.areas = areas;
    this.classOf = Uint8Array.from(atob(data.classOf), (letter) => letter.charCodeAt(0));
    this.lines = data.hover.map(({ template, columns }) => ({
      template,
      columns: columns.map(({ words, width, index }) => ({ words, index: numbers(index, width) })),
    }));
    this.leave();
  }

  move(point) {
    if (!this.data) return;
    const layers = this.map.getLayer(MARKS) ? [AREAS, MARKS] : [AREAS];
    const found = this.map.queryRenderedFeatures(point, { layers });
    const area = found.find((each) => each.layer.id === AREAS);
    const marks = found.filter((each) => each.layer.id === MARKS);
    // Just after a change of layer the old areas may still be on the screen.
    if (!area || !this.areas.features[area.id]) return this.leave();
    this.map.getCanvas().style.cursor = "pointer";
    const written = `${area.id}|${marks.map((each) => each.properties.kind)}`;
    if (written !== this.written) {
      this.written = written;
      if (area.id !== this.number) showPointed(this.map, this.areas, area.id);
      this.number = area.id;
      this.write(area.id, marks);
      this.box.hidden = false;
    }
    this.put(point);
  }

  write(number, marks) {
    const { data, areas } = this;
    const lines = [
      ["cl-hover-name", nameOf(areas, number, data.geometry)],
      ["cl-hover-class", data.classes[this.classOf[number]].label],
    ];
    for (const { template, columns } of this.lines) {
      // the number that stands for no word lies past the end of the words
      const words = columns.map(({ words: list, index }) => list[index[number]] ?? null);
      if (!words.includes(null)) lines.push(["cl-hover-line", template.replace(/\{(\d)\}/g, (_, place) => words[place])]);
    }
    for (const { properties: mark } of marks) {
      const kind = data.kinds.find((each) => each.kind_id === mark.kind);
      if (kind) lines.push(["cl-hover-line", `${kind.label}: ${mark.count}`]);
    }
    this.box.replaceChildren(
      ...lines.map(([className, text]) => {
        const line = document.createElement("p");
        line.className = className;
        line.textContent = text;
        return line;
      }),
    );
  }

  put({ x, y }) {
    const frame = this.map.getContainer();
    const left = x + 16 + this.box.offsetWidth > frame.clientWidth ? x - 16 - this.box.offsetWidth : x + 16;
    const top = Math.min(y + 12, frame.clientHeight - this.box.offsetHeight - 4);
    this.box.style.transform = `translate(${Math.round(Math.max(left, 2))}px, ${Math.round(Math.max(top, 2))}px)`;
  }

  leave() {
    if (this.number !== null) showPointed(this.map, this.areas, null);
    if (this.map) this.map.getCanvas().style.cursor = "";
    this.number = null;
    this.written = "";
    this.box.hidden = true;
  }
}

function numbers(base64, width) {
  const raw = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  if (width === 1) return raw;
  return Uint16Array.from({ length: raw.length / 2 }, (_, i) => raw[2 * i] | (raw[2 * i + 1] << 8));
}
