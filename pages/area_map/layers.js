// Layers of the map: files that the browser fetches once and keeps (need_files.py), or what came with the page's run.
import { fetchGeometry } from "./geometry.js";

const asked = new Map();

export function fetchFile(path, priority = "auto") {
  if (!asked.has(path)) {
    const loading = load(path, priority).catch((error) => {
      asked.delete(path);
      throw error;
    });
    asked.set(path, loading);
  }
  return asked.get(path);
}

async function load(path, priority) {
  const answer = await fetch(new URL(path, location.origin).href, { priority });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

// The layer with the outlines that it is drawn on.
export async function fetchLayer(layer) {
  const content = typeof layer === "string" ? await fetchFile(layer) : layer;
  const [areas, outlines] = await Promise.all([
    fetchGeometry(content.geometry.url, content.geometry.code),
    content.outlines ? fetchGeometry(content.outlines, content.geometry.code) : null,
  ]);
  return { content, areas, outlines };
}
