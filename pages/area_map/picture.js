// The map as a picture that explains itself: title, legend, names, source and date are drawn into it.
import { listedClasses } from "./legend.js";
import { drawMark, hatchImage } from "./paint.js";

const INK = "#1b1f23";
const FONT = "system-ui, 'Segoe UI', Arial, sans-serif";
const SERIF = "Georgia, 'Times New Roman', serif";
const MARGIN = 20;

export function savePicture(map, data, names) {
  // The drawing is only in the canvas while a frame is being drawn, so the copy is made inside the frame.
  map.once("render", () => {
    const picture = compose(map.getCanvas(), map.getContainer(), data, names);
    picture.toBlob((blob) => hand(blob, `${data.picture}.png`), "image/png");
  });
  map.triggerRepaint();
}

function hand(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function compose(canvas, frame, data, names) {
  const scale = 2;
  const width = frame.clientWidth + 2 * MARGIN;
  const picture = document.createElement("canvas");
  const pen = picture.getContext("2d");
  pen.font = `700 20px ${SERIF}`;
  const title = wrap(pen, data.words.title, width - 2 * MARGIN);
  pen.font = `12px ${FONT}`;
  const foot = [data.words.source, ...data.words.picture_notes].flatMap((text) => wrap(pen, text, width - 2 * MARGIN));
  const top = MARGIN + title.length * 26 + 8;
  const height = top + frame.clientHeight + 16 + foot.length * 17 + MARGIN - 6;
  picture.width = width * scale;
  picture.height = height * scale;
  pen.scale(scale, scale);
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(canvas, MARGIN, top, frame.clientWidth, frame.clientHeight);
  write(pen, title, MARGIN, MARGIN + 16, 26, `700 20px ${SERIF}`);
  drawNames(pen, names, frame, top);
  drawKey(pen, data, top);
  write(pen, foot, MARGIN, top + frame.clientHeight + 24, 17, `12px ${FONT}`);
  return picture;
}

function write(pen, lines, x, y, step, font) {
  pen.font = font;
  pen.fillStyle = INK;
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  lines.forEach((line, place) => pen.fillText(line, x, y + place * step));
}

function wrap(pen, text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && pen.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

function drawNames(pen, names, frame, top) {
  pen.save();
  pen.beginPath();
  pen.rect(MARGIN, top, frame.clientWidth, frame.clientHeight);
  pen.clip();
  pen.font = `600 12px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  for (const { text, x, y, shown } of names.items) {
    if (!shown) continue;
    pen.strokeStyle = "rgba(255,255,255,0.9)";
    pen.lineWidth = 3.5;
    pen.strokeText(text, MARGIN + x, top + y);
    pen.fillStyle = INK;
    pen.fillText(text, MARGIN + x, top + y);
  }
  pen.restore();
}

function drawKey(pen, data, top) {
  const x = MARGIN + 8;
  let y = top + 12;
  const wide = 230;
  pen.font = `700 12px ${FONT}`;
  const heading = wrap(pen, data.words.legend_title, wide - 16);
  pen.font = `12px ${FONT}`;
  const entries = listedClasses(data).map((each) => ({ each, lines: wrap(pen, each.label, wide - 48) }));
  const kinds = data.kinds.map((each) => ({ each, lines: wrap(pen, each.label, wide - 48) }));
  const rows = [...entries, ...kinds].reduce((sum, { lines }) => sum + lines.length * 15 + 5, 0);
  const side = data.cross ? 96 : 0;
  pen.fillStyle = "rgba(255,255,255,0.92)";
  pen.fillRect(x - 8, y - 10, wide, heading.length * 16 + rows + 22 + (side ? side + 38 : 0));
  write(pen, heading, x, y + 8, 16, `700 12px ${FONT}`);
  y += heading.length * 16 + 12;
  if (data.cross) y = drawCross(pen, data, x, y, side);
  for (const { each, lines } of entries) {
    swatch(pen, each, x, y);
    write(pen, lines, x + 30, y + 11, 15, `12px ${FONT}`);
    y += lines.length * 15 + 5;
  }
  for (const { each, lines } of kinds) {
    drawMark(pen, each.shape, each.colour, x + 11, y + 7, 6);
    write(pen, lines, x + 30, y + 11, 15, `12px ${FONT}`);
    y += lines.length * 15 + 5;
  }
}

function swatch(pen, each, x, y, width = 22, height = 14) {
  pen.fillStyle = each.colour;
  pen.fillRect(x, y, width, height);
  if (each.pattern === "hatch") {
    const tile = document.createElement("canvas");
    tile.width = 16;
    tile.height = 16;
    tile.getContext("2d").putImageData(hatchImage(), 0, 0);
    pen.fillStyle = pen.createPattern(tile, "repeat");
    pen.fillRect(x, y, width, height);
  }
  pen.strokeStyle = "#7b858d";
  pen.lineWidth = 0.75;
  pen.strokeRect(x, y, width, height);
}

function drawCross(pen, data, x, y, side) {
  const { size, across, up, low, high } = data.cross;
  const cell = side / size;
  write(pen, [`↑ ${up}`], x, y + 8, 15, `12px ${FONT}`);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      pen.fillStyle = data.classes[row * size + column].colour;
      pen.fillRect(x + column * cell, y + 14 + (size - 1 - row) * cell, cell, cell);
    }
  }
  write(pen, [`${across} → (${low} – ${high})`], x, y + side + 28, 15, `12px ${FONT}`);
  return y + side + 38;
}
