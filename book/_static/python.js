// Runs Python in a worker, one request after the other, and stops a worker that does not come back.

export const SECONDS = 5;

export class TooLate extends Error {}

let worker = null;
let queue = Promise.resolve();

// Return {result, printed} of code that reads texts, by name, and leaves a text in `result`. Throw
// TooLate if it takes too long, or the error for which this browser runs no Python.
export function run(code, texts) {
  const answer = queue.then(() => ask({ code, texts }));
  queue = answer.catch(() => {});
  return answer;
}

async function ask(request) {
  try {
    worker ??= await started();
    return await answered(request);
  } catch (error) {
    worker?.terminate();
    worker = null;
    if (!(error instanceof TooLate)) console.error(error);
    throw error;
  }
}

// Return a worker whose Python is loaded.
function started() {
  if (typeof WebAssembly !== "object") throw Error("no WebAssembly");
  const fresh = new Worker(new URL("python_worker.js", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    fresh.onmessage = ({ data }) => (data.ready ? resolve(fresh) : reject(Error(data.failed)));
    fresh.onerror = (event) => reject(Error(event.message ?? "no worker"));
  });
}

function answered(request) {
  return new Promise((resolve, reject) => {
    const clock = setTimeout(() => reject(new TooLate()), 1000 * SECONDS);
    worker.onmessage = ({ data }) => {
      clearTimeout(clock);
      data.failed ? reject(Error(data.failed)) : resolve(data);
    };
    worker.onerror = (event) => {
      clearTimeout(clock);
      reject(Error(event.message));
    };
    worker.postMessage(request);
  });
}
