// Answers of the book's networks, for a page: they run in one worker, which starts at the first
// call. Pictures never leave the page.

import { startWorker } from "./watched_worker.js";

export class NoAnswer extends Error {}

// Why there is no answer, in a sentence for the reader, by the worker's word for it.
const SENTENCES = {
  opened_as_file:
    "You opened this page as a file, so it cannot run a network. Run make serve and open the " +
    "address that it prints, or run the network in the notebook.",
  runtime:
    "This browser cannot run the network: it has no WebAssembly, or the page's runtime did not " +
    "arrive. Try another browser or load the page again, or run the network in the notebook.",
  file: "The network's files did not arrive. Check your connection and try again.",
  memory:
    "The network stopped: this device has too little memory for it. Close other pages and try " +
    "again, or run the network in the notebook.",
  lost: "The network stopped unexpectedly. Try again.",
  other: "The network cannot answer, by a mistake of this page. Load the page again.",
};

let worker = null;
let asked = 0;
const waiting = new Map(); // by a request's id, {resolve, reject} of its promise

// Return a network, loaded: its `graph`, and what answers about pictures. Each of them is RGB of
// 0–255, height · width · 3 values. All that fails throws NoAnswer, whose message is for the reader.
export async function openNetwork(name) {
  const graph = await ask({ request: "open", name });
  return {
    graph,
    // Return {probabilities, maps} of one picture: the maps of the layer that is named, else null.
    answer: (pixels, layerName) => ask({ request: "answer", name, pixels, layerName }),
    // Return the probabilities of each picture.
    answerMany: (pictures) => ask({ request: "answerMany", name, pictures }),
    close: () => worker && ask({ request: "close", name }),
  };
}

function ask(request) {
  return new Promise((resolve, reject) => {
    if (location.protocol === "file:") throw noAnswer("opened_as_file");
    if (typeof WebAssembly !== "object") throw noAnswer("runtime");
    worker ??= startWorker("network_worker.js", hear, (details) => stop("lost", details));
    waiting.set(++asked, { resolve, reject });
    worker.post({ id: asked, ...request });
  });
}

function hear({ id, result, failed, details }) {
  const { resolve, reject } = waiting.get(id) ?? {};
  waiting.delete(id);
  if (!failed) resolve?.(result);
  else reject?.(noAnswer(failed, details));
  if (failed === "memory" || failed === "runtime") stop("lost"); // it would not recover
}

// End the worker, with all that waits for it; the next request starts another one.
function stop(why, details) {
  worker?.end();
  worker = null;
  for (const { reject } of waiting.values()) reject(noAnswer(why, details));
  waiting.clear();
}

function noAnswer(why, details = "") {
  if (details) console.error(details);
  return new NoAnswer(SENTENCES[why]);
}
