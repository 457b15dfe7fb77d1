// A worker whose end is noticed, even where the browser ends it without a word, as it may when memory
// is short: the worker holds a lock as long as it lives, and the page waits for that lock. No request
// needs a time limit, which a slow telephone would exceed.

const HOLDS = "holds the lock"; // the worker's first message

// Start a worker, for a page. `hear` takes its messages. `lost` is called once if it ends by itself,
// with details if there are any. Return {post, end}: to send it a message, and to end it.
export function startWorker(file, hear, lost) {
  const name = `${file} ${Date.now()} ${Math.random()}`; // of the lock, on no other page
  const worker = new Worker(new URL(file, import.meta.url), { type: "module", name });
  let ended = false;
  const end = () => {
    ended = true;
    worker.terminate();
  };
  const endsByItself = (details) => {
    if (ended) return;
    end();
    lost(details);
  };
  worker.onmessage = ({ data }) => {
    if (data === HOLDS) navigator.locks.request(name, () => endsByItself());
    else if (!ended) hear(data);
  };
  worker.onerror = (event) => endsByItself(event.message);
  return { post: (message) => worker.postMessage(message), end };
}

// Hold the lock, in the worker. (Over HTTP without TLS there are no locks, but on this machine.)
export function showLife() {
  navigator.locks?.request(self.name, () => {
    self.postMessage(HOLDS);
    return new Promise(() => {});
  });
}
