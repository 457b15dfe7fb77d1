// One run of training: settings, the order of the pictures, and what is measured on the way.

import { toUnit } from "./learning_files.js";
import { generator, initialWeights, order } from "./random.js";
import { mean, parametersOf, Training } from "./training.js";

const WORST = 10;
const MEASURES_PER_EPOCH = 2;
const TOO_HIGH = 4; // times the loss of guessing

export class Run {
  // `files` as from learning_files.js; `settings`: activation, optimizer, rate, batch, seed.
  // `weights` are for going on with what is there; else the seed draws them.
  constructor(tf, { graph, initial, pictures }, settings, weights) {
    const parameters = parametersOf(graph);
    const random = generator(settings.seed);
    this.pictures = pictures;
    this.settings = settings;
    this.classes = graph.classes.length;
    this.random = random; // of the weights first, then of the pictures' order
    const first = weights ?? initialWeights(parameters, initial, random);
    this.training = new Training(tf, graph, first, settings);
    this.checked = toUnit(pictures.checked.pixels);
    this.waiting = [];
    this.seen = 0;
    this.sinceMeasure = { pictures: 0, loss: 0, right: 0 };
  }

  get steps() {
    return this.training.steps;
  }

  get epochs() {
    return this.seen / this.pictures.trained.labels.length;
  }

  // Whether as many pictures were learnt as lie between two measures.
  get due() {
    const { length } = this.pictures.trained.labels;
    return this.sinceMeasure.pictures >= length / MEASURES_PER_EPOCH;
  }

  // Learn from the next batch. Every epoch sees all pictures once, in a new order; its last batch
  // holds what is left.
  step() {
    const { trained } = this.pictures;
    if (!this.waiting.length) this.waiting = [...order(trained.labels.length, this.random)];
    const chosen = this.waiting.splice(0, this.settings.batch);
    const pixels = new Float32Array(chosen.length * trained.each);
    chosen.forEach((picture, i) => {
      const own = trained.pixels.subarray(picture * trained.each, (picture + 1) * trained.each);
      for (let k = 0; k < own.length; k++) pixels[i * trained.each + k] = own[k] / 255;
    });
    const { loss, right } = this.training.step(pixels, chosen.map((picture) => trained.labels[picture]));
    this.seen += chosen.length;
    this.sinceMeasure.pictures += chosen.length;
    this.sinceMeasure.loss += loss * chosen.length;
    this.sinceMeasure.right += right;
    return loss;
  }

  // Return how the training went since the last measure (null before the first step), how the
  // network answers the checked pictures now, and which of them it answers worst.
  measure() {
    const { pictures, loss, right } = this.sinceMeasure;
    const { labels } = this.pictures.checked;
    const answered = this.training.evaluate(this.checked, labels);
    const trained = pictures ? { loss: loss / pictures, accuracy: right / pictures } : null;
    const checked = { loss: mean(answered.losses), accuracy: mean(answered.right.map(Number)) };
    this.sinceMeasure = { pictures: 0, loss: 0, right: 0 };
    return {
      steps: this.steps,
      epochs: this.epochs,
      trained,
      checked,
      worst: this.worst(answered),
      diverged: [trained, checked].some((part) => part && this.isTooHigh(part.loss)),
    };
  }

  // Say whether a loss is no number, or far above that of guessing, ln(classes).
  isTooHigh(loss) {
    return !(loss < TOO_HIGH * Math.log(this.classes));
  }

  worst({ losses, probabilities }) {
    const places = losses.map((_, i) => i).sort((a, b) => losses[b] - losses[a] || a - b);
    return places.slice(0, WORST).map((picture) => {
      const own = probabilities.slice(picture * this.classes, (picture + 1) * this.classes);
      const answer = own.indexOf(Math.max(...own));
      const label = this.pictures.checked.labels[picture];
      return { picture, label, answer, probability: own[label] };
    });
  }

  // Return the kernels of the first convolution: {shape, values}.
  filters() {
    const { graph, network } = this.training;
    const first = graph.layers.find(({ kind }) => kind === "Conv2D");
    const { kernel } = network.weights.get(first.name);
    return { shape: kernel.shape, values: kernel.dataSync() };
  }

  // Say whether all kernels hold something.
  isWhole(weights) {
    const kernels = parametersOf(this.training.graph).filter(({ name }) => name === "kernel");
    return kernels.every(({ offset, size }) =>
      weights.subarray(offset, offset + size).some((weight) => weight !== 0),
    );
  }

  // Return the bytes of one of the checked pictures.
  pixelsOf(picture) {
    const { pixels, each } = this.pictures.checked;
    return pixels.slice(picture * each, (picture + 1) * each);
  }

  // Return the probabilities of a picture, RGB of 0–255.
  answer(pixels) {
    return this.training.evaluate(toUnit(pixels), [0]).probabilities;
  }

  dispose() {
    this.training.dispose();
  }
}
