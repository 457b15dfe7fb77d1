// Which of TensorFlow.js' back ends trains a network here: WebGL where this browser has a GPU that
// learns the same as WebAssembly does, and faster.

import { WEBGL } from "../tensorflow_address.js";
import { toUnit } from "./learning_files.js";
import { generator, initialWeights } from "./random.js";
import { parametersOf, Training } from "./training.js";

const ADDRESS = new URL(`${WEBGL}tf-backend-webgl.min.js`, new URL("..", import.meta.url));
// What magnifies no rounding error: a smooth activation, and steps as long as the gradient. (Those of
// Adam have the whole rate even where a gradient is all rounding.)
const SETTINGS = { activation: "tanh", optimizer: "SGD", rate: 0.1, seed: 0 };
const STEPS = 3; // the first one compiles what the others run
const MOST = 32; // pictures per step: few, since the reader waits; with more a GPU gains more
// The greatest difference of two weights. In float32 it was 1.5e-7, for the three networks that pages
// train; where WebGL computed in half precision, as some telephones do, 3e-4 to 3e-3.
const NEAR = 1e-5;
const FASTER = 1.25;
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i; // they draw without a GPU

// What computes and why, for the reader, by the word for it.
const ON_THE_PROCESSOR = "It learns on the processor (WebAssembly):";
export const BACK_ENDS = {
  faster: "It learns on the GPU (WebGL), which is faster than the processor here.",
  slower: `${ON_THE_PROCESSOR} the GPU is not faster here.`,
  different: `${ON_THE_PROCESSOR} the GPU does not compute exactly enough.`,
  absent: `${ON_THE_PROCESSOR} this browser offers no GPU.`,
  failed: `${ON_THE_PROCESSOR} the GPU could not be tried.`,
  lost: `${ON_THE_PROCESSOR} the GPU stopped.`,
};

const found = new Map(); // by network and pictures per step
let gl = null;

// Let the back end compute that trains a network faster and rightly. Return a key of BACK_ENDS.
// `files` as from learning_files.js.
export async function chooseBackEnd(tf, files, batch) {
  const count = Math.min(batch, MOST);
  const key = `${files.graph.name} ${count}`;
  if (!found.has(key)) found.set(key, await compared(tf, files, count));
  await tf.setBackend(found.get(key) === "faster" ? "webgl" : "wasm");
  return found.get(key);
}

// Say whether the GPU by which a network learns is gone. What was read from it since is no result.
export function isLost({ tf }) {
  return tf.getBackend() === "webgl" && gl.isContextLost();
}

async function compared(tf, files, count) {
  try {
    gl ??= context();
    if (!gl) return "absent";
    if (!tf.setWebGLContext) await import(ADDRESS); // adds itself to `tf`
    tf.setWebGLContext(2, gl);
    const processor = await tried(tf, "wasm", files, count);
    const gpu = await tried(tf, "webgl", files, count);
    const isNear = (weight, i) => Math.abs(weight - processor.weights[i]) < NEAR; // no NaN is
    if (!gpu.weights.every(isNear)) return "different";
    return processor.time > FASTER * gpu.time ? "faster" : "slower";
  } catch (error) {
    console.error(error);
    return "failed";
  }
}

// Return what WebGL draws with, or null if there is no GPU.
function context() {
  if (typeof OffscreenCanvas !== "function") return null;
  const attributes = { antialias: false, depth: false, failIfMajorPerformanceCaveat: true };
  const made = new OffscreenCanvas(1, 1).getContext("webgl2", attributes);
  const names = made?.getExtension("WEBGL_debug_renderer_info");
  const renderer = names ? made.getParameter(names.UNMASKED_RENDERER_WEBGL) : "";
  return SOFTWARE.test(renderer) ? null : made;
}

// Take the first steps with one back end. Return the weights after them, and the milliseconds of a
// step: each waits for what the one before it left to the GPU.
async function tried(tf, backEnd, { graph, initial, pictures: { trained } }, count) {
  await tf.setBackend(backEnd);
  const weights = initialWeights(parametersOf(graph), initial, generator(SETTINGS.seed));
  const pixels = toUnit(trained.pixels.subarray(0, count * trained.each));
  const training = new Training(tf, graph, weights, SETTINGS);
  try {
    const times = Array.from({ length: STEPS }, () => {
      const start = performance.now();
      training.step(pixels, trained.labels.slice(0, count));
      return performance.now() - start;
    });
    return { weights: training.weights(), time: Math.min(...times.slice(1)) };
  } finally {
    training.dispose();
  }
}
