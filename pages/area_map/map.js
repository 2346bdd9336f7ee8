// One map for each place on the page: made once, then only repainted. Streamlit calls draw() with every run; where the
// layer of a choice is a file, the map is painted at the choice and the run follows with what it alone knows.
import { Ahead } from "./ahead.js";
import { fetchLayer } from "./layers.js";
import { loadLibrary, loadStyles } from "./library.js";
import { drawLegend, reachable } from "./legend.js";
import { NameLayer } from "./names.js";
import { addImages, drawnStyle, fadeMarks, paintClasses, paintMarks, showPicked, AREAS, MARKS } from "./paint.js";
import { printable } from "./printed.js";
import { savePicture } from "./picture.js";
import { drawStill } from "./still.js";
import { HoverBox } from "./hover.js";
import { AreaSearch } from "./search.js";

const NARROW_PX = 640;
const maps = new WeakMap();

export async function draw({ data, parentElement, setTriggerValue }) {
  let one = maps.get(parentElement);
  if (!one) {
    one = new NeedMap(parentElement);
    maps.set(parentElement, one);
  }
  one.pick = (code) => setTriggerValue("pick", code);
  one.tellDrawn = () => setTriggerValue("drawn", true);
  // Streamlit may deliver an older call late, or the same one twice.
  if (!one.data || data.turn > one.data.turn || one.host.dataset.mapState === "failed") one.show(data);
  return () => {
    maps.delete(parentElement);
    one.close();
  };
}

function element(kind, className, parent) {
  const made = document.createElement(kind);
  made.className = className;
  parent.appendChild(made);
  return made;
}

class NeedMap {
  constructor(parent) {
    this.host = element("div", "cl-map", parent);
    const bar = element("div", "cl-bar", this.host);
    this.search = new AreaSearch(element("div", "cl-search", bar));
    this.tools = element("div", "cl-tools", bar);
    const stage = element("div", "cl-stage", this.host);
    this.frame = element("div", "cl-frame", stage);
    this.names = new NameLayer(element("div", "cl-names", stage));
    this.legend = element("div", "cl-legend", stage);
    this.source = element("p", "cl-source", stage);
    this.message = element("p", "cl-message", stage);
    this.message.setAttribute("role", "status");
    this.coming = element("p", "cl-coming", stage);
    this.coming.setAttribute("role", "status");
    this.description = element("p", "cl-unseen", this.host);
    this.description.id = `cl-description-${Math.random().toString(36).slice(2)}`;
    this.hover = new HoverBox(element("div", "cl-hover", stage));
    // Where the map is given little width the legend stands under it; elsewhere it lies over the sea.
    this.fit = () => {
      this.host.classList.toggle("cl-narrow", this.host.clientWidth > 0 && this.host.clientWidth <= NARROW_PX);
      reachable(this.legend);
    };
    this.width = new ResizeObserver(this.fit);
    this.width.observe(this.host);
    this.fit();
    this.version = 0;
    this.marksShown = true;
    this.queue = Promise.resolve();
    this.ahead = new Ahead((layer) => this.choose(layer));
    this.host.dataset.mapState = "busy";
    this.host.dataset.version = "0";
  }

  // The server's answer. One that is older than what the boxes show by now is kept, and the map does not go back to it.
  show(data) {
    this.data = data;
    if (this.ahead.use(data.ahead)) this.ask({ layer: data.layer, isAhead: false });
  }

  // A choice that the server has not answered yet; null: what it answered last.
  choose(layer) {
    this.ask({ layer: layer ?? this.data.layer, isAhead: layer !== null });
  }

  // Changes are drawn one after another; of those that wait, only the newest is drawn.
  ask(wish) {
    this.wish = wish;
    this.host.dataset.mapState = "busy";
    this.host.style.setProperty("--cl-height", `${this.data.height}px`);
    this.queue = this.queue.then(() => (this.wish === wish ? this.render(wish) : undefined));
  }

