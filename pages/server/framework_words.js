// Streamlit's own words in Cymraeg: its scripts know English only. Runs in the head of the index page; response_headers.py hands it the pairs.
(pairs) => {
  const SPOKEN = ["aria-label", "title", "placeholder", "alt", "aria-roledescription"];
  // what we write ourselves is in its language already, and the cells of a table are data
  const OURS = "[data-testid=stMarkdownContainer],textarea,canvas,script,style,.cl-map";
  const pattern = (text) =>
    new RegExp(`^${text.split(/\{(\w+)\}/).map((part, i) => (i % 2 ? `(?<${part}>.+?)` : part.replace(/[.*+?^$()|[\]\\/]/g, "\\$&"))).join("")}$`);
  const table = (from, to) => {
    const whole = new Map();
    const shaped = [];
    for (const pair of pairs) {
      if (pair[from].includes("{")) shaped.push([pattern(pair[from]), pair[to]]);
      else whole.set(pair[from], pair[to]);
    }
    return (text) => {
      const said = text.trim();
      if (!said || said.length > 160) return text;
      if (whole.has(said)) return text.replace(said, whole.get(said));
      for (const [shape, other] of shaped) {
        const found = shape.exec(said);
        if (found) return text.replace(said, other.replace(/\{(\w+)\}/g, (_, name) => found.groups[name] ?? ""));
      }
      return text;
    };
  };
  const said = { cy: table(0, 1), en: table(1, 0) };

  const text = (node, other) => {
    if (node.parentElement?.closest(OURS)) return;
    const now = other(node.data);
    if (now !== node.data) node.data = now;
  };
  const spoken = (element, other) => {
    for (const name of SPOKEN) {
      const before = element.getAttribute(name);
      if (!before) continue;
      const now = other(before);
      if (now !== before) element.setAttribute(name, now);
    }
  };
  const all = (root, other) => {
    if (root.nodeType === Node.TEXT_NODE) return text(root, other);
    if (root.nodeType !== Node.ELEMENT_NODE) return undefined;
    spoken(root, other);
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      if (walk.currentNode.nodeType === Node.TEXT_NODE) text(walk.currentNode, other);
      else spoken(walk.currentNode, other);
    }
    return undefined;
  };

  const changed = new MutationObserver((changes) => {
    const other = said[document.documentElement.lang];
    for (const change of changes) {
      if (change.type === "characterData") text(change.target, other);
      else if (change.type === "attributes") spoken(change.target, other);
      else for (const node of change.addedNodes) all(node, other);
    }
  });
  let language = "en";
  const listen = () => {
    if (language === document.documentElement.lang) return;
    language = document.documentElement.lang;
    if (!said[language]) return;
    all(document.documentElement, said[language]);
    // in English there is nothing to do until the language changes again
    if (language === "cy")
      changed.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: SPOKEN });
    else changed.disconnect();
  };
  new MutationObserver(listen).observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });
  listen();
}
