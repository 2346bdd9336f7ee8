// Boundary files: fetched once for the page, areas numbered in the order of their sorted codes.
const fetched = new Map();

export function fetchGeometry(path, codeProperty) {
  if (!fetched.has(path)) {
    const loading = load(path, codeProperty).catch((error) => {
      fetched.delete(path);
      throw error;
    });
    fetched.set(path, loading);
  }
  return fetched.get(path);
}

async function load(path, codeProperty) {
  const answer = await fetch(new URL(path, location.origin).href);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const collection = await answer.json();
  const codeOf = (feature) => String(feature.properties[codeProperty] ?? feature.id);
  const codes = collection.features.map(codeOf).sort();
  const numbers = new Map(codes.map((code, number) => [code, number]));
  const features = new Array(codes.length);
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const feature of collection.features) {
    const number = numbers.get(codeOf(feature));
    feature.id = number;
    features[number] = feature;
    for (const ring of rings(feature.geometry)) widen(bounds, ring);
  }
  // Only the number goes to the map's worker: names stay here.
  const light = features.map(({ id, geometry }) => ({ type: "Feature", id, properties: {}, geometry }));
  return {
    codes,
    numbers,
    features,
    bounds,
    fingerprint: crc32(codes.join(",")),
    collection: { type: "FeatureCollection", features: light },
  };
}

// The name of an area in the language of the page, else the one it has; its code where the outlines know none.
export function nameOf(areas, number, { names }) {
  const { properties } = areas.features[number];
  const known = names.find((name) => properties[name] !== undefined);
  return known ? String(properties[known]) : areas.codes[number];
}

function rings(geometry) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return parts.map((part) => part[0]);
}

function widen(bounds, ring) {
  for (const [x, y] of ring) {
    if (x < bounds[0]) bounds[0] = x;
    if (y < bounds[1]) bounds[1] = y;
    if (x > bounds[2]) bounds[2] = x;
    if (y > bounds[3]) bounds[3] = y;
  }
}

// Middle of the largest part: centroid by the shoelace formula.
export function middle(feature) {
  let best = null;
  for (const ring of rings(feature.geometry)) {
    let area = 0;
    let x = 0;
    let y = 0;
    for (let i = 0; i < ring.length - 1; i += 1) {
      const cross = (ring[i][0] - ring[0][0]) * (ring[i + 1][1] - ring[0][1]) - (ring[i + 1][0] - ring[0][0]) * (ring[i][1] - ring[0][1]);
      area += cross;
      x += cross * (ring[i][0] + ring[i + 1][0] + ring[0][0]);
      y += cross * (ring[i][1] + ring[i + 1][1] + ring[0][1]);
    }
    if (area && (!best || Math.abs(area) > best.size)) best = { size: Math.abs(area), point: [x / (3 * area), y / (3 * area)] };
  }
  return best ? best.point : rings(feature.geometry)[0][0];
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(text) {
  let c = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) c = table[(c ^ byte) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
