// How the map looks: the blank style, the class colours, the hatch, the project marks, the chosen area.
import { middle } from "./geometry.js";

export const AREAS = "areas";
export const MARKS = "marks";
const INK = "#1b1f23";
const QUIET = "#7b858d";
const EMPTY = { type: "FeatureCollection", features: [] };
const CLASS = ["number", ["feature-state", "c"], 0];

// The whole style with its first data in it: what is added to a style later is cut again by the map's worker.
export function drawnStyle(areas, outlines, data, marksShown) {
  const source = (content, more) => ({ type: "geojson", data: content, tolerance: 0.2, buffer: 32, maxzoom: 12, ...more });
  const byZoom = (...stops) => ["interpolate", ["exponential", 1.4], ["zoom"], ...stops];
  const look = looks(data.classes);
  return {
    version: 8,
    transition: { duration: 0, delay: 0 },
    sources: {
      [AREAS]: source(areas.collection),
      outlines: source(outlines ? outlines.collection : EMPTY),
      picked: source(areaOf(areas, data.selected)),
      pointed: source(EMPTY),
      [MARKS]: source(marksOf(areas, data)),
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#ffffff" } },
      { id: AREAS, type: "fill", source: AREAS, paint: { "fill-antialias": false, ...look[AREAS] } },
      { id: "hatch", type: "fill", source: AREAS, layout: { visibility: visible(look.hatch) }, paint: { ...(look.hatch ?? { "fill-opacity": 0 }) } },
      // Thin at national zoom, or the outlines would hide Cardiff and the Valleys.
      {
        id: "edges",
        type: "line",
        source: AREAS,
        paint: { "line-width": byZoom(6, 0.05, 8, 0.25, 10, 0.7, 13, 1.5), ...look.edges },
      },
      {
        id: "outlines",
        type: "line",
        source: "outlines",
        layout: { "line-join": "round" },
        paint: { "line-color": "#3d4650", "line-opacity": 0.9, "line-width": byZoom(6, 0.6, 8, 1, 10, 1.6, 13, 2.4) },
      },
      { id: "pointed", type: "line", source: "pointed", paint: { "line-color": INK, "line-width": 1.5 } },
      { id: "picked-halo", type: "line", source: "picked", layout: { "line-join": "round" }, paint: { "line-color": "#ffffff", "line-width": byZoom(6, 4, 12, 8) } },
      { id: "picked", type: "line", source: "picked", layout: { "line-join": "round" }, paint: { "line-color": INK, "line-width": byZoom(6, 2, 12, 4) } },
      {
        id: MARKS,
        type: "symbol",
        source: MARKS,
        paint: { "icon-opacity": 1 },
        layout: {
          visibility: visible(marksShown),
          "icon-image": ["get", "kind"],
          "icon-allow-overlap": true,
          "icon-ignore-placement": true,
          "icon-offset": ["get", "offset"],
          "symbol-sort-key": ["-", 0, ["get", "count"]],
          "icon-size": [
            "interpolate", ["linear"], ["zoom"],
            6, ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 0.34, 6, 0.8],
            11, ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 0.75, 6, 1.5],
          ],
        },
      },
    ],
  };
}

const visible = (yes) => (yes ? "visible" : "none");

// Paint of each layer that follows from the classes of the legend; `hatch` is null where no class is hatched.
function looks(classes) {
  const pickFrom = (colours) => ["to-color", ["at", CLASS, ["literal", colours]]];
  const hatched = classes.map((each) => (each.pattern === "hatch" ? 1 : 0));
  const outlined = classes.some((each) => each.pattern === "outlined");
  return {
    [AREAS]: { "fill-color": pickFrom(classes.map((each) => each.colour)) },
    edges: {
      // A colour for each area is dear; where every edge is alike one does for all.
      "line-color": outlined ? pickFrom(classes.map((each) => (each.pattern === "outlined" ? QUIET : "#ffffff"))) : "#ffffff",
      "line-opacity": edgeOpacity(classes, outlined),
    },
    hatch: hatched.includes(1) ? { "fill-pattern": "hatch", "fill-opacity": ["at", CLASS, ["literal", hatched]] } : null,
  };
}

// Only the areas whose class changed are told; returns what is now drawn. `before` is null for a style just made.
export function paintClasses(map, classes, classOf, before) {
  const palette = JSON.stringify(classes.map(({ colour, pattern }) => [colour, pattern]));
  if (before && before.palette !== palette) {
    const look = looks(classes);
    for (const layer of [AREAS, "edges", "hatch"]) {
      for (const [name, value] of Object.entries(look[layer] ?? {})) map.setPaintProperty(layer, name, value);
    }
    map.setLayoutProperty("hatch", "visibility", visible(look.hatch));
  }
  for (let id = 0; id < classOf.length; id += 1) {
    if (!before || before.classOf[id] !== classOf[id]) map.setFeatureState({ source: AREAS, id }, { c: classOf[id] });
  }
  return { palette, classOf };
}

