// The figure in which a network looks at the reader's picture. A picture given or changed is asked
// about at once; while an answer is under way, only the newest question waits.

import { openNetwork } from "./answers.js";
import { watch } from "./camera.js";
import { drawAll, drawChannel, drawDrops, drawPicture, scaleOf } from "./drawing.js";
import * as edits from "./edits.js";
import { fieldInWords, fieldOf } from "./fields.js";
import { LAYOUT } from "./layout.js";
import { STEP, occlusion } from "./occlusion.js";
import { pictureOf, pictureOfFrame } from "./picture.js";

const SHIFTS = { left: [0, -1], right: [0, 1], up: [-1, 0], down: [1, 0] };
const ARROWS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const EDITS = {
  mirrored: "mirrored",
  upsideDown: "upside down",
  turned: "turned by a quarter",
  grey: "grey",
  redAndBlueSwapped: "red and blue swapped",
};
const QUIET = 500; // milliseconds without a new answer before it is read to those who listen
const GAP = 2; // pixels between maps

const percent = (share) => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;

// Bring a form to life; return what takes what the reader gives: {sample}, {file} or {camera}.
export function explore(form) {
  const result = form.querySelector(".own-result");
  const status = form.querySelector(".own-status");
  const chosenNetwork = form.querySelector("[name=network]");
  result.innerHTML = LAYOUT;
  const parts = Object.fromEntries(
    [...result.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
  );
  const state = { given: null, edited: null, words: [], shift: [0, 0], unit: [0, 0], maps: null };
  let network = null;
  let camera = null;
  let clock = null;
  let asking = null; // the promise of the answer under way
  let newer = false; // whether something changed since it was asked
  let last = null; // what the reader gave last
  let version = 0; // of the picture

  const side = () => network.graph.input[0];
  const layer = () => network.graph.layers.find(({ name }) => name === parts.layer.value);
  const square = () => ({
    row: Number(parts.row.value),
    column: Number(parts.column.value),
    size: Number(parts.size.value),
  });
  const shifted = () => edits.shifted(state.edited, side(), state.shift);
  const seen = () => (parts.square.checked ? edits.covered(shifted(), side(), square()) : shifted());

  async function open() {
    if (network?.graph.name === chosenNetwork.value) return;
    tell(`${titleOf(chosenNetwork)} is loading …`);
    network = await openNetwork(chosenNetwork.value);
    fillLayers(parts.layer, network.graph);
    parts.bars.replaceChildren(...network.graph.classes.map(bar));
    state.unit = null;
    tell("");
  }

  async function take(given) {
    const wasOn = camera !== null;
    endCamera();
    if (given.camera && wasOn) return;
    last = given;
    try {
      await open();
      if (given.camera) return await film();
      const found = await (given.sample ? ofSample(given.sample, side()) : ofFile(given.file, side()));
      if (last !== given) return; // the reader has given another one meanwhile
      show(found);
      await ask();
    } catch (error) {
      fail(error);
    }
  }

  async function film() {
    let answers = 0;
    const start = performance.now();
    const opened = await watch(side(), async (frame) => {
      show({ ...frame, name: "a frame of the camera" });
      await ask();
      if (!camera) return; // stopped meanwhile
      answers++;
      const rate = (1000 * answers) / (performance.now() - start);
      form.querySelector("[data-rate]").textContent = `${rate.toFixed(0)} answers per second`;
    });
    camera = opened;
    form.querySelector("[data-camera]").textContent = "Stop the camera";
    opened.ended.catch(fail).finally(() => camera === opened && endCamera());
  }

  function endCamera() {
    camera?.stop();
    camera = null;
    form.querySelector("[data-camera]").textContent = "Use the camera";
    form.querySelector("[data-rate]").textContent = "";
  }

  function fail(error) {
    endCamera();
    if (error.constructor === Error || error instanceof TypeError) console.error(error);
    tell(error.message);
  }

  // Take a picture in place of the one before it. A camera's frames keep what the reader changed.
  function show({ pixels, done, name }) {
    const isFrame = camera !== null;
    state.given = pixels;
    if (!isFrame) [state.words, state.shift] = [[], [0, 0]];
    state.edited = state.words.reduce((picture, edit) => edits[edit](picture, side()), pixels);
    parts.steps.textContent = `Done to ${name}: ${done.length ? done.join("; ") : "nothing"}.`;
    result.hidden = false;
    changed();
  }

  function changed() {
    version++;
    parts.dropFrame.hidden = true;
    parts.dropWords.textContent = "";
  }

  // Ask about what the network sees now. The promise ends when the answer is on the page.
  function ask() {
    if (!state.edited) return Promise.resolve();
    newer = true;
    result.ariaBusy = "true";
    asking ??= answerAll().finally(() => {
      asking = null;
      result.ariaBusy = "false";
    });
    return asking;
  }

  async function answerAll() {
    while (newer) {
      newer = false;
      const pixels = seen();
      const { probabilities, maps } = await network.answer(pixels, parts.layer.value);
      state.maps = maps;
      drawSeen(pixels);
      drawBars(probabilities);
      drawMaps();
    }
  }

  const askAgain = () => ask().catch(fail);

  function drawSeen(pixels) {
    for (const canvas of [parts.picture, parts.again]) drawPicture(canvas, pixels, side());
    const words = [...state.words.map((edit) => EDITS[edit]), ...shiftInWords(state.shift)];
    parts.edits.textContent = words.length ? `Changed: ${words.join(", ")}.` : "";
    parts.over.setAttribute("viewBox", `0 0 ${side()} ${side()}`);
    parts.over.innerHTML = parts.square.checked ? rectangle(square()) : "";
    const keys = parts.square.checked ? "move the grey square" : "shift the picture";
    parts.frame.setAttribute("aria-label", `What the network sees: arrow keys ${keys} by a pixel`);
    parts.frame.classList.toggle("own-drag", parts.square.checked);
    parts.picture.setAttribute("aria-label", `${side()}×${side()} pixels, enlarged`);
  }

  function drawBars(probabilities) {
    const classes = network.graph.classes;
    const order = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
    [...parts.bars.children].forEach((line, label) => {
      line.querySelector("i").style.width = `${100 * probabilities[label]}%`;
      line.querySelector("b").textContent = percent(probabilities[label]);
      line.classList.toggle("own-best", label === order[0]);
    });
    const best = order.slice(0, 3).map((label) => `${classes[label]} ${percent(probabilities[label])}`);
    const sentence = `${titleOf(chosenNetwork)} says: ${best.join(", ")}.`;
    state.best = order[0];
    state.named = `${classes[order[0]]} ${percent(probabilities[order[0]])}`;
    parts.named.textContent = state.named;
    parts.again.setAttribute("aria-label", `The picture, called ${state.named}`);
    clearTimeout(clock);
    clock = setTimeout(() => tell(sentence), QUIET);
  }

  function drawMaps() {
    const [height, width, channels] = state.maps.shape;
    parts.channel.max = channels - 1;
    parts.channel.value = Math.min(Math.max(Math.round(parts.channel.value) || 0, 0), channels - 1);
    const [row, column] = state.unit ?? [Math.floor(height / 2), Math.floor(width / 2)];
    state.unit = [Math.min(row, height - 1), Math.min(column, width - 1)];
    const together = scaleOf(state.maps);
    const scale = (channel) => (parts.apart.checked ? scaleOf(state.maps, channel) : together);
    state.cells = cellsFor(parts.all, state.maps.shape);
    drawAll(parts.all, state.maps, scale, state.cells, Number(parts.channel.value));
    parts.all.setAttribute("aria-label", `${channels} maps of ${height}×${width} pixels`);
    drawUnit(scale(Number(parts.channel.value)));
  }

  // Draw the chosen channel and its chosen unit, and on the picture what the unit sees.
  function drawUnit(scale) {
    const [height, width, channels] = state.maps.shape;
    const channel = Number(parts.channel.value);
    const [row, column] = state.unit;
    const value = state.maps.values[(row * width + column) * channels + channel];
    const field = fieldOf(layer(), state.unit);
    drawChannel(parts.map, state.maps, channel, scale);
    parts.map.setAttribute("aria-label", `Channel ${channel} of ${layer().name}, ${height}×${width} pixels`);
    parts.mapFrame.setAttribute("aria-label", "One channel: arrow keys choose a unit");
    parts.mapWords.textContent =
      `${layer().name}, channel ${channel}; colours from ${short(scale[0])} (dark) to ` +
      `${short(scale[1])} (bright)`;
    parts.unitOver.setAttribute("viewBox", `0 0 ${width} ${height}`);
    parts.unitOver.innerHTML = rectangle({ row, column, size: 1 });
    parts.fieldOver.setAttribute("viewBox", `0 0 ${side()} ${side()}`);
    const whole = { row: 0, column: 0, size: side() };
    const box = field ? { row: field.top, column: field.left, size: field.size } : whole;
    parts.fieldOver.innerHTML = rectangle(box);
    parts.unitWords.textContent =
      `The unit at row ${row}, column ${column} (counted from 0) has the value ${short(value)}. ` +
      fieldInWords(field, side());
  }

  function edit(name) {
    if (name in SHIFTS) {
      const most = side() / 2;
      const within = (place) => Math.min(Math.max(place, -most), most);
      state.shift = state.shift.map((shift, axis) => within(shift + SHIFTS[name][axis]));
    } else if (name === "undo") {
      [state.edited, state.words, state.shift] = [state.given, [], [0, 0]];
    } else {
      state.edited = edits[name](state.edited, side());
      state.words.push(name);
    }
    changed();
    askAgain();
  }

  function moveSquare(row, column) {
    const most = side() - square().size;
    for (const [slider, place] of [[parts.row, row], [parts.column, column]]) {
      slider.max = most;
      slider.value = Math.min(Math.max(Math.round(place), 0), most);
    }
    for (const slider of [parts.size, parts.row, parts.column]) {
      slider.parentElement.querySelector("output").textContent = slider.value;
    }
    askAgain();
  }

  function drag(event) {
    if (!parts.square.checked || !(event.buttons & 1)) return;
    const [row, column] = placeIn(parts.picture, event, side(), side());
    moveSquare(row - (square().size - 1) / 2, column - (square().size - 1) / 2);
  }

  async function slide() {
    if (!state.edited) return;
    const [mine, label, asked] = [version, state.best, shifted()];
    const told = (share) => {
      parts.dropWords.textContent = `${Math.round(100 * share)} % of the places are tried …`;
      return mine === version;
    };
    parts.square.checked = false;
    askAgain();
    const drops = await occlusion(network, asked, side(), square().size, label, told);
    if (!drops) return;
    parts.dropFrame.hidden = false;
    drawPicture(parts.drops, asked, side());
    drawDrops(parts.drops, drops, STEP);
    parts.dropWords.textContent = dropsInWords(drops, network.graph.classes[label]);
    parts.drops.setAttribute("aria-label", parts.dropWords.textContent);
  }

  function chooseUnit(row, column) {
    const [height, width] = state.maps.shape;
    state.unit = [Math.min(Math.max(row, 0), height - 1), Math.min(Math.max(column, 0), width - 1)];
    drawMaps();
  }

  function chooseChannel(event) {
    const { columns, size, gap } = state.cells;
    const [height, width, channels] = state.maps.shape;
    const tall = Math.max(1, Math.round((size * height) / width));
    const [row, column] = placeIn(parts.all, event, parts.all.height, parts.all.width);
    const channel = Math.floor(row / (tall + gap)) * columns + Math.floor(column / (size + gap));
    if (channel < channels) parts.channel.value = channel;
    drawMaps();
  }

  chosenNetwork.addEventListener("change", async () => {
    if (!network) return;
    try {
      await asking;
      await open();
      await ask();
    } catch (error) {
      fail(error);
    }
  });
  result.addEventListener("click", ({ target }) => {
    const name = target.closest("[data-edit]")?.dataset.edit;
    if (name) edit(name);
  });
  parts.frame.addEventListener("keydown", (event) => {
    if (!ARROWS[event.key]) return;
    event.preventDefault();
    const name = ARROWS[event.key];
    if (!parts.square.checked) edit(name);
    else moveSquare(square().row + SHIFTS[name][0], square().column + SHIFTS[name][1]);
  });
  parts.frame.addEventListener("pointerdown", (event) => {
    if (parts.square.checked) parts.frame.setPointerCapture(event.pointerId);
    drag(event);
  });
  parts.frame.addEventListener("pointermove", drag);
  for (const part of [parts.square, parts.size, parts.row, parts.column]) {
    part.addEventListener("input", () => moveSquare(square().row, square().column));
  }
  parts.size.addEventListener("input", changed);
  parts.slide.addEventListener("click", () => slide().catch(fail));
  parts.layer.addEventListener("change", () => {
    state.unit = null;
    askAgain();
  });
  for (const part of [parts.channel, parts.apart]) part.addEventListener("change", drawMaps);
  parts.mapFrame.addEventListener("keydown", (event) => {
    if (!ARROWS[event.key]) return;
    event.preventDefault();
    const [down, right] = SHIFTS[ARROWS[event.key]];
    chooseUnit(state.unit[0] + down, state.unit[1] + right);
  });
  parts.mapFrame.addEventListener("click", (event) => {
    chooseUnit(...placeIn(parts.map, event, ...state.maps.shape));
  });
  parts.all.addEventListener("click", chooseChannel);

  function tell(sentence) {
    clearTimeout(clock);
    status.textContent = sentence;
  }

  return take;
}

async function ofSample(sample, side) {
  const image = sample.querySelector("img");
  image.loading = "eager"; // far from the screen it would not arrive
  await image.decode();
  const { naturalWidth, naturalHeight } = image;
  return { ...pictureOfFrame(image, naturalWidth, naturalHeight, side), name: `the sample, ${image.alt}` };
}

async function ofFile(file, side) {
  return { ...(await pictureOf(file, side)), name: file.name };
}

function titleOf(chosen) {
  return chosen.selectedOptions[0].textContent;
}

function bar(name) {
  const line = document.createElement("li");
  line.innerHTML = `<span></span> <span class="own-bar"><i></i></span> <b></b>`;
  line.querySelector("span").textContent = name;
  return line;
}

// Offer the layers whose outputs are maps; a dropout layer hands on what it gets.
function fillLayers(select, graph) {
  const maps = graph.layers.filter(
    ({ kind, shape }) => shape.length === 3 && !["InputLayer", "Dropout"].includes(kind),
  );
  select.replaceChildren(
    ...maps.map(({ name, shape: [height, width, channels] }) => {
      const words = `${name}: ${channels} of ${height}×${width}`;
      return Object.assign(document.createElement("option"), { value: name, textContent: words });
    }),
  );
}

// Few maps are drawn large, many small; as many stand in a row as the page has room for.
function cellsFor(canvas, [, , channels]) {
  const room = canvas.parentElement.clientWidth;
  const size = [
    [8, 88],
    [32, 64],
  ].find(([most]) => channels <= most)?.[1] ?? 40;
  return { columns: Math.max(1, Math.min(channels, Math.floor(room / (size + GAP)))), size, gap: GAP };
}

// Return [row, column] of a pointer in a canvas that has so many of each.
function placeIn(canvas, event, rows, columns) {
  const box = canvas.getBoundingClientRect();
  return [
    Math.floor(((event.clientY - box.top) / box.height) * rows),
    Math.floor(((event.clientX - box.left) / box.width) * columns),
  ];
}

// Two lines, dark on bright: one of them shows on any ground.
function rectangle({ row, column, size }) {
  const place = `x="${column}" y="${row}" width="${size}" height="${size}"`;
  return `<rect ${place} class="own-dark"></rect><rect ${place} class="own-bright"></rect>`;
}

function shiftInWords([down, right]) {
  const words = [];
  if (down) words.push(`shifted ${Math.abs(down)} ${down > 0 ? "down" : "up"}`);
  if (right) words.push(`shifted ${Math.abs(right)} to the ${right > 0 ? "right" : "left"}`);
  return words;
}

function dropsInWords({ without, size, found }, name) {
  const by = (better) => found.reduce((a, b) => (better(b.probability, a.probability) ? b : a));
  const [least, most] = [by((b, a) => b < a), by((b, a) => b > a)];
  const place = ({ row, column }) =>
    `rows ${row} to ${row + size - 1}, columns ${column} to ${column + size - 1}`;
  return (
    `Without the square, ${name} has ${percent(without)}. It has least, ` +
    `${percent(least.probability)}, with the square on ${place(least)}; and most, ` +
    `${percent(most.probability)}, with the square on ${place(most)}. Bright places cost most.`
  );
}

function short(value) {
  return Number(value.toPrecision(3)).toString().replace("-", "−");
}
