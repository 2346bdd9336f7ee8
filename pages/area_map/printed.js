// The map on paper: its drawing is only in its canvas while a frame is being drawn, so a copy is made inside one when somebody prints.
export function printable(map, frame) {
  let copy = null;
  const take = () => {
    if (!frame.isConnected) return;
    const made = document.createElement("canvas");
    const drawn = map.getCanvas();
    map.once("render", () => {
      Object.assign(made, { width: drawn.width, height: drawn.height });
      made.getContext("2d").drawImage(drawn, 0, 0);
    });
    map.redraw();
    made.className = "cl-printed";
    made.setAttribute("aria-hidden", "true");
    copy?.remove();
    copy = made;
    frame.after(made);
  };
  addEventListener("beforeprint", take);
  addEventListener("afterprint", () => copy?.remove());
  map.once("remove", () => removeEventListener("beforeprint", take));
}
