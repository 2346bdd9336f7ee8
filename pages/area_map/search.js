// An area by name or code: the same as a click on the map, for the keyboard and for those who know what they look for.
// The names are in the boundary file already, so nothing of the list travels with the page.
import { nameOf } from "./geometry.js";

let made = 0;

export class AreaSearch {
  constructor(box) {
    this.box = box;
    this.box.hidden = true;
    this.label = document.createElement("label");
    this.input = document.createElement("input");
    this.list = document.createElement("datalist");
    this.told = document.createElement("p");
    made += 1;
    this.input.id = `cl-search-${made}`;
    this.list.id = `cl-areas-${made}`;
    this.told.id = `cl-told-${made}`;
    this.label.htmlFor = this.input.id;
    this.input.type = "text";
    this.input.autocomplete = "off";
    this.input.spellcheck = false;
    this.input.setAttribute("list", this.list.id);
    this.input.setAttribute("aria-describedby", this.told.id);
    this.told.setAttribute("role", "status");
    box.append(this.label, this.input, this.list, this.told);
    this.input.addEventListener("change", () => this.choose());
    // A name taken from the list is chosen at once, without leaving the box.
    this.input.addEventListener("input", (event) => {
      if (event.inputType === "insertReplacementText" || !("inputType" in event)) this.choose();
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.choose();
    });
  }

  use(data, areas, pick) {
    this.pick = pick;
    this.words = data.words;
    this.label.textContent = data.words.search;
    this.input.placeholder = data.words.search_hint;
    const named = `${data.geometry.url}|${data.geometry.names}`;
    if (named !== this.named) {
      this.named = named;
      this.areas = areas;
      this.nameOf = (code) => nameOf(areas, areas.numbers.get(code), data.geometry);
      this.codeOf = new Map();
      const options = document.createDocumentFragment();
      for (const code of areas.codes) {
        const name = this.nameOf(code);
        this.codeOf.set(name.toLocaleLowerCase(), code).set(code.toLowerCase(), code);
        const option = document.createElement("option");
        option.value = name;
        option.label = code;
        options.append(option);
      }
      this.list.replaceChildren(options);
      this.selected = undefined;
    }
    if (data.selected !== this.selected) {
      this.selected = data.selected;
      this.input.value = data.selected && areas.numbers.has(data.selected) ? this.nameOf(data.selected) : "";
      this.told.textContent = "";
    }
  }

  choose() {
    const said = this.input.value.trim();
    const code = said ? this.codeOf?.get(said.toLocaleLowerCase()) : "";
    this.told.textContent = code === undefined ? this.words.search_none : "";
    if (code === undefined || code === (this.selected ?? "")) return;
    this.selected = code;
    this.input.value = code ? this.nameOf(code) : "";
    this.pick(code);
  }
}