// Areas are about a pixel wide in Cardiff and the Valleys at national zoom: there the colour must win over the edge.
function edgeOpacity(classes, outlined) {
  if (!outlined) return ["interpolate", ["linear"], ["zoom"], 6.5, 0.1, 8, 0.35, 9.5, 1];
  const here = ["at", CLASS, ["literal", classes.map((each) => (each.pattern === "outlined" ? 1 : 0))]];
  return ["interpolate", ["linear"], ["zoom"], 6.5, ["max", 0.1, here], 8, ["max", 0.35, here], 9.5, 1];
}

export function showPicked(map, areas, code) {
  renew(map, "picked", areaOf(areas, code));
}

export function showPointed(map, areas, number) {
  renew(map, "pointed", number === null ? EMPTY : areas.collection.features[number]);
}

function areaOf(areas, code) {
  return areas.collection.features[areas.numbers.get(code)] ?? EMPTY;
}

const drawnOn = new WeakMap();

function drawn(map) {
  if (!drawnOn.has(map)) drawnOn.set(map, {});
  return drawnOn.get(map);
}

// What is drawn already is not sent to the map's worker again.
function renew(map, source, content) {
  const here = drawn(map);
  if ((here[source] ?? EMPTY) === content) return;
  here[source] = content;
  map.getSource(source).setData(content);
}

// The hatch and one picture for each kind of mark, where they are not there yet.
export function addImages(map, kinds) {
  if (!map.hasImage("hatch")) map.addImage("hatch", hatchImage(), { pixelRatio: 2 });
  for (const kind of kinds) {
    if (!map.hasImage(kind.kind_id)) map.addImage(kind.kind_id, markImage(kind.shape, kind.colour), { pixelRatio: 2 });
  }
}

// Marks of the choice before are hidden, not taken away: the next ones come with the server's answer.
export function fadeMarks(map, isFaded) {
  const opacity = isFaded ? 0 : 1;
  if (map.getPaintProperty(MARKS, "icon-opacity") !== opacity) map.setPaintProperty(MARKS, "icon-opacity", opacity);
}

export function paintMarks(map, areas, data, shown) {
  const written = JSON.stringify([data.geometry.url, data.kinds.map((kind) => kind.kind_id), data.marks]);
  const before = drawn(map)[MARKS];
  if (before !== undefined && before !== written) map.getSource(MARKS).setData(marksOf(areas, data));
  drawn(map)[MARKS] = written;
  map.setLayoutProperty(MARKS, "visibility", visible(shown));
}

function marksOf(areas, { kinds, marks }) {
  const together = new Map();
  for (const mark of marks) together.set(mark[0], [...(together.get(mark[0]) ?? []), mark]);
  const features = [];
  for (const [number, here] of together) {
    here.forEach(([, kindNumber, count, lon, lat], place) => {
      if (lon === undefined && number === null) return;
      const coordinates = lon === undefined ? middle(areas.features[number]) : [lon, lat];
      const kind = kinds[kindNumber].kind_id;
      const offset = [(place - (here.length - 1) / 2) * 26, 0];
      features.push({ type: "Feature", properties: { kind, count, offset }, geometry: { type: "Point", coordinates } });
    });
  }
  return { type: "FeatureCollection", features };
}

export function hatchImage(size = 16) {
  const context = sheet(size);
  context.strokeStyle = "#6a747c";
  context.lineWidth = 2;
  for (const shift of [-size, 0, size]) {
    context.beginPath();
    context.moveTo(shift, size);
    context.lineTo(shift + size, 0);
    context.stroke();
  }
  return context.getImageData(0, 0, size, size);
}

function sheet(size) {
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  return canvas.getContext("2d");
}

function markImage(shape, colour, size = 56) {
  const context = sheet(size);
  drawMark(context, shape, colour, size / 2, size / 2, size * 0.36);
  return context.getImageData(0, 0, size, size);
}

// ● ◐ ○ ? ◆ with a white halo, so that each reads on every class colour. Also drawn in the legend and the picture.
export function drawMark(context, shape, colour, x, y, r) {
  const circle = (radius) => {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
  };
  const diamond = (radius) => {
    context.beginPath();
    context.moveTo(x, y - radius);
    context.lineTo(x + radius, y);
    context.lineTo(x, y + radius);
    context.lineTo(x - radius, y);
    context.closePath();
  };
  const outline = shape === "diamond" ? diamond : circle;
  const full = shape === "diamond" ? r * 1.15 : r;
  context.fillStyle = "#ffffff";
  outline(full + r * 0.22);
  context.fill();
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = r * 0.32;
  if (shape === "disc" || shape === "diamond") {
    outline(full);
    context.fill();
    return;
  }
  circle(r - context.lineWidth / 2);
  context.stroke();
  if (shape === "half") {
    context.beginPath();
    context.arc(x, y, r - context.lineWidth / 2, Math.PI / 2, (3 * Math.PI) / 2);
    context.fill();
  } else if (shape === "question") {
    context.font = `700 ${Math.round(r * 1.35)}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText("?", x, y + r * 0.06);
  }
}
