// What the site serves for networks that learn: lessons_src/page_networks/learning.py and
// lessons_src/data/page_pictures.py write it.

import { NoFile } from "./network.js";

// Load a network to train: its graph, the distributions of its first weights, where each weight
// stands in Keras' file, and the pictures.
export async function learningFiles(name, folder) {
  const [described, facts, packed] = await Promise.all([
    json(new URL(`${name}.json`, folder)),
    json(new URL("pictures.json", folder)),
    unpacked(new URL("pictures.gz", folder)),
  ]);
  return { ...described, pictures: sorted(packed, facts) };
}

export async function json(url) {
  return (await fetched(url)).json();
}

// Return the bytes of a file that the site serves compressed.
export async function unpacked(url) {
  const { body } = await fetched(url);
  return new Uint8Array(
    await new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer(),
  );
}

async function fetched(url) {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) throw new NoFile(`${url} (${response?.status ?? "no answer"})`);
  return response;
}

// Split the pictures into those to train on and those to check with. Their pixels are bytes of
// 0–255, which `toUnit` turns into the numbers that a network takes.
function sorted(packed, { trained, checked, step }) {
  const count = trained + checked;
  const each = (packed.length - count) / count;
  const pixels = packed.subarray(count).map((level) => level * step);
  const part = (from, to) => ({
    labels: [...packed.subarray(from, to)],
    pixels: pixels.subarray(from * each, to * each),
    each,
  });
  return { trained: part(0, trained), checked: part(trained, count) };
}

// Return numbers of 0–1 for bytes of 0–255.
export function toUnit(bytes) {
  return Float32Array.from(bytes, (value) => value / 255);
}
