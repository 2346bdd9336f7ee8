// Names of authorities over the areas, as HTML: no glyph files, crisp at any size, and hidden where two would touch.
export class NameLayer {
  constructor(layer) {
    this.layer = layer;
    this.layer.setAttribute("aria-hidden", "true");
    this.items = [];
    this.place = this.place.bind(this);
  }

  follow(map) {
    this.map = map;
    map.on("move", this.place);
    map.on("resize", this.place);
  }

  stop() {
    this.map?.off("move", this.place);
  }

  use(names) {
    const written = JSON.stringify(names);
    if (written === this.written) return this.place();
    this.written = written;
    this.items = [...names]
      .sort((a, b) => a[3] - b[3])
      .map(([text, lon, lat]) => {
        const label = document.createElement("span");
        label.textContent = text;
        return { label, text, lon, lat, shown: false };
      });
    this.layer.replaceChildren(...this.items.map((item) => item.label));
    // all are measured when all are there: the browser lays the page out once
    for (const item of this.items) Object.assign(item, { width: item.label.offsetWidth, height: item.label.offsetHeight });
    this.place();
  }

  place() {
    const taken = [];
    for (const item of this.items) {
      const { x, y } = this.map.project([item.lon, item.lat]);
      const box = [x - item.width / 2 - 3, y - item.height / 2 - 1, x + item.width / 2 + 3, y + item.height / 2 + 1];
      item.shown = !taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
      item.x = x;
      item.y = y;
      item.label.style.visibility = item.shown ? "visible" : "hidden";
      if (!item.shown) continue;
      taken.push(box);
      item.label.style.transform = `translate(${Math.round(x - item.width / 2)}px, ${Math.round(y - item.height / 2)}px)`;
    }
  }
}