  async render(wish) {
    const { data } = this;
    try {
      this.styles ??= loadStyles(this.host, [data.library.css, data.style]);
      const [layer] = await Promise.all([fetchLayer(wish.layer), this.styles]);
      const { content, areas, outlines } = layer;
      if (this.closed || this.wish !== wish) return;
      // what depends on who looks belongs to the choice that the server answered
      const view = { ...data, ...content, ...(wish.isAhead ? { marks: [] } : {}) };
      this.view = view;
      this.coming.textContent = wish.isAhead ? data.ahead.said : "";
      this.writeWords(view);
      if (areas.fingerprint !== view.geometry.fingerprint) return this.fail("failed", view.words.not_matching);
      this.areas = areas;
      if (!this.map) await this.showStill(layer, view);
      if (view.words.search) this.search.use(view, areas, (code) => this.pick(code));
      const library = await loadLibrary(data.library.js);
      if (this.closed || this.wish !== wish) return;
      if (!this.map && !this.open(library, view, outlines)) return;
      await this.styleReady;
      this.paint(view, outlines, wish);
    } catch (error) {
      console.error("Clear Link map:", error);
      // a choice that cannot be painted ahead waits for the server
      if (!wish.isAhead) this.fail("failed", data.notLoaded);
    }
  }

  // Seen before the map is made, which takes the browser a while: the promise is kept when the picture is on the screen.
  showStill(layer, view) {
    this.still?.remove();
    this.still = drawStill(this.frame, layer, view, bytes(view.classOf), view.focus ?? this.areas.bounds, this.padding());
    const shown = new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
    // a page in the background draws nothing, and waits for nothing
    return Promise.race([shown, new Promise((go) => setTimeout(go, 100))]);
  }

  open(library, data, outlines) {
    const box = data.focus ?? this.areas.bounds;
    try {
      this.map = new library.Map({
        container: this.frame,
        style: drawnStyle(this.areas, outlines, data, this.marksShown),
        bounds: [[box[0], box[1]], [box[2], box[3]]],
        fitBoundsOptions: { padding: this.padding() },
        attributionControl: false,
        dragRotate: false,
        touchPitch: false,
        pitchWithRotate: false,
        renderWorldCopies: false,
        fadeDuration: 0,
        minZoom: 4,
        maxZoom: 15,
        cooperativeGestures: true,
        locale: {
          "Map.Title": data.words.label,
          "CooperativeGesturesHandler.WindowsHelpText": data.words.scroll_hint,
          "CooperativeGesturesHandler.MacHelpText": data.words.scroll_hint_mac,
          "CooperativeGesturesHandler.MobileHelpText": data.words.touch_hint,
        },
      });
      printable(this.map, this.frame);
    } catch (error) {
      console.warn("Clear Link map: no WebGL.", error);
      this.fail("unavailable", data.words.no_webgl);
      return false;
    }
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.painted = { url: data.geometry.url, outlines: data.outlines, focus: JSON.stringify(data.focus) };
    // Pictures and classes are there before the first area is cut, so that nothing is cut twice.
    this.styleReady = new Promise((ready) => {
      this.map.once("style.load", () => {
        addImages(this.map, data.kinds);
        this.painted.classOf = paintClasses(this.map, data.classes, bytes(data.classOf), null);
        ready();
      });
    });
    this.names.follow(this.map);
    this.hover.follow(this.map, this);
    this.map.on("click", (event) => {
      const code = this.codeAt(event.point);
      if (!code) return;
      showPicked(this.map, this.areas, code);
      this.pick(code);
    });
    return true;
  }

  paint(data, outlines, wish) {
    const map = this.map;
    if (this.painted.url !== data.geometry.url) {
      map.removeFeatureState({ source: AREAS });
      map.getSource(AREAS).setData(this.areas.collection);
      this.painted.classOf = { ...this.painted.classOf, classOf: [] };
      this.painted.url = data.geometry.url;
    }
    if (this.painted.outlines !== data.outlines && outlines) {
      map.getSource("outlines").setData(outlines.collection);
      this.painted.outlines = data.outlines;
    }
    // The marks go first: the map's worker places them while the colours change.
    addImages(map, data.kinds);
    if (wish.isAhead) fadeMarks(map, true);
    else paintMarks(map, this.areas, data, this.marksShown);
    this.painted.classOf = paintClasses(map, data.classes, bytes(data.classOf), this.painted.classOf);
    this.hover.use(data, this.areas);
    showPicked(map, this.areas, data.selected);
    this.names.use(data.names);
    const focus = JSON.stringify(data.focus);
    if (focus !== this.painted.focus) {
      this.painted.focus = focus;
      this.goTo(data.focus ?? this.areas.bounds);
    }
    this.message.textContent = "";
    map.once("idle", () => {
      if (this.wish !== wish) return;
      if (!wish.isAhead) fadeMarks(map, false);
      this.settle(wish.isAhead ? "ahead" : "idle");
      if (!wish.isAhead) this.ahead.prepare();
    });
    map.triggerRepaint();
  }

