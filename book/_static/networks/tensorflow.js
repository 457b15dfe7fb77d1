// TensorFlow.js with its WebAssembly back end, for a worker: the site's own files, on first use.

import { CORE, WASM } from "../tensorflow_address.js";

const STATIC = new URL("..", import.meta.url);

export class NoRuntime extends Error {}

// Return TensorFlow.js, ready to compute. `root` is the address of the site's folder _static.
export async function tensorflow(root = STATIC) {
  if (typeof WebAssembly !== "object") throw new NoRuntime("no WebAssembly");
  const [core, wasm] = [new URL(CORE, root), new URL(WASM, root)];
  try {
    await import(new URL("tf-core.min.js", core));
    await import(new URL("tf-backend-wasm.min.js", wasm)); // adds itself to what the other made
  } catch (error) {
    throw new NoRuntime(error.message);
  }
  const { tf } = globalThis;
  tf.enableProdMode();
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false); // its files would be two more
  tf.wasm.setWasmPaths(wasm.href);
  if (!(await tf.setBackend("wasm"))) throw new NoRuntime("the back end did not start");
  return tf;
}
