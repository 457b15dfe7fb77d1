// Networks in a worker: each is loaded at the first request that names it. A request holds an id,
// what to do, and the network's name; the answer holds the id, and `result` or `failed`.

import { Network, NoFile } from "./network.js";
import { NoRuntime, tensorflow } from "./tensorflow.js";
import { showLife } from "./watched_worker.js";

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
  // One after the other: a batch needs more memory and is no faster, sometimes three times slower.
  answerMany: async ({ name, pictures }) => {
    const found = await network(name);
    return pictures.map((pixels) => answer(found, pixels).probabilities);
  },
  close: async ({ name }) => {
    const closed = networks.get(name);
    networks.delete(name);
    (await closed)?.dispose();
  },
};

// Return a picture, RGB of 0–255, as the network takes it: a batch of one.
function images({ tf, graph }, pixels) {
  const size = graph.input.reduce((product, side) => product * side, 1);
  if (pixels.length !== size) throw Error(`a picture of ${pixels.length} values, not ${size}`);
  return tf.tensor(Float32Array.from(pixels, (value) => value / 255), [1, ...graph.input]);
}

function answer(network, pixels, layerName) {
  return network.tf.tidy(() => {
    const outputs = network.run(images(network, pixels));
    const probabilities = outputs.get(network.graph.output).dataSync();
    if (!layerName) return { probabilities, maps: null };
    const output = outputs.get(layerName);
    return { probabilities, maps: { shape: output.shape.slice(1), values: output.dataSync() } };
  });
}

// Return in one word why a request failed: answers.js has a sentence for it.
function reason(error) {
  if (error instanceof NoRuntime) return "runtime";
  if (error instanceof NoFile) return "file";
  if (error instanceof RangeError || /memory|abort|unreachable/i.test(error.message)) return "memory";
  return "other";
}

showLife();
self.onmessage = async ({ data: { id, request, ...details } }) => {
  try {
    self.postMessage({ id, result: await REQUESTS[request](details) });
  } catch (error) {
    self.postMessage({ id, failed: reason(error), details: String(error?.stack ?? error) });
  }
};
