// The first picture of a map: the same areas, colours and view on a plain canvas, in sight while the graphics programs of the
// real map are still being made. It lies over the map until that has drawn itself whole.
import { hatchImage } from "./paint.js";

const NEAR_PX = 0.5;

export function drawStill(frame, { areas, outlines }, { classes }, classOf, box, padding) {
  const [width, height] = [frame.clientWidth, frame.clientHeight];
  const canvas = document.createElement("canvas");
  const sharp = window.devicePixelRatio || 1;
  canvas.className = "cl-still";
  canvas.setAttribute("aria-hidden", "true");
  Object.assign(canvas, { width: width * sharp, height: height * sharp });
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  // drawn by the processor: the graphics process is wanted for the real map
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.scale(sharp, sharp);
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, width, height);
  pen.lineJoin = "round";
  const at = viewOf(box, padding, width, height);
  classes.forEach((each, number) => {
    const path = pathOf(areas.features.filter((_, id) => classOf[id] === number), at);
    fill(pen, path, each);
  });
  if (outlines) stroke(pen, pathOf(outlines.features, at), "#3d4650", 0.8);
  frame.after(canvas);
  return canvas;
}

function fill(pen, path, { colour, pattern }) {
  pen.fillStyle = colour;
  pen.fill(path);
  // neighbours of one class would show a seam of white between them
  stroke(pen, path, pattern === "outlined" ? "#7b858d" : colour, 0.5);
  if (pattern !== "hatch") return;
  const tile = document.createElement("canvas");
  Object.assign(tile, { width: 16, height: 16 });
  tile.getContext("2d").putImageData(hatchImage(), 0, 0);
  pen.fillStyle = pen.createPattern(tile, "repeat");
  pen.fill(path);
}

function stroke(pen, path, colour, wide) {
  pen.strokeStyle = colour;
  pen.lineWidth = wide;
  pen.stroke(path);
}

const mercator = (lat) => (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));

// Where a point of the earth lies in the frame when the box is fitted into it, as the map itself fits it.
function viewOf([west, south, east, north], { top, bottom, left, right }, width, height) {
  const [low, high] = [mercator(south), mercator(north)];
  const scale = Math.min((width - left - right) / (east - west), (height - top - bottom) / (high - low));
  const x = (width + left - right) / 2 - (scale * (west + east)) / 2;
  const y = (height + top - bottom) / 2 + (scale * (low + high)) / 2;
  return ([lon, lat]) => [x + scale * lon, y - scale * mercator(lat)];
}

function pathOf(features, at) {
  const path = new Path2D();
  for (const { geometry } of features) {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const ring of parts.flat()) trace(path, ring, at);
  }
  return path;
}

// Points closer than a dot to the one before are left out.
function trace(path, ring, at) {
  let [beforeX, beforeY] = at(ring[0]);
  path.moveTo(beforeX, beforeY);
  for (let i = 1; i < ring.length; i += 1) {
    const [x, y] = at(ring[i]);
    if (Math.abs(x - beforeX) + Math.abs(y - beforeY) < NEAR_PX) continue;
    path.lineTo(x, y);
    [beforeX, beforeY] = [x, y];
  }
  path.closePath();
}
