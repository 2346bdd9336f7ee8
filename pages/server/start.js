// Runs before Streamlit starts, in the head of its index page; response_headers.py hands it its four words.
(base, nameBox, nameCookie, path) => {
  // Where the server is: Streamlit would first ask at the address of the page and wait for a "not found".
  window.__streamlit = { BACKEND_BASE_URL: location.origin + base };

  // The name that a person without sign-in gives for the record: a reload would otherwise forget it.
  document.addEventListener("change", (event) => {
    if (event.target.closest?.(`.st-key-${nameBox}`)) {
      document.cookie = `${nameCookie}=${encodeURIComponent(event.target.value.trim())};path=${path};max-age=31536000;SameSite=Lax`;
    }
  });

  // Another meeting, stage, item or project is another screen, and is read from its top.
  const screen = () => ["meeting", "stage", "item", "project"].map((name) => new URLSearchParams(location.search).get(name)).join();
  let shown = screen();
  for (const act of ["pushState", "replaceState"]) {
    const before = history[act];
    history[act] = function (...said) {
      before.apply(this, said);
      if (screen() !== shown) {
        shown = screen();
        document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
      }
    };
  }
}
