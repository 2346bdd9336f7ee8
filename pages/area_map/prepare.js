// Started by the index page while Streamlit still connects: the map's library, its worker and its boundaries, and the
// widgets' own scripts, are ready when the page first asks for them; so is the layer that the address asks for. What to fetch
// is named in the head of the page. (The map itself is not made before
// its place is there: measured, what it takes of the machine then, Streamlit starts later by.)
import { fetchGeometry } from "./geometry.js";
import { fetchLayer } from "./layers.js";
import { loadLibrary } from "./library.js";
import "./map.js";

const named = (kind) => [...document.head.querySelectorAll(`link[data-map="${kind}"]`)].map((link) => link.getAttribute("href"));
// Whatever fails here is asked for again, and told, by the map itself.
const quietly = (work) => work.catch((error) => console.warn("Clear Link map, early:", error));

for (const path of named("widget")) quietly(import(new URL(path, location.origin).href));
for (const path of named("library")) quietly(loadLibrary(path).then((library) => library.prewarm?.()));
for (const path of named("geometry")) quietly(fetchGeometry(path, "code"));
for (const path of named("layer")) quietly(fetchLayer(path));
