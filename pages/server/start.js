// Runs before Streamlit starts, in the head of its index page; response_headers.py hands it its words.
(base, nameBox, nameCookie, path, logout, signOutKeys) => {
  // Where the server is: Streamlit would first ask at the address of the page and wait for a "not found".
  window.__streamlit = { BACKEND_BASE_URL: location.origin + base };

  // The name that a person without sign-in gives for the record: a reload would otherwise forget it.
  document.addEventListener("change", (event) => {
    if (event.target.closest?.(`.st-key-${nameBox}`)) {
      document.cookie = `${nameCookie}=${encodeURIComponent(event.target.value.trim())};path=${path};max-age=31536000;SameSite=Lax${location.protocol === "https:" ? ";Secure" : ""}`;
    }
  });

  // One act of a person is one step of the browser's history. Streamlit writes the address several times for one turn of
  // a page, and Back would come to rest on an address between the two pages, which nothing is drawn for.
  let acted = false;
  for (const kind of ["click", "keydown"]) {
    window.addEventListener(kind, () => { acted = true; }, true);
  }

  // A new page writes its language and choices before the browser's address names it: meant for that page, they are no step of the one that is left.
  let leaving = false;
  window.addEventListener("click", (event) => {
    const link = event.composedPath().find((each) => each.href && each.pathname !== undefined);
    const opensHere = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (link && opensHere && link.origin === location.origin && link.pathname !== location.pathname) leaving = true;
  }, true);
  window.addEventListener("popstate", () => { acted = leaving = false; }, true);

  // The citizen's page is in the index already (first_words.py) and gives way to the page itself as soon as that is drawn.
  const drawn = new MutationObserver(() => {
    const words = document.getElementById("first-words");
    if (words && document.querySelector("[data-testid=stMain] .st-key-my_area li, [data-testid=stMain] .st-key-my_area a, [data-testid=stMain] [data-testid=stAlert]")) words.remove();
    if (!words && document.readyState === "complete") drawn.disconnect();
  });
  drawn.observe(document, { childList: true, subtree: true });

  // Signing out is a POST: what the page's button began, the browser ends with its cookies, and goes where it is told.
  document.addEventListener("click", (event) => {
    if (!signOutKeys.some((key) => event.target.closest?.(`.st-key-${key} button`))) return;
    fetch(logout, { method: "POST", credentials: "same-origin" })
      .then((answer) => answer.json())
      .then(({ next }) => location.assign(next));
  });

  // Another meeting, stage, item or project is another screen, and is read from its top.
  const screen = () => ["meeting", "stage", "item", "project"].map((name) => new URLSearchParams(location.search).get(name)).join();
  let shown = screen();
  const { pushState, replaceState } = history;
  const write = (act, said) => {
    act.apply(history, said);
    // The language of the document goes with that of the address; Streamlit itself always writes English (WCAG 3.1.1).
    const language = new URLSearchParams(location.search).get("lang");
    if (["en", "cy"].includes(language)) document.documentElement.lang = language;
    if (screen() !== shown) {
      shown = screen();
      document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
    }
  };
  history.pushState = (...said) => {
    const to = new URL(said[2] ?? location.href, location.href);
    const stays = to.pathname === location.pathname;
    leaving &&= stays;
    if (to.href === location.href || leaving) return;
    write(acted || !stays ? pushState : replaceState, said);
    acted = false;
  };
  history.replaceState = (...said) => write(replaceState, said);

  // On paper a map keeps the shape it had on the screen, and shrinks as a whole to the width of an A4 sheet inside its margins.
  const SHEET_PX = 690;
  const maps = () => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
    .flatMap((host) => [...(host.shadowRoot ?? host).querySelectorAll(".cl-map")]);
  addEventListener("beforeprint", () => {
    for (const map of maps()) {
      const { width, height } = map.getBoundingClientRect();
      Object.assign(map.style, { width: `${width}px`, height: `${height}px`, zoom: Math.min(1, SHEET_PX / width) });
    }
  });
  addEventListener("afterprint", () => {
    for (const map of maps()) {
      Object.assign(map.style, { width: "", height: "", zoom: "" });
    }
  });
}
