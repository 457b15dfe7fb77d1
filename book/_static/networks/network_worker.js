// Networks in a worker: each is loaded at the first request that names it. A request holds an id,
// what to do, and the network's name; the answer holds the id, and `result` or `failed`.

import { Network, NoFile } from "./network.js";
import { NoRuntime, tensorflow } from "./tensorflow.js";

const MOST_AT_ONCE = 32; // pictures: all maps of a batch are in memory together

const networks = new Map(); // promises, by name
let runtime = null;

function network(name) {
  if (!networks.has(name)) networks.set(name, loaded(name));
  return networks.get(name);
}

async function loaded(name) {
  try {
    runtime ??= tensorflow();
    return await Network.load(await runtime, new URL(`${name}.json`, import.meta.url));
  } catch (error) {
    networks.delete(name); // the next request tries again
    throw error;
  }
}

const REQUESTS = {
  open: async ({ name }) => (await network(name)).graph,
  answer: async ({ name, pixels, layerName }) => answer(await network(name), pixels, layerName),
  answerMany: async ({ name, pictures }) => answerMany(await network(name), pictures),
  close: async ({ name }) => {
    const closed = networks.get(name);
    networks.delete(name);
    (await closed)?.dispose();
  },
};

// Return the pictures, RGB of 0–255 each, as the network takes them.
function images({ tf, graph }, pictures) {
  const size = graph.input.reduce((product, side) => product * side, 1);
  const pixels = new Float32Array(size * pictures.length);
  pictures.forEach((picture, i) => {
    if (picture.length !== size) throw Error(`a picture of ${picture.length} values, not ${size}`);
    pixels.set(picture, i * size);
  });
  return tf.tensor(
    pixels.map((value) => value / 255),
    [pictures.length, ...graph.input],
  );
}

function answer(network, pixels, layerName) {
  return network.tf.tidy(() => {
    const outputs = network.run(images(network, [pixels]));
    const probabilities = outputs.get(network.graph.output).dataSync();
    if (!layerName) return { probabilities, maps: null };
    const output = outputs.get(layerName);
    return { probabilities, maps: { shape: output.shape.slice(1), values: output.dataSync() } };
  });
}

function answerMany(network, pictures) {
  const answers = [];
  for (let first = 0; first < pictures.length; first += MOST_AT_ONCE) {
    const batch = pictures.slice(first, first + MOST_AT_ONCE);
    const values = network.tf.tidy(() =>
      network.run(images(network, batch)).get(network.graph.output).dataSync(),
    );
    const classes = network.graph.classes.length;
    batch.forEach((_, i) => answers.push(values.slice(i * classes, (i + 1) * classes)));
  }
  return answers;
}

// Return in one word why a request failed: answers.js has a sentence for it.
function reason(error) {
  if (error instanceof NoRuntime) return "runtime";
  if (error instanceof NoFile) return "file";
  if (error instanceof RangeError || /memory|abort|unreachable/i.test(error.message)) return "memory";
  return "other";
}

self.onmessage = async ({ data: { id, request, ...details } }) => {
  try {
    self.postMessage({ id, result: await REQUESTS[request](details) });
  } catch (error) {
    self.postMessage({ id, failed: reason(error), details: String(error?.stack ?? error) });
  }
};
