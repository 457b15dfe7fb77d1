// A network that learns: forward, loss, backward, and one step of the optimizer for each weight.

import { BACKWARD, FORWARD } from "./backward.js";
import { LAYERS } from "./layers.js";
import { Network } from "./network.js";
import { OPTIMIZERS } from "./optimizers.js";
import { generator } from "./random.js";

const AT_ONCE = 100; // pictures per forward pass where nothing is learnt

export class Training {
  // `weights`: all of them in one array. `settings`: activation, optimizer, rate, seed.
  constructor(tf, graph, weights, settings) {
    this.tf = tf;
    this.settings = settings;
    this.random = generator(settings.seed);
    this.graph = { ...graph, layers: graph.layers.map((layer) => adapted(layer, settings)) };
    this.network = new Network(tf, this.graph, weights);
    this.learns = learningLayers(this.graph);
    this.memories = new Map();
    this.steps = 0;
  }

  // Learn from one batch: pixels of 0–1 and labels. Return the mean loss and how many were right.
  step(pixels, labels) {
    this.steps += 1;
    return this.tf.tidy(() => {
      const passes = this.forward(this.images(pixels, labels.length));
      const { output } = passes.get(this.graph.output);
      const { losses, probabilities, right } = crossEntropy(output.dataSync(), labels);
      const change = Float32Array.from(probabilities, (p) => p / labels.length);
      const classes = output.shape[1];
      labels.forEach((label, i) => (change[i * classes + label] -= 1 / labels.length));
      this.backward(passes, this.tf.tensor(change, output.shape));
      this.followStatistics(passes);
      return { loss: mean(losses), right: right.filter(Boolean).length };
    });
  }

  // Return what happens in each layer, by its name, when the network sees images in training.
  forward(images) {
    const { tf, graph, network, learns, random } = this;
    const passes = new Map();
    for (const layer of graph.layers) {
      const inputs = layer.inputs.map((name) => passes.get(name).output);
      const weights = network.weights.get(layer.name);
      let [output, notes] = [images, null];
      if (FORWARD[layer.kind]) {
        ({ output, notes } = FORWARD[layer.kind](tf, layer, inputs, weights, random));
      } else if (inputs.length) output = LAYERS[layer.kind](tf, layer, inputs, weights, false);
      const wanted = layer.inputs.some((name) => learns.has(name));
      passes.set(layer.name, { inputs, output, weights, notes, wanted });
    }
    return passes;
  }

  // Go back through the layers with the loss's gradient for the output, and change each weight.
  backward(passes, change) {
    const { tf, graph, learns } = this;
    const changes = new Map([[graph.output, change]]);
    for (const layer of graph.layers.toReversed()) {
      if (!learns.has(layer.name)) continue;
      const pass = passes.get(layer.name);
      const gradients = BACKWARD[layer.kind](tf, layer, changes.get(layer.name), pass);
      layer.inputs.forEach((name, i) => {
        const before = changes.get(name);
        const added = gradients.inputs[i];
        changes.set(name, before && added ? tf.add(before, added) : added);
      });
      for (const { name, trainable } of layer.weights) {
        if (trainable) this.change(layer, name, gradients.weights[name]);
      }
    }
  }

  // Take the optimizer's step for one weight.
  change(layer, name, gradient) {
    const { tf, settings, steps, network, memories } = this;
    const key = `${layer.name}/${name}`;
    if (!memories.has(key)) memories.set(key, {});
    const step = OPTIMIZERS[settings.optimizer];
    const before = network.weights.get(layer.name)[name];
    this.replace(layer, name, step(tf, before, gradient, settings.rate, memories.get(key), steps));
  }

  // Move the running statistics, by which the network will answer, towards the batch's.
  followStatistics(passes) {
    const { tf, graph, network } = this;
    for (const layer of graph.layers.filter(({ kind }) => kind === "BatchNormalization")) {
      const { notes } = passes.get(layer.name);
      for (const name of ["mean", "variance"]) {
        const before = tf.mul(network.weights.get(layer.name)[`moving_${name}`], layer.momentum);
        const moved = tf.add(before, tf.mul(notes[name], 1 - layer.momentum));
        this.replace(layer, `moving_${name}`, moved);
      }
    }
  }

  replace(layer, name, tensor) {
    const weights = this.network.weights.get(layer.name);
    weights[name].dispose();
    weights[name] = this.tf.keep(tensor);
  }

  // Answer pictures without learning: of each, the loss, the probabilities and whether it is right.
  evaluate(pixels, labels) {
    const { tf, graph, network } = this;
    const each = pixels.length / labels.length;
    const parts = [];
    for (let start = 0; start < labels.length; start += AT_ONCE) {
      const part = labels.slice(start, start + AT_ONCE);
      const end = start + part.length;
      tf.tidy(() => {
        const images = this.images(pixels.subarray(start * each, end * each), part.length);
        parts.push(crossEntropy(network.run(images).get(graph.output).dataSync(), part));
      });
    }
    const all = (name) => parts.flatMap((part) => [...part[name]]);
    return { losses: all("losses"), probabilities: all("probabilities"), right: all("right") };
  }

  // Return all weights in one array, as the constructor took them.
  weights() {
    const parts = this.graph.layers.flatMap((layer) =>
      layer.weights.map(({ name, offset }) => {
        return [offset, this.network.weights.get(layer.name)[name].dataSync()];
      }),
    );
    const all = new Float32Array(parts.reduce((sum, [, values]) => sum + values.length, 0));
    for (const [offset, values] of parts) all.set(values, offset);
    return all;
  }

  dispose() {
    this.network.dispose();
    for (const memory of this.memories.values()) this.tf.dispose(memory);
  }

  images(pixels, count) {
    return this.tf.tensor(pixels, [count, ...this.graph.input]);
  }
}

// The network's own activation gives way to the reader's; the softmax is part of the loss.
function adapted(layer, { activation }) {
  const own = layer.activation;
  if (own === "softmax") return { ...layer, activation: "linear" };
  return own && own !== "linear" && activation ? { ...layer, activation } : layer;
}

// Name the layers that the gradient must reach: they learn, or one that they read does.
function learningLayers({ layers }) {
  const learns = new Set();
  for (const { name, inputs, weights } of layers) {
    if (weights.length || inputs.some((input) => learns.has(input))) learns.add(name);
  }
  return learns;
}

// Return softmax, −ln of the true class's probability, and whether it is the highest, from what the
// last layer computed before its softmax: a probability that float32 cannot hold has a loss, too.
export function crossEntropy(logits, labels) {
  const classes = logits.length / labels.length;
  const probabilities = new Float32Array(logits.length);
  const losses = new Float32Array(labels.length);
  const right = [];
  labels.forEach((label, i) => {
    const scores = logits.subarray(i * classes, (i + 1) * classes);
    const highest = Math.max(...scores);
    const powers = Array.from(scores, (score) => Math.exp(score - highest));
    const sum = powers.reduce((a, b) => a + b);
    powers.forEach((power, k) => (probabilities[i * classes + k] = power / sum));
    losses[i] = Math.log(sum) + highest - scores[label];
    right.push(scores.indexOf(highest) === label);
  });
  return { probabilities, losses, right };
}

export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

// List a network's weights, each with the key that is its layer's and its own name.
export function parametersOf(graph) {
  return graph.layers.flatMap((layer) =>
    layer.weights.map((weight) => ({
      ...weight,
      key: `${layer.name}/${weight.name}`,
      size: weight.shape.reduce((product, side) => product * side, 1),
    })),
  );
}
