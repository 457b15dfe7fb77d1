// MicroPython with the files of the package that run in the page. A message holds Python's code and
// the texts that it reads, by name; the answer holds the text that it leaves in `result`.

import { MICROPYTHON } from "./micropython.js";
import { writeFiles } from "./python_files.mjs";

const MOST_PRINTED = 5_000; // characters; a function that prints for ever must not fill the memory
let printed = "";
let python = null;

const here = (path) => new URL(path, import.meta.url);

function keep(line) {
  if (printed.length < MOST_PRINTED) printed += `${line}\n`;
}

async function load() {
  const [{ loadMicroPython }, files] = await Promise.all([
    import(here(MICROPYTHON)),
    fetch(here("exported/python.json")).then((response) => response.json()),
  ]);
  python = await loadMicroPython({ stdout: keep, linebuffer: true, heapsize: 16 * 1024 * 1024 });
  writeFiles(python, files);
}

self.onmessage = ({ data: { code, texts } }) => {
  printed = "";
  try {
    for (const [name, text] of Object.entries(texts)) python.globals.set(name, text);
    python.runPython(code);
    self.postMessage({ result: python.globals.get("result"), printed: printed.trimEnd() });
  } catch (error) {
    self.postMessage({ failed: String(error.message ?? error) });
  }
};

load().then(
  () => self.postMessage({ ready: true }),
  (error) => self.postMessage({ failed: String(error.message ?? error) }),
);
