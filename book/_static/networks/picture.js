// The one way from what a reader gives to the pixels that a network sees: by the rules and in the
// words of `lessons_src.pictures`.

import { MOST_PIXELS, REMEDIES, WORDS } from "./picture_rules.js";
import { headerOf } from "./picture_header.js";
import { fitted } from "./resampling.js";

export class NoPicture extends Error {} // its message is for the reader

// Return {pixels, done} of a file: RGB of side × side pixels, and in words what was done to get them.
export async function pictureOf(file, side) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const header = headerOf(bytes);
  refuseLarge(header, file.name);
  const bitmap = await decoded(file, bytes);
  try {
    refuseLarge(bitmap, file.name);
    const { pixels, steps } = fittedBitmap(bitmap, side);
    return { pixels, done: [...stepsOf(header, bitmap), ...steps].map(say) };
  } finally {
    bitmap.close();
  }
}

// Return {pixels, done} of what a canvas can draw: a video's frame or an image.
export function pictureOfFrame(source, width, height, side) {
  const { pixels, steps } = fitted({ width, height, rows: rowsOf(source, width) }, side);
  return { pixels, done: steps.map(say) };
}

export function say([word, details = {}]) {
  return WORDS[word].replace(/\{(\w+)\}/g, (_, name) => details[name]);
}

function refuseLarge({ width, height }, name) {
  if (!(width * height > MOST_PIXELS)) return;
  const details = { found: `${width}×${height} pixels`, most: MOST_PIXELS.toLocaleString("en") };
  throw new NoPicture(`${name}: ${say(["large", details])}.`);
}

async function decoded(file, bytes) {
  try {
    if (isCut(bytes)) throw Error("the file ends too early");
    // Pillow leaves colours as the file has them.
    return await createImageBitmap(file, { colorSpaceConversion: "none" });
  } catch {
    throw new NoPicture(`${file.name}: ${remedy(bytes)}.`);
  }
}

// A browser shows what there is of a JPEG file that was cut off; Pillow refuses it.
function isCut(bytes) {
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (!isJpeg) return false;
  for (let at = bytes.length - 2; at > 2; at--) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return false;
  }
  return true;
}

// Say what a file is that could not be read, and what to do.
function remedy(bytes) {
  const beginning = String.fromCharCode(...bytes.subarray(0, 2000));
  const known = REMEDIES.find(([pattern]) => new RegExp(`^(?:${pattern})`, "s").test(beginning));
  return known ? known[1] : say(["unreadable"]);
}

// Return the steps before the picture is fitted.
function stepsOf({ frames, orientation, bits, mode }, bitmap) {
  const steps = [];
  if (frames > 1) steps.push(["frames", { frames }]);
  if (orientation >= 2 && orientation <= 8) steps.push(["turned"]);
  if (bits > 8) steps.push(["reduced", { bits }]);
  if (isTransparent(bitmap)) steps.push(["white"]);
  if (["1", "L", "LA"].includes(mode)) steps.push(["grey"]);
  else if (mode === "P") steps.push(["palette"]);
  else if (mode === "CMYK") steps.push(["converted", { mode }]);
  return steps;
}

function fittedBitmap(bitmap, side) {
  const { width, height } = bitmap;
  return fitted({ width, height, rows: rowsOf(bitmap, width) }, side);
}

// Return what reads lines of RGB, laid on white. A canvas of a few lines is small enough for every
// device, where one of a whole photo may not be.
function rowsOf(source, width) {
  return (first, count) => {
    const values = drawn(source, width, first, count, "white");
    const pixels = new Uint8ClampedArray(width * count * 3);
    for (let from = 0, to = 0; from < values.length; from += 4, to += 3) {
      pixels[to] = values[from];
      pixels[to + 1] = values[from + 1];
      pixels[to + 2] = values[from + 2];
    }
    return pixels;
  };
}

function drawn(source, width, first, count, ground) {
  const canvas = new OffscreenCanvas(width, count);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (ground) {
    context.fillStyle = ground;
    context.fillRect(0, 0, width, count);
  }
  context.drawImage(source, 0, -first);
  return context.getImageData(0, 0, width, count).data;
}

function isTransparent(bitmap) {
  const atOnce = Math.max(1, Math.floor(2 ** 20 / bitmap.width));
  for (let first = 0; first < bitmap.height; first += atOnce) {
    const count = Math.min(atOnce, bitmap.height - first);
    const values = drawn(bitmap, bitmap.width, first, count);
    for (let i = 3; i < values.length; i += 4) if (values[i] < 255) return true;
  }
  return false;
}
