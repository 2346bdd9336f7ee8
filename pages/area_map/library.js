// Loads MapLibre once for the whole page, from our own host. It is a classic script that leaves `maplibregl` on window.
let loading = null;

export function loadLibrary(path) {
  loading ??= new Promise((resolve, reject) => {
    if (window.maplibregl) return resolve(window.maplibregl);
    const script = document.createElement("script");
    script.src = new URL(path, location.origin).href;
    script.addEventListener("load", () => resolve(window.maplibregl));
    script.addEventListener("error", () => {
      loading = null;
      reject(new Error("the map library was not served"));
    });
    document.head.appendChild(script);
  });
  return loading;
}

// Inside the component's shadow root, so that neither our styles nor MapLibre's reach the rest of the page; as text, so that a
// map that is moved to its place keeps them.
export function loadStyles(host, paths) {
  return Promise.all(
    paths.map(async (path) => {
      const style = document.createElement("style");
      host.append(style);
      const answer = await fetch(new URL(path, location.origin).href);
      if (!answer.ok) throw new Error(`${path} was not served`);
      style.textContent = await answer.text();
    }),
  );
}
