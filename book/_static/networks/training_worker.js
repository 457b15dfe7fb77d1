// A network that learns, in a worker, so that the page stays usable. Messages that come in name what
// to do; those that go out have a `type`.

import { BACK_ENDS, chooseBackEnd, isLost } from "./back_end.js";
import { learningFiles } from "./learning_files.js";
import { NoFile } from "./network.js";
import { Run } from "./run.js";
import { NoRuntime, tensorflow } from "./tensorflow.js";
import { showLife } from "./watched_worker.js";

const FOLDER = new URL("learn/", import.meta.url);
const AT_A_STRETCH = 80; // milliseconds of steps before messages are read
const loaded = new Map(); // promises of files, by network
let runtime = null;
let run = null;
let id = 0; // of the run
let last = null; // {measure, weights}: the last measure, and the weights then
let going = false;
let stretch = 0; // pictures per second

const REQUESTS = {
  // Begin a run; the one before it is forgotten. `gpu` says whether a GPU may be tried.
  async begin({ id: next, network, settings, weights, gpu }) {
    going = false;
    runtime ??= tensorflow();
    if (!loaded.has(network)) loaded.set(network, learningFiles(network, FOLDER));
    const [tf, files] = [await runtime, await loaded.get(network)];
    const backEnd = gpu ? await chooseBackEnd(tf, files, settings.batch) : "lost";
    run?.dispose();
    run = new Run(tf, files, settings, weights);
    last = null;
    id = next;
    post("begun", { backEnd: BACK_ENDS[backEnd], graph: files.graph });
    report();
  },
  go() {
    if (going) return;
    going = true;
    train();
  },
  pause() {
    going = false;
    tell();
  },
  step() {
    going = false;
    run.step();
    report();
  },
  weights() {
    post("weights", { weights: run.training.weights(), measure: last.measure });
  },
  answer({ pixels }) {
    post("answer", { probabilities: run.answer(pixels) });
  },
};

function post(type, details) {
  if (run && isLost(run.training)) throw Error("the GPU is lost");
  self.postMessage({ type, id, ...details });
}

// Train until told otherwise, with pauses in which messages come in.
function train() {
  if (!going) return;
  const [start, before] = [performance.now(), run.seen];
  try {
    while (performance.now() - start < AT_A_STRETCH) {
      const loss = run.step();
      if (run.due || !Number.isFinite(loss)) {
        stretch = speed(start, before);
        report();
        break;
      }
    }
    stretch = speed(start, before) || stretch;
    tell();
    if (going) setTimeout(train);
  } catch (error) {
    fail(error);
  }
}

function speed(start, before) {
  return (1000 * (run.seen - before)) / (performance.now() - start);
}

function tell() {
  const { steps, epochs } = run;
  post("progress", { steps, epochs, speed: stretch });
}

// Measure, and stop a run that diverges.
function report() {
  const measure = run.measure();
  const weights = run.training.weights();
  if (!run.isWhole(weights)) throw Error("the GPU gives zeros"); // it is lost: the browser tells later
  if (measure.diverged) going = false;
  post("measure", {
    ...measure,
    worst: measure.worst.map((one) => ({ ...one, pixels: run.pixelsOf(one.picture) })),
    filters: run.filters(),
  });
  last = { measure, weights };
}

// Say in one word why: learn.js has a sentence for it.
function fail(error) {
  going = false;
  const memory = error instanceof RangeError || /memory|abort|unreachable/i.test(error?.message);
  let reason = memory ? "memory" : "other";
  if (run?.training.tf.getBackend() === "webgl") reason = "gpu";
  if (error instanceof NoRuntime) [reason, runtime] = ["runtime", null];
  if (error instanceof NoFile) {
    reason = "file";
    loaded.clear();
  }
  const details = String(error?.stack ?? error);
  self.postMessage({ type: "failed", id, reason, details, weights: last?.weights });
}

showLife();
self.onmessage = async ({ data: { request, ...details } }) => {
  try {
    await REQUESTS[request](details);
  } catch (error) {
    fail(error);
  }
};
