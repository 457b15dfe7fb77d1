// Has one answer after the other judged in a worker, and stops a worker that does not come back.

const SECONDS = 5;
const UNABLE =
  "This browser cannot judge answers: it has no WebAssembly, or the page's Python did not arrive. " +
  "Try another browser or load the page again, or answer in the notebook.";

let worker = null;
let queue = Promise.resolve();

// Return {words, printed, state}; state is "right", "wrong" or "unable".
export function judge(exercise, source, functionName) {
  const result = queue.then(() => ask({ exercise, source, functionName }));
  queue = result.catch(() => {});
  return result;
}

async function ask(request) {
  if (typeof WebAssembly !== "object") return { words: UNABLE, state: "unable" };
  try {
    worker ??= await started();
    const { words, printed } = await answered(request);
    return { words, printed, state: words === "right." ? "right" : "wrong" };
  } catch (error) {
    worker?.terminate();
    worker = null;
    if (error.message !== "late") {
      console.error(error);
      return { words: UNABLE, state: "unable" };
    }
    const words = `not yet. Stopped after ${SECONDS} seconds: does a loop never end?`;
    return { words, state: "wrong" };
  }
}

// Return a worker whose Python is loaded.
function started() {
  const fresh = new Worker(new URL("python_worker.js", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    fresh.onmessage = ({ data }) => (data.ready ? resolve(fresh) : reject(Error(data.failed)));
    fresh.onerror = (event) => reject(Error(event.message ?? "no worker"));
  });
}

function answered(request) {
  return new Promise((resolve, reject) => {
    const clock = setTimeout(() => reject(Error("late")), 1000 * SECONDS);
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
