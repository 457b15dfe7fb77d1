// A network that a page runs: the graph and the weights that the site's build exported.

import { LAYERS } from "./layers.js";
import { numbersOf } from "./half_precision.js";

export class NoFile extends Error {}

export class Network {
  // Load NAME.json and NAME.bin: `url` is the address of the former.
  static async load(tf, url) {
    const graph = await (await fetched(url)).json();
    const halves = await (await fetched(String(url).replace(/json$/, "bin"))).arrayBuffer();
    return new Network(tf, graph, numbersOf(halves));
  }

  // `values` holds the weights of all layers, each at its offset.
  constructor(tf, graph, values) {
    this.tf = tf;
    this.graph = graph;
    this.weights = new Map(); // by layer, then by name
    for (const layer of graph.layers) {
      const tensors = layer.weights.map(({ name, shape, offset }) => {
        const size = shape.reduce((product, side) => product * side, 1);
        return [name, tf.tensor(values.slice(offset, offset + size), shape)];
      });
      this.weights.set(layer.name, Object.fromEntries(tensors));
    }
  }

  // Return the output of each layer, by name, for images (N, height, width, channels) of 0–1. Call
  // it inside of `tf.tidy`, which frees the outputs.
  run(images) {
    const outputs = new Map();
    for (const layer of this.graph.layers) {
      const inputs = layer.inputs.map((name) => outputs.get(name));
      const output = inputs.length
        ? LAYERS[layer.kind](this.tf, layer, inputs, this.weights.get(layer.name))
        : images;
      outputs.set(layer.name, output);
    }
    return outputs;
  }

  dispose() {
    for (const tensors of this.weights.values()) this.tf.dispose(tensors);
  }
}

async function fetched(url) {
  let response;
  try {
    response = await fetch(url);
  } catch {
    throw new NoFile(String(url));
  }
  if (!response.ok) throw new NoFile(`${url} (${response.status})`);
  return response;
}
