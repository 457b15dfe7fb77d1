// A picture is cut to its middle square and resized to the side that a network takes, as
// `lessons_src.pictures.fit` does it: bicubic, by the steps of Pillow and with its rounding.

const SUPPORT = 2; // of the bicubic filter, in pixels of the smaller picture
const BITS = 22; // Pillow's weights are whole numbers of 1 / 2^22
const HALF = 2 ** (BITS - 1);

// Return {pixels, steps} of a picture of any size. `rows(first, count)` returns lines of it, RGB
// after RGB: a large picture need not be in memory at once. Each step is [word, details] of
// `lessons_src.pictures.WORDS`.
export function fitted({ width, height, rows }, side) {
  const kept = Math.min(width, height);
  const left = Math.floor((width - kept) / 2);
  const top = Math.floor((height - kept) / 2);
  const steps = [];
  if (width !== height) {
    steps.push(["cropped", { before: times(width, height), after: times(kept, kept) }]);
  }
  if (kept !== side) {
    const word = kept > side ? "shrunk" : "enlarged";
    steps.push([word, { before: times(kept, kept), after: times(side, side) }]);
  }
  const windows = kept === side ? null : windowsOf(kept, side);
  const narrow = narrowed({ width, rows, left, top, kept }, side, windows);
  return { pixels: windows ? shortened(narrow, side, windows) : narrow, steps };
}

const times = (width, height) => `${width}×${height}`;

// Return of each new pixel the first old one that counts, and the weights of this and the following.
function windowsOf(before, after) {
  const scale = before / after;
  const stretch = Math.max(scale, 1);
  return Array.from({ length: after }, (_, place) => {
    const centre = (place + 0.5) * scale;
    const first = Math.max(Math.trunc(centre - SUPPORT * stretch + 0.5), 0);
    const end = Math.min(Math.trunc(centre + SUPPORT * stretch + 0.5), before);
    const weights = [];
    for (let old = first; old < end; old++) weights.push(bicubic((old - centre + 0.5) / stretch));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => rounded((weight / sum) * 2 ** BITS)) };
  });
}

// Keys' filter, with a = −0.5.
function bicubic(x) {
  const far = Math.abs(x);
  if (far < 1) return (1.5 * far - 2.5) * far * far + 1;
  if (far < 2) return ((-0.5 * far + 2.5) * far - 4) * far + 2;
  return 0;
}

// Halves go away from zero.
const rounded = (value) => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);

// Return the kept square's lines, each `side` pixels wide.
function narrowed({ width, rows, left, top, kept }, side, windows) {
  const narrow = new Uint8ClampedArray(kept * side * 3);
  const atOnce = Math.max(1, Math.floor(2 ** 20 / width));
  for (let first = 0; first < kept; first += atOnce) {
    const count = Math.min(atOnce, kept - first);
    const lines = rows(top + first, count);
    for (let line = 0; line < count; line++) {
      const source = (line * width + left) * 3;
      const target = (first + line) * side * 3;
      if (windows) weigh(lines, source, 3, narrow, target, 3, windows);
      else narrow.set(lines.subarray(source, source + side * 3), target);
    }
  }
  return narrow;
}

// Return `side` lines of lines that are `side` pixels wide.
function shortened(narrow, side, windows) {
  const pixels = new Uint8ClampedArray(side * side * 3);
  for (let column = 0; column < side; column++) {
    weigh(narrow, column * 3, side * 3, pixels, column * 3, side * 3, windows);
  }
  return pixels;
}

// Resize one line or column: from pixels that lie `step` values apart to such `targetStep` apart.
function weigh(from, start, step, to, target, targetStep, windows) {
  for (let place = 0; place < windows.length; place++) {
    const { first, weights } = windows[place];
    let [red, green, blue] = [HALF, HALF, HALF];
    for (let i = 0, at = start + first * step; i < weights.length; i++, at += step) {
      red += weights[i] * from[at];
      green += weights[i] * from[at + 1];
      blue += weights[i] * from[at + 2];
    }
    const at = target + place * targetStep;
    to[at] = Math.floor(red / 2 ** BITS);
    to[at + 1] = Math.floor(green / 2 ** BITS);
    to[at + 2] = Math.floor(blue / 2 ** BITS);
  }
}
