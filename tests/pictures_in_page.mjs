// Fits pictures and reads headers as the pages do, in Node: test_pictures_in_page.py calls it.

import { readFileSync } from "node:fs";

import { headerOf } from "../book/_static/networks/picture_header.js";
import { fitted } from "../book/_static/networks/resampling.js";

const { pictures, files } = JSON.parse(readFileSync(0, "utf8"));
const fit = ({ width, height, pixels, side }) => {
  const values = Buffer.from(pixels, "base64");
  const rows = (first, count) => values.subarray(first * width * 3, (first + count) * width * 3);
  const { pixels: fittedPixels, steps } = fitted({ width, height, rows }, side);
  return { pixels: Buffer.from(fittedPixels.buffer).toString("base64"), steps };
};
const headers = files.map((file) => headerOf(new Uint8Array(Buffer.from(file, "base64"))));
console.log(JSON.stringify({ fitted: pictures.map(fit), headers }));