  writeWords(data) {
    const { words } = data;
    this.description.textContent = words.description;
    this.source.textContent = words.source;
    // all that takes room stands before the view is fitted into what is left
    this.search.box.hidden = !words.search;
    this.search.label.textContent = words.search;
    const toggle = data.kinds.length ? { shown: this.marksShown, change: (shown) => this.showMarks(shown) } : null;
    drawLegend(this.legend, data, toggle);
    this.writeTools(words);
    const canvas = this.frame.querySelector("canvas");
    canvas?.setAttribute("aria-label", words.label);
    canvas?.setAttribute("aria-describedby", this.description.id);
  }

  writeTools(words) {
    const tools = [
      ["+", words.zoom_in, () => this.map?.zoomIn(this.motion())],
      ["−", words.zoom_out, () => this.map?.zoomOut(this.motion())],
      [words.whole, words.whole, () => this.goTo(this.areas.bounds)],
      [words.save_picture, words.save_picture, () => savePicture(this.map, this.view, this.names)],
    ];
    const written = JSON.stringify(tools.map(([text, label]) => [text, label]));
    if (this.toolsWritten === written) return;
    this.toolsWritten = written;
    this.tools.replaceChildren();
    for (const [text, label, act] of tools) {
      const button = element("button", text.length === 1 ? "cl-tool cl-square" : "cl-tool", this.tools);
      button.type = "button";
      button.textContent = text;
      button.setAttribute("aria-label", label);
      button.title = label;
      button.addEventListener("click", act);
    }
  }

  showMarks(shown) {
    this.marksShown = shown;
    if (this.map?.getLayer(MARKS)) this.map.setLayoutProperty(MARKS, "visibility", shown ? "visible" : "none");
  }

  codeAt(point) {
    const found = this.map.queryRenderedFeatures(point, { layers: [AREAS] })[0];
    return found ? this.areas.codes[found.id] : null;
  }

  motion() {
    return { animate: !window.matchMedia("(prefers-reduced-motion: reduce)").matches };
  }

  // The legend lies over the sea on the left: the view leaves it that room where the frame is wide enough.
  padding() {
    const narrow = this.host.classList.contains("cl-narrow");
    return { top: 14, bottom: 26, right: 14, left: narrow ? 14 : Math.min(this.legend.offsetWidth + 24, this.host.clientWidth * 0.4) };
  }

  goTo([west, south, east, north]) {
    this.map?.fitBounds([[west, south], [east, north]], { padding: this.padding(), maxZoom: 12, duration: 700, ...this.motion() });
  }

  settle(state) {
    this.still?.remove();
    this.still = null;
    reachable(this.legend);
    this.version += 1;
    this.host.dataset.version = String(this.version);
    this.host.dataset.mapState = state;
    const view = this.map?.getCenter();
    // Once for each map and whatever came of it: the page may hold back what stands below until then.
    if (!this.told && this.data.tellDrawn) this.tellDrawn();
    this.told = true;
    if (view) this.host.dataset.view = `${view.lng.toFixed(4)},${view.lat.toFixed(4)},${this.map.getZoom().toFixed(2)}`;
  }

  fail(state, sentence) {
    this.message.textContent = sentence;
    this.settle(state);
  }

  close() {
    this.closed = true;
    this.ahead.stop();
    this.width.disconnect();
    this.names.stop();
    this.map?.remove();
    this.host.remove();
  }
}

export function bytes(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
