// Another choice, painted before the server has answered. Which layer a choice means depends on the build alone: a file
// says it for every choice (need_files.py), and the boxes above the map say what is chosen. Layers one step away are
// fetched while nobody waits, so that they are there when they are chosen.
import { fetchFile, fetchLayer } from "./layers.js";

const BOX = ".st-key-choose_";
const AWAITED = '[class*="st-key-follows_map_"]';

export class Ahead {
  // paint(path): draws the layer of that file; null: what the server answered last
  constructor(paint) {
    this.paint = paint;
    this.typed = new WeakMap();
    this.note = (event) => {
      if (event.target.matches?.(`[class*="st-key-choose_"] input`)) this.typed.set(event.target, event.target.value);
    };
    document.addEventListener("input", this.note, true);
    this.watch = new MutationObserver(() => this.look());
    this.watch.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["value", "aria-expanded"] });
  }

  stop() {
    document.removeEventListener("input", this.note, true);
    this.watch.disconnect();
    this.await("");
  }

  // The server's answer: what it was made for, and the file of choices that goes with it (null: the server paints alone).
  // Answers whether it is for what the boxes show; one that is older is kept, and the map does not go back to it.
  use(said) {
    const agrees = !this.pending || said?.choices !== this.path || JSON.stringify(said.chosen) === this.seen;
    this.said = said;
    if (!agrees) return false;
    this.pending = false;
    this.seen = said ? JSON.stringify(said.chosen) : "";
    this.await("");
    if (said?.choices !== this.path) {
      this.path = said?.choices;
      this.base = said?.choices.slice(0, said.choices.lastIndexOf("/") + 1);
      this.choices = null;
    }
    return true;
  }

  async prepare() {
    const { said, path } = this;
    if (!said) return;
    try {
      this.choices ??= await fetchFile(path, "low");
      this.look();
      for (const file of this.near()) {
        await atLeisure();
        if (this.path !== path || this.said !== said) return;
        await fetchLayer(await fetchFile(this.base + file, "low"));
      }
    } catch (error) {
      console.warn("Clear Link map, ahead:", error);
    }
  }

  // Files of the choices that differ from the present one in one box.
  near() {
    const { words } = this.choices;
    const files = Object.keys(words).flatMap((box) =>
      Object.values(words[box]).map((value) => this.fileOf({ ...this.said.chosen, [box]: value })),
    );
    return new Set(files.filter(Boolean));
  }

  fileOf({ theme, need, level }) {
    return this.choices.layers[theme]?.[need]?.[level];
  }

  // The choice that the boxes show; null while somebody is typing or where a word is not one of this build's.
  read() {
    const choice = { ...this.said.chosen };
    for (const [box, values] of Object.entries(this.choices.words)) {
      const input = document.querySelector(`${BOX}${box} input`);
      if (!input) continue;
      const isOpen = input.getAttribute("aria-expanded") === "true";
      if (isOpen && this.typed.get(input) === input.value) return null;
      if (!isOpen) this.typed.delete(input);
      if (!(input.value in values)) return null;
      choice[box] = values[input.value];
    }
    return choice;
  }

  look() {
    if (!this.choices || !this.said) return;
    const choice = this.read();
    const seen = choice && JSON.stringify(choice);
    if (!choice || seen === this.seen) return;
    this.seen = seen;
    this.pending = seen !== JSON.stringify(this.said.chosen);
    this.await(this.pending ? this.said.said : "");
    const file = this.fileOf(choice);
    if (!this.pending) this.paint(null);
    else if (file) this.paint(this.base + file);
  }

  // Sentences and tables of the page that are still of the choice before say so; "" takes it back when the run is over.
  await(words) {
    this.awaiting = words;
    if (words) mark(words);
    else whenAtRest(() => this.awaiting || mark(""));
  }
}

function mark(words) {
  for (const each of document.querySelectorAll(AWAITED)) {
    if (words) {
      each.dataset.awaited = words;
      each.setAttribute("aria-busy", "true");
    } else {
      delete each.dataset.awaited;
      each.removeAttribute("aria-busy");
    }
  }
}

function whenAtRest(act) {
  const app = document.querySelector("[data-testid=stApp]");
  const atRest = () => !app || app.dataset.testScriptState === "notRunning";
  if (atRest()) return act();
  const watch = new MutationObserver(() => {
    if (!atRest()) return;
    watch.disconnect();
    act();
  });
  watch.observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
}

const atLeisure = () => new Promise((go) => (window.requestIdleCallback ? requestIdleCallback(() => go(), { timeout: 2000 }) : setTimeout(go, 50)));
